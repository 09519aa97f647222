"""Do the keys name columns that are there, and are unique keys unique?

In:  a Dataset.
Out: Problems with primaryKey, uniqueKeys, foreignKeys and fieldsMatch of its schemas, and with the rows that break
     a unique key. Primary and foreign keys of the rows are looked at in `table`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from portal.formats import plural
from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.package.where import entries, missing_values, name_of, problem_at, schema_of, tables
from portal.validate.places import cell_column, did_you_mean

COMPOUND = ("list", "object", "array", "geopoint")  # no two cells of these are compared


def names_in(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


def check_keys(dataset: Dataset) -> Iterator[Problem]:
    schemas = {name_of(entry): schema_of(entry) for _, entry in entries(dataset)}
    for place, entry in entries(dataset):
        schema, at = schema_of(entry), f"{place}.schema"
        if "primaryKey" in schema:
            yield from check_named(dataset, f"{at}.primaryKey", names_in(schema["primaryKey"]), schema)
        for number, key in enumerate(schema.get("uniqueKeys") or ()):
            yield from check_named(dataset, f"{at}.uniqueKeys.{number}", key, schema)
        for number, key in enumerate(schema.get("foreignKeys") or ()):
            yield from check_foreign(dataset, f"{at}.foreignKeys.{number}", key, name_of(entry), schemas)
        match = names_in(schema.get("fieldsMatch"))
        if match not in ([], ["exact"]):
            message = f"fieldsMatch {quote(', '.join(match))} is not read here: every column is described, in order"
            fix = "Take `fieldsMatch` out, and describe each column of the file in its order."
            yield problem_at(dataset, f"{at}.fieldsMatch", "fields-match", message, fix)


def check_named(dataset: Dataset, place: str, names: Sequence[str], schema: Mapping[str, Any]) -> Iterator[Problem]:
    kinds = {field["name"]: field.get("type", "string") for field in schema.get("fields") or ()}
    for name in names:
        if name not in kinds:
            message = f"the key names the column {quote(name)}, which is not described{did_you_mean(name, kinds)}"
            yield problem_at(dataset, place, "unknown-field", message, "Correct the name, or describe the column.")
        elif kinds[name] in COMPOUND:
            message = f"the key names the column {quote(name)} of the type {kinds[name]}, which cannot be compared"
            yield problem_at(dataset, place, "unknown-field", message, "Use a column of text, numbers or dates.")
    if len(set(names)) < len(names):
        yield problem_at(dataset, place, "unknown-field", "the key names a column twice", "Name each column once.")


def check_foreign(
    dataset: Dataset, place: str, key: Mapping[str, Any], own: str, schemas: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    target = key["reference"].get("resource") or own
    here, there = names_in(key["fields"]), names_in(key["reference"]["fields"])
    yield from check_named(dataset, f"{place}.fields", here, schemas[own])
    if target not in schemas:
        message = (
            f"the key leads to {quote(target)}, which is no resource of this package{did_you_mean(target, schemas)}"
        )
        fix = "Name a resource of this package; tables of others are not read."
        yield problem_at(dataset, f"{place}.reference.resource", "foreign-key-target", message, fix)
        return
    if schemas[target].get("fields"):
        yield from check_named(dataset, f"{place}.reference.fields", there, schemas[target])
    if len(here) != len(there):
        message = f"the key has {plural(len(here), 'column')} here and {len(there)} there"
        yield problem_at(dataset, place, "foreign-key-target", message, "Name as many columns on both sides.")


def check_unique_keys(dataset: Dataset) -> Iterator[Problem]:
    """No two rows are alike in all columns of a key. A row with nothing in one of them is like no other."""
    for _, entry, resource in tables(dataset):
        for names in schema_of(entry).get("uniqueKeys") or ():
            if set(names) <= set(resource.frame.columns):
                yield from check_alike(resource, names, schema_of(entry))


def check_alike(resource: Resource, names: Sequence[str], schema: Mapping[str, Any]) -> Iterator[Problem]:
    fields = {field["name"]: field for field in schema.get("fields") or ()}
    nothing = [set(missing_values(fields[name], schema)) for name in names]
    first: dict[tuple[str, ...], int] = {}
    for line, *cells in zip(resource.lines, *(resource.frame[name] for name in names), strict=True):
        key = tuple(str(cell) for cell in cells)
        if any(cell in none for cell, none in zip(key, nothing, strict=True)):
            continue
        if key in first:
            columns = ", ".join(f'"{name}"' for name in names)
            message = f"row {line} is the same in {columns} as row {first[key]}"
            fix = "Delete one of the two rows, or correct the cells that tell them apart."
            at = cell_column(resource, line, names[0])
            yield Problem("unique-key", message, resource.path, line, at, names[0], fix)
        first.setdefault(key, line)
