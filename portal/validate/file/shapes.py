"""What a cell looks like, before anybody has said what it should be.

In:  cells as text.
Out: whether they are blank, a number, the same name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Digits with signs round them, however badly written: "1 248", "£1,248", "12.5%", "31/03/2024", "2024-03-31".
NUMBER = re.compile(r"[-−+(£$€]*\d[\d\s,.:/%)-]*")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")


def is_blank(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def count_filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def is_number(cell: str) -> bool:
    return NUMBER.fullmatch(cell.strip()) is not None


def plain_name(name: str) -> str:
    """A column's name without what differs by accident: case, spaces, hyphens, characters that nobody sees."""
    return re.sub(r"[\W_]+", "", INVISIBLE.sub("", name)).casefold() or name
