"""What is wrong with a cell that does not fit the type of its column, by what it looks like.

In:  the cell and its Column.
Out: (what is wrong with it, what to click or type next).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from portal.privacy import quote
from portal.validate.table.explaindates import explain_date, explain_month, explain_year, is_day
from portal.validate.table.marks import Column, Words, explain_mark

WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date (YYYY-MM-DD)",
    "boolean": "true or false",
    "year": "a year",
    "yearmonth": "a month (YYYY-MM)",
    "datetime": "a date and time",
    "time": "a time (hh:mm:ss)",
}
SAVE = "and save again as CSV UTF-8."
DIGITS = r"[-+−–]?[£$€]?\d[\d,. \u00a0\u202f]*"
SPACES = "[ \u00a0\u202f\u2009'’]"


LONGEST = 60  # what is longer looks like nothing that could be named


def explain(cell: str, column: Column) -> Words:
    if len(cell) > LONGEST:
        return explain_plainly(cell, column)
    if mark := explain_mark(cell, column):
        return mark
    if cell != cell.strip() and fits(cell.strip(), column.kind):
        return f'"{cell}" has spaces round it'.replace("\n", " "), f"Write {cell.strip()}, without them."
    explained = EXPLAINERS.get(column.kind, lambda cell, column: None)(cell.strip(), column)
    return explained or explain_plainly(cell, column)


def fits(text: str, kind: str) -> bool:
    words = {"year": r"\d{4}", "boolean": "(?i:true|false)|[01]"}
    return is_day(text) if kind == "date" else bool(re.fullmatch(words.get(kind, "(?!)"), text))


def explain_plainly(cell: str, column: Column) -> Words:
    is_number = column.kind in ("number", "integer")
    what = "number" if is_number else "value"
    fix = f"Correct the cell; if there is no {what}, write a symbol that the descriptor lists under missingValues."
    return f"{quote(cell)} is not {WORDS.get(column.kind, f'of the type {column.kind}')}", fix


def explain_number(cell: str, column: Column) -> Words | None:
    for pattern, words in NUMBERS:
        if re.fullmatch(pattern, cell):
            return words(cell, column)
    return None


def thousands(cell: str, column: Column) -> Words:
    if column.delimiter == ";" and re.fullmatch(r"-?\d{1,3},\d{3}", cell):
        fix = f"Write {cell.replace(',', '')}, or {cell.replace(',', '.')} if the comma is a decimal comma."
        return f"{quote(cell)} may hold a thousands separator or a decimal comma", fix
    plain = re.sub(f"[,]|{SPACES}", "", cell)
    click = 'In Excel: select the column, Format Cells, Number, take the tick off "Use 1000 separator"'
    return f"{quote(cell)} has a thousands separator", f"Write {plain}. {click}, {SAVE}"


def decimal_comma(cell: str, column: Column) -> Words:
    plain = cell.replace(".", "").replace(",", ".")
    click = 'In Excel: File, Options, Advanced, take the tick off "Use system separators", type . for decimals'
    return f"{quote(cell)} has a decimal comma", f"Write {plain}. {click}, {SAVE}"


def percent(cell: str, column: Column) -> Words:
    plain = re.sub(r"[^\d.,-]", "", cell)
    click = "In Excel: format the column as Number and type the numbers (a cell that shows 17% holds 0.17)"
    fix = f"Write {plain} and say in the column's description that it counts per cent. {click}, {SAVE}"
    return f"{quote(cell)} has a percent sign", fix


def money(cell: str, column: Column) -> Words:
    times = {"k": 1_000, "t": 1_000, "m": 1_000_000, "b": 1_000_000_000}
    found = re.search(r"[a-zA-Z]", cell)
    number = re.sub(r"[^\d.-]", "", cell).strip(".")
    try:
        plain = f"{float(number) * times[found[0].lower()]:.10g}" if found else number
    except (KeyError, ValueError):
        plain = number
    sign = "a currency sign" if re.search("[£$€]", cell) else "a word for its size"
    return (
        f"{quote(cell)} has {sign}",
        f"Write {plain}, the whole amount, and name the unit in the column's description.",
    )


def footnote(cell: str, column: Column) -> Words:
    found = re.match(DIGITS, cell)
    plain = re.sub(r"[^\d.-]", "", found[0]) if found else ""
    fix = f"Write {plain} here, and the note in a column of its own (called note, or flags)."
    return f"{quote(cell)} has a footnote mark behind the number", fix


def letters(cell: str, column: Column) -> Words:
    plain = cell.translate(str.maketrans("OoIl", "0011"))
    return (
        f"{quote(cell)} has a letter among its digits (O for 0, or l for 1)",
        f"Write {plain}, if that is the number.",
    )


def negative(cell: str, column: Column) -> Words:
    plain = "-" + re.sub(r"[^\d.]", "", cell)
    how = "in brackets" if "(" in cell else "with a dash that is no hyphen"
    return (
        f"{quote(cell)} is a number below nought {how}",
        f"Write {plain}, with the hyphen of the keyboard before it.",
    )


def scientific(cell: str, column: Column) -> Words:
    fix = f"Find the number in the source. In Excel: widen the column, Format Cells, Number, 0 decimal places, {SAVE}"
    return f"{quote(cell)} is how a spreadsheet shortens a long number: its last digits are lost", fix


def decimals(cell: str, column: Column) -> Words:
    whole, _, rest = cell.partition(".")
    if not rest.strip("0"):
        return f"{quote(cell)} has decimals, and the column holds whole numbers", f"Write {whole}."
    fix = 'Write the whole number; if parts are right here, set the type of this column to "number" in the descriptor.'
    return f"{quote(cell)} has decimals, and the column holds whole numbers", fix


def between(cell: str, column: Column) -> Words:
    fix = "Write one number, or the lower and the upper end in two columns of their own."
    return f"{quote(cell)} is a range, not one number", fix


def about(cell: str, column: Column) -> Words:
    plain = re.sub(r"[^\d.-]", "", cell).strip(".")
    fix = f"Write {plain} here, and the word before it in a column of its own (called qualifier, or note)."
    return f"{quote(cell)} says more than a number", fix


def unit(cell: str, column: Column) -> Words:
    found = re.match(DIGITS, cell)
    plain = re.sub(r"[^\d.-]", "", found[0]) if found else ""
    return (
        f"{quote(cell)} has words behind the number",
        f"Write {plain}, and name the unit in the column's description.",
    )


def a_date(cell: str, column: Column) -> Words:
    fix = f"Find the value in the source. In Excel: format the column as Text before you type into it, {SAVE}"
    return f"{quote(cell)} looks like a date: a spreadsheet turns 1-2 or 1/2 into one", fix


MONTHS = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
ABOUT = r"(~|≈|>|≥|>=|<=|c\.?|ca\.?|about|around|over|more than|at least|approx(imately|\.)?)"
SCALE = r"(?i:k|th|thousand|m|mn|million|bn|billion)"
NUMBERS: tuple[tuple[str, Callable[[str, Column], Words]], ...] = (
    (rf"[-−]?\d{{1,3}}((,|{SPACES})\d{{3}})+(\.\d+)?", thousands),
    (r"[-−]?\d+,\d+|[-−]?\d{1,3}(\.\d{3})+,\d+", decimal_comma),
    (r"[-+]?\d+(\.\d+)?[eE][-+]?\d+", scientific),
    (
        r"\d{1,2}[-/ ]" + MONTHS + r"([-/ ]\d{2,4})?|" + MONTHS + r"[-/ ]\d{2,4}|\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{2,4}",
        a_date,
    ),
    (rf"{DIGITS}(%|per ?cent|pc)", percent),
    (rf"[-−]?\s?[£$€]\s?[-−]?[\d,.]+\s?{SCALE}?|[-−]?[\d,.]+\s?[£$€]|[-−]?[\d,.]+\s?{SCALE}", money),
    (r"\(\s?£?[\d,.]+\s?\)|[\d,.]+-|[−–]\s?[\d,.]+", negative),
    (r"(?=.*\d)(?=.*[OoIl])[\dOoIl]+(\.[\dOoIl]+)?", letters),
    (rf"{DIGITS}([*†‡§#]+|[¹²³⁰⁴-⁹]+|\(\w{{1,3}}\)|\[\w{{1,3}}\]|[a-zA-Z])", footnote),
    (r"[-+]?\d+\.\d*", decimals),
    (rf"{DIGITS}\s*(to|or|and|[-–—]|/)\s*{DIGITS}", between),
    (rf"(?i:{ABOUT}\s*){DIGITS}\+?|\d+\+", about),
    (rf"{DIGITS}[^\d]+", unit),
)


BOOLEANS = {"true": ("yes", "y", "t", "1.0"), "false": ("no", "n", "f", "0.0")}


def explain_boolean(cell: str, column: Column) -> Words | None:
    meant = next((word for word, written in BOOLEANS.items() if cell.lower() in written), None)
    if meant is None:
        return None
    lists = 'trueValues: ["yes"], falseValues: ["no"]'
    fix = f"Write {meant}; or, if the whole column is written so, add to the field in {column.descriptor}: {lists}"
    return f"{quote(cell)} is not true or false", fix


EXPLAINERS: dict[str, Callable[[str, Column], Words | None]] = {
    "integer": explain_number,
    "number": explain_number,
    "date": explain_date,
    "datetime": explain_date,
    "year": explain_year,
    "yearmonth": explain_month,
    "boolean": explain_boolean,
}
