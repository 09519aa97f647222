"""Does each series hold one value at each point, and none missing between?

In:  a Dataset.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem


def check_points(dataset: Dataset) -> Iterator[Problem]:
    yield from ()
