"""Does each text about a chart say what the plotted rows say? Worked out again, from the published cells.

In:  a finished page, the published rows, and what page.yaml asks the chart to plot.
Out: a Problem `wrong-alt` for each phrase that the rows do not bear out, and for whatever no rule here understands:
     a number or a judging word that nothing has checked may not stand in such a text.

A text with `data-alt` (the name of a drawing) or `data-alt-rows` (a part of its long description) is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from portal.model import Dataset, Portal, Problem
from portal.privacy import quote
from portal.spec import ChartSpec
from portal.verify.altmarks import check_listed, check_marks
from portal.verify.altrows import Held, Names, Plotted, Text, mask_names, plotted_of, undrawn_of
from portal.verify.alttimes import check_times, gaps_of
from portal.verify.numbers import problem

ALT_ATTRIBUTES = ("data-alt", "data-alt-rows")
JUDGING = re.compile(
    r"\b(?:rose|fell|rise|fall|highest|lowest|above|below|over|under|level|same|both|all|more|fewer|less|than|half"
    r"|higher|lower|up|down|none|twice|most|least)\b",
    re.IGNORECASE,
)
LEFT = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
FIX = "This is a fault in the program that words the charts, or the page was changed by hand: build again."


class AltReader(HTMLParser):
    """The texts of a page about its charts: chart -> names of its drawings, and the parts of the long description."""

    def __init__(self) -> None:
        super().__init__()
        self.short: dict[str, list[str]] = {}
        self.long: dict[str, list[tuple[str, str]]] = {}
        self._chart = ""
        self._part: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "svg" and "data-alt" in values:
            self.short.setdefault(values["data-alt"], []).append(values.get("aria-label", ""))
        if tag == "details" and "mc-words" in values.get("class", "").split():
            self._chart = values.get("id", "").removeprefix("words-")
        if "data-alt-rows" in values:
            self._part = (values["data-alt-rows"], [])

    def handle_data(self, data: str) -> None:
        if self._part:
            self._part[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._part and tag == "p":
            ids, words = self._part
            self.long.setdefault(self._chart, []).append((ids, "".join(words)))
            self._part = None


def check_alts(name: str, html: str, rows: Mapping[str, Mapping[str, str]], portal: Portal) -> Iterator[Problem]:
    if "data-alt" not in html:
        return
    reader = AltReader()
    reader.feed(html)
    dataset = next((d for d in portal.datasets if name == f"datasets/{d.slug}/index.html"), None)
    for chart in dict.fromkeys([*reader.short, *reader.long]):
        if dataset is None:
            continue
        spec = next((c for c in dataset.page.charts if c.id == chart), None)
        if spec is None or spec.form == "auto":
            texts = [*reader.short.get(chart, []), *(text for _, text in reader.long.get(chart, []))]
            for phrase in dict.fromkeys(check_plain(texts, dataset)):
                yield problem("wrong-alt", f'the words of chart "{chart}" say {quote(phrase)}; no cell does', name, FIX)
            continue
        held = hold(spec, dataset, rows, portal)
        for phrase, says in check_chart(held, reader.short.get(chart, []), reader.long.get(chart, [])):
            phrase = held.names.put_back(phrase)
            message = f'the words of chart "{chart}" say {quote(phrase)}; {says}'
            yield problem("wrong-alt", message, name, FIX)


def check_plain(texts: list[str], dataset: Dataset) -> Iterator[str]:
    """Of a plain package, whose table has no rows of ours: each number that is said stands in some cell or heading."""
    cells = {cell for r in dataset.resources for record in r.records() for cell in record.values()}
    heads = [part for r in dataset.resources for f in r.fields for part in (f.title, f.name)]
    known = {number for text in (*cells, *heads) for number in re.findall(r"\d+(?:\.\d+)?", text)}
    known |= {str(len(r.frame)) for r in dataset.resources}
    for text in texts:
        found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)
        yield from (
            number for number in found if not {number, number.replace(",", "")} & known and not same(number, known)
        )


def same(number: str, known: set[str]) -> bool:
    """7.50 in the cell may be said as 7.5."""
    return any(float(number.replace(",", "")) == float(other) for other in known)


def hold(spec: ChartSpec, dataset: Dataset, rows: Mapping[str, Mapping[str, str]], portal: Portal) -> Held:
    plotted = tuple(plotted_of(spec, dataset, rows))
    beside = tuple(undrawn_of(spec, dataset, rows))
    dates = (str(cells.get(key) or "") for cells in portal.reference.events.values() for key in ("date", "date_end"))
    return Held(spec, plotted, Names.of(spec, dataset, portal, plotted), beside, tuple(day for day in dates if day))


def check_chart(held: Held, short: list[str], long: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    if not short or len(set(short)) > 1 or not all(short):
        yield "nothing, or two things", "each drawing of a chart has one and the same name"
    if not long:
        yield "nothing", "the chart has no long description"
    for text in dict.fromkeys(short):
        yield from check_short(held, text)
    yield from check_whole(held, long)
    for ids, text in long:
        own = [p for p in held.plotted if p.row["id"] in ids.split()]
        yield from check_text(held, Text(text, own, True, held))


def check_short(held: Held, text: str) -> Iterator[tuple[str, str]]:
    """Cut where a new series is named: each piece speaks of that series."""
    masked = mask_names(text, held.names)
    for own, piece in pieces(held, masked):
        yield from check_text(held, Text(piece, own, False, held))


def pieces(held: Held, text: str) -> Iterator[tuple[list[Plotted], str]]:
    parts = held.names.owners  # token of a lane or series -> what it plots
    starts = [m for m in re.finditer(r"(?:\bIn (?:the )?)?(«[a-z]+»)(?= the figure|:)", text) if m[1] in parts]
    first = [p for p in held.plotted if p.part == held.plotted[0].part]
    cuts = [0, *(m.start() for m in starts), len(text)]
    owners = [first, *([p for p in held.plotted if p.part in parts[m[1]]] for m in starts)]
    for own, start, end in zip(owners, cuts, cuts[1:], strict=False):
        yield own, text[start:end]


def check_text(held: Held, text: Text) -> Iterator[tuple[str, str]]:
    """Every phrase that a rule knows is checked and struck out; what is left may hold no number and no judgement."""
    yield from check_listed(text)
    yield from check_times(text)
    yield from check_marks(text)
    for found in LEFT.finditer(text.left):
        yield text.around(found.start()), "no plotted row bears that number out"
        return
    for word in JUDGING.finditer(text.left):
        yield text.around(word.start()), f'nothing in the rows was found that makes "{word[0]}" true'
        return


def check_whole(held: Held, long: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Every plotted row stands in some part, every series is named, every row without a number is said to be one."""
    told = {name for ids, _ in long for name in ids.split()}
    asked = {p.row["id"] for p in held.plotted}
    beside = {name for name, _ in held.spec.beside}
    for name in sorted(told - asked - beside):
        yield name, "that row is not plotted"
    for name in sorted(asked - told):
        yield "nothing", f"{name} is plotted and not told of"
    everything = " ".join(text for _, text in long).casefold()
    for label in dict.fromkeys(p.label for p in held.plotted if p.label):
        if label.casefold() not in everything:
            yield "nothing", f"the series {quote(label)} is drawn and not named"
    bare = any(p.number is None and not p.row["value_low"] for p in held.beside if p.row["id"] not in beside)
    if held.spec.form == "strip" and bare and "no mark for" not in everything:
        yield "nothing", "a row has a symbol in place of a number, and the words do not say so"
    if (gaps := gaps_of(held)) and everything.count("no figure is held between") != 1:
        yield "nothing", f"{gaps} long spans without any figure are not told of"
