"""How many rows of the published files answer a question? Counted again, from the files.

In:  a question: `data/observations.csv?kind=target&printed=?*`, where `*` stands for any text; `?…` alone asks the
     file of all figures; `…+times` adds up that column instead of counting the rows; `|` between two questions
     adds their answers.
Out: the number as text; nothing when there is no such file or column.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from portal.verify.known import read_table

EVERYTHING = "data/observations.csv"


def make_counter(site: Path) -> Callable[[str], str]:
    """Reads each file once."""

    @cache
    def rows_of(name: str) -> list[dict[str, str]] | None:
        path = site / name
        if not path.is_file():  # a portal without figures has no file of them
            return [] if name == EVERYTHING else None
        return [dict(row) for row in read_table(path)]

    @cache
    def count(question: str) -> str:
        answers = [count_rows(part, rows_of) for part in question.split("|")]
        return "" if None in answers else str(sum(answer or 0 for answer in answers))

    return count


def work_out(place: str, count: Callable[[str], str]) -> str:
    """`share:QUESTION|QUESTION` -> one as a share of the other; `days:2026-11-30/2027-06-01` -> the days between."""
    kind, _, rest = place.partition(":")
    if kind == "days":
        first, last = (date.fromisoformat(day) for day in rest.split("/"))
        return str(abs((last - first).days))
    part, whole = (count(question) for question in rest.split("|"))
    return f"{100 * int(part) / int(whole):.1f}%" if part and whole not in ("", "0") else ""


def count_rows(question: str, rows_of: Callable[[str], list[dict[str, str]] | None]) -> int | None:
    question, _, added = question.partition("+")
    name, _, wanted = question.partition("?")
    patterns = [(column, pattern) for column, _, pattern in (part.partition("=") for part in wanted.split("&") if part)]
    rows = rows_of(name or EVERYTHING)
    columns = [column for column, _ in patterns] + ([added] if added else [])
    if rows is None or any(column not in row for row in rows for column in columns):
        return None
    chosen = rows
    for column, pattern in patterns:
        if any(mark in pattern for mark in "*?["):
            chosen = [row for row in chosen if fnmatchcase(row[column], pattern)]
        else:
            chosen = [row for row in chosen if row[column] == pattern]
    return sum(int(row[added] or 1) for row in chosen) if added else len(chosen)
