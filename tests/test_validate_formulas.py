"""A cell that a spreadsheet would work out is warned about; a number, a dash or a telephone number is none."""

from __future__ import annotations

import pytest
from make import make_plain

from portal.validate.formulas import MOST, check_formulas, is_formula


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "=cmd|' /C calc'!A0",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "-2+3",
        "-A1",
        "+A1*2",
        '=HYPERLINK("https://otherton.test","press")',
        "\t=1+1",
        "\r=1+1",
        "＝1+1",
        "-SUM(A1)",
    ],
)
def test_what_a_spreadsheet_would_work_out_is_a_formula(cell):
    assert is_formula(cell)


NUMBERS = ["-5", "+", "-0.5%", "-£5", "- £5,000", "+2.5", "-1e5", "+44 161 496 0000", "+44 (0)161 496 0000", "−3"]
WORDS = ["-", "--", "– 5 to 9", "- fewer than in spring", "-- see the note (below)", "=", "@", "a=b", "", "5-7", "(=1)"]


@pytest.mark.parametrize("cell", [*NUMBERS, *WORDS])
def test_a_number_a_dash_and_a_telephone_number_are_no_formulas(cell):
    assert not is_formula(cell)


def test_the_warning_names_line_and_column_of_the_file():
    dataset = make_plain('year,note\n2023,"two\nlines"\n2024,=1+1\n')
    (problem,) = check_formulas(dataset)
    assert (problem.code, problem.severity, problem.line, problem.column) == ("formula", "warning", 4, 6)
    assert problem.field == "note"


def test_a_column_name_that_is_a_formula_is_warned_about_in_the_first_line():
    (problem,) = check_formulas(make_plain("year,=1+1\n2023,a\n"))
    assert (problem.line, problem.field) == (1, "=1+1")


def test_a_column_full_of_them_is_counted_after_some():
    dataset = make_plain("year,note\n" + "2023,=1+1\n" * (MOST + 30))
    problems = list(check_formulas(dataset))
    assert len(problems) == MOST + 1
    assert "30 more cells" in problems[-1].message


def test_a_column_of_numbers_is_left_to_the_check_of_its_type():
    assert list(check_formulas(make_plain("year,visits\n2023,=1+1\n", types={"visits": "integer"}))) == []
