"""Charts: what may be joined, what may be drawn, and what the drawings look like from outside."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from portal.charts import draw_card_strip, draw_charts, draw_spark, find_join_problems, joins
from portal.charts.events import make_moments
from portal.errors import PortalError
from portal.made import Chart
from portal.model import Dataset, Field, Measure, Observation, Reference, Resource
from portal.spec import ChartSpec, PageSpec, SeriesSpec

CHILDREN = Measure("in-care", "Children looked after", "children in care", "children")
DAYS = Measure("days", "Days to adoption", "days to adoption", "days")


def make_row(row_id: str, number: float | None, day: str = "", **changes: Any) -> Observation:
    """An observation of children in care in Manchester; `changes` are what the test is about."""
    when = date.fromisoformat(day) if day else None
    row = Observation(
        id=row_id, measure=CHILDREN, area="E08000003", series="dfe", kind="actual", basis="point-in-time",
        period_start=None, period_end=when, date_status="stated" if day else "not-stated",
        period=f"{when.day} {when:%B %Y}" if when else "not stated", number=number,
        text=f"{number:g}" if number is not None else "",
        symbol="" if number is not None else "x", qualifier="exact", low=None, high=None, printed=str(number),
        direction="", flags=(), repeats="", source="release", locator="§3", note="", breakdown=(), dataset="care",
        path="care.csv", line=2,
    )  # fmt: skip
    return replace(row, **changes)


def make_years(*numbers: float, prefix: str = "m", start: int = 2021, **changes: Any) -> list[Observation]:
    years = [(start + n, number) for n, number in enumerate(numbers)]
    return [make_row(f"{prefix}{year}", number, f"{year}-03-31", **changes) for year, number in years]


def make_dataset(rows: list[Observation], *charts: ChartSpec, resources: tuple[Resource, ...] = ()) -> Dataset:
    descriptor = {"title": "Care", "licenses": [{"title": "Open Government Licence v3.0"}]}
    page = PageSpec(path="care/page.yaml", charts=charts)
    return Dataset("care", "care", descriptor, "care/datapackage.yaml", resources, page, observations=tuple(rows))


def make_table(csv: str, *types: str) -> Resource:
    lines = [line.split(",") for line in csv.split()]
    fields = tuple(Field(name, kind) for name, kind in zip(lines[0], types, strict=True))
    return Resource("table", "A table", "", "table.csv", fields, pd.DataFrame(lines[1:], columns=lines[0]), (), b"")


def dates(*series: SeriesSpec, **changes: Any) -> ChartSpec:
    return replace(ChartSpec("counts", "dates", "Children in care", "Manchester.", series), **changes)


REFERENCE = Reference(
    sources={"release": {"publisher": "Department for Education", "title": "Looked after", "date": "2025-11-20"}},
    areas={"E08000003": {"name": "Manchester"}, "E92000001": {"name": "England"}},
    events={"ofsted": {"title": "Ofsted: good", "date": "2022-03", "kind": "inspection", "role": "happened"},
            "grade": {"title": "A grade", "date": "2022-05", "kind": "inspection", "role": "published"},
            "vote": {"title": "A vote", "date": "2022-06", "kind": "decision", "role": "happened"},
            "plan": {"title": "A plan", "date": "2023-01", "kind": "inspection", "role": "planned"}},
)  # fmt: skip
COUNCIL = [
    make_row("c1", 1406, "2014-07-31", series="council"),
    make_row("c2", 1248, "2016-01-15", series="council"),
    make_row("c3", 1136, "2017-06-02", series="council", date_status="inferred"),
    make_row("c4", 1165, series="council"),
]
DFE = make_years(1371, 1384, 1336, 1302, 1280)
COUNTS = dates(
    SeriesSpec("Council’s own count", {"series": "council"}, mark="diamond", style="series-2", join=False),
    SeriesSpec("DfE count", {"series": "dfe"}),
    events=True,
)


def draw(rows: list[Observation], *charts: ChartSpec) -> Chart:
    return draw_charts(make_dataset(rows, *charts), REFERENCE, place="Manchester")[0]


@pytest.fixture(scope="module")
def counts() -> Chart:
    return draw([*COUNCIL, *DFE], COUNTS)


def ids(runs: list[list[Observation]]) -> list[list[str]]:
    return [[row.id for row in run] for run in runs]


# Joining


def test_like_rows_a_year_apart_make_one_line() -> None:
    assert ids(joins.runs(make_years(1, 2, 3))) == [["m2021", "m2022", "m2023"]]


@pytest.mark.parametrize(
    "change",
    [
        {"measure": DAYS},
        {"area": "E92000001"},
        {"series": "council"},
        {"kind": "target"},
        {"basis": "month"},
        {"breakdown": (("age", "under 1"),)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_line_joins_no_rows_that_differ_in(change: dict[str, Any]) -> None:
    first, second, third = make_years(1, 2, 3)
    assert sorted(ids(joins.runs([first, replace(second, **change), third]))) == [["m2021", "m2023"], ["m2022"]]


def test_a_gap_over_twice_the_usual_interval_stops_the_line() -> None:
    rows = [*make_years(1, 2, 3), *make_years(4, 5, start=2026)]
    assert ids(joins.runs(rows)) == [["m2021", "m2022", "m2023"], ["m2026", "m2027"]]


def test_a_gap_of_twice_the_usual_interval_does_not() -> None:
    rows = [make_row(day, 1, day) for day in ("2024-01-01", "2024-01-11", "2024-01-21", "2024-02-10")]
    assert len(joins.runs(rows)) == 1


def test_undated_rows_and_repeats_are_in_no_run() -> None:
    rows = [*make_years(1, 2), make_row("undated", 3), make_row("again", 2, "2023-03-31", repeats="m2022")]
    assert ids(joins.runs(rows)) == [["m2021", "m2022"]]


def test_a_row_whose_date_is_not_stated_stays_out_even_with_a_period_end() -> None:
    assert joins.runs([make_row("a", 1, "2021-03-31", date_status="not-stated")]) == []


def test_a_missing_figure_stops_the_line() -> None:
    rows = [*make_years(1, 2), make_row("none", None, "2023-03-31"), *make_years(4, 5, start=2024)]
    assert ids(joins.runs(rows)) == [["m2021", "m2022"], ["m2024", "m2025"]]


def test_a_marked_break_and_an_implausible_figure_stop_the_line() -> None:
    first, second, third, fourth = make_years(1, 2, 3, 4)
    runs = joins.runs([first, replace(second, flags=("b",)), replace(third, flags=("implausible",)), fourth])
    assert ids(runs) == [["m2021"], ["m2022"], ["m2023"], ["m2024"]]


def test_two_figures_for_one_day_are_not_joined() -> None:
    rows = [*make_years(1, 2), make_row("other", 9, "2022-03-31")]
    assert ids(joins.runs(rows)) == [["m2021", "m2022"], ["other"]]


def test_a_span_without_any_figure_is_a_gap() -> None:
    rows = [*make_years(1, 2, 3, start=2014), *make_years(4, 5, start=2021, series="council")]
    assert joins.gaps(rows) == [(date(2016, 3, 31), date(2021, 3, 31))]


def test_joining_two_areas_is_refused_before_drawing() -> None:
    rows = [*make_years(1, 2), *make_years(3, 4, prefix="e", area="E92000001")]
    problems = list(find_join_problems(make_dataset(rows, dates(SeriesSpec("Both", {"series": "dfe"}), line=7))))
    assert [(p.code, p.path, p.line) for p in problems] == [("chart-joins-unlike", "care/page.yaml", 7)]
    assert "differ in area" in problems[0].message


def test_marks_that_are_not_joined_may_differ() -> None:
    rows = [*make_years(1, 2), *make_years(3, 4, prefix="e", area="E92000001")]
    spec = dates(SeriesSpec("Both", {"series": "dfe"}, join=False))
    assert list(find_join_problems(make_dataset(rows, spec))) == []


# Drawing


def test_inferred_dates_are_hollow_and_said_to_be(counts: Chart) -> None:
    hollow = re.findall(r'<path [^>]*fill="var\(--mc-page,#FFFFFF\)"[^>]*stroke="var\(--mc-series-2', counts.wide)
    assert len(hollow) == 1
    assert "Hollow marks" in counts.subtitle


def test_undated_figures_are_named_and_not_drawn(counts: Chart) -> None:
    assert counts.not_drawn == ("1,165, printed without a date",)
    assert "c4" not in counts.rows
    assert "1,165" not in re.sub("<desc.*?</desc>", "", counts.wide)


def test_the_long_span_without_figures_is_named(counts: Chart) -> None:
    assert "No figure held" in counts.wide
    assert "No figure is held between 2 June 2017 and 31 March 2021." in told(counts)


def test_marks_that_are_not_joined_have_no_line(counts: Chart) -> None:
    lines = re.findall(r'<path [^>]*d="M[^A]*?"[^>]*/>', counts.wide)
    drawn = [name for name in ("series-1", "series-2") for line in lines if name in line and "fill" not in line]
    assert drawn == ["series-1"]


def test_an_inspection_stands_on_the_axis_once_and_plans_and_decisions_do_not(counts: Chart) -> None:
    assert "Ofsted: good" in counts.wide
    assert "Squares: Ofsted: good, March 2022." in counts.narrow
    assert "Marked at the foot: Ofsted: good, March 2022." in told(counts)
    assert not [title for title in ("A plan", "A grade", "A vote") if title in counts.wide]


def test_an_axis_without_an_inspection_inside_says_nothing_of_events() -> None:
    chart = draw(DFE[2:], replace(COUNTS, series=COUNTS.series[1:]))
    assert not [
        words
        for words in ("Ofsted", "Squares", "Marked at the foot")
        if words in chart.wide + chart.narrow + told(chart)
    ]


def test_where_only_the_judgement_is_known_it_stands_for_the_inspection() -> None:
    events = {"grade": {"title": "A grade", "date": "2022-05", "kind": "inspection", "role": "published"}}
    (moment,) = make_moments(Reference(events=events), (2021.0, 2023.0))
    assert (moment.title, moment.when) == ("A grade", "May 2022")


def test_an_inspection_that_is_only_planned_has_no_mark() -> None:
    events = {"next": {"title": "Next", "date_start": "2022-05-01", "kind": "inspection", "role": "planned"}}
    assert make_moments(Reference(events=events), (2021.0, 2023.0)) == ()


@pytest.mark.parametrize(
    ("start", "end", "precision", "middle", "words"),
    [
        ("2022-03-21", "2022-03-21", "day", 2022 + 79 / 365, "March 2022"),
        ("2022-01-01", "2022-01-31", "month", 2022 + 15 / 365, "January 2022"),
        ("2022-06-24", "2022-07-04", "day", 2022 + 179 / 365, "June to July 2022"),
        ("2021-12-22", "2022-01-11", "day", 2022, "December 2021 to January 2022"),
        ("2021-01-01", "2021-12-31", "year", 2021.5, "2021"),
    ],
)
def test_an_inspection_stands_in_the_middle_of_its_days_and_is_dated_no_finer_than_known(
    start: str, end: str, precision: str, middle: float, words: str
) -> None:
    row = {"title": "I", "date_start": start, "date_end": end, "precision": precision, "kind": "inspection"}
    (moment,) = make_moments(Reference(events={"i": {**row, "role": "happened"}}), (2020.0, 2023.0))
    assert (moment.x, moment.when) == (pytest.approx(middle, abs=0.003), words)


def told(chart: Chart) -> str:
    """The long description in one piece."""
    return " ".join(part.text for part in chart.words)


def test_the_long_description_names_ends_and_extremes(counts: Chart) -> None:
    assert "1,406 on 31 July 2014" in told(counts)
    assert "1,136 on 2 June 2017 (date worked out by us)" in told(counts)
    assert "fell from 1,371 on 31 March 2021 to 1,280 on 31 March 2025. The highest was 1,384, on 31 March" in told(
        counts
    )
    assert told(counts).endswith("Not drawn: 1,165, printed without a date.")


def test_the_source_line_names_publisher_title_and_date(counts: Chart) -> None:
    assert counts.source == "Department for Education, Looked after, 20 November 2025 (§3)"


def test_downloads_carry_literal_colours_title_source_and_licence(counts: Chart) -> None:
    assert "var(" not in counts.svg
    for words in ("Children in care", "Sources: Department for Education", "Licence: Open Government Licence v3.0."):
        assert f">{words}" in counts.svg
    assert counts.png.startswith(b"\x89PNG")


def test_inline_drawings_hold_no_styles_or_clips_and_no_id_twice(counts: Chart) -> None:
    both = counts.wide + counts.narrow
    assert not re.search(r"style=|<style|clip|<defs|aria-role", both)
    assert not re.search(r'\bid="', both)
    assert both.count(f'role="img" aria-label="{html.escape(counts.alt)}"') == 2


def test_all_type_is_at_least_13_pixels(counts: Chart) -> None:
    for drawing in (counts.wide, counts.narrow, counts.svg):
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)(?:px)?"', drawing)]
        assert sizes
        assert min(sizes) >= 13


def test_the_same_data_gives_the_same_bytes(counts: Chart) -> None:
    assert draw([*COUNCIL, *DFE], COUNTS) == counts


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    chart = draw(make_years(108, 109, 104), dates(SeriesSpec("", {"series": "dfe"}), zero=False))
    assert re.search(r"The scale starts at \d+, not 0\.", chart.subtitle)


def test_names_of_series_that_end_together_stand_at_their_ends() -> None:
    rows = [*make_years(108, 97), *make_years(69, 67, prefix="e", area="E92000001")]
    england = SeriesSpec("England", {"area": "E92000001"}, style="ref")
    spec = dates(SeriesSpec("Manchester", {"area": "E08000003"}), england)
    chart = draw(rows, spec)
    assert ">97 Manchester<" in chart.narrow
    assert ">67 England<" in chart.narrow


def test_a_symbol_stands_at_the_axis_where_a_figure_is_missing() -> None:
    rows = [*make_years(1, 2), make_row("none", None, "2023-03-31"), *make_years(4, start=2024)]
    chart = draw(rows, dates(SeriesSpec("", {"series": "dfe"})))
    assert ">[x]<" in chart.wide
    assert "There is no figure for 2023: " in told(chart)


def test_an_unknown_row_is_refused_by_name() -> None:
    with pytest.raises(PortalError, match='no row "nobody"'):
        draw(DFE, dates(SeriesSpec("x", rows=("nobody",))))


def test_a_selection_that_finds_nothing_is_refused() -> None:
    with pytest.raises(PortalError, match="matches no row"):
        draw(DFE, dates(SeriesSpec("x", {"area": "nowhere"})))


# Strip and steps

STEPS = [
    make_row("s1", 599, "2015-03-31", measure=DAYS, basis="three-year-average"),
    make_row("s2", 517, "2016-12-31", measure=DAYS, basis="three-year-average"),
    make_row("s3", 740, "2014-07-31", measure=DAYS, basis="not-stated"),
]


def steps(*rows: str) -> ChartSpec:
    return ChartSpec("steps", "steps", "Days", "Average.", (SeriesSpec("", rows=rows),), beside=(("s3", "no basis"),))


def test_steps_say_both_ends_and_list_the_rest_with_its_reason() -> None:
    chart = draw(STEPS, steps("s1", "s2"))
    assert "fell from 599 days on 31 March 2015 to 517 days on 31 December 2016" in chart.alt
    assert "740 (no basis)" in told(chart)
    assert all(f">{words}<" in chart.narrow for words in ("599", "517", "740", "no basis"))


def test_steps_refuse_rows_that_are_not_alike() -> None:
    with pytest.raises(PortalError, match='"s1" and "s3" differ in basis'):
        draw(STEPS, steps("s1", "s3"))


def test_a_strip_says_value_target_and_comparators_lane_by_lane() -> None:
    lane = ("To moving in", (SeriesSpec("Manchester", rows=("s2",)), SeriesSpec("target", rows=("t",), role="target"),
                             SeriesSpec("England", rows=("e",), role="comparator", mark="diamond")))  # fmt: skip
    alike = {"measure": DAYS, "basis": "three-year-average"}
    rows = [*STEPS, make_row("t", 426, kind="target", **alike), make_row("e", 593, **alike)]
    chart = draw(rows, ChartSpec("strip", "strip", "Days", "Average.", lanes=(lane,)))
    lane_told = "Manchester 517 days, target 426 days: 91 days over the target. England 593 days."
    assert f"To moving in, on 31 December 2016: {lane_told}" in told(chart)
    assert chart.rows == ("s2", "t", "e")


def test_a_strip_of_two_units_is_refused() -> None:
    lane = ("x", (SeriesSpec("a", rows=("s1",)), SeriesSpec("b", rows=("m2021",), role="comparator")))
    with pytest.raises(PortalError, match="children and days have no common axis"):
        draw([*STEPS, *DFE], ChartSpec("strip", "strip", "Days", "", lanes=(lane,)))


@pytest.mark.parametrize(
    ("own", "beside", "refused"),
    [
        ("three-year-average", "three-year-average", False),
        ("three-year-average", "not-stated", False),  # the document leaves it open
        ("three-year-average", "year-to-date", True),
        ("not-stated", "month", True),
    ],
)
def test_what_stands_on_one_axis_covers_one_kind_of_time(own: str, beside: str, refused: bool) -> None:
    rows = [make_row("v", 517, measure=DAYS, basis=own), make_row("t", 426, measure=DAYS, kind="target", basis=beside)]
    lane = ("x", (SeriesSpec("a", rows=("v",)), SeriesSpec("target", rows=("t",), role="target")))
    spec = ChartSpec("strip", "strip", "Days", "", lanes=(lane,))
    if not refused:
        assert draw(rows, spec).rows == ("v", "t")
        return
    with pytest.raises(PortalError, match="rows of unlike basis on one axis"):
        draw(rows, spec)


def make_range(row_id: str, low: float, high: float, **changes: Any) -> Observation:
    return make_row(row_id, None, symbol="", qualifier="range", low=low, high=high, measure=DAYS, **changes)


def strip(*rows: Observation, **roles: str) -> Chart:
    """A strip of one lane: a role for each row that has one, the rest are values."""
    lane = tuple(SeriesSpec(row.id, rows=(row.id,), role=roles.get(row.id, "value")) for row in rows)
    return draw(list(rows), ChartSpec("strip", "strip", "Days", "Average.", lanes=(("To moving in", lane),)))


def visible(drawing: str) -> str:
    """A drawing without what is only spoken."""
    return re.sub("<(title|desc) .*?</\\1>", "", drawing)


@pytest.mark.parametrize("role", ["value", "target", "comparator"])
def test_a_range_in_a_strip_is_a_band_with_both_ends_and_no_middle(role: str) -> None:
    chart = strip(make_range("r", 210, 350), make_row("p", 500, measure=DAYS), r=role)
    for drawing in (visible(chart.wide), visible(chart.narrow)):
        assert ">210<" in drawing
        assert ">350<" in drawing
        assert ">280<" not in drawing
    assert "r 210 to 350" in told(chart)
    assert "r" in chart.rows
    assert chart.not_drawn == ()
    assert chart.subtitle.endswith("A band is a range, from its lower to its higher end.")


def test_a_band_is_as_long_as_its_range_and_a_range_has_no_dot() -> None:
    chart = strip(make_range("r", 100, 200))  # the scale of 288 less two edges of 18 ends at 200
    bar = re.search(r'<line transform="translate\((\d+),[\d.]+\)" x2="(\d+)"[^>]*stroke-width="7"', chart.narrow)
    assert bar
    assert bar.groups() == ("126", "126")
    dot = r'd="M[^"]*A[^"]*"'  # the only marks with arcs
    assert re.search(dot, strip(make_row("p", 100, measure=DAYS)).narrow)
    assert not re.search(dot, chart.narrow)


def test_the_ends_of_a_short_band_share_one_label() -> None:
    chart = strip(make_range("r", 60, 70), make_row("p", 500, measure=DAYS), p="target")
    assert ">60 to 70<" in chart.narrow
    assert ">60<" not in chart.narrow


def test_about_and_at_least_keep_their_words_in_a_strip() -> None:
    rows = [make_row("v", 150, measure=DAYS, qualifier="about"), make_row("t", 400, measure=DAYS, qualifier="at-least")]
    chart = strip(*rows, t="target")
    assert ">about 150<" in chart.narrow
    assert ">at least 400<" in chart.narrow


def test_no_bar_joins_a_range_and_its_target() -> None:
    thick = 'stroke="var(--mc-series-1,#12436D)" stroke-width="3"'
    target = make_row("t", 400, measure=DAYS)
    assert thick in strip(make_row("v", 100, measure=DAYS), target, t="target").wide
    assert thick not in strip(make_range("r", 100, 200), target, t="target").wide


def test_words_that_do_not_fit_in_one_line_of_a_strip_stand_in_several() -> None:
    rows = [make_range(f"A council with a long name {n}", 100 + n, 200 + n) for n in range(3)]
    chart = strip(*rows, **{row.id: "comparator" for row in rows})
    pattern = r'translate\((-?[\d.]+),([\d.]+)\)"[^>]*>(A council with a long name \d \d+ to \d+)<'
    found = re.findall(pattern, chart.narrow)
    assert len(found) == len({y for _, y, _ in found}) == 3
    assert all(18 + float(x) > 13 * 0.25 * len(words) for x, _, words in found)  # none begins left of the drawing


def test_a_range_below_zero_is_refused() -> None:
    with pytest.raises(PortalError, match='"r" is below 0'):
        strip(make_range("r", -1, 5))


# Panels

GRADES = {name: Measure(name, f"Audits judged {name}", "", "percent", statistic="share") for name in ("good", "poor")}
SPANS = {
    "2019": (date(2019, 9, 1), date(2019, 12, 31), "September to December 2019", "part-year"),
    "2020": (date(2020, 1, 1), date(2020, 12, 31), "2020", "calendar-year"),
    "2021": (date(2021, 1, 1), date(2021, 10, 31), "January to October 2021", "part-year"),
}


def make_shares(grade: str, *numbers: float, **changes: Any) -> list[Observation]:
    """A share for each of the spans; there are fewer numbers than spans when the test needs no more."""
    rows = []
    for (name, (start, end, period, basis)), number in zip(SPANS.items(), numbers, strict=False):
        row = make_row(f"{grade}-{name}", number, end.isoformat(), measure=GRADES[grade])
        rows.append(replace(row, period_start=start, period=period, basis=basis, **changes))
    return rows


PANELS = ChartSpec(
    "audits", "panels", "Audits", "Per cent.", line=9,
    lanes=(("Good", (SeriesSpec("", {"measure": "good"}),)), ("Poor", (SeriesSpec("", {"measure": "poor"}),))),
)  # fmt: skip
AUDITS = [*make_shares("good", 35, 38, 45), *make_shares("poor", 14, 15, 6)]


def refusals(rows: list[Observation]) -> list[str]:
    """What `build.py check` says of the panels; and drawing them is refused for the same reason."""
    problems = list(find_join_problems(make_dataset(rows, PANELS)))
    assert all((problem.path, problem.line) == ("care/page.yaml", 9) for problem in problems)
    if problems:
        with pytest.raises(PortalError, match=re.escape(problems[0].message)):
            draw(rows, PANELS)
    return [f"{problem.code}: {problem.message}" for problem in problems]


def test_a_panel_a_grade_a_bar_a_span_with_its_length_when_it_is_no_year() -> None:
    drawing = visible(draw(AUDITS, PANELS).narrow)
    said = re.findall(r">([^<>]+)</text>", drawing)
    spans = ["September to December 2019 (4 months)", "2020", "January to October 2021 (10 months)"]
    assert sorted(said) == sorted([*spans, *spans, "Good", "35%", "38%", "45%", "Poor", "14%", "15%", "6%"])
    assert drawing.index(">Good<") < drawing.index(">Poor<")


def test_bars_of_all_panels_start_at_0_on_one_scale() -> None:
    rows = [*make_shares("good", 10, 40), *make_shares("poor", 10, 20)]  # of which only 2020 is a whole bar
    bars = re.findall(r'<path d="M(\d+),[\d.]+h([\d.]+)v16h-[\d.]+Z"', draw(rows, PANELS).narrow)
    assert [start for start, _ in bars] == ["0", "0"]
    assert float(bars[0][1]) == pytest.approx(2 * float(bars[1][1]), abs=0.1)
    assert 200 < float(bars[0][1]) < 288 - 35  # the longest leaves room for its number, and little more


def test_shares_are_not_made_up_to_100() -> None:
    alone = draw([*make_shares("good", 35, 38), *make_shares("poor", 1, 1)], PANELS).narrow
    assert ">38%<" in alone
    assert "100%" not in alone


def test_bars_of_a_part_of_a_year_are_hatched_and_said_to_be() -> None:
    chart = draw(AUDITS, PANELS)
    assert len(re.findall(r'h[\d.]+v16h-[\d.]+Z" fill="var\(--mc-series-1', chart.wide)) == 2
    assert chart.subtitle == "Per cent. The spans differ in length; a hatched bar is a part of a year."
    assert re.search(r'd="(M[\d.]+,[\d.]+L[\d.]+,[\d.]+){9,}" stroke="var\(--mc-series-1', chart.wide)


def test_nothing_is_said_of_hatching_when_all_spans_are_years() -> None:
    rows = [row for row in AUDITS if row.period == "2020"]
    assert draw(rows, PANELS).subtitle == "Per cent."


def test_counts_in_spans_of_unequal_length_are_said_to_grow_with_them() -> None:
    rows = [replace(row, measure=replace(row.measure, unit="audits", statistic="count")) for row in AUDITS]
    assert draw(rows, PANELS).subtitle.endswith("A longer span has room for more.")


def test_the_alternative_text_of_panels_names_the_spans_and_each_way() -> None:
    chart = draw(AUDITS, PANELS)
    assert chart.alt == (
        "Panels of bars, per cent, in Manchester, for September to December 2019, 2020 and January to October 2021. "
        "Good from 35 to 45 and Poor from 14 to 6."
    )
    assert "2020 and January to October 2021 (10 months), which differ in length." in chart.words[0].text


def test_a_missing_share_keeps_its_place_without_a_bar() -> None:
    rows = [replace(row, number=None, symbol="x") if row.id == "good-2020" else row for row in AUDITS]
    chart = draw(rows, PANELS)
    assert ">[x]<" in chart.wide
    assert len(re.findall(r'v16h-[\d.]+Z" fill="var\(--mc-series-1', chart.wide)) == 1
    assert "There is no figure for 2020: marked [x]." in told(chart)


def test_panels_in_downloads_have_literal_colours_and_no_small_type() -> None:
    chart = draw(AUDITS, PANELS)
    assert "var(" not in chart.svg
    assert min(float(size) for d in (chart.wide, chart.narrow, chart.svg) for size in
               re.findall(r'font-size="([\d.]+)', d)) >= 13  # fmt: skip
    assert draw(AUDITS, PANELS) == chart


def test_parts_of_years_may_stand_beside_years() -> None:
    assert refusals(AUDITS) == []


@pytest.mark.parametrize(
    ("name", "change", "values"),
    [
        ("unit", {"measure": replace(GRADES["poor"], unit="audits")}, "audits and percent"),
        ("kind", {"kind": "target"}, "actual and target"),
        ("area", {"area": "E92000001"}, "E08000003 and E92000001"),
        ("series", {"series": "council"}, "council and dfe"),
    ],
)
def test_panels_refuse_rows_that_differ_in(name: str, change: dict[str, Any], values: str) -> None:
    rows = [*make_shares("good", 35, 38), *(replace(row, **change) for row in make_shares("poor", 14, 9))]
    message = f'chart "audits": rows differ in {name} ({values}) and may not share a scale'
    assert refusals(rows) == [f"chart-panels-unlike: {message}"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": -1.0}, 'chart-below-zero: chart "audits": "good-2020" is below 0; a bar starts at 0'),
        ({"breakdown": (("team", "north"),)}, 'panel "Good" differ in measure or breakdown'),
        ({"number": None, "low": 1.0, "high": 2.0}, '"good-2020" is a range; a bar has one end'),
        ({"date_status": "not-stated"}, '"good-2020" has no dated span'),
        ({"period_start": SPANS["2019"][0], "period_end": SPANS["2019"][1]}, "are for the same period"),
        ({"repeats": "other"}, "the panels do not show the same periods"),
    ],
    ids=lambda change: next(iter(change)) if isinstance(change, dict) else "",
)
def test_panels_refuse_a_row_with(change: dict[str, Any], said: str) -> None:
    rows = [replace(row, **change) if row.id == "good-2020" else row for row in AUDITS]
    assert any(said in refusal for refusal in refusals(rows))


def test_a_day_is_no_span() -> None:
    rows = [replace(row, period_start=row.period_end) for row in AUDITS]
    assert any("has no dated span" in refusal for refusal in refusals(rows))


def test_panels_without_lanes_are_refused() -> None:
    with pytest.raises(PortalError, match="panels are made of lanes with rows"):
        draw(AUDITS, replace(PANELS, lanes=()))


# Plain packages


def draw_table(csv: str, *types: str) -> tuple[Chart, ...]:
    return draw_charts(make_dataset([], resources=(make_table(csv, *types),)), Reference(), place="Manchester")


def test_years_and_a_number_become_a_line() -> None:
    (chart,) = draw_table("year,visits\n2021,10\n2022,30\n2023,20", "year", "integer")
    assert chart.alt == (
        "Line chart of visits, from 2021 to 2023. The figure rose from 10 in 2021 to 20 in 2023. "
        "The highest was 30, in 2022."
    )


@pytest.mark.parametrize("times", [("2023-Q1", "2023-Q2"), ("2014/15", "2015/16"), ("2023-01", "2023-02")])
def test_quarters_split_years_and_months_are_times(times: tuple[str, str]) -> None:
    (chart,) = draw_table(f"period,n\n{times[0]},1\n{times[1]},2", "string", "integer")
    assert f"{times[0]} to {times[1]}" in chart.alt


def test_a_column_of_few_values_tells_lines_apart() -> None:
    (chart,) = draw_table("year,branch,n\n2021,A,1\n2022,A,2\n2021,B,3\n2022,B,4", "year", "string", "integer")
    assert ">2 A<" in chart.wide
    assert ">4 B<" in chart.wide


def test_words_and_a_number_become_bars_and_a_missing_one_keeps_its_row() -> None:
    (chart,) = draw_table("ward,trees\nAncoats,12\nArdwick,0\nBaguley,c", "string", "integer")
    assert "The highest is 12, for Ancoats, and the lowest 0, for Ardwick. There is no figure for Baguley." in chart.alt
    assert ">[c]<" in chart.wide


def test_a_table_without_numbers_has_no_chart() -> None:
    assert draw_table("name,colour\nA,red\nB,blue", "string", "string") == ()


def test_a_table_with_two_rows_for_one_point_has_no_chart() -> None:
    assert draw_table("year,n\n2021,1\n2021,2\n2022,3", "year", "integer") == ()


# Cards


def test_a_small_line_needs_four_joinable_figures() -> None:
    assert draw_spark(make_years(1, 2, 3)) == ""
    spark = draw_spark(make_years(1, 2, 3, 4))
    assert 'aria-hidden="true"' in spark
    assert ">2021<" in spark
    assert ">2024<" in spark


def test_a_card_strip_names_its_target() -> None:
    assert ">target 426<" in draw_card_strip(make_row("v", 517), make_row("t", 426), [make_row("e", 593)])
    assert draw_card_strip(make_row("v", 517), None) == ""


def test_a_spark_leaves_out_what_is_hard_to_believe():
    rows = make_years(1, 2, 3, 4, 5)
    assert draw_spark([*rows[:4], replace(rows[4], flags=("implausible",))]) == draw_spark(rows[:4])
