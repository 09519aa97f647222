"""Read the rows of a register: a list of judgements, risks, promises or events, which are no observations.

In:  a dataset whose page.yaml names its registers.
Out: `Entry`s, one a row. A number in column `x` has its printed token in `x_printed`, and its own place, if any, in
     `x_locator`; `figures` names observations that stand beside the entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Entry, Resource
from portal.spec import RegisterSpec

REGISTER_COLUMNS = ("id", "source", "locator")
DATE_COLUMNS = ("date_start", "date_end", "precision", "role")


def split_names(cell: str) -> tuple[str, ...]:
    """The names in a cell that holds several, `;` between them."""
    return tuple(name.strip() for name in cell.split(";") if name.strip())


def find_register(dataset: Dataset, spec: RegisterSpec) -> Resource | None:
    return next((r for r in dataset.resources if r.name == spec.resource), None)


def number_columns(resource: Resource) -> tuple[str, ...]:
    """Columns of numbers that are quoted from a document: those with a column `x_printed` beside them."""
    names = set(resource.frame.columns)
    numeric = [f.name for f in resource.fields if f.type in ("integer", "number") and f.name in names]
    return tuple(name for name in numeric if f"{name}_printed" in names)


def read_entries(dataset: Dataset) -> Iterator[Entry]:
    """Every row of every register that page.yaml names and that has the columns of one."""
    for spec in {spec.resource: spec for spec in dataset.page.registers}.values():  # a register may be shown twice
        table = find_register(dataset, spec)
        if table is not None and set(REGISTER_COLUMNS) <= set(table.frame.columns):
            numbers = number_columns(table)
            for record, line in zip(table.records(), table.lines, strict=True):
                yield Entry(
                    record["id"],
                    dataset.slug,
                    table.name,
                    record,
                    numbers,
                    split_names(record.get("figures", "")),
                    tuple(flag for flag in record.get("flags", "").split(";") if flag),
                    table.path,
                    line,
                )
