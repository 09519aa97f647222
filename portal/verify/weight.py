"""What does a first visit to each page move? Nobody should pay for more than they read.

In:  the folder of the finished site.
Out: a Problem for each page that moves more, or asks for more files, than a page of its kind may: which page, what in
     it weighs, and what makes it lighter.

Counted as a host of static pages sends them: compressed, the page with the styles, scripts and pictures that it loads
by itself. What stands in a <template> or comes after a click is not moved on a first visit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from portal.model import Problem


class Budget(NamedTuple):
    """What a kind of page may move. The first whose `pages` fits counts. `stops`: whether more stops the build."""

    pages: str
    bytes: int
    requests: int
    stops: bool
    lighter: str


SHORTER = "Show fewer or shorter tables and charts in its page.yaml, or divide the dataset into two."
GROWS = "The page grows with the data. Divide the dataset that fills most of it into two."
DESIGN = "Take a part off the page, or make its template or a file in site_templates/assets/portal smaller."

# A page that a page.yaml fills stops the build, for its writer can choose. One that lists whatever there is warns, for
# nobody should be kept from publishing a month's figures by a list that grew.
BUDGETS = (
    Budget("datasets/*/rows/index.html", 150_000, 15, False, GROWS),
    Budget("datasets/*/index.html", 100_000, 15, True, SHORTER),
    Budget("index.html", 60_000, 15, True, DESIGN),
    Budget("young-people/*index.html", 60_000, 15, True, DESIGN),
    Budget("data-quality/index.html", 150_000, 15, False, GROWS),
    Budget("*", 100_000, 15, False, GROWS),
)

TEMPLATE = re.compile(r"<template\b.*?</template>", re.DOTALL)
TAG = re.compile(
    r"<(link|script|img|source|iframe|object|embed|video|audio|image|use)\b((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
)
ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")
LOADED = {"stylesheet", "icon", "manifest", "preload", "modulepreload"}
URL = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')#]+)")


def check_weight(site: Path) -> Iterator[Problem]:
    """Each page against the budget of its kind. A file that many pages load is compressed once."""
    sizes: dict[str, int] = {}
    for path in sorted(site.rglob("*.html")):
        name, text = path.relative_to(site).as_posix(), path.read_bytes()
        budget = next(budget for budget in BUDGETS if fnmatchcase(name, budget.pages))
        parts = {name: size_of(text)}
        for file in find_loaded(name, text.decode("utf-8", "replace"), site):
            if file not in sizes:
                sizes[file] = size_of((site / file).read_bytes())
            parts[file] = sizes[file]
        yield from check_page_weight(name, parts, budget)


def check_page_weight(name: str, parts: dict[str, int], budget: Budget) -> Iterator[Problem]:
    found = partial(Problem, "too-heavy", path=f"site/{name}", severity="error" if budget.stops else "warning")
    whole = sum(parts.values())
    if whole > budget.bytes:
        own = f"{in_kb(parts[name])} of it is the page itself"
        others = sorted(((size, file) for file, size in parts.items() if file != name), reverse=True)
        most = "".join(f", {in_kb(size)} {file}" for size, file in others[:2])
        message = f"a first visit moves {in_kb(whole)}, compressed; a page of this kind may move {in_kb(budget.bytes)}"
        fix = budget.lighter if (whole - parts[name]) * 2 < budget.bytes else DESIGN
        yield found(f"{message} ({own}{most})", fix=fix)
    if len(parts) > budget.requests:
        message = f"a first visit asks for {len(parts)} files; a page of this kind may ask for {budget.requests}"
        yield found(message, fix="Join some of its styles, scripts or pictures into one.")


def in_kb(size: int) -> str:
    return f"{size / 1000:,.0f} kB"


def size_of(content: bytes) -> int:
    """As gzip sends it, at the level that hosts use; never more than it is."""
    packer = zlib.compressobj(6, wbits=31)
    return min(len(content), len(packer.compress(content) + packer.flush()))


def find_loaded(name: str, html: str, site: Path) -> list[str]:
    """The files of the site that a page loads by itself, with those that its styles load; each once."""
    found: dict[str, None] = {}
    for tag in TAG.finditer(TEMPLATE.sub("", html)):
        values = {a[1].lower(): a[2] or a[3] or a[4] or "" for a in ATTRIBUTE.finditer(tag[2])}
        for address in addresses(tag[1], values):
            found |= dict.fromkeys(resolve(name, address, site))
    for style in [file for file in found if file.endswith(".css")]:
        for address in URL.findall((site / style).read_text(encoding="utf-8")):
            found |= dict.fromkeys(resolve(style, address, site))
    return list(found)


def addresses(tag: str, values: dict[str, str]) -> Iterator[str]:
    if tag == "link":
        if LOADED & set(values.get("rel", "").lower().split()):
            yield values.get("href", "")
        return
    yield from (values[name] for name in ("src", "data", "poster") if name in values)
    if tag in ("image", "use"):
        yield from (values[name] for name in ("href", "xlink:href") if name in values)
    if "srcset" in values:  # of several sizes a browser takes one: the first stands for it
        yield values["srcset"].split(",")[0].strip().split(" ")[0]


def resolve(name: str, address: str, site: Path) -> Iterator[str]:
    """The file of the site that an address means; nothing for a part of the page, or for what is in the page itself."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return
    path = unquote(parts.path)
    if path.startswith("/"):  # the page of a missing address names its files from the root
        tries = [path.lstrip("/").split("/", n)[-1] for n in range(path.count("/"))]
    else:
        tries = [normpath(join(dirname(name), path))]
    yield from [file for file in tries if (site / file).is_file()][:1]
