"""The page of promises: what it says of a date, of the figures beside a promise, and where each link leads."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from make import BUILT, make_dataset, make_portal, make_register, make_row, make_settings
from test_promises import DUE, EVENT, PAGE, PAPERS, PROMISE

from portal.charts.promise import draw_promise_strip
from portal.model import OBSERVATION_COLUMNS, Portal
from portal.pages.promises import make_promises_page
from portal.pages.render import make_renderer
from portal.promises import COLUMNS, STATUSES

TEMPLATES = make_settings(Path()).templates_dir / "pages"
TARGET = {"id": "target", "kind": "target", "value": "1100", "source": "old-plan", "locator": "§4", "period": "no date"}
TARGET |= {"period_start": "", "period_end": "", "date_status": "not-stated"}
DRAWN = "<svg>drawn</svg>"


def figure(name: str, year: str, value: str = "1050", **cells: str) -> dict[str, str]:
    day = dict.fromkeys(("period_start", "period_end"), f"{year}-03-31")
    return {"id": name, "kind": "actual", "value": value, "period": f"March {year}", **day, **cells}


def portal_of(rows: list[dict[str, str]], *promises: dict[str, str], **events: dict[str, str]) -> Portal:
    table, register = io.StringIO(), io.StringIO()
    names = [name for name in OBSERVATION_COLUMNS if any(name in row for row in [TARGET, *rows])]
    writer = csv.DictWriter(table, names, lineterminator="\n")
    writer.writeheader()
    usual = {"date_status": "stated", "source": "annual-report-2024", "locator": "§1", "measure": "in-care"}
    usual |= {"qualifier": "exact", "printed": ""}
    given = [{**usual, "printed": row["value"], **row} for row in [TARGET, *rows]]
    writer.writerows({name: row.get(name, "") for name in names} for row in given)
    writer = csv.DictWriter(register, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(PROMISE | promise for promise in promises)
    made = make_register(register.getvalue(), page=PAGE, date_start="date", date_end="date", made_on="date")
    portal = make_portal(make_dataset(table.getvalue()), made)
    return replace(portal, reference=replace(portal.reference, sources=PAPERS, events=events))


def html_of(portal: Portal, others: tuple[str, ...] = ()) -> str:
    renderer = make_renderer(TEMPLATES, portal, {}, {}, "Otherton", "31 January 2026", (), BUILT)
    page = make_promises_page(renderer, lambda target, rows: DRAWN, others)
    assert page
    return page.html


def article(*rows: dict[str, str], events: dict[str, dict[str, str]] | None = None, **promise: str) -> str:
    """The one promise of a portal, as HTML."""
    (found,) = re.findall(
        r'<article class="mc-promise".*?</article>', html_of(portal_of([*rows], promise, **(events or {}))), re.DOTALL
    )
    return str(found)


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("", "", "none", "No date printed"),
        ("2018-03-08", "2018-03-08", "day", "Due on 8 March 2018"),
        ("2018-03-01", "2018-03-31", "month", "Due in March 2018"),
        ("2018-01-01", "2018-03-31", "quarter", "Due by the end of March 2018"),
        ("2018-03-01", "2018-03-30", "month", "Due by 30 March 2018"),
        ("2023-01-01", "2023-12-31", "year", "Due by the end of 2023"),
        ("2015-04-01", "2023-12-31", "day", "Due by 31 December 2023"),
        ("2022-04-01", "2023-03-31", "year", "Due by 31 March 2023"),
    ],
)
def test_a_due_date_is_said_no_finer_than_the_paper_has_it(start, end, precision, words):
    html = article(date_start=start, date_end=end, precision=precision, **EVENT)
    assert f'<p class="mc-date">{words}</p>' in html


def test_the_target_and_the_figures_stand_beside_it_oldest_first_with_their_times():
    html = article(figure("new", "2024", "1060"), figure("old", "2021", "1200"))
    assert re.findall(r'data-rows="([^"]+)"', html) == ["target", "old", "new"]
    assert "1,100 target, no date 1,200 March 2021 1,060 March 2024" in words_of(html)


def test_a_date_that_we_worked_out_says_so_beside_its_figure():
    flagged = figure("new", "2024", flags="inferred-date", date_status="inferred", note="It is the paper's.")
    assert "#flag-inferred-date" in article(flagged)
    assert "#flag-inferred-date" not in article(figure("new", "2024"))


@pytest.mark.parametrize(("last", "words"), [("1060", "meets the target."), ("1160", "misses the target. It may have")])
def test_the_figure_that_decided_is_named_with_its_time(last, words):
    html = article(figure("old", "2021", "1120"), figure("new", "2024", last))
    assert f"The last figure we hold is for March 2024; it {words}" in words_of(html)


def test_where_figures_end_before_the_date_their_last_is_named():
    text = words_of(article(figure("old", "2020"), figure("new", "2022"), **DUE))
    assert "Our figures end with March 2022. We cannot say what came after." in text


def test_the_reason_why_nothing_can_show_it_is_text_and_nothing_is_drawn():
    assert DRAWN in article(figure("new", "2024"))
    html = article(figure("new", "2024"), cannot="Nobody <counts> it.")
    assert "Nobody &lt;counts&gt; it." in html
    assert DRAWN not in html


def strip_of(target: str, *values: str) -> str:
    rows = [make_row(id=f"r{n}", value=value, period=f"March 202{n}") for n, value in enumerate(values)]
    return draw_promise_strip(make_row(id="target", kind="target", value=target), rows)


def test_the_strip_fills_the_newest_figure_and_has_all_on_one_scale_from_0():
    svg = strip_of("80", "100", "50")
    ring, disc = re.findall(r'<circle cx="([\d.]+)"[^>]* fill="var\(--mc-([a-z0-9-]+)', svg)
    (target,) = re.findall(r'd="M([\d.]+),\d+v22"', svg)
    assert (ring[1], disc[1]) == ("page", "series-1")
    start = 2 * float(disc[0]) - float(ring[0])  # 50 lies half of the way to 100
    assert start == pytest.approx(9, abs=0.2)
    assert (float(target) - start) / (float(ring[0]) - start) == pytest.approx(0.8, abs=0.01)
    assert re.findall(r">([^<>]+)</text>", svg) == ["50, March 2021", "0", "target 80"]


@pytest.mark.parametrize(
    ("target", "values"), [("x", ("5",)), ("5", ("x",)), ("5", ("-5",)), ("-5", ("5",)), ("5", ())]
)
def test_no_strip_is_drawn_of_what_is_missing_or_below_nought(target, values):
    assert strip_of(target, *values) == ""


def test_what_shows_it_done_is_named_with_its_own_paragraph_and_way():
    html = article(figure("told", "2024", locator="§9"), shown_by="told", **EVENT)
    assert '<a href="../datasets/children/rows/#told">A figure</a>' in html
    assert ">Council 2024, §9</a>" in html


MOVE = {"title": "Move", "text": "They were to move.", "source": "old-plan", "locator": "§7", "role": "planned"}


def test_a_promise_made_by_an_event_leads_to_its_own_row_for_an_event_has_none():
    html = article(events={"move": MOVE}, made_by="move", title="", text="", locator="§7", **EVENT)
    assert '<a href="../datasets/risks/rows/#promise-fewer">The paragraph' in html


def test_what_an_event_that_shows_it_done_is_called_is_no_link():
    moved = MOVE | {"title": "Moved", "role": "happened"}
    html = article(events={"moved": moved}, shown_by="moved", **EVENT)
    assert "Moved (<a" in html


def test_flags_of_the_target_stand_at_its_promise():
    rows = [{**TARGET, "id": "aim", "flags": "ambiguous"}]
    assert "#flag-ambiguous" in html_of(portal_of(rows, {"made_by": "aim"}))
    assert "#flag-ambiguous" not in html_of(portal_of(rows, {}))


def test_figures_that_an_entry_names_stand_beside_the_promise_it_made():
    portal = portal_of([figure("staff", "2024", "12", measure="wait")], {"made_by": "fire", "rule": "event"})
    fire = "id,title,text,figures,source,locator\nfire,Fewer fires,Text.,staff,old-plan,§4\n"
    risks = replace(make_register(fire), slug="more")
    html = html_of(replace(portal, datasets=(*portal.datasets, risks)))
    assert 'data-rows="staff"' in html
    assert "12 Days to a new family, March 2024" in words_of(html)


def test_the_key_holds_every_answer_in_the_order_of_the_rules():
    promises = [{"id": f"promise-{n}"} for n in range(3)]
    html = html_of(portal_of([], {"id": "promise-x", "cannot": "No."}, *promises))
    key = re.findall(r"</svg>([^<]+)</span>\s*<span class=\"mc-worked\" data-tally=\"[^\"]*\">(\d+)", html)
    assert [words for words, _ in key] == [status.words for status in STATUSES]
    assert dict(key)["No later figure or paper"] == "3"


def test_targets_of_the_scorecard_are_counted_where_there_is_a_page_of_it():
    place = "scorecard:Work/row:{}/col:Target"
    rows = [{**TARGET, "id": f"t{n}", "locator": place.format(n)} for n in (1, 2)]
    rows += [{**TARGET, "id": "empty", "value": "x", "printed": "", "flags": "blank", "locator": place.format(3)}]
    rows += [figure("own", "2024", locator=place.format(4))]
    portal = portal_of(rows, {})
    html = html_of(portal, ("scorecard/",))
    assert ">2</span></a> other targets are printed. They stand" in html
    assert "other targets are printed" not in html_of(portal)


def test_signs_are_counted_and_so_are_those_with_a_measure():
    signs = "id,title,dataset,measure\na,Fewer in care,children,in-care\nb,Happier,children,\nc,Safer,,\n"
    signs_of = replace(make_register(signs), slug="signs")
    portal = portal_of([], {})
    html = html_of(replace(portal, datasets=(*portal.datasets, signs_of)))
    assert "The paper names 3 signs. For 1 of them this portal holds a measure" in words_of(html)
    assert '<a href="../datasets/signs/rows/#a">Fewer in care<span class="mc-hidden">, as it was written<' in html
    assert '<a href="../datasets/children/">' in html
