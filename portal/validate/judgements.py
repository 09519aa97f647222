"""Does any sentence of ours judge data without a claim that the build tests?

In:  the texts of page.yaml, narratives, mkdocs.yml, hand-written pages and page templates.
Out: a Problem for each line with a judging word that is bound by no claim and is no declared use.

The prose of a plain package is its publisher's own. The reason of a known mismatch says what a sum came to: that is
worked out again by its check. What a figure with `change` or `direction` says follows the data by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from portal.claims import find_judgements
from portal.model import Portal, Problem
from portal.quantities import TIMES
from portal.sentences import line_of, words_only
from portal.validate.words import page_sentences

CODE = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->|<[^<>]*>", re.DOTALL)
PAGES = {".j2", ".md"}
FIX = (
    'Say it with {{ claim("id") }}, listed under `claims` in page.yaml with the rows it speaks of, or in words that '
    "judge nothing."
)
PLAIN_FIX = "Say it in words that judge nothing: no claim can be tested here."


def check_judgements(portal: Portal) -> Iterator[Problem]:
    for dataset in (d for d in portal.datasets if d.page.usable):
        for path, place, line, text in page_sentences(dataset):
            if not place.startswith("checks, "):
                yield from check_text(text, path, line, place)
        if dataset.narrative_path.endswith(".j2") or dataset.observations:
            for number, words in enumerate(words_only(dataset.narrative).split("\n"), 1):
                yield from check_text(words, dataset.narrative_path, number, "")


def check_home_judgements(facts: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """The home page, the topics and the scorecard's own words."""
    home, scorecard = facts.get("home") or {}, facts.get("scorecard") or {}
    texts = [("home, headline_words", home.get("headline_words", ""))]
    texts += [
        (f"home, cards, {n}, {k}", v) for n, card in enumerate(home.get("cards") or [], 1) for k, v in card.items()
    ]
    texts += [
        (f"topics, {t.get('id')}, {k}", t.get(k, "")) for t in facts.get("topics") or [] for k in ("title", "text")
    ]
    texts += [(f"scorecard, {k}", scorecard.get(k, "")) for k in ("title", "text", "rule")]
    texts += [(k, facts.get(k, "")) for k in ("council_note", "arrow_note")]
    for place, text in texts:
        yield from check_text(str(text), path, None, f"extra.portal.{place}: ")


def check_template_judgements(folder: Path) -> Iterator[Problem]:
    """What the program's own pages say, code and tags taken out."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in PAGES and p.is_file()):
        text = CODE.sub(blank, path.read_text(encoding="utf-8"))
        for word, start in find_judgements(text):
            yield unclaimed(
                [word], f"{folder.name}/{path.relative_to(folder).as_posix()}", line_of(text, start), "", PLAIN_FIX
            )


def blank(found: re.Match[str]) -> str:
    """Lines keep their numbers, and words on both sides of a tag stay apart."""
    return re.sub(r"[^\n]", " ", found[0])


def check_text(text: str, path: str, line: int | None, place: str) -> Iterator[Problem]:
    """One message for a text: what is said of it mends all of it."""
    found = [word for word, _ in find_judgements(words_only(text)) if word.lower() not in TIMES]  # typed: one message
    if found:
        yield unclaimed(found, path, line, place, FIX)


def unclaimed(words: Sequence[str], path: str, line: int | None, place: str, fix: str) -> Problem:
    named = [f'"{word}"' for word in dict.fromkeys(words)]
    verb = "judges" if len(named) == 1 else "judge"
    message = f"{place}{' and '.join(named)} {verb} data, and no claim says which rows bear it out"
    return Problem("unclaimed-judgement", message, path, line, fix=fix)
