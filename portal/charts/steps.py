"""Form `steps`: two like-for-like figures, and beside them the figures that must not be compared.

In:  a ChartSpec whose first series names two rows, and `beside`: (row id, why it is not drawn).
Out: a Sketch.

The figures beside are a list and never marks: any position on the scale invites a comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal.charts import telling, words
from portal.charts.board import (
    Hit,
    Margins,
    Picture,
    Segment,
    Shape,
    Word,
    draw_rules,
    draw_shapes,
    draw_words,
    stack_words,
)
from portal.charts.check import differences
from portal.charts.frame import Sketch
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.journey import Journey, Stop
from portal.charts.select import place_of, row_of, series_rows
from portal.charts.speech import say_both, say_exact
from portal.errors import PortalError
from portal.formats import format_row
from portal.made import Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec

BIG = 22
Beside = tuple[tuple[str, str], ...]  # the figure, why it is not drawn
HEIGHT_WIDE, HEIGHT_NARROW = 210, 160
LIST = 252  # the wide drawing's list, with its hairline


def sketch_steps(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """Two figures and the way from one to the other."""
    pair = _pair(dataset, spec)
    others = tuple(row_of(dataset, spec, row_id) for row_id, _ in spec.beside)
    beside = tuple((format_row(row), why) for row, (_, why) in zip(others, spec.beside, strict=True))
    short, told = describe(pair, spec, beside, reference, place)
    return Sketch(
        draw=lambda canvas: draw_steps(pair, beside, canvas),
        alt=short,
        words=told,
        rows=(*pair, *others),
        journey=Journey(tuple(Stop(row, spec.series[0].label, 0, 0) for row in pair), (spec.series[0].label,)),
    )


def _pair(dataset: Dataset, spec: ChartSpec) -> tuple[Observation, Observation]:
    """The two rows, in order of time; refused unless a reader could subtract them."""
    rows = [row for series in spec.series[:1] for row in series_rows(dataset, spec, series)]
    where = place_of(dataset, spec)
    if len(rows) != 2:
        raise PortalError(f"{where}: steps are drawn from two rows, not {len(rows)}", "Name two row ids.")
    if unlike := differences(rows):
        message = f'{where}: "{rows[0].id}" and "{rows[1].id}" differ in {words.listed(unlike)}'
        raise PortalError(message, "Only like-for-like figures make a step; list the other under `beside`.")
    first, second = sorted(rows, key=lambda row: (row.date is None, row.date.isoformat() if row.date else ""))
    if not all(row.date and row.number is not None and row.number >= 0 for row in rows):
        raise PortalError(f'{where}: "{first.id}" and "{second.id}" must both have a date and a number', "Use a table.")
    return first, second


def describe(
    pair: Sequence[Observation], spec: ChartSpec, beside: Beside, reference: Reference, place: str
) -> tuple[str, tuple[Told, ...]]:
    """From what to what; in the long text also what is listed beside."""
    first, last = pair
    what = f"{words.what_is_counted(first)}, in {telling.places_of(pair, reference, place)}"
    head = f"Two like-for-like figures joined by a line: {what}."
    short = telling.tell_ends(
        say_both(first, last), (f" {words.at_time(first.period)}", f" {words.at_time(last.period)}"), pair
    )
    full = telling.tell_ends(
        (say_exact(first), say_exact(last)), (f" {words.when_of(first)}", f" {words.when_of(last)}"), pair
    )
    listed = [f"{figure} ({why})" for figure, why in beside]
    told = [Told(head), Told(f"The figure {full}.", (first.id, last.id))]
    if listed:
        text = f"Listed beside and not drawn: {words.listed(listed)}."
        told.append(Told(text, tuple(row_id for row_id, _ in spec.beside)))
    return f"{head} The figure {short}.", tuple(told)


def draw_steps(pair: Sequence[Observation], beside: Beside, canvas: Canvas) -> Picture:
    """A slope from a zero base; the list at its right, or below when narrow."""
    list_width = LIST if beside and not canvas.narrow else 0
    room = max(text_width(format_row(row), BIG, True) for row in pair) + 16
    left = right = max(room, max(text_width(row.period, canvas.size) for row in pair) / 2 + 2)
    width = canvas.width - left - right - list_width
    height = HEIGHT_NARROW if canvas.narrow else HEIGHT_WIDE
    layers = _draw_slope(pair, width, height, canvas)
    below = 34.0
    if beside and canvas.narrow:
        more, tall = _draw_list(beside, -left, height + below + 12, canvas.width - 4, canvas)
        rule: Segment = (-left, height + below, canvas.width - left, height + below)
        layers, below = layers + draw_rules([rule], canvas, "line") + more, below + tall + 18
    elif beside:
        x = width + right + 8
        more, _ = _draw_list(beside, x + 18, 4, LIST - 28, canvas)
        layers += draw_rules([(x, -6, x, height)], canvas, "line") + more
    hits = tuple(Hit(x, y, row.id) for x, y, row in zip((0.0, width), _heights(pair, height), pair, strict=True))
    return Picture(tuple(layers), width, height, Margins(left, right + list_width, 22, below), hits)


def _heights(pair: Sequence[Observation], height: float) -> list[float]:
    top = max(row.number or 0.0 for row in pair) or 1.0
    return [height - (row.number or 0.0) / top * height for row in pair]


def _draw_slope(pair: Sequence[Observation], width: float, height: float, canvas: Canvas) -> list[Any]:
    ys = _heights(pair, height)
    stems: list[Segment] = [(0, ys[0], 0, height), (width, ys[1], width, height)]
    shapes = [
        Shape(x, y, "circle", "series-1", row.date_status == "inferred", 130)
        for x, y, row in zip((0.0, width), ys, pair, strict=True)
    ]
    layers = draw_rules(stems, canvas, "line", 1.5) + draw_rules([(0, height, width, height)], canvas, "edge")
    layers += draw_rules([(0, ys[0], width, ys[1])], canvas, "series-1", 3) + draw_shapes(shapes, canvas)
    return layers + draw_words(_slope_words(pair, ys, width, height, canvas), canvas)


def _slope_words(
    pair: Sequence[Observation], ys: Sequence[float], width: float, height: float, canvas: Canvas
) -> list[Word]:
    size, first, last = canvas.size, pair[0], pair[1]
    return [
        Word(-14, ys[0], format_row(first), "right", bold=True, size=BIG),
        Word(width + 14, ys[1], format_row(last), "left", bold=True, size=BIG),
        Word(0, height + 17, first.period, "center", size=size),
        Word(width, height + 17, last.period, "center", size=size),
        Word(-8, height - 2, "0", "right", "ink-2", size=size),
    ]


def _draw_list(beside: Beside, x: float, y: float, width: float, canvas: Canvas) -> tuple[list[Any], float]:
    """The other figures with the reason for each; returns the height they took."""
    size, start = canvas.size, y
    lines = [Word(x, y, "Not on the same basis", bold=True, size=size)]
    lines.append(Word(x, y + size * 1.25, "not drawn, not to be compared", colour="ink-2", size=size))
    y += 2 * size * 1.25 + 10
    column = max(text_width(text, 16, True) for text, _ in beside) + 12
    for text, why in beside:
        reason = wrap(why, size, width - column)
        lines.append(Word(x, y, text, bold=True, size=16))
        lines += stack_words(x + column, y, reason, colour="ink-2", size=size)
        y += len(reason) * size * 1.25 + 9
    return draw_words(lines, canvas), y - start
