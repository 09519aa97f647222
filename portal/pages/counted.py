"""Counts of the published files, each bound to its question: `verify` counts them again.

In:  a question such as "data/x.csv?column=word", and what came of it.
Out: HTML that names the question.
"""

from __future__ import annotations

from markupsafe import Markup


def tally(question: str, number: int, one: str = "", many: str = "", href: str = "") -> Markup:
    """How many rows of a published file, "data/x.csv?column=word": `verify` counts them again. `one`: "figure".

    `href`: where what is counted can be seen.
    """
    noun = f" {one if number == 1 else many or one + 's'}" if one else ""
    counted = Markup('<span class="mc-worked" data-tally="{}">{}</span>{}').format(question, f"{number:,}", noun)
    return Markup('<a class="mc-counted" href="{}">{}</a>').format(href, counted) if href else counted


def checked(slug: str, number: int) -> Markup:
    """How many sums of a dataset come out, or of all: `verify` does them again."""
    return Markup('<span class="mc-worked" data-sums="{}">{}</span>').format(slug, f"{number:,}")


def tally_sum(question: str, column: str, number: int) -> Markup:
    """What the numbers of a column make together, in the rows of a published file that the question is about."""
    return tally(f"{question}+{column}", number)


def share(part: str, whole: str, count: int, base: int) -> Markup:
    """The part of the rows of a published file that another question is about, in per cent."""
    text = f"{100 * count / base:.1f}%" if base else "0.0%"
    return Markup('<span class="mc-worked" data-share="{}|{}">{}</span>').format(part, whole, text)
