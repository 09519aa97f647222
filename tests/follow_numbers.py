"""Follow numbers of the finished site as a reader would: from where one stands to its row, and to the document.

In:  a finished site, and, if they are at hand, the documents as text and the official statistics as CSV.
Out: "50 of 50 numbers followed", and for each that was not where its thread broke; exit 1 then.

    python tests/follow_numbers.py SITE [--sources DIR] [--official FILE] [--count 50] [--seed 1]

Only what a visitor gets is read: HTML, published CSV and the descriptor beside it. For each number that is picked:
the link leads to a section of a rows page; the section says the same number; the row in full is the record at the named
line of the published file, whose sha256 begins as told; and the printed token stands at its place in the document.
A number that we worked out leads to the rows it is made of, and each of them is followed in its place.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent / "transcription"))
from find_tokens import (  # the table of documents, and how a locator is walked
    OFFICIAL,
    failure_in_document,
    failure_in_official,
    load_documents,
    load_official,
)

VOID = set("area base br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands on a page: what it says, where it leads, what it names."""

    page: str
    text: str
    href: str
    rows: str  # ids of rows, or "cell:dataset/resource/id/column"


@dataclass(slots=True)
class Section:
    """A place on a rows page, as it can be read there."""

    number: str = ""  # of a row, or of what was worked out
    printed: list[str] = field(default_factory=list)
    text: str = ""
    table: str = ""
    cells: list[tuple[str, str]] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)  # that its sum names
    worked: bool = False


class Page(HTMLParser):
    """The numbers of a page, and the sections of a rows page."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.numbers: list[Number] = []
        self.sections: dict[str, Section] = {}
        self.section: Section | None = None
        self.open: dict[str, str] | None = None  # the attributes of the number that is being read
        self.words: list[str] = []
        self.reading = ""  # "number", "printed", "dt" or "dd" of the section
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        kinds = set(values.get("class", "").split())
        if tag == "section" and "mc-row" in kinds:
            self.section = self.sections[values["id"]] = Section(worked="mc-row--worked" in kinds)
        if self.section is not None:
            self.read_section(tag, values, kinds)
        if tag == "a" and "data-claim" not in values and ("data-rows" in values or "data-cell" in values):
            self.open, self.words = values, []

    def read_section(self, tag: str, values: dict[str, str], kinds: set[str]) -> None:
        section = self.section
        assert section is not None
        if tag == "span" and kinds & {"mc-row__number", "mc-row__sign"}:
            self.reading = "number"
        elif tag == "mark":
            self.reading = "printed"
            section.printed.append("")
        elif tag == "dl":
            section.table = values.get("data-table", section.table)
        elif tag in ("dt", "dd") and section.table:
            self.reading = tag
            if tag == "dt":
                section.cells.append(("", ""))
        elif tag == "a" and "mc-number" in kinds and "data-rows" in values:
            section.rows.append(values["data-rows"])

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.words.append(data)
        if (section := self.section) is None:
            return
        section.text += data
        if self.reading == "number":
            section.number += data
        elif self.reading == "printed":
            section.printed[-1] += data
        elif self.reading in ("dt", "dd"):
            title, cell = section.cells[-1]
            section.cells[-1] = (title + data, cell) if self.reading == "dt" else (title, cell + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.open is not None:
            ids = self.open.get("data-rows") or f"cell:{self.open['data-cell']}"
            self.numbers.append(Number(self.name, "".join(self.words), self.open.get("href", ""), ids))
            self.open = None
        if tag in ("span", "mark", "dl", "h2"):
            self.reading = ""
        if tag == "section":
            self.section = None


class Broken(Exception):
    """Where a thread ends before it reaches the document."""


class Site:
    def __init__(self, folder: Path, documents: dict[str, list[str]] | None, official: dict | None) -> None:
        self.folder, self.documents, self.official = folder, documents, official
        self.page = cache(self.read_page)
        self.file = cache(self.read_file)
        self.titles = cache(self.read_titles)
        self.ends: Counter[str] = Counter()

    def read_page(self, name: str) -> Page:
        page = Page(name)
        page.feed((self.folder / name).read_text(encoding="utf-8"))
        return page

    def read_file(self, table: str) -> tuple[str, dict[int, dict[str, str]]]:
        """The sha256 of a published file, and its records by the physical line they start on."""
        path = self.folder / "data" / f"{table}.csv"
        records, start = {}, 2
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            for record in reader:
                records[start] = record
                start = reader.line_num + 1
        return hashlib.sha256(path.read_bytes()).hexdigest(), records

    def read_titles(self, table: str) -> tuple[str, dict[str, str]]:
        """The version of a package, and column -> title of one of its tables."""
        slug, _, name = table.partition("/")
        package = json.loads((self.folder / "data" / slug / "datapackage.json").read_text(encoding="utf-8"))
        resource = next(r for r in package["resources"] if r["name"] == name)
        return package.get("version", ""), {
            f["name"]: f.get("title") or f["name"] for f in resource["schema"]["fields"]
        }

    def numbers(self) -> Iterator[Number]:
        for path in sorted(self.folder.rglob("*.html")):
            yield from self.page(path.relative_to(self.folder).as_posix()).numbers

    def follow(self, number: Number) -> str:
        """What was found at the end of the thread, for a person to read. Raises Broken."""
        ident, section = self.section_of(number)
        if number.rows.startswith("cell:"):
            *_, row, column = number.rows.split("/")
            return self.follow_row(row, section, column) if row == ident else self.breaks(f"leads to {ident}")
        ids = number.rows.split()
        if len(ids) > 1:
            if not section.worked or sorted(set(section.rows)) != sorted(ids):
                raise Broken(f"#{ident} is not made of {number.rows}")
            if number.text != section.number:
                raise Broken(f'#{ident} says "{section.number}"')
            return "; ".join(self.follow_named(row, number) for row in ids)
        if ident != ids[0]:
            raise Broken(f"leads to #{ident}, names {ids[0]}")
        words = (*section.printed, "left blank", self.words_of(section.number))
        blank = number.text in words and not re.search(r"\d", section.number)
        if number.text != section.number and not blank:
            raise Broken(f'#{ident} says "{section.number}"')
        return self.follow_row(ident, section)

    def words_of(self, mark: str) -> str:
        """ "[x]" -> "not available", as the published table of marks has it."""
        path = self.folder / "data/reference/symbols.csv"
        rows = self.file("reference/symbols")[1].values() if path.is_file() else ()
        return next((row["label"] for row in rows if f"[{row['symbol']}]" == mark), mark)

    @staticmethod
    def breaks(why: str) -> str:
        raise Broken(why)

    def section_of(self, number: Number) -> tuple[str, Section]:
        path, _, ident = unquote(number.href).partition("#")
        folder = number.page.rpartition("/")[0]
        target = f"{normpath(folder + '/' + path if folder else path)}/index.html" if path else number.page
        if not (self.folder / target).is_file():
            raise Broken(f"{number.href} is no page")
        section = self.page(target).sections.get(ident)
        if section is None:
            raise Broken(f"{number.href} has no such place")
        return ident, section

    def follow_named(self, row: str, number: Number) -> str:
        href = number.href.partition("#")[0] + f"#{row}"
        return self.follow_row(*self.section_of(Number(number.page, "", href, row)))

    def follow_row(self, ident: str, section: Section, column: str = "") -> str:
        row = self.check_file(ident, section)
        if column:  # a number of a register stands in a column of its own, with its token beside it
            row = {
                **row,
                "printed": row[f"{column}_printed"],
                "locator": row.get(f"{column}_locator") or row["locator"],
            }
        if "derived" in row["flags"].split(";"):
            if not section.rows:
                raise Broken(f"#{ident} does not say what it was worked out from")
            self.ends["worked out by us, its parts named"] += 1
            return f"{ident}: worked out of {len(set(section.rows) - {ident})} rows"
        if row["printed"] and row["printed"] not in section.printed:
            raise Broken(f'#{ident} does not show the token "{row["printed"]}"')
        return self.check_document({**row, "id": ident, "flags": row.get("flags", "")})

    def check_file(self, ident: str, section: Section) -> dict[str, str]:
        """The row in full, against the named line of the named file."""
        told = re.search(r"Line (\d+) of \S+\.csv(?:, version (\S+))?, fingerprint ([0-9a-f]+)", section.text)
        if not told or not section.table:
            raise Broken(f"#{ident} does not say where it stands")
        digest, records = self.file(section.table)
        version, titles = self.titles(section.table)
        row = records.get(int(told[1]), {})
        if row.get("id") != ident:
            raise Broken(f"line {told[1]} of {section.table}.csv is not {ident}")
        if section.cells != [(titles[name], cell) for name, cell in row.items() if cell]:
            raise Broken(f"#{ident} is not what line {told[1]} of {section.table}.csv holds")
        if not digest.startswith(told[3]) or version != (told[2] or ""):
            raise Broken(f"#{ident} names another version than {version}, {digest[:8]}")
        return row

    def check_document(self, row: dict[str, str]) -> str:
        found = f'{row["id"]}: "{row["printed"]}" at {row["locator"]} of {row["source"]}'
        if row["source"] in OFFICIAL and self.official is not None:
            failure, end = failure_in_official(row, self.official), "in the figures of the Department for Education"
        elif row["source"] not in OFFICIAL and self.documents is not None:
            failure, end = failure_in_document(row, self.documents), "in the documents"
        else:
            failure, end = "", "in the site alone, the document is not at hand"
        if failure:
            raise Broken(f"{found}: {failure}")
        self.ends[end] += 1
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path)
    parser.add_argument("--sources", type=Path, help="folder of the documents as text")
    parser.add_argument("--official", type=Path, help="official statistics as CSV")
    parser.add_argument("--count", type=int, default=50, help="how many numbers (default: 50; 0 for all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="tell only what is broken")
    options = parser.parse_args()
    documents = load_documents(options.sources) if options.sources else None
    site = Site(options.site, documents, load_official(options.official) if options.official else None)
    numbers = list(site.numbers())
    if options.count:
        numbers = random.Random(options.seed).sample(numbers, min(options.count, len(numbers)))  # nosec B311
    broken = 0
    for number in numbers:
        try:
            found = site.follow(number)
            if not options.quiet:
                print(f"{number.page}: {number.text} -> {found}")
        except Broken as why:
            broken += 1
            print(f"{number.page}: {number.text}: BROKEN: {why}")
    print(f"{len(numbers) - broken} of {len(numbers)} numbers followed (seed {options.seed})")
    for end, count in sorted(site.ends.items()):
        print(f"  {count} rows found {end}")
    return 1 if broken or not numbers else 0


if __name__ == "__main__":
    sys.exit(main())
