"""Refuse charts that join what may not be joined, or show side by side what may not be, before anything is drawn.

In:  a Dataset with its page.
Out: one Problem for each series or pair that mixes unlike rows, and for whatever panels cannot show on one scale.

Lives here and not in `validate`, which must not import the package that draws.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.charts import joins
from portal.charts.comparecheck import check_compare, check_multiples
from portal.charts.panelcheck import check_panels
from portal.charts.select import known_rows
from portal.model import Dataset, Observation, Problem
from portal.spec import ChartSpec, SeriesSpec

_NAMES = ("measure", "area", "series", "kind", "basis", "breakdown")


def find_join_problems(dataset: Dataset) -> Iterator[Problem]:
    """Every series that asks for a line through rows that are not alike, every pair of unlike steps, unlike panels."""
    for chart in dataset.page.charts:
        if chart.form == "panels":
            yield from check_panels(dataset, chart)
        elif chart.form == "compare":
            yield from check_compare(dataset, chart)
        elif chart.form == "multiples":
            yield from check_multiples(dataset, chart)
        for spec in chart.series:
            rows = known_rows(dataset, spec)
            if chart.form == "dates" and spec.join:
                rows = joins.in_order(rows)
                yield from _check_alike(dataset, chart, spec, rows)
                yield from _check_one_a_day(dataset, chart, spec, rows)
            elif chart.form == "steps":
                yield from _check_alike(dataset, chart, spec, rows)


def differences(rows: list[Observation]) -> list[str]:
    """In which of the columns that must agree the rows differ."""
    keys = [row.like for row in rows]
    return [name for place, name in enumerate(_NAMES) if len({key[place] for key in keys}) > 1]


def _check_alike(dataset: Dataset, chart: ChartSpec, spec: SeriesSpec, rows: list[Observation]) -> Iterator[Problem]:
    if unlike := differences(rows):
        message = f'chart "{chart.id}", series "{spec.label}": rows differ in {", ".join(unlike)} and may not be joined'
        fix = "Split the series, narrow its `where`, or write `join: false` to draw marks only."
        yield _problem("chart-joins-unlike", message, dataset, chart, fix)


def _check_one_a_day(
    dataset: Dataset, chart: ChartSpec, spec: SeriesSpec, rows: list[Observation]
) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Observation] = {}
    for row in rows:
        other = seen.setdefault((*row.like, row.date), row)
        if other is not row:
            message = f'chart "{chart.id}", series "{spec.label}": "{other.id}" and "{row.id}" are for the same day'
            fix = "Name the rows that speak in `rows`; nothing guesses between two documents."
            yield _problem("chart-two-for-one-date", message, dataset, chart, fix)


def _problem(code: str, message: str, dataset: Dataset, chart: ChartSpec, fix: str) -> Problem:
    path = dataset.page.path or dataset.folder
    return Problem(code, message, path, line=chart.line, field=f"charts.{chart.id}", fix=fix)
