"""Open the finished site as a visitor would, before anybody else can.

In:  the folder of the finished site, and the data as it was read.
Out: a Problem for each broken link, untraceable number, foreign request or changed file. Shares no code with what
     made the pages, so that one mistake cannot hide another.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from portal.model import Portal, Problem

FETCHED = ("src", "href", "xlink:href", "data", "poster", "action", "formaction")
REFUSED = {"base", "iframe", "object", "embed", "frame", "applet"}
LEFTOVER = re.compile(r"@@portal:|<!--portal:|_shell/")
SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}


class Reader(HTMLParser):
    """What a check needs to know of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.faults: list[tuple[str, str]] = []
        self.numbers: list[tuple[str, str]] = []  # (rows, text)
        self.count = {"h1": 0, "title": 0}
        self.policy = ""
        self._number: tuple[str, list[str]] | None = None
        self._row = ""
        self._inside_svg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in self.count and not (tag == "title" and self._inside_svg):
            self.count[tag] += 1
        if "id" in values:
            self.ids.append(values["id"])
        self.read_links(tag, values)
        self.read_faults(tag, values)
        self.read_number(tag, values)
        if tag == "svg":
            self._inside_svg += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._inside_svg -= 1
        if self._number and tag in ("a", "span"):
            self.numbers.append((self._number[0], "".join(self._number[1])))
            self._number = None

    def handle_data(self, data: str) -> None:
        if self._number:
            self._number[1].append(data)

    def read_links(self, tag: str, values: Mapping[str, str]) -> None:
        if tag in ("a", "area"):
            self.links += [values["href"]] if "href" in values else []
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            return
        else:
            fetched = [values[name] for name in FETCHED if name in values]
            fetched += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
            self.links += [address for address in fetched if not address.startswith(("data:", "#"))]
            self.faults += [fault for address in fetched for fault in foreign(address)]
        if tag == "meta" and "http-equiv" in values:
            if values["http-equiv"].lower() == "content-security-policy":
                self.policy = values.get("content", "")
            else:
                self.faults.append(("redirect", f"<meta http-equiv={values['http-equiv']}> sends the reader elsewhere"))
        if tag in REFUSED or "ping" in values or "srcdoc" in values:
            self.faults.append(("foreign-request", f"<{tag}> has no place on these pages"))

    def read_faults(self, tag: str, values: Mapping[str, str]) -> None:
        if "style" in values or tag == "style":
            self.faults.append(("inline-style", f"<{tag}> carries a style of its own"))
        self.faults += [("inline-script", f"<{tag} {name}>") for name in values if name.startswith("on")]
        if (
            tag == "script"
            and "src" not in values
            and values.get("type") not in ("application/json", "application/ld+json")
        ):
            self.faults.append(("inline-script", "a script stands in the page"))
        if tag == "img" and "alt" not in values:
            self.faults.append(("no-alternative", f"the image {values.get('src', '')} has no alternative text"))

    def read_number(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "section" and "mc-row" in values.get("class", "").split():
            self._row = values.get("id", "")
        if "data-rows" in values:
            self._number = (values["data-rows"], [])
        elif tag == "span" and "mc-row__number" in values.get("class", "").split():
            self._number = (self._row, [])


def foreign(address: str) -> list[tuple[str, str]]:
    return [("foreign-request", f"{address} would be fetched from another host")] if urlsplit(address).netloc else []


def check_site(site: Path, portal: Portal) -> Iterator[Problem]:
    """Every page and every file to download."""
    pages = {path.relative_to(site).as_posix(): read_page(path) for path in sorted(site.rglob("*.html"))}
    rows = read_rows(site / "data" / "observations.csv")
    for name, reader in pages.items():
        yield from check_page(name, reader, site)
        yield from check_links(name, reader, site, pages)
        yield from check_numbers(name, reader, rows)
    yield from check_files(site, portal)
    yield from check_rows(rows, portal)


def read_page(path: Path) -> Reader:
    reader = Reader()
    text = path.read_text(encoding="utf-8")
    reader.feed(text)
    reader.close()
    reader.faults += [("left-over", f'the mark "{found[0]}" is left over')] if (found := LEFTOVER.search(text)) else []
    return reader


def problem(code: str, message: str, page: str, fix: str = "This is a fault in a template or in page.yaml.") -> Problem:
    return Problem(code, message, f"site/{page}", fix=fix)


def check_page(name: str, reader: Reader, site: Path) -> Iterator[Problem]:
    yield from (problem(code, message, name) for code, message in reader.faults)
    if reader.count["h1"] != 1:
        yield problem("headings", f"the page has {reader.count['h1']} main headings, not one", name)
    if reader.count["title"] != 1:
        yield problem("title", f"the page has {reader.count['title']} titles, not one", name)
    if "default-src 'none'" not in reader.policy or "unsafe" in reader.policy:
        yield problem("policy", "the page has no strict content security policy", name)
    twice = (
        sorted({i for i in reader.ids if reader.ids.count(i) > 1}) if len(set(reader.ids)) != len(reader.ids) else []
    )
    if twice:
        yield problem("duplicate-id", f"the id {twice[0]} stands more than once", name)


def check_links(name: str, reader: Reader, site: Path, pages: Mapping[str, Reader]) -> Iterator[Problem]:
    for link in dict.fromkeys(reader.links):
        parts = urlsplit(link)
        if parts.scheme not in SAFE_SCHEMES:
            yield problem("unsafe-link", f"the link {link} runs something", name, "Use a web address.")
        elif not parts.netloc and not parts.scheme and not (name == "404.html" and parts.path.startswith("/")):
            target = find_target(name, unquote(parts.path))
            if not (site / target).is_file():
                yield problem("broken-link", f"the link {link} leads nowhere", name, "Correct the address.")
            elif (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in set(pages[target].ids) | {"__search", "__drawer"}
            ):
                yield problem(
                    "broken-link",
                    f"the link {link} leads to a place that is not on the page",
                    name,
                    "Correct what follows the #.",
                )


def find_target(name: str, path: str) -> str:
    """The file a relative address leads to; a folder stands for its index.html."""
    if not path:
        return name
    folder = name.rpartition("/")[0]
    target = normpath(f"{folder}/{path}" if folder else path).lstrip("/")
    return "index.html" if target == "." else f"{target}/index.html" if path.endswith(("/", "..", ".")) else target


def read_rows(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row for row in csv.DictReader(handle)}


def check_numbers(name: str, reader: Reader, rows: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """Each stitched number says what its cell says; the difference of two cells is worked out again."""
    for ids, text in reader.numbers:
        cells = [rows.get(row_id) for row_id in ids.split()]
        if None in cells or not cells:
            yield problem(
                "untraceable", f'the number "{text}" names no row of the published data ({ids or "none"})', name
            )
        elif not says(text, [cell for cell in cells if cell]):
            yield problem("wrong-number", f'the page says "{text}", the row {ids} says otherwise', name)


RISING, FALLING = {"more", "higher", "up"}, {"fewer", "lower", "down"}
QUALIFIERS = {
    "about": "about",
    "at-least": "at least",
    "more-than": "more than",
    "at-most": "at most",
    "less-than": "less than",
}


def says(text: str, cells: list[Mapping[str, str]]) -> bool:
    found = [float(token.replace(",", "")) for token in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
    if len(cells) == 2:
        return says_change(text.lower(), found, float(cells[1]["value"]) - float(cells[0]["value"]))
    (cell,) = cells
    if cell["value_low"]:
        return found == [float(cell["value_low"]), float(cell["value_high"])]
    try:
        value = float(cell["value"])
    except ValueError:
        return text.strip() == f"[{cell['value']}]"
    word = re.split(r"[−£]*\d", text, maxsplit=1)[0].strip()
    plain = found == [abs(value)] and ("−" in text) == (value < 0)
    return plain and word == QUALIFIERS.get(cell.get("qualifier", ""), "")


def says_change(text: str, found: list[float], gap: float) -> bool:
    words = set(text.split())
    size = not found or abs(found[0] - abs(gap)) < 1e-6
    return size and bool(words & RISING) == (gap > 0) and bool(words & FALLING) == (gap < 0)


def check_files(site: Path, portal: Portal) -> Iterator[Problem]:
    """Downloads are what checksums.txt says, and each CSV is the checked file byte for byte."""
    sums = site / "checksums.txt"
    for line in sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []:
        digest, _, name = line.partition("  ")
        path = site / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield problem("changed-file", "the file is missing or not what checksums.txt says", name, "Build again.")
        elif path.suffix == ".svg" and re.search(r"var\(|<script|<foreignObject", path.read_text(encoding="utf-8")):
            yield problem("chart-file", "the drawing depends on the page or carries a script", name)
    for dataset in (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ())):
        for resource in dataset.resources:
            name = f"data/{dataset.slug}/{resource.name}.csv"
            if not (site / name).is_file() or (site / name).read_bytes() != resource.content:
                yield problem("changed-file", f"the file differs from {resource.path}", name, "Build again.")


def check_rows(rows: Mapping[str, Mapping[str, str]], portal: Portal) -> Iterator[Problem]:
    expected = {row.id: row.text for dataset in portal.datasets for row in dataset.observations}
    if {name: row["value"] for name, row in rows.items()} != expected:
        yield problem(
            "changed-file", "observations.csv does not hold the checked values", "data/observations.csv", "Build again."
        )
