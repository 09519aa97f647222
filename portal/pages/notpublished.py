"""What is not here, and why: blanks, measures without a figure, missing times, papers we do not have.

In:  the Portal: its rows, promises, gaps, and the reference tables `documents_not_held` and `not_published`.
Out: the page /not-published/. Everything it counts it counts in published files, so `verify` can too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.formats import format_date
from portal.gaps import Gap, find_gaps
from portal.made import Page
from portal.model import Dataset, Measure, Observation
from portal.pages.counted import share, tally, tally_sum
from portal.pages.render import Renderer, link_measure, link_row, root_of
from portal.pages.wording import locator_words, series_kind, source_short

URL = "not-published/"
ALL = "data/observations.csv"
NO_NUMBER = "[!-0-9]*"  # a cell of the column value that begins like no number: a sign that says why
LEFT_OUT = "data/reference/not_published.csv"


@dataclass(frozen=True, slots=True)
class Silence:
    """How many cells of a dataset say why they hold no number. `signs`: one for each sign of the portal's table."""

    id: str
    page: Markup
    rows: Markup
    signs: tuple[Markup, ...]
    part: Markup


def make_not_published(renderer: Renderer) -> Page:
    root, portal = root_of(URL), renderer.portal
    used = {row.symbol for d in portal.datasets for row in d.observations if row.symbol}
    symbols = [entry for name, entry in portal.reference.symbols.items() if name in used]
    silent = [make_silence(d, [s["symbol"] for s in symbols], root) for d in portal.datasets if has_silence(d)]
    values = {
        "symbols": symbols,
        "silent": silent,
        "blank_rows": [(d, blank_cells(d, renderer, root)) for d in portal.datasets if has_silence(d)],
        "empty": list(empty_measures(renderer, root)),
        "promises": list(unmeasured_promises(renderer, root)),
        "gaps": [describe_gap(gap, renderer, root) for gap in find_gaps(portal)],
        "dated": any(row.date and row.kind == "actual" for d in portal.datasets for row in d.observations),
        "documents": list(missing_documents(renderer, root)),
        "held_file": f"{root}data/reference/documents_not_held.csv" if portal.reference.documents_not_held else "",
        "left_out": list(left_out(renderer)),
        "left_out_file": f"{root}{LEFT_OUT}",
        "sources": bool(portal.reference.sources),
    }
    toc = tuple(part for part in PARTS if values[NEEDS[part[0]]])
    html = renderer.page("not-published.html.j2", root, toc=toc, **values)
    description = "Blanks, missing times, papers we do not have, and numbers that we leave out on purpose."
    return Page(URL, "What we do not publish", description, html, toc, description)


PARTS = (
    ("blank", "Cells without a number"),
    ("empty", "Measures without any figure"),
    ("promises", "Promises that nothing measures"),
    ("times", "Times without a figure"),
    ("documents", "Papers we do not have"),
    ("left-out", "Numbers left out on purpose"),
)
NEEDS = {
    "blank": "silent",
    "empty": "empty",
    "promises": "promises",
    "times": "dated",
    "documents": "documents",
    "left-out": "left_out",
}


def has_silence(dataset: Dataset) -> bool:
    return any(row.symbol for row in dataset.observations)


def make_silence(dataset: Dataset, symbols: list[str], root: str) -> Silence:
    own = f"{ALL}?dataset={dataset.slug}"
    counted = Counter(row.symbol for row in dataset.observations if row.symbol)
    return Silence(
        f"blank-{dataset.slug}",
        Markup('<a href="{}datasets/{}/">{}</a>').format(root, dataset.slug, dataset.title),
        tally(own, len(dataset.observations), href=f"{root}datasets/{dataset.slug}/rows/"),
        tuple(open_cells(f"{own}&value={symbol}", counted[symbol], dataset) for symbol in symbols),
        share(f"{own}&value={NO_NUMBER}", own, counted.total(), len(dataset.observations)),
    )


def open_cells(question: str, count: int, dataset: Dataset) -> Markup:
    """How many cells, as the way to the list of them further down; of none there is no list."""
    return tally(question, count, href=f"#cells-{dataset.slug}" if count else "")


def blank_cells(dataset: Dataset, renderer: Renderer, root: str) -> list[Markup]:
    """Each such cell, with the way to its row; those of one measure in a line."""
    by_measure: dict[str, list[Observation]] = {}
    for row in dataset.observations:
        if row.symbol:
            by_measure.setdefault(row.measure.id, []).append(row)
    return [
        Markup("{}: {}").format(
            link_measure(rows[0].measure, root),
            Markup("; ").join(Markup("{} {}").format(link_row(row, root), cell_words(row, renderer)) for row in rows),
        )
        for rows in by_measure.values()
    ]


def cell_words(row: Observation, renderer: Renderer) -> str:
    """Which cell of its line it is: for whom, of what kind, when."""
    area = renderer.portal.reference.areas.get(row.area, {}).get("name", row.area)
    parts = [value.replace("-", " ") for _, value in row.breakdown if value]
    kind = [row.kind] if row.kind != "actual" else []
    return ", ".join([area, *parts, *kind, row.period])


def empty_measures(renderer: Renderer, root: str) -> Iterator[tuple[Markup, Markup]]:
    """(measure, the page it belongs to) of those that some line names and no line gives a number."""
    for dataset in renderer.portal.datasets:
        named: dict[str, Measure] = {row.measure.id: row.measure for row in dataset.observations}
        told = {row.measure.id for row in dataset.observations if not row.symbol}
        page = Markup('<a href="{}datasets/{}/">{}</a>').format(root, dataset.slug, dataset.title)
        yield from ((link_measure(measure, root), page) for name, measure in named.items() if name not in told)


def unmeasured_promises(renderer: Renderer, root: str) -> Iterator[tuple[Markup, str]]:
    """(promise, why): those that no public figure can show kept."""
    for promise in renderer.promises:
        if not promise.measures or promise.status.id == "cannot":
            link = Markup('<a href="{}promises/#{}">{}</a>').format(root, promise.id, promise.title)
            yield link, promise.entry.cells["cannot"] or "The paper names no measure that we hold."


def describe_gap(gap: Gap, renderer: Renderer, root: str) -> tuple[Markup, str, str]:
    """(what, from the last day that is held to the next, of what kind)."""
    dataset = next(d for d in renderer.portal.datasets if d.slug == gap.dataset)
    page = Markup('<a href="{}datasets/{}/">{}</a>').format(root, dataset.slug, dataset.title)
    area = renderer.portal.reference.areas.get(gap.rows[0].area, {}).get("name", gap.rows[0].area)
    kind = series_kind(renderer.portal.reference.series.get(gap.series, {})) or gap.series
    what = page if gap.kind == "silence" else Markup("{}, {}").format(link_measure(gap.rows[0].measure, root), area)
    told = {
        "hole": "nothing in between",
        "start": "begins later than the rest of its series",
        "end": "ends before the rest of its series",
        "silence": "no figure of any kind in between",
    }[gap.kind]
    return what, f"{format_date(gap.first)} to {format_date(gap.last)}", f"{kind}: {told}"


def missing_documents(renderer: Renderer, root: str) -> Iterator[tuple[str, Markup, str]]:
    """(title, where it is spoken of, what it would tell)."""
    reference = renderer.portal.reference
    for entry in reference.documents_not_held.values():
        words = ", ".join(w for w in (source_short(entry["source"], reference), place_words(entry["locator"])) if w)
        link = Markup('<a href="{}sources/#{}">{}</a>').format(root, entry["source"], words)
        yield entry["title"], link, entry["why"]


def place_words(locator: str) -> str:
    """A slide's point is named by the file only: its number says nothing to a reader."""
    return "" if locator.startswith("bullet:") else locator_words(locator)


def left_out(renderer: Renderer) -> Iterator[tuple[str, Markup, Markup]]:
    """(why, how many, in which documents) of numbers that stand in the documents and are no figures of ours."""
    reference = renderer.portal.reference
    reasons: dict[str, list[tuple[str, int]]] = {}
    for entry in reference.not_published.values():
        reasons.setdefault(entry["reason"], []).append((entry["source"], int(entry.get("times") or 1)))
    for reason, found in sorted(reasons.items(), key=lambda item: (-sum(times for _, times in item[1]), item[0])):
        question = f"{LEFT_OUT}?reason={as_pattern(reason)}"
        papers = dict.fromkeys(source_short(source, reference) for source, _ in found)
        yield reason, tally_sum(question, "times", sum(times for _, times in found)), escape("; ".join(papers))


def as_pattern(text: str) -> str:
    """A text as `verify` looks for it: what would mean more than itself stands for any character."""
    return re.sub(r"[*?\[&|]", "?", text)
