"""The figures of a strip, and where the words beside them stand.

In:  lanes of ticks.
Out: lines of words that do not touch: those of value and target above the line, those of comparators below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.charts.board import Word
from portal.charts.house import Canvas, text_width
from portal.charts.labels import spread
from portal.formats import format_number

HUNG, BAND, LEVEL = 12, 16, 12  # how far below the line a comparator hangs, a band, and each further band of the lane
MOVED = 8  # pixels by which the two words of a range may leave their ends before they become one
Room = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Tick:
    """One figure in a lane, or a range from `low` to `high`. Of named places, only the ends are `told`."""

    low: float
    high: float
    text: str
    label: str
    role: str
    mark: str
    place: str = ""
    told: bool = True
    row: str = ""

    @property
    def is_range(self) -> bool:
        return self.low < self.high


@dataclass(frozen=True, slots=True)
class Lane:
    label: str
    ticks: tuple[Tick, ...]

    def of(self, *roles: str) -> list[Tick]:
        return [tick for tick in self.ticks if tick.role in roles]

    def hangs_at(self, tick: Tick) -> float:
        """How far below the line the band of a comparator hangs: two bands at one height would be one."""
        return BAND + LEVEL * self._hanging.index(tick)

    @property
    def depth(self) -> float:
        """What the lane needs below the line for further bands."""
        return LEVEL * max(0, len(self._hanging) - 1)

    @property
    def _hanging(self) -> list[Tick]:
        """What hangs below: the bands, after one place for all single figures."""
        ticks = self.of("comparator")
        points = [tick for tick in ticks if not tick.is_range and not tick.place]
        return points[:1] + [tick for tick in ticks if tick.is_range]


@dataclass(frozen=True, slots=True)
class Note:
    """Words, and where their middle is or wants to be."""

    x: float
    text: str
    colour: str
    bold: bool
    is_end: bool = False  # of a range

    def word(self, y: float, canvas: Canvas) -> Word:
        return Word(self.x, y, self.text, "center", self.colour, self.bold, canvas.size)

    def width(self, size: int) -> float:
        return text_width(self.text, size, self.bold) + 8


Lines = list[list[Note]]


def lines_above(lane: Lane, per_unit: float, unit: str, room: Room, size: int) -> Lines:
    """Value and target; among many places a number alone does not say whose it is."""
    among = any(tick.place for tick in lane.ticks)
    named = [(tick, tick.label if among else "") for tick in lane.of("target", "value")]
    return _lines(named, per_unit, unit, room, size)


def lines_below(lane: Lane, per_unit: float, unit: str, room: Room, size: int) -> Lines:
    """Comparators; several bands look alike, so they are named as well."""
    ticks = lane.of("comparator")
    hung = [tick for tick in ticks if not tick.place]
    named = len(hung) < len(ticks) or sum(tick.is_range for tick in hung) > 1
    told = [(tick, tick.place or (tick.label if named else "")) for tick in ticks if tick.told]
    return _lines(told, per_unit, unit, room, size)


def _lines(named: Sequence[tuple[Tick, str]], per_unit: float, unit: str, room: Room, size: int) -> Lines:
    """All words in one line where they fit, else in a line each; a range has a word at each end where these stay."""
    whole = [_whole(tick, name, per_unit) for tick, name in named]
    if sum(note.width(size) for note in whole) > room[1] - room[0]:
        return [_spread([note], room, size) for note in whole]
    apart = [note for tick, name in named for note in _notes(tick, name, per_unit, unit)]
    placed = _spread(apart, room, size)
    stay = all(abs(new.x - old.x) <= MOVED for new, old in zip(placed, apart, strict=True) if old.is_end)
    return [placed if stay else _spread(whole, room, size)]


def _notes(tick: Tick, name: str, per_unit: float, unit: str) -> list[Note]:
    """A word at each end of a range; one for a number, and for a range that needs its name beside it."""
    whole = _whole(tick, name, per_unit)
    if name or not tick.is_range:
        return [whole]
    ends = (tick.low, tick.high)
    return [Note(end * per_unit, format_number(end, unit), whole.colour, whole.bold, True) for end in ends]


def _whole(tick: Tick, name: str, per_unit: float) -> Note:
    colour, bold = "ink-2" if tick.role == "comparator" else "ink", tick.role == "value"
    return Note((tick.low + tick.high) / 2 * per_unit, f"{name} {tick.text}".strip(), colour, bold)


def _spread(notes: Sequence[Note], room: Room, size: int) -> list[Note]:
    xs = spread([note.x for note in notes], [note.width(size) for note in notes], *room)
    return [replace(note, x=x) for note, x in zip(notes, xs, strict=True)]
