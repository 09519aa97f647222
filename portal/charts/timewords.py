"""The words in a drawing over time: values at their marks, names of series.

In:  a TimeFigure and its Frame.
Out: Labels to be placed, and end labels already spread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.charts.board import Segment, Word
from portal.charts.house import Canvas, text_tone, text_width, wrap
from portal.charts.labels import Label, spread
from portal.charts.timefigure import Frame, Point, TimeFigure, Track

Place = tuple[float, float, str]
CROWDED = 12  # from here on a value at each turn would be a second drawing over the first


def value_labels(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Label]:
    """Values at first and last mark; where there is room at turning points (wide), highest and lowest (narrow)."""
    tracks = figure.tracks[:1] if figure.together else figure.tracks
    needed = [(t, p) for t in tracks for p in _ends(t, figure.together)]
    ends = [(t, t.points[-1]) for t in tracks]  # these stand in an end label already, or are among the needed
    extra = [(t, p) for t in tracks for p in _extra(t, canvas.narrow) if (t, p) not in [*needed, *ends]]
    labels = [_value_label(t, p, frame, canvas, True) for t, p in needed]
    return labels + [_value_label(t, p, frame, canvas, False) for t, p in extra]


def _ends(track: Track, together: bool) -> list[Point]:
    points = track.points
    if together:  # the last value stands in the end label
        return [points[0]]
    return [points[0], points[-1]] if len(points) > 1 else [points[0]]


def _extra(track: Track, narrow: bool) -> list[Point]:
    points = track.points
    if narrow or len(points) > CROWDED:
        return sorted({min(points, key=lambda p: p.y), max(points, key=lambda p: p.y)}, key=lambda p: (p.x, p.y))
    inner = range(1, len(points) - 1)
    turning = [points[n] for n in inner if _turns(points, n)]
    # A handful of separate marks can all carry their value; a line needs only its turns.
    lone = [points[n] for n in inner if all(len(run) == 1 for run in track.runs) and len(points) <= 8]
    return turning + [p for p in lone if p not in turning]


def _turns(points: Sequence[Point], n: int) -> bool:
    return (points[n].y - points[n - 1].y) * (points[n + 1].y - points[n].y) < 0


def _value_label(track: Track, point: Point, frame: Frame, canvas: Canvas, needed: bool) -> Label:
    points = track.points
    at = points.index(point)
    beside = [points[n].y for n in (at - 1, at + 1) if 0 <= n < len(points)]
    low = bool(beside) and all(y > point.y for y in beside) and 0 < at < len(points) - 1
    places = _around(frame.px(point.x), frame.py(point.y), canvas.size, low)
    return Label((point.text,), places, "ink", True, canvas.size, needed)


def _around(x: float, y: float, size: int, below_first: bool) -> tuple[Place, ...]:
    up, down = (x, y - size - 1, "center"), (x, y + size + 2, "center")
    near: list[Place] = [down, up] if below_first else [up, down]
    near += [(x + 9, y - 9, "left"), (x - 9, y - 9, "right"), (x + 9, y + 10, "left"), (x - 9, y + 10, "right")]
    return (*near, (x + 11, y, "left"), (x - 11, y, "right"))


def name_labels(figure: TimeFigure, frame: Frame, canvas: Canvas) -> list[Label]:
    """Each series' name near its marks, in the tone of its marks."""
    if figure.together:
        return []
    return [_name_label(track, frame, canvas) for track in figure.tracks if track.label]


def _name_label(track: Track, frame: Frame, canvas: Canvas) -> Label:
    room = canvas.width * (0.46 if canvas.narrow else 0.5)
    lines = tuple(wrap(track.label, canvas.size, room, bold=True))
    places = tuple(_near_track(track, frame, canvas.size, len(lines)))
    return Label(lines, places, text_tone(track.style), True, canvas.size)


def _near_track(track: Track, frame: Frame, size: int, lines: int) -> Iterator[Place]:
    """Places above the marks, the nearest first, then below them."""
    xs, ys = [frame.px(p.x) for p in track.points], [frame.py(p.y) for p in track.points]
    height = (lines - 1) * size * 1.25
    heights = [min(ys) - size - 2 - height - 3 * n for n in range(24)]
    heights += [max(ys) + size + 4 + 6 * n for n in range(16)]
    middle = (xs[0] + xs[-1]) / 2
    for y in heights:
        yield (xs[0] - 5, y, "left")
        yield (xs[-1] + 5, y, "right")
        yield (middle, y, "center")
        yield (xs[0] + 30, y, "left")
        yield (frame.width + frame.margins.right, y, "right")


def end_text(track: Track) -> str:
    return f"{track.points[-1].text} {track.label}".strip()


def end_room(figure: TimeFigure, canvas: Canvas) -> float:
    """The right margin that the widest end label needs."""
    return max(text_width(end_text(t), canvas.size, n == 0) for n, t in enumerate(figure.tracks)) + 18


def end_labels(figure: TimeFigure, frame: Frame, canvas: Canvas) -> tuple[list[Word], list[Segment]]:
    """Value and name at the right-hand end, spread so that none touch, with a leader where one had to move."""
    if not figure.together:
        return [], []
    wanted = [frame.py(track.points[-1].y) for track in figure.tracks]
    placed = spread(wanted, [canvas.size * 1.25] * len(wanted), -10, frame.height)
    words, leaders = [], []
    for n, (track, want, y) in enumerate(zip(figure.tracks, wanted, placed, strict=True)):
        x = frame.px(track.points[-1].x)
        words.append(Word(x + 16, y, end_text(track), "left", text_tone(track.style), n == 0, canvas.size))
        if abs(want - y) > 2:
            leaders.append((x + 6, want, x + 14, y))
    return words, leaders
