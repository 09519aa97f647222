"""Our search, the theme's and Pagefind, asked the same questions: what they find, what they move, what they keep.

In:  finished sites: ours; one of a revision that still had the theme's search; a copy of ours with Pagefind's index
     in it, made in an environment of its own: python -m pagefind --site COPY --root-selector main
Out: for each search how many of tests/searches/sixty.csv have a right answer among the first three shown, what a first
     search moves beyond the home page, and what its index weighs, as it lies on the disk and packed with gzip.

    python tests/bench/compare_searches.py OURS [--theme SITE] [--pagefind SITE]

The others are judged kindly: with them the right page is enough, where ours must show the right place on it, and any
link of a result counts, folded away or not. Ours is asked on the page where such a question would be asked. Pagefind is
asked through its script, as it comes, and the first search counts neither its field nor its styles, only five results.
"""

from __future__ import annotations

import argparse
import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urlsplit

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from browser import OPTIONS, ensure_chromium  # noqa: E402
from packed import served_packed  # noqa: E402
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright  # noqa: E402
from search_ranks import FOLDER, Asked, ask, read_questions  # noqa: E402

FIRST = "kids in care"
FOUND = ".mc-search__found a"
FIELD = "[data-md-component=search-query]"
RESULTS = "[data-md-component=search-result]"

# Each result with all its links, once the list has stayed as it is for 300 ms, with or without a result.
READ = """async selector => {
    const wait = ms => new Promise(done => setTimeout(done, ms));
    for (let before = null, same = 0, turn = 0; same < 6 && turn < 200; turn++, await wait(50)) {
        const now = document.querySelector(selector).textContent;
        same = now === before && !/Type to start|Initiali[sz]ing/.test(now) ? same + 1 : 0;
        before = now;
    }
    return [...document.querySelectorAll(selector + " ol > li")].map(li => [...li.querySelectorAll("a[href]")].map(a => a.href));
}"""  # noqa: E501
PAGEFIND = """async ([script, words, most]) => {
    const found = await (await import(script)).search(words);
    return (await Promise.all(found.results.slice(0, most).map(one => one.data()))).map(one => [one.url]);
}"""


class Search(NamedTuple):
    name: str
    index: tuple[str, ...]
    begin: Callable[[Page, str], None]
    first: Callable[[Page, str], object]
    judge: Callable[[Page, str, list[Asked]], Iterator[bool]]


def type_first(page: Page, field: str, link: str) -> None:
    page.locator(".mc-tool--search").click()
    page.locator(field).press_sequentially(FIRST, delay=80)
    expect(page.locator(link).first).to_be_visible()


def judge_ours(page: Page, base: str, questions: list[Asked]) -> Iterator[bool]:
    return (answer.rank <= 3 for answer in ask(page, base, questions))


def judge_theme(page: Page, base: str, questions: list[Asked]) -> Iterator[bool]:
    type_first(page, FIELD, f"{RESULTS} a[href]")
    for asked in questions:
        page.locator(FIELD).fill("")
        expect(page.locator(RESULTS)).to_contain_text("Type to start")
        page.locator(FIELD).press_sequentially(asked.query)  # it listens to keys
        yield is_among(page.evaluate(READ, RESULTS)[:3], base, asked)


def open_blank(page: Page, base: str) -> None:
    """A page without our policy, which would refuse Pagefind its WebAssembly."""
    page.route("**/blank.html", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(base + "blank.html")


def ask_pagefind(page: Page, base: str, words: str, most: int) -> list[list[str]]:
    return page.evaluate(PAGEFIND, [base + "pagefind/pagefind.js", words, most])


def judge_pagefind(page: Page, base: str, questions: list[Asked]) -> Iterator[bool]:
    return (is_among(ask_pagefind(page, base, asked.query, 3), base, asked) for asked in questions)


def is_among(shown: list[list[str]], base: str, asked: Asked) -> bool:
    paths = {urlsplit(link).path.removeprefix(urlsplit(base).path) for links in shown for link in links}
    return any(urldefrag(right).url in paths for right in asked.right)


INDEX = ("search/*.json",)
KEPT = tuple(f"pagefind/{name}" for name in ("pagefind-entry.json", "*.pf_meta", "index/*", "fragment/*"))
SEARCHES = (
    Search("ours", INDEX, Page.goto, lambda page, _: type_first(page, ".mc-search__field", FOUND), judge_ours),
    Search("theme", INDEX, Page.goto, lambda page, _: type_first(page, FIELD, f"{RESULTS} a[href]"), judge_theme),
    Search("Pagefind", KEPT, open_blank, lambda page, base: ask_pagefind(page, base, FIRST, 5), judge_pagefind),
)


def weigh_first(browser: Browser, base: str, search: Search) -> tuple[int, int]:
    """Requests and bytes, headers and all, a worker's among them."""
    page = browser.new_page()
    search.begin(page, base)
    page.wait_for_load_state("networkidle")
    done: list[Request] = []
    page.on("requestfinished", lambda request: done.append(request))
    search.first(page, base)
    page.wait_for_timeout(2000)
    sizes = [request.sizes() for request in done]
    page.close()
    return len(sizes), sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("ours", type=Path)
    given.add_argument("--theme", type=Path)
    given.add_argument("--pagefind", type=Path)
    sites = given.parse_args()
    questions = read_questions(FOLDER / "sixty.csv")
    groups = Counter(asked.group for asked in questions)
    print("".join(f"{name:>14}" for name in ("", "first three", *groups, "requests", "kB", "index kB", "packed kB")))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure_chromium(), args=OPTIONS)
        for search, site in zip(SEARCHES, (sites.ours, sites.theme, sites.pagefind), strict=True):
            if not site:
                continue
            files = [path.read_bytes() for pattern in search.index for path in site.glob(pattern)]
            with served_packed(site) as base:
                requests, moved = weigh_first(browser, base, search)
                page = browser.new_page()
                search.begin(page, base)
                right = list(search.judge(page, base, questions))
                page.close()
            high = Counter(asked.group for asked, is_high in zip(questions, right, strict=True) if is_high)
            weights = (moved, sum(map(len, files)), sum(len(gzip.compress(file, 6)) for file in files))
            cells = [search.name, f"{sum(right)} of {len(right)}", *(high[group] for group in groups), requests]
            print("".join(f"{cell:>14}" for cell in (*cells, *(f"{size / 1000:.1f}" for size in weights))), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
