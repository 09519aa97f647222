"""Is it one table, with one header row on top and nothing but data below?

In:  a Resource whose bytes can be read as text.
Out: Problems.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Problem, Resource


def check_layout(resource: Resource) -> Iterator[Problem]:
    yield from ()
