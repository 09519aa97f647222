"""Is a number typed into the words around the data: descriptors, mkdocs.yml, the templates of pages?

In:  a Dataset's descriptor, the portal's facts, the folder of templates.
Out: a Problem for each quantity in them that is no date, no declared class and no constant.

A plain package keeps its publisher's own words. A template is the program's, and is held to the rule all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from portal.model import Dataset, Problem
from portal.settings import shown_path
from portal.validate.nearest import Known
from portal.validate.typed import NOTHING, check_typed

FACTS = ("place", "brand", "publisher", "council_note", "arrow_note", "licence.title", "licence.credit")
COMMENT, CODE = re.compile(r"\{#.*?#\}", re.DOTALL), re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAID = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")  # in code: what may be words that a reader comes to see
WORDY = re.compile(r"[^\W\d_]+|.*\s.*", re.DOTALL)  # a word, or several; else an address, the name of a class
ELEMENT = re.compile(r"<!--.*?-->|</?[a-zA-Z!](?:\"[^\"]*\"|[^>\"])*>", re.DOTALL)
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
ADDRESS = re.compile(r"https?://\S+|\]\([^)\s]*\)|&#?\w+;")
OF_PROSE = (".md", ".j2", ".html")


def check_descriptor_words(dataset: Dataset, known: Known = NOTHING, ours: bool = False) -> Iterator[Problem]:
    """Titles and descriptions: of the package, its tables and their columns. `ours`: whatever the package holds."""
    if not (ours or dataset.observations or dataset.page.registers):
        return
    sources = ((dataset.descriptor_path, dataset.descriptor_source),)
    known = replace(known, slug=dataset.slug, calls="", sources=sources)
    for place, text in descriptor_words(dataset.descriptor):
        path, line, column = dataset.descriptor_places.get(place, (dataset.descriptor_path, None, None))
        for problem in check_typed(text, (path, f"{place}: ", line), known):
            yield problem if problem.column else replace(problem, column=column)


def descriptor_words(descriptor: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Dotted place -> text, of what pages print and files to download repeat."""
    yield from words_at(descriptor, "")
    for n, resource in enumerate(entries(descriptor.get("resources"))):
        yield from words_at(resource, f"resources.{n}.")
        schema = resource.get("schema")
        for m, field in enumerate(entries(schema.get("fields") if isinstance(schema, Mapping) else ())):
            yield from words_at(field, f"resources.{n}.schema.fields.{m}.")


def words_at(node: Mapping[str, Any], place: str) -> Iterator[tuple[str, str]]:
    yield from ((place + name, text) for name in ("title", "description") if isinstance(text := node.get(name), str))


def entries(node: object) -> Iterable[Mapping[str, Any]]:
    return [entry for entry in node if isinstance(entry, Mapping)] if isinstance(node, list | tuple) else []


def check_facts(config: Mapping[str, Any], facts: Mapping[str, Any], path: str, known: Known) -> Iterator[Problem]:
    """What mkdocs.yml says of the portal itself, but for its topics, its home page and its scorecard."""
    texts = {name: config.get(name) for name in ("site_name", "site_description", "copyright")}
    for name in FACTS:
        first, _, second = name.partition(".")
        own = facts.get(first)
        texts[f"extra.portal.{name}"] = own.get(second) if second and isinstance(own, Mapping) else own
    for place, text in texts.items():
        if isinstance(text, str):
            yield from check_typed(text, (path, f"{place}: ", known.line(place)), replace(known, calls=""))


def check_templates(folder: Path, known: Known) -> Iterator[Problem]:
    """The words of every template, hand-written pages among them, at their own lines."""
    for path in find_templates(folder):
        words = template_words(path.read_text(encoding="utf-8"), markdown=path.suffix == ".md")
        for problem in check_typed(words, (shown_path(path), "", None), replace(known, calls=""), whole_file=True):
            yield replace(problem, fix=f"{problem.fix} A page takes its numbers from rows or from a count of them.")


def find_templates(folder: Path) -> list[Path]:
    """The pages and the theme's own words around them."""
    found = [*(folder / "pages").rglob("*"), *(folder / "theme").rglob("*")]
    return sorted(path for path in found if path.suffix in OF_PROSE and path.is_file())


def template_words(source: str, markdown: bool = False) -> str:
    """What a reader may come to see, each character in its place: not code, tags, styles or addresses."""
    text = COMMENT.sub(blank, source)
    text = re.sub(r"<(script|style)\b.*?</\1>", blank, text, flags=re.DOTALL)
    text = CODE.sub(lambda found: keep(found, SAID), text)
    text = ELEMENT.sub(lambda found: keep(found, SPOKEN), text)
    return ADDRESS.sub(blank, text)


def blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\ufffc", found[0])


def keep(found: re.Match[str], spoken: re.Pattern[str]) -> str:
    """The words inside a piece of code or a tag; all else of it is blanked, and nothing changes its place."""
    made, end = "", 0
    for part in spoken.finditer(found[0]):
        words = part[part.lastindex or 0]
        if not WORDY.fullmatch(words.strip()):
            continue
        start = part.start(part.lastindex or 0)
        made += re.sub(r"[^\n]", "\ufffc", found[0][end:start]) + words
        end = start + len(words)
    return made + re.sub(r"[^\n]", "\ufffc", found[0][end:])
