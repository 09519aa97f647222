"""Where does each quantity of a finished page come from?

In:  the passages of a page, and what the published files hold.
Out: for each quantity the way it was resolved, or `UNBOUND`, or `NO_DAY` for a date that no published file names.

What the words say by themselves is asked first: a day of the data, a declared class, a constant, a whole cell that the
page repeats word for word. `around` answers for the rest. "It stands somewhere in the data" is no answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.nofigures import CLASSES
from portal.quantities import DATE, Quantity, constant_pattern, find_constants, find_quantities
from portal.verify.around import Surroundings
from portal.verify.known import Known
from portal.verify.own import OWN
from portal.verify.spoken import Passage

UNBOUND, NO_DAY = "unbound", "no-day"
DAY, CLASS, CONSTANT, CELL = "date", "class", "constant", "cell"
NAME = re.compile(r"(?<![^\W_])[A-Za-z]{1,4}\d+\b")  # "CC0", "Q4": no number stands in a name
LONG = 8  # letters: "2.0 Background" is a quotation, "Q4" is none
LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Resolved:
    quantity: Quantity
    way: str


class Resolver:
    """Reads a passage once, however many pages repeat it."""

    def __init__(self, known: Known, rules: Collection[str] = ()) -> None:
        self.known = known
        self._seen: dict[str, tuple[Resolved, ...]] = {}
        self._phrases = tuple(text for text in (*known.constants, *OWN, *rules) if text.strip())
        self._cells = index_cells(known.texts)

    def resolve(self, passage: Passage, around: Surroundings) -> Iterator[Resolved]:
        found = self._seen.get(passage.text)
        if found is None:
            found = self._seen[passage.text] = tuple(self.read_words(passage.text))
        for one in found:
            open_ = one.way in (UNBOUND, NO_DAY)
            way = around.find(one.quantity, passage) if open_ else ""
            yield Resolved(one.quantity, way) if way else one

    def read_words(self, text: str) -> Iterator[Resolved]:
        quantities = list(find_quantities(text))
        if not quantities:
            return
        spans = [(m.start(), m.end(), DAY if self.known.has_day(m[0]) else NO_DAY) for m in DATE.finditer(text)]
        spans += [(m.start(), m.end(), CLASS) for kind in CLASSES for m in kind.pattern.finditer(text)]
        spans += [(m.start(), m.end(), CLASS) for m in NAME.finditer(text)]
        spans += [(*span, CONSTANT) for span in find_constants(text, quantities, self._phrases)]
        for quantity in quantities:
            ways = [way for start, end, way in spans if start <= quantity.start and quantity.end <= end]
            way = ways[0] if ways else UNBOUND
            if way in (UNBOUND, NO_DAY) and self.is_quoted(quantity, text):
                way = CELL
            yield Resolved(quantity, way)

    def constants_in(self, text: str) -> list[str]:
        """The declared phrases that a text uses."""
        return [" ".join(found[0].lower().split()) for found in any_of(self._phrases).finditer(text)]

    def is_quoted(self, quantity: Quantity, text: str) -> bool:
        """Whether it stands within a whole cell that the passage repeats word for word."""
        low = text.lower()
        for cell, start in self._cells.get(quantity.text.lower(), ()):
            begin = quantity.start - start
            if begin >= 0 and low.startswith(cell, begin) and stands_alone(low, begin, begin + len(cell)):
                return True
        return False


@lru_cache(maxsize=8)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    patterns = sorted((constant_pattern(text).pattern for text in phrases), key=len, reverse=True)
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def stands_alone(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def index_cells(texts: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    """Quantity -> the cells with words that hold it, and where in there it stands.

    A cell that is a number and nothing more is no quotation: "4" stands everywhere.
    """
    index: dict[str, list[tuple[str, int]]] = {}
    for text in texts:
        cell = " ".join(text.split()).rstrip(".").lower()
        words = LETTERS.findall(cell)
        if len(words) >= 2 or len("".join(words)) >= LONG:
            for quantity in find_quantities(cell):
                index.setdefault(quantity.text, []).append((cell, quantity.start))
    return index
