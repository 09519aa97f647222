"""Would two figures of a running total give away a small number between them?

In:  a Dataset and the portal's policy.
Out: an error for each count that starts on the same day as another, of the same people and place, ends later, and
     differs from it by 1 to `policy.small`: April to December less April to November is what happened in December.
     Neither the difference nor the figures are repeated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from portal.model import Dataset, Observation, Problem
from portal.policy import STANDARD, Policy
from portal.validate.people.exemptions import is_exempt
from portal.validate.people.hidden import COMMITTED
from portal.validate.people.small import Small, is_small
from portal.validate.people.subjects import why_looked_at
from portal.validate.places import cell_column

# Spans that add up; a rolling year drops as much as it takes up, and an average is no total.
ADDING = {"year-to-date", "part-year", "month", "half-term", "term", "financial-year", "academic-year", "calendar-year"}
RUNNING = "year-to-date"
YEAR_STARTS = 4  # April: councils count their year from it


def check_running(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    tables = {resource.path: resource for resource in dataset.resources}
    for (earlier, later), small in find_running(dataset, policy) if dataset.page.usable else ():
        if not is_exempt(small, dataset.page):
            message = (
                f'row {later.line}, column "value": {later.id} and {earlier.id} (row {earlier.line}) count from the '
                f"same day, and between them lie only 1 to {policy.small} people"
            )
            fix = (
                f"Write c in value and in printed of the later row, {later.id}, or publish the figure by quarter or by "
                f"year only. If public papers printed both, and no harm can come of it, name {later.id} in page.yaml "
                f"under `disclosure`, `rows`. {COMMITTED}"
            )
            column = cell_column(tables[later.path], later.line, "value")
            yield Problem("running-difference", message, later.path, later.line, column, "value", fix)


def find_running(dataset: Dataset, policy: Policy) -> Iterator[tuple[tuple[Observation, Observation], Small]]:
    """Pairs of neighbours in a running total that differ by a small number; a hidden one between them hides nothing."""
    names = {resource.path: resource.name for resource in dataset.resources}
    totals: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for row in dataset.observations:
        if is_running(row) and why_looked_at(row, policy):
            like = (row.measure.id, row.area, row.series, row.kind, row.breakdown)
            totals[(*like, row.period_start or year_of(row.period_end))].append(row)
    for rows in totals.values():
        rows.sort(key=lambda row: (row.period_end or date.min, row.line))
        for earlier, later in pairwise(rows):
            told = {earlier.basis, later.basis} & {RUNNING, "part-year"}
            differ = (later.number or 0) - (earlier.number or 0)
            if told and earlier.period_end != later.period_end and is_small(differ, policy):
                yield (
                    (earlier, later),
                    Small(later.id, names[later.path], later.series, later.path, later.line, "value"),
                )


def is_running(row: Observation) -> bool:
    counted = row.number is not None and row.period_end is not None and row.measure.statistic == "count"
    return counted and row.basis in ADDING and not row.repeats


def year_of(end: date | None) -> date | None:
    """The first day of the financial year, where a paper says only until when it counts."""
    return end and date(end.year - (end.month < YEAR_STARTS), YEAR_STARTS, 1)
