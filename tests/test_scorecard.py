"""The scorecard: a view over rows, the verdict of our rule, the direction that a new month gives, page and file."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from make import BUILT, make_dataset, make_htmls, make_portal, make_settings, write_portal

from portal.charts import draw_score_strip
from portal.downloads import make_downloads
from portal.errors import PortalError
from portal.load import load_portal
from portal.model import OBSERVATION_COLUMNS, Dataset, Portal
from portal.pages import Drawings, make_pages
from portal.pipeline import build
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
    [({"basis": "year-to-date"}, "excluded"), ({"flags": "b"}, "late"), ({"qualifier": "about"}, "late")],
)
def test_no_direction_where_two_figures_do_not_tell_one(columns, measure):
    assert two_months(measure, "30", "39", **columns).before is None


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
    html = pages_of(portal, tmp_path)["scorecard/"]
    assert "The scorecard, April 2024" in html
    assert "Printed arrow: down Up from 30 (March 2024), worse by our rule" in words_of(html)
    assert '<span class="mc-worked" data-rows="a b">Up</span>' in html


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


# What a data officer can get wrong


def complaints(*datasets: Dataset, **words: object) -> list[str]:
    return [problem.message for problem in check_scorecard(make_portal(*datasets), words)]


def test_two_rows_may_not_stand_for_one_cell():
    assert complaints(scorecard("id,measure,value,head\na,late,30,No\nb,late,31,No\n")) == [
        "row b stands at the place of a: scorecard:Work/row:1/col:No of annual-report-2024"
    ]


def test_a_cell_that_prints_two_figures_may_be_two_rows():
    assert complaints(scorecard("id,measure,value,head,printed\na,late,4,No,4(1%)\nb,in-time,1,No,4(1%)\n")) == []


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
    (told,) = complaints(rows, text="There are 106 lines.")
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
        ">Down</span> from": ">Up</span> from",
    }
    for truth, lie in lies.items():
        assert truth in html
        (site / "scorecard/index.html").write_text(html.replace(truth, lie), encoding="utf-8")
        told = "wrong-verdict" if "verdict" in lie else "wrong-number"
        assert told in {p.code for p in check_site(site, portal)}, lie
    (site / "scorecard/index.html").write_text(html, encoding="utf-8")
    assert list(check_site(site, portal)) == []
