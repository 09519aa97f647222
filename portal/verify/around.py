"""What stands around a quantity, and whether that explains it.

In:  a quantity that its own words leave open, its passage, and the places of its page.
Out: the way it is explained: the row, chart, scale, file, list, age or table line it stands with; "" for none.

Each is narrow: a row must be named by the same line, entry or card; a mark of a chart must be a row of that chart's
own table; a tick must lie on an even scale; a count must be of the list below it; an age is worked out again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from portal.quantities import MONTHS, Quantity, find_quantities
from portal.verify.ages import find_ages, find_due, find_spans
from portal.verify.known import Known
from portal.verify.spoken import Passage, Place

NARROW = {"article", "dl", "li", "p", "tr", "div"}
MOST = 12  # records; what names more is no line, entry or card
FIRST = {"mc-lede", "mc-headline", "mc-band__words"}
_MONTHS = "|".join(MONTHS)
DAYLIKE = re.compile(
    rf"\b(?:\d{{1,2}} to )?\d{{1,2}} (?:{_MONTHS})(?: (?:19|20)\d\d)?|\b(?:{_MONTHS}) (?:19|20)\d\d"
    r"|\b(?:19|20)\d\d(?:[/–-]\d\d)?(?=[A-Z]|$| to\b)|\b(?i:bullet|paragraph|page|slide|row|table|line) \d+\b"
)
CHART = re.compile(r"(?:chart|words)-(.+)")
SCALED = re.compile(r"scale[^.;]{0,40}$", re.IGNORECASE)


class Surroundings:
    """The places of one page."""

    def __init__(self, page: str, passages: list[Passage], places: Mapping[str, Place], known: Known) -> None:
        self.page, self.known, self.places = page, known, places
        self._marks: dict[Place, list[tuple[float, float, float]]] = {}  # drawing -> (x, y, number) of its texts
        for passage in passages:
            if passage.tag == "text" and passage.at:
                self._marks.setdefault(passage.place, []).extend(marks_of(passage))
        lists = {list_ for place in {p.place for p in passages} for around in place.around for list_ in around.lists}
        every = {around for passage in passages for around in passage.place.around}
        self._first = {name for place in every if place.classes & FIRST for name in place.rows}
        sums: Counter[frozenset[str]] = Counter()
        for list_ in lists:
            sums[list_.classes] += list_.entries
        self.entries_by_class = set(sums.values())
        self._slug = page.split("/")[1] if page.startswith("datasets/") and page.count("/") > 1 else ""

    def find(self, quantity: Quantity, passage: Passage) -> str:
        asked: tuple[tuple[str, Callable[[Quantity, Passage], bool]], ...] = (
            ("row", self.is_of_row),
            ("chart", self.is_of_chart),
            ("page", self.is_of_page),
            ("scale", self.is_on_scale),
            ("file", self.is_of_file),
            ("age", self.is_age),
            ("table", self.is_of_table),
            ("count", self.is_count),
            ("warning", self.is_of_warning),
        )
        return next((way for way, explains in asked if explains(quantity, passage)), "")

    def is_of_row(self, quantity: Quantity, passage: Passage) -> bool:
        """A row, a measure or a document that the same line, entry or card names says so."""
        for place in passage.place.around:
            whole = place.tag == "section" and "mc-row" in place.classes
            names = place.rows | {last_name(link) for link in place.links}
            if "mc-facts" in place.classes:  # the facts of the page's own measure
                names.add(last_name(self.page.removesuffix("index.html")))
            narrow = whole or (place.tag in NARROW and len(names) <= MOST)
            deep = whole or in_day(quantity, passage.text)
            if narrow and any(quantity.value in self.known.said_by(name, deep) for name in names):
                return True
        return False

    def is_of_chart(self, quantity: Quantity, passage: Passage) -> bool:
        """A number in a drawing, or in its description, is one of the rows of the chart's table."""
        rows = self.chart_rows(passage.place)
        plain = self.known.plain.get(self._slug, ())
        drawn = plain and any(CHART.fullmatch(around.id) for around in passage.place.around)
        if drawn and (quantity.value in plain or passage.text[quantity.end :].startswith(" bar")):
            return True
        return any(quantity.value in self.known.values_of(name) for name in rows)

    def is_of_page(self, quantity: Quantity, passage: Passage) -> bool:
        """What a search engine shows of a page is its first words again, without their links."""
        return passage.tag == "meta" and any(quantity.value in self.known.values_of(name) for name in self._first)

    def chart_rows(self, place: Place) -> set[str]:
        for around in place.around:
            found = CHART.fullmatch(around.id)
            if found and (table := self.places.get(f"table-{found[1]}")):
                return table.rows
            if around.tag == "article":  # a card has its drawing and its numbers together
                return around.rows
        return set()

    def is_on_scale(self, quantity: Quantity, passage: Passage) -> bool:
        """A tick of an even scale; or a sentence that says where such a scale starts."""
        if passage.tag == "text":
            return any(on_scale(spot, self._marks.get(passage.place, [])) for spot in marks_of(passage))
        figure = next((place for place in passage.place.around if place.id.startswith(("chart-", "words-"))), None)
        if not figure or not SCALED.search(passage.text[: quantity.start]):
            return False
        drawn = self.places.get("chart-" + figure.id.partition("-")[2])
        starts = {
            min(n for _, _, n in spots) for place, spots in self._marks.items() if drawn in [*place.around] and spots
        }
        return quantity.value == 0 or quantity.value in starts

    def is_of_file(self, quantity: Quantity, passage: Passage) -> bool:
        """The rows or the size of a file that the same line links to."""
        for place in passage.place.around:
            if place.tag in ("li", "p") and any(quantity.text in self.known.file_words(link) for link in place.links):
                return True
        return False

    def is_age(self, quantity: Quantity, passage: Passage) -> bool:
        rows = next((p.rows for p in passage.place.around if p.tag in ("article", "div") and p.rows), set())
        ends = {row.get("period_end", "") for name in rows for row in self.known.records.get(name, ())}
        spans = (
            *find_ages(passage.text, self.known, ends),
            *find_spans(passage.text),
            *find_due(passage.text, self.known),
        )
        return any(start <= quantity.start and quantity.end <= end for start, end in spans)

    def is_of_table(self, quantity: Quantity, passage: Passage) -> bool:
        """A line of a publisher's own table stands so in the file of that table; a head so in its description."""
        if self.known.says(self._slug, passage.text) or self.known.says(self._slug, token_of(quantity, passage.text)):
            return True
        place = passage.place
        return place.tag == "tr" and tuple(place.cells) in self.known.lines.get(self._slug, ())

    def is_count(self, quantity: Quantity, passage: Passage) -> bool:
        """How many entries the list below it has, or the page."""
        lists = passage.place.lists
        if passage.tag == "summary":
            return quantity.value in {sum(found.entries for found in lists), *(found.entries for found in lists)}
        if passage.tag == "meta":
            rows = sum({"mc-row"} == place.classes & {"mc-row", "mc-row--worked"} for place in self.places.values())
            return quantity.value in self.entries_by_class | {rows}
        return "mc-lede" in passage.place.parent_classes and quantity.value in self.entries_by_class

    def is_of_warning(self, quantity: Quantity, passage: Passage) -> bool:
        """A line, a column or a count that a warning of this build names, where the page tells the warnings."""
        inside = any("mc-warnings" in around.classes for around in passage.place.around)
        return inside and quantity.value in self.known.warned


def in_day(quantity: Quantity, text: str) -> bool:
    """Whether it is part of a day, or of a place in a document, as a line prints it.

    The days and the places of a row explain no other number beside it.
    """
    return any(m.start() <= quantity.start and quantity.end <= m.end() for m in DAYLIKE.finditer(text))


def last_name(link: str) -> str:
    """ "../sources/#id" -> "id"; "../measures/id/" -> "id"."""
    return link.partition("#")[2] or link.rstrip("/").rpartition("/")[2]


def token_of(quantity: Quantity, text: str) -> str:
    """The word that a quantity stands in: "2024-Q4"."""
    start = max(text.rfind(mark, 0, quantity.start) for mark in " (“") + 1
    return re.split(r"[\s,;:)”]", text[start:], maxsplit=1)[0].rstrip(".")


def marks_of(passage: Passage) -> Iterator[tuple[float, float, float]]:
    """Where a text of a drawing stands, when it is a number and nothing more."""
    at = re.match(r"translate\((-?[\d.]+)[, ]+(-?[\d.]+)\)", passage.at)
    found = [q for q in find_quantities(passage.text) if q.text == passage.text.strip("+")]
    if at and len(found) == 1 and found[0].value is not None:
        yield float(at[1]), float(at[2]), found[0].value


def on_scale(spot: tuple[float, float, float], spots: Iterable[tuple[float, float, float]]) -> bool:
    """Whether it and its neighbours in a row or column are as far from each other as their numbers are.

    Three tell a scale, since panels stand one under another; where there are no three, a start of 0 and its end.
    """
    spots = set(spots)
    for along, across in ((0, 1), (1, 0)):
        line = sorted((other for other in spots if abs(other[across] - spot[across]) < 1), key=lambda s: s[along])
        if len(line) < 3 and any(other[2] == 0 for other in line):
            return True
        if any(spot in three and is_even(three, along) for three in zip(line, line[1:], line[2:], strict=False)):
            return True
    return False


def is_even(marks: Sequence[tuple[float, float, float]], along: int) -> bool:
    steps = [(after[along] - before[along], after[2] - before[2]) for before, after in pairwise(marks)]
    if not all(width and rise for width, rise in steps):
        return False
    slopes = [rise / width for width, rise in steps]
    return all(abs(slope - slopes[0]) < abs(slopes[0]) * 0.03 for slope in slopes)
