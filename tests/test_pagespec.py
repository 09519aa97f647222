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


EXEMPTION = "{row: r1, reason: Printed., harm: None., date: 2026-01-31, reviewed_by: the officer}"


def test_an_exemption_is_found_by_its_row_and_a_day_needs_no_quotation_marks():
    exemption = make_page(f"disclosure:\n  rows:\n    - {EXEMPTION}\n").disclosure["r1"]
    assert (exemption.harm, exemption.date, exemption.line) == ("None.", "2026-01-31", 3)


@pytest.mark.parametrize("name", ["row", "reason", "harm", "date", "reviewed_by"])
def test_an_exemption_leaves_nothing_out(name):
    entry = ", ".join(part for part in EXEMPTION.strip("{}").split(", ") if not part.startswith(f"{name}:"))
    assert problems_of(f"disclosure: {{rows: [{{{entry}}}]}}") == [(1, f"missing: {name} in disclosure, rows, entry 1")]


def test_a_list_where_names_belong_is_not_repeated():
    ((line, message),) = problems_of("disclosure: [{row: secret, reason: printed}]")
    assert (line, message) == (1, "names with values should stand here in disclosure")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("lede: a\nheadlines: b\n", 2, 'unknown entry "headlines"'),
        ("figures:\n  - id: a\n    rows: [r]\n    shows: change\n", 4, 'unknown entry "shows"'),
        ("figures:\n  - {id: a}\n", 2, "missing: rows"),
        ("figures:\n  - {id: a, show: sum, rows: [r]}\n", 2, '"sum" is none of: value, change, direction, in-ten'),
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


@pytest.mark.parametrize(
    ("check", "form", "parts", "equals"),
    [
        ("sum: [a, b], equals: c", "sum", (("a",), ("b",)), "c"),
        ("sum: [a, b], equals: 100", "sum", (("a",), ("b",)), "100"),
        ("resource: risks, product: [l, i], equals: s", "product", (("l",), ("i",)), "s"),
        ("share: s, count: c, base: b", "share", (("c",), ("b",)), "s"),
        ("restates: [a, b]", "restates", (("a",),), "b"),
        ("same_base: [[c, r], [d, s]]", "same_base", (("c", "r"), ("d", "s")), ""),
    ],
)
def test_a_check_is_known_by_its_entries(check, form, parts, equals):
    (spec,) = make_page(f"checks:\n  - {{id: it, {check}, mismatch: M, makes: N}}\n").checks
    assert (spec.form, spec.parts, spec.equals, spec.line) == (form, parts, equals, 2)
    assert (spec.mismatch, spec.makes) == ("M", "N")


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("sum: [a, b]", "`equals` is missing beside `sum` in checks"),
        ("product: [a, b], equals: c", "`resource` is missing beside `product` in checks"),
        ("sum: [a, b], equals: c, restates: [d, e]", "a check has the entries of one of"),
        ("sum: [a, b], equals: 99", '"99" is neither a row nor the constant 100'),
        ("restates: [a, b], because: reason", 'unknown entry "because"'),
    ],
)
def test_a_check_that_is_of_no_form_is_told_at_its_line(check, words):
    ((line, message),) = problems_of(f"checks:\n  - {{id: it, {check}}}\n")
    assert line == 2
    assert words in message


def test_two_checks_may_not_share_an_id():
    text = "checks:\n  - {id: it, restates: [a, b]}\n  - {id: it, restates: [c, d]}\n"
    assert problems_of(text) == [(3, 'two checks are called "it"')]


def test_a_register_says_how_it_is_shown():
    text = "registers:\n  - {resource: risks, caption: C, form: cards, columns: [title]}\n"
    (spec,) = make_page(text).registers
    assert (spec.resource, spec.form, spec.columns, spec.line) == ("risks", "cards", ("title",), 2)
    assert problems_of(text.replace("cards", "tiles")) == [
        (2, '"tiles" is none of: table, cards, timeline in registers, entry 1, form')
    ]


def test_a_page_says_its_topic_its_teaser_and_why_a_table_is_no_chart():
    page = make_page("topic: care\nteaser: T\ntables: [{id: t, caption: C, no_chart: N, series: [{rows: [a]}]}]")
    assert (page.topic, page.teaser, page.tables[0].no_chart) == ("care", "T", "N")
    assert problems_of("topic: Children in care") != []  # it is part of an address


def test_a_reason_without_its_outcome_is_told():
    text = "checks:\n  - {id: it, restates: [a, b], mismatch: M}\n"
    assert problems_of(text)[0][1].startswith("`mismatch` and `makes` stand together")


@pytest.mark.parametrize("text", ["lede: &a [x]\nquestion: *a\n", "lede: [2021\n"])
def test_yaml_that_grows_or_breaks_off_is_told(text):
    assert len(problems_of(text)) == 1


@pytest.mark.parametrize(
    ("form", "count", "told"),
    [("dates", 4, ""), ("dates", 5, "at most 4"), ("multiples", 5, ""), ("multiples", 7, "at most 6")],
)
def test_a_chart_of_lines_has_room_for_four_series_and_multiples_for_what_stands_in_their_table(form, count, told):
    chart = f"{{id: c, form: {form}, title: T, subtitle: S, series: [{', '.join(['{rows: [a]}'] * count)}]}}"
    problems = problems_of(f"charts: [{chart}]")
    assert [message for _, message in problems] == (
        [f"too many entries, {told} have room in charts, c, series"] if told else []
    )
