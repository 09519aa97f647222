"""Does each number on a page say what its published cell says?

In:  the numbers of a page with the rows or cells they name, and the published CSV files.
Out: a Problem for each number that names nothing, or that says otherwise.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path

from portal.model import Problem
from portal.privacy import quote
from portal.verify.reader import Reader
from portal.verify.tallies import make_counter, work_out


def problem(code: str, message: str, page: str, fix: str = "This is a fault in a template or in page.yaml.") -> Problem:
    return Problem(code, message, f"site/{page}", fix=fix)


def read_rows(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as handle:  # the published file is the publisher's, mark and all
        head = handle.readline()
        handle.seek(0)
        delimiter = ";" if head.count(";") > head.count(",") else ","
        return {row.get("id", ""): row for row in csv.DictReader(handle, delimiter=delimiter)}


def check_numbers(
    name: str, reader: Reader, rows: Mapping[str, Mapping[str, str]], cell_of: Callable[[str], str]
) -> Iterator[Problem]:
    """Each stitched number says what its cell says; the difference of two cells is worked out again.

    `rows` hold numbers in whole units; `cell_of` reads "dataset/resource/id/column".
    """
    for ids, text in reader.numbers:
        if ids.startswith("cell:") and ids.endswith("/telephone"):  # read out digit by digit: no number to compare
            if not text or text != cell_of(ids.removeprefix("cell:")):
                yield problem("wrong-number", f"the page says {quote(text)}, the {ids} says otherwise", name)
            continue
        if ids.startswith("cell:"):
            if number_in(text) is None or number_in(text) != number_in(cell_of(ids.removeprefix("cell:"))):
                yield problem("wrong-number", f"the page says {quote(text)}, the {ids} says otherwise", name)
            continue
        if ids.startswith(("tally:", "sums:", "share:", "days:")):
            if text.replace(",", "") != cell_of(ids):
                yield problem("wrong-count", f"the page says {quote(text)}, {ids} says otherwise", name)
            continue
        cells = [rows.get(row_id) for row_id in ids.split()]
        if None in cells or not cells:
            yield problem(
                "untraceable", f"the number {quote(text)} names no row of the published data ({ids or 'none'})", name
            )
        elif not says(text, [cell for cell in cells if cell]):
            yield problem("wrong-number", f"the page says {quote(text)}, the row {ids} says otherwise", name)


MILLION = 1_000_000
SHARE = re.compile(r"(about )?(\d+) in every (10|100)")
PEOPLE_OF = {"percent": 100, "per-10000-children": 10_000, "per-1000-young-people": 1_000}
RISING, FALLING = {"more", "higher", "up"}, {"fewer", "lower", "down"}
QUALIFIERS = {
    "about": "about",
    "at-least": "at least",
    "more-than": "more than",
    "at-most": "at most",
    "less-than": "less than",
}


def number_in(text: str) -> float | None:
    plain = text.replace(",", "").replace("−", "-")
    return float(plain) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain) else None


def cell_reader(site: Path, sums: Mapping[str, int] | None = None) -> Callable[[str], str]:
    """dataset/resource/id/column -> the cell of the published file; empty when there is none.

    "tally:data/promises.csv?status=done" -> how many rows of that file have such a cell: see `tallies`.
    """

    count = make_counter(site)

    @cache
    def rows_of(dataset: str, resource: str) -> dict[str, dict[str, str]]:
        return read_rows(site / "data" / dataset / f"{resource}.csv")

    def read(place: str) -> str:
        if place.startswith("tally:"):
            return count(place.removeprefix("tally:"))
        if place.startswith(("share:", "days:")):
            return work_out(place, count)
        if place.startswith("sums:"):
            return str((sums or {}).get(place.removeprefix("sums:"), ""))
        dataset, resource, row, column = place.split("/")
        return rows_of(dataset, resource).get(row, {}).get(column, "")

    return read


def says(text: str, cells: list[Mapping[str, str]]) -> bool:
    tokens = re.findall(r"(\d[\d,]*(?:\.\d+)?)( million)?", text)
    found = [round(float(digits.replace(",", "")) * (MILLION if million else 1), 6) for digits, million in tokens]
    if len(cells) == 2:
        before, after = (number_in(cell["value"]) for cell in cells)
        return before is not None and after is not None and says_change(text.lower(), found, after - before)
    if len(cells) != 1:
        return False  # nothing is worked out of more than two
    (cell,) = cells
    if cell["value_low"]:
        return found == [float(cell["value_low"]), float(cell["value_high"])]
    try:
        value = float(cell["value"])
    except ValueError:
        empty = "left blank" if not cell["printed"] and "blank" in cell["flags"].split(";") else ""
        printed = "" if re.search(r"\d", cell["printed"]) else cell["printed"] or empty  # "0" would be a number
        return text.strip() in {f"[{cell['value']}]", cell.get("said", ""), printed} - {""}
    if share := SHARE.fullmatch(text):
        return says_share(cell["value"], cell.get("unit", ""), share)
    word = re.split(r"[−£]*\d", text, maxsplit=1)[0].strip()
    plain = found == [abs(value)] and ("−" in text) == (value < 0)
    return plain and word == QUALIFIERS.get(cell.get("qualifier", ""), "")


def says_change(text: str, found: list[float], gap: float) -> bool:
    words = set(text.split())
    size = not found or abs(found[0] - abs(gap)) < 1e-6
    return size and bool(words & RISING) == (gap > 0) and bool(words & FALLING) == (gap < 0)


def says_share(value: str, unit: str, said: re.Match[str]) -> bool:
    """ "about 4 in every 10" of 41.9 %: no other whole number is as near, and it is neither nobody nor everybody."""
    if unit not in PEOPLE_OF:
        return False
    many, base = Decimal(said[2]), Decimal(said[3])
    gap = abs(Decimal(value) * base / PEOPLE_OF[unit] - many)
    return 0 < many < base and gap < Decimal("0.5") and bool(gap) == bool(said[1])
