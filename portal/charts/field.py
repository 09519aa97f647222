"""One place among many: which rows are the focus, which the field, which the figures beside them.

In:  a Dataset and the series of a lane, each with its role.
Out: a Choice.

`value` is the place that the page is about, `field` the many others, `comparator` a region, a country or a mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.charts import words
from portal.charts.select import known_rows
from portal.formats import format_row
from portal.model import Dataset, Observation, Reference
from portal.spec import SeriesSpec

ROLES = ("value", "field", "comparator")
Group = tuple[SeriesSpec, tuple[Observation, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The rows of a lane by role, repeats left out."""

    groups: tuple[Group, ...]

    def of(self, *roles: str) -> tuple[Observation, ...]:
        return tuple(row for part, rows in self.groups if part.role in roles for row in rows)

    @property
    def rows(self) -> tuple[Observation, ...]:
        return self.of(*ROLES)

    @property
    def places(self) -> tuple[Observation, ...]:
        """The rows of the focus and of the field: what stands on equal terms."""
        return self.of("value", "field")

    def label_of(self, role: str) -> str:
        return next((part.label for part, _ in self.groups if part.role == role and part.label), "")


def choose(dataset: Dataset, series: Sequence[SeriesSpec]) -> Choice:
    """A row that another series names is no part of the field: its `where` may be wide."""
    named = {row.id for part in series if part.role != "field" for row in known_rows(dataset, part)}
    groups = []
    for part in series:
        rows = [row for row in known_rows(dataset, part) if not row.repeats]
        groups.append((part, tuple(row for row in rows if part.role != "field" or row.id not in named)))
    return Choice(tuple(groups))


def name_of(row: Observation, reference: Reference, place: str) -> str:
    return words.area_name(row, reference, place)


def comparator_names(choice: Choice, reference: Reference, place: str) -> list[tuple[str, Observation]]:
    """Each figure beside the field with its label; a series of several places is named by place."""
    named = []
    for part, rows in choice.groups:
        if part.role == "comparator":
            own = part.label if len({row.area for row in rows}) == 1 else ""
            named += [(own or name_of(row, reference, place), row) for row in rows]
    return named


def without_number(rows: Sequence[Observation], label: str, reference: Reference, place: str) -> list[str]:
    """Who is not drawn and why: those with one reason named together."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        if row.number is None:
            symbol = f"{format_row(row)}, {words.symbol_words(row.symbol, reference)}" if row.symbol else ""
            reason = symbol or f"{format_row(row)}, printed as a range"
            names = by_reason.setdefault(reason, [])
            names += [name] if (name := name_of(row, reference, place)) not in names else []
    where = f" ({label})" if label else ""
    return [f"{words.listed(names)}{where}: {reason}" for reason, names in by_reason.items()]
