"""Read one CSV file and what its descriptor says of it.

In:  a dataset's folder and its descriptor.
Out: a `Resource` a file: its bytes, its cells as text, and the line each record starts on. Nothing is judged here.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from portal.csvfile import read_records
from portal.descriptors import Described, Problems
from portal.inside import Refused, read_inside
from portal.model import Field, Resource


def load_resources(folder: Path, described: Described, problems: Problems) -> tuple[Resource, ...]:
    loaded = []
    for number, entry in enumerate(described.data.get("resources") or []):
        resource = load_resource(folder, entry, f"resources.{number}", described, problems)
        if resource is not None:
            loaded.append(resource)
    return tuple(loaded)


def load_resource(
    folder: Path, entry: Mapping[str, Any], place: str, described: Described, problems: Problems
) -> Resource | None:
    if not isinstance(entry.get("path"), str):
        if f"{place}.path" not in described.refused:
            problems.append(described.problem(f"{place}.path", "resource-path", *why_no_path(entry)))
        return None
    try:
        content = read_inside(folder, entry["path"])
    except Refused as error:
        problems.append(described.problem(f"{place}.path", error.code, error.what, error.fix))
        return None
    path = folder / entry["path"]
    delimiter = read_delimiter(entry)
    frame, lines = read_table(content, delimiter)
    schema = entry.get("schema") or {}
    return Resource(
        name=str(entry.get("name") or path.stem),
        title=str(entry.get("title", "")),
        description=str(entry.get("description", "")),
        path=f"{described.folder}/{entry['path']}",
        fields=make_fields(schema, frame),
        frame=frame,
        lines=lines,
        content=content,
        delimiter=delimiter,
        schema=schema,
        encoding=str(entry.get("encoding") or "utf-8"),
    )


def why_no_path(entry: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong, and what to do."""
    if "data" in entry:
        return "the table stands in the descriptor itself", "Put it in a CSV file in the folder and name it as `path`."
    if isinstance(entry.get("path"), list):
        return (
            "the table is spread over several files",
            "Join them in one file, or make each a resource of its own.",
        )
    return "a resource names no file", "Give each resource one `path` to a CSV file in the folder."


def make_fields(schema: Mapping[str, Any], frame: pd.DataFrame) -> tuple[Field, ...]:
    fields = schema.get("fields")
    listed = fields if isinstance(fields, list) else []
    declared = [f for f in listed if isinstance(f, dict) and isinstance(f.get("name"), str)]
    if not declared:  # never inferred: inference samples, and a sample is not the file
        return tuple(Field(str(name), "string") for name in frame.columns)
    return tuple(
        Field(
            f["name"],
            str(f.get("type", "string")),
            str(f.get("title", "")),
            str(f.get("description", "")),
            f.get("constraints") or {},
        )
        for f in declared
    )


def read_delimiter(entry: Mapping[str, Any]) -> str:
    dialect = entry.get("dialect")
    inner = dialect.get("csv") if isinstance(dialect, dict) else None  # where some tools write it
    places = [place for place in (inner, dialect) if isinstance(place, dict)]
    return next((str(place["delimiter"]) for place in places if "delimiter" in place), ",")


def read_table(content: bytes, delimiter: str = ",") -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Cells as text, exactly as they stand, with the physical line of each row.

    What is no table is read as far as it goes, so that the ids it holds are known to others; `validate` refuses it.
    """
    try:
        header, *rows = read_records(content, delimiter)
    except (ValueError, csv.Error):  # not one row, or quotes that make no cell
        return pd.DataFrame(), ()
    names = make_names(header.cells)
    cells = [fit_row(row.cells, len(names), delimiter) for row in rows]
    lines = tuple(row.line for row in rows) if names else ()
    return pd.DataFrame(cells if names else [], columns=names, dtype=str), lines


def make_names(header: tuple[str, ...]) -> list[str]:
    """The header's names; one that stands there twice, which `validate` refuses, cannot name two columns."""
    names: dict[str, None] = {}
    times: dict[str, int] = {}
    for name in header:
        count = times.get(name, 1)
        while (unique := name if count == 1 else f"{name}.{count}") in names:
            count += 1
        names[unique], times[name] = None, count
    return list(names)


def fit_row(cells: tuple[str, ...], width: int, delimiter: str) -> tuple[str, ...]:
    """As many cells as the header has. Nothing is lost: what is too much stays in the last cell."""
    if len(cells) <= width:
        return cells + ("",) * (width - len(cells))
    return (*cells[: width - 1], delimiter.join(cells[width - 1 :])) if width else ()
