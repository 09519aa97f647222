"""Could a number point at a child?

In:  a Dataset of observations.
Out: an error for each count of 1 to 4 people that nobody has looked at. A small number that the council itself printed
     for the whole city may stand, when page.yaml names its row under `disclosure` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Observation, Problem
from portal.policy import STANDARD, Policy

SMALL = 5
# What is not known to be harmless is looked at: a mistyped word must not open the door.
NO_COUNTS = {"share", "mean", "rate", "maximum", "median"}
NOT_CHILDREN = {"staff", "other"}


def check_disclosure(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    for row in dataset.observations if dataset.page.usable else ():
        if is_small(row) and row.id not in dataset.page.disclosure:
            yield Problem(
                "small-number",
                f'row {row.line}, column "value": {row.text or "the range"} is a count of people under {SMALL}, '
                "which may identify a child",
                row.path,
                row.line,
                field="value",
                fix=f"Write c in value and in printed, or name {row.id} under `disclosure` in page.yaml.",
            )


def is_small(row: Observation) -> bool:
    if row.measure.subject in NOT_CHILDREN or row.measure.statistic in NO_COUNTS:
        return False
    most = row.high if row.number is None else row.number  # of a range, whether all of it is small
    return most is not None and 0 < abs(most) < SMALL
