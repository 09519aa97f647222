"""The two texts of a strip: a figure beside its target and others, lane by lane.

In:  the lanes, each with its rows by role.
Out: the short text; the long one part by part.

Only figure and target are set against each other, and only where they are of one measure and no rule forbids it: what
stands beside is named and not judged, because the papers seldom say for which year it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from portal.charts import words
from portal.charts.speech import round_aloud, say_about, say_exact, with_unit
from portal.charts.telling import SHORT, count
from portal.comparability import is_never, read_rules
from portal.formats import format_number, unit_words
from portal.made import Told
from portal.model import Observation, Reference
from portal.spec import SeriesSpec

Group = tuple[SeriesSpec, tuple[Observation, ...]]
Lanes = Sequence[tuple[str, Sequence[Group]]]
Say = Callable[[Observation], str]
SIDES = {"over": "over the target", "under": "under the target", "on": "on the target"}


def tell_strip_short(lanes: Lanes, reference: Reference, place: str) -> str:
    """One lane with its distance from the target; of several each figure, and who is on which side of the target."""
    held = [(label, groups) for label, groups in lanes if any(rows for _, rows in groups)]
    if len(held) == 1:
        _, groups = held[0]
        head = f"Marks on one scale: {words.what_is_counted(_rows(groups)[0])}{_period(groups)}."
        return " ".join([head, *(text for text in _lane(groups, reference, place, say_about) if text)])
    names = [_lane_name(label, groups) for label, groups in held]
    periods = {_period(groups) for _, groups in held}
    head = f"{_head(held)}{periods.pop() if len(periods) == 1 else ''}."
    pairs = " ".join(
        f"{name}: {_pair(groups, reference, place)}." for name, (_, groups) in zip(names, held, strict=True)
    )
    sides = [side_of(groups, reference) for _, groups in held]
    whole = f"{head} {pairs} {tell_sides(names, sides)}".strip()
    return next(
        (text for text in (whole, f"{head} {pairs}") if len(text) <= SHORT), f"{head} {name_sides(names, sides)}"
    )


def tell_strip(lanes: Lanes, reference: Reference, place: str) -> tuple[Told, ...]:
    """Every lane with every figure as it is printed, and what the papers do not say of them."""
    held = [(label, groups) for label, groups in lanes if any(rows for _, rows in groups)]
    told = [Told(f"{_head(held)}. The scale starts at 0.")]
    for label, groups in held:
        text = " ".join(part for part in _lane(groups, reference, place, say_exact) if part)
        told.append(
            Told(f"{_lane_name(label, groups)}{_period(groups)}: {text}", tuple(row.id for row in _rows(groups)))
        )
    unsaid = _unsaid([group for _, groups in held for group in groups], len(held) > 1)
    return (*told, Told(unsaid)) if unsaid else tuple(told)


def tell_sides(names: Sequence[str], sides: Sequence[str]) -> str:
    """ "Both are under the target." or who is on which side; nothing of a lane without a side."""
    if len(set(sides)) == 1 and all(sides):
        return f"{'Both' if len(names) == 2 else f'All {count(len(names))}'} are {SIDES[sides[0]]}."
    return name_sides(names, sides)


def name_sides(names: Sequence[str], sides: Sequence[str]) -> str:
    by_side = {side: [n for n, s in zip(names, sides, strict=True) if s == side] for side in SIDES}
    return " ".join(f"{SIDES[side].capitalize()}: {words.listed(found)}." for side, found in by_side.items() if found)


def side_of(groups: Sequence[Group], reference: Reference) -> str:
    """over, under or on; empty where the two may not be set against each other."""
    value, target = one_of(groups, "value"), one_of(groups, "target")
    if value is None or target is None or value.number is None or target.number is None:
        return ""
    alike = (value.measure.id, value.area, value.breakdown) == (target.measure.id, target.area, target.breakdown)
    sound = value.qualifier == target.qualifier == "exact" and "implausible" not in (*value.flags, *target.flags)
    if not alike or not sound or is_never(value, target, read_rules(reference)):
        return ""
    return "over" if value.number > target.number else "under" if value.number < target.number else "on"


def one_of(groups: Sequence[Group], role: str) -> Observation | None:
    rows = [row for series, found in groups if series.role == role for row in found]
    return rows[0] if len(rows) == 1 else None


def _lane(groups: Sequence[Group], reference: Reference, place: str, say: Say) -> list[str]:
    """ "Manchester 517 days, target 426 days: 91 days over the target.", then what stands beside."""
    main = [
        _group(series, rows, reference, place, say) for series, rows in groups if rows and series.role != "comparator"
    ]
    beside = [
        _group(series, rows, reference, place, say) for series, rows in groups if rows and series.role == "comparator"
    ]
    value, target = one_of(groups, "value"), one_of(groups, "target")
    side = side_of(groups, reference)
    gap = f": {_distance(value, target, say)}" if side and value and target else ""
    text = ", ".join([*main[:1], *(f"t{part[1:]}" if part.startswith("Target ") else part for part in main[1:])])
    return [f"{text}{gap}." if text else "", f"{words.listed(beside)}." if beside else ""]


def _distance(value: Observation, target: Observation, say: Say) -> str:
    """How far, worked out of the two cells; in the short text as a person would round it."""
    exact = round(abs((value.number or 0.0) - (target.number or 0.0)), 6)
    side = "over" if (value.number or 0.0) > (target.number or 0.0) else "under"
    if not exact:
        return SIDES["on"]
    percent = value.measure.unit == "percent"
    said = exact
    if say is say_about:
        said = round_aloud(exact) if not percent or exact < 1 else float(round(exact + 1e-9))
        if percent and exact < 1:
            return f"less than one percentage point {SIDES[side]}"
    number = f"{'about ' if said != exact else ''}{format_number(said, '' if percent else value.measure.unit)}"
    many = "" if number == "1" else "s"
    return f"{number} percentage point{many} {SIDES[side]}" if percent else f"{with_unit(number, value)} {SIDES[side]}"


def _pair(groups: Sequence[Group], reference: Reference, place: str) -> str:
    """Of one lane among several: the figure and its target; the unit is said at the head."""
    shown = [(s, rows) for s, rows in groups if rows and s.role != "comparator"] or [g for g in groups if g[1]]
    said = [_group(series, rows, reference, place, say_about) for series, rows in shown]
    first = said[0].removeprefix(f"{shown[0][0].label} ")
    text = ", ".join([first, *(part[:1].lower() + part[1:] for part in said[1:])])
    return text.replace(" per cent", "").replace(" days", "")


def _group(series: SeriesSpec, rows: Sequence[Observation], reference: Reference, place: str, say: Say) -> str:
    if len(rows) == 1:
        return f"{series.label} {say(rows[0])}"
    order = sorted(rows, key=lambda row: (row.low if row.low is not None else row.number or 0.0, row.id))
    ends = [f"{say(row)} ({words.area_name(row, reference, place)})" for row in (order[0], order[-1])]
    return f"{series.label}, {len(rows)} places, from {ends[0]} to {ends[1]}"


def _head(lanes: Lanes) -> str:
    """What stands on the scale, by name: "Marks on one scale, in days: Manchester, the target and England"."""
    labels = dict.fromkeys(series.label for _, groups in lanes for series, rows in groups if rows)
    unit = unit_words(_rows(lanes[0][1])[0].measure.unit)
    of = unit if unit.startswith("for ") else f"in {unit}"
    return f"Marks on one scale, {of}: {words.listed([words.within(label) for label in labels])}"


def _lane_name(label: str, groups: Sequence[Group]) -> str:
    name = label or words.what_is_counted(_rows(groups)[0])
    return name[:1].upper() + name[1:]


def _rows(groups: Sequence[Group]) -> list[Observation]:
    return [row for _, rows in groups for row in rows]


def _period(groups: Sequence[Group]) -> str:
    """When the figure is for: that of target and comparators is seldom printed."""
    row = next((row for series, rows in groups if series.role == "value" for row in rows), None)
    if row is None or row.period in ("", "not stated", "no date printed") or row.date_status == "not-stated":
        return ""
    return f", {words.at_time(row.period)}"


def _unsaid(groups: Sequence[Group], several: bool) -> str:
    """What the papers leave open, said once for all lanes."""
    by_role = {
        role: [row for s, rows in groups if s.role == role for row in rows]
        for role in ("value", "target", "comparator")
    }
    inferred = [row for row in by_role["value"] if row.date_status == "inferred"]
    undated = {role: rows and all(row.date_status == "not-stated" for row in rows) for role, rows in by_role.items()}
    said = (
        ["We worked out the date of the figures." if several else "We worked out the date of the figure."]
        if inferred
        else []
    )
    if undated["target"]:
        said.append("The targets are printed without a date." if several else "The target is printed without a date.")
    if undated["comparator"]:
        others = [words.within(s.label) for s, rows in groups if s.role == "comparator" and rows]
        said.append(f"The papers give no date for the figures of {words.listed(list(dict.fromkeys(others)))}.")
    return " ".join(said)
