"""What a finished file says beside what its source says, cell by cell.

In:  the two, from whoever reads the file and whoever holds the source.
Out: `Pair`s; and of the pairs that differ, a Problem for the first of each file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from portal.model import Problem
from portal.privacy import quote

SUMS = "checksums.txt"
AGAIN = "Build again. If the message stays, the fault is in the builder and not in your data."


class Pair(NamedTuple):
    """One cell. `file` is relative to the site's root; `place` and `source` are words of a message."""

    file: str
    place: str
    found: object
    expected: object
    source: str = "the data"
    code: str = "changed-file"


def differences(pairs: Iterable[Pair]) -> Iterator[Problem]:
    """One cause, one message: behind a lost row every cell of a file differs."""
    told = set()
    for pair in pairs:
        if pair.found != pair.expected and pair.file not in told:
            told.add(pair.file)
            yield describe(pair)


def describe(pair: Pair) -> Problem:
    says = "is missing" if pair.found is None else f"says {quote(pair.found)}"
    message = f"{pair.place} {says}, {pair.source} says otherwise"
    return Problem(pair.code, message, f"site/{pair.file}", fix=AGAIN)


def pair_tables(
    file: str,
    found: tuple[list[str], list[list[str]]],
    expected: tuple[list[str], list[list[str]]],
    source: str = "the data",
) -> Iterator[Pair]:
    """Two tables, (header, rows): their columns, their length, and each cell."""
    (head, rows), (own_head, own_rows) = found, expected
    yield Pair(file, "the list of columns", ", ".join(head), ", ".join(own_head), source)
    if head != own_head:
        return
    for number, (row, own) in enumerate(zip(rows, own_rows, strict=False), 1):
        for name, cell, own_cell in zip(head, row, own, strict=True):
            yield Pair(file, f'row {number}, column "{name}",', cell, own_cell, source)
    yield Pair(file, "the number of rows", len(rows), len(own_rows), source)


def read_sums(site: Path) -> dict[str, str]:
    """What checksums.txt lists: file -> hash."""
    path = site / SUMS
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return {name: digest for digest, _, name in (line.partition("  ") for line in text.splitlines())}
