"""Which columns of a table are made of others: a total of columns, a percentage, a rate?

In:  a `Table`, and how its rows add up.
Out: equations of the rows that hide a cell, and a `Link` for each share or rate and the count it is made of.

Names help; numbers decide. A relation is believed when it holds in the rows that show everything, nine times at least
for each row where it does not. Where no row shows everything, the name alone must do: "total", "children_percent".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from portal.validate.recovery.equations import Cell, Equation, make_sum
from portal.validate.recovery.hidden import SHARE_WORDS, Table, is_share, words_of
from portal.validate.recovery.totals import DOUBT, ENOUGH, Split, accepts, rounding

TOTAL_WORDS = {"total", "totals", "all", "both", "overall", "persons", "people", "sum"}
BASE_WORDS = {"population", "base", "denominator", "cohort", "total", "all", "eligible"}
COMMON_WORDS = {"number", "count", "n", "no", "num", "of"}
MOST_COLUMNS = 40
SAMPLE = 400
FAR = Fraction(10**15)


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """`share` = `count` / base x `times`. Without a base the share is known to be of the count, and no more."""

    count: str
    share: str
    times: int = 0
    base: str = ""  # a column of the same row
    split: Split | None = None  # or the count of the group's total row


def find_column_sums(table: Table) -> Iterator[Equation]:
    names = [name for name in table.numbers if not is_share(name)][:MOST_COLUMNS]
    hiding = {name for name in names if table.hidden[name].any()}
    for total in names if hiding else ():
        for parts in find_parts(table, names, total):
            if hiding & {total, *parts}:
                yield from make_column_sums(table, total, parts)


def find_parts(table: Table, names: Sequence[str], total: str) -> Iterator[tuple[str, ...]]:
    """Neighbouring columns, or any two, that add up to this one."""
    others = [name for name in names if name != total]
    place = names.index(total)
    runs = [tuple(names[i:j]) for i in range(len(names)) for j in range(i + 2, len(names) + 1) if not i <= place < j]
    runs += [tuple(others)] if len(others) > 1 else []
    runs += [(a, b) for i, a in enumerate(others) for b in others[i + 1 :]]
    named = bool(TOTAL_WORDS & set(words_of(total)))
    sums, believed = Sums(table, names), False
    for parts in dict.fromkeys(runs):
        held, broken = sums.weigh(total, parts)
        if held >= DOUBT * broken and held >= (1 if named else ENOUGH + 1):
            believed = True
            yield parts
    before, after = tuple(names[:place]), tuple(names[place + 1 :])
    guess = before if len(before) > 1 else after
    if named and not believed and len(guess) > 1 and sums.weigh(total, guess) == (0, 0):
        yield guess


class Sums:
    """Some rows of the table as running sums, so that any run of columns is summed at once."""

    def __init__(self, table: Table, names: Sequence[str]) -> None:
        step = max(1, len(table.frame) // SAMPLE)
        self.columns = {name: table.numbers[name][::step] for name in names}
        self.slack = {name: 0.0 if table.is_whole(name) else float(table.half(name)) for name in names}
        self.coarse = {name: rounding(table.numbers[name]) if table.is_whole(name) else 1 for name in names}

    def weigh(self, total: str, parts: Sequence[str]) -> tuple[int, int]:
        """How many different rows add up, and how many rows do not."""
        columns = np.stack([self.columns[name] for name in parts])
        made, printed = columns.sum(axis=0), self.columns[total]
        shown = ~np.isnan(made) & ~np.isnan(printed) & (printed != 0)
        off = np.abs(made - printed)
        loose = sum(self.slack[n] + (self.coarse[n] / 2 if self.coarse[n] > 1 else 0) for n in (total, *parts))
        fits = shown & (off <= loose + 1e-6)
        telling = fits & ((columns != 0).sum(axis=0) > 1)
        return len({tuple(row) for row in columns[:, telling].T}), int((shown & ~fits).sum())


def make_column_sums(table: Table, total: str, parts: tuple[str, ...]) -> Iterator[Equation]:
    whole = all(table.is_whole(name) for name in (total, *parts))
    bases = [rounding(table.numbers[name]) if whole else 1 for name in (total, *parts)]
    coarse = any(base > 1 for base in bases)
    slack = sum((Fraction(b, 2) for b in bases if b > 1), Fraction(0))
    slack += Fraction(0) if whole else sum((table.half(n) for n in (total, *parts)), Fraction(0))
    touched = np.logical_or.reduce([table.hidden[name] for name in (total, *parts)])
    for row in np.flatnonzero(touched).tolist():
        cells = [table.cell(row, name) for name in (total, *parts)]
        known = {c: v for c in cells if (v := table.exact(row, c.field)) is not None}
        yield make_sum("columns", cells[0], tuple(cells[1:]), known, slack, coarse)


def find_links(table: Table, splits: Sequence[Split]) -> Iterator[Link]:
    """Shares and rates of every column that hides a cell, the surest base first."""
    for count in [name for name, mask in table.hidden.items() if mask.any() and not is_share(name)]:
        for share in [name for name in table.numbers if name != count and (is_share(name) or table.places[name])]:
            bases = [Link(count, share, 0, name) for name in table.numbers if name not in (count, share)]
            bases += [Link(count, share, 0, "", s) for s in splits if s.named or accepts(table, s, count)]
            found = [link for base in bases if (link := fit(table, base)) is not None]
            named = is_share(share) and is_named_after(table, share, count)
            yield from found or ([Link(count, share)] if named else [])


def is_named_after(table: Table, share: str, count: str) -> bool:
    """children_percent is of children; "percent" of the only count there is."""
    plain = [w for w in words_of(share) if w not in SHARE_WORDS | COMMON_WORDS and not w.isdigit()]
    if plain:
        return sorted(plain) == sorted(w for w in words_of(count) if w not in COMMON_WORDS)
    bases = {name for name in table.numbers if BASE_WORDS & set(words_of(name))}
    return [name for name in table.numbers if not is_share(name) and name not in bases] == [count]


def base_numbers(table: Table, link: Link) -> np.ndarray:
    if link.split is None:
        return table.numbers[link.base]
    rows = link.split.total_row[link.split.group]
    return np.where((rows >= 0) & link.split.is_part, table.numbers[link.count][rows], np.nan)


def fit(table: Table, link: Link) -> Link | None:
    """The link with its factor (100, 10,000 …), when the rows that show everything agree, or names leave no doubt."""
    count, share, base = table.numbers[link.count], table.numbers[link.share], base_numbers(table, link)
    half = float(table.half(link.share))
    shown = ~np.isnan(count) & ~np.isnan(share) & ~np.isnan(base)
    telling = shown & (count > 0) & (base > 0) & (share > 2 * half)
    if not telling.any():
        return guess(table, link) if not shown.any() else None
    times = nearest_power(float(np.median(share[telling] * base[telling] / count[telling])))
    if times is None:
        return None
    off = np.abs(share[telling] - times * count[telling] / base[telling])
    fits = off <= half * (1 + 1e-6) + 1e-9
    held, broken = len(np.unique(np.stack([count[telling], base[telling]])[:, fits], axis=1).T), int((~fits).sum())
    enough = 1 if is_share(link.share) and is_named_after(table, link.share, link.count) else ENOUGH
    return (
        Link(link.count, link.share, times, link.base, link.split)
        if held >= enough and held >= DOUBT * broken
        else None
    )


def guess(table: Table, link: Link) -> Link | None:
    """No row shows count, base and share together: the names must say all."""
    words = set(words_of(link.share))
    sure = link.split is not None or bool(BASE_WORDS & set(words_of(link.base)))
    if not sure or not is_share(link.share) or not is_named_after(table, link.share, link.count):
        return None
    factors = [int(word) for word in words if word in ("100", "1000", "10000", "100000")]
    times = factors[0] if factors else 100 if words & {"percent", "percentage", "pct", "%", "share"} else 0
    return Link(link.count, link.share, times, link.base, link.split) if times else None


def nearest_power(ratio: float) -> int | None:
    return next((power for power in (1, 100, 1000, 10_000, 100_000, 1_000_000) if 0.8 < ratio / power < 1.25), None)


def find_share_equations(table: Table, link: Link) -> Iterator[Equation]:
    if not link.times:
        return
    touched = table.hidden[link.count].copy()
    if link.base:
        touched |= table.hidden[link.base]
    for row in np.flatnonzero(touched).tolist():
        base = find_base(table, link, row)
        if base is not None:
            yield from make_share(table, link, table.cell(row, link.count), base, table.cell(row, link.share))


def find_base(table: Table, link: Link, row: int) -> Cell | None:
    if link.split is None:
        return table.cell(row, link.base)
    total = link.split.total_row[link.split.group[row]]
    return table.cell(total, link.count) if total >= 0 and link.split.is_part[row] else None


def make_share(table: Table, link: Link, count: Cell, base: Cell, share: Cell) -> Iterator[Equation]:
    """What a rounded share leaves open of its count, its base, or of both together."""
    c, b, s = (table.exact(cell.row, cell.field) for cell in (count, base, share))
    half, parts, one = table.half(link.share), (count, base), Fraction(1)
    if s is not None:
        least, most = max(s - half, Fraction(0)) / link.times, (s + half) / link.times
        if c is None and b is not None:
            yield Equation("share", share, parts, {count: one}, least * b, most * b, (most - least) * b / 2)
        elif c is not None and b is None and least > 0 and c > 0:
            yield Equation("share", share, parts, {base: one}, c / most, c / least, (c / least - c / most) / 2)
        elif c is None and b is None and least > 0:
            yield Equation("share", share, parts, {count: one, base: -least}, Fraction(0), FAR, half)
            yield Equation("share", share, parts, {count: one, base: -most}, -FAR, Fraction(0), half)
    elif c is None and b is not None and b > 0:
        yield Equation("share", share, parts, {count: link.times / b, share: -one}, -half, half, half)
