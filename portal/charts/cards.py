"""The two small drawings of a home card: a line of at least four like figures, and a figure beside its target.

In:  Observations.
Out: inline SVG, hidden from assistive technology, because the card's own words say the same; "" when there is nothing
     worth drawing.

Written by hand: a few elements each, and an axis would be more than they need.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.charts import joins
from portal.charts.house import FONTS, variable
from portal.charts.scales import decimal_year
from portal.formats import format_row
from portal.model import Observation

WIDTH, HEIGHT, SIZE = 120, 44, 13
LEAST = 4


def draw_spark(rows: Sequence[Observation]) -> str:
    """The newest run of joinable figures as a small line, its first and last year named."""
    runs = [run for run in joins.runs(rows) if "implausible" not in run[0].flags]  # such a figure is a run of its own
    run = max(runs, key=lambda run: run[-1].date or date.min, default=[])
    if len(run) < LEAST:
        return ""
    points = _scaled(run)
    line = " ".join(f"{x:g},{y:g}" for x, y in points)
    (x, y), ref, focus = points[-1], variable("ref"), variable("series-1")
    first, last = (str(row.date.year) for row in (run[0], run[-1]) if row.date)
    return _root(
        f'<polyline fill="none" stroke="{ref}" stroke-width="1.5" points="{line}"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{focus}"/>'
        f"{_text(0, first, 'start')}{_text(WIDTH, last, 'end')}"
    )


def _scaled(run: Sequence[Observation]) -> list[tuple[float, float]]:
    """Places for the points: time across, the range of the run from bottom to top."""
    years = [decimal_year(row.date) for row in run if row.date]
    values = [row.number or 0.0 for row in run]
    low, span = min(values), (max(values) - min(values)) or 1.0
    wide = (years[-1] - years[0]) or 1.0
    xs = [round(5 + (year - years[0]) / wide * (WIDTH - 10), 1) for year in years]
    return [(x, round(22 - (value - low) / span * 17, 1)) for x, value in zip(xs, values, strict=True)]


def draw_card_strip(value: Observation, target: Observation | None, comparators: Sequence[Observation] = ()) -> str:
    """A figure, its target and comparators on one scale from 0; the target is named."""
    beside = [row.number for row in comparators if row.number is not None]
    if value.number is None or value.number < 0 or (target is None and not beside):
        return ""
    aim = target.number if target else None
    top = max([value.number, *([aim] if aim is not None else []), *beside]) * 1.04 or 1.0
    rings = "".join(_ring(_at(number, top)) for number in beside)
    return _root(
        f'<path stroke="{variable("line")}" stroke-width="5" stroke-linecap="round" d="M3,14H{WIDTH - 3}"/>{rings}'
        + (_target(_at(aim, top), format_row(target)) if target and aim is not None else "")
        + f'<circle cx="{_at(value.number, top):g}" cy="14" r="6" fill="{variable("series-1")}"/>'
    )


def _at(number: float, top: float) -> float:
    return round(6 + number / top * (WIDTH - 12), 1)


def _ring(x: float) -> str:
    return f'<circle cx="{x:g}" cy="14" r="4" fill="{variable("page")}" stroke="{variable("ref")}" stroke-width="1.5"/>'


def _target(x: float, text: str) -> str:
    """The tick and, below it, the words: kept inside the drawing at either edge."""
    tick = f'<path stroke="{variable("ink")}" stroke-width="2.5" d="M{x:g},4V24"/>'
    anchor, at = ("start", 0.0) if x < 40 else ("end", float(WIDTH)) if x > 80 else ("middle", x)
    return tick + _text(at, f"target {text}", anchor)


def _text(x: float, text: str, anchor: str) -> str:
    return f'<text x="{x:g}" y="41" font-size="{SIZE}" text-anchor="{anchor}" fill="{variable("ink-2")}">{text}</text>'


def _root(inside: str) -> str:
    return (
        f'<svg class="mc-spark" aria-hidden="true" focusable="false" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="{FONTS}">{inside}</svg>'
    )
