"""Would a spreadsheet run a cell as a formula?

In:  a Dataset.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem


def check_formulas(dataset: Dataset) -> Iterator[Problem]:
    yield from ()
