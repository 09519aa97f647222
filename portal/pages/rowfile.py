"""Where a row stands in the data: its file, its line, the version of the file, and every cell of it.

In:  a Dataset with the bytes and physical lines of its tables.
Out: a `Standing` for each row, by path and line.

A version is what the descriptor says and the first characters of the sha256 of the published file, which is the checked
file byte for byte: two files with one version number and different numbers in them can be told apart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from portal.model import Dataset, Resource

SHORT = 8  # characters of the sum: enough to find it in checksums.txt


@dataclass(frozen=True, slots=True)
class Standing:
    """One row as the published file holds it. `cells` are (title of the column, what stands in it)."""

    href: str
    file: str
    table: str  # dataset/resource
    line: int
    version: str
    digest: str
    cells: tuple[tuple[str, str], ...]
    empty: tuple[str, ...]


def find_standings(dataset: Dataset, root: str) -> Mapping[tuple[str, int], Standing]:
    """(path, line) -> where the row stands."""
    version = str(dataset.descriptor.get("version") or "")
    return {
        (resource.path, line): standing
        for resource in dataset.resources
        for line, standing in stand(dataset.slug, resource, version, root).items()
    }


def stand(slug: str, resource: Resource, version: str, root: str) -> dict[int, Standing]:
    table, file = f"{slug}/{resource.name}", f"{resource.name}.csv"
    digest = hashlib.sha256(resource.content).hexdigest()[:SHORT]
    titles = {field.name: field.title or field.name for field in resource.fields}
    rows = {}
    for record, line in zip(resource.records(), resource.lines, strict=True):
        named = [(titles.get(name, name), cell) for name, cell in record.items()]
        cells = tuple((title, cell) for title, cell in named if cell)
        empty = tuple(title for title, cell in named if not cell)
        rows[line] = Standing(f"{root}data/{table}.csv", file, table, line, version, digest, cells, empty)
    return rows
