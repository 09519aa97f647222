"""Marks that stand where a number should: what they seem to mean, and how to declare them.

In:  a cell, and the column it stands in.
Out: what the cell is taken for and the words to type into the descriptor; None when it is no mark.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.model import Dataset, Resource
from portal.privacy import quote
from portal.validate.table.schemas import declared_fields, missing_values

Words = tuple[str, str]  # what is wrong with the cell, what to click or type next
NOT_AVAILABLE, NOT_APPLICABLE, HIDDEN = "not available", "not applicable", "confidential"
MEANINGS = {
    **dict.fromkeys((":", "..", "...", "…", "x", "[x]", "?", "not available", "unknown", "not known"), NOT_AVAILABLE),
    **dict.fromkeys(("n/a", "na", "n.a.", "z", "[z]", "not applicable"), NOT_APPLICABLE),
    **dict.fromkeys(("c", "[c]", "*", "**", "s", "suppressed", "supp", "confidential", "redacted"), HIDDEN),
    **dict.fromkeys(("low", "[low]"), "rounds to zero"),
    **dict.fromkeys(("u", "[u]"), "unreliable"),
    **dict.fromkeys(("tbc", "tba", "due", "pending"), "not yet due"),
}
SMALL = re.compile(r"(?i)(?:<|≤|under|below|less than|fewer than|up to)\s*=?\s*\d+")
DASHES = {"-", "–", "—", "--", "‐", "−"}
NOTHING = {"null", "none", "nil", "nan", "(null)", "\\n", "#n/a n/a", "blank", "empty", "missing", "no data"}
FAILED = re.compile(r"#(N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)|Err:\d+|#+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and as much of its descriptor as advice on a cell needs."""

    name: str
    kind: str
    entry: Mapping[str, Any]
    missing: tuple[str, ...] = ("",)
    schema: Mapping[str, Any] = field(default_factory=dict)
    labelled: bool = True  # version 2 of the standard lets a mark carry its meaning
    descriptor: str = "datapackage.yaml"
    delimiter: str = ","


def find_column(resource: Resource, name: str, dataset: Dataset) -> Column:
    entry = declared_fields(resource).get(name, {})
    kind = next((f.type for f in resource.fields if f.name == name), "")
    return Column(
        name,
        kind,
        entry,
        missing_values(resource, name),
        resource.schema,
        "$schema" in dataset.descriptor,
        dataset.descriptor_path.rpartition("/")[2],
        resource.delimiter,
    )


def explain_mark(cell: str, column: Column) -> Words | None:
    plain = " ".join(cell.split()).lower()
    close = next((m for m in column.missing if m and m != cell and m.lower() == plain), None)
    if close is not None:
        return f'{quote(cell)} is not quite the mark "{close}" that the descriptor lists', f"Write {close}, exactly so."
    if not plain:
        return "the cell holds only spaces", "Empty it."
    if FAILED.fullmatch(cell.strip()):
        return explain_failed(cell, column)
    if plain in DASHES:
        fix = f"Write 0 if it means nought. If there is no figure: {declare(cell, NOT_AVAILABLE, column)}"
        return f"{quote(cell)} may mean nought or no figure, and nothing says which", fix
    if plain in NOTHING:
        fix = f"Empty the cell, or, if the mark has a meaning, {declare(cell, NOT_AVAILABLE, column)}"
        return f"{quote(cell)} is what a database writes for nothing", fix
    meaning = HIDDEN if SMALL.fullmatch(plain) else MEANINGS.get(plain)
    if meaning is None:
        return None
    reason = f"{quote(cell)} is a mark for a missing value, and the descriptor does not say so"
    return reason, start_sentence(declare(cell, meaning, column))


def explain_failed(cell: str, column: Column) -> Words:
    if set(cell.strip()) == {"#"}:
        return f"{quote(cell)} is a cell too narrow to show its number", "Widen the column and save again as CSV UTF-8."
    fix = "Mend the formula in the spreadsheet and save again as CSV UTF-8. If there is no figure, write x in the cell"
    known = "." if "x" in column.missing else f", and {declare('x', NOT_AVAILABLE, column)}"
    return f"{quote(cell)} is a formula that failed in the spreadsheet", fix + known


def declare(cell: str, meaning: str, column: Column) -> str:
    """The words to type, and where. In the field alone in version 2: another column may use the mark as a word."""
    mark = cell.strip()
    own, shared = column.entry.get("missingValues"), column.schema.get("missingValues")
    listed = own if isinstance(own, list) else shared if isinstance(shared, list) else None
    if listed:
        place = f'the field "{column.name}"' if listed is own else "this table"
        entry = make_entry(mark, meaning, column, labelled=any(isinstance(m, dict) for m in listed))
        return f"add {entry} to the missingValues of {place} in {column.descriptor}."
    entries = [make_entry("", "no figure", column, column.labelled), make_entry(mark, meaning, column, column.labelled)]
    name = '"missingValues"' if is_json(column) else "missingValues"
    if column.labelled:
        return f'write under the field "{column.name}" in {column.descriptor}: {name}: [{", ".join(entries)}]'
    where = f"write in the schema of this table in {column.descriptor}, beside fields"
    return f"{where}: {name}: [{', '.join(entries)}], and say in the description what {quote(mark)} means."


def make_entry(mark: str, meaning: str, column: Column, labelled: bool) -> str:
    quoted = json.dumps(mark, ensure_ascii=False)
    if not labelled:
        return quoted
    return (
        f'{{"value": {quoted}, "label": "{meaning}"}}' if is_json(column) else f"{{value: {quoted}, label: {meaning}}}"
    )


def is_json(column: Column) -> bool:
    return column.descriptor.endswith(".json")


def start_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
