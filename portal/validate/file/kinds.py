"""Is the file what its name says? A workbook, a web page or an archive is known by how its bytes begin.

In:  a Resource.
Out: one Problem that names what the file is and what to click.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from portal.model import Problem, Resource

SAVE_AS = 'In Excel choose File > Save As > "CSV UTF-8 (Comma delimited)"; in LibreOffice Save As > Text CSV > UTF-8.'
OPEN_AND_SAVE = f"Open it in a spreadsheet program. {SAVE_AS} Put that file here."
UNPACK = "Unpack it and put the CSV file that it holds here."
ASK = "Ask for the figures as a spreadsheet or a CSV file; nothing can be read from this one without retyping."
STARTS = (  # how the bytes begin, what that is, what to do
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", OPEN_AND_SAVE),
    (b"%PDF", "a PDF document", ASK),
    (b"{\\rtf", "a text document (.rtf)", ASK),
    (b"\x89PNG", "a picture (.png)", ASK),
    (b"\xff\xd8\xff", "a picture (.jpg)", ASK),
    (b"\x1f\x8b", "a compressed file (.gz)", UNPACK),
    (b"BZh", "a compressed file (.bz2)", UNPACK),
    (b"7z\xbc\xaf", "an archive (.7z)", UNPACK),
    (b"PAR1", "a Parquet file", "Export the table as CSV, UTF-8."),
    (b"SQLite format 3", "a database (SQLite)", "Export the table as CSV, UTF-8."),
)
INSIDE_ZIP = (  # a name inside the archive, what that makes it, what to do
    (b"xl/", "an Excel workbook (.xlsx)", OPEN_AND_SAVE),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet (.ods)", OPEN_AND_SAVE),
    (b"word/", "a Word document (.docx)", ASK),
    (b"", "an archive (.zip)", UNPACK),
)
PAGE = "Open the address in a browser again (you may have to sign in), and download the CSV file itself."


def check_kind(resource: Resource) -> Iterator[Problem]:
    if found := find_kind(resource.content):
        what, fix = found
        yield Problem("not-a-csv", f"the file is called .csv and is {what}", resource.path, fix=fix)


def find_kind(content: bytes) -> tuple[str, str] | None:
    if content.startswith(b"PK\x03\x04"):
        return next((what, fix) for inside, what, fix in INSIDE_ZIP if inside in content)
    if known := next(((what, fix) for start, what, fix in STARTS if content.startswith(start)), None):
        return known
    start = content[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:14].lower().startswith((b"<!doctype html", b"<html")):
        return "a web page (HTML)", PAGE
    if start[:5].lower() == b"<?xml":
        workbook = b"spreadsheet" in start.lower()
        return ("an Excel workbook in XML", OPEN_AND_SAVE) if workbook else ("XML", "Export the table as CSV, UTF-8.")
    if start[:1] in (b"{", b"[") and is_json(content):
        return "JSON", "Export the table as CSV, UTF-8."
    return None


def is_json(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content.decode("utf-8-sig")), dict | list)
    except RecursionError:  # no CSV file is nested as deep
        return True
    except ValueError:
        return False
