"""How high the right answer stands, for each question of a list, as a browser finds it.

In:  a finished site, and CSV files with the columns group, query and right: the addresses that would be right answers.
Out: for each question the rank of the first right answer among those shown, and how many are among the first three.

    python tests/search_ranks.py SITE [FILE ...]
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from browser import OPTIONS, ensure_chromium, served
from playwright.sync_api import Page, expect, sync_playwright

FOLDER = Path(__file__).resolve().parent / "searches"
FIND = """async words => { const {numbers, records} = await portalSearch.find(words);
    return [...numbers.slice(0, 5), ...records].map(one => [one.url, one.title, one.figure, Math.round(one.score)]);
}"""
NOT_FOUND = 99


class Asked(NamedTuple):
    group: str
    query: str
    right: tuple[str, ...]


class Answer(NamedTuple):
    asked: Asked
    rank: int
    shown: tuple[tuple[str, ...], ...]


def read_questions(path: Path) -> list[Asked]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Asked(row["group"], row["query"], tuple(row["right"].split())) for row in csv.DictReader(file)]


def open_search(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".mc-tool--search").click()
    expect(page.locator(".mc-search__status")).to_have_text("")  # and no more: fetching …


def ask(page: Page, base: str, questions: Iterable[Asked]) -> Iterator[Answer]:
    """What young people ask is asked where they would ask it."""
    here = ""
    for asked in questions:
        where = base + ("young-people/" if asked.group == "young people" else "")
        if where != here:
            open_search(page, where)
            here = where
        shown = tuple(tuple(str(part) for part in one) for one in page.evaluate(FIND, asked.query))
        rank = next((n for n, one in enumerate(shown, 1) if one[0] in asked.right), NOT_FOUND)
        yield Answer(asked, rank, shown)


def main() -> None:
    site, files = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]] or sorted(FOLDER.glob("*.csv"))
    with served(site) as base, sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=ensure_chromium(), args=OPTIONS).new_page()
        for file in files:
            answers = list(ask(page, base, read_questions(file)))
            for answer in answers:
                mark = " " if answer.rank <= 3 else "*"
                print(f"{mark} {answer.rank:>2}  {answer.asked.group:<14} {answer.asked.query}")
                if answer.rank > 3:
                    print("".join(f"        {one[3]:>5} {one[0]}  {one[1]}\n" for one in answer.shown[:5]), end="")
            high = sum(answer.rank <= 3 for answer in answers)
            print(f"{file.name}: {high} of {len(answers)} among the first three")


if __name__ == "__main__":
    main()
