"""Every page of the finished site, light and dark, on a small phone and on a desk: axe finds nothing, none is too wide.

A page is loaded once and looked at in all four states. The pages are dealt out, so that each worker has its share.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe import COLOURLESS, find_colours, find_with_axe, load_axe
from browser import find_dataset_pages, find_pages
from playwright.sync_api import Browser, Page

SHARES = 48
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}

SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"
WIDTH = "document.scrollingElement.scrollWidth"
SCHEME = "document.body.getAttribute('data-md-color-scheme')"
SET_SCHEME = "scheme => document.body.setAttribute('data-md-color-scheme', scheme)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
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
def seen() -> dict[int, set[str]]:
    """Width -> the looks of texts whose colours were judged."""
    return {PHONE["width"]: set(), DESK["width"]: set()}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce", color_scheme="light", viewport=PHONE)
    yield context.new_page()
    context.close()


def look_at(page: Page, dark: str, seen: dict[int, set[str]]) -> Iterator[str]:
    """All rules at both widths, since the layout differs. Those that read colours, light and dark, at each text of a
    look that was not `seen` before at that width; in the dark no others: they read elements, names and boxes, and these
    are seen to be the same there.
    """
    phone, desk = seen[PHONE["width"]], seen[DESK["width"]]
    if (width := page.evaluate(WIDTH)) > PHONE["width"]:
        yield f"on a phone: {width} pixels wide"
    load_axe(page)
    yield from (f"on a phone: {found}" for found in find_with_axe(page, COLOURLESS) + find_colours(page, phone))
    page.set_viewport_size(DESK)
    yield from (f"on a desk: {found}" for found in find_with_axe(page, COLOURLESS) + find_colours(page, desk))
    light, boxes = page.evaluate(BACKGROUND), page.evaluate(BOXES)
    page.evaluate(SET_SCHEME, dark)
    if page.evaluate(BACKGROUND) == light:
        yield "is as light in the dark"
    if page.evaluate(BOXES) != boxes:
        yield "has other boxes in the dark, so that all rules would be needed there"
    yield from (f"on a desk, dark: {found}" for found in find_colours(page, desk))
    page.set_viewport_size(PHONE)
    yield from (f"on a phone, dark: {found}" for found in find_colours(page, phone))


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


def test_colours_are_judged_at_each_look_of_a_text_and_once(browser):
    context = browser.new_context()
    page = context.new_page()
    pale = "p:nth-child(2), .dark p { color: #aaa } .pale { background: #666 } .dark { background: #000 }"
    texts = "<p>Black</p><p id=a>Pale</p><div class=pale><p id=b>On grey</p></div><div class=dark><p>On black</p></div>"
    page.set_content(f"<!doctype html><html lang=en><title>A</title><style>{pale}</style><main>{texts}</main>")
    load_axe(page)
    seen: set[str] = set()
    assert [found.split(": ")[0] for found in find_colours(page, seen)] == [
        "color-contrast at #a",
        "color-contrast at #b",
    ]
    assert find_colours(page, seen) == []
    page.evaluate("document.querySelector('.dark').style.background = '#888'")
    assert [found.split(" at ")[0] for found in find_colours(page, seen)] == ["color-contrast"]
    context.close()
