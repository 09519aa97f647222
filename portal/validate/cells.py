"""What the schema lets pass and no reader should meet: dates, codes, marks and periods that mean something else.

In:  a Dataset.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem


def check_cells(dataset: Dataset) -> Iterator[Problem]:
    yield from ()
