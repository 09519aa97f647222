"""Form `dates`: marks and lines on a true time axis.

In:  a ChartSpec whose series select Observations.
Out: a Sketch.

Undated figures are never placed; a date we worked out is drawn hollow; a figure that cannot be right is hollow and
joined to nothing; a span without any figure is hatched and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.charts import joins, words
from portal.charts.datestold import tell_dates, tell_dates_short
from portal.charts.events import make_moments
from portal.charts.frame import Sketch
from portal.charts.journey import Journey, Series, track_stops
from portal.charts.scales import decimal_year, year_ticks
from portal.charts.select import place_of, series_rows
from portal.charts.timefigure import Point, TimeFigure, Track
from portal.charts.timeplot import draw_time, x_domain
from portal.charts.viewspec import time_spec
from portal.errors import PortalError
from portal.formats import format_number, format_row
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec, SeriesSpec

STYLES = ("series-1", "series-2", "series-3", "series-4")
MARKS = ("circle", "diamond", "square", "triangle")
Group = tuple[SeriesSpec, tuple[Observation, ...]]


def sketch_dates(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """A chart of Observations over time."""
    groups = [(series, series_rows(dataset, spec, series)) for series in told_apart(spec.series)]
    asked = [row for _, rows in groups for row in rows]
    drawn = drawable(asked)
    check_drawable(dataset, spec, groups)
    figure = make_figure(groups, spec, reference)
    told = [(series, rows, runs_of(series, rows)) for series, rows in groups]
    return Sketch(
        draw=lambda canvas: draw_time(figure, canvas),
        alt=tell_dates_short(told, reference, place),
        words=tell_dates(told, reference, place, figure.moments),
        rows=tuple(drawn),
        not_drawn=words.not_drawn(asked),
        said=subtitle_sentences(figure, spec, drawn),
        journey=make_journey(figure, drawn),
    )


def make_journey(figure: TimeFigure, drawn: Sequence[Observation]) -> Journey:
    """Along each line from date to date; an axis that does not start at 0 stays as it is drawn."""
    series = tuple(Series(track.label, track.mark, track.style) for track in figure.tracks)
    ends = x_domain(figure)
    years = figure.years or tuple((year, f"{year:.0f}") for year in year_ticks(*ends, most=12))
    fixed = figure.ticks if figure.ticks[0] != 0 else ()
    spec = time_spec(series, figure.unit, ends, years, fixed, figure.gaps)
    return Journey(track_stops(figure.tracks, drawn), tuple(track.label for track in figure.tracks), series, spec)


def drawable(rows: Sequence[Observation]) -> list[Observation]:
    """The rows that get a mark: dated, a number, no repeat of another row."""
    return [row for row in joins.in_order(rows) if row.number is not None]


def told_apart(series: Sequence[SeriesSpec]) -> list[SeriesSpec]:
    """Series that were all left at the default get colours and shapes of their own."""
    if len(series) < 2 or len({(s.style, s.mark) for s in series}) > 1:
        return list(series)
    if len(series) > len(STYLES):
        return list(series)
    return [SeriesSpec(s.label, s.where, s.rows, m, s.join, c, s.role) for s, m, c in zip(series, MARKS, STYLES)]  # noqa: B905


def check_drawable(dataset: Dataset, spec: ChartSpec, groups: Sequence[Group]) -> None:
    """A series without a single dated figure has no place here, and two units have no common axis."""
    for series, rows in groups:
        if not drawable(rows):
            message = f'{place_of(dataset, spec)}: the series "{series.label}" holds no dated figure to draw'
            raise PortalError(message, "List its rows in a table, or leave the series out.")
    units = sorted({row.measure.unit for _, rows in groups for row in rows})
    if len(units) != 1:
        message = f"{place_of(dataset, spec)}: the units {words.listed(units) or 'of nothing'} have no common axis"
        raise PortalError(message, "Make one chart for each unit.")


def make_figure(groups: Sequence[Group], spec: ChartSpec, reference: Reference) -> TimeFigure:
    """Everything the drawing shows."""
    asked = [row for _, rows in groups for row in rows]
    drawn = drawable(asked)
    figure = TimeFigure(
        tracks=tuple(make_track(series, rows) for series, rows in groups),
        unit=drawn[0].measure.unit,
        zero=spec.zero,
        gaps=tuple((decimal_year(start), decimal_year(end)) for start, end in joins.gaps(drawn)),
        missing=tuple((_x(row), f"[{row.symbol}]") for row in without_figure(asked)),
        years=anchored_years(drawn),
    )
    moments = make_moments(reference, x_domain(figure)) if spec.events else ()
    return TimeFigure(figure.tracks, figure.unit, figure.zero, figure.gaps, moments, figure.missing, figure.years)


def without_figure(rows: Sequence[Observation]) -> list[Observation]:
    """Dated rows where a symbol stands in place of a number."""
    return [row for row in joins.in_order(rows) if row.number is None and row.symbol]


def make_track(series: SeriesSpec, rows: Sequence[Observation]) -> Track:
    runs = tuple(tuple(make_point(row) for row in piece) for piece in runs_of(series, rows))
    return Track(series.label, runs, series.mark, series.style)


def runs_of(series: SeriesSpec, rows: Sequence[Observation]) -> list[list[Observation]]:
    """What a line joins, piece by piece; of a series that is not to be joined, each mark by itself."""
    return joins.runs(rows) if series.join else [[row] for row in drawable(rows)]


def make_point(row: Observation) -> Point:
    hollow = row.date_status == "inferred" or "implausible" in row.flags
    return Point(_x(row), float(row.number or 0), format_row(row), row.period, hollow, row.id)


def _x(row: Observation) -> float:
    return decimal_year(row.date or date.min)


def anchored_years(rows: Sequence[Observation]) -> tuple[tuple[float, str], ...]:
    """Ticks under the marks themselves, when every figure is for the same day of its year.

    31 March 2021 then stands above "2021", where a reader looks for it, and "2014/15" is not made into a year.
    """
    dates = sorted({row.date for row in rows if row.date})
    if len(dates) < 2 or len({(day.month, day.day) for day in dates}) > 1:
        return ()
    split = {row.date: row.period for row in rows if "/" in row.period and len(row.period) == 7}
    return tuple((decimal_year(day), split.get(day, str(day.year))) for day in dates)


def subtitle_sentences(figure: TimeFigure, spec: ChartSpec, drawn: Sequence[Observation]) -> tuple[str, ...]:
    """What changes the reading and must be said: an axis that does not start at 0, marks that are hollow."""
    said = []
    start = figure.ticks[0]
    if start != 0 and "scale starts" not in spec.subtitle:
        said.append(f"The scale starts at {format_number(start, figure.unit)}, not 0.")
    if "ollow" not in spec.subtitle:
        if any(row.date_status == "inferred" for row in drawn):
            said.append("Hollow marks: date worked out by us.")
        if any("implausible" in row.flags for row in drawn):
            said.append("Hollow and joined to nothing: printed, but implausible.")
    return tuple(said)
