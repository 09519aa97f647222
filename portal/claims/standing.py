"""Statements on what is better, which a chart, a headline or a card may carry as they are.

In:  a text.
Out: each such statement and where it begins: "Fewer days is better", "Neither more nor fewer is better".
"""

from __future__ import annotations

import re

from portal.claims.phrases import PATTERNS, POLARITY

KNOWN = tuple(pattern for test, _, pattern in PATTERNS if test == POLARITY)
ABOUT = re.compile(r"better|worse|aim", re.IGNORECASE)  # each of them says one of these


def find_standing(text: str) -> list[tuple[str, int]]:
    """The longest at each place: "Neither more nor fewer is better" holds no "fewer is better"."""
    if not ABOUT.search(text):  # nearly every text; the patterns are slow
        return []
    spans = {found.span() for pattern in KNOWN for found in pattern.finditer(text)}
    whole = {s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)}
    return [(text[start:end], start) for start, end in sorted(whole)]
