"""Lay the figures of many areas out with a line an area and a column a period.

In:  rows of one measure and one series.
Out: a `Table`, or None where the rows do not fill such a grid: then each row has a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.formats import unit_words
from portal.model import Observation, Reference
from portal.pages.tables import Table, number_cell, varying_breakdowns
from portal.pages.wording import make_flag, source_link

AREAS_FROM, PERIODS_TO = 5, 6  # fewer areas are columns; more periods would not fit


def area_table(
    table_id: str, caption: str, rows: Sequence[Observation], reference: Reference, root: str
) -> Table | None:
    areas = list(dict.fromkeys(row.area for row in rows))
    periods = list(dict.fromkeys(row.period for row in rows))
    cells = {(row.area, row.period): row for row in rows}
    if not (fills_grid(rows) and len(areas) >= AREAS_FROM and 1 < len(periods) <= PERIODS_TO):
        return None
    shared = [flag for flag in rows[0].flags if all(flag in row.flags for row in rows)]
    lines = tuple(
        (
            escape(reference.areas.get(area, {}).get("name", area)),
            *(make_cell(cells.get((area, period)), shared, reference, root) for period in periods),
        )
        for area in areas
    )
    sources = Markup("; ").join(dict.fromkeys(source_link(row, reference, root) for row in rows))
    flags = Markup(" ").join(make_flag(flag, reference, root) for flag in shared)
    unit = unit_words(rows[0].measure.unit).capitalize()
    note = Markup("{}. Source: {}. {}").format(unit, sources, flags)
    return Table(table_id, caption, (("Where", False), *((period, True) for period in periods)), lines, note)


def fills_grid(rows: Sequence[Observation]) -> bool:
    """One figure an area and period, all of one kind: else a cell would hide what tells its figures apart."""
    alike = len({(row.kind, row.basis, row.measure.id, row.series) for row in rows}) == 1
    once = len({(row.area, row.period) for row in rows}) == len(rows)
    return alike and once and not varying_breakdowns(rows) and not any(row.repeats for row in rows)


def make_cell(row: Observation | None, shared: Sequence[str], reference: Reference, root: str) -> Markup:
    if row is None:
        return Markup('<span class="mc-missing">not held</span>')
    flags = [make_flag(flag, reference, root) for flag in row.flags if flag not in shared]
    return Markup(" ").join([number_cell(row, reference, root), *flags])
