"""Read JSON. The library reads the values; the scan bounds them first, and says afterwards where each one stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from portal.documents.bounds import LONGEST_NUMBER, Document, Unreadable, check_depth, check_string

# A string that is never closed runs to the end: no alternative is ever tried twice.
TOKEN = re.compile(r'"(?:[^"\\]|\\.?)*"?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
PLAIN = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null")
QUOTE = "Put it in straight double quotation marks."
WORDS = (
    ("Expecting ','", "a comma is missing before this place", "Put a comma between two entries."),
    ("Expecting ':'", "a colon is missing before this place", 'Write "name": value.'),
    ("Expecting property name", "a name in quotation marks belongs here", 'Write "name": value.'),
    ("Expecting value", "a value is missing here", "Write one, or take the name or the comma before it out."),
    ("Extra data", "something stands after the last bracket", "Delete it, or move the bracket behind it."),
    ("Invalid control", "a line break or a tab stands inside quotation marks", "Write \\n or \\t there."),
    ("Invalid \\", "a backslash stands here that means nothing", "Write two backslashes for one, or / in a path."),
    ("Unterminated", "a quotation mark opens here and is never closed", "Close it."),
)


def read_json(text: str) -> Document:
    tokens = list(check_pieces(text))
    try:
        data = json.loads(text)
    except ValueError as error:
        said, line, column = getattr(error, "msg", ""), getattr(error, "lineno", 1), getattr(error, "colno", 1)
        what, fix = next(
            ((what, fix) for start, what, fix in WORDS if said.startswith(start)),
            ("the JSON cannot be read here", "Check the brackets, commas and quotation marks."),
        )
        raise Unreadable(what, fix, line, column) from error
    places, twice = find_places(tokens)
    return Document(data, places, twice)


def check_pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Each piece with its line and column; what JSON does not know, and what is too deep or too long, is refused."""
    depth, line, start, end, before = 0, 1, 0, 0, ""
    for found in TOKEN.finditer(text):
        line += text.count("\n", end, found.start())
        start = text.rfind("\n", 0, found.start()) + 1 if "\n" in text[end : found.start()] else start
        piece, column = found[0], found.start() - start + 1
        depth += (piece in "{[") - (piece in "}]")
        check_depth(depth, line, column)
        check_piece(piece, before, line, column)
        yield piece, line, column
        if "\n" in piece:
            line, start = line + piece.count("\n"), found.start() + piece.rfind("\n") + 1
        end, before = found.end(), piece


def check_piece(piece: str, before: str, line: int, column: int) -> None:
    if before == "," and piece in "}]":
        raise Unreadable("a comma stands before the closing bracket", "Delete the comma.", line, column)
    if piece[0] in '"{}[],:':
        if "\\u" in piece and piece.endswith('"'):
            check_string(unescape(piece), line, column)
        return
    if not PLAIN.fullmatch(piece):
        what = f'"{piece[:40]}" is neither a number nor true, false or null'
        fix = "Write a number, or null." if piece.strip("-") in ("NaN", "Infinity") else QUOTE
        raise Unreadable(what, fix, line, column)
    if piece[0] in "-0123456789" and (len(piece) > LONGEST_NUMBER or abs(float(piece)) == float("inf")):
        raise Unreadable("a number stands here that is too large", "Put it in quotation marks.", line, column)


def unescape(piece: str) -> str:
    try:
        return str(json.loads(piece))
    except ValueError:
        return ""  # the reader says what is wrong with it


def find_places(
    tokens: list[tuple[str, int, int]],
) -> tuple[dict[str, tuple[int, int]], tuple[tuple[str, int, int], ...]]:
    """A document that is known to be right. A level of the stack: its place, its names, the last name or number."""
    places: dict[str, tuple[int, int]] = {}
    twice: list[tuple[str, int, int]] = []
    stack: list[tuple[str, set[str] | None, list[str]]] = []
    for number, (piece, line, column) in enumerate(tokens):
        if piece in "}]":
            stack.pop()
        elif piece == ",":
            if stack[-1][1] is None:
                stack[-1][2][0] = str(int(stack[-1][2][0]) + 1)
        elif piece == ":":
            continue
        elif stack and (names := stack[-1][1]) is not None and tokens[number - 1][0] in "{,":
            name = str(json.loads(piece))
            twice += [(name, line, column)] if name in names else []
            names.add(name)
            stack[-1][2][0] = name
            places[join(stack[-1][0], name)] = (line, column)
        else:
            place = join(stack[-1][0], stack[-1][2][0]) if stack else ""
            places.setdefault(place, (line, column))
            if piece in "{[":
                stack.append((place, set() if piece == "{" else None, ["0"]))
    return places, tuple(twice)


def join(above: str, name: str) -> str:
    return f"{above}.{name}" if above else name
