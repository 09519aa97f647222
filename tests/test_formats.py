from __future__ import annotations

from datetime import date

import pytest
from make import make_row

from portal.formats import format_change, format_date, format_direction, format_number, format_row, format_size, plural


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1280, "children", "1,280"),
        (17, "percent", "17%"),
        (150000, "GBP", "£150,000"),
        (-480715, "GBP", "−£480,715"),
        (14.9, "days", "14.9"),
        (0, "children", "0"),
        (500_000, "GBP", "£500,000"),
        (1_000_000, "GBP", "£1 million"),
        (5_800_000, "GBP", "£5.8 million"),
        (5_850_000, "GBP", "£5,850,000"),  # nothing is rounded away
        (-1_200_000, "GBP", "−£1.2 million"),
        (1_234_500_000, "GBP", "£1,234.5 million"),
        (5_800_000, "children", "5,800,000"),
    ],
)
def test_a_number_is_written_with_its_unit(value, unit, text):
    assert format_number(value, unit) == text


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"value": "98.0", "measure": "adopted-share"}, "98.0%"),
        ({"value": "400", "qualifier": "about"}, "about 400"),
        ({"value": "5", "qualifier": "less-than"}, "less than 5"),
        ({"value": "", "qualifier": "range", "value_low": "300", "value_high": "1400"}, "300 to 1,400"),
        ({"value": "x"}, "[x]"),
        ({"value": "0"}, "0"),
    ],
)
def test_a_row_is_written_as_it_was_printed(columns, text):
    assert format_row(make_row(**columns)) == text


@pytest.mark.parametrize(
    ("before", "after", "unit", "text"),
    [
        (1270, 1248, "children", "22 fewer"),
        (1248, 1270, "children", "22 more"),
        (17, 18, "percent", "1 percentage point higher"),
        (20, 14, "percent", "6 percentage points lower"),
        (5000, 4000, "GBP", "£1,000 lower"),
        (599, 561, "days", "38 days fewer"),
        (1, 2, "days", "1 day more"),
        (599, 599, "days", "the same"),
    ],
)
def test_a_change_is_written_in_words(before, after, unit, text):
    assert format_change(before, after, unit) == text


def test_a_change_keeps_the_decimals_it_is_asked_for():
    assert format_change(0.1, 0.3, "days", decimals=1) == "0.2 days more"


def test_a_direction_is_one_word_to_start_a_sentence_with():
    assert [format_direction(1, 2), format_direction(2, 1), format_direction(2, 2)] == ["Up", "Down", "No change"]


def test_a_date_has_no_leading_zero():
    assert format_date(date(2025, 3, 1)) == "1 March 2025"


def test_a_size_is_in_the_unit_a_reader_would_use():
    assert [format_size(n) for n in (999, 12_345, 2_500_000)] == ["999 bytes", "12 kB", "2.5 MB"]


def test_one_row_and_many_rows():
    assert [plural(1, "row"), plural(1200, "row"), plural(0, "entry", "entries")] == [
        "1 row",
        "1,200 rows",
        "0 entries",
    ]
