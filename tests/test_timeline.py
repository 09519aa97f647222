"""What stands on the timeline, in which order, once, and where the papers say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from make import make_htmls, make_portal, make_register, make_resource, make_settings

from portal.model import Dataset, Portal
from portal.pages.render import make_renderer
from portal.pages.timeline import make_bands, make_timeline
from portal.pageschema import TIMELINE
from portal.spec import PageSpec
from portal.timeline import KINDS, Gap, find_gaps, gather, next_inspection, undated
from portal.validate.timeline import check_future, check_ids, check_timeline

HEAD = "id,kind,date_start,date_end,precision,role,title,text,figures,happened_as,source,locator\n"
TIMED = "registers: [{resource: risks, caption: Dates, form: timeline, columns: [title]}]"
CARDS = "registers: [{resource: risks, caption: Dates, form: cards, timeline: campaign, columns: [title]}]"
ENTRY = "id,title,text,date_start,date_end,precision,role,event,source,locator\n"


def event(
    name: str, start: str, end: str = "", role: str = "happened", kind: str = "inspection", became: str = ""
) -> str:
    end = end or start
    precision = "day" if start == end else "month"
    return f"{name},{kind},{start},{end},{precision},{role},Title of {name},Text.,,{became},annual-report-2024,§3\n"


def entry(name: str, start: str, role: str = "happened", told: str = "", locator: str = "§7") -> str:
    precision = "day" if start else "none"
    return f"{name},Title of {name},Text.,{start},{start},{precision},{role},{told},annual-report-2024,{locator}\n"


def with_events(text: str, *datasets: Dataset, papers: Iterable[str] = ()) -> Portal:
    """A portal with this table of events; `papers` are the dates of further papers of the council."""
    table = make_resource(HEAD + text, "events")
    kept = Dataset("reference", "datasets/reference", {}, "", (table,), PageSpec())
    portal = make_portal(*datasets)
    paper = portal.reference.sources["annual-report-2024"]
    sources = {**portal.reference.sources, **{f"paper-{day}": {**paper, "date": day} for day in papers}}
    events = {row["id"]: row for row in table.records()}
    return replace(portal, reference=replace(portal.reference, events=events, sources=sources), reference_dataset=kept)


def ids(portal: Portal) -> list[str]:
    return [happening.id for happening in gather(portal)]


def problems(portal: Portal) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in (*check_ids(portal), *check_timeline(portal, whole=True))]


# What stands on it


def test_events_and_entries_stand_in_one_order_of_date():
    register = make_register(ENTRY + entry("opened", "2023-05-02") + entry("closed", "2021-01-01"), page=TIMED)
    assert ids(with_events(event("visit", "2022-03-01"), register)) == ["closed", "visit", "opened"]


def test_what_is_known_to_the_month_stands_before_the_days_in_it():
    events = event("day", "2022-03-01") + event("month", "2022-03-01", "2022-03-31")
    assert ids(with_events(events)) == ["month", "day"]


def test_events_of_one_day_keep_the_order_of_the_file():
    assert ids(with_events(event("b", "2022-03-01") + event("a", "2022-03-01"))) == ["b", "a"]


def test_an_event_long_ago_has_its_place():
    assert ids(with_events(event("new", "2022-03-01") + event("old", "1889-04-01"))) == ["old", "new"]


def test_what_has_no_date_is_left_out_and_said_to_be():
    portal = with_events("", make_register(ENTRY + entry("some-day", ""), page=TIMED))
    assert (ids(portal), [e.id for e in undated(portal)]) == ([], ["some-day"])


def test_a_date_that_no_document_prints_puts_nothing_on_the_timeline():
    some_day = entry("some-day", "2022-03-01").replace(",day,", ",none,")
    portal = with_events("", make_register(ENTRY + some_day, page=TIMED))
    assert (ids(portal), [e.id for e in undated(portal)]) == ([], ["some-day"])


def test_what_happened_on_a_day_stands_before_what_was_planned_for_it():
    aim, visit = event("aim", "2022-03-01", role="planned"), event("visit", "2022-03-01")
    assert ids(with_events(aim + visit)) == ids(with_events(visit + aim)) == ["visit", "aim"]


def test_an_entry_with_a_kind_of_its_own_keeps_it_beside_that_of_its_register():
    head, entries = f"kind,{ENTRY}", f"decision,{entry('vote', '2022-06-01')},{entry('fair', '2022-07-01')}"
    portal = with_events("", make_register(head + entries, page=CARDS))
    assert [(h.id, h.kind) for h in gather(portal)] == [("vote", "decision"), ("fair", "campaign")]


def test_what_a_paper_says_of_an_inspection_is_neither_a_judgement_nor_the_next_inspection():
    page = CARDS.replace("campaign", "inspection")
    register = make_register(ENTRY + entry("letter", "2015-01-01", role="published"), page=page)
    grade, letter = gather(with_events(event("grade", "2014-09-01", role="published"), register))
    assert (grade.judgement, letter.judgement) == (True, False)
    assert next_inspection(grade, (grade, letter)) is None


def test_a_register_of_cards_stands_there_when_page_yaml_says_so_and_gives_its_kind():
    (happening,) = gather(with_events("", make_register(ENTRY + entry("fair", "2022-06-01"), page=CARDS)))
    assert happening.kind == "campaign"


@pytest.mark.parametrize(
    "page", [CARDS.replace(" timeline: campaign,", ""), TIMED.replace("form", "timeline: leave-out, form")]
)
def test_other_registers_do_not(page):
    assert ids(with_events("", make_register(ENTRY + entry("fair", "2022-06-01"), page=page))) == []


def test_an_entry_that_names_an_event_is_told_beside_it_and_not_again():
    register = make_register(ENTRY + entry("grade", "2022-03-01", told="visit"), page=TIMED)
    (happening,) = gather(with_events(event("visit", "2022-03-01"), register))
    assert [other.id for other in happening.told] == ["grade"]


def test_page_yaml_knows_the_kinds_that_have_words():
    assert list(KINDS) == TIMELINE


def test_the_next_inspection_is_the_next_that_took_place():
    events = event("a", "2014-07-01", role="published") + event("due", "2016-01-01", role="planned")
    portal = with_events(events + event("vote", "2016-02-01", kind="decision") + event("b", "2017-10-01"))
    happenings = gather(portal)
    found = next_inspection(happenings[0], happenings)
    assert found
    assert found.id == "b"
    assert next_inspection(happenings[-1], happenings) is None


# Where the papers say nothing

YEARS = ("2018-01-30", "2022-01-12")


def test_a_year_between_two_papers_is_no_gap():
    assert find_gaps(with_events("", papers=["2023-05-02"]), ()) == ()


def test_years_between_two_papers_are_a_gap():
    (gap,) = find_gaps(with_events("", papers=["2021-01-30"]), ())
    assert gap == Gap(date(2021, 1, 30), date(2024, 5, 2), (date(2021, 1, 30), date(2024, 5, 2)))


def test_a_gap_is_longer_than_a_year_and_begins_with_a_day_more():
    spans = {day: len(find_gaps(with_events("", papers=[day]), ())) for day in ("2023-05-02", "2023-05-01")}
    assert spans == {"2023-05-02": 0, "2023-05-01": 1}  # to 2 May 2024: 366 days, and 367


def test_something_short_within_something_long_makes_no_gap_after_it():
    events = event("asked", "2019-01-01", "2021-06-30") + event("visit", "2019-03-01")
    portal = with_events(events, papers=[*YEARS, "2023-01-11", "2024-01-02"])
    assert find_gaps(portal, gather(portal)) == ()


def test_only_papers_of_the_council_bound_a_gap():
    portal = with_events("", papers=["2021-01-30"])
    sources = {**portal.reference.sources}
    sources["paper-2021-01-30"] = {**sources["paper-2021-01-30"], "type": "official-statistics"}
    assert find_gaps(replace(portal, reference=replace(portal.reference, sources=sources)), ()) == ()


def test_what_a_later_paper_tells_shortens_the_gap_and_a_plan_does_not():
    portal = with_events(
        event("plan", "2019-01-01", role="planned") + event("asked", "2021-06-01", "2021-11-30"), papers=YEARS
    )
    gap = find_gaps(portal, gather(portal))[0]
    assert (gap.start, gap.end, gap.papers) == (
        date(2018, 1, 30),
        date(2021, 6, 1),
        (date(2018, 1, 30), date(2022, 1, 12)),
    )
    assert [gap.holds(h) for h in gather(portal)] == [True, False]


def test_a_span_in_which_something_is_known_each_year_has_no_gap():
    events = "".join(event(f"e{year}", f"{year}-01-15") for year in (2019, 2020, 2021))
    portal = with_events(events, papers=[*YEARS, "2023-01-11", "2024-01-02"])
    assert find_gaps(portal, gather(portal)) == ()


def test_without_papers_of_a_council_there_is_no_gap():
    portal = with_events("")
    assert find_gaps(replace(portal, reference=replace(portal.reference, sources={})), ()) == ()


# The page


def page_of(tmp_path, portal: Portal, built: date = date(2026, 1, 31)) -> str:
    settings = make_settings(tmp_path)
    renderer = make_renderer(
        settings.templates_dir / "pages", portal, {}, settings.facts, settings.site_name, "31 January 2026", (), built
    )
    page = make_timeline(renderer)
    return page.html if page else ""


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_a_portal_without_dates_has_no_timeline_and_no_link_to_one(tmp_path):
    htmls = make_htmls(tmp_path, make_register("id,title,text\na,A risk,Text.\n"))
    assert not [url for url, html in htmls.items() if "timeline" in url or 'timeline/"' in html]
    dated = make_htmls(tmp_path, make_register(ENTRY + entry("opened", "2023-05-02"), page=TIMED))
    assert "timeline/" in dated


def test_one_event_makes_a_page_with_one_year_and_no_list_of_years(tmp_path):
    html = page_of(tmp_path, with_events(event("visit", "2022-03-01", "2022-03-31")))
    assert "in 2022" in html
    assert "mc-years" not in html
    assert 'id="visit"' in html
    assert "March 2022" in html


def test_a_judgement_says_its_date_and_what_came_after_it(tmp_path):
    events = event("grade", "2014-09-01", "2014-09-30", "published") + event("visit", "2017-10-01")
    text = text_of(page_of(tmp_path, with_events(events)))
    assert "Judgement of September 2014. The next inspection that we hold: Title of visit, 1 October 2017." in text


def test_the_last_judgement_is_not_said_to_hold(tmp_path):
    html = page_of(tmp_path, with_events(event("grade", "2014-09-01", "2014-09-30", "published")), date(2027, 6, 1))
    assert "Judgement of September 2014. We hold no later one, which does not mean that there is none." in text_of(html)
    assert not re.search(r"\b(current|latest|now|today)\b", text_of(html))


def test_a_plan_that_came_true_leads_to_what_it_became(tmp_path):
    events = event("due", "2016-06-01", role="planned", became="visit") + event("visit", "2017-10-01")
    assert 'It happened: <a href="#visit">Title of visit, 1 October 2017</a>' in page_of(tmp_path, with_events(events))


def test_a_plan_for_a_day_after_the_build_is_said_to_be_still_ahead(tmp_path):
    html = page_of(tmp_path, with_events(event("due", "2030-06-01", role="planned")))
    assert "The date had not passed when this page was built, on 31 January 2026." in html


@pytest.mark.parametrize(
    ("role", "kind", "mark", "words"),
    [
        ("happened", "inspection", "diamond", "Inspection"),
        ("published", "inspection", "diamond", "Judgement"),
        ("planned", "inspection", "ring", "Inspection, planned"),
        ("happened", "decision", "disc", "Decision"),
        ("published", "meeting", "square", "Meeting, papers published"),
        ("planned", "plan", "ring", "Plan"),
    ],
)
def test_each_role_has_its_mark_and_its_word(tmp_path, role, kind, mark, words):
    html = page_of(tmp_path, with_events(event("it", "2022-03-01", role=role, kind=kind)))
    assert re.search(rf'id="it"><svg class="mc-mark mc-mark--{mark}"', html)
    assert f'mc-moment__kind">{words}<' in html


def test_a_gap_stands_between_the_years_with_what_was_planned_in_it(tmp_path):
    events = event("plan", "2019-01-01", role="planned", kind="plan") + event("asked", "2021-06-01", kind="step")
    html = page_of(tmp_path, with_events(event("first", "2018-01-02") + events, papers=YEARS))
    words = "We hold no council paper dated between 30 January 2018 and 12 January 2022. Things happened."
    places = [html.index(part) for part in ('id="year-2018"', words, 'id="plan"', 'id="year-2021"')]
    assert places == sorted(places)
    assert 'id="year-2019"' not in html


def test_the_end_of_the_papers_is_said_where_they_end_and_our_own_end_at_the_end(tmp_path):
    events = event("before", "2024-01-01") + event("after", "2025-02-01") + event("aim", "2026-01-01", role="planned")
    html = page_of(tmp_path, with_events(events))
    places = [html.index(part) for part in ('id="before"', "Our council papers end on 2 May 2024.", 'id="after"')]
    assert places == sorted(places)
    assert (
        "The last thing that our sources report as done is of 1 February 2025. What stands after it was planned."
        in html
    )


def test_a_gap_before_the_first_year_stands_first():
    renderer = SimpleNamespace(portal=with_events(event("asked", "2021-06-01"), papers=YEARS), built="", today=date.min)
    happenings = gather(renderer.portal)
    lines = [SimpleNamespace(id=h.id) for h in happenings]
    bands = list(make_bands(happenings, lines, renderer, "../"))  # type: ignore[arg-type]
    assert [band.title for band in bands][:2] == ["2018 to 2021", "2021"]


def test_what_an_entry_had_planned_is_told_as_planned(tmp_path):
    entries = entry("grade", "2022-03-01", told="visit") + entry("hope", "2022-03-01", "planned", "visit", "§8")
    html = page_of(tmp_path, with_events(event("visit", "2022-03-01"), make_register(ENTRY + entries, page=TIMED)))
    assert "In our lists: Title of grade; Title of hope (planned)" in text_of(html)


def test_what_happened_on_the_day_of_the_last_paper_stands_before_the_end_of_the_papers(tmp_path):
    events = event("on-it", "2024-05-02") + event("after", "2024-06-01")
    html = page_of(tmp_path, with_events(events))
    places = [html.index(part) for part in ('id="on-it"', "Our council papers end on 2 May 2024.", 'id="after"')]
    assert places == sorted(places)


def test_what_follows_the_papers_names_the_other_source_it_comes_from(tmp_path):
    portal = with_events(
        event("before", "2024-01-01") + event("after", "2025-02-01").replace("annual-report-2024", "ofsted")
    )
    report = {"title": "The report", "type": "inspection-findings", "date": "2025-03-01"}
    sources = {**portal.reference.sources, "ofsted": report}
    html = page_of(tmp_path, replace(portal, reference=replace(portal.reference, sources=sources)))
    assert "What follows comes from another source (The report)." in text_of(html)
    assert '<a href="../sources/#ofsted">The report</a>' in html


def test_a_gap_says_that_what_stands_in_it_was_planned_before(tmp_path):
    first, plan = event("first", "2018-01-02"), event("plan", "2019-01-01", role="planned")
    words = "What stands here was planned before; we do not know what came of it."
    assert words in page_of(tmp_path, with_events(first + plan, papers=YEARS))
    assert words not in page_of(tmp_path, with_events(first, papers=YEARS))


def test_the_page_says_from_when_to_when_it_goes(tmp_path):
    assert "from 2019 to 2022." in page_of(tmp_path, with_events(event("b", "2022-03-01") + event("a", "2019-03-01")))


def test_a_plan_for_the_day_of_the_build_is_no_longer_ahead(tmp_path):
    days = {
        day: page_of(tmp_path, with_events(event("due", day, role="planned"))) for day in ("2026-01-31", "2026-02-01")
    }
    assert ["had not passed" in html for html in days.values()] == [False, True]


def test_what_an_event_is_called_is_text(tmp_path):
    events = event("due", "2016-06-01", role="planned", became="visit") + event("visit", "2017-10-01")
    html = page_of(tmp_path, with_events(events.replace("Title of visit", "A <b>visit</b> & more")))
    assert "A <b>" not in html
    assert html.count("A &lt;b&gt;visit&lt;/b&gt; &amp; more") == 2  # at its place, and where the plan leads to it


@pytest.mark.parametrize(("flags", "told"), [("conflict", True), ("inferred-date", False), ("", False)])
def test_a_note_stands_with_a_flag_that_does_not_say_it_all(tmp_path, flags, told):
    register = make_register(
        ENTRY.replace("event", "event,flags,note") + entry("fair", "2022-06-01", told=f",{flags},Two papers differ."),
        page=TIMED,
    )
    assert ("Two papers differ." in page_of(tmp_path, with_events("", register))) is told


# Mistakes


def test_what_is_right_has_no_problem():
    register = make_register(ENTRY + entry("grade", "2022-03-01", told="visit"), page=TIMED)
    events = event("visit", "2022-03-01") + event("due", "2021-01-01", role="planned", became="visit")
    assert problems(with_events(events, register)) == []


@pytest.mark.parametrize(
    ("events", "code", "said"),
    [
        (event("a", "2022-03-01", kind="visit"), "unknown-word", 'column "kind": "visit" is none of'),
        (event("a", "2022-03-01", role="held"), "unknown-word", 'column "role": "held" is none of'),
        (event("a", "2022-03-01", "2022-02-01"), "date-order", "it starts after it ends"),
        (event("a", "2022-03-01").replace(",day,", ",week,"), "unknown-word", 'column "precision": "week"'),
        (event("a", "2022-03-01").replace(",day,", ",none,").replace("report-2024", "report-2025"), "unknown-code", "source"),  # noqa: E501
        (event("a", "2022-03-01").replace("Text.,,", "Text.,no-such-row,"), "unknown-row", 'no row called "no-such-row"'),  # noqa: E501
        (event("a", "2021-03-01", role="planned", became="b"), "unknown-name", 'is called "b"'),
        (event("a", "2021-03-01", became="b") + event("b", "2022-03-01"), "timeline-name", 'from "happened" to'),
        (event("a", "2022-03-01") + event("a", "2023-03-01"), "duplicate-id", "stands in row 2 already"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_table_of_events_is_told(events, code, said):
    found = [(found, message) for found, message in problems(with_events(events)) if found == code]
    assert len(found) == 1
    assert said in found[0][1]


def test_an_entry_that_names_an_event_that_is_none_is_told():
    register = make_register(ENTRY + entry("grade", "2022-03-01", told="visti"), page=TIMED)
    ((code, message),) = problems(with_events(event("visit", "2022-03-01"), register))
    assert code == "unknown-name"
    assert "visit" in message


def test_one_thing_in_two_tables_from_one_place_is_told():
    register = make_register(ENTRY + entry("grade", "2022-03-01", locator="§3"), page=TIMED)
    ((code, message),) = problems(with_events(event("visit", "2022-03-01"), register))
    assert code == "told-twice"
    assert message.startswith('row 2, column "event": the same date, role and place as "visit" in datasets/events/')


def test_two_things_in_one_table_from_one_place_are_two_unless_they_bear_one_title():
    events = event("a", "2022-03-01") + event("b", "2022-03-01")
    assert problems(with_events(events)) == []
    assert [code for code, _ in problems(with_events(events.replace("Title of b", "Title of a")))] == ["told-twice"]


def test_what_was_planned_for_a_day_and_what_happened_on_it_are_two():
    register = make_register(ENTRY + entry("grade", "2022-03-01", locator="§3"), page=TIMED)
    assert problems(with_events(event("visit", "2022-03-01", role="planned"), register)) == []


def test_an_entry_names_what_stands_on_the_timeline_itself():
    entries = entry("grade", "2022-03-01", told="visit") + entry("news", "2022-03-01", told="grade", locator="§8")
    told = problems(with_events(event("visit", "2022-03-01"), make_register(ENTRY + entries, page=TIMED)))
    assert [code for code, _ in told] == ["timeline-name"]
    assert '"grade" does not stand there itself' in told[0][1]


def test_a_register_off_the_timeline_names_only_what_stands_on_it():
    page = CARDS.replace(" timeline: campaign,", "")
    register = make_register(ENTRY + entry("fair", "2022-06-01", told="visti"), page=page)
    assert [code for code, _ in problems(with_events(event("visit", "2022-03-01"), register))] == ["unknown-name"]


def test_an_id_of_an_event_may_be_no_entry_s():
    register = make_register(ENTRY + entry("visit", "2023-03-01"), page=TIMED)
    assert "duplicate-id" in dict(problems(with_events(event("visit", "2022-03-01"), register)))


def test_what_happened_after_the_build_is_told_and_what_was_planned_is_not():
    portal = with_events(event("typo", "2202-03-01") + event("aim", "2203-01-01", role="planned"))
    (problem,) = check_future(portal, date(2026, 1, 1))
    assert (problem.code, problem.field) == ("future-event", "date_start")


def test_what_happened_on_the_day_of_the_build_has_happened():
    portal = with_events(event("visit", "2026-01-02"))
    assert [len(list(check_future(portal, date(2026, 1, day)))) for day in (1, 2, 3)] == [1, 0, 0]
