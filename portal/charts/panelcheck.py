"""What panels of bars may not show on one scale.

In:  a Dataset and a ChartSpec of form `panels`.
Out: Problems.

Bars of a panel stand beside each other and are never joined, so their basis may differ: a part of a year beside a year,
each with its length. What is counted may not differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.charts import words
from portal.charts.select import known_rows
from portal.charts.spans import has_span
from portal.model import Dataset, Observation, Problem
from portal.spec import ChartSpec

Panels = list[tuple[str, list[Observation]]]
Fault = tuple[str, str, str]  # code, message, fix


def panel_rows(dataset: Dataset, chart: ChartSpec) -> Panels:
    """The label and the rows of each panel, repeats left out, in order of time."""
    return [
        (label, in_order([row for part in series for row in known_rows(dataset, part) if not row.repeats]))
        for label, series in chart.lanes
    ]


def in_order(rows: Sequence[Observation]) -> list[Observation]:
    return sorted(rows, key=lambda row: (str(row.period_start or ""), str(row.period_end or "")))


def check_panels(dataset: Dataset, chart: ChartSpec) -> Iterator[Problem]:
    """Every reason not to draw the panels."""
    for code, message, fix in _faults(panel_rows(dataset, chart)):
        path = dataset.page.path or dataset.folder
        text = f'chart "{chart.id}": {message}'
        yield Problem(code, text, path, line=chart.line, field=f"charts.{chart.id}", fix=fix)


def _faults(panels: Panels) -> Iterator[Fault]:
    rows = [row for _, found in panels for row in found]
    if not rows:
        yield "chart-without-panels", "panels are made of lanes with rows, and there are none", "Name them in `lanes`."
    yield from _unlike(rows)
    for label, found in panels:
        yield from _mixed(label, found)
    for row in rows:
        yield from _no_bar(row)
    if len({tuple((row.period_start, row.period_end) for row in found) for _, found in panels}) > 1:
        fix = "Give each panel a row for each period, with a symbol where no number is printed."
        yield "chart-panels-uneven", "the panels do not show the same periods", fix


def _unlike(rows: Sequence[Observation]) -> Iterator[Fault]:
    """All bars share a scale, so all must be of one unit, kind, area and series."""
    columns = {
        "unit": [row.measure.unit for row in rows],
        "kind": [row.kind for row in rows],
        "area": [row.area for row in rows],
        "series": [row.series for row in rows],
    }
    for name, values in columns.items():
        if len(set(values)) > 1:
            message = f"rows differ in {name} ({words.listed(sorted(set(values)))}) and may not share a scale"
            yield "chart-panels-unlike", message, f"Make one chart for each {name}, or narrow the lanes."


def _mixed(label: str, rows: Sequence[Observation]) -> Iterator[Fault]:
    """A panel is one thing counted, once in each of its periods."""
    if len({(row.measure.id, row.breakdown) for row in rows}) > 1:
        message = f'the rows of panel "{label}" differ in measure or breakdown'
        yield "chart-panel-mixed", message, "Give each a panel of its own."
        return
    seen: dict[object, Observation] = {}
    for row in rows:
        other = seen.setdefault((row.period_start, row.period_end), row)
        if other is not row:
            message = f'panel "{label}": "{other.id}" and "{row.id}" are for the same period'
            yield "chart-two-for-one-date", message, "Name the rows that speak in `rows`."


def _no_bar(row: Observation) -> Iterator[Fault]:
    """Why a row cannot be a bar from 0 that says for how long it counts."""
    if row.number is not None and row.number < 0:
        yield "chart-below-zero", f'"{row.id}" is below 0; a bar starts at 0', "Use a table."
    if row.low is not None:
        yield "chart-range-as-bar", f'"{row.id}" is a range; a bar has one end', "Use a strip, or a table."
    if not has_span(row):
        message = f'"{row.id}" has no dated span (period_start to period_end), which its bar must name'
        yield "chart-without-span", message, "Leave it out, or use a table."
