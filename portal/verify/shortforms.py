"""Has every short form, and every word of the trade, a way to its meaning on the page where it stands?

In:  a finished page as it was read, and the reference tables `jargon` and `glossary`.
Out: a Problem for each short form that is neither spelt out on the page nor linked to its meaning, and for each word of
     the trade without such a link. Short forms are found by their look: no list has to know them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from portal.model import Problem, Reference
from portal.verify.reader import Reader
from portal.verify.spoken import Passage, Place

GLOSSARY = "glossary/index.html"
# Two capitals, or a capital and a digit, in one word; what has four digits is a code of somebody's tables.
SHORT = re.compile(r"(?<![\w.&/#@-])(?=[A-Z])(?:[A-Za-z]*[A-Z][a-z]?[A-Z][A-Za-z]*|[A-Z]\d{1,2})(?![\w@]|-[A-Z])")
JOINED = re.compile(r"[a-z]{3,}[A-Z]")  # two words that stand under each other, and touch only when read in a row
SPELT = "(?:\\w+ \\(\\W*{0}s?\\b|\\b{0}s? \\(|short for {0}\\b|\\b{0}s?[”’]? (?:is|are|means|stands for) )"
FIRST = re.compile(r"\w+")
QUOTED = re.compile("“[^”]*”")


def check_short_forms(name: str, reader: Reader, reference: Reference) -> Iterator[Problem]:
    """Only where a portal says which words it explains: nobody else's pages are stopped for a word."""
    if not reference.jargon or name == GLOSSARY or name == "404.html":
        return
    text = "\n".join(texts_of(reader.spoken.passages))
    led = {link.partition("glossary/#")[2] for link in reader.links if "glossary/#" in link}
    for word in sorted(find_short_forms(text)):
        term = term_of(word, reference.jargon)
        if term != "" and (term is None or anchor(term) not in led) and not is_spelt(word, text):
            yield report("unexplained-abbreviation", name, f"the short form {word} is not explained", term is None)
    plain = QUOTED.sub(" ", text)
    used = set(FIRST.findall(plain.lower()))
    for word, pattern in patterns_of(tuple(reference.jargon)):
        term = reference.jargon[word].get("term", "")
        if not term or used.isdisjoint(starts_of(word)):
            continue
        found, plain = pattern.search(plain), pattern.sub(" ", plain)  # a placement order is no placement
        if found and anchor(term) not in led and not is_spelt(found[0], text):
            led.add(anchor(term))  # told once
            yield report("unexplained-word", name, f"“{found[0]}” is a word of the trade, and not explained", False)


def texts_of(passages: Iterable[Passage]) -> Iterator[str]:
    return (p.whole or p.text for p in passages if is_page(p.place))


def is_page(place: Place | None) -> bool:
    """On the page itself; what explains a word in turn has its own line in the glossary, one step away."""
    while place:
        if "mc-shortforms" in place.classes:
            return False
        if "md-content__inner" in place.classes:
            return True
        place = place.parent
    return False


def find_short_forms(text: str) -> set[str]:
    return {found for found in SHORT.findall(text) if not JOINED.search(found)}


def term_of(word: str, jargon: Mapping[str, Mapping[str, str]]) -> str | None:
    """The term that explains a word; empty when it needs none, None when nobody has said."""
    for written in (
        word,
        word.removesuffix("s"),
        word[:1].lower() + word[1:],
        word[:1].lower() + word[1:].removesuffix("s"),
    ):
        if written in jargon:
            return jargon[written].get("term", "") or ""
    return None


def is_spelt(word: str, text: str) -> bool:
    """ "comma-separated values (CSV)", "CSV (a plain table)": told in the text, on the page itself."""
    return re.search(SPELT.format(re.escape(word)), text) is not None


def starts_of(word: str) -> tuple[str, str]:
    """What a text has among its words when it has this one: so that not every word is looked for in every page."""
    first = FIRST.findall(word.lower())[0]
    return first, f"{first}s"


@lru_cache(maxsize=4)
def patterns_of(words: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Short forms are found by their look; these are the others, in the plural too, and at the start of a sentence."""
    plain = [w for w in sorted(words, key=len, reverse=True) if not any(c.isupper() or c.isdigit() for c in w[1:])]
    return tuple(
        (w, re.compile(rf"(?<![\w-])[{w[0].lower()}{w[0].upper()}]{re.escape(w[1:])}s?(?![\w-])")) for w in plain
    )


def anchor(term: str) -> str:
    return re.sub(r"\W+", "-", term.lower().replace("’", "").replace("'", "")).strip("-")


def report(code: str, name: str, message: str, unknown: bool) -> Problem:
    fix = (
        "Add it to reference/data/jargon.csv with the term of the glossary that explains it, or spell it out."
        if unknown
        else "Spell it out where it stands, or let the page lead to its line: [word](../glossary/#term)."
    )
    return Problem(code, message, f"site/{name}", fix=fix)
