"""Are the bytes text in UTF-8, which is what is published and what the downloads promise?

In:  a Resource: its bytes as they are on disk, and the encoding that the descriptor declares.
Out: the first reason why they are not, at its line and character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.csvfile import split_lines
from portal.formats import plural
from portal.model import Problem, Resource
from portal.validate.file.kinds import SAVE_AS

UTF8 = {"utf-8", "utf8", "utf-8-sig"}
# Drawing one of these would end the program; on a page it is a box. U+0080 to U+009F are control characters as well.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
MARKS = (b"\xff\xfe", b"\xfe\xff")


def check_encoding(resource: Resource) -> Iterator[Problem]:
    """One cause, one message: what is no text has no characters to complain about."""
    for check in (check_declared, check_utf16, check_nul, check_utf8, check_control):
        found = check(resource)
        if found:
            yield found
            return


def check_declared(resource: Resource) -> Problem | None:
    if resource.encoding.lower().replace("_", "-") in UTF8:
        return None
    message = f'the descriptor declares the encoding "{resource.encoding}"; only UTF-8 is published'
    line = f"the line `encoding: {resource.encoding}`"
    if is_utf8(resource.content):
        fix = f"The file is UTF-8 already: take {line} out of the descriptor."
    else:
        fix = f"{SAVE_AS} Then take {line} out of the descriptor."
    return Problem("encoding-declared", message, resource.path, field="encoding", fix=fix)


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def check_utf16(resource: Resource) -> Problem | None:
    """Excel's "Unicode Text": half of the bytes are NUL."""
    start = resource.content[:4000]
    even, odd = start[::2].count(0), start[1::2].count(0)
    lopsided = len(start) >= 4 and max(even, odd) * 3 > len(start) and min(even, odd) * 20 < len(start)
    if not (start.startswith(MARKS) or lopsided):
        return None
    message = 'the file is UTF-16, which Excel calls "Unicode Text", and not UTF-8'
    return Problem("not-utf8", message, resource.path, 1, fix=SAVE_AS)


def check_nul(resource: Resource) -> Problem | None:
    position = resource.content.find(b"\0")
    if position < 0:
        return None
    line, column = line_and_column(resource.content, position)
    message = f"line {line}, character {column} is a NUL byte, so the file is not plain text"
    return Problem(
        "nul-byte", message, resource.path, line, column, fix=f"Delete it, or export the table again. {SAVE_AS}"
    )


def check_utf8(resource: Resource) -> Problem | None:
    content = resource.content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        position, cut_off = error.start, error.reason == "unexpected end of data"
    else:
        return None
    line, column = line_and_column(content, position)
    if cut_off and content[position] >= 0xE0 and len(content) - position > 1:
        message, fix = "the file breaks off in the middle of a character", "Copy or export the file again, to its end."
        return Problem("not-utf8", message, resource.path, line, column, fix=fix)
    more = count_broken(content) - 1
    counted = f" ({plural(more, 'more place')} in the file)" if more else ""
    message = f"line {line}, character {column} is not UTF-8{guess(content[position])}{counted}"
    fix = f"Open the file in the program that it came from. {SAVE_AS}"
    return Problem("not-utf8", message, resource.path, line, column, fix=fix)


def guess(byte: int) -> str:
    """What stands there if Windows wrote it, and never more than that one character."""
    likely = bytes([byte]).decode("cp1252", "replace")
    known = likely.isprintable() and likely != "\ufffd"
    return f'; it is probably "{likely}", saved as plain CSV by a spreadsheet' if known else ""


def count_broken(content: bytes) -> int:
    return content.decode("utf-8", "replace").count("\ufffd") - content.count(b"\xef\xbf\xbd")


def check_control(resource: Resource) -> Problem | None:
    for number, line in enumerate(split_lines(resource.content), 1):
        if found := CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            message = f"line {number}, character {found.start() + 1} is a control character ({code}): no reader sees it"
            fix = "Delete it, or retype the cell; a spreadsheet shows it as nothing or as a box."
            return Problem("control-character", message, resource.path, number, found.start() + 1, fix=fix)
    return None


def line_and_column(content: bytes, position: int) -> tuple[int, int]:
    """Both counted from 1, and the column in characters, as an editor does."""
    before = split_lines(content[:position] + b".")  # the mark stands where the byte does
    return len(before), len(before[-1])
