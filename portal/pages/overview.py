"""The pages about everything: home and sources.

In:  the whole Portal with its figures, the card drawings, and the warnings that will be published.
Out: `Page`s. extra.portal.home in mkdocs.yml names what the home page shows; without it, each dataset's headline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from portal.errors import PortalError
from portal.made import Figure, Page
from portal.model import Dataset, Observation
from portal.pages.age import card_age
from portal.pages.counted import tally
from portal.pages.promises import FILE
from portal.pages.render import Renderer, link_figure, link_measure, root_of, source_links
from portal.pages.scorecard import scorecard_counts, scorecard_title
from portal.pages.topics import find_topics
from portal.pages.wording import SHORT, event_date, kinds_words, locator_words, when
from portal.papers import is_paper
from portal.registers import read_entries
from portal.timeline import gather

YOUNG = "young-people/"
DOTS_FROM = 100  # a dot field never shows a group small enough to pick a child out of
Spark = Callable[[Figure], str]


@dataclass(frozen=True, slots=True)
class Card:
    label: str
    date: str
    number: Markup
    sentence: Markup
    source: str
    spark: Markup
    old: bool
    age: str


def make_home(renderer: Renderer, spark: Spark, others: Collection[str]) -> Page:
    """`others`: the addresses of the pages that there are."""
    home = renderer.facts.get("home") or {}
    words = str(home.get("headline_words", ""))
    figure = pick_figure(renderer, home.get("headline", "")) if home.get("headline") else first_headline(renderer)
    cards = [make_card(entry, renderer, spark) for entry in home.get("cards") or default_cards(renderer)]
    count = (
        int(figure.value) if figure and figure.value and figure.unit == "children" and figure.value >= DOTS_FROM else 0
    )
    html = renderer.page(
        "home.html.j2",
        "",
        headline=figure,
        headline_number=link_figure(figure, "") if figure else "",
        headline_words=renderer.sentence(words, "", "", "mkdocs.yml") or (figure.label if figure else ""),
        headline_source=source_of(figure, renderer) if figure else "",
        headline_age=age_of_figure(figure, renderer) if figure else "",
        dots=count,
        cards=cards,
        events=inspections(renderer),
        timeline=bool(gather(renderer.portal)),
        topics=find_topics(renderer),
        doors=list(find_doors(renderer, others)),
        promises=tally(FILE, len(renderer.promises)) if renderer.promises else "",
        datasets=sorted(renderer.portal.datasets, key=lambda d: not (figure and d.slug == figure.dataset)),
    )
    return Page("", renderer.site_name, str(renderer.facts.get("council_note", renderer.site_name)), html)


def find_doors(renderer: Renderer, others: Collection[str]) -> Iterator[tuple[str, str, Markup, bool]]:
    """(address, title, what is there, whether it is the warm one): where each kind of reader starts."""
    if YOUNG in others:
        yield YOUNG, "I’m in care, or was", escape("Plain answers, your rights, and somebody to talk to."), True
    going = "I want to know how things are going"
    if title := scorecard_title(renderer):
        yield "scorecard/", going, Markup("{}: {}").format(title, scorecard_counts(renderer)), False
    else:
        yield "datasets/", going, escape("The questions one by one, each with its numbers."), False
    text = "CSV files with lasting addresses, and a source for each cell."
    yield "datasets/#everything", "I need the data", escape(text), False


def pick_figure(renderer: Renderer, name: str) -> Figure:
    if name not in renderer.figures:
        raise PortalError(
            f'mkdocs.yml: extra.portal.home names the figure "{name}", which no dataset has',
            "Write it as dataset/figure-id.",
        )
    return renderer.figures[name]


def first_headline(renderer: Renderer) -> Figure | None:
    return next(
        (f for d in renderer.portal.datasets if (f := renderer.figures.get(f"{d.slug}/{d.page.headline}"))), None
    )


def default_cards(renderer: Renderer) -> list[dict[str, Any]]:
    return [
        {"figure": f"{d.slug}/{d.page.headline}", "sentence": d.page.comparison}
        for d in renderer.portal.datasets
        if d.page.headline
    ]


def make_card(entry: Mapping[str, Any], renderer: Renderer, spark: Spark) -> Card:
    figure = pick_figure(renderer, str(entry["figure"]))
    row = row_of(figure, renderer)
    old = is_paper(renderer.portal.reference.sources.get(row.source, {}))
    sentence = renderer.sentence(str(entry.get("sentence", "")), "", figure.dataset, "mkdocs.yml")
    sentence = Markup(" ").join(part for part in (figure.missing, sentence) if part)
    drawing = Markup(spark(figure))  # nosec B704 # a drawing of ours
    return Card(
        str(entry.get("label") or figure.label),
        figure.period,
        link_figure(figure, ""),
        sentence,
        source_of(figure, renderer),
        drawing,
        old,
        age_of_figure(figure, renderer, short=True),
    )


def age_of_figure(figure: Figure, renderer: Renderer, short: bool = False) -> str:
    rows = next((d.observations for d in renderer.portal.datasets if d.slug == figure.dataset), ())
    return card_age(row_of(figure, renderer), rows, renderer, short)


def row_of(figure: Figure, renderer: Renderer) -> Observation:
    row = renderer.portal.row(figure.rows[-1])
    assert row is not None  # figures are made from rows
    return row


def source_of(figure: Figure, renderer: Renderer) -> str:
    """Who says so, in words: the publisher, and the document's date or the part of it."""
    row = row_of(figure, renderer)
    source = renderer.portal.reference.sources.get(row.source, {})
    if source.get("type") == "official-statistics":
        return f"{SHORT.get(source['publisher'], source['publisher'])} official statistics"
    kind = kinds_words([row], renderer.portal.reference)
    if row.locator.startswith("scorecard:"):
        return f"{kind or 'Council'}, {locator_words(row.locator)}"
    who = "council paper" if is_paper(source) else source.get("publisher", "")
    words = ", ".join(part for part in (kind, who, when(source.get("date", ""))) if part)
    return words[:1].upper() + words[1:]


def inspections(renderer: Renderer) -> list[dict[str, str]]:
    """What inspectors published, each with its date."""
    found = [event for event in renderer.portal.reference.events.values() if event.get("role") == "published"]
    return [{**event, "when": event_date(event)} for event in found if event.get("kind") == "inspection"]


def make_sources(renderer: Renderer) -> Page:
    """Each document, and what was taken from it."""
    reference = renderer.portal.reference
    url = "sources/"
    root = root_of(url)
    rows = [row for d in renderer.portal.datasets for row in d.observations]
    listed = [entry for d in renderer.portal.datasets for entry in read_entries(d)]
    entries = []
    for name, source in reference.sources.items():
        taken = [row for row in rows if row.source == name]
        counts = Counter(row.dataset for row in taken)
        counts.update(entry.dataset for entry in listed if entry.cells["source"] == name)
        in_lists = list(
            dict.fromkeys(
                (e.dataset, f"data/{e.dataset}/{e.resource}.csv?source={name}")
                for e in listed
                if e.cells["source"] == name
            )
        )
        drawn_from = {row.dataset for row in taken}
        per_dataset = [
            (
                d,
                "|".join(
                    ([f"?source={name}&dataset={d.slug}"] if d.slug in drawn_from else [])
                    + [file for slug, file in in_lists if slug == d.slug]
                ),
                counts[d.slug],
            )
            for d in renderer.portal.datasets
            if counts[d.slug]
        ]
        named = {row.measure.id: row.measure for row in taken}
        measures = [
            link_measure(m, root) for m in sorted(named.values(), key=lambda m: (m.plain_label or m.label).casefold())
        ]
        places = list(dict.fromkeys(words for row in taken if (words := locator_words(row.locator))))
        entries.append(
            {
                "id": name,
                **source,
                "when": when(source.get("date", "")),
                "taken": len(taken),
                "listed_in": "|".join(file for _, file in in_lists),
                "listed": sum(entry.cells["source"] == name for entry in listed),
                "datasets": per_dataset,
                "measures": measures,
                "places": places,
                "events": any(event.get("source") == name for event in reference.events.values()),
            }
        )
    html = renderer.page("sources.html.j2", root, entries=entries, packages=named_by_packages(renderer))
    return Page(
        url,
        "Sources",
        "The documents that the figures come from, and what was taken from each.",
        html,
        tuple((str(e["id"]), str(e["title"])) for e in entries),
    )


def named_by_packages(renderer: Renderer) -> list[tuple[Dataset, list[Markup | str]]]:
    """What the descriptors of plain packages name as their sources."""
    plain = [d for d in renderer.portal.datasets if not d.observations and not d.page.registers]
    return [(d, source_links(d)) for d in plain]
