"""Is each category of a column written in one way?

In:  a Resource.
Out: a Problem for each spelling that differs from another only in capitals, spaces or dashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from portal.formats import plural
from portal.model import OBSERVATION_COLUMNS, Problem, Resource
from portal.validate.places import cell_column, count_texts, find_rows
from portal.validate.table.constraints import plain_word
from portal.validate.table.listing import rows_of
from portal.validate.table.schemas import has_convention, missing_values, primary_key

MOST = 500  # more different texts than this are names or sentences
LONG = 80  # characters
REPEATED = 3  # times that a category stands in a column, on average; what is rarer are words of their own


def check_categories(resource: Resource) -> Iterator[Problem]:
    own = set(OBSERVATION_COLUMNS) if has_convention(resource) else set()  # their words are checked one by one
    for field in resource.fields:
        if field.type != "string" or field.name in own or field.name not in resource.frame.columns:
            continue
        if primary_key(resource) == (field.name,) or field.constraints.get("enum"):
            continue  # a key is no category, and an enum has refused the other spelling
        counts = count_texts(resource, field.name, missing_values(resource, field.name))
        if 1 < len(counts) <= MOST and max(map(len, counts)) <= LONG:
            yield from check_spellings(resource, field.name, counts)


def check_spellings(resource: Resource, name: str, counts: Counter[str]) -> Iterator[Problem]:
    alike: dict[str, list[str]] = {}
    for text in counts:
        alike.setdefault(plain_word(text), []).append(text)
    if counts.total() < REPEATED * len(alike):
        return
    for spellings in (group for group in alike.values() if len(group) > 1):
        usual = max(spellings, key=lambda text: (counts[text], text == text.strip()))
        for text in (text for text in spellings if text != usual):
            yield spelled(resource, name, text, usual, counts[usual])


def spelled(resource: Resource, name: str, text: str, usual: str, times: int) -> Problem:
    lines = [resource.lines[i] for i in find_rows(resource.frame[name] == text)]
    where = f'row {lines[0]}, column "{name}"'
    others = f", also in {rows_of(lines[1:])}," if len(lines) > 1 else ""
    message = (
        f'{where}: "{text}"{others} and "{usual}" ({plural(times, "row")}) differ only in {difference(text, usual)}'
    )
    fix = f'Write {usual} if they are one category. In Excel: Find and Replace, with "Match entire cell contents".'
    column = cell_column(resource, lines[0], name)
    return Problem("two-spellings", message, resource.path, lines[0], column, name, fix, "warning")


def difference(text: str, usual: str) -> str:
    if " ".join(text.split()) == " ".join(usual.split()):
        return "spaces"
    return "capital letters" if text.lower() == usual.lower() else "capitals, spaces, dashes or quotation marks"
