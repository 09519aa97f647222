"""Does each table keep what its schema promises? Frictionless is the judge; the words are ours.

In:  a Dataset.
Out: a Problem a finding, at the physical line and character of the cell. Keys are `keys`' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from frictionless import errors as found
from frictionless.exception import FrictionlessException

from portal.formats import plural
from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.package.clean import clean_package
from portal.validate.places import cell_column, find_rows
from portal.validate.table.constraints import explain_constraint
from portal.validate.table.explain import explain
from portal.validate.table.keys import check_keys
from portal.validate.table.marks import find_column

FIXES = {
    "unique-error": "Find out which row is right, and correct or delete the other.",
    "incorrect-label": "Rename the column in the file, or the field in the descriptor.",
    "missing-label": "Add the column, or remove the field from the descriptor.",
    "extra-label": "Describe the column in the descriptor, or remove it.",
}
KEPT = 20_000  # findings of one table that are looked at; of the others only the number is told
NOTE = 500  # characters of a finding's own words; it repeats the whole list of a long enum


def check_tables(dataset: Dataset) -> Iterator[Problem]:
    yield from (problem for resource in dataset.resources for problem in check_finite(resource))
    by_name = {resource.name: resource for resource in dataset.resources}
    try:
        judged = [(by_name[table.name], *first_errors(table)) for table in clean_package(dataset).resources]
    except (FrictionlessException, re.error, ValueError) as refused:  # a pattern "(" is no rule itself
        fix = "Correct the constraint or the schema it names."
        yield Problem("descriptor-invalid", " ".join(str(refused).split()), dataset.descriptor_path, fix=fix)
        return
    for resource, errors, more in judged:
        yield from (make_problem(error, resource, dataset) for error in errors)
        if more:
            yield more_problems(resource, more)
    yield from check_keys(dataset)


def first_errors(table: Any) -> tuple[list[Any], int]:
    """The first findings, and how many more there are, so that a file of millions of them fits into memory."""
    kept: list[Any] = []
    more = 0
    for error in find_errors(table):
        if error.type == "blank-row":  # told by `file`
            continue
        if len(kept) < KEPT:
            error.note, error.message = error.note[:NOTE], error.message[:NOTE]
            kept.append(error)
        else:
            more += 1
    return kept, more


def find_errors(table: Any) -> Iterator[Any]:
    """Row by row. Asked to validate a package, the library would check our own clean descriptor twice more."""
    try:
        table.open()
    except FrictionlessException as refused:
        yield from refused.to_errors()
        return
    with table:
        if not table.labels and not table.fragment:
            yield found.SourceError(note="the source is empty")
        yield from table.header.errors
        rows = iter(table.row_stream)
        while True:
            try:
                row = next(rows)
            except StopIteration:
                return
            except FrictionlessException as refused:
                yield refused.error
                continue
            yield from row.errors


def more_problems(resource: Resource, more: int) -> Problem:
    message = f"{plural(more, 'more cell')} of this file {'does' if more == 1 else 'do'} not fit the descriptor"
    return Problem("more-problems", message, resource.path, fix="Mend the cells above, and check again.")


def check_finite(resource: Resource) -> Iterator[Problem]:
    """NaN and infinity are numbers to the checker; a reader can do nothing with them."""
    for field in (f for f in resource.fields if f.type == "number" and f.name in resource.frame.columns):
        odd = resource.frame[field.name].str.contains(r"(?i)^\s*[-+]?(?:s?nan\d*|inf|infinity)\s*$", regex=True)
        for index in find_rows(odd):
            line, cell = resource.lines[index], resource.frame[field.name].iat[index]
            message = f'row {line}, column "{field.name}": {quote(cell)} is no number to publish'
            column = cell_column(resource, line, field.name)
            fix = "Write the number, or a symbol that the descriptor lists under missingValues."
            yield Problem("not-finite", message, resource.path, line, column, field.name, fix)


def make_problem(error: Any, resource: Resource, dataset: Dataset) -> Problem:
    line = physical_line(error, resource)
    field = getattr(error, "label", "") or getattr(error, "field_name", "")
    words, fix = describe(error, field, resource, dataset)
    where = f'row {line}, column "{field}": ' if field else f"row {line}: " if line and line > 1 else ""
    column = cell_column(resource, line, field) if line and field else None
    return Problem(error.type, where + words, resource.path, line, column, field, fix)


def physical_line(error: Any, resource: Resource) -> int | None:
    """Frictionless counts records from the header on; a quoted line break shifts the two apart."""
    number = getattr(error, "row_number", None)
    if number is None:
        return 1 if isinstance(error, found.HeaderError | found.LabelError) else None
    return line_of(number, resource)


def line_of(number: int, resource: Resource) -> int | None:
    index = number - 2
    return resource.lines[index] if 0 <= index < len(resource.lines) else None


def describe(error: Any, field: str, resource: Resource, dataset: Dataset) -> tuple[str, str]:
    if error.type == "type-error":
        return explain(str(error.cell), find_column(resource, field, dataset))
    if error.type == "constraint-error":
        return explain_constraint(
            str(error.note), raw_cell(error, field, resource), find_column(resource, field, dataset)
        )
    if error.type == "unique-error":
        number = re.search(r"(\d+)\D*$", str(error.note))
        first = line_of(int(number[1]), resource) if number else None
        return f"{quote(error.cell)} stands in row {first} already, and may stand once", FIXES["unique-error"]
    return " ".join(str(error.note).split()), FIXES.get(error.type, "Correct the file, or the descriptor.")


def raw_cell(error: Any, field: str, resource: Resource) -> str:
    """As it stands in the file: a missing value is told as nothing."""
    index = error.row_number - 2
    if field in resource.frame.columns and 0 <= index < len(resource.frame):
        return str(resource.frame[field].iat[index])
    return str(error.cell)
