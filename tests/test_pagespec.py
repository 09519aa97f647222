from __future__ import annotations

import pytest
from make import make_page

from portal.pagespec import read_page_file

CHART = "charts: [{id: c, form: dates, title: T, subtitle: S, series: [{where: {measure: in-care}}]}]"


def problems_of(text):
    return [(p.line, p.message) for p in read_page_file(text, "page.yaml")[1]]


def test_what_the_file_does_not_say_has_its_default():
    page = make_page(CHART)
    (chart,) = page.charts
    assert (page.question, page.figures, chart.zero, chart.events) == ("", (), True, False)
    assert (chart.series[0].mark, chart.series[0].join) == ("circle", True)


def test_a_figure_shows_a_value_unless_it_says_otherwise():
    page = make_page("figures:\n  - {id: a, rows: [r1]}\n  - {id: b, show: change, rows: [r1, r2]}\n")
    assert [(f.show, f.rows, f.line) for f in page.figures] == [("value", ("r1",), 2), ("change", ("r1", "r2"), 3)]


def test_an_empty_file_is_a_page_without_wishes():
    page = make_page("")
    assert page.usable
    assert page.charts == ()


def test_disclosure_goes_from_row_to_reason():
    assert make_page("disclosure: [{row: r1, reason: printed}]").disclosure == {"r1": "printed"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("lede: a\nheadlines: b\n", 2, 'unknown entry "headlines"'),
        ("figures:\n  - id: a\n    rows: [r]\n    shows: change\n", 4, 'unknown entry "shows"'),
        ("figures:\n  - {id: a}\n", 2, "missing: rows"),
        ("figures:\n  - {id: a, show: sum, rows: [r]}\n", 2, '"sum" is none of: value, change, direction'),
        ("figures:\n  - {id: a, rows: [r]}\n  - {id: a, rows: [s]}\n", 3, 'two figures are called "a"'),
        ("lede: a\nquestion: 5\n", 2, '"5" should be text in question'),
        ("figures: none\n", 1, '"none" should be a list in figures'),
        (CHART.replace("where: {measure: in-care}", "label: L"), 1, 'a series needs "where" or "rows"'),
    ],
)
def test_an_entry_that_does_not_fit_is_told_at_its_line(text, line, words):
    ((told_line, message),) = problems_of(text)
    assert told_line == line
    assert words in message


def test_yaml_that_cannot_be_read_is_told_at_its_line_and_gives_no_page():
    page, (problem,) = read_page_file("question: How many?\nlede: one: two\n", "page.yaml")
    assert (problem.code, problem.line, page.usable) == ("yaml-error", 2, False)


def test_an_entry_that_stands_twice_is_told_with_its_line():
    _, problems = read_page_file("question: One?\nlede: Two.\nquestion: Three?\n", "page.yaml")
    assert [(problem.code, problem.line) for problem in problems] == [("duplicate-entry", 3)]
