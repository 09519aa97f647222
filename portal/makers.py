"""Find by its id what can make a promise, or can show one done: an entry, an event, a printed figure.

In:  the Portal.
Out: a `Maker` for each, with the words, the paragraph and the dates it has of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.model import Observation, Portal
from portal.registers import read_entries


@dataclass(frozen=True, slots=True)
class Maker:
    """What a promise was made by, or is shown done by: an entry of a register, an event, or a printed figure."""

    id: str
    dataset: str
    title: str
    text: str
    source: str
    locator: str
    dates: tuple[str, str]
    role: str
    flags: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    precision: str = ""  # of an entry's date; a figure's has none
    row: Observation | None = None
    paged: bool = True  # False: an event of the reference tables, which has no page of rows


def find_makers(portal: Portal) -> dict[str, Maker]:
    """Everything that can make a promise or show it done, by id; a promise makes none itself."""
    entries = (e for d in portal.datasets for e in read_entries(d) if "made_by" not in e.cells)
    rows = (row for d in portal.datasets for row in d.observations)
    events = portal.reference.events.items()
    return {
        **{name: of_cells(name, "", event, paged=False) for name, event in events},
        **{entry.id: of_cells(entry.id, entry.dataset, entry.cells, entry.flags, entry.figures) for entry in entries},
        **{row.id: of_row(row) for row in rows},
    }


def of_cells(
    name: str,
    dataset: str,
    cells: Mapping[str, str],
    flags: tuple[str, ...] = (),
    figures: tuple[str, ...] = (),
    paged: bool = True,
) -> Maker:
    def get(column: str) -> str:
        return cells.get(column, "")

    dates = (get("date_start"), get("date_end"))
    place = (get("source"), get("locator"))
    return Maker(
        name,
        dataset,
        get("title"),
        get("text"),
        *place,
        dates,
        get("role"),
        flags,
        figures,
        get("precision"),
        paged=paged,
    )


def of_row(row: Observation) -> Maker:
    start, end = (day.isoformat() if day else "" for day in (row.period_start, row.period_end))
    role = "happened" if row.kind == "actual" else "planned"
    return Maker(row.id, row.dataset, "", "", row.source, row.locator, (start, end), role, row.flags, row=row)
