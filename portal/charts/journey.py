"""The points of a chart, in the order in which somebody goes through them, for the file that scripts read.

In:  what a form drew: rows, whose they are, which of them a line joins.
Out: JSON text. A point names its row; each word and number of it is read back by `verify`.

A course is what Left and Right go along (a line, a lane, a panel); Up and Down change it. A series is what can be
switched off: of a line the course itself, of a lane the mark.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.charts.timefigure import Track
from portal.charts.words import area_name
from portal.formats import BASES, format_row, unit_words
from portal.model import Observation, Reference

SIGNED = {"percent", "GBP"}  # the sign stands at the number already


@dataclass(frozen=True, slots=True)
class Stop:
    """One point: its row and its name in the drawing; `x` is a decimal year, or nothing on a single scale."""

    row: Observation
    name: str
    course: int
    series: int
    run: int = 0
    x: float | None = None
    hollow: bool = False
    head: bool = False  # its number stands over it
    hangs: bool = False  # below its lane


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    mark: str = "circle"
    style: str = "series-1"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Journey:
    """`spec`: how the interactive view draws the points; without one, they can be gone through in the still drawing."""

    stops: tuple[Stop, ...]
    courses: tuple[str, ...]
    series: tuple[Series, ...] = ()
    spec: dict[str, Any] = field(default_factory=dict)


def write_points(journey: Journey, title: str, reference: Reference, place: str) -> str:
    """Courses one after the other; the page's own address of each row is made of its dataset and its id."""
    points = [make_stop(stop, reference, place) for stop in journey.stops]
    bases = {stop.row.basis: BASES.get(stop.row.basis, stop.row.basis) for stop in journey.stops}
    made: dict[str, Any] = {"title": title, "courses": journey.courses, "points": points, "bases": bases}
    if journey.spec:
        made |= {"series": [series_words(one) for one in journey.series], "spec": journey.spec}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def make_stop(stop: Stop, reference: Reference, place: str) -> dict[str, Any]:
    row = stop.row
    where = area_name(row, reference, place)
    made: dict[str, Any] = {"row": row.id, "dataset": row.dataset, "course": stop.course, "series": stop.series}
    made |= {"run": stop.run, "value": format_row(row), "when": row.period, "place": where, "name": stop.name or where}
    made |= {"unit": "" if row.measure.unit in SIGNED else unit_words(row.measure.unit)}
    made |= {"measure": row.measure.label, "basis": row.basis}
    made |= {name: True for name in ("hollow", "head", "hangs") if getattr(stop, name)}
    made |= {"x": round(stop.x, 6)} if stop.x is not None else {}
    low, high = (row.low, row.high) if row.number is None else (row.number, None)
    made |= {"y": low} if low is not None else {}
    return made | ({"high": high} if high is not None else {})


def series_words(one: Series) -> dict[str, Any]:
    return {"name": one.name, "mark": one.mark, "style": one.style, "hollow": one.hollow}


def track_stops(tracks: Sequence[Track], rows: Sequence[Observation]) -> tuple[Stop, ...]:
    """The points of lines, each line a course and a series."""
    held = {row.id: row for row in rows}
    stops = [
        Stop(held[point.row], track.label, n, n, run_number, point.x, point.hollow)
        for n, track in enumerate(tracks)
        for run_number, run in enumerate(track.runs)
        for point in run
        if point.row in held
    ]
    return tuple(sorted(stops, key=lambda stop: (stop.course, stop.x or 0.0)))
