from __future__ import annotations

import re

import pytest
from make import BUILT, COMMON, make_dataset, make_htmls, make_plain, make_portal, make_settings
from markupsafe import Markup

from portal.downloads import make_downloads
from portal.errors import PortalError
from portal.figures import derive_figures
from portal.made import Chart
from portal.pages import Drawings, make_pages
from portal.pages.dataset import figures_by_name
from portal.pages.frametables import frame_table
from portal.pages.render import make_renderer
from portal.pages.tables import observation_table, select_rows, years_of
from portal.pages.wording import locator_words, series_kind

TEMPLATES = COMMON.parents[2] / "site_templates" / "pages"
PAGE = "figures:\n  - {id: now, rows: [new]}\n  - {id: gap, show: change, rows: [old, new]}\n"
TWO_YEARS = "id,value\nold,1270\nnew,1248\n"


def renderer_of(dataset):
    portal = make_portal(dataset)
    named = figures_by_name(portal.datasets, {dataset.slug: derive_figures(dataset, portal.reference)})
    return make_renderer(TEMPLATES, portal, named, {}, "Otherton", "31 January 2026")


@pytest.fixture
def say():
    renderer = renderer_of(make_dataset(TWO_YEARS, page=PAGE))
    return lambda text: str(renderer.sentence(text, "../../", "children", "page.yaml"))


def test_a_number_becomes_a_link_to_its_row(say):
    assert say('{{ number("now") }} children') == (
        '<a class="mc-number" href="../../datasets/children/rows/#new" data-rows="new">1,248</a> children'
    )


def test_a_change_leads_to_its_sum_and_wears_no_stitch_for_it_was_printed_nowhere(say):
    assert say('{{ number("gap") }}') == (
        '<a class="mc-worked" href="../../datasets/children/rows/#change-old-to-new" data-rows="old new">22 fewer</a>'
    )


def test_a_figure_of_another_dataset_is_named_with_it(say):
    assert say('{{ text("children/now") }}, {{ period("now") }}') == "1,248, 31 March 2024"


@pytest.mark.parametrize("text", ['{{ number("nothing") }}', "{{ nothing }}", "{{ figures.nothing.text }}", "{% if %}"])
def test_an_unknown_name_stops(say, text):
    with pytest.raises(PortalError):
        say(text)


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__ }}", "{% include '/etc/passwd' %}"])
def test_a_sentence_cannot_reach_out_of_its_page(say, text):
    with pytest.raises(PortalError):
        say(text)


def test_what_a_data_file_holds_is_escaped_in_a_narrative():
    dataset = make_dataset('id,value,period\nnew,1248,<b>"now"</b>\n', page="figures: [{id: now, rows: [new]}]")
    prose = renderer_of(dataset).prose('In {{ period("now") }}.', "", "children", "narrative.md.j2")
    assert "<b>" not in prose
    assert "&lt;b&gt;" in prose


def test_a_narratives_own_title_goes_since_the_page_has_one():
    prose = renderer_of(make_dataset(TWO_YEARS)).prose("# Title\n\n## Part\n\ntext", "", "children", "narrative.md")
    assert re.findall(r"<h(\d)", prose) == ["3"]


def test_rows_stand_in_order_of_date_and_undated_ones_last():
    dataset = make_dataset(
        "id,period_end,date_status\nnever,,not-stated\nlate,2024-03-31,stated\nearly,2023-03-31,stated\n",
        page="tables: [{id: t, caption: C, series: [{where: {measure: in-care}}, {rows: [late]}]}]",
    )
    assert [row.id for row in select_rows(dataset, dataset.page.tables[0].series)] == ["early", "late", "never"]


def test_a_column_that_is_alike_in_all_rows_is_left_out():
    dataset = make_dataset("id,area\na,otherton\nb,england\n")
    reference = make_portal(dataset).reference
    rows = dataset.observations
    one = observation_table("t", "C", rows[:1], reference, "")
    two = observation_table("t", "C", rows, reference, "")
    assert one.rows[0][0] == "31 March 2024"
    assert [row[0].partition(" <")[0] for row in two.rows] == ["Otherton", "England"]


def test_a_source_that_all_rows_share_is_named_once_below():
    dataset = make_dataset("id,locator\na,§1\nb,§1\nc,§2\n")
    reference = make_portal(dataset).reference
    alike, unlike = (observation_table("t", "C", dataset.observations[:n], reference, "") for n in (2, 3))
    assert [name for name, _ in alike.columns] == ["When", "Children"]
    assert "§1" in alike.note
    assert [name for name, _ in unlike.columns] == ["When", "Children", "Source"]
    assert "§" not in unlike.note


def test_a_flag_that_all_rows_share_is_named_once_below():
    dataset = make_dataset("id,flags\na,conflict;blank\nb,conflict\n")
    table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
    assert [row[0].count("flag-conflict") for row in table.rows] == [0, 0]
    assert [row[0].count("flag-blank") for row in table.rows] == [1, 0]
    assert table.note.count("flag-conflict") == 1


def yearly(areas, years, flags=None):
    """CSV rows of one measure: an area and a year each, all of one source."""
    rows = [(area, year, (flags or {}).get((area, year), "")) for year in years for area in areas]
    lines = [f"{a}-{y},{a},{y}-03-31,31 March {y},{y % 100},{f},why\n" for a, y, f in rows]
    return make_dataset("id,area,period_end,period,value,flags,note\n" + "".join(lines))


def test_a_long_table_of_few_areas_stands_side_by_side_with_its_flags_beside_the_number():
    dataset = yearly(("otherton", "england"), range(2013, 2025), {("otherton", 2020): "conflict"})
    table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
    assert [name for name, _ in table.columns] == ["On 31 March", "Otherton", "England"]
    assert [(row[1].count("flag-conflict"), row[2].count("flag")) for row in table.rows if "2020" in row[0]] == [(1, 0)]


def test_a_short_table_with_a_flag_stands_row_by_row():
    dataset = yearly(("otherton", "england"), (2023, 2024), {("otherton", 2024): "conflict"})
    table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
    assert len(table.rows) == 4


def test_many_areas_have_a_line_each_and_a_column_a_period():
    areas = ("otherton", "england", "third", "fourth", "fifth")
    dataset = yearly(areas, (2023, 2024))
    reference = make_portal(dataset).reference
    table = observation_table("t", "C", dataset.observations, reference, "")
    assert [name for name, _ in table.columns] == ["Where", "2023", "2024"]
    assert "On 31 March of each year" in table.note
    assert [Markup(" ").join(row).striptags() for row in table.rows[:2]] == ["Otherton 23 24", "England 23 24"]
    assert len(table.rows) == 5
    uneven = observation_table("t", "C", dataset.observations[:-1], reference, "")
    assert len(uneven.rows) == 9


def test_a_flag_that_all_figures_of_a_line_wear_stands_at_its_head():
    areas = ("otherton", "england", "third", "fourth", "fifth")
    flags = {("third", 2023): "derived", ("third", 2024): "derived", ("fourth", 2024): "conflict"}
    dataset = yearly(areas, (2023, 2024), flags)
    table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
    assert [cell.count("mc-flag") for cell in table.rows[2]] == [1, 0, 0]
    assert [cell.count("mc-flag") for cell in table.rows[3]] == [0, 0, 1]


@pytest.mark.parametrize(
    ("periods", "names", "head"),
    [
        (["31 March 2023", "31 March 2024"], ["2023", "2024"], "On 31 March"),
        (["year to 1 May 2023", "year to 1 May 2024"], ["2023", "2024"], "Year to 1 May"),
        (["31 March 2023", "30 June 2023"], ["31 March 2023", "30 June 2023"], ""),
        (["31 March 2023", "year to 31 March 2024"], ["31 March 2023", "year to 31 March 2024"], ""),
        (["2022/23", "2023/24"], ["2022/23", "2023/24"], ""),
    ],
)
def test_a_day_that_all_periods_share_is_said_once_and_never_guessed(periods, names, head):
    shown, shared = years_of(periods)
    assert ([shown[period] for period in periods], shared) == (names, head)


def test_a_table_names_the_kind_of_its_figures_unless_its_caption_does():
    dataset = make_dataset("id\na\nb\n")
    reference = make_portal(dataset).reference
    kind = series_kind(reference.series[dataset.observations[0].series])
    plain, named = (observation_table("t", words, dataset.observations, reference, "") for words in ("C", f"C, {kind}"))
    assert kind
    assert f"{kind}. Source:" in plain.note
    assert kind not in named.note


def test_numbers_of_several_units_name_their_own():
    dataset = make_dataset("id,measure,value\na,in-care,5\nb,wait,7\n")
    table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
    assert [Markup(row[1]).striptags() for row in table.rows] == ["5 children", "7 days"]


def test_a_breakdown_is_told_when_it_tells_rows_apart():
    dataset = make_dataset("id,age_group,sex\na,under-five,girls\nb,over-five,girls\n")
    reference = make_portal(dataset).reference
    table = observation_table("t", "C", dataset.observations, reference, "")
    assert [row[0].partition(" <")[0] for row in table.rows] == ["under five", "over five"]
    alone = observation_table("t", "C", dataset.observations[:1], reference, "")
    assert alone.rows[0][0] == "31 March 2024"


def test_rows_that_differ_in_a_breakdown_are_not_laid_side_by_side():
    rows = "id,measure,period,sex\na,in-care,2023,girls\nb,wait,2023,{0}\nc,in-care,2024,girls\nd,wait,2024,{0}\n"
    heads = []
    for sex in ("girls", "boys"):
        dataset = make_dataset(rows.format(sex))
        table = observation_table("t", "C", dataset.observations, make_portal(dataset).reference, "")
        heads.append([name for name, _ in table.columns])
    assert heads[0] == ["When", "Children in care", "Days to a new family"]
    assert heads[1][:2] == ["What and when", "Figure"]


def test_cells_left_blank_stand_in_a_table_of_their_own(tmp_path):
    html = make_htmls(tmp_path, make_dataset("id,value,flags\na,5,\nb,x,blank\nc,x,conflict\n"))["datasets/children/"]
    tables = dict(re.findall(r'<details class="mc-fold" id="(table-\w+)">(.*?)</details>', html, re.DOTALL))
    assert {name: re.findall(r'data-rows="([^"]+)"', text) for name, text in tables.items()} == {
        "table-other": ["a", "c"],
        "table-blank": ["b"],
    }


def test_a_row_of_a_lane_and_one_beside_a_chart_stand_in_the_table_of_their_chart_alone(tmp_path):
    page = (
        "charts: [{id: lanes, form: strip, title: T, subtitle: S, lanes: [{label: L, series: [{rows: [a]}]}]},"
        " {id: steps, form: steps, title: T, subtitle: S, series: [{label: L, rows: [b]}],"
        " beside: [{row: c, why: another rule}]}]\n"
    )
    dataset = make_dataset("id,value\na,1\nb,2\nc,3\nd,4\n", page=page)
    charts = tuple(
        Chart(name, "children", "T", "S", "alt", "source", "<svg/>", "<svg/>", "<svg/>", b"", ())
        for name in ("lanes", "steps")
    )
    html = make_htmls(tmp_path, dataset, charts=charts)["datasets/children/"]
    tables = [re.findall(r'data-rows="([^"]+)"', table) for table in re.findall(r"<table.*?</table>", html, re.DOTALL)]
    assert [rows for rows in tables if rows] == [["a"], ["b", "c"], ["d"]]


MISMATCH = "checks: [{id: c, restates: [a, b], mismatch: The paper prints both., makes: '1, not 2'}]"


def test_a_known_mismatch_stands_beside_each_of_its_figures_and_once_among_all(tmp_path):
    one = make_dataset("id,value,flags\na,1,conflict\nz,7,\n", page=MISMATCH)
    other = make_dataset("id,value\nb,2\n", slug="other")
    html = make_htmls(tmp_path, one, other)
    said = {url: text.count("The paper prints both.") for url, text in html.items()}
    assert {url: count for url, count in said.items() if count} == {
        "data-quality/": 1,
        "datasets/children/": 1,
        "datasets/children/rows/": 1,
        "datasets/other/rows/": 1,
    }


def test_checks_that_hold_are_counted_for_each_dataset(tmp_path):
    page = "checks: [{id: one, restates: [a, a]}, {id: two, restates: [a, a]}, "
    page += "{id: x, restates: [a, b], mismatch: M, makes: '1, not 2'}]"
    html = make_htmls(tmp_path, make_dataset("id,value\na,1\nb,2\n", page=page))["data-quality/"]
    assert re.search(r'Children in care</a>: <span class="mc-worked" data-sums="[^"]+">2</span>', html)


def test_why_a_table_is_no_chart_stands_among_what_is_not_drawn(tmp_path):
    page = "tables: [{id: t, caption: C, no_chart: One day is no line., series: [{rows: [a]}]}]"
    with_reason, without = (
        make_htmls(tmp_path, make_dataset("id\na\n", page=text))["data-quality/"] for text in (page, "")
    )
    assert "One day is no line." in with_reason
    assert 'id="undrawn"' in with_reason
    assert "One day is no line." not in without


def test_a_long_table_shows_a_hundred_rows_and_says_so():
    short, long = (make_plain("n\n" + "1\n" * rows).resources[0] for rows in (100, 1500))
    assert (len(frame_table(short).rows), frame_table(short).note) == (100, "")
    table = frame_table(long)
    assert (len(table.rows), table.note) == (100, "The first 100 of 1,500 rows; the file has them all.")


def test_a_cell_of_a_plain_table_is_escaped_and_an_empty_one_says_so():
    ((markup, empty),) = frame_table(make_plain("a,b\n<b>1</b>, \n").resources[0]).rows
    assert markup == "&lt;b&gt;1&lt;/b&gt;"
    assert "no entry" in empty


def test_numbers_stand_on_the_right():
    table = frame_table(make_plain("name,visits\na,1\n", types={"visits": "integer"}).resources[0])
    assert table.columns == (("name", False), ("visits", True))


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ("§3.1", "§3.1"),
        ("§2.1/table/row:Total/col:FTE", "§2.1"),
        ("scorecard:Permanence/row:3/col:Latest", "scorecard, Permanence"),
        ("slide:Themes", "slide “Themes”"),
        ("slide:What young people told the council they want", "slides"),
        ("heading:Risk Register/table/row:1", "“Risk Register”"),
        ("heading:Delivery Plan Number Five and its Register", ""),
        ("row:14", ""),
    ],
)
def test_a_locator_is_said_in_words(locator, words):
    assert locator_words(locator) == words


def test_every_row_of_a_dataset_stands_in_some_table_of_its_page(tmp_path):
    page = (
        PAGE + "charts: [{id: c, form: dates, title: T, subtitle: S, series: [{rows: [old]}]}]\n"
        "tables: [{id: t, caption: C, series: [{rows: [new]}]}]\n"
    )
    dataset = make_dataset("id,value\nold,1270\nnew,1248\nother,9\nblank,x\n", page=page)
    chart = Chart("c", "children", "T", "S", "alt", "source", "<svg/>", "<svg/>", "<svg/>", b"", ("old",))
    html = make_htmls(tmp_path, dataset, charts=(chart,))["datasets/children/"]
    tables = " ".join(re.findall(r"<table.*?</table>", html, re.DOTALL))
    assert sorted(re.findall(r'data-rows="([^"]+)"', tables)) == ["blank", "new", "old", "other"]


def test_each_row_has_a_place_of_its_own(tmp_path):
    html = make_htmls(tmp_path, make_dataset(TWO_YEARS))["datasets/children/rows/"]
    assert re.findall(r'<section class="mc-row" id="([^"]+)"', html) == ["old", "new"]


def test_a_plain_package_gets_a_page_and_no_page_of_rows(tmp_path):
    pages = make_htmls(tmp_path, make_plain('name,visits\n<i>"a"</i>,1\n'))
    assert "datasets/visits/rows/" not in pages
    assert "&lt;i&gt;" in pages["datasets/visits/"]
    assert "<i>" not in pages["datasets/visits/"]


def test_a_home_figure_that_no_dataset_has_stops(tmp_path):
    portal = make_portal(make_plain("a\n1\n"))
    settings = make_settings(tmp_path, home={"headline": "visits/none"})
    with pytest.raises(PortalError, match="which no dataset has"):
        make_pages(portal, {}, {}, Drawings(), make_downloads(portal, {}, BUILT), (), settings, BUILT)


def test_what_a_descriptor_says_is_text_and_never_markup(tmp_path):
    dataset = make_plain("a\n1\n", description="<5 hidden <meta http-equiv=refresh content='0;url=//elsewhere'> & more")
    for html in make_htmls(tmp_path, dataset).values():
        assert "<meta" not in html
        assert "<5" not in html


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ("period_end,period\na,2016-12-31,December 2016\n", "The newest figure is of December 2016, which ended nine"),
        ("period_end,date_status\na,,not-stated\n", "The figures carry no date"),
        ("period_end,kind,period\na,2016-12-31,target,2016\n", ""),  # a target says nothing of how far a record goes
    ],
)
def test_an_old_page_says_how_far_its_record_goes(tmp_path, columns, words):
    rows = f"id,period_start,{columns}".replace("\na,", "\na,2016-01-01,")
    html = make_htmls(tmp_path, make_dataset(rows))["datasets/children/"]
    assert ("mc-newest" in html) == bool(words)
    assert words in html
