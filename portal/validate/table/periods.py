"""Read the columns of a plain table that hold periods: years, financial years, quarters, months, days.

In:  a Resource.
Out: for each such column the style it is written in, and the place of each cell in a row of such periods.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import islice

import pandas as pd

from portal.model import Field, Resource
from portal.validate.places import count_texts
from portal.validate.table.schemas import missing_values

FITTING = 0.75  # of the cells; where fewer are written alike, the column has no style
FEWEST = 3
TIMELIKE = re.compile(r"(?i)(^|_)(year|date|period|quarter|month|time)(_|$)|_(year|period)$")


@dataclass(frozen=True, slots=True)
class Style:
    """One way to write a period. `read`: its number in the order of time, None where there is no such period."""

    name: str
    pattern: str
    read: Callable[..., int | None]
    write: Callable[[int], str]
    starts: Callable[[int], date]
    reason: str = ""  # why a text that looks so can be impossible


def next_year(year: int, end: int) -> int | None:
    return year if end in ((year + 1) % 100, year + 1) else None


def quarter(year: int, number: int) -> int | None:
    return year * 4 + number - 1 if 1 <= number <= 4 else None


def month(year: int, number: int) -> int | None:
    return year * 12 + number - 1 if 1 <= number <= 12 else None


def day(year: int, number: int, of_month: int) -> int | None:
    try:
        return date(year, number, of_month).toordinal()
    except ValueError:
        return None


def spring(year: int) -> date:
    return date(year, 4, 1)


def first_of_quarter(number: int) -> date:
    return date(number // 4, number % 4 * 3 + 1, 1)


def first_of_month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def iso_day(number: int) -> str:
    return date.fromordinal(number).isoformat()


YEAR = r"((?:18|19|20|21)\d\d)"
TWO_YEARS = "its second year is not the one after the first"
FOUR, TWELVE = "a year has four quarters", "a year has twelve months"
STYLES = (
    Style("quarter", YEAR + r"-Q(\d)", quarter, lambda n: f"{n // 4}-Q{n % 4 + 1}", first_of_quarter, FOUR),
    Style("quarter", YEAR + r" Q(\d)", quarter, lambda n: f"{n // 4} Q{n % 4 + 1}", first_of_quarter, FOUR),
    Style("month", YEAR + r"-(\d\d)", month, lambda n: f"{n // 12}-{n % 12 + 1:02}", first_of_month, TWELVE),
    Style("financial year", YEAR + r"-(\d\d)", next_year, lambda n: f"{n}-{(n + 1) % 100:02}", spring, TWO_YEARS),
    Style("financial year", YEAR + r"/(\d\d)", next_year, lambda n: f"{n}/{(n + 1) % 100:02}", spring, TWO_YEARS),
    Style("financial year", YEAR + r"/(\d{4})", next_year, lambda n: f"{n}/{n + 1}", spring, TWO_YEARS),
    Style("date", YEAR + r"-(\d\d)-(\d\d)", day, iso_day, date.fromordinal, "there is no such day"),
    Style("year", YEAR, int, str, lambda n: date(n, 1, 1)),
    Style("financial year", YEAR + r"(\d\d)", next_year, lambda n: f"{n}{(n + 1) % 100:02}", spring, TWO_YEARS),
)
PATTERNS = {style.pattern: re.compile(style.pattern) for style in STYLES}
BARE = (YEAR, YEAR + r"(\d\d)")  # digits alone: codes look so too, so the column's name must speak of time


@dataclass(frozen=True, slots=True)
class Periods:
    """A column of periods. `places`: row -> number; NaN where nothing stands or the cell is not of this style."""

    name: str
    style: Style
    places: pd.Series
    odd: tuple[str, ...]  # texts that do not fit, impossible ones among them


def find_periods(resource: Resource) -> list[Periods]:
    found = (read_column(resource, field) for field in resource.fields if may_hold_periods(field, resource))
    return [column for column in found if column is not None]


def may_hold_periods(field: Field, resource: Resource) -> bool:
    """A number is a period only if its column's name says so."""
    if field.name not in resource.frame.columns:
        return False
    return field.type in ("string", "date", "year", "yearmonth") or bool(TIMELIKE.search(field.name))


def read_column(resource: Resource, field: Field) -> Periods | None:
    counts = count_texts(resource, field.name, missing_values(resource, field.name))
    if counts.total() < FEWEST:
        return None
    named = bool(TIMELIKE.search(field.name)) or field.type == "year"
    style = find_style(counts, named)
    if style is None:
        return None
    numbers = {text: place for text in counts if (place := place_of(text, style)) is not None}
    odd = tuple(text for text in counts if text not in numbers)
    return Periods(field.name, style, resource.frame[field.name].map(numbers), odd)


def find_style(counts: Counter[str], named: bool) -> Style | None:
    """The style of most cells. Of two that read the same text, 2011-12, the one that the others fit."""
    if not any(re.match(r"(?:18|19|20|21)\d\d", text) for text in islice(counts, 2 * FEWEST)):
        return None  # most columns leave here
    best, most = None, FITTING * counts.total()
    for style in STYLES:
        if style.pattern in BARE and not named:
            continue
        fitting = sum(n for text, n in counts.items() if place_of(text, style) is not None)
        if fitting > most or (fitting == most and best is None):
            best, most = style, fitting
    return best


def place_of(text: str, style: Style) -> int | None:
    match = PATTERNS[style.pattern].fullmatch(text)
    return style.read(*(int(part) for part in match.groups())) if match else None
