"""Turn templates and sentences into HTML, every number a link to the row it came from.

In:  Jinja2 templates of `site_templates/pages`, sentences of page.yaml, narratives.
Out: HTML. An unknown name stops the build; what a data file holds is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import markdown
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from portal.addresses import can_be_reached, split_contact
from portal.errors import PortalError
from portal.formats import format_date, format_row, format_size, plural, unit_words
from portal.made import CheckResult, Figure
from portal.model import Dataset, Measure, Observation, Portal
from portal.promises import Promise, derive_promises

# What a slip between braces can raise; a PortalError passes through as it is.
FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)


@dataclass(frozen=True, slots=True)
class Renderer:
    """What all pages need: templates, figures by "dataset/figure", and everything that was read."""

    environment: SandboxedEnvironment
    portal: Portal
    figures: Mapping[str, Figure]
    facts: Mapping[str, Any]
    site_name: str
    built: str
    checks: tuple[CheckResult, ...] = ()
    today: date = date.min  # the build date: what is old is old as of then
    promises: tuple[Promise, ...] = ()

    def page(self, template: str, root: str, **values: Any) -> str:
        """`root` leads from the page to the site's root: "../../"."""
        names = self.names(root, values.get("dataset_slug", ""))
        return self.environment.get_template(template).render(**names, **values)

    def sentence(self, text: str, root: str, slug: str = "", where: str = "") -> Markup:
        """One sentence of page.yaml or mkdocs.yml, with {{ number("figure") }} in it."""
        try:
            return Markup(self.environment.from_string(text).render(**self.names(root, slug)))
        except FAULTS as error:
            raise PortalError(f"{where or slug}: {error}", "Correct the name between {{ and }}.") from error

    def question(self, dataset: Dataset, root: str) -> str:
        """The heading of a dataset's page, as plain text."""
        asked = dataset.page.question
        return self.sentence(asked, root, dataset.slug, dataset.page.path).striptags() if asked else dataset.title

    def plain(self, text: str, where: str) -> str:
        """Markdown with facts in it: not HTML, so nothing is escaped."""
        try:
            return self.environment.overlay(autoescape=False).from_string(text).render(**self.names("../", ""))
        except FAULTS as error:
            raise PortalError(f"{where}: {error}", "Set it in mkdocs.yml under extra.portal.") from error

    def prose(self, text: str, root: str, slug: str, path: str) -> Markup:
        """A narrative: Jinja2 first when it is a template, then Markdown; its own h1 goes, the page has one."""
        body = str(self.sentence(text, root, slug, path)) if path.endswith(".j2") else text
        lines = body.splitlines()
        if lines and lines[0].startswith("# "):
            body = "\n".join(lines[1:])
        return Markup(
            markdown.markdown(
                body, extensions=["toc"], extension_configs={"toc": {"baselevel": 2}}, output_format="html"
            )
        )

    def names(self, root: str, slug: str) -> dict[str, Any]:
        own = {key.partition("/")[2]: figure for key, figure in self.figures.items() if key.startswith(f"{slug}/")}

        def find(name: str) -> Figure:
            figure = self.figures.get(name) or own.get(name)
            if figure is None:
                raise PortalError(f'no figure called "{name}"', "List it under `figures` in page.yaml.")
            return figure

        return {
            "root": root,
            "question": lambda dataset: self.question(dataset, root),
            "facts": self.facts,
            "contact": link_contact(self.facts.get("contact")),
            "site_name": self.site_name,
            "built": self.built,
            "printed": lambda token: Markup('<mark class="mc-printed">{}</mark>').format(token),
            "number": lambda name: link_figure(find(name), root),
            "period": lambda name: find(name).period,
            "text": lambda name: find(name).text,
        }


def make_renderer(
    templates: Path,
    portal: Portal,
    figures: Mapping[str, Figure],
    facts: Mapping[str, Any],
    site_name: str,
    built: str,
    checks: tuple[CheckResult, ...] = (),
    today: date = date.min,
) -> Renderer:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(date=format_date, size=format_size, plural=plural, unit_words=unit_words)
    promises = derive_promises(portal, today)
    return Renderer(environment, portal, figures, facts, site_name, built, checks, today, promises)


def row_href(dataset: str, row_id: str, root: str) -> str:
    return f"{root}datasets/{dataset}/rows/#{row_id}"


def link_figure(figure: Figure, root: str) -> Markup:
    """The thread: a figure that leads to its row."""
    rows = " ".join(figure.rows)
    if len(figure.rows) > 1:  # worked out by us: printed nowhere, so it wears no stitch
        return Markup('<span class="mc-worked" data-rows="{}">{}</span>').format(rows, figure.text)
    href = row_href(figure.dataset, figure.rows[-1], root)
    return Markup('<a class="mc-number" href="{}" data-rows="{}">{}</a>').format(href, rows, figure.text)


def link_row(row: Observation, root: str) -> Markup:
    href = row_href(row.dataset, row.id, root)
    return Markup('<a class="mc-number" href="{}" data-rows="{}">{}</a>').format(href, row.id, format_row(row))


def link_measure(measure: Measure, root: str) -> Markup:
    """A measure's plain name, as the way to its page: every measure of a row has one."""
    label = measure.plain_label or measure.label
    return Markup('<a class="mc-measure" href="{}measures/{}/">{}</a>').format(root, measure.id, label)


def link_contact(contact: object) -> Markup:
    """Its addresses as links; nothing while it only holds the place, so that a page can say so."""
    parts = split_contact(str(contact)) if can_be_reached(contact) else []
    link = Markup('<a href="{}">{}</a>')
    return Markup("").join(link.format(href, words) if href else escape(words) for words, href in parts)


def tally(question: str, number: int) -> Markup:
    """How many rows of a published file, "data/x.csv?column=word": `verify` counts them again."""
    return Markup('<span class="mc-worked" data-tally="{}">{}</span>').format(question, f"{number:,}")


def root_of(url: str) -> str:
    return "../" * url.count("/")


def paragraphs(text: str) -> Markup:
    """A descriptor's description: plain text, a blank line makes a paragraph."""
    return Markup("").join(
        Markup("<p>{}</p>").format(escape(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()
    )
