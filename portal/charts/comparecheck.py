"""What may not stand on one scale when a place is compared with others.

In:  a Dataset and a ChartSpec of form `compare` or `multiples`.
Out: Problems.

Dots of one lane are for one period; panels may hold many, but each place one figure a period. Nothing here ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from portal.charts import words
from portal.charts.field import ROLES, Choice, choose
from portal.model import Dataset, Observation, Problem
from portal.spec import ChartSpec, SeriesSpec

MOST_BESIDE = 4  # figures that find room for their names under one axis
Fault = tuple[str, str, str]  # code, message, fix
Reader = Callable[[Observation], str]

ALL: Mapping[str, Reader] = {
    "measure": lambda row: row.measure.id,
    "breakdown": lambda row: " ".join(value for _, value in row.breakdown) or "none",
    "basis": lambda row: row.basis,
}
PLACES: Mapping[str, Reader] = {"series": lambda row: row.series, "kind": lambda row: row.kind}


def check_compare(dataset: Dataset, chart: ChartSpec) -> Iterator[Problem]:
    """Every reason not to put the dots of a lane on one axis."""
    if not chart.lanes:
        yield _problem(
            dataset, chart, ("chart-without-lanes", "a comparison is made of lanes", "Name them in `lanes`.")
        )
    for label, series in chart.lanes:
        choice = choose(dataset, series)
        faults = [*_roles(series), *_focus(choice), *_unlike(choice), *_periods(choice), *_twice(choice)]
        for code, message, fix in faults:
            yield _problem(dataset, chart, (code, f'lane "{label}": {message}', fix))


def check_multiples(dataset: Dataset, chart: ChartSpec) -> Iterator[Problem]:
    """Every reason not to draw the panels on one scale."""
    choice = choose(dataset, chart.series)
    for fault in (*_roles(chart.series), *_focus(choice), *_unlike(choice), *_twice(choice)):
        yield _problem(dataset, chart, fault)


def _roles(series: Sequence[SeriesSpec]) -> Iterator[Fault]:
    if strange := sorted({part.role for part in series} - set(ROLES)):
        message = f'the role "{strange[0]}" has no place among {words.listed(ROLES)}'
        yield "chart-role", message, "Use a strip, or take the series out."


def _focus(choice: Choice) -> Iterator[Fault]:
    """One place is the one compared; the eye needs to know where to go."""
    areas = sorted({row.area for row in choice.of("value")})
    if len(areas) != 1:
        message = f"one place has the role value, not {len(areas)}{': ' if areas else ''}{', '.join(areas)}"
        yield "chart-focus", message, "Give the place the page is about `role: value`, all others `role: field`."
    if len(beside := {row.area for row in choice.of("comparator")}) > MOST_BESIDE:
        message = f"{len(beside)} comparators do not fit under one axis"
        yield "chart-comparators", message, f"Name at most {MOST_BESIDE}; the many are `role: field`."


def _unlike(choice: Choice) -> Iterator[Fault]:
    """What is measured is one thing for all; who counted it and how sure it is, for the places at least."""
    for readers, rows in ((ALL, choice.rows), (PLACES, choice.places)):
        for name, read in readers.items():
            values = sorted({read(row) for row in rows})
            if len(values) > 1:
                message = f"rows differ in {name} ({words.listed(values)}) and may not stand on one scale"
                yield "chart-compares-unlike", message, f"Narrow the `where`, or make a lane or chart for each {name}."


def _periods(choice: Choice) -> Iterator[Fault]:
    periods = {(row.period_start, row.period_end): row.period for row in choice.rows if row.date}
    if len(periods) > 1:
        message = f"rows are for different periods: {words.listed(list(dict.fromkeys(periods.values())))}"
        yield "chart-compares-periods", message, "Name one period in each `where`, or draw `multiples`."
    for row in choice.rows:
        if row.date is None:
            yield "chart-compares-undated", f'"{row.id}" is printed without a date', "Leave it out, or use a table."


def _twice(choice: Choice) -> Iterator[Fault]:
    seen: dict[Hashable, Observation] = {}
    for row in choice.rows:
        other = seen.setdefault((row.area, row.period_start, row.period_end, row.date and row.period), row)
        if other is not row and row.date is not None:
            message = f'"{other.id}" and "{row.id}" are of one place and one period'
            yield "chart-two-for-one-place", message, "Name the rows that speak in `rows`."


def _problem(dataset: Dataset, chart: ChartSpec, fault: Fault) -> Problem:
    code, message, fix = fault
    path = dataset.page.path or dataset.folder
    return Problem(code, f'chart "{chart.id}": {message}', path, line=chart.line, field=f"charts.{chart.id}", fix=fix)
