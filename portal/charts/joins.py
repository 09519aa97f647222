"""Which figures a line may join, and where no figure is held.

In:  Observations.
Out: runs of rows that may be joined, spans of time without any figure.

Nothing is joined that a reader could not subtract (DESIGN, section 3): one measure, area, series, kind, basis and
breakdown, dates stated or inferred, no break between, no gap over twice the usual interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from statistics import median

from portal.model import Observation

TWO_YEARS = 731  # days; below this a reader sees the gap without being told


def has_place(row: Observation) -> bool:
    """Whether the row can stand on a time axis at all: dated, and not a repeat of another row."""
    return row.date is not None and not row.repeats


def in_order(rows: Iterable[Observation]) -> list[Observation]:
    """The rows with a place on a time axis, by date; by id where dates are equal."""
    return sorted((row for row in rows if has_place(row)), key=lambda row: (row.date or date.min, row.id))


def runs(rows: Iterable[Observation]) -> list[list[Observation]]:
    """Split rows into those a line may join. Each drawable row is in exactly one run, alone if need be."""
    alike: dict[tuple[object, ...], list[Observation]] = {}
    for row in in_order(rows):
        alike.setdefault(row.like, []).append(row)
    return [run for group in alike.values() for run in _split(group)]


def usual_interval(dates: Sequence[date]) -> float:
    """The median number of days from one date to the next; 0 when there are fewer than two."""
    days = [(later - earlier).days for earlier, later in pairwise(sorted(set(dates)))]
    return float(median(days)) if days else 0.0


def _split(group: Sequence[Observation]) -> list[list[Observation]]:
    """Cut one group of like rows, in order, wherever a line would claim what no figure says."""
    limit = 2 * usual_interval([row.date for row in group if row.date and row.number is not None])
    pieces: list[list[Observation]] = []
    previous: Observation | None = None
    for row in group:
        if row.number is not None:
            if previous is not None and _joins(previous, row, limit):
                pieces[-1].append(row)
            else:
                pieces.append([row])
        previous = row
    return pieces


def _joins(earlier: Observation, later: Observation, limit: float) -> bool:
    """Whether a line may run from one like row to the next one in time."""
    if earlier.number is None or "b" in later.flags:  # `b`: the publisher marks a break before this figure
        return False
    if "implausible" in earlier.flags or "implausible" in later.flags:
        return False
    days = (later.date - earlier.date).days if earlier.date and later.date else 0
    return 0 < days <= limit  # two figures for one day cannot be a line


def gaps(rows: Iterable[Observation]) -> list[tuple[date, date]]:
    """Spans between two figures, of whatever series, that are long enough to say "no figure held"."""
    dates = sorted({row.date for row in rows if has_place(row) and row.date and row.number is not None})
    limit = max(2 * usual_interval(dates), TWO_YEARS)
    return [(start, end) for start, end in pairwise(dates) if (end - start).days > limit]
