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
# Those that read a colour off the screen: no other rule knows light from dark.
COLOUR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"], "iframes": False, "preload": False}

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
