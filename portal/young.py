"""What a council writes for young people, as frozen values: a section of pages, and the words it keeps away from.

Nothing in here reads, writes or decides; a portal without the folder has no section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FOLDER = "young-people"  # of the datasets folder, and of the site
SECTION_TEXTS = ("title", "lede", "about_me", "wrong_with_me", "tracking", "foot")
PAGE_TEXTS = ("title", "question", "lede", "card", "about_me", "wrong_with_me", "figure_words", "figure_more")


@dataclass(frozen=True, slots=True)
class YoungPage:
    """One page: what pages.yaml says of it, and its story."""

    id: str
    title: str
    question: str
    lede: str
    card: str
    about_me: str
    wrong_with_me: str
    figure: str = ""  # dataset/figure: a share in words, or a group of at least a hundred people, drawn whole
    figure_words: str = ""
    figure_more: str = ""
    words: tuple[str, ...] = ()  # terms of the glossary that the page explains
    next: tuple[str, ...] = ()
    narrative: str = ""
    narrative_path: str = ""


@dataclass(frozen=True, slots=True)
class Avoided:
    """One line of words_to_avoid.csv."""

    word: str
    say_instead: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class YoungSection:
    """pages.yaml with the stories beside it. `lines`: dotted place in the file -> its line."""

    folder: str
    path: str
    title: str
    lede: str
    about_me: str
    wrong_with_me: str
    tracking: str
    foot: str
    pages: tuple[YoungPage, ...]
    avoided: tuple[Avoided, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    source: str = ""

    @property
    def sentences(self) -> Iterator[tuple[str, str, int | None, str]]:
        """(path, place in words, line, text) of every text of pages.yaml."""
        for name in SECTION_TEXTS:
            yield self.path, f"{name}: ", self.lines.get(name), getattr(self, name)
        for number, page in enumerate(self.pages):
            for name in PAGE_TEXTS:
                line = self.lines.get(f"pages.{number}.{name}")
                yield self.path, f"pages, {page.id}, {name}: ", line, getattr(page, name)
