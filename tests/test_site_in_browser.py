"""The finished site in a real Chromium, as a visitor meets it, with and without JavaScript.

Each test looks at all its pages before it complains, so that one run shows everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import find_dataset_pages, is_elsewhere, pick_pages
from playwright.sync_api import Browser, Page, expect

SCHEME_TOGGLE = ".mc-scheme"

# Runs before the page's own scripts: notes what the page stores and what its policy refuses.
WATCH = """
window.__noted = [];
document.addEventListener("securitypolicyviolation", event =>
    window.__noted.push(`policy ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`.trim()));
const setItem = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
    window.__noted.push(`stored "${key}"`);
    return setItem.call(this, key, value);
};
"""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"

STORED = """async () => [
    ...Object.keys(localStorage).map(key => `localStorage holds "${key}"`),
    ...Object.keys(sessionStorage).map(key => `sessionStorage holds "${key}"`),
    ...(await indexedDB.databases()).map(base => `indexedDB holds "${base.name}"`),
    ...(await caches.keys()).map(key => `a cache holds "${key}"`),
]"""

# What a reader can get to see without a script: a closed <details> opens by itself.
VISIBLE = """selector => {
    document.querySelectorAll("details").forEach(box => { box.open = true; });
    const isShown = element => {
        const box = element.getBoundingClientRect();
        const shown = element.checkVisibility({visibilityProperty: true, opacityProperty: true});
        return shown && box.width > 1 && box.height > 1;
    };
    // A chart is drawn twice, wide and narrow: its figure is seen when one of the two is.
    const drawn = element => element.matches("figure") ? [...element.querySelectorAll("svg")].some(isShown) : true;
    return [...document.querySelectorAll(selector)].filter(element => isShown(element) && drawn(element)).length;
}"""


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Any]:
    """Make a page in a context of its own, so that nothing is left over from another test."""
    contexts = []

    def make(**options: Any) -> Page:
        contexts.append(browser.new_context(reduced_motion="reduce", **options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def all_pages(built_site: Path) -> list[str]:
    """Of the pages of measures, some hundreds from one template, the longest, the shortest and every 20th."""
    pages = pick_pages(built_site)
    assert "" in pages, f"no home page in {built_site}"
    assert "404.html" in pages, f"no 404 page in {built_site}"
    return pages


@pytest.fixture(scope="session")
def dataset_pages(built_site: Path) -> list[str]:
    pages = find_dataset_pages(built_site)
    assert pages, f"no dataset pages in {built_site}"
    return pages


def no_complaints(complaints: list[str]) -> None:
    assert not complaints, f"{len(complaints)} complaints\n" + "\n".join(complaints)


def test_no_page_complains_calls_out_or_stores_anything(new_page, served_site, all_pages):
    complaints: list[str] = []
    page = new_page()
    here = ""

    def note(what: str) -> None:
        complaints.append(f"/{here}: {what}")

    def note_request(request: Any) -> None:
        if is_elsewhere(request.url, served_site):
            note(f"asked for {request.url}")

    page.on("console", lambda message: note(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: note(f"script: {error}"))
    page.on("request", note_request)
    page.on("websocket", note_request)
    page.on("response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.add_init_script(WATCH)

    for here in all_pages:  # `note` reads it
        page.goto(served_site + here)
        page.evaluate(SETTLED)
        for what in page.evaluate("window.__noted") + page.evaluate(STORED):
            note(what)
        for cookie in page.context.cookies():
            note(f'cookie "{cookie.get("name")}"')
    no_complaints(complaints)


def test_figures_and_tables_are_there_without_javascript(new_page, served_site, dataset_pages):
    with_script = new_page()
    without_script = new_page(java_script_enabled=False)
    complaints = []
    drawn = 0
    for here in dataset_pages:
        with_script.goto(served_site + here)
        without_script.goto(served_site + here)
        there = without_script.locator("figure:has(svg)").count() + without_script.locator("table").count()
        if not there:
            complaints.append(f"/{here}: neither a figure nor a table")
        for selector in ("figure:has(svg)", "table"):
            in_page = without_script.locator(selector).count()
            plain = without_script.evaluate(VISIBLE, selector)
            scripted = with_script.evaluate(VISIBLE, selector)
            if not in_page == plain == scripted:
                complaints.append(f"/{here}: {selector}: {in_page} in the page, {plain} seen, {scripted} with script")
            drawn += plain if selector == "figure:has(svg)" else 0
    no_complaints(complaints)
    assert drawn, "no dataset page shows a chart"


def test_the_colour_scheme_is_stored_only_after_a_click_and_then_kept(new_page, served_site, dataset_pages):
    page = new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
    page.goto(served_site)
    page.evaluate(SETTLED)
    before = page.locator("body").get_attribute("data-md-color-scheme")
    assert page.evaluate("localStorage.length") == 0
    page.locator(SCHEME_TOGGLE).first.click()
    expect(page.locator("body")).not_to_have_attribute("data-md-color-scheme", before)
    assert page.evaluate("localStorage.length") == 1
    chosen = page.locator("body").get_attribute("data-md-color-scheme")
    page.goto(served_site + dataset_pages[0])
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", chosen)


@pytest.mark.parametrize(("here", "width"), [("status/", 320), ("scorecard/", 320), ("scorecard/", 1280)])
def test_a_table_drawn_as_blocks_is_still_a_table_to_a_screen_reader(new_page, served_site, here, width):
    """Browsers once took a table apart whose parts are blocks; roles against that are errors to the Nu checker."""
    page = new_page(viewport={"width": width, "height": 640})
    page.goto(served_site + here)
    tree = page.context.new_cdp_session(page)
    tree.send("Accessibility.enable")
    nodes = tree.send("Accessibility.getFullAXTree")["nodes"]
    heard = Counter(node["role"]["value"] for node in nodes if not node["ignored"])
    drawn = {
        tag: page.locator(f"main {tag}").count() for tag in ("table", "tr", "th[scope=col]", "th[scope=row]", "td")
    }
    assert drawn["td"]
    assert heard["table"] == drawn["table"]
    assert heard["row"] == drawn["tr"]
    assert heard["columnheader"] == drawn["th[scope=col]"]
    assert heard["rowheader"] == drawn["th[scope=row]"]
    assert heard["cell"] == drawn["td"]
