"""The pages across all packages are held to the same rules as the charts and tables of a dataset's page."""

from __future__ import annotations

from pathlib import Path

from make import make_dataset
from test_comparability import SERIES, portal_of, told
from test_promises import ROWS, figure, register

from portal.across import across_views
from portal.validate import check_portal
from portal.validate.comparability import check_comparability
from portal.validate.scorecard import check_scorecard

SCORECARD = (
    "id,value,series,locator\n"
    "ours,103,council-reports,scorecard:How many/row:1/col:Latest\n"
    "theirs,93,national-statistics,scorecard:How many/row:1/col:England\n"
)
RULES = {"apart": (*SERIES, "never")}


def test_a_line_of_the_scorecard_sets_its_cells_of_one_measure_side_by_side():
    other = "more,1203,national-statistics,scorecard:How many/row:2/col:Number\n"
    portal = portal_of(make_dataset(SCORECARD + other))
    assert [[row.id for row in view.rows] for view in across_views(portal)] == [["ours", "theirs"], ["more"]]
    assert [p.code for p in check_scorecard(portal, {})] == ["unexplained-pair"]
    apart = portal_of(make_dataset(SCORECARD), **RULES)
    assert [p.code for p in check_scorecard(apart, {})] == ["never-compared"]


def test_no_figure_stands_beside_a_promise_that_it_is_never_compared_with():
    def beside(verdict):
        portal = portal_of(make_dataset(ROWS + figure()), register({}), apart=("//target", "//later", verdict))
        assert told(portal) == []
        return [(view.id, [row.id for row in view.rows]) for view in across_views(portal)]

    assert beside("beside") == [("promise-fewer", ["target", "later"])]
    assert beside("never") == []


def test_a_promise_that_is_not_in_order_is_told_by_its_own_check_only():
    portal = portal_of(make_dataset(ROWS), register({"made_by": "nothing"}), apart=(*SERIES, "never"))
    assert list(check_comparability(portal, promises=False)) == []
    assert [problem.code for problem in check_portal(portal, Path())].count("unknown-row") == 1


def test_a_portal_without_scorecard_and_promises_has_no_such_views():
    assert list(across_views(portal_of(make_dataset("id\nours\n")))) == []
