"""Read what page.yaml says under `disclosure`: which small numbers may stand, and what columns of plain tables count.

In:  the entries as YAML gives them, and the lines they stand on.
Out: `Exemption`s, `Release`s and `ColumnsSpec`s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import Problem
from portal.spec import ColumnsSpec, Exemption, Release


def find_entries(data: Any, part: str) -> list[Any]:
    """Before the shape is checked, anything may stand there."""
    disclosure = data.get("disclosure") if isinstance(data, dict) else None
    entries = disclosure.get(part) if isinstance(disclosure, dict) else None
    return entries if isinstance(entries, list) else []


def check_exempted_once(data: Mapping[str, Any], lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    """Of two reasons for one number only the last would be read."""
    seen: set[str] = set()
    for number, entry in enumerate(find_entries(data, "rows")):
        row = str(entry.get("row")) if isinstance(entry, dict) else ""
        if row and row in seen:
            message, line = f'disclosure, rows: "{row}" is exempted twice', lines.get(f"disclosure.rows.{number}")
            yield Problem("exemption-twice", message, path, line, fix="Keep one of the two and delete the other.")
        seen.add(row)


def make_disclosure(data: Mapping[str, Any], lines: Mapping[str, int]) -> dict[str, Any]:
    def entries(part: str) -> Iterator[dict[str, Any]]:
        for n, entry in enumerate(data.get(part, ())):
            yield {**entry, "line": lines.get(f"disclosure.{part}.{n}")}

    return {
        "disclosure": {entry["row"]: Exemption(**entry) for entry in entries("rows")},
        "releases": tuple(Release(**entry) for entry in entries("releases")),
        "columns": tuple(ColumnsSpec(**{**entry, "fields": tuple(entry["fields"])}) for entry in entries("columns")),
    }
