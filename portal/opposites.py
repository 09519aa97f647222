"""Where a count and its rate moved in opposite directions.

In:  the rows of a dataset whose `measures` say which measure a rate is the rate of.
Out: a `Move` for each two dates between which the one rose while the other fell: neighbours, and the first and last.

A figure that is hard to believe takes no part, nor does a step across a break.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portal.model import Observation


@dataclass(frozen=True, slots=True)
class Move:
    """The count and the rate before and after."""

    count: tuple[Observation, Observation]
    rate: tuple[Observation, Observation]

    @property
    def rose(self) -> bool:
        """Whether the count did; the rate did the other."""
        return difference(self.count) > 0

    @property
    def subject(self) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
        """What moved: moves of one subject are told in one sentence."""
        row = self.rate[1]
        return row.measure.id, row.area, row.series, row.breakdown

    def seen_in(self, ids: Collection[str]) -> bool:
        """Whether who sees these rows sees the number or the rate move, and should know of the other."""
        return any({before.id, after.id} <= set(ids) for before, after in (self.count, self.rate))


def opposite_moves(rows: Iterable[Observation]) -> tuple[Move, ...]:
    """In order of subject and date."""
    sound = [row for row in rows if row.number is not None and row.date and row.kind == "actual" and not row.repeats]
    return tuple(move for points in both_by_date(sound).values() for move in moves_of(points))


Point = tuple[Observation, Observation]  # a count and its rate, of one day or period


def both_by_date(rows: list[Observation]) -> dict[tuple[object, ...], list[Point]]:
    """Count and rate that are alike in all but the measure, by date; where two speak for one date, neither does."""
    counts: dict[tuple[object, ...], list[Observation]] = {}
    for row in rows:
        counts.setdefault((row.like, row.date), []).append(row)
    points: dict[tuple[object, ...], list[Point]] = {}
    for rate in sorted((row for row in rows if row.measure.rate_of), key=lambda row: row.date or date.min):
        like = (rate.measure.rate_of, *rate.like[1:])
        found = counts.get((like, rate.date), [])
        if len(found) == 1 and len(counts[(rate.like, rate.date)]) == 1:
            points.setdefault(rate.like, []).append((found[0], rate))
    return points


def moves_of(points: list[Point]) -> list[Move]:
    """From each date to the next, and from the first to the last, which is what a drawing shows at a glance."""
    steps = list(pairwise(points)) + ([(points[0], points[-1])] if len(points) > 2 else [])
    moves = [Move((before[0], after[0]), (before[1], after[1])) for before, after in steps]
    found = [move for move in moves if difference(move.count) * difference(move.rate) < 0 and is_sound(move, points)]
    return sorted(found, key=lambda move: (move.rate[1].date or date.min, move.rate[0].date or date.min))


def is_sound(move: Move, points: list[Point]) -> bool:
    """Whether all four figures can be built on, with no break after the first of them."""
    ends = (*move.count, *move.rate)
    start, end = (row.date or date.min for row in move.rate)
    later = [row for point in points for row in point if start < (row.date or date.min) <= end]
    plain = not any("implausible" in row.flags or row.qualifier != "exact" for row in ends)
    return plain and not any("b" in row.flags for row in later)


def difference(pair: tuple[Observation, Observation]) -> float:
    return (pair[1].number or 0.0) - (pair[0].number or 0.0)
