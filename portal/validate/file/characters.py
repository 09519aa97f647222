"""Is there anything in the text that a reader does not see, or sees as something else?

In:  a Dataset whose files are text in UTF-8.
Out: Problems; the same character in many cells is told once, at the first.

Joiners and direction marks belong to the writing of Arabic, Persian, Hindi, Thai and to emoji: beside those they stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.csvfile import split_lines
from portal.formats import plural
from portal.model import Dataset, Problem, Resource
from portal.validate.places import cell_column, field_at

HIDING = re.compile("[\u202a-\u202e\u2066-\u2069\u2028\u2029\ufff9-\ufffb\ufeff\ufffd]")
JOINING = re.compile("[\u200b-\u200f\u2060-\u2064\u180e\u061c\u3164\U000e0000-\U000e007f]")
FIRST_TAG = "\U000e0000"
WHAT = {
    "\ufffd": ("is what is left of a letter that was lost", "Take the text from where it came from, saved as UTF-8."),
    "\ufeff": (
        "is a byte-order mark in the middle of the file, as where two files were put together",
        "Put them together in the spreadsheet: copy the rows of one below those of the other, and save as CSV UTF-8.",
    ),
    "\u2028": (
        "is a line break that most programs do not know",
        "Delete it and type a space or an ordinary line break.",
    ),
    "\u2029": (
        "is a line break that most programs do not know",
        "Delete it and type a space or an ordinary line break.",
    ),
}
DIRECTION = ("turns the direction of the text, so that a reader sees other than what stands there", "Retype the cell.")
UNSEEN = ("is seen by nobody, and hides that two cells differ", "Retype the cell, or paste it as plain text.")
# UTF-8 read as Windows-1252 and saved again: a pound sign becomes two characters, a curly quotation mark three.
TAIL = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
GARBLED = re.compile(f"[ÂÃ]{TAIL}|â{TAIL}{TAIL}")
SPACES = "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003"
SPACED = re.compile(rf"[-+−£$€]?[{SPACES}]*\d[\d.,{SPACES}]*%?")
NUMERIC = {"number", "integer", "year"}


@dataclass(slots=True)
class Find:
    """Where a character was first met, and in how many lines."""

    line: int
    column: int
    count: int = 0


def check_characters(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        yield from check_hidden(resource)
        yield from check_garbled(resource)
        yield from check_spaces(resource)


def check_hidden(resource: Resource) -> Iterator[Problem]:
    for character, find in find_hidden(split_lines(resource.content)).items():
        usual = DIRECTION if HIDING.match(character) else UNSEEN
        what, fix = WHAT.get(character, usual)
        name = unicodedata.name(character, "no name").lower()
        message = f"line {find.line}, character {find.column} (U+{ord(character):04X}, {name}) {what}{more(find)}"
        code = "lost-character" if character == "\ufffd" else "hidden-character"
        field = field_at(resource, find.line, find.column)
        yield Problem(code, message, resource.path, find.line, find.column, field, fix)


def more(find: Find) -> str:
    return f"; {plural(find.count - 1, 'more line has', 'more lines have')} it" if find.count > 1 else ""


def find_hidden(lines: tuple[str, ...]) -> Mapping[str, Find]:
    """Character -> where it is, for those that hide something."""
    finds: dict[str, Find] = {}
    for number, line in enumerate(lines, 1):
        if line.isascii():
            continue
        met = {m[0]: m.start() + 1 for m in reversed(list(HIDING.finditer(line)))}
        met |= {m[0]: m.start() + 1 for m in reversed(list(JOINING.finditer(line))) if hides(line, m.start())}
        for character, column in met.items():
            finds.setdefault(character, Find(number, column)).count += 1
    return finds


def hides(line: str, index: int) -> bool:
    """Whether nothing beside it needs it: a letter of another script, a sign with a tail, an emoji."""
    before, after = JOINING.sub("", line[:index])[-1:], JOINING.sub("", line[index:])[:1]
    if line[index] >= FIRST_TAG:  # they write the flags of England, Scotland and Wales
        return before != "\U0001f3f4"
    return not any(needs_joiners(character) for character in (before, after) if character)


def needs_joiners(character: str) -> bool:
    kind = unicodedata.category(character)
    latin = character < "\u0370" or "LATIN" in unicodedata.name(character, "")
    return (kind[0] in "LM" and not latin) or kind in ("So", "Sk", "Mn") or character > "\U0001f000"


def check_garbled(resource: Resource) -> Iterator[Problem]:
    """A warning only: in a few languages such letters may truly meet."""
    first: tuple[int, int, str] | None = None
    count = 0
    for number, line in enumerate(split_lines(resource.content), 1):
        found = None if line.isascii() else GARBLED.search(line)
        if found and (meant := ungarble(found[0])):
            count += 1
            first = first or (number, found.start() + 1, f'"{found[0]}" stands where "{meant}" was probably meant')
    if first:
        line_number, column, said = first
        message = f"line {line_number}: {said}{more(Find(line_number, column, count))}"
        fix = "Import the file into the spreadsheet as UTF-8 (Data > From Text/CSV > File origin 65001), or correct it."
        yield Problem("garbled-text", message, resource.path, line_number, column, "", fix, "warning")


def ungarble(text: str) -> str:
    """The character that these were before; nothing when they are no garbled one."""
    try:
        meant = b"".join(c.encode("cp1252") if ord(c) > 0xFF else c.encode("latin-1") for c in text).decode("utf-8")
    except UnicodeError:
        return ""
    return meant if meant.isprintable() or meant in SPACES else ""


def check_spaces(resource: Resource) -> Iterator[Problem]:
    """A no-break space in a number looks like nothing is wrong with it."""
    for field in (f for f in resource.fields if f.type in NUMERIC and f.name in resource.frame.columns):
        for cell, line in zip(resource.frame[field.name], resource.lines, strict=True):
            if not str(cell).isascii() and set(str(cell)) & set(SPACES) and SPACED.fullmatch(str(cell).strip(" ")):
                message = f'row {line}, column "{field.name}": a no-break space or thin space stands in the number'
                fix = "Retype it without spaces. A whole column: Find and Replace, with the copied space in Find what."
                column = cell_column(resource, line, field.name)
                yield Problem("space-in-number", message, resource.path, line, column, field.name, fix)
