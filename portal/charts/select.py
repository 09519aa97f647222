"""Find the rows a chart asks for.

In:  a Dataset and a SeriesSpec (ids, or column -> value).
Out: Observations, in the order asked for (ids) or of the file (where).

A name nobody knows stops the build: a chart that silently lacks a series is wrong in a way no reader can see.
"""

from __future__ import annotations

from collections.abc import Iterable

from portal.errors import PortalError
from portal.model import Dataset, Observation, Problem
from portal.spec import ChartSpec, SeriesSpec


def series_rows(dataset: Dataset, chart: ChartSpec, spec: SeriesSpec) -> tuple[Observation, ...]:
    """All rows of a series, drawable or not; refuses an id, column or selection that finds nothing."""
    if spec.rows:
        return tuple(row_of(dataset, chart, row_id) for row_id in spec.rows)
    for column in spec.where:
        _check_column(dataset, chart, column)
    found = tuple(row for row in dataset.observations if matches(row, spec))
    if not found:
        asked = ", ".join(f"{key} = {value}" for key, value in spec.where.items()) or "nothing"
        raise PortalError(f'{place_of(dataset, chart)}: the series "{spec.label}" matches no row ({asked})', _FIX)
    return found


def refuse(dataset: Dataset, chart: ChartSpec, problems: Iterable[Problem]) -> None:
    """Stops the build at names nobody knows, and at whatever `build.py check` tells of the chart."""
    for part in (*chart.series, *(part for _, lane in chart.lanes for part in lane)):
        series_rows(dataset, chart, part)
    for problem in problems:
        raise PortalError(problem.message, problem.fix, problem.path, problem.line)


def known_rows(dataset: Dataset, spec: SeriesSpec) -> list[Observation]:
    """The rows that exist; ids nobody knows are refused when the chart is drawn."""
    if spec.rows:
        return [row for row_id in spec.rows if (row := dataset.row(row_id))]
    return [row for row in dataset.observations if matches(row, spec)]


def row_of(dataset: Dataset, chart: ChartSpec, row_id: str) -> Observation:
    """The row with this id, or an error that names it."""
    row = dataset.row(row_id)
    if row is None:
        raise PortalError(f'{place_of(dataset, chart)}: there is no row "{row_id}" in {dataset.slug}', _FIX)
    return row


def matches(row: Observation, spec: SeriesSpec) -> bool:
    """Whether every column named in `where` holds the value asked for."""
    return bool(spec.where) and all(value_of(row, column) == str(want) for column, want in spec.where.items())


def value_of(row: Observation, column: str) -> str | None:
    """The cell of a selectable column; None when the row has no such column."""
    return row.cells.get(column)


def place_of(dataset: Dataset, chart: ChartSpec) -> str:
    """Where the person who can mend it finds the chart: file, line, chart."""
    path = dataset.page.path or dataset.folder
    line = f":{chart.line}" if chart.line else ""
    return f'{path}{line}: chart "{chart.id}"'


_FIX = "Correct the row ids or the `where` of the chart in page.yaml."


def _check_column(dataset: Dataset, chart: ChartSpec, column: str) -> None:
    if all(value_of(row, column) is None for row in dataset.observations):
        raise PortalError(f'{place_of(dataset, chart)}: no row has a column "{column}" to select by', _FIX)
