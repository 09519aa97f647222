"""Read one CSV file and what its descriptor says of it.

In:  a dataset's folder and its descriptor.
Out: a `Resource` a file: its bytes, its cells as text, and the line each record starts on. Nothing is judged here.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from portal.csvfile import read_records
from portal.model import Field, Problem, Resource
from portal.settings import shown_path

Problems = list[Problem]


def load_descriptor(path: Path, problems: Problems) -> Mapping[str, Any] | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
        descriptor = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else getattr(error, "lineno", None)
        what = getattr(error, "problem", None) or getattr(error, "msg", None) or "not UTF-8 text"
        problems.append(
            Problem(
                "descriptor-unreadable",
                f"the descriptor cannot be read: {what}",
                shown_path(path),
                line,
                fix="Check the brackets and the indentation; a text that holds a colon needs quotation marks.",
            )
        )
        return None
    if not isinstance(descriptor, dict):
        problems.append(
            Problem(
                "descriptor-unreadable",
                "the descriptor is not a mapping of names to values",
                shown_path(path),
                1,
                fix="Start it with `name:`.",
            )
        )
        return None
    return descriptor


def load_resources(
    folder: Path, descriptor: Mapping[str, Any], descriptor_path: str, problems: Problems
) -> tuple[Resource, ...]:
    entries = descriptor.get("resources")
    loaded = []
    for entry in entries if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
            problems.append(
                Problem(
                    "resource-path",
                    "a resource names no single local file",
                    descriptor_path,
                    field="resources",
                    fix="Give each resource one `path` to a CSV file in the folder.",
                )
            )
            continue
        resource = load_resource(folder, entry, descriptor_path, problems)
        if resource is not None:
            loaded.append(resource)
    return tuple(loaded)


def load_resource(folder: Path, entry: Mapping[str, Any], descriptor_path: str, problems: Problems) -> Resource | None:
    path = folder / entry["path"]
    if folder.resolve() not in path.resolve().parents:
        problems.append(
            Problem(
                "unsafe-path",
                f'"{entry["path"]}" lies outside the dataset\'s folder',
                descriptor_path,
                fix="Copy the file into the folder.",
            )
        )
        return None
    if not path.is_file():
        problems.append(
            Problem(
                "missing-file",
                f'the file "{entry["path"]}" is not there',
                descriptor_path,
                fix="Add the file, or correct `path`.",
            )
        )
        return None
    content = path.read_bytes()
    delimiter = read_delimiter(entry)
    frame, lines = read_table(content, delimiter)
    return Resource(
        name=str(entry.get("name") or path.stem),
        title=str(entry.get("title", "")),
        description=str(entry.get("description", "")),
        path=shown_path(path),
        fields=make_fields(load_schema(folder, entry, descriptor_path, problems), frame),
        frame=frame,
        lines=lines,
        content=content,
        delimiter=delimiter,
        encoding=str(entry.get("encoding") or "utf-8"),
    )


def load_schema(folder: Path, entry: Mapping[str, Any], descriptor_path: str, problems: Problems) -> Mapping[str, Any]:
    """The table schema, from the descriptor or from a file it names inside the folder."""
    schema = entry.get("schema") or {}
    if not isinstance(schema, str):
        return schema if isinstance(schema, dict) else {}  # `validate` says what is wrong with it
    path = folder / schema
    if folder.resolve() in path.resolve().parents and path.is_file():
        return load_descriptor(path, problems) or {}
    problems.append(
        Problem(
            "missing-file",
            f'the schema "{schema}" is not in the folder',
            descriptor_path,
            fix="Add the file, or write the schema into the descriptor.",
        )
    )
    return {}


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
    return str(dialect.get("delimiter", ",")) if isinstance(dialect, dict) else ","


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
    names: list[str] = []
    for name in header:
        count = 1
        while (unique := name if count == 1 else f"{name}.{count}") in names:
            count += 1
        names.append(unique)
    return names


def fit_row(cells: tuple[str, ...], width: int, delimiter: str) -> tuple[str, ...]:
    """As many cells as the header has. Nothing is lost: what is too much stays in the last cell."""
    if len(cells) <= width:
        return cells + ("",) * (width - len(cells))
    return (*cells[: width - 1], delimiter.join(cells[width - 1 :])) if width else ()
