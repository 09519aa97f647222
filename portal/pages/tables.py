"""Lay rows out as captioned tables.

In:  observations, or the frame of a plain package.
Out: a `Table`: columns with their alignment, and rows of cells that are safe to print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup, escape

from portal.formats import unit_words
from portal.model import Dataset, Observation, Reference
from portal.pages.render import link_measure, link_row
from portal.pages.wording import kinds_note, make_flag, qualifying_words, source_link, source_words
from portal.spec import SeriesSpec

MEASURES_NAMED = 4  # more would be a list, and there is a page for that
LONG = 20  # rows; a longer table stands side by side even when some of its figures are flagged


Lanes = tuple[tuple[str, tuple[SeriesSpec, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    caption: str
    columns: tuple[tuple[str, bool], ...]  # (label, right-aligned)
    rows: tuple[tuple[Markup, ...], ...]
    note: Markup | str = ""


def select_rows(dataset: Dataset, series: Iterable[SeriesSpec]) -> list[Observation]:
    """Each row that any of the series chooses, once: dated rows in order of date, then those without a date."""
    chosen = {row.id: row for part in series for row in dataset.observations if part.chooses(row)}
    order = {row.id: number for number, row in enumerate(dataset.observations)}
    return sorted(chosen.values(), key=lambda row: (row.date is None, row.date or date.max, order[row.id]))


def observation_table(
    table_id: str, caption: str, rows: Sequence[Observation], reference: Reference, root: str
) -> Table:
    """Side by side when the rows allow it: that is a third as long, and easier to compare."""
    heads = column_heads(rows, reference)
    if heads:
        return side_by_side(table_id, caption, rows, heads, reference, root)
    if many_areas(rows):
        return areas_by_period(table_id, caption, rows, reference, root)
    return row_by_row(table_id, caption, rows, reference, root)


def column_heads(rows: Sequence[Observation], reference: Reference) -> dict[tuple[str, str], str]:
    """(measure, area) -> head, when one source gives each period one plain figure a column; else nothing."""
    columns = list(dict.fromkeys((row.measure.id, row.area) for row in rows))
    periods = {row.period for row in rows}
    plain = not any(row.kind != "actual" for row in rows) and not varying_breakdowns(rows)
    plain = plain and (len(rows) > LONG or not any(row.flags or row.note for row in rows))
    whole = len(rows) == len({(row.period, row.measure.id, row.area) for row in rows}) == len(periods) * len(columns)
    if not (plain and whole and 2 <= len(columns) <= 4 and len(periods) > 1 and len({row.source for row in rows}) == 1):
        return {}
    return {(row.measure.id, row.area): head_of(row, columns, reference) for row in rows}


def head_of(row: Observation, columns: Sequence[tuple[str, str]], reference: Reference) -> str:
    area = reference.areas.get(row.area, {}).get("name", row.area)
    if len({measure for measure, _ in columns}) == 1:
        return area
    label = row.measure.plain_label or row.measure.label
    return label if len({place for _, place in columns}) == 1 else f"{label}, {area}"


def side_by_side(
    table_id: str,
    caption: str,
    rows: Sequence[Observation],
    heads: Mapping[tuple[str, str], str],
    reference: Reference,
    root: str,
) -> Table:
    lines = []
    names, head = years_of([row.period for row in rows])
    for period in dict.fromkeys(row.period for row in rows):
        own = {(row.measure.id, row.area): row for row in rows if row.period == period}
        lines.append(flagged_line(names[period], [own[place] for place in heads], reference, root))
    columns = ((head or "When", False), *((label, True) for label in heads.values()))
    return Table(table_id, caption, columns, tuple(lines), unit_note(caption, rows, reference, root))


def years_of(periods: Sequence[str]) -> tuple[dict[str, str], str]:
    """Period -> year and what they share, "On 31 March" or "Year to 31 March"; else each by its name, and nothing."""
    found = [re.fullmatch(r"(year to )?(\d{1,2} [A-Z][a-z]+) (\d{4})", period) for period in periods]
    days = {(match[1] or "On ") + match[2] if match else "" for match in found}
    if len(days) > 1 or "" in days:
        return {period: period for period in periods}, ""
    names = {period: match[3] for period, match in zip(periods, found, strict=True) if match}
    (shared,) = days
    return names, shared[0].upper() + shared[1:]


def each_year(when: str) -> str:
    """What the years share, for the line below a table that they head."""
    return f"{when} of each year" if when.startswith("On ") else when


def flagged_line(name: str, rows: Sequence[Observation], reference: Reference, root: str) -> tuple[Markup, ...]:
    """A line of figures; a flag that all of them wear stands at its head, any other in its cell."""
    shared = [flag for flag in rows[0].flags if all(flag in row.flags for row in rows)]
    head = Markup(" ").join([escape(name), *(make_flag(flag, reference, root) for flag in shared)])
    return (head, *(flagged_cell(row, shared, reference, root) for row in rows))


def flagged_cell(row: Observation, said: Sequence[str], reference: Reference, root: str) -> Markup:
    flags = (make_flag(flag, reference, root) for flag in row.flags if flag not in said)
    return Markup(" ").join([number_cell(row, reference, root), *flags])


def unit_note(caption: str, rows: Sequence[Observation], reference: Reference, root: str, when: str = "") -> Markup:
    """Below figures of one source: their unit, their kind unless the caption names it, and whose they are."""
    said = (unit_words(rows[0].measure.unit).capitalize(), when, kinds_note(caption, rows, reference))
    source = source_words(rows[0].source, "", reference, root)
    return Markup("{}. Source: {}.").format(". ".join(part for part in said if part), source)


def many_areas(rows: Sequence[Observation]) -> bool:
    """One measure of one source, of more areas than fit side by side, each in the same few periods."""
    areas, periods = {row.area for row in rows}, {row.period for row in rows}
    alike = len({(row.measure.id, row.source, row.kind) for row in rows}) == 1 and not varying_breakdowns(rows)
    whole = len(rows) == len({(row.area, row.period) for row in rows}) == len(areas) * len(periods)
    return alike and whole and len(areas) > 4 and 2 <= len(periods) <= 5


def areas_by_period(table_id: str, caption: str, rows: Sequence[Observation], reference: Reference, root: str) -> Table:
    """A line an area and a column a period."""
    cells = {(row.area, row.period): row for row in rows}
    names = {row.area: reference.areas.get(row.area, {}).get("name", row.area) for row in rows}
    periods, when = years_of(list(dict.fromkeys(row.period for row in rows)))
    lines = tuple(
        flagged_line(name, [cells[(area, period)] for period in periods], reference, root)
        for area, name in names.items()
    )
    columns = (("Where", False), *((head, True) for head in periods.values()))
    return Table(table_id, caption, columns, lines, unit_note(caption, rows, reference, root, each_year(when)))


def lane_table(
    table_id: str, caption: str, dataset: Dataset, lanes: Lanes, head: str, reference: Reference, root: str
) -> Table:
    """Value, target and comparators of a strip, or the windows of panels, against the lanes: the fewer are columns."""
    labels = list(dict.fromkeys(part.label for _, parts in lanes for part in parts))
    names = [name for name, _ in lanes]
    found = {(lane, part.label): select_rows(dataset, [part]) for lane, parts in lanes for part in parts}
    cells = {key: Markup(", ").join(number_cell(row, reference, root) for row in group) for key, group in found.items()}
    if len(names) <= len(labels):
        columns = ((head, False), *((name, True) for name in names))
        lines = tuple((escape(label), *(cells.get((name, label), Markup("")) for name in names)) for label in labels)
    else:
        columns = (("What", False), *((label, True) for label in labels))
        lines = tuple((escape(name), *(cells.get((name, label), Markup("")) for label in labels)) for name in names)
    rows = [row for group in found.values() for row in group]
    flags = dict.fromkeys(flag for row in rows for flag in row.flags)
    source = Markup("; ").join(dict.fromkeys(source_link(row, reference, root) for row in rows))
    words = Markup(" ").join(make_flag(flag, reference, root) for flag in flags)
    unit, kinds = unit_words(rows[0].measure.unit).capitalize(), kinds_note(caption, rows, reference)
    said = ". ".join(part for part in (unit, kinds) if part)
    note = Markup("{}. Source: {}. {}").format(said, source, words)
    return Table(table_id, caption, columns, lines, note)


def row_by_row(
    table_id: str, caption: str, rows: Sequence[Observation], reference: Reference, root: str, named: bool = False
) -> Table:
    """What and when, the number, the source: three columns fit a phone. What all rows share is said once, below."""
    units = {row.measure.unit for row in rows}
    sources = dict.fromkeys(source_link(row, reference, root) for row in rows)
    shared = [flag for flag in rows[0].flags if len(rows) > 1 and all(flag in row.flags for row in rows)]
    several = named or len({row.measure.id for row in rows}) > 1
    told = (several, len({row.area for row in rows}) > 1, varying_breakdowns(rows))
    lines = []
    for row in rows:
        number = number_cell(row, reference, root)
        if len(units) > 1 and row.number is not None and row.measure.unit not in ("percent", "GBP"):
            number += Markup(' <span class="mc-kind">{}</span>').format(unit_words(row.measure.unit))
        head = row_head(row, told, shared, reference, root)
        lines.append((head, number, source_link(row, reference, root)) if len(sources) > 1 else (head, number))
    label = unit_words(next(iter(units))).capitalize() if len(units) == 1 else "Figure"
    columns = [("What and when" if any(told) else "When", False), (label, True), ("Source", False)]
    note = Markup(" ").join(make_flag(flag, reference, root) for flag in shared)
    kinds = kinds_note(caption, rows, reference)
    if len(sources) == 1:
        note = Markup("{}Source: {}. {}").format(f"{kinds}. " if kinds else "", next(iter(sources)), note)
    elif kinds:
        note = Markup("{}. {}").format(kinds, note)
    return Table(table_id, caption, tuple(columns[: len(lines[0])]), tuple(lines), note)


def name_measures(table: Table, rows: Sequence[Observation], slug: str, root: str) -> Table:
    """Below a table whose lines do not name what they count: the way to it."""
    measures = {row.measure.id: row.measure for row in rows}
    if not measures or any("mc-measure" in line[0] for line in table.rows):
        return table
    links = Markup("; ").join(link_measure(measure, root) for measure in measures.values())
    if len(measures) > MEASURES_NAMED:
        links = Markup('<a href="{}measures/#of-{}">all measures of this page</a>').format(root, slug)
    return replace(table, note=Markup("{} What is counted: {}.").format(table.note.strip(), links).strip())


def varying_breakdowns(rows: Sequence[Observation]) -> list[str]:
    """The breakdown columns that tell these rows apart."""
    names = dict.fromkeys(name for row in rows for name, _ in row.breakdown)
    return [name for name in names if len({dict(row.breakdown).get(name, "") for row in rows}) > 1]


def row_head(
    row: Observation, told: tuple[bool, bool, Sequence[str]], shared: Sequence[str], reference: Reference, root: str
) -> Markup:
    """What is counted, where and for whom, as far as the rows differ in it; then when, and what to know."""
    measure, area, parts = told
    what: list[str] = [link_measure(row.measure, root)] if measure else []
    what += [reference.areas.get(row.area, {}).get("name", row.area)] if area else []
    what += [word.replace("-", " ") for name in parts if (word := dict(row.breakdown).get(name, ""))]
    words = [escape(row.period)]
    words += [Markup('<span class="mc-kind">{}</span>').format(word) for word in qualifying_words(row)]
    words += [make_flag(flag, reference, root) for flag in row.flags if flag not in shared]
    when = Markup(" ").join(words)
    return Markup('{} <span class="mc-when">{}</span>').format(Markup(", ").join(what), when) if what else when


def number_cell(row: Observation, reference: Reference, root: str) -> Markup:
    """A number, or a symbol with its meaning beside it."""
    meaning = reference.symbols.get(row.symbol, {}).get("label", "")
    return (
        Markup('{} <span class="mc-kind">{}</span>').format(link_row(row, root), meaning)
        if meaning
        else link_row(row, root)
    )
