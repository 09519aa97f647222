"""The page that explains the words: each term, what it means, what else it is called, and which pages use it.

In:  the reference tables `glossary` and `jargon`, and the pages with the terms that each of them uses.
Out: one `Page`, from A to Z; none for a portal that explains no words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from portal.made import Page
from portal.pages.render import Renderer, root_of
from portal.pages.terms import URL, is_short_form, term_id

TITLE = "Words explained"


@dataclass(frozen=True, slots=True)
class Entry:
    id: str
    term: str
    meaning: str
    also: str
    used: list[tuple[str, str]]  # (address, title)


def make_glossary(renderer: Renderer, used: Mapping[str, Sequence[Page]]) -> Page | None:
    glossary, root = renderer.portal.reference.glossary, root_of(URL)
    if not glossary:
        return None
    entries = [
        Entry(
            term_id(term),
            term,
            entry.get("meaning", ""),
            ", ".join(other_words(renderer, term)),
            [(f"{root}{page.url}", page.title) for page in used.get(term, ())],
        )
        for term, entry in sorted(glossary.items(), key=lambda item: term_id(item[0]))
    ]
    letters = [(letter, list(group)) for letter, group in groupby(entries, lambda entry: entry.term[0].upper())]
    html = renderer.page("glossary.html.j2", root, title=TITLE, letters=letters)
    return Page(URL, TITLE, "What the words and short forms on these pages mean, from A to Z.", html)


def other_words(renderer: Renderer, term: str) -> list[str]:
    """Other words that lead to the term; a word that only bends it is none."""
    entries = renderer.portal.reference.jargon.items()
    return [word for word, entry in entries if entry.get("term") == term and is_other(word, term)]


def is_other(word: str, term: str) -> bool:
    return (is_short_form(word) and word != term) or word.lower()[:4] != term.lower()[:4]
