"""Does the search say what the rows and the pages say, and does the list of pages name them all?

In:  the finished files below search/, sitemap.xml, and the data as it was read.
Out: a `Pair` for each text that is found: its figures (found.py), the words of an entry against its cells, and any
     other number against the page that the text leads to; a Problem for a meaning of a word by which nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from pydantic_core import from_json

from portal.model import Entry, Observation, Portal, Problem
from portal.privacy import quote
from portal.quantities import find_quantities
from portal.registers import read_entries
from portal.verify.found import (
    CUT,
    FOLDER,
    WORDS,
    Found,
    pair_elsewhere,
    pair_figure,
    pair_headline,
    pair_printed,
)
from portal.verify.pairs import Pair

MAP = "sitemap.xml"
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.?!]) ")
ROWS = re.compile(r"([\d,]+) rows?, each")


def pair_search(site: Path, portal: Portal) -> Iterator[Pair]:
    if not (site / FOLDER).is_dir():  # pages alone, as tests write them: nothing is searched
        return
    found = {record.url: (name, record) for name, record in read_records(site)}
    entries = {f"datasets/{e.dataset}/rows/#{e.id}": e for d in portal.datasets for e in read_entries(d)}
    rows = list_measures(portal)
    headed = {f"datasets/{d.slug}/": d for d in portal.datasets if d.page.headline}
    titled = [place for place, entry in entries.items() if entry.cells.get("title")]
    wanted = [*(f"datasets/{d.slug}/" for d in portal.datasets), *(f"measures/{name}/" for name in rows), *titled]
    for place in wanted:
        yield Pair(WORDS, f"the entry {place}", place in found or None, True, code="wrong-search")
    places = from_json((site / WORDS).read_bytes())["places"]
    by_id = {entry.id: entry for entry in entries.values()}
    for place, (file, record) in found.items():
        path, _, part = place.partition("#")
        page = site / path / "index.html"
        yield Pair(file, f"the page of {place}", page.is_file() or None, True, code="wrong-search")
        measure = path.removeprefix("measures/").strip("/")
        if path.startswith("measures/") and measure in rows:
            yield from pair_figure(file, record, rows[measure], portal)
            yield from pair_elsewhere(file, record, places, rows[measure], portal)
            continue
        if record.row and place in headed:
            yield from pair_headline(file, record, headed[place], portal)
        else:
            yield Pair(file, f"{place}: its figure", f"{record.figure}{record.row}", "", code="wrong-search")
        if part and (entry := entries.get(place) or by_id.get(part)):
            yield from pair_words(file, record, entry, page)
        elif (counted := ROWS.match(record.text)) and path.endswith("/rows/"):
            slug = path.removeprefix("datasets/").removesuffix("/rows/")
            own = sum(len(d.observations) + len(list(read_entries(d))) for d in portal.datasets if d.slug == slug)
            yield Pair(file, f"{place}: its rows,", int(counted[1].replace(",", "")), own, code="wrong-search")
        else:
            yield from pair_numbers(file, place, whole_words(f"{record.title} {record.text}"), page)
    yield from pair_printed(site, portal)


def read_records(site: Path) -> Iterator[tuple[str, Found]]:
    """Each with the file that it stands in."""
    for path in sorted((site / FOLDER).glob("d*.json")):
        for record in from_json(path.read_bytes()):
            yield path.relative_to(site).as_posix(), Found(*record)


def whole_words(text: str) -> str:
    """The end of a text that was cut may hold a part of a number."""
    return text if len(text) < CUT else text.rpartition(" ")[0]


def list_measures(portal: Portal) -> dict[str, list[Observation]]:
    rows: dict[str, list[Observation]] = {}
    for dataset in portal.datasets:
        for row in dataset.observations:
            rows.setdefault(row.measure.id, []).append(row)
    return rows


def check_meanings(site: Path, portal: Portal) -> Iterator[Problem]:
    """A meaning with a word that stands nowhere finds less than it says; a question that is offered leads somewhere."""
    if portal.reference_dataset is None or not (site / WORDS).is_file():
        return
    held = from_json((site / WORDS).read_bytes())
    known = {*held["words"], *held["stop"]}
    urls = {record.url for _, record in read_records(site)}
    for table in portal.reference_dataset.resources:
        for record, line in zip(table.records(), table.lines, strict=True):
            if table.name == "search_words":
                meant = record.get("means", "").lower().replace("’s", " ").replace("'s", " ")
                lost = [word for word in re.findall(r"[a-z0-9]+", meant) if word not in known]
                if lost:
                    message = f"nothing on the site is found by the word {quote(lost[0])}"
                    fix = "Say it in words that stand on a page, in the very form in which they stand there."
                    yield Problem("dead-meaning", message, table.path, line, field="means", fix=fix)
            elif table.name == "search_examples" and record.get("leads_to") not in urls:
                message = f"the site has no page {quote(record.get('leads_to', ''))} that the search could find"
                fix = "Write the address of a page from the root of the site, such as measures/lac-number/."
                yield Problem("dead-example", message, table.path, line, field="leads_to", fix=fix)


def pair_words(file: str, record: Found, entry: Entry, page: Path) -> Iterator[Pair]:
    """A promise or an event: its own cells; what it takes from elsewhere, or says after them, stands on its page."""
    own, shown, place = entry.cells, unescape(words_of(part_of(page, entry.id))), record.url
    if own.get("title"):
        yield Pair(file, f"{place}: its title", record.title, own["title"], entry.path, "wrong-search")
    text = whole_words(record.text)
    starts = bare(record.text).startswith(bare(own.get("text", ""))[: len(bare(text))])
    yield Pair(file, f"{place}: its text", starts, True, entry.path, "wrong-search")
    for words in (record.title, *SENTENCE.split(text)):
        there = bare(words) in bare(shown)
        yield Pair(file, f"{place}: the words {quote(words)}", there, True, "its page", "wrong-search")


def bare(text: str) -> str:
    """Its words alone: marks are written in one way on a page, and in another in the index."""
    return " ".join(re.findall(r"\w+", unescape(text)))


def part_of(page: Path, name: str) -> str:
    """The part of a page that begins at an id, and ends where the next of its kind begins."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    start = re.search(rf'<(\w+)[^>]* id="{re.escape(name)}"', text)
    if not start:
        return ""
    end = re.search(rf'<{start[1]}[^>]* id="', text[start.end() :])
    return text[start.start() : start.end() + end.start()] if end else text[start.start() :]


def words_of(text: str) -> str:
    return " ".join(unescape(TAG.sub(" ", text)).split())


def pair_numbers(file: str, place: str, text: str, page: Path) -> Iterator[Pair]:
    """A number in any other text stands on the page that it leads to."""
    numbers = [quantity.text.lower() for quantity in find_quantities(text)]
    words = words_of(page.read_text(encoding="utf-8")).lower() if numbers and page.is_file() else ""
    for number in numbers:
        yield Pair(file, f"{place}: the number {number}", number in words, True, "its page", "wrong-search")


def pair_map(site: Path, portal: Portal) -> Iterator[Pair]:
    """Every page but that of a missing address, once; none that is not there."""
    path = site / MAP
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    listed = [unescape(found) for found in re.findall(r"<loc>(.*?)</loc>", text)]
    if not listed:  # a portal that does not say where it will stand
        return
    base = min(listed, key=len)
    pages = sorted(p.relative_to(site).as_posix().removesuffix("index.html") for p in site.rglob("index.html"))
    yield Pair(MAP, "the list of pages", ", ".join(sorted(a.removeprefix(base) for a in listed)), ", ".join(pages))
