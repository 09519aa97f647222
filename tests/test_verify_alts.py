"""What a chart is said to show is what the published rows show: each way of getting it wrong is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import pytest

from portal.charts import draw_charts
from portal.made import Chart
from portal.model import Dataset, Problem
from portal.verify.alts import check_alts
from tests.make import make_dataset, make_htmls, make_portal, make_reference

PAGE = "datasets/children/index.html"
LINE = """
id,value,area,period_start,period_end,period,flags
o1,1371,otherton,2021-03-31,2021-03-31,31 March 2021,
o2,1384,otherton,2022-03-31,2022-03-31,31 March 2022,
o3,x,otherton,2023-03-31,2023-03-31,31 March 2023,
o4,1150,otherton,2024-03-31,2024-03-31,31 March 2024,
o5,1280,otherton,2025-03-31,2025-03-31,31 March 2025,
""".lstrip()
WHOLE = """
id,value,period_start,period_end,period
o1,1371,2021-03-31,2021-03-31,31 March 2021
o2,1384,2022-03-31,2022-03-31,31 March 2022
o4,1150,2023-03-31,2023-03-31,31 March 2023
o5,1280,2024-03-31,2024-03-31,31 March 2024
""".lstrip()
DATES = """
charts:
  - id: c
    form: dates
    title: Children in care
    subtitle: On one day.
    series: [{label: Otherton, where: {area: otherton}}]
"""
STRIP = """
charts:
  - id: c
    form: strip
    title: Children in care
    subtitle: On one day.
    lanes:
      - label: In care
        series: [{label: Otherton, rows: [v]}, {label: Target, rows: [t], role: target}]
"""
VALUES = "id,value,kind\nv,517,actual\nt,426,target\n"


@pytest.fixture
def judge(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Problem]]:
    """The problems of a page of these rows, after a change to its words or to the published cells."""

    def find(csv: str, page: str, change: tuple[str, str] = ("", ""), **cells: str) -> list[Problem]:
        dataset = make_dataset(csv, page=page)
        html = page_of(dataset, drawn(csv, page), tmp_path_factory)
        assert change[0] in html
        rows = dict(published(dataset))
        for name, value in cells.items():
            rows[name] = {**rows[name], "value": value}
        return list(check_alts(PAGE, html.replace(*change) if change[0] else html, rows, make_portal(dataset)))

    return find


@cache
def drawn(csv: str, page: str) -> tuple[Chart, ...]:
    return draw_charts(make_dataset(csv, page=page), make_reference(), place="Otherton")


def page_of(dataset: Dataset, charts: tuple[Chart, ...], folders: pytest.TempPathFactory) -> str:
    return make_htmls(folders.mktemp("site"), dataset, charts=charts)["datasets/children/"]


def published(dataset: Dataset) -> Iterator[tuple[str, dict[str, str]]]:
    yield from ((record["id"], record) for record in dataset.resources[0].records())


@pytest.mark.parametrize(("csv", "page"), [(LINE, DATES), (WHOLE, DATES), (VALUES, STRIP)])
def test_words_made_of_the_rows_are_borne_out_by_them(judge: Callable[..., list[Problem]], csv: str, page: str) -> None:
    assert judge(csv, page) == []


@pytest.mark.parametrize(
    ("csv", "change"),
    [
        (WHOLE, ("fell from 1,371", "rose from 1,371")),  # the direction
        (WHOLE, ("from 1,371 in 2021 to 1,280 in 2024", "from 1,280 in 2021 to 1,371 in 2024")),  # two numbers swapped
        (WHOLE, ("1,371 in 2021", "1,372 in 2021")),
        (WHOLE, ("The highest was 1,384, in 2022", "The highest was 1,371, in 2021")),
        (WHOLE, ("The lowest was 1,150, in 2023.", "")),  # a low that is left out
        (WHOLE, ("about 1,400 to about 1,300", "about 1,500 to about 1,300")),  # not the stated rounding
        (WHOLE, ("about 1,400 to", "1,400 to")),  # rounded and not said to be
        (WHOLE, ("each year from 2021", "each year from 2020")),
        (WHOLE, ("The figure fell", "The figure more than halved and fell")),  # a judgement that nothing checked
        (WHOLE, ("The figure fell", "For 12 children the figure fell")),  # a number that nothing bears out
        (LINE, (" There is no figure for 2023", " There is no figure for 2024")),
        (LINE, (" There is no figure for 2023", " The chart rests in 2023")),  # a gap that is dropped
    ],
)
def test_words_that_the_rows_do_not_bear_out_are_refused(
    judge: Callable[..., list[Problem]], csv: str, change: tuple[str, str]
) -> None:
    found = judge(csv, DATES, change)
    assert found
    assert {problem.code for problem in found} == {"wrong-alt"}
    assert 'chart "c"' in found[0].message


@pytest.mark.parametrize("cells", [{"o1": "1370"}, {"o2": "1385"}, {"o4": "1400"}, {"o5": "1400"}, {"o4": "x"}])
def test_a_published_cell_that_changes_leaves_the_old_words_untrue(
    judge: Callable[..., list[Problem]], cells: dict[str, str]
) -> None:
    assert judge(WHOLE, DATES, **cells)


@pytest.mark.parametrize(
    "change",
    [
        ("91 over the target", "91 under the target"),
        ("91 over the target", "81 over the target"),
        ("Otherton 517", "Otherton 426"),
        ("target 426", "target 517"),
        (", target 426: 91 over the target", ""),  # a target that is drawn is told of
    ],
)
def test_a_figure_beside_its_target_is_told_as_the_cells_have_it(
    judge: Callable[..., list[Problem]], change: tuple[str, str]
) -> None:
    assert judge(VALUES, STRIP, change)


def test_the_old_side_of_a_target_is_refused_when_the_figure_moves(judge: Callable[..., list[Problem]]) -> None:
    assert judge(VALUES, STRIP, v="420")
    assert judge(VALUES, STRIP, t="520")


def test_a_drawing_without_a_name_and_a_chart_without_words_are_refused(judge: Callable[..., list[Problem]]) -> None:
    assert judge(WHOLE, DATES, ("data-alt-rows", "data-nothing"))
    assert judge(WHOLE, DATES, ('aria-label="Line', 'aria-labelled="Line'))


def test_a_break_is_told_of_a_line_that_has_one_and_of_no_other(judge: Callable[..., list[Problem]]) -> None:
    assert judge(LINE, DATES, ("After a break the figure", "After a break the figure")) == []
    assert judge(WHOLE, DATES, ("The figure fell from 1,371", "After a break the figure fell from 1,371"))


NO_TARGET = "id,value,kind\nv,517,actual\nt,x,target\n"


def test_a_strip_says_in_words_who_has_no_mark(judge: Callable[..., list[Problem]]) -> None:
    assert judge(NO_TARGET, STRIP) == []
    assert judge(NO_TARGET, STRIP, ("No mark for Target: not available.", ""))
    assert judge(VALUES, STRIP, ("over the target.", "over the target. No mark for Target: not available."))
