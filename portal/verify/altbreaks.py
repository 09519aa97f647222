"""What a text about a chart says of breaks, and of marks that cannot be right.

In:  a Text.
Out: each phrase that the flags and the neighbours of the row that is named do not bear out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from portal.verify.altrows import NUMBER, Plotted, Text, at

Fault = tuple[str, str]


def check_odd(text: Text, names: str) -> Iterator[Fault]:
    """Breaks and marks that cannot be right: a row that is named carries the flag."""

    def check(flag: str) -> Callable[[re.Match[str]], str]:
        def flagged(found: re.Match[str]) -> str:
            named = re.split(r", | and ", found["names"]) if found["names"] else [""]
            right = all(any(flag in p.flags for p in at(name, text.own)) for name in named)
            return "" if right else "the row that is named carries no such flag"

        return flagged

    odd, first = check("implausible"), check("b")
    yield from text.strike(rf"The mark for (?P<names>{names}) cannot be right and stands alone", odd)
    yield from text.strike(
        rf"A mark that cannot be right stands alone: {NUMBER} (?=(?:in the|in|on) (?P<names>{names}))", odd
    )
    yield from text.strike(rf"The publisher marks a break before the figure for (?P<names>{names})", first)
    every = [p for p in text.own if p.number is not None]
    yield from text.strike(
        rf"The line breaks before (?P<names>{names})",
        lambda m: (
            "" if all(at(name, every) for name in re.split(r", | and ", m["names"])) else "no row is for that time"
        ),
    )


def check_break(text: Text, when: str) -> Iterator[Fault]:
    """ "After a break the figure fell from 20 in 2019": something cuts the line just before that row."""

    def check(found: re.Match[str]) -> str:
        first = [p for p in at(found["wa"], text.own) if p.number is not None]
        if not first:
            return "no row of the series is for that time"
        earlier = [p for p in text.own if p.day < first[0].day]
        cut = "b" in first[0].flags or (earlier and breaks(earlier[-1], first[0], text.own))
        return "" if earlier and cut else "nothing cuts the line before that figure"

    yield from text.strike(rf"(?i:\bafter a break\b),?(?=[^.]*? from {NUMBER}(?P<wa>{when}))", check)


def breaks(before: Plotted, after: Plotted, rows: Sequence[Plotted]) -> bool:
    """A symbol or a figure that cannot be right stands between, another way to count, or a longer time."""
    spans = [(date.fromisoformat(b.day) - date.fromisoformat(a.day)).days for a, b in pairwise(rows) if a.day < b.day]
    span = (date.fromisoformat(after.day) - date.fromisoformat(before.day)).days
    other = any(before.row[column] != after.row[column] for column in ("measure", "series", "kind", "basis"))
    return before.number is None or "implausible" in before.flags or other or span > 1.5 * min(spans)
