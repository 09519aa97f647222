"""One lane of a comparison: where its dots rest, and where the words beside them stand.

In:  the figures of a lane.
Out: dots stacked where they would cover each other; names that lie on nothing else.

Positions count from the axis: 0 is the axis, above it is negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from portal.charts.board import LEADING, Segment, Word
from portal.charts.house import Canvas, text_width, wrap
from portal.charts.labels import Box, Label, mark_box, place_labels
from portal.charts.scales import Ticks, round_ticks

EDGE = 18  # half a name of the scale on either side
FOCUS, RING = 8.0, 5.0  # radii as drawn, with their outlines
RESTS, STEP = 10.0, 11.0  # the lowest dots rest on the axis, the others on them
SCALE, BELOW, ROW = 17.0, 41.0, 19.0  # under the axis: its numbers, the first names, each further row of these
MOST_ROWS = 3
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure: its value, as a reader sees it, whose it is, whether we worked it out."""

    value: float
    text: str
    name: str
    worked: bool = False
    row: str = ""

    @property
    def words(self) -> str:
        return f"{self.name} {self.text}"


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    period: str
    unit: str
    focus: Dot | None
    field: tuple[Dot, ...]
    beside: tuple[Dot, ...]
    low: float = 0.0
    high: float = 0.0

    @property
    def values(self) -> list[float]:
        return [dot.value for dot in self.dots]

    @property
    def dots(self) -> tuple[Dot, ...]:
        return (*([self.focus] if self.focus else []), *self.field, *self.beside)


@dataclass(frozen=True, slots=True)
class Ruler:
    """The axis of a lane: its ticks, and where a value stands on it."""

    ticks: Ticks
    width: float

    def px(self, value: float) -> float:
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]) * self.width


def make_ruler(lane: Lane, canvas: Canvas) -> Ruler:
    return Ruler(round_ticks(lane.low, lane.high, 4 if canvas.narrow else 7), canvas.width - 2 * EDGE)


def stack_dots(lane: Lane, ruler: Ruler) -> list[Place]:
    """Where the dots of the field lie: true along the axis, one step up wherever two would cover each other."""
    placed = [(ruler.px(lane.focus.value), -RESTS, FOCUS)] if lane.focus else []
    dots = []
    for dot in lane.field:
        x, y = ruler.px(dot.value), -RESTS
        while any(hypot(x - left, y - top) < radius + RING for left, top, radius in placed):
            y -= STEP
        placed.append((x, y, RING))
        dots.append((x, y))
    return dots


def names_above(lane: Lane, ruler: Ruler, dots: Sequence[Place], canvas: Canvas) -> tuple[list[Word], list[Box]]:
    """The focus over its dot; then the two ends of the field, beside their dots where there is room."""
    taken = [mark_box(x, y, RING + 1) for x, y in dots]
    room = Box(-EDGE, -10_000, ruler.width + EDGE, -1)
    words, boxes = list[Word](), list[Box]()
    if lane.focus:
        x = ruler.px(lane.focus.value)
        taken.append(mark_box(x, -RESTS, FOCUS + 2))
        words, boxes = place_labels([_focus_label(lane.focus, x, taken, canvas)], taken, room)
        taken += [*boxes, Box(x - 2, boxes[0].bottom, x + 2, -RESTS)]
    for end in _ends(lane):
        column = [at for at in dots if abs(at[0] - ruler.px(end.value)) < 1]
        more, ground = _place_end(end, end.value == lane.field[0].value, column, taken, room, canvas)
        words, boxes, taken = words + more, boxes + ground, taken + ground
    return words, boxes


def _focus_label(focus: Dot, x: float, taken: Sequence[Box], canvas: Canvas) -> Label:
    """Over whatever lies above the dot, so that a line can lead down to it; moved in from the edge of the drawing."""
    size = canvas.size + 2
    lines = wrap(focus.words, size, canvas.width - 6, bold=True)
    half = max(text_width(line, size, bold=True) for line in lines) / 2 + 2
    middle = min(max(x, half - EDGE), canvas.width - EDGE - half)
    top = min(box.top for box in taken if box.left < middle + half and box.right > middle - half)
    y = top - 14 - (len(lines) - 1) * size * LEADING
    return Label(tuple(lines), ((middle, y, "center"),), "series-1", True, size)


def _ends(lane: Lane) -> list[Dot]:
    """The lowest and the highest of the field, each with all who share the figure."""
    values = dict.fromkeys(dot.value for dot in (*lane.field[:1], *lane.field[-1:]))
    ends = [[dot for dot in lane.field if dot.value == value] for value in values]
    return [Dot(tied[0].value, tied[0].text, _names(tied)) for tied in ends]


def _names(tied: Sequence[Dot]) -> str:
    names = [dot.name for dot in tied]
    return f"{names[0]} and {len(names) - 1} others" if len(names) > 2 else " and ".join(names)


def _place_end(
    end: Dot, is_low: bool, column: Sequence[Place], taken: Sequence[Box], room: Box, canvas: Canvas
) -> tuple[list[Word], list[Box]]:
    """The name in one line where there is a free place, else over its figure, else wherever is least bad."""
    for lines, needed in (((end.words,), False), ((end.name, end.text), False), ((end.words,), True)):
        width = max(text_width(line, canvas.size) for line in lines)
        places = _end_places(column, is_low, width, (len(lines) - 1) * canvas.size * LEADING, room)
        words, boxes = place_labels([Label(lines, places, "ink-2", False, canvas.size, needed)], taken, room)
        if words:
            return words, boxes
    return [], []


def _end_places(
    column: Sequence[Place], is_low: bool, width: float, tall: float, room: Box
) -> tuple[tuple[float, float, str], ...]:
    """Outside of the dots; then over them, moved sideways as far as the name still lies over its own."""
    x, low, high = column[0][0], room.left + width / 2 + 2, room.right - width / 2 - 2
    at, align = (x - RING - 5, "right") if is_low else (x + RING + 5, "left")  # inside it would lie between two dots
    places = [(at, y + 0.5 - tall, align) for _, y in sorted(column, key=lambda dot: -dot[1])]
    ways = [min(max(x + part * width, low), high) for part in (0, 0.2, -0.2, 0.42, -0.42)]
    top = min(y for _, y in column) - 16 - tall
    return (*places, *((way, top - 7 * level, "center") for level in range(6) for way in ways))


def names_below(lane: Lane, ruler: Ruler, canvas: Canvas) -> tuple[list[Word], list[Segment], int]:
    """The names of what stands beside the field, the line that leads up from each, and how many rows they take."""
    labels = [_beside_labels(dot, ruler, canvas) for dot in lane.beside]
    room = Box(-EDGE, 0, ruler.width + EDGE, 10_000)
    spots = _settle(labels, room)
    words, stems = [], list[Segment]()
    for (label, stem_ends), spot in zip(labels, spots, strict=True):
        words += label.words(label.places[spot])
        x, end = stem_ends[spot]
        stems.append((x, 0, x, end))
    rows = max((spot // 5 for spot in spots), default=-1) + 1
    return words, stems, rows


def _beside_labels(dot: Dot, ruler: Ruler, canvas: Canvas) -> tuple[Label, list[Place]]:
    """All places a name may take: under its line, or hanging from it to one side; and where the line then ends."""
    x, edge = ruler.px(dot.value), ruler.width + EDGE - 2
    places, ends = [], []
    for row in range(MOST_ROWS):
        y = BELOW + row * ROW
        places += [(x, y, "center"), (x - 5, y, "right"), (x + 5, y, "left"), (2 - EDGE, y, "left"), (edge, y, "right")]
        ends += [(x, y - 10), (x, y + 6), (x, y + 6), (x, y - 10), (x, y - 10)]
    return Label((dot.words,), tuple(places), "ink-2", size=canvas.size), ends


def _settle(labels: Sequence[tuple[Label, list[Place]]], room: Box) -> list[int]:
    """The best place for each name, all taken together: few rows, no name on another or on another’s line."""
    best: tuple[float, list[int]] = (float("inf"), [])
    options = sorted(range(5 * MOST_ROWS), key=_dislike)

    def search(chosen: list[int], boxes: list[Box], stems: list[Box], cost: float) -> None:
        nonlocal best
        if cost >= best[0]:
            return
        if len(chosen) == len(labels):
            best = (cost, chosen)
            return
        label, ends = labels[len(chosen)]
        for spot in options:
            box, (x, end) = label.box(label.places[spot]), ends[spot]
            stem = Box(x - 2, 0, x + 2, end)
            clash = sum(box.overlap(other) for other in (*boxes, *stems)) + sum(stem.overlap(other) for other in boxes)
            loose = 0.0 if box.left - 6 <= x <= box.right + 6 else 500.0  # a name must stay at its line
            more = _dislike(spot) + 10 * clash + 1000 * box.outside(room) + loose
            search([*chosen, spot], [*boxes, box], [*stems, stem], cost + more)

    search([], [], [], 0.0)
    return best[1]


def _dislike(spot: int) -> float:
    row, way = divmod(spot, 5)
    return 12 * row + (0, 2, 2, 5, 5)[way]
