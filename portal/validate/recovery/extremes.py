"""Linear rows among unknown cells: elimination, and the least and the most that they leave to each.

In:  Rows: factors of cells that add up to something between two ends; limits of each cell.
Out: more rows that follow from them; for each cell its least and most value. Exact fractions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from portal.validate.recovery.equations import Cell, Number

ZERO, ONE = Fraction(0), Fraction(1)
PIVOTS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    factors: dict[Cell, Fraction]
    low: Fraction
    high: Fraction
    why: frozenset[int]  # the equations it came from


def eliminate(rows: Sequence[Row]) -> list[Row]:
    """The reduced form of the exact rows: a cell that stands alone in one of them is worked out."""
    reduced: dict[Cell, Row] = {}  # the cell that leads a row, and in no other row
    for row in rows:
        if row.low == row.high:
            for leader in [cell for cell in row.factors if cell in reduced]:
                row = subtract(row, reduced[leader], leader)
            if row.factors:
                leader = min(row.factors)
                reduced = {c: subtract(r, row, leader) if leader in r.factors else r for c, r in reduced.items()}
                reduced[leader] = row
    return list(reduced.values())


def subtract(row: Row, other: Row, leader: Cell) -> Row:
    times = row.factors[leader] / other.factors[leader]
    factors = dict(row.factors)
    for cell, factor in other.factors.items():
        factors[cell] = factors.get(cell, ZERO) - times * factor
    left = row.low - times * other.low
    return Row({c: f for c, f in factors.items() if f}, left, left, row.why | other.why)


def find_extremes(
    rows: Sequence[Row], limits: Mapping[Cell, tuple[Number, Number]]
) -> dict[Cell, tuple[Number, Number]] | None:
    """None when nothing satisfies all rows. Cells are counted from their lower limit, which must be finite."""
    if any(not math.isfinite(low) for low, _ in limits.values()):
        return dict(limits)
    cells = list(limits)
    base = make_tableau(rows, cells, limits)
    if base is None:
        return None
    ends: dict[Cell, tuple[Number, Number]] = {}
    for index, cell in enumerate(cells):
        low, high = limits[cell]
        least, most = reach(base, index, -1), reach(base, index, 1)
        ends[cell] = (low if least is None else low - least, high if most is None else low + most)
    return ends


@dataclass(slots=True)
class Tableau:
    """The simplex method's table: `body` rows end in their right-hand side; `basis`: the column each row stands for."""

    body: list[list[Fraction]]
    basis: list[int]
    columns: int


def make_tableau(
    rows: Sequence[Row], cells: Sequence[Cell], limits: Mapping[Cell, tuple[Number, Number]]
) -> Tableau | None:
    """A first solution, found by driving artificial columns out; None when there is none."""
    wanted = list(make_inequalities(rows, cells, limits))
    slacks = sum(kind != "=" for _, _, kind in wanted)
    body, basis, used = [], [], len(cells)
    width = len(cells) + slacks
    for number, (factors, right, kind) in enumerate(wanted):
        line = [*factors, *([ZERO] * (slacks + len(wanted))), right]
        if kind != "=":
            line[used], used = ONE, used + 1
        if line[-1] < 0:
            line = [-value for value in line]
        line[width + number] = ONE
        body.append(line)
        basis.append(width + number)
    tableau = Tableau(body, basis, width + len(wanted))
    cost = [-ONE if width <= c else ZERO for c in range(tableau.columns)]
    if maximise(tableau, cost, tableau.columns) != 0:
        return None
    return drop_artificial(tableau, width)


def make_inequalities(
    rows: Sequence[Row], cells: Sequence[Cell], limits: Mapping[Cell, tuple[Number, Number]]
) -> list[tuple[list[Fraction], Fraction, str]]:
    """Each row as factors, right-hand side and = or <=."""
    wanted: list[tuple[list[Fraction], Fraction, str]] = []
    for row in rows:
        factors = [row.factors.get(cell, ZERO) for cell in cells]
        shift = sum((f * Fraction(limits[c][0]) for c, f in row.factors.items()), ZERO)
        if row.low == row.high:
            wanted.append((factors, row.low - shift, "="))
        else:
            wanted.append((factors, row.high - shift, "<="))
            wanted.append(([-f for f in factors], shift - row.low, "<="))
    for index, cell in enumerate(cells):
        low, high = limits[cell]
        if math.isfinite(high):
            unit = [ONE if i == index else ZERO for i in range(len(cells))]
            wanted.append((unit, Fraction(high) - Fraction(low), "<="))
    return wanted


def drop_artificial(tableau: Tableau, width: int) -> Tableau:
    keep = []
    for number in range(len(tableau.body)):
        if tableau.basis[number] >= width:
            entering = next((c for c in range(width) if tableau.body[number][c]), None)
            if entering is None:
                continue  # the row says nothing new
            pivot(tableau, number, entering)
        keep.append(number)
    body = [[*tableau.body[n][:width], tableau.body[n][-1]] for n in keep]
    return Tableau(body, [tableau.basis[n] for n in keep], width)


def reach(base: Tableau, index: int, sign: int) -> Fraction | None:
    """How far a column can go up (sign 1), or how low it must stay (-1, as a negative number); None: no end."""
    copy = Tableau([list(line) for line in base.body], list(base.basis), base.columns)
    cost = [Fraction(sign) if c == index else ZERO for c in range(base.columns)]
    return maximise(copy, cost, base.columns)


def maximise(tableau: Tableau, cost: Sequence[Fraction], columns: int) -> Fraction | None:
    """Bland's rule, which cannot run in circles. None: no end, or none found in PIVOTS steps."""
    for _ in range(PIVOTS):
        gain = list(cost)
        total = ZERO
        for line, column in zip(tableau.body, tableau.basis, strict=True):
            if cost[column]:
                total += cost[column] * line[-1]
                gain = [g - cost[column] * value for g, value in zip(gain, line[:-1], strict=True)]
        entering = next((c for c in range(columns) if gain[c] > 0), None)
        if entering is None:
            return total
        ratios = [
            (line[-1] / line[entering], tableau.basis[n], n)
            for n, line in enumerate(tableau.body)
            if line[entering] > 0
        ]
        if not ratios:
            return None
        pivot(tableau, min(ratios)[2], entering)
    return None


def pivot(tableau: Tableau, number: int, entering: int) -> None:
    line = tableau.body[number]
    times = line[entering]
    line = tableau.body[number] = [value / times for value in line]
    for other, values in enumerate(tableau.body):
        if other != number and values[entering]:
            by = values[entering]
            tableau.body[other] = [v - by * w for v, w in zip(values, line, strict=True)]
    tableau.basis[number] = entering
