"""A number typed into the finished pages is found; each way to explain one holds only where it is true."""

# ruff: noqa: E501

from __future__ import annotations

import json
from datetime import date

import pytest

from portal.model import Problem
from portal.verify.known import read_known
from portal.verify.reader import read_page
from portal.verify.resolve import Resolver
from portal.verify.tallies import make_counter
from portal.verify.unbound import check_quantities, count_ways

FIGURES = """id,measure,area,series,kind,basis,period_start,period_end,date_status,period,value,value_low,value_high,printed,source,locator,note
new,in-care,here,own,actual,point-in-time,2025-03-31,2025-03-31,stated,31 March 2025,1280,,,"1,280",paper,§3/bullet:15,The paper says so in 7 places.
old,in-care,here,own,actual,point-in-time,2024-03-31,2024-03-31,stated,31 March 2024,1310,,,"1,310",paper,§3/bullet:15,
far,in-care,there,own,actual,point-in-time,2024-03-31,2024-03-31,stated,31 March 2024,4711,,,"4,711",paper,§3/bullet:15,
"""
FILES = {
    "data/observations.csv": FIGURES,
    "data/children/children.csv": FIGURES,
    "data/children/measures.csv": "id,plain_label,multiplier\nin-care,Staff away for more than 14 weeks,1\n",
    "data/reference/constants.csv": "id,text,kind,reason\nstage,stage 2,name,A name.\n",
    "data/clubs/clubs.csv": "club,visits,quarter\nNorth,310,2023-Q1\nSouth,84,2023-Q1\n",
    "data/clubs/datapackage.json": json.dumps({"title": "Clubs", "description": "Visits of 2 clubs.\n\nNot of all."}),
}
LINK = '<a class="mc-number" href="rows/#new" data-rows="new">1,280</a>'
CHART = (
    '<figure class="mc-chart" id="chart-rate"><svg><desc>From 1,310 to 1,280.</desc>'
    '<g><text transform="translate(-5,90)">0</text><text transform="translate(-5,60)">500</text>'
    '<text transform="translate(-5,30)">1,000</text></g><g><text transform="translate(40,7)">1,280</text></g></svg></figure>'
    '<div id="table-rate"><a class="mc-number" data-rows="new">1,280</a><a class="mc-number" data-rows="old">1,310</a></div>'
)
WARNING = Problem("total-row", "line 33 may be a total", "datasets/clubs/clubs.csv", 33, severity="warning")


def find_unbound(folder, body, page="index.html", head="", others=()):
    """The messages about a site of one page (and `others` with the same body) beside the published files."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    pages = {}
    for name in (page, *others):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"<html><head><title>T</title>{head}</head><body><main>{body}</main></body></html>", encoding="utf-8"
        )
        pages[name] = read_page(path)
    resolver = Resolver(read_known(folder, date(2026, 11, 22), [WARNING]), ("up to 5",))
    return list(check_quantities(pages, resolver))


@pytest.mark.parametrize(
    "body",
    [
        "<p>There were 1,280 children.</p>",
        "<p>There were <strong>1,280</strong> children.</p>",
        "<p>There were fifteen of them.</p>",
        "<p>A third of them waited.</p>",
        "<p>Their number doubled.</p>",
        "<table><caption>All 1,280</caption></table>",
        "<table><tr><td>1,280</td></tr></table>",
        "<svg><text>1,280</text></svg>",
        "<svg><desc>Up to 1,280</desc></svg>",
        '<p aria-label="1,280 children">Many</p>',
        '<p title="1,280 children">Many</p>',
        '<img src="a.svg" alt="A chart of 1,280 children">',
        "<ul><li>Places: 12</li></ul>",
        "<h2>1,280 children</h2>",
        f"<p>{LINK}</p><p>The number 4,711 stands elsewhere in the data.</p>",
        f"<p>{LINK} and 4,711.</p>",
        '<p><a href="#x" data-rows="new"><span>1,280</span></a> of 4,711</p>',
    ],
)
def test_a_number_that_comes_from_nowhere_is_found_wherever_it_stands(tmp_path, body):
    assert [p.code for p in find_unbound(tmp_path, body)] == ["unbound-number"]


@pytest.mark.parametrize(
    "head", ["<title>1,280 children</title>", '<meta name="description" content="1,280 children">']
)
def test_what_a_search_engine_shows_is_read_as_well(tmp_path, head):
    assert len(find_unbound(tmp_path, "", head=head)) == 1


def test_the_description_of_a_page_may_repeat_the_bound_numbers_of_its_first_words(tmp_path):
    head = '<meta name="description" content="1,280 children">'
    assert find_unbound(tmp_path, f'<div class="mc-lede"><p>It was {LINK}.</p></div>', head=head) == []
    assert len(find_unbound(tmp_path, f"<p>It was {LINK}.</p>", head=head)) == 1


@pytest.mark.parametrize("words", ["31 March 2025", "March 2025", "2025", "2024/25", "2025-03-31", "31 March"])
def test_a_date_of_the_data_is_no_typed_number(tmp_path, words):
    assert find_unbound(tmp_path, f"<p>It was so on {words}.</p>") == []


@pytest.mark.parametrize("words", ["31 March 2026", "30 March 2025", "April 2025", "2019", "2025/26 and 2018/19"])
def test_a_date_that_no_published_file_names_is_found(tmp_path, words):
    found = find_unbound(tmp_path, f"<p>It was so on {words}.</p>")
    assert found
    assert "no published file names that day" in found[0].message


@pytest.mark.parametrize(
    "words", ["stage 2", "Year 11", "the first of them", "up to 5", "Staff away for more than 14 weeks"]
)
def test_a_declared_phrase_or_a_whole_cell_explains_its_number(tmp_path, words):
    assert find_unbound(tmp_path, f"<p>This is {words}.</p>") == []


@pytest.mark.parametrize("words", ["stage 3", "up to 6", "Staff away for more than 15 weeks", "more than 14 weeks"])
def test_a_phrase_that_differs_or_is_cut_explains_nothing(tmp_path, words):
    assert len(find_unbound(tmp_path, f"<p>This is {words}.</p>")) == 1


def test_a_row_explains_what_its_own_line_says_and_nothing_beyond(tmp_path):
    line = f"<tr><th>Bullet 15</th><td>{LINK}</td></tr>"
    assert find_unbound(tmp_path, f"<table>{line}</table>") == []
    assert len(find_unbound(tmp_path, f"<table>{line}<tr><th>Bullet 15</th></tr></table>")) == 1
    assert len(find_unbound(tmp_path, f"<table>{line.replace('15', '16')}</table>")) == 1
    section = (
        '<section class="mc-row" id="new"><p><mark>1,280</mark></p><p>The paper says so in seven places.</p></section>'
    )
    assert find_unbound(tmp_path, section) == []
    assert len(find_unbound(tmp_path, section.replace('"new"', '"old"'))) == 2


@pytest.mark.parametrize("number", ["31 children", "3 children", "15 children", "2025 children", "March has 25"])
def test_the_days_and_the_place_of_a_row_explain_no_number_beside_it(tmp_path, number):
    assert len(find_unbound(tmp_path, f"<p>{LINK} and {number}.</p>")) == 1


def test_a_chart_says_only_rows_of_its_own_table(tmp_path):
    assert find_unbound(tmp_path, CHART) == []
    assert len(find_unbound(tmp_path, CHART.replace("From 1,310", "From 4,711"))) == 1
    assert len(find_unbound(tmp_path, CHART.replace(">1,280</text>", ">1,281</text>"))) == 1
    assert len(find_unbound(tmp_path, CHART.replace('id="table-rate"', 'id="table-other"'))) == 3


def test_the_ticks_of_a_scale_are_even(tmp_path):
    assert len(find_unbound(tmp_path, CHART.replace(">500<", ">600<"))) == 2
    assert len(find_unbound(tmp_path, CHART.replace("(-5,60)", "(-5,50)"))) == 2


def test_the_rows_and_the_size_of_a_file_are_those_of_the_file(tmp_path):
    line = '<ul><li><a href="data/children/children.csv">CSV</a> <span>3 rows, 1 kB</span></li></ul>'
    assert find_unbound(tmp_path, line) == []
    assert len(find_unbound(tmp_path, line.replace("3 rows", "4 rows"))) == 1
    assert len(find_unbound(tmp_path, line.replace("1 kB", "2 kB"))) == 1


@pytest.mark.parametrize(
    ("age", "holds"),
    [
        ("one year and seven months", True),
        ("one year and eight months", False),
        ("two years and seven months", False),
        ("7 months", False),
    ],
)
def test_an_age_is_worked_out_again_from_the_date_beside_it(tmp_path, age, holds):
    found = find_unbound(tmp_path, f"<p>The newest is of 31 March 2025, {age} before this site was built.</p>")
    assert (found == []) == holds


def test_the_length_of_a_span_of_months_is_counted_again(tmp_path):
    assert find_unbound(tmp_path, "<p>It covers January to March 2025 (3 months).</p>") == []
    assert len(find_unbound(tmp_path, "<p>It covers January to March 2025 (4 months).</p>")) == 1


def test_a_line_of_a_publishers_table_stands_so_in_its_file(tmp_path):
    page = "datasets/clubs/index.html"
    table = "<p>Visits of 2 clubs.</p><table><tr><td>North</td><td>310</td><td>2023-Q1</td></tr></table>"
    assert find_unbound(tmp_path, table, page) == []
    assert len(find_unbound(tmp_path, table.replace("310", "311"), page)) == 1
    assert len(find_unbound(tmp_path, table, "datasets/children/index.html")) >= 1


def test_a_summary_counts_the_list_below_it(tmp_path):
    folded = "<details><summary>2 figures</summary><ul><li>One</li><li>Another</li></ul></details>"
    assert find_unbound(tmp_path, folded) == []
    assert len(find_unbound(tmp_path, folded.replace("2 fig", "3 fig"))) == 1


def test_a_warning_explains_its_line_only_where_the_page_tells_warnings(tmp_path):
    told = '<section class="mc-warnings"><p>See line 33.</p></section>'
    assert find_unbound(tmp_path, told) == []
    assert len(find_unbound(tmp_path, told.replace("mc-warnings", "mc-other"))) == 1


def test_a_sentence_on_many_pages_is_one_mistake(tmp_path):
    (found,) = find_unbound(tmp_path, "<p>There are 4,711 of them.</p>", others=("a/index.html", "b/index.html"))
    assert "and on 2 more pages" in found.message
    assert "far" in found.fix  # the row that has this number
    assert found.path == "site/index.html"


def test_a_small_number_is_not_repeated_in_the_message(tmp_path):
    (found,) = find_unbound(tmp_path, "<p>There were 4 children.</p>")
    assert "4" not in found.message


def test_the_numbers_of_a_site_are_counted_by_where_they_come_from(tmp_path):
    find_unbound(tmp_path, f"<p>{LINK} on 31 March 2025, or 99.</p>")
    pages = {"index.html": read_page(tmp_path / "index.html")}
    counts = count_ways(pages, Resolver(read_known(tmp_path)))
    assert counts == {"bound": 1, "date": 2, "unbound": 1}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("?", "3"),
        ("?area=here", "2"),
        ("data/children/measures.csv|?area=there", "2"),
        ("data/children/measures.csv+multiplier", "1"),
        ("?nothing=x", ""),
        ("data/none.csv", ""),
    ],
)
def test_a_tally_counts_the_rows_of_published_files(tmp_path, question, answer):
    find_unbound(tmp_path, "")
    assert make_counter(tmp_path)(question) == answer
