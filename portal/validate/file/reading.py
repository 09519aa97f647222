"""Let the checking library read a file as everybody else here does. Left alone it guesses from the first rows.

In:  a descriptor for the library.
Out: a copy in which nothing about a file is left to guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PLAIN = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}


def pin_reading(descriptor: Mapping[str, Any]) -> dict[str, Any]:
    entries = descriptor.get("resources")
    pinned = [pin_resource(entry) if isinstance(entry, dict) else entry for entry in entries or ()]
    return {**descriptor, "resources": pinned} if isinstance(entries, list) else dict(descriptor)


def pin_resource(entry: Mapping[str, Any]) -> dict[str, Any]:
    dialect = entry.get("dialect")
    own = dialect if isinstance(dialect, dict) else {}
    return {**entry, "encoding": "utf-8", "format": "csv", "dialect": {**PLAIN, **own}}
