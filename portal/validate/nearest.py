"""Which cell may somebody have meant who typed a number into a sentence?

In:  a typed quantity, the sentence around it, and the datasets of the portal.
Out: the row whose number it is, or comes nearest to (a figure that went stale is nearly right), and what to write.

No small number is looked for, and no row of a dataset in which another check refuses something as identifying is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from portal.model import Dataset, Observation
from portal.privacy import NOT_REPEATED, SMALL, quote
from portal.quantities import PARTS, TIMES, Quantity

STALE = 0.1  # how far an older figure may lie from the row's number, as a part of it
WORD = re.compile(r"[^\W_]{4,}")
SHARE = re.compile(r"%|per cent")
COMMON = frozenset("that this with they their were have from which when what than more most some year years".split())


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may lean on: the declared phrases, the datasets, and how each file is written."""

    constants: tuple[str, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    slug: str = ""  # whose text it is; empty for texts of the whole portal
    calls: str = "figure"  # how a number is called there: figure, dataset/figure, or empty where no call may stand
    sources: tuple[tuple[str, str], ...] = ()  # (path, the file as it is written), to find the line of a number
    lines: Mapping[str, int] = field(default_factory=dict)  # dotted place in mkdocs.yml -> its line
    is_safe: Callable[[str], bool] = field(default=lambda slug: True)  # whether rows of a dataset may be named

    def source(self, path: str) -> str:
        return next((text for name, text in self.sources if name == path), "")

    def line(self, place: str) -> int | None:
        return self.lines.get(place)


@dataclass(frozen=True, slots=True)
class Near:
    """A row that a typed number may have been read from."""

    row: Observation
    dataset: Dataset
    equal: bool
    figure: str = ""  # the id it is listed under

    @property
    def named(self) -> str:
        return f"row {self.row.id}, {self.row.path}:{self.row.line}, printed {quote(self.row.printed)}"


def suggest(quantity: Quantity, text: str, known: Known) -> str:
    """What to write instead; empty when no row comes near."""
    near = find_nearest(quantity, text, known)
    if near is None:
        return ""
    sure = "It may be" if near.equal else "The nearest cell is"
    own = near.dataset.slug == known.slug
    if not known.calls or not (own or known.calls == "dataset/figure"):
        return f"{sure} {near.named}, which the page of {near.dataset.slug} can state; say it here without the number."
    name = f"{near.dataset.slug}/{near.figure or 'a-name'}" if known.calls == "dataset/figure" else near.figure
    if near.figure:
        return f'{sure} {{{{ number("{name}") }}}} ({near.named}).'
    listed = f"{{id: a-name, rows: [{near.row.id}]}}"
    call = f'{{{{ number("{name or "a-name"}") }}}}'
    return f"{sure} {near.named}: list it under `figures` in {near.dataset.page.path}, {listed}, and write {call}."


def find_nearest(quantity: Quantity, text: str, known: Known) -> Near | None:
    if SMALL.fullmatch(quantity.text) or quantity.value is None or quantity.text.lower() in TIMES:
        return None
    words = words_of(text)
    found = sorted(candidates(quantity, words, known), key=lambda one: one[0])
    near = next((near for _, near in found if near.dataset.slug == known.slug), None)
    best = found[0][1] if found else None
    return best if best is None or best.equal else near or best


Rank = tuple[bool, bool, bool, int, float]


def candidates(quantity: Quantity, words: frozenset[str], known: Known) -> Iterator[tuple[Rank, Near]]:
    """Rows that come near enough, the smallest rank the best; of other datasets only what speaks of the same thing."""
    for dataset in known.datasets:
        figures = {figure.rows[0]: figure.id for figure in dataset.page.figures if figure.show == "value"}
        own = dataset.slug == known.slug
        for row in dataset.observations:
            gap = gap_between(quantity, row)
            if gap is None or is_small(row) or not known.is_safe(dataset.slug):
                continue
            shared = len(words & words_of(f"{row.measure.label} {row.measure.plain_label} {row.period}"))
            if own or shared:
                near = Near(row, dataset, gap == 0, figures.get(row.id, ""))
                yield (gap > 0, not own, not near.figure, -shared, gap), near


def gap_between(quantity: Quantity, row: Observation) -> float | None:
    """How far the row's number lies from the typed one, as a part of it; None when it cannot be the same."""
    typed, share = quantity.value, row.measure.unit == "percent"
    if typed is None or row.number is None:
        return None
    part = any(word in PARTS for word in re.split(r"[-\s]+", quantity.text.lower()))
    if ((part or SHARE.search(quantity.text)) and not share) or ("£" in quantity.text and row.measure.unit != "GBP"):
        return None
    typed = typed * 100 if part else typed
    gap = abs(row.number - typed) / abs(row.number) if row.number else float(typed != 0)
    return round(gap, 6) if gap <= STALE else None


def is_small(row: Observation) -> bool:
    return bool(SMALL.fullmatch(row.printed) or SMALL.fullmatch(row.text)) or quote(row.printed) == NOT_REPEATED


def words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in WORD.findall(text.lower()) if word not in COMMON)
