"""The descriptor as the checking library may see it.

In:  a Dataset.
Out: a descriptor of our own making, and a package that holds the very bytes we have read.

What a stranger wrote could make the library fetch, look outside the folder or stand still: addresses of profiles and
schemas, other places and ways to read a file, patterns. So nothing is passed on but what stands in these lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frictionless import Package

from portal.model import Dataset, Resource
from portal.validate.package.columns import CONSTRAINTS
from portal.validate.package.where import missing_values, name_of, schema_of, tables, values_of

FIELD = ("name", "type", "format", "trueValues", "falseValues", "bareNumber", "groupChar", "decimalChar")
LIST = ("delimiter", "itemType")
PLAIN = {"quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}  # left alone, the library would guess
ELSEWHERE = {"pattern", "jsonSchema"}  # patterns are looked at in `patterns`, in bounded time


def clean_package(dataset: Dataset) -> Package:
    """It reads from memory: what was checked is what will be published, whatever happens on the disk meanwhile."""
    package = Package.from_descriptor(clean_descriptor(dataset))
    read = {resource.name: resource for resource in dataset.resources}
    for resource in package.resources:
        resource.data, resource.path, resource.scheme = read[resource.name].content, None, "buffer"
    return package


def clean_descriptor(dataset: Dataset) -> dict[str, Any]:
    return {"name": "package", "resources": [clean_resource(entry, read) for _, entry, read in tables(dataset)]}


def clean_resource(entry: Mapping[str, Any], read: Resource) -> dict[str, Any]:
    made: dict[str, Any] = {"name": name_of(entry), "type": "table", "path": "table.csv", "format": "csv"}
    made |= {"encoding": "utf-8", "dialect": {"csv": {**PLAIN, "delimiter": read.delimiter}}}
    schema = schema_of(entry)
    return made | ({"schema": clean_schema(schema)} if schema.get("fields") else {})


def clean_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Without keys: `table.keys` looks them up, where the library would read the other table once more for each."""
    return {"fields": [clean_field(field, schema) for field in schema["fields"]]}


def clean_field(field: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    kind = field.get("type", "string")
    made = {name: field[name] for name in (*FIELD, *(LIST if kind == "list" else ())) if name in field}
    made |= {"type": kind, "missingValues": missing_values(field, schema)}
    limits = {name: value for name, value in (field.get("constraints") or {}).items() if name in CONSTRAINTS[kind]}
    limits = {name: value for name, value in limits.items() if name not in ELSEWHERE}
    if field.get("categories") and "enum" not in limits:  # the library passes over what the standard calls categories
        limits["enum"] = values_of(field["categories"])
    return made | ({"constraints": limits} if limits else {})
