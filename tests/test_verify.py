"""A good hand-made site passes; each fault planted in it gives exactly its problem."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from make import BUILT, MEASURES, make_dataset, make_portal, make_register

from portal.downloads import make_downloads
from portal.made import Page
from portal.sharing import Shown, make_app_files, make_head, make_shared
from portal.sharing.pictures import SITE_PICTURE
from portal.verify import check_site
from portal.verify.numbers import check_numbers, read_rows
from portal.verify.reader import Reader
from portal.verify.verdicts import check_verdicts
from portal.views import make_observations_csv

MEASURES_IN_THOUSANDS = "".join(
    f"{line},{'multiplier' if line.startswith('id,') else '1000' if line.startswith('spend,') else '1'}\n"
    for line in MEASURES.splitlines()
)
DATASET = make_dataset("id,value,printed,qualifier,value_low,value_high,measure\nold,1270,,,,,in-care\n"
                       "new,1248,\"1,248\",,,,in-care\ngap,x,,,,,in-care\nspan,,300-400,range,300,400,in-care\n"
                       "homes,5800,,exact,,,spend\nstaff,447,,exact,,,spend\ngrant,,5-6,range,5,6,spend\n",
                       measures_csv=MEASURES_IN_THOUSANDS)  # fmt: skip
RISKS = make_register('id,score,score_printed,change,change_printed\nfire,1200,"1,200",-3,-3\nflood,,,,\n')
PORTAL = make_portal(DATASET, RISKS)
TEMPLATES = Path(__file__).resolve().parent.parent / "site_templates"
SHOWN = Shown(PORTAL, {}, {}, "Otherton in figures", {"place": "Otherton"}, "Open data.", BUILT)
SHARED, PICTURES = make_shared(
    (
        Page("", "Children", "What is here.", ""),
        Page("datasets/children/", DATASET.title, "What is counted.", ""),
        Page("datasets/children/rows/", f"Rows: {DATASET.title}", "Where it is printed.", ""),
        Page("datasets/risks/", RISKS.title, "What could go wrong.", ""),
    ),
    SHOWN,
)


def head_of(url: str) -> str:
    shared = make_head(next(page for page in SHARED if page.url == url), SHOWN.site_name, "")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self'\">"
        f"{shared}</head><body><main>"
    )


HOME = (
    head_of("") + '<h1 id="top">Children</h1>'
    '<p>On 31 March <a href="datasets/children/rows/#new" data-rows="new">1,248</a> children were in care, '
    '<a href="datasets/children/rows/#new" data-rows="old new">22 fewer</a>.</p>'
    '<p><a href="datasets/children/rows/#gap" data-rows="gap">[x]</a> '
    '<a href="datasets/children/rows/#span" data-rows="span">300 to 400</a></p>'
    '<p><a href="datasets/children/rows/#homes" data-rows="homes">£5.8 million</a> '
    '<a href="datasets/children/rows/#staff" data-rows="staff">£447,000</a> '
    '<a href="datasets/children/rows/#grant" data-rows="grant">£5,000 to £6,000</a> '
    '<a href="#top" data-cell="risks/risks/fire/score">1,200</a> '
    '<a href="#top" data-cell="risks/risks/fire/change">−3</a></p>'
    '<p><a href="data/children/children.csv">CSV</a> <a href="#top">Up</a> <a href="https://example.org/">Elsewhere</a></p>'
    '<img src="data/children/charts/c.svg" alt="A chart"></main></body></html>'
)
ROWS = (
    head_of("datasets/children/rows/") + '<h1>Rows</h1><p><a href="../../../">Home</a></p>'
    '<section class="mc-row" id="old"><span class="mc-row__number">1,270</span></section>'
    '<section class="mc-row" id="new"><span class="mc-row__number">1,248</span></section>'
    '<section class="mc-row" id="gap"><span class="mc-row__number">[x]</span></section>'
    '<section class="mc-row" id="span"><span class="mc-row__number">300 to 400</span></section>'
    '<section class="mc-row" id="homes"><span class="mc-row__number">£5.8 million</span></section>'
    '<section class="mc-row" id="staff"></section><section class="mc-row" id="grant"></section></main></body></html>'
)
TABLE = "<table><caption>All</caption><tr><th>When</th><th>Figure</th></tr>" + "".join(
    f"<tr><th>{row.measure.label}, {row.period}</th>"
    f'<td><a href="rows/#{row.id}" data-rows="{row.id}">{text}</a></td></tr>'
    for row, text in zip(
        DATASET.observations,
        ("1,270", "1,248", "[x]", "300 to 400", "£5.8 million", "£447,000", "£5,000 to £6,000"),
        strict=True,
    )
)
PAGE = head_of("datasets/children/") + f"<h1>Children</h1>{TABLE}</table></main></body></html>"
PAGES = {
    "index.html": HOME,
    "datasets/children/index.html": PAGE,
    "datasets/children/rows/index.html": ROWS,
    "datasets/risks/index.html": head_of("datasets/risks/") + "<h1>Risks</h1></main></body></html>",
}
UNSUMMED = {file.path: file.content for file in (*PICTURES, *make_app_files(TEMPLATES, SHOWN.site_name, {}))}
del UNSUMMED[SITE_PICTURE]  # that of the pages written by hand, of which there are none


def find_faults(folder, pages=None, files=None, late=None):
    """Write the site with `pages` and `files` in it, checksums over it all, then `late` behind their back; check it."""
    data = {file.path: file.content for file in make_downloads(PORTAL, {}, BUILT) if file.path != "checksums.txt"}
    data |= {"data/children/charts/c.svg": b"<svg/>"} | (files or {})
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in data.items())
    whole = data | {"checksums.txt": sums.encode()} | (late or {})
    for name, content in {**UNSUMMED, **whole, **{n: t.encode() for n, t in (PAGES | (pages or {})).items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [p.code for p in check_site(folder, PORTAL)]


def test_a_good_site_passes(tmp_path):
    assert find_faults(tmp_path) == []


@pytest.mark.parametrize(
    ("good", "bad", "code"),
    [
        (">1,248<", ">1,284<", "wrong-number"),
        (">1,248<", ">many<", "wrong-number"),
        (">22 fewer<", ">23 fewer<", "wrong-number"),
        (">[x]<", ">0<", "wrong-number"),
        (">[x]<", ">left blank<", "wrong-number"),  # it is missing for another reason
        (">300 to 400<", ">300<", "wrong-number"),
        (">£5.8 million<", ">£5.9 million<", "wrong-number"),
        (">£5.8 million<", ">£5.8<", "wrong-number"),
        (">£5.8 million<", ">£5,800<", "wrong-number"),  # as it stands in the file, in thousands
        (">£447,000<", ">£447<", "wrong-number"),
        (">£5,000 to £6,000<", ">£5 to £6<", "wrong-number"),
        (">£5,000 to £6,000<", ">£5,000 to £7,000<", "wrong-number"),
        (">1,200<", ">1,201<", "wrong-number"),
        (">1,200<", ">left blank<", "wrong-number"),
        (">−3<", ">3<", "wrong-number"),
        ("risks/fire/score", "risks/smoke/score", "wrong-number"),
        ("risks/fire/score", "risks/flood/score", "wrong-number"),
        ("risks/fire/score", "risks/fire/points", "wrong-number"),
        ("risks/risks/fire/score", "risks/dangers/fire/score", "wrong-number"),
        ('data-rows="new"', 'data-rows="newer"', "untraceable"),
        ('data-rows="new"', 'data-rows=""', "untraceable"),
        ('href="data/children/children.csv"', 'href="data/children/none.csv"', "broken-link"),
        ("datasets/children/rows/#new", "datasets/children/#new", "broken-link"),
        ("rows/#gap", "rows/#hole", "broken-link"),
        ("#top", "#bottom", "broken-link"),
        ("https://example.org/", "javascript:alert(1)", "unsafe-link"),
        ("</main>", '<script src="https://cdn.example.org/a.js"></script></main>', "foreign-request"),
        ("</main>", '<script src="//cdn.example.org/a.js"></script></main>', "foreign-request"),
        ("<head>", '<head><link rel="stylesheet" href="https://example.org/a.css">', "foreign-request"),
        ("</main>", "<script>alert(1)</script></main>", "inline-script"),
        ("<p>", '<p onclick="go()">', "inline-script"),
        ("<main>", '<main style="color: red">', "inline-style"),
        ("</head>", "<style>p {color: red}</style></head>", "inline-style"),
        ("</main>", "<h1>Again</h1></main>", "headings"),
        ('<h1 id="top">Children</h1>', '<p id="top">Children</p>', "headings"),
        ("<title>T</title>", "", "title"),
        ("default-src 'none'", "default-src 'self'", "policy"),
        ("img-src 'self'", "script-src 'unsafe-inline'", "policy"),
        ("<main>", '<main id="top">', "duplicate-id"),
        (' alt="A chart"', "", "no-alternative"),
        ("</h1>", '</h1><meta http-equiv="refresh" content="0;url=https://elsewhere.example/">', "redirect"),
        ("</h1>", '</h1><link rel="preconnect" href="https://elsewhere.example/">', "foreign-request"),
        ("</h1>", '</h1><iframe title="t"></iframe>', "foreign-request"),
        ("Children</h1>", "@@portal:title@@</h1>", "left-over"),
        ("Children</h1>", "<!--portal:content-->Children</h1>", "left-over"),
    ],
)  # fmt: skip
def test_a_fault_in_a_page_gives_exactly_its_problem(tmp_path, good, bad, code):
    assert good in HOME
    page = HOME.replace(good, bad, 1)
    assert set(find_faults(tmp_path, {"index.html": page})) == {code}


def test_a_wrong_number_on_the_page_of_rows_is_found(tmp_path):
    page = ROWS.replace('number">1,248', 'number">1,284')
    assert find_faults(tmp_path, {"datasets/children/rows/index.html": page}) == ["wrong-number"]


@pytest.mark.parametrize("text", ["£5,800,000", "£5.80 million"])
def test_millions_may_be_written_in_either_way(tmp_path, text):
    assert find_faults(tmp_path, {"index.html": HOME.replace("£5.8 million", text)}) == []


def test_a_cell_of_a_register_that_is_not_what_was_checked_is_found(tmp_path):
    content = RISKS.resources[0].content.replace(b"1200", b"1201")
    found = find_faults(tmp_path, files={"data/risks/risks.csv": content})
    assert sorted(found) == ["changed-file", "wrong-number"]


@pytest.mark.parametrize("name", ["data/children/children.csv", "data/children/charts/c.svg"])
def test_a_file_that_is_not_what_its_checksum_says_is_found(tmp_path, name):
    assert set(find_faults(tmp_path, late={name: b"<svg></svg>"})) == {"changed-file"}


def test_a_csv_that_differs_from_the_checked_one_is_found_whatever_the_checksums_say(tmp_path):
    assert find_faults(tmp_path, files={"data/children/children.csv": b"id\n"}) == ["changed-file"]


def test_observations_that_differ_from_the_checked_ones_are_found(tmp_path):
    content = make_observations_csv(PORTAL)
    one_more = content + content.splitlines(keepends=True)[1].replace(b"children,old,", b"children,older,")
    assert find_faults(tmp_path, files={"data/observations.csv": one_more}) == ["changed-file"]


@pytest.mark.parametrize("drawing", ['<svg fill="var(--ink)"/>', "<svg><script/></svg>", "<svg><foreignObject/></svg>"])
def test_a_chart_file_that_depends_on_the_page_is_found(tmp_path, drawing):
    assert find_faults(tmp_path, files={"data/children/charts/c.svg": drawing.encode()}) == ["chart-file"]


def test_a_title_inside_a_drawing_is_no_title_of_the_page(tmp_path):
    page = HOME.replace("</main>", "<svg><title>Drawing</title></svg></main>")
    assert find_faults(tmp_path, {"index.html": page}) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [(">22 fewer<", ">22 more<"), (">22 fewer<", ">up<"), (">1,248<", ">about 1,248<"), (">1,248<", ">−1,248<")],
)
def test_a_number_with_the_wrong_word_beside_it_is_found(tmp_path, good, bad):
    assert find_faults(tmp_path, {"index.html": HOME.replace(good, bad)}) == ["wrong-number"]


@pytest.mark.parametrize("content", ["\ufeffid,score\na,3\n", "id;score\na;3\n"])
def test_a_published_file_is_read_whatever_its_mark_and_separator(tmp_path, content):
    (tmp_path / "risks.csv").write_text(content, encoding="utf-8")
    assert read_rows(tmp_path / "risks.csv")["a"]["score"] == "3"


@pytest.mark.parametrize(
    "planted",
    [
        '<span class="mc-worked">99</span>',
        '<a class="mc-number" href="#planted">99</a>',
        '<span class="mc-worked" data-rows="">99</span>',
    ],
)
def test_a_number_that_wears_the_stitch_and_names_no_row_is_found(tmp_path, planted):
    page = HOME.replace("</main>", f'<p id="planted">{planted}</p></main>')
    assert find_faults(tmp_path, {"index.html": page}) == ["untraceable"]


def test_a_number_of_three_rows_or_of_a_symbol_is_found_and_no_fault(tmp_path):
    rows = {"a": {"value": "1"}, "b": {"value": "x"}, "c": {"value": "3"}}
    reader = Reader()
    reader.feed('<span data-rows="a b c">2</span><span data-rows="a b">up</span>')
    assert [p.code for p in check_numbers("x", reader, rows, str)] == ["wrong-number", "wrong-number"]


LINES = '<p data-verdict="misses" data-figures="a t"></p><p data-verdict="misses" data-figures="b u"></p>'
COUNT = '<span class="mc-worked" data-count="misses" data-rows="{}">{}</span>'


@pytest.mark.parametrize(
    ("html", "found"),
    [
        (LINES + COUNT.format("a b", 2) + COUNT.format("a", 1), []),
        (LINES + COUNT.format("a", 1), ["wrong-count"]),
        (LINES.replace("b u", "b t") + COUNT.format("a b", 2), ["wrong-verdict"]),
    ],
)
def test_a_count_that_leaves_out_lines_or_a_target_of_another_measure_is_found(html, found):
    measure = replace(PORTAL.datasets[0].observations[0].measure, polarity="higher")
    row = replace(PORTAL.datasets[0].observations[0], measure=measure)
    dataset = replace(PORTAL.datasets[0], observations=(replace(row, id="a"), replace(row, id="b")))
    cells = {"a": ("10", "m"), "b": ("10", "n"), "t": ("20", "m"), "u": ("20", "n")}
    rows = {
        k: {"value": v, "measure": m, "area": "o", "kind": "target", "breakdown": ""} for k, (v, m) in cells.items()
    }
    reader = Reader()
    reader.feed(html)
    assert [p.code for p in check_verdicts("x", reader, rows, replace(PORTAL, datasets=(dataset,)))] == found
