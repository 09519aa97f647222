"""What can be found: a record for each page, measure, entry of a register, word and source.

In:  the checked Portal, the pages, and what mkdocs hands over of the pages that are written by hand.
Out: `Record`s in the order in which they are stored, things that are looked for together side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from portal.formats import format_row
from portal.made import Page
from portal.model import Dataset, Observation, Portal, Reference
from portal.pages.terms import term_id
from portal.searching.figures import (
    Elsewhere,
    find_headline,
    find_newest,
    name_of,
    place_name,
    say_missing,
    time_and_place,
    unit_of,
)

# What a record is, and how likely it is to be what was meant beside others with the same words.
KINDS = {
    "measure": 1.0,
    "dataset": 1.25,
    "topic": 0.95,
    "young": 0.8,
    "page": 1.2,
    "word": 0.6,
    "source": 0.6,
    "promise": 0.6,
    "event": 0.55,
    "help": 1.0,
    "entry": 0.5,
    "part": 0.5,
    "rows": 0.3,
}
EMPTY = 0.4  # of a measure that has no figure, beside one that has
FOLDERS = {"measures": "measure", "datasets": "dataset", "topics": "topic", "young-people": "young"}
PLACES = {"promises": "promise", "timeline": "event", "young-people": "help"}  # of the parts of these pages
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found. `figure` and `when` are of a measure, its newest figure and of what day and place,
    or of a dataset, the number that stands first on its page; without a figure `when` of a measure says in words what
    there is. `elsewhere` takes their place where a question names another one. `words` are searched and not shown."""

    url: str
    title: str
    text: str
    kind: str
    words: str = ""
    figure: str = ""
    when: str = ""
    row: str = ""
    unit: str = ""
    weight: float = 1.0
    elsewhere: tuple[Elsewhere, ...] = ()


def make_records(
    portal: Portal, pages: Iterable[Page], entries: Iterable[Mapping[str, Any]], site_name: str
) -> tuple[Record, ...]:
    """Ordered by what they are about: those of young people first, then each dataset with its measures."""
    pages = tuple(pages)
    measures = rows_by_measure(portal)
    homes = {name: rows[0].dataset for name, rows in measures.items()}
    found: list[tuple[tuple[str, ...], Record]] = []
    for page in pages:
        record = of_page(page, portal, measures, site_name)
        found.append((place_of(page.url, homes), record))
        for url, title, text in page.finds:
            kind = PLACES.get(url.partition("/")[0], "entry")
            found.append((place_of(url, homes), Record(url, title, plain(text), kind)))
    for entry in entries:
        url = str(entry["location"])
        kind = "part" if "#" in url else "page"
        title, text = plain(str(entry["title"])), plain(TAG.sub(" ", str(entry["text"])))
        found.append((("9", url), Record(url, title, text, kind)))
    if any(page.url == "glossary/" for page in pages):
        found += [(("7", record.url), record) for record in words_explained(portal.reference)]
    found += [(("8", record.url), record) for record in sources(portal)]
    known: dict[str, Record] = {}
    for _, record in sorted(found, key=lambda item: (item[0], item[1].url)):
        known.setdefault(record.url, record)
    return tuple(known.values())


def place_of(url: str, homes: Mapping[str, str]) -> tuple[str, ...]:
    first, _, rest = url.partition("/")
    name = rest.partition("/")[0]
    if first == "young-people":
        return "0", url
    if first == "measures" and name:
        return "2", homes.get(name, ""), "1", url
    if first == "datasets" and name:
        return "2", name, "2" if "/rows/" in url else "0", url
    return "1" if url.count("/") < 2 and "#" not in url else "5", url


def of_page(page: Page, portal: Portal, measures: Mapping[str, list[Observation]], site_name: str) -> Record:
    first, _, rest = page.url.partition("/")
    slug = rest.partition("/")[0]
    text = plain(page.description)
    if first == "measures" and slug in measures:
        return of_measure(page, measures[slug], portal)
    if first == "datasets" and page.url.endswith("/rows/"):
        return Record(page.url, page.title, text, "rows")
    if first == "datasets" and slug:
        return of_dataset(page, next(d for d in portal.datasets if d.slug == slug), portal.reference)
    kind = FOLDERS.get(first, "page") if slug or first == "young-people" else "page"
    if not page.url:
        return Record(page.url, site_name, text, "page", "home start")
    if kind == "young":
        return Record(page.url, page.title, text, kind, plain(page.search_text))
    return Record(page.url, page.title, plain(page.search_text or page.description), kind, words_in(page.url))


def of_dataset(page: Page, dataset: Dataset, reference: Reference) -> Record:
    record = Record(page.url, page.title, plain(page.description), "dataset", words_of(dataset))
    row = find_headline(dataset)
    if row is None:
        return record
    when = f"{name_of(row)}, {time_and_place(row, reference)}"
    return replace(record, figure=format_row(row), when=when, row=row.id, unit=unit_of(row))


def words_of(dataset: Dataset) -> str:
    keywords = [str(word) for word in dataset.descriptor.get("keywords") or []]
    return ". ".join([dataset.title, words_in(dataset.slug), *keywords])


def words_in(address: str) -> str:
    """What an address calls its page, which often is what people call it: timeline, scorecard."""
    return re.sub(r"[-/]+", " ", address).strip()


def rows_by_measure(portal: Portal) -> dict[str, list[Observation]]:
    rows: dict[str, list[Observation]] = {}
    for dataset in portal.datasets:
        for row in dataset.observations:
            rows.setdefault(row.measure.id, []).append(row)
    return rows


def of_measure(page: Page, rows: Sequence[Observation], portal: Portal) -> Record:
    measure = rows[0].measure
    places = dict.fromkeys(portal.reference.areas.get(row.area, {}).get("name", "") for row in rows)
    told = (measure.label, measure.who_is_counted, words_in(measure.id), *places)
    words = ". ".join(part for part in told if part)
    found = find_newest(rows)
    newest, others = (found[0] if found else None), found[1:]
    when = time_and_place(newest, portal.reference) if newest else say_missing(rows, portal)
    shown, row, unit = (format_row(newest), newest.id, unit_of(newest)) if newest else ("", "", "")
    weight = 1.0 if newest else EMPTY
    text = plain(measure.definition)
    there = tuple(Elsewhere(place_name(r, portal.reference), format_row(r), r.period, r.id, unit_of(r)) for r in others)
    return Record(page.url, page.title, text, "measure", words, shown, when, row, unit, weight, there)


def words_explained(reference: Reference) -> Iterator[Record]:
    also: dict[str, list[str]] = {}
    for word, entry in reference.jargon.items():
        also.setdefault(entry.get("term", ""), []).append(word)
    for term, entry in reference.glossary.items():
        words = ". ".join(also.get(term, ()))
        yield Record(f"glossary/#{term_id(term)}", term, entry.get("meaning", ""), "word", words)


def sources(portal: Portal) -> Iterator[Record]:
    for name, source in portal.reference.sources.items():
        yield Record(f"sources/#{name}", source.get("title", name), source.get("publisher", ""), "source")


def plain(text: str) -> str:
    """A text of a page's head, or of a cell. What looks like markup in it is not: it is shown as it was written."""
    return " ".join(unescape(text).split())
