"""How hard a page is to read, as a reader meets it: two formulas that share nothing but the sentences.

In:  the passages of a finished page, and the grades that the publisher allows (`reading` in mkdocs.yml).
Out: a Problem for each page above its grade. By Flesch-Kincaid, which counts syllables, it stops the build; by
     Coleman-Liau, which counts letters and so cannot be wrong about a syllable, it warns.

What is measured: headings, paragraphs, points of a list, sentences of cards, captions and notes. What is not: tables,
drawings, labels (a few words without a full stop), source lines, and lists of names. A number or a date is one word of
one syllable and four letters, whatever it is, and so is each word of a name: nobody can write them any simpler.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from portal.model import Problem
from portal.verify.spoken import BREAK, Passage, Place
from portal.verify.syllables import count_syllables

# Pages that are read to look something up, and what they are made of.
EXEMPT = {
    "a-to-z/*": "names of measures, topics and words, and nothing else",
    "404.html": "a few words and links, on a page that nobody asked for",
    "corrections/*": "a log: what was wrong, in the words of the record",
    "data-quality/*": "a register of flags and warnings, in the words of the tables and of the checks",
    "datasets/*/rows/*": "a register of rows: names, places in documents, notes on single cells",
    "licence/*": "the terms of a licence, which may not be said otherwise",
    "measures/*": "names and definitions of measures, as their documents give them",
    "methods/*": "rules and their names, for those who check the work",
    "not-published/*": "a register: titles of papers and reasons, cell by cell",
    "sources/*": "titles of documents",
    "status/*": "a register of dates and publications",
}
NO_PROSE = {"table", "tr", "svg", "dl", "nav"}
LOOKED_UP = {  # source lines, dates, names of documents and of lists
    *("mc-date", "mc-chart__source", "mc-card__source", "mc-page__figure", "mc-panel__name", "mc-actions", "mc-cite"),
    *(
        "mc-crumbs",
        "mc-onpage",
        "mc-promise__head",
        "mc-moment__when",
        "mc-quote",
        "mc-register__card",
        "mc-shortforms",
    ),
}
PROSE = {"p", "li", "div", "h1", "h2", "h3", "h4", "figcaption", "blockquote", "summary", "section", "article"}
LABEL = 5  # fewer words, and no full stop: a label
LONGEST = 40  # words of a sentence
MARGIN = 1.0  # on plain texts letters run above syllables: on ours by about three grades
FEW_WORDS = 100  # a formula made for a hundred words says nothing about fewer
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}\b|[£$€]?\d+(?:[.,/:–-]\d+)*(?: ?%)?")
WORD = re.compile(r"#|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# The end of a sentence; and where one point of a list that runs on is told from the next.
SENTENCE = re.compile(
    rf"{BREAK}|(?<=[a-z#][.!?])(?=[A-Z][a-z])|(?<=[.!?])[”’\"')\]]*\s+(?=[“‘\"'(\[]*[A-Z#])|[;:]\s+(?=[A-Z#])"
)
END = re.compile(r"[.!?][”’\"')\]]*$")
NAME_LETTERS = 4  # about those of a common word


@dataclass(frozen=True, slots=True)
class Grades:
    """What the settings allow; without them nothing is measured, as nobody asked."""

    elsewhere: float
    young_people: float
    section: str = "young-people/"

    def of(self, page: str) -> float:
        return self.young_people if page.startswith(self.section) else self.elsewhere


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    words: int
    syllables: int
    letters: int

    @property
    def hardness(self) -> float:
        return grade(self.words, 1, self.syllables)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page, counted."""

    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        return sum(s.words for s in self.sentences)

    @property
    def flesch_kincaid(self) -> float:
        return grade(self.words, len(self.sentences), sum(s.syllables for s in self.sentences)) if self.words else 0.0

    @property
    def coleman_liau(self) -> float:
        if not self.words:
            return 0.0
        letters = sum(s.letters for s in self.sentences)
        return 5.88 * letters / self.words - 29.6 * len(self.sentences) / self.words - 15.8

    @property
    def longest(self) -> Sentence | None:
        return max(self.sentences, key=lambda s: s.words, default=None)


def grade(words: int, sentences: int, syllables: int) -> float:
    """Flesch-Kincaid: the school year in the United States in which a text is read with ease."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def check_reading(name: str, passages: Iterable[Passage], grades: Grades) -> Iterator[Problem]:
    if exempt(name):
        return
    read, allowed = measure(passages), grades.of(name)
    for sentence in read.sentences:
        if sentence.words > LONGEST:  # an average can hide it, and a page of few words has no average
            told = f"a sentence of {sentence.words} words; nobody should have to read more than {LONGEST} in one breath"
            yield report(name, f"{told}. {quote(sentence.text)}")
    if read.words < FEW_WORDS:
        return
    if round(read.flesch_kincaid, 1) > allowed:
        hardest = sorted(read.sentences, key=lambda s: -s.hardness * min(s.words, 12))[:3]
        told = f"the page is too hard to read: grade {read.flesch_kincaid:.1f} (Flesch-Kincaid), {allowed:g} is allowed"
        yield report(name, f"{told}. Hardest: {' '.join(quote(s.text) for s in hardest)}")
    elif round(read.coleman_liau, 1) > allowed + MARGIN:
        told = (
            f"the page is hard to read by its letters: grade {read.coleman_liau:.1f} (Coleman-Liau), over {allowed:g}"
        )
        yield report(name, f"{told}. {quote(worst_by_letters(read))}", "warning")


def worst_by_letters(read: Reading) -> str:
    return max(read.sentences, key=lambda s: s.letters / s.words if s.words > LABEL else 0).text


def report(name: str, message: str, severity: Literal["error", "warning"] = "error") -> Problem:
    code = "hard-to-read" if severity == "error" else "hard-by-letters"
    fix = f"Make these sentences shorter, and use shorter words: in {written_in(name)}."
    return Problem(code, message, f"site/{name}", fix=fix, severity=severity)


def written_in(name: str) -> str:
    """Where the words of a page are written, as far as its address tells."""
    parts = name.split("/")
    if parts[0] == "datasets" and len(parts) == 3:
        return f"page.yaml or the narrative of datasets/{parts[1]}"
    if parts[0] in ("index.html", "topics", "scorecard"):
        return "mkdocs.yml, or the page.yaml whose sentence it shows"
    if parts[0] == "young-people":
        return "datasets/young-people"
    return f"site_templates/pages/{parts[0]}.html.j2 or .md, or the page.yaml whose sentence it shows"


def quote(text: str) -> str:
    return f"“{text if len(text) <= 200 else text[:199] + '…'}”"


def exempt(name: str) -> str:
    """The reason why a page is not measured; empty when it is."""
    return next((why for pattern, why in EXEMPT.items() if fnmatchcase(name, pattern)), "")


def measure(passages: Iterable[Passage]) -> Reading:
    texts = [p.whole for p in passages if is_prose(p)]
    return Reading(tuple(s for text in dict.fromkeys(texts) for s in find_sentences(text)))


def is_prose(passage: Passage) -> bool:
    if not passage.whole or passage.tag not in PROSE:
        return False
    place: Place | None = passage.place
    while place:
        if place.tag in NO_PROSE or not LOOKED_UP.isdisjoint(place.classes):
            return False
        if "md-content__inner" in place.classes:
            return True
        place = place.parent
    return False


def find_sentences(text: str) -> Iterator[Sentence]:
    for part in SENTENCE.split(DATE.sub("#", text)):
        words = WORD.findall(part)
        if len(words) >= LABEL or (words and END.search(part)):
            yield count(part, words)


def count(text: str, words: Collection[str]) -> Sentence:
    """A capital inside a sentence is a name, and so is a short form; the first word is no name for its capital."""
    counted = [(1, NAME_LETTERS) if is_name(word, n) else size(word) for n, word in enumerate(words)]
    return Sentence(text, len(counted), sum(s for s, _ in counted), sum(letters for _, letters in counted))


def is_name(word: str, place: int) -> bool:
    return word == "#" or (len(word) > 1 and (word.isupper() or (place > 0 and word[0].isupper())))


def size(word: str) -> tuple[int, int]:
    return count_syllables(word), sum(c.isalpha() for c in word)


def print_grades(pages: Mapping[str, Iterable[Passage]]) -> Iterator[tuple[str, Reading]]:
    """Each page that is measured, hardest first."""
    read = {name: measure(passages) for name, passages in pages.items() if not exempt(name)}
    yield from sorted(read.items(), key=lambda item: -item[1].flesch_kincaid)
