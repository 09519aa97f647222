"""Do the files that look across all packages hold what the packages' own rows say?

In:  the finished scorecard.csv and promises.csv, and the data as it was read.
Out: a `Pair` for each cell. What stands in a row is compared with the row; what was worked out (the month of an
     edition, whose figure a cell is, a verdict, a status) is worked out again here, from the published cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from portal.model import Entry, Observation, Portal
from portal.registers import read_entries
from portal.verify.csvs import observation_records, read_csv, said_breakdown
from portal.verify.pairs import Pair

Cells = Mapping[str, str]
START = "scorecard:"
COMPARED = {"group": "group", "country": "country", "region": "region", "combined-authority": "region"}
COPIED = (
    "printed value qualifier value_low value_high direction flags measure area kind basis period id source locator"
).split()
VERDICTS = {"", "meets", "misses", "neither", "no-target", "no-figure", "unclear", "unlike"}
STATUSES = {"done", "cannot", "not-due", "reached", "not-reached", "papers-end", "no-figure"}
PROMISED = "id group made_by measure series spans rule shown_by cannot made_on source locator".split()


def pair_scorecard(site: Path, portal: Portal) -> Iterator[Pair]:
    """scorecard.csv: every printed cell of every edition, once."""
    name = "data/scorecard.csv"
    rows = {o.id: o for d in portal.datasets for o in d.observations if o.locator.startswith(START)}
    rows = {key: o for key, o in rows.items() if o.locator != START}
    found = read_cells(site / name)
    yield from pair_ids(name, [cells.get("id", "") for cells in found], list(rows))
    records = {r["id"]: r for d in portal.datasets for r in observation_records(d)}
    months, councils = months_of(rows.values(), portal), councils_of(rows.values(), portal)
    for number, cells in enumerate(found, 1):
        if row := rows.get(cells.get("id", "")):
            own = {column: records[row.id][column] for column in COPIED} | said_of(row, records[row.id])
            own |= {"edition": months[row.source], "role": role_of(row, councils[row.source], portal)}
            for column, text in own.items():
                yield Pair(name, f'row {number}, column "{column}",', cells.get(column), text, row.path)
            verdict = cells.get("verdict", "")
            yield Pair(name, f"row {number}: the verdict is one of ours,", verdict in VERDICTS, True)
            if verdict in ("meets", "misses"):
                yield Pair(name, f'row {number}, column "verdict",', verdict, judge(cells, found), row.path)


def read_cells(path: Path) -> list[dict[str, str]]:
    header, rows = read_csv(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


def pair_ids(name: str, found: Sequence[str], expected: Sequence[str]) -> Iterator[Pair]:
    """Every row once: none lost, none twice, none of nowhere."""
    lost = sorted((Counter(expected) - Counter(found)).elements())
    extra = sorted((Counter(found) - Counter(expected)).elements())
    yield Pair(name, "the list of rows that are left out", ", ".join(lost), "")
    yield Pair(name, "the list of rows that are too many", ", ".join(extra), "")


def said_of(row: Observation, record: Cells) -> dict[str, str]:
    """What a cell tells of its measure, and of its place in the printed scorecard."""
    measure, place = row.measure, f"/{row.locator.removeprefix(START)}/"
    panel, _, rest = row.locator.removeprefix(START).partition("/")
    line = rest.partition("row:")[2].partition("/")[0] if "/row:" in place else ""
    return {
        "panel": panel,
        "line": line,
        "column": row.locator.partition("/col:")[2],
        "measure_label": measure.label,
        "unit": measure.unit,
        "multiplier": measure.multiplier,
        "polarity": measure.polarity,
        "dataset": row.dataset,
        "breakdown": said_breakdown(record),
    }


def own_rows(rows: Iterable[Observation], portal: Portal) -> list[Observation]:
    """Figures of a place that is no group, region or country."""
    types = {code: area.get("type", "") for code, area in portal.reference.areas.items()}
    return [o for o in rows if o.kind == "actual" and types.get(o.area) not in COMPARED]


def months_of(rows: Collection[Observation], portal: Portal) -> dict[str, str]:
    """Source -> the month of its newest own figure."""
    months = {row.source: "" for row in rows}
    for row in own_rows(rows, portal):
        if row.date and row.symbol != "due":
            months[row.source] = max(months[row.source], row.date.isoformat()[:7])
    return months


def councils_of(rows: Collection[Observation], portal: Portal) -> dict[str, str]:
    """Source -> the place that most of its own figures are of."""
    areas: dict[str, Counter[str]] = {row.source: Counter() for row in rows}
    for row in own_rows(rows, portal):
        areas[row.source][row.area] += 1
    return {s: max(c, key=lambda area: (c[area], area), default="") for s, c in areas.items()}


def role_of(row: Observation, council: str, portal: Portal) -> str:
    if row.kind != "actual":
        return "target" if row.kind == "target" else "other"
    kind = portal.reference.areas.get(row.area, {}).get("type", "")
    return "figure" if row.area == council else COMPARED.get(kind, "region")


def judge(cells: Cells, table: Sequence[Cells]) -> str | None:
    """The figure against the one target of its line, from the published cells alone; None when there is no such."""
    line = ("edition", "panel", "line", "measure", "breakdown", "area", "basis", "source")
    targets = [t for t in table if t["role"] == "target" and all(t[c] == cells[c] for c in line) and t["value"]]
    try:
        (target,) = targets
        figure, aim = float(cells["value"]), float(target["value"])
    except ValueError:
        return None
    reached = figure >= aim if cells["polarity"] == "higher" else figure <= aim
    return "meets" if reached else "misses"


def pair_promises(site: Path, portal: Portal) -> Iterator[Pair]:
    """promises.csv: every promise once, with its own cells; a status that a figure decided names that figure."""
    name = "data/promises.csv"
    entries = {e.id: e for d in portal.datasets for e in read_entries(d) if "made_by" in e.cells}
    found = read_cells(site / name)
    yield from pair_ids(name, [cells.get("id", "") for cells in found], list(entries))
    rows = {o.id: o for d in portal.datasets for o in d.observations}
    for number, cells in enumerate(found, 1):
        if entry := entries.get(cells.get("id", "")):
            own = {column: entry.cells[column] for column in PROMISED} | {"due": entry.cells["date_end"]}
            own |= {column: text for column in ("title", "text") if (text := entry.cells[column])}
            for column, text in own.items():
                yield Pair(name, f'row {number}, column "{column}",', cells.get(column), text, entry.path)
            yield from pair_status(name, number, cells, entry, rows)


def pair_status(name: str, number: int, cells: Cells, entry: Entry, rows: Mapping[str, Observation]) -> Iterator[Pair]:
    status, decided = cells.get("status", ""), rows.get(cells.get("decided_by", ""))
    yield Pair(name, f"row {number}: the status is one of ours,", status in STATUSES, True)
    named = status in ("reached", "not-reached")
    yield Pair(name, f"row {number}: a figure is named that decides,", bool(decided), named, entry.path)
    if decided and (target := rows.get(entry.cells["made_by"])):
        met = meets(decided, target, entry.cells["rule"])
        yield Pair(name, f'row {number}, column "status",', status, "reached" if met else "not-reached", decided.path)


def meets(figure: Observation, target: Observation, rule: str) -> bool:
    number, aim = figure.number, target.number
    if number is None:
        return False
    if rule == "within-range":
        return target.low is not None and target.high is not None and target.low <= number <= target.high
    if aim is None or (number == aim and target.qualifier in ("more-than", "less-than")):
        return False
    return number >= aim if rule == "at-least" else number <= aim
