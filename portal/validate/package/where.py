"""Where an entry of a descriptor stands, and what it says of each table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import Dataset, Problem, Resource


def problem_at(dataset: Dataset, place: str, code: str, message: str, fix: str, severity: str = "error") -> Problem:
    """`place`: dotted, such as resources.0.schema; of what is not written the nearest thing above is named."""
    path, line, column = find_entry(dataset, place)
    return Problem(code, message, path, line, column, place.rpartition(".")[2], fix, severity)


def find_entry(dataset: Dataset, place: str) -> tuple[str, int | None, int | None]:
    while place and place not in dataset.descriptor_places:
        place = place.rpartition(".")[0]
    return dataset.descriptor_places.get(place, (dataset.descriptor_path, None, None))


def entries(dataset: Dataset) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(dotted place, entry) of each resource."""
    for number, entry in enumerate(dataset.descriptor.get("resources") or ()):
        yield f"resources.{number}", entry


def name_of(entry: Mapping[str, Any]) -> str:
    """As `load` names a resource that has no name of its own."""
    path = entry.get("path")
    return str(entry.get("name") or (str(path).rpartition("/")[2].rpartition(".")[0] if path else ""))


def described_fields(place: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(dotted place, field) of each column that a resource describes."""
    for number, field in enumerate(schema_of(entry).get("fields") or ()):
        yield f"{place}.schema.fields.{number}", field


def schema_of(entry: Mapping[str, Any]) -> Mapping[str, Any]:
    schema = entry.get("schema")
    return schema if isinstance(schema, dict) else {}


def tables(dataset: Dataset) -> Iterator[tuple[str, Mapping[str, Any], Resource]]:
    """(dotted place, entry, what was read) of each resource that could be read."""
    read = {resource.name: resource for resource in dataset.resources}
    for place, entry in entries(dataset):
        if name_of(entry) in read:
            yield place, entry, read[name_of(entry)]


def values_of(listed: object) -> list[str]:
    """`missingValues` and `categories` may carry labels; the values alone, as text."""
    entries = listed if isinstance(listed, list) else []
    return [str(entry["value"] if isinstance(entry, dict) else entry) for entry in entries]


def missing_values(field: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    """What stands for nothing in a column."""
    own = field.get("missingValues", schema.get("missingValues"))
    return values_of(own) if own is not None else [""]
