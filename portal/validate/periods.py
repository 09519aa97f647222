"""Do the words of a period and its dates say the same?

In:  the words ("31 March 2024", "2014/15") and the last day of the period.
Out: whether the day fits the last date that the words name; words without a year fit any.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = "January February March April May June July August September October November December".split()
NAMED = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) ((?:19|20)\d\d)\b")
YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*[/–-]\s*(\d{4}|\d\d))?(?!\d)")


def fits_words(end: date, words: str) -> bool:
    """`end`: the last day of the period."""
    if named := NAMED.findall(words):
        day, month, year = named[-1]
        said = (int(year), MONTHS.index(month) + 1, int(day or end.day))
        return said == (end.year, end.month, end.day)
    years = {year for found in YEARS.finditer(words) for year in spanned(found[1], found[2])}
    return not years or end.year in years


def spanned(first: str, last: str | None) -> range:
    """ "2014", "15" -> 2014 and 2015"""
    end = int(last if last and len(last) == 4 else first[:2] + last) if last else int(first)
    return range(int(first), max(int(first), end) + 1)
