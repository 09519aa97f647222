"""Gather what happened and what was planned, each once, in order of date.

In:  a Portal: `reference/events`, and the registers that stand on a timeline.
Out: `Happening`s by date, and the `Gap`s in which the papers tell of nothing.

A happening told in two places stands once: the other entry names it in its column `event`, and is shown beside it. A
plan that came true names what it became in `happened_as`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from portal.model import Dataset, Entry, Portal
from portal.observations import read_date
from portal.papers import paper_dates
from portal.registers import DATE_COLUMNS, read_entries, split_names

KINDS = {
    "inspection": "inspection",
    "review": "review",
    "decision": "decision",
    "plan": "plan",
    "campaign": "campaign",
    "paper": "paper",
    "meeting": "meeting",
    "report": "report",
    "start": "start",
    "step": "step",
    "deadline": "deadline",
    "strategy": "strategy",
    "rhythm": "regular work",
}  # the words of the column `kind`, as a reader sees them
LEAVE_OUT = "leave-out"
LONG = 366  # days: the papers of two years may leave a year between them


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a date: an event of the reference tables (`dataset` is empty), or an entry of a register."""

    entry: Entry
    kind: str
    start: date
    end: date
    told: tuple[Entry, ...] = ()  # the entries that tell of it as well

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def role(self) -> str:
        return self.entry.cells["role"]

    @property
    def planned(self) -> bool:
        return self.role == "planned"

    @property
    def inspection(self) -> bool:
        """Inspectors came, or said what they found."""
        return self.kind == "inspection" and not self.planned

    @property
    def judgement(self) -> bool:
        return self.kind == "inspection" and self.role == "published" and not self.entry.dataset


@dataclass(frozen=True, slots=True)
class Gap:
    """More than a year in which nothing is known to have happened, between two papers of the council."""

    start: date
    end: date
    papers: tuple[date, date]  # the last one before, and the first one after

    def holds(self, happening: Happening) -> bool:
        return happening.planned and self.start < happening.start < self.end


def gather(portal: Portal) -> tuple[Happening, ...]:
    """Everything with a date, once, in order; what is known less closely stands before the days within it."""
    every = list(all_entries(portal))
    told: dict[str, list[Entry]] = {}
    for entry in (entry for dataset in portal.datasets for entry in read_entries(dataset)):
        told.setdefault(entry.cells.get("event", ""), []).append(entry)
    found = [
        Happening(entry, kind, start, end, tuple(told.get(entry.id, ())))
        for entry, kind in every
        if not entry.cells.get("event") and (start := dated(entry)) and (end := read_date(entry.cells["date_end"]))
    ]
    return tuple(sorted(found, key=lambda h: (h.start, -h.end.toordinal(), h.planned, h.entry.dataset)))


def undated(portal: Portal) -> list[Entry]:
    return [entry for entry, _ in all_entries(portal) if not entry.cells.get("event") and not dated(entry)]


def dated(entry: Entry) -> date | None:
    return None if entry.cells["precision"] == "none" else read_date(entry.cells["date_start"])


def all_entries(portal: Portal) -> Iterator[tuple[Entry, str]]:
    """(entry, kind) of whatever may stand on the timeline, dated or not."""
    yield from ((event, event.cells.get("kind", "")) for event in read_events(portal))
    for dataset in portal.datasets:
        kinds = timeline_registers(dataset)
        for entry in read_entries(dataset):
            if entry.resource in kinds and set(DATE_COLUMNS) <= set(entry.cells):
                yield entry, entry.cells.get("kind") or kinds[entry.resource]


def timeline_registers(dataset: Dataset) -> Mapping[str, str]:
    """Register -> the kind of its entries, for those that are shown as a timeline or that page.yaml puts on one."""
    specs = [s for s in dataset.page.registers if s.timeline or s.form == "timeline"]
    left_out = {spec.resource for spec in specs if spec.timeline == LEAVE_OUT}
    return {spec.resource: spec.timeline for spec in specs if spec.resource not in left_out}


def read_events(portal: Portal) -> Iterator[Entry]:
    """The reference table of events, row by row, as entries of no dataset."""
    reference = portal.reference_dataset
    table = next((r for r in reference.resources if r.name == "events"), None) if reference else None
    if table is None or not {"id", "source", *DATE_COLUMNS} <= set(table.frame.columns):
        return
    for cells, line in zip(table.records(), table.lines, strict=True):
        figures = split_names(cells.get("figures", ""))
        flags = tuple(flag for flag in cells.get("flags", "").split(";") if flag)
        yield Entry(cells["id"], "", "events", cells, (), figures, flags, table.path, line)


def find_gaps(portal: Portal, happenings: Sequence[Happening]) -> tuple[Gap, ...]:
    """Between two dated papers more than a year apart: the stretches of more than a year without anything known."""
    papers = paper_dates(portal)
    spans = [(a, b) for a, b in pairwise(papers) if (b - a).days > LONG]
    return tuple(gap for span in spans for gap in quiet_stretches(span, happenings))


def quiet_stretches(papers: tuple[date, date], happenings: Sequence[Happening]) -> Iterator[Gap]:
    known_to = papers[0]
    for happening in [h for h in happenings if not h.planned and h.end > papers[0] and h.start < papers[1]]:
        if (happening.start - known_to).days > LONG:
            yield Gap(known_to, happening.start, papers)
        known_to = max(known_to, happening.end)
    if (papers[1] - known_to).days > LONG:
        yield Gap(known_to, papers[1], papers)


def next_inspection(happening: Happening, happenings: Sequence[Happening]) -> Happening | None:
    """What came after a judgement: the next time that inspectors are known to have come, or to have judged."""
    later = [h for h in happenings if h.kind == "inspection" and not h.planned and not h.entry.dataset]
    return next((h for h in later if h.start > happening.end), None)
