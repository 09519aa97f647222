"""Which cells of one file stand in another file of the package, or add up to one there?

In:  the Tables of a package.
Out: equations between cells of two files that hold a column of the same name, for the same rows.

Rows belong together when they agree in every column of words that both files have. What a file breaks down further must
add up, or stand there as a row named Total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from portal.validate.recovery.equations import Equation, make_sum
from portal.validate.recovery.hidden import Table
from portal.validate.recovery.totals import DOUBT, NAMED, TERMS, drop_levels

SAMPLE = 400


def find_across(tables: Sequence[Table]) -> Iterator[Equation]:
    for one in tables:
        for other in tables:
            if one.index != other.index:
                for field in [name for name in one.numbers if name in other.numbers]:
                    if one.hidden[field].any() or other.hidden[field].any():
                        yield from compare(one, other, field)


def compare(fine: Table, rough: Table, field: str) -> Iterator[Equation]:
    """`fine` may break down what `rough` holds in one row."""
    shared = [name for name in fine.dims if name in rough.dims]
    extra = [name for name in drop_levels(fine) if name not in shared and not is_second_name(fine, name, shared)]
    if not shared or any(name not in shared and not is_second_name(rough, name, shared) for name in drop_levels(rough)):
        return
    if not extra and fine.index > rough.index:
        return  # the same pair the other way round
    chosen, form = choose_rows(fine, extra)
    pairs = choose_pairs(match(fine, rough, shared, chosen), fine.hidden[field], rough.hidden[field])
    made = [make_pair(fine, rough, field, row, rows, form) for row, rows in pairs if form == "across" or len(rows) == 1]
    complete = [equation for equation in made if not equation.terms]
    held = sum(equation.low <= 0 <= equation.high for equation in complete)
    if held >= DOUBT * (len(complete) - held) and (held or form == "same"):
        yield from (e for e in made if e.terms and len(e.terms) <= TERMS)


def is_second_name(table: Table, name: str, shared: Sequence[str]) -> bool:
    """A column that the shared ones decide: a label beside a code."""
    if not shared:
        return False
    return bool((table.frame.groupby(list(shared), sort=False)[name].nunique() <= 1).all())


def choose_rows(fine: Table, extra: Sequence[str]) -> tuple[np.ndarray, str]:
    """The row of the total where there is one; else all rows, which must add up."""
    totals = np.ones(len(fine.frame), dtype=bool)
    for name in extra:
        named = [m for m in pd.unique(fine.frame[name]) if not str(m).strip() or NAMED.fullmatch(str(m).strip())]
        totals &= fine.frame[name].isin(named).to_numpy()
    everything = np.ones(len(fine.frame), dtype=bool)
    return (totals, "same") if totals.any() else (everything, "across")


def match(fine: Table, rough: Table, shared: list[str], chosen: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """A row of the rough file, unless it stands there twice, and the rows of the fine one that belong to it."""
    both = pd.concat([fine.frame[shared], rough.frame[shared]], ignore_index=True)
    group = both.groupby(shared, sort=False).ngroup().to_numpy()
    mine, theirs = group[: len(fine.frame)], group[len(fine.frame) :]
    rows = np.flatnonzero(chosen)
    order = rows[np.argsort(mine[rows], kind="stable")]
    starts = np.searchsorted(mine[order], theirs, "left")
    ends = np.searchsorted(mine[order], theirs, "right")
    once = np.bincount(theirs, minlength=group.max() + 1)[theirs] == 1
    for row in np.flatnonzero(once & (ends > starts)):
        yield int(row), order[starts[row] : ends[row]]


def choose_pairs(
    pairs: Iterator[tuple[int, np.ndarray]], fine: np.ndarray, rough: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """All that hide something, and enough of the others to see whether the files agree."""
    seen = 0
    for row, rows in pairs:
        hides = rough[row] or fine[rows].any()
        seen += not hides
        if hides or seen <= SAMPLE:
            yield row, rows


def make_pair(fine: Table, rough: Table, field: str, row: int, rows: np.ndarray, form: str) -> Equation:
    result, parts = rough.cell(row, field), tuple(fine.cell(r, field) for r in rows)
    known = {c: v for c in parts if (v := fine.exact(c.row, field)) is not None}
    if (value := rough.exact(row, field)) is not None:
        known[result] = value
    whole = fine.is_whole(field) and rough.is_whole(field)
    slack = Fraction(0) if whole else max(fine.half(field), rough.half(field)) * (len(parts) + 1)
    return make_sum("same" if len(parts) == 1 else form, result, parts, known, slack)
