"""How long the span of a figure is.

In:  an Observation with its first and last day.
Out: its length in words ("4 months"), whether it is a part of a year.
"""

from __future__ import annotations

from datetime import timedelta

from portal.formats import plural
from portal.model import Observation

YEAR = (365, 366)


def has_span(row: Observation) -> bool:
    """Whether the figure covers a span of dated days, not one day or an unknown time."""
    return days_of(row) > 1 and row.date_status != "not-stated"


def days_of(row: Observation) -> int:
    """Days from the first to the last, both counted; 0 when either is not known."""
    return (row.period_end - row.period_start).days + 1 if row.period_start and row.period_end else 0


def is_part(row: Observation) -> bool:
    """Whether the figure covers less than a year."""
    return days_of(row) < YEAR[0]


def length_words(row: Observation) -> str:
    """ "4 months", "92 days"; nothing for a year, which the period names already."""
    if not row.period_start or not row.period_end or days_of(row) in YEAR:
        return ""
    after = row.period_end + timedelta(days=1)
    if after.day != row.period_start.day:
        return plural(days_of(row), "day")
    return plural((after.year - row.period_start.year) * 12 + after.month - row.period_start.month, "month")


def span_words(row: Observation) -> str:
    """The period, and how long it is when it is not a year: "January to October 2021 (10 months)"."""
    inferred = "date worked out by us" if row.date_status == "inferred" else ""
    added = ", ".join(part for part in (length_words(row), inferred) if part)
    return f"{row.period} ({added})" if added else row.period
