"""Make the pages.

In:  a checked Portal, its figures, charts and files to download.
Out: `Page`s whose HTML `site` pours into the shell. Hand-written pages are Markdown files and go through mkdocs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.formats import format_date
from portal.made import Chart, CheckResult, Figure, OutputFile, Page
from portal.model import Observation, Portal, Problem, Reference
from portal.pages.atoz import make_a_to_z
from portal.pages.dataset import figures_by_name, make_dataset_page
from portal.pages.glossary import make_glossary
from portal.pages.measures import make_measure_pages
from portal.pages.notpublished import make_not_published
from portal.pages.overview import make_home, make_sources
from portal.pages.policies import make_licence, make_methods
from portal.pages.promises import make_promises_page
from portal.pages.quality import make_data_quality
from portal.pages.render import Renderer, make_renderer
from portal.pages.rows import make_rows_page
from portal.pages.scorecard import make_scorecard_page
from portal.pages.status import make_status_page
from portal.pages.terms import bind_terms, list_said
from portal.pages.timeline import make_timeline
from portal.pages.topics import make_all_datasets, make_topic_pages
from portal.pages.young import make_young_pages
from portal.scorecard import Row
from portal.settings import Settings


@dataclass(frozen=True, slots=True)
class Drawings:
    """The small pictures that stand beside words; what a test leaves out draws nothing."""

    card: Callable[[Figure], str] = lambda figure: ""
    line: Callable[[Row], str] = lambda row: ""  # of the scorecard
    promise: Callable[[Observation, Sequence[Observation]], str] = lambda target, rows: ""


def make_pages(
    portal: Portal,
    figures: Mapping[str, tuple[Figure, ...]],
    charts: Mapping[str, tuple[Chart, ...]],
    drawings: Drawings,
    files: tuple[OutputFile, ...],
    problems: tuple[Problem, ...],
    settings: Settings,
    built: date,
    checks: tuple[CheckResult, ...] = (),
) -> tuple[Page, ...]:
    """Raises PortalError for an unknown name."""
    named = figures_by_name(portal.datasets, figures)
    renderer = make_renderer(
        settings.templates_dir / "pages", portal, named, settings.facts, settings.site_name, dated(built), checks, built
    )
    by_path = {file.path: file for file in files}
    pages: list[Page | None] = [
        make_all_datasets(renderer),
        *make_topic_pages(renderer, drawings.card),
        make_sources(renderer),
        make_timeline(renderer),
        make_data_quality(renderer, problems),
        make_status_page(renderer),
        make_not_published(renderer),
    ]
    scorecard = make_scorecard_page(renderer, by_path, drawings.line)
    pages += [scorecard, *make_measure_pages(renderer, scorecard=scorecard is not None)]
    for dataset in portal.datasets:
        drawn = charts.get(dataset.slug, ())
        pages += [
            make_dataset_page(dataset, drawn, renderer, by_path, problems),
            make_rows_page(dataset, renderer),
        ]
    pages.append(make_promises_page(renderer, drawings.promise, {page.url for page in pages if page}))
    pages += make_young_pages(renderer)
    pages.append(make_licence(renderer))
    pages.append(make_methods(renderer, {page.url for page in pages if page}))
    pages.append(make_a_to_z(renderer, [page for page in pages if page]))
    pages.insert(0, make_home(renderer, drawings.card, {page.url for page in pages if page}))
    return explain_words(renderer, [page for page in pages if page])


def explain_words(renderer: Renderer, pages: list[Page]) -> tuple[Page, ...]:
    """Every page with its terms bound, and the page that explains them, which names the pages that use each."""
    bound = [bind_terms(page, renderer.portal.reference) for page in pages]
    used: dict[str, list[Page]] = {}
    for page, terms in bound:
        if not page.url.endswith("/rows/") and not page.url.startswith("measures/"):
            for term in sorted(terms):
                used.setdefault(term, []).append(page)
    glossary = make_glossary(renderer, used)
    return (*(page for page, _ in bound), *([glossary] if glossary else []))


def dated(built: date) -> str:
    """The build date in words; nothing for a portal whose data names no date at all."""
    return format_date(built) if built.year > 1980 else ""


def make_markdown(settings: Settings, reference: Reference | None = None) -> dict[str, str]:
    """Hand-written pages, with the portal's own facts filled in and their words explained; they go through mkdocs."""
    folder = settings.templates_dir / "pages"
    renderer = make_renderer(folder, Portal((), Reference()), {}, settings.facts, settings.site_name, "")
    pages = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    written = {name: renderer.plain(text, name) for name, text in pages.items()}
    return {name: text + list_said(text, reference or Reference()) for name, text in written.items()}
