"""Read a YAML or JSON document that a stranger may have written.

In:  the bytes of one file.
Out: a `Document`: plain values, and where each of them stands. What cannot be read safely raises `Unreadable`, which
     says in plain words what stands where. Size, depth and the growth of aliases are bounded before anything is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from portal.documents.bounds import LARGEST, Document, Unreadable, decode
from portal.documents.fromjson import read_json
from portal.documents.fromyaml import read_yaml

__all__ = ["LARGEST", "Document", "Unreadable", "find_place", "read_document"]


def read_document(content: bytes, name: str = ".yaml", aliases: bool = True) -> Document:
    """`name` ends in .json for JSON; `aliases`: whether YAML may say with `*name` what stands elsewhere."""
    text = decode(content)
    document = read_json(text) if name.endswith(".json") else read_yaml(text, aliases)
    return replace(document, source=text.replace("\r\n", "\n").replace("\r", "\n"))


def find_place(places: Mapping[str, tuple[int, int]], place: str) -> tuple[int, int]:
    """Where a dotted place stands; of what is not written out (an alias, a missing entry) the nearest thing above."""
    while place and place not in places:
        place = place.rpartition(".")[0]
    return places.get(place, (1, 1))
