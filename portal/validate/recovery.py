"""Can a hidden cell be worked out from the cells that are shown?

In:  a Dataset and the portal's policy.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem
from portal.policy import STANDARD, Policy


def check_recovery(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    yield from ()
