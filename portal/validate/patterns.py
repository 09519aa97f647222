"""Do the cells fit the patterns of their fields, in bounded time?

In:  a Dataset.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem


def check_patterns(dataset: Dataset) -> Iterator[Problem]:
    yield from ()
