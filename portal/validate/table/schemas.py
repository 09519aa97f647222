"""What a table's schema says, read the same way for both versions of the standard.

In:  a Resource, or a field as it is declared.
Out: names and texts; of a schema that is wrong, as much as can be understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from portal.model import OBSERVATION_COLUMNS, Resource

EMPTY = ("",)  # what is missing where nothing is declared


def declared_fields(resource: Resource) -> dict[str, Mapping[str, Any]]:
    """Column -> its field as it stands in the descriptor."""
    fields = resource.schema.get("fields")
    return read_fields(Same(fields)) if isinstance(fields, list) else {}


class Same:
    """A list to remember something by: the list itself, whatever stands in it."""

    def __init__(self, value: list[Any]) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.value is self.value


@lru_cache(maxsize=64)  # asked for each column, and each cell that is wrong
def read_fields(fields: Same) -> dict[str, Mapping[str, Any]]:
    return {f["name"]: f for f in fields.value if isinstance(f, dict) and "name" in f}


def missing_values(resource: Resource, column: str) -> tuple[str, ...]:
    """The marks for "no value" of one column: its own, or those of the whole table."""
    own = declared_fields(resource).get(column, {}).get("missingValues")
    listed = own if isinstance(own, list) else resource.schema.get("missingValues")
    if not isinstance(listed, list):
        return EMPTY
    return tuple(str(m.get("value", "")) if isinstance(m, dict) else str(m) for m in listed)


def primary_key(resource: Resource) -> tuple[str, ...]:
    return names_of(resource.schema.get("primaryKey"))


def foreign_keys(resource: Resource) -> list[tuple[tuple[str, ...], str, tuple[str, ...]]]:
    """(own columns, the other table, its columns); a table that is left out is the table itself."""
    keys = resource.schema.get("foreignKeys")
    found = []
    for key in keys if isinstance(keys, list) else ():
        reference = key.get("reference") if isinstance(key, dict) else None
        if isinstance(reference, dict):
            other = str(reference.get("resource") or resource.name)
            found.append((names_of(key.get("fields")), other, names_of(reference.get("fields"))))
    return found


def names_of(value: object) -> tuple[str, ...]:
    """The standard lets one column be named without a list around it."""
    return tuple(str(name) for name in value) if isinstance(value, list) else (value,) if isinstance(value, str) else ()


def has_convention(resource: Resource) -> bool:
    """Whether it is an observation table, whose own checks know more about its columns."""
    return set(resource.frame.columns) >= set(OBSERVATION_COLUMNS)
