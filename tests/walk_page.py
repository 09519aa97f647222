"""Walk through one page by keyboard alone, and say what a screen reader would announce.

In:  a finished site and the address of a page in it.
Out: role and name of each stop of the Tab key, in order; then a number opened with Enter, what is read in the dialog,
     and where the focus is after Escape. Exit 1 when a stop has no name, or the focus does not come back.

    python tests/walk_page.py SITE [datasets/looked-after-children/]

Names and roles are those of the browser's own accessibility tree, not of the HTML.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from browser import OPTIONS, ensure_chromium, served
from playwright.sync_api import CDPSession, Page, sync_playwright

SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "RootWebArea", "LabelText", "ListMarker"}
SPOKEN = {"heading", "link", "button", "textbox", "StaticText", "DisclosureTriangle", "dialog"}


class Walk:
    """One page, with its accessibility tree."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tree: CDPSession = page.context.new_cdp_session(page)
        self.tree.send("DOM.enable")
        self.tree.send("Accessibility.enable")

    def focused(self) -> tuple[str, str]:
        """(role, name) of what has the focus."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        asked = {"objectId": found["objectId"], "fetchRelatives": False}
        (node, *_) = self.tree.send("Accessibility.getPartialAXTree", asked)["nodes"]
        return said(node)

    def stops(self, most: int = 1000) -> Iterator[tuple[str, str]]:
        """Each stop of the Tab key, from the start of the page until it leaves it."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement === document.body"):
                return
            yield self.focused()

    def read_dialog(self) -> list[tuple[str, str]]:
        """What is read in the open dialog, from top to bottom."""
        nodes = {node["nodeId"]: node for node in self.tree.send("Accessibility.getFullAXTree")["nodes"]}
        (box,) = [node for node in nodes.values() if said(node)[0] == "dialog"]
        return [said(box), *(item for child in box["childIds"] for item in read_below(nodes[child], nodes))]


def said(node: dict[str, Any]) -> tuple[str, str]:
    return node.get("role", {}).get("value", ""), " ".join(str(node.get("name", {}).get("value", "")).split())


def read_below(node: dict[str, Any], nodes: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """In the order of reading; what has been read as a name is not read again below it."""
    role, name = said(node)
    if not node.get("ignored") and role in SPOKEN and name:
        yield role, name
        return
    for child in node.get("childIds", []):
        if child in nodes:
            yield from read_below(nodes[child], nodes)


def open_number(walk: Walk, selector: str = "a.mc-number") -> list[tuple[str, str]]:
    """Tab to the first number, press Enter, and read the dialog."""
    walk.page.evaluate("() => { document.activeElement.blur(); window.getSelection().removeAllRanges(); }")
    for _ in walk.stops():
        if walk.page.evaluate("which => document.activeElement.matches(which)", selector):
            break
    walk.page.keyboard.press("Enter")
    walk.page.wait_for_selector("dialog[open]")
    return walk.read_dialog()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("address", nargs="?", default="datasets/looked-after-children/")
    options = parser.parse_args()
    with served(options.site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=OPTIONS)
        page = browser.new_page(reduced_motion="reduce")
        page.goto(base + options.address)
        walk = Walk(page)
        stops = list(walk.stops())
        for number, (role, name) in enumerate(stops, 1):
            print(f"{number:4}  {role}: {name}")
        page.goto(base + options.address)
        walk = Walk(page)
        read = open_number(walk)
        before = page.evaluate("location.href")
        print("\nEnter on the first number. The focus is on", *walk.focused(), sep="\n      ")
        print("In the dialog, in the order of reading:")
        for role, name in read:
            print(f"      {role}: {name}")
        page.keyboard.press("Escape")
        back = walk.focused()
        print("After Escape the focus is on", *back, sep="\n      ")
        nameless = [role for role, name in stops if not name]
        returned = page.evaluate("document.activeElement.matches('a.mc-number')") and page.url == before
        print(
            f"\n{len(stops)} stops, {len(nameless)} without a name; the focus {'came back' if returned else 'is lost'}"
        )
        browser.close()
    return 1 if nameless or not returned else 0


if __name__ == "__main__":
    sys.exit(main())
