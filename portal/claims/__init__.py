"""Words that judge data, as tests: what they say, whether the rows bear it out, and which of them are bound by none.

In:  the words of a claim and its rows; any text of ours.
Out: what the words say, a verdict with what is true now, the judging words of a text that no claim answers for.
"""

from __future__ import annotations

from portal.claims.bounds import order_of
from portal.claims.decide import Verdict, judge
from portal.claims.judging import find_judgements
from portal.claims.phrases import Phrase, list_known, read_phrase
from portal.claims.standing import find_standing
from portal.claims.stated import Stated, chosen_rows, derive_claims, find_claim

__all__ = [
    "Phrase",
    "Stated",
    "Verdict",
    "chosen_rows",
    "derive_claims",
    "find_claim",
    "find_judgements",
    "find_standing",
    "judge",
    "list_known",
    "order_of",
    "read_phrase",
]
