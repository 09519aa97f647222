"""Form `panels`: shares or counts of ordered categories in spans of unequal length; a panel a category, a bar a span.

In:  a ChartSpec whose lanes are the categories, in their order.
Out: a Sketch.

Nothing is joined and nothing made up to 100: printed shares that end at 100, 101 and 101 look like a mistake in a
stack, and a line would claim that a part of a year goes on from a year.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.charts import words
from portal.charts.frame import Sketch
from portal.charts.panelcheck import Panels, check_panels, panel_rows
from portal.charts.paneldraw import Panel, SpanBar, draw_panels
from portal.charts.select import refuse
from portal.charts.spans import is_part, length_words, span_words
from portal.formats import format_row, unit_words
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec


def sketch_panels(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """Small multiples on one scale from 0."""
    chosen = _chosen(dataset, spec)
    rows = tuple(row for _, found in chosen for row in found)
    panels = tuple(Panel(label, tuple(make_bar(row) for row in found)) for label, found in chosen)
    return Sketch(
        draw=lambda canvas: draw_panels(panels, canvas),
        alt=describe(chosen, reference, place),
        rows=rows,
        said=_said(rows),
    )


def _chosen(dataset: Dataset, spec: ChartSpec) -> Panels:
    """The rows of each panel; refuses names nobody knows, and whatever `build.py check` would."""
    refuse(dataset, spec, check_panels(dataset, spec))
    return panel_rows(dataset, spec)


def make_bar(row: Observation) -> SpanBar:
    return SpanBar(span_words(row), row.number, format_row(row), is_part(row))


def _said(rows: Sequence[Observation]) -> tuple[str, ...]:
    """What the subtitle must say: a longer span beside a shorter one, and what the hatching means."""
    part = "a hatched bar is a part of a year" if any(is_part(row) for row in rows) else ""
    if len({length_words(row) for row in rows}) == 1:
        return (f"{part[0].upper()}{part[1:]}.",) if part else ()
    first = f"The spans differ in length{f'; {part}' if part else ''}."
    longer = "A longer span has room for more." if rows[0].measure.statistic == "count" else ""
    return (first, longer) if longer else (first,)


def describe(panels: Panels, reference: Reference, place: str) -> str:
    """The alternative text: which spans, then each panel from its first to its last."""
    rows, spans = [row for _, found in panels for row in found], panels[0][1]
    where, unit = words.area_name(rows[0], reference, place), unit_words(rows[0].measure.unit)
    unequal = "; the spans differ in length" if len({length_words(row) for row in spans}) > 1 else ""
    named = words.listed([span_words(row) for row in spans])
    text = f"Panels of bars on one scale from 0: {unit}, {where}. Each has a bar for {named}{unequal}."
    lead, courses = _courses(panels)
    said = f"{lead}{'; '.join(courses)}." if courses else ""
    return " ".join(part for part in (text, said, _missing(panels, reference)) if part)


def _courses(panels: Panels) -> tuple[str, list[str]]:
    """Each panel's way from the first span to the last; dated where one of these has no figure."""
    if all(found[0].number is not None and found[-1].number is not None for _, found in panels):
        lead = "From the first span to the last: " if len(panels[0][1]) > 1 else ""
        return lead, [_course(label, [row for row in found if row.number is not None]) for label, found in panels]
    held = [(label, [row for row in found if row.number is not None]) for label, found in panels]
    return "", [words.course_of(label, found) for label, found in held if found]


def _course(label: str, rows: Sequence[Observation]) -> str:
    first, last = format_row(rows[0]), format_row(rows[-1])
    return f"{label} from {first} to {last}{words.extremes_of(rows)}" if len(rows) > 1 else f"{label} {first}"


def _missing(panels: Panels, reference: Reference) -> str:
    said = [
        f"{label}, {row.period} ({words.symbol_words(row.symbol, reference)})"
        for label, found in panels
        for row in found
        if row.number is None
    ]
    return f"No figure for {'; '.join(said)}." if said else ""
