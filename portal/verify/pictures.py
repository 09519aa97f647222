"""Does the picture that a page is shown with say what the page says of it?

In:  the finished site.
Out: a `Pair` for each picture that a page names: the words written into the file, and those in the page's head, whose
     numbers are held against their rows as all others are; and its size.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from portal.model import Portal
from portal.verify.pairs import Pair

NAMED = re.compile(r'<meta property="og:image" content="([^"]*)">')
SAID = re.compile(r'<meta property="og:image:alt" content="([^"]*)"')
FOLDER = "assets/previews/"
HEAD = 8000  # bytes: the head of a page is well inside
SIZE = "1200x630"


def pair_pictures(site: Path, portal: Portal) -> Iterator[Pair]:
    words = {path.name: read_picture(path.read_bytes()) for path in sorted((site / FOLDER).glob("*.png"))}
    named: set[str] = set()
    for page in sorted(site.rglob("*.html")):
        head = page.read_bytes()[:HEAD].decode("utf-8", "ignore")
        if not (image := NAMED.search(head)):
            continue
        name = urlsplit(unescape(image[1])).path.rpartition("/")[2]
        told = SAID.search(head)
        said = f"{SIZE} {unescape(told[1]) if told else ''}"
        if name not in named:  # some hundred pages may share one; a second wording would be the page's fault
            named.add(name)
            yield Pair(f"{FOLDER}{name}", "what it says", words.get(name), said, page.relative_to(site).as_posix())
        elif said != words.get(name):
            yield Pair(f"{FOLDER}{name}", "what it says", words.get(name), said, page.relative_to(site).as_posix())


def read_picture(content: bytes) -> str:
    """The size, and the words of the text chunk that describes it."""
    width, height = struct.unpack(">II", content[16:24])
    at, words = 8, ""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        if kind == b"iTXt" and body.startswith(b"Description\0"):
            words = body.rpartition(b"\0")[2].decode("utf-8")
        at += 12 + length
    return f"{width}x{height} {words}"
