"""The pages across all packages are held to the same rules as the charts and tables of a dataset's page."""

from __future__ import annotations

from make import make_dataset
from test_comparability import SERIES, portal_of, told
from test_promises import ROWS, figure, register

from portal.across import across_views

SCORECARD = (
    "id,value,series,locator\n"
    "ours,103,council-reports,scorecard:How many/row:1/col:Latest\n"
    "theirs,93,national-statistics,scorecard:How many/row:1/col:England\n"
)
RULES = {"apart": (*SERIES, "never")}


def test_a_line_of_the_scorecard_may_not_hold_what_is_never_compared():
    lines = make_dataset(SCORECARD)
    assert told(portal_of(lines, **RULES)) == ["never-compared"]
    assert told(portal_of(lines, apart=(*SERIES, "beside"))) == []
    assert told(portal_of(lines)) == ["unexplained-pair"]


def test_two_lines_of_the_scorecard_are_not_set_side_by_side():
    assert told(portal_of(make_dataset(SCORECARD.replace("row:1/col:E", "row:2/col:E")), **RULES)) == []


def test_no_figure_stands_beside_a_promise_that_it_is_never_compared_with():
    portal = portal_of(make_dataset(ROWS + figure()), register({}), apart=("//target", "//later", "never"))
    assert told(portal) == ["never-compared"]
    assert [view.id for view in across_views(portal)] == ["promise-fewer"]


def test_a_portal_without_scorecard_and_promises_has_no_such_views():
    assert list(across_views(portal_of(make_dataset("id\nours\n")))) == []
