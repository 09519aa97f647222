"""Where does a descriptor lead its readers?

In:  a Dataset.
Out: a Problem for each address that is not one of the web. Whatever else a browser would do with it, it does not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.validate.package.where import entries, problem_at

ODD = re.compile(r"[\s\"'<>\\^`{|}\x00-\x20\x7f]")


def check_links(dataset: Dataset) -> Iterator[Problem]:
    parts = [("", dataset.descriptor), *((f"{place}.", entry) for place, entry in entries(dataset))]
    for above, data in parts:
        for place, address, local in find_links(data, above):
            if not (is_web(address) or (local and is_local(address))):
                message = f"{quote(address)} is no web address" + (" and no file of the package" if local else "")
                fix = "Write an address that begins with https:// or http://, or take the entry out."
                yield problem_at(dataset, place, "unsafe-link", message, fix)


def find_links(data: Mapping[str, Any], above: str) -> Iterator[tuple[str, str, bool]]:
    """(dotted place, address, whether the path of a file will do as well)."""
    found = [(f"{above}{name}", data.get(name), name == "image") for name in ("homepage", "image")]
    for part, local in (("licenses", False), ("sources", True), ("contributors", False)):
        listed = data.get(part)  # of a resource, some of these are no names of the standard and may hold anything
        for number, entry in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(entry, dict):
                found.append((f"{above}{part}.{number}.path", entry.get("path"), local))
    yield from ((place, address, local) for place, address, local in found if isinstance(address, str) and address)


def is_web(address: str) -> bool:
    """http, https, or mailto: with one address; no name or password in it."""
    if ODD.search(address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "mailto":
        return re.fullmatch(r"[^@/?]+@[^@/?]+\.[^@/?]+", parts.path) is not None
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc


def is_local(path: str) -> bool:
    parts = path.split("/")
    return ":" not in path and "\\" not in path and path[0] not in "/~." and ".." not in parts
