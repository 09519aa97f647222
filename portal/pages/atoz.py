"""Everything from A to Z: measures, sets of figures, topics and words, for those who look and do not search.

In:  the pages that were made, and the reference tables.
Out: one `Page`. It is where the search leads when no script runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from portal.made import Page
from portal.model import Portal
from portal.pages.render import Renderer, root_of
from portal.pages.terms import term_id

URL, TITLE = "a-to-z/", "Everything from A to Z"
KINDS = {"measures": "Measure", "datasets": "Charts and figures", "topics": "Topic", "young-people": "For young people"}


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    href: str
    kind: str
    about: str = ""


def make_a_to_z(renderer: Renderer, pages: Iterable[Page]) -> Page:
    root = root_of(URL)
    lines = [*lines_of(pages, renderer.portal, root), *words_of(renderer, root)]
    lines.sort(key=lambda line: (sort_key(line.name), line.kind))
    letters = [(letter, list(group)) for letter, group in groupby(lines, lambda line: letter_of(line.name))]
    html = renderer.page("a-to-z.html.j2", root, title=TITLE, letters=letters)
    return Page(URL, TITLE, "Every measure, every set of figures, every topic and every word explained.", html)


def lines_of(pages: Iterable[Page], portal: Portal, root: str) -> Iterator[Line]:
    titles = {f"datasets/{dataset.slug}/": dataset.title for dataset in portal.datasets}
    homes = {o.measure.id: d.title for d in reversed(portal.datasets) for o in d.observations}
    for page in pages:
        folder, _, rest = page.url.partition("/")
        name = rest.strip("/")
        if folder in KINDS and name and "/" not in name:
            about = homes.get(name, "") if folder == "measures" else page.title if page.url in titles else ""
            yield Line(titles.get(page.url, page.title), f"{root}{page.url}", KINDS[folder], about)


def words_of(renderer: Renderer, root: str) -> Iterator[Line]:
    glossary: Mapping[str, Mapping[str, str]] = renderer.portal.reference.glossary
    for term in glossary:
        yield Line(term[:1].upper() + term[1:], f"{root}glossary/#{term_id(term)}", "Word explained")


def sort_key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum() or c == " ")


def letter_of(name: str) -> str:
    first = sort_key(name)[:1].upper()
    return first if first.isalpha() else "0 to 9"
