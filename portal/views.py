"""Write the files that look across all packages: every observation, the scorecard, the promises.

In:  a checked Portal.
Out: `OutputFile`s, made of the packages' own cells; a portal without a scorecard or promises gets no file of them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from portal.made import OutputFile
from portal.model import OBSERVATION_COLUMNS, Portal, Resource
from portal.promises import Promise, derive_promises
from portal.scorecard import Cell, Edition, Row, read_editions

SCORECARD_COLUMNS = (
    "edition panel line column role measure_label breakdown printed value qualifier value_low value_high unit "
    "multiplier direction flags polarity verdict dataset measure area kind basis period id source locator"
).split()
PROMISE_COLUMNS = "id group made_by measure series spans rule shown_by cannot made_on source locator".split()


def make_views(portal: Portal, built: date, scorecard: Mapping[str, Any]) -> Iterator[OutputFile]:
    """`scorecard`: how mkdocs.yml orders the panels of the scorecard."""
    yield OutputFile("data/observations.csv", make_observations_csv(portal))
    if editions := read_editions(portal, scorecard):
        yield OutputFile("data/scorecard.csv", make_scorecard_csv(editions, portal))
    if promises := derive_promises(portal, built):
        yield OutputFile("data/promises.csv", make_promises_csv(promises))


def make_observations_csv(portal: Portal) -> bytes:
    """Every observation of every dataset: the common columns as in their files, `dataset` and `breakdown`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["dataset", *OBSERVATION_COLUMNS, "breakdown"])
    for dataset in portal.datasets:
        observed = {row.path for row in dataset.observations}
        for resource in (r for r in dataset.resources if r.path in observed):
            others = [name for name in resource.frame.columns if name not in OBSERVATION_COLUMNS]
            for record in resource.records():
                breakdown = "".join(f"{name}={record[name]};" for name in others if record[name])
                writer.writerow([dataset.slug, *(record[name] for name in OBSERVATION_COLUMNS), breakdown])
    return text.getvalue().encode()


def make_scorecard_csv(editions: Iterable[Edition], portal: Portal) -> bytes:
    """Every printed cell of every edition, in the order of the page; a line's verdict stands beside its figure.

    A range without a single value has an empty `value`, so its two ends stand beside it as they do in its own file.
    """
    cells = {r["id"]: r for d in portal.datasets for resource in d.resources for r in records_of(resource)}
    text = io.StringIO()
    writer = csv.DictWriter(text, SCORECARD_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for edition in editions:
        for panel in edition.panels:
            for line in panel.rows:
                writer.writerows(describe_cell(edition, panel.name, line, cell, cells) for cell in line.cells)
    return text.getvalue().encode()


def records_of(resource: Resource) -> list[dict[str, str]]:
    return resource.records() if set(OBSERVATION_COLUMNS) <= set(resource.field_names) else []


def describe_cell(
    edition: Edition, panel: str, line: Row, cell: Cell, cells: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    row, measure = cell.row, cell.row.measure
    return {
        **{name: cells[row.id][name] for name in ("value", "qualifier", "value_low", "value_high")},
        "edition": edition.month.isoformat()[:7] if edition.month else "",
        "panel": panel,
        "line": line.place,
        "column": cell.head,
        "role": cell.role,
        "printed": row.printed,
        "measure_label": measure.label,
        "breakdown": "".join(f"{name}={value};" for name, value in row.breakdown if value),
        "unit": measure.unit,
        "multiplier": measure.multiplier,
        "polarity": measure.polarity,
        "direction": row.direction,
        "flags": ";".join(row.flags),
        "verdict": line.verdict if cell == line.figure else "",
        "dataset": row.dataset,
        "measure": measure.id,
        "area": row.area,
        "kind": row.kind,
        "basis": row.basis,
        "period": row.period,
        "id": row.id,
        "source": row.source,
        "locator": row.locator,
    }


def make_promises_csv(promises: Iterable[Promise]) -> bytes:
    """Every promise with its status as of the build date."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*PROMISE_COLUMNS, "title", "text", "due", "status", "status_words", "status_rule", "decided_by"])
    for promise in promises:
        status, due = promise.status, promise.due.isoformat() if promise.due else ""
        own = [promise.entry.cells[name] for name in PROMISE_COLUMNS]
        decided = promise.decided.id if promise.decided else ""
        writer.writerow([*own, promise.title, promise.text, due, status.id, status.words, status.rule, decided])
    return text.getvalue().encode()
