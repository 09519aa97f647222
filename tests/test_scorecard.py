"""The scorecard: a view over rows, the verdict of our rule, the direction that a new month gives, page and file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from make import (
    BUILT,
    make_dataset,
    make_htmls,
    make_portal,
    make_reference,
    make_register,
    make_row,
    make_settings,
    write_portal,
)

from portal.charts import draw_score_strip
from portal.downloads import make_downloads
from portal.errors import PortalError
from portal.load import load_portal
from portal.model import OBSERVATION_COLUMNS, Dataset, Portal
from portal.pages import Drawings, make_pages
from portal.pages.scoreline import link_printed, own_direction
from portal.pipeline import build, newest_date
from portal.policy import Policy, rules_said
from portal.scorecard import Row, read_editions
from portal.settings import load_settings
from portal.validate import check_scorecard
from portal.verify import check_site

MEASURES = """id,label,plain_label,unit,statistic,stock_or_flow,subject,polarity
in-time,Checks in time,Checks made in time,percent,share,flow,other,higher
late,Late visits,Visits that were late,visits,count,stock,other,lower
rate,Children in care per 10000,Children in care for every 10,per-10000-children,rate,stock,children,neither
number,Children in care,Children in care,children,count,stock,children,neither
excluded,Exclusions,Times a child was shut out,exclusions,count,flow,other,lower
"""
MEASURES = MEASURES.replace("for every 10,per", "for every ten thousand,per")
AREAS = {
    "england": {"name": "England", "type": "country"},
    "peers": {"name": "Councils like ours, chosen", "type": "group"},
    "north": {"name": "North", "type": "region"},
}


def scorecard(text: str, slug: str = "children") -> Dataset:
    """Rows given as `id,measure,kind,area,value,direction,flags,head` and more; PANEL and line come from `place`."""
    given = list(csv.DictReader(io.StringIO(text)))
    rows = []
    for row in given:
        place = row.pop("place", "") or "Work/row:1"
        head = row.pop("head")
        locator = f"scorecard:{place}" + (f"/col:{head}" if head else "")
        when = {"period_start": "2024-03-01", "period_end": "2024-03-31", "period": "March 2024", "basis": "month"}
        if row.get("kind") == "target":
            when |= {"period_start": "", "period_end": "", "period": "no date", "date_status": "not-stated"}
        rows.append({**when, **{k: v for k, v in row.items() if v}, "locator": locator})
        if not rows[-1].get("value"):
            rows[-1] |= {"value": "x", "flags": "blank", "printed": ""}
    names = list(dict.fromkeys(["area", "kind", "value", *(name for row in rows for name in row)]))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({"area": "otherton", "kind": "actual", "value": "", **row} for row in rows)
    return make_dataset(out.getvalue(), slug=slug, measures_csv=MEASURES)


def with_areas(*datasets: Dataset) -> Portal:
    portal = make_portal(*datasets)
    return replace(portal, reference=replace(portal.reference, areas={**portal.reference.areas, **AREAS}))


def only_row(text: str) -> Row:
    (edition,) = read_editions(with_areas(scorecard(text)), {})
    (row,) = edition.rows
    return row


def judged(figure: str, target: str, measure: str = "in-time", flags: str = "") -> str:
    return only_row(
        f"id,measure,kind,value,head,flags\na,{measure},actual,{figure},Latest,\nb,{measure},target,{target},Target,{flags}\n"
    ).verdict


def pages_of(portal: Portal, folder: Path, **facts: object) -> dict[str, str]:
    files = make_downloads(portal, {}, BUILT, facts.get("scorecard"))
    settings = make_settings(folder, arrow_note="", **facts)
    made = make_pages(portal, {}, {}, Drawings(line=draw_score_strip), files, (), settings, BUILT)
    return {page.url: page.html for page in made}


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


# Editions, panels, rows


def test_a_cell_is_known_by_its_kind_and_area_whatever_its_heading_says():
    row = only_row(
        "id,measure,kind,area,value,head\n"
        "a,in-time,actual,otherton,80,Our result\n"
        "b,in-time,target,otherton,90,Ambition\n"
        "c,in-time,actual,peers,70,Family of councils\n"
        "d,in-time,actual,north,71,Area\n"
        "e,in-time,actual,england,72,All\n"
    )
    assert [(cell.head, cell.role) for cell in row.cells] == [
        ("Our result", "figure"),
        ("Ambition", "target"),
        ("Family of councils", "group"),
        ("Area", "region"),
        ("All", "country"),
    ]


def test_a_row_leads_with_the_figure_that_its_target_is_for():
    row = only_row(
        "id,measure,kind,value,head\na,late,actual,28,No\nb,in-time,actual,8,%\nc,in-time,target,10,Target\n"
    )
    assert row.figure
    assert row.target
    assert (row.figure.row.id, row.target.row.id, [cell.row.id for cell in row.beside]) == ("b", "c", ["a"])


def test_without_a_target_a_row_leads_with_what_the_comparison_is_for():
    row = only_row(
        "id,measure,area,value,head\na,number,otherton,1203,Number\nb,rate,otherton,103,Latest\nc,rate,peers,93,SN\n"
    )
    assert row.figure
    assert row.figure.row.id == "b"


def test_a_row_of_several_figures_leads_with_the_number_before_the_percentage():
    row = only_row("id,measure,value,head\na,in-time,8,%\nb,late,28,No\n")
    assert row.figure
    assert row.figure.row.id == "b"


def test_the_target_of_a_row_is_the_one_for_its_figure():
    row = only_row(
        "id,measure,kind,value,head\na,late,actual,8,No\nb,in-time,target,90,Other\nc,late,target,5,Target\n"
    )
    assert row.target
    assert row.target.row.id == "c"


def test_what_is_expected_is_neither_the_councils_figure_nor_a_comparison():
    row = only_row("id,measure,kind,value,head\na,late,forecast,9,Latest\nb,late,actual,8,No\n")
    assert [(cell.row.id, cell.role) for cell in row.cells] == [("a", "other"), ("b", "figure")]
    assert row.figure
    assert row.figure.row.id == "b"


def test_the_council_is_the_place_named_most_often_and_a_neighbour_stands_beside_it():
    text = "id,measure,area,value,head,place\na,in-time,ayton,70,Neighbour,\nb,in-time,otherton,80,Latest,\n"
    (edition,) = read_editions(with_areas(scorecard(f"{text}c,late,otherton,8,No,Work/row:2\n")), {})
    assert [cell.role for cell in edition.rows[0].cells] == ["region", "figure"]


def test_a_combined_authority_is_shown_as_a_region():
    portal = with_areas(scorecard("id,measure,area,value,head\na,late,otherton,8,No\nb,late,wide,9,GM\n"))
    wide = {"wide": {"name": "Wide", "type": "combined-authority"}}
    portal = replace(portal, reference=replace(portal.reference, areas={**portal.reference.areas, **wide}))
    assert [cell.role for cell in read_editions(portal, {})[0].rows[0].cells] == ["figure", "region"]


def test_the_month_of_a_scorecard_is_that_of_the_councils_own_figures():
    text = "id,measure,area,value,head,period_end\na,late,otherton,8,No,2024-03-31\nb,late,england,9,All,2024-06-30\n"
    assert read_editions(with_areas(scorecard(text)), {})[0].month_words == "March 2024"


def test_rows_stand_in_the_printed_order_and_panels_in_that_of_mkdocs():
    text = "id,measure,value,head,place\na,late,30,No,Zoo/row:10\nb,late,20,No,Zoo/row:2\nc,late,10,No,Ant/row:1\n"
    text += "d,late,11,No,New/row:1\n"
    (edition,) = read_editions(
        make_portal(scorecard(text)), {"panels": [{"name": "Ant", "title": "Ants"}, {"name": "Zoo"}]}
    )
    assert [panel.title for panel in edition.panels] == ["Ants", "Zoo", "New"]
    assert [row.id for row in edition.rows] == ["ant-1", "zoo-2", "zoo-10", "new-1"]


def test_a_figure_without_a_line_of_its_own_is_not_lost():
    (edition,) = read_editions(make_portal(scorecard("id,measure,value,head,place\na,late,30,,Money\n")), {})
    assert [row.id for row in edition.rows] == ["money-late"]


def test_rows_of_several_packages_make_one_scorecard():
    one = scorecard("id,measure,value,head\na,late,30,No\n")
    other = scorecard("id,measure,kind,value,head\nb,late,target,20,Target\n", slug="visits")
    (edition,) = read_editions(make_portal(one, other), {})
    assert [row.verdict for row in edition.rows] == ["misses"]


# Our rule


@pytest.mark.parametrize(
    ("figure", "target", "measure", "flags", "verdict"),
    [
        ("90", "90", "in-time", "", "meets"),
        ("89.9", "90", "in-time", "", "misses"),
        ("5", "5", "late", "", "meets"),
        ("6", "5", "late", "", "misses"),
        ("0", "0", "late", "", "meets"),
        ("103", "90", "rate", "", "neither"),
        ("80", "", "in-time", "", "no-target"),
        ("", "90", "in-time", "", "no-figure"),
        ("80", "90", "in-time", "ambiguous", "unclear"),
        ("80", "90", "in-time", "undated", "misses"),
    ],
)
def test_the_verdict_follows_polarity_and_nothing_else(figure, target, measure, flags, verdict):
    assert judged(figure, target, measure, flags) == verdict


@pytest.mark.parametrize(
    ("cell", "flag", "verdict"),
    [
        ("figure", "implausible", "unclear"),
        ("figure", "conflict", "unclear"),
        ("figure", "ambiguous", "misses"),
        ("target", "implausible", "unclear"),
        ("target", "conflict", "unclear"),
    ],
)
def test_nobody_is_judged_by_a_figure_or_target_in_doubt(cell, flag, verdict):
    flags = {"figure": "", "target": "", cell: flag}
    rows = f"id,measure,kind,value,head,flags\na,late,actual,6,No,{flags['figure']}\n"
    assert only_row(f"{rows}b,late,target,5,Target,{flags['target']}\n").verdict == verdict


def test_of_two_printed_targets_neither_judges():
    rows = "id,measure,kind,value,head\na,late,actual,6,No\nb,late,target,5,Target\nc,late,target,7,New target\n"
    assert only_row(rows).verdict == "unclear"


def test_the_printed_arrow_has_no_part_in_the_verdict():
    rows = "id,measure,kind,value,head,direction\na,late,actual,6,No,{}\nb,late,target,5,Target,\n"
    assert {only_row(rows.format(arrow)).verdict for arrow in ("up", "down", "same", "n/a")} == {"misses"}


def test_a_figure_that_is_not_exact_or_a_target_for_something_else_is_not_judged():
    about = "id,measure,kind,value,head,qualifier\na,late,actual,6,No,about\nb,late,target,5,Target,exact\n"
    other = "id,measure,kind,value,head\na,late,actual,6,No\nb,in-time,target,5,Target\n"
    basis = "id,measure,kind,value,head,basis\na,late,actual,6,No,month\nb,late,target,5,Target,financial-year\n"
    assert [only_row(text).verdict for text in (about, other, basis)] == ["unlike"] * 3


# Directions


def two_months(measure: str, before: str, after: str, **columns: str) -> Row:
    rest = "".join(f",{value}" for value in columns.values())
    text = f"id,measure,value,head,source,period_start,period_end,period{''.join(f',{c}' for c in columns)}\n"
    text += f"a,{measure},{before},Latest,annual-report-2024,2024-02-01,2024-02-29,February 2024{rest}\n"
    text += f"b,{measure},{after},Latest,march-paper,2024-03-01,2024-03-31,March 2024{rest}\n"
    newest = read_editions(make_portal(scorecard(text)), {})[0]
    return newest.rows[0]


def test_the_newest_document_is_shown_and_looks_back_to_the_one_before():
    row = two_months("rate", "103", "105")
    assert row.figure
    assert row.before
    assert (row.figure.row.id, row.before.id) == ("b", "a")


@pytest.mark.parametrize(
    ("columns", "measure"),
    [
        ({"basis": "year-to-date"}, "excluded"),
        ({"basis": "part-year"}, "excluded"),
        ({"flags": "b"}, "late"),
        ({"qualifier": "about"}, "late"),
    ],
)
def test_no_direction_where_two_figures_do_not_tell_one(columns, measure):
    assert two_months(measure, "30", "39", **columns).before is None


def test_a_share_of_the_year_so_far_may_go_either_way():
    assert two_months("in-time", "80", "70", basis="year-to-date").before


def test_no_direction_from_a_figure_that_was_in_doubt_a_month_before():
    text = "id,measure,value,head,source,period_end,flags\na,late,30,No,annual-report-2024,2024-02-29,implausible\n"
    text += "b,late,20,No,march-paper,2024-03-31,\n"
    assert read_editions(make_portal(scorecard(text)), {})[0].rows[0].before is None


def test_no_direction_between_two_papers_of_one_day():
    text = "id,measure,value,head,source\na,late,30,No,annual-report-2024\nb,late,31,No,march-paper\n"
    assert read_editions(make_portal(scorecard(text)), {})[0].rows[0].before is None


def test_a_third_month_looks_back_to_the_second():
    text = (
        "id,measure,value,head,source,period_end\na,late,30,No,january,2024-01-31\nb,late,31,No,february,2024-02-29\n"
    )
    row = read_editions(make_portal(scorecard(f"{text}c,late,32,No,march,2024-03-31\n")), {})[0].rows[0]
    assert row.before
    assert row.before.id == "b"


def test_a_figure_of_another_kind_gives_no_direction():
    text = "id,measure,value,head,source,period_end,basis\na,late,30,No,annual-report-2024,2024-02-29,month\n"
    text += "b,late,20,No,march-paper,2024-03-31,half-term\n"
    assert read_editions(make_portal(scorecard(text)), {})[0].rows[0].before is None


# The page

PAGE = """id,measure,kind,area,value,direction,flags,head,place
a,in-time,actual,otherton,90,up,,Latest,
b,in-time,target,otherton,85,,,Target,
c,in-time,actual,peers,70,,,SN,
d,in-time,actual,england,,,,National,
e,rate,actual,otherton,103,down,,Latest,Work/row:2
f,rate,target,otherton,90,,,Target,Work/row:2
"""


def test_every_cell_is_on_the_page_once(tmp_path):
    html = pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    assert [html.count(f'rows/#{name}"') for name in "abcdef"] == [1] * 6


def test_a_blank_is_said_to_be_blank_and_names_its_row(tmp_path):
    html = pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    assert re.search(r'Left blank: <a [^>]*data-blank="d">England</a>', html)


def test_a_verdict_is_a_shape_with_words_and_an_arrow_is_given_with_its_word(tmp_path):
    html = pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    text = words_of(html)
    assert "Meets target Higher is better" in text
    assert "Neither way is better A target is printed; we judge nothing by it" in text
    assert "Printed arrow: up" in text
    assert "Printed arrow: down" in text


def test_the_head_counts_the_verdicts_from_their_rows(tmp_path):
    html = pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    assert '<span class="mc-worked" data-count="meets" data-rows="a">1</span> meet' in html
    assert '<a href="#work-1">Checks made in time</a>' in html


def test_a_new_month_shows_the_direction_that_we_worked_out_beside_the_printed_one(tmp_path):
    older = scorecard("id,measure,value,head\na,late,30,No\n")
    text = "id,measure,value,head,direction,source,period_end,period\n"
    newer = scorecard(f"{text}b,late,36,No,down,march-paper,2024-04-30,April 2024\n", "new")
    portal = make_portal(older, newer)
    sources = {**portal.reference.sources, "march-paper": portal.reference.sources["annual-report-2024"]}
    portal = replace(portal, reference=replace(portal.reference, sources=sources))
    pages = pages_of(portal, tmp_path)
    html = pages["scorecard/"]
    assert "The scorecard, April 2024" in html
    assert "Printed arrow: down Up from 30 (March 2024), worse by our rule" in words_of(html)
    (place,) = re.findall(r'<a class="mc-worked" href="\.\./(\S+)#change-a-to-b" data-rows="a b">Up</a>', html)
    assert 'id="change-a-to-b"' in pages[place]


def test_the_home_page_leads_to_the_scorecard_of_a_portal_that_has_one(tmp_path):
    home = pages_of(with_areas(scorecard(PAGE)), tmp_path)[""]
    assert 'class="mc-door" href="scorecard/"' in home
    assert re.findall(r'data-tally="[^"]*&amp;verdict=(\w+)">(\d+)<', home) == [("meets", "1"), ("misses", "0")]


def test_a_portal_without_a_scorecard_has_no_page_file_or_word_of_it(tmp_path):
    htmls = make_htmls(tmp_path, make_dataset("id,value\na,1248\n"))
    files = make_downloads(make_portal(make_dataset("id,value\na,1248\n")), {}, BUILT)
    assert "scorecard/" not in htmls
    assert not any("scorecard" in html for html in htmls.values())
    assert "data/scorecard.csv" not in {file.path for file in files}


def line_of(text: str, folder: Path) -> str:
    """The words of the one line of a scorecard."""
    html = pages_of(with_areas(scorecard(text)), folder)["scorecard/"]
    (line,) = re.findall(r'<tr class="mc-score__row".*?</tr>', html, re.DOTALL)
    return str(line)


@pytest.mark.parametrize(
    ("measure", "before", "after", "said"),
    [
        ("late", "30", "36", "Up from 30 (February 2024), worse by our rule"),
        ("late", "36", "30", "Down from 36 (February 2024), better by our rule"),
        ("in-time", "30", "36", "Up from 30% (February 2024), better by our rule"),
        ("in-time", "36", "30", "Down from 36% (February 2024), worse by our rule"),
        ("late", "30", "30", "No change from 30 (February 2024)"),
        ("rate", "103", "105", "Up from 103 (February 2024)"),
    ],
)
def test_our_own_direction_is_better_or_worse_only_where_our_rule_says_so(measure, before, after, said):
    row = two_months(measure, before, after)
    assert words_of(str(own_direction(row, "../"))) == said


def test_a_figure_for_another_time_than_the_month_says_so(tmp_path):
    head = "id,measure,value,head,period,basis,place\n"
    text = f"{head}a,late,30,No,March 2024,month,Work/row:1\nb,excluded,7,No,2023/24 so far,year-to-date,Work/row:2\n"
    text = words_of(pages_of(with_areas(scorecard(text)), tmp_path)["scorecard/"])
    assert "year to date · 2023/24 so far" in text
    assert "· March 2024" not in text


def test_lines_of_one_measure_are_told_apart_by_their_groups(tmp_path):
    head = "id,measure,value,head,stage,place\n"
    text = f"{head}a,late,30,No,first-visit,Work/row:1\nb,late,20,No,second-visit,Work/row:2\n"
    one, two = (
        pages_of(with_areas(scorecard(rows)), tmp_path)["scorecard/"] for rows in (text.rpartition("b,")[0], text)
    )
    assert "Visits that were late: first visit" in words_of(two)
    assert "Visits that were late: second visit" in words_of(two)
    assert "first visit" not in words_of(one)


@pytest.mark.parametrize(
    ("value", "flags", "printed", "words"),
    [("x", "blank", "", "left blank"), ("c", "", "", "[c]"), ("x", "", "n/k", "n/k"), ("5", "", "5", "5")],
)
def test_a_cell_without_a_figure_says_why(value, flags, printed, words):
    row = make_row(id="a", value=value, flags=flags, printed=printed)
    assert f'data-rows="a">{words}</a>' in link_printed(row, make_reference(), "../")


def test_a_verdict_names_the_rows_it_was_worked_out_from_and_no_blank(tmp_path):
    rows = "id,measure,kind,value,head\na,late,actual,6,No\nb,late,target,{},Target\n"
    assert 'data-verdict="misses" data-figures="a b"' in line_of(rows.format(5), tmp_path)
    assert 'data-verdict="no-target" data-figures="a"' in line_of(rows.format(""), tmp_path)


def test_a_forecast_in_a_line_is_called_one(tmp_path):
    line = line_of("id,measure,kind,value,head\na,late,actual,6,No\nb,late,forecast,5,Year end\n", tmp_path)
    assert "Year end (forecast): 5 visits" in words_of(line)


def test_a_flag_of_all_targets_is_said_at_the_head_and_one_of_a_panel_there(tmp_path):
    head = "id,measure,kind,value,head,flags,place\n"
    text = f"{head}a,late,actual,6,No,conflict,Work/row:1\nb,late,target,5,Target,derived,Work/row:1\n"
    text += "c,in-time,actual,6,%,conflict,Work/row:2\nd,in-time,target,5,Target,derived,Work/row:2\n"
    html = pages_of(with_areas(scorecard(text)), tmp_path)["scorecard/"]
    assert re.search(r'Every target: <a class="mc-flag" href="../data-quality/#flag-derived"', html)
    assert re.search(r'Every line here: <a class="mc-flag" href="../data-quality/#flag-conflict"', html)
    assert (html.count("#flag-derived"), html.count("#flag-conflict")) == (1, 1)


def test_a_blank_cell_is_told_where_it_stands_and_not_by_a_flag_of_its_line(tmp_path):
    assert "#flag-blank" not in pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]


JUDGED = """id,measure,kind,value,flags,head,place
a,late,actual,6,,No,Work/row:1
b,late,target,5,,Target,Work/row:1
c,in-time,actual,91,,%,Work/row:2
d,in-time,target,90,,Target,Work/row:2
e,late,actual,3,conflict,No,More/row:1
f,late,target,5,,Target,More/row:1
g,in-time,actual,3,,%,More/row:2
h,late,target,5,,Target,More/row:2
"""


def test_each_verdict_has_its_words_at_the_line_and_in_the_head(tmp_path):
    html = pages_of(with_areas(scorecard(JUDGED)), tmp_path)["scorecard/"]
    said = re.findall(r'data-verdict="([a-z-]+)"[^>]*>(?:<svg.*?</svg>)?\s*([^<]+)</span>', html)
    assert said == [
        ("misses", "Misses target"),
        ("meets", "Meets target"),
        ("unclear", "Not judged: what is printed is unclear"),
        ("unlike", "Not judged: the target is not for this figure"),
    ]
    head = words_of(html)
    for words in ("1 meet their target", "1 miss their target", "1 are not judged: what is printed is unclear"):
        assert words in head
    met = html[html.index('id="met"') : html.index('id="missed"')]
    assert re.findall(r'href="#([^"]+)"', met) == ["work-2"]


def test_the_key_names_the_places_whose_marks_are_drawn(tmp_path):
    html = pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    (key,) = re.findall(r'<ul class="mc-key[^"]*">(.*?)</ul>', html, re.DOTALL)
    assert words_of(key.replace("</li>", "; ")) == "Otherton; Target; Councils like ours;"


def test_the_dates_of_a_scorecard_are_those_of_its_own_document(tmp_path):
    entries = "id,title,date_start,date_end,precision,role,source,locator\n"
    entries += "a,Last updated,2024-03-09,2024-03-09,day,happened,annual-report-2024,scorecard:Work\n"
    entries += "b,Last seen,2023-03-09,2023-03-09,day,happened,another-paper,scorecard:Work\n"
    entries += "c,Last said,2022-03-09,2022-03-09,day,happened,annual-report-2024,§4\n"
    register = make_register(entries, page="registers: [{resource: risks, caption: Dates, form: table, columns: [id]}]")
    portal = with_areas(scorecard(PAGE), register)
    sources = {**portal.reference.sources, "another-paper": portal.reference.sources["annual-report-2024"]}
    portal = replace(portal, reference=replace(portal.reference, sources=sources))
    html = pages_of(portal, tmp_path)["scorecard/"]
    (dates,) = re.findall(r'<p class="mc-score__dates">(.*?)</p>', html)
    assert 'Last updated: <a class="mc-entry" href="../datasets/risks/rows/#a">9 March 2024</a>' in dates
    assert "Last seen" not in dates
    assert "Last said" not in dates


def test_the_file_is_offered_with_the_number_of_its_cells(tmp_path):
    assert (
        "Every cell, with its place in the paper. CSV, 6 rows, "
        in pages_of(with_areas(scorecard(PAGE)), tmp_path)["scorecard/"]
    )


def test_a_flag_that_nearly_every_line_wears_is_said_once_with_the_lines_that_do_not(tmp_path):
    head = "id,measure,kind,value,flags,head,place\n"
    lines = [f"r{n},in-time,actual,{n + 50},{'' if n == 2 else 'conflict'},No,Work/row:{n}\n" for n in range(1, 6)]
    html = pages_of(with_areas(scorecard(head + "".join(lines))), tmp_path)["scorecard/"]
    assert html.count("flag-conflict") == 1
    assert re.search(r'Every line here, except <a href="#([^"]+)">', html)
    few = [line.replace("conflict", "") if n < 3 else line for n, line in enumerate(lines)]
    html = pages_of(with_areas(scorecard(head + "".join(few))), tmp_path / "few")["scorecard/"]
    assert html.count("flag-conflict") == 2


# The strip


def test_a_strip_runs_from_0_to_the_largest_of_its_row():
    row = only_row("id,measure,kind,value,head\na,late,actual,50,No\nb,late,target,100,Target\n")
    svg = draw_score_strip(row)
    assert 'cx="80"' in svg  # half of the way
    assert "M153,0" in svg  # the end


def test_a_figure_beyond_its_target_ends_the_scale_itself():
    svg = draw_score_strip(only_row("id,measure,kind,value,head\na,late,actual,100,No\nb,late,target,50,Target\n"))
    assert 'cx="153"' in svg
    assert "M80,0" in svg  # the target, half of the way


def test_comparisons_that_would_cover_each_other_hang_on_two_lanes():
    rows = "id,measure,area,value,head\na,late,otherton,90,No\nb,late,peers,{},SN\nc,late,england,76,National\n"
    close, far = (draw_score_strip(only_row(rows.format(number))) for number in (75, 20))
    assert 'height="38"' in close
    assert 'height="28"' in far


@pytest.mark.parametrize(
    "text",
    [
        "id,measure,value,head\na,late,50,No\n",
        "id,measure,kind,value,head\na,late,actual,-5,No\nb,late,target,3,Target\n",
        "id,measure,kind,value,head\na,late,actual,,No\nb,late,target,3,Target\n",
        "id,measure,kind,value,head\na,late,actual,50,No\nb,in-time,target,3,Target\n",
    ],
)
def test_nothing_is_drawn_where_there_is_nothing_to_compare_or_less_than_nothing(text):
    assert draw_score_strip(only_row(text)) == ""


# The file


def test_the_file_holds_each_cell_of_the_page_as_its_package_does(tmp_path):
    portal = with_areas(scorecard(PAGE))
    files = {file.path: file.content for file in make_downloads(portal, {}, BUILT)}
    rows = list(csv.DictReader(io.StringIO(files["data/scorecard.csv"].decode())))
    html = pages_of(portal, tmp_path)["scorecard/"]
    packaged = {o.id: (o.printed, o.text, o.direction, o.locator) for d in portal.datasets for o in d.observations}
    assert {r["id"]: (r["printed"], r["value"], r["direction"], r["locator"]) for r in rows} == packaged
    assert set(re.findall(r'rows/#([^"]+)"', html)) == {row["id"] for row in rows}
    assert {r["id"]: r["verdict"] for r in rows if r["verdict"]} == {"a": "meets", "e": "neither"}
    assert b"  data/scorecard.csv\n" in files["checksums.txt"]


def test_the_file_names_the_month_the_panel_as_printed_and_the_group(tmp_path):
    portal = make_portal(scorecard("id,measure,value,head,stage\na,late,30,No,first-visit\n"))
    words = {"panels": [{"name": "Work", "title": "How the work is done"}]}
    files = {file.path: file.content for file in make_downloads(portal, {}, BUILT, words)}
    (row,) = csv.DictReader(io.StringIO(files["data/scorecard.csv"].decode()))
    assert [row[name] for name in ("edition", "panel", "breakdown")] == ["2024-03", "Work", "stage=first-visit;"]


# What a data officer can get wrong


def complaints(*datasets: Dataset, **words: object) -> list[str]:
    return [problem.message for problem in check_scorecard(make_portal(*datasets), words)]


def test_two_rows_may_not_stand_for_one_cell():
    assert complaints(scorecard("id,measure,value,head\na,late,30,No\nb,late,31,No\n")) == [
        "row b stands at the place of a: scorecard:Work/row:1/col:No of annual-report-2024"
    ]


def test_a_cell_that_prints_two_figures_may_be_two_rows():
    assert complaints(scorecard("id,measure,value,head,printed\na,late,4,No,4(1%)\nb,in-time,1,No,4(1%)\n")) == []


def test_two_cells_with_brackets_at_one_place_are_two_cells():
    rows = scorecard("id,measure,value,head,printed\na,late,4,No,4(1%)\nb,in-time,2,No,5(2%)\n")
    assert complaints(rows) == ["row b stands at the place of a: scorecard:Work/row:1/col:No of annual-report-2024"]


def test_two_old_documents_of_one_month_are_refused_too():
    text = "id,measure,value,head,source,period_end\na,late,30,No,annual-report-2024,2024-03-31\n"
    text += "b,late,31,No,march-paper,2024-03-31\nc,late,32,No,april-paper,2024-04-30\n"
    assert complaints(scorecard(text)) == ["march-paper and annual-report-2024 both hold the scorecard of March 2024"]


def test_two_documents_of_one_month_are_refused():
    text = "id,measure,value,head,source\na,late,30,No,annual-report-2024\nb,late,31,No,march-paper\n"
    assert complaints(scorecard(text)) == ["march-paper and annual-report-2024 both hold the scorecard of March 2024"]


def test_a_panel_that_no_row_has_is_told_with_the_name_that_was_meant():
    rows = scorecard("id,measure,value,head\na,late,30,No\n")
    assert complaints(rows, panels=[{"name": "Wrok"}]) == [
        'extra.portal.scorecard lists a panel called "Wrok", which no row has; did you mean "Work"?'
    ]


def test_the_words_of_the_scorecard_hold_no_typed_number():
    rows = scorecard("id,measure,value,head\na,late,30,No\n")
    for words in ({"text": "There are 106 lines."}, {"panels": [{"name": "Work", "text": "There are 106 lines."}]}):
        (told,) = complaints(rows, **words)
        assert 'the number "106" is typed' in told


@pytest.mark.parametrize(
    "wrong", ["a text", {"panels": "Work"}, {"panels": [{"title": "x"}]}, {"lede": "x"}, {"title": 2016}]
)
def test_words_that_are_not_written_as_they_should_be_are_refused(tmp_path, wrong):
    write_portal(tmp_path)
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump({"extra": {"portal": {"scorecard": wrong}}}), encoding="utf-8")
    with pytest.raises(PortalError, match="scorecard"):
        load_settings(tmp_path / "datasets", tmp_path / "site")


# A whole portal, from rows alone

MONTHS = {"march": ("2024-03", "31", "March 2024"), "april": ("2024-04", "30", "April 2024")}


def month_rows(month: str, figure: str) -> str:
    start, last, words = MONTHS[month]
    base = dict.fromkeys(OBSERVATION_COLUMNS, "")
    base |= {"measure": "wait", "area": "otherton", "series": "council-reports", "basis": "month", "qualifier": "exact"}
    actual = {"kind": "actual", "date_status": "stated", "period_start": f"{start}-01", "period_end": f"{start}-{last}"}
    target = {"kind": "target", "date_status": "not-stated", "period": "no date printed"}
    cells = [
        {**actual, "period": words, "id": f"score-{month}", "value": figure, "printed": figure, "direction": "down"},
        {**target, "id": f"score-{month}-target", "value": "200", "printed": "200"},
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, list(base), lineterminator="\n")
    for cell, head in zip(cells, ("Latest", "Target"), strict=True):
        place = {"source": f"scorecard-{month}", "locator": f"scorecard:Waiting/row:1/col:{head}"}
        writer.writerow({**base, **cell, **place})
    return out.getvalue()


def write_months(folder: Path, *months: tuple[str, str]) -> Path:
    """The smallest portal with a scorecard of each month: rows and one line in sources, nothing else."""
    datasets = write_portal(folder)
    sources = datasets / "reference/data/sources.csv"
    rows = datasets / "children/data/children.csv"
    with sources.open("a", encoding="utf-8") as file:
        paper = "scorecard-{0},Scorecard for {0},Otherton Council,council-paper,,made up,,\n"
        file.writelines(paper.format(month) for month, _ in months)
    with rows.open("a", encoding="utf-8") as file:
        file.writelines(month_rows(month, figure) for month, figure in months)
    descriptor = datasets / "children/datapackage.yaml"
    described = descriptor.read_text(encoding="utf-8").rstrip()
    descriptor.write_text(f"{described}\n        - {{name: polarity, type: string}}\n", encoding="utf-8")
    measures = datasets / "children/data/measures.csv"
    lines = measures.read_text(encoding="utf-8").splitlines()
    polar = [f"{line},{'polarity' if n == 0 else 'lower'}" for n, line in enumerate(lines)]
    measures.write_text("\n".join(polar) + "\n", encoding="utf-8")
    return datasets


def test_a_new_month_is_built_from_rows_alone(tmp_path):
    datasets = write_months(tmp_path, ("march", "230"), ("april", "210"))
    settings = load_settings(datasets, tmp_path / "site")
    result = build(settings)
    assert [p for p in result.problems if p.severity == "error"] == []
    html = (tmp_path / "site/scorecard/index.html").read_text(encoding="utf-8")
    text = words_of(html)
    assert "The scorecard, April 2024" in text
    assert "Printed arrow: down Down from 230 (March 2024), better by our rule" in text
    assert "Misses target" in text
    spoil_and_check(tmp_path / "site", html)


def spoil_and_check(site: Path, html: str) -> None:
    """Verify reads the finished page again: each of these lies is found out."""
    portal = load_portal(site.parent / "datasets")[0]
    lies = {
        'data-verdict="misses"': 'data-verdict="meets"',
        '">1</span> miss': '">2</span> miss',
        ">Down</a> from": ">Up</a> from",
    }
    for truth, lie in lies.items():
        assert truth in html
        (site / "scorecard/index.html").write_text(html.replace(truth, lie), encoding="utf-8")
        told = "wrong-verdict" if "verdict" in lie else "wrong-number"
        assert told in {p.code for p in check_site(site, portal, newest_date(portal), rules_said(Policy()))}, lie
    (site / "scorecard/index.html").write_text(html, encoding="utf-8")
    assert list(check_site(site, portal, newest_date(portal), rules_said(Policy()))) == []


# What an unlucky data officer wrote


@pytest.mark.parametrize("line", ["²", "9" * 5000, "٣", "three"])
def test_whatever_stands_for_the_number_of_a_line_is_read(line):
    (row,) = read_editions(make_portal(scorecard(f"id,measure,value,head,place\na,late,30,No,Work/row:{line}\n")), {})[
        0
    ].rows
    assert row.figure


@pytest.mark.parametrize(
    "places",
    [("Work/row:1-a", "Work/row:1 a"), ("Work/row:²",), ("日本/row:1",), ("Work A/row:1", "Work-a/row:2")],
)
def test_panels_and_lines_that_would_share_an_address_are_told(places):
    rows = "".join(f"r{n},late,30,No,{place}\n" for n, place in enumerate(places))
    portal = make_portal(scorecard(f"id,measure,value,head,place\n{rows}"))
    assert {problem.code for problem in check_scorecard(portal, {})} == {"scorecard-place"}


def test_a_target_of_another_place_decides_nothing():
    row = only_row(
        "id,measure,kind,area,value,head\na,in-time,actual,otherton,80,Latest\nb,in-time,target,england,90,Target\n"
    )
    assert row.verdict == "unlike"


def test_the_direction_is_from_the_newest_like_figure_of_the_edition_before():
    columns = "id,measure,value,head,place,source,period_start,period_end,period\n"
    old = "new,late,30,Latest,,march,2024-03-01,2024-03-31,March 2024\n"
    old += "old,late,50,Year ago,,march,2023-03-01,2023-03-31,March 2023\n"
    later = "next,late,40,Latest,,april,2024-04-01,2024-04-30,April 2024\n"
    edition = read_editions(make_portal(scorecard(columns + old + later)), {})[0]
    assert edition.rows[0].before
    assert edition.rows[0].before.id == "new"


def test_a_line_that_sets_side_by_side_what_is_never_compared_is_told():
    text = "id,measure,area,value,head,series\na,late,otherton,30,Latest,council-reports\n"
    portal = with_areas(scorecard(text + "b,late,england,20,England,national-statistics\n"))
    sides = {"a_measure": "late", "a_series": "council-reports", "b_measure": "late", "b_series": "national-statistics"}
    rule = {**sides, "verdict": "never", "difference": "Counted otherwise."}
    for table, codes in ((None, []), ({"apart": rule}, ["never-compared"]), ({}, ["unexplained-pair"])):
        held = replace(portal, reference=replace(portal.reference, comparability=table))
        assert [problem.code for problem in check_scorecard(held, {})] == codes
