"""Read a table for what it hides: which columns hold numbers, which cells are held back, what a reader knows of them.

In:  a Resource, with what its schema says.
Out: a `Table`. A cell is held back when it stands as `c`, `[c]`, `*`, `<5`, "suppressed", or as a missing value that
     the descriptor labels so. Blank, not available, not applicable and unreliable cells hide nobody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

from portal.model import Dataset, Resource
from portal.validate.recovery.equations import Cell, Unknown
from portal.validate.table.schemas import declared_fields, primary_key

PLAIN = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")
MARK = re.compile(r"\[?c\]?|\*{1,3}|suppressed|confidential|withheld|redacted", re.IGNORECASE)
NOTHING = re.compile(r"\[?z\]?", re.IGNORECASE)  # not applicable: adds nothing to a total
BELOW = re.compile(r"(?:<|less than|fewer than|under)\s*(\d{1,3})", re.IGNORECASE)
UP_TO = re.compile(r"(?:<=|≤|up to|at most)\s*(\d{1,3})", re.IGNORECASE)
SPAN = re.compile(r"(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})")
HELD_BACK = re.compile(r"confidential|suppress|disclos|withh|held back|redact|protect|small number", re.IGNORECASE)
NO_AMOUNT = re.compile(
    r"(^|[_\s-])(id|code|year|period|date|month|quarter|week|day|time|age|postcode|line|order)([_\s-]|$)", re.I
)
SHARE_WORDS = frozenset(
    "percent percentage pct share rate proportion ratio per mean average avg median rates %".split()
)
NUMBERS = {"integer", "number"}


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One file: `numbers` (nan where there is none) and `hidden` by column of numbers, in file order."""

    index: int
    resource: Resource
    numbers: Mapping[str, np.ndarray]
    hidden: Mapping[str, np.ndarray]
    texts: Mapping[str, np.ndarray]  # the cells without signs that are no part of the number
    places: Mapping[str, int]  # decimals
    dims: tuple[str, ...]
    bounds: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # mark -> least and most it can stand for

    @property
    def hides(self) -> bool:
        return any(mask.any() for mask in self.hidden.values())

    @property
    def frame(self) -> pd.DataFrame:
        return self.resource.frame

    def cell(self, row: int, name: str) -> Cell:
        return Cell(self.index, int(row), name)

    def exact(self, row: int, name: str) -> Fraction | None:
        number = self.numbers[name][row]
        if np.isnan(number):
            return None
        text = self.texts[name][row]
        return Fraction(text) if PLAIN.fullmatch(text) else Fraction(0)  # not applicable

    def is_whole(self, name: str) -> bool:
        """Counts are; percentages are rounded even when they are printed without decimals."""
        return self.places[name] == 0 and not is_share(name)

    def half(self, name: str) -> Fraction:
        """Half of the last printed decimal."""
        return Fraction(1, 2 * 10 ** self.places[name])

    def unknown(self, row: int, name: str) -> Unknown:
        whole, numbers = self.is_whole(name), self.numbers[name]
        negative = bool((numbers < 0).any())
        least = Fraction(-(10**15)) if negative else Fraction(0)
        if not self.hidden[name][row]:
            return Unknown(least, whole=whole, hidden=False)
        mark = " ".join(self.texts[name][row].lower().split())
        if mark in self.bounds:
            low, high = self.bounds[mark]
            floor = max(low, int((numbers == 0).any()))  # where noughts stand open, "<5" is none
            return Unknown(Fraction(low), Fraction(high), Fraction(floor), whole)
        return Unknown(least, floor=Fraction(int(whole and not negative)), whole=whole)


def is_share(name: str) -> bool:
    return bool(SHARE_WORDS & set(words_of(name)))


def words_of(name: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9%]+", name.lower().replace("%", " % ")) if word]


def read_tables(dataset: Dataset, skip: frozenset[str]) -> list[Table]:
    """Every file of the package that holds numbers; none when nothing is hidden in any."""
    tables = [
        read_table(number, resource)
        for number, resource in enumerate(dataset.resources)
        if resource.name not in skip and len(resource.frame) and resource.frame.columns.is_unique
    ]
    return tables if any(table.hides for table in tables) else []


def read_table(index: int, resource: Resource) -> Table:
    fields, keys = declared_fields(resource), primary_key(resource)
    numbers, hidden, texts, places = {}, {}, {}, {}
    bounds: dict[str, tuple[int, int]] = {}
    for known in resource.fields:
        name = known.name
        if name not in resource.frame.columns or name in keys or NO_AMOUNT.search(name):
            continue
        declared = fields.get(name, {})
        missing = declared.get("missingValues", resource.schema.get("missingValues")) or []
        column = read_column(resource.frame[name], declared, missing)
        if is_amount(known.type, column):
            numbers[name], hidden[name], texts[name], places[name] = (
                column.numbers,
                column.hidden,
                column.texts,
                column.places,
            )
            bounds |= column.bounds
    dims = tuple(str(name) for name in resource.frame.columns if name not in numbers)
    return Table(index, resource, numbers, hidden, texts, places, dims, bounds)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    numbers: np.ndarray
    hidden: np.ndarray
    texts: np.ndarray
    places: int
    bounds: dict[str, tuple[int, int]]
    strange: bool  # holds words that are neither numbers nor marks


def is_amount(kind: str, column: Column) -> bool:
    """Declared a number; or text only because of the marks among its numbers."""
    if kind in NUMBERS:
        return True
    return (
        kind in ("string", "any")
        and not column.strange
        and bool(column.hidden.any())
        and bool((~np.isnan(column.numbers)).any())
    )


def read_column(cells: pd.Series, declared: Mapping[str, Any], missing: list[Any]) -> Column:
    """Each different cell is read once: a long table holds few."""
    codes, different = pd.factorize(cells)
    plain = [clean(str(text), declared) for text in different]
    labelled = read_labels(missing)
    numbers = np.array([read_amount(text) for text in plain], dtype=float)
    bounds = {" ".join(t.lower().split()): found for t in plain if (found := read_bounds(t)) is not None}
    hides = np.array([is_mark(t, labelled, bounds) for t in plain], dtype=bool)
    strange = any(
        np.isnan(n) and not h and t and t not in labelled for n, h, t in zip(numbers, hides, plain, strict=True)
    )
    decimals = max((len(t.partition(".")[2].rstrip("0")) for t in plain if PLAIN.fullmatch(t)), default=0)
    texts = np.array(plain, dtype=object)
    return Column(numbers[codes], hides[codes], texts[codes], decimals, bounds, strange)


def clean(text: str, declared: Mapping[str, Any]) -> str:
    text = text.strip()
    if group := declared.get("groupChar"):
        text = text.replace(str(group), "")
    if (mark := declared.get("decimalChar")) and mark != ".":
        text = text.replace(str(mark), ".")
    return text.strip("£%$€ ") if declared.get("bareNumber") is False else text


def read_amount(text: str) -> float:
    if NOTHING.fullmatch(text):
        return 0.0
    return float(text) if PLAIN.fullmatch(text) else float("nan")


def read_labels(missing: list[Any]) -> dict[str, str]:
    """A declared missing value and what it means; without a label it means what such marks usually do."""
    return {
        str(m.get("value", "")) if isinstance(m, dict) else str(m): str(m.get("label", ""))
        if isinstance(m, dict)
        else ""
        for m in missing
    }


def is_mark(text: str, labelled: Mapping[str, str], bounds: Mapping[str, object]) -> bool:
    if not text or PLAIN.fullmatch(text):
        return False
    if labelled.get(text):
        return bool(HELD_BACK.search(labelled[text]))
    return bool(MARK.fullmatch(text)) or " ".join(text.lower().split()) in bounds


def read_bounds(text: str) -> tuple[int, int] | None:
    """What "<5" and "1 to 5" say of the number themselves."""
    if found := BELOW.fullmatch(text):
        return (0, int(found[1]) - 1) if int(found[1]) > 1 else None
    if found := UP_TO.fullmatch(text):
        return 0, int(found[1])
    if (found := SPAN.fullmatch(text)) and int(found[1]) < int(found[2]):
        return int(found[1]), int(found[2])
    return None
