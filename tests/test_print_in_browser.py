"""What comes out of a printer: a dataset is a fact sheet of two sides, and nothing on paper waits to be clicked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

SIDES = re.compile(rb"/Type\s*/Page\b")
SEEN = "e => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0; }"
BUSY = ("looked-after-children", "workforce", "fostering", "our-year")  # the longest, and two without a chart


@pytest.fixture
def paper(browser: Browser, served_site: str) -> Iterator[Page]:
    """A page of a reader who has chosen the dark colours, as it goes to the printer."""
    context = browser.new_context(color_scheme="dark", base_url=served_site)
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")
    yield page
    context.close()


def visible(page: Page, selector: str) -> int:
    return page.locator(selector).evaluate_all(f"all => all.filter({SEEN}).length")


def test_every_dataset_is_printed_on_two_sides(paper, served_site, built_site):
    long = {}
    for path in sorted(built_site.glob("datasets/*/index.html")):
        paper.goto(f"{served_site}datasets/{path.parent.name}/")
        sides = len(SIDES.findall(paper.pdf(prefer_css_page_size=True)))
        if sides > 2:
            long[path.parent.name] = sides
    assert not long


@pytest.mark.parametrize("slug", BUSY)
def test_a_fact_sheet_has_what_a_committee_reads_and_nothing_to_click(paper, served_site, built_site, slug):
    if not (built_site / "datasets" / slug).is_dir():
        pytest.skip("this portal has no such dataset")
    paper.goto(f"{served_site}datasets/{slug}/")
    for part in ("h1", ".mc-headline__number", "#know", "#do-not-compare", "#sources", ".mc-paper"):
        assert visible(paper, part), part
    for part in (
        ".md-header",
        ".mc-footer",
        ".mc-onpage",
        ".mc-downloads",
        "#download",
        ".mc-actions",
        ".mc-pager",
        "button",
    ):
        assert not visible(paper, part), part
    assert visible(paper, "figure.mc-chart") == min(1, paper.locator("figure.mc-chart").count())


def test_a_dark_screen_prints_black_on_white(paper, served_site):
    paper.goto(f"{served_site}datasets/{BUSY[0]}/")
    colours = paper.evaluate(
        "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('h1')).color]"
    )
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_help_is_printed_above_the_first_number_for_young_people(paper, served_site, built_site):
    if not (built_site / "young-people").is_dir():
        pytest.skip("this portal has no such section")
    paper.goto(f"{served_site}young-people/")
    assert visible(paper, ".mc-help__call")
    top = paper.locator(".mc-help").bounding_box()
    assert top is not None
    assert top["y"] < 500


def test_a_page_saved_without_its_folder_can_be_read(browser, built_site, tmp_path):
    """From a disk, with no style and no script: the words, the numbers and the drawings stand in the page itself."""
    saved = tmp_path / "saved.html"
    saved.write_bytes((built_site / "datasets" / BUSY[0] / "index.html").read_bytes())
    page = browser.new_page()
    page.goto(Path(saved).as_uri())
    assert visible(page, "h1") == 1
    assert visible(page, ".mc-headline__number a") == 1
    assert visible(page, "figure.mc-chart svg[role=img]") > 0
    page.close()


def test_a_printed_page_says_where_it_was_printed_from(paper, served_site, built_site):
    for url in ("scorecard/", "timeline/", f"datasets/{BUSY[0]}/"):
        if (built_site / url).is_dir():
            paper.goto(f"{served_site}{url}")
            assert f"/{url}" in paper.locator(".mc-paper").last.inner_text()


def test_the_choice_of_a_reader_is_printed_and_said(paper, served_site, built_site):
    if not (built_site / "timeline").is_dir():
        pytest.skip("this portal has no timeline")
    paper.goto(f"{served_site}timeline/")
    short = visible(paper, ".mc-moment__text, .mc-moment__note")
    assert "in short" in paper.locator(".mc-filter label:visible").all_inner_texts()
    paper.evaluate("document.getElementById('length-full').checked = true")
    assert visible(paper, ".mc-moment__text, .mc-moment__note") > short
