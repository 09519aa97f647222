"""What a YAML parser says, in words for somebody who edits YAML once a year."""

from __future__ import annotations

import yaml

from portal.documents.bounds import Unreadable

GENERAL = (
    "the YAML cannot be read here",
    "Check the indentation, colons and quotation marks of this line and the one above.",
)
# A part of the parser's words -> ours, what to do, and whether the place is where the thing began.
WORDS = (
    ("found character '\\t'", "a tab stands here", "Indent with spaces, never with the Tab key.", False),
    (
        "mapping values are not allowed",
        "a colon stands inside a text, or the line is indented too far",
        "Put the text in quotation marks, or line it up with its neighbours.",
        False,
    ),
    (
        "unexpected end of stream",
        "a quotation mark opens here and is never closed",
        "Close it.",
        True,
    ),
    (
        "unexpected document",
        "a quotation mark opens here and is never closed",
        "Close it.",
        True,
    ),
    (
        "expected ',' or ']'",
        "a bracket [ opens here; a comma or its closing bracket is missing",
        "Put a comma between the entries, and close the bracket.",
        True,
    ),
    (
        "expected ',' or '}'",
        "a bracket { opens here; a comma or its closing bracket is missing",
        "Put a comma between the entries, and close the bracket.",
        True,
    ),
    (
        "could not find expected ':'",
        "a name without its colon stands here",
        "Write `name: value`; a text over several lines needs quotation marks.",
        True,
    ),
    (
        "expected <block end>",
        "the indentation does not fit the lines above",
        "Line the names of one group up, and leave the rest of the line as it was.",
        False,
    ),
    ("cannot start any token", "a text cannot begin with this character", "Put the text in quotation marks.", False),
    ("unknown escape", "a backslash stands here that means nothing", "Use single quotation marks round it.", False),
)


def describe_error(error: yaml.YAMLError) -> Unreadable:
    said = f"{getattr(error, 'problem', '') or ''}"
    for part, what, fix, begins in WORDS:
        if part in said:
            return Unreadable(what, fix, *mark_of(error, begins))
    return Unreadable(*GENERAL, *mark_of(error, False))


def mark_of(error: yaml.YAMLError, begins: bool) -> tuple[int, int]:
    later, earlier = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    mark = (earlier or later) if begins else (later or earlier)
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
