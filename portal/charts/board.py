"""The drawing board: pixel-placed words, rules and shapes as Altair layers, and the picture they make up.

In:  positions in pixels from the plot's top left corner (negative ones reach the margins), tokens for colours.
Out: Altair layers; a Picture that knows its outer size.

`autosize: none` with margins of our own gives exactly the outer width asked for: with Vega's own fitting, the widths of
labels decide, two charts on one page never line up, and the narrow one overflows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import altair as alt

from portal.charts.house import FONT, SHAPES, Canvas

# Positions are pixels already: no scale may move them. Channels are objects: Altair takes 6 ms over a shorthand.
_X, _Y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
_X2, _Y2, _TEXT, _ORDER = alt.X2("x2"), alt.Y2("y2"), alt.Text("text:N"), alt.Order("n:Q")
LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Margins:
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a thumb finds the mark of a row."""

    x: float
    y: float
    row: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing before it is rendered: layers over a plot of this size, with room around it."""

    layers: tuple[Any, ...]
    width: float
    height: float
    margins: Margins
    hits: tuple[Hit, ...] = ()  # the marks that lead to their rows; later ones lie over earlier ones

    @property
    def outer_height(self) -> float:
        return self.height + self.margins.top + self.margins.bottom


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text; `y` is its middle."""

    x: float
    y: float
    text: str
    align: str = "left"
    colour: str = "ink"
    bold: bool = False
    size: int = 14


@dataclass(frozen=True, slots=True)
class Shape:
    """One mark; a hollow one has the ground inside, so that no line shows through."""

    x: float
    y: float
    mark: str = "circle"
    colour: str = "series-1"
    hollow: bool = False
    size: int = 60


Segment = tuple[float, float, float, float]


def draw_words(words: Iterable[Word], canvas: Canvas) -> list[Any]:
    """Text layers, one for each style among the words."""
    styled = sorted(words, key=_style)
    return [_text_layer(list(group), canvas) for _, group in groupby(styled, key=_style)]


def _style(word: Word) -> tuple[str, str, bool, int]:
    return (word.align, word.colour, word.bold, word.size)


# The drawing library ends the whole program at one of these.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _text_layer(words: Sequence[Word], canvas: Canvas) -> Any:
    first = words[0]
    rows = [{"x": round(w.x, 2), "y": round(w.y, 2), "text": CONTROL.sub("", w.text)} for w in words]
    mark = alt.Chart(alt.Data(values=rows)).mark_text(
        align=first.align,
        baseline="middle",
        font=FONT,
        fontSize=first.size,
        fontWeight="bold" if first.bold else "normal",
        color=canvas.paint(first.colour),
    )
    return mark.encode(x=_X, y=_Y, text=_TEXT)


def stack_words(x: float, y: float, lines: Sequence[str], **style: Any) -> list[Word]:
    """Several lines below each other; `y` is the middle of the first."""
    step = style.get("size", 14) * LEADING
    return [Word(x, y + i * step, line, **style) for i, line in enumerate(lines)]


def draw_rules(
    segments: Sequence[Segment], canvas: Canvas, colour: str, width: float = 1.0, dash: Sequence[int] = ()
) -> list[Any]:
    """Straight lines, each from one point to another."""
    if not segments:
        return []
    rows = [dict(zip(("x", "y", "x2", "y2"), (round(n, 2) for n in segment), strict=True)) for segment in segments]
    style = {"strokeDash": list(dash)} if dash else {}
    mark = alt.Chart(alt.Data(values=rows)).mark_rule(color=canvas.paint(colour), strokeWidth=width, **style)
    return [mark.encode(x=_X, y=_Y, x2=_X2, y2=_Y2)]


def draw_hatch(segments: Sequence[Segment], canvas: Canvas, colour: str) -> list[Any]:
    """Many lines as one element. Only beside layers with true scales: without them Vega joins across the nulls."""
    points: list[tuple[float | None, float | None]] = []
    for x1, y1, x2, y2 in segments:
        points += [(round(x1, 2), round(y1, 2)), (round(x2, 2), round(y2, 2)), (None, None)]
    data = alt.Data(values=[{"x": x, "y": y, "n": n} for n, (x, y) in enumerate(points)])
    mark = alt.Chart(data).mark_line(
        color=canvas.paint(colour), strokeWidth=1, strokeCap="butt", invalid="break-paths-show-path-domains"
    )
    return [mark.encode(x=_X, y=_Y, order=_ORDER)]


def slanting(block: Segment, step: float) -> list[Segment]:
    """Slanting lines cut at the edges of a block by hand: a clip path would need an id, and ids repeat on a page."""
    left, top, right, bottom = block
    wide, high = right - left, bottom - top
    segments: list[Segment] = []
    start = step - high
    while start < wide:
        first, last = max(start, 0), min(start + high, wide)
        segments.append((left + first, bottom - (first - start), left + last, bottom - (last - start)))
        start += step
    return segments


def draw_strokes(segments: Sequence[Segment], canvas: Canvas, colour: str, width: float = 1.0) -> list[Any]:
    """Many lines as one element, drawn as the outline of one shape: they need no scale and no break between them."""
    if not segments:
        return []
    outline = "".join(f"M{x1:.2f},{y1:.2f}L{x2:.2f},{y2:.2f}" for x1, y1, x2, y2 in segments)
    # At size 4 a custom shape is neither stretched nor shrunk.
    mark = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}])).mark_point(
        shape=outline, size=4, fill=None, stroke=canvas.paint(colour), strokeWidth=width, opacity=1
    )
    return [mark.encode(x=_X, y=_Y)]


def draw_paths(
    paths: Sequence[Sequence[tuple[float, float]]], canvas: Canvas, colour: str, width: float = 1.0
) -> list[Any]:
    """Many lines through many points as one element, with round corners."""
    outlines = ["M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in path) for path in paths if len(path) > 1]
    if not outlines:
        return []
    mark = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}])).mark_point(
        shape="".join(outlines), size=4, fill=None, stroke=canvas.paint(colour), strokeWidth=width, opacity=1,
        strokeJoin="round",
    )  # fmt: skip
    return [mark.encode(x=_X, y=_Y)]


def draw_shapes(shapes: Iterable[Shape], canvas: Canvas) -> list[Any]:
    """Mark layers, in the order given: later marks lie over earlier ones."""
    return [_shape_layer(list(group), canvas) for _, group in groupby(shapes, key=_shape_style)]


def _shape_style(shape: Shape) -> tuple[str, str, bool, int]:
    return (shape.mark, shape.colour, shape.hollow, shape.size)


def _shape_layer(shapes: Sequence[Shape], canvas: Canvas) -> Any:
    first, ink = shapes[0], canvas.paint(shapes[0].colour)
    rows = [{"x": round(s.x, 2), "y": round(s.y, 2)} for s in shapes]
    mark = alt.Chart(alt.Data(values=rows)).mark_point(
        shape=SHAPES[first.mark],
        size=first.size,
        fill=canvas.paint("page") if first.hollow else ink,
        stroke=ink,
        strokeWidth=2 if first.hollow else 1,
        opacity=1,
    )
    return mark.encode(x=_X, y=_Y)


def draw_blocks(blocks: Sequence[Segment], canvas: Canvas, colour: str) -> list[Any]:
    """Filled rectangles, for bars or for clear ground behind words: left, top, right, bottom."""
    if not blocks:
        return []
    rows = [dict(zip(("x", "y", "x2", "y2"), (round(n, 2) for n in block), strict=True)) for block in blocks]
    mark = alt.Chart(alt.Data(values=rows)).mark_rect(fill=canvas.paint(colour), strokeWidth=0)
    return [mark.encode(x=_X, y=_Y, x2=_X2, y2=_Y2)]


def draw_boxes(blocks: Sequence[Segment], canvas: Canvas, colour: str, width: float = 1.5) -> list[Any]:
    """Outlined rectangles: strokes only, so that what lies under them still shows."""
    sides = [side for block in blocks for side in _sides(block, width / 2)]
    return draw_strokes(sides, canvas, colour, width)


def _sides(block: Segment, half: float) -> list[Segment]:
    """The four edges of a block, drawn along their inside; the long ones close the corners."""
    left, top, right, bottom = block
    across: list[Segment] = [(left, y, right, y) for y in (top + half, bottom - half)]
    return across + [(x, top, x, bottom) for x in (left + half, right - half)]


def specification(picture: Picture, canvas: Canvas, ground: str | None = None) -> dict[str, Any]:
    """The Vega-Lite specification of a picture."""
    m = picture.margins
    # One constructor: each `.properties()` or `.configure()` would copy every layer with its data.
    chart = alt.LayerChart(
        layer=list(picture.layers),
        width=picture.width,
        height=picture.height,
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": m.left, "right": m.right, "top": m.top, "bottom": m.bottom},
        config=alt.Config(aria=False, background=ground or "transparent", font=FONT, view=alt.ViewConfig(stroke=None)),
    )
    return dict(chart.to_dict(validate=False))
