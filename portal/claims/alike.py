"""May the rows of a claim be said in one breath?

In:  the rows, what the claim says of them, the rules of reference/comparability.
Out: in which ways they differ that the sentence must tell of, and what forbids the claim whatever is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from portal.claims.phrases import COMPARE, EACH, EXTREME, QUALITY, SHARE, SUM, TARGET, TIME, TIMES, Phrase
from portal.comparability import Rule, is_never
from portal.model import Observation

DOUBTED = {"implausible", "conflict"}
SIDE_BY_SIDE = {COMPARE, QUALITY, EXTREME, TIMES}
AIMED = {"kind", "basis", "period"}  # a target's period is its deadline
FREE: dict[str, set[str]] = {  # in what a test compares rows that differ
    SHARE: {"measure", "breakdown"},
    SUM: {"measure", "breakdown"},
    TARGET: {"measure", "breakdown", "kind", "basis", "period", "series"},
}


def forbidden(rows: Sequence[Observation], phrase: Phrase, rules: Sequence[Rule]) -> str:
    """Why no sentence can make this claim right; empty when one can."""
    doubted = next((row for row in rows if DOUBTED & set(row.flags)), None)
    if doubted:
        return f'"{doubted.id}" is flagged as hard to believe or as contradicted, and carries no claim'
    never = next((pair for pair in combinations(rows, 2) if is_never(*pair, rules)), None)
    if never:
        return f'"{never[0].id}" and "{never[1].id}" are never compared'
    units = {row.measure.unit for row in rows}
    if len(units) > 1:
        return f"they are counted in different units ({', '.join(sorted(units))})"
    if phrase.test in (TIME, EACH) or (phrase.test == TIMES and not phrase.sense.startswith("pair")):
        return undated(rows)
    return undated(rows) if phrase.test == EXTREME and phrase.since else ""


def undated(rows: Sequence[Observation]) -> str:
    without = next((row for row in rows if row.date is None), None)
    return f'"{without.id}" has no date, so nothing can be said of what came first' if without else ""


def is_broken(rows: Sequence[Observation], field: Iterable[Observation]) -> bool:
    """Whether there is a break between their dates: what changed may be the counting."""
    dates, like = sorted(row.date for row in rows if row.date), {row.like for row in rows}
    if len(dates) < 2 or len(like) > 1:
        return False
    later = [row.date for row in field if row.like in like and row.date and "b" in row.flags]
    return any(dates[0] < day <= dates[-1] for day in later)


def crossing(rows: Sequence[Observation], phrase: Phrase, field: Iterable[Observation]) -> list[str]:
    """In what the rows differ that a reader must be told, in words for a message."""
    aimed = phrase.test == TARGET or (phrase.test == COMPARE and any(row.kind == "target" for row in rows))
    free = FREE.get(phrase.test, AIMED if aimed else set())
    columns: dict[str, set[object]] = {
        "measure": {row.measure.id for row in rows},
        "series": {row.series for row in rows},
        "kind": {row.kind for row in rows},
        "basis": {row.basis for row in rows},
        "area": {row.area for row in rows},
        "breakdown": {row.breakdown for row in rows},
    }
    unlike = [name for name, values in columns.items() if len(values) > 1 and name not in free]
    apart = {"area", "breakdown"} & set(unlike)
    if phrase.test in SIDE_BY_SIDE and len(apart) == 1 and not aimed:
        unlike.remove(*apart)  # two places, or two groups, of one time: that is what is compared
    if "period" not in free and (apart or phrase.test in (SHARE, SUM)) and not one_time(rows):
        unlike.append("period")
    return [*unlike, "how they are counted"] if is_broken(rows, field) else unlike


def one_time(rows: Sequence[Observation]) -> bool:
    """Rows of one printed span. Two places without a date may be years apart; a part stands with its whole."""
    spans = {(row.period_start, row.period_end) if row.date else row.period for row in rows}
    return len(spans) == 1 and (len({row.area for row in rows}) == 1 or all(row.date for row in rows))
