"""One place among many: dots on one axis, small panels over the years, and the table below them. Nobody is ranked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from test_charts import REFERENCE, make_dataset, make_row, visible

from portal.charts import draw_charts, find_join_problems
from portal.charts.comparelane import EDGE, FOCUS, RESTS, RING, Dot, Lane, make_ruler, stack_dots
from portal.charts.house import NARROW, Canvas, literal, text_width
from portal.errors import PortalError
from portal.made import Chart
from portal.model import Measure, Observation, Reference
from portal.pages.comparetables import comparison_table
from portal.spec import ChartSpec, SeriesSpec

RATE = Measure("rate", "Rate", "In care for every 10,000 children", "per-10000-children", statistic="rate")
PLACES = "Ayton Beeford Carton Dunham Eyton Fulford".split()
AREAS = {name.lower(): {"name": name, "type": "local-authority"} for name in ("Otherton", *PLACES)}
WHERE = replace(
    REFERENCE,
    areas={**AREAS, "north": {"name": "The North", "type": "region"}, "ten": {"name": "Mean", "type": "group"}},
    symbols={"c": {"label": "confidential", "meaning": "kept confidential"}},
    quality_flags={"derived": {"label": "worked out by us", "meaning": ""}, "p": {"label": "provisional"}},
)
FOCUS_SERIES = SeriesSpec("Otherton", {"area": "otherton", "measure": "rate"}, role="value")
FIELD = SeriesSpec("the towns most like Otherton", {"measure": "rate"}, role="field")
NORTH = SeriesSpec("The North", {"area": "north", "measure": "rate"}, role="comparator")
MEAN = SeriesSpec("Mean of the towns", {"area": "ten", "measure": "rate"}, role="comparator")


def rate(area: str, number: float | None, year: int = 2024, **changes: Any) -> Observation:
    row = make_row(f"{area}-{year}", number, f"{year}-03-31", measure=RATE, area=area)
    return replace(row, period_start=date(year, 3, 31), **changes)


def rates(**numbers: float | None) -> list[Observation]:
    return [rate(area, number, symbol="" if number is not None else "c") for area, number in numbers.items()]


def compare(*lanes: tuple[str, tuple[SeriesSpec, ...]], **changes: Any) -> ChartSpec:
    return replace(ChartSpec("beside", "compare", "In care", "Rates.", lanes=lanes, line=9), **changes)


ONE = compare(("In care", (FOCUS_SERIES, FIELD)))
WITH_NORTH = compare(("In care", (FOCUS_SERIES, FIELD, NORTH, MEAN)))
MANY = ChartSpec("years", "multiples", "In care", "Rates.", series=(FOCUS_SERIES, FIELD), line=9)


def draw(rows: list[Observation], spec: ChartSpec = ONE, reference: Reference = WHERE) -> Chart:
    return draw_charts(make_dataset(rows, spec), reference, place="Otherton")[0]


def refusals(rows: list[Observation], spec: ChartSpec = ONE) -> list[str]:
    """What `build.py check` says; and drawing is refused for the same reason."""
    problems = list(find_join_problems(make_dataset(rows, spec)))
    assert all((problem.path, problem.line) == ("care/page.yaml", 9) for problem in problems)
    if problems:
        with pytest.raises(PortalError, match=re.escape(problems[0].message)):
            draw(rows, spec)
    return [f"{problem.code}: {problem.message}" for problem in problems]


def words_in(drawing: str) -> list[str]:
    return re.findall(r">([^<>]+)</text>", visible(drawing))


def told(chart: Chart) -> str:
    """The long description in one piece."""
    return " ".join(part.text for part in chart.words)


def counted(drawing: str, paint: str) -> int:
    """How many round marks are drawn with this fill."""
    return len(re.findall(rf'<path (?=[^>]*fill="{re.escape(paint)}")[^>]*A', visible(drawing)))


# One axis


def test_the_place_is_said_with_the_ends_of_the_field_and_without_a_rank() -> None:
    chart = draw(rates(otherton=97, ayton=46, beeford=138, carton=90))
    said = "Otherton 97. The towns most like Otherton from 46 (Ayton) to 138 (Beeford)."
    assert f"In care, on 31 March 2024: {said}" in told(chart)
    assert not re.search(r"\d(st|nd|rd|th)\b|rank|more than|best|worst", chart.alt + told(chart))


def test_the_place_and_both_ends_are_named_at_their_marks_and_the_rest_is_not() -> None:
    names = words_in(draw(rates(otherton=97, ayton=46, beeford=138, carton=90)).wide)
    assert {"Otherton 97", "Ayton 46", "Beeford 138"} <= set(names)
    assert not any("Carton" in name for name in names)


def test_every_place_has_a_mark_and_the_focus_is_the_last_one_drawn() -> None:
    chart = draw(rates(otherton=97, ayton=46, beeford=138, carton=90))
    assert counted(chart.svg, "#FFFFFF") == 3
    assert counted(chart.svg, "#12436D") == 1
    last = re.findall(r"<(?:path|line|text)[^>]*>", visible(chart.wide))[-1]
    assert 'fill="var(--mc-series-1,#12436D)"' in last
    assert "A" in last


def test_ties_are_stacked_one_over_the_other_and_share_a_name() -> None:
    lane = Lane("", "", "", Dot(50, "50", "F"), tuple(Dot(20, "20", name) for name in "abc"), (), 0, 100)
    dots = stack_dots(lane, make_ruler(lane, Canvas(NARROW, True, literal)))
    assert len({x for x, _ in dots}) == 1
    assert len({y for _, y in dots}) == 3
    chart = draw(rates(otherton=97, ayton=46, beeford=46, carton=90))
    assert "from 46 (Ayton and Beeford) to 90 (Carton)" in told(chart)
    assert "Ayton and Beeford 46" in words_in(chart.wide)


def test_three_that_share_an_end_are_counted_at_the_mark() -> None:
    assert "Ayton and 2 others 46" in words_in(draw(rates(otherton=9, ayton=46, beeford=46, carton=46)).wide)


def test_a_tie_with_the_focus_is_said_and_both_marks_are_seen() -> None:
    chart = draw(rates(otherton=90, ayton=46, beeford=138, carton=90))
    assert "to 138 (Beeford), Carton the same." in told(chart)
    assert counted(chart.svg, "#FFFFFF") == 3


def test_no_dot_lies_on_another_however_many_there_are() -> None:
    places = tuple(Dot(40 + n % 9, str(40 + n % 9), f"Place {n}") for n in range(30))
    lane = Lane("", "", "", Dot(44, "44", "F"), tuple(sorted(places, key=lambda dot: dot.value)), (), 0, 100)
    ruler = make_ruler(lane, Canvas(NARROW, True, literal))
    dots = [(x, y, RING) for x, y in stack_dots(lane, ruler)]
    dots.append((ruler.px(44), -RESTS, FOCUS))
    apart = [
        (x - left) ** 2 + (y - top) ** 2 >= (radius + other) ** 2 - 0.01
        for n, (x, y, radius) in enumerate(dots)
        for left, top, other in dots[:n]
    ]
    assert len(dots) == 31
    assert all(apart)


def test_a_figure_printed_twice_has_one_mark() -> None:
    again = replace(rate("ayton", 46), id="again", repeats="ayton-2024")
    chart = draw([*rates(otherton=97, ayton=46, beeford=138), again])
    assert counted(chart.svg, "#FFFFFF") == 2
    assert "again" not in chart.rows


def test_region_and_mean_are_ticks_below_the_axis_and_the_mean_has_a_shape_of_its_own() -> None:
    rows = [*rates(otherton=97, ayton=46, beeford=138, north=90), rate("ten", 92.0, text="92.0", flags=("derived",))]
    chart = draw(rows, WITH_NORTH)
    assert {"The North 90", "Mean of the towns 92.0"} <= set(words_in(chart.wide))
    assert "The North 90 and the mean of the towns 92.0." in told(chart)
    assert "Triangle: worked out by us." in chart.subtitle
    assert "Triangle" not in draw(rows[:-1], compare(("In care", (FOCUS_SERIES, FIELD, NORTH)))).subtitle
    assert counted(chart.svg, "#FFFFFF") == 2, "neither is a ring among the places"


def test_figures_below_the_axis_that_are_equal_are_both_named() -> None:
    rows = [*rates(otherton=97, ayton=46, beeford=138, north=90), rate("ten", 90, flags=("derived",))]
    for drawing in (draw(rows, WITH_NORTH).wide, draw(rows, WITH_NORTH).narrow):
        assert {"The North 90", "Mean of the towns 90"} <= set(words_in(drawing))


def test_a_place_without_a_number_is_not_drawn_and_is_named_below() -> None:
    chart = draw(rates(otherton=97, ayton=46, beeford=None, carton=None, dunham=60))
    assert chart.not_drawn == ("Beeford and Carton: [c], confidential",)
    assert counted(chart.svg, "#FFFFFF") == 2
    assert chart.rows == ("otherton-2024", "ayton-2024", "dunham-2024")


def test_a_focus_without_a_number_is_said_to_have_none() -> None:
    chart = draw(rates(otherton=None, ayton=46, beeford=50))
    assert "Otherton no figure (confidential), the towns" in chart.alt
    assert counted(chart.svg, "#12436D") == 0


def test_a_true_zero_and_a_figure_below_zero_have_their_places() -> None:
    chart = draw(rates(otherton=0, ayton=-20, beeford=10))
    assert "Otherton 0. The towns most like Otherton from −20 (Ayton) to 10 (Beeford)." in told(chart)
    assert {"−20", "0", "10"} <= set(words_in(chart.wide))
    assert "scale starts" not in chart.subtitle
    assert draw(rates(otherton=0, ayton=0)).not_drawn == ()


def test_an_axis_starts_at_0_unless_it_is_cut_and_says_so() -> None:
    rows = rates(otherton=97, ayton=86, beeford=98)
    assert "0" in words_in(draw(rows).wide)
    cut = draw(rows, replace(ONE, zero=False))
    assert "0" not in words_in(cut.wide)
    assert re.search(r"The scale starts at \d+, not 0\.", cut.subtitle)


def test_a_lane_says_when_it_is_for() -> None:
    chart = draw(rates(otherton=97, ayton=46))
    assert "31 March 2024" in words_in(chart.wide)
    assert "31 March 2024" in words_in(chart.narrow)


def test_a_cut_axis_begins_and_ends_with_its_own_scale() -> None:
    ruler = make_ruler(Lane("", "", "", None, (), (), 86, 98), Canvas(NARROW, True, literal))
    first, last = ruler.ticks[0], ruler.ticks[-1]
    assert 0 < first <= 86
    assert [ruler.px(value) for value in (first, (first + last) / 2, last)] == pytest.approx(
        [0, ruler.width / 2, ruler.width]
    )


def test_a_place_alone_is_drawn_without_ends() -> None:
    chart = draw(rates(otherton=97, north=90), compare(("In care", (FOCUS_SERIES, NORTH))))
    assert "In care, on 31 March 2024: Otherton 97. The North 90." in told(chart)
    assert "Rings" not in chart.subtitle


def test_all_of_a_field_that_is_one_figure_has_no_ends() -> None:
    chart = draw(rates(otherton=97, ayton=46, beeford=46))
    assert "Otherton 97. The towns most like Otherton all 46." in told(chart)


LONG = "Bournemouth, Christchurch and Poole"


def test_long_names_stay_inside_both_drawings_and_lie_on_no_other() -> None:
    long = {"name": LONG, "type": "local-authority"}
    reference = replace(WHERE, areas={**WHERE.areas, "ayton": long, "beeford": long})
    spec = compare(("In care", (replace(FOCUS_SERIES, label=LONG), FIELD, NORTH, MEAN)))
    for own in (2, 137):
        rows = [*rates(otherton=own, ayton=1, beeford=138, north=90), rate("ten", 89, flags=("derived",))]
        chart = draw(rows, spec, reference)
        for drawing, width in ((chart.wide, 704), (chart.narrow, 288)):
            boxes = texts_in(drawing)
            assert min(left for left, _, _ in boxes) >= -1
            assert max(right for _, right, _ in boxes) <= width + 1
            assert not any(lie_on(box, other) for n, box in enumerate(boxes) for other in boxes[:n])


Drawn = tuple[float, float, float]  # left, right, middle


def lie_on(one: Drawn, other: Drawn) -> bool:
    return one[0] < other[1] - 1 and other[0] < one[1] - 1 and abs(one[2] - other[2]) < 12


def texts_in(drawing: str) -> list[Drawn]:
    found = re.findall(r"<text ([^>]*)>([^<]*)</text>", visible(drawing))
    assert found
    return [place_of_text(*text) for text in found]


def place_of_text(attributes: str, text: str) -> Drawn:
    """Where a text begins and ends, and how far down it stands: its own place in the plot and the plot's margin."""
    x, y = (float(n) for n in re.search(r"translate\((-?[\d.]+),(-?[\d.]+)", attributes).groups())  # type: ignore[union-attr]
    size = float(re.search(r'font-size="(\d+)', attributes)[1])  # type: ignore[index]
    width = text_width(text, size, "bold" in attributes) * 0.97
    anchor = re.search(r'text-anchor="(\w+)"', attributes)
    left = {"middle": x - width / 2, "end": x - width}.get(anchor[1] if anchor else "", x) + EDGE
    return left, left + width, y


def test_lanes_of_like_size_share_a_scale_and_others_are_said_not_to() -> None:
    small = Measure("small", "Small", "Came into care", "per-10000-children")
    lanes = [
        ("In care", (FOCUS_SERIES, FIELD)),
        ("Came", (SeriesSpec("", {"area": "otherton", "measure": "small"}, role="value"),)),
    ]
    rows = [*rates(otherton=97, ayton=46), rate("otherton", 38, 2023, measure=small)]
    chart = draw(rows, compare(*lanes))
    assert "The scales are not all the same." in chart.subtitle
    rows = [*rates(otherton=97, ayton=46), rate("otherton", 60, 2023, measure=small)]
    assert "scales" not in draw(rows, compare(*lanes)).subtitle


def test_type_is_never_small_and_downloads_have_literal_colours() -> None:
    chart = draw(rates(otherton=97, ayton=46, beeford=138))
    for drawing in (chart.wide, chart.narrow, chart.svg):
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)', drawing)) >= 13
    assert "var(" not in chart.svg
    assert chart.png.startswith(b"\x89PNG")


# What may not stand on one scale


def test_two_periods_in_one_lane_are_refused() -> None:
    rows = [*rates(otherton=97), rate("ayton", 46, 2023)]
    assert refusals(rows) == [
        'chart-compares-periods: chart "beside": lane "In care": rows are for different periods: 31 March 2024 and '
        "31 March 2023"
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"basis": "year-to-date"}, "basis (point-in-time and year-to-date)"),
        ({"series": "council"}, "series (council and dfe)"),
        ({"kind": "forecast"}, "kind (actual and forecast)"),
        ({"breakdown": (("sex", "girls"),)}, "breakdown (girls and none)"),
    ],
)
def test_places_that_differ_may_not_stand_on_one_scale(change: dict[str, Any], told: str) -> None:
    rows = [*rates(otherton=97), rate("ayton", 46, **change)]
    told = f"rows differ in {told} and may not stand on one scale"
    assert refusals(rows) == [f'chart-compares-unlike: chart "beside": lane "In care": {told}']
    assert refusals(rows, MANY) == [f'chart-compares-unlike: chart "years": {told}']


def test_a_mean_of_another_series_may_stand_below_the_axis() -> None:
    rows = [*rates(otherton=97, ayton=46, north=90), rate("ten", 92, series="ours", flags=("derived",))]
    assert refusals(rows, WITH_NORTH) == []


def test_one_place_is_the_focus_and_no_other_role_is_known() -> None:
    twice = compare(("In care", (FOCUS_SERIES, SeriesSpec("", {"area": "ayton"}, role="value"))))
    assert refusals(rates(otherton=97, ayton=46), twice) == [
        'chart-focus: chart "beside": lane "In care": one place has the role value, not 2: ayton, otherton'
    ]
    target = compare(("In care", (FOCUS_SERIES, SeriesSpec("", {"area": "ayton"}, role="target"))))
    assert refusals(rates(otherton=97, ayton=46), target)[0].startswith("chart-role: ")


def test_a_place_twice_and_an_undated_figure_are_refused() -> None:
    twice = [*rates(otherton=97, ayton=46), replace(rate("ayton", 47), id="again")]
    assert [told.partition(":")[0] for told in refusals(twice)] == ["chart-two-for-one-place"]
    undated = [*rates(otherton=97), make_row("ayton", 46, measure=RATE, area="ayton")]
    assert [told.partition(":")[0] for told in refusals(undated)] == ["chart-compares-undated"]


def test_a_comparator_that_is_measured_over_another_time_is_refused() -> None:
    rows = [*rates(otherton=97, ayton=46), rate("north", 90, basis="year-to-date")]
    told = "rows differ in basis (point-in-time and year-to-date) and may not stand on one scale"
    assert refusals(rows, compare(("In care", (FOCUS_SERIES, FIELD, NORTH)))) == [
        f'chart-compares-unlike: chart "beside": lane "In care": {told}'
    ]


def test_two_periods_that_bear_one_name_are_two() -> None:
    rows = [rate("otherton", 97, 2024, period="the year"), rate("ayton", 46, 2023, period="the year")]
    assert [told.partition(":")[0] for told in refusals(rows)] == ["chart-compares-periods"]


def test_more_comparators_than_find_room_are_refused() -> None:
    for count, told in ((4, []), (5, ["chart-comparators"])):
        names = PLACES[:count]
        beside = (SeriesSpec(name, {"area": name.lower()}, role="comparator") for name in names)
        rows = rates(otherton=97, **{name.lower(): 50 + n for n, name in enumerate(names)})
        found = refusals(rows, compare(("In care", (FOCUS_SERIES, *beside))))
        assert [problem.partition(":")[0] for problem in found] == told


def test_a_region_among_the_places_is_refused_by_name() -> None:
    with pytest.raises(PortalError, match="The North is a region among places of type local-authority"):
        draw(rates(otherton=97, ayton=46, north=90))


def test_a_comparison_without_lanes_is_refused() -> None:
    assert [told.partition(":")[0] for told in refusals(rates(otherton=97), compare())] == ["chart-without-lanes"]


# Small multiples


def years(area: str, *numbers: float | None, **changes: Any) -> list[Observation]:
    symbols = ["" if number is not None else "c" for number in numbers]
    return [rate(area, number, 2021 + n, symbol=symbols[n], **changes) for n, number in enumerate(numbers)]


def test_the_focus_comes_first_and_the_others_by_name_whatever_their_figures() -> None:
    rows = [*years("carton", 10, 20), *years("ayton", 90, 80), *years("otherton", 50, 55), *years("beeford", 30, 30)]
    chart = draw(rows, MANY)
    titles = [word for word in words_in(chart.narrow) if word in ("Otherton", *PLACES)]
    assert sorted(titles) == ["Ayton", "Beeford", "Carton", "Otherton"]
    assert [row.partition("-")[0] for row in chart.rows[::2]] == ["otherton", "ayton", "beeford", "carton"]
    assert [part.text.split()[1] for part in chart.words[1:]] == ["Otherton", "Ayton", "Beeford", "Carton"]
    assert "In Beeford the figure was the same at both ends, 30, in 2021 and in 2022." in told(chart)
    assert "Among the three others it rose in one, fell in one and stayed the same in one." in chart.alt


def test_each_panel_has_its_own_line_over_the_grey_one_of_the_focus() -> None:
    rows = [*years("otherton", 50, 55), *years("ayton", 90, 80), *years("beeford", 30, 30)]
    drawing = visible(draw(rows, MANY).svg)
    assert subpaths(drawing, "#66737F") == 2, "grey, behind the two others"
    assert subpaths(drawing, "#12436D") == 1
    assert "Grey line: Otherton." in draw(rows, MANY).subtitle


def test_the_grey_line_is_that_of_the_focus() -> None:
    rows = [*years("otherton", 50, 55, 40), *years("ayton", 90, 80, 85), *years("beeford", 30, 30, 30)]
    drawing = visible(draw(rows, MANY).svg)
    (focus,) = heights(drawing, "#12436D")
    assert heights(drawing, "#66737F") == [focus, focus]


def heights(drawing: str, colour: str) -> list[list[float]]:
    """Of each line in this colour, how far down its points lie."""
    tags = [tag for tag in re.findall(r"<path [^>]*>", drawing) if f'stroke="{colour}"' in tag]
    paths = [re.search(r' d="([^"]*)"', tag)[1] for tag in tags]  # type: ignore[index]
    lines = [line for path in paths if "A" not in path for line in path.split("M") if "L" in line]
    return [[float(y) for _, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", line)] for line in lines]


def subpaths(drawing: str, colour: str) -> int:
    """How many lines a drawing has in this colour; circles have arcs in their outline."""
    tags = [tag for tag in re.findall(r"<path [^>]*>", drawing) if f'stroke="{colour}"' in tag]
    paths = [re.search(r' d="([^"]*)"', tag)[1] for tag in tags]  # type: ignore[index]
    return sum(path.count("M") for path in paths if "A" not in path and path.count("L"))


def test_first_and_last_figure_of_each_panel_are_printed_and_those_between_are_not() -> None:
    chart = draw([*years("otherton", 50, 51, 52), *years("ayton", 93, 94, 95)], MANY)
    for drawing in (chart.wide, chart.narrow):
        said = words_in(drawing)
        assert {"50", "52", "93", "95", "2021", "2023"} <= set(said)
        assert not {"51", "94"} & set(said)


def test_the_years_of_a_panel_run_from_left_to_right_and_its_figures_from_0_upwards() -> None:
    drawing = draw([*years("otherton", 50, 51, 52), *years("ayton", 93, 94, 95)], MANY).wide
    at = {}
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]*)</text>", visible(drawing)):
        at.setdefault(text, place_of_text(attributes, text))
    assert at["2021"][0] < at["2023"][0]
    assert at["50"][0] < at["52"][0]
    assert at["0"][2] > at["50"][2] > at["93"][2]


def test_a_panel_that_does_not_start_at_0_says_so() -> None:
    rows = [*years("otherton", 150, 155), *years("ayton", 190, 180)]
    assert "0" in words_in(draw(rows, MANY).wide)
    assert "scale starts" not in draw(rows, MANY).subtitle
    cut = draw(rows, replace(MANY, zero=False))
    assert re.search(r"The scale starts at 1\d\d, not 0\.", cut.subtitle)


def test_a_place_whose_figures_begin_later_says_when() -> None:
    chart = draw([*years("otherton", 50, 51, 52), rate("ayton", 90, 2022), rate("ayton", 80, 2023)], MANY)
    assert "In Ayton the figure fell from 90 in 2022 to 80 in 2023." in told(chart)


def test_a_date_that_we_worked_out_is_hollow_in_a_panel_and_said_to_be() -> None:
    rows = [*years("otherton", 50, 51), *years("ayton", 90, 80)]
    hollow = [*rows[:3], replace(rows[3], date_status="inferred")]
    plain_chart, chart = draw(rows, MANY), draw(hollow, MANY)
    assert "Hollow marks: date worked out by us." in chart.subtitle
    assert "Hollow" not in plain_chart.subtitle
    assert counted(chart.svg, "#FFFFFF") == counted(plain_chart.svg, "#FFFFFF") + 1


def test_figures_stay_over_their_own_panel() -> None:
    figure = [*years("otherton", 50, 51, 1001), *years("ayton", 93000, 94000, 95000), *years("beeford", 1, 2, 3)]
    for drawing in (draw(figure, MANY).wide, draw(figure, MANY).narrow):
        boxes = texts_in(drawing)
        assert not any(lie_on(box, other) for n, box in enumerate(boxes) for other in boxes[:n])


def test_a_line_stops_at_a_break_and_at_a_missing_figure() -> None:
    broken = years("ayton", 90, 80, 70, 60)
    broken[2] = replace(broken[2], flags=("b",))
    whole = [*years("otherton", 50, 51, 52, 53), *years("ayton", 90, 80, 70, 60)]
    cut = [*years("otherton", 50, 51, 52, 53), *broken]
    gone = [*years("otherton", 50, 51, 52, 53), *years("ayton", 90, 80, None, 60)]
    assert subpaths(visible(draw(whole, MANY).svg), "#15212E") == 1
    assert subpaths(visible(draw(cut, MANY).svg), "#15212E") == 2
    chart = draw(gone, MANY)
    assert "[c]" in words_in(chart.wide)
    assert "There is no figure for 2023: confidential." in told(chart)


def test_a_place_without_any_number_keeps_its_panel_and_is_named_below() -> None:
    chart = draw([*years("otherton", 50, 51), *years("ayton", None, None)], MANY)
    assert "Ayton" in words_in(chart.wide)
    assert chart.not_drawn == ("Ayton: [c], confidential",)


def test_panels_of_a_place_alone_and_of_thirty_are_drawn() -> None:
    alone = ChartSpec("years", "multiples", "In care", "Rates.", series=(FOCUS_SERIES,))
    assert "Grey line" not in draw(years("otherton", 50, 51), alone).subtitle
    names = [f"Place {n}" for n in range(30)]
    reference = replace(WHERE, areas={**WHERE.areas, **{name: {"name": name} for name in names}})
    chart = draw([*years("otherton", 50, 51), *(row for name in names for row in years(name, 40, 45))], MANY, reference)
    assert sum(word.startswith("Place") for word in words_in(chart.wide)) == 30


def test_a_comparator_has_no_panel() -> None:
    rows = [*years("otherton", 50, 51), *years("ayton", 90, 80), *years("north", 60, 61)]
    chart = draw(rows, replace(MANY, series=(FOCUS_SERIES, FIELD, NORTH)))
    assert "The North" not in words_in(chart.wide)
    assert "north-2021" not in chart.rows


# The table


def table(rows: list[Observation], spec: ChartSpec) -> Any:
    reference = replace(WHERE, sources={"release": {"publisher": "DfE", "title": "Looked after", "date": "2025-11-20"}})
    return comparison_table("t", "In care", make_dataset(rows, spec), spec, reference, "../../")


def plain(cells: tuple[Any, ...]) -> list[str]:
    return [re.sub(r"<[^>]*>", "", str(cell)) for cell in cells]


def test_the_focus_is_first_and_bold_then_places_by_name_then_what_stands_beside() -> None:
    rows = [*years("carton", 10, 20), *years("ayton", 90, 80), *years("otherton", 50, 55)]
    rows += [*years("north", 60, 61), *years("ten", 50, 50, flags=("derived",))]
    made = table(rows, replace(MANY, series=(FOCUS_SERIES, FIELD, NORTH, MEAN)))
    assert [plain(line)[0] for line in made.rows] == [
        "Otherton", "Ayton", "Carton", "The North", "Mean of the towns worked out by us",
    ]  # fmt: skip
    assert "<strong>Otherton</strong>" in made.rows[0][0]
    assert plain(made.rows[1]) == ["Ayton", "90", "80"]
    assert 'data-rows="ayton-2021"' in made.rows[1][1]


def test_years_head_the_columns_and_the_day_they_share_is_said_below() -> None:
    made = table([*years("otherton", 50, 55), *years("ayton", 90, 80)], MANY)
    assert [head for head, _ in made.columns] == ["Place", "2021", "2022"]
    assert "On 31 March of each year" in made.note


def test_years_that_end_on_different_days_head_their_columns_in_full() -> None:
    rows = years("otherton", 50, 55)
    rows[1] = replace(rows[1], period="30 June 2022")
    made = table(rows, replace(MANY, series=(FOCUS_SERIES,)))
    assert [head for head, _ in made.columns] == ["Place", "31 March 2021", "30 June 2022"]
    assert "of each year" not in made.note


def test_lanes_of_different_times_are_told_apart_below() -> None:
    came = SeriesSpec("Otherton", {"area": "otherton", "measure": "small"}, role="value")
    small = Measure("small", "Small", "Came into care", "per-10000-children")
    rows = [*rates(otherton=97), rate("otherton", 38, 2023, measure=small)]
    made = table(rows, compare(("In care", (FOCUS_SERIES,)), ("Came", (came,))))
    assert "In care: 31 March 2024; Came: 31 March 2023" in made.note


def test_a_figure_printed_twice_is_led_to_where_it_was_printed_first() -> None:
    again = replace(rate("otherton", 97), id="again", repeats="otherton-2024")
    for spec in (ONE, MANY):
        assert 'data-rows="otherton-2024"' in table([*rates(otherton=97, ayton=46), again], spec).rows[0][1]


def test_a_flag_of_every_figure_of_a_place_stands_at_its_name_and_one_of_all_below() -> None:
    rows = [*years("otherton", 50, 55, flags=("p",)), *years("ayton", 90, 80)]
    made = table(rows, MANY)
    assert [plain(line)[0] for line in made.rows] == ["Otherton provisional", "Ayton"]
    every = table([replace(row, flags=("p",)) for row in rows], MANY)
    assert [plain(line) for line in every.rows] == [["Otherton", "50", "55"], ["Ayton", "90", "80"]]
    assert "provisional" in every.note


def test_lanes_head_the_columns_of_one_axis_and_a_symbol_has_its_meaning() -> None:
    made = table(rates(otherton=97, ayton=None), ONE)
    assert [head for head, _ in made.columns] == ["Place", "In care"]
    assert plain(made.rows[1]) == ["Ayton", "[c] confidential"]
    assert "31 March 2024" in made.note


def test_a_flag_of_one_figure_stands_at_that_figure() -> None:
    rows = years("otherton", 50, 55)
    rows[1] = replace(rows[1], flags=("p",))
    made = table(rows, replace(MANY, series=(FOCUS_SERIES,)))
    assert plain(made.rows[0]) == ["Otherton", "50", "55 provisional"]
