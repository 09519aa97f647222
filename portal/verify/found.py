"""Does the search show the figures of the rows?

In:  what the files of the search hold, and the rows of the data.
Out: a `Pair` for the figure of a measure, which must be the newest of its place, for those of other places, for the
     first number of a dataset, and for each printed number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json

from portal.model import Dataset, Observation, Portal
from portal.privacy import quote
from portal.verify.numbers import says
from portal.verify.pairs import Pair

FOLDER, WORDS = "search", "search/words.json"
CUT = 220  # characters of a text that are kept


class Found(NamedTuple):
    """What is shown of a thing that is found, as it stands in the file."""

    url: str
    title: str
    kind: str
    text: str = ""
    figure: str = ""
    when: str = ""
    row: str = ""
    unit: str = ""
    elsewhere: Sequence[Sequence[Any]] = ()


def pair_figure(file: str, record: Found, rows: Iterable[Observation], portal: Portal) -> Iterator[Pair]:
    """The newest figure of its place, as its row says it, with the row's own time; words where there is none."""
    rows = list(rows)
    counted = list_counted(rows)
    definition = " ".join(unescape(rows[0].measure.definition).split())[:CUT]
    code, place = "wrong-search", record.url
    yield Pair(file, f"{place}: the words that explain it", record.text, definition, code=code)
    yield Pair(file, f"{place}: a figure", bool(record.figure), bool(counted), code=code)
    if not counted:
        yield Pair(file, f"{place}: that there is none", record.when.startswith("No figure"), True, code=code)
        return
    row = next((r for r in counted if r.id == record.row), None)
    yield Pair(file, f"{place}: its row", record.row if row else None, record.row, code=code)
    if row is None:
        return
    newest = max((str(r.date or "") for r in counted if r.area == row.area), default="")
    when = ", ".join(part for part in (row.period, name_of(row, portal)) if part)
    right = says(record.figure, [cells_of(row)]) and is_unit(record.unit, row)
    right = right and str(row.date or "") == newest and row.area == counted[0].area
    yield Pair(file, f"{place}: the newest figure of its place", right, True, row.path, code)
    yield Pair(file, f"{place}: when and where", record.when, when, row.path, code)


def list_counted(rows: Iterable[Observation]) -> list[Observation]:
    return [r for r in rows if r.kind == "actual" and not r.symbol and not r.repeats and "implausible" not in r.flags]


def pair_elsewhere(
    file: str, record: Found, places: Sequence[str], rows: Iterable[Observation], portal: Portal
) -> Iterator[Pair]:
    """The newest figure of every other place that has one, under the name of that place."""
    counted, code = list_counted(rows), "wrong-search"
    wanted = {name_of(r, portal) for r in counted if r.area != counted[0].area}
    told = [places[number] for number, *_ in record.elsewhere]
    yield Pair(file, f"{record.url}: other places", "; ".join(sorted(told)), "; ".join(sorted(wanted)), code=code)
    for number, figure, period, name, unit in record.elsewhere:
        row = next((r for r in counted if r.id == name), None)
        place = f"{record.url}: the newest figure of {places[number]}"
        if row is None:
            yield Pair(file, place, None, name, code=code)
            continue
        newest = max(str(r.date or "") for r in counted if r.area == row.area)
        right = says(figure, [cells_of(row)]) and is_unit(unit, row) and str(row.date or "") == newest
        right = right and period == row.period and places[number] == name_of(row, portal)
        yield Pair(file, place, right, True, row.path, code)


def pair_headline(file: str, record: Found, dataset: Dataset, portal: Portal) -> Iterator[Pair]:
    """The number that page.yaml puts first, as its row says it, with the row's own name, time and place."""
    spec = next((figure for figure in dataset.page.figures if figure.id == dataset.page.headline), None)
    row = dataset.row(record.row)
    right = row is not None and spec is not None and spec.rows == (row.id,) and row.kind == "actual"
    yield Pair(file, f"{record.url}: its first number", right, True, dataset.page.path, "wrong-search")
    if row is None:
        return
    shown = says(record.figure, [cells_of(row)])
    yield Pair(file, f"{record.url}: its figure", shown and is_unit(record.unit, row), True, row.path, "wrong-search")
    label = row.measure.plain_label or row.measure.label
    told = ", ".join(part for part in (label, row.period, name_of(row, portal)) if part)
    yield Pair(file, f"{record.url}: what its figure is", record.when, told, row.path, "wrong-search")


def pair_printed(site: Path, portal: Portal) -> Iterator[Pair]:
    """Each number leads to a row that says it, under digits that stand in it; and every row is found."""
    rows = {f"datasets/{r.dataset}/rows/#{r.id}": r for d in portal.datasets for r in d.observations}
    led: set[str] = set()
    for path in sorted((site / FOLDER).glob("n*.json")):
        file = path.relative_to(site).as_posix()
        for key, hits in from_json(path.read_bytes()).items():
            for shown, _title, when, url, unit in hits:
                row = rows.get(url)
                led.add(url)
                right = row is not None and says(shown, [cells_of(row)]) and row.period in when
                right = right and row is not None and is_unit(unit, row)
                named = row is not None and name_of(row, portal) in when
                told = f"{shown} {row.printed}".replace(",", "") if row else ""
                yield Pair(
                    file, f"{key}: {quote(shown)} of {url}", right and named and key in told, True, code="wrong-search"
                )
    for url, row in rows.items():
        if re.search(r"\d", row.printed):
            yield Pair(WORDS, f"the number of {url}", url in led or None, True, row.path, "wrong-search")


def is_unit(said: str, row: Observation) -> bool:
    """ "for every 10,000 children" is per-10000-children; no words for a unit that the figure shows by its sign."""
    own = row.measure.unit
    if not said:
        return own in ("percent", "GBP") or bool(row.symbol) or row.number == 1
    return said.replace("for every ", "per ").replace(",", "").replace(" ", "-") == own


def name_of(row: Observation, portal: Portal) -> str:
    return portal.reference.areas.get(row.area, {}).get("name", row.area)


def cells_of(row: Observation) -> Mapping[str, str]:
    """The row in whole units, as `says` reads the published one."""
    numbers = {"value": row.number, "value_low": row.low, "value_high": row.high}
    cells = {name: "" if number is None else str(number) for name, number in numbers.items()}
    return {**cells, "qualifier": row.qualifier, "printed": row.printed, "flags": ";".join(row.flags)}
