"""What the publisher has decided about people in the data: how small is small, and who is looked after how.

In:  `disclosure` under extra.portal in mkdocs.yml, and the day on which the data are judged.
Out: one frozen `Policy`. A council can be stricter than the default, never looser: what is looser, or not understood,
     is read as the default here, and refused by `validate`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST = 5  # counts of 1 to 5 are hidden by default; a policy may hide more, never fewer
OWN_POLICY, LIKE_CHILDREN = "own-policy", "like-children"
KNOWN = ("small", "staff", "addresses")


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules for numbers about people, and the addresses that are no person's."""

    small: int = SMALLEST  # actual counts of 1 up to this are refused
    addresses: tuple[str, ...] = ()  # mail addresses and telephone numbers of the publisher's own that may be printed
    staff: str = OWN_POLICY  # whether counts of staff are hidden like those of children


STANDARD = Policy()


def read_policy(facts: Mapping[str, Any]) -> Policy:
    words = facts.get("disclosure")
    words = words if isinstance(words, Mapping) else {}
    small, addresses = words.get("small", SMALLEST), words.get("addresses")
    return Policy(
        small=int(small) if is_threshold(small) else SMALLEST,
        addresses=tuple(map(str, addresses)) if isinstance(addresses, list) else (),
        staff=LIKE_CHILDREN if words.get("staff") not in (None, OWN_POLICY) else OWN_POLICY,
    )


def rules_said(policy: Policy) -> tuple[str, ...]:
    """The phrases in which pages tell these rules: their numbers are set here, and come from no row."""
    return (f"up to {policy.small}", f"limit is {policy.small}", f"portal is {policy.small}", f"usual {SMALLEST}")


def is_threshold(small: object) -> bool:
    """A whole number that is no looser than the default; YAML's `true` is no number."""
    return isinstance(small, int) and not isinstance(small, bool) and small >= SMALLEST
