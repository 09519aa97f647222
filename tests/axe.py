"""axe-core in an open page: which of its rules we hold ourselves to, and what it finds.

In:  a page of Playwright's, loaded.
Out: "rule at place: what is wrong", one for each element.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

# All that axe does by itself (WCAG A and AA up to 2.2, and best practice), and of what it leaves off: the size of
# targets (WCAG 2.2), that a spoken name holds the words one sees, and what only looks like a table or a heading.
RULES = {
    "rules": {
        name: {"enabled": True}
        for name in (
            "target-size",
            "label-content-name-mismatch",
            "p-as-heading",
            "table-fake-caption",
            "td-has-header",
            "focus-order-semantics",
        )
    },
    "iframes": False,  # there are none, and
    "preload": False,  # only rules on sound, film and turned screens read what would be fetched again
}
# Those that read a colour off the screen: no other rule knows light from dark. They take four fifths of the time.
COLOUR_RULES = ("color-contrast", "link-in-text-block")
COLOURS = {"runOnly": list(COLOUR_RULES), "iframes": False, "preload": False}
COLOURLESS = RULES | {"rules": RULES["rules"] | {name: {"enabled": False} for name in COLOUR_RULES}}

# Each text by its look: all that a contrast is worked out from, namely its own colour, size and weight and the grounds
# that it stands on; and, for what a style's colours do not tell, what it is and what it stands in.
LOOKS = """() => {
    const grounds = new Map(), looks = new Map();
    const nameOf = e => `${e.tagName}.${e.getAttribute("class")}`;
    for (const e of [document.body, ...document.body.querySelectorAll("*")]) {
        const style = getComputedStyle(e), under = grounds.get(e.parentElement) ?? "";
        const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join();
        const ground = own === "rgba(0, 0, 0, 0),none,1,none" ? under : `${under} ${own}`;
        grounds.set(e, ground);
        const words = [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data).join("");
        if (!words.trim() && !e.matches("input, select, textarea")) continue;
        const look = [nameOf(e), nameOf(e.parentElement), style.color, style.fill, style.fontSize, style.fontWeight,
            style.textShadow, style.textDecorationLine, style.position, ground].join("|");
        looks.set(look, [...(looks.get(look) ?? []), e]);
    }
    window.__looks = looks;
    return [...looks.keys()];
}"""
# Of the texts of one look the first and the last.
RUN_AT = """async ([looks, options]) => {
    const texts = looks.flatMap(look => { const all = window.__looks.get(look); return [all[0], all.at(-1)]; });
    const told = await axe.run({include: [...new Set(texts)]}, {resultTypes: ["violations"], ...options});
    return told.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id} at ${node.target.join(" ")}: ${rule.help}`)); }"""

# The rows of a dataset are some hundreds from one template: of those that are built alike, to the last element and
# class, the first and the longest are looked at. All are laid out: else they grow as axe scrolls to them,
# and what stands below is no longer where it measured it.
PREPARE = """() => {
    const alike = new Map();
    for (const row of document.querySelectorAll("section.mc-row")) {
        row.style.contentVisibility = "visible";
        const shape = [...row.querySelectorAll("*")].map(e => `${e.tagName}.${e.className}`).join(" ");
        alike.set(shape, [...(alike.get(shape) ?? []), row]);
    }
    for (const rows of alike.values()) {
        const longest = rows.reduce((a, b) => (b.textContent.length > a.textContent.length ? b : a));
        rows.slice(1).forEach(row => row === longest || row.remove());
    }
}"""
RUN = """async options => (await axe.run(document, {resultTypes: ["violations"], ...options})).violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id} at ${node.target.join(" ")}: ${rule.help}`))"""


def load_axe(page: Page) -> None:
    page.evaluate(PREPARE)
    page.evaluate(SOURCE)


def find_with_axe(page: Page, options: dict[str, Any] = RULES) -> list[str]:
    """`load_axe` once before it."""
    found: list[str] = page.evaluate(RUN, options)
    return found


def find_colours(page: Page, seen: set[str]) -> list[str]:
    """What the rules on colours find at each text of a look that is not in `seen`, which it then is."""
    new = [look for look in page.evaluate(LOOKS) if look not in seen]
    seen.update(new)
    found: list[str] = page.evaluate(RUN_AT, [new, COLOURS]) if new else []
    return found
