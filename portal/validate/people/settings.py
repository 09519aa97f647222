"""Has the publisher written its rules on people as they can be read, and no looser than ours?

In:  the facts of mkdocs.yml and the lines its entries stand on.
Out: an error for each setting under extra.portal.disclosure that is unknown, of another shape, or looser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import Problem
from portal.policy import KNOWN, LIKE_CHILDREN, OWN_POLICY, SMALLEST, is_threshold
from portal.validate.places import did_you_mean

PLACE = "extra.portal.disclosure"
Finding = tuple[str, str, str]  # the setting, what is wrong with it, what to do


def check_policy(facts: Mapping[str, Any], lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    words = facts.get("disclosure")
    if words is None:
        return
    for name, message, fix in find_faults(words) if isinstance(words, dict) else [no_names()]:
        place = f"{PLACE}.{name}" if name else PLACE
        line = lines.get(place, lines.get(PLACE))
        yield Problem("disclosure-setting", f"{place}: {message}", path, line, field=place, fix=fix)


def no_names() -> Finding:
    return "", "names with values should stand here", f"Write it as {PLACE}: {{small: {SMALLEST}}}, or take it out."


def find_faults(words: Mapping[str, Any]) -> Iterator[Finding]:
    for name in words:
        if name not in KNOWN:
            close = did_you_mean(str(name), KNOWN)
            yield str(name), f"there is no such setting{close}", f"Write one of: {', '.join(KNOWN)}; or take it out."
    if "small" in words and not is_threshold(words["small"]):
        yield (
            "small",
            f"it must be a whole number, {SMALLEST} or more",
            (
                f"Write {SMALLEST} or a larger number. A portal may hide more small numbers than the standard does, "
                "never fewer."
            ),
        )
    if "staff" in words and words["staff"] not in (OWN_POLICY, LIKE_CHILDREN):
        close = did_you_mean(str(words["staff"]), (OWN_POLICY, LIKE_CHILDREN))
        yield (
            "staff",
            f"there is no such rule{close}",
            (f"Write {LIKE_CHILDREN}, to hide small numbers of staff as well, or {OWN_POLICY}."),
        )
    addresses = words.get("addresses", [])
    if not isinstance(addresses, list) or not all(isinstance(address, str) and address for address in addresses):
        fix = 'Write them between square brackets, each in quotation marks, with commas between: ["…", "…"].'
        yield "addresses", "it must be a list of mail addresses and telephone numbers, each a text", fix
