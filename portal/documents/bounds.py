"""What a document may be at most, and the value it becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST = 500_000  # bytes: fifteen times the longest description we know; a longer one only costs time
DEEPEST = 50  # levels of lists and names; the standard needs nine
MOST = 200_000  # values after every alias has been written out
LONGEST_NUMBER = 100
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


class Unreadable(Exception):
    """Why a document cannot be read, and where: line and column count from 1."""

    def __init__(self, what: str, fix: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.what, self.fix, self.line, self.column = what, fix, line, column


@dataclass(frozen=True, slots=True)
class Document:
    """`places`: dotted place, such as `resources.0.name`, -> line and column. `twice`: names that stand twice."""

    data: Any
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    twice: tuple[tuple[str, int, int], ...] = ()
    source: str = ""  # as it is written, each line ended by a newline alone


def decode(content: bytes) -> str:
    if len(content) > LARGEST:
        fix = "Keep data in CSV files; a description of them is a few pages long."
        raise Unreadable(f"the file is larger than {LARGEST // 1000} kB, too large for a description", fix)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", "replace")
        raise Unreadable(
            "the file is not UTF-8 text",
            "In Notepad choose File > Save As and, under Encoding, UTF-8.",
            *position(before),
        ) from error
    if found := UNPRINTABLE.search(text):
        what = "a character stands here that cannot be printed"
        raise Unreadable(what, "Delete it.", *position(text[: found.start()]))
    return text


def position(before: str) -> tuple[int, int]:
    """Line and column of the character that follows `before`."""
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def check_depth(depth: int, line: int, column: int) -> None:
    if depth > DEEPEST:
        what = f"lists and names stand more than {DEEPEST} levels deep"
        raise Unreadable(what, "Take the inner ones out; no entry of a description needs them.", line, column)


def check_string(text: str, line: int, column: int) -> None:
    """An escape can make what no file may hold."""
    if UNPRINTABLE.search(text):
        what = "an escape such as \\ud800 makes a character that cannot be printed"
        raise Unreadable(what, "Write the character itself.", line, column)
