"""The words that judge data, and the few uses of them that judge nothing.

In:  any text of ours, as a reader sees it.
Out: each judging word that stands outside a claim and outside a declared use, with its place.

A declared use is narrow and says why it is one. A sentence that says the same in other words is better than one more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.claims.standing import find_standing
from portal.claims.words import JUDGING
from portal.quantities import outside


@dataclass(frozen=True, slots=True)
class Use:
    """Judging words that judge no data where they stand."""

    reason: str
    pattern: re.Pattern[str]


def use(reason: str, pattern: str) -> Use:
    return Use(reason, re.compile(pattern, re.IGNORECASE))


_MORE = "(?:more|fewer|less|higher|lower)"
_BETTER = "(?:better|worse)"
USES = (
    use(
        "It says that neither direction is better: the opposite of a judgement.",
        rf"{_MORE}(?: or {_MORE})?(?: [\w’-]+){{0,4}} (?:is|are) not (?:in (?:itself|themselves) )?"
        rf"{_BETTER}(?: or {_BETTER})?|(?:is )?neither {_BETTER} nor {_BETTER}|neither way is better"
        rf"|neither direction better|say that {_MORE} children in care is better, or worse"
        rf"|no theme is ahead of another|{_MORE} is not {_BETTER}, and {_MORE} is not {_BETTER}"
        rf"|a {_MORE} number is not the goal",
    ),
    use(
        "It tells how better and worse are decided, of no figure.",
        r"which way is better: higher, lower|whether higher or lower is better|on the better side",
    ),
    use(
        "It is the name of a grade, a programme or a board.",
        r"requir(?:es?|ed|ing) improvement(?: to be good)?|good or better|improvement (?:board|programme)",
    ),
    use("It is the name of a group of people or of councils.", r"minority ethnic|most like (?:it|Manchester)\b"),
    use(
        "It is an idiom: it counts or compares nothing.",
        r"\bno (?:longer|more than)\b|nothing more|more than once|\bmore stands under|more about|gr[eo]w(?:s|n|ing)? up"
        r"|less motion",
    ),
    use("It bounds a group that is defined, or a number as it is printed.", r"\bat (?:least|most)\b|\bor more\b"),
    use("It says that an item can be counted several times.", r"more than one\b|the most that any(?:body)?\b"),
    use(
        "It reports what somebody wanted or planned, as a wish and not as a fact.",
        r"\b(?:want(?:s|ed)?|planned|plan was|aim(?:s|ed)?)\b(?: [\w’-]+){0,8} "
        r"(?:fewer|more|less|better|fall|rise|grow)\b"
        r"|fewer (?:children in care|homes) (?:is|was) the council’s (?:aim|plan)",
    ),
    use(
        "It says what can be, not what was.",
        r"\b(?:can|may|might|could|would|must) (?:\w+ )?(?:rise|fall|mean (?:more|fewer)|show improvement|do better)"
        r"|(?:more|fewer) \w+ (?:can mean|leave|mean) (?:more|fewer)?",
    ),
    use("It heads a list that the build sorts.", r"the lines that (?:meet|miss) their target"),
    use("It quotes an example of such words.", r"such as “[^”]*”"),
    use("It denies a change.", r"\b(?:not a|no) (?:rise|fall)\b"),
    use(
        "It speaks of the drawing or the table, not of what is in it.",
        r"(?:says|say|shows) (?:it|them) (?:better|more clearly)|said faster than drawn"
        r"|too few figures for a line|rests on very few cases|look like more than it is|make more of it"
        r"|the largest figure of its line",
    ),
)  # fmt: skip


def find_judgements(text: str) -> list[tuple[str, int]]:
    """(word, where it begins), in order; what stands by itself and is tested, and declared uses, left out."""
    words = list(JUDGING.finditer(text))
    if not words:
        return []
    known = [(start, start + len(standing)) for standing, start in find_standing(text)]
    known += [found.span() for declared in USES for found in declared.pattern.finditer(text)]
    left = outside(words, [word.span() for word in words], known)
    return [(word[0], word.start()) for word in left]
