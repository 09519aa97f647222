"""What stands around the figures in a drawing over time: spans without figures, events, lines at the foot.

In:  a TimeFigure and its Frame.
Out: layers, labels, and the ground they cover.
"""

from __future__ import annotations

from typing import Any

from portal.charts.board import (
    Segment,
    Shape,
    Word,
    draw_blocks,
    draw_hatch,
    draw_rules,
    draw_shapes,
    draw_words,
    slanting,
    stack_words,
)
from portal.charts.events import moment_words
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.labels import Box, Label, place_labels
from portal.charts.timefigure import Frame, Moment, TimeFigure

NO_FIGURE = "No figure held"
HATCH = 7  # pixels between the lines
SMALL = 13
STEM = 78  # the height of one row of events: a square and four lines


def gap_box(gap: tuple[float, float], frame: Frame) -> Box:
    """The band between two figures, clear of their marks."""
    return Box(frame.px(gap[0]) + 9, 0, frame.px(gap[1]) - 9, frame.height)


def draw_gaps(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Any]:
    """A hatched band for each span without a figure, with the words where they fit."""
    layers: list[Any] = []
    for gap in figure.gaps:
        box = gap_box(gap, frame)
        layers += draw_hatch(slanting(box.edges, HATCH), canvas, "line")
        if _gap_lines(box):
            layers += _draw_gap_words(box, canvas)
    return layers


def _gap_lines(box: Box) -> list[str]:
    """The words in as many lines as the band needs; none when a single word is too wide for it."""
    room = box.right - box.left - 6
    lines = wrap(NO_FIGURE, SMALL, room)
    return lines if max(text_width(line, SMALL) for line in lines) <= room else []


def gap_words_box(box: Box) -> Box:
    lines = _gap_lines(box)
    half = max((text_width(line, SMALL) for line in lines), default=0) / 2 + 3
    middle, high = (box.left + box.right) / 2, len(lines) * SMALL * 1.25 / 2 + 4
    centre = box.bottom * 0.42
    return Box(middle - half, centre - high, middle + half, centre + high)


def _draw_gap_words(box: Box, canvas: Canvas) -> list[Any]:
    lines, clear = _gap_lines(box), gap_words_box(box)
    words = stack_words(
        (clear.left + clear.right) / 2, clear.top + 4 + SMALL * 0.625, lines, align="center", colour="ink-2", size=SMALL
    )
    return draw_blocks([clear.edges], canvas, "page") + draw_words(words, canvas)


def levels(figure: TimeFigure, frame: Frame) -> int:
    """How many rows of events the empty foot of the plot has room for; 0 when the figures come down to it."""
    lowest = max(frame.py(p.y) for p in figure.points)
    return min(3, int((frame.height - lowest - 30) // STEM))


def draw_moments(figure: TimeFigure, frame: Frame, canvas: Canvas, foot: float, rows: int) -> list[Any]:
    """Quiet squares on dotted stems with their words; `foot` is where the stems stand."""
    taken = [Box(frame.px(m.x) - 4, foot - STEM, frame.px(m.x) + 4, foot) for m in figure.moments]
    taken += [gap_box(gap, frame) for gap in figure.gaps]
    stems, shapes, words, ground = list[Segment](), list[Shape](), list[Word](), list[Segment]()
    room = Box(0, foot - rows * STEM - 8, frame.width + frame.margins.right, foot)
    for moment in figure.moments:
        label = _moment_label(moment, frame, foot, rows)
        placed, boxes = place_labels([label], taken, room)
        top = foot - STEM if not placed else placed[0].y - 14
        stems.append((frame.px(moment.x), top, frame.px(moment.x), foot))
        shapes.append(Shape(frame.px(moment.x), top, "square", "edge", size=44))
        taken += [*boxes, Box(frame.px(moment.x) - 4, top - 4, frame.px(moment.x) + 4, foot)]
        words += placed
        ground += [box.edges for box in boxes]
    layers = draw_blocks(ground, canvas, "page") + draw_rules(stems, canvas, "edge", 1, (2, 3))
    return layers + draw_shapes(shapes, canvas) + draw_words(words, canvas)


def _moment_label(moment: Moment, frame: Frame, foot: float, rows: int) -> Label:
    lines = (*wrap(moment.title, SMALL, 112)[:3], moment.when)
    tops = [foot - STEM * (row + 1) + 14 for row in range(rows)]
    places = [(frame.px(moment.x) + gap, top, align) for top in tops for gap, align in ((7, "left"), (-7, "right"))]
    # Unneeded: words that fit nowhere give way; the square stays and the timeline page names it.
    return Label(lines, tuple(places), "ink-2", False, SMALL, needed=False)


def foot_lines(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[str]:
    """Lines under the narrow drawing: the events, and what the hatch means where its words found no room."""
    notes = []
    if canvas.narrow and figure.moments:
        notes.append(f"Squares: {moment_words(figure.moments)}.")
    if figure.gaps and not all(_gap_lines(gap_box(gap, frame)) for gap in figure.gaps):
        notes.append(f"Hatched: {NO_FIGURE[0].lower()}{NO_FIGURE[1:]}.")
    return [line for note in notes for line in wrap(note, SMALL, canvas.width - 4)]


def draw_missing(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Any]:
    """A symbol at the axis where a figure should be: never a bar or mark of nothing."""
    return draw_words(
        [Word(frame.px(x), frame.height - 10, s, "center", "ink-2", False, SMALL) for x, s in figure.missing], canvas
    )
