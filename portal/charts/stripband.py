"""Draw the ranges of a strip as bands with two ends.

In:  a Lane, some of whose ticks are ranges.
Out: layers: a thick bar for a value, a box of two target ticks, a thin bar for a comparator, which hangs below.
"""

from __future__ import annotations

from typing import Any

from portal.charts.board import Segment, draw_boxes, draw_rules
from portal.charts.house import Canvas
from portal.charts.stripticks import Lane


def draw_bands(lane: Lane, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    """Every range of a lane; a target's box first, so that it does not cover what lies in it."""
    layers: list[Any] = []
    for role in ("comparator", "target", "value"):
        for tick in lane.of(role):
            if tick.is_range:
                level = y + lane.hangs_at(tick) if role == "comparator" else y
                layers += band_mark(role, tick.low * per_unit, tick.high * per_unit, level, canvas)
    return layers


def band_mark(role: str, left: float, right: float, y: float, canvas: Canvas) -> list[Any]:
    """One band. Its ends are drawn inside it, so that it is no longer than the range."""
    if role == "target":
        return _draw_target(left, right, y, canvas)
    thick, cap, colour = (7.0, 8.0, "series-1") if role == "value" else (4.0, 5.0, "ref")
    bar: list[Segment] = [(left, y, right, y)]
    caps: list[Segment] = [(x, y - cap, x, y + cap) for x in (left + 1, right - 1)]
    return draw_rules(bar, canvas, colour, thick) + draw_rules(caps, canvas, colour, 2)


def _draw_target(left: float, right: float, y: float, canvas: Canvas) -> list[Any]:
    """Two target ticks with an open box between them."""
    ticks: list[Segment] = [(x, y - 9, x, y + 9) for x in (left + 1.5, right - 1.5)]
    return draw_boxes([(left, y - 9, right, y + 9)], canvas, "ink", 1.5) + draw_rules(ticks, canvas, "ink", 3)
