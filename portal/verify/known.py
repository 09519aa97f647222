"""What the published files hold: the days they name, the texts of their cells, and what each record says.

In:  the folder of the finished site.
Out: one `Known`. Only files that anybody can download are read, as they were published.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.model import Problem
from portal.quantities import DATE, MONTHS, find_loose, find_quantities

ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
FOLLOWED = ("source", "measure", "area", "series", "repeats")  # columns that name a record
NUMBERS = ("value", "value_low", "value_high", "printed")
# Where it stands, not what it says: "§3/bullet:15" is no fifteen, and a day is no number of anything.
UNSAID = ("id", "locator", "period", "period_start", "period_end", "date_status", "sha256", "url", "file", "path")
NO_ENTRY = "no entry"  # how a page shows an empty cell of a plain table


@dataclass(slots=True)
class Known:
    """`heads`, `lines`: dataset -> texts of its description, rows of its tables."""

    site: Path
    built: date | None = None
    records: dict[str, list[Mapping[str, str]]] = field(default_factory=dict)  # id -> the rows of that id
    texts: dict[str, None] = field(default_factory=dict)  # every cell and every text of a descriptor, in their order
    days: set[tuple[int, ...]] = field(default_factory=set)  # (year), (year, month), (year, month, day)
    constants: dict[str, str] = field(default_factory=dict)  # phrase -> id
    periods: dict[str, set[date]] = field(default_factory=dict)  # as a reader says it -> the last days it has
    heads: dict[str, set[str]] = field(default_factory=dict)
    lines: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)
    due: set[tuple[int, ...]] = field(default_factory=set)  # when newer figures are due
    plain: dict[str, set[float | None]] = field(default_factory=dict)  # dataset -> numbers of its plain tables
    warned: frozenset[float | None] = frozenset()  # numbers of the warnings of this build
    _said: dict[tuple[str, bool], frozenset[float | None]] = field(default_factory=dict)
    _values: dict[str, frozenset[float | None]] = field(default_factory=dict)
    _files: dict[str, frozenset[str]] = field(default_factory=dict)

    def says(self, slug: str, words: str) -> bool:
        """Whether a dataset's own table or description holds these words as a cell of its own."""
        return words in self.heads.get(slug, ())

    def has_day(self, text: str) -> bool:
        parts = read_day(text)
        return bool(parts) and all(day in self.days for day in parts)

    def said_by(self, name: str, whole: bool = True) -> frozenset[float | None]:
        """What the cells of a record say, and those of the measure, document and series that it names.

        `whole`: its days and its place in a document too, as the page that shows all of it prints them.
        """
        key = (name, whole)
        if key not in self._said:
            self._said[key] = frozenset()  # a row that names itself
            cells = [(column, cell) for row in self.records.get(name, ()) for column, cell in row.items()]
            told = (cell for column, cell in cells if whole or column not in UNSAID)
            own = {q.value for cell in told for q in (find_quantities(cell) if whole else find_loose(cell))}
            named = (self.said_by(cell, whole) for column, cell in cells if column in FOLLOWED and cell)
            self._said[key] = frozenset(own.union(*named)) - {None}
        return self._said[key]

    def values_of(self, name: str) -> frozenset[float | None]:
        """The numbers of a row, in whole units and as printed."""
        if name not in self._values:
            rows = self.records.get(name, ())
            numbers = {q.value for row in rows for column in NUMBERS for q in find_quantities(row.get(column, ""))}
            times = {
                float(m)
                for row in rows
                for measure in self.records.get(row.get("measure", ""), ())
                if (m := measure.get("multiplier", "")).isdecimal()
            }
            self._values[name] = frozenset(set(numbers) | {n * t for n in numbers if n is not None for t in times})
        return self._values[name]

    def file_words(self, link: str) -> frozenset[str]:
        """How many rows a published file has, and its size, as a page says them."""
        name = link.partition("data/")[2]
        if name not in self._files:
            path = self.site / "data" / name
            self._files[name] = frozenset(describe_file(path)) if name and path.is_file() else frozenset()
        return self._files[name]


def describe_file(path: Path) -> Iterator[str]:
    size = path.stat().st_size
    yield f"{size:,}"
    yield f"{size}"
    yield f"{size / 1000:.0f}k" if size < 1_000_000 else f"{size / 1_000_000:.1f}"
    yield f"{size / 1000:.0f}" if size < 1_000_000 else f"{size / 1_000_000:.1f}"
    if path.suffix == ".csv":
        yield f"{sum(1 for _ in read_table(path)):,}"


def read_known(site: Path, built: date | None = None, warnings: Iterable[Problem] = ()) -> Known:
    known = Known(site, built)
    told = [text for warning in warnings for text in (warning.message, warning.fix, str(warning.line or ""))]
    known.warned = frozenset(q.value for text in told for q in find_quantities(text)) | {2.0}  # "stands there twice"
    tables = {path: list(read_table(path)) for path in sorted((site / "data").rglob("*.csv"))}
    located = {path.parent for path, rows in tables.items() if rows and "locator" in rows[0]}
    for path, rows in tables.items():  # a table of figures or of entries has its rows; what stands beside it is its own
        learn_table(path, rows, path.parent not in located or bool(rows and "id" not in rows[0]), known)
    for path in sorted((site / "data").rglob("datapackage.json")):
        texts = list(leaves(json.loads(path.read_text(encoding="utf-8"))))
        known.texts.update(dict.fromkeys(part for text in texts for part in (text, *text.split("\n\n"))))
        known.heads.setdefault(path.parent.name, set()).update(" ".join(text.split()) for text in texts)
    known.records.pop("", None)
    known.days = find_days([*known.texts, built.isoformat() if built else ""])
    return known


def learn_table(path: Path, rows: list[Mapping[str, str]], plain: bool, known: Known) -> None:
    slug = path.parent.name
    for row in rows:
        known.records.setdefault(row.get("id", ""), []).append(row)
        known.texts.update(dict.fromkeys(row.values()))
        known.texts.update(dict.fromkeys(part.partition(":")[2] for part in row.get("locator", "").split("/")))
        known.heads.setdefault(slug, set()).update(row)
        if plain and slug != "data":
            learn_plain(slug, row, known)
        if path.name == "constants.csv":
            known.constants[row.get("text", "")] = row.get("id", "")
        end = row.get("period_end", "")
        if ISO.fullmatch(end):
            known.periods.setdefault(row.get("period", ""), set()).add(date.fromisoformat(end))


def learn_plain(slug: str, row: Mapping[str, str], known: Known) -> None:
    """A line of a publisher's own table: it has no row of figures, so it is known as it stands."""
    cells = [" ".join(cell.split()) for cell in row.values()]
    known.lines.setdefault(slug, set()).add(tuple(cell or NO_ENTRY for cell in cells))
    known.heads.setdefault(slug, set()).update(cells)
    known.plain.setdefault(slug, set()).update(q.value for cell in cells for q in find_quantities(cell))


def read_table(path: Path) -> Iterator[Mapping[str, str]]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    head = text.partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    for row in csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter):
        yield {name: value for name, value in row.items() if isinstance(name, str) and isinstance(value, str)}


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def find_days(texts: Iterable[str]) -> set[tuple[int, ...]]:
    """Every day that a text names, and with a day its month and its year."""
    days: set[tuple[int, ...]] = set()
    for text in texts:
        for found in ISO.finditer(text):
            days.add((int(found[1]), int(found[2]), int(found[3])))
        for found in DATE.finditer(text):
            days.update(read_day(found[0]))
    days |= {day[:length] for day in days for length in (1, 2) if len(day) > length and day[0]}
    return days | {(0, *day[1:]) for day in days if len(day) == 3}  # "31 March", whatever the year


MONTH_NUMBER = {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}


def read_day(text: str) -> list[tuple[int, ...]]:
    """ "31 March 2025" -> (2025, 3, 31); "2014/15" -> its two years; "9 October" -> (0, 10, 9): of any year."""
    iso = ISO.fullmatch(text)
    if iso:
        return [tuple(int(part) for part in iso.groups())]
    years = [int(year) for year in re.findall(r"(?:19|20)\d\d", text)]
    month = next(
        (MONTH_NUMBER[w[:3].lower()] for w in re.findall(r"[A-Za-z]+", text) if w[:3].lower() in MONTH_NUMBER), 0
    )
    day = re.match(r"(\d{1,2}) ", text)
    if month:
        parts = ((years or [0])[0], month, *((int(day[1]),) if day else ()))
        return [parts]
    short = re.search(r"[/–-]\s?(\d\d)$", text)
    if short and years:
        years.append(years[0] // 100 * 100 + int(short[1]))
    return [(year,) for year in years]
