"""Read a file of a dataset, and nothing that lies outside its folder.

In:  the folder, and the path of a file in it as somebody wrote it.
Out: the file's bytes; or `Refused`, which says why before anything was read, and never what stands in the file.

The answer is the same on a disk that tells "A.csv" from "a.csv" and on one that does not.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

LARGEST = 200_000_000  # bytes of a file; a code host takes half of it
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
DRIVE = re.compile(r"[A-Za-z]:")


class Refused(Exception):
    """Why a file is not read: a problem's code, what is wrong, what to do."""

    def __init__(self, code: str, what: str, fix: str) -> None:
        super().__init__(what)
        self.code, self.what, self.fix = code, what, fix


def read_inside(folder: Path, name: str, largest: int = LARGEST) -> bytes:
    """`name`: relative to the folder, with `/` between its parts."""
    check_written(name)
    path = folder / name
    check_links(folder, path, name)  # first: else the names of a folder outside would be listed, and told
    check_spelling(folder, name)
    try:
        return read_regular(path, name, largest)
    except OSError as error:
        raise explain(error, name) from error


def check_written(name: str) -> None:
    """What can be told from the path itself, on any system."""
    copy = "Copy the file into the dataset's folder and name it from there, such as data/table.csv."
    if not name.strip() or any(ord(character) < 32 for character in name):
        raise Refused("unsafe-path", "the path is empty, or holds a character that no name can hold", copy)
    if DRIVE.match(name) and not ADDRESS.match(name):
        raise Refused("unsafe-path", f"{shown(name)} begins with the letter of a drive", copy)
    if ADDRESS.match(name) or name.startswith("//"):
        fix = "Download the file into the dataset's folder; nothing is fetched from a network."
        raise Refused("unsafe-path", f"{shown(name)} is an address, not a file in the folder", fix)
    if "\\" in name:
        right = name.replace("\\", "/")
        raise Refused("unsafe-path", f"{shown(name)} is written with backslashes", f"Write {shown(right)}.")
    if name.startswith("/"):
        raise Refused("unsafe-path", f"{shown(name)} begins at the root of the disk", copy)
    parts = name.split("/")
    if ".." in parts or name.startswith("~"):
        raise Refused("unsafe-path", f"{shown(name)} leads out of the dataset's folder", copy)
    if any(part in ("", ".") for part in parts):
        right = "/".join(part for part in parts if part not in ("", ".")) or "data/table.csv"
        raise Refused("unsafe-path", f"{shown(name)} is written in a roundabout way", f"Write {shown(right)}.")
    if any(part.startswith(".") for part in parts):
        raise Refused(
            "unsafe-path",
            f"{shown(name)} is hidden: its name begins with a full stop",
            "Rename it, without the full stop.",
        )


def shown(name: str) -> str:
    """A path in a message: one line, cut short."""
    plain = " ".join(name.split())
    return f'"{plain if len(plain) <= 80 else plain[:80] + "…"}"'


def check_spelling(folder: Path, name: str) -> None:
    """Each part of the path stands in its folder in just these letters."""
    at = folder
    for part in name.split("/"):
        try:
            there = os.listdir(at)
        except OSError as error:
            raise explain(error, name) from error
        if part not in there:
            raise absent(name, part, there)
        at = at / part


def absent(name: str, part: str, there: list[str]) -> Refused:
    alike = sorted(other for other in there if other.casefold() == part.casefold())
    if alike:
        what = f"{shown(name)} is spelt {shown(alike[0])} on the disk: capital letters count"
        return Refused("wrong-case", what, "Write the path as the file is called, or rename the file.")
    return Refused("missing-file", f"the file {shown(name)} is not there", "Add the file, or correct the path.")


def check_links(folder: Path, path: Path, name: str) -> None:
    """A link may lead from one place in the folder to another, and nowhere else."""
    home, real = os.path.realpath(folder), os.path.realpath(path)
    if real != home and not real.startswith(home + os.sep):
        what = f"{shown(name)} is a link that leads out of the dataset's folder"
        raise Refused("unsafe-path", what, "Replace the link by a copy of the file.")


def read_regular(path: Path, name: str, largest: int) -> bytes:
    """Opened without waiting, for a pipe would keep us for ever; what was opened is looked at once more."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise irregular(path, name)
    with open(os.open(path, flags), "rb") as file:
        about = os.fstat(file.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise irregular(path, name)
        if about.st_size > largest:
            what = f"{shown(name)} is larger than {largest // 1000:,} kB"
            raise Refused("too-large", what, "Publish a shorter file, or several.")
        return file.read(largest + 1)


def irregular(path: Path, name: str) -> Refused:
    if path.is_dir():
        return Refused("not-a-file", f"{shown(name)} is a folder", "Name a file in it.")
    return Refused("not-a-file", f"{shown(name)} is no ordinary file", "Replace it by a copy of the data.")


def explain(error: OSError, name: str) -> Refused:
    if error.errno in (errno.ELOOP,):
        what = f"{shown(name)} is a link that leads in a circle"
        return Refused("unsafe-path", what, "Replace the link by a copy of the file.")
    if error.errno in (errno.EACCES, errno.EPERM):
        fix = "Give everybody the right to read it (on Linux and macOS: chmod a+r and the file's name)."
        return Refused("no-permission", f"{shown(name)} may not be read", fix)
    if error.errno == errno.ENAMETOOLONG:
        return Refused("unsafe-path", f"{shown(name)} is too long for a path", "Give the file a shorter name.")
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Refused("missing-file", f"the file {shown(name)} is not there", "Add the file, or correct the path.")
    return Refused("missing-file", f"{shown(name)} cannot be read ({error.strerror})", "Check the file and the disk.")
