"""Is `reading` of mkdocs.yml written as it should be?

In:  extra.portal, and the lines of mkdocs.yml.
Out: a Problem for each name or grade that cannot stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import Problem
from portal.reading import EASIEST, ELSEWHERE, HARDEST, USUAL, YOUNG, is_grade
from portal.validate.places import did_you_mean

PLACE = "extra.portal.reading"
EXAMPLE = f"{{{YOUNG}: {USUAL[YOUNG]:g}, {ELSEWHERE}: {USUAL[ELSEWHERE]:g}}}"


def check_reading_limits(facts: Mapping[str, Any], lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    words = facts.get("reading")
    if words is None:
        return
    for name, message, fix in find_faults(words):
        place = f"{PLACE}.{name}" if name else PLACE
        line = lines.get(place, lines.get(PLACE))
        yield Problem("reading-setting", f"{place}: {message}", path, line, field=place, fix=fix)


def find_faults(words: object) -> Iterator[tuple[str, str, str]]:
    if not isinstance(words, dict):
        yield "", "names with grades should stand here", f"Write it as reading: {EXAMPLE}, or take it out."
        return
    for name, grade in words.items():
        if name not in USUAL:
            close = did_you_mean(str(name), USUAL)
            yield str(name), f"there is no such part of the site{close}", f"Write one of: {', '.join(USUAL)}."
        elif not is_grade(grade):
            told = f"it must be a number from {EASIEST} to {HARDEST}, without quotation marks"
            yield name, told, f"Write it as reading: {EXAMPLE}."
