"""Read the scorecards that the packages hold: a view over their rows, by document, panel, row and cell.

In:  a Portal, and `scorecard` of extra.portal: the panels in their printed order, with plain titles.
Out: `Edition`s, the newest first; none for a portal without such rows. A row belongs to a scorecard when its locator
     says so: `scorecard:PANEL/row:N/col:HEAD`.

What a cell is follows from its row, not from the words above it, so that other scorecards can have other headings: a
target by its kind, a comparison by its area, all else is the council's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.formats import format_date, slugify
from portal.model import Observation, Portal

LOCATOR = re.compile(r"scorecard:(?P<panel>[^/]+)(?:/row:(?P<row>[^/]+))?(?:/col:(?P<head>.+))?")
COMPARED = {"group": "group", "country": "country", "region": "region", "combined-authority": "region"}
MAIN_HEADS = ("Latest", "No", "Number", "%")  # which of several figures leads a row without target or comparison
DOUBTS = {"implausible", "conflict"}  # a figure that nobody should be judged by
GROWING = {"year-to-date", "part-year"}  # a count so far goes up from month to month, whatever happens


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. `role`: figure, target, group, country, region, or other."""

    head: str
    role: str
    row: Observation


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its leading figure, what stands beside it, and what our rule says."""

    id: str
    place: str  # the number of the line, as the locators give it; "" when they give none
    cells: tuple[Cell, ...]
    figure: Cell | None
    target: Cell | None
    verdict: str  # meets, misses, neither, no-target, no-figure, unclear, unlike
    before: Observation | None = None  # the like figure of the edition before, when the two may be set side by side

    @property
    def beside(self) -> tuple[Cell, ...]:
        """What the line prints besides its leading figure and its target."""
        return tuple(cell for cell in self.cells if cell not in (self.figure, self.target))

    @property
    def compared(self) -> tuple[Observation, ...]:
        """What a reader sets side by side: the cells of one measure, and the figure of the month before."""
        if self.figure is None:
            return ()
        own = tuple(cell.row for cell in self.cells if is_same(cell.row, self.figure.row))
        return (*own, self.before) if self.before else own

    @property
    def direction(self) -> str:
        """The printed arrow, in words."""
        cells = (self.figure, *self.cells) if self.figure else self.cells
        return next((cell.row.direction for cell in cells if cell.row.direction), "")


@dataclass(frozen=True, slots=True)
class Panel:
    id: str
    name: str  # as printed
    title: str
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """The scorecard of one document."""

    source: str
    month: date | None  # the end of the newest period that its own figures are for
    panels: tuple[Panel, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for panel in self.panels for row in panel.rows)

    @property
    def month_words(self) -> str:
        return format_date(self.month).partition(" ")[2] if self.month else ""


def read_editions(portal: Portal, words: Mapping[str, Any]) -> tuple[Edition, ...]:
    found = [o for d in portal.datasets for o in d.observations if LOCATOR.fullmatch(o.locator)]
    by_source: dict[str, list[Observation]] = {}
    for observation in found:
        by_source.setdefault(observation.source, []).append(observation)
    types = {code: area.get("type", "") for code, area in portal.reference.areas.items()}
    order = sorted(by_source, key=lambda s: (month_of(by_source[s], types) or date.min, s))
    editions: list[Edition] = []
    for source in order:
        earlier = by_source[order[len(editions) - 1]] if editions else []
        editions.append(make_edition(source, by_source[source], earlier, types, words))
    return tuple(reversed(editions))


def make_edition(
    source: str,
    rows: Sequence[Observation],
    earlier: Sequence[Observation],
    types: Mapping[str, str],
    words: Mapping[str, Any],
) -> Edition:
    council = council_of(rows, types)
    before = {o.like: o for o in sorted(earlier, key=lambda o: o.date or date.min)}  # the newest of like figures
    lines: dict[str, dict[str, list[Cell]]] = {}
    for row in rows:
        panel, line, head = place_of(row)
        cell = Cell(head, role_of(row, council, types), row)
        lines.setdefault(panel, {}).setdefault(line or row.measure.id, []).append(cell)
    listed = {str(entry["name"]): entry for entry in words.get("panels") or []}
    names = [*(name for name in listed if name in lines), *(name for name in lines if name not in listed)]
    panels = tuple(make_panel(name, lines[name], listed.get(name, {}), before) for name in names)
    return Edition(source, month_of(rows, types), panels)


def make_panel(
    name: str,
    lines: Mapping[str, list[Cell]],
    entry: Mapping[str, Any],
    before: Mapping[tuple[object, ...], Observation],
) -> Panel:
    panel_id = slugify(name)
    # What stands over the lines is first. A number is one in plain digits: int() fails on a raised 2.
    places = sorted(lines, key=lambda place: int(place) if re.fullmatch("[0-9]{1,9}", place) else 0)
    rows = tuple(make_row(f"{panel_id}-{slugify(place)}", lines[place], before) for place in places)
    return Panel(panel_id, name, str(entry.get("title") or name), str(entry.get("text") or ""), rows)


def make_row(row_id: str, cells: Sequence[Cell], before: Mapping[tuple[object, ...], Observation]) -> Row:
    targets = [cell for cell in cells if cell.role == "target"]
    figure = leading_figure(cells)
    target = next((t for t in targets if figure and is_same(t.row, figure.row)), targets[0] if targets else None)
    earlier = before.get(figure.row.like) if figure else None
    return Row(
        row_id,
        place_of(cells[0].row)[1],
        tuple(cells),
        figure,
        target,
        judge(figure, targets),
        earlier if earlier and figure and may_follow(earlier, figure.row) else None,
    )


def leading_figure(cells: Sequence[Cell]) -> Cell | None:
    """The council's figure that the target is for; without a target, that a comparison is for; or else the first."""
    own = [cell for cell in cells if cell.role == "figure"]
    for role in ("target", "group", "country", "region"):
        for other in (cell for cell in cells if cell.role == role):
            if found := next((cell for cell in own if is_same(other.row, cell.row)), None):
                return found
    heads = {head: place for place, head in enumerate(MAIN_HEADS)}
    return min(own, key=lambda cell: heads.get(cell.head, len(heads)), default=None)


def judge(figure: Cell | None, targets: Sequence[Cell]) -> str:
    """What the rule on the page says of a row. The printed arrow has no part in it."""
    if figure is None or figure.row.symbol:
        return "no-figure"
    row, printed = figure.row, [cell.row for cell in targets if cell.row.number is not None]
    if row.measure.polarity not in ("higher", "lower"):
        return "neither"
    if not printed:
        return "no-target"
    if row.number is None:
        return "unclear"  # a range: it may lie on both sides
    if len(printed) > 1 or DOUBTS & {*row.flags, *printed[0].flags} or "ambiguous" in printed[0].flags:
        return "unclear"
    target = printed[0]
    alike = is_same(target, row) and (row.basis, row.area) == (target.basis, target.area)
    if not alike or {row.qualifier, target.qualifier} != {"exact"}:
        return "unlike"
    return "meets" if reaches(row.number or 0.0, target.number or 0.0, row.measure.polarity) else "misses"


def reaches(number: float, target: float, polarity: str) -> bool:
    return number >= target if polarity == "higher" else number <= target


def may_follow(earlier: Observation, later: Observation) -> bool:
    """Whether two like figures of two editions tell a direction."""
    growing = later.basis in GROWING and later.measure.statistic == "count"
    doubted = DOUBTS & {*earlier.flags, *later.flags} or "b" in later.flags or growing
    exact = {earlier.qualifier, later.qualifier} == {"exact"} and None not in (earlier.number, later.number)
    return bool(exact and not doubted and earlier.date and later.date and earlier.date < later.date)


def is_same(one: Observation, other: Observation) -> bool:
    return (one.measure.id, one.breakdown) == (other.measure.id, other.breakdown)


def place_of(row: Observation) -> tuple[str, str, str]:
    """(panel, line, heading), as the locator gives them."""
    found = LOCATOR.fullmatch(row.locator)
    return (found["panel"], found["row"] or "", found["head"] or "") if found else ("", "", "")


def role_of(row: Observation, council: str, types: Mapping[str, str]) -> str:
    if row.kind == "target":
        return "target"
    if row.kind != "actual":
        return "other"
    return "figure" if row.area == council else COMPARED.get(types.get(row.area, ""), "region")


def council_of(rows: Iterable[Observation], types: Mapping[str, str]) -> str:
    """The place whose scorecard this is: of those that are no group, region or country, the one most often named."""
    areas = Counter(row.area for row in rows if row.kind == "actual" and types.get(row.area) not in COMPARED)
    return max(areas, key=lambda area: (areas[area], area), default="")


def month_of(rows: Iterable[Observation], types: Mapping[str, str]) -> date | None:
    own = [row for row in rows if row.kind == "actual" and types.get(row.area) not in COMPARED]
    return max((row.date for row in own if row.date and row.symbol != "due"), default=None)  # that month is to come
