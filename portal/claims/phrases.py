"""What judging words say: each phrase that a claim may use, and the test that decides whether it is true.

In:  the words of a claim, as a reader sees them: "fell", "lower than in England", "about a third of".
Out: a `Phrase`, or None for words that nobody has said how to test.

Words that round have a stated room, the same everywhere: "about" means within a tenth of what is said (about a third:
30% to 36.7%), "nearly" up to a tenth below it, "just over" up to a tenth above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TIME, EACH, COMPARE, EXTREME, TARGET, QUALITY, SHARE, TIMES, SUM, POLARITY = (
    "time each compare extreme target quality share times sum polarity".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`test` with its `sense`: ("time", "down"), ("extreme", "highest"), ("share", "about").

    `part`: the share or the multiple that is named; `since`: the year; `place`: the area after "than"; `year_before`:
    the other row is of a year before; `before`: of any day before; `goal`: the others are targets.
    """

    test: str
    sense: str
    part: float = 0.0
    since: int | None = None
    place: str = ""
    year_before: bool = False
    before: bool = False
    goal: bool = False

    @property
    def name(self) -> str:
        """As the finished page carries it for whoever tests it again: "time-down", "share-about"."""
        return f"{self.test}-{self.sense}"


UP = "rose|risen|grew|grown|increased|went up|gone up|climbed|up"
DOWN = "fell|fallen|shrank|decreased|dropped|went down|gone down|down"
STILL = "unchanged|stayed the same|did not change|stood still"
HIGH = "higher|more|greater|larger|bigger|longer|above|over"
LOW = "lower|fewer|less|smaller|shorter|quicker|below|under"
HIGHEST = "highest|most|largest|biggest|longest|greatest"
LOWEST = "lowest|fewest|least|smallest|shortest"
MET = "met|reached|hit"
MISSED = "missed|did not meet|did not reach|fell short of"
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}
MULTIPLES = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "halved": 0.5}
AS_MANY = {"twice": 2.0, "half": 0.5}
ROOM = {"about": "about", "around": "about", "nearly": "nearly", "almost": "nearly", "just over": "just-over"}
ROOM |= {"just under": "nearly", "more than": "more", "over": "more", "less than": "less", "fewer than": "less"}
ROOM |= {"under": "less", "": "exact"}

_HOW = "(?P<how>" + "|".join(sorted((word for word in ROOM if word), key=len, reverse=True)) + ")"
_THAN = r"(?: (?:(?!(?:or|and|nor|not|but|no|never|rather)\b)[a-z-]+ ){0,3}?than)"  # "more or less than" says nothing
_YEAR = r"(?P<year>(?:the|a) year (?:before|earlier))"
_REST = rf"(?: (?:{_YEAR}|(?:in |for )?(?:the )?(?P<place>(?-i:[A-Z])[\w’ -]+)|(?P<before>before)))?"
_FIELD = r"(?: since (?P<since>\d{4})| of (?:those|all|the [a-z]+) (?:that )?we hold)?"
_COUNT = rf"(?:(?P<count>{'|'.join(COUNTS)}) )?"
_GOAL = r"(?: (?:the|its|their|that|this|both|all|each|all of its|both of its)(?: of its)?)? targets?"


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?:has |have |had |was |were |is |are )?(?:{text})", re.IGNORECASE)


PATTERNS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    *((TIME, sense, pattern(words)) for sense, words in (("up", UP), ("down", DOWN), ("same", STILL))),
    *(
        (EACH, sense, pattern(rf"(?:{words}) (?:each|every) year(?: since (?P<since>\d{{4}}))?"))
        for sense, words in (("up", UP), ("down", DOWN))
    ),
    *(
        (COMPARE, sense, pattern(rf"(?:{words}){_THAN}{_REST}|(?:{near}) the (?P<goal>target|aim)"))
        for sense, words, near in (("higher", HIGH, "above|over"), ("lower", LOW, "below|under"))
    ),
    (COMPARE, "same", pattern(rf"the same(?: [a-z]+)? as{_REST}|as (?:many|high|low) as")),
    *(
        (EXTREME, sense, pattern(rf"(?:the )?(?:{words}){_FIELD}"))
        for sense, words in (("highest", HIGHEST), ("lowest", LOWEST))
    ),
    *((TARGET, sense, pattern(rf"(?:{words})(?:{_GOAL}| it)")) for sense, words in (("met", MET), ("missed", MISSED))),
    (TIME, "better", pattern(r"improved|got better")),
    (TIME, "worse", pattern(r"worsened|got worse")),
    *((QUALITY, sense, pattern(rf"{sense} than{_REST}")) for sense in ("better", "worse")),
    (
        SHARE,
        "",
        pattern(rf"(?:{_HOW} )?{_COUNT}(?P<part>{'|'.join(PARTS)})s?(?: of(?: (?:the|all|those|them))?)?"),
    ),
    (SHARE, "most", pattern(r"most(?: of(?: (?:the|all|those|them))?)?|(?:a|the) majority(?: of)?")),
    (TIMES, "", pattern(rf"(?:{_HOW} )?(?P<times>{'|'.join(MULTIPLES)})")),
    (TIMES, "pair", pattern(rf"(?:{_HOW} )?(?P<pair>{'|'.join(AS_MANY)}) (?:as (?:many|much|high|long)(?: as)?|that)")),
    (SUM, "more", pattern(r"(?:together )?make more(?: than)?|together (?:are )?more than")),
    (SUM, "less", pattern(r"(?:together )?make less(?: than)?|together (?:are )?(?:less|fewer) than")),
    (POLARITY, "higher", pattern(r"(?:higher|more)(?: [a-z-]+)? is better")),
    (POLARITY, "lower", pattern(r"(?:lower|fewer)(?: [a-z-]+)? is better")),
    (POLARITY, "aim-lower", pattern(r"(?:lower|fewer)(?: [a-z-]+){0,4} is the council’s aim")),
    (POLARITY, "aim-higher", pattern(r"(?:higher|more)(?: [a-z-]+){0,4} is the council’s aim")),
    (
        POLARITY,
        "neither",
        pattern(
            r"neither (?:more|higher) nor (?:fewer|lower) is better"
            r"|(?:more|higher) or (?:fewer|lower)(?: [a-z-]+)? (?:is|are) not in (?:itself|themselves) better"
            r"|(?:more|fewer|higher|lower)(?: [a-z-]+)? (?:is|are) not (?:better or worse|worse or better)"
        ),
    ),
)  # fmt: skip


def read_phrase(words: str) -> Phrase | None:
    plain = " ".join(words.split()).rstrip(".,;:")
    for test, sense, known in PATTERNS:
        # "most" alone is the highest of several rows or the greater part of one: the greater part needs its "of".
        if (found := known.fullmatch(plain)) and not (test == EXTREME and plain.lower() == "most"):
            return make_phrase(test, sense, {name: text for name, text in found.groupdict().items() if text})
    return None


def make_phrase(test: str, sense: str, given: dict[str, str]) -> Phrase:
    how = ROOM[given.get("how", "").lower()]
    if test == SHARE and sense != "most":
        return Phrase(test, how, COUNTS[given.get("count", "a").lower()] * PARTS[given["part"].lower()])
    if test == SHARE:
        return Phrase(test, "more", 1 / 2)
    if test == TIMES and sense == "pair":
        return Phrase(test, f"pair-{how}", AS_MANY[given["pair"].lower()])
    if test == TIMES:
        part = MULTIPLES[given["times"].lower()]
        # More than halved is a greater fall, so a smaller part is left; so nearly halved leaves a little more.
        turned = {"more": "less", "less": "more", "nearly": "just-over", "just-over": "nearly"} if part < 1 else {}
        return Phrase(test, turned.get(how, how), part)
    since = int(given["since"]) if "since" in given else None
    return Phrase(
        test,
        sense,
        since=since,
        place=given.get("place", ""),
        year_before="year" in given,
        before="before" in given,
        goal="goal" in given,
    )


def list_known() -> str:
    """Examples of everything a claim can say, for somebody whose words are not known."""
    return (
        "rose, fell, unchanged, improved, rose every year since 2021; higher than, lower than in England, more than a "
        "year before, the same as, better than; the highest since 2018, the lowest of those we hold; met the target, "
        "missed the target, below the target; about a third of, nearly half of, more than a quarter of, most of; "
        "doubled, more than doubled, halved, twice as many as; together more than"
    )
