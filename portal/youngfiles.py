"""Read the folder for young people: pages.yaml, a story a page, and the words to keep away from.

In:  the folder of the datasets.
Out: a `YoungSection`, or None when there is no such folder; a Problem for each file that is missing, stray or
     unreadable.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from portal.documents import Unreadable, read_document
from portal.inside import Refused, read_inside
from portal.model import Problem
from portal.pagespec import check_shape, tell_twice
from portal.settings import shown_path
from portal.young import FOLDER, PAGE_TEXTS, SECTION_TEXTS, Avoided, YoungPage, YoungSection

PAGES, AVOIDED, STORY = "pages.yaml", "words_to_avoid.csv", ".md.j2"
AVOIDED_COLUMNS = ("word", "say_instead", "reason")
TEXT = {"type": "string", "minLength": 1}
NAME = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$"}
TEXTS = {"type": "array", "items": TEXT}
PAGE: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "title", "question", "lede", "card", "about_me", "wrong_with_me", "next"],
    "dependentRequired": {"figure": ["figure_words"], "figure_words": ["figure"], "figure_more": ["figure"]},
    "properties": {"id": NAME, **dict.fromkeys(PAGE_TEXTS, TEXT), "figure": TEXT, "words": TEXTS, "next": TEXTS},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": [*SECTION_TEXTS, "pages"],
    "properties": {**dict.fromkeys(SECTION_TEXTS, TEXT), "pages": {"type": "array", "items": PAGE, "minItems": 1}},
}
Problems = list[Problem]


def is_young(folder: Path) -> bool:
    """A folder of this name with a descriptor is a dataset like any other."""
    return folder.name == FOLDER and not any(
        (folder / name).exists() for name in ("datapackage.yaml", "datapackage.json")
    )


def load_young(datasets_dir: Path, problems: Problems) -> YoungSection | None:
    folder = datasets_dir / FOLDER
    if not folder.is_dir() or not is_young(folder):
        return None
    shown = shown_path(folder)
    content = read(folder, PAGES, problems)
    if content is None:
        return None
    path = f"{shown}/{PAGES}"
    try:
        document = read_document(content, aliases=False)
    except Unreadable as error:
        problems.append(Problem("yaml-error", error.what, path, error.line, error.column, fix=error.fix))
        return None
    data, lines = document.data or {}, {place: line for place, (line, _) in document.places.items()}
    found = [*tell_twice(document, path), *check_shape(data, lines, path, SCHEMA)]
    problems.extend(found)
    if found:
        return None
    pages = tuple(make_page(folder, entry, problems) for entry in data["pages"])
    find_strays(folder, {PAGES, AVOIDED, *(f"{page.id}{STORY}" for page in pages)}, problems)
    avoided = load_avoided(folder, problems)
    texts = {name: " ".join(data[name].split()) for name in SECTION_TEXTS}
    return YoungSection(shown, path, **texts, pages=pages, avoided=avoided, lines=lines, source=document.source)


def make_page(folder: Path, entry: Mapping[str, Any], problems: Problems) -> YoungPage:
    name = f"{entry['id']}{STORY}"
    story = decode(read(folder, name, problems), f"{shown_path(folder)}/{name}", problems)
    said: dict[str, Any] = {key: " ".join(entry[key].split()) for key in PAGE_TEXTS if key in entry}
    said |= {key: tuple(entry.get(key, ())) for key in ("words", "next")}
    path = f"{shown_path(folder)}/{name}"
    return YoungPage(id=entry["id"], **said, figure=entry.get("figure", ""), narrative=story, narrative_path=path)


def load_avoided(folder: Path, problems: Problems) -> tuple[Avoided, ...]:
    """The list is optional; one that is there has its columns, or nothing would be looked for."""
    path = f"{shown_path(folder)}/{AVOIDED}"
    text = decode(read(folder, AVOIDED, problems), path, problems) if (folder / AVOIDED).exists() else ""
    if not text:
        return ()
    reader = csv.DictReader(io.StringIO(text), strict=True)
    if missing := [name for name in AVOIDED_COLUMNS if name not in (reader.fieldnames or ())]:
        message = f"the list has no column {', '.join(missing)}"
        fix = f"Its first line is: {','.join(AVOIDED_COLUMNS)}."
        problems.append(Problem("young-words", message, path, 1, fix=fix))
        return ()
    found = []
    try:
        for row in reader:
            cells = [(row.get(name) or "").strip() for name in AVOIDED_COLUMNS]
            if not all(cells):
                message = f"line {reader.line_num}: a word needs what to say instead, and the reason"
                problems.append(Problem("young-words", message, path, reader.line_num, fix="Fill in all three cells."))
            else:
                found.append(Avoided(cells[0], cells[1], cells[2], reader.line_num))
    except csv.Error:
        message = f"line {reader.line_num} is no line of a CSV file"
        fix = "Open the file in a spreadsheet and save it as CSV UTF-8 again."
        problems.append(Problem("young-words", message, path, reader.line_num, fix=fix))
    return tuple(found)


def find_strays(folder: Path, known: set[str], problems: Problems) -> None:
    """What pages.yaml does not name makes no page: somebody may think that it is published."""
    for name in sorted(os.listdir(folder)):
        if name not in known and not name.startswith("."):
            message = "pages.yaml names no page of this file, so it is published nowhere"
            fix = f"List its page in {PAGES} under `pages`, correct its name, or delete the file."
            problems.append(Problem("young-stray", message, f"{shown_path(folder)}/{name}", fix=fix))


def read(folder: Path, name: str, problems: Problems) -> bytes | None:
    try:
        return read_inside(folder, name)
    except Refused as error:
        problems.append(Problem(error.code, error.what, f"{shown_path(folder)}/{name}", fix=error.fix))
        return None


def decode(content: bytes | None, path: str, problems: Problems) -> str:
    try:
        return (content or b"").decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = (content or b"")[: error.start].count(b"\n") + 1
        fix = "In Notepad choose File > Save As and, under Encoding, UTF-8."
        problems.append(Problem("not-utf8", "the text is not UTF-8", path, line, fix=fix))
        return ""
