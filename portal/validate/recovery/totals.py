"""Which rows of a table are the total of others?

In:  a `Table`.
Out: a `Split` for each way in which rows add up, and the equations of those groups that hide a cell.

A total is known by its name (Total, All children, Both sexes, an empty cell), or by its numbers: it is the sum of the
others wherever everything is shown, three times at least. A name that the numbers contradict is no total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from portal.validate.recovery.equations import Equation, make_sum
from portal.validate.recovery.hidden import Table, is_share

NAMED = re.compile(
    r"(grand |sub-?|over)?totals?|all( \w+){0,3}|both( \w+)?|persons|people|overall|sum|everyone|any|combined"
    r"|[a-z ]+ total|total [a-z ]+",
    re.IGNORECASE,
)
ENOUGH, DOUBT = 3, 9  # groups that show it; how many must hold for each that does not
MANY = 30  # members of a column among which an unnamed total is looked for
TERMS = 40  # unknown cells of one total: with more, nothing comes of it


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """One column's total against its other members, within groups that are alike in the key columns."""

    field: str
    keys: tuple[str, ...]
    group: np.ndarray  # the group each row is in
    is_total: np.ndarray
    is_part: np.ndarray
    total_row: np.ndarray  # by group: the row of the one total, or -1
    named: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    held: int
    broken: int
    slack: float  # by part: how far rounding moves the sum
    coarse: bool


def find_splits(table: Table) -> Iterator[Split]:
    dims = drop_levels(table)
    codes = {name: pd.factorize(table.frame[name])[0] for name in dims}
    free = {(name, key) for name in dims for key in dims if name != key and is_free(codes[key], codes[name])}
    groups: dict[tuple[str, ...], np.ndarray] = {}
    for name in dims:
        members = list(pd.unique(table.frame[name]))
        named = [m for m in members if not str(m).strip() or NAMED.fullmatch(str(m).strip())]
        if "" in members and len(members) > 2:
            named = [""]
        chosen = named or [m for m in members if len(members) <= MANY and may_be_total(table, name, m)]
        for member in chosen:
            is_total = (table.frame[name] == member).to_numpy()
            is_part = ~table.frame[name].isin(named or [member]).to_numpy()
            keys = find_keys(name, codes, free, is_total, is_part)
            if keys not in groups:
                groups[keys] = group_rows(table, keys)
            yield make_split(name, keys, groups[keys], is_total, is_part, bool(named))


def is_free(key: np.ndarray, name: np.ndarray) -> bool:
    """Whether rows of one member differ in the key column: then it is no second name of the member."""
    pairs = pd.unique(name.astype(np.int64) * (int(key.max()) + 1) + key)
    return len(pairs) > len(pd.unique(name))


def may_be_total(table: Table, name: str, member: object) -> bool:
    """As large as all others together, or nearly: cheap to see."""
    chosen = (table.frame[name] == member).to_numpy()
    fields = [field for field, mask in table.hidden.items() if mask.any()]
    sums = [(np.nansum(table.numbers[f][chosen]), np.nansum(table.numbers[f][~chosen])) for f in fields]
    return any(own > 0 and own >= 0.9 * others for own, others in sums)


def find_keys(
    name: str, codes: dict[str, np.ndarray], free: set[tuple[str, str]], is_total: np.ndarray, is_part: np.ndarray
) -> tuple[str, ...]:
    """Not a code or a second name of the member itself, whose words for totals and parts have nothing in common."""
    others = [key for key in codes if key != name]
    return tuple(
        key
        for key in others
        if (name, key) in free or bool(np.isin(pd.unique(codes[key][is_part]), codes[key][is_total]).any())
    )


def group_rows(table: Table, keys: tuple[str, ...]) -> np.ndarray:
    if not keys:
        return np.zeros(len(table.frame), dtype=int)
    return table.frame.groupby(list(keys), sort=False).ngroup().to_numpy()


def drop_levels(table: Table) -> tuple[str, ...]:
    """Without columns such as "geographic_level", that only say which of the others are empty."""
    varied = [name for name in table.dims if table.frame[name].nunique() > 1]
    empty = pd.DataFrame({name: table.frame[name] == "" for name in varied})
    holes = [name for name in varied if empty[name].any()]
    if not holes:
        return tuple(varied)
    pattern = empty[holes].groupby(holes, sort=False).ngroup()
    if pattern.nunique() < 2:
        return tuple(varied)
    levels = {
        name
        for name in varied
        if name not in holes
        and table.frame[name].nunique() > 1
        and (table.frame[name].groupby(pattern).nunique() == 1).all()
    }
    return tuple(name for name in varied if name not in levels)


def make_split(
    name: str, keys: tuple[str, ...], group: np.ndarray, is_total: np.ndarray, is_part: np.ndarray, named: bool
) -> Split:
    count = int(group.max()) + 1
    total_row = np.full(count, -1)
    total_row[group[is_total]] = np.flatnonzero(is_total)
    total_row[np.bincount(group[is_total], minlength=count) != 1] = -1
    return Split(name, keys, group, is_total, is_part, total_row, named)


def sum_groups(table: Table, split: Split, field: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """By group: the total, the sum of the shown parts, how many parts there are, and how many have no number."""
    numbers, count = table.numbers[field], len(split.total_row)
    parts = split.group[split.is_part]
    values = numbers[split.is_part]
    sums = np.bincount(parts, weights=np.nan_to_num(values), minlength=count)
    many = np.bincount(parts, minlength=count)
    without = np.bincount(parts, weights=np.isnan(values), minlength=count)
    total = np.where(split.total_row >= 0, numbers[split.total_row], np.nan)
    return total, sums, many, without


def weigh(table: Table, split: Split, field: str) -> Evidence:
    """Does the total add up wherever everything is shown: exactly, within the decimals, or within rounded fives?"""
    total, sums, many, without = sum_groups(table, split, field)
    whole = ~np.isnan(total) & (without == 0) & (many > 1) & ((total != 0) | (sums != 0))
    unit = 10.0 ** -table.places[field]
    off = np.abs(total - sums)[whole]
    exact = table.is_whole(field)
    fine = np.zeros(len(off)) if exact else 0.5 * unit * (many[whole] + 1)
    held = int((off <= fine + unit / 1000).sum())
    base = rounding(table.numbers[field][split.is_total]) if exact else 1
    if base > 1 and held < len(off):
        part = rounding(table.numbers[field][split.is_part])
        loose = 0.5 * base + (0.5 * part * many[whole] if part > 1 else 0)
        return Evidence(int((off <= loose).sum()), int((off > loose).sum()), base, True)
    if base > 1 and not len(off):
        return Evidence(0, 0, base, True)
    return Evidence(held, len(off) - held, 0.0 if exact else unit, False)


def rounding(values: np.ndarray) -> int:
    """1, or what all values are a multiple of: five different ones at least, or it is chance."""
    different = np.unique(np.abs(values[~np.isnan(values) & (values != 0)]))
    if len(different) < 5:
        return 1
    return next((base for base in (1000, 100, 10, 5) if (different % base == 0).all()), 1)


def accepts(table: Table, split: Split, field: str) -> Evidence | None:
    own = weigh(table, split, field)
    if own.held + own.broken:
        believed = own.held >= DOUBT * own.broken and (split.named or own.held >= ENOUGH)
        return own if believed else None
    if not split.named or (is_share(field) and not makes_hundred(table, split, field)):
        return None
    like = [weigh(table, split, f) for f in table.numbers if f != field and not is_share(f)]
    return own if sum(e.broken for e in like) <= sum(e.held for e in like) else None


def makes_hundred(table: Table, split: Split, field: str) -> bool:
    totals = table.numbers[field][split.is_total]
    return bool(len(totals)) and bool((totals == 100).all())


def find_total_equations(table: Table, split: Split) -> Iterator[Equation]:
    for field, mask in table.hidden.items():
        if not mask.any() or (evidence := accepts(table, split, field)) is None:
            continue
        touched = np.unique(split.group[mask & (split.is_part | split.is_total)])
        wanted = np.isin(split.group, touched) & split.is_part
        rows = np.flatnonzero(wanted)
        rows = rows[np.argsort(split.group[rows], kind="stable")]
        cuts = np.flatnonzero(np.diff(split.group[rows])) + 1
        for members in np.split(rows, cuts):
            if len(members) and split.total_row[split.group[members[0]]] >= 0:
                equation = make_total(table, split, field, members, evidence)
                if equation is not None:
                    yield equation


def make_total(table: Table, split: Split, field: str, members: np.ndarray, evidence: Evidence) -> Equation | None:
    if int(np.isnan(table.numbers[field][members]).sum()) > TERMS:
        return None
    result = table.cell(split.total_row[split.group[members[0]]], field)
    parts = tuple(table.cell(row, field) for row in members)
    known = {c: v for c in (result, *parts) if (v := table.exact(c.row, field)) is not None}
    own = rounding(table.numbers[field][split.is_part]) if evidence.coarse else 1
    parted = own if own > 1 else 0
    width = evidence.slack + parted * len(parts) if evidence.coarse else evidence.slack * (len(parts) + 1)
    slack = Fraction(width).limit_denominator(10**12) / 2
    return make_sum("rows", result, parts, known, slack, evidence.coarse, name_group(table, split, result.row))


def name_group(table: Table, split: Split, row: int) -> str:
    """What the rows of a group have in common, as their cells say it."""
    words = [str(table.frame[key].iloc[row]) for key in split.keys]
    return ", ".join(dict.fromkeys(word for word in words if word))[:80]
