"""Events for the foot of a time axis: inspections, at the date we hold.

Other kinds stay on the timeline: a mark for each meeting would hide the figures, and look like a cause of them.

In:  the reference table of events, the span of the axis.
Out: Moments, by date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from portal.charts.scales import decimal_year
from portal.charts.timefigure import Moment
from portal.charts.words import day_words, first_of
from portal.model import Reference


def make_moments(reference: Reference, span: tuple[float, float]) -> tuple[Moment, ...]:
    """Inspections within the span; undated ones have no place on an axis."""
    known = [
        row for row in reference.events.values() if row.get("kind") == "inspection" and row.get("role") != "planned"
    ]
    # One inspection is one mark, on the days the inspectors came; what they published stands where that is unknown.
    came = [row for row in known if row.get("role") == "happened"]
    found = [moment for row in came or known if (moment := make_moment(row))]
    return tuple(sorted((m for m in found if span[0] <= m.x <= span[1]), key=lambda m: (m.x, m.title)))


def make_moment(row: Mapping[str, str]) -> Moment | None:
    """The event as a mark, or None when it has no date."""
    day = first_of(row, "date", "date_start", "start")
    if not re.match(r"\d{4}", day):
        return None
    title = first_of(row, "short_title", "short", "label", "title", "name", "event")
    last = first_of(row, "date_end") or day
    middle = (decimal_year(whole_date(day)) + decimal_year(whole_date(last))) / 2
    return Moment(middle, title, when_words(row, day))


def moment_words(moments: Sequence[Moment]) -> str:
    """All of them in one line: "Ofsted inspection, July 2014; Ofsted inspection, March 2022"."""
    return "; ".join(", ".join(part for part in (m.title, m.when) if part) for m in moments)


def whole_date(day: str) -> date:
    """A date for the axis: the middle of the month or year where no more is known."""
    parts = [int(part) for part in day.split("-")]
    year, month, dom = (parts + [7, 15][len(parts) - 1 :])[:3]
    return date(year, month, dom)


def when_words(row: Mapping[str, str], day: str) -> str:
    """The date no more precise than the documents give it, and never more than a month: the axis shows no days."""
    if row.get("precision", row.get("date_precision", "")) == "year":
        return day[:4]
    end = first_of(row, "date_end")
    if not end or end[:7] == day[:7]:
        return day_words(day[:7])
    start = day_words(day[:7])
    return f"{start.split()[0] if end[:4] == day[:4] else start} to {day_words(end[:7])}"
