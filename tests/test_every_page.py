"""Every page of the finished site, light and dark, on a small phone and on a desk: axe finds nothing, none is too wide.

A page is loaded once and looked at in all four states. The pages are dealt out, so that each worker has its share.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import COLOUR_RULES, find_with_axe, load_axe
from browser import find_dataset_pages, find_pages
from playwright.sync_api import Browser, Page

SHARES = 48
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}

SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
WIDTH = "document.scrollingElement.scrollWidth"
SCHEME = "document.body.getAttribute('data-md-color-scheme')"
SET_SCHEME = "scheme => document.body.setAttribute('data-md-color-scheme', scheme)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
# Each element as the styles see it: itself and those around it, with their classes and what else picks a colour.
PLACES = """() => [...new Set([...document.body.querySelectorAll("*")].map(element => {
    const places = [];
    for (let e = element; e !== document.body; e = e.parentElement) places.push(
        [e.tagName, e.getAttribute("class"), e.hasAttribute("data-rows"), e.getAttribute("fill"), !!e.id].join());
    return places.join(" ");
}))]"""
# Where all that is drawn stands, and how large: one long text.
BOXES = """() => JSON.stringify([...document.body.querySelectorAll("*")].map(element => {
    const box = element.getBoundingClientRect();
    return [element.tagName, box.x, box.y, box.width, box.height]; }))"""


@pytest.fixture(scope="session")
def dark_scheme(browser: Browser, served_site: str) -> str:
    """What the site's own script calls the scheme of a reader whose system is dark."""
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()
    page.goto(served_site)
    page.evaluate(SETTLED)
    scheme = str(page.evaluate(SCHEME))
    context.close()
    return scheme


@pytest.fixture(scope="session")
def dataset_page(built_site: Path) -> str:
    return find_dataset_pages(built_site)[0]


@pytest.fixture(scope="session")
def seen() -> set[str]:
    """The places of elements that were looked at in the dark."""
    return set()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", color_scheme="light", viewport=PHONE)
    yield context.new_page()
    context.close()


def look_at(page: Page, dark: str, seen: set[str]) -> Iterator[str]:
    """All rules in the light, at both widths, since the layout differs; in the dark only those that read colours, and
    those only on a page that has an element in a place where none was `seen` before.

    That is complete: the other rules read elements, names and boxes, and these are seen to be the same in the dark;
    and elements that stand in the same places, in pages laid out alike, are given the same colours.
    """
    if (width := page.evaluate(WIDTH)) > PHONE["width"]:
        yield f"on a phone: {width} pixels wide"
    load_axe(page)
    yield from (f"on a phone: {found}" for found in find_with_axe(page))
    page.set_viewport_size(DESK)
    yield from (f"on a desk: {found}" for found in find_with_axe(page))
    light, boxes = page.evaluate(BACKGROUND), page.evaluate(BOXES)
    page.evaluate(SET_SCHEME, dark)
    if page.evaluate(BACKGROUND) == light:
        yield "is as light in the dark"
    if page.evaluate(BOXES) != boxes:
        yield "has other boxes in the dark, so that all rules would be needed there"
    places = set(page.evaluate(PLACES))
    if places <= seen:
        return
    seen |= places
    yield from (f"on a desk, dark: {found}" for found in find_with_axe(page, COLOUR_RULES))
    page.set_viewport_size(PHONE)
    yield from (f"on a phone, dark: {found}" for found in find_with_axe(page, COLOUR_RULES))


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_nothing_and_no_page_is_too_wide_for_a_phone(page, built_site, served_site, dark_scheme, seen, share):
    complaints = []
    for here in find_pages(built_site)[share::SHARES]:
        page.set_viewport_size(PHONE)
        page.goto(served_site + here)
        page.evaluate(SETTLED)
        complaints += [f"/{here} {found}" for found in look_at(page, dark_scheme, seen)]
    assert not complaints, f"{len(complaints)} complaints\n" + "\n".join(complaints)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_a_page_that_was_loaded_in_the_dark(browser, served_site, dataset_page, viewport):
    """The scheme as the site's own script sets it, with the button to change it as it then stands."""
    context = browser.new_context(reduced_motion="reduce", color_scheme="dark", viewport=viewport)
    page = context.new_page()
    for here in ("", dataset_page):
        page.goto(served_site + here)
        page.evaluate(SETTLED)
        load_axe(page)
        assert find_with_axe(page) == []
    context.close()


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<p style='color: #999; background: #fff'>Pale</p>", "color-contrast"),
        ("<button style='width: 12px; height: 12px; padding: 0'>A</button>" * 2, "target-size"),
        ("<a href='#a' aria-label='Something else'>Words</a>", "label-content-name-mismatch"),
        ("<h1>A</h1><h3>B</h3>", "heading-order"),
    ],
)
def test_axe_sees(browser, html, rule):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang=en><title>A</title><main>{html}</main>")
    load_axe(page)
    assert any(found.startswith(f"{rule} at ") for found in find_with_axe(page))
    context.close()
