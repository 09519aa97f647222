"""Compose a drawing over time.

In:  a TimeFigure and a Canvas.
Out: a Picture: band, grid, events, lines, marks, words, in that order.
"""

from __future__ import annotations

from typing import Any

from portal.charts.board import (
    Hit,
    Margins,
    Picture,
    Shape,
    draw_blocks,
    draw_rules,
    draw_shapes,
    draw_words,
    stack_words,
)
from portal.charts.house import Canvas, text_width
from portal.charts.labels import Box, place_labels
from portal.charts.timefigure import Frame, TimeFigure
from portal.charts.timemarks import draw_axes, draw_tracks, taken_by_tracks
from portal.charts.timenotes import (
    SMALL,
    STEM,
    draw_gaps,
    draw_missing,
    draw_moments,
    foot_lines,
    gap_box,
    gap_words_box,
    levels,
)
from portal.charts.timewords import end_labels, end_room, name_labels, value_labels
from portal.formats import format_number

HEIGHT_WIDE, HEIGHT_NARROW = 280, 200
AXIS = 28  # what the names of the years need


def draw_time(figure: TimeFigure, canvas: Canvas) -> Picture:
    """The whole drawing, with as much room below as its notes take."""
    frame = make_frame(figure, canvas)
    below = not canvas.narrow and bool(figure.moments) and not levels(figure, frame)
    notes = foot_lines(figure, frame, canvas)
    ground, words = _draw_words(figure, frame, canvas)
    layers = draw_gaps(figure, frame, canvas) + draw_axes(figure, frame, canvas) + ground
    layers += _draw_events(figure, frame, canvas, below)
    layers += draw_tracks(figure, frame, canvas) + draw_missing(figure, frame, canvas)
    layers += words + _draw_notes(notes, frame, canvas)
    bottom = AXIS + (STEM + 14 if below else 0) + len(notes) * SMALL * 1.3 + (6 if notes else 0)
    m = frame.margins
    hits = tuple(Hit(frame.px(p.x), frame.py(p.y), p.row) for p in reversed(figure.points) if p.row)
    return Picture(tuple(layers), frame.width, frame.height, Margins(m.left, m.right, m.top, round(bottom)), hits)


def make_frame(figure: TimeFigure, canvas: Canvas) -> Frame:
    """Margins from the words that stand in them, the plot from what they leave."""
    ticks = figure.ticks
    left = round(max(text_width(format_number(v, figure.unit), canvas.size) for v in ticks) + 10)
    right = round(end_room(figure, canvas)) if figure.together else (10 if canvas.narrow else 20)
    if figure.years:  # the last name stands under the last mark, near the edge
        right = max(right, round(text_width(figure.years[-1][1], canvas.size) / 2))
    named = not figure.together and any(track.label for track in figure.tracks)
    top = (56 if canvas.narrow else 34) if named else 20
    height = HEIGHT_NARROW if canvas.narrow else HEIGHT_WIDE
    return Frame(
        canvas.width - left - right, height, x_domain(figure), (ticks[0], ticks[-1]), Margins(left, right, top, AXIS)
    )


def x_domain(figure: TimeFigure) -> tuple[float, float]:
    """From the first to the last figure with a little air; from a whole year where the ticks are whole years."""
    first, last = min(p.x for p in figure.points), max(p.x for p in figure.points)
    span = (last - first) or 1.0
    if figure.years:
        return (first - 0.04 * span, last + (0.002 if figure.together else 0.03) * span)
    return (float(int(first)), last + (0.002 if figure.together else 0.03) * span)


def _draw_events(figure: TimeFigure, frame: Frame, canvas: Canvas, below: bool) -> list[Any]:
    if canvas.narrow:
        marks = [Shape(frame.px(m.x), frame.height, "square", "edge", size=36) for m in figure.moments]
        return draw_shapes(marks, canvas)
    foot = frame.height + (AXIS + STEM + 8 if below else 0)
    return draw_moments(figure, frame, canvas, foot, 1 if below else levels(figure, frame))


def _draw_words(figure: TimeFigure, frame: Frame, canvas: Canvas) -> tuple[list[Any], list[Any]]:
    """Clear ground, to lie over the grid and under the lines; and the words that stand on it."""
    ends, leaders = end_labels(figure, frame, canvas)
    taken = taken_by_tracks(figure, frame) + [_words_of(gap, frame) for gap in figure.gaps]
    labels = value_labels(figure, frame, canvas) + name_labels(figure, frame, canvas)
    words, boxes = place_labels(labels, taken, frame.room)
    ground = draw_blocks([box.edges for box in boxes if _on_grid(box, figure, frame)], canvas, "page")
    return ground, draw_rules(leaders, canvas, "edge") + draw_words([*words, *ends], canvas)


def _on_grid(box: Box, figure: TimeFigure, frame: Frame) -> bool:
    """Whether a line of the grid or a hatched band would run through the words."""
    crossed = any(box.top < frame.py(value) < box.bottom for value in figure.ticks)
    return crossed or any(box.overlap(gap_box(gap, frame)) > 0 for gap in figure.gaps)


def _words_of(gap: tuple[float, float], frame: Frame) -> Box:
    return gap_words_box(gap_box(gap, frame))


def _draw_notes(notes: list[str], frame: Frame, canvas: Canvas) -> list[Any]:
    y = frame.height + AXIS + SMALL * 0.8
    return draw_words(stack_words(2 - frame.margins.left, y, notes, colour="ink-2", size=SMALL), canvas)
