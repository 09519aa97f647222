"""Is the file a CSV table at all?

In:  a Resource: its bytes as they are on disk.
Out: the reasons why it cannot be read row by row. The checking library takes several of these for valid.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from portal.formats import plural
from portal.model import Problem, Resource

# Drawing one of these would end the program; on a page it is a box.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def check_file(resource: Resource) -> Iterator[Problem]:
    if not resource.content.strip():
        yield Problem("empty-file", "the file is empty", resource.path, 1, fix="Put a header row and the data in it.")
        return
    if b"\0" in resource.content:
        line = resource.content[: resource.content.index(b"\0")].count(b"\n") + 1
        yield Problem(
            "nul-byte",
            "the file holds a NUL byte, so it is not plain text",
            resource.path,
            line,
            fix="Export it again as CSV, UTF-8.",
        )
        return
    try:
        text = resource.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = resource.content[: error.start].count(b"\n") + 1
        yield Problem(
            "not-utf8",
            "a character on this line is not UTF-8 text, as when a spreadsheet saves plain CSV",
            resource.path,
            line,
            fix='Save the file again as "CSV UTF-8".',
        )
        return
    if found := CONTROL.search(text):
        line = text[: found.start()].count("\n") + 1
        fix = "Delete it; spreadsheets show such a character as nothing or as a box."
        yield Problem(
            "control-character", "the line holds a character that cannot be printed", resource.path, line, fix=fix
        )
        return
    yield from check_rows(text, resource)


def check_rows(text: str, resource: Resource) -> Iterator[Problem]:
    """Quotes closed, and as many cells in each row as in the header."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=resource.delimiter, strict=True)
    header: list[str] = []
    start = 1
    try:
        for row in reader:
            if not header:
                header = row
                yield from check_header(row, text, resource)
            elif len(row) != len(header):
                yield wrong_width(row, header, start, resource)
            start = reader.line_num + 1
    except csv.Error:
        yield Problem(
            "open-quote",
            "a quotation mark that opens here is never closed, or stands inside a cell",
            resource.path,
            start,
            fix='Close it, or double it ("").',
        )


def check_header(row: list[str], text: str, resource: Resource) -> Iterator[Problem]:
    if len(row) == 1 and resource.delimiter == "," and (";" in row[0] or "\t" in row[0]):
        yield Problem(
            "wrong-separator",
            "the columns are not separated by commas",
            resource.path,
            1,
            fix="Export the file with commas as separators.",
        )
    for number, name in enumerate(row, 1):
        if not name.strip():
            yield Problem(
                "blank-label", f"column {number} has no name", resource.path, 1, fix="Name it in the first row."
            )
        elif row.index(name) != number - 1:
            yield Problem(
                "duplicate-label",
                f'two columns are called "{name}"',
                resource.path,
                1,
                fix="Give each column a name of its own.",
            )


def wrong_width(row: list[str], header: list[str], line: int, resource: Resource) -> Problem:
    if not row:
        return Problem("blank-row", f"line {line} is blank", resource.path, line, fix="Delete the line.")
    fix = (
        "Put quotation marks round a cell that holds a comma."
        if len(row) > len(header)
        else "Add the missing cells; an empty cell still needs its comma."
    )
    return Problem(
        "row-width",
        f"row {line} has {plural(len(row), 'cell')}, the header has {len(header)}",
        resource.path,
        line,
        fix=fix,
    )
