"""When is the next figure due? The contract of each series and list, and how it stands on a given day.

In:  the Portal: `freshness` in page.yaml, or else `renewed` and `due_after_months` of reference/series; and a day.
Out: a `Holding` for all that a dataset holds of one series or in one list, and its `Standing` on that day.

Nothing here asks what day it is: the same data and the same day give the same answer.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from portal.model import Dataset, Observation, Portal, Resource
from portal.observations import read_date

INTERVALS = {"monthly": 1, "quarterly": 3, "termly": 4, "half-yearly": 6, "yearly": 12}  # months
RENEWED = (*INTERVALS, "never", "not-known")
SOON = 30  # days before the due date from which it is said aloud: time to fetch the figures before a reader asks


@dataclass(frozen=True, slots=True)
class Rule:
    """How often something is renewed, and how many months after the end of its period it should be out."""

    renewed: str
    months: int | None
    why: str  # as page.yaml says it
    path: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """`state`: late, soon, due, not-known or ended. `days`: late by so many, or so many to go."""

    state: str
    due: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Holding:
    """All that a dataset holds of one series, or in one list."""

    dataset: str
    series: str  # empty of a list
    resource: str  # empty of a series
    newest: date | None
    period: str  # as the newest row says it
    row: str  # the id of the newest row
    path: str
    line: int | None
    rule: Rule | None


def judge(newest: date | None, rule: Rule | None, today: date) -> Standing:
    """Due on the day itself is not late yet; the day after is."""
    if rule is None or rule.renewed not in RENEWED:
        return Standing("not-known")
    if rule.renewed == "never":
        return Standing("ended")
    due = due_date(newest, rule)
    if due is None:
        return Standing("not-known")
    days = (due - today).days
    state = "late" if days < 0 else "soon" if days <= SOON else "due"
    return Standing(state, due, abs(days))


def due_date(newest: date | None, rule: Rule) -> date | None:
    """One interval after the end of the newest period, and the months that its publisher needs."""
    if newest is None or rule.months is None or rule.renewed not in INTERVALS:
        return None
    return add_months(newest, INTERVALS[rule.renewed] + rule.months)


def add_months(day: date, months: int) -> date:
    """31 March and eight months are 30 November."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def find_holdings(portal: Portal) -> Iterator[Holding]:
    for dataset in portal.datasets:
        yield from (hold_series(name, rows, portal, dataset) for name, rows in rows_by_series(dataset).items())
        yield from (hold_list(resource, dataset) for resource in find_lists(dataset))


def rows_by_series(dataset: Dataset) -> dict[str, list[Observation]]:
    """A target or a plan says nothing of how far a record goes, and neither does a cell without a number."""
    found: dict[str, list[Observation]] = {}
    for row in dataset.observations:
        if row.kind == "actual" and not row.symbol:
            found.setdefault(row.series, []).append(row)
    return found


def hold_series(name: str, rows: Iterable[Observation], portal: Portal, dataset: Dataset) -> Holding:
    newest = max((row for row in rows if row.date), key=lambda row: row.date or date.min, default=None)
    rule = rule_of_series(portal, dataset.slug, name)
    if newest is None:
        return Holding(dataset.slug, name, "", None, "", "", dataset.page.path, None, rule)
    return Holding(dataset.slug, name, "", newest.date, newest.period, newest.id, newest.path, newest.line, rule)


def find_lists(dataset: Dataset) -> list[Resource]:
    """The registers of a page, the tables that a rule names, and all tables of a plain package."""
    named = [spec.resource for spec in dataset.page.registers] + [f.resource for f in dataset.page.freshness]
    plain = not dataset.observations and not dataset.page.registers
    return [r for r in dataset.resources if r.name in named or (plain and r.name != "measures")]


def hold_list(resource: Resource, dataset: Dataset) -> Holding:
    spec = next((f for f in dataset.page.freshness if f.resource == resource.name), None)
    rule = rule_of_list(dataset, resource.name)
    days = list(dated_rows(resource, spec.column if spec else ""))
    if not days:
        return Holding(dataset.slug, "", resource.name, None, "", "", resource.path, 1, rule)
    newest, cell, row, line = max(days, key=lambda found: found[0])
    return Holding(dataset.slug, "", resource.name, newest, cell, row, resource.path, line, rule)


def dated_rows(resource: Resource, column: str) -> Iterator[tuple[date, str, str, int]]:
    """(last day, the cell, id, line) of each row with a date; what was only planned says nothing of how far it goes."""
    column = column or ("date_end" if "date_end" in resource.frame.columns else "")
    if column in resource.frame.columns:
        for record, line in zip(resource.records(), resource.lines, strict=True):
            day = last_day(record[column])
            if day and record.get("role") != "planned":
                yield day, record[column], record.get("id", ""), line


def last_day(cell: str) -> date | None:
    """2024 is over on 31 December, 2024-02 on the last day of February."""
    if found := re.fullmatch(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?", cell):
        year, month = int(found[1]), int(found[2] or 12)
        return date(year, month, calendar.monthrange(year, month)[1])
    return read_date(cell)


def rule_of_series(portal: Portal, slug: str, series: str) -> Rule | None:
    """What page.yaml says of the series, else what it says of the whole dataset, else what the table of series says."""
    dataset = next((d for d in portal.datasets if d.slug == slug), None)
    if dataset:
        specs = [f for f in dataset.page.freshness if f.series == series]
        if specs:
            return Rule(specs[0].renewed, specs[0].due_after_months, specs[0].why, dataset.page.path, specs[0].line)
    row = portal.reference.series.get(series, {})
    if row.get("renewed"):
        months = row.get("due_after_months", "")
        table = next((r for r in tables_of(portal) if r.name == "series"), None)
        why = row.get("renewed_why", "")
        return Rule(row["renewed"], int(months) if months.isdecimal() else None, why, *place_in(table, series))
    return rule_of_rest(dataset) if dataset else None


def rule_of_list(dataset: Dataset, resource: str) -> Rule | None:
    spec = next((f for f in dataset.page.freshness if f.resource == resource), None)
    if spec:
        return Rule(spec.renewed, spec.due_after_months, spec.why, dataset.page.path, spec.line)
    return rule_of_rest(dataset)


def rule_of_rest(dataset: Dataset) -> Rule | None:
    """An entry that names neither a series nor a list is of all that no other rule is of."""
    spec = next((f for f in dataset.page.freshness if not f.series and not f.resource), None)
    return Rule(spec.renewed, spec.due_after_months, spec.why, dataset.page.path, spec.line) if spec else None


def tables_of(portal: Portal) -> tuple[Resource, ...]:
    return portal.reference_dataset.resources if portal.reference_dataset else ()


def place_in(table: Resource | None, key: str) -> tuple[str, int | None]:
    if table is None:
        return "", None
    lines = zip(table.records(), table.lines, strict=True)
    return table.path, next((line for record, line in lines if record.get("id") == key), None)


def is_agreed(portal: Portal) -> bool:
    """Whether this portal has a contract at all: then it is of every dataset."""
    table = next((r for r in tables_of(portal) if r.name == "series"), None)
    in_table = table is not None and "renewed" in table.frame.columns
    return in_table or any(dataset.page.freshness for dataset in portal.datasets)
