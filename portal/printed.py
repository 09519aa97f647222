"""Read a figure as a document prints it.

In:  the `printed` cell of an observation: `1,248`, `17%`, `£5.8m`, `five`, `(480,715)`.
Out: the number; two numbers for a range (`20 to 25`) or a two-figure cell (`4(1%)`); None when there is no number.

A unit is not part of the number: `17%` is 17. A multiplier is: `£5.8m` is 5800000. Accountants' brackets mean minus.
"""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = dict(zip(_ONES, range(20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "million": 1_000_000, "bn": 1_000_000_000, "billion": 1_000_000_000}

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER = re.compile(rf"(?P<sign>-?)[£x]?(?P<digits>{_DIGITS})\s?(?P<times>k|m|million|bn|billion)?%?")
_BRACKETS = re.compile(r"\((?P<inside>[^()%]+)\)")
_TWO_FIGURES = re.compile(r"(?P<first>[^()]+)\((?P<second>[^()]+%)\)")
_RANGE = re.compile(r"(?P<first>.+?)(?:\s+(?:to|and|or)\s+|\s?[-/]\s?)(?P<second>.+)")


def parse_printed(printed: str) -> float | tuple[float, float] | None:
    """The figure a printed token stands for; a pair for a range or a two-figure cell; None when it is no figure."""
    text = printed.strip().lower().replace("−", "-").replace("–", "-")
    number = _parse_number(text)
    if number is not None:
        return number
    pair = _TWO_FIGURES.fullmatch(text) or _RANGE.fullmatch(text)
    if pair is None:
        return None
    first, second = (_parse_number(part.strip()) for part in pair.group("first", "second"))
    return None if first is None or second is None else (first, second)


def _parse_number(text: str) -> float | None:
    if text in _WORDS:
        return float(_WORDS[text])
    if brackets := _BRACKETS.fullmatch(text):
        inside = _parse_number(brackets["inside"])
        return None if inside is None else -inside
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    size = float(Decimal(match["digits"].replace(",", "")) * _TIMES[match["times"] or ""])
    return -size if match["sign"] else size
