"""What the publisher has decided about people in the data: how small is small, and who is looked after how.

In:  `disclosure` under extra.portal in mkdocs.yml.
Out: one frozen `Policy`. A council can be stricter than the default, never looser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST = 5  # counts of 1 to 5 are hidden by default; a policy may hide more, never fewer


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules for numbers about people, and the addresses that are no person's."""

    small: int = SMALLEST  # actual counts of 1 up to this are refused
    addresses: tuple[str, ...] = ()  # mail addresses and telephone numbers of the publisher's own that may be printed


STANDARD = Policy()


def read_policy(facts: Mapping[str, Any]) -> Policy:
    """`facts`: extra.portal, whose shape `settings` has checked."""
    words = facts.get("disclosure") or {}
    addresses = tuple(str(address) for address in words.get("addresses") or ())
    return Policy(max(SMALLEST, int(words.get("small", SMALLEST))), addresses)
