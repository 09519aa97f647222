"""The words of a period against its last day."""

from __future__ import annotations

from datetime import date

import pytest

from portal.validate.periods import fits_words


@pytest.mark.parametrize(
    ("words", "end", "fits"),
    [
        ("31 March 2024", "2024-03-31", True),
        ("31 March 2024", "2023-03-31", False),
        ("31 March 2024", "2024-03-30", False),
        ("December 2016", "2016-12-31", True),
        ("December 2016", "2016-11-30", False),
        ("April 2015 to January 2016", "2016-01-31", True),
        ("April 2015 to January 2016", "2015-04-30", False),
        ("2014/15", "2015-03-31", True),
        ("2014/15", "2016-03-31", False),
        ("2017/18 to 2019/20", "2020-03-31", True),
        ("1999/2000", "2000-03-31", True),
        ("2021", "2021-12-31", True),
        ("2021", "2012-12-31", False),
        ("not stated", "2016-12-31", True),
    ],
)
def test_a_period_ends_on_the_last_day_that_its_words_name(words, end, fits):
    assert fits_words(date.fromisoformat(end), words) is fits
