"""Form `compare`: one place among many, one lane a measure, one dot a place.

In:  a ChartSpec whose lanes name a place (`value`), the others (`field`) and what stands beside (`comparator`).
Out: a Sketch.

The ends of the field are named and ties stay visible; nobody is ranked: printed figures are rounded, and a rank would
tell apart what they do not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from portal.charts import telling, words
from portal.charts.comparecheck import check_compare
from portal.charts.comparedraw import draw_compare
from portal.charts.comparelane import Dot, Lane
from portal.charts.field import Choice, choose, comparator_names, name_of, without_number
from portal.charts.frame import Sketch
from portal.charts.journey import Journey, Stop
from portal.charts.scales import round_ticks
from portal.charts.select import place_of, refuse
from portal.charts.speech import say_about, say_exact
from portal.errors import PortalError
from portal.formats import format_number, format_row, unit_words
from portal.made import Told
from portal.model import Dataset, Observation, Reference
from portal.spec import ChartSpec

ALIKE = 2  # lanes share a scale when none of their figures is more than so many times the others’
Say = Callable[[Observation], str]
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
    short, told = describe(chosen, reference, place)
    return Sketch(
        draw=lambda canvas: draw_compare(lanes, canvas),
        alt=short,
        words=told,
        rows=tuple(row for row in held if row.number is not None),
        not_drawn=tuple(absent),
        said=said(chosen, lanes),
        journey=make_journey(lanes, held),
    )


def make_journey(lanes: Sequence[Lane], held: Sequence[Observation]) -> Journey:
    """Along each lane from the lowest to the highest; lanes with scales of their own share no interactive one."""
    rows = {row.id: row for row in held}
    stops = [
        Stop(rows[dot.row], dot.name, n, n)
        for n, lane in enumerate(lanes)
        for dot in sorted(lane.dots, key=lambda dot: (dot.value, dot.name))
        if dot.row in rows
    ]
    return Journey(tuple(stops), tuple(lane.label for lane in lanes))


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
        Dot(row.number, format_row(row), name, "derived" in row.flags, row.id)
        for name, row in comparator_names(choice, reference, place)
        if row.number is not None
    ]
    return Lane(
        label=label,
        period=focus.period,
        unit=focus.measure.unit,
        focus=Dot(
            focus.number, format_row(focus), choice.label_of("value") or name_of(focus, reference, place), row=focus.id
        )
        if focus.number is not None
        else None,
        field=tuple(
            Dot(row.number or 0.0, format_row(row), name_of(row, reference, place), row=row.id) for row in field
        ),
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


def describe(chosen: Chosen, reference: Reference, place: str) -> tuple[str, tuple[Told, ...]]:
    """The place, the ends of the field, what stands beside; lane by lane. Nobody is ranked."""
    units = list(dict.fromkeys(unit_words(choice.rows[0].measure.unit) for _, choice in chosen))
    several = "Dots on a scale for each measure" if len(chosen) > 1 else "Dots on one scale"
    head = f"{several}, one dot a place, {words.listed(units)}"
    field = next((name for _, choice in chosen if (name := choice.label_of("field"))), "")
    periods = list(dict.fromkeys(choice.of("value")[0].period for _, choice in chosen))
    short = [(0, f"{head}, {words.at_time(periods[0])}." if len(periods) == 1 else f"{head}.")]
    told = [Told(f"{head}.")]
    for n, (label, choice) in enumerate(chosen):
        focus = choice.of("value")[0]
        name = label or words.what_is_counted(focus)
        name, others = name[:1].upper() + name[1:], "the others" if n or not field else field
        short.append((n, f"{name}: {', '.join(_parts(choice, others, say_about, reference, place, False))}."))
        full = _parts(choice, field or "the others", say_exact, reference, place, True)
        text = f"{name}, {words.at_time(focus.period)}: {'. '.join(_upper(part) for part in full)}."
        told.append(Told(text, tuple(row.id for row in choice.rows)))
    return telling.fit(short), tuple(told)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parts(choice: Choice, others: str, say: Say, reference: Reference, place: str, whole: bool) -> list[str]:
    """Focus, field, what stands beside; `whole`: with the names at the ends, ties, and who has no figure."""
    focus = choice.of("value")[0]
    own = choice.label_of("value") or name_of(focus, reference, place)
    missing = f"no figure ({_why_absent(focus, reference)})"
    parts = [f"{own} {say(focus) if focus.number is not None else missing}"]
    parts += _field_words(choice, others, say, reference, place, whole)
    named = comparator_names(choice, reference, place)
    beside = [f"{telling.with_article(words.within(name))} {say(row)}" for name, row in named if row.number is not None]
    parts += [words.listed(beside)] if beside else []
    absent = [row for row in (*choice.of("field"), *choice.of("comparator")) if row.number is None]
    if absent and whole:
        told = [f"{name_of(row, reference, place)} ({_why_absent(row, reference)})" for row in absent]
        parts.append(f"no figure for {words.listed(told)}")
    return parts


def _why_absent(row: Observation, reference: Reference) -> str:
    return telling.reason_of(row.symbol, reference.symbols) if row.symbol else "printed as a range"


def _field_words(choice: Choice, others: str, say: Say, reference: Reference, place: str, whole: bool) -> list[str]:
    focus, rows = choice.of("value")[0], in_order(choice.of("field"), reference, place)
    if not rows:
        return []
    if len(rows) == 1:
        return [f"{name_of(rows[0], reference, place)} {say(rows[0])}"]
    if rows[0].number == rows[-1].number:
        return [f"{others} all {say(rows[0])}"]
    names = [
        [name_of(row, reference, place) for row in rows if row.number == end.number] for end in (rows[0], rows[-1])
    ]
    low, high = (f"{say(end)} ({words.listed(own)})" if whole else say(end)
                 for end, own in zip((rows[0], rows[-1]), names, strict=True))  # fmt: skip
    ties = [name_of(row, reference, place) for row in rows if row.number == focus.number] if whole else []
    return [f"{others} from {low} to {high}{f', {words.listed(ties)} the same' if ties else ''}"]
