"""The small strip beside a promise: the figures we hold and the target, on one scale from 0.

In:  the target, and the figures its rule allows beside it, oldest first.
Out: inline SVG, hidden from assistive technology, because the list beside it says the same; "" when there is nothing to
     draw. The newest figure is filled and named, the older ones are rings.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from portal.charts.house import FONTS, variable
from portal.formats import format_row
from portal.model import Observation

WIDTH, HEIGHT, SIZE, EDGE, LINE = 288, 66, 14, 9, 33
CHARACTER = 7.4  # the width of a character at this size, on the generous side


def draw_promise_strip(target: Observation, rows: Sequence[Observation]) -> str:
    values = [row.number for row in rows if row.number is not None]
    if target.number is None or not values or min([target.number, *values]) < 0:
        return ""
    top = max([target.number, *values]) * 1.15 or 1.0
    places = [_at(value, top) for value in values]
    newest, words = places[-1], f"target {format_row(target)}"
    return _root(
        f'<path stroke="{variable("line")}" stroke-width="5" stroke-linecap="round" d="M3,{LINE}H{WIDTH - 3}"/>'
        + "".join(_dot(x, variable("page")) for x in places[:-1])
        + f'<path stroke="{variable("ink")}" stroke-width="2.5" d="M{_at(target.number, top):g},{LINE - 11}v22"/>'
        + _dot(newest, variable("series-1"))
        + _text(newest, 14, f"{format_row(rows[-1])}, {rows[-1].period}", variable("ink"))
        + _text(0, 62, "0", variable("ink-2"))
        + _text(max(_at(target.number, top), 24 + len(words) * CHARACTER / 2), 62, words, variable("ink-2"))
    )


def _at(number: float, top: float) -> float:
    return round(EDGE + number / top * (WIDTH - 2 * EDGE), 1)


def _dot(x: float, fill: str) -> str:
    return f'<circle cx="{x:g}" cy="{LINE}" r="6" fill="{fill}" stroke="{variable("series-1")}" stroke-width="2"/>'


def _text(x: float, y: int, text: str, fill: str) -> str:
    """Centred at its mark, but kept inside the drawing."""
    half = len(text) * CHARACTER / 2
    middle = min(max(x, half), WIDTH - half)
    return f'<text x="{middle:g}" y="{y}" font-size="{SIZE}" text-anchor="middle" fill="{fill}">{escape(text)}</text>'


def _root(inside: str) -> str:
    return (
        f'<svg class="mc-spark" aria-hidden="true" focusable="false" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}" font-family="{FONTS}">{inside}</svg>'
    )
