"""Is anything said that is true on one day only?

In:  sentences, the words of measures, the renewal rules of series.
Out: a Problem for each word such as "currently": the page stands for years, and nobody comes back to take it out.

Words between “ and ” are somebody's own, a document's title or a column's head, and may say what they like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.freshness import INTERVALS, RENEWED
from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.places import cell_column, did_you_mean

AGEING = re.compile(
    r"\b(?:latest|current|currently|nowadays|at present|at the moment|this year|right now|these days)\b", re.IGNORECASE
)
QUOTED = re.compile(
    r"“[^”]*”|\b(?:paper|report|document|slide|scorecard)s? says? (?:now|currently|latest)\b", re.IGNORECASE
)
MEASURE_TEXTS = "label plain_label who_is_counted denominator definition why_it_matters what_it_does_not_tell".split()
NAME_THE_DATE = 'Name the date: {{ period("figure-id") }}, or the day itself.'


def find_ageing(text: str) -> str:
    """The first word that holds on one day only; nothing when there is none."""
    found = AGEING.search(QUOTED.sub("", " ".join(text.split())))
    return found[0] if found else ""


def check_sentence_age(path: str, place: str, line: int | None, text: str) -> Iterator[Problem]:
    if word := find_ageing(text):
        yield Problem("ages-badly", f"{place}{quote(word)} will not stay true", path, line, fix=NAME_THE_DATE)


def check_measures(dataset: Dataset) -> Iterator[Problem]:
    """A measure's words stand on its page, and its id is the page's address."""
    # A plain package may have a table of that name too; without rows that it counts, no page is made of it.
    for table in (r for r in dataset.resources if r.name == "measures" and dataset.observations):
        for record, line in zip(table.records(), table.lines, strict=True):
            yield from check_address(table, record.get("id", ""), line)
            for name in MEASURE_TEXTS:
                if word := find_ageing(record.get(name, "")):
                    message = f'row {line}, column "{name}": {quote(word)} will not stay true'
                    fix = "Name the date, or say it without one."
                    yield Problem("ages-badly", message, table.path, line, cell_column(table, line, name), name, fix)


def check_address(table: Resource, measure: str, line: int) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", measure):
        message = f'row {line}, column "id": {quote(measure)} cannot be the address of a page, /measures/{measure}/'
        fix = "Use small letters, digits and single hyphens, as in children-in-care."
        yield Problem("measure-address", message, table.path, line, cell_column(table, line, "id"), "id", fix)


def check_renewal(table: Resource) -> Iterator[Problem]:
    """The rule by which pages say that a newer figure should be out; a table without it says nothing of renewal."""
    for record, line in zip(table.records(), table.lines, strict=True):
        word, months = record.get("renewed", ""), record.get("due_after_months", "")
        if word not in ("", *RENEWED):
            message = f'row {line}, column "renewed": {quote(word)} is no rule{did_you_mean(word, RENEWED)}'
            fix = f"Write one of: {', '.join(RENEWED)}; or leave it empty."
            column = cell_column(table, line, "renewed")
            yield Problem("unknown-word", message, table.path, line, column, "renewed", fix)
        elif word in INTERVALS and not re.fullmatch(r"[0-9]{1,3}", months):
            found = f", but {quote(months)}" if months else ""
            message = f"row {line}: a {word} series does not say in months when the next figure is due{found}"
            fix = "Write in due_after_months how many months after the end of the period it should be out."
            yield Problem("due-missing", message, table.path, line, field="due_after_months", fix=fix)
