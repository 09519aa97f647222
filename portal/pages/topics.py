"""Group the datasets by topic: the page of all of them, a page for each topic, the way back up.

In:  the Portal, and `topics` of extra.portal in mkdocs.yml: id, title and text of each, in order.
Out: `Page`s. Without topics there is one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from portal.made import Figure, Page
from portal.model import Dataset
from portal.pages.counted import tally
from portal.pages.render import Renderer, link_figure, paragraphs, root_of
from portal.registers import read_entries

Spark = Callable[[Figure], str]


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    title: str
    text: str
    datasets: tuple[Dataset, ...]

    @property
    def url(self) -> str:
        return f"topics/{self.id}/"


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset on the page of its topic."""

    slug: str
    question: str
    lede: Markup
    size: Markup
    number: Markup | str = ""
    label: str = ""
    date: str = ""
    spark: Markup | str = ""


def find_topics(renderer: Renderer) -> list[Topic]:
    """Those that have a dataset, in the order of mkdocs.yml; datasets without a topic come last, under no address."""
    every = renderer.portal.datasets
    named = renderer.facts.get("topics") or []
    topics = [
        Topic(t["id"], t["title"], t.get("text", ""), tuple(in_order(t, [d for d in every if d.page.topic == t["id"]])))
        for t in named
    ]
    rest = tuple(d for d in every if d.page.topic not in {t["id"] for t in named})
    return [*(topic for topic in topics if topic.datasets), *([Topic("", "Other figures", "", rest)] if rest else [])]


def in_order(topic: Mapping[str, Any], datasets: list[Dataset]) -> list[Dataset]:
    """Those that mkdocs.yml names under `first`, then the others by their folder's name."""
    first = list(topic.get("first") or [])
    return sorted(datasets, key=lambda d: (first.index(d.slug) if d.slug in first else len(first), d.slug))


def topic_of(dataset: Dataset, renderer: Renderer) -> Topic | None:
    return next((topic for topic in find_topics(renderer) if topic.id and topic.id == dataset.page.topic), None)


def topic_crumb(dataset: Dataset, renderer: Renderer, root: str) -> tuple[str, str]:
    """(address, words) of where a dataset's page belongs."""
    topic = topic_of(dataset, renderer)
    return (f"{root}{topic.url}", topic.title) if topic else (f"{root}datasets/", "All datasets")


def related_pages(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[str, str]]:
    """(address, question) of the other pages of a dataset's topic."""
    topic = topic_of(dataset, renderer)
    others = [d for d in topic.datasets if d.slug != dataset.slug] if topic else []
    return [(f"{root}datasets/{d.slug}/", renderer.question(d, root)) for d in others]


def beside_pages(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[str, str, str]]:
    """("prev" or "next", address, question) of the pages before and after this one, in the order of the topics."""
    pages = [d for topic in find_topics(renderer) for d in topic.datasets]
    at = next(n for n, d in enumerate(pages) if d.slug == dataset.slug)
    near = [("prev", at - 1), ("next", at + 1)]
    return [
        (way, f"{root}datasets/{pages[n].slug}/", renderer.question(pages[n], root))
        for way, n in near
        if 0 <= n < len(pages)
    ]


def make_topic_pages(renderer: Renderer, spark: Spark) -> Iterator[Page]:
    topics = [topic for topic in find_topics(renderer) if topic.id]
    for topic in topics:
        root = root_of(topic.url)
        html = renderer.page(
            "topic.html.j2",
            root,
            title=topic.title,
            lede=topic.text,
            entries=[make_entry(dataset, renderer, root, spark) for dataset in topic.datasets],
            others=[(f"{root}{t.url}", t.title) for t in topics if t != topic],
        )
        yield Page(topic.url, topic.title, topic.text, html)


def make_entry(dataset: Dataset, renderer: Renderer, root: str, spark: Spark = lambda figure: "") -> Listed:
    tables = [r for r in dataset.resources if r.name != "measures"]
    asked = "|".join(f"data/{dataset.slug}/{table.name}.csv" for table in tables)
    own = bool(dataset.observations) or any(read_entries(dataset))  # a plain package has no page of rows
    href = f"{root}datasets/{dataset.slug}/rows/" if own else ""
    size = tally(asked, sum(len(table.frame) for table in tables), "row", href=href)
    plain = Listed(dataset.slug, renderer.question(dataset, root), dataset_lede(dataset, renderer, root), size)
    figure = renderer.figures.get(f"{dataset.slug}/{dataset.page.headline}")
    if figure is None:
        return plain
    drawn = spark(figure)
    # A line alone: a strip names its target, and no row stands behind that number here.
    drawing = Markup(drawn if "<polyline" in drawn else "")  # nosec B704 # a drawing of ours
    number = link_figure(figure, root)
    return Listed(plain.slug, plain.question, plain.lede, size, number, figure.label, figure.period, drawing)


def dataset_lede(dataset: Dataset, renderer: Renderer, root: str) -> Markup:
    if dataset.page.lede:
        return renderer.sentence(dataset.page.lede, root, dataset.slug, dataset.page.path)
    return escape(paragraphs(str(dataset.descriptor.get("description", ""))).striptags())


def make_all_datasets(renderer: Renderer) -> Page:
    url = "datasets/"
    root = root_of(url)
    groups = [(t, [make_entry(d, renderer, root) for d in t.datasets]) for t in find_topics(renderer)]
    toc = tuple((t.id, t.title) for t, _ in groups if t.id)
    measured = any(dataset.observations for dataset in renderer.portal.datasets)
    html = renderer.page("datasets.html.j2", root, groups=groups, toc=toc, measures=measured)
    return Page(url, "All datasets", "Every dataset of the portal, with its page and its files.", html, toc)
