"""What the search finds of a dataset beside its page and its measures: the entries of its registers.

In:  a checked Dataset.
Out: (address, title, text) of each.
"""

from __future__ import annotations

from portal.model import Dataset
from portal.registers import read_entries


def find_entries(dataset: Dataset) -> tuple[tuple[str, str, str], ...]:
    """What registers hold: each entry that has a title of its own."""
    return tuple(
        (f"datasets/{entry.dataset}/rows/#{entry.id}", entry.cells["title"], entry.cells.get("text", ""))
        for entry in read_entries(dataset)
        if entry.cells.get("title")
    )
