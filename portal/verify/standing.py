"""Does each row on a page of rows stand where the page says: in that file, on that line, with those cells?

In:  the finished pages of rows, and the published CSV files as a reader of bytes finds them.
Out: a Problem for each section whose line, sum or cells are not those of the published file.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from portal.model import Problem
from portal.verify.numbers import problem
from portal.verify.told import check_told

TOLD = re.compile(r"Line (\d+) of \S+\.csv(?:, version (?P<version>\S+))?, fingerprint ([0-9a-f]{8})\.")


class Sections(HTMLParser):
    """(id of the section, table, words around, cells) of each row that a page shows in full."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str, list[str], list[str]]] = []
        self.name, self.table, self.words = "", "", ""
        self.cells: list[str] = []
        self.heads: list[str] = []  # the titles of the cells
        self.inside = self.in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "section":
            self.name, self.table, self.words, self.cells = values.get("id", ""), "", "", []
            self.heads = []
        self.table = values.get("data-table", self.table)
        self.inside = tag == "dd" and bool(self.table)
        self.in_head = tag == "dt" and bool(self.table)
        self.heads += [""] if self.in_head else []
        self.cells += [""] if self.inside else []

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data
        self.words += data
        self.heads[-1:] = [self.heads[-1] + data] if self.in_head else self.heads[-1:]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.in_head = False
        if tag == "dl" and self.table:
            self.found.append((self.name, self.table, self.words, self.cells, self.heads))
            self.table = ""


def check_standing(site: Path) -> Iterator[Problem]:
    @cache
    def read(table: str) -> tuple[str, dict[int, list[str]]]:
        return read_lines(site / "data" / f"{table}.csv")

    @cache
    def describe(table: str) -> tuple[str, dict[str, str]]:
        return read_titles(site / "data" / table)

    for path in sorted(site.glob("datasets/*/rows/index.html")):
        sections = Sections()
        sections.feed(path.read_text(encoding="utf-8"))
        told_of: dict[str, dict[str, str]] = {}
        for name, table, words, cells, heads in sections.found:
            told, (digest, records) = TOLD.search(words), read(table)
            row = records.get(int(told[1]), []) if told else []
            version, titles = describe(table)
            own = [titles.get(column, column) for column, cell in zip(records.get(1, ()), row, strict=False) if cell]
            if (
                told
                and titles
                and (heads != own or (told["version"] or "") != version or f"Cite as #{name}" not in words)
            ):
                message = f"the row {name} names other columns, another version or another address than its own"
                yield problem("wrong-row", message, path.relative_to(site).as_posix(), "Build again.")
            told_of[name] = dict(zip(records.get(1, ()), row, strict=False))
            if not told or not digest.startswith(told[3]) or name not in row or cells != [cell for cell in row if cell]:
                yield problem(
                    "wrong-row",
                    f"the row {name} is not what {table}.csv holds on the line that the page names",
                    path.relative_to(site).as_posix(),
                    "Build again.",
                )
        yield from check_told(path, site, told_of)


def read_titles(table: Path) -> tuple[str, dict[str, str]]:
    """The version of the package beside a table, and the title of each column; nothing where there is no package."""
    path = table.parent / "datapackage.json"
    made = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    own: dict[str, Any] = next((r for r in made.get("resources", []) if r.get("name") == table.name), {})
    fields = own.get("schema", {}).get("fields", [])
    return str(made.get("version") or ""), {f["name"]: f.get("title") or f["name"] for f in fields}


def read_lines(path: Path) -> tuple[str, dict[int, list[str]]]:
    """The sum of a file, and its records by the line that each begins on."""
    if not path.is_file():
        return "", {}
    content = path.read_bytes()
    text = content.decode("utf-8-sig")
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    records, start = {}, 1
    for row in reader:
        records[start] = row
        start = reader.line_num + 1
    return hashlib.sha256(content).hexdigest(), records
