"""Does each table keep what its schema promises? Frictionless is the judge; the words are ours.

In:  a Dataset and its folder.
Out: a Problem a finding, at the physical line and character of the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import Checklist, Package
from frictionless import errors as found
from frictionless.exception import FrictionlessException

from portal.model import Dataset, Problem, Resource
from portal.validate.clean import clean_descriptor
from portal.validate.file.reading import pin_reading
from portal.validate.places import cell_column

FIXES = {
    "constraint-error": "Correct the cell, or the constraint in the descriptor.",
    "primary-key": "Give each row an id of its own.",
    "foreign-key": "Use a value that the other table holds, or add it there.",
    "incorrect-label": "Rename the column in the file, or the field in the descriptor.",
    "missing-label": "Add the column, or remove the field from the descriptor.",
    "extra-label": "Describe the column in the descriptor, or remove it.",
}
WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "date": "a date (YYYY-MM-DD)",
    "boolean": "true or false",
    "year": "a year",
    "datetime": "a date and time",
}


def check_tables(dataset: Dataset, folder: Path) -> Iterator[Problem]:
    package = Package.from_descriptor(pin_reading(clean_descriptor(dataset)), basepath=str(folder))
    by_name = {resource.name: resource for resource in dataset.resources}
    yield from (problem for resource in dataset.resources for problem in check_finite(resource))
    try:
        report = package.validate(Checklist(skip_errors=["blank-row"]), limit_errors=10_000)
    except (FrictionlessException, re.error, ValueError) as refused:  # a pattern "(" is no rule itself
        fix = "Correct the constraint or the schema it names."
        yield Problem("descriptor-invalid", " ".join(str(refused).split()), dataset.descriptor_path, fix=fix)
        return
    for error in report.errors:
        yield Problem("descriptor-invalid", str(error.note), dataset.descriptor_path, fix="Correct the descriptor.")
    for task in report.tasks:
        resource = by_name.get(task.name)
        for error in task.errors:
            yield make_problem(error, resource, dataset)


def check_finite(resource: Resource) -> Iterator[Problem]:
    """NaN and infinity are numbers to the checker; a reader can do nothing with them."""
    for field in (f for f in resource.fields if f.type == "number" and f.name in resource.frame.columns):
        for cell, line in zip(resource.frame[field.name], resource.lines, strict=True):
            if str(cell).strip().lower().lstrip("+-") in ("nan", "inf", "infinity"):
                message = f'row {line}, column "{field.name}": "{cell}" is no number to publish'
                column = cell_column(resource, line, field.name)
                fix = "Write the number, or a symbol that the descriptor lists under missingValues."
                yield Problem("not-finite", message, resource.path, line, column, field.name, fix)


def make_problem(error: Any, resource: Resource | None, dataset: Dataset) -> Problem:
    if resource is None:
        return Problem(error.type, str(error.note), dataset.descriptor_path)
    line = physical_line(error, resource)
    named = getattr(error, "field_names", None) or [""]  # a foreign key names its columns in the plural
    field = getattr(error, "label", "") or getattr(error, "field_name", "") or named[0]
    message, fix = describe(error, line, field, resource)
    column = cell_column(resource, line, field) if line and field else None
    return Problem(error.type, message, resource.path, line, column, field, fix)


def physical_line(error: Any, resource: Resource) -> int | None:
    """Frictionless counts records from the header on; a quoted line break shifts the two apart."""
    number = getattr(error, "row_number", None)
    if number is None:
        return 1 if isinstance(error, found.HeaderError | found.LabelError) else None
    index = number - 2
    return resource.lines[index] if 0 <= index < len(resource.lines) else None


def describe(error: Any, line: int | None, field: str, resource: Resource) -> tuple[str, str]:
    where = f'row {line}, column "{field}": ' if field else f"row {line}: " if line and line > 1 else ""
    if error.type == "type-error":
        return where + describe_type(error, field, resource)[0], describe_type(error, field, resource)[1]
    if error.type == "constraint-error":
        return f"{where}{describe_constraint(str(error.note), str(error.cell))}", FIXES["constraint-error"]
    if error.type == "primary-key":
        return f"{where}{describe_twice(str(error.note), resource)}", FIXES["primary-key"]
    return f"{where}{' '.join(str(error.note).split())}", FIXES.get(error.type, "Correct the file, or the descriptor.")


def describe_type(error: Any, field: str, resource: Resource) -> tuple[str, str]:
    kind = next((f.type for f in resource.fields if f.name == field), "")
    cell = str(error.cell)
    message = f'"{cell}" is not {WORDS.get(kind, f"of type {kind}")}'
    if kind in ("number", "integer") and cell.replace(",", "").replace(".", "").strip("-").isdigit():
        return message, "Remove the thousands separator, or declare groupChar in the descriptor."
    return (
        message,
        "Correct the cell; if there is no number, write a symbol that the descriptor lists under missingValues.",
    )


def describe_twice(note: str, resource: Resource) -> str:
    """The checker names the first row by its number among the records; we by its line."""
    found = re.search(r"(\d+)\D*$", note)
    if found is None:
        return "its id is missing, or used twice"
    return f"its id is already used in row {resource.lines[int(found[1]) - 2]}"


def describe_constraint(note: str, cell: str) -> str:
    if '"required"' in note:
        return "the cell is empty and may not be"
    return f'"{cell}" breaks the rule: {note.removeprefix("constraint ")}'
