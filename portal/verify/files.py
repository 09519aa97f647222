"""Open each finished file as a reader would, and compare what it says with the source.

In:  the folder of the finished site, and the data as it was read.
Out: a Problem for the first place of each file that says otherwise. `OUTPUTS` lists what is read, and with what; a new
     kind of file joins by joining the list.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from portal.model import Portal, Problem
from portal.verify.csvs import pair_observations, pair_sources
from portal.verify.found import WORDS
from portal.verify.packages import pair_archives, pair_packages
from portal.verify.pairs import SUMS, Pair, differences, read_sums
from portal.verify.points import pair_points
from portal.verify.search import MAP, pair_map, pair_search
from portal.verify.shared import MANIFEST, pair_blocks, pair_manifest
from portal.verify.tables import pair_tables_of_pages
from portal.verify.views import pair_promises, pair_scorecard

FEEDS = (".atom", ".ics", ".rss", ".jsonld")
PNG = b"\x89PNG\r\n\x1a\n"
DEPENDENT = re.compile(r"var\(|<script|<foreignObject")


class Output(NamedTuple):
    """A kind of finished file. `written` and `read` name the tools: no file is judged by the one that made it."""

    name: str
    written: str
    read: str
    pairs: Callable[[Path, Portal], Iterator[Pair]]


def pair_checksums(site: Path, portal: Portal) -> Iterator[Pair]:
    """Every download with its checksum, none that is not there, and none that is not listed."""
    listed = read_sums(site)
    held = {name for name in downloads_of(site) if name != SUMS}
    yield Pair(SUMS, "the list of files that are not listed", ", ".join(sorted(held - set(listed))), "", "the folder")
    for name, digest in listed.items():
        path = site / name
        own = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        yield Pair(name, "the file", own, digest, SUMS)


def downloads_of(site: Path) -> Iterator[str]:
    """Whatever lies below data/, and the feeds wherever they lie."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and (name.startswith("data/") or path.suffix in FEEDS):
            yield name


def pair_drawings(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each svg is whole and stands alone; each png is one, with a size."""
    for path in sorted(site.glob("data/*/charts/*")):
        name, content = path.relative_to(site).as_posix(), path.read_bytes()
        if path.suffix == ".svg":
            yield Pair(name, "the drawing, read as XML,", is_xml(content), True, "the format", "chart-file")
            alone = DEPENDENT.search(content.decode("utf-8", "replace")) is None
            yield Pair(name, "the drawing, which must stand alone,", alone, True, "the rule", "chart-file")
        elif path.suffix == ".png":
            yield Pair(name, "the picture, read as PNG,", is_png(content), True, "the format", "chart-file")


def is_xml(content: bytes) -> bool:
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        return False
    return True


def is_png(content: bytes) -> bool:
    """Its signature, a size of more than nothing, and its end."""
    if not content.startswith(PNG) or len(content) < 24:
        return False
    width, height = struct.unpack_from(">II", content, 16)
    return bool(width and height) and content[-8:-4] == b"IEND"


OUTPUTS = (
    Output("each package's CSV files", "copied", "pandas", pair_sources),
    Output("data/observations.csv", "csv", "pandas", pair_observations),
    Output("data/scorecard.csv", "csv", "pandas", pair_scorecard),
    Output("data/promises.csv", "csv", "pandas", pair_promises),
    Output("datapackage.json", "json", "pydantic-core", pair_packages),
    Output("zip archives", "zipfile", "struct, zlib", pair_archives),
    Output("chart files", "Altair, vl-convert", "expat, struct", pair_drawings),
    Output("points of the charts", "json", "pydantic-core", pair_points),
    Output("tables of the pages", "Jinja2", "html.parser", pair_tables_of_pages),
    Output("words for search engines", "json", "pydantic-core", pair_blocks),
    Output(MANIFEST, "json", "pydantic-core", pair_manifest),
    Output(WORDS, "json", "pydantic-core", pair_search),
    Output(MAP, "text", "text", pair_map),
)
CHECKSUMS = Output(SUMS, "hashlib", "hashlib", pair_checksums)  # of every file, whatever is in it


def check_files(site: Path, portal: Portal) -> Iterator[Problem]:
    """The first difference of each file; a download that no output of the list reads is one as well."""
    read: set[str] = set()
    compared = (pair for output in OUTPUTS for pair in note_files(output.pairs(site, portal), read))
    yield from differences(chain(compared, CHECKSUMS.pairs(site, portal)))
    for name in downloads_of(site):
        if name not in read:
            message = "the file is published, and nothing compares it with the data"
            yield Problem("unread-file", message, f"site/{name}", fix="Add it to OUTPUTS in portal/verify/files.py.")


def note_files(pairs: Iterable[Pair], read: set[str]) -> Iterator[Pair]:
    for pair in pairs:
        read.add(pair.file)
        yield pair
