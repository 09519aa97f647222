"""Is it true? One function for each test of the vocabulary.

In:  a Phrase and the rows of the claim.
Out: a Verdict: whether it holds, or why it cannot be decided, and what is true now, in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from portal.claims.bounds import is_exact, order_of, said
from portal.claims.phrases import COMPARE, EACH, EXTREME, POLARITY, QUALITY, SHARE, SUM, TARGET, TIME, TIMES, Phrase
from portal.model import Observation

SENSE = {"up": 1, "higher": 1, "down": -1, "lower": -1, "same": 0}
CHANGED, THAN = (
    {1: "it rose", -1: "it fell", 0: "it is unchanged"},
    {1: "higher than", -1: "lower than", 0: "the same as"},
)
TENTH = 0.1  # the room that "about", "nearly" and "just over" have, as a part of what they round
YEAR = 365
AS_GOAL = {"at-most": "exact", "at-least": "exact"}  # "no more than 20 late visits" is met by 20


@dataclass(frozen=True, slots=True)
class Verdict:
    """`unsure`: why the rows cannot decide it; then it does not hold either."""

    holds: bool
    truth: str = ""
    unsure: str = ""


def judge(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation] = ()) -> Verdict:
    """`field`: the rows among which a highest or each year is looked for, the claim's own with them."""
    vague = next((row for row in rows if row.number is None and row.low is None), None)
    if vague and phrase.test != POLARITY:
        return Verdict(False, unsure=f'"{vague.id}" has no number')
    return TESTS[phrase.test](phrase, rows, field)


def over_time(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """The first and the last of the dates."""
    if len(rows) < 2:
        return too_few("two rows of different dates")
    before, *_, after = by_date(rows)
    if before.date == after.date:
        return Verdict(False, unsure=f'"{before.id}" and "{after.id}" are of one date')
    order = order_of(after, before)
    if order is None:
        return cannot_tell(after, before)
    wanted = SENSE.get(phrase.sense)
    if wanted is None:
        wanted = good_way(after) * (1 if phrase.sense == "better" else -1)
        if not wanted:
            return no_better(after)
    return Verdict(order == wanted, f"{said(after)} is {THAN[order]} {said(before)}: {CHANGED[order]}")


def each_year(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    inside = [row for row in by_date(field) if phrase.since is None or (row.date and row.date.year >= phrase.since)]
    if len(inside) < 3:
        return too_few("rows of three dates or more")
    if phrase.since and inside[0].date and inside[0].date.year != phrase.since:
        return Verdict(False, unsure=f"no row is of {phrase.since}")
    for before, after in pairwise(inside):
        if not is_year_before(before, after):
            return Verdict(False, unsure=f'"{after.id}" is not of the year after "{before.id}"')
        order = order_of(after, before)
        if order is None:
            return cannot_tell(after, before)
        if order != SENSE[phrase.sense]:
            return Verdict(False, f"{said(after)} is {THAN[order]} {said(before)}: {CHANGED[order]}")
    return Verdict(True, f"each from {said(inside[0])} to {said(inside[-1])} {phrase.sense} on the one before")


def comparison(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """The first row against each of the others."""
    if len(rows) < 2:
        return too_few("two rows")
    first, *others = rows
    if phrase.year_before and not all(is_year_before(other, first) for other in others):
        return Verdict(False, f'"{others[0].id}" is not of the year before "{first.id}"')
    if phrase.before and not all(is_earlier(other, first) for other in others):
        return Verdict(False, f'"{others[0].id}" is not of before "{first.id}"')
    if phrase.goal and (first.kind == "target" or any(other.kind != "target" for other in others)):
        return Verdict(False, unsure="the words need a figure and then its target")
    wanted = SENSE.get(phrase.sense)
    if wanted is None:
        wanted = good_way(first) * (1 if phrase.sense == "better" else -1)
        if not wanted:
            return no_better(first)
    for other in others:
        order = order_of(first, other)
        if order is None:
            return cannot_tell(first, other)
        if order != wanted:
            return Verdict(False, f"{said(first)} is {THAN[order]} {said(other)}")
    return Verdict(True, f"{said(first)} is {THAN[wanted]} {', '.join(map(said, others))}")


def extreme(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """Alone at the end: what another row shares is not the highest."""
    if len(rows) != 1:
        return Verdict(False, unsure="a highest or a lowest is one row")
    (row,) = rows
    inside = [other for other in field if phrase.since is None or (other.date and other.date.year >= phrase.since)]
    if phrase.since and not any(other.date and other.date.year == phrase.since for other in inside):
        return Verdict(False, unsure=f"no row is of {phrase.since}")
    others = [other for other in inside if other.id != row.id]
    if not others:
        return too_few("other rows that are alike, to be the highest or the lowest among")
    wanted = 1 if phrase.sense == "highest" else -1
    for other in others:
        order = order_of(row, other)
        if order is None:
            return cannot_tell(row, other)
        if order != wanted:
            return Verdict(False, f"{said(other)} is {THAN[-order]} {said(row)}")
    return Verdict(True, f"{said(row)} is the {phrase.sense} of {len(inside)}")


def target(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """Each figure against the one target of its measure, area and group; all must have met, or all missed."""
    goals = [row for row in rows if row.kind == "target"]
    figures = [row for row in rows if row.kind != "target"]
    if not goals or not figures:
        return too_few("a figure and its target")
    truth = []
    for row in figures:
        own = [g for g in goals if (g.measure.id, g.area, g.breakdown) == (row.measure.id, row.area, row.breakdown)]
        if len(own) != 1:
            return Verdict(False, unsure=f'"{row.id}" has {len(own) or "no"} target among the rows of the claim')
        if not good_way(row):
            return no_better(row, "so nobody can say that its target was met or missed")
        order = order_of(row, replace(own[0], qualifier=AS_GOAL.get(own[0].qualifier, own[0].qualifier)))
        if order is None:
            return cannot_tell(row, own[0])
        met = order in (0, good_way(row))
        if not met and phrase.sense == "missed" and is_earlier(row, own[0]):
            return Verdict(False, unsure=f'the target "{own[0].id}" is for a later day than "{row.id}"')
        truth.append(f"{said(row)} is {THAN[order]} the target {said(own[0])}: {'met' if met else 'missed'}")
        if met != (phrase.sense == "met"):
            return Verdict(False, truth[-1])
    return Verdict(True, "; ".join(truth))


def share(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """The first row as a part of the second, signs apart: plans write income as a minus. A percentage is a share."""
    loose = next((row for row in rows if not is_exact(row)), None)
    if loose:
        return Verdict(False, unsure=f'"{loose.id}" has no exact number')
    numbers = [abs(row.number or 0.0) for row in rows]
    if len(rows) == 1 and rows[0].measure.unit == "percent":
        part = numbers[0] / 100
    elif len(rows) == 2 and rows[0].measure.unit != "percent" and numbers[1] > 0:
        part = numbers[0] / numbers[1]
    else:
        return too_few("a percentage, or a part and its whole")
    if part > 1:
        return Verdict(False, unsure=f"{in_words(rows)}: the part is larger than its whole")
    return Verdict(is_within(phrase.sense, part, phrase.part), f"{in_words(rows)} is {part:.0%}")


def times(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """How many times the earlier row the later one is; of "twice as many as", the second row the first."""
    loose = next((row for row in rows if not is_exact(row)), None)
    if loose or len(rows) != 2:
        return Verdict(False, unsure=f'"{loose.id}" has no exact number') if loose else too_few("two rows")
    before, after = (rows[1], rows[0]) if phrase.sense.startswith("pair") else by_date(rows)
    if not before.number:
        return Verdict(False, unsure=f'"{before.id}" is nought')
    ratio = (after.number or 0.0) / before.number
    holds = is_within(phrase.sense.removeprefix("pair-"), ratio, phrase.part)
    return Verdict(holds, f"{said(after)} is {ratio:.2f} times {said(before)}")


def together(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """All but the last, added up, against the last."""
    *parts, whole = rows
    loose = next((row for row in rows if not is_exact(row)), None)
    if loose or len(parts) < 2:
        return Verdict(False, unsure=f'"{loose.id}" has no exact number') if loose else too_few("two parts and a whole")
    gap = round(sum(row.number or 0.0 for row in parts) - (whole.number or 0.0), 6)
    words = "more than" if gap > 0 else "less than" if gap < 0 else "exactly"
    holds = gap > 0 if phrase.sense == "more" else gap < 0
    return Verdict(holds, f"together they make {words} {said(whole)}")


def polarity(phrase: Phrase, rows: Sequence[Observation], field: Sequence[Observation]) -> Verdict:
    """What `measures` says is better. An aim is the council's: it may not be against what is better."""
    ways = sorted({row.measure.polarity for row in rows})
    truth = f"`measures` says: {', '.join(ways)}"
    if phrase.sense.startswith("aim-"):
        against = "higher" if phrase.sense == "aim-lower" else "lower"
        return Verdict(bool(ways) and against not in ways, truth)
    return Verdict(ways == [phrase.sense], truth)


TESTS: Mapping[str, Callable[[Phrase, Sequence[Observation], Sequence[Observation]], Verdict]] = {
    TIME: over_time,
    EACH: each_year,
    COMPARE: comparison,
    QUALITY: comparison,
    EXTREME: extreme,
    TARGET: target,
    SHARE: share,
    TIMES: times,
    SUM: together,
    POLARITY: polarity,
}


def is_within(sense: str, number: float, named: float) -> bool:
    low, high = named * (1 - TENTH), named * (1 + TENTH)
    return {
        "exact": abs(number - named) < 1e-9,
        "about": low <= number <= high,
        "nearly": low <= number < named,
        "just-over": named < number <= high,
        "more": number > named,
        "less": number < named,
    }[sense]


def good_way(row: Observation) -> int:
    return {"higher": 1, "lower": -1}.get(row.measure.polarity, 0)


def by_date(rows: Sequence[Observation]) -> list[Observation]:
    return sorted(rows, key=lambda row: (row.date or date.min, row.id))


def is_year_before(other: Observation, row: Observation) -> bool:
    return bool(row.date and other.date and abs((row.date - other.date).days - YEAR) <= 1)


def is_earlier(one: Observation, other: Observation) -> bool:
    return bool(one.date and other.date and one.date < other.date)


def in_words(rows: Sequence[Observation]) -> str:
    return " of ".join(map(said, rows))


def too_few(wanted: str) -> Verdict:
    return Verdict(False, unsure=f"the words need {wanted}")


def cannot_tell(one: Observation, other: Observation) -> Verdict:
    return Verdict(False, unsure=f"{said(one)} and {said(other)} cannot be told apart for certain, as they are printed")


def no_better(row: Observation, so: str = "so nothing is better or worse") -> Verdict:
    return Verdict(False, unsure=f'of "{row.measure.id}" neither more nor fewer is better, {so}')
