"""Does what a page says where it is shared hold: its names, its picture, its words for search engines?

In:  the heads of the finished pages, the pictures, the published rows and the data as it was read.
Out: a Problem for two pages of one name, for a picture that is missing, of another size, too heavy or named by nobody,
     for words that are not those written into the picture, and for a number in them that its row does not say.
"""

from __future__ import annotations

import json
import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic_core import from_json

from portal.model import Portal, Problem
from portal.privacy import quote
from portal.verify.numbers import problem, says
from portal.verify.pairs import AGAIN, Pair
from portal.verify.reader import Reader

FOLDER = "share"
PNG = b"\x89PNG\r\n\x1a\n"
SIZE = 1200, 630
MOST_BYTES = 60_000
YOUNG = "young-people/"
OWN_PAGE = re.compile(r"datasets/[^/]+/index\.html")  # what its picture is of; its rows and measures share it
MANIFEST = "manifest.webmanifest"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def check_shared(
    pages: Mapping[str, Reader], site: Path, rows: Mapping[str, Mapping[str, str]], portal: Portal
) -> Iterator[Problem]:
    heads = {name: reader.metas for name, reader in pages.items() if name != "404.html"}
    for what in ("description", "og:title"):
        yield from check_apart(what, {name: said[what]["content"] for name, said in heads.items() if what in said})
    pictures = {path.relative_to(site).as_posix(): read_picture(path) for path in sorted((site / FOLDER).glob("*"))}
    named = set()
    for name, said in heads.items():
        found = find_picture(name, said.get("og:image", {}).get("content", ""))
        named.add(found)
        yield from check_picture(name, said, pictures.get(found), rows)
    for path, (size, _, weight) in pictures.items():
        if path not in named:
            yield Problem("unread-file", "no page names the picture", f"site/{path}", fix=AGAIN)
        if size != SIZE or weight > MOST_BYTES:
            message = f"the picture is {size[0]} by {size[1]} and has {weight:,} bytes"
            fix = f"It has to be {SIZE[0]} by {SIZE[1]} with at most {MOST_BYTES:,}: draw less in it."
            yield Problem("preview", message, f"site/{path}", fix=fix)


def check_apart(what: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """In a list of results, pages of one name cannot be told apart."""
    count = Counter(texts.values())
    first: dict[str, str] = {}
    for name, text in texts.items():
        if count[text] > 1 and first.setdefault(text, name) != name:
            message = f"its {what} is that of {first[text]} too: {quote(text)}"
            yield problem("same-name", message, name, "Give one of the two another title or another lede.")


def find_picture(name: str, address: str) -> str:
    """share/x.png, however the page names it."""
    path = urlsplit(address).path
    found = path.rpartition(f"{FOLDER}/")[2]
    own = urlsplit(address).netloc or path == "../" * name.count("/") + f"{FOLDER}/{found}"
    return f"{FOLDER}/{found}" if own and found else ""


def check_picture(
    name: str,
    said: Mapping[str, Mapping[str, str]],
    picture: tuple[tuple[int, int], str, int] | None,
    rows: Mapping[str, Mapping[str, str]],
) -> Iterator[Problem]:
    alt = said.get("og:image:alt", {})
    if picture is None:
        yield problem("preview", "the page names no picture that is there", name)
        return
    if alt.get("content") != picture[1]:
        yield problem("preview", f"its picture says {quote(picture[1])}, the page says otherwise of it", name)
    title = said.get("og:title", {}).get("content", "").partition(" (")[0]
    if OWN_PAGE.fullmatch(name) and not alt.get("content", "").startswith(title):
        yield problem("preview", f"its picture is titled otherwise than the page: {quote(picture[1])}", name, AGAIN)
    number, ids = alt.get("data-number", ""), alt.get("data-rows", "")
    cells = [rows[row] for row in ids.split() if row in rows]
    if number and (not says(number, cells) or number not in alt.get("content", "")):
        yield problem("wrong-number", f"the picture says {quote(number)}, the row {ids} says otherwise", name)
    if number and len(cells) == 1 and not is_when(alt.get("content", ""), number, cells[0]):
        yield problem("wrong-number", f"the picture gives {quote(number)} another time than the row {ids}", name)
    if number and name.startswith(YOUNG):
        yield problem("preview", "a page for young people is shown with a number", name, AGAIN)


def is_when(words: str, number: str, cell: Mapping[str, str]) -> bool:
    """The number is followed by its time as the row has it; what has no day in the row may say so in words."""
    after = words.partition(f" {number}, ")[2]
    return after.startswith(cell["period"]) if cell["period"] and cell["date_status"] != "none" else bool(after)


def read_picture(path: Path) -> tuple[tuple[int, int], str, int]:
    """Its size, the words written into it, and how much it weighs."""
    content = path.read_bytes()
    if not content.startswith(PNG) or content[-8:-4] != b"IEND":
        return (0, 0), "", len(content)
    words, at = "", len(PNG)
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind == b"iTXt":
            words = content[at + 8 : at + 8 + length].partition(b"\0\0\0\0\0")[2].decode("utf-8", "replace")
        at += 12 + length
    width, height = struct.unpack(">II", content[16:24])
    return (width, height), words, len(content)


def pair_manifest(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each icon that it names is there, of the size it tells; nothing in it leads to another host."""
    path = site / MANIFEST
    held = from_json(path.read_bytes()) if path.is_file() else {}
    yield Pair(MANIFEST, "where the site starts", held.get("start_url"), "./", "the rule")
    for icon in held.get("icons", ()):
        own, _, _ = read_picture(site / str(icon["src"])) if (site / str(icon["src"])).is_file() else ((0, 0), "", 0)
        yield Pair(MANIFEST, f"the size of {icon['src']}", icon["sizes"], f"{own[0]}x{own[1]}", "the picture")


def pair_blocks(site: Path, portal: Portal) -> Iterator[Pair]:
    """What each dataset's page tells search engines: name, span of time, and files that are there."""
    for dataset in portal.datasets:
        name = f"datasets/{dataset.slug}/index.html"
        found = BLOCK.search((site / name).read_text(encoding="utf-8")) if (site / name).is_file() else None
        held: dict[str, Any] = from_json(found[1]) if found else {}
        yield Pair(name, "the name for search engines", held.get("name"), dataset.title)
        days = [
            (row.period_start.isoformat(), row.period_end.isoformat())
            for row in dataset.observations
            if row.kind == "actual" and row.period_start and row.period_end
        ]
        span = f"{min(days)[0]}/{max(end for _, end in days)}" if days else None
        yield Pair(name, "the span of time for search engines", held.get("temporalCoverage"), span)
        papers = {portal.reference.sources[o.source]["title"] for o in dataset.observations if o.source}
        told = {str(work["name"]) for work in held.get("isBasedOn", ())}
        yield Pair(name, "the papers for search engines", json.dumps(sorted(papers - told)), "[]")
        wanted = {f"data/{dataset.slug}.zip", *(f"data/{dataset.slug}/{r.name}.csv" for r in dataset.resources)}
        files = {f"data/{str(d['contentUrl']).rpartition('/data/')[2]}" for d in held.get("distribution", ())}
        yield Pair(name, "the files for search engines", json.dumps(sorted(files)), json.dumps(sorted(wanted)))
