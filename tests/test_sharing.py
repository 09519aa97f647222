"""What a page says where its address is shared."""

from __future__ import annotations

import json
import re
import struct
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from make import make_dataset, make_portal, write_portal

from portal.charts.preview import BOX, LIGHT, Card, draw_icon, draw_preview
from portal.figures import derive_figures
from portal.made import Chart, Figure, Page, Share
from portal.pipeline import build
from portal.settings import load_settings
from portal.sharing import Shown, make_app_files, make_head, make_shared, name_window
from portal.sharing.heads import shorten, tell_apart
from portal.sharing.missing import find_offers
from portal.sharing.pictures import draw_figure
from portal.verify.reader import Reader
from portal.verify.shared import check_shared, read_picture

TEMPLATES = Path(__file__).resolve().parent.parent / "site_templates"
PAGE = "question: How many?\nfigures: [{id: now, rows: [row-2]}]\nheadline: now\n"
OWN, PLACEHOLDER = "https://otherton.test/", "https://example.org/portal/"


def shared(*pages: Page) -> tuple[dict[str, Page], dict[str, bytes]]:
    """The pages as they are shared, and the pictures, of a portal with one dataset whose number is 1,280."""
    dataset = make_dataset("id,value\nrow-1,1248\nrow-2,1280\n", page=PAGE)
    portal = make_portal(dataset)
    figures = {"children": derive_figures(dataset, portal.reference)}
    facts = {"place": "Otherton", "home": {"headline": "children/now"}}
    shown = Shown(portal, figures, {}, "Otherton in figures", facts, "Open data.", date(2026, 1, 31))
    made, files = make_shared(pages, shown)
    return {page.url: page for page in made}, {file.path: file.content for file in files}


def page(url: str, title: str = "How many?", description: str = "What is counted.") -> Page:
    return Page(url, title, description, "")


# --- pictures ------------------------------------------------------------------------------------------------------


def test_the_picture_of_a_dataset_says_its_number_with_date_and_source():
    pages, _ = shared(page("datasets/children/"))
    assert pages["datasets/children/"].share == Share(
        "share/datasets-children.png",
        "How many? 1,280, 31 March 2024. Children in care. Source: Annual report on children in care.",
        ("row-2",),
        "1,280",
    )


def test_rows_and_measures_are_shown_with_the_picture_of_their_dataset():
    measure = page("measures/in-care/", "Another title than the number’s")
    pages, files = shared(measure, page("datasets/children/rows/", "Rows"), page("datasets/children/"))
    assert {p.share.path for p in pages.values() if p.share} == {"share/datasets-children.png"}
    assert {p.share.words[:9] for p in pages.values() if p.share} == {"How many?"}
    assert set(files) == {"share/datasets-children.png", "share/site.png"}


def test_a_picture_shows_only_a_chart_that_its_number_is_in_and_names_it():
    drawing = '<svg viewBox="0 0 288 200"><path d="M0,0h9v9z"/></svg>'
    figure = Figure("now", "children", "7", 7.0, "children", "Children", "2024", ("a",))
    for rows, named in ((("b",), False), (("b", "a"), True)):
        chart = Chart("c", "children", "Children by year", "", "", "", drawing, drawing, "", b"", rows)
        shown = Shown(make_portal(), {}, {"children": (chart,)}, "Site", {}, "", date(2026, 1, 1))
        card = draw_figure(page("datasets/children/"), figure, make_dataset("id,value\na,7\n"), shown)
        assert bool(card.chart[0]) is named
        assert ("Chart: Children by year." in card.words) is named


def test_the_home_page_is_described_by_what_the_portal_is():
    shown = Shown(make_portal(), {}, {}, "Site", {}, "Figures on children.", date(2026, 1, 1))
    (home,), _ = make_shared((page("", "Site", "Made from papers."),), shown)
    assert home.summary == "Figures on children."


def test_a_page_for_young_people_is_shown_with_its_title_and_no_number():
    pages, _ = shared(page("young-people/school/", "School"))
    share = pages["young-people/school/"].share
    assert share == Share("share/young-people-school.png", "School. No one can find you here.")


def test_a_picture_has_the_size_that_chats_expect_is_light_and_carries_its_words(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(draw_preview(Card("Said.", "Site", "How many?", "1,280", "31 March 2025", "Children")))
    size, words, weight = read_picture(path)
    assert (size, words) == ((1200, 630), "Said.")
    assert 5_000 < weight < 30_000


def test_the_same_card_is_the_same_picture():
    card = Card("Said.", "Site", "How many?", "1,280", "31 March 2025", "Children", people=500)
    assert draw_preview(card) == draw_preview(card)


def test_a_chart_is_drawn_in_the_colours_of_the_light_page_and_never_smaller_than_on_one():
    def drawn(width: int) -> bytes:
        path = f'<path fill="var(--mc-series-3,{LIGHT["series-3"]})" d="M0,0h{width}v{width}h-{width}z"/>'
        return draw_preview(Card("", "S", "T", chart=(f'<svg viewBox="0 0 {width} {width}">{path}</svg>',)))

    plum = bytes.fromhex(LIGHT["series-3"][1:])
    assert plum in drawn(BOX[3])
    assert plum not in drawn(BOX[3] + 200)


def test_a_long_title_and_a_long_number_stay_in_the_picture():
    title = "What did the council and all of its partners promise after the inspection, and what came of it since?"
    assert draw_preview(
        Card("", "A very long name of a site " * 4, title, "£102,210,000,000", "2016/17", "Planned " * 40)
    )


# --- heads ---------------------------------------------------------------------------------------------------------


def test_the_head_names_the_page_its_picture_and_the_words_for_it():
    share = Share("share/a.png", 'How "many"? 7, 2024.', ("row-1",), "7")
    head = make_head(Page("datasets/a/", "A & B", "About.", "", share=share), "Site", OWN)
    assert '<meta property="og:title" content="A &amp; B">' in head
    assert '<meta property="og:url" content="https://otherton.test/datasets/a/">' in head
    assert '<meta property="og:image" content="https://otherton.test/share/a.png">' in head
    assert 'content="How &quot;many&quot;? 7, 2024." data-rows="row-1" data-number="7">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head


@pytest.mark.parametrize("address", [PLACEHOLDER, ""])
def test_a_site_without_an_address_of_its_own_claims_none(address):
    head = make_head(Page("datasets/a/", "A", "About.", "", share=Share("share/a.png", "A.")), "Site", address)
    assert "og:url" not in head
    assert "example.org" not in head
    assert '<meta property="og:image" content="../../share/a.png">' in head


def test_data_for_search_engines_cannot_end_its_own_block():
    head = make_head(Page("a/", "A", "", "", data='{"name":"</script><b>"}'), "Site", OWN)
    assert head.count("</script>") == 1


def test_pages_of_one_title_or_one_description_are_told_apart():
    pages = (
        page("topics/care/", "Children in care", "Rows."),
        page("measures/", "Measures", "All."),
        page("measures/lac/", "Children in care", "Rows."),
        page("measures/lac-2/", "Children in care", "Other."),
    )
    told = tell_apart(pages, {"measures/lac/": "Looked after children"})
    assert [p.name for p in told] == [
        "Children in care",
        "Measures",
        "Children in care (Looked after children)",
        "Children in care (Measures)",
    ]
    assert told[0].summary == "Children in care. Rows."
    assert told[2].summary == "Children in care (Looked after children). Rows."


def test_a_description_is_cut_at_a_sentence_or_a_word():
    assert shorten("A fact. " * 30).endswith("fact.")
    long = shorten("word " * 60)
    assert len(long) <= 160
    assert long.endswith("word …")


def test_a_description_is_not_cut_behind_a_number():
    text = (
        "Children who have lived where they live now, with people whom they know well, for a long time, with the same "
    )
    long = shorten(f"{text}carer for at least 2 years while they were in care of the council")
    assert long.endswith("for a long time …")


def test_the_name_of_the_site_gives_way_to_a_long_title():
    long = "The share of children whose reviews were all in time"
    names = [
        name_window(page("a/", title), "Otherton children’s open data", "Otherton")
        for title in ("Care", long, long * 2)
    ]
    assert names == ["Care - Otherton children’s open data", f"{long} - Otherton", long * 2]


def test_a_dataset_tells_search_engines_its_span_and_its_files():
    pages, _ = shared(page("datasets/children/", description="What is counted, and by whom, on one day of each year."))
    told = json.loads(pages["datasets/children/"].data)
    assert told["@type"] == "Dataset"
    assert told["temporalCoverage"] == "2024-03-31/2025-03-31"
    assert {d["contentUrl"] for d in told["distribution"]} >= {"@base/data/children.zip"}
    assert all(work["name"] for work in told["isBasedOn"])


# --- icons and the missing page -----------------------------------------------------------------------------------


def test_every_icon_of_the_manifest_is_made_in_the_size_it_tells():
    files = {
        file.path: file.content for file in make_app_files(TEMPLATES, "Otherton in figures", {"brand": "Otherton"})
    }
    manifest = json.loads(files["manifest.webmanifest"])
    sizes = {path: struct.unpack(">II", content[16:24]) for path, content in files.items() if path.endswith(".png")}
    assert {icon["src"]: icon["sizes"] for icon in manifest["icons"]}.items() <= {
        path: f"{wide}x{high}" for path, (wide, high) in sizes.items()
    }.items()
    assert sizes["assets/portal/icon-180.png"] == (180, 180)
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_an_icon_fills_its_square():
    mark = (TEMPLATES / "assets" / "portal" / "favicon.svg").read_text(encoding="utf-8")
    assert draw_icon(mark, 64) != draw_icon(mark, 64, 0.72)


def test_the_page_of_a_missing_address_offers_only_what_is_there():
    facts = {
        "topics": [{"id": "care", "title": "Care"}, {"id": "money", "title": "Money"}],
        "home": {
            "cards": [{"figure": "children/now", "label": "Children in care"}, {"figure": "gone/now", "label": "x"}]
        },
    }
    young = Page("young-people/", "", "", '<h1>A</h1><section class="mc-help"><p>Call</p></section><p>B</p>')
    offers = find_offers([page("topics/care/"), page("datasets/children/"), young], facts)
    assert offers == {
        "topics": [["topics/care/", "Care"]],
        "wanted": [["datasets/children/", "Children in care"]],
        "help": '<section class="mc-help"><p>Call</p></section>',
    }


# --- the check -----------------------------------------------------------------------------------------------------


def checked(folder: Path, head: str, picture: bytes, url: str = "a/") -> list[tuple[str, str]]:
    (folder / "share").mkdir(exist_ok=True)
    (folder / "share" / "a.png").write_bytes(picture)
    reader = Reader()
    reader.feed(f"<head>{head}</head>")
    rows = {
        "row-1": {"value": "7", "value_low": "", "printed": "7", "flags": "", "period": "2024", "date_status": "stated"}
    }
    return [(p.code, p.message) for p in check_shared({f"{url}index.html": reader}, folder, rows, make_portal())]


def head_of(number: str = "7", words: str = "How many? 7, 2024.", path: str = "share/a.png", url: str = "a/") -> str:
    return make_head(Page(url, "A", "About.", "", share=Share(path, words, ("row-1",), number)), "Site", OWN)


PICTURE = draw_preview(Card("How many? 7, 2024.", "Site", "How many?", "7", "2024"))


def test_a_picture_that_says_what_its_row_says_is_right(tmp_path):
    assert checked(tmp_path, head_of(), PICTURE) == []


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (head_of(number="8"), "the row row-1 says otherwise"),
        (head_of(words="How many? 7, 2025."), "the page says otherwise of it"),
        (head_of(path="share/b.png"), "names no picture that is there"),
        (head_of(path="elsewhere/a.png"), "names no picture that is there"),
    ],
)
def test_a_picture_that_says_otherwise_than_its_page_or_row_is_found(tmp_path, head, said):
    assert any(said in message for _, message in checked(tmp_path, head, PICTURE))


def test_a_picture_titled_as_another_page_is_found(tmp_path):
    found = checked(tmp_path, head_of(url="datasets/a/"), PICTURE, "datasets/a/")
    assert any("titled otherwise" in message for _, message in found)


def test_a_number_that_also_stands_in_the_title_is_taken_for_no_part_of_it():
    reader = Reader()
    reader.feed(f"<head>{head_of(words='What came of 2017? 7, 2024.')}</head>")
    assert "What came of 2017? \ufffc, 2024." in [passage.text for passage in reader.spoken.passages]


def test_another_time_than_that_of_the_row_is_found(tmp_path):
    picture = draw_preview(Card("How many? 7, 2025.", "Site", "How many?", "7", "2025"))
    found = checked(tmp_path, head_of(words="How many? 7, 2025."), picture)
    assert [code for code, _ in found] == ["wrong-number"]


def test_a_number_in_the_picture_of_a_page_for_young_people_is_found(tmp_path):
    found = checked(tmp_path, head_of(url="young-people/a/"), PICTURE, "young-people/a/")
    assert "preview" in {code for code, _ in found}


def test_a_picture_of_another_size_is_found(tmp_path):
    small = draw_icon((TEMPLATES / "assets" / "portal" / "favicon.svg").read_text(encoding="utf-8"), 64)
    assert any("64 by 64" in message for _, message in checked(tmp_path, head_of(), small))


# --- whole sites ---------------------------------------------------------------------------------------------------


def test_a_small_portal_is_built_with_pictures_and_without_noise(tmp_path):
    result = build(load_settings(write_portal(tmp_path), tmp_path / "site"))
    assert result.published, result.problems
    assert not {p.code for p in result.problems} & {"preview", "same-name", "unread-file", "unbound"}
    html = (tmp_path / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert "share/site.png" in html
    assert (tmp_path / "site" / "share" / "datasets-children.png").is_file()


def test_no_two_pages_have_one_name_or_one_description_and_most_are_short(built_site):
    names, long = dict[str, str](), 0
    for path in sorted(built_site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        title = unescape(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1])
        told = re.search(r'<meta name="description" content="([^"]*)"', text)
        assert names.setdefault(title, path.name and str(path)) == str(path), title
        if told:
            about = unescape(told[1])
            assert names.setdefault(about, str(path)) == str(path), about
            assert len(about) <= 300, about
            long += len(about) > 160
        assert len(title) <= 110, title
    assert long <= len(names) / 50


def test_the_pictures_weigh_little(built_site):
    sizes = [path.stat().st_size for path in (built_site / "share").glob("*.png")]
    assert max(sizes) <= 60_000
    assert sum(sizes) <= 6_000_000
