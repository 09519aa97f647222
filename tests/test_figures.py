from __future__ import annotations

import pytest
from make import ROW, make_dataset, make_reference

from portal.errors import PortalError
from portal.figures import derive_figures

TWO_YEARS = "id,value\nold,1270\nnew,1248\n"


def figure(csv_text, entry):
    (made,) = derive_figures(make_dataset(csv_text, page=f"figures: [{entry}]"), make_reference())
    return made


def test_a_value_is_the_number_as_printed_with_its_row():
    made = figure(TWO_YEARS, "{id: f, rows: [new]}")
    assert (made.text, made.value, made.rows, made.period) == ("1,248", 1248, ("new",), "31 March 2024")
    assert made.label == "Children in care"


def test_a_change_is_the_difference_of_its_two_rows():
    made = figure(TWO_YEARS, "{id: f, show: change, rows: [old, new]}")
    assert (made.text, made.value, made.rows) == ("22 fewer", -22, ("old", "new"))


def test_a_direction_is_a_word():
    made = figure(TWO_YEARS, "{id: f, show: direction, rows: [old, new]}")
    assert (made.text, made.value) == ("Down", -22)


def test_a_change_has_the_decimals_of_its_rows():
    rows = "id,measure,value\nold,wait,14.2\nnew,wait,15\n"
    assert figure(rows, "{id: f, show: change, rows: [old, new]}").text == "0.8 days more"


def test_a_missing_number_has_its_reason():
    made = figure("id,value\nnew,x\n", "{id: f, rows: [new]}")
    assert (made.text, made.value, made.missing) == ("not available", None, "There is no figure.")


def test_a_range_is_a_value_that_is_not_missing():
    made = figure("id,value,qualifier,value_low,value_high\nnew,,range,300,400\n", "{id: f, rows: [new]}")
    assert (made.text, made.missing) == ("300 to 400", "")


@pytest.mark.parametrize(
    ("column", "other"),
    [
        ("measure", "wait"),
        ("area", "england"),
        ("series", "national-statistics"),
        ("kind", "target"),
        ("basis", "month"),
    ],
)
def test_no_change_is_worked_out_between_unlike_rows(column, other):
    rows = f"id,value,{column}\nold,10,{other}\nnew,12,{ROW[column]}\n"
    with pytest.raises(PortalError, match=f"differ in {column}"):
        figure(rows, "{id: f, show: change, rows: [old, new]}")


def test_no_change_is_worked_out_between_unlike_groups():
    with pytest.raises(PortalError, match="differ in breakdown"):
        figure("id,value,sex\nold,10,girls\nnew,12,boys\n", "{id: f, show: change, rows: [old, new]}")


@pytest.mark.parametrize("entry", ["{id: f, show: change, rows: [new]}", "{id: f, rows: [old, new]}"])
def test_a_figure_of_too_few_or_too_many_rows_stops(entry):
    with pytest.raises(PortalError, match="is made of"):
        figure(TWO_YEARS, entry)


def test_a_change_from_a_missing_number_stops():
    with pytest.raises(PortalError, match='"old" has no number'):
        figure("id,value\nold,x\nnew,12\n", "{id: f, show: change, rows: [old, new]}")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("old,100,2025-03-31,exact,,\nnew,90,2024-03-31,exact,,", "order of their dates"),
        ("old,100,2024-03-31,exact,,\nnew,90,2025-03-31,less-than,,", "both exact"),
        ("old,100,2024-03-31,exact,,\nnew,90,2025-03-31,exact,implausible,", "built on"),
        ("old,100,2024-03-31,exact,,\nnew,100,2025-03-31,exact,,old", "built on"),
    ],
)
def test_a_change_that_would_say_something_false_stops(rows, reason):
    page = "figures: [{id: f, show: change, rows: [old, new]}]"
    dataset = make_dataset(f"id,value,period_end,qualifier,flags,repeats\n{rows}\n", page=page)
    with pytest.raises(PortalError, match=reason):
        derive_figures(dataset, make_reference())


def test_a_break_of_another_place_breaks_nothing_here():
    rows = "id,value,flags,area\nold,10,,otherton\nbroken,7,b,england\nnew,12,,otherton\n"
    assert figure(rows, "{id: f, show: change, rows: [old, new]}").text == "2 more"


def test_no_change_is_worked_out_to_the_first_figure_after_a_break():
    with pytest.raises(PortalError, match="built on"):
        figure("id,value,flags\nold,10,\nbroken,7,b\n", "{id: f, show: change, rows: [old, broken]}")


def test_no_change_is_worked_out_across_a_break():
    rows = "id,value,flags\nold,11174,\nbroken,7428,b\nlater,8000,\nnew,8572,\n"
    with pytest.raises(PortalError, match='"broken" is counted differently'):
        figure(rows, "{id: f, show: change, rows: [old, new]}")
    assert figure(rows, "{id: f, show: change, rows: [later, new]}").text == "572 more"
