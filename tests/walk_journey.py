"""Travel through the site by keyboard alone, in one go, and look hard at every stop of the focus.

In:  a finished site.
Out: home → topic → dataset → the points of a chart → where a number comes from → a download; for each leg the keys that
     were pressed, what was announced, and every fault of every stop. Exit 1 when there is one.

    python tests/walk_journey.py SITE [--width 320] [--dark] [--without-script]

At each stop: role and name from the browser's own accessibility tree; nothing lies over it; and the pixels that the
focus changes differ from what was there before by three to one. What is announced is read from the live regions.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from browser import OPTIONS, ensure_chromium, served
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

HOME_TO_TOPIC = "main a[href*='topics/children-in-care/']"
TOPIC_TO_DATASET = "main a[href*='datasets/looked-after-children/']:not([href*='rows'])"
CHART = ".mc-travel, [data-travel]"
TO_TABLE = "main a[href^='#table']"
TO_DOWNLOADS = "a[href='#download']"
ON_PAGE = f"{TO_DOWNLOADS}, .mc-onpage > summary"
NUMBER = "main a.mc-number"
DOWNLOAD = "main a[download][href$='.csv']"
SPOKEN_ROLES = {
    *("link", "button", "textbox", "searchbox", "DisclosureTriangle", "radio", "checkbox", "combobox", "region"),
    *("group", "heading", "dialog", "application", "slider", "listbox", "figure"),
}

LISTEN = """(() => {
    window.__announced = [];
    const live = "[aria-live=polite], [aria-live=assertive], [role=status], [role=alert], output";
    new MutationObserver(changes => {
        const told = new Set(changes.map(({target}) => target.nodeType === 1 ? target : target.parentElement)
            .map(element => element && element.closest(live)).filter(Boolean));
        for (const region of told) {
            const text = region.textContent.replace(/\\s+/g, " ").trim();
            if (text) window.__announced.push(text);
        }
    }).observe(document, {subtree: true, childList: true, characterData: true});
})()"""

# Where the focus is, in parts: a link may run over two lines. What lies over it is asked at the middle and the corners.
LOOK = """() => {
    const e = document.activeElement;
    const touched = e.style.pointerEvents; // a stop for keys alone lets the mouse through: it is asked as if it did not
    e.style.pointerEvents = "auto";
    const shown = e.matches(".md-option") ? document.querySelector(`label[for="${e.id}"]`) || e : e;
    const parts = [...shown.getClientRects()].filter(r => r.width && r.height);
    const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
    // The clear edge of a link in the next line of the same words hides nothing.
    const words = node => node.closest("p, li, td, th, dd");
    const free = (x, y) => { const top = document.elementFromPoint(x, y);
        return top && (shown.contains(top) || top.contains(shown) || (words(shown) && words(top) === words(shown))); };
    const tests = parts.flatMap(r => [[r.left + r.width / 2, r.top + r.height / 2], [r.left + 2, r.top + 2],
        [r.right - 2, r.top + 2], [r.left + 2, r.bottom - 2], [r.right - 2, r.bottom - 2]]);
    const large = parts.some(r => r.height > innerHeight || r.width > innerWidth);
    const box = shown.getBoundingClientRect();
    const covered = tests.filter(([x, y]) => inside(x, y) && !free(x, y)).length;
    e.style.pointerEvents = touched;
    return {
        visible: shown.checkVisibility({visibilityProperty: true, opacityProperty: true}) && parts.length > 0,
        outside: tests.filter(([x, y]) => !inside(x, y)).length,
        covered, large, box: {x: box.left, y: box.top, width: box.width, height: box.height},
    };
}"""


@dataclass
class Leg:
    """One part of the way: what was pressed, what was met, what was wrong."""

    name: str
    keys: int = 0
    stops: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    announced: list[str] = field(default_factory=list)


class Lost(Exception):
    """The way cannot be gone by keyboard."""


class Journey:
    """One reader with a keyboard."""

    def __init__(self, page: Page, base: str, scripted: bool = True) -> None:
        self.page = page
        self.base = base
        self.scripted = scripted
        self.legs: list[Leg] = []
        self.tree: CDPSession = page.context.new_cdp_session(page)
        self.tree.send("DOM.enable")
        self.tree.send("Accessibility.enable")
        page.add_init_script(LISTEN)

    # --- one stop --------------------------------------------------------------------------------------------------

    def focused(self) -> tuple[str, str]:
        """(role, name) of what has the focus, as it is told to a screen reader."""
        return told(self.node())

    def node(self) -> dict[str, Any]:
        """What has the focus, in the browser's accessibility tree."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        asked = {"objectId": found["objectId"], "fetchRelatives": False}
        (node, *_) = self.tree.send("Accessibility.getPartialAXTree", asked)["nodes"]
        return dict(node)

    def matches(self, which: str) -> bool:
        return bool(self.page.evaluate("which => document.activeElement.matches(which)", which))

    def look(self) -> None:
        """Everything that is asked of a stop, noted in the leg that is under way."""
        leg = self.legs[-1]
        role, name = self.focused()
        here = f"{role}: {name[:60]}"
        leg.stops.append(here)
        if not name:
            leg.faults.append(f"no name: {here}")
        if role not in SPOKEN_ROLES:
            leg.faults.append(f"no role: {here}")
        seen = self.page.evaluate(LOOK)
        if not seen["visible"]:
            leg.faults.append(f"not to be seen: {here}")
        elif seen["covered"] or (seen["outside"] and not seen["large"]):
            leg.faults.append(f"covered at {seen['covered']} points, off the screen at {seen['outside']}: {here}")
        elif not self.shows_focus(seen["box"]):
            leg.faults.append(f"the focus does not show: {here}")

    def shows_focus(self, box: dict[str, float]) -> bool:
        """The same pixels with and without the focus: enough of them change by three to one."""
        screen = self.page.viewport_size or {"width": 1280, "height": 900}
        left, top = max(0, box["x"] - 8), max(0, box["y"] - 8)
        right = min(screen["width"], box["x"] + box["width"] + 8)
        bottom = min(screen["height"], box["y"] + box["height"] + 8)
        clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        with_it = self.page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
        self.page.evaluate("window.__held = document.activeElement; window.__held.blur()")
        without = self.page.screenshot(clip=clip, caret="hide")  # type: ignore[arg-type]
        self.page.evaluate("window.__held.focus({preventScroll: true})")
        # A line of one pixel round the box is the least that WCAG 2.4.13 would let pass.
        return strong_pixels(with_it, without) >= (box["width"] + box["height"])

    # --- ways ------------------------------------------------------------------------------------------------------

    def start_leg(self, name: str) -> Leg:
        self.legs.append(Leg(name))
        return self.legs[-1]

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.legs[-1].keys += 1

    def tab(self, back: bool = False) -> None:
        self.press("Shift+Tab" if back else "Tab")

    def skip_menu(self) -> None:
        """The first stop of a page leads past the menu."""
        self.tab()
        role, name = self.focused()
        if (role, name.startswith("Skip to")) != ("link", True):
            raise Lost(f"the first stop is {role}: {name}")
        self.look()
        self.press("Enter")
        self.page.wait_for_timeout(100)

    def tab_to(self, which: str, most: int = 300, back: bool = False) -> None:
        """Press Tab until it stands on the thing that is wanted; each stop on the way is looked at."""
        for _ in range(most):
            self.tab(back)
            if self.page.evaluate("document.activeElement === document.body"):
                raise Lost(f"{self.page.url}: Tab came to the end before {which}")
            self.look()
            if self.matches(which):
                return
        raise Lost(f"{self.page.url}: {most} presses did not reach {which}")

    def follow(self, where: str) -> None:
        self.press("Enter")
        self.page.wait_for_url(where)
        self.page.wait_for_timeout(150)

    def heard(self) -> list[str]:
        """What the live regions said since the last time."""
        self.page.wait_for_timeout(120)
        if not self.scripted:
            return []
        said: list[str] = self.page.evaluate("() => window.__announced.splice(0)")
        # To take a picture without the focus, it is taken away and given back, and a hint is then said again.
        told = self.legs[-1].announced
        told += [text for text in said if told[-1:] != [text]]
        return said

    # --- the legs --------------------------------------------------------------------------------------------------

    def go(self) -> list[Leg]:
        self.start_leg("home → topic")
        self.page.goto(self.base)
        self.skip_menu()
        self.tab_to(HOME_TO_TOPIC)
        self.follow("**/topics/children-in-care/")

        self.start_leg("topic → dataset")
        self.skip_menu()
        self.tab_to(TOPIC_TO_DATASET)
        self.follow("**/datasets/looked-after-children/")

        self.start_leg("dataset → chart points" if self.scripted else "dataset → the table of a chart")
        self.skip_menu()
        if self.scripted:
            self.tab_to(CHART)
            self.travel()
        else:
            self.tab_to(TO_TABLE)
            self.press("Enter")

        self.start_leg("chart → a number → where it comes from")
        self.tab_to(NUMBER)
        self.open_thread() if self.scripted else self.open_row()

        self.start_leg("number → download")
        self.tab_to(ON_PAGE, back=self.scripted)  # it stands before the page; without a script the reader is at the top
        if self.matches("summary"):
            self.press("Enter")
            self.tab_to(TO_DOWNLOADS)
        self.press("Enter")
        self.page.wait_for_timeout(150)
        self.tab_to(DOWNLOAD)
        with self.page.expect_download() as waiting:
            self.press("Enter")
        self.legs[-1].stops.append(f"saved: {waiting.value.suggested_filename}")
        return self.legs

    def travel(self) -> None:
        """Arrows move from point to point, and each is said once; Enter opens where it comes from; Tab goes on."""
        leg = self.legs[-1]
        self.heard()
        hint = self.node().get("description", {}).get("value", "")
        leg.announced.append(f"description: {hint}")
        if not hint.startswith("Arrow keys"):
            leg.faults.append(f"the chart does not say how to go on: {hint}")
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp", "End", "Home"):
            self.arrow(key)
        said = [stop for stop in leg.stops if stop.startswith("Arrow")]
        if len({stop.split(": ", 1)[1] for stop in said}) < 4:
            leg.faults.append("the arrow keys say the same again")
        value = self.page.evaluate("document.querySelector('.mc-readout:not(:empty)').textContent")
        self.open_point(value)
        self.tab()
        if self.matches(CHART):
            leg.faults.append("Tab does not leave the chart")
        self.tab(back=True)
        if not self.matches(CHART):
            leg.faults.append("Shift and Tab do not lead back into the chart")
        self.press("Escape")
        self.look()

    def arrow(self, key: str) -> None:
        leg, page = self.legs[-1], self.page
        self.press(key)
        said = self.heard()
        leg.stops.append(f"{key}: {said[-1] if said else '(nothing)'}")
        if len(said) > 1:
            leg.faults.append(f"{key} is said {len(said)} times: {said}")
        rung = page.locator(".mc-here:visible").count()
        if not self.matches(CHART) or not rung:
            leg.faults.append(f"{key}: {rung} points are marked, and the focus is on {self.focused()}")

    def open_point(self, said: str) -> None:
        """Enter on a point opens the very number that was said; Escape leads back to the point."""
        leg, page = self.legs[-1], self.page
        self.press("Enter")
        page.wait_for_selector("dialog[open]")
        role, name = self.focused()
        leg.announced.append(f"{role}: {name}")
        if name.split()[0] not in said:
            leg.faults.append(f"“{said}” opened “{name}”")
        self.press("Escape")
        page.wait_for_timeout(150)
        if not self.matches(CHART):
            leg.faults.append(f"Escape leads to {self.focused()} and not back to the point")

    def open_thread(self) -> None:
        """Enter opens the dialog and says whose it is; Tab stays in it; Escape gives focus and place back."""
        leg, page = self.legs[-1], self.page
        number = page.evaluate("document.activeElement.textContent")
        before = page.evaluate("[scrollY, location.href]")
        self.press("Enter")
        page.wait_for_selector("dialog[open]")
        role, name = self.focused()
        leg.announced.append(f"{role}: {name}")
        box = told(next(n for n in self.tree.send("Accessibility.getFullAXTree")["nodes"] if told(n)[0] == "dialog"))
        leg.announced.append(f"{box[0]}: {box[1]}")
        if not (role == "heading" and name.startswith(number) and box[1].startswith(number)):
            leg.faults.append(f"the open dialog says {box} and the focus is on {(role, name)}")
        inside = page.locator("dialog[open] :is(a[href], button, summary, input)").count()
        for _ in range(inside + 2):
            self.tab()
            if page.evaluate("document.activeElement === document.body"):
                continue  # the browser's own bar, and then the dialog again
            if not page.evaluate("!!document.activeElement.closest('dialog')"):
                leg.faults.append(f"Tab leaves the open dialog: {self.focused()}")
            self.look()
        self.press("Escape")
        page.wait_for_timeout(150)
        leg.announced.append(f"back on {': '.join(self.focused())}")
        if page.locator("dialog[open]").count() or page.evaluate("document.activeElement.textContent") != number:
            leg.faults.append("Escape does not lead back to the number")
        if page.evaluate("[scrollY, location.href]") != before:
            leg.faults.append("the page stands elsewhere after the dialog")
        self.look()

    def open_row(self) -> None:
        """Without a script the number leads to its row on a page of its own, and the browser's own key leads back."""
        leg, page = self.legs[-1], self.page
        here = page.url
        self.follow("**/rows/#*")
        if page.locator(".mc-row:target").count() != 1:
            leg.faults.append("the link of the number leads to no row")
        self.tab()
        self.look()
        if not page.evaluate("!!document.activeElement.closest('.mc-row:target')"):
            leg.faults.append(f"the first stop on the page of rows is not in the row: {self.focused()}")
        page.go_back()  # Alt and the left arrow: a key of the browser's, which a script cannot press
        leg.keys += 1
        page.wait_for_url(here)
        page.wait_for_timeout(150)


def told(node: dict[str, Any]) -> tuple[str, str]:
    return node.get("role", {}).get("value", ""), " ".join(str(node.get("name", {}).get("value", "")).split())


def strong_pixels(one: bytes, other: bytes) -> int:
    """How many pixels differ by at least three to one in brightness, as WCAG reckons it."""
    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in (one, other)]
    pairs: Iterator[tuple[Any, Any]] = zip(*(picture.get_flattened_data() for picture in pictures), strict=True)
    changed: dict[tuple[Any, Any], int] = {}
    for pair in pairs:
        if pair[0] != pair[1]:
            changed[pair] = changed.get(pair, 0) + 1
    return sum(count for (a, b), count in changed.items() if contrast(a, b) >= 3)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def brightness(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def travel_once(browser: Browser, base: str, scripted: bool = True, width: int = 1280, dark: bool = False) -> list[Leg]:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        java_script_enabled=scripted,
        accept_downloads=True,
    )
    journey = Journey(context.new_page(), base, scripted)
    try:
        journey.go()
    except Lost as lost:
        journey.legs[-1].faults.append(str(lost))
    context.close()
    return journey.legs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--width", type=int, default=1280)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--without-script", action="store_true")
    options = parser.parse_args()
    with served(options.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=OPTIONS)
        legs = travel_once(browser, base, not options.without_script, options.width, options.dark)
        browser.close()
    for leg in legs:
        print(f"\n{leg.name}: {leg.keys} keys, {len(leg.stops)} stops, {len(leg.faults)} faults")
        for mark, lines in (("", leg.stops), ("heard", leg.announced), ("FAULT", leg.faults)):
            for line in lines:
                print(f"  {mark:5}  {line}")
    return 1 if any(leg.faults for leg in legs) else 0


if __name__ == "__main__":
    sys.exit(main())
