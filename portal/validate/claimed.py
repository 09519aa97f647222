"""Do the rows bear out what the sentences say of them?

In:  a Portal whose rows and names are in order, and the sentences of mkdocs.yml.
Out: a Problem for each claim that is false, that its rows cannot decide, that sets unlike rows side by side without a
     word, or that is said where no claim can stand. It names the sentence, the rows, and what is true now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.claims import Stated, derive_claims, judge, list_known
from portal.claims.alike import crossing, forbidden
from portal.comparability import Rule, read_rules
from portal.model import Dataset, Observation, Portal, Problem
from portal.privacy import quote
from portal.sentences import CLAIM, line_of, read_pieces, words_only
from portal.validate.places import did_you_mean
from portal.validate.words import page_sentences

# The texts whose calls are filled in.
SPEAKING = re.compile(r"(?:lede|comparison): |(?:know|do_not_compare), |charts, .*, finding: ")
TELLING = 3  # words that `across` has at least
SHOWN = 4  # rows that a message lists


@dataclass(frozen=True, slots=True)
class Saying:
    """A place where a claim is said: `text`, the paragraph around it, without its figures."""

    name: str
    path: str
    line: int | None
    text: str
    place: str = ""


class Teller:
    """A Problem at the first sentence that says a claim, or at the claim itself."""

    def __init__(self, claim: Stated, dataset: Dataset, said: Sequence[Saying]) -> None:
        self.claim, self.dataset, self.said = claim, dataset, said

    def __call__(self, code: str, message: str, fix: str) -> Problem:
        spec, page, first = self.claim.spec, self.dataset.page, next(iter(self.said), None)
        more = f", said in {len(self.said)} places" if len(self.said) > 1 else ""
        where = f" ({page.path}:{spec.line})" if first and spec.line else ""
        start = f"{self.claim.place}: " if self.claim.place else f'claim "{spec.id}"{where}{more}, '
        path, line = (first.path, first.line) if first else (page.path, spec.line)
        return Problem(code, f"{start}{quote(spec.words)}: {message}", path, line, field=f"claims.{spec.id}", fix=fix)


def check_stated(portal: Portal, home: Mapping[str, Any] | None = None, path: str = "mkdocs.yml") -> Iterator[Problem]:
    """Every claim of every dataset; `home`: the sentences of the home page, where a claim is "dataset/id"."""
    rules, at_home = read_rules(portal.reference), [*home_sayings(home or {}, path), *young_sayings(portal)]
    names = {code: cells.get("name", "") for code, cells in portal.reference.areas.items()}
    known = {f"{d.slug}/{spec.id}" for d in portal.datasets for spec in d.page.claims}
    yield from (unknown_claim(saying, known) for saying in at_home if saying.name not in known)
    for dataset in (d for d in portal.datasets if d.page.usable):
        sayings, own = list(sayings_of(dataset)), {spec.id for spec in dataset.page.claims}
        yield from (unknown_claim(s, own) for s in sayings if s.name not in own)
        yield from (misplaced(s) for s in sayings if s.name in own and s.place and not SPEAKING.match(s.place))
        for claim in derive_claims(dataset):
            said = [s for s in sayings if s.name == claim.spec.id and not claim.place]
            said += [s for s in at_home if s.name == f"{dataset.slug}/{claim.spec.id}" and not claim.place]
            yield from check_claim(claim, dataset, said, rules, names)


def check_claim(
    claim: Stated, dataset: Dataset, said: Sequence[Saying], rules: Sequence[Rule], areas: Mapping[str, str]
) -> Iterator[Problem]:
    tell = Teller(claim, dataset, said)
    missing = list(unknown_names(claim, dataset))
    if missing:
        yield from (tell("unknown-name", what, "Correct the name in page.yaml.") for what in missing)
    elif claim.phrase is None:
        fix = f"Write words that the build can test: {list_known()}."
        yield tell("claim-words", "nobody has said how to test these words", fix)
    elif not claim.place and not said:
        fix = f'Write {{{{ claim("{claim.spec.id}") }}}} in a sentence, or take the claim out of page.yaml.'
        yield tell("claim-unsaid", "no sentence says it", fix)
    elif why := forbidden(claim.rows, claim.phrase, rules) if not claim.place else "":
        fix = "Choose other rows, or state them side by side without a judgement."
        yield tell("claim-unlike", f"its rows may not be said together: {why}", fix)
    elif problem := next(check_across(claim, dataset, said, tell), None):
        yield problem
    else:
        yield from check_truth(claim, areas, tell)


def check_across(claim: Stated, dataset: Dataset, said: Sequence[Saying], tell: Teller) -> Iterator[Problem]:
    assert claim.phrase is not None  # asked before
    rows = claim.field if claim.spec.among else claim.rows
    ways, told = ([] if claim.place else crossing(rows, claim.phrase, dataset.observations)), claim.spec.across
    if told and len(told.split()) < TELLING:
        fix = "Write the words by which the sentence tells the reader how they differ."
        yield tell("claim-across", f"{quote(told)} is too little to tell a reader anything", fix)
        return
    if ways and not told:
        fix = "Choose rows that are alike, or write under `across` the words by which the sentence tells the reader."
        yield tell("claim-unlike", f"its rows differ in {', '.join(ways)}, and the sentence does not say so", fix)
    if told and not ways:
        yield tell("claim-across", "its rows are alike, and `across` speaks of a difference", "Take `across` out.")
    for saying in said if told else ():
        words = r"\s+".join(re.escape(word) for word in told.split())
        if not re.search(rf"(?<!\w){words}(?!\w)", saying.text, re.IGNORECASE):
            fix = "Write them into the paragraph where the claim is said."
            yield tell("claim-across", f"the sentence does not hold the words of `across`, {quote(told)}", fix)


def check_truth(claim: Stated, areas: Mapping[str, str], tell: Teller) -> Iterator[Problem]:
    assert claim.phrase is not None  # asked before
    place = claim.phrase.place.lower().removeprefix("the ")
    elsewhere = next((row for row in claim.rows[1:] if place and areas.get(row.area, "").lower() != place), None)
    verdict = judge(claim.phrase, claim.rows, claim.field)
    listed = f"The rows: {list_rows(claim.rows)}."
    if elsewhere:
        fix = f"Name the place of the row in the words, or choose another row. {listed}"
        yield tell("false-claim", f'"{elsewhere.id}" is not of {claim.phrase.place}', fix)
    elif verdict.unsure:
        fix = f"Choose other rows, or say it without a judgement. {listed}"
        yield tell("claim-unsure", f"nobody can tell whether it is true: {verdict.unsure}", fix)
    elif not verdict.holds:
        fix = f"Say what is true now, or correct the row if it is wrong. {listed}"
        yield tell("false-claim", f"it is not true: {verdict.truth}", fix)


def list_rows(rows: Iterable[Observation]) -> str:
    listed = [f'"{row.id}" ({row.path}:{row.line})' for row in rows]
    more = f" and {len(listed) - SHOWN} more" if len(listed) > SHOWN else ""
    return ", ".join(listed[:SHOWN]) + more


def unknown_names(claim: Stated, dataset: Dataset) -> Iterator[str]:
    figures = [figure.id for figure in dataset.page.figures]
    rows = [row.id for row in dataset.observations]
    for name in claim.spec.figures:
        if name not in figures:
            yield f"no figure called {quote(name)}{did_you_mean(name, figures)}"
    for name in (*claim.spec.rows, *claim.spec.among):
        if name not in rows:
            yield f"no row called {quote(name)}{did_you_mean(name, rows)}"


def unknown_claim(saying: Saying, known: Iterable[str]) -> Problem:
    place = saying.place if saying.place.endswith(": ") else ""
    message = f"{place}no claim called {quote(saying.name)}{did_you_mean(saying.name, list(known))}"
    fix = "Add it under `claims` in page.yaml, or correct the name."
    return Problem("unknown-claim", message, saying.path, saying.line, fix=fix)


def misplaced(saying: Saying) -> Problem:
    message = f"{saying.place}a claim cannot stand here"
    fix = "Say it in the lede, the comparison, a finding, a note or the narrative."
    return Problem("claim-place", message, saying.path, saying.line, fix=fix)


def sayings_of(dataset: Dataset) -> Iterator[Saying]:
    for path, place, line, text in page_sentences(dataset):
        yield from sayings_in(text, path, line, place)
    if dataset.narrative_path.endswith(".j2"):
        start = 1
        for paragraph in dataset.narrative.split("\n\n"):
            for piece in read_pieces(paragraph):
                if piece.kind == CLAIM:
                    line = start + line_of(paragraph, piece.start) - 1
                    yield Saying(piece.text, dataset.narrative_path, line, words_only(paragraph))
            start += paragraph.count("\n") + 2


def young_sayings(portal: Portal) -> Iterator[Saying]:
    """The pages for young people speak of all datasets, as the home page does."""
    for path, place, line, text in portal.young.sentences if portal.young else ():
        yield from sayings_in(text, path, line, place)
    for page in portal.young.pages if portal.young else ():
        start = 1
        for paragraph in page.narrative.split("\n\n"):
            yield from sayings_in(paragraph, page.narrative_path, start, "")
            start += paragraph.count("\n") + 2


def sayings_in(text: str, path: str, line: int | None, place: str) -> Iterator[Saying]:
    yield from (Saying(p.text, path, line, words_only(text), place) for p in read_pieces(text) if p.kind == CLAIM)


def home_sayings(home: Mapping[str, Any], path: str) -> Iterator[Saying]:
    yield from sayings_in(str(home.get("headline_words", "")), path, None, "extra.portal.home, headline_words: ")
    for n, card in enumerate(home.get("cards") or [], 1):
        for name, text in card.items():
            yield from sayings_in(str(text), path, None, f"extra.portal.home, cards, {n}, {name}: ")
