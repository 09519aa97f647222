"""The figures that the search shows: the newest of a measure and of each place, and every number under its digits.

In:  rows of the checked Portal.
Out: the rows that are shown, in words; `Printed` numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from portal.formats import format_row, unit_words
from portal.model import Dataset, Observation, Portal, Reference
from portal.searching.words import bare_number


class Elsewhere(NamedTuple):
    """The newest figure of another place than the one that a measure is shown for."""

    place: str
    figure: str
    period: str
    row: str
    unit: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as a row shows it, under the digits that somebody may type."""

    key: str
    shown: str
    title: str
    when: str
    url: str
    unit: str = ""


def find_headline(dataset: Dataset) -> Observation | None:
    """The row of the number that stands first on its page, when somebody counted it."""
    named = [row for spec in dataset.page.figures if spec.id == dataset.page.headline for row in spec.rows]
    row = dataset.row(named[0]) if len(named) == 1 else None
    return row if row and is_figure(row) else None


def find_newest(rows: Sequence[Observation]) -> list[Observation]:
    """One of each place, that which is named first before the others; a dated figure before one without a date."""
    places: dict[str, list[Observation]] = {}
    for row in rows:
        if is_figure(row):
            places.setdefault(row.area, []).append(row)
    return [max(own, key=lambda r: r.date or date.min) for own in places.values()]


def is_figure(row: Observation) -> bool:
    return row.kind == "actual" and not row.symbol and not row.repeats and "implausible" not in row.flags


def say_missing(rows: Sequence[Observation], portal: Portal) -> str:
    row = max(rows, key=lambda r: r.date or date.min)
    if row.symbol:
        label = portal.reference.symbols.get(row.symbol, {}).get("label", "") or format_row(row)
        return f"No figure: {label}, {row.period}"
    return "No figure that was counted: only what was planned or aimed at"


def name_of(row: Observation) -> str:
    return row.measure.plain_label or row.measure.label


def unit_of(row: Observation) -> str:
    """What stands behind a number: nothing when its sign says it already, and no "1 homes"."""
    said = row.measure.unit in ("percent", "GBP") or bool(row.symbol) or row.number == 1
    return "" if said else unit_words(row.measure.unit)


def time_and_place(row: Observation, reference: Reference) -> str:
    place = place_name(row, reference)
    return f"{row.period}, {place}" if row.period else place


def place_name(row: Observation, reference: Reference) -> str:
    return str(reference.areas.get(row.area, {}).get("name", row.area))


def name_places(portal: Portal) -> list[str]:
    """In the order in which the data names them."""
    rows = (row for dataset in portal.datasets for row in dataset.observations)
    return list(dict.fromkeys(place_name(row, portal.reference) for row in rows))


def make_printed(portal: Portal) -> tuple[Printed, ...]:
    """Every number of every row, under its digits; the portal's own place first, then the newest."""
    found = []
    for dataset in portal.datasets:
        for row in dataset.observations:
            shown = format_row(row)
            when = time_and_place(row, portal.reference)
            url = f"datasets/{row.dataset}/rows/#{row.id}"
            rank = (bool(row.repeats), row.kind != "actual", row.area != dataset.observations[0].area)
            printed = Printed("", shown, name_of(row), when, url, unit_of(row))
            for key in sorted({bare_number(text) for text in (shown, row.printed)} - {""}):
                found.append((key, rank, -(row.date or date.min).toordinal(), url, printed))
    return tuple(replace(printed, key=key) for key, _, _, _, printed in sorted(found, key=lambda item: item[:4]))
