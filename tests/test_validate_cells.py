"""What the checks of cells, keys and series let through; what they refuse is told word for word in tests/broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import BUILT, make_dataset, make_plain, make_portal, write_portal

from portal.csvfile import split_lines
from portal.load import load_portal
from portal.validate import check_portal, one_per_cell
from portal.validate.table.cells import check_cells
from portal.validate.table.explain import LONGEST, explain
from portal.validate.table.keys import check_keys
from portal.validate.table.listing import LISTED, list_first, rows_of
from portal.validate.table.marks import Column
from portal.validate.table.points import check_points
from portal.validate.table.when import check_when


def codes(problems):
    return [(p.code, p.line, p.severity) for p in problems]


def cells(csv_text, **types):
    return codes(check_cells(make_plain(csv_text, types=types)))


def points(csv_text, **types):
    return codes(check_points(make_plain(csv_text, types=types)))


@pytest.mark.parametrize(
    ("csv_text", "types"),
    [
        ("n\n0\n-3\n12.50\n33.333333333333336\n9007199254740992\n\n", {"n": "number"}),
        ("code\n001\n002\n130\n", {}),  # all of one length
        ("code\n1\n12\n130\n", {}),  # none was ever padded
        ("code\n001\n1234\n12345\n", {}),  # of several lengths to begin with
        ("school\n4E2\n1E5\n12\n", {}),  # a code may hold an E; a spreadsheet writes E+05
        ("town,n\nNew Moston,1\nnew moston,2\nHulme,3\n", {"n": "integer"}),  # words of their own, not categories
        ("age\n5-9\n10-14\n15+\n", {}),
        ("text\n" + "word " * 30 + "\nother\n", {}),  # prose may end with a space
        ("period\n2024-Q1\n2024-Q2\nQ3 2024\nQ4 2024\n", {}),  # no style is the usual one
        ("site\n2000\n2001\n3500\n2002\n", {}),  # numbers of schools, not years
        ("period\n2009-10\n2010-11\n2011-12\n2012-13\n", {}),  # financial years that look like months
        ("day\n2024-02-29\n1999-12-31\n", {"day": "date"}),
    ],
)
def test_what_is_awkward_and_right_is_let_through(csv_text, types):
    assert cells(csv_text, **types) == []


def test_a_number_with_a_declared_way_of_writing_is_the_schemas_matter():
    schema = {"fields": [{"name": "n", "type": "number", "groupChar": ","}]}
    dataset = make_plain('n\n"1,248"\n" 12"\n', types={"n": "number"})
    (resource,) = dataset.resources
    assert codes(check_cells(replace(dataset, resources=(replace(resource, schema=schema),)))) == []


def test_an_excel_serial_number_is_told_as_its_day():
    assert "31 December 2021" in explain("44561", Column("day", "date", {}))[0]


def test_a_date_with_two_readings_is_told_with_both():
    assert "2024-04-03 or 2024-03-04" in explain("03/04/2024", Column("day", "date", {}))[1]


@pytest.mark.parametrize("kind", ["number", "date", "year", "yearmonth", "boolean", "list"])
@pytest.mark.parametrize("cell", ["1" + ", " * 50_000 + "x", "9" * 200_000, "\u202e12", "(" * 60, "1," * 29])
def test_a_cell_of_any_shape_is_explained_at_once(kind, cell):
    message, _ = explain(cell, Column("n", kind, {}))
    assert len(message) < 4 * LONGEST


def test_a_json_descriptor_is_answered_in_json():
    assert (
        '"missingValues": [{"value": "", "label": "no figure"}'
        in explain("..", Column("n", "number", {}, descriptor="datapackage.json"))[1]
    )


def test_keys_are_one_when_their_numbers_are():
    dataset = make_plain("n,x\n7,a\n07,b\n7.0,c\n70,d\n", types={"n": "number"})
    (resource,) = dataset.resources
    keyed = replace(resource, schema={"primaryKey": "n"})
    found = codes(check_keys(replace(dataset, resources=(keyed,))))
    assert found == [("primary-key", 3, "error"), ("primary-key", 4, "error")]


def test_a_row_that_stands_twice_is_told_at_its_physical_line():
    assert codes(check_keys(make_plain('a,b\n"x\ny",1\nz,2\nz,2\n'))) == [("same-row", 5, "warning")]


def test_a_foreign_key_into_its_own_table_is_followed():
    dataset = make_plain("id,part_of\na,\nb,a\nc,q\n")
    (resource,) = dataset.resources
    key = {"fields": "part_of", "reference": {"resource": "", "fields": "id"}}
    own = replace(resource, schema={"primaryKey": "id", "foreignKeys": [key]})
    assert codes(check_keys(replace(dataset, resources=(own,)))) == [("foreign-key", 4, "error")]


@pytest.mark.parametrize(
    "csv_text",
    [
        "year,sex,n\n2020,Boys,1\n2020,Girls,2\n2021,Boys,3\n2021,Girls,4\n2022,Boys,5\n",
        "year,sex,n\n2020,Boys,1\n2021,Boys,3\n2022,Boys,5\n2023,Boys,5\n2021,Girls,4\n2022,Girls,4\n2023,Girls,4\n",
        "year,n\n2010,1\n2012,2\n2014,3\n2016,3\n",  # every second year
        "day,n\n2024-01-01,1\n2024-02-07,2\n2024-03-01,3\n2024-09-01,3\n",  # days of meetings
        "year,n\n2010,1\n2013,2\n2014,3\n2019,3\n",  # no rhythm to miss
        "year,month,n\n2020,1,5\n2020,2,6\n2020,3,7\n2021,1,7\n",  # a month is told apart by a column of numbers
    ],
)
def test_a_series_without_a_fault_is_let_through(csv_text):
    assert points(csv_text, n="integer", month="integer", year="year", day="date") == []


def test_a_point_that_is_missing_is_named_between_its_neighbours():
    dataset = make_plain(
        "period,n\n2023-Q1,1\n2023-Q2,1\n2023-Q4,2\n2024-Q1,2\n2024-Q2,2\n2024-Q3,2\n", types={"n": "integer"}
    )
    (problem,) = check_points(dataset)
    assert (problem.code, problem.line, "2023-Q3 is missing" in problem.message) == ("gap", 3, True)


def test_two_documents_that_disagree_and_say_so_are_let_through():
    rows = "id,value,period_end,flags\na,3,2024-03-31,conflict\nb,4,2024-03-31,conflict\n"
    assert codes(check_points(make_dataset(rows))) == []


@pytest.mark.parametrize("kind", ["target", "forecast", "plan"])
def test_what_is_not_counted_yet_may_lie_ahead(kind):
    rows = f"id,kind,period_start,period_end\na,{kind},2099-01-01,2099-03-31\n"
    assert codes(check_when(make_portal(make_dataset(rows)), BUILT)) == []


def test_a_table_of_forecasts_may_lie_ahead():
    table = make_plain(
        "year,children\n2025,1\n2030,2\n2035,2\n2040,2\n", types={"year": "year"}, created="2025-06-30T00:00:00Z"
    )
    assert codes(check_cells(table)) == []


def test_a_warning_never_hides_an_error_of_the_same_cell():
    (problem,) = check_cells(make_plain("n\n 12\n", types={"n": "integer"}))
    error = replace(problem, severity="error", code="worse")
    assert [p.code for p in one_per_cell([problem, error])] == ["worse"]


def test_thousands_of_one_kind_are_told_in_one_line_that_names_every_row():
    (problem,) = check_cells(make_plain("n\n 12\n", types={"n": "integer"}))
    many = [replace(problem, line=line) for line in range(2, 50_002)]
    told = list(list_first(many))
    assert len(told) == LISTED + 1
    assert "49,980 more cells" in told[-1].message
    assert f"rows {LISTED + 2} to 50001" in told[-1].message


def test_rows_are_named_in_stretches():
    assert rows_of([3, 4, 5, 9, 11, 12]) == "rows 3 to 5, 9, 11 and 12"


def test_only_the_ends_of_lines_end_a_line():
    assert len(split_lines("a\u2028b\x85c\r\nd\re\n".encode())) == 3


def test_a_file_of_bad_cells_beyond_what_is_kept_says_how_many_more(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.validate.table.judged.KEPT", 30)
    files = {"visits/data/visits.csv": "quarter,visits\n" + "".join(f"q{n},many\n" for n in range(50))}
    portal, _ = load_portal(write_portal(tmp_path, files))
    told = [p.message for p in check_portal(portal, tmp_path / "datasets")]
    assert "20 more cells of this file do not fit datapackage.yaml" in told


MARKS = ": .. ... … x [x] ? unknown n/a na n.a. z [z] c [c] * ** s suppressed supp confidential redacted".split()
MORE_MARKS = "low [low] u [u] tbc tba due pending <5 ≤5".split()


@pytest.mark.parametrize("mark", [*MARKS, *MORE_MARKS, "not available", "not applicable", "fewer than 5"])
def test_each_usual_mark_is_told_with_the_words_that_declare_it(mark):
    _, fix = explain(mark, Column("n", "integer", {}))
    assert f'{{value: "{mark}", label: ' in fix


@pytest.mark.parametrize("name", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
def test_a_month_where_a_number_belongs_was_made_by_a_spreadsheet(name):
    assert "looks like a date" in explain(f"2-{name}", Column("n", "integer", {}))[0]


@pytest.mark.parametrize("cell", ["1_000", "١٢", "+7", ".5", "5."])
def test_a_number_that_few_programs_read_is_told(cell):
    assert [code for code, *_ in cells(f"n\n{cell}\n", n="number")] == ["odd-number"]


def test_a_year_between_the_eighteenth_century_and_the_next_is_found_in_a_longer_text():
    assert "Write 2024," in explain("the year 2024", Column("n", "year", {}))[1]


def test_digits_alone_are_years_only_in_a_column_that_speaks_of_time():
    rows = "".join(f"{year},{year % 7}\n" for year in (2015, 2016, 2017, 2018, 2019, 2020, 2023))
    assert points(f"code,n\n{rows}", n="integer") == []
    assert [code for code, *_ in points(f"year,n\n{rows}", n="integer")] == ["gap"]


def test_quarters_are_periods_whatever_their_column_is_called():
    rows = "".join(f"{2020 + n // 4}-Q{n % 4 + 1},{n}\n" for n in (0, 1, 2, 3, 4, 5, 8))
    assert [code for code, *_ in points(f"when,n\n{rows}", n="integer")] == ["gap"]


def test_a_whole_number_of_thousands_of_digits_is_no_fault_of_the_builder():
    table = make_plain("year,homes\n2019," + "1" * 5000 + "\n", types={"homes": "integer"})
    list(check_cells(table))
