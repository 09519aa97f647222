"""Do the tables of a finished page say what the rows say?

In:  the page of each dataset, and the data as it was read.
Out: a `Pair` for each row that must stand in a table, for each cell of a figure, and for each cell of a plain table.

Whether a number is right is checked with all numbers of a page; here it is whether it stands at its own place: under
its own period, area and group, once in a table, and no row of the package nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from portal.model import Dataset, Observation, Portal, Resource
from portal.spec import SeriesSpec
from portal.verify.pairs import Pair

NO_ENTRY = "no entry"  # what a page says of an empty cell
TABLE = re.compile(
    r'(?:<(?:div|details)[^>]* id="(table-[^"]*)"[^>]*>(?:(?!<table).)*?)?(<table.*?</table>)', re.DOTALL
)


@dataclass(slots=True)
class Cell:
    text: str = ""
    rows: list[str] = field(default_factory=list)


class TableReader(HTMLParser):
    """One table: its caption, and its lines of cells, the heads among them."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = Cell()
        self.lines: list[list[Cell]] = []
        self._open: Cell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.lines.append([])
        elif tag == "caption":
            self._open = self.caption
        elif tag in ("td", "th"):
            self._open = Cell()
            self.lines[-1].append(self._open)
        elif tag == "br" and self._open:
            self._open.text += "\n"
        if self._open:
            self._open.rows += (dict(attrs).get("data-rows") or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption"):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open.text += data


def read_tables(text: str) -> list[tuple[str, TableReader]]:
    """(id of what holds it, table), in the order of the page."""
    tables = []
    for found in TABLE.finditer(text):
        reader = TableReader()
        reader.feed(found[2])
        tables.append((found[1] or "", reader))
    return tables


def pair_tables_of_pages(site: Path, portal: Portal) -> Iterator[Pair]:
    for dataset in portal.datasets:
        name = f"datasets/{dataset.slug}/index.html"
        path = site / name
        tables = read_tables(path.read_text(encoding="utf-8")) if path.is_file() else []
        if dataset.observations:
            yield from pair_rows(name, [table for _, table in tables], dataset, portal)
            yield from pair_choices(name, tables, dataset)
        else:
            registers = {spec.resource for spec in dataset.page.registers}
            for resource in (r for r in dataset.resources if r.name not in registers):
                yield from pair_frame(name, tables, resource)


def pair_rows(name: str, tables: Sequence[TableReader], dataset: Dataset, portal: Portal) -> Iterator[Pair]:
    """Every row of the package in a table of its page, once in any of them, at its own place."""
    rows = {row.id: row for row in dataset.observations}
    seen: set[str] = set()
    for table in tables:
        held = Counter(row for line in table.lines for cell in line for row in cell.rows)
        seen |= set(held)
        for row_id, times in held.items():
            place = f"the table “{table.caption.text}”, {row_id},"
            yield Pair(name, f"{place} how often it stands there,", times, 1, "the list of rows", "wrong-table")
        yield from pair_places(name, table, [rows[row] for row in held if row in rows], dataset, portal)
    for row in dataset.observations:
        yield Pair(name, f"the tables: {row.id}", row.id in seen or None, True, row.path, "wrong-table")


def pair_choices(name: str, tables: Sequence[tuple[str, TableReader]], dataset: Dataset) -> Iterator[Pair]:
    """The table under a chart, and each table of page.yaml, has every row that page.yaml chooses for it."""
    held = {place: {row for line in t.lines for cell in line for row in cell.rows} for place, t in tables}
    for place, parts in choices_of(dataset):
        for row in dataset.observations:
            if any(part.chooses(row) for part in parts):
                found = row.id in held.get(f"table-{place}", ()) or None
                yield Pair(name, f"the table of {place}: {row.id}", found, True, row.path, "wrong-table")


def choices_of(dataset: Dataset) -> Iterator[tuple[str, list[SeriesSpec]]]:
    for chart in dataset.page.charts:
        yield chart.id, [*chart.series, *(part for _, parts in chart.lanes for part in parts)]
    yield from ((table.id, list(table.series)) for table in dataset.page.tables if not table.chart)


def pair_places(
    name: str, table: TableReader, rows: Sequence[Observation], dataset: Dataset, portal: Portal
) -> Iterator[Pair]:
    """The heads of a line and of a column, and the words in a cell, tell its row from all others of the table."""
    heads = [cell.text for cell in table.lines[0]] if table.lines else []
    by_id = {row.id: row for row in rows}
    varying = {aspect for aspect in aspects_of(rows) if len({said(row, aspect) for row in rows}) > 1}
    for line in table.lines[1:]:
        for column, cell in enumerate(line):
            head = heads[column] if column < len(heads) else ""
            words = [table.caption.text, heads[0] if heads else "", head, line[0].text, cell.text]
            for row in (by_id[row_id] for row_id in cell.rows if row_id in by_id):
                missing = [a for a in sorted(varying) if not is_said(row, a, words, rows, dataset, portal)]
                place = f"the table “{table.caption.text}”, {row.id}: its heads"
                yield Pair(name, place, ", ".join(missing), "", row.path, "wrong-table")


def aspects_of(rows: Sequence[Observation]) -> list[str]:
    return ["period", "area", "measure", *dict.fromkeys(name for row in rows for name, _ in row.breakdown)]


def said(row: Observation, aspect: str) -> str:
    own = {"period": row.period, "area": row.area, "measure": row.measure.id}
    return own[aspect] if aspect in own else dict(row.breakdown).get(aspect, "")


def is_said(
    row: Observation,
    aspect: str,
    words: Sequence[str],
    rows: Sequence[Observation],
    dataset: Dataset,
    portal: Portal,
) -> bool:
    """In the row's own words, or by a label that page.yaml gives to just such rows."""
    near = words[1:]
    if aspect == "period" and is_dated(row.period, [other.period for other in rows], near):
        return True
    near_text = " ".join(near)
    if aspect != "period" and any(word in near_text for word in names_of(row, aspect, portal)):
        return True
    labels = [spec for label, spec in labels_of(dataset) if label and any(text.startswith(label) for text in near)]
    return any(
        spec.chooses(row) and (aspect == "period" or len({said(o, aspect) for o in rows if spec.chooses(o)}) == 1)
        for spec in labels
    )


def is_dated(period: str, periods: Sequence[str], near: Sequence[str]) -> bool:
    """The period; or its year alone, when all periods of the table are of one day of their years: "On 31 March"."""
    if any(period in text for text in near):
        return True
    day, _, year = period.rpartition(" ")
    one_day = {other.rpartition(" ")[0] for other in periods} == {day}
    return one_day and any(year in text.split() for text in near)


def names_of(row: Observation, aspect: str, portal: Portal) -> list[str]:
    if aspect == "measure":
        return [text for text in (row.measure.plain_label, row.measure.label) if text]
    if aspect == "area":
        area = portal.reference.areas.get(row.area, {})
        return [text for text in (area.get("name", row.area), area.get("short_name", "")) if text]
    return [said(row, aspect).replace("-", " ")]


def labels_of(dataset: Dataset) -> Iterator[tuple[str, SeriesSpec]]:
    """Labels of series and of lanes, each with the rows that stand under it."""
    for chart in dataset.page.charts:
        yield from ((part.label, part) for part in chart.series)
        for lane, parts in chart.lanes:
            for part in parts:
                yield part.label, part
                yield lane, part
    for table in dataset.page.tables:
        yield from ((part.label, part) for part in table.series)


def pair_frame(name: str, tables: Sequence[tuple[str, TableReader]], resource: Resource) -> Iterator[Pair]:
    """A plain table: its cells in order, as far as the page shows them."""
    place = "table-" + re.sub(r"[^a-z0-9]+", "-", resource.name.lower()).strip("-")
    own = [[as_shown(cell) for cell in row] for row in resource.frame.to_numpy().tolist()]
    table = next((table for held, table in tables if held == place), None)
    yield Pair(name, f"the table of {resource.name}.csv", table is not None or None, True, resource.path, "wrong-table")
    lines = table.lines[1:] if table else []
    for number, (line, row) in enumerate(zip(lines, own, strict=False), 1):
        for column, cell, text in zip(resource.field_names, line, row, strict=False):
            where = f'the table of {resource.name}.csv, row {number}, column "{column}",'
            yield Pair(name, where, as_shown(cell.text), text, resource.path, "wrong-table")
    if table and len(lines) < len(own):
        shown = len(lines) == 100  # SHOWN
        yield Pair(name, f"the table of {resource.name}.csv: its rows", shown, True, resource.path, "wrong-table")


def as_shown(cell: str) -> str:
    """A page has line feeds alone, and words for an empty cell."""
    text = re.sub(r"\r\n?", "\n", cell)
    return text if text.strip() else NO_ENTRY
