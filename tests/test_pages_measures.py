"""A measure's page: every figure of it, a table a series, and the ways to where it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from make import BUILT, MEASURES, make_dataset, make_htmls, make_plain, make_portal, make_register, make_settings

from portal.figures import derive_figures
from portal.pages.dataset import figures_by_name
from portal.pages.measures import make_measure_pages
from portal.pages.render import make_renderer

PAGE = "measures/in-care/"
TWO_SERIES = "id,series\nours,council-reports\ntheirs,national-statistics\nours-again,council-reports\n"
TEMPLATES = make_settings(Path()).templates_dir / "pages"


def rows_of(html):
    """Caption of a table -> the rows in it."""
    tables = re.findall(r"<caption>(.*?)</caption>(.*?)</table>", html, re.DOTALL)
    return {caption: re.findall(r'data-rows="([^"]+)"', text) for caption, text in tables}


def links_of(html):
    where = html.partition('id="where"')[2].partition("</ul>")[0]
    return re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', where)


def renderer_of(*datasets):
    portal = make_portal(*datasets)
    figures = {d.slug: derive_figures(d, portal.reference) for d in datasets}
    return make_renderer(
        TEMPLATES, portal, figures_by_name(portal.datasets, figures), {}, "Otherton", "31 January 2026", (), BUILT
    )


def test_each_series_has_a_table_of_its_own_and_each_row_stands_in_one(tmp_path):
    html = make_htmls(tmp_path, make_dataset(TWO_SERIES))[PAGE]
    assert rows_of(html) == {
        "Children in care: council management information": ["ours", "ours-again"],
        "Children in care: The ministry official statistics": ["theirs"],
    }


def test_figures_stand_in_order_of_date_and_those_without_one_last(tmp_path):
    rows = "id,period_end,date_status\nsome-day,,not-stated\nnew,2025-03-31,stated\nold,2021-03-31,stated\n"
    ((_, order),) = rows_of(make_htmls(tmp_path, make_dataset(rows))[PAGE]).items()
    assert order == ["old", "new", "some-day"]


def test_figures_and_measures_are_counted(tmp_path):
    htmls = make_htmls(tmp_path, make_dataset(TWO_SERIES + "days,council-reports\n"), make_dataset(
        "id,measure\nwaiting,wait\nspent,spend\n", slug="visits"))  # fmt: skip
    assert 'data-tally="?measure=in-care">4</span> figures, in tables that stand apart' in htmls[PAGE]
    assert "3 measures. Each has a page" in htmls["measures/"]


def test_the_file_is_that_of_the_package(tmp_path):
    html = make_htmls(tmp_path, make_dataset("id\na\n"))[PAGE]
    assert '<a href="../../data/children/children.csv">children.csv</a>' in html


def test_between_two_series_it_is_said_whose_they_are(tmp_path):
    both, one = (make_htmls(tmp_path, make_dataset(text))[PAGE] for text in (TWO_SERIES, "id\na\n"))
    assert "Above: council management information. Below: The ministry official statistics." in both
    assert "Above:" not in one


def test_a_target_is_marked_and_a_blank_is_shown_with_its_meaning(tmp_path):
    rows = "id,kind,value,flags\naim,target,1100,\nempty,actual,x,blank\n"
    html = make_htmls(tmp_path, make_dataset(rows))[PAGE]
    assert rows_of(html) == {"Children in care: council management information": ["aim", "empty"]}
    assert '<span class="mc-kind">target</span>' in html
    assert "[x]</a>" in html
    assert "not available" in html


def test_a_measure_has_its_own_rows_only(tmp_path):
    html = make_htmls(tmp_path, make_dataset("id,measure\na,in-care\nb,wait\n"))
    assert [*rows_of(html["measures/wait/"]).values()] == [["b"]]
    assert sorted(url for url in html if url.startswith("measures/")) == [
        "measures/",
        "measures/in-care/",
        "measures/wait/",
    ]


def test_a_portal_without_rows_has_no_measures_and_no_way_to_them(tmp_path):
    htmls = make_htmls(tmp_path, make_plain("a\n1\n"))
    assert not [url for url in htmls if url.startswith("measures")]
    assert not [url for url, html in htmls.items() if "measures/" in html]


def test_every_name_of_a_measure_leads_to_its_page(tmp_path):
    page = "headline: now\nfigures: [{id: now, rows: [b]}]\ntables: [{id: t, caption: C, series: [{rows: [a]}]}]\n"
    htmls = make_htmls(tmp_path, make_dataset("id,flags\na,\nb,conflict\n", page=page))
    for url in ("datasets/children/", "datasets/children/rows/", "data-quality/", "sources/", "measures/"):
        root = "../" * url.count("/")
        addresses = re.findall(r'class="mc-measure" href="([^"]+)"', htmls[url])
        assert addresses, url
        assert set(addresses) <= {f"{root}{PAGE}", "in-care/"}, url
    assert 'mc-headline__label"><a class="mc-measure"' in htmls["datasets/children/"]
    assert 'class="mc-measure"' not in htmls[PAGE]  # a page is no way to itself


def test_it_lists_the_charts_and_tables_that_show_its_rows_and_no_others(tmp_path):
    page = (
        "charts: [{id: c, form: dates, title: Drawn, subtitle: S, series: [{rows: [a]}]},"
        " {id: d, form: dates, title: Other, subtitle: S, series: [{rows: [w]}]}]\n"
        "tables: [{id: t, caption: Tabled, series: [{where: {measure: in-care}}]}]\n"
    )
    html = make_htmls(tmp_path, make_dataset("id,measure\na,in-care\nb,in-care\nw,wait\n", page=page))[PAGE]
    base = "../../datasets/children/"
    assert links_of(html) == [
        (base, "Page: Children in care"),
        (f"{base}#chart-c", "Chart: Drawn"),
        (f"{base}#table-t", "Table: Tabled"),
        (f"{base}rows/#a", "Each number with its document"),
    ]


def test_it_lists_entries_that_name_one_of_its_rows_or_the_measure_itself(tmp_path):
    risks = make_register(
        "id,title,figures,measure\nfire,Fire,a,\nflood,Flood,,in-care\nboth,Both,a,in-care\nnone,None,w,\n"
    )
    html = make_htmls(tmp_path, make_dataset("id,measure\na,in-care\nw,wait\n"), risks)[PAGE]
    named = [words for _, words in links_of(html) if words.startswith("Risks")]
    assert sorted(named) == ["Risks: Both", "Risks: Fire", "Risks: Flood"]


def test_an_entry_is_reached_in_its_own_package_and_a_row_listed_beside_a_chart_at_that_chart(tmp_path):
    page = (
        "charts: [{id: c, form: steps, title: Drawn, subtitle: S, series: [{label: L, rows: [w]}],"
        " beside: [{row: a, why: another rule}]}]\n"
    )
    risks = make_register("id,title,figures\nfire,Fire,a\n")
    links = links_of(make_htmls(tmp_path, make_dataset("id,measure\na,in-care\nw,wait\n", page=page), risks)[PAGE])
    assert ("../../datasets/risks/rows/#fire", "Risks: Fire") in links
    assert ("../../datasets/children/#chart-c", "Chart: Drawn") in links


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("statistic", "mean", "a mean (what is usually called an average)"),
        ("statistic", "median", "a median (as many are below it as above)"),
        ("stock_or_flow", "stock", "how things stood at one moment"),
        ("stock_or_flow", "flow", "what happened over a stretch of time"),
        ("multiplier", "1000", "children, printed in thousands"),
        ("multiplier", "1000000", "children, printed in millions"),
        ("denominator", "Children, by estimate", "Children, by estimate"),
        ("why_it_matters", "It may be a home.", "<strong>Why it matters.</strong> It may be a home."),
        ("what_it_does_not_tell", "Why.", "<strong>What it does not tell you.</strong> Why."),
    ],
)
def test_what_a_measure_says_of_itself_stands_on_its_page(tmp_path, column, cell, words):
    measures = f'id,label,unit,{column}\nin-care,Children,children,"{cell}"\n'
    html = make_htmls(tmp_path, make_dataset("id,value\na,1\n", measures_csv=measures))[PAGE]
    assert words in html


@pytest.mark.parametrize(
    ("locator", "there", "named"),
    [("scorecard:Care/row:1", True, True), ("scorecard:Care/row:1", False, False), ("§1", True, False)],
)
def test_the_scorecard_is_named_when_there_is_one_and_a_row_stands_in_it(locator, there, named):
    renderer = renderer_of(make_dataset(f"id,locator\na,{locator}\n"))
    page = next(page for page in make_measure_pages(renderer, scorecard=there) if page.url == PAGE)
    assert ("../../scorecard/" in page.html) is named


@pytest.mark.parametrize(
    ("polarity", "words"),
    [("higher", "higher is better"), ("lower", "lower is better"), ("neither", "neither way is better")],
)
def test_what_counts_as_better_is_called_our_rule(tmp_path, polarity, words):
    first, *rest = MEASURES.splitlines()
    measures = "\n".join([f"{first},polarity", *(f"{line},{polarity}" for line in rest)])
    html = make_htmls(tmp_path, make_dataset("id\na\n", measures_csv=measures))[PAGE]
    assert f"<dt>Our rule for what is better</dt><dd>{words}</dd>" in html


def test_what_a_package_says_of_a_measure_is_text(tmp_path):
    first, row, *rest = MEASURES.splitlines()
    measures = "\n".join([f"{first},definition", f"{row},Children <i>under 18</i>", *(f"{line}," for line in rest)])
    html = make_htmls(tmp_path, make_dataset("id\na\n", measures_csv=measures))[PAGE]
    assert "Children &lt;i&gt;under 18" in html


@pytest.mark.parametrize(("count", "folded"), [(5, False), (15, False), (16, True), (30, True)])
def test_a_long_table_waits_behind_its_name(tmp_path, count, folded):
    rows = "id,period\n" + "".join(f"r{n},year {n}\n" for n in range(count))
    html = make_htmls(tmp_path, make_dataset(rows))[PAGE]
    assert ('<details class="mc-fold" id="series-council-reports-table">' in html) is folded


def test_two_series_of_one_kind_are_told_apart_by_their_publications():
    dataset = make_dataset("id,series\na,council-reports\nb,other-reports\n")
    renderer = renderer_of(dataset)
    reference = renderer.portal.reference
    series = {**reference.series, "other-reports": reference.series["council-reports"]}
    portal = replace(renderer.portal, reference=replace(reference, series=series))
    page = next(p for p in make_measure_pages(replace(renderer, portal=portal)) if p.url == PAGE)
    heads = re.findall(r"<h3>(.*?)</h3>", page.html)
    assert all(head.startswith("Council management information: ") for head in heads)
    assert len(heads) == 2
