"""Words that judge data, as a page says them: each leads to the place where its test is told.

In:  a claim with its rows; a text that says what is better, with the rows it speaks of.
Out: HTML that names the test and the rows: `verify` tests the words again from the published files.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from portal.claims import Stated, find_standing, read_phrase
from portal.model import Observation

BOUND = 'data-claim="{}" data-rows="{}"{}>{}'


def claim_id(claim: Stated) -> str:
    """The permanent name of a claim on the page of rows."""
    return f"claim-{claim.spec.id}"


def say_claim(claim: Stated, root: str) -> Markup:
    """The words of a claim as a quiet link to its rows and its test."""
    href = f"{root}datasets/{claim.rows[0].dataset}/rows/#{claim_id(claim)}"
    return Markup('<a class="mc-claim" href="{}" ' + BOUND + "</a>").format(href, *bound(claim))  # nosec B704


def mark_claim(claim: Stated) -> Markup:
    """The same words where they are at home, and lead nowhere."""
    return Markup('<span class="mc-claim" ' + BOUND + "</span>").format(*bound(claim))  # nosec B704


def bound(claim: Stated) -> tuple[str, str, Markup, str]:
    test, rows = claim.phrase.name if claim.phrase else "", " ".join(row.id for row in claim.rows)
    among = Markup(' data-among="{}"').format(" ".join(claim.spec.among)) if claim.spec.among else Markup("")
    return test, rows, among, claim.spec.words


def mark_standing(text: str, rows: Iterable[Observation]) -> Markup:
    """ "Fewer days is better" with the row by which `verify` finds what the measure says; of each measure one row."""
    of_measure = {row.measure.id: row.id for row in rows}
    html, end = Markup(""), 0
    said = escape(text)
    for words, start in find_standing(said) if of_measure else ():
        phrase = read_phrase(words)
        test = phrase.name if phrase else ""
        span = Markup('<span class="mc-standing" data-claim="{}" data-rows="{}">{}</span>')
        html += said[end:start] + span.format(test, " ".join(of_measure.values()), Markup(words))  # nosec B704
        end = start + len(words)
    return html + said[end:]
