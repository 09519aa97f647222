"""How hard a page may be to read: what mkdocs.yml says under `reading`.

In:  `reading` under extra.portal: the highest grade for the young people's section and elsewhere.
Out: the two grades, or nothing. A portal that says nothing is not measured: its words may be those of a package that
     somebody else wrote, and a limit that nobody chose would stop a site, or warn on every build, for prose that the
     data officer cannot change. Who sets a limit means it, so it stops the build.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

YOUNG, ELSEWHERE = "young-people", "elsewhere"
USUAL = {YOUNG: 6.0, ELSEWHERE: 9.0}  # a grade is a school year in the United States: five more give the age
EASIEST, HARDEST = 3, 14


class Limits(NamedTuple):
    elsewhere: float
    young_people: float


def read_limits(facts: Mapping[str, Any]) -> Limits | None:
    """What is not understood is read as the usual grade here, and refused by `validate`."""
    words = facts.get("reading")
    if not isinstance(words, Mapping):
        return None
    grades = {name: float(words[name]) if is_grade(words.get(name)) else usual for name, usual in USUAL.items()}
    return Limits(grades[ELSEWHERE], grades[YOUNG])


def is_grade(grade: object) -> bool:
    return isinstance(grade, (int, float)) and not isinstance(grade, bool) and EASIEST <= grade <= HARDEST
