"""What a long page offers a reader: a finding above a drawing, the table beside it, parts shown or not."""

from __future__ import annotations

import re

from make import make_dataset, make_htmls

from portal.made import Chart
from portal.validate.words import check_words

ROWS = "id,value\nold,1270\nnew,1248\n"
PAGE = """figures: [{id: now, rows: [new]}]
tables: [{id: counts, chart: one-day, caption: Every count, series: [{label: Children, rows: [old, new]}]}]
charts:
  - {id: one-day, form: dates, title: Two counts, subtitle: On one day.,%s series: [{label: A, rows: [old, new]}]}
"""
DRAWN = Chart(
    "one-day", "children", "Two counts", "On one day.", "alt", "source", "<svg/>", "<svg/>", "", b"", ("new",)
)


def dataset_of(finding=""):
    return make_dataset(ROWS, page=PAGE % (f" finding: '{finding}'," if finding else ""))


def page_of(folder, finding="", charts=(DRAWN,)):
    return make_htmls(folder, dataset_of(finding), charts=charts)["datasets/children/"]


def test_what_a_drawing_shows_stands_above_it_with_its_number_bound(tmp_path):
    html = page_of(tmp_path, '{{ number("now") }} children.')
    head = html[html.index('id="chart-one-day"') : html.index("mc-chart__drawing")]
    assert re.search(r'mc-chart__finding"><a class="mc-number" [^>]+data-rows="new">1,248</a> children\.<', head)


def test_a_finding_is_read_as_every_other_sentence():
    told = [(p.code, p.line) for p in check_words(dataset_of('{{ number("nothing") }} children.'))]
    assert ("unknown-figure", 4) in told


def test_without_a_finding_there_is_no_empty_line_above_the_drawing(tmp_path):
    assert "mc-chart__finding" not in page_of(tmp_path)


def test_a_drawing_leads_to_its_table_and_may_be_left_out(tmp_path):
    html = page_of(tmp_path)
    (table,) = re.findall(r'class="mc-chart__table" href="#([^"]+)"', html)
    assert f'id="{table}"' in html
    assert html.index('for="tables-only"') < html.index("mc-chart__drawing") < html.index(f'id="{table}"')


def test_a_page_without_drawings_offers_nothing_to_leave_out(tmp_path):
    assert "tables-only" not in page_of(tmp_path, charts=())


def test_the_list_of_a_page_names_each_drawing_before_what_follows_it(tmp_path):
    html = page_of(tmp_path)
    assert re.findall(r'<li><a href="#(chart-one-day|figures|download)"', html)[0] == "chart-one-day"
