"""Do the data packages and archives hold what the source folders hold?

In:  the finished site and the data as it was read.
Out: a `Pair` for each entry of a descriptor, each member of an archive and each count in its read-me. A descriptor was
     written with json and another parser reads it here; an archive was written with zipfile and is taken apart here by
     the format's own description: a slip of the one cannot hide in the other.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic_core import from_json

from portal.model import Dataset, Portal, Resource
from portal.verify.csvs import all_datasets
from portal.verify.pairs import Pair, read_sums

OURS = {"$schema", "profile", "path", "bytes", "hash"}  # of a package or a resource: what publishing makes anew
DIRECTORY_END, DIRECTORY_ENTRY = b"PK\x05\x06", b"PK\x01\x02"
STORED, DEFLATED = 0, 8


def pair_packages(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each datapackage.json: every entry of the source, and the size and hash of the file beside it."""
    for dataset in all_datasets(portal):
        name = f"data/{dataset.slug}/datapackage.json"
        made = open_package(site / name)
        found, own = dict(leaves(made)), dict(leaves(expected_entries(dataset)))
        for place, value in own.items():
            yield Pair(name, f'the entry "{place}"', found.get(place), plain(value), dataset.descriptor_path)
        fields = sorted(place for place in {*found} - {*own} if ".schema." in place)
        yield Pair(name, "the list of entries about columns that are too many", ", ".join(fields), "")
        resources = made.get("resources", [])
        yield Pair(name, "the number of tables", len(resources), len(dataset.resources), dataset.descriptor_path)
        for entry, resource in zip(resources, dataset.resources, strict=False):
            yield from pair_entry(name, entry, resource)


def open_package(path: Path) -> dict[str, Any]:
    try:
        made = from_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def pair_entry(name: str, entry: Mapping[str, Any], resource: Resource) -> Iterator[Pair]:
    """A table in the descriptor: the file that it names, its size and its hash."""
    content, source, start = resource.content, resource.path, f"the table {resource.name}:"
    yield Pair(name, f"{start} its path", entry.get("path"), f"{resource.name}.csv", source)
    yield Pair(name, f"{start} its size", entry.get("bytes"), len(content), source)
    yield Pair(name, f"{start} its hash", entry.get("hash"), f"sha256:{hashlib.sha256(content).hexdigest()}", source)


def expected_entries(dataset: Dataset) -> dict[str, Any]:
    """The source's descriptor as far as it is published unchanged; nobody's address is."""
    top = {key: value for key, value in dataset.descriptor.items() if key not in OURS and "email" not in key}
    tables = [
        {key: value for key, value in entry.items() if key not in OURS}
        for entry in dataset.descriptor.get("resources", [])
    ]
    return {"name": dataset.slug, **without_addresses(top), "resources": tables}


def without_addresses(entries: Mapping[str, Any]) -> dict[str, Any]:
    def clean(value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return [{k: v for k, v in x.items() if k != "email"} if isinstance(x, dict) else x for x in value]

    return {key: clean(value) for key, value in entries.items()}


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """resources.0.name -> its value, for everything that holds nothing more."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{place}.{number}")
    else:
        yield place, value


def plain(value: Any) -> Any:
    """As JSON can say it: a date that YAML has read as one is text."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def pair_archives(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each zip: the members are the published files and a read-me whose counts are right, and nothing else."""
    sums = read_sums(site)
    for dataset in all_datasets(portal):
        name = f"data/{dataset.slug}.zip"
        held = read_archive(site / name)
        own = {f"{r.name}.csv": r.content for r in dataset.resources}
        wanted = {member: hashlib.sha256(content).hexdigest() for member, content in own.items()}
        wanted["datapackage.json"] = sums.get(f"data/{dataset.slug}/datapackage.json", "")
        yield Pair(name, "the list of files", ", ".join(sorted(held)), ", ".join(sorted({*wanted, "README.txt"})))
        for member, digest in wanted.items():
            same = member in held and hashlib.sha256(held[member]).hexdigest() == digest
            yield Pair(name, f"the file {member}, byte for byte,", same or None, True, f"{dataset.slug}/{member}")
        yield from pair_counts(name, held.get("README.txt", b"").decode("utf-8", "replace"), dataset)


def pair_counts(name: str, readme: str, dataset: Dataset) -> Iterator[Pair]:
    for resource in dataset.resources:
        line = re.search(rf"^  - {re.escape(resource.name)}\.csv: .*, ([\d,]+) rows?$", readme, re.MULTILINE)
        count = int(line[1].replace(",", "")) if line else None
        yield Pair(name, f"README.txt, rows of {resource.name}.csv,", count, len(resource.frame), resource.path)


def read_archive(path: Path) -> dict[str, bytes]:
    """Member -> bytes, read along the directory at the end of the archive; nothing when there is no such archive."""
    try:
        content = path.read_bytes()
        end = content.rindex(DIRECTORY_END)
        count, _, start = struct.unpack_from("<HII", content, end + 10)
        return dict(read_members(content, start, count))
    except (OSError, ValueError, struct.error, zlib.error):
        return {}


def read_members(content: bytes, place: int, count: int) -> Iterator[tuple[str, bytes]]:
    for _ in range(count):
        if content[place : place + 4] != DIRECTORY_ENTRY:
            raise ValueError("no entry of the directory")
        method, _, checksum, packed, size, name, extra, comment = struct.unpack_from("<HIIIIHHH", content, place + 10)
        (local,) = struct.unpack_from("<I", content, place + 42)
        own_name, own_extra = struct.unpack_from("<HH", content, local + 26)
        begin = local + 30 + own_name + own_extra
        data = content[begin : begin + packed]
        data = zlib.decompress(data, -zlib.MAX_WBITS) if method == DEFLATED else data
        if method not in (STORED, DEFLATED) or len(data) != size or zlib.crc32(data) != checksum:
            raise ValueError("a damaged member")
        yield content[place + 46 : place + 46 + name].decode(), data
        place += 46 + name + extra + comment
