"""Does the search say what the rows and the pages say, and does the list of pages name them all?

In:  the finished search/entries.json and sitemap.xml, and the data as it was read.
Out: a `Pair` for each text that is found: the figure of a measure against its row, which must be the newest, the words
     of an entry against its cells, and any other number against the page that the text leads to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from pydantic_core import from_json

from portal.model import Entry, Observation, Portal
from portal.privacy import quote
from portal.quantities import find_quantities
from portal.registers import read_entries
from portal.verify.numbers import says
from portal.verify.pairs import Pair

INDEX, MAP = "search/entries.json", "sitemap.xml"
TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.?!]) ")
ROWS = re.compile(r"([\d,]+) rows?, each")


def pair_search(site: Path, portal: Portal) -> Iterator[Pair]:
    if not (site / INDEX).parent.is_dir():  # pages alone, as tests write them: nothing is searched
        return
    found = read_index(site / INDEX)
    entries = {f"datasets/{e.dataset}/rows/#{e.id}": e for d in portal.datasets for e in read_entries(d)}
    rows = list_measures(portal)
    titled = [place for place, entry in entries.items() if entry.cells.get("title")]
    wanted = [*(f"datasets/{d.slug}/" for d in portal.datasets), *(f"measures/{name}/" for name in rows), *titled]
    for place in wanted:
        yield Pair(INDEX, f"the entry {place}", place in found or None, True, code="wrong-search")
    by_id = {entry.id: entry for entry in entries.values()}
    for place, (title, text) in found.items():
        path, _, part = place.partition("#")
        page = site / path / "index.html"
        yield Pair(INDEX, f"the page of {place}", page.is_file() or None, True, code="wrong-search")
        measure = path.removeprefix("measures/").strip("/")
        if path.startswith("measures/") and measure in rows:
            yield from pair_figure(place, text, rows[measure], portal, page)
        elif part and (entry := entries.get(place) or by_id.get(part)):
            yield from pair_words(place, title, text, entry, page)
        elif (counted := ROWS.match(text)) and path.endswith("/rows/"):
            slug = path.removeprefix("datasets/").removesuffix("/rows/")
            own = sum(len(d.observations) + len(list(read_entries(d))) for d in portal.datasets if d.slug == slug)
            yield Pair(INDEX, f"{place}: its rows,", int(counted[1].replace(",", "")), own, code="wrong-search")
        else:
            yield from pair_numbers(place, without_keywords(f"{title} {text}", path, portal), page)


def read_index(path: Path) -> dict[str, tuple[str, str]]:
    """Address -> title and text, as they are shown."""
    try:
        entries = from_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {e["location"]: (unescape(e["title"]), unescape(TAG.sub(" ", e["text"]))) for e in entries}


def without_keywords(text: str, path: str, portal: Portal) -> str:
    """The words that a dataset is to be found by, "section 47", stand on no page."""
    dataset = next((d for d in portal.datasets if path == f"datasets/{d.slug}/"), None)
    words = [str(word) for word in dataset.descriptor.get("keywords") or []] if dataset else []
    return text.removesuffix(", ".join(words))


def list_measures(portal: Portal) -> dict[str, list[Observation]]:
    rows: dict[str, list[Observation]] = {}
    for dataset in portal.datasets:
        for row in dataset.observations:
            rows.setdefault(row.measure.id, []).append(row)
    return rows


def pair_figure(place: str, text: str, rows: Iterable[Observation], portal: Portal, page: Path) -> Iterator[Pair]:
    """ "1,280: 31 March 2025, Manchester. The number of …": the newest figure of that place, as its row says it."""
    rows = list(rows)
    counted = [
        r for r in rows if r.kind == "actual" and not r.symbol and not r.repeats and "implausible" not in r.flags
    ]
    definition = rows[0].measure.definition
    if not counted and not definition:  # then its page is described in words of our own
        yield from pair_numbers(place, text, page)
        return
    yield Pair(INDEX, f"{place}: the words that explain it", text.endswith(definition), True, code="wrong-search")
    said = text.removesuffix(definition)
    yield Pair(INDEX, f"{place}: a figure", bool(said.strip()), bool(counted), code="wrong-search")
    if not counted or not said.strip():
        return
    number, _, when = said.strip().removesuffix(".").partition(": ")
    ours = [r for r in counted if when == unescape(f"{r.period}, {name_of(r, portal)}")]
    newest = max((str(r.date or "") for r in counted if r.area in {o.area for o in ours}), default="")
    right = any(str(r.date or "") == newest and says(number, [cells_of(r)]) for r in ours)
    yield Pair(INDEX, f"{place}: the newest figure of its place", right, True, rows[0].path, "wrong-search")


def name_of(row: Observation, portal: Portal) -> str:
    return portal.reference.areas.get(row.area, {}).get("name", row.area)


def cells_of(row: Observation) -> Mapping[str, str]:
    """The row in whole units, as `says` reads the published one."""
    numbers = {"value": row.number, "value_low": row.low, "value_high": row.high}
    cells = {name: "" if number is None else str(number) for name, number in numbers.items()}
    return {**cells, "qualifier": row.qualifier, "printed": row.printed, "flags": ";".join(row.flags)}


def pair_words(place: str, title: str, text: str, entry: Entry, page: Path) -> Iterator[Pair]:
    """A promise or an event: its own cells; what it takes from elsewhere, or says after them, stands on its page."""
    own, shown = entry.cells, unescape(words_of(part_of(page, entry.id)))
    if own.get("title"):
        yield Pair(INDEX, f"{place}: its title", title, own["title"], entry.path, "wrong-search")
    yield Pair(
        INDEX, f"{place}: its text", text.startswith(unescape(own.get("text", ""))), True, entry.path, "wrong-search"
    )
    for words in (title, *SENTENCE.split(text)):
        there = bare(words) in bare(shown)
        yield Pair(INDEX, f"{place}: the words {quote(words)}", there, True, "its page", "wrong-search")


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


def pair_numbers(place: str, text: str, page: Path) -> Iterator[Pair]:
    """A number in any other text stands on the page that it leads to."""
    numbers = [quantity.text.lower() for quantity in find_quantities(text)]
    words = words_of(page.read_text(encoding="utf-8")).lower() if numbers and page.is_file() else ""
    for number in numbers:
        yield Pair(INDEX, f"{place}: the number {number}", number in words, True, "its page", "wrong-search")


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
