from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from make import make_dataset, make_htmls, make_portal, make_reference, make_register

from portal.charts import draw_charts
from portal.comparability import NEVER, Pair, pairs_in, read_rules, rule_for, rules_told, views_of
from portal.figures import derive_figures
from portal.pages import compared
from portal.pipeline import draw_card
from portal.validate.claims import check_claims, check_home_claims
from portal.validate.comparability import check_comparability

TWO_SERIES = "id,value,series\nours,1248,council-reports\ntheirs,1300,national-statistics\n"
CHART = """
charts:
  - id: both
    form: dates
    title: Two counts
    subtitle: Children.
    series:
      - {label: Ours, where: {series: council-reports}}
      - {label: Theirs, where: {series: national-statistics}}
"""
TABLE = "tables: [{id: both, caption: Both, series: [{rows: [ours, theirs]}]}]"
SAYS = "The council counts on another day."


def make_rules(**rules):
    """Rules by id: (side a, side b, verdict), a side as "measure/series/row" with empty parts."""
    table = {}
    for name, (one, other, verdict) in rules.items():
        cells = dict(zip(("a_measure", "a_series", "a_row"), one.split("/"), strict=True))
        cells |= dict(zip(("b_measure", "b_series", "b_row"), other.split("/"), strict=True))
        table[name] = {"id": name, **cells, "verdict": verdict, "difference": SAYS}
    return table


def portal_of(*datasets, **rules):
    return replace(make_portal(*datasets), reference=replace(make_reference(), comparability=make_rules(**rules)))


def told(portal, whole=True):
    return [problem.code for problem in check_comparability(portal, whole)]


SERIES = ("/council-reports/", "/national-statistics/")


@pytest.mark.parametrize("page", [CHART, TABLE])
@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        ({"apart": (*SERIES, "never")}, ["never-compared"]),
        ({"apart": (*SERIES[::-1], "never")}, ["never-compared"]),
        ({"apart": ("//ours", "//theirs", "never")}, ["never-compared"]),
        ({"apart": ("in-care//", "//theirs", "never")}, ["never-compared"]),
        ({"together": (*SERIES, "beside")}, []),
        ({}, ["unexplained-pair"]),  # the rule taken out
    ],
)
def test_a_view_of_two_series_is_held_to_the_rules(page, rules, codes):
    assert told(portal_of(make_dataset(TWO_SERIES, page=page), **rules)) == codes


def test_a_portal_without_the_table_is_held_to_no_such_rule():
    assert told(make_portal(make_dataset(TWO_SERIES, page=CHART))) == []


def test_the_message_names_both_rows_and_series_and_the_reason():
    portal = portal_of(make_dataset(TWO_SERIES, page=CHART), apart=(*SERIES, "never"))
    (problem,) = check_comparability(portal)
    for word in ("ours", "theirs", "council-reports", "national-statistics", SAYS):
        assert word in problem.message
    assert (problem.path, problem.line) == ("datasets/children/page.yaml", 3)


@pytest.mark.parametrize(
    ("narrow", "verdict"), [("//ours", "never"), ("in-care//", "never"), ("in-care/council-reports/", "never")]
)
def test_the_more_closely_drawn_rule_speaks(narrow, verdict):
    portal = portal_of(
        make_dataset(TWO_SERIES), wide=(*SERIES, "beside"), close=(narrow, "/national-statistics/", verdict)
    )
    ours, theirs = portal.datasets[0].observations
    assert rule_for(theirs, ours, read_rules(portal.reference)).id == "close"


def test_two_rules_drawn_as_closely_may_not_disagree():
    portal = portal_of(
        make_dataset(TWO_SERIES), one=("//ours", "//theirs", "beside"), two=("//theirs", "//ours", "never")
    )
    assert told(portal) == ["comparability-clash"]


def test_of_two_rules_drawn_as_closely_the_one_that_refuses_speaks():
    rules = {"one": ("//ours", "//theirs", "beside"), "two": ("//theirs", "//ours", "never")}
    for order in (("one", "two"), ("two", "one")):
        portal = portal_of(make_dataset(TWO_SERIES), **{name: rules[name] for name in order})
        assert rule_for(*portal.datasets[0].observations, read_rules(portal.reference)).id == "two"


def test_rules_about_different_rows_do_not_clash():
    rows = TWO_SERIES + "more,12,council-reports\n"
    portal = portal_of(make_dataset(rows), one=("//ours", "//theirs", "beside"), two=("//more", "//theirs", "never"))
    assert told(portal) == []


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        (("nothing//", "//ours", "never"), ["unknown-name"]),
        (("/nobody/", "//ours", "never"), ["unknown-name"]),
        (("//nowhere", "//ours", "never"), ["unknown-name"]),
        (("//theirs", "nothing//", "never"), ["unknown-name"]),
        (("//theirs", "//ours", "perhaps"), ["unknown-word"]),
    ],
)
def test_a_name_of_a_rule_leads_somewhere(rule, codes):
    assert told(portal_of(make_dataset(TWO_SERIES), wrong=rule)) == codes


def test_names_of_other_packages_are_not_missed_when_they_were_not_read():
    portal = portal_of(make_dataset(TWO_SERIES), elsewhere=("nothing//", "//nowhere", "never"))
    assert told(portal, whole=False) == []


@pytest.mark.parametrize(("difference", "code"), [("", "difference-missing"), ("It is 12 more.", "typed-number")])
def test_a_rule_says_how_the_two_differ_without_a_number(difference, code):
    portal = portal_of(make_dataset(TWO_SERIES), rule=("//ours", "//theirs", "never"))
    portal.reference.comparability["rule"]["difference"] = difference
    assert told(portal) == [code]


UNLIKE = "id,measure,value,series\nours,in-care,1248,council-reports\ntheirs,wait,300,national-statistics\n"


def test_a_table_of_unlike_measures_claims_nothing_but_is_held_to_what_is_never_compared():
    dataset = make_dataset(UNLIKE, page=TABLE)
    assert told(portal_of(dataset)) == []
    assert told(portal_of(dataset, apart=("in-care//", "wait//", "never"))) == ["never-compared"]


def test_a_row_without_a_number_is_compared_with_nothing():
    assert told(portal_of(make_dataset(TWO_SERIES.replace("1300", "x"), page=TABLE))) == []


def test_two_rows_of_one_series_can_be_never_compared():
    rows = "id,value\nours,1248\ntheirs,1300\n"
    assert told(portal_of(make_dataset(rows, page=TABLE), apart=("//ours", "//theirs", "never"))) == ["never-compared"]


def test_a_range_is_compared_like_a_number():
    rows = "id,value,qualifier,value_low,value_high,series\nours,1248,exact,,,council-reports\n"
    rows += "theirs,,range,1300,1400,national-statistics\n"
    assert told(portal_of(make_dataset(rows, page=TABLE), apart=(*SERIES, "never"))) == ["never-compared"]


def test_two_rows_that_are_never_compared_are_found_among_others_of_their_series():
    rows = "id,value\nfirst,1\nours,1248\ntheirs,1300\nlast,2\n"
    page = TABLE.replace("ours, theirs", "first, ours, theirs, last")
    portal = portal_of(make_dataset(rows, page=page), apart=("//ours", "//theirs", "never"))
    (problem,) = check_comparability(portal)
    assert '"ours"' in problem.message
    assert '"theirs"' in problem.message


def test_a_rule_may_part_the_rows_of_one_measure_and_series_from_each_other():
    portal = portal_of(
        make_dataset("id,value\nours,1\ntheirs,2\n", page=TABLE), apart=("in-care//", "in-care//", NEVER)
    )
    assert told(portal) == ["never-compared"]


def test_the_first_of_a_pair_is_the_first_side_of_its_rule_whatever_the_order_of_the_rows():
    portal = portal_of(make_dataset(TWO_SERIES), apart=(*SERIES[::-1], "never"))
    (rule,) = read_rules(portal.reference)
    ours, theirs = portal.datasets[0].observations
    assert list(pairs_in([ours, theirs], [rule])) == [Pair(theirs, ours, rule)]
    assert list(pairs_in([theirs, ours], [rule])) == [Pair(theirs, ours, rule)]


def test_under_a_view_every_difference_is_told_and_nothing_of_what_is_never_compared():
    rows = TWO_SERIES + "waiting,12,council-reports\nrefused,13,council-reports\n"
    page = TABLE.replace("ours, theirs", "ours, theirs, waiting, refused")
    portal = portal_of(
        make_dataset(rows, page=page),
        second=("//theirs", "//waiting", "beside"),
        first=("//ours", "//theirs", "beside"),
        never=("//theirs", "//refused", "never"),
    )
    (view,) = views_of(portal.datasets[0])
    assert [rule.id for rule in rules_told(view, read_rules(portal.reference))] == ["second", "first"]


def test_the_table_of_a_chart_is_the_view_of_that_chart():
    page = CHART + "tables: [{id: figures, chart: both, caption: All, series: [{rows: [ours, theirs]}]}]\n"
    assert [(view.kind, view.id) for view in views_of(make_dataset(TWO_SERIES, page=page))] == [("chart", "both")]


LANES = """
charts:
  - id: lanes
    form: strip
    title: Lanes
    subtitle: Children.
    lanes:
      - {label: One, series: [{label: Ours, rows: [ours]}]}
      - {label: Two, series: [{label: Theirs, rows: [theirs]}]}
"""


@pytest.mark.parametrize("form", ["strip", "panels"])
def test_lanes_need_no_word_on_how_they_differ_but_hold_nothing_that_is_never_compared(form):
    page = LANES.replace("strip", form)
    assert told(portal_of(make_dataset(TWO_SERIES, page=page))) == []
    assert told(portal_of(make_dataset(TWO_SERIES, page=page), apart=(*SERIES, "never"))) == ["never-compared"]


STEPS = """
charts:
  - id: steps
    form: steps
    title: Steps
    subtitle: Children.
    series: [{label: Ours, rows: [ours]}]
    beside: [{row: theirs, why: counted in another way}]
"""
CHANGE = "figures: [{id: f, show: change, rows: [ours, theirs]}]"
SENTENCE = """
headline: f
comparison: 'The other count is {{ number("g") }}.'
figures: [{id: f, rows: [ours]}, {id: g, rows: [theirs]}]
"""


@pytest.mark.parametrize("page", [STEPS, CHANGE, SENTENCE])
def test_what_is_listed_beside_changed_or_said_in_one_breath_is_a_view(page):
    assert told(portal_of(make_dataset(TWO_SERIES, page=page), apart=(*SERIES, "never"))) == ["never-compared"]


def test_the_figures_of_an_entry_are_a_view():
    register = make_register("id,figures\nrisk,ours;theirs\n")
    portal = portal_of(make_dataset(TWO_SERIES), register, apart=(*SERIES, "never"))
    (problem,) = check_comparability(portal)
    assert (problem.code, problem.path) == ("never-compared", register.resources[0].path)


def test_each_two_groups_are_looked_at_once():
    rows = TWO_SERIES + "ours-2,12,council-reports\ntheirs-2,13,national-statistics\n"
    portal = portal_of(make_dataset(rows, page=CHART), together=(*SERIES, "beside"))
    (view,) = views_of(portal.datasets[0])
    assert len(list(pairs_in(view.rows, read_rules(portal.reference)))) == 1


IMPLAUSIBLE = "id,value,flags\nours,1248,implausible\ntheirs,1300,\n"


@pytest.mark.parametrize(
    "page",
    [
        "headline: f\nfigures: [{id: f, rows: [ours]}]",
        SENTENCE.replace("[ours]", "[x]").replace("[theirs]", "[ours]").replace("[x]", "[theirs]"),
        CHANGE,
        CHANGE.replace("change", "direction"),
    ],
)
def test_a_figure_that_is_hard_to_believe_carries_no_claim(page):
    portal = make_portal(make_dataset(IMPLAUSIBLE, page=page))
    assert [problem.code for problem in check_claims(portal)] == ["implausible-headline"]


def test_a_figure_that_is_hard_to_believe_may_stand_in_a_table_and_in_a_note():
    page = TABLE + "\nknow: [{title: A leap, text: 'It prints {{ number(\"f\") }}.'}]\nfigures: [{id: f, rows: [ours]}]"
    assert list(check_claims(make_portal(make_dataset(IMPLAUSIBLE, page=page)))) == []


@pytest.mark.parametrize(
    "home",
    [
        {"headline": "children/f"},
        {"headline_words": 'in care: {{ period("children/f") }}'},
        {"cards": [{"figure": "children/f"}]},
        {"cards": [{"figure": "children/g", "sentence": '{{ number("children/f") }} before.'}]},
    ],
)
def test_the_home_page_shows_no_figure_that_is_hard_to_believe(home):
    page = "figures: [{id: f, rows: [ours]}, {id: g, rows: [theirs]}]"
    portal = make_portal(make_dataset(IMPLAUSIBLE, page=page))
    assert [p.code for p in check_home_claims(home, portal, "mkdocs.yml")] == ["implausible-headline"]


def test_a_card_of_the_home_page_is_a_view():
    page = "figures: [{id: f, rows: [ours]}, {id: g, rows: [theirs]}]"
    home = {"cards": [{"figure": "children/g", "sentence": '{{ number("children/f") }} before.'}]}
    portal = portal_of(make_dataset(TWO_SERIES, page=page), apart=(*SERIES, "never"))
    assert [p.code for p in check_home_claims(home, portal, "mkdocs.yml")] == ["never-compared"]


def htmls(folder, monkeypatch, dataset, **rules):
    reference = replace(make_reference(), comparability=make_rules(**rules))
    monkeypatch.setattr("make.make_reference", lambda: reference)
    return make_htmls(folder, dataset)


def test_the_difference_is_said_under_the_table(tmp_path, monkeypatch):
    pages = htmls(tmp_path, monkeypatch, make_dataset(TWO_SERIES, page=TABLE), together=(*SERIES, "beside"))
    assert f"How they differ: {SAYS}" in pages["datasets/children/"]


def test_the_page_about_data_quality_lists_what_stands_together(tmp_path, monkeypatch):
    page = htmls(tmp_path, monkeypatch, make_dataset(TWO_SERIES, page=TABLE), together=(*SERIES, "beside"))[
        "data-quality/"
    ]
    assert 'id="pairs"' in page
    assert "Council papers beside National statistics" in page
    assert '<a href="../datasets/children/#table-both">Both<span class="mc-hidden">, table</span></a>' in page


def test_the_page_about_data_quality_lists_what_is_never_compared(tmp_path, monkeypatch):
    apart = ("//ours", "//theirs", "never")
    page = htmls(tmp_path, monkeypatch, make_dataset(TWO_SERIES), apart=apart)["data-quality/"]
    assert SAYS in page[page.index('id="unlike"') :]
    assert 'id="pairs"' not in page


def test_a_rule_between_two_packages_is_listed_once(tmp_path, monkeypatch):
    reference = replace(make_reference(), comparability=make_rules(apart=(*SERIES, "never")))
    monkeypatch.setattr("make.make_reference", lambda: reference)
    one, other = make_dataset(TWO_SERIES), make_dataset("id,series\nmore,national-statistics\n", slug="visits")
    page = make_htmls(tmp_path, one, other)["data-quality/"]
    assert page.count(SAYS) == 1


def test_what_may_stand_together_is_not_among_what_is_never_compared(tmp_path, monkeypatch):
    page = htmls(tmp_path, monkeypatch, make_dataset(TWO_SERIES), together=(*SERIES, "beside"))["data-quality/"]
    assert SAYS not in page


TWO_DAYS = TWO_SERIES.replace("series\n", "series,period\n").replace("reports\n", "reports,in May\n")
TWO_DAYS = TWO_DAYS.replace("statistics\n", "statistics,in June\n")


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (("//ours", "//theirs"), "Children in care: 1,248 (in May) and 1,300 (in June)"),
        (("//ours", "/national-statistics/"), "1,248 Children in care, in May and National statistics"),
        (
            ("in-care/council-reports/", "//theirs"),
            "Children in care (Council papers) and 1,300 Children in care, in June",
        ),
    ],
)
def test_the_two_that_are_never_compared_are_named_each_with_its_own_time(tmp_path, monkeypatch, sides, words):
    page = htmls(tmp_path, monkeypatch, make_dataset(TWO_DAYS), apart=(*sides, "never"))["data-quality/"]
    assert words in " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_what_a_rule_says_is_text(tmp_path, monkeypatch):
    rules = make_rules(together=(*SERIES, "beside"))
    rules["together"]["difference"] = "Ours <i>& theirs</i>."
    reference = replace(make_reference(), comparability=rules)
    monkeypatch.setattr("make.make_reference", lambda: reference)
    pages = make_htmls(tmp_path, make_dataset(TWO_SERIES, page=TABLE))
    for url in ("datasets/children/", "data-quality/"):
        assert "Ours &lt;i&gt;&amp; theirs&lt;/i&gt;." in pages[url]


def test_a_rule_that_a_note_says_already_is_not_said_twice(tmp_path, monkeypatch):
    noted = make_dataset(TWO_SERIES, page=f"do_not_compare: [{{title: The two, text: {SAYS}}}]")
    page = htmls(tmp_path, monkeypatch, noted, apart=("//ours", "//theirs", "never"))["data-quality/"]
    assert page.count(SAYS) == 1


def test_lists_of_unlike_figures_are_named_as_such(tmp_path, monkeypatch):
    page = htmls(tmp_path, monkeypatch, make_dataset(UNLIKE, page=TABLE))["data-quality/"]
    assert compared.UNLIKE in page


def test_a_chart_that_leaves_the_site_says_the_difference_too():
    dataset = make_dataset(TWO_SERIES, page=CHART)
    reference = replace(make_reference(), comparability=make_rules(together=(*SERIES, "beside")))
    (chart,) = draw_charts(dataset, reference, place="Otherton")
    assert f"How they differ: {SAYS}" in chart.svg
    assert "How they differ" not in draw_charts(dataset, make_reference(), place="Otherton")[0].svg


NAMED = "figures: [{id: f, rows: [ours]}, {id: g, rows: [theirs]}]\n"
BOTH = '{{ number("f") }} and {{ number("g") }}'


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        (f"lede: '{BOTH}.'", ["never-compared"]),
        (f"teaser: '{BOTH}.'", ["never-compared"]),
        (f"tables: [{{id: one, caption: '{BOTH}', series: [{{rows: [ours]}}]}}]", ["never-compared"]),
        (f"know: [{{title: Two counts, text: '{BOTH}.'}}]", []),  # it is there that a reader is told why
    ],
)
def test_a_heading_names_nothing_in_one_breath_that_is_never_compared(page, codes):
    assert told(portal_of(make_dataset(TWO_SERIES, page=NAMED + page), apart=(*SERIES, "never"))) == codes


def test_the_figures_of_an_event_and_the_target_of_a_promise_are_views():
    dataset, promise = make_dataset(TWO_SERIES), make_register("id,made_by,figures\npromise,ours,theirs\n")
    portal = portal_of(dataset, promise, apart=(*SERIES, "never"))
    assert [problem.code for problem in check_comparability(portal, promises=False)] == ["never-compared"]
    portal = portal_of(dataset, apart=(*SERIES, "never"))
    portal = replace(portal, reference=replace(portal.reference, events={"visit": {"figures": "ours;theirs"}}))
    assert told(portal) == ["never-compared"]


def test_a_rule_of_everything_explains_nothing():
    assert told(portal_of(make_dataset(TWO_SERIES), all=("//", "//", "beside"))) == ["rule-of-everything"]


CARD = "id,kind,value,sex,flags\nours,actual,100,,\naim,target,90,{},{}\n"


@pytest.mark.parametrize(
    ("row", "rules", "drawn"),
    [
        (CARD.format("", ""), {}, True),
        (CARD.format("", ""), {"apart": ("//ours", "//aim", "never")}, False),
        (CARD.format("girls", ""), {}, False),
        (CARD.format("", "implausible"), {}, False),
    ],
)
def test_a_card_draws_no_target_that_the_figure_is_not_measured_against(row, rules, drawn):
    portal = portal_of(make_dataset(row, page="figures: [{id: f, rows: [ours]}]"), **rules)
    (figure,) = derive_figures(portal.datasets[0], portal.reference)
    assert ("target 90" in draw_card(portal, figure)) is drawn


def test_a_thousand_rules_are_read_in_seconds():
    rows = "id,value\n" + "".join(f"r{n},{n}\n" for n in range(1001))
    rules = {f"rule-{n}": (f"//r{n}", f"//r{n + 1}", "beside") for n in range(1000)}
    dataset = make_dataset(rows, page="tables: [{id: t, caption: All, series: [{where: {kind: actual}}]}]")
    started = time.perf_counter()
    assert told(portal_of(dataset, **rules)) == []
    assert time.perf_counter() - started < 30  # it took minutes
