"""A number opened where it stands, in a real Chromium: by keyboard, by thumb, and when it cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe import find_with_axe, load_axe
from playwright.sync_api import Browser, Page, expect
from test_site_in_browser import WATCH
from walk_page import Walk, open_number

ADDRESS = "datasets/looked-after-children/"
NUMBER = ".mc-headline__number a.mc-number"
CHANGE = "a.mc-worked"
OPEN = "dialog.mc-opened[open]"
ROWS = re.compile(r"/rows/#")


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Any]:
    contexts = []

    def make(**options: Any) -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce", **options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


def open_first(page: Page, base: str, selector: str = NUMBER) -> None:
    page.goto(base + ADDRESS)
    page.locator(selector).first.click()
    page.wait_for_selector(OPEN)


def test_enter_opens_a_number_and_escape_gives_the_focus_back(new_page, served_site):
    page = new_page()
    page.goto(served_site + ADDRESS)
    read = open_number(Walk(page))
    role, name = read[0]
    assert role == "dialog"
    number = page.locator(NUMBER).first.inner_text()
    assert name.startswith(number)
    said = " ".join(name for _, name in read)
    for told in ("The document", "The place in it", "As printed", "Line", "version", "The row in full"):
        assert told in said
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('a.mc-number')")
    assert page.evaluate("document.activeElement.textContent") == number
    assert page.url == served_site + ADDRESS


def test_no_stop_of_the_tab_key_is_without_a_name(new_page, served_site):
    page = new_page()
    page.goto(served_site + ADDRESS)
    stops = list(Walk(page).stops())
    assert len(stops) > 20
    assert [stop for stop in stops if not stop[1]] == []


def test_the_focus_cannot_leave_the_open_dialog_for_the_page(new_page, served_site):
    page = new_page()
    open_first(page, served_site)
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")


def test_the_close_button_and_a_tap_beside_the_dialog_close_it(new_page, served_site):
    page = new_page()
    open_first(page, served_site)
    page.get_by_role("button", name="Close").click()
    expect(page.locator(OPEN)).to_have_count(0)
    page.locator(NUMBER).first.click()
    page.wait_for_selector(OPEN)
    page.mouse.click(2, 2)
    expect(page.locator(OPEN)).to_have_count(0)


def test_a_change_opens_its_sum_and_from_there_its_rows(new_page, served_site):
    page = new_page()
    open_first(page, served_site, CHANGE)
    box = page.locator(OPEN)
    expect(box).to_contain_text("The sum")
    box.locator("a.mc-number").first.click()
    expect(box).to_contain_text("As printed")
    expect(box).to_contain_text("The row in full")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('a.mc-worked')")


def test_the_dialog_names_the_permanent_address_and_the_way_to_it(new_page, served_site):
    page = new_page()
    open_first(page, served_site)
    address = page.get_by_label("Address of this number").input_value()
    assert address.startswith(served_site)
    assert ROWS.search(address)
    page.get_by_role("link", name="Open its own page").click()
    page.wait_for_url(address)
    assert page.locator(".mc-row:target").count() == 1


def test_links_of_the_row_lead_to_the_same_places_as_on_its_own_page(new_page, served_site):
    page = new_page()
    open_first(page, served_site)
    links = page.locator(f"{OPEN} a").evaluate_all("links => links.map(link => link.href)")
    page.goto(page.get_by_label("Address of this number").input_value())
    own = page.locator(".mc-row:target a").evaluate_all("links => links.map(link => link.href)")
    assert set(own) <= set(links)


@pytest.mark.parametrize("modifier", ["Control", "Shift"])
def test_a_click_that_asks_for_another_tab_is_left_alone(new_page, served_site, modifier):
    page = new_page()
    page.goto(served_site + ADDRESS)
    with page.context.expect_page() as opened:
        page.locator(NUMBER).first.click(modifiers=[modifier])
    assert opened.value is not page
    assert page.locator("dialog[open]").count() == 0


def test_without_javascript_the_link_leads_to_the_row(new_page, served_site):
    page = new_page(java_script_enabled=False)
    page.goto(served_site + ADDRESS)
    page.locator(NUMBER).first.click()
    page.wait_for_url(ROWS)
    assert page.locator(".mc-row:target").count() == 1


def test_when_the_page_of_rows_cannot_be_read_the_link_is_followed(new_page, served_site):
    page = new_page()
    page.route("**/rows/", lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_())
    page.goto(served_site + ADDRESS)
    page.locator(NUMBER).first.click()
    page.wait_for_url(ROWS)


def test_from_a_folder_on_disk_the_link_is_followed(new_page, built_site):
    page = new_page()
    page.goto((built_site / ADDRESS / "index.html").as_uri())
    assert page.locator("dialog").count() == 0
    assert page.locator(NUMBER).first.get_attribute("href")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_open_dialog_fits_and_axe_finds_no_fault_in_it(new_page, served_site, width, scheme):
    page = new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page.add_init_script(WATCH)
    open_first(page, served_site)
    page.locator(f"{OPEN} summary").click()
    assert (
        page.evaluate("(() => { const b = document.querySelector('dialog'); return b.scrollWidth - b.clientWidth; })()")
        <= 0
    )
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    load_axe(page)
    assert find_with_axe(page) == []
    assert page.evaluate("window.__noted") == []  # nothing is stored, nothing is refused


def test_the_mark_of_a_chart_opens_its_row_and_is_no_stop_of_the_tab_key(new_page, served_site):
    page = new_page(viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(served_site + ADDRESS)
    marks = page.locator(".mc-hits a:visible")
    assert marks.count() > 20
    assert set(marks.evaluate_all("all => all.map(mark => mark.tabIndex)")) == {-1}
    mark = marks.last
    mark.scroll_into_view_if_needed()
    mark.click()
    page.wait_for_selector(OPEN)
    expect(page.locator(OPEN)).to_contain_text("The row in full")
    wanted = str(mark.get_attribute("href")).partition("#")[2]
    assert page.get_by_label("Address of this number").input_value().endswith(f"#{wanted}")
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_mark_lies_where_it_is_drawn(new_page, served_site, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(served_site + ADDRESS)
    shift = """() => [...document.querySelectorAll(".mc-chart__drawing")].flatMap(drawing => {
        const [drawn, over] = [...drawing.children].filter(svg => svg.getBoundingClientRect().width > 0);
        if (!over) return [];
        const [a, b] = [drawn.getBoundingClientRect(), over.getBoundingClientRect()];
        return [Math.abs(a.left - b.left) + Math.abs(a.top - b.top) + Math.abs(a.width - b.width)];
    })"""
    shifts = page.evaluate(shift)
    assert len(shifts) > 3
    assert max(shifts) < 1
