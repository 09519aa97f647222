"""Draw horizontal bars for a plain table.

In:  bars in the order of the file.
Out: a Picture: names at the left (wide) or above their bar (narrow), values at the ends.

A missing value keeps its row and says so where the bar would start; a bar of nothing is never drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.charts.board import Margins, Picture, Segment, Word, draw_blocks, draw_rules, draw_words
from portal.charts.house import Canvas, text_width, wrap

THICK = 16


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    value: float | None
    text: str


def draw_bars(bars: Sequence[Bar], canvas: Canvas) -> Picture:
    """Bars from zero; below zero they run to the left of it."""
    size, step = canvas.size, 40 if canvas.narrow else 28
    names = max(text_width(bar.name, size) for bar in bars) + 12
    left = 0.0 if canvas.narrow else min(names, canvas.width * 0.4)
    values = [bar.value or 0.0 for bar in bars]
    low, high = min(0.0, *values), max(0.0, *values)
    spare = max(text_width(bar.text, size, True) for bar in bars) + 12
    room = canvas.width - left - spare * (2 if low < 0 else 1)
    scale = room / ((high - low) or 1.0)
    zero = (spare if low < 0 else 0) - low * scale
    tops = [n * step + (20 if canvas.narrow else 6) for n in range(len(bars))]
    blocks, words = list[Segment](), list[Word]()
    for bar, top in zip(bars, tops, strict=True):
        words += _name(bar, top, left, canvas)
        words.append(_value(bar, top, zero, scale, size))
        if bar.value is not None:  # a true zero is a thin mark, not nothing
            ends = sorted((zero, zero + (bar.value * scale if bar.value else 3)))
            blocks.append((ends[0], top, ends[1], top + THICK))
    height = tops[-1] + THICK + 8
    layers = draw_blocks(blocks, canvas, "series-1") + draw_rules([(zero, 0, zero, height)], canvas, "edge")
    return Picture(tuple(layers + draw_words(words, canvas)), canvas.width - left, height, Margins(left, 0, 6, 4))


def _name(bar: Bar, top: float, left: float, canvas: Canvas) -> list[Word]:
    """The name, cut to one line: a bar has no room for two, and the table holds all of it."""
    room = canvas.width - 8 if canvas.narrow else left - 12
    lines = wrap(bar.name, canvas.size, room - 12)
    text = lines[0] if len(lines) == 1 else f"{lines[0]} …"
    x, y = (6.0, top - 9) if canvas.narrow else (-left, top + THICK / 2)
    return [Word(x, y, text, size=canvas.size)]


def _value(bar: Bar, top: float, zero: float, scale: float, size: int) -> Word:
    y = top + THICK / 2 + 0.5
    if bar.value is None:
        return Word(zero + 6, y, bar.text, colour="ink-2", size=size)
    if bar.value < 0:
        return Word(zero + bar.value * scale - 6, y, bar.text, "right", bold=True, size=size)
    return Word(zero + max(bar.value * scale, 3) + 6, y, bar.text, bold=True, size=size)
