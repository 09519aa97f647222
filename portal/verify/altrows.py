"""What a chart plots, read from the published rows; numbers, times and names as a text says them.

In:  a ChartSpec, its Dataset, the published rows.
Out: `Plotted` rows in order of time; `Names`, which stand in a text as tokens so that no digit in them is a figure;
     a `Text` from which checked phrases are struck out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10

from portal.model import Dataset, Portal
from portal.spec import ChartSpec, SeriesSpec

Row = Mapping[str, str]
BOUND = r"(?:at least |more than |at most |less than )"
PLAIN = r"−?£?\d[\d,]*(?:\.\d+)?(?: million)?"
NUMBER = rf"(?:about |{BOUND})?{PLAIN}(?: per cent| days?)?"
BOUNDS = {
    "at-least": "at least",
    "more-than": "more than",
    "at-most": "at most",
    "less-than": "less than",
    "about": "about",
}


@dataclass(frozen=True, slots=True)
class Plotted:
    row: Row
    part: str  # the lane, the panel, the series or the place that it belongs to
    label: str
    role: str

    @property
    def number(self) -> float | None:
        try:
            return float(self.row["value"])
        except ValueError:
            return None

    @property
    def day(self) -> str:
        return self.row["period_end"]

    @property
    def flags(self) -> set[str]:
        return set(self.row["flags"].split(";"))


def plotted_of(spec: ChartSpec, dataset: Dataset, rows: Mapping[str, Row]) -> Iterator[Plotted]:
    """The rows that page.yaml asks for and that have a place in the drawing."""
    found: list[Plotted] = []
    parts = [(None, s) for s in spec.series] + [(label, s) for label, lane in spec.lanes for s in lane]
    for lane, series in parts:
        beside = [s for other, s in parts if other == lane and s.role != "field"]
        for o in dataset.observations:
            row = rows.get(o.id)
            if row is None or not series.chooses(o) or not has_place(row, spec, series):
                continue
            if series.role == "field" and any(s.chooses(o) for s in beside):
                continue
            part = lane if lane is not None else row["area"] if spec.form == "multiples" else series.label
            label = series.label if len(parts) > 1 and spec.form not in ("panels", "multiples") else ""
            found.append(Plotted(row, part, label, series.role))
    order = list(dict.fromkeys(p.part for p in found))
    yield from sorted(found, key=lambda p: (order.index(p.part), p.day, p.row["id"]))


def undrawn_of(spec: ChartSpec, dataset: Dataset, rows: Mapping[str, Row]) -> Iterator[Plotted]:
    """Rows that page.yaml lists beside the drawing, or asks for although they have no place in it."""
    series = [*spec.series, *(part for _, lane in spec.lanes for part in lane)]
    drawn = {p.row["id"] for p in plotted_of(spec, dataset, rows) if p.number is not None}
    names = [name for name, _ in spec.beside] + [
        o.id for o in dataset.observations if any(s.chooses(o) for s in series)
    ]
    yield from (Plotted(rows[name], "", "", "beside") for name in names if name in rows and name not in drawn)


def has_place(row: Row, spec: ChartSpec, series: SeriesSpec) -> bool:
    if row["repeats"]:
        return False
    if spec.form in ("dates", "multiples"):
        return row["date_status"] != "not-stated" and bool(row["period_end"]) and series.role != "comparator"
    return spec.form != "strip" or has_mark(row)


def has_mark(row: Row) -> bool:
    return bool(row["value_low"]) or re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", row["value"]) is not None


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that may stand in the texts, as a token of letters; and which tokens name a part of the chart."""

    tokens: Mapping[str, str]  # name, folded -> token
    owners: Mapping[str, frozenset[str]]  # token -> parts
    areas: Mapping[str, str]  # code of an area -> token

    @staticmethod
    def of(spec: ChartSpec, dataset: Dataset, portal: Portal, plotted: Sequence[Plotted]) -> Names:
        areas = {
            code: str(cells.get("name") or cells.get("label") or "") for code, cells in portal.reference.areas.items()
        }
        words = [*areas.values(), *(label for label, _ in spec.lanes), *(why for _, why in spec.beside)]
        words += (
            []
            if spec.form == "panels"
            else [s.label for s in spec.series] + [s.label for _, lane in spec.lanes for s in lane]
        )
        for o in dataset.observations:
            words += [o.measure.label, o.measure.plain_label, unit_with_digits(o.measure.unit)]
        words += [
            str(cells.get(key, "")) for cells in portal.reference.symbols.values() for key in ("label", "meaning")
        ]
        kept = sorted({word.casefold() for word in words if word and word != "Target"}, key=lambda w: (-len(w), w))
        tokens = {word: f"«{letters(n)}»" for n, word in enumerate(kept)}
        owners: dict[str, set[str]] = {}
        for p in plotted:
            for name in (p.part, areas.get(p.part, ""), "" if spec.lanes else p.label):
                if token := tokens.get(name.casefold()):
                    owners.setdefault(token, set()).add(p.part)
        of_area = {code: tokens.get(name.casefold(), "") for code, name in areas.items()}
        return Names(tokens, {token: frozenset(parts) for token, parts in owners.items()}, of_area)

    def put_back(self, text: str) -> str:
        """The names again, for a person to read."""
        names = {token: name for name, token in self.tokens.items()}
        return re.sub("«[a-z]+»", lambda m: names.get(m[0], m[0]), text)

    def token(self, name: str) -> str:
        return self.tokens.get(name.casefold(), "")


def letters(n: int) -> str:
    return (letters(n // 26 - 1) if n >= 26 else "") + chr(97 + n % 26)


def unit_with_digits(unit: str) -> str:
    found = re.fullmatch(r"per-(\d+)-(.+)", unit)
    return f"for every {int(found[1]):,} {found[2].replace('-', ' ')}" if found else ""


def mask_names(text: str, names: Names) -> str:
    """The longest names first, so that no shorter one is cut out of them."""
    pattern = "|".join(re.escape(word) for word in names.tokens)
    return (
        re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda m: names.tokens[m[0].casefold()], text, flags=re.IGNORECASE)
        if pattern
        else text
    )


@dataclass(frozen=True, slots=True)
class Held:
    """A chart as it should be told."""

    spec: ChartSpec
    plotted: tuple[Plotted, ...]
    names: Names
    beside: tuple[Plotted, ...] = ()  # rows that are listed, or asked for and without a place in the drawing
    foot: tuple[str, ...] = ()  # dates of events, as the table of events has them

    def of(self, token: str) -> list[Plotted]:
        return [p for p in self.plotted if p.part in self.names.owners.get(token, ())]


class Text:
    """A text from which each phrase that was checked is struck out. `exact`: it may not round."""

    def __init__(self, text: str, own: Sequence[Plotted], exact: bool, held: Held) -> None:
        self.whole = self.left = mask_names(text, held.names)
        self.own, self.exact, self.held = list(own), exact, held
        self.scope = [p for p in own if p.number is not None]  # what "highest" is the highest of
        self.said: set[str] = set()  # ids of the rows whose number is told with its time

    def strike(self, pattern: str, check: Callable[[re.Match[str]], str]) -> Iterator[tuple[str, str]]:
        for found in re.finditer(pattern, self.left):
            if says := check(found):
                yield found[0].strip(), says
        self.left = re.sub(pattern, " · ", self.left)

    def around(self, at: int) -> str:
        return self.left[max(0, at - 30) : at + 40].strip(" ·")


def says_number(text: str, p: Plotted, exact: bool) -> bool:
    """Whether the words are the row's number: as it is printed, or rounded by the one rule and called "about"."""
    row, said = p.row, read_number(text)
    if p.number is None:
        return False
    bound = re.match(BOUND, text)
    if bound or row["qualifier"] in ("at-least", "more-than", "at-most", "less-than"):
        return (
            bool(bound) and bound is not None and bound[0].strip() == BOUNDS.get(row["qualifier"]) and said == p.number
        )
    if not text.startswith("about "):
        return row["qualifier"] != "about" and near(said, p.number)
    if row["qualifier"] == "about" and near(said, p.number):
        return True
    return not exact and abs(said - p.number) <= half_step(p.number) + 1e-9


def half_step(value: float) -> float:
    """Half of what the short text may round away: two figures from a thousand on, whole numbers from ten on."""
    size = abs(value)
    if size < 1000 and float(value).is_integer():
        return 0.0
    return 0.5 if 10 <= size < 1000 else 0.5 * 10.0 ** (floor(log10(size)) - 1)


def near(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6 * max(1.0, abs(one))


def read_number(text: str) -> float:
    found = re.search(r"(−?)£?(\d[\d,]*(?:\.\d+)?)( million)?", text)
    if not found:
        return float("nan")
    value = float(found[2].replace(",", "")) * (1e6 if found[3] else 1)
    return round(-value if found[1] else value, 6)


def times_of(rows: Iterable[Plotted]) -> str:
    """A pattern for every way the rows' times are said: the period, or its year alone."""
    names = {name for p in rows for name in (p.row["period"], p.row["period"][-4:], p.row["period"][-7:]) if name}
    names = {
        name for name in names if re.fullmatch(r"\d{4}(/\d\d)?", name) or any(name == p.row["period"] for p in rows)
    }
    either = "|".join(re.escape(name) for name in sorted(names, key=lambda n: (-len(n), n)))
    return f"(?:{either})(?![\\d/])" if either else "(?!)"


def at(text: str | None, rows: Iterable[Plotted]) -> list[Plotted]:
    """The rows that a time may stand for: those of that period; else those whose period ends in that year."""
    name = re.sub(r"^\s*(?:in the |in |on |\()?|\)?(?: \(date worked out by us\))?$", "", text or "").strip()
    rows = list(rows)
    return [p for p in rows if p.row["period"] == name] or [p for p in rows if p.row["period"].endswith(name)]
