"""Does each series hold one value at each point, and none missing between?

In:  a Dataset.
Out: Problems. Of a plain table, what its series are is guessed from its columns, so that it is only warned about.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import mode

import pandas as pd

from portal.model import Dataset, Observation, Problem, Resource
from portal.privacy import quote
from portal.validate.places import cell_column, find_rows
from portal.validate.table.keys import GLUE, columns_of
from portal.validate.table.listing import rows_of
from portal.validate.table.periods import FEWEST, Periods, find_periods
from portal.validate.table.schemas import has_convention, primary_key

NUMBERS = {"integer", "number"}
# Of the rows. Where more points are there twice, what tells them apart is a column that was taken for numbers.
FEW = 0.2
REGULAR = 0.75  # of the steps between periods
SHOWN = 3  # columns of a series that a message repeats
# Two figures at one point that somebody has seen and said so.
SEEN = {"conflict", "ambiguous", "sum-mismatch"}


def check_points(dataset: Dataset) -> Iterator[Problem]:
    yield from check_observed(dataset)
    for resource in dataset.resources:
        if not has_convention(resource) and len(resource.frame) >= FEWEST:
            yield from check_plain(resource)


def check_observed(dataset: Dataset) -> Iterator[Problem]:
    """Undated rows stand at no point; a repeat has said whose value it gives again."""
    first_at: dict[tuple[object, ...], Observation] = {}
    checks = dataset.page.checks  # what is a part of a sum, or restates, is told there
    summed = {name for check in checks for name in (check.equals, *(name for part in check.parts for name in part))}
    for row in dataset.observations:
        if row.repeats or row.period_end is None:
            continue
        if "derived" in row.flags or row.locator.startswith("scorecard:"):
            continue  # worked out to stand beside what was printed; told by `scorecard`
        first = first_at.setdefault((row.like, row.period_start, row.period_end), row)
        if first is not row and not SEEN & {*row.flags, *first.flags} and not summed & {row.id, first.id}:
            yield observed_twice(row, first, dataset)


def observed_twice(row: Observation, first: Observation, dataset: Dataset) -> Problem:
    same = (row.number, row.low, row.high, row.symbol) == (first.number, first.low, first.high, first.symbol)
    field = "repeats" if same else "value"
    resource = next(r for r in dataset.resources if r.path == row.path)
    where = f"row {first.line}" if first.path == row.path else f"{first.path}:{first.line}"
    message = f'row {row.line}, column "{field}": {where} ({first.id}) gives '
    message += f"{'the same' if same else 'another'} value for the same measure, area, series, kind, basis and dates"
    fix = f"If this row restates it, write {first.id} into repeats."
    if same:
        fix += " If it was copied by mistake, delete the row."
    else:
        fix = f'Correct whichever is wrong; if two documents disagree, write "conflict" into flags of both. {fix}'
    column, severity = cell_column(resource, row.line, field), "warning" if same else "error"
    return Problem("same-point", message, row.path, row.line, column, field, fix, severity)


def check_plain(resource: Resource) -> Iterator[Problem]:
    """The first column of periods is the axis; what is no number and no period tells the series apart."""
    periods = find_periods(resource)
    numbers = [f.name for f in resource.fields if f.type in NUMBERS and f.name not in {p.name for p in periods}]
    if not periods or not numbers or periods[0].places.notna().sum() < FEWEST:
        return
    names = [str(n) for n in resource.frame.columns if n not in numbers and n != periods[0].name]
    series = join_cells(resource.frame, names)
    point = series + GLUE + resource.frame[periods[0].name]
    twice = point.duplicated(keep=False) & periods[0].places.notna()
    if not twice.any():
        yield from check_gaps(resource, periods[0], series, names)
    elif not (primary_key(resource) or resource.schema.get("uniqueKeys")):  # a key has told it
        yield from check_twice(resource, periods[0].name, names, point)


def join_cells(frame: pd.DataFrame, names: list[str]) -> pd.Series:
    joined = pd.Series("", index=frame.index)
    for name in names:
        joined = joined + GLUE + frame[name]
    return joined


def check_twice(resource: Resource, time: str, names: list[str], point: pd.Series) -> Iterator[Problem]:
    """The same row twice is told already."""
    again = point.duplicated() & ~resource.frame.duplicated()
    if again.sum() > max(1, FEW * len(point)):
        return
    first_of = {text: index for index, text in zip(reversed(point.index), reversed(point.to_list()), strict=True)}
    for index in find_rows(again):
        line, other = resource.lines[index], resource.lines[first_of[point.iat[index]]]
        alike = columns_of([time, *names[:SHOWN]]) + (" and the other texts" if len(names) > SHOWN else "")
        message = f'row {line}, column "{time}": row {other} is alike in {alike}, and its numbers differ'
        fix = "Find out which row is right and delete the other; if both are, add a column that tells them apart."
        column = cell_column(resource, line, time)
        yield Problem("same-point", message, resource.path, line, column, time, fix, "warning")


def check_gaps(resource: Resource, periods: Periods, series: pd.Series, names: list[str]) -> Iterator[Problem]:
    step = find_step(periods)
    if step is None:
        return
    telling = [name for name in names if resource.frame[name].nunique() > 1]
    rows = pd.DataFrame({"series": series, "place": periods.places, "index": range(len(series))}).dropna()
    rows = rows[rows.groupby("series")["place"].transform("size") >= FEWEST]
    rows = rows.sort_values(["series", "place"], kind="stable")
    ahead = rows.groupby("series")["place"].shift(-1)
    place, index = [int(n) for n in rows["place"]], [int(n) for n in rows["index"]]
    for at in sorted(find_rows(ahead - rows["place"] > step), key=lambda at: index[at]):
        gap = [periods.style.write(n) for n in range(place[at] + step, place[at + 1], step)]
        yield tell_gap(resource, periods.name, telling, index[at], index[at + 1], gap)


def find_step(periods: Periods) -> int | None:
    """How far the periods of a regular column lie apart; days are taken when something happens."""
    places = sorted({int(place) for place in periods.places.dropna().unique()})
    steps = [b - a for a, b in pairwise(places)]
    if periods.style.name == "date" or len(steps) < FEWEST - 1:
        return None
    usual = mode(steps)
    return usual if steps.count(usual) >= REGULAR * len(steps) else None


def tell_gap(resource: Resource, time: str, names: list[str], one: int, other: int, gap: list[str]) -> Problem:
    lines = sorted((resource.lines[one], resource.lines[other]))
    cells = [quote(resource.frame[name].iat[one]) for name in names if resource.frame[name].iat[one]]
    whose = f" for {', '.join(cells[:SHOWN])}" if cells else ""
    missing = f"{gap[0]} is" if len(gap) == 1 else f"{gap[0]} to {gap[-1]} are"
    message = f'row {lines[0]}, column "{time}": {missing} missing{whose}, between {rows_of(lines)}'
    fix = "Add the row; if there is no figure, leave its cell empty or write a mark that missingValues explains."
    line = lines[0]
    return Problem("gap", message, resource.path, line, cell_column(resource, line, time), time, fix, "warning")
