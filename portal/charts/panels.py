"""Form `panels`: shares or counts of ordered categories in spans of unequal length; a panel a category, a bar a span.

In:  a ChartSpec whose lanes are the categories, in their order.
Out: a Sketch.

Nothing is joined and nothing made up to 100: printed shares that end at 100, 101 and 101 look like a mistake in a
stack, and a line would claim that a part of a year goes on from a year.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.charts import telling, words
from portal.charts.frame import Sketch
from portal.charts.journey import Journey, Stop
from portal.charts.panelcheck import Panels, check_panels, panel_rows
from portal.charts.paneldraw import Panel, SpanBar, draw_panels
from portal.charts.select import refuse
from portal.charts.spans import is_part, length_words, span_words
from portal.charts.speech import Rhythm, say_about, say_exact
from portal.formats import format_row, unit_words
from portal.made import Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec


def sketch_panels(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """Small multiples on one scale from 0."""
    chosen = _chosen(dataset, spec)
    rows = tuple(row for _, found in chosen for row in found)
    panels = tuple(Panel(label, tuple(make_bar(row) for row in found)) for label, found in chosen)
    short, told = describe(chosen, reference, place)
    return Sketch(
        draw=lambda canvas: draw_panels(panels, canvas),
        alt=short,
        words=told,
        rows=rows,
        said=_said(rows),
        journey=make_journey(chosen),
    )


def make_journey(chosen: Panels) -> Journey:
    """Down each panel, bar by bar. Bars of unequal spans on one interactive axis would be read as a course in time."""
    held = [(n, row) for n, (_, rows) in enumerate(chosen) for row in rows if row.number is not None]
    return Journey(tuple(Stop(row, "", n, n) for n, row in held), tuple(label for label, _ in chosen))


def _chosen(dataset: Dataset, spec: ChartSpec) -> Panels:
    """The rows of each panel; refuses names nobody knows, and whatever `build.py check` would."""
    refuse(dataset, spec, check_panels(dataset, spec))
    return panel_rows(dataset, spec)


def make_bar(row: Observation) -> SpanBar:
    return SpanBar(span_words(row), row.number, format_row(row), is_part(row), row.id)


def _said(rows: Sequence[Observation]) -> tuple[str, ...]:
    """What the subtitle must say: a longer span beside a shorter one, and what the hatching means."""
    part = "a hatched bar is a part of a year" if any(is_part(row) for row in rows) else ""
    if len({length_words(row) for row in rows}) == 1:
        return (f"{part[0].upper()}{part[1:]}.",) if part else ()
    first = f"The spans differ in length{f'; {part}' if part else ''}."
    longer = "A longer span has room for more." if rows[0].measure.statistic == "count" else ""
    return (first, longer) if longer else (first,)


def describe(panels: Panels, reference: Reference, place: str) -> tuple[str, tuple[Told, ...]]:
    """The short text: which spans, and each panel from its first to its last; the long one: every bar."""
    rows, spans = [row for _, found in panels for row in found], panels[0][1]
    where = telling.places_of(rows[:1], reference, place)
    unequal = ", which differ in length" if len({length_words(row) for row in spans}) > 1 else ""
    head = f"Panels of bars, {unit_words(rows[0].measure.unit)}, in {where}"
    periods = words.listed([row.period for row in spans])
    courses = [_course(label, found) for label, found in panels]
    absent = [row for row in rows if row.number is None]
    short = telling.fit(
        [
            (0, f"{head}, for {periods}."),
            (1, f"{words.listed([text for text in courses if text])}." if any(courses) else ""),
            (0, "Some bars are missing because there is no figure." if absent else ""),
        ]
    )
    named = words.listed([span_words(row) for row in spans])
    told = [Told(f"{head}. Bars start at 0, and each panel has one for {named}{unequal}.")]
    for label, found in panels:
        bars = [f"{say_exact(row)} {words.at_time(row.period)}" for row in found if row.number is not None]
        said = [f"{label}: {words.listed(bars)}."] if bars else [f"{label}."]
        said += telling.tell_missing(found, Rhythm(""), reference.symbols)
        told.append(Told(" ".join(said), tuple(row.id for row in found)))
    return short, tuple(told)


def _course(label: str, rows: Sequence[Observation]) -> str:
    """From the first span to the last, in the unit said before; nothing where one of the two has no figure."""
    first, last = rows[0], rows[-1]
    if first.number is None or last.number is None:
        return ""
    said = f"{label} from {say_about(first)} to {say_about(last)}" if len(rows) > 1 else f"{label} {say_about(first)}"
    return said.replace(" per cent", "").replace(" days", "")
