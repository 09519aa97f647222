"""What the scripts of every page do, in a real Chromium: menu, colours, contents. Nothing more, nothing stored.

The search has tests of its own (test_search_in_browser.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from test_site_in_browser import STORED, WATCH

DATASET = "datasets/adoption/"


@pytest.fixture
def open_page(browser: Browser, served_site: str) -> Iterator[Any]:
    """Open a page in a context of its own; at the end, nothing may have been refused, stored or complained of."""
    contexts, heard = [], []

    def make(here: str = "", width: int = 1280, base: str = served_site, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: heard.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.add_init_script(WATCH)
        page.goto(base + here)
        return page

    yield make
    for context in contexts:
        heard += [noted for page in context.pages for noted in page.evaluate("window.__noted")]
        context.close()
    # After a click on the colours; the tests of these look for themselves.
    assert [line for line in heard if not (line.startswith("stored") and "palette" in line)] == []


# --- menu --------------------------------------------------------------------------------------------------------


def test_the_menu_opens_by_keyboard_and_escape_gives_the_focus_back(open_page):
    page = open_page(DATASET, 320)
    button, drawer = page.get_by_role("button", name="Menu", exact=True), page.locator(".md-sidebar--primary")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert drawer.evaluate("el => el.inert")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert not drawer.evaluate("el => el.inert")
    assert drawer.evaluate("el => el.contains(document.activeElement)")
    expect(drawer.get_by_role("link", name="Home")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    assert drawer.evaluate("el => el.inert")


def test_the_shut_menu_takes_no_focus_and_the_open_one_shuts_when_the_focus_leaves(open_page):
    page = open_page(DATASET, 320)
    drawer = page.locator(".md-sidebar--primary")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert not drawer.evaluate("el => el.contains(document.activeElement)")
    page.get_by_role("button", name="Menu", exact=True).click()
    drawer.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".mc-tool--menu")).to_have_attribute("aria-expanded", "false")


def test_a_link_of_the_menu_leads_on_and_the_way_back_finds_the_menu_shut(open_page):
    page = open_page(DATASET, 320)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(".md-sidebar--primary").get_by_role("link", name="Scorecard").click()
    page.wait_for_url("**/scorecard/")
    page.go_back()
    expect(page.get_by_role("button", name="Menu", exact=True)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".md-sidebar--primary")).not_to_be_in_viewport()


# --- colours -----------------------------------------------------------------------------------------------------


def scheme_of(page: Page) -> str:
    return str(page.locator("body").get_attribute("data-md-color-scheme"))


@pytest.mark.parametrize(("system", "shown", "other"), [("light", "default", "slate"), ("dark", "slate", "default")])
def test_the_systems_colours_are_followed_until_a_reader_chooses(open_page, system, shown, other):
    page = open_page(DATASET, color_scheme=system)
    button = page.get_by_role("button", name="Dark colours")
    assert scheme_of(page) == shown
    expect(button).to_have_attribute("aria-pressed", str(system == "dark").lower())
    page.emulate_media(color_scheme="dark" if system == "light" else "light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
    page.emulate_media(color_scheme=system)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", shown)
    assert page.evaluate(STORED) == []

    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", other)
    expect(button).to_have_attribute("aria-pressed", str(other == "slate").lower())
    assert len(page.evaluate(STORED)) == 1
    page.emulate_media(color_scheme="dark" if system == "light" else "light")
    page.emulate_media(color_scheme=system)
    assert scheme_of(page) == other
    page.reload()
    assert scheme_of(page) == other


def test_where_nothing_can_be_stored_the_choice_holds_as_long_as_the_page(browser, served_site):
    page = browser.new_page(color_scheme="light")
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(served_site)
    page.get_by_role("button", name="Dark colours").click()
    assert scheme_of(page) == "slate"
    page.get_by_role("button", name="Dark colours").click()
    assert scheme_of(page) == "default"
    assert faults == []
    page.close()


# --- contents, buttons -------------------------------------------------------------------------------------------


def test_the_part_that_is_being_read_is_marked_in_the_contents(open_page):
    page = open_page(DATASET)
    links = page.locator(".md-nav--secondary a[href^='#']")
    assert links.count() > 2
    marked = page.locator(".md-nav--secondary a[aria-current=true]")
    for number in (1, links.count() - 2, 0):
        target = links.nth(number).get_attribute("href")
        page.evaluate("id => document.getElementById(id.slice(1)).scrollIntoView()", target)
        expect(marked).to_have_count(1)
        expect(marked).to_have_attribute("href", str(target))


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("here", ["", DATASET, "404.html"])
def test_each_button_of_the_header_has_a_name_and_room_for_a_thumb(open_page, here, width):
    page = open_page(here, width)
    names = []
    for button in page.locator("header .mc-tool:visible").all():
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        names.append(button.get_attribute("aria-label"))
    assert names[:3] == ["Search", "Dark colours", "Menu"][: 3 if width < 960 else 2]
