"""Does each row of an observation table keep the convention: one printed number, one row?

In:  a Dataset whose tables fit their schemas.
Out: Problems with the columns, the dates, the value against what was printed, and rows that point at other rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from portal.model import OBSERVATION_COLUMNS, Dataset, Observation, Problem, Resource
from portal.observations import whole_units
from portal.printed import parse_printed
from portal.privacy import quote
from portal.validate.periods import fits_words
from portal.validate.places import cell_column, did_you_mean

COLUMNS = set(OBSERVATION_COLUMNS)
# A table that shares these with the convention means to follow it; fewer may be coincidence ("id", "area", "value").
TELLING = {"printed", "locator", "date_status", "qualifier", "basis"}
LARGEST = 1e12  # pounds, pence or people: nothing in these papers comes near
SYMBOLS = {"c", "x", "z", "low", "u", "due"}


def check_observations(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        names = set(resource.frame.columns)
        if names >= COLUMNS:
            rows = [row for row in dataset.observations if row.path == resource.path]
            yield from (problem for row in rows for problem in check_row(row, resource))
            yield from check_measures(dataset)
        elif len(TELLING & names) >= 2:
            yield Problem(
                "observation-columns",
                f"it has most columns of a table of figures, and lacks: {', '.join(sorted(COLUMNS - names))}",
                resource.path,
                1,
                fix="Write the missing names into the first row, spelt so, with a cell below them in each row.",
            )


MEASURE_WORDS = {
    "statistic": "count share mean median maximum rate change",
    "subject": "children families event-about-a-person staff other",
    "polarity": "higher lower neither",
}
WORDS = {
    "kind": "actual target forecast plan estimate",
    "basis": "point-in-time month monthly-average half-term term part-year year-to-date rolling-12-months "
    "financial-year academic-year calendar-year three-year-average change not-stated",
    "date_status": "stated inferred not-stated",
    "qualifier": "exact about at-least more-than at-most less-than range",
    "direction": "up down same n/a",
}


def check_row(row: Observation, resource: Resource) -> Iterator[Problem]:
    for code, field, message, fix in (
        *check_words(row),
        *check_dates(row),
        *check_value(row),
    ):
        yield Problem(
            code,
            f'row {row.line}, column "{field}": {message}',
            row.path,
            row.line,
            cell_column(resource, row.line, field),
            field,
            fix,
        )


def check_measures(dataset: Dataset) -> Iterator[Problem]:
    """The words of a measure decide what may be published, compared and called better."""
    for table in (resource for resource in dataset.resources if resource.name == "measures"):
        for record, line in zip(table.records(), table.lines, strict=True):
            for field, known in MEASURE_WORDS.items():
                word = record.get(field, known.split()[0])  # a column that is not there is another check's matter
                if word not in known.split():
                    message = f'row {line}, column "{field}": {quote(word)} is not a word of the convention'
                    fix = f"Write one of: {known.replace(' ', ', ')}."
                    column = cell_column(table, line, field)
                    yield Problem("unknown-word", message, table.path, line, column, field, fix)
            if record.get("rate_of") and record["rate_of"] not in {other.get("id") for other in table.records()}:
                message = f'row {line}, column "rate_of": no measure called {quote(record["rate_of"])} in this table'
                column = cell_column(table, line, "rate_of")
                fix = "Name the measure that counts what this rate sets against a population."
                yield Problem("unknown-name", message, table.path, line, column, "rate_of", fix)
            if not re.fullmatch(r"1|1000|1000000", record.get("multiplier", "1")):
                message = f'row {line}, column "multiplier": {quote(record["multiplier"])} is no multiplier'
                column = cell_column(table, line, "multiplier")
                fix = "Write 1, or 1000 for figures printed in thousands."
                yield Problem("multiplier", message, table.path, line, column, "multiplier", fix)


Finding = tuple[str, str, str, str]


def check_words(row: Observation) -> Iterator[Finding]:
    for field, known in WORDS.items():
        word = getattr(row, field)
        if word not in known.split() and (word or field != "direction"):
            yield (
                "unknown-word",
                field,
                f"{quote(word)} is not a word of the convention{did_you_mean(word, known.split())}",
                f"Write one of: {known.replace(' ', ', ')}.",
            )


def check_dates(row: Observation) -> Iterator[Finding]:
    dated = row.period_end is not None
    if row.date_status == "not-stated" and (dated or row.period_start) and row.kind == "actual":
        yield (
            "date-status",
            "date_status",
            "the row has a date, so it is stated or inferred",
            "Say which, or empty period_start and period_end.",
        )
    if row.date_status in ("stated", "inferred") and not dated:
        yield (
            "date-missing",
            "period_end",
            f"the date is {row.date_status}, but not given",
            "Give it as YYYY-MM-DD, or write not-stated in date_status.",
        )
    if row.date_status == "inferred" and not row.note:
        yield (
            "note-missing",
            "note",
            "an inferred date needs its reason",
            "Say in one sentence how the date was worked out.",
        )
    for field, day in (("period_start", row.period_start), ("period_end", row.period_end)):
        if day and not 1800 <= day.year <= 2100:
            yield "date-range", field, f"{day.year} is no year of these papers", "Correct the year."
    if row.period_start and row.period_end and row.period_start > row.period_end:
        yield "date-order", "period_start", "the period starts after it ends", "Exchange or correct the dates."
    if row.period_end and not fits_words(row.period_end, row.period):
        message = f'the period ends on {row.period_end.isoformat()}, and reads "{row.period}"'
        yield "period-differs", "period_end", message, "Correct the date, or the words in the column period."


def check_value(row: Observation) -> Iterator[Finding]:
    if row.qualifier == "range":
        if row.low is None or row.high is None or row.text:
            yield (
                "range",
                "value_low",
                "a range needs value_low and value_high, and an empty value",
                "Fill both, and empty value.",
            )
        elif row.low > row.high:
            yield "range", "value_low", f"{row.low:g} is more than {row.high:g}", "Exchange value_low and value_high."
    elif row.low is not None or row.high is not None:
        yield "range", "qualifier", "only a range has value_low and value_high", "Say range, or empty the two."
    elif row.number is None and row.symbol not in SYMBOLS:
        yield (
            "value",
            "value",
            f"{quote(row.text)} is neither a number nor a symbol",
            f"Write the number, or one of {', '.join(sorted(SYMBOLS))}.",
        )
    if "derived" in row.flags and not row.note:
        yield (
            "note-missing",
            "note",
            "a derived figure needs its formula",
            "Name the rows it was worked out from, and how.",
        )
    digits = any(character.isnumeric() for character in row.printed)
    if row.symbol in SYMBOLS - {"c"} and (digits or parse_printed(row.printed) is not None):
        yield (
            "confidential-printed",
            "printed",
            "the value is a symbol, but a number stands in printed",
            "Write the symbol in printed as well, or the number in value.",
        )
    if row.printed and {"derived", "blank"} & set(row.flags) and row.symbol != "z":
        yield (
            "printed-derived",
            "printed",
            "a figure that is derived or blank was printed nowhere",
            "Empty printed, or take the flag off.",
        )
    if row.number is not None and abs(row.number) > LARGEST:
        yield "value", "value", f"{row.text} is too large to be right", "Correct the number."
    blank = row.symbol == "x" and "blank" in row.flags
    if not row.printed and not blank and "derived" not in row.flags:
        yield (
            "printed-missing",
            "printed",
            "nothing is said to be printed",
            "Write the exact characters; for a cell left blank in the document, x in value and blank in flags.",
        )
    if row.printed and "derived" not in row.flags and not agrees(row):
        yield (
            "printed-value",
            "value",
            f"{value_text(row)} is not what was printed: {quote(row.printed)}",
            "Correct whichever was mistyped; the document decides.",
        )


def agrees(row: Observation) -> bool:
    """Printed and value say the same number. A blank or a symbol has nothing to compare."""
    if row.symbol in SYMBOLS or (row.qualifier == "range" and (row.low is None or row.high is None)):
        return True
    parsed = parse_printed(row.printed)
    if parsed is None:
        return False
    if row.measure.multiplier not in ("", "1") and re.search(r"[a-z]", row.printed.lower()):
        return False  # "£5.8m" says its own times
    if isinstance(parsed, tuple) and row.qualifier != "range" and "(" not in row.printed:
        return False  # "16 or 9" is no single figure
    pair = parsed if isinstance(parsed, tuple) else (parsed,)
    candidates = tuple(whole_units(str(Decimal(str(number))), row.measure.multiplier) for number in pair)
    return candidates == (row.low, row.high) if row.qualifier == "range" else row.number in candidates


def value_text(row: Observation) -> str:
    return f"{row.low:g} to {row.high:g}" if row.low is not None and row.high is not None else row.text
