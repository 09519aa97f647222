"""Draw the strip of one row of a scorecard: its figure beside target and comparisons, on a scale of its own from 0.

In:  a figure's row, its target, and comparisons with the role each has.
Out: inline SVG, hidden from assistive technology, because the row says the same in words; "" when there is nothing to
     set side by side.

The figure and the target share the line; comparisons hang below it, on two lanes where they would cover each other.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.charts.house import variable
from portal.scorecard import Cell, Row, is_same

WIDTH, EDGE, LINE = 160, 7, 10
LANES = (22, 32)
APART = 10  # marks closer than this would cover each other


def draw_score_strip(row: Row) -> str:
    if row.figure is None or row.figure.row.number is None:
        return ""
    value, beside = row.figure.row.number, comparable(row)
    numbers = [value, *(cell.row.number or 0.0 for cell in beside)]
    if len(numbers) < 2 or min(numbers) < 0:
        return ""
    top = max(numbers) or 1.0
    target = "".join(draw_tick(at(cell.row.number, top)) for cell in beside if cell.role == "target")
    hanging = [(cell.role, at(cell.row.number, top)) for cell in beside if cell.role != "target"]
    lanes = spread([x for _, x in hanging])
    lowest_first = sorted(zip(hanging, lanes, strict=True), key=lambda mark: -mark[1])  # no stem over a mark
    marks = "".join(draw_mark(role, x, lane) for (role, x), lane in lowest_first)
    dot = f'<circle cx="{at(value, top):g}" cy="{LINE}" r="5.5" fill="{variable("series-1")}"/>'
    height = max([LINE + 9, *(lane + 6 for lane in lanes)])
    line = (
        f'<path stroke="{variable("line")}" stroke-width="4" stroke-linecap="round" d="M{EDGE},{LINE}H{WIDTH - EDGE}"/>'
    )
    return (
        f'<svg class="mc-strip" aria-hidden="true" focusable="false" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}">{line}{target}{dot}{marks}</svg>'
    )


def comparable(row: Row) -> list[Cell]:
    """Target and comparisons that have a number of the same measure."""
    figure = row.figure.row if row.figure else None
    shown = [cell for cell in row.cells if cell.role in ("target", "group", "country", "region")]
    return [cell for cell in shown if figure and cell.row.number is not None and is_same(cell.row, figure)]


def at(number: float | None, top: float) -> float:
    return round(EDGE + (number or 0.0) / top * (WIDTH - 2 * EDGE), 1)


def spread(places: Sequence[float]) -> list[int]:
    """A lane for each place: the lower one when the upper is taken nearby."""
    lanes: list[int] = []
    for n, x in enumerate(places):
        taken = {lane for other, lane in zip(places[:n], lanes, strict=True) if abs(other - x) < APART}
        lanes.append(next((lane for lane in LANES if lane not in taken), LANES[-1]))
    return lanes


def draw_tick(x: float) -> str:
    return f'<path stroke="{variable("ink")}" stroke-width="2.5" d="M{x:g},0V{2 * LINE}"/>'


def draw_mark(role: str, x: float, y: int) -> str:
    """Ring, diamond or square; always an outline, hung from the line by a stem."""
    ref = variable("ref")
    stem = f'<path stroke="{ref}" d="M{x:g},{LINE + 2}V{y - 4}"/>'
    shapes = {
        "group": f'<circle cx="{x:g}" cy="{y}" r="3.8" ',
        "country": f'<path d="M{x:g},{y - 5}l5,5l-5,5l-5,-5z" ',
        "region": f'<rect x="{x - 3.5:g}" y="{y - 3.5:g}" width="7" height="7" ',
    }
    return f'{stem}{shapes[role]}fill="{variable("page")}" stroke="{ref}" stroke-width="1.6"/>'
