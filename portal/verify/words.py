"""Are the words that stand in place of a number, and the answer to a promise, those of the published files?

In:  the text of a finished page, the published rows, the meaning of the symbols, and promises.csv.
Out: a Problem for each reason that is another than the row's own, and for each answer that promises.csv does not give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from portal.model import Problem
from portal.privacy import quote
from portal.verify.numbers import problem

REASON = re.compile(r'data-rows="([^" ]+)"[^>]*>\[\w+\]</a> <span class="mc-kind">([^<]*)<')
ANSWER = re.compile(
    r'<article class="mc-promise" id="([^"]+)"(?:(?!</article>).)*?<span class="mc-pill">.*?</svg>(.*?)</span>',
    re.DOTALL,
)


def check_words_for_numbers(
    name: str, text: str, rows: Mapping[str, Mapping[str, str]], labels: Mapping[str, str]
) -> Iterator[Problem]:
    """`labels`: symbol -> the words for it."""
    for row, words in REASON.findall(text):
        label = labels.get(rows.get(row, {}).get("value", ""), "")
        if label and unescape(words).strip() != label:
            yield problem(
                "wrong-number", f"the page gives {quote(words)} as the reason of {row}, its row another", name
            )


def check_answers(name: str, text: str, promises: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    for promise, words in ANSWER.findall(text):
        answer = promises.get(promise, {}).get("status_words", "")
        if " ".join(unescape(words).split()) != answer:
            yield problem("wrong-verdict", f"the page answers {quote(words)} to {promise}, promises.csv another", name)
