"""The contract of freshness: when the next figure is due, who is warned, and what the pages say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from make import make_dataset, make_htmls, make_plain, make_portal, make_register, write_portal

from portal.freshness import Rule, Standing, add_months, due_date, find_holdings, is_agreed, judge, last_day
from portal.gaps import find_gaps
from portal.pagespec import read_page_file
from portal.pipeline import check, stops
from portal.settings import load_settings
from portal.validate.freshness import check_freshness, check_renewals
from portal.verify.numbers import cell_reader

YEARLY = "{series: council-reports, renewed: yearly, due_after_months: 8, why: Each autumn.}"
OLD = "id,period_start,period_end\nold,2024-03-31,2024-03-31\nnew,2025-03-31,2025-03-31\n"


def rule(renewed, months=None):
    return Rule(renewed, months, "", "page.yaml", 3)


def day(text):
    return date.fromisoformat(text)


# --- the pure function ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("renewed", "months", "newest", "due"),
    [
        ("yearly", 8, "2025-03-31", "2026-11-30"),
        ("yearly", 0, "2024-02-29", "2025-02-28"),  # the last day of February, in a year without a 29th
        ("yearly", 36, "2024-02-29", "2028-02-29"),
        ("yearly", 5, "2025-09-30", "2027-02-28"),
        ("half-yearly", 1, "2025-08-31", "2026-03-31"),
        ("termly", 2, "2025-12-31", "2026-06-30"),
        ("quarterly", 0, "2025-11-30", "2026-02-28"),
        ("monthly", 0, "2024-01-31", "2024-02-29"),
        ("monthly", 1, "2025-12-31", "2026-02-28"),
    ],
)
def test_the_next_figure_is_due_one_interval_and_the_lag_after_the_end_of_the_newest(renewed, months, newest, due):
    assert due_date(day(newest), rule(renewed, months)) == day(due)


@pytest.mark.parametrize(
    ("today", "standing"),
    [
        ("2026-10-30", Standing("due", day("2026-11-30"), 31)),
        ("2026-10-31", Standing("soon", day("2026-11-30"), 30)),
        ("2026-11-01", Standing("soon", day("2026-11-30"), 29)),
        ("2026-11-30", Standing("soon", day("2026-11-30"), 0)),
        ("2026-12-01", Standing("late", day("2026-11-30"), 1)),
        ("2027-06-01", Standing("late", day("2026-11-30"), 183)),
        ("2028-12-01", Standing("late", day("2026-11-30"), 732)),  # over a 29 February
    ],
)
def test_it_is_soon_from_the_thirtieth_day_before_and_late_from_the_day_after(today, standing):
    assert judge(day("2025-03-31"), rule("yearly", 8), day(today)) == standing


@pytest.mark.parametrize(
    ("newest", "given", "state"),
    [
        ("2015-03-31", rule("never"), "ended"),
        (None, rule("never"), "ended"),
        ("2015-03-31", rule("not-known"), "not-known"),
        ("2015-03-31", rule("now and then", 3), "not-known"),
        ("2015-03-31", rule("yearly"), "not-known"),
        ("2015-03-31", None, "not-known"),
        (None, rule("yearly", 8), "not-known"),
    ],
)
def test_what_has_no_due_date_is_never_called_late(newest, given, state):
    assert judge(newest and day(newest), given, day("2030-01-01")) == Standing(state)


def test_months_are_added_to_the_last_day_there_is():
    days = [add_months(day("2025-03-31"), months) for months in (0, 8, 9, 11, 35)]
    assert days == [day(text) for text in ("2025-03-31", "2025-11-30", "2025-12-31", "2026-02-28", "2028-02-29")]


@pytest.mark.parametrize(
    ("cell", "end"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-02-03", "2024-02-03"),
        ("2024-13", None),
        ("soon", None),
    ],
)
def test_a_cell_of_a_list_is_over_on_its_last_day(cell, end):
    assert last_day(cell) == (end and day(end))


# --- which rule ----------------------------------------------------------------------------------------------------


def test_a_page_may_say_otherwise_than_the_table_of_series():
    portal = make_portal(make_dataset(OLD, page=f"freshness: [{YEARLY}]"))
    series = {**portal.reference.series, "council-reports": {"label": "Papers", "renewed": "never"}}
    portal = replace(portal, reference=replace(portal.reference, series=series))
    (own,) = find_holdings(portal)
    (table,) = find_holdings(replace(portal, datasets=(make_dataset(OLD),)))
    assert [own.rule.renewed, table.rule.renewed] == ["yearly", "never"]
    assert (own.rule.line, own.row, own.newest) == (1, "new", day("2025-03-31"))


def test_targets_and_cells_without_a_number_say_nothing_of_how_far_a_record_goes():
    rows = "id,kind,value,period_end\na,actual,5,2024-03-31\nb,target,5,2029-03-31\nc,actual,x,2026-03-31\n"
    (holding,) = find_holdings(make_portal(make_dataset(rows)))
    assert holding.newest == day("2024-03-31")


def test_an_entry_without_a_name_is_of_all_that_no_other_rule_is_of():
    page = "registers: [{resource: risks, caption: R, form: table, columns: [id]}]\n"
    portal = make_portal(make_register("id\na\n", page=f"{page}freshness: [{{renewed: never, why: Once.}}]"))
    (holding,) = find_holdings(portal)
    assert (holding.resource, holding.rule.renewed) == ("risks", "never")


def test_a_plain_table_may_name_the_column_of_its_dates():
    entry = "{resource: visits, column: month, renewed: monthly, due_after_months: 1, why: Each month.}"
    page, problems = read_page_file(f"freshness: [{entry}]", "datasets/visits/page.yaml")
    plain = replace(make_plain("month,visits\n2025-11,4\n2025-12,5\n"), page=page)
    (holding,) = find_holdings(make_portal(plain))
    assert (problems, holding.newest, holding.line) == ((), day("2025-12-31"), 3)
    assert judge(holding.newest, holding.rule, day("2026-03-01")) == Standing("late", day("2026-02-28"), 1)


# --- what is told --------------------------------------------------------------------------------------------------


def test_a_portal_that_has_made_no_contract_is_asked_nothing():
    portal = make_portal(make_dataset(OLD), make_plain("year,visits\n2024,4\n"))
    assert not is_agreed(portal)
    assert [*check_freshness(portal), *check_renewals(portal, day("2040-01-01"))] == []


def test_one_contract_asks_for_all_of_them_but_not_for_a_plain_package():
    other = make_dataset("id,series\nx,national-statistics\n", slug="other")
    portal = make_portal(make_dataset(OLD, page=f"freshness: [{YEARLY}]"), other, make_plain("year,visits\n2024,4\n"))
    (problem,) = check_freshness(portal)
    assert (problem.code, problem.severity) == ("freshness-missing", "error")
    assert "national-statistics" in problem.message


@pytest.mark.parametrize(
    ("entry", "code", "words"),
    [
        ("{series: council-report, renewed: never, why: W.}", "unknown-name", 'did you mean "council-reports"'),
        ("{resource: childrens, renewed: never, why: W.}", "unknown-name", 'did you mean "children"'),
        ("{resource: children, column: perid, renewed: never, why: W.}", "unknown-name", 'did you mean "period"'),
        ("{column: period, renewed: never, why: W.}", "unknown-name", "no table"),
        ("{series: council-reports, resource: children, renewed: never, why: W.}", "freshness-shape", "not of both"),
        ("{series: council-reports, renewed: monthly, why: W.}", "due-missing", "renewed monthly"),
        ("{series: council-reports, renewed: never, due_after_months: 3, why: W.}", "freshness-shape", "no due date"),
    ],
)
def test_an_entry_that_can_be_no_contract_is_refused_with_its_line(entry, code, words):
    page = f"freshness:\n  - {{renewed: never, why: All the rest.}}\n  - {entry}\n"
    found = [p for p in check_freshness(make_portal(make_dataset(OLD, page=page))) if p.code != "freshness-missing"]
    assert [(p.code, p.line, p.severity) for p in found] == [(code, 3, "error")]
    assert words in found[0].message


def test_two_entries_for_one_series_are_refused():
    page = f"freshness:\n  - {YEARLY}\n  - {YEARLY}\n"
    (problem,) = check_freshness(make_portal(make_dataset(OLD, page=page)))
    assert (problem.code, problem.line) == ("freshness-shape", 3)


@pytest.mark.parametrize(
    ("today", "code", "when"),
    [
        ("2026-10-30", None, ""),
        ("2026-10-31", "renewal-soon", "That is in 30 days."),
        ("2026-11-29", "renewal-soon", "That is in 1 day."),
        ("2026-11-30", "renewal-soon", "That is this day."),
        ("2026-12-01", "renewal-late", "They are late by 1 day."),
        ("2026-12-30", "renewal-late", "They are late by 30 days."),
    ],
)
def test_the_warning_stands_at_the_newest_row_and_names_the_rule(today, code, when):
    portal = make_portal(make_dataset(OLD, page=f"freshness:\n  - {YEARLY}\n"))
    found = list(check_renewals(portal, day(today)))
    assert [problem.code for problem in found] == ([code] if code else [])
    for problem in found:
        assert (problem.path, problem.line, problem.severity) == ("datasets/children/data/children.csv", 3, "warning")
        assert problem.fix.startswith(when)
        assert problem.fix.endswith("correct the rule in datasets/children/page.yaml:2.")
        assert "30 November 2026" in problem.message


def test_without_a_day_nothing_is_late_and_a_late_figure_never_stops_a_publication(tmp_path):
    page = f"topic: safety\nfreshness:\n  - {YEARLY}\n  - {{renewed: never, why: One time.}}\n"
    folder = write_portal(tmp_path, {"children/page.yaml": page.replace("topic: safety\n", "")})
    undated = check(load_settings(folder, tmp_path / "site"))[1]
    dated = check(load_settings(folder, tmp_path / "site", day("2035-01-01")))[1]
    assert [p.code for p in undated] == []
    assert {p.code for p in dated} == {"renewal-late"}
    assert not stops(dated, strict=True)


# --- what the pages say --------------------------------------------------------------------------------------------


def words_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_status_page_of_one_dataset_without_a_rule_says_that_nobody_has_said(tmp_path):
    html = make_htmls(tmp_path, make_plain("year,visits\n2024,4\n"))["status/"]
    assert "Nobody has written down yet how often these are renewed." in html
    assert "Nobody has said" in words_of(html)
    assert "Records that will not be renewed" not in html


def test_the_status_page_puts_what_is_late_first_and_what_has_ended_apart(tmp_path):
    late = make_dataset(OLD.replace("2025", "2022"), page=f"freshness: [{YEARLY}]")
    due = make_dataset("id,period_end\nx,2025-12-31\n", slug="due", page=f"freshness: [{YEARLY}]")
    over = make_dataset("id\ny\n", slug="over", page="freshness: [{renewed: never, why: Once.}]")
    html = make_htmls(tmp_path, over, due, late)["status/"]
    pages = re.findall(r'<th scope="row"><a href="../datasets/([a-z]+)/"', html)
    assert pages == ["children", "due", "over"]
    assert 'Late by <span class="mc-worked" data-days="2025-11-30/2026-01-31">62</span> days' in html
    assert html.index('id="ended"') > html.index('id="renewed"')
    assert "Each autumn." in html


def test_the_page_of_a_figure_says_when_the_next_is_due(tmp_path):
    html = make_htmls(tmp_path, make_dataset(OLD, page=f"freshness: [{YEARLY}]"))["datasets/children/"]
    assert "A newer one is due by 30 November 2026." in html


# --- what is not published -----------------------------------------------------------------------------------------


def test_a_portal_that_misses_nothing_known_says_so(tmp_path):
    html = make_htmls(tmp_path, make_plain("year,visits\n2024,4\n"))["not-published/"]
    assert "Nothing is known to be missing." in html
    assert "<table" not in html


def test_blank_cells_are_counted_by_sign_with_a_part_that_can_be_counted_again(tmp_path):
    html = make_htmls(tmp_path, make_dataset("id,value\na,1\nb,x\nc,c\nd,4\n"))["not-published/"]
    own = "data/observations.csv?dataset=children"
    assert f'data-tally="{own}&amp;value=x">1</span>' in html
    assert f'data-share="{own}&amp;value=[!-0-9]*|{own}">50.0%</span>' in html


def test_a_share_a_sum_and_days_are_worked_out_again_from_the_published_file(tmp_path):
    (tmp_path / "data").mkdir()
    text = "id,value,times\na,-3,2\nb,x,5\nc,,1\nd,4,1\n"
    (tmp_path / "data/some.csv").write_text(text, encoding="utf-8")
    work_out = cell_reader(tmp_path)
    assert work_out("share:data/some.csv?value=[!-0-9]*|data/some.csv") == "25.0%"
    assert work_out("tally:data/some.csv?value=?*+times") == "8"
    assert work_out("days:2026-11-30/2027-06-01") == "183"
    assert work_out("share:data/none.csv?value=x|data/none.csv") == ""


@pytest.mark.parametrize(
    ("ends", "renewed", "kinds"),
    [
        (("2020-03-31", "2021-03-31", "2022-03-31"), "yearly", []),
        (("2020-03-31", "2021-03-31", "2024-03-31"), "yearly", ["hole"]),
        (("2020-03-31", "2020-04-30", "2020-07-31"), "monthly", ["hole"]),
        (("2020-03-31", "2020-04-30", "2020-05-31"), "monthly", []),
        (("2020-03-31", "2020-04-30", "2023-07-31"), "never", ["silence"]),
        (("2020-03-31", "2020-04-30", "2021-03-31"), "never", []),
    ],
)
def test_a_hole_is_what_the_rule_of_the_series_expects_and_nobody_holds(ends, renewed, kinds):
    months = ", due_after_months: 1" if renewed not in ("never",) else ""
    page = f"freshness: [{{series: council-reports, renewed: {renewed}{months}, why: W.}}]"
    rows = "".join(f"r{n},{end},{end}\n" for n, end in enumerate(ends))
    portal = make_portal(make_dataset(f"id,period_start,period_end\n{rows}", page=page))
    assert [gap.kind for gap in find_gaps(portal)] == kinds
