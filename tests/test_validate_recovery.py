"""A hidden cell that other cells give away is found; one that leaves two possibilities is left in peace."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from make import make_dataset, make_page, make_plain, write_portal

from portal.load import load_portal
from portal.validate.people.disclosure import check_disclosure
from portal.validate.recovery.equations import Cell
from portal.validate.recovery.extremes import Row, eliminate
from portal.validate.recovery.given_away import check_recovery

COUNTED = dict.fromkeys(("children", "boys", "girls", "total", "cohort", "homes", "budget", "population"), "integer")
RATED = dict.fromkeys(("percent", "children_percent", "rate_per_10000", "days"), "number")


def found(text, **types):
    dataset = make_plain(text, types=COUNTED | RATED | types)
    return [(p.code, p.line, p.field) for p in check_recovery(dataset)]


def test_each_group_has_its_own_total():
    text = "year,ward,sex,children\n2023,S,Boys,10\n2023,S,Girls,c\n2023,S,All,14\n"
    text += "2023,N,Boys,c\n2023,N,Girls,c\n2023,N,All,31\n"
    assert found(text) == [("hidden-given-away", 3, "children")]


def test_a_total_without_a_name_is_known_by_its_sums():
    whole = "".join(
        f"{year},North,{year % 7 + 3}\n{year},South,9\n{year},Otherton,{year % 7 + 12}\n" for year in range(2019, 2024)
    )
    assert found(f"year,area,children\n{whole}2024,North,c\n2024,South,9\n2024,Otherton,14\n") == [
        ("hidden-given-away", 17, "children")
    ]


def test_a_total_is_given_away_by_its_parts():
    assert found("placement,children\nFoster,12\nHomes,9\nTotal,c\n") == [("hidden-given-away", 4, "children")]


def test_the_regions_of_a_release_are_the_totals_of_their_places():
    rows = [f"{y},Regional,R,,{20 + y % 3}\n{y},Local,R,A,{8 + y % 3}\n{y},Local,R,B,12\n" for y in range(2019, 2023)]
    hidden = "2023,Regional,R,,20\n2023,Local,R,A,c\n2023,Local,R,B,12\n"
    assert found("year,level,region,place,children\n" + "".join(rows) + hidden) == [
        ("hidden-given-away", 15, "children")
    ]


def test_a_total_rounded_to_tens_protects():
    rows = "".join(
        f"{y},A,{10 * k + 3}\n{y},B,{20 * k + 4}\n{y},Total,{30 * k + 10}\n" for k, y in enumerate(range(2015, 2023))
    )
    assert found(f"year,area,children\n{rows}2023,A,c\n2023,B,21\n2023,Total,30\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "ward,boys,girls,total\nNorth,c,c,22\nSouth,c,c,12\nWest,20,21,41\nTotal,28,47,75\n",
        "placement,children\nFoster,120\nHomes,\nTotal,123\n",
        "placement,children\nFoster,120\nHomes,x\nTotal,123\n",
        "placement,children\nFoster,120\nHomes,c\nKinship,30\nTotal,c\n",
        "placement,children\nFoster,120\nHomes,c\nKinship,c\nTotal,120\n",
        "area,children,homes,budget\nA,c,3,400\nB,50,4,300\nC,60,2,100\n",
        "area,days\nA,14.5\nB,c\nC,20.1\n",
        "area,children,population,rate_per_10000\nA,100,10000,100\nB,c,9000,c\nC,210,7000,300\n",
    ],
    ids=[
        "two in each row and column",
        "blank",
        "not available",
        "hidden total",
        "a sum that leaves it out",
        "unrelated",
        "means",
        "rate hidden too",
    ],
)
def test_what_leaves_two_possibilities_is_left_in_peace(text):
    assert found(text) == []


def test_a_percentage_of_the_total_row_gives_its_count_away():
    text = "placement,children,percent\nFoster,30,37.5\nHomes,c,c\nKinship,c,3.8\nOther,42,52.5\nTotal,80,100\n"
    assert ("hidden-given-away", 4, "children") in found(text)


def test_a_percentage_of_a_large_base_leaves_its_count_open_but_is_refused():
    text = "ward,children,cohort,children_percent\nN,2000,90000,2\nS,c,90000,1\nW,6000,80000,8\nE,4000,80000,5\n"
    assert found(text) == [("rate-of-hidden", 3, "children_percent")]


def test_a_table_that_has_no_name_is_read_as_the_others_are(tmp_path):
    schema = "{primaryKey: [places], missingValues: ['', {value: q, label: suppressed}], fields: [{name: placement, "
    schema += "type: string}, {name: children, type: integer}, {name: places, type: integer}]}"
    head = "$schema: https://datapackage.org/profiles/2.0/datapackage.json\nname: visits\ntitle: V\ndescription: V.\n"
    whole = f"{head}licenses: [{{name: CC-BY-4.0}}]\nresources:\n  - path: visits.csv\n    schema: {schema}\n"
    files = {
        "visits/datapackage.yaml": whole,
        "visits/visits.csv": "placement,children,places\nA,12,3\nB,q,4\nTotal,15,5\n",
    }
    datasets = load_portal(write_portal(tmp_path, files), (tmp_path / "datasets/visits",))[0].datasets
    assert [(p.line, p.field) for p in check_recovery(datasets[0])] == [(3, "children")]
    assert list(check_disclosure(datasets[0])) == []


def test_a_mark_that_names_its_limits_says_more():
    assert found("placement,children\nFoster,120\nHomes,<5\nKinship,<5\nTotal,128\n") == [
        ("hidden-given-away", 3, "children"),
        ("hidden-given-away", 4, "children"),
    ]


def test_a_label_decides_what_a_mark_means():
    text = "placement,children\nFoster,120\nHomes,q\nTotal,123\n"
    schema = {"fields": [{"name": "children", "missingValues": [{"value": "q", "label": "suppressed"}]}]}
    dataset = make_plain(text, types=COUNTED)
    (table,) = dataset.resources
    assert list(check_recovery(dataset)) == []
    assert [p.line for p in check_recovery(replace(dataset, resources=(replace(table, schema=schema),)))] == [3]


MEASURES = (
    "id,label,unit,statistic,subject,rate_of\nin-care,In care,children,count,children,\n"
    "rate,Rate,per-10000-children,rate,children,in-care\nchild-population,Child population,children,count,other,\n"
)


def observed(text, page=""):
    return [(p.code, p.line) for p in check_recovery(make_dataset(text, page=page, measures_csv=MEASURES))]


def test_a_breakdown_gives_its_one_hidden_member_away():
    text = "id,sex,period_start,period_end,value\na,,2024-01-01,2024-03-31,40\n"
    text += "b,girls,2024-01-01,2024-03-31,c\nc,boys,2024-01-01,2024-03-31,36\n"
    assert observed(text) == [("hidden-given-away", 3)]


def test_a_rate_of_a_hidden_count_is_refused():
    same = "2024-03-31,2024-03-31"
    assert observed(f"id,measure,period_start,period_end,value\na,in-care,{same},c\nb,rate,{same},4\n") == [
        ("rate-of-hidden", 3)
    ]


def test_a_rate_with_its_population_gives_the_count_away():
    same = "2024-03-31,2024-03-31"
    rows = f"a,in-care,{same},c\nb,rate,{same},4.0\np,child-population,{same},10000\n"
    assert observed(f"id,measure,period_start,period_end,value\n{rows}") == [("hidden-given-away", 2)]


def test_a_row_that_restates_a_hidden_one_gives_it_away():
    assert observed("id,repeats,value\na,,c\nb,a,3\n") == [("hidden-given-away", 2)]


def test_a_message_never_repeats_a_number():
    dataset = make_plain("placement,children\nFoster,12345\nHomes,c\nTotal,12432\n", types=COUNTED)
    (problem,) = check_recovery(dataset)
    assert not any(number in problem.message + problem.fix for number in ("12345", "12432", "87"))


RELEASE = """
disclosure:
  releases:
    - resource: {}
      policy: Confidentiality policy of the ministry
      policy_url: https://ministry.test/confidentiality
      reason: Official statistics, copied as published.
      date: 2026-01-31
      reviewed_by: the data protection officer
"""
GIVEN_AWAY = "placement,children\nFoster,12\nHomes,c\nTotal,15\n"


def test_an_official_release_is_left_to_its_publisher_and_its_exemption_exempts_something():
    dataset = replace(make_plain(GIVEN_AWAY, types=COUNTED), page=make_page(RELEASE.format("visits")))
    assert [*check_recovery(dataset), *check_disclosure(dataset)] == []


def test_a_release_speaks_of_its_own_table_and_its_own_series_alone():
    dataset = replace(make_plain(GIVEN_AWAY, types=COUNTED), page=make_page(RELEASE.format("other")))
    assert [p.code for p in check_recovery(dataset)] == ["hidden-given-away"]
    repeated = make_dataset("id,repeats,value\na,,c\nb,a,3\n")
    official = RELEASE.format("children") + "      series: "
    assert list(check_recovery(replace(repeated, page=make_page(f"{official}council-reports\n")))) == []
    assert len(list(check_recovery(replace(repeated, page=make_page(f"{official}another\n"))))) == 1


def test_a_release_in_which_nothing_is_small_and_nothing_given_away_exempts_nothing():
    safe = make_plain("placement,children\nFoster,12\nHomes,c\nKin,c\nTotal,32\n", types=COUNTED)
    found = check_disclosure(replace(safe, page=make_page(RELEASE.format("visits"))))
    assert [p.code for p in found] == ["exemption-of-nothing"]


def test_rows_that_share_a_cell_are_taken_from_one_another():
    a, b, c = (Cell(0, row, "n") for row in range(3))
    one, two = Fraction(1), Fraction(2)
    rows = [Row({a: one, b: one}, Fraction(7), Fraction(7), frozenset({1}))]
    rows += [Row({a: one, b: two, c: one}, Fraction(12), Fraction(12), frozenset({2}))]
    rows += [Row({c: one}, two, two, frozenset({3}))]
    left = {tuple(row.factors.items()): row.low for row in eliminate(rows)}
    assert left == {((a, 1),): 4, ((b, 1),): 3, ((c, 1),): 2}
