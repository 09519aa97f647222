"""Lay the figures of a comparison out as a table: a row a place, a column a measure or a period.

In:  a chart of form `compare` or `multiples`, and its observations.
Out: a `Table`: the place compared first and in bold, the others by name, then what stands beside them.

No column is sorted by its figures: an order would be read as a rank.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from portal.formats import unit_words
from portal.model import Dataset, Observation, Reference
from portal.pages.render import link_row
from portal.pages.tables import Table, each_year, select_rows, years_of
from portal.pages.wording import kinds_note, make_flag, source_link
from portal.spec import ChartSpec, SeriesSpec

Columns = list[tuple[str, tuple[SeriesSpec, ...]]]


def comparison_table(
    table_id: str, caption: str, dataset: Dataset, chart: ChartSpec, reference: Reference, root: str
) -> Table:
    """The lanes of `compare` are columns, the periods of `multiples`; at the left the places."""
    lanes = list(chart.lanes) or [("", chart.series)]
    rows = [row for _, series in lanes for row in select_rows(dataset, series) if not row.repeats]
    columns, when = heads_of_lanes(dataset, lanes) if chart.lanes else heads_of_periods(rows)
    cells = {(row.area, head): row for head, found in columns.items() for row in found}
    shared = [flag for flag in rows[0].flags if all(flag in row.flags for row in rows)]
    lines = []
    for area, label, is_focus in order_places(dataset, [part for _, series in lanes for part in series], reference):
        own = [row for row in rows if row.area == area]
        found = [cells.get((area, head)) for head in columns]
        numbers = [figure_cell(row, own, shared, reference, root) if row else Markup("") for row in found]
        name = Markup("<strong>{}</strong>").format(label) if is_focus else escape(label)
        flags = [make_flag(flag, reference, root) for flag in flags_of_all(own) if flag not in shared]
        lines.append((Markup(" ").join([name, *flags]), *numbers))
    heads = (("Place", False), *((head, True) for head in columns))
    return Table(table_id, caption, heads, tuple(lines), note_of(caption, rows, when, shared, reference, root))


def heads_of_lanes(dataset: Dataset, lanes: Columns) -> tuple[dict[str, list[Observation]], str]:
    """A column a lane; what each is for is said below: with it a head would be six lines high on a phone."""
    found = {label: [r for r in select_rows(dataset, series) if not r.repeats] for label, series in lanes}
    periods: dict[str, list[str]] = {}
    for label, rows in found.items():
        periods.setdefault(rows[0].period if rows else "", []).append(label)
    if len(periods) == 1:
        return found, next(iter(periods))
    return found, "; ".join(f"{', '.join(labels)}: {period}" for period, labels in periods.items())


def heads_of_periods(rows: Sequence[Observation]) -> tuple[dict[str, list[Observation]], str]:
    """A column a period; "31 March 2025" is headed by its year when all are for one day, and the day said below."""
    heads, when = years_of(list(dict.fromkeys(row.period for row in rows)))
    columns = {head: [row for row in rows if row.period == period] for period, head in heads.items()}
    return columns, each_year(when)


def order_places(dataset: Dataset, series: Sequence[SeriesSpec], reference: Reference) -> list[tuple[str, str, bool]]:
    """(area, label, is the focus): the focus, the field by name, then the comparators as page.yaml lists them."""
    named: dict[str, tuple[int, str]] = {}
    for rank, role in enumerate(("value", "comparator", "field")):
        for part in series:
            rows = select_rows(dataset, [part]) if part.role == role else []
            alone = len({row.area for row in rows}) == 1 and role == "comparator"
            for row in rows:
                name = reference.areas.get(row.area, {}).get("name", row.area)
                named.setdefault(row.area, (rank, part.label if alone and part.label else name))
    own = [(area, label, True) for area, (rank, label) in named.items() if rank == 0]
    many = sorted(((label, area) for area, (rank, label) in named.items() if rank == 2))
    beside = [(area, label, False) for area, (rank, label) in named.items() if rank == 1]
    return [*own, *((area, label, False) for label, area in many), *beside]


def figure_cell(
    row: Observation, own: Sequence[Observation], shared: Sequence[str], reference: Reference, root: str
) -> Markup:
    """The number, or its symbol with the meaning; a flag of this figure alone stands under it."""
    parts = [link_row(row, root)]
    if meaning := reference.symbols.get(row.symbol, {}).get("label", ""):
        parts.append(Markup('<span class="mc-kind">{}</span>').format(meaning))
    told = {*shared, *flags_of_all(own)}
    parts += [make_flag(flag, reference, root) for flag in row.flags if flag not in told]
    return Markup(" ").join(parts)


def flags_of_all(rows: Sequence[Observation]) -> list[str]:
    """The flags that every row of a place has: said once, beside its name."""
    return [flag for flag in rows[0].flags if all(flag in row.flags for row in rows)] if rows else []


def note_of(
    caption: str, rows: Sequence[Observation], when: str, shared: Sequence[str], reference: Reference, root: str
) -> Markup:
    """Unit, time and source, said once for all."""
    units = list(dict.fromkeys(unit_words(row.measure.unit) for row in rows))
    kinds = kinds_note(caption, rows, reference)
    said = ". ".join(part for part in (", ".join(units).capitalize(), when, kinds) if part)
    source = Markup("; ").join(dict.fromkeys(source_link(row, reference, root) for row in rows))
    flags = Markup(" ").join(make_flag(flag, reference, root) for flag in shared)
    return Markup("{}. Source: {}. {}").format(said, source, flags)
