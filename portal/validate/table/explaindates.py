"""What a cell in a column of dates, months or years looks like, and how it is written here.

In:  the cell and its Column.
Out: (what is wrong with it, what to type); None when it looks like nothing known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from portal.formats import format_date
from portal.privacy import quote
from portal.validate.table.marks import Column, Words

FIRST = date(1899, 12, 30)  # the day a spreadsheet counts from
SERIAL = range(20_000, 70_000)  # 1954 to 2091
NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
NAME = r"(?i:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
FULL = "january february march april may june july august september october november december".split()
FORMAT = "In Excel: select the column, Format Cells, Custom, type yyyy-mm-dd, and save again as CSV UTF-8."


def explain_date(cell: str, column: Column) -> Words | None:
    declared = column.entry.get("format", "default")
    if declared not in ("default", "any"):
        fix = "Write it in that form, or take `format` out of the descriptor and write YYYY-MM-DD."
        return f"{quote(cell)} is not a date of the form that the descriptor sets, {declared}", fix
    if found := re.fullmatch(r"(.+?)[T ]\d{1,2}:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:?\d\d| ?[AaPp][Mm])?", cell):
        return explain_time(cell, found[1], column)
    if column.kind == "datetime":
        return None
    for explainer in (serial, iso, day_month, named, month_only):
        if words := explainer(cell):
            return words
    return None


def explain_time(cell: str, day: str, column: Column) -> Words | None:
    if column.kind == "datetime":
        return f"{quote(cell)} is not a date and time", "Write it as 2024-03-31T09:30:00."
    inner = None if is_day(day) else day_month(day) or iso(day)
    plain = day if is_day(day) else re.sub(r"^Write ([^.]*)\..*", r"\1", inner[1]) if inner else "the date alone"
    return f"{quote(cell)} has a time behind the date", f"Write {plain}. {FORMAT}"


def serial(cell: str) -> Words | None:
    found = re.fullmatch(r"(\d{5})(\.0|\.\d+)?", cell)
    if found is None or int(found[1]) not in SERIAL:
        return None
    day = FIRST + timedelta(int(found[1]))
    return f"{quote(cell)} is how a spreadsheet stores {format_date(day)}", f"Write {day.isoformat()}. {FORMAT}"


def iso(cell: str) -> Words | None:
    """Year first: a day that does not exist, or other signs between."""
    found = re.fullmatch(r"(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})", cell)
    if found is None or (not found[2] and len(cell) != 8):
        return None
    year, month, day = int(found[1]), int(found[3]), int(found[4])
    if plain := make_day(year, month, day):
        return f"{quote(cell)} is not written as dates are here, YYYY-MM-DD", f"Write {plain}. {FORMAT}"
    return no_such_day(cell, year, month, day)


def no_such_day(cell: str, year: int, month: int, day: int) -> Words:
    if plain := make_day(year, day, month):
        return f"{quote(cell)} has the day before the month", f"Write {plain}."
    if not 1 <= month <= 12:
        return f"{quote(cell)} is no date: there is no month {month}", "Correct the month; find it in the source."
    name, last = FULL[month - 1].capitalize(), monthrange(year, month)[1] if year else 31
    if 1 <= day <= 31:
        when = f"{name} {year}" if month == 2 else name
        return f"{quote(cell)} is no date: {when} has {last} days", "Correct the day; find it in the source."
    return f"{quote(cell)} is no date: there is no day {day}", "Correct the day; find it in the source."


def day_month(cell: str) -> Words | None:
    """The day first, as in Britain; the month first, as a spreadsheet set to American English reads it."""
    found = re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", cell)
    if found is None:
        return None
    short = len(found[4]) == 2
    year = int(found[4]) + (2000 if short else 0)
    british, american = make_day(year, int(found[3]), int(found[1])), make_day(year, int(found[1]), int(found[3]))
    if not british and not american:
        return no_such_day(cell, year, int(found[3]), int(found[1]))
    doubt = ", in two digits" if short else ""
    if british and american and british != american:
        read = f"{format_date(date.fromisoformat(british))} or {format_date(date.fromisoformat(american))}"
        fix = f"Write {british} or {american}, whichever the source says. {FORMAT}"
        return f"{quote(cell)} can be read as {read}{', and its year has two digits' if short else ''}", fix
    return f"{quote(cell)} has the year at the end{doubt}", f"Write {british or american}. {FORMAT}"


def named(cell: str) -> Words | None:
    """31 March 2024, 31-Mar-24, March 31, 2024."""
    found = re.fullmatch(
        rf"(?:[A-Za-z]{{3,9}},? )?(\d{{1,2}})(?:st|nd|rd|th)?[- /]{NAME}[- /,]+(\d{{4}}|\d{{2}})", cell
    )
    swapped = re.fullmatch(rf"{NAME}[- /](\d{{1,2}})(?:st|nd|rd|th)?,?[- /]+(\d{{4}})", cell)
    if found is None and swapped is None:
        return None
    number, name, year = (found[1], found[2], found[3]) if found else (swapped[2], swapped[1], swapped[3])  # type: ignore[index]
    month = NAMES.index(name.lower()) + 1
    full = int(year) + (2000 if len(year) == 2 else 0)
    if plain := make_day(full, month, int(number)):
        return f"{quote(cell)} has the month in letters", f"Write {plain}. {FORMAT}"
    return no_such_day(cell, full, month, int(number))


def month_only(cell: str) -> Words | None:
    found = re.fullmatch(rf"{NAME}[- /]?(\d{{4}}|\d{{2}})", cell)
    if found:
        month, year = NAMES.index(found[1].lower()) + 1, int(found[2])
        if len(found[2]) == 2:
            plain, day = f"{2000 + year}-{month:02}", make_day(2000, month, year)
            other = f" or {year} {FULL[month - 1].capitalize()} of a year it hides" if day else ""
            what = f"{quote(cell)} may be {FULL[month - 1].capitalize()} {2000 + year}{other}"
            fix = f'Write the whole date as YYYY-MM-DD; for months set the type to "yearmonth" and write {plain}.'
            return what, fix
        return month_words(cell, f"{year}-{month:02}")
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", cell):
        return month_words(cell, cell)
    if re.fullmatch(r"(1[89]|2[01])\d\d(\.0)?", cell):
        fix = 'Write a whole date (YYYY-MM-DD), or set the type of this column to "year" in the descriptor.'
        return f"{quote(cell)} is a year, not a date", fix
    return None


def month_words(cell: str, plain: str) -> Words:
    fix = f'Write a whole date, such as {plain}-01, or set the type of this column to "yearmonth" and write {plain}.'
    return f"{quote(cell)} is a month, not a date", fix


def explain_year(cell: str, column: Column) -> Words | None:
    if re.fullmatch(r"\d{4}\.0+", cell):
        return f"{quote(cell)} has decimals, and the column holds years", f"Write {cell[:4]}."
    if re.fullmatch(r"\d{4}[-/–]\d{2,4}|(?:19|20)\d{4}", cell):
        fix = 'Set the type of this column to "string" in the descriptor, or write one year.'
        return f"{quote(cell)} is a financial or school year, and the column holds calendar years", fix
    if re.fullmatch(r"\d{2}", cell):
        return f"{quote(cell)} is a year of two digits", "Write all four digits."
    if found := re.search(r"\b(1[89]|2[01])\d\d\b", cell):
        return f"{quote(cell)} is more than a year", f"Write {found[0]}, if that is the year."
    return None


def explain_month(cell: str, column: Column) -> Words | None:
    if found := re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})", cell):
        return month_or_not(cell, int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})[-/. ](\d{4})", cell):
        return month_or_not(cell, int(found[2]), int(found[1]))
    if found := re.fullmatch(rf"{NAME}[- /]?(\d{{4}}|\d{{2}})", cell):
        year = int(found[2]) + (2000 if len(found[2]) == 2 else 0)
        return month_or_not(cell, year, NAMES.index(found[1].lower()) + 1)
    if found := re.fullmatch(r"(\d{4}-\d\d)-\d\d", cell):
        return f"{quote(cell)} is a day, and the column holds months", f"Write {found[1]}."
    return None


def month_or_not(cell: str, year: int, month: int) -> Words:
    if not 1 <= month <= 12:
        return f"{quote(cell)} is no month: there is no month {month}", "Correct it; find the month in the source."
    return f"{quote(cell)} is not written as months are here, YYYY-MM", f"Write {year}-{month:02}."


def make_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text)) and make_day(*(int(p) for p in text.split("-"))) is not None
