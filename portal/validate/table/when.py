"""Do the periods of a plain table fit each other, and lie in the past?

In:  a Resource or Dataset, and the day its package says it was made, or the day of the build.
Out: a Problem a cell that is no period, is written otherwise than the rest, or lies ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from portal.formats import format_date
from portal.model import Dataset, Observation, Portal, Problem, Resource
from portal.privacy import quote
from portal.validate.file.rows import TOTAL
from portal.validate.places import cell_column, find_rows
from portal.validate.table.periods import Periods, find_periods
from portal.validate.table.schemas import has_convention

AHEAD = 0.2  # of the different periods; a table with more of them in the future is a forecast
PLANNED = re.compile(
    r"(?i)forecast|project(ed|ion)|predict|plan|target|expect|due|deadline|next|review|until|expir|_end$|^end|future"
)


def check_when(portal: Portal, built: date) -> Iterator[Problem]:
    """Against the day of the build, when one is given: nothing that has been counted can lie after it."""
    for dataset in portal.datasets:
        made = made_on(dataset)
        for row in dataset.observations:
            if has_been(row) and (start := row.period_start or row.period_end) and start > built:
                yield observed_ahead(row, dataset, f"the day of this build, {format_date(built)}", "error")
        for resource in (r for r in dataset.resources if not has_convention(r)):
            if made is None or made > built:  # else it is told already
                yield from check_ahead(resource, built, "the day of this build")


def check_made(dataset: Dataset) -> Iterator[Problem]:
    """Against the day the package says it was made; today's date would give another answer tomorrow."""
    made = made_on(dataset)
    if made is None:
        return
    for row in dataset.observations:
        if has_been(row) and (start := row.period_start or row.period_end) and start > made:
            yield observed_ahead(row, dataset, f"{MADE}, {format_date(made)}", "warning")
    for resource in (r for r in dataset.resources if not has_convention(r)):
        yield from check_ahead(resource, made, MADE)


def has_been(row: Observation) -> bool:
    """Whether the row says that something was counted; of one that is `due` the period is still to pass."""
    return row.kind == "actual" and row.symbol != "due"


MADE = "the day its package was made (`created`)"


def made_on(dataset: Dataset) -> date | None:
    try:
        return date.fromisoformat(str(dataset.descriptor.get("created"))[:10])
    except ValueError:
        return None


def observed_ahead(row: Observation, dataset: Dataset, what: str, severity: str) -> Problem:
    field = "period_start" if row.period_start else "period_end"
    resource = next(r for r in dataset.resources if r.path == row.path)
    message = f'row {row.line}, column "{field}": an actual value of a period that begins after {what}'
    fix = "Correct the date; if the value is not counted yet, correct its kind (target, forecast, plan)."
    column = cell_column(resource, row.line, field)
    return Problem("future-period", message, row.path, row.line, column, field, fix, severity)


def check_periods(resource: Resource) -> Iterator[Problem]:
    typed = {field.name: field.type for field in resource.fields}
    for column in find_periods(resource):
        if typed[column.name] in ("string", "integer", "number"):  # of the other types the schema has judged each cell
            yield from check_style(resource, column)


def check_style(resource: Resource, column: Periods) -> Iterator[Problem]:
    cells = resource.frame[column.name]
    example = next(str(cell) for cell in cells if column.places.notna().any() and cell not in column.odd and cell)
    for index in find_rows(cells.isin([text for text in column.odd if not TOTAL.fullmatch(text)])):  # told as a total
        text, line = str(cells.iat[index]), resource.lines[index]
        where, place = f'row {line}, column "{column.name}"', cell_column(resource, line, column.name)
        if re.fullmatch(column.style.pattern, text):
            message = f"{where}: {quote(text)} is no {column.style.name}: {column.style.reason}"
            fix, severity = "Correct it; find the period in the source.", "error"
        else:
            message = f"{where}: {quote(text)} is not written like the rest of this column, such as {example}"
            fix, severity = (
                f"Write it as a {column.style.name} like the others, so that it stands in order and in charts.",
                "warning",
            )
        yield Problem("odd-period", message, resource.path, line, place, column.name, fix, severity)


def check_ahead(resource: Resource, day: date, what: str) -> Iterator[Problem]:
    """A year mistyped as 2042; where much lies ahead, or the words say so, it is meant."""
    words = " ".join((resource.name, resource.title, *(f"{f.name} {f.title}" for f in resource.fields)))
    if PLANNED.search(words) or {"kind", "role", "status"} & set(resource.frame.columns):
        return
    for column in find_periods(resource):
        starts = {place: column.style.starts(int(place)) for place in column.places.dropna().unique()}
        ahead = {place for place, start in starts.items() if start > day}
        if ahead and len(ahead) <= max(1, AHEAD * len(starts)):
            for index in find_rows(column.places.isin(ahead)):
                yield lies_ahead(resource, column.name, index, day, what)


LATER = "Correct the year. If it is right, bring `created` in the descriptor up to date, or say forecast in the title."
FORECAST = "Correct the year. If it is right and a forecast, say forecast in the title of the table, in the descriptor."


def lies_ahead(resource: Resource, name: str, index: int, day: date, what: str) -> Problem:
    line, cell = resource.lines[index], resource.frame[name].iat[index]
    message = f'row {line}, column "{name}": {quote(cell)} begins after {what}, {format_date(day)}'
    column, fix = cell_column(resource, line, name), LATER if what == MADE else FORECAST
    return Problem("future-period", message, resource.path, line, column, name, fix, "warning")
