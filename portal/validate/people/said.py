"""Is a small number of people said in words, where no check of numbers looks?

In:  a Dataset. Digits in a sentence of ours, and what an exemption says, are refused elsewhere.
Out: a warning for each text that counts two to five people, or only one: a cell of words, a note, a description, a
     label, a sentence. A small number in a text tells as much as one in a cell. The message never repeats it.

"One child may be referred twice" counts nobody, and "one child in five" is a share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.folding import fold
from portal.model import Dataset, Problem, Resource
from portal.validate.people.hidden import COMMITTED
from portal.validate.people.personal import find_strings
from portal.validate.places import cell_column, find_rows

PEOPLE = (
    r"(?:children|child|boys?|girls?|babies|baby|infants?|toddlers|teenagers?|young (?:people|persons?|women|men)"
    r"|siblings|brothers|sisters|twins|families|family|pupils?|mothers?|fathers?|adopters|care[ -]leavers?)"
)
BETWEEN = r"(?:(?:looked[ -]after|unaccompanied|disabled|further|other|more|of (?:the|these|those|our))[ -])*"
FEW = re.compile(
    rf"(?<![\w.,%£/-])(?:(?:two|three|four|five|[2-5]|a pair of|a couple of)[ -]{BETWEEN}{PEOPLE}"
    rf"|(?:only|just|exactly) (?:one|1|a single) {BETWEEN}{PEOPLE}|1 {BETWEEN}{PEOPLE}"
    r"|(?:two|three|four|five|only one) of (?:them|whom)|[2-5] of (?:them|whom))(?![\w-])"
    r"(?! (?:in|out of) (?:every|\d|ten|five|four|three))",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d")
FIX = "Say it without the number, or as a row of its own, where the rules for small numbers look at it."


def check_said(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        yield from check_cells(resource)
    yield from check_values(dataset)
    ours = dataset.narrative_path.endswith(".j2") or bool(dataset.observations)
    for number, line in enumerate(dataset.narrative.split("\n"), 1):
        if says_few(DIGITS.sub("#", line) if ours else line):
            yield make_problem(f"line {number}: ", dataset.narrative_path, number)


def says_few(text: str) -> bool:
    return bool(FEW.search(fold(text).text.replace("_", " ")))


def check_cells(resource: Resource) -> Iterator[Problem]:
    """The header, and each different text of a column once: the first row is named, and how many there are."""
    for number, name in enumerate(map(str, resource.frame.columns)):
        if says_few(name):
            yield make_problem(f"column {number + 1}: its name: ", resource.path, 1)
        cells = resource.frame.iloc[:, number]
        told = {text for text in cells.unique() if says_few(" ".join(str(text).split()))}
        rows = find_rows(cells.isin(told)) if told else []
        if rows:
            line, more = resource.lines[rows[0]], f", and {len(rows) - 1} rows below it," if len(rows) > 1 else ""
            shown = "" if says_few(name) else name
            place = f'row {line}, column "{name}"{more}: ' if shown else f"row {line}{more}: "
            yield make_problem(place, resource.path, line, cell_column(resource, line, name), shown)


def check_values(dataset: Dataset) -> Iterator[Problem]:
    """Titles, descriptions, labels of marks and notes of the descriptor; sentences and titles of page.yaml."""
    for path, value in ((dataset.descriptor_path, dataset.descriptor), (dataset.page.path, dataset.page)):
        for place, text in find_strings(value):
            ours = path == dataset.page.path
            if not path or place in ("path", "name") or (ours and place.startswith("disclosure.")):
                continue
            if says_few(" ".join((DIGITS.sub("#", text) if ours else text).split())):
                at = dataset.descriptor_places.get(place) if path == dataset.descriptor_path else None
                line = at[1] if at else dataset.page.lines.get(place) if path == dataset.page.path else None
                yield make_problem(f"{place}: ", path, line)


def make_problem(place: str, path: str, line: int | None = None, column: int | None = None, field: str = "") -> Problem:
    message = f"{place}the text counts 1 to 5 people in words"
    return Problem("small-in-words", message, path, line, column, field, f"{FIX} {COMMITTED}", "warning")
