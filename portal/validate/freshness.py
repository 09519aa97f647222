"""Does each dataset say when it should be renewed, and is a newer figure due?

In:  the Portal, and the day of the build when one is given.
Out: Problems with the entries `freshness` of page.yaml; and a warning for each series or list that is due within
     thirty days, or late.

A portal whose table of series has a column `renewed`, or any of whose pages has such an entry, has made a contract:
then nothing it holds is left out. One without neither is asked nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.formats import format_date, plural
from portal.freshness import INTERVALS, Holding, Standing, find_holdings, is_agreed, judge
from portal.model import Dataset, Portal, Problem
from portal.privacy import quote
from portal.spec import FreshnessSpec
from portal.validate.places import did_you_mean

Finding = tuple[str, str, str, str]  # code, entry, what, what to do


def check_freshness(portal: Portal) -> Iterator[Problem]:
    for dataset in portal.datasets:
        if dataset.page.usable:
            yield from check_entries(dataset)
    if is_agreed(portal):
        yield from check_covered(portal)


def check_entries(dataset: Dataset) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for number, spec in enumerate(dataset.page.freshness):
        found = [*check_named(spec, dataset), *check_due(spec)]
        if not found and (spec.series, spec.resource) in seen:
            message = f"two entries are of {told(spec)}"
            found.append(("freshness-shape", "", message, "Keep one of the two."))
        seen.add((spec.series, spec.resource))
        for code, entry, message, fix in found:
            place = f"freshness.{number}"
            line = dataset.page.lines.get(f"{place}.{entry}", spec.line)
            yield Problem(code, f"freshness: {message}", dataset.page.path, line, field=place, fix=fix)


def check_named(spec: FreshnessSpec, dataset: Dataset) -> Iterator[Finding]:
    """What an entry names has to be there: else the contract is of nothing."""
    series = {row.series for row in dataset.observations}
    tables = {resource.name: set(resource.frame.columns) for resource in dataset.resources}
    if spec.series and spec.resource:
        fix = "Make two entries of it."
        yield "freshness-shape", "resource", "an entry is of a series or of a list, not of both", fix
    if spec.series and spec.series not in series:
        message = f"no figure here is of the series {quote(spec.series)}{did_you_mean(spec.series, series)}"
        yield "unknown-name", "series", message, "Correct the name, or take the entry out."
    if spec.resource and spec.resource not in tables:
        message = f"no table here is called {quote(spec.resource)}{did_you_mean(spec.resource, tables)}"
        yield "unknown-name", "resource", message, "Name a resource of datapackage.yaml."
    elif spec.column and spec.column not in tables.get(spec.resource, set()):
        known = tables.get(spec.resource, set())
        message = f"{spec.resource or 'no table'} has no column {quote(spec.column)}{did_you_mean(spec.column, known)}"
        yield "unknown-name", "column", message, "Name the table under `resource`, and its column of dates here."


def check_due(spec: FreshnessSpec) -> Iterator[Finding]:
    if spec.renewed in INTERVALS and spec.due_after_months is None:
        message = f"what is renewed {spec.renewed} does not say in months when the next figure is due"
        fix = "Write due_after_months: how many months after the end of the period it should be out."
        yield "due-missing", "renewed", message, fix
    elif spec.renewed not in INTERVALS and spec.due_after_months is not None:
        message = f'"{spec.renewed}" has no due date, and due_after_months gives one'
        fix = f"Take due_after_months out, or write one of: {', '.join(INTERVALS)}."
        yield "freshness-shape", "due_after_months", message, fix


def told(spec: FreshnessSpec) -> str:
    return quote(spec.series or spec.resource) if spec.series or spec.resource else "all the rest of the dataset"


def check_covered(portal: Portal) -> Iterator[Problem]:
    """Every series of figures and every register; a plain package of somebody else's may stay without."""
    datasets = {dataset.slug: dataset for dataset in portal.datasets}
    for holding in find_holdings(portal):
        dataset = datasets[holding.dataset]
        registers = {spec.resource for spec in dataset.page.registers}
        if holding.rule is None and dataset.page.usable and (holding.series or holding.resource in registers):
            name, kind = holding.series or holding.resource, "series" if holding.series else "resource"
            what = "figures of the series" if holding.series else "the list"
            message = f"nobody has said when {what} {quote(name)} should be renewed"
            fix = f"Add to `freshness` in page.yaml: {{{kind}: {name}, renewed: yearly, due_after_months: 8, why: …}}"
            fix += "; or renewed: never, or not-known, and why."
            where = dataset.page.path or dataset.descriptor_path
            yield Problem("freshness-missing", message, where, field="freshness", fix=fix)


def check_renewals(portal: Portal, today: date) -> Iterator[Problem]:
    """Before a reader asks: what should be renewed within thirty days, and what should have been already."""
    for holding in find_holdings(portal):
        standing = judge(holding.newest, holding.rule, today)
        if standing.state in ("soon", "late"):
            yield warn(holding, standing, portal)


def warn(holding: Holding, standing: Standing, portal: Portal) -> Problem:
    """At the newest row, which the officer will look for; the place of the rule stands in what to do.

    The number of days stands there too: what is wrong is published, and stays true on any day.
    """
    assert standing.due  # else nothing is due
    assert holding.newest
    assert holding.rule
    label = portal.reference.series.get(holding.series, {}).get("label", holding.series)
    name = f"figures of {quote(label)}" if holding.series else f"the list {quote(holding.resource)}"
    late = standing.state == "late"
    message = f"row {holding.line}: {name} end on {format_date(holding.newest)}, and newer ones "
    message += f"{'were' if late else 'are'} due by {format_date(standing.due)}"
    days = plural(standing.days, "day")
    when = f"They are late by {days}" if late else f"That is in {days}" if standing.days else "That is this day"
    rule = f"{holding.rule.path}:{holding.rule.line}" if holding.rule.line else holding.rule.path
    fix = f"{when}. Add the new figures. If there will be none, or later, correct the rule in {rule}."
    field = "period_end" if holding.series else ""
    code = "renewal-late" if late else "renewal-soon"
    return Problem(code, message, holding.path, holding.line, field=field, fix=fix, severity="warning")
