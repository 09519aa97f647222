"""Does each id lead to one row of the portal?

In:  a Portal.
Out: Problems with the ids of rows, entries and measures, which are addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.model import Entry, Observation, Portal, Problem
from portal.privacy import quote
from portal.registers import read_entries


def check_unique_rows(portal: Portal) -> Iterator[Problem]:
    """The id of a row, an entry and a measure is an address: unique in the whole portal."""
    rows: dict[str, Observation | Entry] = {}
    measures: dict[str, str] = {}
    everything: list[Observation | Entry] = [row for d in portal.datasets for row in d.observations]
    everything += [entry for d in portal.datasets for entry in read_entries(d)]
    for row in everything:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", row.id) and isinstance(row, Observation):
            fix = "Use small letters, digits and hyphens: it is an address."
            yield Problem("bad-id", f"{quote(row.id)} is no id", row.path, row.line, field="id", fix=fix)
        first = rows.setdefault(row.id, row)
        if first.path != row.path:  # within one table the primary key sees to it
            yield Problem(
                "duplicate-id",
                f"the id {quote(row.id)} is already used in {first.path}:{first.line}",
                row.path,
                row.line,
                field="id",
                fix="Give the row an id of its own.",
            )
    for observation in (row for dataset in portal.datasets for row in dataset.observations):
        name = observation.measure.id
        owner = measures.setdefault(name, observation.dataset)
        if owner != observation.dataset:
            measures[name] = observation.dataset
            yield Problem(
                "duplicate-measure",
                f"the measure {quote(name)} is already used in the dataset {owner}",
                observation.path,
                observation.line,
                field="measure",
                fix="Rename one of the two.",
            )
