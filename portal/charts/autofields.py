"""Read the columns of a plain table: which hold time, which numbers, which categories.

In:  a Resource, every cell text.
Out: Columns, with places on a time axis where they hold time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from portal.charts.scales import decimal_year
from portal.model import Field, Resource

LARGEST = 1e15  # beyond it a scale has no room for its numbers
_NUMBERS = {"integer", "number"}
_TIMES = {"date", "year", "yearmonth"}
_YEARLIKE = re.compile(r"(?i)(^|_)(year|date|period|quarter|time)(_|$)|_period$")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title for readers, its cells, and for time the decimal year of each."""

    name: str
    title: str
    texts: tuple[str, ...]
    places: tuple[float, ...] = ()


def to_number(text: str) -> float | None:
    """The number a cell holds, or None for a symbol or nothing."""
    value = float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text.strip()) else None
    return value if value is not None and abs(value) < LARGEST else None


def to_place(text: str) -> float | None:
    """Where a text stands in time: 2024, 2024-03, 2024-03-31, 2024-Q1, 2014/15; None for anything else."""
    for pattern, place in _PATTERNS:
        if match := re.fullmatch(pattern, text.strip()):
            try:
                return place(*(int(part) for part in match.groups()))
            except ValueError:  # a 13th month
                return None
    return None


_PATTERNS: tuple[tuple[str, Callable[..., float]], ...] = (
    (r"(1[89]\d\d|2[01]\d\d)", float),
    (r"(\d{4})-(\d\d)", lambda year, month: decimal_year(date(year, month, 15))),
    (r"(\d{4})-(\d\d)-(\d\d)", lambda year, month, day: decimal_year(date(year, month, day))),
    (r"(\d{4})[- ]?Q([1-4])", lambda year, quarter: year + (quarter - 0.5) / 4),
    (r"(\d{4})[/-](\d\d)", lambda year, _: year + 0.5),
)


def time_column(resource: Resource) -> Column | None:
    """The first column that holds time in every row."""
    for field in resource.fields:
        texts = _cells(resource, field) if _may_hold_time(field) else ()
        places = tuple(takewhile(lambda place: place is not None, map(to_place, texts)))  # most columns fail at once
        if texts and len(places) == len(texts):
            return Column(field.name, _title(field), texts, places)  # type: ignore[arg-type]
    return None


def _may_hold_time(field: Field) -> bool:
    """A number is a year only if its name says so: 2,000 may be a count."""
    return field.type in _TIMES or field.type == "string" or bool(_YEARLIKE.search(field.name))


def number_columns(resource: Resource) -> list[Column]:
    """Columns of numbers with at least two, time and identifiers left out."""
    time = time_column(resource)
    found = []
    for field in resource.fields:
        texts = _cells(resource, field)
        numbers = [text for text in texts if to_number(text) is not None]
        named = (time is not None and field.name == time.name) or re.search(r"(?i)(^|_)(id|code)$", field.name)
        if field.type in _NUMBERS and not named and len(numbers) >= 2:
            found.append(Column(field.name, _title(field), texts))
    return found


def category_columns(resource: Resource) -> list[Column]:
    """Columns of words, time left out."""
    time = time_column(resource)
    fields = [f for f in resource.fields if f.type == "string" and (time is None or f.name != time.name)]
    return [Column(f.name, _title(f), texts) for f in fields if all(texts := _cells(resource, f))]


def _cells(resource: Resource, field: Field) -> tuple[str, ...]:
    if field.name not in resource.frame.columns:
        return ()
    return tuple(str(cell) for cell in resource.frame[field.name])


def _title(field: Field) -> str:
    return field.title or field.name.replace("_", " ").capitalize()
