"""What the search knows of a dataset: its words, its measures with the newest figure of each, and its entries.

In:  a checked Dataset.
Out: texts for the entries of pages, and (address, title, text) for what has no page of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.formats import format_row
from portal.model import Dataset, Observation, Reference
from portal.registers import read_entries


def search_text(dataset: Dataset, description: str) -> str:
    keywords = [str(word) for word in dataset.descriptor.get("keywords") or []]
    return f"{dataset.title}. {description} {', '.join(keywords)}"


def measure_text(rows: Sequence[Observation], reference: Reference) -> str:
    """What is found with a measure's name: its newest figure, dated before undated, for the place named first."""
    measure = rows[0].measure
    counted = [
        row
        for row in rows
        if row.kind == "actual" and not row.symbol and not row.repeats and "implausible" not in row.flags
    ]
    if not counted:
        return measure.definition
    row = max((r for r in counted if r.area == counted[0].area), key=lambda r: r.date or date.min)
    place = reference.areas.get(row.area, {}).get("name", row.area)
    return f"{format_row(row)}: {row.period}, {place}. {measure.definition}"


def find_entries(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """What registers hold: each entry that has a title of its own."""
    return tuple(
        (f"datasets/{entry.dataset}/rows/#{entry.id}", entry.cells["title"], entry.cells.get("text", ""))
        for entry in read_entries(dataset)
        if entry.cells.get("title")
    )
