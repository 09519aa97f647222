"""What a first visit moves, in a real Chromium: files and kB by kind, for a page of each type, one site or two.

    python tests/bench/weigh_pages.py site
    python tests/bench/weigh_pages.py before-site after-site --page scorecard/ --page glossary/

Each page is opened in a browser that holds nothing, from a server that packs with gzip. What is counted came over the
wire before the page was touched, headers and all; the middle one and the heaviest of the dataset pages are found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from browser import OPTIONS, ensure_chromium, find_dataset_pages  # noqa: E402
from packed import served_packed  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

PAGES = (
    "", "datasets/", "scorecard/", "promises/", "timeline/", "data-quality/", "sources/", "measures/", "glossary/",
    "young-people/", "young-people/who-is-in-care/", "about/", "404.html",
)  # fmt: skip
KINDS = {".css": "css", ".js": "js", ".html": "html", "": "html"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sites", type=Path, nargs="+")
    asked.add_argument("--page", action="append", help="an address from the site's root (default: one of each type)")
    given = asked.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=OPTIONS)
        for site in given.sites:
            pages = given.page or [*PAGES, *pick_datasets(given.sites[-1])]
            print(f"\n{site}\n{'page':44}{'requests':>9}{'kB':>7}{'html':>7}{'css':>7}{'js':>7}{'other':>7}")
            with served_packed(site) as base:
                for page in (page for page in pages if (site / page / "index.html").exists() or page == "404.html"):
                    files, sizes = weigh(browser, base, page)
                    kinds = "".join(f"{sizes[kind] / 1000:7.1f}" for kind in ("html", "css", "js", "other"))
                    print(f"/{page:43}{files:9}{sum(sizes.values()) / 1000:7.1f}{kinds}", flush=True)
        browser.close()


def pick_datasets(site: Path) -> list[str]:
    """The middle one and the heaviest, each with its rows."""
    pages = sorted(find_dataset_pages(site), key=lambda page: (site / page / "index.html").stat().st_size)
    return [page for one in dict.fromkeys([pages[len(pages) // 2], pages[-1]]) for page in (one, f"{one}rows/")]


def weigh(browser: Browser, base: str, page: str) -> tuple[int, Counter[str]]:
    """How many files, and how many bytes of each kind."""
    context = browser.new_context(viewport={"width": 360, "height": 780})
    tab = context.new_page()
    devtools = context.new_cdp_session(tab)
    devtools.send("Network.enable")
    asked: dict[str, str] = {}
    sizes: Counter[str] = Counter()

    def note_request(event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            asked[event["requestId"]] = event["request"]["url"]

    def note_size(event: dict[str, Any]) -> None:
        if event["requestId"] in asked:
            path = Path(urlsplit(asked[event["requestId"]]).path)
            sizes[KINDS.get(path.suffix, "other")] += event["encodedDataLength"]

    devtools.on("Network.requestWillBeSent", note_request)
    devtools.on("Network.loadingFinished", note_size)
    tab.goto(base + page, wait_until="networkidle")
    context.close()
    return len(asked), sizes


if __name__ == "__main__":
    main()
