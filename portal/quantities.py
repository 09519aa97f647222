"""Find every quantity that a text says, in digits or in words, and tell what it can be beside a number of the data.

In:  plain text, as a reader sees it.
Out: `Quantity` values in order: "1,280", "17%", "fifteen", "two thirds", "a quarter", "twice", "doubled".

A date, a word of a declared class (an ordinal, a school year) and a phrase that the reference table `constants` holds
are no figures: `find_loose` leaves them out. The classes are few, and each says why it is one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from portal.disguise import unmask
from portal.nofigures import CLASSES, COUNTED, NOT_COUNTED

Span = tuple[int, int]
T = TypeVar("T")
UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
UNITS += "seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
PARTS = {"half": 1 / 2, "halves": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4}
PARTS |= {"fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10, "tenths": 1 / 10, "sixth": 1 / 6, "sixths": 1 / 6}
PARTS |= {"seventh": 1 / 7, "sevenths": 1 / 7, "eighth": 1 / 8, "eighths": 1 / 8, "ninth": 1 / 9, "ninths": 1 / 9}
PARTS |= {"twentieth": 1 / 20, "twentieths": 1 / 20, "hundredth": 1 / 100, "hundredths": 1 / 100}
TIMES = {"twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "halve": 1 / 2, "halved": 1 / 2}
TIMES |= {"halves": 1 / 2, "halving": 1 / 2, "triple": 3, "tripled": 3, "trebled": 3, "quadrupled": 4, "thrice": 3}
TIMES |= {"triples": 3, "tripling": 3, "trebles": 3, "trebling": 3, "quadruple": 4, "quintupled": 5}
CARDINALS = {word: float(number) for number, word in enumerate(UNITS)}
CARDINALS |= {word: 20.0 + 10 * number for number, word in enumerate(TENS)}

LOOSELY = {"a couple of": 2.0, "a pair of": 2.0, "nought": 0.0, "a handful of": None, "scores of": None}

_UNIT, _TEN, _SCALE = "|".join(UNITS), "|".join(TENS), "|".join(f"{word}s?" for word in SCALES)
_CARDINAL = rf"(?:(?:{_TEN})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{_UNIT})"
_WHOLE = rf"(?:(?:an?|{_CARDINAL})\s)?(?:{_SCALE})(?:\s(?:and\s)?{_CARDINAL})?|{_CARDINAL}"
_PART = rf"(?:(?:an?|the|{_CARDINAL})[- ])?(?:{'|'.join(PARTS)})"
_FOLD = rf"(?:{_UNIT}|{_TEN}|hundred|many)-?fold|twofold|threefold|fourfold"
_SINGLE = r"(?:only|just) one(?= (?:child|young|person|family|baby|boy|girl|was|is|of)\b)"
_ROMAN = r"(?=[MDCLXVI]{2})M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})"
_DIGITS = (
    r"(?:(?<!\w)[−-](?=£?\d))?£?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:%|per cent|million|billion|thousand)|[mkbn]{1,2}\b)?"
)
QUANTITY = re.compile(
    rf"(?P<digits>{_DIGITS})|(?P<loosely>\b(?:{_FOLD}|{_SINGLE}|{'|'.join(LOOSELY)})\b)"
    rf"|(?P<words>\b(?:{_PART}|{'|'.join(TIMES)}|{_WHOLE})\b)|(?P<roman>\b(?-i:{_ROMAN})\b(?= (?:{COUNTED})\b))"
    r"|(?P<odd>[¼-¾⅐-↋²³¹⁰⁴-⁹₀-₉①-⒛⓪-⓿❶-➓]+)",
    re.IGNORECASE,
)

MONTHS = "January February March April May June July August September October November December".split()
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
_YEAR = r"(?:19|20)\d\d"
_WHOSE = rf"(?!,\d|\.\d|%| ?per cent|\+| of (?:them|these|those)\b){NOT_COUNTED}"
_MANY = "".join(rf"(?<!\b{word} )" for word in "about were was only just than nearly almost some".split())
DATE = re.compile(
    rf"\b(?:(?:\d{{1,2}} )?{_MONTH} {_YEAR}\b(?!,\d|\.\d|%|\+)|(?:\d{{1,2}} {_MONTH}"
    rf"|{_YEAR}-\d\d-\d\d|{_YEAR}-\d\d(?!\d)"
    rf"|{_YEAR}\s?[/–-]\s?(?:{_YEAR}|\d\d)|{_MANY}{_YEAR}){_WHOSE}\b)"
)


WORDED = tuple(known.pattern for known in CLASSES)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`value`: in plain units, a share as printed ("17%" is 17); None where the words give none."""

    text: str
    start: int
    end: int
    value: float | None


def find_quantities(text: str) -> Iterator[Quantity]:
    """Every quantity, those of dates and of declared classes with them."""
    return iter(quantities_of(text))


@lru_cache(maxsize=1 << 15)  # the cells of a table say the same again and again
def quantities_of(text: str) -> tuple[Quantity, ...]:
    plain, places = unmask(text)
    found = (Quantity(m[0], m.start(), m.end(), read_value(m)) for m in QUANTITY.finditer(plain))
    return tuple(place_back(quantity, text, places) for quantity in found)


def place_back(quantity: Quantity, text: str, places: list[int] | None) -> Quantity:
    """What was found in the plain text, as it stands in the text itself."""
    start, end = quantity.start, quantity.end
    if places:
        start, end = places[start], places[end - 1] + 1
    return Quantity(text[start:end], start, end, quantity.value)


def find_loose(text: str, constants: Collection[str] = ()) -> list[Quantity]:
    """The quantities that no date, no declared class and no constant explains: each must come from data."""
    plain, places = unmask(text)
    quantities = quantities_of(plain)
    if not quantities:
        return []
    known = [(m.start(), m.end()) for pattern in (DATE, *WORDED) for m in pattern.finditer(plain)]
    known += find_constants(plain, quantities, tuple(constants))
    kept = outside(quantities, [(q.start, q.end) for q in quantities], known)
    return [place_back(quantity, text, places) for quantity in kept]


def outside(found: Sequence[T], places: Sequence[Span], known: Iterable[Span]) -> list[T]:
    """Those of `found` that lie within no known span. `places`: where each lies, in order: one walk is enough."""
    spans, far, number, kept = sorted(known), -1, 0, []
    for one, (start, end) in zip(found, places, strict=True):
        while number < len(spans) and spans[number][0] <= start:
            far, number = max(far, spans[number][1]), number + 1
        if far < end:
            kept.append(one)
    return kept


def find_constants(text: str, quantities: Iterable[Quantity], constants: tuple[str, ...]) -> list[Span]:
    """Where a declared phrase stands that can explain one of the quantities: it must hold the quantity's words."""
    patterns = dict.fromkeys(pattern for q in quantities for pattern in holding(plain_words(q.text), constants))
    return [found.span() for pattern in patterns for found in pattern.finditer(text)]


@lru_cache(maxsize=4096)
def holding(words: str, constants: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The patterns of the constants in which these words stand."""
    return tuple(constant_pattern(text) for text in constants if words in plain_words(text))


def plain_words(text: str) -> str:
    return " ".join(text.casefold().split())


@lru_cache(maxsize=4096)
def constant_pattern(text: str) -> re.Pattern[str]:
    """A declared phrase as a whole, with any white space between its words; never within a longer number."""
    words = r"\s+".join(re.escape(word) for word in text.split())
    return re.compile(rf"(?<![\w,.]){words}(?![\w%]|[,.]\d)", re.IGNORECASE)


def read_value(found: re.Match[str]) -> float | None:
    if found["digits"]:
        return read_digits(found["digits"])
    if found["odd"] or found["roman"]:
        return None
    if found["loosely"]:
        return LOOSELY.get(found[0].lower())
    return read_words(found["words"])


def read_digits(text: str) -> float | None:
    plain = text.lower().replace(",", "").replace("£", "").replace("−", "-")
    number = re.match(r"-?\d+(?:\.\d+)?", plain)
    if not number:
        return None
    times = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
    return float(number[0]) * times.get(plain[number.end() :].strip(), 1)


def read_words(text: str) -> float | None:
    """ "twenty-five" -> 25, "a hundred and five" -> 105, "two thirds" -> 0.667, "doubled" -> 2."""
    words = [word for word in re.split(r"[-\s]+", text.lower()) if word not in ("a", "an", "and", "the")]
    if len(words) == 1 and words[0] in TIMES:
        return TIMES[words[0]]
    total, part = 0.0, 0.0
    for word in words:
        scale = SCALES.get(word, SCALES.get(word.removesuffix("s")))
        if word in PARTS:
            return (part or 1.0) * PARTS[word]
        if scale:
            total, part = total + (part or 1.0) * scale, 0.0
        else:
            part += CARDINALS[word]
    return total + part
