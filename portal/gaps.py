"""Find the times of which a series holds nothing.

In:  the Portal.
Out: `Gap`s: a hole between two figures; a measure that begins after, or ends before, others of its series on the same
     page; and, of a record that was never kept at fixed times, a stretch of more than a year without any figure.

How long a step is comes from the rule by which the series is renewed, or else from the kind of time: a month, a year.
A cell that says why it holds no number is no gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portal.freshness import INTERVALS, add_months, rule_of_series
from portal.model import Dataset, Observation, Portal

STEPS = {"month": 1, "financial-year": 12, "academic-year": 12, "calendar-year": 12}  # months
FEW = 3  # fewer figures than these make no series that one could miss anything in
SLACK = 45  # days: the end of a month or of a term does not fall on one day
YEAR = 12

Group = list[Observation]


@dataclass(frozen=True, slots=True)
class Gap:
    """`kind`: hole, start, end or silence. Nothing is held from `first` to `last`; both are days that are held."""

    kind: str
    dataset: str
    series: str
    rows: tuple[Observation, ...]  # those beside the gap
    first: date
    last: date


def find_gaps(portal: Portal) -> Iterator[Gap]:
    for dataset in portal.datasets:
        groups = dated_groups(dataset)
        for series in dict.fromkeys(rows[0].series for rows in groups):
            own = [rows for rows in groups if rows[0].series == series]
            step = renewed_step(dataset, series, portal)
            if step:
                yield from (gap for rows in own if len(rows) >= FEW for gap in holes(rows, step))
                yield from uneven(own, step)
            else:
                yield from (gap for rows in own if len(rows) >= FEW for gap in holes(rows, STEPS.get(rows[0].basis, 0)))
                yield from silences([row for rows in own for row in rows])


def dated_groups(dataset: Dataset) -> list[Group]:
    """Rows that are alike in measure, place, publisher, kind of time and group, oldest first."""
    groups: dict[tuple[object, ...], Group] = {}
    for row in dataset.observations:
        if row.kind == "actual" and row.date and not row.repeats:
            groups.setdefault(row.like, []).append(row)
    return [sorted(rows, key=day_of) for rows in groups.values()]


def renewed_step(dataset: Dataset, series: str, portal: Portal) -> int:
    rule = rule_of_series(portal, dataset.slug, series)
    return INTERVALS.get(rule.renewed, 0) if rule else 0


def holes(rows: Group, step: int) -> Iterator[Gap]:
    for before, after in pairwise(rows):
        if step and is_wide(day_of(before), day_of(after), step):
            yield make_gap("hole", (before, after), day_of(before), day_of(after))


def uneven(groups: Iterable[Group], step: int) -> Iterator[Gap]:
    """Of a series that goes on: what begins later or ends earlier than the rest of it."""
    groups = list(groups)
    first, last = min(day_of(rows[0]) for rows in groups), max(day_of(rows[-1]) for rows in groups)
    for rows in groups:
        if is_wide(first, day_of(rows[0]), 0) and add_months(first, step) <= day_of(rows[0]):
            yield make_gap("start", rows[:1], first, day_of(rows[0]))
        if is_wide(day_of(rows[-1]), last, 0) and add_months(day_of(rows[-1]), step) <= last:
            yield make_gap("end", rows[-1:], day_of(rows[-1]), last)


def silences(rows: Group) -> Iterator[Gap]:
    """A record that was printed now and then: stretches of more than a year without any figure at all."""
    rows = sorted(rows, key=lambda row: (day_of(row), row.id))
    for before, after in pairwise(rows):
        # A figure of a whole year tells of all of it.
        begins = after.period_start or day_of(after)
        if is_wide(day_of(before), begins, YEAR):
            yield make_gap("silence", (before, after), day_of(before), begins)


def make_gap(kind: str, rows: Iterable[Observation], first: date, last: date) -> Gap:
    rows = tuple(rows)
    return Gap(kind, rows[0].dataset, rows[0].series, rows, first, last)


def is_wide(before: date, after: date, step: int) -> bool:
    return (after - add_months(before, step)).days > SLACK


def day_of(row: Observation) -> date:
    return row.date or date.min
