"""The points of a chart by keyboard, and its interactive view, in a real Chromium under the site's own policy."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe import find_with_axe, load_axe
from browser import served
from click.testing import CliRunner
from kinds import write_kinds
from playwright.sync_api import Browser, Page, expect
from test_site_in_browser import SETTLED, STORED, WATCH

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


@pytest.fixture(scope="module")
def points(kinds_site: Path) -> Any:
    """Chart -> its points, as they were put out."""
    return lambda chart: json.loads((kinds_site / f"data/children/charts/{chart}.json").read_text())["points"]


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
    page.locator(f"#chart-{chart} .mc-explore").click(delay=60)  # as long as a finger takes
    view = page.locator(f"#chart-{chart} .mc-view")
    view.locator("svg.marks").wait_for()
    return view


def noted(page: Page) -> list[str]:
    return [*page.evaluate("window.__noted"), *page.evaluate(STORED)]


def test_arrows_go_along_a_chart_and_each_point_is_said_in_words(open_page):
    page = open_page()
    assert go(page, "years", "ArrowRight") == "£250, 31 March 2013, Otherton. Point 1 of 7."
    assert go(page, "years", "ArrowRight") == "£0, 31 March 2014, Otherton. Point 2 of 7."
    assert go(page, "years", "End") == "£250, 31 March 2025, Otherton. Point 7 of 7."
    assert go(page, "years", "Home") == "£250, 31 March 2013, Otherton. Point 1 of 7."
    assert page.locator("#chart-years .mc-here:visible").count() == 1
    assert page.locator("#chart-years .mc-readout").get_attribute("role") == "status"
    assert noted(page) == []


def test_up_and_down_change_the_course_and_say_its_name(open_page):
    page = open_page()
    first = go(page, "town-years", "ArrowRight")
    other = go(page, "town-years", "ArrowDown")
    assert first.startswith("250 for every 10,000 children, 31 March 2024, Otherton.")
    assert other.startswith("250 for every 10,000 children, 31 March 2024, A Town.")
    assert go(page, "town-years", "ArrowUp") == first


@pytest.mark.parametrize("chart", ["years", "strips", "step", "towns", "town-years"])
def test_every_form_of_chart_has_one_stop_with_a_name_and_points_behind_it(open_page, chart):
    page = open_page()
    stops = page.locator(f"#chart-{chart} .mc-chart__drawing [tabindex='0']")
    assert stops.count() == 1
    title = page.locator(f"#chart-{chart} .mc-chart__title").inner_text()
    assert stops.get_attribute("aria-label").startswith(f"Points of the chart: {title}, ")
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


@pytest.mark.parametrize("keys", [[], ["ArrowRight"]], ids=["the keys are told", "a point is told"])
def test_a_button_under_the_words_stays_where_it_is_until_it_is_released(open_page, keys):
    page = open_page()
    page.locator("#chart-years .mc-travel").focus()
    if keys:
        go(page, "years", *keys)
    else:
        expect(page.locator("#chart-years .mc-about-points")).to_be_visible()
    explore(page, "years")


@pytest.mark.parametrize("chart", ["years", "strips", "town-years"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_the_view_opens_under_the_policy_and_passes_axe(open_page, chart, width, scheme):
    page = open_page(width, color_scheme=scheme)
    view = explore(page, chart)
    assert view.locator("svg.marks .mark-symbol path").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    load_axe(page)
    assert find_with_axe(page) == []
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
    assert go(page, "years", "ArrowRight") == "£250, 31 March 2013, Otherton. Point 1 of 7."
    expect(view.locator(".mc-view__card")).to_contain_text("£250")
    page.keyboard.press("Escape")
    expect(page.locator(".mc-view")).to_have_count(0)
    assert page.locator("#chart-years .mc-chart__drawing").is_visible()
    assert page.evaluate("document.activeElement.matches('.mc-explore')")


def test_the_axes_of_the_view_write_their_numbers_as_the_still_drawing_does(open_page):
    page = open_page()
    still = page.locator("#chart-years .mc-svg--wide text").all_text_contents()
    shown = explore(page, "years").locator("svg.marks .role-axis-label text").all_text_contents()
    assert "−£200" in shown
    assert {*shown} <= {*still}


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


def test_the_view_of_every_chart_of_ours_costs_little(built_site):
    weigh = lambda path: len(gzip.compress(path.read_bytes(), 9))  # noqa: E731
    own = weigh(built_site / "assets/portal/explore.js") + weigh(built_site / "assets/vega/vega.js")
    charts = [*built_site.glob("data/*/charts/*.json")]
    assert charts
    assert {path.name: weigh(path) for path in charts if own + weigh(path) > MOST} == {}


def test_the_view_names_the_years_without_a_figure(open_page):
    view = explore(open_page(), "years")
    assert "No figure held" in view.locator("svg.marks text").all_text_contents()


def test_without_a_script_there_is_no_dead_button_and_no_empty_stop(open_page):
    page = open_page(java_script_enabled=False)
    assert page.locator(".mc-explore:visible").count() == 0
    assert page.locator(".mc-travel").count() == 0
    assert page.locator("#chart-years svg:visible").count() > 0


# --- what a listener hears ------------------------------------------------------------------------------------------

# Each change of what is read out by itself, and whether the place it stands in was there before it spoke.
HEAR = """() => { window.__heard = [];
    for (const told of document.querySelectorAll("[role=status]")) {
        const there = () => told.isConnected && getComputedStyle(told).display !== "none";
        let before = there();
        const note = () => { if (told.textContent) window.__heard.push([told.textContent, before]); before = there(); };
        new MutationObserver(note)
            .observe(told, {childList: true, characterData: true, subtree: true});
    } }"""


def tree(page: Page) -> list[dict[str, Any]]:
    """What a screen reader gets of the page: role, name, description and properties, in reading order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    told: list[dict[str, Any]] = []

    def read(node: dict[str, Any], inside: tuple[str, ...]) -> None:
        role = node.get("role", {}).get("value", "")
        if not node.get("ignored"):
            more = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            words = {key: node.get(key, {}).get("value", "") for key in ("name", "description")}
            told.append({"role": role, "inside": inside, **words, **more})
            inside = (*inside, role)
        for child in node.get("childIds", []):
            if child in by_id:
                read(by_id[child], inside)

    read(next(node for node in nodes if "parentId" not in node), ())
    return told


def focused(page: Page) -> dict[str, Any]:
    return next(node for node in reversed(tree(page)) if node.get("focused") and node["role"] != "RootWebArea")


def test_the_stop_says_its_name_then_the_keys_once_and_not_by_itself(open_page):
    page = open_page()
    page.evaluate(HEAR)
    page.locator("#chart-years .mc-travel").focus()
    stop = focused(page)
    assert stop["role"] == "application"
    assert stop["name"] == "Points of the chart: Money left over, 7 points"
    assert stop["description"].startswith("Arrow keys: from point to point.")
    assert "Escape: leave." in stop["description"]
    assert page.locator("#chart-years .mc-about-points").is_visible()
    assert page.evaluate("window.__heard") == []


def test_each_key_is_said_once_in_a_place_that_stood_there_before(open_page):
    page = open_page()
    page.evaluate(HEAR)
    go(page, "years", "ArrowRight", "ArrowRight", "End")
    heard = page.evaluate("window.__heard")
    assert [words.partition(",")[0] for words, _ in heard] == ["£250", "£0", "£250"]
    assert all(before for _, before in heard)


def test_coming_back_from_a_number_says_at_which_point_one_is(open_page):
    page = open_page()
    go(page, "years", "ArrowRight", "ArrowRight")
    page.keyboard.press("Enter")
    page.locator("dialog.mc-opened[open]").wait_for()
    dialog = next(node for node in tree(page) if node["role"] == "dialog" and "£0" in node["name"])
    assert "".join(dialog["name"].split()) == "£031March2014Moneyleftover,Otherton"
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    assert focused(page)["description"] == "You are at £0, 31 March 2014, Otherton."
    assert go(page, "years", "ArrowRight").endswith("Point 3 of 7.")
    page.keyboard.press("Tab")
    expect(page.locator("#chart-years .mc-readout")).to_have_text("")
    page.keyboard.press("Shift+Tab")
    assert focused(page)["description"].startswith("Arrow keys")


def test_a_drawing_speaks_with_its_own_words_and_not_with_every_year_of_its_axis(open_page):
    told = tree(open_page())
    drawings = [node for node in told if node["role"] == "image" and node["name"]]
    assert len(drawings) >= 5
    assert all(len(node["name"]) > 40 for node in drawings)
    assert not [node["name"] for node in told if "image" in node["inside"]]


@pytest.mark.parametrize("chart", ["years", "strips", "step", "towns", "town-years"])
def test_every_point_is_said_whole_and_in_few_words(open_page, points, chart):
    page = open_page()
    said = [go(page, chart, "ArrowRight")]
    for _ in range(200):
        before = said[-1]
        page.keyboard.press("ArrowRight")
        page.evaluate(SETTLED)
        now = page.locator(f"#chart-{chart} .mc-readout").inner_text()
        if now == before:
            break
        said.append(now)
    course = [point for point in points(chart) if point["course"] == points(chart)[0]["course"]]
    for words in said:
        assert any(all(point[key] in words for key in ("value", "when", "name", "unit")) for point in course), words
        assert len(words) <= 140


def test_the_button_says_whether_the_view_is_open(open_page):
    page = open_page()
    button = lambda: next(n for n in tree(page) if n["role"] == "button" and n["name"].endswith("Money left over"))  # noqa: E731
    assert button()["expanded"] is False
    explore(page, "years")
    assert button()["expanded"] is True
    assert [node for node in tree(page) if node["role"] == "group" and node["name"] == "Explore: Money left over"]
    page.keyboard.press("Escape")
    expect(page.locator(".mc-view")).to_have_count(0)
    assert button()["expanded"] is False


def test_the_series_to_choose_from_stand_under_a_name(open_page):
    page = open_page()
    explore(page, "strips")
    boxes = [node for node in tree(page) if node["role"] == "checkbox" and "group" in node["inside"]]
    assert [node["name"] for node in boxes][:2] == ["Nothing", "Target"]
    assert [node for node in tree(page) if node["role"] == "group" and node["name"] == "Show in the chart"]


# --- without colours, without movement ------------------------------------------------------------------------------

RING = (
    "element => ({ ring: getComputedStyle(element).stroke, ground: getComputedStyle(document.body).backgroundColor })"
)


def test_ring_and_stop_and_view_stand_out_in_forced_colours(open_page):
    page = open_page(forced_colors="active")
    go(page, "years", "ArrowRight")
    seen = page.locator("#chart-years .mc-here:visible circle").evaluate(RING)
    assert seen["ring"] not in ("none", seen["ground"])
    stop = page.locator("#chart-years .mc-travel").evaluate(
        "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).outlineWidth, getComputedStyle(e).outlineColor]"
    )
    assert stop[:2] == ["solid", "3px"]
    assert stop[2] != seen["ground"]
    view = explore(page, "years")
    # The drawing keeps its colours on a ground of its own, and so stays readable on any other.
    assert view.locator(".mc-view__canvas").evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
    assert view.locator(".mc-view__canvas").evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"
    load_axe(page)
    assert find_with_axe(page) == []


def test_nothing_moves_by_itself_for_those_who_ask_for_less_movement(open_page):
    page = open_page(reduced_motion="reduce")
    go(page, "years", "ArrowRight")
    explore(page, "years")
    go(page, "years", "ArrowRight")
    moving = "document.getAnimations().filter(one => one.playState === 'running').length"
    assert page.evaluate(moving) == 0
    first = page.locator(".mc-view__canvas").inner_html()
    page.wait_for_timeout(200)
    assert page.locator(".mc-view__canvas").inner_html() == first
