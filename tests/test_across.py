"""The pages across all packages are held to the same rules as the charts and tables of a dataset's page."""

from __future__ import annotations

from pathlib import Path

from make import make_dataset
from test_comparability import SAYS, SERIES, portal_of, told
from test_promises import ROWS, figure, register
from test_scorecard import pages_of

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


def test_the_scorecard_says_how_its_figures_and_those_of_other_places_differ(tmp_path):
    portal = portal_of(make_dataset(SCORECARD), apart=(*SERIES, "beside"))
    assert f"How they differ: {SAYS}" in pages_of(portal, tmp_path)["scorecard/"]
    assert "How they differ" not in pages_of(portal_of(make_dataset(SCORECARD)), tmp_path)["scorecard/"]


def test_a_promise_says_how_its_target_and_the_figures_beside_it_differ(tmp_path):
    rows, own = (ROWS + figure()).replace("old-plan", "annual-report-2024"), {"source": "annual-report-2024"}
    portal = portal_of(make_dataset(rows), register(own), apart=("//target", "//later", "beside"))
    assert f"How they differ: {SAYS}" in pages_of(portal, tmp_path)["promises/"]
