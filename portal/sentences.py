"""Cut a sentence of a dataset into words and figures. Nothing that stands in it is ever run as a template.

In:  a text of page.yaml, of mkdocs.yml or of a narrative.
Out: its pieces, in order: words, the names of figures in {{ number("id") }}, {{ text("id") }}, {{ period("id") }}, and
     the names of claims in {{ claim("id") }}.

The four calls are the whole language: what else opens with {{ or {% is a piece of its own, which the check refuses
and no page prints. So a text takes as long to read as it is long, and can reach neither files nor Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CALL = re.compile(r"""\{\{\s*(?:number|period|text)\(\s*["']([^"'\n]+)["']\s*\)\s*\}\}""")
CLAIMED = re.compile(r"""\{\{\s*claim\(\s*["']([^"'\n]+)["']\s*\)\s*\}\}""")
SPOKEN = re.compile(r"""\{\{\s*(claim|number|period|text)\(\s*["']([^"'\n]+)["']\s*\)\s*\}\}""")
OPENING = re.compile(r"\{[{%#]")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
CALLS, CLAIM = ("number", "period", "text"), "claim"
WORDS, COMMENT = "words", "comment"
REFUSED, OPEN = "refused", "open"  # other code between braces; braces that never close


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: words, number, period, text, claim, comment, refused or open; `text`: the words, or the id."""

    kind: str
    text: str
    start: int
    end: int


def read_pieces(text: str) -> Iterator[Piece]:
    end = 0
    while found := OPENING.search(text, end):
        if found.start() > end:
            yield Piece(WORDS, text[end : found.start()], end, found.start())
        yield (piece := read_braces(text, found.start()))
        end = piece.end
    if end < len(text):
        yield Piece(WORDS, text[end:], end, len(text))


def read_braces(text: str, start: int) -> Piece:
    """What opens at `start`; braces that never close run to the next that open."""
    if call := SPOKEN.match(text, start):
        return Piece(call[1], call[2], start, call.end())
    opening = text[start : start + 2]
    next_one = OPENING.search(text, start + 2) if opening != "{#" else None  # a comment may hold braces
    limit = next_one.start() if next_one else len(text)
    close = text.find(CLOSING[opening], start + 2, limit)
    end = close + 2 if close >= 0 else limit
    kind = OPEN if close < 0 else COMMENT if opening == "{#" else REFUSED
    return Piece(kind, text[start:end], start, end)


def line_of(text: str, start: int) -> int:
    """The line of a place in a text, counted from 1."""
    return text.count("\n", 0, start) + 1


def words_only(text: str) -> str:
    """The text as a reader sees it, with nothing where figures stand; its lines keep their numbers."""
    pieces = read_pieces(text)
    return "".join(piece.text if piece.kind == WORDS else "\n" * piece.text.count("\n") for piece in pieces)
