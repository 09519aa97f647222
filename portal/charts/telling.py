"""How series over time are told: the course of each, what is highest and lowest, where figures are missing.

In:  the rows of a series in order of time, cut into the runs that a line may join.
Out: sentences. Words that judge ("rose", "highest", "below") are worked out from the rows each time they are said.

A course is told within one run only: from one side of a break to the other nothing rises or falls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from portal.charts.speech import Rhythm, say_about, say_both, say_exact
from portal.charts.words import area_name, first_of, listed
from portal.comparability import Rule, rule_for
from portal.model import Observation, Reference

Rows = Sequence[Observation]
Say = Callable[[Observation], str]
SHORT = 250  # what a listener holds in mind
SAME = ("series", "kind", "basis", "breakdown", "period_start", "period_end")
COUNTS = "none one two three four five six seven eight nine ten".split()
COMPASS = ("North", "South", "East", "West")


def count(number: int) -> str:
    """As a person says it: "two", "eleven" as 11."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def with_article(name: str) -> str:
    """The North West, the East of England; but Manchester, and East Ham."""
    return (
        f"the {name}" if name.split()[0] in COMPASS and name.split()[-1] in (*COMPASS, "Midlands", "England") else name
    )


def places_of(rows: Iterable[Observation], reference: Reference, place: str) -> str:
    return listed([with_article(name) for name in dict.fromkeys(area_name(row, reference, place) for row in rows)])


def subject(label: str, row: Observation, reference: Reference, place: str) -> str:
    """How a sentence about a series begins: "In Manchester the figure", "Left care: the figure", "The figure"."""
    if not label:
        return "The figure"
    own = label == area_name(row, reference, place)
    return f"In {with_article(label)} the figure" if own else f"{label}: the figure"


def fit(parts: Sequence[tuple[int, str]]) -> str:
    """Sentences in order; those of least weight (the highest number) left out until the text is short enough."""
    kept = [part for part in parts if part[1]]
    while len(" ".join(text for _, text in kept)) > SHORT and any(weight for weight, _ in kept):
        least = max(weight for weight, _ in kept)
        kept.remove(next(part for part in reversed(kept) if part[0] == least))
    return " ".join(text for _, text in kept)


def tell_ends(said: tuple[str, str], when: tuple[str, str], rows: Rows) -> str:
    """ "fell from about 19 to about 15"; `when` is empty where these are the ends of the whole chart."""
    (one, two), (first, last) = said, when
    if len(rows) == 1:
        return f"was {one}{first}"
    if rows[0].number == rows[-1].number:
        return f"was the same at both ends, {one}" + (f",{first} and{last}" if first else "")
    return f"{'rose' if (rows[-1].number or 0) > (rows[0].number or 0) else 'fell'} from {one}{first} to {two}{last}"


def tell_extremes(rows: Rows, when: Say, say: Say) -> list[str]:
    """The highest and the lowest, where these are not the ends."""
    said = []
    for word, pick in (("highest", max), ("lowest", min)):
        value = pick(row.number or 0.0 for row in rows)
        found = [row for row in rows if row.number == value]
        if value not in (rows[0].number, rows[-1].number):
            first = "first " if len(found) > 1 else ""
            said.append(f"The {word} was {say(found[0])}, {first}{when(found[0])}.")
    return said


def named(begin: str) -> str:
    """The series that a sentence begins with; empty where there is only one."""
    return begin.removesuffix("The figure").removesuffix(" the figure").rstrip(":")


def tell_runs(runs: Sequence[Rows], rhythm: Rhythm, begin: str) -> list[str]:
    """A series in full, run by run, every number as printed."""
    if len(runs) > 1 and all(len(run) == 1 for run in runs):
        marks = [f"{say_exact(run[0])} {rhythm.when(run[0])}" for run in runs]
        return [
            f"{named(begin)}: separate marks, {listed(marks)}." if named(begin) else f"Separate marks: {listed(marks)}."
        ]
    said = []
    for n, run in enumerate(runs):
        start = begin if n == 0 else "Then the line starts again, and the figure"
        if "implausible" in run[0].flags:
            said.append(f"A mark that cannot be right stands alone: {say_exact(run[0])} {rhythm.when(run[0])}.")
            continue
        ends = (say_exact(run[0]), say_exact(run[-1])), (f" {rhythm.when(run[0])}", f" {rhythm.when(run[-1])}")
        said += [f"{start} {tell_ends(*ends, run)}.", *tell_extremes(run, rhythm.when, say_exact)]
        if n and "b" in run[0].flags:
            said.append(f"The publisher marks a break before the figure for {rhythm.name(run[0])}.")
    return said


def tell_short(runs: Sequence[Rows], rhythm: Rhythm, begin: str, whole: Rows) -> list[tuple[int, str]]:
    """The course in few words; of a broken one its last run, with its dates."""
    sound = [run for run in runs if "implausible" not in run[0].flags] or list(runs)
    run = max(sound, key=lambda run: (len(run) > 1, run[-1].date or date.min))
    if len(runs) > 1 and len(run) == 1:
        first, last = say_both(whole[0], whole[-1])
        ends = f"eparate marks from {first} {rhythm.moment(whole[0])} to {last} {rhythm.moment(whole[-1])}."
        return [(0, f"{named(begin)}: s{ends}" if named(begin) else f"S{ends}")]
    dated = len(run) == 1 or len(runs) > 1
    when = (f" {rhythm.moment(run[0])}", f" {rhythm.moment(run[-1])}") if dated else ("", "")
    later = len(run) > 1 and run is not sound[0]
    parts = [(0, f"{after_break(begin) if later else begin} {tell_ends(say_both(run[0], run[-1]), when, run)}.")]
    parts += [(4 if "lowest" in text else 3, text) for text in tell_extremes(run, rhythm.moment, say_about)]
    odd = [rhythm.name(piece[0]) for piece in runs if piece not in sound]
    parts += [(2, f"The mark for {listed(odd)} cannot be right and stands alone.")] if odd else []
    stops = [rhythm.name(piece[0]) for before, piece in pairwise(sound) if piece[0].date != before[-1].date]
    return parts + ([(1, f"The line breaks before {listed(stops)}.")] if stops and not later else [])


def after_break(begin: str) -> str:
    """What is told is not the whole course: said where it cannot be left out."""
    return "After a break the figure" if begin == "The figure" else f"{begin}, after a break,"


def tell_level(focus: Observation, others: Sequence[tuple[str, Observation]], rules: Sequence[Rule]) -> str:
    """ "above the North West and below England": only beside those that may be compared."""
    sides: dict[str, list[str]] = {}
    for name, row in others:
        if may_compare(focus, row, rules):
            sides.setdefault(level_word(focus.number or 0.0, row.number or 0.0), []).append(with_article(name))
    return " and ".join(f"{word} {listed(names)}" for word, names in sides.items())


def level_word(one: float, other: float) -> str:
    return "above" if one > other else "below" if one < other else "level with"


def may_compare(one: Observation, other: Observation, rules: Sequence[Rule]) -> bool:
    """One thing, counted in one way, for one time: all but the place is the same, and no rule speaks of the two."""
    alike = all(getattr(one, name) == getattr(other, name) for name in SAME)
    sound = one.number is not None and other.number is not None and one.qualifier == other.qualifier == "exact"
    plain = not {"implausible", "b"} & {*one.flags, *other.flags}
    return alike and sound and plain and one.measure.id == other.measure.id and rule_for(one, other, rules) is None


def tell_missing(rows: Iterable[Observation], rhythm: Rhythm, symbols: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Dates for which a symbol stands in place of a figure, those with one reason together."""
    by_symbol: dict[str, list[str]] = {}
    for row in rows:
        if row.number is None and row.symbol:
            by_symbol.setdefault(row.symbol, []).append(rhythm.name(row))
    return [
        f"There is no figure for {listed(names)}: {reason_of(symbol, symbols)}." for symbol, names in by_symbol.items()
    ]


def reason_of(symbol: str, symbols: Mapping[str, Mapping[str, str]]) -> str:
    return first_of(symbols.get(symbol, {}), "label", "meaning", "title", "description") or f"marked [{symbol}]"
