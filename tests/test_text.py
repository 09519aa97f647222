"""What a dataset says is text wherever it comes out: on pages, in drawings, in the search, in files to download."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from make import make_settings

from portal.pages import make_markdown
from portal.pages.prose import render_prose
from portal.pages.render import inert, link_out
from portal.pipeline import build
from portal.settings import load_settings

PORTALS = Path(__file__).resolve().parent / "portals"
# No digits: a number that is typed into a register is another mistake. "zz" is what to look for afterwards.
MARKUP = (
    "<script>zz()</script>\"><img src=https://zz.test/x onerror=zz()>' onclick='zz() </textarea></title></svg></table>"
    "<iframe srcdoc=zz><style>*{display:none}</style> <!-- --> ]]> <!--portal:content--> @@portal:title@@ _shell/ "
    "![zz](https://zz.test/p) [zz](javascript:zz()) [zz]: data:text/html,zz {{ zz*zz }} {% include 'zz' %} &lt;zz&gt; "
    'javascript&colon;zz() <zz-tag onload=zz() ${zz} datum.zz xmlns="zz" xlink:href="zz" # zz * zz _zz_ `zz` </'
)
QUIET = "![zz](https://zz.test/p) [zz](javascript:zz()) \" onclick='zz() &lt;script&gt; > @@portal:title@@"
CELLS = (
    "label plain_label definition why_it_matters what_it_does_not_tell who_is_counted denominator title text note "
    "owner reason name meaning publisher rounding revisions remark club sex measure_name"
).split()


def plant(folder: Path, text: str, quiet: str) -> Path:
    """A portal of every kind of package, with a text in every place that holds one; gives its datasets folder."""
    shutil.copytree(PORTALS / "registers", folder, ignore=shutil.ignore_patterns("expected"))
    datasets = folder / "datasets"
    for name in ("clubs", "visits"):
        shutil.copytree(PORTALS / "plain" / "datasets" / name, datasets / name)
    shutil.copytree(PORTALS / "observations" / "datasets" / "children", datasets / "more-children")
    rename_rows(datasets / "more-children")
    package = datasets / "more-children" / "datapackage.yaml"
    package.write_text(package.read_text("utf-8").replace("name: children\n", "name: more-children\n", 1), "utf-8")
    for path in datasets.rglob("*.csv"):
        plant_cells(path, text)
    for path in [*datasets.rglob("datapackage.yaml"), *datasets.rglob("datapackage.json")]:
        path.write_text(json.dumps(planted(yaml.safe_load(path.read_text("utf-8")), text)), encoding="utf-8")
    for path in datasets.rglob("page.yaml"):
        path.write_text(json.dumps(planted(yaml.safe_load(path.read_text("utf-8")), quiet)), encoding="utf-8")
    (datasets / "visits" / "narrative.md").write_text(f"Plain words.\n\n{quiet.partition(' ')[2][28:]}\n", "utf-8")
    plant_facts(folder / "mkdocs.yml", text, quiet)
    return datasets


def rename_rows(folder: Path) -> None:
    """Rows and measures are unique in a portal."""
    for path in [folder / "page.yaml", folder / "narrative.md.j2", *folder.rglob("*.csv")]:
        text = path.read_text("utf-8").replace("in-care", "cared-for").replace("adopted", "was-adopted")
        path.write_text(text, "utf-8")


def plant_cells(path: Path, text: str) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    plain = "plain" not in path.parts and path.parent.parent.name == "visits"
    for number, row in enumerate(rows):
        for name in row.keys() & ({"measure"} if plain else set(CELLS)):
            if row[name] and not (name == "sex" and number):
                row[name] = f"{row[name]} {text}"
        if row.get("url"):
            row["url"] = "javascript:zz()"
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")


def planted(node: object, text: str) -> object:
    """The same YAML with the text behind every title, description and sentence, and in the place of an address."""
    if isinstance(node, list):
        return [planted(item, text) for item in node]
    if not isinstance(node, dict):
        return node
    words = {
        "title",
        "description",
        "text",
        "question",
        "lede",
        "caption",
        "subtitle",
        "teaser",
        "no_chart",
        "mismatch",
    }
    links = {"path"} & (node.keys() if "name" not in node or ("title" in node and "schema" not in node) else set())
    made = {key: planted(value, text) for key, value in node.items()}
    made |= {key: f"{value} {text}" for key, value in node.items() if key in words and isinstance(value, str)}
    made |= {key: "https://zz.test/?a=%22%3Czz%3E&b" for key in links if "://" in str(node[key])}  # others are refused
    return made


def plant_facts(path: Path, text: str, quiet: str) -> None:
    config = yaml.safe_load(path.read_text("utf-8"))
    text, quiet = (words.replace("@@portal:title@@", "") for words in (text, quiet))  # theirs would be the shell's own
    facts = config["extra"]["portal"]
    facts |= dict.fromkeys(("place", "brand", "publisher", "council_note", "arrow_note"), f"Otherton {text}")
    facts |= {"contact": f"Write to data@otherton.test. {text}", "independent": True}
    facts["licence"] = {"title": f"CC {text}", "path": "javascript:zz()", "credit": text}
    facts["topics"] = planted(facts["topics"], quiet)
    path.write_text(yaml.safe_dump(config), encoding="utf-8")


def build_planted(folder: Path, text: str, quiet: str) -> Path:
    datasets = plant(folder / "portal", text, quiet)
    settings = load_settings(datasets, folder / "site", date(2026, 1, 31))
    result = build(settings)
    assert result.published, [
        (p.path, p.line, p.code, p.message[:90]) for p in result.problems if p.severity == "error"
    ]
    return folder / "site"


class Parts(HTMLParser):
    """Each element with the names of its attributes, and the addresses that it leads to or fetches."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.links: list[tuple[str, str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attrs))))
        found = {name: value or "" for name, value in attrs}
        self.links += [(tag, n, found[n]) for n in ("href", "src", "action", "data", "xlink:href") if n in found]

    def handle_comment(self, data: str) -> None:
        assert "zz" not in data


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> tuple[Path, Path]:
    """The portal with harmless words in every place, and the same portal under attack."""
    folder = tmp_path_factory.mktemp("text")
    return build_planted(folder / "calm", "Only words", "Only words"), build_planted(folder / "hit", MARKUP, QUIET)


def pages_of(site: Path) -> Iterator[tuple[str, Parts]]:
    for path in sorted(site.rglob("*.html")):
        yield path.relative_to(site).as_posix(), Parts(path.read_text("utf-8"))


def test_no_element_and_no_attribute_of_theirs_reaches_a_page(sites):
    calm, hit = (dict(pages_of(site)) for site in sites)
    assert calm.keys() == hit.keys()
    known = set().union(*(parts.elements for parts in calm.values()))
    unlinked = {("a", tuple(sorted(("href", "rel"))))}  # their addresses are no links, so the attack has fewer
    assert {name: parts.elements - known for name, parts in hit.items() if parts.elements - known - unlinked} == {}
    names = {name for _, attributes in known for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc", "ping")]


def test_every_link_leads_to_the_web_to_a_mail_or_to_the_site_itself(sites):
    for page, parts in pages_of(sites[1]):
        for tag, name, address in parts.links:
            scheme = address.partition(":")[0] if ":" in address.partition("/")[0] else ""
            assert scheme in ("", "http", "https", "mailto") or address.startswith("data:image/svg"), (page, address)
            assert tag == "a" or tag == "link" or not address.startswith(("http", "//")), (page, tag, name, address)


def test_what_is_planted_is_there_to_be_read(sites):
    text = (sites[1] / "datasets" / "visits" / "index.html").read_text("utf-8")
    assert text.count("&lt;script&gt;zz()&lt;/script&gt;") > 5
    assert "&#64;@portal:title&#64;@" in text


def test_drawings_hold_no_more_than_drawings(sites):
    drawings = sorted(sites[1].rglob("data/**/*.svg"))
    assert drawings
    for path in drawings:
        root = ET.fromstring(path.read_text("utf-8"))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "g", "path", "text", "line", "rect", "defs", "tspan", "circle"}
        assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or "href" in a or a == "style"]


def test_what_the_search_shows_leads_nowhere_else(sites):
    """Its words are shown as text and never as markup; its addresses are the site's own."""
    shelves = [json.loads(path.read_text("utf-8")) for path in (sites[1] / "search").glob("d*.json")]
    records = [record for shelf in shelves for record in shelf]
    assert any("zz" in title for _, title, *_ in records)
    for url, *_ in records:
        assert ":" not in url
        assert not url.startswith("/")
    script = (Path(__file__).parents[1] / "site_templates/assets/portal/search.js").read_text("utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b", script)


def test_machine_files_can_be_read_by_machines(sites):
    ET.fromstring((sites[1] / "sitemap.xml").read_text("utf-8"))
    for path in sites[1].rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    for path in sites[1].rglob("data/*.zip"):
        with zipfile.ZipFile(path) as archive:
            assert all("/" not in name and ".." not in name for name in archive.namelist())
            readme = archive.read("README.txt").decode()
        assert not [c for c in readme if ord(c) < 32 and c != "\n"]


ATTACKS = [
    "<script>zz()</script>",
    "<img src=x onerror=zz()>",
    "<!-- zz --><iframe src=https://zz.test></iframe>",
    "<div markdown=1 onclick=zz()>\n\nzz\n\n</div>",
    "![zz](https://zz.test/p.png)",
    "![zz][1]\n\n[1]: https://zz.test/p.png",
    "[zz](javascript:zz())",
    "[zz](JaVaScRiPt:zz())",
    "[zz](java\tscript:zz())",
    "[zz](&#106;avascript&colon;zz())",
    "[zz](\x01javascript:zz())",
    "[zz](//zz.test/)",
    "[zz](/\\zz.test/)",
    "[zz](data:text/html,zz)",
    "[zz](vbscript:zz)",
    "[zz](https://gov.uk@zz.test/)",
    "[zz][1]\n\n[1]: javascript:zz()",
    "<javascript://zz>",
    "[zz](https://zz.test/ \"x\" onclick='zz()')",
    '[zz](https://zz.test/ "x\\" onclick=\\"zz()")',
    "# zz {: onclick=zz() }",
    "[TOC]",
    "\x02wzxhzdk:0\x03 \x02amp\x03lt;script>",
    "`<script>`\n\n    <script>zz()</script>\n",
    "&lt;script&gt; &#60;script&#62;",
    "]]> --> {{7*7}} {% raw %}",
]


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("fill", [None, lambda piece: "1"])
def test_a_narrative_that_no_check_has_seen_writes_words_and_links_only(text, fill):
    parts = Parts(str(render_prose(text, fill)))
    known = {("a", ("href",)), ("a", ("href", "title")), ("a", ()), *((f"h{n}", ("id",)) for n in range(2, 7))}
    words = {"p", "ul", "ol", "li", "blockquote", "strong", "em", "code", "pre", "hr", "br"}
    assert parts.elements <= known | {(tag, ()) for tag in words}
    assert all(address.startswith("https://zz.test/") for _, _, address in parts.links)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://zz.test/a?b=1#c", True),
        ("HTTP://zz.test", True),
        ("mailto:data@otherton.test", True),
        *((text, False) for text in ("javascript:zz()", " java\nscript:zz()", "data:text/html,zz", "//zz.test", "zz")),
        *((text, False) for text in ("file:///etc/passwd", "https://", "https://[", "https://a@zz.test", None, 7)),
        *((text, False) for text in ("ftp://zz.test", "https://zz.test/\u202egpj.exe", "https:\\\\zz.test")),
    ],
)
def test_an_address_from_the_data_is_a_link_only_where_it_leads_to_the_web_or_to_a_mail(address, kept):
    written = str(link_out("words", address))
    assert ("href" in written) == kept
    assert "words" in written
    assert not kept or 'rel="external noopener noreferrer"' in written


@pytest.mark.parametrize("text", ["- zz", "1. zz", "# zz", "> zz", "[zz](javascript:zz)", "*zz*", "<b>zz</b>", "`zz`"])
def test_a_fact_of_the_portal_brings_no_markdown_into_a_page_that_is_written_by_hand(text):
    parts = Parts(str(render_prose(str(inert(text)).replace("&", "&"), None)))
    assert parts.elements == {("p", ())}


def test_facts_in_the_pages_that_are_written_by_hand_are_no_html(tmp_path):
    pages = make_markdown(
        make_settings(tmp_path, place=MARKUP, council_note=MARKUP, contact=f"a@otherton.test {MARKUP}")
    )
    for text in pages.values():
        assert {tag for tag, _ in Parts(text).elements} <= {"a"}
        assert "](javascript" not in text
        assert "![zz" not in text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\n\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("a\n\n---", "<p>a</p>\n<hr>"),
        ("## A b", '<h3 id="story-a-b">A b</h3>'),
        ("[TOC]", "<p>[TOC]</p>"),
        ('[a](https://example.org "b")', '<p><a href="https://example.org" title="b">a</a></p>'),
    ],
)
def test_what_markdown_is_for_reaches_the_page(text, html):
    assert str(render_prose(text, None)) == html
