"""The files of a dataset's folder as text, whatever is wrong with them.

In:  a folder, or a Dataset with the bytes that were read of it.
Out: one `Text` a file that a person could read; nothing outside the folder is opened. A file that breaks every rule of
     its format is in the commit all the same, so it is read as far as it can be.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Any

from portal.model import Dataset, Resource

OURS = {"datapackage.yaml", "datapackage.json", "page.yaml", "narrative.md.j2", "narrative.md"}
ABOUT = ("readme", "license", "licence", "changelog", "contributing", "notice", "citation")
OF_TOOLS = {".gitkeep", ".gitignore", ".gitattributes", ".editorconfig", ".DS_Store", "Thumbs.db", "desktop.ini"}
SCRIPTS = (".md", ".py", ".r", ".rmd", ".qmd", ".sql", ".sh")  # how the tables were made; read for names like the rest
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite")
LARGEST = 64_000_000  # bytes of a file that nothing lists; a listed one is read whole
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Text:
    """One file as it stands in the commit."""

    path: str  # as the user would type it
    content: str
    listed: bool = True  # whether the package, the page or custom says what the file is for
    resource: Resource | None = None


class Places:
    """Where the physical lines of a text start: a position -> line and column, both from 1."""

    def __init__(self, content: str) -> None:
        self.starts = [0, *(end.end() for end in LINE_END.finditer(content))]

    def of(self, position: int) -> tuple[int, int]:
        line = bisect_right(self.starts, position)
        return line, position - self.starts[line - 1] + 1


def find_texts(dataset: Dataset) -> Iterator[Text]:
    """The tables from memory, in the order of the package; then the rest of the folder by name."""
    read = {resource.path: resource for resource in dataset.resources}
    for path, resource in read.items():
        yield Text(path, decode(resource.content), resource=resource)
    described = {path for path, _, _ in dataset.descriptor_places.values()}
    for path, name in find_files(dataset.folder):
        if path not in read:
            yield Text(path, read_text(Path(path)), path in described or is_listed(name, dataset.descriptor))


def find_files(folder: str) -> Iterator[tuple[str, str]]:
    """(path, name below the folder) of every file in it. A link is not followed: it may lead anywhere."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(files):
            path = Path(place, name)
            if not path.is_symlink() and path.is_file():
                yield path.as_posix(), path.relative_to(folder).as_posix()


def is_listed(name: str, descriptor: Mapping[str, Any]) -> bool:
    """A file of ours, one that tells about the others, one that a tool leaves, or one that the package names."""
    plain = name.rpartition("/")[2]
    custom = plain in OF_TOOLS or plain.lower().endswith(SCRIPTS) or (name == plain and plain.lower().startswith(ABOUT))
    return name in OURS or custom or name in named_files(descriptor)


def named_files(descriptor: Mapping[str, Any]) -> set[str]:
    """Tables, and the schemas and dialects that stand in files of their own."""
    names: list[object] = [descriptor.get("profile"), descriptor.get("image"), descriptor.get("readme")]
    entries = descriptor.get("resources")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            path = entry.get("path")
            names += [*(path if isinstance(path, list) else [path]), entry.get("schema"), entry.get("dialect")]
    return {normpath(name) for name in names if isinstance(name, str) and name}


def read_text(path: Path) -> str:
    """Empty when it cannot be opened: another check says so of a file that is needed."""
    try:
        with path.open("rb") as handle:
            return decode(handle.read(LARGEST))
    except OSError:
        return ""


def decode(content: bytes) -> str:
    """What was meant, or at least its plain letters and digits; nothing of a picture, an archive or a workbook."""
    if content.startswith(NOT_TEXT):
        return ""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if content.startswith(mark):
            try:
                return content.decode(encoding).replace("\0", "")
            except UnicodeDecodeError:
                continue
    return content.decode("latin-1").replace("\0", "")  # UTF-16 without its mark is letters between NULs
