"""Does each happening stand once, on a date that can be, and lead where it says?

In:  the whole Portal.
Out: Problems with the reference table of events, with the kinds of entries, with the columns `event` and `happened_as`,
     and with what seems to be told twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from portal.model import Entry, Portal, Problem, Resource
from portal.privacy import quote
from portal.registers import read_entries
from portal.timeline import KINDS, Happening, all_entries, dated, gather, read_events
from portal.validate.places import cell_column, did_you_mean
from portal.validate.registers import check_dates

Finding = tuple[str, str, str, str]


def check_timeline(portal: Portal, whole: bool) -> Iterator[Problem]:
    """`whole`: every dataset was read, so that a name may be called unknown."""
    every = list(all_entries(portal))
    by_id = {entry.id: entry for entry, _ in every}
    for entry, kind in every:
        found = [*check_kind(entry, kind), *check_names(entry, by_id, whole)]
        if not entry.dataset:
            found += [*check_dates(entry.cells), *check_event(entry, portal, whole)]
        for finding in found:
            yield make_problem(entry, finding, portal)
    for entry in (entry for dataset in portal.datasets for entry in read_entries(dataset)):
        if entry.id not in by_id:  # it stands on no timeline, and may tell of what does
            for finding in check_names(entry, by_id, whole):
                yield make_problem(entry, finding, portal)
    for entry, other in told_twice(gather(portal)):
        yield make_problem(entry, twice(entry, other), portal)


def make_problem(entry: Entry, finding: Finding, portal: Portal) -> Problem:
    code, field, message, fix = finding
    resource = resource_of(entry, portal)
    what = f'row {entry.line}, column "{field}": {message}'
    column = cell_column(resource, entry.line, field) if resource and field in resource.frame.columns else None
    return Problem(code, what, entry.path, entry.line, column, field, fix)


def resource_of(entry: Entry, portal: Portal) -> Resource | None:
    datasets = (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ()))
    return next((r for d in datasets for r in d.resources if r.path == entry.path), None)


def check_event(entry: Entry, portal: Portal, whole: bool) -> Iterator[Finding]:
    """What every register is asked, the table of events is asked here."""
    cells, sources = entry.cells, portal.reference.sources
    if cells["source"] not in sources:
        close = did_you_mean(cells["source"], sources)
        fix = "Correct it, or add it to reference/data/sources.csv."
        yield "unknown-code", "source", f"{quote(cells['source'])} is not in reference/sources{close}", fix
    ids = {row.id for dataset in portal.datasets for row in dataset.observations} if whole else set(entry.figures)
    for name in entry.figures:
        if name not in ids:
            message = f"no row called {quote(name)}{did_you_mean(name, ids)}"
            yield "unknown-row", "figures", message, "Name a row of observations."


def check_kind(entry: Entry, kind: str) -> Iterator[Finding]:
    """An event has a kind, for by it charts choose; a register may have no such column."""
    if kind not in KINDS and (kind or "kind" in entry.cells):  # a whole column that is missing is told once
        message = f"{quote(kind)} is none of: {', '.join(KINDS)}"
        yield "unknown-word", "kind", message, "Write one of them."


def check_names(entry: Entry, by_id: Mapping[str, Entry], whole: bool) -> Iterator[Finding]:
    """`event` leads to the one entry that stands; `happened_as` from a plan to what came of it."""
    for field in ("event", "happened_as"):
        name = entry.cells.get(field, "")
        other = by_id.get(name)
        if name and other is None and whole:
            message = f"no entry of the timeline is called {quote(name)}{did_you_mean(name, by_id)}"
            yield "unknown-name", field, message, "Name an event, or an entry of a register that is on the timeline."
        elif other is not None:
            yield from check_target(entry, field, other)


def check_target(entry: Entry, field: str, other: Entry) -> Iterator[Finding]:
    fix = "Name the entry that stands on the timeline itself."
    if other is entry or other.cells.get("event") or not dated(other):
        yield "timeline-name", field, f"{quote(other.id)} does not stand there itself, or has no date", fix
    elif field == "happened_as" and (entry.cells["role"] != "planned" or other.cells["role"] == "planned"):
        message = (
            f"it leads from {quote(entry.cells['role'])} to {quote(other.cells['role'])}, not from planned to happened"
        )
        yield "timeline-name", field, message, "Correct the role of one of the two, or leave the cell empty."


def told_twice(happenings: tuple[Happening, ...]) -> Iterator[tuple[Entry, Entry]]:
    """Two tables that take one thing from one place; within a table the rows were told apart by who wrote them."""
    seen: dict[tuple[object, ...], Entry] = {}
    for happening in happenings:
        cells, entry = happening.entry.cells, happening.entry
        other = seen.setdefault((happening.start, cells["role"], cells["source"], cells.get("locator")), entry)
        alike = other is not entry and other.cells.get("title") == cells.get("title")
        if other.path != entry.path or alike:
            yield entry, other


def twice(entry: Entry, other: Entry) -> Finding:
    message = (
        f"the same date, role and place as {quote(other.id)} in {other.path}: it would stand on the timeline twice"
    )
    fix = f'Write {other.id} into the column "event" of this row; if they differ, say in `locator` by what.'
    return "told-twice", "event", message, fix


def check_future(portal: Portal, built: date) -> Iterator[Problem]:
    """What is said to have happened cannot lie ahead."""
    for happening in gather(portal):
        if not happening.planned and happening.start > built:
            message = f'"{happening.role}", but after the day of this build, {built.isoformat()}'
            finding = ("future-event", "date_start", message, "Correct the date, or write planned as its role.")
            yield make_problem(happening.entry, finding, portal)


def check_ids(portal: Portal) -> Iterator[Problem]:
    """An event's id is an address on the timeline, so no entry of a register may have it too."""
    seen: dict[str, Entry] = {}
    for entry in read_events(portal):
        if seen.setdefault(entry.id, entry) is not entry:
            message = f"{quote(entry.id)} stands in row {seen[entry.id].line} already"
            yield make_problem(entry, ("duplicate-id", "id", message, "Give it an id of its own."), portal)
    for entry, _ in all_entries(portal):
        if entry.dataset and entry.id in seen:
            message = f"{quote(entry.id)} is an event of the reference tables already"
            yield make_problem(entry, ("duplicate-id", "id", message, "Give it an id of its own."), portal)
