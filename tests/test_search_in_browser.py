"""The search, in a real Chromium: by keyboard, by ear and on a phone, when the network fails, and without JavaScript.

How good its answers are is measured elsewhere (search_ranks.py); here, what a reader meets on the way to them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import find_with_axe, load_axe
from browser import served
from playwright.sync_api import Browser, Locator, Page, Route, expect
from test_site_in_browser import SETTLED, STORED, WATCH

DATASET = "datasets/adoption/"
ROWS = "datasets/looked-after-children/rows/"
FIELD, STATUS, OFFER, LINK = "#mc-search-field", ".mc-search__status", ".mc-search__offer", ".mc-search__link"
HOME_FIELD = "main form [type=search]"
ATTACK = "<img src=x onerror=alert(1)>"
PATIENT = (
    30_000  # ms: at a first miss Playwright describes the whole page, which takes seconds where there are many rows
)
SCRIPT, SHELVES = "**/search.js", "**/search/*.json"

WHERE = """() => { const at = document.activeElement;
    return at === document.body ? "the browser" : at.closest("dialog") ? "the search" : at.outerHTML; }"""
# What reaches beyond the screen, or out of the dialog.
WIDE = """() => { const dialog = document.querySelector("dialog[open]");
    const wide = [...dialog.querySelectorAll("*")].filter(one => one.getBoundingClientRect().right > innerWidth);
    const scrolls = [document.documentElement, dialog].filter(one => one.scrollWidth > one.clientWidth);
    return [...wide, ...scrolls].map(one => one.outerHTML.slice(0, 120)); }"""
IS_AFTER = "(target, at) => target.contains(at) || Boolean(target.compareDocumentPosition(at) & 4)"


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
        page.on("dialog", lambda box: heard.append(f"a box said {box.message}"))
        page.add_init_script(WATCH)
        page.goto(base + here)
        return page

    yield make
    for context in contexts:
        heard += [noted for page in context.pages for noted in page.evaluate("window.__noted")]
        context.close()
    assert heard == []


def button_of(page: Page) -> Locator:
    return page.get_by_role("button", name="Search", exact=True).first


def dialog_of(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search")


def open_search(page: Page) -> None:
    button_of(page).click()
    expect(page.locator(OFFER).first).to_be_visible(timeout=PATIENT)


def ask(page: Page, words: str) -> None:
    page.locator(FIELD).fill(words)
    expect(page.locator(STATUS)).to_contain_text(f"for “{words}”", timeout=PATIENT)


def item_of(page: Page, title: str) -> Locator:
    return page.locator(".mc-search__item").filter(has=page.get_by_text(title, exact=True))


# --- by keyboard and by ear --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "width", "key"),
    [("", 1280, "Enter"), ("", 320, "Space"), (ROWS, 1280, "Space"), ("404.html", 320, "Enter")],
)
def test_the_search_opens_by_keyboard_finds_and_gives_the_focus_back(open_page, here, width, key):
    page = open_page(here, width)
    button, field, dialog = button_of(page), page.locator(FIELD), dialog_of(page)
    for _ in range(20):
        page.keyboard.press("Tab")
        if button.evaluate("el => el === document.activeElement"):
            break
    expect(button).to_be_focused()
    page.keyboard.press(key)
    expect(field).to_be_focused()
    expect(dialog).to_be_visible()
    expect(page.locator(OFFER).first).to_be_visible()
    page.keyboard.type("adoption")
    expect(page.locator(LINK)).to_have_count(10)
    first = page.locator(".mc-search__title").first.inner_text()
    expect(dialog.get_by_role("status")).to_have_text(
        re.compile(rf"10 answers for “adoption”\. First: {re.escape(first)}")
    )
    assert page.evaluate(STORED) == []
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(button).to_be_focused()
    page.keyboard.press(key)
    expect(field).to_be_focused()
    page.get_by_role("button", name="Close the search").click()
    expect(button).to_be_focused()


def test_the_arrows_go_from_the_field_through_the_answers_and_back(open_page):
    page = open_page()
    open_search(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator(OFFER).first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    ask(page, "adoption")
    for number in (0, 1, 2):
        page.keyboard.press("ArrowDown")
        expect(page.locator(LINK).nth(number)).to_be_focused()
    for number in (1, 0):
        page.keyboard.press("ArrowUp")
        expect(page.locator(LINK).nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.locator(LINK).last.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(LINK).last).to_be_focused()


@pytest.mark.parametrize("words", ["", "adoption"])
def test_the_tab_key_stays_in_the_dialog_and_each_stop_has_a_name(open_page, words):
    page = open_page()
    open_search(page)
    if words:
        ask(page, words)
    page.locator(FIELD).focus()
    seen = []
    for key in ["Tab"] * 16 + ["Shift+Tab"] * 4:
        page.keyboard.press(key)
        seen.append(page.evaluate(WHERE))
        if seen[-1] == "the search":
            expect(page.locator(":focus")).to_have_accessible_name(re.compile(r"\w"))
    assert {*seen} <= {"the search", "the browser"}
    assert seen.count("the search") > 12


def test_answers_that_come_late_take_nobody_out_of_the_field_and_leave_nobody_without_a_place(open_page):
    page = open_page("404.html")
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))
    button_of(page).click()
    page.keyboard.type("adopt")
    expect(page.locator(STATUS)).to_contain_text("Fetching")
    held[0].continue_()
    expect(page.locator(LINK).first).to_be_visible()
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("ion")
    page.keyboard.press("ArrowDown")
    expect(page.locator(STATUS)).to_contain_text("for “adoption”")
    expect(page.locator(LINK).first).to_be_focused()


@pytest.mark.parametrize("here", [DATASET, "young-people/where-you-live/", "404.html"])
def test_enter_leads_to_the_first_answer_and_on_to_its_page(open_page, here):
    page = open_page(here)
    open_search(page)
    page.keyboard.type("adoption")
    page.keyboard.press("Enter")
    first = page.locator(LINK).first
    expect(first).to_be_focused()
    expect(page.locator(STATUS)).to_contain_text("for “adoption”")
    address = first.evaluate("el => el.href")
    page.keyboard.press("Enter")
    page.wait_for_url(address)
    expect(page.locator("h1")).to_be_visible()
    assert "Page not found" not in page.title()


def test_an_answer_can_lead_to_a_part_of_the_very_same_page(open_page):
    page = open_page(ROWS)
    target = page.locator("#lac-number-2016-01-15")
    for _ in range(2):  # the second time it is where the address leads already
        page.evaluate("scrollTo(0, 0)")
        button_of(page).click()
        ask(page, "1,248 children in care")
        page.keyboard.press("Enter")
        expect(page.locator(LINK).first).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog_of(page)).not_to_be_visible()
        assert page.url.endswith(f"{ROWS}#lac-number-2016-01-15")
        page.evaluate(SETTLED)
        expect(target).to_be_in_viewport()
        page.keyboard.press("Tab")
        assert target.evaluate(IS_AFTER, page.locator(":focus").element_handle())


def test_no_letter_by_itself_opens_it_and_each_can_be_typed_into_it(open_page):
    """Words that are dictated come as letters (WCAG 2.1.4)."""
    page = open_page(DATASET)
    for opened in (False, True):
        if opened:
            open_search(page)
            page.keyboard.type("staff, f/s")
            expect(page.locator(FIELD)).to_have_value("staff, f/s")
            page.keyboard.press("Escape")
        page.locator("main a").first.focus()
        before = page.url
        for key in ("s", "f", "/", "n", "p", ".", ","):
            page.keyboard.press(key)
        page.evaluate(SETTLED)
        expect(dialog_of(page)).to_have_count(0)
        assert page.url == before


# --- what is answered --------------------------------------------------------------------------------------------


def test_a_printed_number_shows_all_it_means_and_when(open_page):
    page = open_page()
    open_search(page)
    ask(page, "1,248")
    expect(dialog_of(page).get_by_role("heading", name="Printed numbers")).to_be_visible()
    expect(page.locator(".mc-search__figure")).to_have_text(["1,248", "1,248"])
    expect(page.locator(".mc-search__title")).to_have_text(
        ["Children in care", "Worries about a child that social workers took up"]
    )
    expect(page.locator(".mc-search__when")).to_have_text(["15 January 2016, Manchester", "November 2015, Manchester"])


def test_a_measure_shows_its_figure_and_date_and_one_without_says_so(open_page):
    page = open_page()
    open_search(page)
    ask(page, "Days from coming into care to moving in with the new family")
    item = item_of(page, "Days from coming into care to moving in with the new family")
    expect(item.locator(".mc-search__figure")).to_have_text("517")
    expect(item.locator(".mc-search__when")).to_contain_text("December 2016")
    expect(item.locator(".mc-search__kind")).to_have_text("Measure")
    ask(page, "Plans for children in need that were checked on time")
    item = item_of(page, "Plans for children in need that were checked on time")
    expect(item.locator(".mc-search__when")).to_have_text("No figure: not available, December 2016")
    expect(item.locator(".mc-search__figure")).to_have_count(0)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("rate of children in care Birmingham", "Birmingham"),
        ("rate of children in care birmigham", "Birmingham"),
        ("children in care rate newcastle", "Newcastle upon Tyne"),
        ("rate of children in care greater manchester", "Greater Manchester"),
        ("rate of children in care national average", "England"),
        ("rate of children in care Manchester", "Manchester"),
        ("rate of children in care Manchester or Birmingham", "Manchester"),
    ],
)
def test_no_figure_is_shown_of_another_place_than_the_one_that_was_asked_for(open_page, words, place):
    page = open_page(f"?q={words}")
    expect(page.locator(LINK).first).to_be_visible(timeout=PATIENT)
    shown = page.locator(".mc-search__item", has=page.locator(".mc-search__figure"))
    told = shown.locator(".mc-search__when").all_inner_texts()
    assert all(when.endswith(f", {place}") or when.strip() == place for when in told)
    for without in page.locator(".mc-search__item", has_text=f"No figure for {place}").all():
        assert without.locator(".mc-search__figure").count() == 0
    if place != "Greater Manchester":
        assert told


def test_a_slip_finds_nothing_found_is_said_and_what_is_typed_stays_text(open_page):
    page = open_page()
    open_search(page)
    ask(page, "adoptoin")
    expect(page.locator(f"{LINK}[href$='{DATASET}']")).to_be_visible()
    ask(page, "zzqxj")
    expect(page.locator(STATUS)).to_contain_text("Nothing found for “zzqxj”")
    expect(page.locator(LINK)).to_have_count(0)
    page.keyboard.press("Enter")
    page.evaluate(SETTLED)
    expect(page.locator(FIELD)).to_be_focused()
    ask(page, ATTACK)
    page.evaluate(SETTLED)
    expect(dialog_of(page).locator("img")).to_have_count(0)
    page = open_page(f"404.html?q={ATTACK}")
    expect(page.locator(STATUS)).to_contain_text(f"for “{ATTACK}”")
    expect(dialog_of(page).locator("img")).to_have_count(0)


@pytest.mark.parametrize("here", ["", "young-people/"])
def test_each_question_that_is_offered_finds_its_page_first(open_page, served_site, built_site: Path, here):
    told = json.loads((built_site / "search" / "words.json").read_text(encoding="utf-8"))["examples"]
    examples = [[question, url] for question, url in told if url.startswith("young-people/") == bool(here)]
    assert len(examples) >= 4
    page = open_page(here)
    open_search(page)
    found = []
    for question, _ in examples:
        page.get_by_role("button", name=question, exact=True).click()
        expect(page.locator(STATUS)).to_contain_text(f"for “{question}”")
        expect(page.locator(LINK).first).to_be_focused()
        found.append([question, page.locator(LINK).first.evaluate("el => el.href").removeprefix(served_site)])
        page.locator(FIELD).fill("")
        expect(page.locator(OFFER)).to_have_count(len(examples))
    assert found == examples


def test_on_a_page_for_young_people_their_own_pages_come_first(open_page, served_site):
    found = {}
    for here in ("young-people/school/", "404.html"):
        page = open_page(here)
        open_search(page)
        ask(page, "care")
        hrefs = page.locator(LINK).evaluate_all("all => all.map(one => one.href)")
        found[here] = [href.startswith(f"{served_site}young-people/") for href in hrefs]
    assert all(found["young-people/school/"][:3])
    assert not found["404.html"][0]


# --- ways in -----------------------------------------------------------------------------------------------------


def test_an_address_with_a_question_answers_it_and_one_without_words_only_opens(open_page):
    page = open_page("scorecard/?q=adoption")
    expect(page.locator(STATUS)).to_contain_text("for “adoption”")
    expect(page.locator(FIELD)).to_have_value("adoption")
    expect(page.locator(LINK).first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button_of(page)).to_be_focused()
    page = open_page("scorecard/?q=")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(OFFER).first).to_be_visible()


def test_what_is_asked_on_the_home_page_is_answered_there_each_time(open_page, served_site):
    page = open_page("", 320)
    for words in ("adoption", "fostering"):  # the second time, all is there already
        page.locator(HOME_FIELD).fill(words)
        page.locator(HOME_FIELD).press("Enter")
        expect(page.locator(STATUS)).to_contain_text(f"for “{words}”")
        expect(page.locator(FIELD)).to_have_value(words)
        expect(page.locator(LINK).first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(HOME_FIELD)).to_be_focused()
    assert page.url == served_site


@pytest.mark.parametrize("prefix", ["/", "/a/path/further/down/"])
def test_the_search_works_wherever_the_site_stands(open_page, built_site: Path, prefix):
    with served(built_site, prefix) as base:
        page = open_page("measures/lac-number/", base=base)
        open_search(page)
        ask(page, "adoption")
        page.locator(f"{LINK}[href*='datasets/adoption/']").first.click()
        page.wait_for_url(re.compile(re.escape(base) + r"datasets/adoption/"))
        expect(page.locator("h1")).to_be_visible()


def test_without_javascript_a_page_from_a_to_z_stands_in(browser, served_site, built_site: Path):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served_site + DATASET)
    page.get_by_role("link", name="Everything from A to Z").first.click()
    assert page.url == f"{served_site}a-to-z/"
    page.goto(served_site)
    page.locator(HOME_FIELD).fill("adoption")
    page.locator(HOME_FIELD).press("Enter")
    page.wait_for_url("**/a-to-z/?q=adoption")
    expect(page.locator("h1")).to_have_text("Everything from A to Z")
    hrefs = page.locator("main a[href*='measures/']").evaluate_all("all => all.map(one => one.href)")
    measures = {path.parent.name for path in built_site.glob("measures/*/index.html")}
    assert len(measures) > 200
    assert {f"{served_site}measures/{name}/" for name in measures} <= {*hrefs}
    context.close()


# --- what it looks like, what it weighs, and what fails ----------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_all_fits(open_page, width, scheme):
    page = open_page("404.html", width, color_scheme=scheme)
    open_search(page)
    load_axe(page)
    assert find_with_axe(page) == []
    assert page.evaluate(WIDE) == []
    for words in ("adoption", "1,248 children in care", "zzqxj"):
        ask(page, words)
        assert find_with_axe(page) == []
        assert page.evaluate(WIDE) == []


@pytest.mark.parametrize("words", ["adoption", "how long does it take to adopt a child", "1,248 children in care"])
def test_nothing_is_fetched_before_it_is_opened_and_little_after(open_page, served_site, built_site: Path, words):
    page = open_page("404.html")
    page.evaluate(SETTLED)
    told = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert [name for name in told if "search" in name] == []
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.removeprefix(served_site)))
    open_search(page)
    ask(page, words)
    assert "assets/portal/search.js" in fetched
    assert len(fetched) < 15
    packed = sum(len(gzip.compress((built_site / name).read_bytes())) for name in fetched)
    assert packed < 75_000, "half of what a search may ask of a slow line"


@pytest.mark.parametrize("lost", [SCRIPT, SHELVES])
def test_what_cannot_be_fetched_is_said_and_can_be_tried_again(browser, served_site, lost):
    page = browser.new_page()
    page.goto(served_site + "404.html")
    page.route(lost, lambda route: route.abort())
    button_of(page).click()
    status = dialog_of(page).get_by_role("status")
    expect(status).to_contain_text("could not be fetched")
    expect(dialog_of(page).get_by_role("link", name="Everything from A to Z")).to_be_visible()
    page.unroute(lost)
    page.keyboard.press("Escape")
    open_search(page)
    ask(page, "adoption")
    page.close()


def test_answers_that_cannot_be_fetched_leave_no_others_in_their_place_and_enter_tries_again(browser, served_site):
    page = browser.new_page()
    page.goto(served_site + "404.html")
    open_search(page)
    page.route(SHELVES, lambda route: route.abort())
    page.get_by_role("button", name="How long did adoption take?").click()
    expect(page.locator(STATUS)).to_contain_text("could not be fetched. Press Enter")
    expect(page.locator(OFFER)).to_have_count(0)
    expect(page.locator(FIELD)).to_be_focused()
    page.unroute(SHELVES)
    page.keyboard.press("Enter")
    expect(page.locator(LINK).first).to_be_focused()
    page.close()
