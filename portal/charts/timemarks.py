"""Axes, lines and marks of a drawing over time.

In:  a TimeFigure and its Frame.
Out: Altair layers on true scales.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import altair as alt

from portal.charts.board import Shape, draw_shapes
from portal.charts.house import FONT, Canvas
from portal.charts.labels import Box, line_boxes, mark_box
from portal.charts.scales import year_ticks
from portal.charts.timefigure import Frame, Point, TimeFigure, Track
from portal.formats import format_number

DASH = [5, 4]
Tick = tuple[float, str]


def draw_axes(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Any]:
    """The two scales, a few named ticks, horizontal lines only."""
    values = [(v, format_number(v, figure.unit)) for v in figure.ticks]
    y = _axis(values, canvas, grid=True, ticks=False, domain=False, labelPadding=8)
    x = _axis(year_names(figure, frame), canvas, grid=False, labelPadding=4)
    corner = alt.Chart(alt.Data(values=[{"x": frame.x[0], "y": frame.y[0]}])).mark_point(opacity=0, size=0)
    # `nice` would widen the domain, and words placed by hand would no longer sit on the data.
    x_scale = alt.Scale(domain=list(frame.x), nice=False, zero=False)
    y_scale = alt.Scale(domain=list(frame.y), nice=False, zero=False)
    return [corner.encode(x=alt.X("x:Q", scale=x_scale, axis=x), y=alt.Y("y:Q", scale=y_scale, axis=y))]


def year_names(figure: TimeFigure, frame: Frame) -> list[Tick]:
    """Ticks for time, as many as their words leave room for, counted back from the last when some must go."""
    if not figure.years:
        return [(year, f"{year:.0f}") for year in year_ticks(*frame.x, most=max(2, int(frame.width // 58)))]
    widest = max(len(name) for _, name in figure.years)
    most = max(2, int(frame.width // (widest * 7.5 + 14)))
    steps = range(1, len(figure.years) + 1)
    last = len(figure.years) - 1
    # A step that meets both ends, if there is a close one; the last year is never lost.
    fits = [step for step in steps if last // step + 1 <= most]
    step = next((step for step in fits if last % step == 0 and step <= 2 * fits[0]), fits[0])
    return list(reversed(figure.years[::-1][::step]))


def _axis(named: Sequence[Tick], canvas: Canvas, **more: Any) -> Any:
    values = [round(value, 6) for value, _ in named]
    names = json.dumps([name for _, name in named])  # in ASCII: an expression knows fewer characters than a text
    ink, line, edge = (canvas.paint(token) for token in ("ink-2", "line", "edge"))
    return alt.Axis(
        values=values,
        labelExpr=f"{names}[indexof({values},datum.value)]",
        title=None,
        labelFont=FONT,
        labelFontSize=canvas.size,
        labelFlush=False,  # or the first and last name slide off their tick
        labelOverlap=False,
        labelColor=ink,
        gridColor=line,
        domainColor=edge,
        tickColor=edge,
        **more,
    )


def draw_tracks(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Any]:
    """Lines first, marks over them; the focus last, so that nothing covers it."""
    focus, *others = figure.tracks
    # Dashes go over solid lines: where two places tie, both can be seen.
    backwards = (*sorted(others, key=lambda track: track.style == "ref"), focus)
    lines = [_line(t, run, t is figure.tracks[0], canvas) for t in backwards for run in t.runs if len(run) > 1]
    shapes = [_shape(t, point, frame, canvas) for t in backwards for point in figure.shown(t)]
    return lines + draw_shapes(shapes, canvas)


def _line(track: Track, run: Sequence[Point], focus: bool, canvas: Canvas) -> Any:
    style = {"strokeDash": DASH} if track.style == "ref" else {}
    data = alt.Data(values=[{"x": round(p.x, 6), "y": p.y} for p in run])
    mark = alt.Chart(data).mark_line(color=canvas.paint(track.style), strokeWidth=2.5 if focus else 2, **style)
    return mark.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))


def _shape(track: Track, point: Point, frame: Frame, canvas: Canvas) -> Shape:
    size = {"diamond": 90, "triangle": 70}.get(track.mark, 56) - (14 if canvas.narrow else 0)
    return Shape(frame.px(point.x), frame.py(point.y), track.mark, track.style, point.hollow, size)


def taken_by_tracks(figure: TimeFigure, frame: Frame) -> list[Box]:
    """The ground that lines and marks cover."""
    boxes: list[Box] = []
    for track in figure.tracks:
        for run in track.runs:
            boxes += line_boxes([(frame.px(p.x), frame.py(p.y)) for p in run])
        boxes += [mark_box(frame.px(p.x), frame.py(p.y)) for p in figure.shown(track)]
    return boxes
