"""Could a number point at a child?

In:  a Dataset of observations.
Out: an error for each count of 1 to 4 people that nobody has looked at. A small number that the council itself printed
     for the whole city may stand, when page.yaml names its row under `disclosure` with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Observation, Problem

SMALL = 5
ABOUT_PEOPLE = {"children", "families", "event-about-a-person"}


def check_disclosure(dataset: Dataset) -> Iterator[Problem]:
    for row in dataset.observations if dataset.page.usable else ():
        if is_small(row) and row.id not in dataset.page.disclosure:
            yield Problem(
                "small-number",
                f'row {row.line}, column "value": {row.text or "the range"} is a count of people under {SMALL}, '
                "which may identify a child",
                row.path,
                row.line,
                field="value",
                fix=f"Write c in its place, or name {row.id} under `disclosure` in page.yaml with the reason.",
            )


def is_small(row: Observation) -> bool:
    counted = row.measure.statistic in ("count", "change") and row.measure.subject in ABOUT_PEOPLE
    most = row.high if row.number is None else row.number  # of a range, whether all of it is small
    return counted and most is not None and 0 < most < SMALL
