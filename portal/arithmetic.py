"""Do the arithmetic that page.yaml declares among printed cells.

In:  a Portal.
Out: a `CheckResult` for each declared check and, for a register, for each of its rows. Nothing is judged here.

A cell is an interval: "20-25" reaches from 20 to 25, "about 400" from 350 to 450 (half of its last counted place),
"more than 70" upwards. Two intervals agree when they overlap, two exact numbers when they are equal; a number printed
twice only when both are the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from portal.made import Cell, CheckResult
from portal.model import Dataset, Observation, Portal
from portal.observations import read_times
from portal.spec import CheckSpec

Interval = tuple[Fraction | float, Fraction | float]
SLIVER = Fraction(1, 10**9)  # what "more than 70" leaves out: 70 itself


def run_checks(portal: Portal) -> tuple[CheckResult, ...]:
    """Every declared check, in order of dataset and of page.yaml."""
    rows = {row.id: row for dataset in portal.datasets for row in dataset.observations}
    return tuple(result for d in portal.datasets for spec in d.page.checks for result in run_check(spec, d, rows))


def run_check(spec: CheckSpec, dataset: Dataset, rows: Mapping[str, Observation]) -> Iterator[CheckResult]:
    if spec.form == "product":
        yield from run_products(spec, dataset)
        return
    names = [name for part in spec.parts for name in part] + [spec.equals] * (spec.equals not in ("", "100"))
    missing = tuple(name for name in names if name not in rows)
    cells = tuple(make_cell(rows[name]) for name in names if name in rows)
    empty = tuple(name for name in names if name in rows and interval_of(rows[name]) is None)
    if missing or empty:
        yield CheckResult(spec, dataset.slug, cells, missing=missing, empty=empty)
        return
    intervals = {name: known for name in names if (known := interval_of(rows[name]))}
    holds, made = FORMS[spec.form](spec, rows, intervals)
    yield CheckResult(spec, dataset.slug, cells, holds, made)


def run_products(spec: CheckSpec, dataset: Dataset) -> Iterator[CheckResult]:
    """likelihood x impact = score, for each row of a register; a row with a blank cell has nothing to calculate."""
    table = next((r for r in dataset.resources if r.name == spec.resource), None)
    columns = [name for part in spec.parts for name in part] + [spec.equals]
    if table is None:
        yield CheckResult(spec, dataset.slug, (), missing=(spec.resource,))
        return
    if unknown := tuple(name for name in columns if name not in table.frame.columns):
        yield CheckResult(spec, dataset.slug, (), missing=unknown)
        return
    numbered = [
        (record, line)
        for record, line in zip(table.records(), table.lines, strict=True)
        if all(re.fullmatch(r"-?\d+(\.\d+)?", record[name]) for name in columns)
    ]
    if not numbered:
        yield CheckResult(spec, dataset.slug, (), empty=(spec.resource,))
    for record, line in numbered:
        cells = tuple(Cell(record.get("id", ""), name, record[name], table.path, line) for name in columns)
        first, second, result = (Fraction(record[name]) for name in columns)
        yield CheckResult(spec, dataset.slug, cells, first * second == result, spoken(first * second))


def make_cell(row: Observation) -> Cell:
    return Cell(row.id, "value", row.printed or row.text, row.path, row.line)


def interval_of(row: Observation) -> Interval | None:
    """What a printed figure may stand for, in whole units; None when there is no figure."""
    if row.low is not None and row.high is not None:
        return Fraction(str(row.low)), Fraction(str(row.high))
    if row.number is None:
        return None
    value = Fraction(str(row.number))
    if row.qualifier == "about":
        half = last_place(row, trailing_zeros=True) / 2
        return value - half, value + half
    most = 0 if value >= 0 else -math.inf  # less than 50 children is not minus infinity of them
    ends: dict[str, Interval] = {
        "at-least": (value, math.inf),
        "more-than": (value + SLIVER, math.inf),
        "at-most": (most, value),
        "less-than": (most, value - SLIVER),
    }
    return ends.get(row.qualifier, (value, value))


def last_place(row: Observation, trailing_zeros: bool = False) -> Fraction:
    """The unit of the last printed digit: 8.4 -> 0.1, 77 -> 1; with `trailing_zeros` 400 -> 100."""
    number = Decimal(row.text or "0")
    exponent = (number.normalize() if trailing_zeros else number).as_tuple().exponent
    assert isinstance(exponent, int)  # NaN and infinity never get here
    return Fraction(Decimal(1).scaleb(exponent)) * read_times(row.measure.multiplier)


def overlap(one: Interval, other: Interval) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def check_sum(spec: CheckSpec, rows: Mapping[str, Observation], known: Mapping[str, Interval]) -> tuple[bool, str]:
    parts = [known[name] for (name,) in spec.parts]
    total = (sum(p[0] for p in parts), sum(p[1] for p in parts))
    hundred = (Fraction(100), Fraction(100))
    return overlap(total, known.get(spec.equals, hundred)), spoken(*total)


def check_share(spec: CheckSpec, rows: Mapping[str, Observation], known: Mapping[str, Interval]) -> tuple[bool, str]:
    (count,), (base,) = spec.parts
    (count_low, count_high), (base_low, base_high) = known[count], known[base]
    if base_high <= 0:
        return False, "no share of nothing"
    made = (100 * count_low / base_high, 100 * count_high / base_low if base_low > 0 else math.inf)
    half = last_place(rows[spec.equals]) / 2
    low, high = known[spec.equals]
    return overlap(made, (low - half, high + half)), f"{spoken(*made)} per cent"


def check_mean(spec: CheckSpec, rows: Mapping[str, Observation], known: Mapping[str, Interval]) -> tuple[bool, str]:
    """The arithmetic mean of the parts, each counting once; the result was rounded to its last place."""
    parts = [known[name] for (name,) in spec.parts]
    made = (sum(p[0] for p in parts) / len(parts), sum(p[1] for p in parts) / len(parts))
    half = last_place(rows[spec.equals]) / 2
    low, high = known[spec.equals]
    return overlap(made, (low - half, high + half)), spoken(*made)


def check_restates(spec: CheckSpec, rows: Mapping[str, Observation], known: Mapping[str, Interval]) -> tuple[bool, str]:
    ((first,),) = spec.parts
    words = rows[first].qualifier.replace("-", " ")
    return known[first] == known[spec.equals], f"{'' if words == 'exact' else words + ' '}{rows[first].printed}"


def check_same_base(
    spec: CheckSpec, rows: Mapping[str, Observation], known: Mapping[str, Interval]
) -> tuple[bool, str]:
    """A count over its rate is the population, in the rate's base; rounding of the rate makes it an interval."""
    bases: list[Interval] = []
    for count, rate in spec.parts:
        half = last_place(rows[rate]) / 2
        low, high = known[rate][0] - half, known[rate][1] + half
        bases.append((known[count][0] / high, known[count][1] / low if low > 0 else math.inf))
    return all(overlap(one, other) for one, other in combinations(bases, 2)), " and ".join(
        spoken(*base) for base in bases
    )


FORMS = {
    "sum": check_sum,
    "mean": check_mean,
    "share": check_share,
    "restates": check_restates,
    "same_base": check_same_base,
}


def spoken(low: Fraction | float, high: Fraction | float | None = None) -> str:
    """A calculated number as a message says it: at most two decimals, a range when the ends differ."""
    if high == math.inf:
        return f"{spoken(low)} or more"
    ends = [f"{float(end):,.2f}".rstrip("0").rstrip(".") for end in (low, low if high is None else high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
