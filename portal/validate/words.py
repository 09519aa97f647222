"""Is any number typed, or worked out, in a sentence?

In:  the sentences of a dataset (page.yaml and the narrative), and those of the home page in mkdocs.yml.
Out: a Problem for each statistic that does not come from a figure, for each figure that is not there, and for code
     that stands between braces. The Markdown of a narrative is looked at in `narrative`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.sentences import CALLS, OPEN, REFUSED, Piece, line_of, read_pieces, words_only
from portal.spec import PageSpec
from portal.validate.age import check_sentence_age
from portal.validate.narrative import HTML, check_narrative
from portal.validate.nearest import Known
from portal.validate.places import did_you_mean
from portal.validate.references import spoken
from portal.validate.typed import NOTHING, check_typed

LONGEST = 5_000  # characters of one text of page.yaml: two pages of print
ONLY = 'Only {{ number("id") }}, {{ text("id") }} and {{ period("id") }} may stand between braces'

Where = tuple[str, str, int | None]  # path, place in words, line
Sentence = tuple[str, str, int | None, str]  # path, place in words, line, text


def check_words(dataset: Dataset, known: Known = NOTHING) -> Iterator[Problem]:
    if dataset.page.usable:
        yield from check_plain(dataset)
        known = replace(known, slug=dataset.slug, sources=((dataset.page.path, dataset.page.source),))
        figures = {figure.id: figure.show for figure in dataset.page.figures}
        for sentence in page_sentences(dataset):
            plain = sentence[1].startswith("registers") or sentence[1].endswith("mismatch: ")
            yield from check_sentence(sentence, figures, replace(known, calls="") if plain else known)
        marked = list(check_narrative(dataset))
        lines = {problem.line for problem in marked}  # the digits of a tag or of an address are not a second mistake
        story = (problem for problem in check_story(dataset, figures, known) if problem.line not in lines)
        yield from sorted([*marked, *story], key=lambda problem: problem.line or 0)


def check_topics(
    topics: Collection[Mapping[str, Any]], datasets: Collection[Dataset], known: Known = NOTHING
) -> Iterator[Problem]:
    """A page belongs to a topic that mkdocs.yml lists, or to none; a topic's words hold no numbers."""
    listed = [str(topic["id"]) for topic in topics]
    for n, topic in enumerate(topics):
        for name in ("title", "text"):
            place, line = f"extra.portal.topics, {topic['id']}, {name}: ", known.line(f"extra.portal.topics.{n}.{name}")
            text = str(topic.get(name, ""))
            yield from check_sentence(("mkdocs.yml", place, line, text), {}, replace(known, calls=""))
    for dataset in datasets:
        own, page = dataset.page.topic, dataset.page
        if own and own not in listed:
            message = f'topic: mkdocs.yml lists no topic called "{own}"{did_you_mean(own, listed)}'
            fix = "Correct the name in page.yaml, list it in mkdocs.yml under extra.portal.topics, or take it out."
            yield Problem("unknown-name", message, page.path, page.lines.get("topic"), field="topic", fix=fix)


def check_plain(dataset: Dataset) -> Iterator[Problem]:
    """The name of a register and the reason of a mismatch stand in places that hold plain words only."""
    page = dataset.page
    texts = [(f"registers.{n}.caption", r.caption) for n, r in enumerate(page.registers)]
    texts += [(f"checks.{n}.mismatch", check.mismatch) for n, check in enumerate(page.checks)]
    for place, text in texts:
        if "{" in text:
            message = f"{spoken(page, place)}: {text} holds braces"
            fix = "Say it without a number; the cells stand beside it."
            yield Problem("worked-out", message, page.path, page.lines.get(place), fix=fix)


def check_home(
    home: Mapping[str, Any], datasets: Collection[Dataset], path: str, known: Known = NOTHING
) -> Iterator[Problem]:
    """The sentences of the home page stand in mkdocs.yml, and keep the same rule; a figure is "dataset/id" there."""
    figures = {f"{dataset.slug}/{figure.id}": figure.show for dataset in datasets for figure in dataset.page.figures}
    texts = [("headline_words", "headline_words", home.get("headline_words", ""))]
    for n, card in enumerate(home.get("cards") or []):
        texts += [(f"cards, {n + 1}, {name}", f"cards.{n}.{name}", text) for name, text in card.items()]
    known = replace(known, calls="dataset/figure")
    for place, entry, text in texts:
        if not place.endswith("figure"):
            line = known.line(f"extra.portal.home.{entry}")
            yield from check_sentence((path, f"extra.portal.home, {place}: ", line, str(text)), figures, known)


def check_sentence(sentence: Sentence, figures: Mapping[str, str], known: Known = NOTHING) -> Iterator[Problem]:
    path, place, line, text = sentence
    if len(text) > LONGEST:
        message = f"{place}the text is {len(text):,} characters long; at most {LONGEST:,} are read"
        yield Problem("text-too-long", message, path, line, fix="Say it in fewer words, or move it into the narrative.")
        return
    yield from check_sentence_age(path, place, line, text)
    yield from check_pieces([*read_pieces(text)], (path, place, line), figures)
    typed = [] if HTML.search(text) else list(check_typed(text, (path, place, line), known))
    yield from typed
    if not typed and path.endswith((".yaml", ".yml")) and "<" in words_only(text):
        message = f"{place}the text holds a <, which would be read as markup"
        yield Problem("markup", message, path, line, fix="Say it in plain words.")


def check_story(dataset: Dataset, figures: Mapping[str, str], known: Known = NOTHING) -> Iterator[Problem]:
    """The figures and numbers of a narrative, each on its line."""
    path, text = dataset.narrative_path, dataset.narrative
    # The prose of a plain package is its publisher's own; one that holds observations follows their rule.
    if not path.endswith(".j2") and not dataset.observations:
        return
    for number, pieces in groupby(read_pieces(text), lambda piece: line_of(text, piece.start)):
        yield from check_pieces([*pieces], (path, "", number), figures)
    for number, line in enumerate(words_only(text).split("\n"), 1):
        yield from check_sentence_age(path, "", number, line)
    yield from check_typed(text, (path, "", None), known, whole_file=True)


def check_pieces(pieces: Sequence[Piece], where: Where, figures: Mapping[str, str]) -> Iterator[Problem]:
    """Figures that are not there or lead nowhere, and braces that hold anything else: nothing in a text is ever run.

    `figures`: name -> what it shows.
    """
    path, place, line = where
    refused = [quote(piece.text) for piece in pieces if piece.kind == REFUSED]
    if refused:
        more = f", with {len(refused) - 1} more on this line," if len(refused) > 1 else ""
        message = f"{place}{refused[0]}{more} is more than the name of a figure"
        yield Problem("worked-out", message, path, line, fix=f"{ONLY}. Take the rest out.")
    for piece in pieces:
        if piece.kind == OPEN:
            message = f"{place}braces open and never close: {quote(piece.text)}"
            fix = 'Write the whole call, as in {{ number("id") }}, or take the braces out.'
            yield Problem("open-braces", message, path, line, fix=fix)
        elif piece.kind in CALLS and piece.text not in figures:
            message = f'{place}no figure called "{piece.text}"{did_you_mean(piece.text, figures)}'
            fix = "Add it under `figures` in page.yaml, or correct the name."
            yield Problem("unknown-figure", message, path, line, fix=fix)
        elif piece.kind == "text" and figures[piece.text] != "direction":
            message = f'{place}text("{piece.text}") prints a number that leads to no row'
            yield Problem("number-as-text", message, path, line, fix=f'Write {{{{ number("{piece.text}") }}}} instead.')


def page_sentences(dataset: Dataset) -> Iterator[Sentence]:
    page = dataset.page
    for name in ("question", "lede", "teaser", "comparison"):
        yield page.path, f"{name}: ", page.lines.get(name), getattr(page, name)
    for part in ("charts", "tables", "registers", "checks", "know", "do_not_compare", "freshness"):
        for n, entry in enumerate(getattr(page, part)):
            for field in ("title", "subtitle", "finding", "caption", "no_chart", "mismatch", "text", "why"):
                place = f"{part}.{n}.{field}"
                yield page.path, f"{spoken(page, place)}: ", page.lines.get(place), getattr(entry, field, "")
    for place, text in labels_of(page):
        line = page.lines.get(place)
        yield page.path, f"{spoken(page, place)}: ", line, text
    for row, exemption in page.disclosure.items():
        # That the reason does not repeat the number, the check of exemptions sees to.
        yield page.path, f"disclosure, {row}, harm: ", exemption.line, exemption.harm
    for release in page.releases:
        yield page.path, f"disclosure, {release.resource}, reason: ", release.line, release.reason


def labels_of(page: PageSpec) -> Iterator[tuple[str, str]]:
    """Dotted place -> text, of the short words inside charts and beside them."""
    for part in ("charts", "tables"):
        for n, entry in enumerate(getattr(page, part)):
            yield from ((f"{part}.{n}.series.{m}.label", series.label) for m, series in enumerate(entry.series))
    for n, chart in enumerate(page.charts):
        yield from ((f"charts.{n}.beside.{m}.why", why) for m, (_, why) in enumerate(chart.beside))
        for m, (label, lane) in enumerate(chart.lanes):
            yield f"charts.{n}.lanes.{m}.label", label
            yield from ((f"charts.{n}.lanes.{m}.series.{k}.label", part.label) for k, part in enumerate(lane))
