"""The two texts of a chart: what is said, how it is rounded, and what is left unsaid because it would not be true."""

from __future__ import annotations

import pytest

from portal.charts.datestold import tell_dates, tell_dates_short
from portal.charts.joins import runs
from portal.charts.speech import rhythm_of, round_aloud, say_about, say_exact
from portal.charts.striptold import tell_sides, tell_strip, tell_strip_short
from portal.model import Observation, Reference
from portal.spec import SeriesSpec
from tests.make import make_dataset, make_row

AREAS = Reference(
    areas={"otherton": {"name": "Otherton"}, "north": {"name": "North West"}}, symbols={"x": {"label": "not available"}}
)


def years(*values: str, area: str = "otherton", **cells: str) -> list[Observation]:
    head = ["id", "value", "area", "period_start", "period_end", "period", *cells]
    lines = [
        ",".join(
            [f"{area}-{2021 + n}", value, area, *[f"{2021 + n}-03-31"] * 2, f"31 March {2021 + n}", *cells.values()]
        )
        for n, value in enumerate(values)
    ]
    return list(make_dataset("\n".join([",".join(head), *lines]) + "\n").observations)


def short(*series: list[Observation], labels: tuple[str, ...] = ("", "")) -> str:
    told = [(SeriesSpec(label), rows, runs(rows)) for label, rows in zip(labels, series, strict=False)]
    return tell_dates_short(told, AREAS, "Otherton")


def long(*series: list[Observation], labels: tuple[str, ...] = ("", "")) -> list[str]:
    told = [(SeriesSpec(label), rows, runs(rows)) for label, rows in zip(labels, series, strict=False)]
    return [part.text for part in tell_dates(told, AREAS, "Otherton")]


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, 7), (463, 463), (999, 999), (1248, 1200), (1250, 1300), (13228, 13000), (19.1, 19), (14.5, 15), (1.37, 1.4),
     (0.874, 0.87), (-1248, -1200), (-14.7, -15), (0, 0), (5_812_000, 5_800_000)],
)  # fmt: skip
def test_one_rule_rounds_and_leaves_small_whole_numbers_alone(value: float, said: float) -> None:
    assert round_aloud(value) == said


def test_about_stands_wherever_rounding_changed_the_number_and_nowhere_else() -> None:
    assert say_about(make_row(value="1248")) == "about 1,200"
    assert say_about(make_row(value="1200")) == "1,200"
    assert say_about(make_row(value="248")) == "248"
    assert say_exact(make_row(value="1248")) == "1,248"
    assert say_about(make_row(value="1248", qualifier="more-than")) == "more than 1,248"


def test_a_rhythm_of_years_is_said_once_and_only_when_no_year_is_left_out() -> None:
    assert rhythm_of(years("1", "2", "3")).whole == "on 31 March each year from 2021 to 2023"
    rows = years("1", "2", "3")
    assert rhythm_of([rows[0], rows[2]]).whole == "on 31 March from 2021 to 2023"


def test_the_short_text_says_what_where_when_and_the_main_thing() -> None:
    said = short(years("1371", "1384", "1150", "1280"))
    assert said.startswith("Line chart of ")
    assert (
        "in Otherton, on 31 March each year from 2021 to 2024. The figure fell from about 1,400 to about 1,300." in said
    )
    assert "The highest was about 1,400, in 2022. The lowest was about 1,200, in 2023." in said


def test_two_ends_that_rounding_would_make_one_are_said_as_printed() -> None:
    assert "rose from 1,371 to 1,384." in short(years("1371", "1384"))


def test_a_flat_series_rises_and_falls_nowhere() -> None:
    assert "The figure was the same at both ends, 50." in short(years("50", "50", "50"))
    assert "highest" not in short(years("50", "50", "50"))


def test_a_single_figure_has_no_course() -> None:
    assert "The figure was 50" in short(years("50"))


def test_figures_below_zero_are_said_with_their_sign() -> None:
    assert "rose from −20 to −5." in short(years("-20", "-5"))


def test_a_gap_is_said_with_its_reason_in_both_texts() -> None:
    rows = years("50", "x", "x", "60", "70")
    assert "There is no figure for 2022 and 2023: not available." in short(rows)
    assert any("There is no figure for 2022 and 2023: not available." in part for part in long(rows))


def test_nothing_rises_or_falls_across_a_break() -> None:
    rows = [*years("50", "60"), *years("0", "0", "20", "10", flags="b")[2:3], *years("0", "0", "0", "10")[3:]]
    assert "fell from 20 in 2023 to 10 in 2024" in short(rows)
    assert "After a break the figure fell from 20 in 2023" in short(rows)
    (course,) = [part for part in long(rows) if "2021" in part and "2024" in part and "chart" not in part]
    assert (
        "rose from 50 in 2021 to 60 in 2022. Then the line starts again, and the figure fell from 20 in 2023" in course
    )
    assert "The publisher marks a break before the figure for 2023." in course


def test_a_series_ends_above_or_below_only_what_it_may_be_compared_with() -> None:
    own, other = years("50", "60"), years("70", "80", area="north")
    assert "It ended below the North West." in short(own, other, labels=("Otherton", "North West"))
    unlike = years("70", "80", area="north", basis="year-to-date")
    said = short(own, unlike, labels=("Otherton", "North West"))
    assert "ended" not in said
    assert "In Otherton the figure rose from 50 to 60. In the North West the figure rose from 70 to 80." in said


def strip(value: str, target: str, **cells: str) -> list[tuple[str, list[tuple[SeriesSpec, tuple[Observation, ...]]]]]:
    rows = (
        make_row(id="v", value=value, **cells),
        make_row(id="t", value=target, kind="target", date_status="not-stated"),
    )
    return [("In care", [(SeriesSpec("Otherton", rows=("v",)), rows[:1]),
                         (SeriesSpec("Target", rows=("t",), role="target"), rows[1:])])]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"), [("517", "91 over the target"), ("400", "26 under the target"), ("426", "on the target")]
)
def test_a_figure_is_over_under_or_on_its_target(value: str, said: str) -> None:
    assert f"Otherton {value}, target 426: {said}." in tell_strip_short(strip(value, "426"), AREAS, "Otherton")


def test_that_a_target_has_no_date_is_said_in_the_long_text_only() -> None:
    assert "without a date" not in tell_strip_short(strip("1", "2"), AREAS, "Otherton")
    assert tell_strip(strip("1", "2"), AREAS, "Otherton")[-1].text == "The target is printed without a date."


def test_a_bound_is_not_set_against_a_target() -> None:
    assert "the target" not in tell_strip_short(strip("517", "426", qualifier="more-than"), AREAS, "Otherton")


def test_several_lanes_are_told_by_their_side_of_the_target() -> None:
    assert tell_sides(("A", "B"), ("over", "over")) == "Both are over the target."
    assert tell_sides(("A", "B", "C"), ("under", "under", "under")) == "All three are under the target."
    assert tell_sides(("A", "B", "C"), ("under", "over", "under")) == "Over the target: B. Under the target: A and C."
