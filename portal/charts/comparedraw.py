"""Draw the lanes of a comparison.

In:  lanes of dots, each with its axis.
Out: a Picture, wide or narrow.

The focus is filled, larger and drawn last; the field are rings; what is no place of the field hangs below the axis.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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
from portal.charts.comparelane import (
    BELOW,
    EDGE,
    FOCUS,
    RESTS,
    ROW,
    SCALE,
    Lane,
    Ruler,
    make_ruler,
    names_above,
    names_below,
    stack_dots,
)
from portal.charts.house import Canvas, text_width, wrap
from portal.formats import format_number

BETWEEN = 30  # from the foot of a lane to the head of the next


def draw_compare(lanes: Sequence[Lane], canvas: Canvas) -> Picture:
    """Lanes from top to bottom."""
    layers, hits, y = list[Any](), list[Hit](), 8.0
    for number, lane in enumerate(lanes):
        drawn, found, y = draw_lane(lane, y + (BETWEEN if number else 0), canvas)
        layers, hits = layers + drawn, hits + found
    return Picture(tuple(layers), canvas.width - 2 * EDGE, round(y), Margins(EDGE, EDGE, 2, 4), tuple(hits))


def draw_lane(lane: Lane, top: float, canvas: Canvas) -> tuple[list[Any], list[Hit], float]:
    """The lane, where its marks lie, and where it ends."""
    head, y = _head(lane, top, canvas)
    ruler = make_ruler(lane, canvas)
    dots = stack_dots(lane, ruler)
    above, boxes = names_above(lane, ruler, dots, canvas)
    below, stems, rows = names_below(lane, ruler, canvas)
    height = -min([-2 * RESTS, *(box.top for box in boxes), *(at - 8 for _, at in dots)])
    axis = y + height + 6
    words = [*head, *(_moved(word, axis) for word in (*above, *below, *_scale_words(lane, ruler, stems, canvas)))]
    layers = _axis(ruler, axis, canvas) + _beside(lane, stems, axis, canvas)
    layers += _leader(lane, ruler, boxes, axis, canvas)
    layers += draw_shapes([Shape(x, axis + at, "circle", "ref", True, 60) for x, at in dots], canvas)
    layers += draw_words(words, canvas)
    if lane.focus:
        layers += draw_shapes([Shape(ruler.px(lane.focus.value), axis - RESTS, size=190)], canvas)
    hits = [Hit(stem[0], axis + 7, dot.row) for dot, stem in zip(lane.beside, stems, strict=True)]
    hits += [Hit(x, axis + at, dot.row) for dot, (x, at) in zip(lane.field, dots, strict=True)]
    hits += [Hit(ruler.px(lane.focus.value), axis - RESTS, lane.focus.row)] if lane.focus else []
    return layers, hits, axis + (BELOW + (rows - 1) * ROW + 8 if rows else SCALE + 8)


def _moved(word: Word, by: float) -> Word:
    return replace(word, y=word.y + by)


def _head(lane: Lane, top: float, canvas: Canvas) -> tuple[list[Word], float]:
    """What is measured, in bold, and when: beside it, or on a line of its own."""
    size, step = canvas.size, canvas.size * LEADING
    lines = wrap(lane.label, size, canvas.width, bold=True)
    words = [Word(-EDGE, top + n * step, line, bold=True, size=size) for n, line in enumerate(lines)]
    x = -EDGE + (text_width(lines[-1], size, bold=True) + 8 if lines else 0)
    fits = x + EDGE + text_width(lane.period, size) <= canvas.width
    y = top + (max(len(lines), 1) - 1) * step + (0 if fits else step)
    words.append(Word(x if fits else -EDGE, y, lane.period, colour="ink-2", size=size))
    return words, y + size / 2


def _axis(ruler: Ruler, y: float, canvas: Canvas) -> list[Any]:
    rules: list[Segment] = [(0, y, ruler.width, y)]
    rules += [(ruler.px(value), y, ruler.px(value), y + 5) for value in ruler.ticks]
    return draw_rules(rules, canvas, "edge")


def _scale_words(lane: Lane, ruler: Ruler, stems: Sequence[Segment], canvas: Canvas) -> list[Word]:
    """The numbers of the axis; one that a line would run through gives way."""
    named = []
    for value in ruler.ticks:
        text, x = format_number(value, lane.unit), ruler.px(value)
        half = text_width(text, canvas.size) / 2 + 4
        if not any(abs(stem[0] - x) < half for stem in stems):
            named.append(Word(x, SCALE, text, "center", "ink-2", size=canvas.size))
    return named


def _beside(lane: Lane, stems: Sequence[Segment], axis: float, canvas: Canvas) -> list[Any]:
    """A tick for a printed figure; a triangle, on a thin line, for one that we worked out."""
    pairs = list(zip(lane.beside, stems, strict=True))
    printed = [(x, axis - 1, x2, axis + end) for dot, (x, _, x2, end) in pairs if not dot.worked]
    worked = [(x, axis + 8, x2, axis + end) for dot, (x, _, x2, end) in pairs if dot.worked]
    marks = [Shape(x, axis + 7, "triangle", "ref", True, 56) for dot, (x, *_) in pairs if dot.worked]
    return draw_rules(printed, canvas, "ref", 2.5) + draw_rules(worked, canvas, "ref") + draw_shapes(marks, canvas)


def _leader(lane: Lane, ruler: Ruler, boxes: Sequence[Any], axis: float, canvas: Canvas) -> list[Any]:
    """From the name of the focus down to its dot, where other dots lie between."""
    if not lane.focus:
        return []
    x = ruler.px(lane.focus.value)
    return draw_rules([(x, axis + boxes[0].bottom + 1, x, axis - RESTS - FOCUS + 1)], canvas, "series-1", 1.5)
