"""What ties the rows of observation tables together: breakdowns, rates, repeats, declared checks.

In:  a Dataset of observations.
Out: equations among its rows, and the rates and percentages whose count is hidden.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from portal.arithmetic import interval_of, last_place
from portal.model import Dataset, Observation
from portal.spec import CheckSpec
from portal.validate.recovery.equations import Cell, Equation, Unknown, make_sum
from portal.validate.recovery.totals import DOUBT, NAMED

HIDDEN = "c"
NOTHING = "z"
SHARES = {"share", "rate", "mean", "median"}
Rows = Mapping[str, Cell]


def place_rows(dataset: Dataset) -> dict[str, Cell]:
    """Where each row stands: file, record, column."""
    places = {
        (resource.path, line): (number, row)
        for number, resource in enumerate(dataset.resources)
        for row, line in enumerate(resource.lines)
    }
    return {row.id: Cell(*places[row.path, row.line], "value") for row in dataset.observations}


def read_known(dataset: Dataset, cells: Rows) -> dict[Cell, Fraction]:
    """Exact figures only: "about 400" gives away nothing exactly."""
    known: dict[Cell, Fraction] = {}
    for row in dataset.observations:
        ends = interval_of(row) if row.qualifier in ("exact", "") else None
        if ends is not None and ends[0] == ends[1]:
            known[cells[row.id]] = Fraction(ends[0])
        elif row.symbol == NOTHING:
            known[cells[row.id]] = Fraction(0)
    return known


def read_unknown(row: Observation) -> Unknown:
    whole = row.measure.statistic not in SHARES
    hidden = row.symbol == HIDDEN
    return Unknown(floor=Fraction(int(whole and hidden)), whole=whole, hidden=hidden)


def find_observed(dataset: Dataset) -> Iterator[Equation]:
    if not any(row.symbol == HIDDEN for row in dataset.observations):
        return
    cells = place_rows(dataset)
    known = read_known(dataset, cells)
    yield from find_breakdowns(dataset.observations, cells, known)
    yield from find_same(dataset, cells, known)
    rows = {row.id: row for row in dataset.observations}
    for check in dataset.page.checks:
        names = [name for part in check.parts for name in part] + [check.equals] * (check.equals not in ("", "100"))
        if not check.mismatch and check.form != "product" and all(name in rows for name in names):
            yield from CHECKS[check.form](check, rows, cells, known)


def find_breakdowns(rows: Sequence[Observation], cells: Rows, known: Mapping[Cell, Fraction]) -> Iterator[Equation]:
    """The row without a member, or with one called total, is the sum of the rows with the others."""
    for column in dict.fromkeys(name for row in rows for name, _ in row.breakdown):
        groups: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
        for row in rows:
            if not row.repeats and row.measure.statistic not in SHARES | {"maximum"}:
                groups[without(row, column)].append(row)
        made = [e for key, group in groups.items() if (e := make_breakdown(key, group, column, cells, known))]
        for equation in made:
            if equation.terms and holds_elsewhere(equation, made):
                yield equation


def without(row: Observation, column: str) -> tuple[object, ...]:
    others = tuple((name, member) for name, member in row.breakdown if name != column)
    when = (row.period_start, row.period_end, row.period)
    return (row.measure.id, row.area, row.series, row.kind, row.basis, *when, others, column in dict(row.breakdown))


def make_breakdown(
    key: tuple[object, ...], group: Sequence[Observation], column: str, cells: Rows, known: Mapping[Cell, Fraction]
) -> Equation | None:
    members = [(dict(row.breakdown).get(column, ""), row) for row in group]
    totals = [row for member, row in members if not member or NAMED.fullmatch(member)]
    parts = [row for member, row in members if member and not NAMED.fullmatch(member)]
    if len(totals) != 1 or len(parts) < 2 or len({member for member, _ in members}) < len(members):
        return None
    name = f"{group[0].measure.label}, {group[0].period}"
    return make_sum("rows", cells[totals[0].id], tuple(cells[row.id] for row in parts), known, group=name)


def holds_elsewhere(equation: Equation, others: Sequence[Equation]) -> bool:
    """Groups that show everything must add up; a breakdown whose members overlap never does."""
    complete = [e for e in others if not e.terms]
    held = sum(e.low <= 0 <= e.high for e in complete)
    return held >= DOUBT * (len(complete) - held)


def find_same(dataset: Dataset, cells: Rows, known: Mapping[Cell, Fraction]) -> Iterator[Equation]:
    """A row that restates another, and two rows of one figure in two files."""
    rows = {row.id: row for row in dataset.observations}
    first: dict[tuple[object, ...], Observation] = {}
    for row in dataset.observations:
        point = (*row.like, row.period_start, row.period_end, row.period)
        other = rows.get(row.repeats) or first.setdefault(point, row)
        if other is not row and HIDDEN in (row.symbol, other.symbol):
            yield make_sum("same", cells[other.id], (cells[row.id],), known)


def sum_of(
    check: CheckSpec, rows: Mapping[str, Observation], cells: Rows, known: Mapping[Cell, Fraction]
) -> Iterator[Equation]:
    parts = tuple(cells[name] for (name,) in check.parts)
    if check.equals == "100":
        terms = {cell: Fraction(1) for cell in parts if cell not in known}
        left = 100 - sum((known[cell] for cell in parts if cell in known), Fraction(0))
        slack = sum((last_half(rows[name]) for (name,) in check.parts), Fraction(0))
        yield Equation("check", parts[0], parts[1:], terms, left - slack, left + slack, slack, group=check.id)
    else:
        made = make_sum("check", cells[check.equals], parts, known, group=check.id)
        yield made


def mean_of(
    check: CheckSpec, rows: Mapping[str, Observation], cells: Rows, known: Mapping[Cell, Fraction]
) -> Iterator[Equation]:
    """The parts make the mean as many times as there are parts; the mean was rounded."""
    parts, result = tuple(cells[name] for (name,) in check.parts), cells[check.equals]
    if result in known:
        times = {**known, result: known[result] * len(parts)}
        yield make_sum("check", result, parts, times, last_half(rows[check.equals]) * len(parts), group=check.id)


def share_of(
    check: CheckSpec, rows: Mapping[str, Observation], cells: Rows, known: Mapping[Cell, Fraction]
) -> Iterator[Equation]:
    (count,), (base,) = ((cells[name] for name in part) for part in check.parts)
    share, half, one = cells[check.equals], last_half(rows[check.equals]), Fraction(1)
    if share not in known:
        return
    least, most = max(known[share] - half, Fraction(0)) / 100, (known[share] + half) / 100
    if base in known and count not in known:
        low, high = least * known[base], most * known[base]
        yield Equation("share", share, (count, base), {count: one}, low, high, (high - low) / 2)
    elif count in known and base not in known and least > 0:
        low, high = known[count] / most, known[count] / least
        yield Equation("share", share, (count, base), {base: one}, low, high, (high - low) / 2)


def restated(
    check: CheckSpec, rows: Mapping[str, Observation], cells: Rows, known: Mapping[Cell, Fraction]
) -> Iterator[Equation]:
    ((first,),) = check.parts
    yield make_sum("same", cells[first], (cells[check.equals],), known)


def same_base(
    check: CheckSpec, rows: Mapping[str, Observation], cells: Rows, known: Mapping[Cell, Fraction]
) -> Iterator[Equation]:
    """A shown pair of count and rate gives the population; with it another rate gives its count."""
    shown = [(c, r) for c, r in check.parts if cells[c] in known and cells[r] in known and known[cells[r]] > 0]
    for count, rate in check.parts:
        if cells[count] not in known and cells[rate] in known and shown:
            other, its = shown[0]
            base, half, its_half = known[cells[other]], last_half(rows[rate]), last_half(rows[its])
            low = max(known[cells[rate]] - half, Fraction(0)) * base / (known[cells[its]] + its_half)
            high = (known[cells[rate]] + half) * base / max(known[cells[its]] - its_half, its_half)
            parts = (cells[count], cells[other], cells[its])
            yield Equation(
                "check", cells[rate], parts, {cells[count]: Fraction(1)}, low, high, (high - low) / 2, group=check.id
            )


CHECKS = {"sum": sum_of, "mean": mean_of, "share": share_of, "restates": restated, "same_base": same_base}


def last_half(row: Observation) -> Fraction:
    return last_place(row) / 2 if row.number is not None else Fraction(0)


def find_shares(dataset: Dataset) -> Iterator[tuple[Observation, Observation]]:
    """A shown rate or percentage, and the hidden count that it is made of."""
    hidden = [row for row in dataset.observations if row.symbol == HIDDEN]
    points: dict[tuple[object, ...], Observation] = {}
    for row in hidden:
        points.setdefault((*row.like, row.period_start, row.period_end, row.period), row)
    rows = {row.id: row for row in dataset.observations}
    for row in dataset.observations if hidden else ():
        of = (row.measure.rate_of, *row.like[1:], row.period_start, row.period_end, row.period)
        if row.measure.rate_of and shows(row) and of in points:
            yield row, points[of]
    for check in dataset.page.checks if hidden else ():
        for count, share in find_pairs(check):
            if count in rows and share in rows and rows[count] in hidden and shows(rows[share]):
                yield rows[share], rows[count]


def find_pairs(check: CheckSpec) -> Iterator[tuple[str, str]]:
    if check.form == "share":
        yield check.parts[0][0], check.equals
    elif check.form == "same_base":
        yield from ((part[0], part[1]) for part in check.parts if len(part) == 2)


def shows(row: Observation) -> bool:
    """A number or a range; "low" and "u" are none."""
    return row.number is not None or row.low is not None


def find_populations(dataset: Dataset) -> Iterator[Equation]:
    """count = rate x population, where the package holds the population of that area and period."""
    cells = place_rows(dataset)
    known = read_known(dataset, cells)
    people = {
        (row.area, row.period_end): cells[row.id]
        for row in dataset.observations
        if re.search(r"population", f"{row.measure.id} {row.measure.label}", re.IGNORECASE)
        and row.measure.statistic == "count"
        and cells[row.id] in known
        and row.kind in ("actual", "estimate")
    }
    for rate, count in find_shares(dataset):
        times = re.search(r"per-(\d+)", rate.measure.unit) if rate.measure.rate_of else None
        base = people.get((count.area, count.period_end))
        if times and base and cells[rate.id] in known:
            half, number = last_half(rate), known[cells[rate.id]]
            low, high = (max(number + s * half, Fraction(0)) * known[base] / int(times[1]) for s in (-1, 1))
            yield Equation(
                "share", cells[rate.id], (cells[count.id], base), {cells[count.id]: Fraction(1)}, low, high, half
            )
