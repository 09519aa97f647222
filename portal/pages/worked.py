"""The numbers that we work out of several rows: each has a place of its own on the page of rows.

In:  a Dataset, the figures and the scorecard's own directions that are made of two of its rows.
Out: one `Place` for each pair: its permanent id, the sum in words, and links to both rows.

A mean of ours is a row of the data (flag `derived`): its section on the page of rows tells the sum, see `sum_of`.

A new kind of worked number joins by giving more `Place`s to `make_places`; its links take `place_href`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from portal.formats import count_decimals, format_change, format_number, plural
from portal.model import Dataset, Observation
from portal.pages.render import Renderer, link_measure, link_row, worked_id
from portal.scorecard import read_editions

Pair = tuple[Observation, Observation]


@dataclass(frozen=True, slots=True)
class Place:
    """One number worked out by us, as the page of rows shows it."""

    id: str
    number: Markup
    when: str
    label: Markup
    steps: tuple[tuple[str, Markup], ...]


def make_places(dataset: Dataset, renderer: Renderer, root: str) -> list[Place]:
    """Each pair of rows once, whether its change or only its direction is said."""
    pairs = {worked_id((a.id, b.id)): (a, b) for a, b in find_pairs(dataset, renderer)}
    return [make_place(name, pair, renderer, root) for name, pair in pairs.items()]


def find_pairs(dataset: Dataset, renderer: Renderer) -> Iterator[Pair]:
    for figure in renderer.figures.values():
        if figure.dataset == dataset.slug and len(figure.rows) > 1:
            before, after = (renderer.portal.row(name) for name in figure.rows)
            if before and after:
                yield before, after
    for edition in read_editions(renderer.portal, renderer.facts.get("scorecard") or {}):
        for line in edition.rows:
            before, after = line.before, line.figure.row if line.figure else None
            if before and after and after.dataset == dataset.slug and None not in (before.number, after.number):
                yield before, after


def make_place(name: str, pair: Pair, renderer: Renderer, root: str) -> Place:
    before, after = pair
    area = renderer.portal.reference.areas.get(after.area, {}).get("name", after.area)
    parts = (link_measure(after.measure, root), area, *(f"{column} {cell}" for column, cell in after.breakdown if cell))
    ends = [Markup("{}, {}").format(link_row(row, root), row.period) for row in (after, before)]
    return Place(
        name,
        say_change(pair, format_gap(before, after)),
        f"{before.period} to {after.period}",
        Markup(", ").join(parts),
        (
            ("The sum", sum_words(pair, root)),
            ("The later row", ends[0]),
            ("The earlier row", ends[1]),
            ("As printed", Markup("Nowhere: we worked it out of these rows. Each of them leads to its document.")),
        ),
    )


def sum_words(pair: Pair, root: str) -> Markup:
    """1,280 − 1,302 = −22: 22 fewer."""
    before, after = pair
    gap, unit = difference(pair), after.measure.unit
    signed = format_number(gap, "" if unit == "percent" else unit, decimals_of(pair))
    result = say_change(pair, f"{signed}: {format_gap(before, after)}")
    return Markup("{} − {} = {}").format(link_row(after, root), link_row(before, root), result)


def say_change(pair: Pair, words: str) -> Markup:
    return Markup('<span class="mc-worked" data-rows="{} {}">{}</span>').format(pair[0].id, pair[1].id, words)


def format_gap(before: Observation, after: Observation) -> str:
    pair = (before, after)
    return format_change(*numbers_of(pair), after.measure.unit, decimals_of(pair))


def difference(pair: Pair) -> float:
    before, after = numbers_of(pair)
    return round(after - before, 6)


def numbers_of(pair: Pair) -> tuple[float, float]:
    before, after = pair
    return before.number or 0.0, after.number or 0.0  # `figures` refuses a change of what is no number


def decimals_of(pair: Pair) -> int:
    return max(count_decimals(row.text) for row in pair)


def sum_of(row: Observation, renderer: Renderer, root: str) -> Markup:
    """How a row that we worked out is made, from the check that works it out again in each build; else nothing."""
    for check in renderer.checks:
        if "derived" in row.flags and check.spec.form == "mean" and check.spec.equals == row.id and check.holds:
            names = [name for part in check.spec.parts for name in part]
            parts = [part for name in names if (part := renderer.portal.row(name))]
            links = Markup(" + ").join(link_row(part, root) for part in parts)
            many = plural(len(parts), "row")
            return Markup("The mean of {}: ({}) ÷ {} = {}, rounded as it is written.").format(
                many, links, len(parts), link_row(row, root)
            )
    return Markup("")
