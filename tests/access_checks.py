"""What can be measured in an open page about reading it by ear, by keyboard, enlarged, or in colours of one's own.

In:  a page that is open in a browser.
Out: sentences, one for each fault; an empty list is what we want.

The checks themselves are in access_checks.js, in the page's own language, each under the name of what it asks for. axe
and the HTML checker look at the rest; here stands what they leave to people, as far as it can be counted.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "access_checks.js").read_text(encoding="utf-8")

HEADINGS = "HEADINGS"
LANDMARKS = "LANDMARKS"
LINKS = "LINKS"
PICTURES = "PICTURES"
TABLES = "TABLES"
FORMS = "FORMS"
TARGET_SIZE = "TARGET_SIZE"
ORDER = "ORDER"
STILL = "STILL"
FITS = "FITS"
COVERED = "COVERED"
FOUND = "FOUND"

# What a reader may set for all text (WCAG 1.4.12).
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""


def ask(page: Page, check: str) -> list[str]:
    found: list[str] = page.evaluate(f"() => {{ {SOURCE} return checks.{check}(); }}")
    return found


def restyle(page: Page, rules: str) -> None:
    """As a reader's own style does; the policy of the pages is not asked."""
    page.evaluate(
        "rules => { const own = new CSSStyleSheet(); own.replaceSync(rules); document.adoptedStyleSheets = [own]; }",
        rules,
    )


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
