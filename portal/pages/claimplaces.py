"""The place of each claim on the page of rows: what the words say, of which rows, and how they are tested.

In:  a Dataset with its claims and its sentences.
Out: a `Place` for each claim, in the order of page.yaml.

The test is told with the numbers themselves, "97 is lower than 108", each a link to its row: nobody need take our word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup, escape

from portal.claims import Stated, derive_claims, order_of
from portal.model import Dataset, Observation
from portal.pages.prose import render_prose
from portal.pages.render import Renderer, link_measure, link_row
from portal.pages.saying import claim_id, mark_claim
from portal.pages.worked import Place
from portal.sentences import CLAIM, Piece, read_pieces

ORDER = {1: "is higher than", -1: "is lower than", 0: "is the same as", None: "stands beside"}
BETTER = {way: f"For this measure a {way} number is the better one." for way in ("higher", "lower")}
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z{“])")
# A sentence that needs the one before.
POINTS_BACK = re.compile(r"(?:That|This|It|Both|From the|The (?:rate|share|number|target)|Added up)\b")
OURS = "Nowhere: the words are ours. Each build tests them against these rows, and stops when they are no longer true."


def make_claim_places(dataset: Dataset, renderer: Renderer, root: str) -> list[Place]:
    claims = [claim for claim in derive_claims(dataset) if not claim.place and claim.phrase and claim.rows]
    return [make_claim_place(claim, dataset, renderer, root) for claim in claims]


def make_claim_place(claim: Stated, dataset: Dataset, renderer: Renderer, root: str) -> Place:
    measures = dict.fromkeys(link_measure(row.measure, root) for row in claim.rows)
    told = [
        ("The sentence", say_sentence(claim, dataset, renderer, root)),
        ("The rows", Markup("; ").join(describe(row, renderer, root) for row in claim.rows)),
        ("How it is tested", tell_test(claim, root)),
        ("Among which rows", tell_field(claim, root)),
        ("What the rows do not share", tell_across(claim)),
        ("As printed", escape(OURS)),
    ]
    steps = tuple((title, text) for title, text in told if text)
    return Place(
        claim_id(claim), Markup("“{}”").format(mark_claim(claim)), when(claim.rows), Markup("; ").join(measures), steps
    )


def when(rows: Sequence[Observation]) -> str:
    """One period, or from the earliest to the last."""
    ordered = sorted(rows, key=lambda row: (row.date is None, row.date))
    if len({row.period for row in rows}) > 1 and all(row.date for row in rows):
        return f"{ordered[0].period} to {ordered[-1].period}"
    return rows[0].period


def describe(row: Observation, renderer: Renderer, root: str) -> Markup:
    area = renderer.portal.reference.areas.get(row.area, {}).get("name", row.area)
    kind = (row.kind,) if row.kind != "actual" else ()
    parts = (*kind, area, *(value.replace("-", " ") for _, value in row.breakdown if value), row.period)
    return Markup("{}, {}").format(link_row(row, root), ", ".join(parts))


def say_sentence(claim: Stated, dataset: Dataset, renderer: Renderer, root: str) -> Markup:
    """The first sentence that says it, its numbers linked, with those before it that it points back to."""
    text = next(find_sentences(claim.spec.id, dataset), "")
    where = dataset.narrative_path

    def fill(piece: Piece) -> Markup | str:
        own = piece.kind == CLAIM and piece.text == claim.spec.id
        return mark_claim(claim) if own else renderer.fill(piece, root, dataset.slug, where)

    html = render_prose(text, fill).removeprefix("<p>").removesuffix("</p>")
    return Markup(html) if "<p>" not in html else Markup("")  # nosec B704 # it comes from `render_prose`


def find_sentences(name: str, dataset: Dataset) -> Iterator[str]:
    page = dataset.page
    notes = (note.text for note in (*page.know, *page.do_not_compare))
    story = dataset.narrative.split("\n\n") if dataset.narrative_path.endswith(".j2") else ()
    findings = (chart.finding for chart in page.charts)
    for paragraph in (page.lede, page.comparison, *findings, *story, *notes):
        sentences = SENTENCE.split(" ".join(paragraph.lstrip("-*># ").split()))
        for n, sentence in enumerate(sentences):
            if any(piece.kind == CLAIM and piece.text == name for piece in read_pieces(sentence)):
                start = n
                while start and POINTS_BACK.match(sentences[start]):
                    start -= 1
                yield " ".join(sentences[start : n + 1])


def tell_test(claim: Stated, root: str) -> Markup:
    assert claim.phrase is not None  # asked before
    return TOLD[claim.phrase.test](claim, root)


def tell_order(one: Observation, others: Sequence[Observation], root: str) -> Markup:
    """97 is lower than 108 and 110."""
    named = (("the target, " if other.kind == "target" else "", link_row(other, root)) for other in others)
    links = Markup(" and ").join(Markup("{}{}").format(*one) for one in named)
    return Markup("{} {} {}.").format(link_row(one, root), ORDER[order_of(one, others[0])], links)


def tell_time(claim: Stated, root: str) -> Markup:
    before, *_, after = sorted(claim.rows, key=lambda row: (str(row.date), row.id))
    told = Markup("The later number, {}, {} the earlier one, {}.")
    return told.format(link_row(after, root), ORDER[order_of(after, before)], link_row(before, root)) + better(claim)


def tell_each(claim: Stated, root: str) -> Markup:
    way = "lower" if claim.phrase and claim.phrase.sense == "down" else "higher"
    return Markup("Of the rows below, in order of time, each is {} than the one before.").format(way)


def tell_comparison(claim: Stated, root: str) -> Markup:
    return tell_order(claim.rows[0], claim.rows[1:], root) + better(claim)


def tell_extreme(claim: Stated, root: str) -> Markup:
    way = claim.phrase.sense.replace("est", "er") if claim.phrase else ""
    return Markup("{} is {} than each of the others below.").format(link_row(claim.rows[0], root), way)


def tell_target(claim: Stated, root: str) -> Markup:
    goals = {(g.measure.id, g.area, g.breakdown): g for g in claim.rows if g.kind == "target"}
    told = [
        Markup("{} {} the target, {}.").format(link_row(row, root), ORDER[order_of(row, goal)], link_row(goal, root))
        for row in claim.rows
        if row.kind != "target" and (goal := goals.get((row.measure.id, row.area, row.breakdown)))
    ]
    ways = dict.fromkeys(BETTER.get(row.measure.polarity, "") for row in claim.rows)
    return Markup(" ").join(part for part in (*told, *ways) if part)


def tell_words(claim: Stated, root: str) -> Markup:
    """ "£5m is less than a tenth of £60m": the words stand between the numbers; a percentage is of the whole."""
    first, *rest = claim.rows
    whole = Markup(" and ").join(link_row(row, root) for row in rest)
    return Markup("{} is {} {}.").format(link_row(first, root), mark_claim(claim), whole or "the whole")


def tell_times(claim: Stated, root: str) -> Markup:
    links = Markup(" and ").join(link_row(row, root) for row in claim.rows)
    return Markup("{}, one divided by the other: {}.").format(links, mark_claim(claim))


def tell_sum(claim: Stated, root: str) -> Markup:
    *parts, whole = claim.rows
    added = Markup(" + ").join(link_row(row, root) for row in parts)
    return Markup("{}, against {}: {}.").format(added, link_row(whole, root), mark_claim(claim))


def tell_polarity(claim: Stated, root: str) -> Markup:
    return Markup("It is what the list of measures says.")


def better(claim: Stated) -> Markup:
    quality = claim.phrase and claim.phrase.sense in ("better", "worse")
    return escape(" " + BETTER.get(claim.rows[0].measure.polarity, "")) if quality else Markup("")


TOLD: dict[str, Callable[[Stated, str], Markup]] = {
    "time": tell_time,
    "each": tell_each,
    "compare": tell_comparison,
    "quality": tell_comparison,
    "extreme": tell_extreme,
    "target": tell_target,
    "share": tell_words,
    "times": tell_times,
    "sum": tell_sum,
    "polarity": tell_polarity,
}


def tell_field(claim: Stated, root: str) -> Markup:
    """The rows among which a highest, or each year, is looked for."""
    if not claim.phrase or claim.phrase.test not in ("extreme", "each"):
        return Markup("")
    since = claim.phrase.since or 0
    inside = sorted(claim.field, key=lambda row: (str(row.date), row.id))
    rows = [row for row in inside if not since or (row.date and row.date.year >= since)]
    return Markup("; ").join(Markup("{} ({})").format(link_row(row, root), row.period) for row in rows)


def tell_across(claim: Stated) -> Markup:
    told = claim.spec.across
    return Markup("The text says so: “{}”.").format(told) if told else Markup("")
