"""The points of a chart by keyboard, and its interactive view, in a real Chromium under the site's own policy."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import served
from click.testing import CliRunner
from kinds import write_kinds
from playwright.sync_api import Browser, Page, expect
from test_site_in_browser import AXE, RUN_AXE, SETTLED, STORED, WATCH

from portal.cli import run

MOST = 300_000  # bytes, compressed, that the interactive view may cost
PAGE = "datasets/children/"


@pytest.fixture(scope="module")
def kinds_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with every form of chart."""
    folder = tmp_path_factory.mktemp("kinds")
    asked = ["--datasets", str(write_kinds(folder)), "--site", str(folder / "site"), "--date", "2026-01-31"]
    done = CliRunner().invoke(run, asked)
    assert done.exit_code == 0, done.output
    return folder / "site"


@pytest.fixture(scope="module")
def address(kinds_site: Path) -> Iterator[str]:
    with served(kinds_site) as base:
        yield base + PAGE


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Any]:
    contexts = []

    def make(width: int = 1280, **options: Any) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.add_init_script(WATCH)
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()


def go(page: Page, chart: str, *keys: str) -> str:
    """Stand on the chart, press the keys, and give what is said."""
    stop = page.locator(f"#chart-{chart} .mc-travel:visible")
    stop.focus()
    said = page.locator(f"#chart-{chart} .mc-view .mc-readout, #chart-{chart} .mc-chart__drawing:visible + .mc-readout")
    for key in keys:
        before = said.inner_text()
        page.keyboard.press(key)
        expect(said).not_to_have_text(before)
    return said.inner_text()


def explore(page: Page, chart: str) -> Any:
    page.locator(f"#chart-{chart} .mc-explore").click()
    view = page.locator(f"#chart-{chart} .mc-view")
    view.locator("svg.marks").wait_for()
    return view


def noted(page: Page) -> list[str]:
    return [*page.evaluate("window.__noted"), *page.evaluate(STORED)]


def test_arrows_go_along_a_chart_and_each_point_is_said_in_words(open_page):
    page = open_page()
    assert go(page, "years", "ArrowRight") == "31 March 2013, Otherton: £250. Point 1 of 7."
    assert go(page, "years", "ArrowRight") == "31 March 2014, Otherton: £0. Point 2 of 7."
    assert go(page, "years", "End") == "31 March 2025, Otherton: £250. Point 7 of 7."
    assert go(page, "years", "Home") == "31 March 2013, Otherton: £250. Point 1 of 7."
    assert page.locator("#chart-years .mc-here:visible").count() == 1
    assert page.locator("#chart-years .mc-readout").get_attribute("role") == "status"
    assert noted(page) == []


def test_up_and_down_change_the_course_and_say_its_name(open_page):
    page = open_page()
    first = go(page, "town-years", "ArrowRight")
    other = go(page, "town-years", "ArrowDown")
    assert first.startswith("31 March 2024, Otherton: 250 for every 10,000 children.")
    assert other.startswith("31 March 2024, A Town: 250 for every 10,000 children.")
    assert go(page, "town-years", "ArrowUp") == first


@pytest.mark.parametrize("chart", ["years", "strips", "step", "towns", "town-years"])
def test_every_form_of_chart_has_one_stop_with_a_name_and_points_behind_it(open_page, chart):
    page = open_page()
    stops = page.locator(f"#chart-{chart} .mc-chart__drawing [tabindex='0']")
    assert stops.count() == 1
    assert stops.get_attribute("aria-label").startswith("Points of the chart: ")
    assert "Point 1 of " in go(page, chart, "ArrowRight")


def test_enter_opens_the_number_and_escape_comes_back_to_the_same_point(open_page):
    page = open_page()
    said = go(page, "years", "ArrowRight", "ArrowRight")
    page.keyboard.press("Enter")
    page.locator("dialog.mc-opened[open]").wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.mc-travel')")
    assert page.locator("#chart-years .mc-readout").inner_text() == said


def test_escape_leaves_the_points_and_tab_is_never_held(open_page):
    page = open_page()
    go(page, "years", "ArrowRight")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.mc-explore')")
    go(page, "years", "ArrowRight")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.matches('.mc-travel')")
    expect(page.locator("#chart-years .mc-readout")).to_have_text("")


@pytest.mark.parametrize("chart", ["years", "strips", "town-years"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_view_opens_under_the_policy_and_passes_axe(open_page, chart, width, scheme):
    page = open_page(width, color_scheme=scheme)
    view = explore(page, chart)
    assert view.locator("svg.marks .mark-symbol path").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE) == []
    assert noted(page) == []


def test_a_touched_mark_tells_its_number_and_where_it_comes_from(open_page):
    page = open_page(320, has_touch=True)
    view = explore(page, "strips")
    mark = view.locator("svg.marks .mark-symbol path").first.bounding_box()
    page.touchscreen.tap(mark["x"] + mark["width"] / 2 + 6, mark["y"] + mark["height"] / 2 + 6)
    card = view.locator(".mc-view__card")
    expect(card).to_contain_text("£0")
    expect(card).to_contain_text("31 March 2014")
    assert card.locator("a").get_attribute("href") == "../children/rows/#zero"


def test_a_series_goes_and_comes_and_the_last_one_stays(open_page):
    page = open_page()
    view = explore(page, "strips")
    marks, boxes = view.locator("svg.marks path"), view.locator("input")
    before = marks.count()
    for n in range(1, boxes.count()):
        boxes.nth(n).uncheck()
    expect(view.locator("p[role=status].mc-hidden").last).to_have_text("Target is hidden.")
    boxes.first.click()
    assert boxes.first.is_checked()
    expect(view.locator("p[role=status].mc-hidden").last).to_have_text("One series stays on.")
    boxes.nth(1).check()
    expect(marks).to_have_count(before)


def test_the_open_view_follows_light_and_dark(open_page):
    page = open_page()
    view = explore(page, "years")
    mark = "element => getComputedStyle(element).fill"
    light = view.locator(".mark-symbol path").first.evaluate(mark)
    page.locator("body").evaluate("body => body.setAttribute('data-md-color-scheme', 'slate')")
    assert view.locator(".mark-symbol path").first.evaluate(mark) != light


def test_arrows_work_in_the_view_and_escape_closes_it(open_page):
    page = open_page()
    view = explore(page, "years")
    expect(view.locator(".mc-travel")).to_be_focused()
    assert go(page, "years", "ArrowRight") == "31 March 2013, Otherton: £250. Point 1 of 7."
    expect(view.locator(".mc-view__card")).to_contain_text("£250")
    page.keyboard.press("Escape")
    expect(page.locator(".mc-view")).to_have_count(0)
    assert page.locator("#chart-years .mc-chart__drawing").is_visible()
    assert page.evaluate("document.activeElement.matches('.mc-explore')")


def test_the_view_follows_the_width_of_the_window(open_page):
    page = open_page(1280)
    view = explore(page, "years")
    wide = view.locator("svg.marks").bounding_box()["width"]
    page.set_viewport_size({"width": 320, "height": 800})
    page.wait_for_function("document.querySelector('svg.marks').getBoundingClientRect().width < 300")
    assert wide > 600
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_is_fetched_before_it_is_asked_for_and_then_little(open_page, kinds_site, address):
    page = open_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.partition("/portal/")[2]))
    page.reload()
    page.evaluate(SETTLED)
    assert not [name for name in fetched if "vega" in name or "explore" in name or name.startswith("data/")]
    fetched.clear()
    explore(page, "years")
    asked = {name for name in fetched if name}
    assert asked == {"assets/portal/explore.js", "assets/vega/vega.js", "data/children/charts/years.json"}
    assert sum(len(gzip.compress((kinds_site / name).read_bytes(), 9)) for name in asked) <= MOST


def test_without_a_script_there_is_no_dead_button_and_no_empty_stop(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator(".mc-explore:visible").count() == 0
    assert page.locator(".mc-travel").count() == 0
    assert page.locator("#chart-years svg:visible").count() > 0
