"""Derive the figures that sentences and headlines state.

In:  a checked Dataset whose page.yaml lists figures by the ids of their rows.
Out: one Figure per entry, in the same order, each with the rows it came from.

A change is only worked out between rows that are alike in measure, area, series, kind, basis and breakdown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portal.errors import PortalError
from portal.formats import count_decimals, format_change, format_direction, format_row
from portal.made import Figure
from portal.model import Dataset, Observation, Reference
from portal.rounding import Unsayable, say_share
from portal.spec import FigureSpec


def derive_figures(dataset: Dataset, reference: Reference) -> tuple[Figure, ...]:
    """Raises PortalError for a change between rows that may not be compared."""
    return tuple(KINDS[spec.show](dataset, spec, reference) for spec in dataset.page.figures)


def value(dataset: Dataset, spec: FigureSpec, reference: Reference) -> Figure:
    """One row's number as printed; where there is none, its word, "not available": a sentence has no legend."""
    (row,) = find_rows(dataset, spec, 1)
    symbol = reference.symbols.get(row.symbol, {})
    missing = symbol.get("meaning", "no figure") if row.symbol else ""
    return make_figure(spec, row, (row,), symbol.get("label") or format_row(row), row.number, missing)


def change(dataset: Dataset, spec: FigureSpec, reference: Reference) -> Figure:
    """The difference between two rows in words: "22 fewer"."""
    before, after = comparable(dataset, spec)
    decimals = max(count_decimals(before.text), count_decimals(after.text))
    start, end = number_of(before, dataset, spec), number_of(after, dataset, spec)
    return make_figure(
        spec, after, (before, after), format_change(start, end, after.measure.unit, decimals), end - start
    )


def direction(dataset: Dataset, spec: FigureSpec, reference: Reference) -> Figure:
    """Which way two rows differ: "Up", "Down" or "No change"."""
    before, after = comparable(dataset, spec)
    start, end = number_of(before, dataset, spec), number_of(after, dataset, spec)
    return make_figure(spec, after, (before, after), format_direction(start, end), end - start)


def in_ten(dataset: Dataset, spec: FigureSpec, reference: Reference) -> Figure:
    """A share as so many people in every ten: "about 4 in every 10"."""
    return rounded(dataset, spec, 10)


def in_hundred(dataset: Dataset, spec: FigureSpec, reference: Reference) -> Figure:
    return rounded(dataset, spec, 100)


def rounded(dataset: Dataset, spec: FigureSpec, base: int) -> Figure:
    (row,) = find_rows(dataset, spec, 1)
    number = number_of(row, dataset, spec)
    try:
        words = say_share(row.text, row.measure.unit, base)
    except Unsayable as error:
        fix = "Say the figure as it is printed, or in every 100."
        raise PortalError(f"figure {spec.id}: {error}", fix, dataset.page.path, spec.line) from error
    return make_figure(spec, row, (row,), words, number)


KINDS: Mapping[str, Callable[[Dataset, FigureSpec, Reference], Figure]] = {
    "value": value,
    "change": change,
    "direction": direction,
    "in-ten": in_ten,
    "in-hundred": in_hundred,
}


def comparable(dataset: Dataset, spec: FigureSpec) -> tuple[Observation, Observation]:
    before, after = find_rows(dataset, spec, 2)
    if reason := why_not(before, after):
        raise PortalError(
            f'figure {spec.id}: "{before.id}" and "{after.id}" {reason}, so no change may be worked out',
            "Choose two rows that are alike in all but their dates, or state them side by side.",
            dataset.page.path,
            spec.line,
        )
    if broken := break_between(dataset, before, after):
        raise PortalError(
            f'figure {spec.id}: "{broken.id}" is counted differently from what came before it, so no change may be '
            f'worked out from "{before.id}" to "{after.id}"',
            "Choose two rows on the same side of the break, or state them side by side.",
            dataset.page.path,
            spec.line,
        )
    return before, after


def break_between(dataset: Dataset, before: Observation, after: Observation) -> Observation | None:
    """A like row between the two that the publisher marks as the first after a break."""
    alike = (row for row in dataset.observations if row.like == before.like and row.date and "b" in row.flags)
    return next((row for row in alike if before.date < row.date < after.date), None)  # type: ignore[operator]


def why_not(before: Observation, after: Observation) -> str:
    """Why a difference of two rows would say something false; empty when it would not."""
    differing = [name for name, a, b in zip(LIKE, before.like, after.like, strict=True) if a != b]
    if differing:
        return f"differ in {', '.join(differing)}"
    if not (before.date and after.date):
        return "are not both dated"
    if before.date >= after.date:
        return "are not in order of their dates"
    for row in (before, after):
        if row.qualifier != "exact":
            return f"are not both exact ({row.qualifier})"
        if row.repeats or {"implausible", "b"} & set(row.flags):
            return "are not both to be built on (repeated, implausible, or a break)"
    return ""


LIKE = ("measure", "area", "series", "kind", "basis", "breakdown")


def find_rows(dataset: Dataset, spec: FigureSpec, count: int) -> tuple[Observation, ...]:
    if len(spec.rows) != count:
        raise PortalError(
            f"figure {spec.id}: {spec.show} is made of {count} row(s), not {len(spec.rows)}",
            "Correct `rows` in page.yaml.",
            dataset.page.path,
            spec.line,
        )
    return tuple(row for name in spec.rows if (row := dataset.row(name)))


def number_of(row: Observation, dataset: Dataset, spec: FigureSpec) -> float:
    if row.number is None:
        raise PortalError(
            f'figure {spec.id}: "{row.id}" has no number to work with',
            "Choose another row.",
            dataset.page.path,
            spec.line,
        )
    return row.number


def make_figure(
    spec: FigureSpec,
    row: Observation,
    rows: tuple[Observation, ...],
    text: str,
    number: float | None,
    missing: str = "",
) -> Figure:
    label = row.measure.plain_label or row.measure.label
    return Figure(
        spec.id, row.dataset, text, number, row.measure.unit, label, row.period, tuple(r.id for r in rows), missing
    )
