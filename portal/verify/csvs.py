"""Does each finished CSV file hold the cells of the data, as somebody sees them who opens it with another program?

In:  the finished site and the data as it was read.
Out: a `Pair` for each cell. The files were copied, or written with Python's own csv module; here pandas reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from portal.model import OBSERVATION_COLUMNS, Dataset, Portal
from portal.verify.pairs import Pair, pair_tables

Table = tuple[list[str], list[list[str]]]


def all_datasets(portal: Portal) -> list[Dataset]:
    return [*portal.datasets, *([portal.reference_dataset] if portal.reference_dataset else [])]


def read_csv(path: Path, delimiter: str = ",") -> Table:
    """Header and rows, every cell as text: nothing in a file is a number, a date or nothing before we say so."""
    try:
        frame = pd.read_csv(
            path,
            sep=delimiter,
            header=None,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            encoding="utf-8-sig",
            engine="c",
        ).fillna("")  # cells that a short line leaves out
    except (OSError, UnicodeError, ValueError):  # not there, or no table: no cell of it is right
        return [], []
    header, *rows = ([str(cell) for cell in row] for row in frame.itertuples(index=False))
    return header, rows


def without_blank_end(table: Table) -> Table:
    """Blank lines at the end of a file are no rows to some readers, and rows of nothing to others."""
    header, rows = table
    kept = len(rows)
    while kept and not any(rows[kept - 1]):
        kept -= 1
    return header, rows[:kept]


def pair_sources(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each CSV of a package: its bytes, then its cells."""
    for dataset in all_datasets(portal):
        for resource in dataset.resources:
            name, source = f"data/{dataset.slug}/{resource.name}.csv", resource.path
            path = site / name
            same = path.is_file() and path.read_bytes() == resource.content
            yield Pair(name, "the file, byte for byte,", same or None, True, source)
            own = [str(column) for column in resource.frame.columns], resource.frame.to_numpy().tolist()
            found = without_blank_end(read_csv(path, resource.delimiter))
            yield from pair_tables(name, found, without_blank_end(own), source)


def pair_observations(site: Path, portal: Portal) -> Iterator[Pair]:
    """observations.csv: each column of each row of every package, in the order of the packages."""
    columns = ["dataset", *OBSERVATION_COLUMNS, "breakdown"]
    rows = [
        [dataset.slug, *(record[name] for name in OBSERVATION_COLUMNS), said_breakdown(record)]
        for dataset in portal.datasets
        for record in observation_records(dataset)
    ]
    name = "data/observations.csv"
    yield from pair_tables(name, read_csv(site / name), (columns, rows))


def observation_records(dataset: Dataset) -> Iterator[dict[str, str]]:
    observed = {row.path for row in dataset.observations}
    for resource in dataset.resources:
        if resource.path in observed:
            yield from resource.records()


def said_breakdown(record: Mapping[str, str]) -> str:
    own = {name: text for name, text in record.items() if name not in OBSERVATION_COLUMNS and text}
    return "".join(f"{name}={text};" for name, text in own.items())
