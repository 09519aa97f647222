"""Draw the lanes of a strip.

In:  lanes of ticks, all in one unit.
Out: a Picture, wide or narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.charts.board import Margins, Picture, Segment, Shape, Word, draw_rules, draw_shapes, draw_words
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.labels import spread
from portal.charts.scales import round_ticks
from portal.formats import format_number

EDGE = 18  # half a label on either side
HEAD = 22  # a lane's name
ABOVE, BELOW = 34, 46  # from the name to the line, from the line to the next lane
KEY_GAP = 26


@dataclass(frozen=True, slots=True)
class Tick:
    """One figure in a lane. A named place stands among many, of which only the ends are `told`."""

    value: float
    text: str
    label: str
    role: str
    mark: str
    place: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    ticks: tuple[Tick, ...]

    def of(self, *roles: str) -> list[Tick]:
        return [tick for tick in self.ticks if tick.role in roles]


def draw_lanes(lanes: Sequence[Lane], unit: str, canvas: Canvas) -> Picture:
    """Key, lanes from top to bottom, the axis they share."""
    scale = round_ticks(0, max(t.value for lane in lanes for t in lane.ticks), 4 if canvas.narrow else 6)
    width = canvas.width - 2 * EDGE
    per_unit = width / scale[-1]
    key, y = _draw_key(lanes, canvas)
    layers = list(key)
    for lane in lanes:
        y += HEAD if lane.label else 0
        layers += _draw_lane(lane, y + ABOVE, per_unit, width, canvas)
        y += ABOVE + BELOW
    layers += _draw_axis(scale, unit, y, per_unit, canvas)
    return Picture(tuple(layers), width, y, Margins(EDGE, EDGE, 8, 30))


def _draw_axis(scale: Sequence[float], unit: str, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    rules: list[Segment] = [(0, y, scale[-1] * per_unit, y)]
    rules += [(value * per_unit, y, value * per_unit, y + 5) for value in scale]
    names = [
        Word(value * per_unit, y + 17, format_number(value, unit), "center", "ink-2", False, canvas.size)
        for value in scale
    ]
    return draw_rules(rules, canvas, "edge") + draw_words(names, canvas)


def _draw_lane(lane: Lane, y: float, per_unit: float, width: float, canvas: Canvas) -> list[Any]:
    name = [Word(-EDGE, y - ABOVE - 6, lane.label, bold=True, size=canvas.size)] if lane.label else []
    layers = draw_words(name, canvas) + draw_rules([(0, y, width, y)], canvas, "edge")
    layers += _draw_distance(lane, y, per_unit, canvas)
    layers += _draw_beside(lane.of("comparator"), y, per_unit, width, canvas)
    for tick in lane.of("target"):
        layers += draw_rules([(tick.value * per_unit, y - 9, tick.value * per_unit, y + 9)], canvas, "ink", 3)
    dots = [Shape(t.value * per_unit, y, "circle", "series-1", size=130) for t in lane.of("value")]
    return layers + draw_shapes(dots, canvas) + draw_words(_words_above(lane, y, per_unit, width, canvas), canvas)


def _draw_distance(lane: Lane, y: float, per_unit: float, canvas: Canvas) -> list[Any]:
    """A bar between target and value: the distance is what a reader came for."""
    ends = [tick.value * per_unit for tick in (*lane.of("target")[:1], *lane.of("value")[:1])]
    return draw_rules([(ends[0], y, ends[1], y)], canvas, "series-1", 3) if len(ends) == 2 else []


def _words_above(lane: Lane, y: float, per_unit: float, width: float, canvas: Canvas) -> list[Word]:
    ticks = lane.of("target", "value")
    among = any(tick.place for tick in lane.ticks)
    texts = [f"{t.label} {t.text}" if among else t.text for t in ticks]
    return _spread_words(ticks, texts, y - 20, per_unit, width, canvas)


def _spread_words(
    ticks: Sequence[Tick], texts: Sequence[str], y: float, per_unit: float, width: float, canvas: Canvas
) -> list[Word]:
    bold = [tick.role == "value" for tick in ticks]
    sizes = [text_width(text, canvas.size, strong) + 8 for text, strong in zip(texts, bold, strict=True)]
    xs = spread([tick.value * per_unit for tick in ticks], sizes, -EDGE, width + EDGE)
    colours = ["ink-2" if tick.role == "comparator" else "ink" for tick in ticks]
    rows = zip(xs, texts, colours, bold, strict=True)
    return [Word(x, y, text, "center", colour, strong, canvas.size) for x, text, colour, strong in rows]


def _draw_beside(ticks: Sequence[Tick], y: float, per_unit: float, width: float, canvas: Canvas) -> list[Any]:
    """Comparators: a single one hangs below the line on a stem, many places are rings on it."""
    hung = [tick for tick in ticks if not tick.place]
    stems = [(t.value * per_unit, y, t.value * per_unit, y + 12) for t in hung]
    shapes = [Shape(t.value * per_unit, y, t.mark, "ref", True, 64) for t in ticks if t.place]
    shapes += [Shape(t.value * per_unit, y + 12, t.mark, "ref", True, 50) for t in hung]
    told = [tick for tick in ticks if tick.told]
    among = len(hung) < len(ticks)  # among many places a number alone does not say whose it is
    texts = [f"{tick.place or (tick.label if among else '')} {tick.text}".strip() for tick in told]
    words = _spread_words(told, texts, y + 31, per_unit, width, canvas)
    return draw_rules(stems, canvas, "ref") + draw_shapes(shapes, canvas) + draw_words(words, canvas)


def _draw_key(lanes: Sequence[Lane], canvas: Canvas) -> tuple[list[Any], float]:
    """What each mark stands for, in as many rows as the width needs."""
    entries = list({t.label: t for lane in lanes for t in lane.ticks}.values())
    x, y, shapes, rules, words = -EDGE + 7.0, 6.0, list[Shape](), list[Segment](), list[Word]()
    for tick in entries:
        lines = wrap(tick.label, canvas.size, canvas.width - 20)
        if x + 12 + text_width(lines[0], canvas.size) > canvas.width - EDGE and words:
            x, y = -EDGE + 7.0, y + 22
        if tick.role == "target":
            rules.append((x, y - 8, x, y + 8))
        elif tick.role == "value":
            shapes.append(Shape(x, y, "circle", "series-1", size=110))
        else:
            shapes.append(Shape(x, y, tick.mark, "ref", True, 50))
        words.append(Word(x + 12, y, lines[0], size=canvas.size))
        x += 12 + text_width(lines[0], canvas.size) + KEY_GAP
    return draw_shapes(shapes, canvas) + draw_rules(rules, canvas, "ink", 3) + draw_words(words, canvas), y + 22
