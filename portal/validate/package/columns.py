"""Does a schema say what can be kept? What the standard defines is enforced, or refused in words; never passed over.

In:  a Dataset's descriptor.
Out: Problems with types, formats, constraints and the marks of numbers. Keys are looked at in `keys`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.validate.package.where import described_fields, entries, problem_at, schema_of
from portal.validate.places import did_you_mean

RANGE = {"required", "unique", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}
LENGTH = {"required", "unique", "minLength", "maxLength"}
CONSTRAINTS = {
    "string": LENGTH | {"pattern", "enum"},
    **dict.fromkeys(("number", "integer", "date", "time", "datetime", "year", "yearmonth"), RANGE),
    "duration": {"required", "unique", "enum"},
    "boolean": {"required", "unique", "enum"},
    "list": LENGTH - {"unique"},
    "object": LENGTH - {"unique"},
    "array": LENGTH - {"unique"},
    "geopoint": {"required", "unique"},
    "any": {"required", "unique", "enum"},
}
KNOWN = set().union(*CONSTRAINTS.values()) | {"jsonSchema"}
FORMATS = {"string": {"email", "uri", "binary", "uuid"}, "geopoint": {"array", "object"}}
DATES = ("date", "time", "datetime")
DIRECTIVES = re.compile(r"(?:[^%]|%[aAbBdHIjmMpSUwWyYfzZ%])*")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
ITEMS = ("string", "integer", "boolean", "number", "datetime", "date", "time")
V2 = "https://datapackage.org/profiles/2.0/"


def check_columns(dataset: Dataset) -> Iterator[Problem]:
    for place, entry in entries(dataset):
        for at, field in described_fields(place, entry):
            yield from check_field(dataset, at, field)
        yield from check_missing(dataset, f"{place}.schema", schema_of(entry))


def check_field(dataset: Dataset, place: str, field: Mapping[str, Any]) -> Iterator[Problem]:
    kind, name = field.get("type", "string"), quote(field["name"])
    if kind not in CONSTRAINTS:
        message = f"column {name}: the type {quote(kind)} is not known here{did_you_mean(kind, CONSTRAINTS)}"
        fix = f"Use one of: {', '.join(sorted(CONSTRAINTS))}."
        yield problem_at(dataset, f"{place}.type", "unknown-type", message, fix)
        return
    yield from check_format(dataset, place, field, kind)
    yield from check_marks(dataset, place, field, kind)
    yield from check_constraints(dataset, place, field, kind)
    yield from check_missing(dataset, place, field)
    if "categories" in field and kind not in ("string", "integer"):
        message = f"column {name}: categories belong to text and whole numbers, not to the type {kind}"
        yield problem_at(dataset, f"{place}.categories", "unknown-constraint", message, "Take `categories` out.")


def check_format(dataset: Dataset, place: str, field: Mapping[str, Any], kind: str) -> Iterator[Problem]:
    form = field.get("format", "default")
    if form == "default" or form in FORMATS.get(kind, ()):
        return
    if kind in DATES and "%" in form and DIRECTIVES.fullmatch(form):
        return
    message = f"column {quote(field['name'])}: the format {quote(form)} is not read for the type {kind}"
    if kind in DATES and form == "any":
        message = f'column {quote(field["name"])}: the format "any" cannot tell 1 February from 2 January'
    fix = "Take `format` out, or write the order, such as %d/%m/%Y." if kind in DATES else "Take `format` out."
    yield problem_at(dataset, f"{place}.format", "unknown-format", message, fix)


def check_marks(dataset: Dataset, place: str, field: Mapping[str, Any], kind: str) -> Iterator[Problem]:
    """One character each, and no two alike: else "1.248" is two numbers."""
    name = quote(field["name"])
    for mark in ("groupChar", "decimalChar"):
        if mark in field and (len(field[mark]) != 1 or field[mark].isdigit() or field[mark] in "+-"):
            message = f"column {name}: {mark} is one character that is no digit and no sign"
            yield problem_at(dataset, f"{place}.{mark}", "number-marks", message, 'Write one, such as ",".')
    if "groupChar" in field and field["groupChar"] == field.get("decimalChar", "."):
        message = f"column {name}: groupChar and decimalChar are both {quote(field['groupChar'])}"
        yield problem_at(dataset, f"{place}.groupChar", "number-marks", message, "Give each a character of its own.")
    if kind == "list" and field.get("itemType", "string") not in ITEMS:
        message = f"column {name}: {quote(field['itemType'])} is no type of an item"
        yield problem_at(dataset, f"{place}.itemType", "unknown-type", message, f"Use one of: {', '.join(ITEMS)}.")
    if kind == "list" and field.get("delimiter", ",") == "":
        message = f"column {name}: nothing separates the items"
        yield problem_at(dataset, f"{place}.delimiter", "number-marks", message, 'Write a character, such as ";".')


def check_constraints(dataset: Dataset, place: str, field: Mapping[str, Any], kind: str) -> Iterator[Problem]:
    limits, name = field.get("constraints") or {}, quote(field["name"])
    for limit in limits:
        at = f"{place}.constraints.{limit}"
        if limit in CONSTRAINTS[kind]:
            continue
        if limit == "jsonSchema":
            message = f"column {name}: a jsonSchema, which speaks of what stands inside a cell, is not read here"
            yield problem_at(dataset, at, "unknown-constraint", message, "Take `jsonSchema` out.")
        elif limit in KNOWN:
            message = f"column {name}: the constraint {limit} does not work on the type {kind}"
            yield problem_at(dataset, at, "unknown-constraint", message, "Take it out, or correct the type.")
        else:
            message = f"column {name}: no constraint is called {quote(limit)}{did_you_mean(limit, KNOWN)}"
            yield problem_at(dataset, at, "unknown-constraint", message, "Correct the name, or take it out.")
    for limit in sorted(set(limits) & CONSTRAINTS[kind]):
        for at, value in values_at(f"{place}.constraints.{limit}", limit, limits[limit]):
            if not fits(value, kind, field):
                shown = "yes, no, true or false without quotation marks" if isinstance(value, bool) else quote(value)
                message = f"column {name}: {limit} holds {shown}, which is not of the type {kind}"
                fix = "Write the value as it would stand in a cell, in quotation marks if it is text."
                yield problem_at(dataset, at, "constraint-value", message, fix)


def values_at(place: str, limit: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The values of a constraint that must be of the column's own type."""
    if limit == "enum":
        yield from ((f"{place}.{number}", item) for number, item in enumerate(value))
    elif limit.lower().endswith(("minimum", "maximum")):
        yield place, value


def fits(value: Any, kind: str, field: Mapping[str, Any]) -> bool:
    if kind in ("number", "integer"):
        whole = kind == "number" or re.fullmatch(r"[+-]?\d+", str(value))
        return not isinstance(value, bool) and bool(NUMBER.fullmatch(str(value)) and whole)
    if kind == "year":
        return not isinstance(value, bool) and bool(re.fullmatch(r"-?\d{1,4}", str(value)))
    if kind == "date" and field.get("format", "default") == "default":
        return isinstance(value, str) and is_date(value)
    if kind == "yearmonth":
        return isinstance(value, str) and bool(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", value))
    if kind == "boolean":
        return isinstance(value, bool | str)
    return isinstance(value, str) or kind == "any"


def is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def check_missing(dataset: Dataset, place: str, holder: Mapping[str, Any]) -> Iterator[Problem]:
    """Labels came with version 2.0; read by the rules of 1.0 they would mean something else."""
    marks = holder.get("missingValues") or ()
    labelled = any(isinstance(mark, dict) for mark in marks)
    if labelled and not str(dataset.descriptor.get("$schema", "")).startswith(V2):
        message = "labels of missing values belong to Data Package 2.0, which the package does not name"
        fix = f"Write `$schema: {V2}datapackage.json` as the first line of the descriptor."
        yield problem_at(dataset, f"{place}.missingValues", "needs-version-2", message, fix)
    if labelled and not all(isinstance(mark, dict) for mark in marks):
        fix = 'Write each as {value: "..", label: not available}.'
        message = "some missing values carry a label and some do not"
        yield problem_at(dataset, f"{place}.missingValues", "constraint-value", message, fix)
