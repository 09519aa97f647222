"""What the search knows of a dataset: its words, and the newest figure of each measure.

In:  a checked Dataset.
Out: text for the page's entry, and (address, title, text) for each number to be found.
"""

from __future__ import annotations

from datetime import date

from portal.formats import format_row
from portal.model import Dataset, Observation, Reference
from portal.registers import read_entries


def search_text(dataset: Dataset, description: str) -> str:
    keywords = [str(word) for word in dataset.descriptor.get("keywords") or []]
    return f"{dataset.title}. {description} {', '.join(keywords)}"


def find_numbers(dataset: Dataset, reference: Reference) -> tuple[tuple[str, str, str], ...]:
    """For the search: the newest figure of each measure, dated before undated, for the place named first."""
    groups: dict[str, list[Observation]] = {}
    for row in dataset.observations:
        if row.kind == "actual" and not row.symbol and not row.repeats and "implausible" not in row.flags:
            groups.setdefault(row.measure.id, []).append(row)
    return tuple(find_number(rows, reference) for rows in groups.values())


def find_number(rows: list[Observation], reference: Reference) -> tuple[str, str, str]:
    row = max((r for r in rows if r.area == rows[0].area), key=lambda r: r.date or date.min)
    title = f"{format_row(row)}: {row.measure.plain_label or row.measure.label}"
    place = reference.areas.get(row.area, {}).get("name", row.area)
    return f"datasets/{row.dataset}/rows/#{row.id}", title, f"{row.period}, {place}. {row.measure.definition}"


def find_entries(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """What registers hold: each entry that has a title of its own."""
    return tuple(
        (f"datasets/{entry.dataset}/rows/#{entry.id}", entry.cells["title"], entry.cells.get("text", ""))
        for entry in read_entries(dataset)
        if entry.cells.get("title")
    )
