"""Form `compare`: one place among many, one lane a measure, one dot a place.

In:  a ChartSpec whose lanes name a place (`value`), the others (`field`) and what stands beside (`comparator`).
Out: a Sketch.

The ends of the field are named and ties stay visible; nobody is ranked: printed figures are rounded, and a rank would
tell apart what they do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portal.charts import words
from portal.charts.comparecheck import check_compare
from portal.charts.comparedraw import draw_compare
from portal.charts.comparelane import Dot, Lane
from portal.charts.field import Choice, choose, comparator_names, name_of, without_number
from portal.charts.frame import Sketch
from portal.charts.scales import round_ticks
from portal.charts.select import place_of, refuse
from portal.errors import PortalError
from portal.formats import format_number, format_row, unit_words
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec

ALIKE = 2  # lanes share a scale when none of their figures is more than so many times the others’
Chosen = list[tuple[str, Choice]]


def sketch_compare(dataset: Dataset, spec: ChartSpec, reference: Reference, place: str) -> Sketch:
    """One lane a measure, from top to bottom."""
    chosen = choose_lanes(dataset, spec)
    for _, choice in chosen:
        check_field(dataset, spec, choice, reference, place)
    lanes = share_scales([make_lane(label, choice, reference, place) for label, choice in chosen], spec.zero)
    held = tuple(row for _, choice in chosen for row in choice.rows)
    labels = [label if len(chosen) > 1 else "" for label, _ in chosen]
    absent = [
        text
        for label, (_, choice) in zip(labels, chosen, strict=True)
        for text in without_number(choice.rows, label, reference, place)
    ]
    return Sketch(
        draw=lambda canvas: draw_compare(lanes, canvas),
        alt=describe(chosen, spec, reference, place),
        rows=tuple(row for row in held if row.number is not None),
        not_drawn=tuple(absent),
        said=said(chosen, lanes),
    )


def choose_lanes(dataset: Dataset, spec: ChartSpec) -> Chosen:
    """The rows of each lane; refuses names nobody knows, and whatever `build.py check` would."""
    refuse(dataset, spec, check_compare(dataset, spec))
    return [(label, choose(dataset, series)) for label, series in spec.lanes]


def check_field(dataset: Dataset, spec: ChartSpec, choice: Choice, reference: Reference, place: str) -> None:
    """A country among councils would be one more dot and nobody would see it: the field is of the focus’s kind."""
    kinds = {row.area: words.first_of(reference.areas.get(row.area, {}), "type") for row in choice.places}
    own = kinds[choice.of("value")[0].area]
    for row in choice.of("field"):
        if own and kinds[row.area] and kinds[row.area] != own:
            message = f"{name_of(row, reference, place)} is a {kinds[row.area]} among places of type {own}"
            fix = "Give it `role: comparator` in a series of its own, or narrow the `where` of the field."
            raise PortalError(f"{place_of(dataset, spec)}: {message}", fix)
    if not any(row.number is not None for row in choice.places):
        raise PortalError(f"{place_of(dataset, spec)}: no place has a number to draw", "Use a table.")


def make_lane(label: str, choice: Choice, reference: Reference, place: str) -> Lane:
    focus = choice.of("value")[0]
    field = in_order(choice.of("field"), reference, place)
    beside = [
        Dot(row.number, format_row(row), name, "derived" in row.flags)
        for name, row in comparator_names(choice, reference, place)
        if row.number is not None
    ]
    return Lane(
        label=label,
        period=focus.period,
        unit=focus.measure.unit,
        focus=Dot(focus.number, format_row(focus), choice.label_of("value") or name_of(focus, reference, place))
        if focus.number is not None
        else None,
        field=tuple(Dot(row.number or 0.0, format_row(row), name_of(row, reference, place)) for row in field),
        beside=tuple(sorted(beside, key=lambda dot: (dot.value, dot.name))),
    )


def in_order(rows: Sequence[Observation], reference: Reference, place: str) -> list[Observation]:
    """The rows with a number, along the axis; by name where they tie, which is no order of rank."""
    held = [row for row in rows if row.number is not None]
    return sorted(held, key=lambda row: (row.number or 0.0, name_of(row, reference, place)))


def share_scales(lanes: Sequence[Lane], zero: bool) -> tuple[Lane, ...]:
    """The span of each lane’s axis: one for all lanes of a unit whose figures are of like size."""
    spans: dict[int, tuple[float, float]] = {}
    for unit in dict.fromkeys(lane.unit for lane in lanes):
        together = [n for n, lane in enumerate(lanes) if lane.unit == unit]
        for group in _alike(lanes, together):
            values = [value for n in group for value in lanes[n].values]
            low, high = (min(0.0, *values), max(0.0, *values)) if zero else (min(values), max(values))
            spans |= dict.fromkeys(group, (low, high))
    return tuple(replace(lane, low=spans[n][0], high=spans[n][1]) for n, lane in enumerate(lanes))


def _alike(lanes: Sequence[Lane], numbers: Sequence[int]) -> list[list[int]]:
    """Lanes in groups of like size, the smallest first."""
    groups: list[list[int]] = []
    for n in sorted(numbers, key=lambda n: max(lanes[n].values)):
        if groups and max(lanes[n].values) <= ALIKE * max(lanes[groups[-1][0]].values):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups


def said(chosen: Chosen, lanes: Sequence[Lane]) -> tuple[str, ...]:
    """What the reader must know of the marks and the scales."""
    label = next((name for _, choice in chosen if (name := choice.label_of("field"))), "")
    sentences = [f"Rings: {label}."] if label and any(lane.field for lane in lanes) else []
    if any(dot.worked for lane in lanes for dot in lane.beside):
        sentences.append("Triangle: worked out by us.")
    starts = [
        format_number(scale[0], lane.unit) for lane in lanes if (scale := round_ticks(lane.low, lane.high))[0] > 0
    ]
    if starts:
        sentences.append(f"The scale starts at {words.listed(list(dict.fromkeys(starts)))}, not 0.")
    if len({(lane.low, lane.high, lane.unit) for lane in lanes}) > 1:
        sentences.append("The scales are not all the same.")
    return tuple(sentences)


def describe(chosen: Chosen, spec: ChartSpec, reference: Reference, place: str) -> str:
    """The alternative text: the place, the ends of the field, what stands beside; lane by lane."""
    units = list(dict.fromkeys(unit_words(choice.rows[0].measure.unit) for _, choice in chosen))
    several = "Dots on a scale for each measure" if len(chosen) > 1 else "Dots on one scale"
    first = f"{several}, one dot a place: {words.listed(units)}."
    sentences = [f"{_lane_words(label, choice, reference, place)}." for label, choice in chosen]
    return " ".join([first, *sentences])


def _lane_words(label: str, choice: Choice, reference: Reference, place: str) -> str:
    focus = choice.of("value")[0]
    own = choice.label_of("value") or name_of(focus, reference, place)
    figure = format_row(focus) if focus.symbol == "" else words.symbol_words(focus.symbol, reference)
    parts = [f"{own} {figure}", *_field_words(choice, focus, reference, place)]
    beside = [
        f"{name} {format_row(row)}"
        for name, row in comparator_names(choice, reference, place)
        if row.number is not None
    ]
    parts += [", ".join(beside)] if beside else []
    head = label or words.what_is_counted(focus)
    return f"{head[:1].upper()}{head[1:]}, {focus.period}: {'; '.join(parts)}"


def _field_words(choice: Choice, focus: Observation, reference: Reference, place: str) -> list[str]:
    rows = in_order(choice.of("field"), reference, place)
    if not rows:
        return []
    label = choice.label_of("field") or "the others"
    if len(rows) == 1:
        return [f"{name_of(rows[0], reference, place)} {format_row(rows[0])}"]
    low, high = (_end_words(rows, end, reference, place) for end in (rows[0], rows[-1]))
    ties = [name_of(row, reference, place) for row in rows if row.number == focus.number]
    same = f", {words.listed(ties)} the same" if ties and rows[0].number != rows[-1].number else ""
    if rows[0].number == rows[-1].number:
        return [f"{label} all {format_row(rows[0])}"]
    return [f"{label} from {low} to {high}{same}"]


def _end_words(rows: Sequence[Observation], end: Observation, reference: Reference, place: str) -> str:
    names = [name_of(row, reference, place) for row in rows if row.number == end.number]
    return f"{format_row(end)} ({words.listed(names)})"
