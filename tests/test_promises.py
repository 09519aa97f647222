"""Each answer the portal gives about a promise, the order of the rules, and what may never decide."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from make import BUILT, make_dataset, make_htmls, make_portal, make_register

from portal.charts import draw_promise_strip
from portal.downloads import make_downloads
from portal.model import Portal
from portal.promises import COLUMNS, STATUSES, derive_promises
from portal.validate.promises import check_promises
from portal.verify.numbers import cell_reader, check_numbers
from portal.verify.reader import read_page
from portal.views import make_promises_csv

PAPERS = {
    "old-plan": {"title": "Plan", "type": "council-paper", "publisher": "Otherton Council", "date": "2020-01-15"},
    "annual-report-2024": {"title": "Report", "type": "council-paper", "publisher": "O", "date": "2024-05-02"},
    "undated-plan": {"title": "Plan", "type": "council-paper", "publisher": "O", "date": ""},
    "statistics": {"title": "Release", "type": "official-statistics", "publisher": "O", "date": "2025-11-20"},
}
TARGET = "target,in-care,target,,,not-stated,1100,old-plan,§4,,exact\n"
ROWS = "id,measure,kind,period_start,period_end,date_status,value,source,locator,flags,qualifier\n" + TARGET
PROMISE = dict.fromkeys(COLUMNS, "") | {
    "id": "promise-fewer",
    "group": "Aims",
    "made_by": "target",
    "title": "Fewer children in care",
    "text": "The number was to fall.",
    "measure": "in-care",
    "series": "council-reports",
    "rule": "at-most",
    "precision": "none",
    "role": "planned",
    "source": "old-plan",
    "locator": "§4",
}


def figure(name="later", value="1050", day="2023-03-31", **cells):
    row = {"measure": "in-care", "kind": "actual", "start": day, "end": day, "dated": "stated" if day else "not-stated"}
    row |= {"value": value, "source": "annual-report-2024", "locator": "§1", "flags": "", "qualifier": "exact"}
    return ",".join([name, *(row | cells).values()]) + "\n"


def register(*promises):
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(PROMISE | promise for promise in promises)
    return make_register(text.getvalue(), page=PAGE, date_start="date", date_end="date", made_on="date")


PAGE = "registers: [{resource: risks, caption: Promises, form: table, columns: [made_by, rule]}]"


def portal_of(rows, *promises, **events):
    portal = make_portal(make_dataset(ROWS + rows), register(*(promises or [{}])))
    return replace(portal, reference=replace(portal.reference, sources=PAPERS, events=events))


def status(rows="", built=BUILT, **promise):
    (found,) = derive_promises(portal_of(rows, promise), built)
    return found.status.id


DUE = {"date_start": "2023-01-01", "date_end": "2023-03-31"}
LATER = {"date_start": "2025-01-01", "date_end": "2025-12-31"}
EVENT = {"rule": "event", "measure": "", "series": ""}


# each answer


def test_a_later_figure_that_meets_the_target_reaches_it():
    assert status(figure(value="1100")) == "reached"


def test_a_later_figure_that_misses_the_target_does_not_reach_it():
    assert status(figure(value="1101")) == "not-reached"


def test_without_a_later_figure_nothing_is_said():
    assert status() == "no-figure"


def test_a_date_after_the_newest_council_paper_is_beyond_what_we_hold():
    assert status(**LATER) == "papers-end"


def test_a_date_after_the_build_is_not_due():
    assert status(built=date(2025, 6, 1), **LATER) == "not-due"


def test_what_no_figure_can_show_cannot_be_measured():
    assert status(figure(), cannot="Nobody counts it.") == "cannot"


def test_what_a_paper_tells_of_is_done():
    assert status(figure("told"), shown_by="told", **EVENT) == "done"


def test_an_event_waits_for_a_paper_whatever_the_figures_say():
    assert status(figure(value="1"), **EVENT) == "no-figure"
    assert status(**EVENT, **LATER) == "papers-end"


@pytest.mark.parametrize(
    ("rule", "value", "answer"),
    [("at-least", "1100", "reached"), ("at-least", "1099", "not-reached"), ("at-most", "1099", "reached")],
)
def test_the_target_itself_is_enough(rule, value, answer):
    assert status(figure(value=value), rule=rule) == answer


@pytest.mark.parametrize(("value", "answer"), [("17", "not-reached"), ("18", "reached"), ("21", "not-reached")])
def test_a_range_is_met_between_its_ends(value, answer):
    dataset = make_dataset(ROWS + figure(value=value))
    rows = tuple(replace(r, number=None, low=18, high=20) if r.id == "target" else r for r in dataset.observations)
    portal = portal_of("", {"rule": "within-range"})
    portal = replace(portal, datasets=(replace(dataset, observations=rows), portal.datasets[1]))
    assert derive_promises(portal, BUILT)[0].status.id == answer


# the order of the rules


def test_a_paper_that_tells_goes_before_all_else():
    everything = {"shown_by": "told", "cannot": "Nobody counts it.", **LATER}
    assert status(figure("told"), built=date(2021, 1, 1), **everything) == "done"


def test_what_cannot_be_measured_is_so_before_and_after_its_date():
    answers = {status(built=date(year, 1, 1), cannot="Nobody counts it.", **LATER) for year in (2021, 2027)}
    assert answers == {"cannot"}


def test_the_same_data_in_2021_and_in_2027():
    for cells, before, after in [(LATER, "not-due", "papers-end"), (EVENT | LATER, "not-due", "papers-end")]:
        assert status(built=date(2021, 1, 1), **cells) == before
        assert status(built=date(2027, 1, 1), **cells) == after
    assert status(figure(day="2025-12-31"), built=date(2021, 1, 1), **LATER) == "not-due"


def test_with_a_date_only_figures_from_then_on_decide():
    early, late = figure("early", "1300", "2022-03-31"), figure("late", "1050", "2023-03-31")
    assert status(early + late, **DUE) == "reached"
    assert status(early, **DUE) == "papers-end"  # our figures end before it, though a paper is newer
    assert status("", **DUE) == "no-figure"


def test_what_is_due_on_the_day_of_the_build_is_due():
    assert status(built=date(2025, 12, 31), **LATER) == "papers-end"
    assert status(built=date(2025, 12, 30), **LATER) == "not-due"


def test_what_was_due_on_the_day_of_the_newest_paper_lies_within_our_papers():
    days = {day: {"date_start": day, "date_end": day} for day in ("2024-05-02", "2024-05-03")}
    assert [status(**EVENT, **cells) for cells in days.values()] == ["no-figure", "papers-end"]


def test_a_figure_from_before_the_promise_tells_nothing_of_how_far_our_figures_go():
    assert status(figure(day="2019-03-31"), **DUE) == "no-figure"


def test_a_figure_that_would_meet_the_target_is_not_named_where_it_may_not_decide():
    (found,) = derive_promises(portal_of(figure(), {"cannot": "Nobody counts it."}), BUILT)
    assert [row.id for row in found.figures] == ["later"]
    assert found.decided is None


def test_the_newest_figure_decides_wherever_it_stands_in_the_file():
    rows = figure("new", "1200", "2024-03-31") + figure("old", "1000", "2022-03-31")
    assert status(rows) == "not-reached"


def test_the_newest_paper_is_that_of_the_council():
    portal = portal_of("", EVENT | {"date_start": "2024-05-03", "date_end": "2024-05-03"})
    assert derive_promises(portal, BUILT)[0].status.id == "papers-end"


# what may not decide


@pytest.mark.parametrize(
    "row",
    [
        figure(day="2020-01-15"),  # not after the promise
        figure(day=""),
        figure(flags="implausible"),
        figure(flags="conflict"),
        figure(measure="wait"),
        figure(kind="forecast"),
        figure(kind="target"),
        figure(qualifier="at-most"),
        figure(value="x"),
    ],
)
def test_a_figure_that_is_not_like_the_target_never_decides(row):
    assert status(row) == "no-figure"


CELLS = [
    {"area": "england"},
    {"series": "national-statistics"},
    {"basis": "month"},
    {"breakdown": (("sex", "girls"),)},
    {"repeats": "another"},
]


@pytest.mark.parametrize("cells", CELLS)
def test_another_place_publisher_time_or_group_never_decides(cells):
    dataset = make_dataset(ROWS + figure())
    rows = tuple(replace(row, **cells) if row.id == "later" else row for row in dataset.observations)
    portal = portal_of("")
    portal = replace(portal, datasets=(replace(dataset, observations=rows), portal.datasets[1]))
    assert derive_promises(portal, BUILT)[0].status.id == "no-figure"


def test_what_is_never_compared_with_the_target_never_decides():
    rule = {"id": "apart", "a_row": "target", "b_row": "later", "verdict": "never", "difference": "Counted otherwise."}
    portal = portal_of(figure())
    portal = replace(portal, reference=replace(portal.reference, comparability={"apart": rule}))
    assert derive_promises(portal, BUILT)[0].status.id == "no-figure"


@pytest.mark.parametrize("first", ["1000", "1200"])
def test_of_two_figures_of_one_day_that_do_not_agree_neither_decides(first):
    assert status(figure("one", first) + figure("two", "1000" if first == "1200" else "1200")) == "no-figure"
    assert status(figure("one", first) + figure("two", first)) != "no-figure"


def test_a_figure_counted_in_another_way_than_the_promise_never_decides():
    assert status(figure(flags="b")) == "no-figure"
    assert status(figure("broken", day="2022-03-31", flags="b") + figure()) == "no-figure"
    assert status(figure("broken", day="2019-03-31", flags="b") + figure()) == "reached"


@pytest.mark.parametrize("flag", ["implausible", "conflict"])
def test_a_target_that_is_hard_to_believe_decides_nothing(flag):
    dataset = make_dataset(ROWS.replace("§4,,", f"§4,{flag},") + figure())
    portal = replace(portal_of(""), datasets=(dataset, portal_of("").datasets[1]))
    assert derive_promises(portal, BUILT)[0].status.id == "no-figure"


@pytest.mark.parametrize(
    ("printed", "rule", "answer"),
    [
        ("more-than", "at-least", "not-reached"),
        ("less-than", "at-most", "not-reached"),
        ("at-least", "at-least", "reached"),
        ("at-most", "at-most", "reached"),
    ],
)
def test_more_than_a_target_is_more_than_it(printed, rule, answer):
    dataset = make_dataset(ROWS.replace(",exact", f",{printed}") + figure(value="1100"))
    portal = replace(portal_of("", {"rule": rule}), datasets=(dataset, portal_of("", {"rule": rule}).datasets[1]))
    assert derive_promises(portal, BUILT)[0].status.id == answer
    assert list(check_promises(portal)) == []


@pytest.mark.parametrize(("series", "answer"), [("national-statistics", "reached"), ("council-reports", "no-figure")])
def test_the_publisher_whose_figures_decide_is_the_one_that_the_promise_names(series, answer):
    assert answer_to(figure(), {"series": "national-statistics"}, series=series) == answer


def test_a_group_whose_cell_is_empty_is_no_group():
    assert answer_to(figure(), {}, breakdown=(("sex", ""),)) == "reached"


def answer_to(rows, promise, **cells):
    """The answer when the row `later` has these cells."""
    dataset = make_dataset(ROWS + rows)
    changed = tuple(replace(row, **cells) if row.id == "later" else row for row in dataset.observations)
    portal = portal_of("", promise)
    portal = replace(portal, datasets=(replace(dataset, observations=changed), portal.datasets[1]))
    return derive_promises(portal, BUILT)[0].status.id


def test_another_kind_of_time_decides_when_the_promise_says_that_it_may():
    dataset = make_dataset(ROWS + figure())
    rows = tuple(replace(row, basis="month") if row.id == "later" else row for row in dataset.observations)
    portal = portal_of("", {"spans": "month;point-in-time"})
    portal = replace(portal, datasets=(replace(dataset, observations=rows), portal.datasets[1]))
    assert derive_promises(portal, BUILT)[0].status.id == "reached"


def test_a_promise_of_an_undated_paper_counts_from_the_day_it_is_given():
    undated = ROWS.replace("old-plan", "undated-plan")
    for made_on, answer in [("2022-01-01", "reached"), ("2023-04-01", "no-figure"), ("", "no-figure")]:
        one = register({"source": "undated-plan", "made_on": made_on})
        portal = make_portal(make_dataset(undated + figure()), one)
        portal = replace(portal, reference=replace(portal.reference, sources=PAPERS))
        assert derive_promises(portal, BUILT)[0].status.id == answer


# the page, the file, and what is counted


def three_promises():
    return (
        {"id": "promise-one"},
        {"id": "promise-two", "cannot": "Nobody counts it.", "group": "More aims"},
        {"id": "promise-three", **EVENT},
    )


def pages_of(folder, *datasets):
    return make_htmls(folder, *datasets)


def test_the_counts_on_the_page_are_those_of_the_statuses_and_of_the_file(tmp_path):
    dataset = make_dataset(ROWS.replace("old-plan", "annual-report-2024"))
    promises = register(*({**promise, "source": "annual-report-2024"} for promise in three_promises()))
    html = pages_of(tmp_path, dataset, promises)["promises/"]
    counted = dict(re.findall(r'data-tally="data/promises.csv\?status=([a-z-]+)">(\d+)<', html))
    shown = re.findall(r'<article class="mc-promise".*?<span class="mc-pill">.*?</svg>([^<]+)</span>', html, re.DOTALL)
    assert counted == {status.id: str(sum(words == status.words for words in shown)) for status in STATUSES}
    files = {file.path: file.content for file in make_downloads(make_portal(dataset, promises), {}, BUILT)}
    published = list(csv.DictReader(io.StringIO(files["data/promises.csv"].decode())))
    assert {s.id: str(sum(row["status"] == s.id for row in published)) for s in STATUSES} == counted
    assert b"data/promises.csv" in files["checksums.txt"]


def test_the_file_gives_the_date_the_rule_in_words_and_the_figure_that_decided():
    (row,) = csv.DictReader(io.StringIO(make_promises_csv(derive_promises(portal_of(figure(), DUE), BUILT)).decode()))
    told = ("id", "source", "title", "text", "due", "status", "status_words", "status_rule", "decided_by")
    reached = next(status for status in STATUSES if status.id == "reached")
    assert [row[name] for name in told] == [
        *("promise-fewer", "old-plan", "Fewer children in care", "The number was to fall.", "2023-03-31"),
        *("reached", reached.words, reached.rule, "later"),
    ]


def test_nothing_says_that_a_promise_was_not_kept(tmp_path):
    dataset = make_dataset(ROWS.replace("old-plan", "annual-report-2024") + figure(value="1200", day="2025-03-31"))
    promises = register(*({**promise, "source": "annual-report-2024"} for promise in three_promises()))
    text = re.sub(r"<[^>]+>", " ", pages_of(tmp_path, dataset, promises)["promises/"])
    told = text + " ".join(f"{status.words} {status.rule}" for status in STATUSES)
    assert not re.search(r"not kept|broken|failed|missed|unkept|latest|current", told, re.IGNORECASE)
    assert "It may have been met since" in text


def test_a_portal_without_promises_has_no_page_no_file_and_no_link(tmp_path):
    pages = pages_of(tmp_path, make_dataset("id\nin-care\n"))
    assert "promises/" not in pages
    assert not any("promises" in html for html in pages.values())
    assert not any("promises" in f.path for f in make_downloads(make_portal(make_dataset("id\na\n")), {}, BUILT))


def test_a_page_in_which_a_promise_was_made_leads_to_it(tmp_path):
    promises = register({"source": "annual-report-2024"})
    pages = pages_of(tmp_path, make_dataset(ROWS.replace("old-plan", "annual-report-2024")), promises)
    assert '<a href="../../promises/">' in pages["datasets/children/"]
    assert '<a href="../datasets/children/rows/#target">The paragraph' in pages["promises/"]


def test_a_count_is_counted_again_in_the_published_file(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/promises.csv").write_text("id,status\na,done\nb,done\nc,cannot\n", encoding="utf-8")
    page = tmp_path / "index.html"
    span = '<span class="mc-worked" data-tally="{}">{}</span>'
    right = [("data/promises.csv", 3), ("data/promises.csv?status=done", 2), ("data/promises.csv?id=?*&status=c*", 1)]
    (tmp_path / "data/many.csv").write_text("id\n" + "".join(f"{n}\n" for n in range(1200)), encoding="utf-8")
    right += [("data/many.csv", "1,200"), ("data/many.csv", "1200")]
    wrong = [("data/promises.csv?status=done", 3), ("data/nothing.csv", 0), ("data/promises.csv?state=done", 0)]
    for questions, problems in [(right, 0), (wrong, 3)]:
        page.write_text("".join(span.format(*question) for question in questions), encoding="utf-8")
        found = check_numbers("index.html", read_page(page), {}, cell_reader(tmp_path))
        assert [problem.code for problem in found] == ["wrong-count"] * problems


# what a data officer can get wrong; the words are in tests/broken


def found(rows="", events=None, **promise):
    portal: Portal = portal_of(rows, promise, **(events or {}))
    return [(problem.code, problem.field) for problem in check_promises(portal)]


def test_a_promise_that_keeps_the_convention_is_let_through():
    assert found() == []
    assert found(**EVENT) == []
    assert found(rule="none", measure="", cannot="Nobody counts it.") == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"made_by": "nothing"}, ("unknown-row", "made_by")),
        ({"source": "annual-report-2024"}, ("promise-drift", "source")),
        ({"locator": "§9"}, ("promise-drift", "locator")),
        ({"date_end": "2021-01-01"}, ("promise-drift", "date_end")),
        ({"date_start": "2021-01-01"}, ("promise-drift", "date_start")),
        ({"title": ""}, ("promise-words", "title")),
        ({"group": ""}, ("promise-words", "group")),
        ({"measure": "in-cares"}, ("unknown-name", "measure")),
        ({"spans": "months"}, ("unknown-word", "spans")),
        ({"series": "council"}, ("unknown-code", "series")),
        ({"series": ""}, ("promise-rule", "series")),
        ({"rule": "about"}, ("unknown-word", "rule")),
        ({"rule": "within-range"}, ("promise-rule", "rule")),
        ({"rule": "none"}, ("promise-rule", "cannot")),
        ({"measure": ""}, ("promise-rule", "measure")),
        ({"shown_by": "nothing"}, ("unknown-row", "shown_by")),
        ({"shown_by": "target"}, ("promise-not-shown", "shown_by")),
        ({"made_on": "2020-02-01"}, ("promise-drift", "made_on")),
    ],
)
def test_a_slip_is_told(cells, problem):
    assert problem in found(**cells)


def test_a_target_of_another_measure_never_decides():
    assert ("promise-unlike", "measure") in found(figure(measure="wait"), measure="wait")


@pytest.mark.parametrize(("printed", "rule"), [("about", "at-most"), ("at-most", "at-least"), ("at-least", "at-most")])
def test_a_rule_may_not_turn_round_what_is_printed(printed, rule):
    dataset = make_dataset(ROWS.replace(",exact", f",{printed}"))
    portal = replace(portal_of("", {"rule": rule}), datasets=(dataset, portal_of("", {"rule": rule}).datasets[1]))
    assert [problem.code for problem in check_promises(portal)] == ["promise-rule"]


def test_a_rule_may_not_go_against_what_is_better():
    dataset = make_dataset(ROWS)
    measure = replace(dataset.observations[0].measure, polarity="higher")
    dataset = replace(dataset, observations=tuple(replace(row, measure=measure) for row in dataset.observations))
    portal = portal_of("")
    portal = replace(portal, datasets=(dataset, portal.datasets[1]))
    assert [(problem.code, problem.field) for problem in check_promises(portal)] == [("promise-rule", "rule")]


def test_what_was_told_before_the_promise_shows_nothing_done():
    event = {"title": "Move", "text": "They moved.", "source": "statistics", "locator": "§1", "role": "happened"}
    for cells in ({"source": "old-plan"}, {"date_end": "2019-12-31"}):
        events = {"moved": event | cells}
        assert found(events=events, shown_by="moved", **EVENT) == [("promise-not-shown", "shown_by")]
    assert found(events={"moved": event}, shown_by="moved", **EVENT) == []


def test_one_promise_is_counted_once():
    portal = portal_of("", {"id": "promise-one"}, {"id": "promise-two"})
    assert [(problem.code, problem.line) for problem in check_promises(portal)] == [("promise-twice", 3)]


def test_a_period_with_a_sign_of_markup_is_drawn_as_it_stands():
    target, row = make_dataset(ROWS + figure()).observations
    assert "&lt;b&gt; &amp;" in draw_promise_strip(target, [replace(row, period="<b> &")])


def test_a_target_is_held_against_figures_of_its_own_measure_alone():
    assert ("promise-unlike", "measure") in found(figure(measure="wait"), measure="in-care;wait")


@pytest.mark.parametrize(
    ("kind", "problems"), [("plan", []), ("forecast", [("promise-rule", "made_by")]), ("target", [])]
)
def test_what_was_planned_is_a_target_and_what_was_expected_is_none(kind, problems):
    assert found_of(ROWS.replace("in-care,target", f"in-care,{kind}")) == problems


NOT_FLAGGED = ("inferred-date", "made_on")


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"made_on": ""}, [("date-missing", "made_on")]),
        ({"made_on": "2022-01-01"}, [NOT_FLAGGED]),
        ({"made_on": "2022-01-01", "flags": "inferred-date"}, [NOT_FLAGGED]),
        ({"made_on": "2022-01-01", "note": "It speaks of 2021 as past."}, [NOT_FLAGGED]),
        ({"made_on": "2022-01-01", "flags": "inferred-date", "note": "It speaks of 2021 as past."}, []),
    ],
)
def test_the_day_of_an_undated_promise_is_given_with_its_reason(cells, problems):
    assert found_of(ROWS.replace("old-plan", "undated-plan"), **{"source": "undated-plan", **cells}) == problems


def found_of(rows, **promise):
    portal = make_portal(make_dataset(rows), register(promise))
    portal = replace(portal, reference=replace(portal.reference, sources=PAPERS))
    return [(problem.code, problem.field) for problem in check_promises(portal)]


def test_a_figure_of_what_was_is_no_target():
    cells = {"made_by": "later", "source": "annual-report-2024", "locator": "§1"}
    cells |= {"date_start": "2023-03-31", "date_end": "2023-03-31"}
    assert found(figure(), **cells) == [("promise-rule", "made_by")]


def test_an_event_that_made_a_promise_brings_its_own_words_and_dates():
    event = {"title": "Move", "text": "They were to move.", "source": "old-plan", "locator": "§7", "role": "planned"}
    event |= {"date_start": "2021-01-01", "date_end": "2021-06-30", "precision": "month"}
    dates = {name: event[name] for name in ("date_start", "date_end", "precision")}
    cells = EVENT | dates | {"made_by": "move", "locator": "§7", "title": "", "text": ""}
    assert found(events={"move": event}, **cells) == []
    for field in ("title", "text"):
        assert ("promise-drift", field) in found(events={"move": event}, **(cells | {field: "Another"}))
    assert ("promise-drift", "precision") in found(events={"move": event}, **(cells | {"precision": "year"}))


def test_the_words_of_a_promise_are_its_makers_or_else_its_own():
    event = {"title": "Move", "text": "They were to move.", "source": "old-plan", "role": "planned"}
    portal = portal_of("", {}, {"made_by": "move", "title": "", "text": ""}, move=event)
    assert [(promise.title, promise.text) for promise in derive_promises(portal, BUILT)] == [
        ("Fewer children in care", "The number was to fall."),
        ("Move", "They were to move."),
    ]


@pytest.mark.parametrize("field", ["made_by", "shown_by"])
def test_a_promise_neither_makes_another_nor_shows_it_done(field):
    portal = portal_of("", {}, {"id": "promise-again", field: "promise-fewer"})
    assert ("unknown-row", field) in [(p.code, p.field) for p in check_promises(portal)]


def test_a_target_shows_nothing_done():
    assert found(figure("aim", kind="target"), shown_by="aim", **EVENT) == [("promise-not-shown", "shown_by")]


def test_a_promise_made_by_a_figure_has_the_dates_of_that_figure():
    dated = ROWS.replace("target,,,not-stated", "target,2023-01-01,2023-03-31,stated")
    assert found_of(dated, **DUE) == []
    assert found_of(dated, **(DUE | {"date_end": "2023-01-01"})) == [("promise-drift", "date_end")]


def test_what_announced_a_promise_does_not_show_it_done():
    event = {"title": "Pledge", "text": "They will move.", "source": "old-plan", "locator": "§7", "role": "published"}
    event |= {"date_start": "2020-01-15", "date_end": "2020-01-15", "precision": "day"}
    dates = {name: event[name] for name in ("date_start", "date_end", "precision")}
    cells = EVENT | dates | {"made_by": "pledge", "locator": "§7", "title": "", "text": ""}
    after = {"title": "Moved", "role": "happened", "date_start": "2021-05-01", "date_end": "2021-05-01"}
    after["source"] = "annual-report-2024"
    events = {"pledge": event, "moved": event | after}
    assert found(events=events, **cells, shown_by="moved") == []
    assert found(events=events, **cells, shown_by="pledge") == [("promise-not-shown", "shown_by")]


def test_a_register_of_promises_needs_all_its_columns():
    (problem,) = check_promises(make_portal(make_register("id,made_by\na,b\n")))
    assert (problem.code, problem.line) == ("promise-columns", 1)
