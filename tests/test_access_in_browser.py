"""What neither axe nor the HTML checker asks: the site by keyboard alone, enlarged, and in a reader's own colours.

One page of each template is looked at; the checks are in access_checks.py, the journey in walk_journey.py.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import access_checks as checks
import pytest
from walk_journey import travel_once


@pytest.mark.parametrize(
    ("scripted", "width", "dark"),
    [(True, 1280, False), (True, 320, True), (False, 1280, False)],
    ids=["on a desk", "on a phone in the dark", "without JavaScript"],
)
def test_a_reader_gets_from_home_to_a_download_by_keyboard_alone(browser, served_site, scripted, width, dark):
    legs = travel_once(browser, served_site, scripted, width, dark)
    assert [f"{leg.name}: {fault}" for leg in legs for fault in leg.faults] == []
    assert len(legs) == 5
    assert legs[-1].stops[-1] == "saved: looked-after-children.csv"
    if scripted:
        heard = [text for leg in legs for text in leg.announced]
        assert sum("Point " in text for text in heard) >= 7


# One page of each template. The measures are many and alike: one with few figures will do.
KINDS = ("", "topics/children-in-care/", "datasets/", "datasets/looked-after-children/", "datasets/caseloads/rows/",
    "datasets/money/", "datasets/promises/",
    "scorecard/", "promises/", "timeline/", "measures/", "measures/lac-number/", "young-people/",
    "young-people/having-your-say/", "glossary/", "methods/", "sources/", "status/", "data-quality/", "corrections/",
    "licence/", "privacy/", "accessibility/", "not-published/", "about/", "404.html")  # fmt: skip
DESK, PHONE, ZOOMED = {"width": 1280, "height": 800}, {"width": 320, "height": 640}, {"width": 320, "height": 256}
READ = (checks.HEADINGS, checks.LANDMARKS, checks.LINKS, checks.PICTURES, checks.TABLES, checks.FORMS, checks.ORDER,
    checks.STILL, checks.FOUND, checks.FITS, checks.COVERED, checks.TARGET_SIZE)  # fmt: skip
LAID_OUT = (checks.FITS, checks.COVERED, checks.TARGET_SIZE)


def look_at(page) -> list[str]:
    """On a desk; on a phone and at 400 % of a desk; with the text spaced out, on both."""
    found = [fault for check in READ for fault in checks.ask(page, check)]
    for screen in (PHONE, ZOOMED):
        page.set_viewport_size(screen)
        at = f"{screen['width']} by {screen['height']}"
        found += [f"{at}: {fault}" for check in LAID_OUT for fault in checks.ask(page, check)]
    checks.restyle(page, checks.SPACED)
    for screen in (PHONE, DESK):
        page.set_viewport_size(screen)
        found += [f"spaced out, {screen['width']}: {fault}" for fault in checks.ask(page, checks.FITS)]
    return found


@pytest.mark.parametrize("here", KINDS, ids=[kind or "home" for kind in KINDS])
def test_a_page_can_be_read_by_ear_by_keyboard_and_enlarged(browser, served_site, here):
    context = browser.new_context(reduced_motion="reduce", viewport=DESK)
    page = context.new_page()
    page.goto(served_site + here)
    checks.open_all(page)
    assert look_at(page) == []
    context.close()


@pytest.mark.parametrize("here", ["scorecard/", "promises/", "timeline/"])
def test_what_a_filter_hides_is_out_of_reach_of_the_tab_key(browser, served_site, here):
    context = browser.new_context(reduced_motion="reduce", viewport=DESK)
    page = context.new_page()
    page.goto(served_site + here)
    radios = page.locator("main input[type=radio]")
    assert radios.count() >= 2
    shown = set()
    for number in range(radios.count()):
        radios.nth(number).focus()
        page.keyboard.press("Space")
        assert radios.nth(number).is_checked()
        shown.add(page.evaluate(REACHED))
        assert page.evaluate(GROUPED)
    assert len(shown) > 1
    context.close()


# How many stops there are, after it was tried that what cannot be seen takes no focus.
REACHED = """() => { const links = [...document.querySelectorAll("main article a[href]")];
    const hidden = links.filter(link => !link.checkVisibility({visibilityProperty: true}));
    for (const link of hidden.slice(0, 50)) { link.focus(); if (document.activeElement === link) throw link.outerHTML; }
    return links.length - hidden.length; }"""
GROUPED = """() => [...document.querySelectorAll("main input[type=radio]")].every(radio => radio.labels.length
    && radio.closest("fieldset, [role=radiogroup], [role=group]"))"""


TWICE = """
import sys
import access_checks as checks
from browser import OPTIONS
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    options = [*OPTIONS, "--blink-settings=defaultFontSize=32"]
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=options)
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    for here in sys.argv[3:]:
        page.goto(sys.argv[2] + here)
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
        print(*(f"/{here} {fault}" for fault in checks.ask(page, checks.FITS)), sep="\\n", end="")
    browser.close()
"""


def test_text_of_twice_the_size_fits(chromium_path, served_site):
    """In a browser of its own, and so in a program of its own: the size is a setting of the whole browser."""
    command = [sys.executable, "-c", TWICE, chromium_path, served_site, *KINDS]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout + done.stderr).strip() == ""


BAD = {
    "level 1 is followed by 3": (checks.HEADINGS, "<h1>A</h1><h3>B</h3>"),
    "2 headings of the first level": (checks.HEADINGS, "<h1>A</h1><h1>B</h1>"),
    "0 of contentinfo": (checks.LANDMARKS, "<header>A</header><main>B</main>"),
    "two navigations are called": (checks.LANDMARKS, "<nav aria-label=A>A</nav><nav aria-label=A>B</nav>"),
    "leads to 2 places": (
        checks.LINKS,
        "<main><article><a href='http://a.test/'>A b</a> <a href='http://b.test/'>A b</a></article></main>",
    ),
    "says nothing": (checks.LINKS, "<a href=/a>click here</a>"),
    "a drawing has neither a name": (checks.PICTURES, "<p><svg width=9 height=9><path d='M0 0h9'/></svg></p>"),
    "a table without a caption": (checks.TABLES, "<table><tr><th scope=col>A</table>"),
    "an empty head": (checks.TABLES, "<table><caption>A</caption><tr><th scope=col></table>"),
    "a head without scope": (checks.TABLES, "<table><caption>A</caption><tr><th>A</table>"),
    "a field without a name": (checks.FORMS, "<input>"),
    "10 by 10": (
        checks.TARGET_SIZE,
        "<button style='width:10px;height:10px;padding:0;border:0;margin:0'></button>" * 2,
    ),
    "tabindex 3": (checks.ORDER, "<p tabindex=3>A</p>"),
    "moves:": (checks.STILL, "<p style='transition: color 1s'>A</p>"),
    "px wide in": (checks.FITS, "<p style='width:2000px'>A</p>"),
    "cut off:": (checks.FITS, "<p style='width:20px;overflow:hidden;white-space:nowrap'>A long line</p>"),
    "stay covered": (
        checks.COVERED,
        "<header style='position:sticky;top:0;height:400px'>A</header><p style='height:9000px'>",
    ),
    "cannot be found": (checks.FOUND, f"<article><p hidden>{'words ' * 9}</p></article>"),
}


@pytest.mark.parametrize("fault", BAD)
def test_the_checks_see(browser, fault):
    check, html = BAD[fault]
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang=en><title>A</title><body>{html}")
    assert any(fault in found for found in checks.ask(page, check))
    context.close()
