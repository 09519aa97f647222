"""What is wrong with a cell that fits its type and breaks a rule of its column.

In:  the rule that the checker names, the cell and its Column.
Out: (what is wrong with it, what to click or type next).
"""

from __future__ import annotations

import re
from functools import lru_cache

from portal.privacy import quote
from portal.validate.package.where import values_of
from portal.validate.places import did_you_mean
from portal.validate.table.marks import Column, Words

SHOWN = 8  # words of a list that a message repeats
FIX = "Correct the cell, or the constraint in the descriptor."


def explain_constraint(note: str, cell: str, column: Column) -> Words:
    found = re.match(r'constraint "(\w+)"', note)
    rule = found[1] if found else ""
    constraints = column.entry.get("constraints")
    bound = constraints.get(rule) if isinstance(constraints, dict) else None
    if rule == "required":
        return explain_required(cell)
    words = bound or values_of(column.entry.get("categories"))
    if rule == "enum" and isinstance(words, list):
        listed = "enum" if bound else "categories"
        return explain_enum(cell, [str(word) for word in words], f"the `{listed}` of this column in the descriptor")
    if rule in LIMITS and bound is not None:
        return f"{quote(cell)} {LIMITS[rule].format(bound)}, as the descriptor sets it", FIX
    return f"{quote(cell)} breaks the rule: {note.removeprefix('constraint ')}", FIX


LIMITS = {
    "minimum": "is less than {}, the least there may be",
    "maximum": "is more than {}, the most there may be",
    "exclusiveMinimum": "is not more than {}",
    "exclusiveMaximum": "is not less than {}",
    "minLength": "is shorter than {} characters",
    "maxLength": "is longer than {} characters",
}


def explain_required(cell: str) -> Words:
    if cell:
        return f"{quote(cell)} is a mark for a missing value, and this cell must have a value", "Write the value."
    return "the cell is empty and may not be", "Write the value."


def explain_enum(cell: str, words: list[str], place: str) -> Words:
    same = find_plain(tuple(words)).get(plain_word(cell))
    if same is not None:
        what = (
            "spaces" if " ".join(cell.split()) == same or cell.strip() == same else "capital letters, spaces or dashes"
        )
        return f'"{cell}" differs from "{same}" only in {what}', f"Write {same}, exactly so."
    listed = ", ".join(words[:SHOWN]) + (f" and {len(words) - SHOWN} more" if len(words) > SHOWN else "")
    message = f"{quote(cell)} is none of the words that the descriptor allows{did_you_mean(cell, words)}"
    return message, f"Write one of them ({listed}), or add the word to {place}."


def plain_word(text: str) -> str:
    """Two words that a reader would take for one are the same here."""
    joined = re.sub(r"[\u2010-\u2015\u2212]", "-", text).replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(re.sub(r"[\u200b\ufeff\u00ad]", "", joined).split()).casefold()


@lru_cache(maxsize=4)
def find_plain(known: tuple[str, ...]) -> dict[str, str]:
    """As a reader takes a word -> the first word that is written so."""
    return {plain_word(word): word for word in reversed(known)}
