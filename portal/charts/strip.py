"""Form `strip`: a figure beside its target and comparators, one lane a group, one axis from 0.

In:  a ChartSpec whose lanes name rows by role.
Out: a Sketch.

Comparators hang below the line: on one lane, 222 and England's 223 would cover each other. A printed range is a band
from end to end, never its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle

from portal.charts import words
from portal.charts.frame import Sketch
from portal.charts.journey import Journey, Series, Stop
from portal.charts.select import place_of, series_rows
from portal.charts.striplane import draw_lanes
from portal.charts.stripticks import Lane, Tick
from portal.charts.striptold import tell_strip, tell_strip_short
from portal.charts.viewspec import scale_spec
from portal.errors import PortalError
from portal.formats import format_row
from portal.made import Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec, SeriesSpec

Group = tuple[SeriesSpec, tuple[Observation, ...]]


def sketch_strip(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """One or more lanes that share an axis."""
    chosen = [(label, _groups(dataset, spec, series)) for label, series in spec.lanes]
    rows = tuple(row for _, groups in chosen for _, found in groups for row in found)
    check_lanes(dataset, spec, rows)
    check_bases(dataset, spec, [group for _, groups in chosen for group in groups])
    missing = _said_missing(dataset, spec, reference)
    lanes = tuple(make_lane(label, groups, reference, place) for label, groups in chosen)
    return Sketch(
        draw=lambda canvas: draw_lanes(lanes, rows[0].measure.unit, canvas),
        alt=" ".join([tell_strip_short(chosen, reference, place), *missing]),
        words=(*tell_strip(chosen, reference, place), *(Told(text) for text in missing)),
        rows=rows,
        not_drawn=_without_number(dataset, spec),
        journey=make_journey(lanes, rows),
        said=(
            *(("A band is a range, from its lower to its higher end.",) if any(_is_range(row) for row in rows) else ()),
            *missing,
        ),
    )


def make_journey(lanes: Sequence[Lane], rows: Sequence[Observation]) -> Journey:
    """Along each lane from the lowest to the highest; what can be switched off is a kind of mark, in all lanes."""
    held = {row.id: row for row in rows}
    kinds = list(dict.fromkeys((t.label, t.role, t.mark) for lane in lanes for t in lane.ticks))
    looks = {"target": ("tick", "ink", False), "value": ("circle", "series-1", False)}
    series = tuple(Series(label, *looks.get(role, (mark, "ref", True))) for label, role, mark in kinds)
    stops = [
        Stop(held[t.row], t.place or t.label, n, kinds.index((t.label, t.role, t.mark)), head=t.role == "value",
             hangs=t.role == "comparator" and not t.place)
        for n, lane in enumerate(lanes)
        for t in sorted(lane.ticks, key=lambda tick: (tick.low, tick.high, tick.row))
        if t.row in held
    ]  # fmt: skip
    names = tuple(lane.label for lane in lanes)
    return Journey(tuple(stops), names, series, scale_spec(series, rows[0].measure.unit, names))


def _groups(dataset: Dataset, spec: ChartSpec, series: Sequence[SeriesSpec]) -> list[Group]:
    """Every series of a lane with the rows that hold a number or a range; repeats are left out."""
    found = [(s, series_rows(dataset, spec, s)) for s in series]
    return [(s, tuple(r for r in rows if _has_mark(r) and not r.repeats)) for s, rows in found]


def _is_range(row: Observation) -> bool:
    return row.low is not None and row.high is not None


def _has_mark(row: Observation) -> bool:
    return row.number is not None or _is_range(row)


def _ends(row: Observation) -> tuple[float, float]:
    """The two ends of a range; of a single number, that number twice."""
    if row.low is not None and row.high is not None:
        return row.low, row.high
    return row.number or 0.0, row.number or 0.0


def _without_number(dataset: Dataset, spec: ChartSpec) -> tuple[str, ...]:
    rows = [row for _, series in spec.lanes for s in series for row in series_rows(dataset, spec, s)]
    return tuple(f"{format_row(row)}, {row.measure.label}, {row.period}" for row in rows if not _has_mark(row))


def _said_missing(dataset: Dataset, spec: ChartSpec, reference: Reference) -> tuple[str, ...]:
    """No mark may be taken for nought: who has none, and why."""
    groups = [(s, row) for _, parts in spec.lanes for s in parts for row in series_rows(dataset, spec, s)]
    bare = [f"{s.label}: {words.symbol_words(row.symbol, reference)}" for s, row in groups if not _has_mark(row)]
    return (f"No mark for {'; '.join(bare)}.",) if bare else ()


def check_lanes(dataset: Dataset, spec: ChartSpec, rows: Sequence[Observation]) -> None:
    """Lanes share an axis only when they share a unit, and nothing may lie left of its 0."""
    units = sorted({row.measure.unit for row in rows})
    if len(units) != 1:
        message = f"{place_of(dataset, spec)}: the units {words.listed(units) or 'of nothing'} have no common axis"
        raise PortalError(message, "Make one strip for each unit.")
    if below := [row.id for row in rows if _ends(row)[0] < 0]:
        raise PortalError(f'{place_of(dataset, spec)}: "{below[0]}" is below 0; a strip starts at 0', "Use a table.")


def check_bases(dataset: Dataset, spec: ChartSpec, groups: Sequence[Group]) -> None:
    """What shares an axis covers one kind of time: the document may leave it open, but it may not say another."""
    bases = sorted({row.basis for series, rows in groups if series.role == "value" for row in rows})
    others = sorted({row.basis for series, rows in groups if series.role != "value" for row in rows})
    if len(bases) > 1 or (bases and not set(others) <= {*bases, "not-stated"}):
        message = f"{place_of(dataset, spec)}: rows of unlike basis on one axis: {words.listed([*bases, *others])}"
        raise PortalError(message, "Make a strip of each, or a table.")


def make_lane(label: str, groups: Sequence[Group], reference: Reference, place: str) -> Lane:
    told_apart = _told_apart([series for series, _ in groups])
    pairs = zip(told_apart, (rows for _, rows in groups), strict=True)
    ticks = [tick for series, rows in pairs for tick in _ticks(series, rows, reference, place)]
    return Lane(label, tuple(ticks))


def _told_apart(series: Sequence[SeriesSpec]) -> list[SeriesSpec]:
    """Comparators that were all left at the default mark get shapes of their own."""
    beside = [s for s in series if s.role == "comparator"]
    if len({s.mark for s in beside}) == len(beside):
        return list(series)
    shapes = cycle(("circle", "diamond", "triangle", "square"))
    return [replace(s, mark=next(shapes)) if s.role == "comparator" else s for s in series]


def _ticks(series: SeriesSpec, rows: Sequence[Observation], reference: Reference, place: str) -> list[Tick]:
    """The marks of one series; of many places, only the two ends carry a name."""
    if len(rows) == 1:
        return [Tick(*_ends(rows[0]), format_row(rows[0]), series.label, series.role, series.mark, row=rows[0].id)]
    order = sorted(rows, key=lambda row: (*_ends(row), row.id))
    names = [words.area_name(row, reference, place) for row in order]
    ends = [row in (order[0], order[-1]) for row in order]
    return [
        Tick(*_ends(row), format_row(row), series.label, series.role, series.mark, name, told, row.id)
        for row, name, told in zip(order, names, ends, strict=True)
    ]
