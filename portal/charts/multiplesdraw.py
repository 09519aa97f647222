"""Draw small multiples of lines.

In:  panels of points already split into runs.
Out: a Picture: four panels in a row, or two on a phone; one scale for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.charts.board import (
    LEADING,
    Hit,
    Margins,
    Picture,
    Segment,
    Shape,
    Word,
    draw_blocks,
    draw_paths,
    draw_rules,
    draw_shapes,
    draw_words,
)
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.labels import Box, Label, line_boxes, mark_box, place_labels
from portal.charts.scales import Ticks
from portal.charts.timefigure import Point
from portal.formats import format_number

HIGH_WIDE, HIGH_NARROW = 110, 96
AIR = 17  # at either end of a line, for half a figure and half a year
FOOT = 26  # under a panel, for the years
BETWEEN = 18  # from the years to the next name
Run = tuple[Point, ...]
XY = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Multiple:
    """One panel: its place, the runs a line may join, where a symbol stands in place of a figure."""

    name: str
    runs: tuple[Run, ...]
    missing: tuple[tuple[float, str], ...] = ()

    @property
    def points(self) -> list[Point]:
        return sorted((p for run in self.runs for p in run), key=lambda p: p.x)


@dataclass(frozen=True, slots=True)
class Multiples:
    """Everything the drawing says. The first panel is the focus; `years` are the two ends of the axis.

    The axis ends at the highest figure and not at the tick above it: panels are low, and each pixel counts.
    """

    panels: tuple[Multiple, ...]
    unit: str
    ticks: Ticks
    high: float
    years: tuple[tuple[float, str], tuple[float, str]]

    @property
    def top(self) -> float:
        return self.high if self.high > self.ticks[0] else self.ticks[-1]

    @property
    def grid(self) -> Ticks:
        """The ticks that the axis reaches."""
        return tuple(tick for tick in self.ticks if tick <= self.top)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one panel lies."""

    x: float
    y: float
    width: float
    height: float
    figure: Multiples

    def at(self, point: Point) -> XY:
        return self.px(point.x), self.py(point.y)

    def px(self, x: float) -> float:
        first, last = self.figure.years[0][0], self.figure.years[1][0]
        return self.x + AIR + (x - first) / ((last - first) or 1.0) * (self.width - 2 * AIR)

    def py(self, y: float) -> float:
        low, high = self.figure.ticks[0], self.figure.top
        return self.y + self.height - (y - low) / (high - low) * self.height


def draw_multiples(figure: Multiples, canvas: Canvas) -> Picture:
    """The grid of panels, read along the rows."""
    left = max(text_width(format_number(v, figure.unit), canvas.size) for v in figure.grid) + 6
    cells, names, height = lay_out(figure, left, canvas)
    axes, words = _draw_axes(figure, cells, left, canvas)
    behind = [[cell.at(p) for p in run] for cell in cells[1:] for run in figure.panels[0].runs]
    words, ground = words + names, list[Box]()
    for panel, cell in zip(figure.panels, cells, strict=True):
        named, boxes = _figures(panel, cell, canvas)
        words, ground = words + named, ground + boxes
    axes += draw_blocks([box.edges for box in ground], canvas, "page")  # no line of the grid runs through a figure
    layers = axes + draw_paths(behind, canvas, "ref", 1.5)
    for own, colour, width in ((slice(1, None), "ink", 2.5), (slice(0, 1), "series-1", 3.5)):
        pairs = list(zip(figure.panels[own], cells[own], strict=True))
        layers += draw_paths(
            [[cell.at(p) for p in run] for panel, cell in pairs for run in panel.runs], canvas, colour, width
        )
        layers += draw_shapes([s for panel, cell in pairs for s in _ends(panel, cell, colour)], canvas)
    pairs = list(zip(figure.panels, cells, strict=True))
    hits = tuple(Hit(*cell.at(p), p.row) for panel, cell in pairs for p in panel.points if p.row)
    room = Margins(left, 0, 10, 4)
    return Picture(tuple(layers + draw_words(words, canvas)), canvas.width - left, height, room, hits)


def lay_out(figure: Multiples, left: float, canvas: Canvas) -> tuple[list[Cell], list[Word], float]:
    """Where each panel lies, its name above it, and the height of all."""
    columns, gap = (2, 18) if canvas.narrow else (4, 24)
    width = (canvas.width - left - (columns - 1) * gap) / columns
    step, y = canvas.size * LEADING, 0.0
    cells, names = list[Cell](), list[Word]()
    for start in range(0, len(figure.panels), columns):
        row = figure.panels[start : start + columns]
        lines = [wrap(panel.name, canvas.size, width, bold=True) for panel in row]
        head = max(len(text) for text in lines) * step
        for n, text in enumerate(lines):
            x, colour = n * (width + gap), "series-1" if start + n == 0 else "ink"
            top = y + head - len(text) * step
            names += [Word(x, top + i * step, line, "left", colour, True, canvas.size) for i, line in enumerate(text)]
            high = HIGH_NARROW if canvas.narrow else HIGH_WIDE
            cells.append(Cell(x, y + head + 6, width, high, figure))
        y = cells[-1].y + cells[-1].height + FOOT + BETWEEN
    return cells, names, y - BETWEEN


def _draw_axes(figure: Multiples, cells: Sequence[Cell], left: float, canvas: Canvas) -> tuple[list[Any], list[Word]]:
    """The grid, its numbers at the left of each row, the first and the last year under each panel."""
    base = figure.ticks[0]
    grid = [(c.x, c.py(v), c.x + c.width, c.py(v)) for c in cells for v in figure.grid if v != base]
    foot: list[Segment] = [(c.x, c.py(base), c.x + c.width, c.py(base)) for c in cells]
    size = canvas.size
    words = [
        Word(-6, cell.py(value), format_number(value, figure.unit), "right", "ink-2", size=size)
        for cell in cells
        if cell.x == 0
        for value in figure.grid
    ]
    words += [_year(cell, *year, size) for cell in cells for year in dict.fromkeys(figure.years)]
    return draw_rules(grid, canvas, "line") + draw_rules(foot, canvas, "edge"), words


def _year(cell: Cell, x: float, text: str, size: int) -> Word:
    """Under its end of the line; a long one moved in from the edge of the panel."""
    half = text_width(text, size) / 2
    middle = min(max(cell.px(x), cell.x + half), cell.x + cell.width - half)
    return Word(middle, cell.y + cell.height + 14, text, "center", "ink-2", size=size)


def _ends(panel: Multiple, cell: Cell, colour: str) -> list[Shape]:
    """A mark at both ends of each run, so that a break is seen, and wherever a date is worked out by us."""
    marked = [p for run in panel.runs for p in run if p.hollow or p in (run[0], run[-1])]
    return [Shape(*cell.at(p), "circle", colour, p.hollow, 46 if colour == "series-1" else 30) for p in marked]


def _figures(panel: Multiple, cell: Cell, canvas: Canvas) -> tuple[list[Word], list[Box]]:
    """The first and the last figure, above or below the line; symbols at the foot."""
    lines = [[cell.at(p) for p in run] for run in (*panel.runs, *cell.figure.panels[0].runs)]
    taken = [box for line in lines for box in line_boxes(line)]
    symbols = [
        Word(cell.px(x), cell.y + cell.height - 10, text, "center", "ink-2", size=canvas.size)
        for x, text in panel.missing
    ]
    taken += [mark_box(word.x, word.y, 9) for word in symbols]
    points = panel.points
    labels = [_figure_label(p, n, cell, canvas) for n, p in enumerate(dict.fromkeys([*points[:1], *points[-1:]]))]
    room = Box(cell.x - 2, cell.y - 16, cell.x + cell.width + 2, cell.y + cell.height)
    words, boxes = place_labels(labels, taken, room)
    return words + symbols, boxes


def _figure_label(point: Point, number: int, cell: Cell, canvas: Canvas) -> Label:
    x, y = cell.at(point)
    edge, align = (cell.x, "left") if number == 0 else (cell.x + cell.width, "right")
    rows = [y + way * distance for distance in (14, 18, 24, 32, 40) for way in (-1, 1)]
    places = tuple(place for at in rows for place in ((x, at, "center"), (edge, at, align)))
    return Label((point.text,), places, "ink", True, canvas.size)
