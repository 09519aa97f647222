"""Does any text name or reach a person?

In:  a Dataset and the portal's policy.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem
from portal.policy import STANDARD, Policy


def check_personal(dataset: Dataset, policy: Policy = STANDARD) -> Iterator[Problem]:
    yield from ()
