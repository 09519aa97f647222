"""Find room for words: Vega does not move labels, so they are placed before drawing.

In:  the places each label would like, in order of liking, and what is already there.
Out: boxes that lie on nothing else, always the same ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

from portal.charts.board import LEADING, Word
from portal.charts.house import text_width


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        return (self.left, self.top, self.right, self.bottom)

    def overlap(self, other: Box) -> float:
        """The area two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)

    def outside(self, room: Box) -> float:
        """How far the box leaves the room, in pixels."""
        across = max(room.left - self.left, 0) + max(self.right - room.right, 0)
        return across + max(room.top - self.top, 0) + max(self.bottom - room.bottom, 0)


@dataclass(frozen=True, slots=True)
class Label:
    """Words that want a place: (x, y, align) in order of liking, `y` the middle of the first line."""

    lines: tuple[str, ...]
    places: tuple[tuple[float, float, str], ...]
    colour: str = "ink"
    bold: bool = False
    size: int = 14
    needed: bool = True  # an unneeded label gives way when there is no free place

    def box(self, place: tuple[float, float, str]) -> Box:
        x, y, align = place
        width = max(text_width(line, self.size, self.bold) for line in self.lines)
        left = {"left": x, "center": x - width / 2, "right": x - width}[align]
        half = self.size * 0.56
        return Box(left - 1, y - half, left + width + 1, y + half + (len(self.lines) - 1) * self.size * LEADING)

    def words(self, place: tuple[float, float, str]) -> list[Word]:
        x, y, align = place
        step = self.size * LEADING
        return [
            Word(x, y + i * step, line, align, self.colour, self.bold, self.size) for i, line in enumerate(self.lines)
        ]


def place_labels(labels: Iterable[Label], taken: Iterable[Box], room: Box) -> tuple[list[Word], list[Box]]:
    """Words for the labels, the first ones served first, and the ground they stand on."""
    full, words, placed = list(taken), list[Word](), list[Box]()
    for label in labels:
        costs = [(_cost(label.box(place), full + placed, room), n) for n, place in enumerate(label.places)]
        cost, best = min(costs)
        if cost > 0 and not label.needed:
            continue
        words += label.words(label.places[best])
        placed.append(label.box(label.places[best]))
    return words, placed


def _cost(box: Box, taken: Sequence[Box], room: Box) -> float:
    return sum(box.overlap(other) for other in taken) + 1000 * box.outside(room)


def line_boxes(points: Sequence[tuple[float, float]], thickness: float = 4) -> list[Box]:
    """A line as small boxes along it, so that labels keep off."""
    half, boxes = thickness / 2, []
    for (x1, y1), (x2, y2) in pairwise(points):
        steps = max(1, ceil(hypot(x2 - x1, y2 - y1) / 5))
        for n in range(steps + 1):
            x, y = x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps
            boxes.append(Box(x - half, y - half, x + half, y + half))
    return boxes


def mark_box(x: float, y: float, radius: float = 6) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Middles moved as little as needed so that neighbours of these sizes do not touch; kept within low..high."""
    order = sorted(range(len(wanted)), key=lambda n: (wanted[n], n))
    placed = list(wanted)
    edge = low
    for n in order:
        placed[n] = max(placed[n], edge + sizes[n] / 2)
        edge = placed[n] + sizes[n] / 2
    edge = high
    for n in reversed(order):
        placed[n] = min(placed[n], edge - sizes[n] / 2)
        edge = placed[n] - sizes[n] / 2
    return placed
