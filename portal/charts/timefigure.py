"""What a drawing over time shows, and where its plot lies; nothing here draws.

In:  points already split into runs, by `dates` from observations or by `auto` from a plain table.
Out: frozen values for `timemarks`, `timewords` and `timeplot`.
"""

from __future__ import annotations

from dataclasses import dataclass

from portal.charts.board import Margins
from portal.charts.labels import Box
from portal.charts.scales import Ticks, value_ticks


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in time: decimal year, value, its words, its period in words."""

    x: float
    y: float
    text: str
    when: str
    hollow: bool = False
    row: str = ""  # the id of its row; a plain table has none


@dataclass(frozen=True, slots=True)
class Track:
    """One series: runs that a line may join, or single marks."""

    label: str
    runs: tuple[tuple[Point, ...], ...]
    mark: str = "circle"
    style: str = "series-1"

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(sorted((p for run in self.runs for p in run), key=lambda p: (p.x, p.y)))


@dataclass(frozen=True, slots=True)
class Moment:
    """An event: where on the axis, what, and when in words."""

    x: float
    title: str
    when: str


@dataclass(frozen=True, slots=True)
class TimeFigure:
    """Everything a drawing over time says. The first track is the focus."""

    tracks: tuple[Track, ...]
    unit: str = ""
    zero: bool = True
    gaps: tuple[tuple[float, float], ...] = ()
    moments: tuple[Moment, ...] = ()
    missing: tuple[tuple[float, str], ...] = ()  # where a symbol stands in place of a figure
    years: tuple[tuple[float, str], ...] = ()  # named ticks under the marks; empty: whole years

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(p for track in self.tracks for p in track.points)

    @property
    def ticks(self) -> Ticks:
        return value_ticks([p.y for p in self.points], self.zero)

    @property
    def together(self) -> bool:
        """Whether all series end at one date, so that their names can stand at the right-hand end."""
        ends = [track.points[-1].x for track in self.tracks]
        span = max(p.x for p in self.points) - min(p.x for p in self.points)
        return len(ends) > 1 and max(ends) - min(ends) <= 0.02 * span

    def shown(self, track: Track) -> tuple[Point, ...]:
        """The points that get a mark: all of the focus; of series beside it the ends, the lone and the hollow."""
        if not self.together or track is self.tracks[0]:
            return track.points
        lone = {run[0] for run in track.runs if len(run) == 1}
        return tuple(p for p in track.points if p.hollow or p in lone or p is track.points[-1])


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the plot lies: its size, the two domains, the margins."""

    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    margins: Margins

    def px(self, x: float) -> float:
        return (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width

    def py(self, y: float) -> float:
        return self.height - (y - self.y[0]) / (self.y[1] - self.y[0]) * self.height

    @property
    def room(self) -> Box:
        """Where labels may stand: the plot and the margins beside and above it, but not on the axes."""
        return Box(-4, 4 - self.margins.top, self.width + self.margins.right, self.height - 2)
