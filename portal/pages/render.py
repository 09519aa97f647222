"""Turn templates and sentences into HTML, every number a link to the row it came from.

In:  Jinja2 templates of `site_templates/pages`, sentences of page.yaml, narratives.
Out: HTML. An unknown name stops the build; what a data file holds is escaped.

Only the program's own templates are run as such. A text of a dataset is cut into words and figures by `sentences`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup, escape

from portal.addresses import can_be_reached, split_contact, web_address
from portal.claims import Stated, find_claim
from portal.errors import PortalError
from portal.formats import format_date, format_row, format_size, plural, unit_words
from portal.made import CheckResult, Figure
from portal.model import Dataset, Measure, Observation, Portal
from portal.pages.counted import checked, tally
from portal.pages.prose import render_prose
from portal.pages.saying import say_claim
from portal.promises import Promise, derive_promises
from portal.sentences import CALLS, CLAIM, COMMENT, WORDS, Piece, read_pieces

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
        """One sentence of page.yaml or mkdocs.yml, with {{ number("figure") }} in it; its words are only words."""
        return Markup("").join(self.fill(piece, root, slug, where) for piece in read_pieces(text))

    def fill(self, piece: Piece, root: str, slug: str, where: str) -> Markup | str:
        """A piece of a sentence as the page says it."""
        if piece.kind in (WORDS, COMMENT):
            return piece.text if piece.kind == WORDS else ""
        say = self.names(root, slug).get(piece.kind) if piece.kind in (*CALLS, CLAIM) else None
        if say is None:
            raise PortalError(f"{where or slug}: {piece.text[:60]} cannot stand here", "Take it out.")
        written: Markup | str = say(piece.text)
        return written

    def question(self, dataset: Dataset, root: str) -> str:
        """The heading of a dataset's page, as plain text."""
        asked = dataset.page.question
        return self.sentence(asked, root, dataset.slug, dataset.page.path).striptags() if asked else dataset.title

    def plain(self, text: str, where: str) -> str:
        """Markdown of ours with facts in it; the facts bring no Markdown and no HTML of their own."""
        environment = self.environment.overlay(autoescape=False, finalize=inert)
        try:
            return environment.from_string(text).render(**self.names("../", ""))
        except FAULTS as error:
            raise PortalError(f"{where}: {error}", "Set it in mkdocs.yml under extra.portal.") from error

    def prose(self, text: str, root: str, slug: str, path: str) -> Markup:
        """A narrative: Markdown, with figures in it when it is a template; its own h1 goes, the page has one."""
        lines = text.split("\n")
        body = "\n".join(lines[1:]) if lines[0].startswith("# ") else text
        if not path.endswith(".j2"):
            return render_prose(body, None)
        kept = "".join(body_of(piece, body) for piece in read_pieces(body) if piece.kind != COMMENT)
        return render_prose(kept, lambda piece: self.fill(piece, root, slug, path))

    def claim(self, name: str, slug: str) -> Stated:
        """`name` is "dataset/claim" where no dataset speaks."""
        own, _, short = name.rpartition("/")
        dataset = next((d for d in self.portal.datasets if d.slug == (own or slug)), None)
        found = find_claim(dataset, short) if dataset else None
        if found is None:
            raise PortalError(f'no claim called "{name}"', "List it under `claims` in page.yaml.")
        return found

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
            "claim": lambda name: say_claim(self.claim(name, slug), root),
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
    environment.globals["link_out"] = link_out
    environment.globals["tally"] = tally
    environment.globals["checked"] = checked
    promises = derive_promises(portal, today)
    return Renderer(environment, portal, figures, facts, site_name, built, checks, today, promises)


def row_href(dataset: str, row_id: str, root: str) -> str:
    return f"{root}datasets/{dataset}/rows/#{row_id}"


def worked_id(rows: tuple[str, ...]) -> str:
    """The permanent name of what is worked out of these rows, on the page of rows: change-<before>-to-<after>."""
    return f"change-{'-to-'.join(rows)}"


def link_figure(figure: Figure, root: str) -> Markup:
    """The thread: a figure that leads to its row, or to the sum that made it."""
    rows = " ".join(figure.rows)
    if len(figure.rows) > 1:
        return link_worked(figure.dataset, figure.rows, figure.text, root)
    href = row_href(figure.dataset, figure.rows[-1], root)
    return Markup('<a class="mc-number" href="{}" data-rows="{}">{}</a>').format(href, rows, figure.text)


def link_worked(dataset: str, rows: tuple[str, ...], words: str, root: str) -> Markup:
    """Worked out by us: printed nowhere, so it wears no stitch, and leads to its sum."""
    href = row_href(dataset, worked_id(rows), root)
    return Markup('<a class="mc-worked" href="{}" data-rows="{}">{}</a>').format(href, " ".join(rows), words)


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
    linked = ((inert(words), inert(web_address(href))) for words, href in parts)
    return Markup("").join(link.format(href, words) if href else words for words, href in linked)


def link_out(words: str, address: object, of: str = "") -> Markup | str:
    """A link to where data says, or only the words when that is no page; `of` is heard and not seen.

    The other site learns nothing of ours: neither the page the reader comes from nor a hold on it.
    """
    href = web_address(address)
    hidden = Markup('<span class="mc-hidden">: {}</span>').format(of) if of else ""
    link = Markup('<a href="{}" rel="external noopener noreferrer">{}{}</a>')
    return link.format(href, words, hidden) if href else words


def source_links(dataset: Dataset) -> list[Markup | str]:
    """What the descriptor of a plain package names as its sources."""
    sources = [(s.get("title"), s.get("path")) for s in dataset.descriptor.get("sources") or []]
    return [link_out(str(title or path or ""), path) for title, path in sources]


# What Markdown, or a browser, could take for more than a character.
ACTIVE = re.compile(r"[!-+<=>\[-`{-~]|^-|^\d+\.(?= )")
NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def inert(value: object) -> Markup:
    """A text that stays text in Markdown and in HTML; what is safe already stays as it is."""
    if isinstance(value, Markup):
        return value
    words = re.sub(r"\s+", " ", str(value))
    return Markup(ACTIVE.sub(as_character, words))  # nosec B704 # escaped right here


def as_character(found: re.Match[str]) -> str:
    """1. -> 1&#46;"""
    return "".join(c if c.isdigit() else NAMED.get(c, f"&#{ord(c)};") for c in found[0])


def body_of(piece: Piece, text: str) -> str:
    """A piece as it was written: what the Markdown reader is to find again."""
    return text[piece.start : piece.end]


def root_of(url: str) -> str:
    return "../" * url.count("/")


def paragraphs(text: str) -> Markup:
    """A descriptor's description: plain text, a blank line makes a paragraph."""
    return Markup("").join(
        Markup("<p>{}</p>").format(escape(" ".join(part.split()))) for part in text.split("\n\n") if part.strip()
    )
