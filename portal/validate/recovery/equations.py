"""What ties cells together: "these rows add up to that total", "this percentage is that count over that base".

In:  nothing; these are the values that the rooms of the recovery check hand to one another.
Out: `Cell`, what is known of an `Unknown` one, and an `Equation` among cells, of which only the unknown ones are terms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

Number = Fraction | float  # a float only as plus or minus infinity


class Cell(NamedTuple):
    """One cell of a package: which file, which record (counted from 0), which column."""

    table: int
    row: int
    field: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """What a reader knows of a cell without a number.

    `hidden`: held back on purpose. Other cells without a number (not available, unreliable) take part in sums, and are
    never accused. `floor` is 1 where a nought would stand open; a total that cannot be true with it makes it 0.
    """

    low: Fraction = Fraction(0)
    high: Number = float("inf")
    floor: Fraction = Fraction(0)
    whole: bool = True  # people are whole; full-time equivalents and percentages are not
    hidden: bool = True


@dataclass(frozen=True, slots=True)
class Equation:
    """The terms, each cell with its factor, add up to something from `low` to `high`.

    `result` is the cell that `parts` make: a total, a percentage, or the same number printed elsewhere. They stand here
    for the message, whether known or not.
    """

    form: str  # rows, columns, share, same, across, check
    result: Cell
    parts: tuple[Cell, ...]
    terms: Mapping[Cell, Fraction]
    low: Fraction
    high: Fraction
    slack: Fraction = Fraction(0)  # how far the rounding of the printed decimals moves it either way
    coarse: bool = False  # rounded to whole fives or tens: what it leaves open is meant to protect
    group: str = ""  # "2024, Salford"


def make_sum(
    form: str,
    result: Cell,
    parts: tuple[Cell, ...],
    known: Mapping[Cell, Fraction],
    slack: Fraction = Fraction(0),
    coarse: bool = False,
    group: str = "",
) -> Equation:
    """parts = result, as far as the cells are known; what is left over is said of the unknown ones."""
    terms = {cell: Fraction(1) for cell in parts if cell not in known}
    left = -sum((known[cell] for cell in parts if cell in known), Fraction(0))
    if result in known:
        left += known[result]
    else:
        terms[result] = Fraction(-1)
    return Equation(form, result, parts, terms, left - slack, left + slack, slack, coarse, group)
