"""Everything that a page says to somebody, in words: what is read, what is heard, and what a search engine shows.

In:  the tags and texts of a page, as a parser meets them.
Out: `Passage`s, each with its `Place`: what stands around it, with the rows and the links in there. A number that is
     bound to data stands in a passage as the one sign `BOUND`: it has been checked as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

BOUND = "\ufffc"
BREAK = "\ufff9"  # around a mark that stands in a sentence and is no part of it
END = "\ufffb"  # of a link: its last word and the first one behind it are two
BINDING = set("data-rows data-cell data-tally data-count data-sums data-share data-days data-claim".split())
# Words in these run on with the words around them.
INLINE = set("a abbr b bdi cite code dfn em i kbd label mark q s small span strong sub sup time tspan u".split())
BINDERS = INLINE | {"text"}  # what can bind a number; data-rows of anything else tells of all inside
# Words that another check reads whole: those of a chart (`alts`), and the cells and file of a row (`standing`).
JUDGED = {"data-alt-rows", "data-table"}
JUDGED_CLASSES = {"mc-row__file"}
MARKS = {"mc-flag", "mc-told", "mc-kind", "mc-when", "mc-verdict"}
VOID = set("area br col embed hr img input link meta source track wbr".split())
STITCHED = {"mc-number", "mc-worked", "mc-row__number"}
SILENT = {"script", "style", "template"}
# What holds a number together with the words that tell of it.
HOLDING = set("article dl details div figcaption figure g li ol p section table tr svg ul".split())
DRAWN = set("circle defs line path rect".split())  # no words, and by the thousand
LISTS, ENTRIES = {"ol", "ul", "table"}, {"li", "tr"}
ASIDE = ("alt", "aria-label", "aria-description", "title", "placeholder", "summary", "label")
SAYING = frozenset(ASIDE)
SHOWN = {"description", "twitter:title", "twitter:description", "og:title", "og:description", "og:image:alt"}


@dataclass(slots=True, eq=False)
class Place:
    """`rows`, `links`: of everything inside, whatever the depth."""

    tag: str
    parent: Place | None = None
    classes: frozenset[str] = frozenset()
    rows: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    id: str = ""
    entries: int = 0  # of a list or a table, without its head
    lists: list[Place] = field(default_factory=list)  # inside
    cells: list[str] = field(default_factory=list)  # of a line of a table

    @property
    def parent_classes(self) -> frozenset[str]:
        return self.classes | (self.parent.classes if self.parent else frozenset())

    @property
    def around(self) -> Iterator[Place]:
        """From the narrowest to the widest; what holds the whole page is no surroundings."""
        place: Place | None = self
        while place and place.tag and "md-content__inner" not in place.classes:
            yield place
            place = place.parent


@dataclass(frozen=True, slots=True)
class Passage:
    """`at`: where a text of a drawing stands. `whole`: with the words and numbers that are bound, as it is read."""

    text: str
    place: Place
    tag: str
    at: str = ""
    whole: str = ""


@dataclass(slots=True)
class Open:
    """An element that is not closed yet."""

    tag: str
    place: Place
    binds: bool = False
    at: str = ""
    mark: bool = False


class Listener:
    """Hears a page from its first tag to its last."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.places: dict[str, Place] = {}  # id -> the place that wears it
        self.bound = 0
        self._open = [Open("", Place(""))]
        self._words: list[str] = []
        self._whole: list[str] = []
        self._muted = 0
        self._binding = 0  # how many open elements bind: their words are no words of the page's own

    def open(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in DRAWN:
            return
        if tag in SILENT:
            self._muted += 1
        here = self._open[-1].place
        if tag not in INLINE:
            self.end_passage()
            here = self.enter(tag, values, here)
        self.note(tag, values, here)
        judged = is_judged(values)
        binds = judged or (tag in BINDERS and is_bound(values))
        if binds and not judged and not self._binding:
            self.bound += 1
            self._words.append(BOUND)
        self._binding += binds
        mark = tag in INLINE and "class" in values and not MARKS.isdisjoint(values["class"].split())
        if mark:
            self._whole.append(BREAK)
        if tag not in VOID:
            self._open.append(Open(tag, here, binds, place_of(values), mark))
        elif tag in ("br", "hr", "img"):
            self._words.append(" ")
            self._whole.append(" ")

    def enter(self, tag: str, values: Mapping[str, str], around: Place) -> Place:
        if tag not in HOLDING:
            return around
        place = Place(tag, around, frozenset(values.get("class", "").split()), id=values.get("id", ""))
        self.places[place.id] = place
        return place

    def note(self, tag: str, values: Mapping[str, str], here: Place) -> None:
        """What an element tells of its surroundings, and what it says aside."""
        if not values and tag not in LISTS and tag not in ENTRIES:  # most tags tell nothing
            return
        rows = values.get("data-rows", "").split()
        if tag == "section" and "mc-row" in here.classes:
            rows.append(values.get("id", ""))
        link = values.get("href", "") if tag == "a" else ""
        place: Place | None = here if rows or link or tag in LISTS else None
        while place:
            place.rows.update(rows)
            place.links.update([link] if link else ())
            if tag in LISTS:
                place.lists.append(here)
            place = place.parent
        if tag in ENTRIES and not any(element.tag == "thead" for element in self._open[-2:]):
            around = here.parent
            while around and around.tag not in LISTS:
                around = around.parent
            if around:
                around.entries += 1
        if tag != "meta" and SAYING.isdisjoint(values):  # most tags; they say nothing aside
            return
        aside = [values[name] for name in ASIDE if values.get(name)] if "data-alt" not in values else []
        if tag == "meta" and (values.get("name") or values.get("property")) in SHOWN:
            said, number = values.get("content", ""), values.get("data-number", "")
            # The number is checked with its row.
            aside.append(said.replace(f" {number}, ", f" {BOUND}, ", 1) if number else said)
        self.passages += [Passage(" ".join(text.split()), here, tag) for text in aside]

    def close(self, tag: str) -> None:
        if tag in DRAWN:
            return
        if tag in SILENT:
            self._muted = max(0, self._muted - 1)
        if self._open[-1].tag != tag and not any(element.tag == tag for element in self._open):
            return
        while self._open[-1].tag:
            element = self._open[-1]
            if element.tag not in INLINE:
                self.end_passage()
            self._open.pop()
            self._binding -= element.binds
            if element.tag == "a":
                self._words.append(END)
            if element.mark:
                self._whole.append(BREAK)
            if element.tag == tag:
                return

    def say(self, words: str) -> None:
        if self._muted:
            return
        self._whole.append(words)
        if not self._binding:
            self._words.append(words)

    def end_passage(self) -> None:
        text = " ".join("".join(self._words).split()).strip(END)
        self._words.clear()
        whole, self._whole = self._whole, []
        if text and text != BOUND:
            last = self._open[-1]
            read = " ".join("".join(whole).split())
            self.passages.append(Passage(text, last.place, last.tag, last.at, read))
            if last.tag in ("td", "th") and last.place.tag == "tr":
                last.place.cells.append(text)


def place_of(values: Mapping[str, str]) -> str:
    """Where a text of a drawing stands, in one way of writing it."""
    return values.get("transform") or f"translate({values.get('x', '')},{values.get('y', '')})"


def is_judged(values: Mapping[str, str]) -> bool:
    if not values:
        return False
    return not JUDGED.isdisjoint(values) or not JUDGED_CLASSES.isdisjoint(values.get("class", "").split())


def is_bound(values: Mapping[str, str]) -> bool:
    if not values:
        return False
    return not BINDING.isdisjoint(values) or not STITCHED.isdisjoint(values.get("class", "").split())
