"""Draw the lanes of a strip.

In:  lanes of ticks, all in one unit.
Out: a Picture, wide or narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from portal.charts.board import (
    LEADING,
    Hit,
    Margins,
    Picture,
    Segment,
    Shape,
    Word,
    draw_rules,
    draw_shapes,
    draw_words,
)
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.scales import round_ticks
from portal.charts.stripband import band_mark, draw_bands
from portal.charts.stripticks import HUNG, Lane, Tick, lines_above, lines_below
from portal.formats import format_number

EDGE = 18  # half a label on either side
HEAD = 22  # a lane's name
ABOVE, BELOW = 34, 46  # from the name to the line, from the line to the next lane
KEY_GAP = 26


def draw_lanes(lanes: Sequence[Lane], unit: str, canvas: Canvas) -> Picture:
    """Key, lanes from top to bottom, the axis they share."""
    scale = round_ticks(0, max(t.high for lane in lanes for t in lane.ticks), 4 if canvas.narrow else 6)
    width = canvas.width - 2 * EDGE
    per_unit = width / scale[-1]
    key, y = _draw_key(lanes, canvas)
    layers, hits = list(key), list[Hit]()
    for lane in lanes:
        y += HEAD if lane.label else 0
        drawn, found, y = _draw_lane(lane, y, per_unit, unit, canvas)
        layers, hits = layers + drawn, hits + found
    layers += _draw_axis(scale, unit, y, per_unit, canvas)
    return Picture(tuple(layers), width, y, Margins(EDGE, EDGE, 8, 30), tuple(hits))


def _draw_axis(scale: Sequence[float], unit: str, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    rules: list[Segment] = [(0, y, scale[-1] * per_unit, y)]
    rules += [(value * per_unit, y, value * per_unit, y + 5) for value in scale]
    names = [
        Word(value * per_unit, y + 17, format_number(value, unit), "center", "ink-2", False, canvas.size)
        for value in scale
    ]
    return draw_rules(rules, canvas, "edge") + draw_words(names, canvas)


def _draw_lane(
    lane: Lane, top: float, per_unit: float, unit: str, canvas: Canvas
) -> tuple[list[Any], list[Hit], float]:
    """The lane, where its marks lie, and where the next one begins."""
    step, width = canvas.size * LEADING, canvas.width - 2 * EDGE
    room = (-EDGE, width + EDGE)
    above = lines_above(lane, per_unit, unit, room, canvas.size)
    below = lines_below(lane, per_unit, unit, room, canvas.size)
    y = top + ABOVE + step * (len(above) - 1)
    words = [Word(-EDGE, top - 6, lane.label, bold=True, size=canvas.size)] if lane.label else []
    words += [note.word(y - 20 - step * n, canvas) for n, line in enumerate(reversed(above)) for note in line]
    words += [note.word(y + 31 + lane.depth + step * n, canvas) for n, line in enumerate(below) for note in line]
    layers = draw_rules([(0, y, width, y)], canvas, "edge") + _draw_distance(lane, y, per_unit, canvas)
    layers += _draw_beside(lane.of("comparator"), y, per_unit, canvas) + draw_bands(lane, y, per_unit, canvas)
    layers += _draw_points(lane, y, per_unit, canvas) + draw_words(words, canvas)
    return layers, list(_find_hits(lane, y, per_unit)), y + BELOW + lane.depth + step * (len(below) - 1)


def _find_hits(lane: Lane, y: float, per_unit: float) -> Iterator[Hit]:
    """The middle of each mark: what hangs below the line is reached there; the value lies over all others."""
    for tick in (*lane.of("comparator"), *lane.of("target"), *lane.of("value")):
        hangs = tick.role == "comparator" and not tick.is_range and not tick.place
        if tick.row:
            yield Hit((tick.low + tick.high) / 2 * per_unit, y + HUNG if hangs else y, tick.row)


def _draw_points(lane: Lane, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    """A tick for each target, a dot for each value; ranges are drawn as bands."""
    layers: list[Any] = []
    for x in [tick.low * per_unit for tick in lane.of("target") if not tick.is_range]:
        layers += draw_rules([(x, y - 9, x, y + 9)], canvas, "ink", 3)
    dots = [Shape(t.low * per_unit, y, "circle", "series-1", size=130) for t in lane.of("value") if not t.is_range]
    return layers + draw_shapes(dots, canvas)


def _draw_distance(lane: Lane, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    """A bar between target and value: the distance is what a reader came for. A range has no one distance."""
    both = (*lane.of("target")[:1], *lane.of("value")[:1])
    if len(both) < 2 or any(tick.is_range for tick in both):
        return []
    return draw_rules([(both[0].low * per_unit, y, both[1].low * per_unit, y)], canvas, "series-1", 3)


def _draw_beside(ticks: Sequence[Tick], y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    """Comparators: a single one hangs below the line on a stem, many places are rings on it."""
    points = [tick for tick in ticks if not tick.is_range]
    hung = [tick for tick in points if not tick.place]
    stems = [(t.low * per_unit, y, t.low * per_unit, y + HUNG) for t in hung]
    shapes = [Shape(t.low * per_unit, y, t.mark, "ref", True, 64) for t in points if t.place]
    shapes += [Shape(t.low * per_unit, y + HUNG, t.mark, "ref", True, 50) for t in hung]
    return draw_rules(stems, canvas, "ref") + draw_shapes(shapes, canvas)


def _draw_key(lanes: Sequence[Lane], canvas: Canvas) -> tuple[list[Any], float]:
    """What each mark stands for, in as many rows as the width needs."""
    entries = list({(t.label, t.is_range): t for lane in lanes for t in lane.ticks}.values())
    x, y, shapes, rules, words = -EDGE + 7.0, 6.0, list[Shape](), list[Segment](), list[Word]()
    bands: list[Any] = []
    for tick in entries:
        lines = wrap(tick.label, canvas.size, canvas.width - 20)
        if x + 12 + text_width(lines[0], canvas.size) > canvas.width - EDGE and words:
            x, y = -EDGE + 7.0, y + 22
        if tick.is_range:
            bands += band_mark(tick.role, x - 6, x + 6, y, canvas)
        elif tick.role == "target":
            rules.append((x, y - 8, x, y + 8))
        elif tick.role == "value":
            shapes.append(Shape(x, y, "circle", "series-1", size=110))
        else:
            shapes.append(Shape(x, y, tick.mark, "ref", True, 50))
        words.append(Word(x + 12, y, lines[0], size=canvas.size))
        x += 12 + text_width(lines[0], canvas.size) + KEY_GAP
    marks = draw_shapes(shapes, canvas) + draw_rules(rules, canvas, "ink", 3) + bands
    return marks + draw_words(words, canvas), y + 22
