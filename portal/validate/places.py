"""Find the place of a cell in its file, for a message that an editor can jump to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from difflib import get_close_matches
from functools import lru_cache

import pandas as pd

from portal.model import Resource


def cell_column(resource: Resource, line: int, field: str) -> int | None:
    """The character a cell starts at in its physical line, counted from 1; None when the field is not in the header."""
    if field not in resource.frame.columns:
        return None
    text = physical_lines(resource.content)[line - 1]
    return field_start(text, list(resource.frame.columns).index(field), resource.delimiter)


@lru_cache(maxsize=4)
def physical_lines(content: bytes) -> list[str]:
    """Kept: thousands of findings in one file would each cut it up again.

    Only what ends a line of a file ends one here; `splitlines` would also cut at the separators of other alphabets.
    """
    return content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def field_start(text: str, index: int, delimiter: str = ",") -> int:
    """Where the cell with this index starts; separators inside quotes do not count."""
    quoted, seen = False, 0
    for position, character in enumerate(text, 1):
        if seen == index:
            return position
        if character == '"':
            quoted = not quoted
        elif character == delimiter and not quoted:
            seen += 1
    return len(text) + 1


def count_texts(resource: Resource, column: str, missing: Collection[str]) -> Counter[str]:
    """Each text of a column that is no mark for nothing, and how often it stands there, in order of appearance."""
    counts = Counter(resource.frame[column].tolist())
    for mark in missing:
        counts.pop(mark, None)
    return counts


def find_rows(chosen: pd.Series) -> list[int]:
    """The places, counted from nought, of the rows that are chosen."""
    return [int(index) for index in chosen.to_numpy().nonzero()[0]]


def did_you_mean(word: str, known: object) -> str:
    """'; did you mean "value"?' or nothing."""
    close = get_close_matches(word, [str(name) for name in known], 1, 0.6)  # type: ignore[attr-defined]
    return f'; did you mean "{close[0]}"?' if close else ""
