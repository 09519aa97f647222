"""How old does a page say that something is? Worked out again, from the day in the same sentence.

In:  a sentence, the ends of the rows beside it, and the day of the build.
Out: where in the sentence an age stands that comes out.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd

from portal.model import Portal
from portal.quantities import CARDINALS, DATE, MONTHS, find_quantities
from portal.verify.known import Known, read_day

_COUNT = rf"(?:{'|'.join(CARDINALS)}|\d+)"
AGE = re.compile(
    rf"\b(?:(?P<years>{_COUNT}) years?)?(?: and )?(?:(?P<months>{_COUNT}) months?)?"
    r" (?:before this site was built|old when this site was built)"
)


DUE = re.compile(rf"\b(?:due by|due on) ({DATE.pattern})")
MONTHS_OF = {"monthly": 1, "quarterly": 3, "termly": 4, "half-yearly": 6, "yearly": 12}
SPAN = re.compile(rf"\b({'|'.join(MONTHS)}) to ({'|'.join(MONTHS)}) (?:19|20)\d\d \((\d+) months\)")


def find_spans(text: str) -> Iterator[tuple[int, int]]:
    """ "January to October 2021 (10 months)": where such a length comes out."""
    for found in SPAN.finditer(text):
        if MONTHS.index(found[2]) - MONTHS.index(found[1]) + 1 == int(found[3]):
            yield found.start(), found.end()


def find_ages(text: str, known: Known, ends: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
    for found in AGE.finditer(text):
        months = 12 * read_count(found["years"]) + read_count(found["months"])
        days = {*ends_in(text[: found.start()], known), *(day for end in ends if (day := iso(end)))}
        if known.built and any(months_between(day, known.built) == months for day in days):
            yield found.start(), found.end()


def find_due(text: str, known: Known) -> Iterator[tuple[int, int]]:
    """ "due by 30 November 2026": where a rule of renewal and the end of a row make that day."""
    for found in DUE.finditer(text):
        if set(read_day(found[1])) <= known.due:
            yield found.start(), found.end()


def find_due_days(portal: Portal) -> set[tuple[int, ...]]:
    """The days on which newer figures are due: each rule of renewal, on the ends of the rows it is of."""
    days: set[tuple[int, ...]] = set()
    for dataset in portal.datasets:
        rules = [(spec.series, spec.renewed, str(spec.due_after_months or 0)) for spec in dataset.page.freshness]
        for name, entry in portal.reference.series.items():
            rules.append((name, entry.get("renewed", ""), entry.get("due_after_months", "")))
        for series, renewed, months in rules:
            if renewed in MONTHS_OF and months.isdecimal():
                later = pd.DateOffset(months=MONTHS_OF[renewed] + int(months))
                ends = {row.period_end for row in dataset.observations if series in ("", row.series) and row.period_end}
                days |= {(day.year, day.month, day.day) for day in (pd.Timestamp(end) + later for end in ends)}
    return days


def read_count(words: str | None) -> int:
    quantity = next(find_quantities(words or ""), None)
    return int(quantity.value or 0) if quantity else 0


def ends_in(text: str, known: Known) -> Iterator[date]:
    """The last days of the periods that a text names."""
    for found in DATE.finditer(text):
        for day in read_day(found[0])[-1:]:
            if day[0]:
                yield last_day(day)
    for period, ends in known.periods.items():
        if period in text:
            yield from ends


def last_day(parts: tuple[int, ...]) -> date:
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, min(parts[2], 31) if len(parts) > 2 else calendar.monthrange(year, month)[1])


def iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def months_between(start: date, end: date) -> int:
    """Whole months; 31 March and eight months are 30 November."""
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    return months - (min(start.day, last) > end.day)
