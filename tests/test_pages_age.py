"""How old figures are, told from the day of the build and the rule of their series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from make import make_dataset, make_portal, make_register, make_row, make_settings

from portal.pages.age import NEVER, OVERDUE, add_months, age_of, age_words, card_age, newest_words
from portal.pages.render import make_renderer


def renderer_on(today, dataset=None, **rule):
    """`rule`: what the series council-reports says of its renewal."""
    portal = make_portal(*([dataset] if dataset else []))
    series = {**portal.reference.series, "council-reports": {**portal.reference.series["council-reports"], **rule}}
    portal = replace(portal, reference=replace(portal.reference, series=series))
    folder = make_settings(Path()).templates_dir / "pages"
    return make_renderer(folder, portal, {}, {}, "Otherton", "a day", (), date.fromisoformat(today))


@pytest.mark.parametrize(
    ("end", "today", "words"),
    [
        ("2025-03-31", "2026-11-22", "one year and seven months"),
        ("2025-03-31", "2025-04-29", ""),
        ("2025-03-31", "2025-04-30", "one month"),
        ("2025-03-31", "2026-03-30", "eleven months"),
        ("2025-03-31", "2026-03-31", "one year"),
        ("2025-03-31", "2024-01-01", ""),
        ("2000-01-01", "2030-01-01", "30 years"),
    ],
)
def test_age_is_told_in_whole_years_and_months(end, today, words):
    assert age_words(date.fromisoformat(end), renderer_on(today)) == words


def test_months_are_added_to_the_last_day_there_is():
    assert [add_months(date(2025, 3, 31), n) for n in (8, 11, 20)] == [
        date(2025, 11, 30),
        date(2026, 2, 28),
        date(2026, 11, 30),
    ]


@pytest.mark.parametrize(
    ("today", "rule", "ending"),
    [
        ("2026-11-30", {"renewed": "yearly", "due_after_months": "8"}, ""),
        ("2026-12-01", {"renewed": "yearly", "due_after_months": "8"}, OVERDUE),
        ("2025-04-01", {"renewed": "never", "due_after_months": ""}, NEVER),
        ("2030-01-01", {"renewed": "not-known"}, ""),
        ("2030-01-01", {"renewed": ""}, ""),
        ("2030-01-01", {}, ""),  # a table without these columns
        ("2030-01-01", {"renewed": "yearly"}, ""),
    ],
)
def test_a_newer_figure_is_missed_only_when_the_rule_of_its_series_is_past(today, rule, ending):
    row = make_row(period_start="2025-03-31", period_end="2025-03-31", period="31 March 2025")
    words = age_of([row], renderer_on(today, **rule))
    assert words.startswith("The newest figure is of 31 March 2025")
    assert [sentence for sentence in (NEVER, OVERDUE) if sentence in words] == ([ending] if ending else [])


@pytest.mark.parametrize(
    ("start", "period", "words"),
    [
        ("2021-12-31", "31 December 2021", "of 31 December 2021, one year before"),
        ("2021-01-01", "2021", "of 2021, which ended one year before"),
        ("2021-01-01", "during 2021", "of a time that ended on 31 December 2021, one year before"),
        ("2021-01-01", "2021 so far", "of a time that ended on 31 December 2021, one year before"),
        ("2021-01-01", "no date printed", "of a time that ended on 31 December 2021, one year before"),
    ],
)
def test_a_period_is_said_so_that_the_sentence_can_be_read(start, period, words):
    row = make_row(period_start=start, period_end="2021-12-31", period=period, date_status="inferred")
    assert f"The newest figure is {words}" in age_of([row], renderer_on("2022-12-31"))


def test_neither_a_target_nor_a_cell_without_a_number_makes_a_record_newer():
    dataset = make_dataset("id,kind,value\nold,actual,5\naim,target,9\nempty,actual,x\n")  # 2024, 2025, 2026
    (line,) = newest_words(dataset, renderer_on("2027-01-01", dataset))
    assert "two years and nine months" in line


def test_a_figure_without_a_date_may_be_newer_than_those_that_have_one():
    dataset = make_dataset("id,date_status\na,stated\nb,not-stated\n")
    renderer = renderer_on("2026-01-31", dataset)
    both, one = (age_of(dataset.observations[:n], renderer) for n in (2, 1))
    assert both.startswith("The newest figure with a date is of 31 March 2024")
    assert one.startswith("The newest figure is of 31 March 2024")


def test_each_series_of_a_page_has_a_line_and_the_newest_comes_first():
    dataset = make_dataset("id,series,period\na,council-reports,2024\nb,national-statistics,2025\n")
    lines = newest_words(dataset, renderer_on("2026-01-31", dataset, renewed="never"))
    assert [line.partition(":")[0] for line in lines] == [
        "The ministry official statistics",
        "Council management information",
    ]
    assert [NEVER in line for line in lines] == [False, True]


def test_a_card_misses_nothing_newer_when_the_dataset_holds_it():
    rule = {"renewed": "yearly", "due_after_months": "0"}
    dataset = make_dataset("id\nold\nnew\n")  # 31 March 2024 and 2025
    old, new = dataset.observations
    renderer = renderer_on("2026-01-31", dataset, **rule)
    assert card_age(old, dataset.observations, renderer) == (
        "The figure was one year and ten months old when this site was built."
    )
    assert OVERDUE in card_age(old, [old], renderer)
    assert OVERDUE not in card_age(new, dataset.observations, renderer)


def test_a_newer_figure_of_another_place_does_not_renew_this_one():
    rule = {"renewed": "yearly", "due_after_months": "0"}
    dataset = make_dataset("id,area\nhere,otherton\nthere,england\n")  # 31 March 2024 and 2025
    renderer = renderer_on("2026-01-31", dataset, **rule)
    assert OVERDUE in card_age(dataset.observations[0], dataset.observations, renderer)


def test_figures_that_a_paper_prints_of_other_places_have_no_line_of_their_own():
    dataset = make_dataset("id,series\na,council-reports\nb,national-statistics\n")
    renderer = renderer_on("2026-01-31", dataset)
    known = renderer.portal.reference.series
    series = {**known, "national-statistics": {**known["national-statistics"], "type": "comparison"}}
    portal = replace(renderer.portal, reference=replace(renderer.portal.reference, series=series))
    (line,) = newest_words(dataset, replace(renderer, portal=portal))
    assert "31 March 2024" in line


ENTRIES = "id,title,date_start,date_end,precision,role,source\n"


def entries_line(*entries, **papers):
    """The line of a page that holds nothing but a list; `papers` are further documents with their dates."""
    dataset = make_register(ENTRIES + "\n".join(entries) + "\n")
    renderer = renderer_on("2026-01-31", dataset)
    known = renderer.portal.reference.sources
    sources = {**known, **{name: {"title": name, "date": day} for name, day in papers.items()}}
    portal = replace(renderer.portal, reference=replace(renderer.portal.reference, sources=sources))
    return newest_words(dataset, replace(renderer, portal=portal))


def test_a_list_goes_as_far_as_what_happened_and_not_as_what_was_planned():
    visit = "visit,Visit,2022-01-31,2022-01-31,day,happened,annual-report-2024"
    assert entries_line(visit, "aim,Aim,2024-01-31,2024-01-31,day,planned,annual-report-2024") == [
        "The newest entry is of 31 January 2022, four years before this site was built."
    ]


def test_a_list_without_dates_is_as_old_as_its_newest_paper():
    lines = entries_line("a,A,,,none,happened,old", "b,B,,,none,happened,new", old="2019-01-31", new="2021-01-31")
    assert lines == [
        "The entries carry no date; the newest paper they stand in is of 31 January 2021, five years before this site "
        "was built."
    ]


def test_figures_without_a_date_are_as_old_as_their_paper_and_may_never_be_renewed():
    row = make_row(period_start="", period_end="", date_status="not-stated", period="not stated")
    words = age_of([row], renderer_on("2026-05-02", renewed="never"))
    paper = "The figures carry no date; the newest paper they stand in is of 2 May 2024"
    assert words == f"{paper}, two years before this site was built. {NEVER}"


def test_a_portal_whose_data_names_no_date_tells_no_age():
    renderer = replace(renderer_on("2030-01-01"), built="")
    assert age_of([make_row()], renderer) == "The newest figure is of 31 March 2024."
