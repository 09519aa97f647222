"""The tables of a dataset's page: one for each chart, those without a chart, and the rows that none of them shows.

In:  a checked Dataset.
Out: `Table`s, each measure named with a link to its page, each with the notes that its rows ask for.
"""

from __future__ import annotations

from portal.model import Dataset
from portal.opposites import opposite_moves
from portal.pages.compared import opposite_notes, with_notes
from portal.pages.comparetables import comparison_table
from portal.pages.frametables import frame_table
from portal.pages.render import Renderer
from portal.pages.tables import (
    Table,
    lane_table,
    name_measures,
    observation_table,
    row_by_row,
    select_rows,
)


def chart_tables(dataset: Dataset, renderer: Renderer, root: str) -> dict[str, Table]:
    """The rows of each chart as a table, with those that could not be drawn."""
    made, reference = {}, renderer.portal.reference
    for chart in dataset.page.charts:
        name = f"table-{chart.id}"
        caption = next((t.caption for t in dataset.page.tables if t.chart == chart.id), f"{chart.title}: the figures")
        beside = [row for row_id, _ in chart.beside if (row := dataset.row(row_id))]
        head = "When" if chart.form == "panels" else "Whose figure"
        if chart.form in ("compare", "multiples"):
            made[chart.id] = comparison_table(name, caption, dataset, chart, reference, root)
        elif chart.lanes:
            rows = select_rows(dataset, (part for _, lane in chart.lanes for part in lane))
            table = lane_table(name, caption, dataset, chart.lanes, head, reference, root)
            made[chart.id] = name_measures(table, rows, dataset.slug, root)
        elif chart.series:
            rows = [*select_rows(dataset, chart.series), *beside]
            table = observation_table(name, caption, rows, reference, root)
            made[chart.id] = name_measures(table, rows, dataset.slug, root)
    return made


def own_tables(dataset: Dataset, renderer: Renderer, root: str) -> list[Table]:
    if not dataset.observations:
        registers = {spec.resource for spec in dataset.page.registers}
        return [frame_table(resource) for resource in dataset.resources if resource.name not in registers]
    reference = renderer.portal.reference
    tables = []
    for t in dataset.page.tables:
        if not t.chart:
            rows = select_rows(dataset, t.series)
            table = observation_table(f"table-{t.id}", t.caption, rows, reference, root)
            tables.append(name_measures(table, rows, dataset.slug, root))
    return tables


def other_rows(dataset: Dataset, renderer: Renderer, root: str, blank: bool = False) -> Table | None:
    """What no chart and no table shows: every figure of the package stands on its page, and every `blank` cell."""
    parts = [s for c in dataset.page.charts for s in (*c.series, *(part for _, lane in c.lanes for part in lane))]
    parts += [s for t in dataset.page.tables for s in t.series]
    shown = {row.id for row in select_rows(dataset, parts)} | {
        name for chart in dataset.page.charts for name, _ in chart.beside
    }
    rest = [row for row in dataset.observations if row.id not in shown and ("blank" in row.flags) == blank]
    name, caption = ("table-blank", "Left blank in the documents") if blank else ("table-other", "Other figures")
    if not rest:
        return None
    table = row_by_row(name, caption, rest, renderer.portal.reference, root, named=True)
    return with_notes(table, opposite_notes(rest, opposite_moves(dataset.observations), renderer, root))
