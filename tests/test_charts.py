"""Charts: what may be joined, what may be drawn, and what the drawings look like from outside."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from portal.charts import draw_card_strip, draw_charts, draw_spark, find_join_problems, joins
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
    events={"ofsted": {"title": "Ofsted: good", "date": "2022-03", "role": "happened"},
            "plan": {"title": "A plan", "date": "2023-01", "role": "planned"}},
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
    assert "No figure is held between 2 June 2017 and 31 March 2021." in counts.alt


def test_marks_that_are_not_joined_have_no_line(counts: Chart) -> None:
    lines = re.findall(r'<path [^>]*d="M[^A]*?"[^>]*/>', counts.wide)
    assert not [line for line in lines if "series-2" in line and "fill" not in line]


def test_events_that_happened_stand_on_the_axis_and_planned_ones_do_not(counts: Chart) -> None:
    assert "Ofsted: good" in counts.wide
    assert "Squares: Ofsted: good, March 2022." in counts.narrow
    assert "A plan" not in counts.wide


def test_the_alternative_text_names_ends_and_extremes(counts: Chart) -> None:
    assert "from 1,406 on 31 July 2014 to 1,136 on 2 June 2017 (date worked out by us)" in counts.alt
    assert "from 1,371 on 31 March 2021 to 1,280 on 31 March 2025, highest 1,384 on 31 March 2022" in counts.alt
    assert counts.alt.endswith("Not drawn: 1,165, printed without a date.")


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
    found = re.findall(r'\bid="([^"]+)"', both)
    assert len(found) == len(set(found)) == 4
    named = " ".join(re.findall(r'aria-labelledby="([^"]+)"', both)).split()
    assert sorted(named) == sorted(found)


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
    assert "No figure for 31 March 2023" in chart.alt


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
    assert "from 599 on 31 March 2015 to 517 on 31 December 2016" in chart.alt
    assert "740 (no basis)" in chart.alt
    assert all(f">{words}<" in chart.narrow for words in ("599", "517", "740", "no basis"))


def test_steps_refuse_rows_that_are_not_alike() -> None:
    with pytest.raises(PortalError, match='"s1" and "s3" differ in basis'):
        draw(STEPS, steps("s1", "s3"))


def test_a_strip_says_value_target_and_comparators_lane_by_lane() -> None:
    lane = ("To moving in", (SeriesSpec("Manchester", rows=("s2",)), SeriesSpec("target", rows=("t",), role="target"),
                             SeriesSpec("England", rows=("e",), role="comparator", mark="diamond")))  # fmt: skip
    rows = [*STEPS, make_row("t", 426, measure=DAYS, kind="target"), make_row("e", 593, measure=DAYS)]
    chart = draw(rows, ChartSpec("strip", "strip", "Days", "Average.", lanes=(lane,)))
    assert "To moving in, 31 December 2016: Manchester 517; target 426; England 593." in chart.alt
    assert chart.rows == ("s2", "t", "e")


def test_a_strip_of_two_units_is_refused() -> None:
    lane = ("x", (SeriesSpec("a", rows=("s1",)), SeriesSpec("b", rows=("m2021",), role="comparator")))
    with pytest.raises(PortalError, match="children and days have no common axis"):
        draw([*STEPS, *DFE], ChartSpec("strip", "strip", "Days", "", lanes=(lane,)))


# Plain packages


def draw_table(csv: str, *types: str) -> tuple[Chart, ...]:
    return draw_charts(make_dataset([], resources=(make_table(csv, *types),)), Reference(), place="Manchester")


def test_years_and_a_number_become_a_line() -> None:
    (chart,) = draw_table("year,visits\n2021,10\n2022,30\n2023,20", "year", "integer")
    assert chart.alt == "Line chart: Visits, 2021 to 2023. From 10 in 2021 to 20 in 2023, highest 30 in 2022."


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
    assert "Highest 12 for Ancoats, lowest 0 for Ardwick. No figure for Baguley." in chart.alt
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
