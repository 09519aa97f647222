"""Would two figures of a running total give away a small number between them?

In:  a Dataset and the portal's policy.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem
from portal.policy import STANDARD, Policy


def check_running(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    yield from ()
