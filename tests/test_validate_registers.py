"""What each check of a register lets through and what it stops; the words it uses are in tests/broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import make_dataset, make_portal, make_register

from portal.registers import number_columns, read_entries
from portal.validate.registers import check_entry_figures, check_registers

TABLE = "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]"
TIMELINE = "registers: [{resource: risks, caption: Dates, form: timeline, columns: [title]}]"
DAY = "id,title,text,date_start,date_end,precision,role\na,Meeting,They met.,{},{},{},{}\n"


def problems_of(csv_text, page="", **types):
    dataset = make_register(csv_text, page=page, **types)
    return list(check_registers(dataset, make_portal(dataset)))


def found(csv_text, page="", **types):
    return [(p.code, p.line, p.field) for p in problems_of(csv_text, page, **types)]


def test_a_register_that_keeps_the_convention_is_let_through():
    rows = 'id,title,score,score_printed,flags,figures\na,Too few places,1200,"1,200",,\nb,Less money,,,blank,\n'
    assert found(rows, score="integer", flags="list") == []


# columns


@pytest.mark.parametrize(
    ("form", "missing"),
    [("table", ""), ("cards", "title, text"), ("timeline", "date_start, date_end, precision, role, title, text")],
)
def test_each_form_needs_its_columns(form, missing):
    page = f"registers: [{{resource: risks, caption: C, form: {form}, columns: [id]}}]"
    problems = problems_of("id\na\n", page)
    assert [(p.code, p.line) for p in problems] == ([("register-columns", 1)] if missing else [])
    assert all(p.message.endswith(f"without: {missing}") for p in problems)


def test_a_register_without_an_id_is_told_and_not_read_further():
    page = "registers: [{resource: risks, caption: C, form: table, columns: [name]}]"
    assert found("name,source\na,nobody\n", page) == [("register-columns", 1, "")]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("resource: risks", "resource: risk", 'no resource called "risk"; did you mean "risks"?'),
        ("[title]", "[titel]", 'no column called "titel"; did you mean "title"?'),
    ],
)
def test_a_name_in_the_page_that_leads_nowhere_is_stopped(old, new, words):
    page = "registers:\n  - {resource: risks, caption: C, form: table, columns: [title]}\n"
    (problem,) = problems_of("id,title\na,Fire\n", page.replace(old, new))
    assert (problem.code, problem.path, problem.line) == ("unknown-name", "datasets/risks/page.yaml", 2)
    assert words in problem.message


def test_a_column_of_numbers_needs_the_column_of_what_was_printed():
    assert found("id,score\na,3\n", score="integer") == [("register-columns", 1, "score")]
    assert found("id,score\na,many\n") == []  # a column of text is no number


def test_only_columns_with_a_printed_token_hold_quoted_numbers():
    (resource,) = make_register("id,score,score_printed,year\na,3,3,2022\n", score="integer", year="integer").resources
    assert number_columns(resource) == ("score",)


# cells


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ("source\na,annual-reports-2024", ("unknown-code", 2, "source")),
        ('locator\na,""', ("locator-missing", 2, "locator")),
        ("flags\na,conflict;doubtful", ("unknown-code", 2, "flags")),
        ("title\na,The 12 risks", ("typed-number", 2, "title")),
        ("note\na,It was 12% then", ("typed-number", 2, "note")),
        ("title,score_printed\na,Fire,3", ("typed-number", 2, "score_printed")),  # beside no column of numbers
        ("score_locator\na,row:12", ("typed-number", 2, "score_locator")),
        ("title\na,{{ 17 }}", ("typed-number", 2, "title")),  # a register prints its braces
        ("title\na,A third of them: ⅓", ("typed-number", 2, "title")),
        ("id2\na,", None),
        ("title\na,Plans for 2017/18", None),
    ],
)
def test_a_cell_that_breaks_the_convention_is_told_with_its_column(columns, problem):
    assert found(f"id,{columns}\n") == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("score", "printed", "flags", "codes"),
    [
        ("12", "12", "", []),
        ("12", "twelve", "", []),
        ("12", "x12", "", []),
        ("21", "12", "", ["printed-value"]),
        ("12", "", "", ["printed-value"]),
        ("", "12", "", ["printed-value"]),
        ("12", "high", "", ["printed-value"]),
        ("", "", "", ["register-number"]),
        ("", "", "blank", []),
    ],
)
def test_a_number_and_what_was_printed_agree(score, printed, flags, codes):
    rows = f"id,score,score_printed,flags\na,{score},{printed},{flags}\n"
    problems = problems_of(rows, score="integer", flags="list")
    assert [(p.code, p.field) for p in problems] == [(code, "score") for code in codes]


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (("2024-05-02", "2024-05-02", "day", "happened"), None),
        (("2024-01-01", "2024-12-31", "year", "planned"), None),
        (("", "", "none", "published"), None),
        (("", "2024-05-02", "day", "happened"), ("date-missing", "date_start")),
        (("2024-05-02", "", "month", "happened"), ("date-missing", "date_end")),
        (("May 2024", "2024-05-31", "month", "happened"), ("date-missing", "date_start")),
        (("2024-05-03", "2024-05-02", "day", "happened"), ("date-order", "date_start")),
        (("2024-05-02", "9999-12-31", "month", "planned"), ("date-range", "date_end")),
        (("1204-05-02", "2024-05-02", "day", "planned"), ("date-range", "date_start")),
        (("", "9999-12-31", "none", "planned"), ("date-range", "date_end")),
        (("2024-05-02", "2024-05-02", "week", "happened"), ("unknown-word", "precision")),
        (("2024-05-02", "2024-05-02", "day", "hoped"), ("unknown-word", "role")),
    ],
)
def test_the_dates_of_a_timeline_are_given_in_order_and_in_known_words(cells, problem):
    assert [(p.code, p.field) for p in problems_of(DAY.format(*cells), TIMELINE)] == ([problem] if problem else [])


def test_a_finding_stands_at_its_character():
    (problem,) = problems_of("id,title,source\na,Fire,nobody\n")
    assert (problem.line, problem.column) == (2, 8)


# figures beside an entry


def test_figures_beside_an_entry_may_stand_in_any_package():
    dataset, register = make_dataset("id\nin-care\n"), make_register("id,figures\na,in-care\nb,in-car; in-care\n")
    portal = make_portal(dataset, register)
    (problem,) = check_entry_figures(portal, whole=True)
    assert (problem.code, problem.line) == ("unknown-row", 3)
    assert 'no row called "in-car"; did you mean "in-care"?' in problem.message
    assert list(check_entry_figures(portal, whole=False)) == []  # it may stand in a folder that was not read


def test_a_register_that_is_shown_twice_is_read_once():
    line = "{{resource: risks, caption: C, form: {}, columns: [title]}}"
    page = f"registers: [{line.format('table')}, {line.format('cards')}]"
    dataset = make_register("id,title,text,source\na,Fire,It burns.,nobody\n", page=page)
    assert [entry.id for entry in read_entries(dataset)] == ["a"]
    assert [p.code for p in check_registers(dataset, make_portal(dataset))] == ["unknown-code"]


def test_a_number_that_is_missing_beside_its_token_is_told():
    assert found("id,score,score_printed\na,,high\n", score="integer") == [("printed-value", 2, "score")]


def test_an_id_stands_once_in_a_register():
    assert found("id\na\nb\na\n") == [("duplicate-id", 4, "id")]


def test_a_column_that_the_schema_does_not_describe_is_not_shown():
    dataset = make_register("id,extra\na,1\n", page=TABLE.replace("[id]", "[extra]"))
    table = replace(dataset.resources[0], fields=dataset.resources[0].fields[:1])
    problems = list(check_registers(replace(dataset, resources=(table,)), make_portal(dataset)))
    assert [p.code for p in problems] == ["unknown-name"]


def test_a_dataset_named_in_a_register_is_there():
    dataset = make_register("id,dataset\na,nowhere\n")
    assert [p.code for p in check_entry_figures(make_portal(dataset), whole=True)] == ["unknown-name"]
    assert list(check_entry_figures(make_portal(dataset), whole=False)) == []


@pytest.mark.parametrize("value", ["99 ", "3_3", "+9", "1e3", "٣"])
def test_a_number_of_a_register_is_a_plain_one(value):
    rows = f"id,score,score_printed\na,{value},High\n"
    assert ("printed-value", 2, "score") in found(rows, score="integer")


@pytest.mark.parametrize("name", ["../x", "a/b", "A b"])
def test_the_id_of_an_entry_is_an_address(name):
    assert found(f"id\n{name}\n") == [("bad-id", 2, "id")]


def test_a_column_of_numbers_that_the_file_lacks_is_no_column():
    (resource,) = make_register("id,score,score_printed\na,3,3\n", score="integer").resources
    assert number_columns(replace(resource, frame=resource.frame.drop(columns="score"))) == ()
