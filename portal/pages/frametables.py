"""Lay out what a plain package holds, and the dictionary of any package's columns.

In:  a resource as it stands in its file.
Out: a `Table`. Nothing in it is a figure with a row of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from portal.formats import plural, slugify
from portal.model import Resource
from portal.pages.tables import Table

SHOWN = 100  # rows of a plain package on its page; the file has all
NUMERIC = {"number", "integer", "year"}


def frame_table(resource: Resource) -> Table:
    """The rows of a plain package as they stand in its file."""
    frame = resource.frame
    fields = {field.name: field for field in resource.fields}
    columns = tuple(
        (fields[n].title or n if n in fields else n, n in fields and fields[n].type in NUMERIC) for n in frame.columns
    )
    rows = tuple(
        tuple(frame_cell(str(value)) for value in record) for record in frame.head(SHOWN).itertuples(index=False)
    )
    note = f"The first {SHOWN} of {plural(len(frame), 'row')}; the file has them all." if len(frame) > SHOWN else ""
    caption = resource.title or resource.name.replace("-", " ").replace("_", " ").capitalize()
    return Table(f"table-{slugify(resource.name)}", caption, columns, rows, note)


def frame_cell(value: str) -> Markup:
    return escape(value) if value.strip() else Markup('<span class="mc-missing">no entry</span>')


def columns_table(resource: Resource, labels: Mapping[str, str]) -> Table:
    """The dictionary: every column, what it holds and what it means."""
    rows = tuple(
        (
            Markup("<code>{}</code>").format(f.name),
            escape(labels.get(f.type, f.type)),
            escape(f.description or f.title or "not described"),
        )
        for f in resource.fields
    )
    caption = f"{resource.name}.csv"
    return Table(
        f"columns-{slugify(resource.name)}", caption, (("Column", False), ("Holds", False), ("Meaning", False)), rows
    )
