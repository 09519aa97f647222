"""A picture for each page, and the words for whoever does not see it.

In:  the pages, the figures and charts of each dataset.
Out: the pages with their `Share`, and the pictures. A dataset's picture serves its rows and its measures as well.

A page for young people gets its title and the promise that stands on it, and never a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from portal.charts.preview import Card, draw_preview, find_drawing
from portal.made import Chart, Figure, OutputFile, Page, Share
from portal.model import Dataset, Portal
from portal.sharing.heads import shorten, tell_apart
from portal.sharing.structured import describe_dataset
from portal.young import FOLDER as YOUNG

FOLDER = "share"
SITE_PICTURE = f"{FOLDER}/site.png"  # of the pages that are written by hand
DOTS_FROM = 100  # a smaller group is not drawn, as on the home page
PEOPLE = ("children", "young-people")
UNSEEN = "No one can find you here."


@dataclass(frozen=True, slots=True)
class Shown:
    """What pictures are made of."""

    portal: Portal
    figures: Mapping[str, tuple[Figure, ...]]
    charts: Mapping[str, tuple[Chart, ...]]
    site_name: str
    facts: Mapping[str, Any]
    about: str  # what the site says of itself
    built: date


def make_shared(pages: tuple[Page, ...], shown: Shown) -> tuple[tuple[Page, ...], tuple[OutputFile, ...]]:
    measures = {m.id: m.label for d in shown.portal.datasets for o in d.observations for m in (o.measure,)}
    told = tell_apart(pages, {f"measures/{name}/": label for name, label in measures.items()})
    homes = home_datasets(shown.portal)
    own = {picture_path(page.url, {}): page for page in reversed(told) if not page.url.endswith("/rows/")}
    drawn: dict[str, tuple[Share, bytes]] = {}
    shared = []
    for page in told:
        path = picture_path(page.url, homes)
        if path not in drawn:
            drawn[path] = draw_page(own.get(path, page), path, shown)  # titled as the page that it belongs to
        data = describe_dataset(page, shown.portal, shown.facts) if page.url.count("/") == 2 else ""
        if not page.url and shown.about:  # what the portal is, before what it is made from
            page = replace(page, summary=shorten(shown.about))
        shared.append(replace(page, share=drawn[path][0], data=data))
    site = Card(f"{shown.site_name}. {shown.about}".strip(), shown.site_name, shown.site_name, text=shown.about)
    files = [OutputFile(path, content) for path, (_, content) in drawn.items()]
    return tuple(shared), (*files, OutputFile(SITE_PICTURE, draw_preview(site)))


def home_datasets(portal: Portal) -> dict[str, str]:
    """Measure -> the first dataset that has rows of it."""
    found: dict[str, str] = {}
    for dataset in portal.datasets:
        for row in dataset.observations:
            found.setdefault(row.measure.id, dataset.slug)
    return found


def picture_path(url: str, homes: Mapping[str, str]) -> str:
    folder, _, rest = url.strip("/").partition("/")
    if folder == "datasets" and rest:
        return f"{FOLDER}/datasets-{rest.partition('/')[0]}.png"
    if folder == "measures" and rest in homes:
        return f"{FOLDER}/datasets-{homes[rest]}.png"
    return f"{FOLDER}/{url.strip('/').replace('/', '-') or 'home'}.png"


def draw_page(page: Page, path: str, shown: Shown) -> tuple[Share, bytes]:
    slug = path.removeprefix(f"{FOLDER}/datasets-").removesuffix(".png")
    dataset = next(
        (d for d in shown.portal.datasets if d.slug == slug and path == f"{FOLDER}/datasets-{slug}.png"), None
    )
    figure: Figure | None = None
    if dataset:
        figure = next((f for f in shown.figures.get(slug, ()) if f.id == dataset.page.headline), None)
    elif not page.url:
        figure = find_home_figure(shown)
    card = draw_figure(page, figure, dataset, shown) if figure and not figure.missing else draw_words(page, shown)
    rows = figure.rows if figure and card.number else ()
    return Share(path, card.words, rows, card.number), draw_preview(card)


def find_home_figure(shown: Shown) -> Figure | None:
    name = str((shown.facts.get("home") or {}).get("headline", ""))
    found = {f"{slug}/{figure.id}": figure for slug, figures in shown.figures.items() for figure in figures}
    return found.get(name)


def draw_figure(page: Page, figure: Figure, dataset: Dataset | None, shown: Shown) -> Card:
    row = shown.portal.row(figure.rows[-1])
    label = (row.measure.plain_label or row.measure.label) if row else figure.label
    title = page.title if dataset else ""
    whom = shown.portal.reference.sources.get(row.source, {}).get("title", "") if row and len(figure.rows) == 1 else ""
    if row and not dataset:  # beside the dots there is no room for a title
        whom = shown.portal.reference.sources.get(row.source, {}).get("publisher", "") or whom
    charts = shown.charts.get(dataset.slug, ()) if dataset else ()
    chart = next((chart for chart in charts if figure.rows[-1] in chart.rows), None)  # no other number's beside it
    drawing = find_drawing((chart.narrow, chart.wide)) if chart else ""  # for a phone, so that its words stay large
    words = [title or f"{shown.site_name}.", f"{figure.text}, {figure.period}. {label}."]
    words += [f"Source: {whom}."] if whom else []
    source = f"Source: {whom}" if whom else ""
    people = int(figure.value or 0) if not dataset and figure.unit in PEOPLE else 0
    people = people if people >= DOTS_FROM else 0
    words += ["Each of them is a dot."] if people else []
    words += [f"Chart: {chart.title}."] if chart and drawing else []
    said = " ".join(words)
    return Card(said, shown.site_name, title, figure.text, figure.period, label, "", source, (drawing,), people)


def draw_words(page: Page, shown: Shown) -> Card:
    warm = page.url.startswith(f"{YOUNG}/")
    text = UNSEEN if warm else shorten(page.description) if page.url else shown.about
    stop = "" if page.title.endswith((".", "?", "!")) else "."
    return Card(f"{page.title}{stop} {text}".strip(), shown.site_name, page.title, text=text, warm=warm)
