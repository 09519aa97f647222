"""Is it a table with a row for each person?

In:  a Dataset.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem


def check_records(dataset: Dataset) -> Iterator[Problem]:
    yield from ()
