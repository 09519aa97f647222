"""Is what one cell hides still told by another?

In:  a Dataset of observations.
Out: an error for each hidden number that stands in the row's other cells, or in the printed cell of a row beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.model import Dataset, Observation, Problem
from portal.policy import Policy
from portal.printed import parse_printed
from portal.validate.people.small import HIDDEN, is_small
from portal.validate.people.subjects import NOT_ACTUAL, why_protected
from portal.validate.places import cell_column
from portal.validate.typed import find_digits

COMMITTED = (
    'If the file was committed already, the commit itself may have to be removed: see "When something identifying was '
    'committed" in CONTRIBUTING.md.'
)
# "one" is a number beside a noun, and no number in "no one" or "each one".
WORDS = re.compile(
    r"\b(?:(?<!no )(?<!any )(?<!some )(?<!every )(?<!each )(?<!this )(?<!that )(?<!which )(?<!the )(?<!another )one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty"
    r"|forty|fifty|sixty|seventy|eighty|ninety|once|twice|single|sole|couple|pairs?|twins?|triplets?|trio|duo|quartet"
    r"|dozen)\b",
    re.IGNORECASE,
)
# What may be printed of a number that is held back: a mark, or the words for it.
MARK = re.compile(
    r"[\W_]*(?:c|s|x|n/?a|dpa|hidden|(?:data )?(?:suppressed|confidential|withheld|redacted|removed)"
    r"|not (?:shown|published|available|disclosed|given|printed|stated))?[\W_]*",
    re.IGNORECASE,
)
BESIDE = ("id", "period", "locator", "direction")  # and the breakdown: cells that should say which row it is, no more
FEW = re.compile(
    rf"\((?:{'one two three four five six seven eight nine'.replace(' ', '|')}|[1-9])\)"
    r"|\b(?:one|two|three|four|five|[1-5])[ -](?:child(?:ren)?|boys?|girls?|bab(?:y|ies)|young (?:people|persons?)"
    r"|pupils?|siblings|brothers|sisters|famil(?:y|ies)|people|persons?|adopters?|mothers?|fathers?)\b",
    re.IGNORECASE,
)


def check_hidden(dataset: Dataset, policy: Policy) -> Iterator[Problem]:
    tables = {resource.path: resource for resource in dataset.resources}
    for row in dataset.observations:
        for field, fix in (*find_left(row), *find_beside(row, dataset, policy)):
            message = f'row {row.line}, column "{field}": the hidden number still stands in {field}'
            column = cell_column(tables[row.path], row.line, field)
            yield Problem("hidden-number", message, row.path, row.line, column, field, f"{fix} {COMMITTED}")


def find_left(row: Observation) -> Iterator[tuple[str, str]]:
    """(cell, what to do): where a row that is confidential still says what it hides."""
    if row.symbol != HIDDEN:
        return
    if says_number(row.printed) or not MARK.fullmatch(row.printed):
        yield "printed", "Write c in printed as well."
    if row.low is not None or row.high is not None:
        field = "value_high" if row.low is None else "value_low"
        yield field, "Empty value_low and value_high, and write exact in qualifier."
    if says_number(row.note):
        yield "note", "Say in note why the number is hidden, without any number but a year or a date."
    for field, text in (*((name, getattr(row, name)) for name in BESIDE), *row.breakdown):
        if FEW.search(text.replace("-", " ") if field == "id" else text):
            yield field, f"Say in {field} which row it is, and not how many it counts."


def find_beside(row: Observation, dataset: Dataset, policy: Policy) -> Iterator[tuple[str, str]]:
    """`4(1%)` is printed of the count and of the share: who hides the count must not print it beside the share."""
    pair = parse_printed(row.printed) if "(" in row.printed else None
    first = pair[0] if isinstance(pair, tuple) else None
    if first is None or first == row.number or row.kind in NOT_ACTUAL or not why_protected(row, policy):
        return
    beside = [o for o in dataset.observations if (o.source, o.locator) == (row.source, row.locator) and o is not row]
    # A count that is shown has been told, or was let through by its own exemption.
    if is_small(first, policy) and row.id not in dataset.page.disclosure and not any(o.number == first for o in beside):
        yield "printed", "Write in printed only the part that is shown, such as the percentage with its sign."


def says_number(text: str) -> bool:
    """Whether a text gives a quantity, in figures or in words; years and dates are none."""
    return bool(find_digits(text) or WORDS.search(text))
