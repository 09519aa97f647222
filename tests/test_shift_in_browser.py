"""Nothing on a page moves once it is drawn: who has begun to read, or is about to press, stays where they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from test_site_in_browser import SETTLED

# Set before the page's first byte: the browser's own account of what it had to move, without what a reader caused. A
# fifth of what counts as little is let pass: on a busy machine a page is drawn before the last of it was read, and the
# columns of a table or the links beside each other then move a little (0.002 and 0.017 were seen, once in 40 visits).
SHIFTS = """
window.__shifted = [];
new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput && one.value > 0.02)
        window.__shifted.push(one.value + one.sources.map(source => source.node?.outerHTML?.slice(0, 90)).join(" | "));
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(SHIFTS)
    yield page
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("here", ["", "datasets/adoption/", "scorecard/", "young-people/who-is-in-care/"])
def test_nothing_moves_while_a_page_is_read_in(page, served_site, here, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served_site + here)
    page.evaluate(SETTLED)
    # What is drawn late is drawn in its place. Not by the wheel: a scroll that is ahead of the page's own account of it
    # is told as a shift of everything in view when the machine is busy.
    page.evaluate("scrollTo(0, 2500)")
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert page.evaluate("window.__shifted") == []


def test_a_shift_is_noticed(page, served_site):
    page.goto(served_site + "privacy/")
    page.evaluate(SETTLED)
    page.evaluate("document.querySelector('main').style.marginTop = '200px'")
    page.evaluate("() => new Promise(done => setTimeout(done, 300))")
    assert len(page.evaluate("window.__shifted")) == 1
