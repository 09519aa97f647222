"""What a row says for certain of its number, and how a verdict says it aloud.

In:  an Observation.
Out: the lowest and the highest it can be, as printed; words that a message may repeat.
"""

from __future__ import annotations

from math import inf, nextafter

from portal.formats import count_decimals, format_row
from portal.model import Observation
from portal.privacy import SMALL

HALF = 0.5


def bounds_of(row: Observation) -> tuple[float, float] | None:
    """None where nothing is certain: a symbol, or "about"."""
    if row.number is None:
        return (row.low, row.high) if row.low is not None and row.high is not None else None
    number = row.number
    known = {
        "exact": (number, number),
        "at-least": (number, inf),
        "more-than": (nextafter(number, inf), inf),
        "at-most": (-inf, number),
        "less-than": (-inf, nextafter(number, -inf)),
    }
    return known.get(row.qualifier)


def is_exact(row: Observation) -> bool:
    return row.number is not None and row.qualifier == "exact"


def order_of(one: Observation, other: Observation) -> int | None:
    """1 when the one is certainly higher, -1 when lower, 0 when the same; None when the rows do not tell."""
    first, second = bounds_of(one), bounds_of(other)
    if first is None or second is None:
        return None
    if is_exact(one) and is_exact(other) and first == second:
        return 0 if count_decimals(one.text) == count_decimals(other.text) else None
    if is_exact(one) and is_exact(other) and same_when_rounded(one, other):
        return None
    return 1 if first[0] > second[1] else -1 if first[1] < second[0] else None


def same_when_rounded(one: Observation, other: Observation) -> bool:
    """17% and 17.4%: as the first is printed, nobody can tell them apart."""
    places = [count_decimals(row.text) for row in (one, other)]
    if places[0] == places[1] or one.measure.multiplier not in ("", "1"):
        return False
    coarse, fine = (one, other) if places[0] < places[1] else (other, one)
    return abs((coarse.number or 0.0) - (fine.number or 0.0)) <= HALF / 10.0 ** min(places)


def said(row: Observation) -> str:
    """Its number as a message may repeat it: never a small one, which may be a count of children."""
    text = format_row(row)
    return f'"{row.id}"' if SMALL.fullmatch(text) else f"{text} ({row.period})"
