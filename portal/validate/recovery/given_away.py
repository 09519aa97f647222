"""Can a hidden cell be worked out from the cells that are shown?

In:  a Dataset.
Out: an error for each hidden cell that totals, percentages, rates, another file or a declared check give away, and one
     for each rate or percentage that is shown although its count is hidden. No message repeats a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.model import Dataset, Problem
from portal.observations import is_observation_table
from portal.spec import Release
from portal.validate.recovery.across import find_across
from portal.validate.recovery.columns import Link, find_column_sums, find_links, find_share_equations
from portal.validate.recovery.equations import Cell, Equation, Unknown
from portal.validate.recovery.hidden import Table, read_tables
from portal.validate.recovery.hints import Places, describe_share, describe_way
from portal.validate.recovery.observed import find_observed, find_populations, find_shares, place_rows, read_unknown
from portal.validate.recovery.solve import find_given_away
from portal.validate.recovery.totals import find_splits, find_total_equations


@dataclass(frozen=True, slots=True)
class Findings:
    """Equations, what is known of their unknown cells, and each shown share with the hidden count it is of."""

    equations: tuple[Equation, ...] = ()
    unknowns: Mapping[Cell, Unknown] = field(default_factory=dict)
    shares: tuple[tuple[Cell, Cell], ...] = ()


def check_recovery(dataset: Dataset) -> Iterator[Problem]:
    """An official release is left to its publisher's own policy."""
    for cell, problem in find_recovered(dataset):
        if not any(covers(release, dataset, cell) for release in dataset.page.releases):
            yield problem


def covers(release: Release, dataset: Dataset, cell: Cell) -> bool:
    table = dataset.resources[cell.table]
    return release.covers(table.name, str(table.frame["series"].iat[cell.row]) if is_observation_table(table) else "")


def find_recovered(dataset: Dataset) -> Iterator[tuple[Cell, Problem]]:
    """Exempted or not."""
    for findings in (find_in_tables(dataset), find_in_observations(dataset)):
        yield from tell(dataset, findings)


def find_in_tables(dataset: Dataset) -> Findings:
    skip = frozenset(r.name for r in dataset.resources if is_observation_table(r))
    tables = read_tables(dataset, skip)
    if not tables:
        return Findings()
    equations: list[Equation] = list(find_across(tables))
    shares: list[tuple[Cell, Cell]] = []
    for table in [table for table in tables if table.hides]:
        splits = list(find_splits(table))
        links = list(find_links(table, splits))
        equations += [e for split in splits for e in find_total_equations(table, split)]
        equations += find_column_sums(table)
        equations += [e for link in links for e in find_share_equations(table, link)]
        shares += find_shown_shares(table, links)
    by_index = {table.index: table for table in tables}
    unknowns = {c: by_index[c.table].unknown(c.row, c.field) for e in equations for c in e.terms}
    return Findings(tuple(equations), unknowns, tuple(dict.fromkeys(shares)))


def find_shown_shares(table: Table, links: Sequence[Link]) -> Iterator[tuple[Cell, Cell]]:
    for link in links:
        shown = table.hidden[link.count] & ~np.isnan(table.numbers[link.share])
        for row in np.flatnonzero(shown):
            yield table.cell(int(row), link.share), table.cell(int(row), link.count)


def find_in_observations(dataset: Dataset) -> Findings:
    pairs = tuple(find_shares(dataset))
    equations = (*find_observed(dataset), *(find_populations(dataset) if pairs else ()))
    if not equations and not pairs:
        return Findings()
    cells = place_rows(dataset)
    rows = {cells[row.id]: row for row in dataset.observations}
    unknowns = {c: read_unknown(rows[c]) for e in equations for c in e.terms}
    shares = tuple(dict.fromkeys((cells[share.id], cells[count.id]) for share, count in pairs))
    return Findings(equations, unknowns, shares)


def tell(dataset: Dataset, findings: Findings) -> Iterator[tuple[Cell, Problem]]:
    """One message a cell: a share that gives its count away is not told again as a share."""
    found = find_given_away(findings.equations, findings.unknowns) if findings.equations else {}
    places = Places(dataset)
    told = {(equation.result, cell) for cell, way in found.items() for equation in way}
    alone = {cell for cell, way in found.items() if len(way) == 1}
    for cell, way in found.items():
        if not is_share_of_told(cell, way):
            yield cell, make_problem(places, cell, "hidden-given-away", *describe_way(places, cell, way, alone))
    seen: set[Cell] = set()
    for share, count in sorted(findings.shares):
        if (share, count) not in told and share not in seen:
            seen.add(share)
            yield share, make_problem(places, share, "rate-of-hidden", *describe_share(places, share, count))


def is_share_of_told(cell: Cell, way: Sequence[Equation]) -> bool:
    """A hidden share that is worked out by way of its count is mended together with the count."""
    return len(way) > 1 and any(equation.form == "share" and equation.result == cell for equation in way)


def make_problem(places: Places, cell: Cell, code: str, message: str, fix: str) -> Problem:
    path, line, column = places.find(cell)
    start = f'row {line}, column "{cell.field}": '
    return Problem(code, start + message, path, line, column, cell.field, fix)
