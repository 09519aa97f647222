"""Tell thousands of findings in a few lines, and leave no row out.

In:  the Problems of one dataset.
Out: the first of each kind in each column as they are, then one that names the rows of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from portal.formats import plural
from portal.model import Problem

LISTED = 20  # of one kind in one column; who has read so many knows what to look for
PARTS = 40  # stretches of rows that the last line names
# One entry in the descriptor mends them all, so that one is enough.
ONCE = "missingValues"

Kind = tuple[str, str, str, str]


def list_first(problems: Sequence[Problem]) -> Iterator[Problem]:
    kinds: dict[Kind, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(kind_of(problem), []).append(problem)
    last = {id(alike[limit_of(alike[0]) - 1]): alike for alike in kinds.values() if len(alike) > limit_of(alike[0])}
    told: dict[Kind, int] = {}
    for problem in problems:
        kind = kind_of(problem)
        told[kind] = told.get(kind, 0) + 1
        if told[kind] <= limit_of(problem):
            yield problem
        if id(problem) in last:
            yield tell_rest(last[id(problem)])


def kind_of(problem: Problem) -> Kind:
    """Alike is what is mended alike: the same advice, whatever names and numbers stand in it."""
    if not problem.line or not problem.fix:
        return (problem.path, problem.code, problem.field, f"{problem.line} {problem.message}")
    if limit_of(problem) == 1:  # each mark needs an entry of its own
        return (problem.path, problem.code, problem.field, problem.fix)
    return (problem.path, problem.code, problem.field, re.sub(r'"[^"]*"|[\d.,-]+|\b(?=\w*\d)\w+', "", problem.fix))


def limit_of(problem: Problem) -> int:
    return 1 if problem.code == "type-error" and ONCE in problem.fix and ": [{" in problem.fix else LISTED


def tell_rest(alike: list[Problem]) -> Problem:
    first = alike[0]
    rest = sorted({problem.line for problem in alike[limit_of(first) :] if problem.line})
    what = plural(len(alike) - limit_of(first), "more cell" if first.field else "more row")
    where = f'column "{first.field}": ' if first.field else ""
    message = f"{where}{what} like {'that' if limit_of(first) == 1 else 'those'} above, in {rows_of(rest)}"
    return Problem(first.code, message, first.path, rest[0], severity=first.severity, fix=FIX)


FIX = "Mend them in the same way."


def rows_of(lines: Sequence[int], parts: int | None = PARTS) -> str:
    """rows 3 to 7, 9 and 12 to 40; `parts`: how many stretches are named, None for all"""
    stretches: list[list[int]] = []
    for line in lines:
        if stretches and line == stretches[-1][1] + 1:
            stretches[-1][1] = line
        else:
            stretches.append([line, line])
    shown = stretches[:parts]
    texts = [t for a, b in shown for t in ([f"{a} to {b}"] if b > a + 1 else [f"{n}" for n in range(a, b + 1)])]
    if len(stretches) > len(shown):
        texts.append(f"further rows up to {lines[-1]}")
    word = "row" if len(lines) == 1 else "rows"
    return f"{word} {', '.join(texts[:-1])} and {texts[-1]}" if len(texts) > 1 else f"{word} {texts[0]}"
