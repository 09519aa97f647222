"""Work out hidden cells as a patient reader would.

In:  Equations, and what is known of each unknown cell.
Out: the cells that can be worked out, each with the equations it takes: one where one is enough.

Everything is exact: fractions, no floats. Cells that share an equation, however indirectly, form a group. One of up to
LIMIT unknown cells is solved as a whole: elimination, then limits that are narrowed until nothing moves, then the least
and the most that all equations leave to a cell (linear programming, up to EXACT cells). Larger groups: each equation by
itself, again and again, no elimination. Not searched: combinations of whole numbers beyond these limits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.validate.recovery.equations import Cell, Equation, Number, Unknown
from portal.validate.recovery.extremes import Row, eliminate, find_extremes

LIMIT = 60
EXACT = 14
ROUNDS = 30
NEAR = 2  # a count that is one of two numbers is as good as told, where only rounding stands between


@dataclass(slots=True)
class Limits:
    """What is known of a cell so far, and the equations that narrowed it."""

    low: Number
    high: Number
    why: frozenset[int] = frozenset()
    together: bool = False  # all equations at once narrowed it


Known = dict[Cell, Limits]


def find_given_away(
    equations: Sequence[Equation], unknowns: Mapping[Cell, Unknown]
) -> dict[Cell, tuple[Equation, ...]]:
    """In order of cell."""
    usable = [e for e in equations if e.terms and is_believable(e, unknowns)]
    found: dict[Cell, tuple[Equation, ...]] = {}
    for equation in sorted(usable, key=lambda e: len(e.parts)):
        for cell in solve([equation], unknowns):
            found.setdefault(cell, (equation,))
    for group in find_groups(usable):
        if len(group) > 1:
            for cell, way in solve(group, unknowns).items():
                found.setdefault(cell, way)
    return dict(sorted(found.items()))


def is_believable(equation: Equation, unknowns: Mapping[Cell, Unknown]) -> bool:
    """A total that is the sum of the shown cells leaves the hidden ones out: a spreadsheet's sum does so by itself."""
    low, high = start([equation], unknowns, floors=False), equation.high
    if all(factor > 0 for factor in equation.terms.values()):
        least = sum((factor * low[cell].low for cell, factor in equation.terms.items()), Fraction(0))
        left_out = high == 0 == equation.low and all(unknowns[cell].floor > 0 for cell in equation.terms)
        return high >= least and not left_out
    return True


def find_groups(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Equations that share a cell, however indirectly, in order of their first."""
    parent = {cell: cell for e in equations for cell in e.terms}

    def root(cell: Cell) -> Cell:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    for equation in equations:
        first, *others = equation.terms
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[Cell, list[Equation]] = {}
    for equation in equations:
        groups.setdefault(root(next(iter(equation.terms))), []).append(equation)
    return list(groups.values())


def solve(equations: Sequence[Equation], unknowns: Mapping[Cell, Unknown]) -> dict[Cell, tuple[Equation, ...]]:
    """First with every hidden cell at least at its floor; where that cannot be, with noughts allowed."""
    for floors in (True, False):
        known = narrow(equations, start(equations, unknowns, floors))
        if known is not None:
            return {
                cell: tuple(equations[i] for i in sorted(limits.why))
                for cell, limits in known.items()
                if unknowns[cell].hidden and is_told(limits, unknowns[cell], equations)
            }
    return {}


def start(equations: Iterable[Equation], unknowns: Mapping[Cell, Unknown], floors: bool) -> Known:
    cells = dict.fromkeys(cell for equation in equations for cell in equation.terms)
    return {cell: Limits(max(u.low, u.floor) if floors else u.low, u.high) for cell in cells for u in [unknowns[cell]]}


def narrow(equations: Sequence[Equation], known: Known) -> Known | None:
    """None when the equations contradict one another or what is known."""
    rows = [Row(dict(e.terms), e.low, e.high, frozenset((i,))) for i, e in enumerate(equations)]
    if len(rows) > 1 and len(known) <= LIMIT:
        rows += eliminate(rows)
    if not propagate(rows, known):
        return None
    if len(rows) > 1 and len(known) <= EXACT:
        return tighten(rows[: len(equations)], known)
    return known


def propagate(rows: Sequence[Row], known: Known) -> bool:
    """Narrow until nothing moves; False when nothing is left of a cell."""
    for _ in range(ROUNDS):
        moved = False
        for row in rows:
            for cell in row.factors:
                moved |= narrow_one(row, cell, known)
                if known[cell].low > known[cell].high:
                    return False
        if not moved:
            break
    return True


def narrow_one(row: Row, cell: Cell, known: Known) -> bool:
    """What the other cells of a row leave to this one."""
    least, most = span(row, cell, known)
    factor, limits = row.factors[cell], known[cell]
    ends = sorted(((row.low - most) / factor, (row.high - least) / factor))
    low, high = max(limits.low, ends[0]), min(limits.high, ends[1])
    if (low, high) == (limits.low, limits.high):
        return False
    others = (known[other].why for other in row.factors if other != cell)
    limits.low, limits.high, limits.why = low, high, limits.why.union(row.why, *others)
    return True


def span(row: Row, without: Cell, known: Known) -> tuple[Number, Number]:
    least: Number = Fraction(0)
    most: Number = Fraction(0)
    for cell, factor in row.factors.items():
        if cell != without:
            ends = sorted((factor * known[cell].low, factor * known[cell].high))
            least, most = least + ends[0], most + ends[1]
    return least, most


def tighten(rows: Sequence[Row], known: Known) -> Known | None:
    """The least and the most that all rows together leave to each cell that is still open."""
    everything = frozenset().union(*(row.why for row in rows))
    ends = find_extremes(rows, {cell: (limits.low, limits.high) for cell, limits in known.items()})
    if ends is None:
        return None
    for cell, (low, high) in ends.items():
        limits = known[cell]
        if (low, high) != (limits.low, limits.high):
            known[cell] = Limits(low, high, everything, together=True)
    return known


def is_told(limits: Limits, unknown: Unknown, equations: Sequence[Equation]) -> bool:
    """Whether what is left open of a cell is too little to protect anybody."""
    used = [equations[i] for i in limits.why]
    if not used or not math.isfinite(limits.high) or not math.isfinite(limits.low):
        return False
    if unknown.whole:
        left = math.floor(limits.high) - math.ceil(limits.low) + 1
        rounded = any(e.form in ("share", "check") and e.slack for e in used) and not limits.together
        return 1 <= left <= (NEAR if rounded else 1)
    if limits.together:
        return limits.high == limits.low
    return limits.high - limits.low <= 2 * sum(e.slack for e in used) and not any(e.coarse for e in used)
