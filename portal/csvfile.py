"""Read a CSV file as text and as records: loading and checking look at it with the same eyes.

In:  the bytes of a file and what separates its cells.
Out: text, or one `Record` a row, with the physical lines it stands on (the header is line 1).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache

LARGEST = 100_000_000  # bytes: as much as GitHub takes in one file
# A long cell is told as a long cell; by the module's own limit of 131,072 it would be told as a fault of the quotes.
csv.field_size_limit(LARGEST)


@dataclass(frozen=True, slots=True)
class Record:
    """One row, which a line break inside quotation marks makes longer than a line."""

    cells: tuple[str, ...]
    line: int
    end: int


def decode_text(content: bytes) -> str:
    """As UTF-8, without a byte-order mark; what is no UTF-8 is refused by `validate`, and not lost here."""
    return content.decode("utf-8-sig", "replace")


@lru_cache(maxsize=4)
def split_lines(content: bytes) -> tuple[str, ...]:
    """The physical lines with their ends. `str.splitlines` would also split at characters that end no line of a CSV."""
    return tuple(io.StringIO(decode_text(content), newline=""))


def can_separate(delimiter: str) -> bool:
    return len(delimiter) == 1 and delimiter not in '"\r\n\0'


@lru_cache(maxsize=4)
def read_records(content: bytes, delimiter: str) -> tuple[Record, ...]:
    """Every row with the header; blank lines at the end are none. Raises csv.Error at quotes that make no cell."""
    if not can_separate(delimiter):
        raise csv.Error("no separator")
    reader = csv.reader(io.StringIO(decode_text(content), newline=""), delimiter=delimiter, strict=True)
    records, start = [], 1
    for cells in reader:
        records.append(Record(tuple(cells), start, reader.line_num))
        start = reader.line_num + 1
    while records and not records[-1].cells:
        records.pop()
    return tuple(records)


@dataclass(frozen=True, slots=True)
class QuoteFault:
    """A quotation mark that opens and never closes, or one that closes with text after it."""

    line: int  # where it opens
    column: int
    text_line: int | None = None  # where text follows the mark that closes; None when nothing closes
    text_column: int = 0


def find_quote_fault(content: bytes, delimiter: str) -> QuoteFault | None:
    """The first place that keeps `read_records` from reading on, by the same rules."""
    state, opened, line, column = "start", (1, 1), 1, 0
    for physical in split_lines(content):
        for column, character in enumerate(physical, 1):
            if state == "quoted":
                state = "closed" if character == '"' else state
            elif state == "closed" and character == '"':
                state = "quoted"
            elif character == delimiter or character in "\r\n":
                state = "start"
            elif state == "closed":
                return QuoteFault(*opened, line, column)
            elif state == "start":
                state, opened = ("quoted", (line, column)) if character == '"' else ("plain", opened)
        line += 1
    return QuoteFault(*opened) if state == "quoted" else None
