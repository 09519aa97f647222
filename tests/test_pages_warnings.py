"""What the site says of a warning: for readers, who can mend nothing and must be led to nobody."""

from dataclasses import replace

import pytest
from make import make_plain

from portal.model import Problem
from portal.pages.warnings import MOST, SHOWN, place_on_page

ROOT = "../../"


def warn(code: str, message: str = "row 7, column “note”: something", field: str = "note", line: int = 7) -> Problem:
    return Problem(code, message, "datasets/visits/data/visits.csv", line, 3, field, "Mend it.", "warning")


def told(*problems: Problem):
    visits = replace(make_plain("quarter,visits\n2024-Q1,12\n"), slug="visits", folder="datasets/visits")
    place = place_on_page(problems, visits, ROOT)
    assert place is not None
    return place


@pytest.mark.parametrize("code", ["personal-name", "record-level-shape", "unlisted-file"])
def test_no_reader_is_led_to_the_row_or_the_file_of_what_may_be_personal(code):
    place = told(warn(code))
    said = " ".join(f"{group.title} {group.meaning} {group.found}" for group in place.groups)
    assert "7" not in said
    assert "visits.csv" not in said


def test_a_reader_learns_which_column_may_count_children_and_no_row():
    (group,) = told(warn("small-number-undeclared", field="visits")).groups
    assert [found.what for found in group.found] == ['Column "visits"']
    assert "7" not in group.found[0].where


def test_many_warnings_of_one_kind_are_folded_and_few_stand_open():
    many = [warn("gap", f"row {n}: missing", line=n) for n in range(SHOWN + 1)]
    assert [group.folded for group in told(*many).groups] == [True]
    assert [group.folded for group in told(*many[:SHOWN]).groups] == [False]


def test_what_is_too_much_to_list_is_counted():
    place = told(*(warn("gap", f"row {n}: missing", line=n) for n in range(MOST + 2)))
    assert (place.count, place.more) == (MOST + 2, "And 2 more warnings.")


def test_words_for_officers_do_not_reach_readers():
    (group,) = told(warn("future-period", "begins after the day its package was made (`created`), 30 June 2024")).groups
    assert group.found[0].what == "Begins after the day the dataset was made, 30 June 2024"


def test_a_kind_of_warning_without_words_of_its_own_is_told_all_the_same():
    (group,) = told(warn("new-kind", "row 7: something new")).groups
    assert group.found[0].what == "Row 7: something new"
