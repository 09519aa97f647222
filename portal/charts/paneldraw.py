"""Draw panels of bars.

In:  panels of bars, all in one unit.
Out: a Picture: two panels beside each other (wide) or one (narrow), each bar under its name, its number at its end.

A part of a year is hatched. A missing value keeps its place and says so where the bar would start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from portal.charts.board import (
    LEADING,
    Hit,
    Margins,
    Picture,
    Segment,
    Word,
    draw_blocks,
    draw_boxes,
    draw_rules,
    draw_strokes,
    draw_words,
    slanting,
    stack_words,
)
from portal.charts.house import Canvas, text_width, wrap

THICK, HATCH, ZERO = 16, 7, 3  # a bar; the distance of its hatching; a true zero, which is a thin mark
BETWEEN, BELOW = 40, 26  # from panel to panel, across and down
INDENT, GAP = 8, 9  # a name beside the line at 0; from a bar to the next name


@dataclass(frozen=True, slots=True)
class SpanBar:
    """One figure; `part`: it covers less than a year."""

    name: str
    value: float | None
    text: str
    part: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    label: str
    bars: tuple[SpanBar, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A panel with its words broken into lines, and where its parts stand, in pixels."""

    left: float
    top: float
    title: list[str]
    names: list[list[str]]
    bars: tuple[SpanBar, ...]
    size: int

    @property
    def first(self) -> float:
        """Where the line at 0 begins, below the title."""
        return self.top + len(self.title) * self.size * LEADING + 4

    @property
    def tops(self) -> list[float]:
        """The upper edge of each bar."""
        tops, y = [], self.first
        for name in self.names:
            y += len(name) * self.size * LEADING + 2
            tops.append(y)
            y += THICK + GAP
        return tops

    @property
    def bottom(self) -> float:
        return self.tops[-1] + THICK + 2


def draw_panels(panels: Sequence[Panel], canvas: Canvas) -> Picture:
    """The panels in reading order, on one scale from 0."""
    columns = 1 if canvas.narrow or len(panels) == 1 else 2
    inside = canvas.width - 2  # the line at 0 is not cut
    width = (inside - BETWEEN * (columns - 1)) / columns
    placed = list(_place(panels, columns, width, canvas.size))
    bars = [bar for panel in panels for bar in panel.bars]
    spare = max(text_width(bar.text, canvas.size, True) for bar in bars) + 8
    scale = (width - spare) / (max(bar.value or 0.0 for bar in bars) or 1.0)
    layers = [layer for panel in placed for layer in _draw_panel(panel, scale, canvas)]
    hits = tuple(
        Hit(panel.left + max(bar.value * scale, ZERO), top + THICK / 2, bar.row)
        for panel in placed
        for bar, top in zip(panel.bars, panel.tops, strict=True)
        if bar.row and bar.value is not None
    )
    return Picture(tuple(layers), inside, max(panel.bottom for panel in placed), Margins(1, 1, 6, 6), hits)


def _place(panels: Sequence[Panel], columns: int, width: float, size: int) -> Iterator[Placed]:
    top = 0.0
    for start in range(0, len(panels), columns):
        titles = [wrap(panel.label, size, width, bold=True) for panel in panels[start : start + columns]]
        most = max(len(title) for title in titles)  # bars beside each other stand at one height
        row = [
            Placed(
                n * (width + BETWEEN),
                top,
                [*titles[n], *[""] * (most - len(titles[n]))],
                [wrap(bar.name, size, width - INDENT) for bar in panel.bars],
                panel.bars,
                size,
            )
            for n, panel in enumerate(panels[start : start + columns])
        ]
        yield from row
        top = max(panel.bottom for panel in row) + BELOW


def _draw_panel(panel: Placed, scale: float, canvas: Canvas) -> list[Any]:
    whole, parts = list[Segment](), list[Segment]()
    words = stack_words(panel.left, panel.top + panel.size / 2, panel.title, bold=True, size=panel.size)
    for bar, name, top in zip(panel.bars, panel.names, panel.tops, strict=True):
        first = top - 2 - (len(name) - 0.5) * panel.size * LEADING
        words += stack_words(panel.left + INDENT, first, name, size=panel.size)
        end = panel.left + (max(bar.value * scale, ZERO) if bar.value is not None else 0)
        words.append(_number(bar, end + 6, top + THICK / 2 + 0.5, panel.size))
        if bar.value is not None:
            (parts if bar.part and bar.value else whole).append((panel.left, top, end, top + THICK))
    line: Segment = (panel.left, panel.first, panel.left, panel.bottom)
    inside = [(left + 1, top + 1, right - 1, bottom - 1) for left, top, right, bottom in parts]
    slants = [stroke for block in inside for stroke in slanting(block, HATCH)]
    layers = draw_blocks(whole, canvas, "series-1") + draw_strokes(slants, canvas, "series-1", 1.5)
    layers += draw_boxes(parts, canvas, "series-1") + draw_rules([line], canvas, "edge")
    return layers + draw_words(words, canvas)


def _number(bar: SpanBar, x: float, y: float, size: int) -> Word:
    held = bar.value is not None
    return Word(x, y, bar.text, colour="ink" if held else "ink-2", bold=held, size=size)
