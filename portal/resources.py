"""Read one CSV file and what its descriptor says of it.

In:  a dataset's folder and its descriptor.
Out: a `Resource` a file: its bytes, its cells as text, and the line each record starts on. Nothing is judged here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

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
    frame, lines = read_table(content, entry, delimiter)
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
    return str(dialect.get("delimiter", ",")) if isinstance(dialect, dict) else ","


def read_table(content: bytes, entry: Mapping[str, Any], delimiter: str = ",") -> tuple[pd.DataFrame, tuple[int, ...]]:
    """Cells as text with the physical line of each record; empty when unreadable, which `validate.file` explains."""
    try:
        text = content.decode(str(entry.get("encoding") or "utf-8").replace("utf-8", "utf-8-sig"))
        frame = pd.read_csv(
            io.StringIO(text), dtype=str, keep_default_na=False, na_filter=False, sep=delimiter, skip_blank_lines=False
        )
        lines = find_lines(text, delimiter)
    except (ValueError, LookupError, csv.Error, pd.errors.ParserError):
        return pd.DataFrame(), ()
    return (frame, lines) if len(frame) == len(lines) else (pd.DataFrame(), ())


def find_lines(text: str, delimiter: str) -> tuple[int, ...]:
    """The physical line each record starts on: a quoted line break makes a record longer than a line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, start = [], 1
    for _ in reader:
        lines.append(start)
        start = reader.line_num + 1
    return tuple(lines[1:])
