from __future__ import annotations

from datetime import date

from make import make_dataset, make_plain, make_row

from portal.observations import is_observation_table, whole_units


def test_a_number_is_read_and_its_text_kept():
    row = make_row(value="98.0")
    assert (row.number, row.text, row.symbol, row.flags) == (98.0, "98.0", "", ())


def test_a_symbol_is_no_number_and_no_zero():
    row = make_row(value="x", flags="blank")
    assert (row.number, row.symbol, row.flags) == (None, "x", ("blank",))


def test_a_range_has_two_ends_and_no_number():
    row = make_row(value="", qualifier="range", value_low="300", value_high="400")
    assert (row.number, row.symbol, row.low, row.high) == (None, "", 300, 400)


def test_a_row_without_a_stated_date_stands_nowhere_on_a_time_axis():
    assert make_row().date == date(2024, 3, 31)
    assert make_row(date_status="not-stated").date is None
    assert make_row(period_end="").date is None


def test_a_row_carries_its_measure():
    assert make_row(measure="adopted-share").measure.unit == "percent"


def test_an_unknown_measure_keeps_its_name_for_the_check_to_tell():
    assert make_row(measure="fostered").measure.label == "fostered"


def test_other_columns_break_a_figure_down_and_keep_rows_apart():
    girls, boys = make_dataset("id,sex,value\na,girls,600\nb,boys,648\n").observations
    assert girls.breakdown == (("sex", "girls"),)
    assert girls.like != boys.like


def test_a_row_knows_its_physical_line():
    first, second = make_dataset('id,note\na,"two\nlines"\nb,\n').observations
    assert (first.line, second.line) == (2, 4)


def test_a_plain_table_is_no_observation_table():
    assert is_observation_table(make_dataset("id\na\n").resources[0])
    assert not is_observation_table(make_plain("id,area,value\na,b,1\n").resources[0])


def test_a_number_of_a_measure_in_thousands_is_in_whole_units_and_its_text_as_it_stands():
    one, span, none = make_dataset(
        "id,measure,value,qualifier,value_low,value_high\na,spend,47757,exact,,\nb,spend,,range,2,3\nc,spend,x,exact,,\n",
        measures_csv="id,label,unit,multiplier\nspend,Spent,GBP,1000\n",
    ).observations
    assert (one.number, one.text) == (47_757_000, "47757")
    assert (span.number, span.low, span.high) == (None, 2000, 3000)
    assert (none.number, none.symbol) == (None, "x")


def test_a_cell_that_is_no_number_has_no_whole_units():
    assert [whole_units(text, "1000") for text in ("5", "-2.5", "x", "")] == [5000, -2500, None, None]
    assert whole_units("4.1", "1000000") == 4_100_000  # not 4099999.9999999995
