from __future__ import annotations

import re

import pytest
from make import make_dataset, make_htmls

from portal.opposites import opposite_moves
from portal.pages import compared

MEASURES = """id,label,plain_label,unit,statistic,subject,denominator,rate_of
in-care,Children looked after,Children in care,children,count,children,,
in-care-rate,Rate,Children in care as a rate,per-10000-children,rate,children,"Children, by estimate",in-care
"""
HEAD = "id,measure,value,period_end,period_start,period,flags\n"
WHOLE = "id,measure,value,period_end,kind,repeats,qualifier,flags,area\n"
PAGE = """
tables:
  - {id: counts, caption: Counts, series: [{where: {measure: in-care}}]}
  - {id: rates, caption: Rates, series: [{where: {measure: in-care-rate}}]}
"""


def make_years(*years, flags="", area="otherton"):
    """Rows for 2021 on: (count, rate) of each year; `flags` are those of the last count."""
    rows = []
    for number, (count, rate) in enumerate(years):
        day, last = f"{2021 + number}-03-31", flags if number == len(years) - 1 else ""
        rows.append(f"n{number},in-care,{count},{day},{day},{2021 + number},{last}")
        rows.append(f"r{number},in-care-rate,{rate},{day},{day},{2021 + number},")
    return make_dataset(HEAD + "\n".join(rows) + "\n", measures_csv=MEASURES, page=PAGE)


def spans(dataset):
    return [(m.count[0].period, m.count[1].period) for m in opposite_moves(dataset.observations)]


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ([(100, 50), (110, 49)], [("2021", "2022")]),
        ([(110, 49), (100, 50)], [("2021", "2022")]),
        ([(100, 50), (110, 51)], []),
        ([(100, 50), (110, 50)], []),
        ([(100, 50), (100, 49)], []),
        ([(100, 50), (110, 49), (120, 51), (125, 48)], [("2021", "2022"), ("2021", "2024"), ("2023", "2024")]),
        ([(100, 50), (110, 51), (105, 47)], [("2021", "2023")]),
    ],
)
def test_a_count_and_its_rate_that_part_are_found(years, found):
    assert spans(make_years(*years)) == found


@pytest.mark.parametrize("flag", ["b", "implausible"])
def test_nothing_is_built_on_a_break_or_on_what_is_hard_to_believe(flag):
    assert spans(make_years((100, 50), (110, 49), flags=flag)) == []


def test_two_counts_for_one_day_say_nothing():
    years = make_years((100, 50), (110, 49)).observations
    twice = make_dataset(HEAD + "other,in-care,90,2022-03-31,2022-03-31,2022,\n", measures_csv=MEASURES).observations
    assert opposite_moves([*years, *twice]) == ()


def parted(*rows):
    """The ends of each move, of rows written as in WHOLE; what a row leaves out at its end is usual."""
    usual = ["", "", "", "", "actual", "", "exact", "", "otherton"]
    text = "\n".join(",".join([*cells, *usual[len(cells) :]]) for cells in (row.split(",") for row in rows))
    moves = opposite_moves(make_dataset(f"{WHOLE}{text}\n", measures_csv=MEASURES).observations)
    return [(move.rate[0].id, move.rate[1].id) for move in moves]


PARTED = ("c1,in-care,100,2021-03-31", "c2,in-care,110,2022-03-31", "r1,in-care-rate,50,2021-03-31")


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("r2,in-care-rate,49,2022-03-31", [("r1", "r2")]),
        ("r2,in-care-rate,49,2022-03-31,target", []),
        ("r2,in-care-rate,49,2022-03-31,actual,elsewhere", []),
        ("r2,in-care-rate,49,2022-03-31,actual,,about", []),
        ("r2,in-care-rate,49,2022-03-31,actual,,exact,,england", []),
    ],
)
def test_only_an_exact_figure_of_what_was_printed_once_for_one_place_parts_from_another(last, found):
    assert parted(*PARTED, last) == found


def test_two_targets_that_part_are_no_news():
    rows = [f"{name},{measure},{value},{day}-03-31,target" for name, measure, value, day in (
        ("c1", "in-care", 100, 2021), ("c2", "in-care", 110, 2022),
        ("r1", "in-care-rate", 50, 2021), ("r2", "in-care-rate", 49, 2022),
    )]  # fmt: skip
    assert parted(*rows) == []
    assert parted(*(row.replace(",target", "") for row in rows)) == [("r1", "r2")]


def test_a_break_between_two_dates_parts_them_and_one_at_the_first_does_not():
    rows = [f"{kind}{year},in-care{tail},{{}},{year}-03-31" for year in (2021, 2022, 2023) for kind, tail in
            (("c", ""), ("r", "-rate"))]  # fmt: skip
    numbers = (100, 50, 110, 55, 120, 49)
    filled = [row.format(number) for row, number in zip(rows, numbers, strict=True)]
    assert parted(*filled) == [("r2021", "r2023"), ("r2022", "r2023")]
    broken = [row + (",actual,,exact,b" if row.startswith("r2022") else "") for row in filled]
    assert parted(*broken) == [("r2022", "r2023")]


def test_two_dates_are_told_of_once():
    assert len(parted(*PARTED, "r2,in-care-rate,49,2022-03-31")) == 1


def test_a_count_that_fell_while_the_rate_rose_is_told_the_right_way_round(tmp_path):
    page = make_htmls(tmp_path, make_years((110, 49), (100, 50)))["datasets/children/"]
    assert "the number fell from 110 to 100, and the rate for every 10,000 children rose from 49 to 50." in re.sub(
        r"<[^>]+>", "", page
    )


def test_a_note_stands_under_the_figures_of_the_place_it_is_about_only(tmp_path):
    rows = make_years((100, 50), (110, 49)).resources[0].content.decode()
    alike = rows.replace("\nn", "\nx").replace("\nr", "\ny").replace("otherton", "england").replace(",110,", ",90,")
    pages = "tables: [{id: there, caption: There, series: [{where: {area: england}}]}]"
    both = make_dataset(rows + alike.partition("\n")[2], measures_csv=MEASURES, page=pages)
    page = make_htmls(tmp_path, both)["datasets/children/"]
    assert "Number and rate" not in page[page.index('id="table-there"') : page.index('id="table-other"')]
    assert "Number and rate" in page


def test_a_rate_parts_from_the_count_that_its_measure_names_only():
    dataset = make_dataset(
        make_years((100, 50), (110, 49)).resources[0].content.decode(),
        measures_csv=MEASURES.replace(",in-care\n", ",\n"),
    )
    assert spans(dataset) == []


def test_the_chart_or_table_of_either_says_what_happened_and_when_else(tmp_path):
    page = make_htmls(tmp_path, make_years((100, 50), (110, 49), (120, 51), (125, 48)))["datasets/children/"]
    told = re.findall(r"Number and rate went different ways\..*?changes too\.", page)
    assert len(told) == 2
    assert told[0] == told[1]
    words = re.sub(r"<[^>]+>", "", told[0])
    assert words == (
        "Number and rate went different ways. "
        "Children in care, Otherton: from 2023 to 2024 the number rose from 120 to 125, and the "
        "rate for every 10,000 children fell from 51 to 48. So they did from 2021 to 2022; 2021 to 2024. "
        "A rate sets the number against children, and how many those are changes too."
    )
    assert re.findall(r'data-rows="([^"]+)"', told[0]) == ["n2", "n3", "r2", "r3"]


def test_where_they_go_together_nothing_is_said(tmp_path):
    assert "Number and rate went" not in make_htmls(tmp_path, make_years((100, 50), (110, 51)))["datasets/children/"]


def test_rows_that_no_table_of_page_yaml_shows_are_told_of_as_well(tmp_path):
    bare = make_dataset(make_years((100, 50), (110, 49)).resources[0].content.decode(), measures_csv=MEASURES)
    page = make_htmls(tmp_path, bare)["datasets/children/"]
    assert page.index("Number and rate went") > page.index('id="table-other"')


def test_who_sees_one_date_only_sees_nothing_move(tmp_path):
    years = make_years((100, 50), (110, 49))
    newest, before = "series: [{rows: [n1, r1]}]", "series: [{rows: [n0, r0]}]"
    one = f"tables: [{{id: newest, caption: New, {newest}}}, {{id: before, caption: Old, {before}}}]"
    dataset = make_dataset(years.resources[0].content.decode(), measures_csv=MEASURES, page=one)
    assert "Number and rate went" not in make_htmls(tmp_path, dataset)["datasets/children/"]


def test_of_many_places_it_is_only_said_where_and_when(tmp_path, monkeypatch):
    monkeypatch.setattr(compared, "TOLD_IN_FULL", 1)
    lines = ["id,measure,value,period_end,period_start,period,flags,area"]
    for area in ("otherton", "england"):
        for year, count, rate in ((2021, 100, 50), (2022, 110, 49)):
            day = f"{year}-03-31"
            lines.append(f"n-{area}-{year},in-care,{count},{day},{day},{year},,{area}")
            lines.append(f"r-{area}-{year},in-care-rate,{rate},{day},{day},{year},,{area}")
    dataset = make_dataset("\n".join(lines) + "\n", measures_csv=MEASURES, page=PAGE)
    page = make_htmls(tmp_path, dataset)["datasets/children/"]
    told = re.sub(r"<[^>]+>", "", re.findall(r"Number and rate went different ways\..*?changes too\.", page)[0])
    assert "Children in care: Otherton (2021 to 2022), " in told
    assert told.count("(2021 to 2022)") == 2
    assert "rose" not in told
