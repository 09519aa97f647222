"""Each form of check, on rows small enough to do the sum in one's head."""

from __future__ import annotations

import pytest
from make import MEASURES, make_dataset, make_portal, make_register, make_row

from portal.arithmetic import SLIVER, interval_of, run_checks

THOUSANDS = "id,label,unit,multiplier\nin-care,Children,children,1\nspend,Spent,GBP,1000\nplan,Planned,GBP,1\n"


def run(rows, check, measures=MEASURES):
    dataset = make_dataset(rows, page=f"checks: [{{id: c, {check}}}]", measures_csv=measures)
    return run_checks(make_portal(dataset))


def outcome(rows, check, measures=MEASURES):
    (result,) = run(rows, check, measures)
    return result.holds, result.made


# cells


@pytest.mark.parametrize(
    ("columns", "interval"),
    [
        ({"value": "1248"}, (1248, 1248)),
        ({"value": "0"}, (0, 0)),
        ({"value": "400", "qualifier": "about"}, (350, 450)),
        ({"value": "1250", "qualifier": "about"}, (1245, 1255)),
        ({"value": "77", "qualifier": "about"}, (76.5, 77.5)),
        ({"value": "70", "qualifier": "at-least"}, (70, float("inf"))),
        ({"value": "70", "qualifier": "more-than"}, (70 + SLIVER, float("inf"))),
        ({"value": "70", "qualifier": "at-most"}, (0, 70)),
        ({"value": "70", "qualifier": "less-than"}, (0, 70 - SLIVER)),
        ({"value": "-70", "qualifier": "at-most"}, (float("-inf"), -70)),
        ({"value": "", "qualifier": "range", "value_low": "20", "value_high": "25"}, (20, 25)),
        ({"value": "x"}, None),
    ],
)
def test_a_cell_reaches_as_far_as_its_qualifier_says(columns, interval):
    assert interval_of(make_row(**columns)) == interval


# sum


@pytest.mark.parametrize(("total", "holds"), [("1248", True), ("1247", False), ("1249", False)])
def test_parts_of_exact_numbers_make_their_total_exactly(total, holds):
    rows = f"id,value\ngirls,600\nboys,648\nall,{total}\n"
    assert outcome(rows, "sum: [girls, boys], equals: all") == (holds, "1,248")


@pytest.mark.parametrize(("total", "holds"), [("29", False), ("30", True), ("35", True), ("36", False)])
def test_a_sum_with_a_range_reaches_from_end_to_end(total, holds):
    rows = f"id,value,qualifier,value_low,value_high\na,10,exact,,\nb,,range,20,25\nall,{total},exact,,\n"
    assert outcome(rows, "sum: [a, b], equals: all") == (holds, "30 to 35")


@pytest.mark.parametrize(("total", "holds"), [("359", False), ("360", True), ("460", True), ("461", False)])
def test_about_four_hundred_may_be_fifty_more_or_less(total, holds):
    rows = f"id,value,qualifier\na,10,exact\nb,400,about\nall,{total},exact\n"
    assert outcome(rows, "sum: [a, b], equals: all") == (holds, "360 to 460")


@pytest.mark.parametrize(("parts", "holds"), [(("40", "60"), True), (("40", "59"), False), (("33.3", "66.7"), True)])
def test_shares_make_a_hundred(parts, holds):
    rows = f"id,measure,value\na,adopted-share,{parts[0]}\nb,adopted-share,{parts[1]}\n"
    assert outcome(rows, "sum: [a, b], equals: 100")[0] is holds


def test_tenths_are_added_without_the_errors_of_binary_numbers():
    assert outcome("id,value\na,0.1\nb,0.2\nall,0.3\n", "sum: [a, b], equals: all") == (True, "0.3")


@pytest.mark.parametrize(
    ("mean", "holds"), [("97", True), ("96.7", True), ("96.67", True), ("96", False), ("96.6", False)]
)
def test_a_mean_is_rounded_to_its_last_place(mean, holds):
    rows = f"id,value\na,90\nb,100\nc,100\nall,{mean}\n"
    assert outcome(rows, "mean: [a, b, c], equals: all") == (holds, "96.67")


@pytest.mark.parametrize(("mean", "holds"), [("14", False), ("15", True), ("20", True), ("21", False)])
def test_a_mean_of_a_range_reaches_from_end_to_end(mean, holds):
    rows = f"id,value,qualifier,value_low,value_high\na,10,exact,,\nb,,range,20,30\nall,{mean},exact,,\n"
    assert outcome(rows, "mean: [a, b], equals: all") == (holds, "15 to 20")


def test_a_sum_may_name_a_row_of_another_package():
    here = make_dataset("id,value\na,1\nb,2\n", page="checks: [{id: c, sum: [a, b], equals: all}]")
    there = make_dataset("id,value\nall,3\n", slug="other")
    assert [result.holds for result in run_checks(make_portal(here, there))] == [True]


# share


@pytest.mark.parametrize(
    ("count", "share", "holds"),
    [
        ("124", "12", True),  # 12.4
        ("125", "12", True),  # 12.5, the edge
        ("126", "12", False),
        ("115", "12", True),  # 11.5, the other edge
        ("114", "12", False),
        ("124", "12.4", True),
        ("124", "12.3", False),
        ("124", "12.0", False),  # a printed nought counts as a digit
    ],
)
def test_a_share_is_right_to_the_digits_it_prints(count, share, holds):
    rows = f"id,measure,value\npart,in-care,{count}\nall,in-care,1000\nshare,adopted-share,{share}\n"
    assert outcome(rows, "share: share, count: part, base: all")[0] is holds


def test_there_is_no_share_of_nothing():
    rows = "id,value\npart,0\nall,0\nshare,0\n"
    assert outcome(rows, "share: share, count: part, base: all") == (False, "no share of nothing")


def test_a_share_of_a_range_is_a_range():
    rows = "id,value,qualifier,value_low,value_high\npart,10,exact,,\nall,,range,20,25\nshare,{},exact,,\n"
    check = "share: share, count: part, base: all"
    assert outcome(rows.format(45), check) == (True, "40 to 50 per cent")
    assert outcome(rows.format(51), check) == (False, "40 to 50 per cent")


# restates


@pytest.mark.parametrize(("again", "holds"), [("1248", True), ("1248.0", True), ("1249", False)])
def test_a_number_printed_twice_is_the_same(again, holds):
    assert outcome(f"id,value\none,1248\nagain,{again}\n", "restates: [one, again]") == (holds, "1248")


# same_base


@pytest.mark.parametrize(("rate", "holds"), [("50", True), ("51", True), ("52", False), ("48", False)])
def test_counts_and_rates_speak_of_one_population(rate, holds):
    # 100 in 25.0 is a base of about 4.0, and 200 in 50 is as well.
    rows = f"id,value\ncount,100\nrate,25\nother-count,200\nother-rate,{rate}\n"
    assert outcome(rows, "same_base: [[count, rate], [other-count, other-rate]]")[0] is holds


def test_a_rate_of_nought_fits_any_population():
    rows = "id,value\ncount,0\nrate,0\nother-count,200\nother-rate,50\n"
    assert outcome(rows, "same_base: [[count, rate], [other-count, other-rate]]")[0] is True


# product


RISKS = "id,likelihood,impact,score\na,3,4,12\nb,2,5,11\nc,4,4,\n"
SCORES = (
    "registers: [{resource: risks, caption: Risks, form: table, columns: [score]}]\n"
    "checks: [{id: c, resource: risks, product: [likelihood, impact], equals: score}]\n"
)


def test_a_product_is_checked_in_each_row_and_one_with_a_blank_cell_is_left_out():
    results = run_checks(make_portal(make_register(RISKS, page=SCORES)))
    assert [(result.cells[-1].row, result.holds, result.made) for result in results] == [
        ("a", True, "12"),
        ("b", False, "10"),
    ]


def test_a_product_names_its_three_cells_with_their_line():
    result = run_checks(make_portal(make_register(RISKS, page=SCORES)))[1]
    assert [(cell.column, cell.printed, cell.line) for cell in result.cells] == [
        ("likelihood", "2", 3),
        ("impact", "5", 3),
        ("score", "11", 3),
    ]


@pytest.mark.parametrize(("old", "new"), [("resource: risks, product", "resource: dangers, product"), ("score}", "x}")])
def test_a_product_of_a_table_or_column_that_is_not_there_is_missing(old, new):
    (result,) = run_checks(make_portal(make_register(RISKS, page=SCORES.replace(old, new))))
    assert result.missing != ()


# what is counted in thousands


@pytest.mark.parametrize(("pounds", "holds"), [("5000", True), ("5", False)])
def test_a_number_in_thousands_is_compared_in_whole_units(pounds, holds):
    rows = f"id,measure,value\nthousands,spend,5\npounds,plan,{pounds}\n"
    assert outcome(rows, "restates: [thousands, pounds]", THOUSANDS)[0] is holds


def test_a_range_and_about_in_thousands_are_in_whole_units_too():
    dataset = make_dataset(
        "id,measure,value,qualifier,value_low,value_high\na,spend,,range,2,3\nb,spend,40,about,,\n",
        measures_csv=THOUSANDS,
    )
    assert [interval_of(row) for row in dataset.observations] == [(2000, 3000), (35000, 45000)]


# what cannot be worked out


def test_a_row_that_is_not_there_is_missing_and_the_others_are_kept():
    (result,) = run("id,value\na,1\nall,3\n", "sum: [a, b], equals: all")
    assert (result.missing, result.empty, result.holds) == (("b",), (), False)
    assert [cell.row for cell in result.cells] == ["a", "all"]


def test_a_row_without_a_number_is_empty():
    (result,) = run("id,value\na,1\nb,x\nall,3\n", "sum: [a, b], equals: all")
    assert (result.missing, result.empty, result.holds) == ((), ("b",), False)


def test_checks_keep_the_order_of_the_page():
    page = "checks: [{id: second, restates: [a, a]}, {id: first, restates: [a, a]}]"
    results = run_checks(make_portal(make_dataset("id,value\na,1\n", page=page)))
    assert [result.spec.id for result in results] == ["second", "first"]


# open ends, many pairs, and cells that are no numbers


def test_more_than_seventy_is_not_seventy():
    rows = "id,value,qualifier\na,10,exact\nb,60,exact\nall,70,more-than\n"
    assert outcome(rows, "sum: [a, b], equals: all")[0] is False


def test_a_share_of_less_than_fifty_may_be_large():
    rows = "id,measure,value,qualifier\npart,in-care,10,exact\nall,in-care,50,less-than\nshare,adopted-share,25,exact\n"
    assert outcome(rows, "share: share, count: part, base: all") == (True, "20 or more per cent")


def test_three_populations_are_compared_each_with_each():
    measures = "id,label,unit\nin-care,Children,children\nrate,Rate,per-10000-children\n"
    rows = "id,measure,value,qualifier,value_low,value_high\n"
    for low, high in ((10, 20), (15, 40), (30, 50)):
        rows += f"n{low},in-care,,range,{low},{high}\nr{low},rate,1.000,exact,,\n"
    pairs = "[[n10, r10], [n15, r15], [n30, r30]]"
    assert outcome(rows, f"same_base: {pairs}", measures)[0] is False


def test_a_multiplier_that_is_no_number_is_left_to_the_checks_of_measures():
    rows = "id,measure,value\na,spend,5\nb,spend,5\n"
    assert outcome(rows, "restates: [a, b]", THOUSANDS.replace("1000", "thousand"))[0] is True


def test_a_cell_that_is_no_plain_number_has_nothing_to_multiply():
    (result,) = run_checks(make_portal(make_register("id,likelihood,impact,score\na,1/0,4,12\n", page=SCORES)))
    assert result.empty == ("risks",)
