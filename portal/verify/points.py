"""Does each point that a reader goes through say what its row says?

In:  the finished data/<dataset>/charts/<chart>.json, and the data as it was read.
Out: a `Pair` for each number, date, place and name of a point, for the points that are left out or come twice, and for
     the points that a drawing of the page leads to. What is looked for and not found is a pair as well: figures and
     marks are counted once more by a plainer rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from portal.model import Observation, Portal
from portal.spec import ChartSpec
from portal.verify.numbers import says
from portal.verify.packages import open_package
from portal.verify.pairs import Pair

DRAWING = re.compile(r'<figure [^>]*id="chart-([^"]+)" data-points="([^"]*)">(.*?)</figure>', re.DOTALL)
MARK = re.compile(r'href="\.\./([^/"]+)/rows/#([^"]+)"><circle')
SIGNED = {"percent": "%", "GBP": "£"}
Point = Mapping[str, Any]


def pair_points(site: Path, portal: Portal) -> Iterator[Pair]:
    """Every file of points that is there; one that a drawing needs and that is not there is one as well."""
    rows = {row.id: row for dataset in portal.datasets for row in dataset.observations}
    for dataset in portal.datasets:
        page = f"datasets/{dataset.slug}/index.html"
        text = (site / page).read_text(encoding="utf-8") if (site / page).is_file() else ""
        drawn = marks_of(text)
        yield from pair_counts(page, dataset.slug, text, drawn)
        folder = site / "data" / dataset.slug / "charts"
        for chart in sorted({*drawn, *(path.stem for path in folder.glob("*.json"))}):
            name = f"data/{dataset.slug}/charts/{chart}.json"
            made = open_package(site / name)
            points = made.get("points") if isinstance(made.get("points"), list) else []
            told = Counter(str(point.get("row")) for point in points or [])
            yield Pair(name, "the points that come twice", ", ".join(sorted(+(told - Counter(set(told))))), "")
            lost = sorted(row for _, row in drawn.get(chart, set()) if row not in told)
            yield Pair(name, "the marks of the drawing without a point", ", ".join(lost), "", "the page")
            spec = next((one for one in dataset.page.charts if one.id == chart), None)
            yield Pair(name, "whether a figure of the page asks for it", chart in drawn, True, page)
            yield Pair(name, "the chart it belongs to", spec is not None and made.get("title") == spec.title, True)
            for number, point in enumerate(points or [], 1):
                yield from pair_point(name, number, point, rows, portal, spec)


def marks_of(text: str) -> dict[str, set[tuple[str, str]]]:
    """Chart -> (dataset, row) of each mark that leads somewhere."""
    return {chart: set(MARK.findall(inside)) for chart, _, inside in DRAWING.findall(text)}


def pair_counts(page: str, slug: str, text: str, drawn: Mapping[str, object]) -> Iterator[Pair]:
    """A page that is written in another way is not a page without points."""
    yield Pair(page, "the number of figures with points that could be read", len(drawn), text.count("data-points="))
    for chart, address, inside in DRAWING.findall(text):
        own = f"../../data/{slug}/charts/{chart}.json"
        yield Pair(page, f'the address of the points of "{chart}"', address, own, "the name of the chart")
        found, there = len(MARK.findall(inside)), inside.count("<a tabindex=")
        yield Pair(page, f'the number of marks of "{chart}" that lead to a row', found, there, "the drawing")
        yield Pair(page, f'whether "{chart}" has marks', found > 0, True, "its file of points")


def pair_point(
    name: str,
    number: int,
    point: Point,
    rows: Mapping[str, Observation],
    portal: Portal,
    spec: ChartSpec | None,
) -> Iterator[Pair]:
    row = rows.get(str(point.get("row")))
    start = f"point {number} ({point.get('row')}):"
    yield Pair(name, f"{start} its row", row is not None, True)
    if row is None:
        return
    ends = ends_of(row)
    yield Pair(name, f"{start} its place on the scale", [point.get("y"), point.get("high")], ends, row.path)
    own = {"dataset": row.dataset, "when": row.period, "basis": row.basis, "measure": row.measure.label}
    for key, text in own.items():
        yield Pair(name, f'{start} "{key}"', point.get(key), text, row.path)
    value = str(point.get("value"))
    yield Pair(name, f"{start} its number says what the cell says,", says(value, [cell_of(row)]), True, row.path)
    sign = SIGNED.get(row.measure.unit, "")
    yield Pair(name, f"{start} the sign at its number", sign in value, True, row.path)
    digits = [n for n in re.findall(r"\d[\d,]*", str(point.get("unit"))) if n.replace(",", "") not in row.measure.unit]
    yield Pair(name, f"{start} numbers in its unit that the unit does not have", ", ".join(digits), "")
    if "x" in point:
        yield Pair(name, f"{start} its place in time", point["x"], year_of(row.date), row.path)
    yield from pair_names(name, start, point, row, portal, spec)


def pair_names(
    name: str, start: str, point: Point, row: Observation, portal: Portal, spec: ChartSpec | None
) -> Iterator[Pair]:
    """The place of the area's own name; the name in the drawing, as page.yaml gives it to this very row."""
    area = portal.reference.areas.get(row.area, {})
    known = {str(area[key]) for key in ("short_name", "name", "label", "title") if area.get(key)}
    if known:
        yield Pair(name, f"{start} its place, as the table of areas names it,", point.get("place") in known, True)
    series = [*spec.series, *(one for _, lane in spec.lanes for one in lane)] if spec else []
    labels = {one.label for one in series if one.chooses(row)} | {str(point.get("place"))}
    yield Pair(name, f"{start} its name, as page.yaml gives it,", point.get("name") in labels, True)


def ends_of(row: Observation) -> list[float | None]:
    return [row.number, None] if row.number is not None else [row.low, row.high]


def cell_of(row: Observation) -> dict[str, str]:
    """The cells of a row in whole units."""
    low, high = ("", "") if row.number is not None else (str(row.low), str(row.high))
    value = "" if row.number is None else str(row.number)
    return {"value": value, "value_low": low, "value_high": high, "qualifier": row.qualifier, "printed": row.printed}


def year_of(day: date | None) -> float | None:
    """The decimal year, from the number of days of its year that have passed."""
    if day is None:
        return None
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - first).days / (next_first - first).days, 6)
