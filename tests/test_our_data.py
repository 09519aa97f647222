"""What we promise of our own datasets, beyond what every portal must keep."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from portal.arithmetic import run_checks
from portal.comparability import is_never, read_rules, rule_for, views_of
from portal.load import load_portal
from portal.registers import read_entries
from portal.spec import SeriesSpec, TableSpec
from portal.validate.comparability import check_comparability, check_view

ROOT = Path(__file__).resolve().parent.parent
TOPICS = {t["id"] for t in yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["extra"]["portal"]["topics"]}
LOADED, PROBLEMS = load_portal(ROOT / "datasets")
DATASETS = LOADED.datasets
ROWS = [row for dataset in DATASETS for row in dataset.observations]

# "Now" is true on one day only; a note may tell that the paper itself says so.
UNDATED = re.compile(r"\b(?:now|currently|latest)\b", re.IGNORECASE)
QUOTED = re.compile(r"\b(?:paper|report|document|slide)s? says? (?:now|currently|latest)\b", re.IGNORECASE)


def undated_word(text):
    return UNDATED.search(QUOTED.sub("", text))


@pytest.fixture(params=DATASETS, ids=lambda dataset: dataset.slug)
def dataset(request):
    return request.param


def test_our_datasets_are_read():
    assert PROBLEMS == ()
    assert len(DATASETS) > 1
    assert ROWS


def test_a_dataset_names_a_topic_of_the_portal_and_says_itself_in_a_few_words(dataset):
    assert dataset.page.topic in TOPICS
    assert dataset.page.teaser


def test_every_topic_has_a_dataset():
    assert {dataset.page.topic for dataset in DATASETS} == TOPICS


def test_what_mkdocs_names_first_in_a_topic_is_a_dataset_of_it():
    topics = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["extra"]["portal"]["topics"]
    first = {(name, topic["id"]) for topic in topics for name in topic.get("first", ())}
    assert first <= {(dataset.slug, dataset.page.topic) for dataset in DATASETS}


def test_a_table_that_is_no_charts_own_says_why_it_is_not_drawn(dataset):
    assert [table.id for table in dataset.page.tables if not table.chart and not table.no_chart] == []


def test_a_dataset_says_what_to_know_about_it(dataset):
    assert dataset.page.know


def test_no_figure_is_dated_by_a_word_that_moves(dataset):
    rows = [(row.id, row.period, row.note) for row in dataset.observations]
    rows += [(entry.id, "", entry.cells.get("note", "")) for entry in read_entries(dataset)]
    assert [name for name, period, note in rows if undated_word(period) or undated_word(note)] == []


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("latest month", True),
        ("It is now higher.", True),
        ("The paper says now; it is dated here by the paper itself.", False),
        ("The paper says now, and now it is more.", True),
        ("Nowhere is it said.", False),
    ],
)
def test_a_word_that_moves_may_only_be_quoted(text, moves):
    assert bool(undated_word(text)) is moves


def test_a_cell_of_a_scorecard_stands_in_one_row():
    """A cell that prints two figures, 4(1%), is two rows; a line above a panel is no cell of it."""
    cells = [row for row in ROWS if re.match("scorecard:.+/", row.locator) and "(" not in row.printed]
    assert cells
    counted = Counter((row.source, row.locator) for row in cells)
    assert [place for place, times in counted.items() if times > 1] == []


def test_a_row_of_a_scorecard_has_each_of_its_columns_once_in_one_dataset():
    """The cells of a panel's row are one measure: two packages that both hold some would each tell half."""
    owners: dict[str, set[str]] = {}
    for row in ROWS:
        if row.locator.startswith("scorecard:") and "/row:" in row.locator:
            owners.setdefault(row.locator.partition("/col:")[0], set()).add(row.dataset)
    assert owners
    assert {place: names for place, names in owners.items() if len(names) > 1} == {}


def test_arithmetic_is_declared_and_some_of_it_does_not_come_out():
    results = run_checks(LOADED)
    assert sum(result.holds for result in results) > 0
    assert [result.spec.id for result in results if result.missing or result.empty] == []
    assert any(result.spec.mismatch for result in results)


TEMPTING = [
    ("workforce-vacancies-scorecard-percent-2016-12", "dfe-vacancy-rate-manchester-2017"),
    ("workforce-vacancies-scorecard-2016-12", "dfe-vacancy-rate-manchester-2017"),
    ("workforce-fte-scorecard-2016-12", "dfe-social-workers-in-post-manchester-2017"),
    ("workforce-agency-percent-2016-12", "dfe-agency-rate-manchester-2017"),
    ("caseload-social-workers-2016-12", "dfe-average-caseload-manchester-2017"),
    ("lac-number-slides-2022-01-12", "dfe-lac-number-manchester-2022"),
    ("lac-number-end-of-last-year", "dfe-lac-number-manchester-2021"),
    ("cp-plans-number-slides-2022-01-12", "dfe-cp-plans-number-manchester-2022"),
    ("assessments-no-further-action-2018-01", "dfe-referrals-no-further-action-percent-manchester-2018"),
    ("referrals-number-2015-11", "dfe-referrals-manchester-2016"),
    ("three-or-more-placements-in-year-2016-02", "dfe-three-or-more-placements-in-two-years-percent-manchester-2021"),
]


@pytest.mark.parametrize(("one", "other"), TEMPTING)
def test_what_looks_alike_and_is_not_is_never_compared(one, other):
    rows = [LOADED.row(name) for name in (one, other)]
    assert all(rows), "a row was renamed: name it here as well"
    assert is_never(*rows, read_rules(LOADED.reference))


def plant(one, other, without=""):
    """What is told of a table of the two rows on the page of both, with a rule taken out."""
    home = next(d for d in DATASETS if d.row(one) and d.row(other))
    table = TableSpec("planted", "Planted", (SeriesSpec("", rows=(one, other)),), line=1)
    planted = replace(home, page=replace(home.page, tables=(table,), charts=()))
    rules = [rule for rule in read_rules(LOADED.reference) if rule.id != without]
    return [problem.code for view in views_of(planted) for problem in check_view(view, rules)]


@pytest.mark.parametrize(("one", "other"), TEMPTING)
def test_a_table_that_offers_them_as_comparable_stops_the_build_for_the_rules_sake(one, other):
    rule = rule_for(LOADED.row(one), LOADED.row(other), read_rules(LOADED.reference))
    assert plant(one, other) == ["never-compared"]
    assert "never-compared" not in plant(one, other, without=rule.id)


def test_every_view_of_ours_is_explained():
    assert list(check_comparability(LOADED)) == []
    assert sum(len({row.series for row in view.rows}) > 1 for d in DATASETS for view in views_of(d)) > 10
