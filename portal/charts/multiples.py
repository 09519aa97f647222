"""Form `multiples`: one place among many over the years; a small panel a place, all on one scale.

In:  a ChartSpec whose series name a place (`value`) and the others (`field`).
Out: a Sketch.

The focus comes first and stands, in grey, behind each of the others; these follow by name, not by size. What is a
`comparator` has no panel and stands in the table. What a line may join is decided in `joins`.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.charts import joins, telling, words
from portal.charts.compare import check_field
from portal.charts.comparecheck import check_multiples
from portal.charts.dates import MARKS, anchored_years, make_track, without_figure
from portal.charts.field import Choice, choose, name_of, without_number
from portal.charts.frame import Sketch
from portal.charts.journey import Journey, Series, track_stops
from portal.charts.multiplesdraw import Multiple, Multiples, draw_multiples
from portal.charts.scales import decimal_year, round_ticks
from portal.charts.select import place_of, refuse
from portal.charts.speech import rhythm_of
from portal.charts.viewspec import time_spec
from portal.errors import PortalError
from portal.formats import format_number, format_row
from portal.made import Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec, SeriesSpec

Course = tuple[str, list[Observation]]  # a place and its rows, by date


def sketch_multiples(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """A panel a place."""
    choice = choose_series(dataset, spec)
    check_field(dataset, spec, choice, reference, place)
    courses = order_places(choice, reference, place)
    drawn = [row for _, rows in courses for row in rows if row.number is not None]
    if not any(row.number is not None for row in courses[0][1]):
        message = f"{place_of(dataset, spec)}: {courses[0][0]} has no dated number to draw"
        raise PortalError(message, "Use a table.")
    figure = make_multiples(courses, drawn, spec)
    empty = [row for _, rows in courses for row in rows if all(r.number is None for r in rows)]
    short, told = describe(courses, reference, place)
    return Sketch(
        draw=lambda canvas: draw_multiples(figure, canvas),
        alt=short,
        words=told,
        rows=tuple(drawn),
        not_drawn=(*words.not_drawn(choice.places), *without_number(empty, "", reference, place)),
        said=(*_said(courses, figure), *_said_ranges(courses)),
        journey=make_journey(courses, figure, drawn),
    )


def choose_series(dataset: Dataset, spec: ChartSpec) -> Choice:
    """The rows by role; refuses names nobody knows, and whatever `build.py check` would."""
    refuse(dataset, spec, check_multiples(dataset, spec))
    return choose(dataset, spec.series)


def order_places(choice: Choice, reference: Reference, place: str) -> list[Course]:
    """The focus, then the others by name: an order by figures would be a rank."""
    areas: dict[str, list[Observation]] = {}
    for row in joins.in_order(choice.places):
        areas.setdefault(row.area, []).append(row)
    focus = choice.of("value")[0].area
    named = [(name_of(rows[0], reference, place), rows) for area, rows in areas.items() if area != focus]
    own = choice.label_of("value") or name_of(choice.of("value")[0], reference, place)
    return [(own, areas.get(focus, [])), *sorted(named)]


def make_multiples(courses: Sequence[Course], drawn: Sequence[Observation], spec: ChartSpec) -> Multiples:
    numbers = [row.number for row in drawn if row.number is not None]
    low, high = (min(0.0, *numbers), max(0.0, *numbers)) if spec.zero else (min(numbers), max(numbers))
    dated = joins.in_order([row for _, rows in courses for row in rows])
    years = anchored_years(dated) or tuple((decimal_year(r.date), r.period) for r in (dated[0], dated[-1]) if r.date)
    return Multiples(
        panels=tuple(make_panel(name, rows) for name, rows in courses),
        unit=drawn[0].measure.unit,
        ticks=round_ticks(low, high, 5),
        high=high,
        years=(years[0], years[-1]),
    )


def make_panel(name: str, rows: Sequence[Observation]) -> Multiple:
    track = make_track(SeriesSpec(name), rows)
    absent = tuple((decimal_year(row.date), f"[{row.symbol}]") for row in without_figure(rows) if row.date)
    return Multiple(name, track.runs, absent)


def make_journey(courses: Sequence[Course], figure: Multiples, drawn: Sequence[Observation]) -> Journey:
    """Along each panel from date to date. In the interactive view the places share one plot, the others in grey."""
    tracks = [make_track(SeriesSpec(name), rows) for name, rows in courses]
    series = tuple(
        Series(track.label, MARKS[n % len(MARKS)], "ref" if n else "series-1") for n, track in enumerate(tracks)
    )
    years = anchored_years(joins.in_order(drawn)) or figure.years
    first, last = (year for year, _ in figure.years)
    ends = (first - 0.03 * (last - first), last)
    fixed = figure.ticks if figure.ticks[0] != 0 else ()
    spec = time_spec(series, figure.unit, ends, years, fixed)
    return Journey(track_stops(tracks, drawn), tuple(track.label for track in tracks), series, spec)


def _said(courses: Sequence[Course], figure: Multiples) -> tuple[str, ...]:
    """What the grey line is, that the order means nothing, and an axis that does not start at 0."""
    said = []
    if len(courses) > 1:
        said.append(f"Grey line: {courses[0][0]}. The others follow by name.")
    if figure.ticks[0] > 0:
        said.append(f"The scale starts at {format_number(figure.ticks[0], figure.unit)}, not 0.")
    if any(row.date_status == "inferred" for _, rows in courses for row in rows):
        said.append("Hollow marks: date worked out by us.")
    return tuple(said)


def _said_ranges(courses: Sequence[Course]) -> tuple[str, ...]:
    """A range has no one place on the scale: it is named instead."""
    ranges = [(name, row) for name, rows in courses for row in rows if row.low is not None]
    said = [f"{name}, {row.period}: {format_row(row)}" for name, row in ranges]
    return (f"Not drawn, printed as a range: {'; '.join(said)}.",) if said else ()


def describe(courses: Sequence[Course], reference: Reference, place: str) -> tuple[str, tuple[Told, ...]]:
    """The short text: how the focus goes, and how many of the others rose or fell; the long one: each place."""
    dated = joins.in_order([row for _, rows in courses for row in rows])
    rhythm = rhythm_of(dated)
    head = f"Small line charts on one scale, one a place, of {words.what_is_counted(dated[0])}, {rhythm.whole}."
    told, parts = [Told(head)], [(0, head)]
    for n, (name, rows) in enumerate(courses):
        drawn = [row for row in rows if row.number is not None]
        begin = f"In {telling.with_article(name)} the figure"
        said = telling.tell_runs(joins.runs(rows), rhythm, begin) if drawn else [f"{name}: nothing to draw."]
        said += telling.tell_missing(rows, rhythm, reference.symbols)
        told.append(Told(" ".join(said), tuple(row.id for row in rows)))
        parts += telling.tell_short(joins.runs(rows), rhythm, begin, drawn) if n == 0 else []
    some = any(row.number is None for _, rows in courses for row in rows)
    parts += [(1, _others(courses)), (2, "Some figures are missing." if some else "")]
    return telling.fit(parts), tuple(told)


def _others(courses: Sequence[Course]) -> str:
    """ "Of the ten others it rose in five and fell in five": of those drawn in one piece from first to last."""
    ways = {"rose": 0, "fell": 0, "stayed the same": 0}
    for _, rows in courses[1:]:
        runs = joins.runs(rows)
        if len(runs) != 1 or len(runs[0]) < 2:
            continue
        first, last = (row.number or 0.0 for row in (runs[0][0], runs[0][-1]))
        ways["rose" if last > first else "fell" if last < first else "stayed the same"] += 1
    said = words.listed([f"{way} in {telling.count(number)}" for way, number in ways.items() if number])
    return f"Among the {telling.count(len(courses) - 1)} others it {said}." if said else ""
