"""How a number, a change, a date and a missing value are written: decided here, once.

In:  numbers with their unit, dates, observations.
Out: text as a reader sees it. Thousands have commas; decimals are kept as they were printed (98.0% stays 98.0%).
"""

from __future__ import annotations

import re
from datetime import date

from portal.model import Observation

QUALIFIERS = {
    "about": "about ",
    "at-least": "at least ",
    "more-than": "more than ",
    "at-most": "at most ",
    "less-than": "less than ",
}
# What a licence asks to be said wherever its figures are shown.
ATTRIBUTIONS = {
    "OGL-UK-3.0": "Contains public sector information licensed under the Open Government Licence v3.0.",
}
# What time a figure covers, as it stands behind it.
BASES = {
    "point-in-time": "for one day",
    "month": "for a month",
    "monthly-average": "as a monthly average",
    "half-term": "for half a term",
    "term": "for a term",
    "part-year": "for a part of a year",
    "year-to-date": "for the year up to that date",
    "rolling-12-months": "for twelve months",
    "financial-year": "for a financial year",
    "academic-year": "for a school year",
    "calendar-year": "for a calendar year",
    "three-year-average": "as an average of three years",
    "change": "as a change",
    "not-stated": "on a basis the document does not state",
}
MILLION = 1_000_000
UNIT_WORDS = {
    "percent": "per cent",
    "per-10000-children": "for every 10,000 children",
    "per-100000-young-people": "for every 100,000 young people",
    "per-1000-young-people": "for every 1,000 young people",
    "GBP": "pounds",
    "local-authorities": "local authorities",
}


def count_decimals(text: str) -> int:
    """Digits after the decimal point in a value as it stands in its cell."""
    return len(text.partition(".")[2])


def format_number(value: float, unit: str = "", decimals: int | None = None) -> str:
    """1280 -> "1,280"; 17, "percent" -> "17%"; 150000, "GBP" -> "£150,000"."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else count_decimals(repr(float(value)))
    number = f"{abs(value):,.{decimals}f}"
    sign = "−" if value < 0 else ""
    if unit == "GBP":
        if abs(value) >= MILLION and abs(value) % (MILLION / 10) == 0:  # nothing is rounded away
            return f"{sign}£{abs(value) / MILLION:,.1f} million".replace(".0 m", " m")
        return f"{sign}£{number}"
    return f"{sign}{number}{'%' if unit == 'percent' else ''}"


def format_row(row: Observation) -> str:
    """An observation's number as a reader sees it, a range or the reason there is none."""
    unit = row.measure.unit
    if row.number is not None:
        decimals = count_decimals(row.text) if row.measure.multiplier in ("", "1") else None
        return QUALIFIERS.get(row.qualifier, "") + format_number(row.number, unit, decimals)
    if row.low is not None and row.high is not None:
        return f"{format_number(row.low, unit)} to {format_number(row.high, unit)}"
    return f"[{row.symbol}]"


def unit_words(unit: str) -> str:
    """The unit as it stands in a sentence: "per cent", "days", "for every 10,000 children"."""
    return UNIT_WORDS.get(unit, unit.replace("-", " "))


def format_change(before: float, after: float, unit: str, decimals: int = 0) -> str:
    """A difference in words: "22 fewer", "11 lower", "6 percentage points higher", "the same"."""
    gap = round(after - before, 6)
    if gap == 0:
        return "the same"
    number = format_number(abs(gap), "" if unit == "percent" else unit, decimals)
    if unit == "percent":
        return f"{number} percentage {'point' if number == '1' else 'points'} {'higher' if gap > 0 else 'lower'}"
    if unit in ("children", "young-people", "adopters", "placements", "orders"):
        return f"{number} {'more' if gap > 0 else 'fewer'}"
    if unit == "days":
        return f"{number} {'day' if number == '1' else 'days'} {'more' if gap > 0 else 'fewer'}"
    return f"{number} {'higher' if gap > 0 else 'lower'}"


def format_direction(before: float, after: float) -> str:
    """The direction alone, to start a sentence."""
    return "Up" if after > before else "Down" if after < before else "No change"


def format_date(day: date) -> str:
    """31 March 2025: no locale, no zero."""
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def format_size(count: int) -> str:
    """The size of a file for somebody deciding whether to fetch it on a phone."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def plural(count: int, one: str, many: str = "") -> str:
    """1 row, 2 rows, 1,200 rows."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def slugify(name: str) -> str:
    """A name as a part of an address: small letters, digits and single hyphens; nothing when it has none of these."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
