"""Does a sentence hold a number that no cell stands behind?

In:  a text as it stands in its file, and what the portal knows: declared phrases, rows, the files themselves.
Out: a Problem for each quantity, in digits or in words, with its line and column, and the cell it may have meant.

Dates, declared classes of words and the phrases of reference/constants are no figures: see `quantities`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from portal.model import Problem
from portal.privacy import SMALL
from portal.quantities import TIMES, Quantity, find_loose
from portal.sentences import WORDS, read_pieces
from portal.validate.nearest import Known, suggest

TAG = re.compile(r"</?[a-zA-Z][^>]*>")
LINK = re.compile(r"(?<=\])\([^()\s]*|^\s{0,3}\[[^\]\n]*\]:\s*\S+|<[a-z]+:[^\s<>]*>", re.M)
LISTED = re.compile(
    r"^[ \t>]*(\d)[.)](?=[ \t])", re.MULTILINE
)  # the place in a numbered list, which Markdown counts itself
WEIGHT = re.compile(r"(?<=\w)[*`\\]+(?=\w)|(?<=\w)[*`]+(?= )|(?<= )[*`]+(?=\w)")
UNSEEN = "\u200b"
NOTHING = Known()
TOLD = 4  # numbers of one text; more are counted
FILL = "\ufffc"  # no letter and no digit: what stands beside a figure is not read as one word with it

CALL = 'Write {{ number("figure-id") }}, with the figure listed in page.yaml.'
CLAIM = 'Say it with {{ claim("id") }}, listed under `claims` in page.yaml with the rows it speaks of.'
CALL_HOME = 'Write {{ number("dataset/figure-id") }}, with the figure listed in the dataset\'s page.yaml.'
PLAIN = "Say it without a number: none can be bound to its cell here."
FIXES = {"figure": CALL, "dataset/figure": CALL_HOME, "": PLAIN}

Where = tuple[str, str, int | None]  # path, place in words, line


def check_typed(text: str, where: Where, known: Known = NOTHING, whole_file: bool = False) -> Iterator[Problem]:
    """`whole_file`: the text is the file itself, so that the lines can be counted; else it is looked up there."""
    path, place, line = where
    found = find_typed(text, known.constants)
    for number, quantity in enumerate(found[:TOLD], 1):
        at = count_place(text, quantity.start) if whole_file else look_up(known.source(path), line, text, quantity)
        more = len(found) - TOLD if number == TOLD else 0
        yield typed_number(quantity, text, (path, place, at[0]), at[1], known, more)


def typed_number(
    quantity: Quantity, text: str, where: Where, column: int | None, known: Known, more: int = 0
) -> Problem:
    path, place, line = where
    # Without it when it is small: it may be a count of children.
    what = "a number" if SMALL.fullmatch(quantity.text) else f'the number "{" ".join(quantity.text.split())}"'
    rest = f", and {more} more after it" if more > 0 else ""
    fix = CLAIM if quantity.text.lower() in TIMES else suggest(quantity, text, known) or FIXES[known.calls]
    return Problem("typed-number", f"{place}{what} is typed into the text{rest}", path, line, column, fix=fix)


def find_typed(text: str, constants: Collection[str] = ()) -> list[Quantity]:
    """The quantities of a text with figures, tags and addresses in it, each where it stands in the text."""
    return find_loose(cover(text), constants)


def find_digits(text: str) -> str:
    """The first number in digits of a plain text; nothing when there is none."""
    return next((q.text for q in find_loose(" ".join(text.split())) if not q.text[0].isalpha()), "")


def cover(text: str) -> str:
    """Only what a reader sees as words, each character in its old place; a line break is a space like any other."""
    parts = [p.text if p.kind == WORDS else FILL * (p.end - p.start) for p in read_pieces(text)]
    plain = "".join(parts)
    for pattern in (TAG, LINK):
        plain = pattern.sub(lambda found: FILL * len(found[0]), plain)
    plain = cover_weights(cover_list(plain))
    return re.sub(r"\s", " ", plain)


def cover_list(text: str) -> str:
    """The numbers of a list that counts from 1. One that starts elsewhere says a number of its own."""
    made, end, expected = "", 0, {1}
    for found in LISTED.finditer(text):
        number = int(found[1])
        if number in expected | {1}:
            made, end = made + text[end : found.start()] + FILL * len(found[0]), found.end()
            expected = {1, number, number + 1}
    return made + text[end:]


def cover_weights(text: str) -> str:
    """Stars, backticks and backslashes within a word are not seen: fif*teen* is fifteen."""
    return WEIGHT.sub(lambda found: UNSEEN * len(found[0]), text)


def count_place(text: str, start: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def look_up(source: str, line: int | None, text: str, quantity: Quantity) -> tuple[int | None, int | None]:
    """Line and column of the number in a file whose text was folded when it was read; the entry's line if not found."""
    if not source or not line:
        return line, None
    begin = sum(len(row) for row in source.splitlines(keepends=True)[: line - 1])
    token = spaced(quantity.text.split())
    for before in (6, 3, 1, 0):  # with the words before it: the same number may stand in another entry on the line
        words = text[: quantity.start].split()[-before:] if before else []
        glue = r"\s+" if text[: quantity.start][-1:].isspace() else ""
        pattern = rf"{spaced(words)}{glue if words else ''}({token})(?!\w)"
        if found := re.compile(pattern).search(source, begin):
            return count_place(source, found.start(1))
    return line, None


def spaced(words: Collection[str]) -> str:
    return r"\s+".join(re.escape(word).replace("'", "'+") for word in words)
