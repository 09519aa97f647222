"""Say how a hidden cell can be worked out, and what to hide as well, without repeating a number.

In:  a cell and the equations that give it away.
Out: what is wrong, and what to do next, for somebody who knows a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from portal.model import Dataset
from portal.validate.places import field_start
from portal.validate.recovery.equations import Cell, Equation

AT_SOURCE = (
    "Change it where the file comes from (the workbook or the case system), and save the file again. "
    "If it was committed already, the commit itself may have to be removed: see "
    '"When something identifying was committed" in CONTRIBUTING.md.'
)
LONGEST = 6


class Places:
    """Where the cells of a package stand in its files; each file is split into lines once."""

    def __init__(self, dataset: Dataset) -> None:
        self.resources = dataset.resources
        self.lines: dict[int, list[str]] = {}

    def find(self, cell: Cell) -> tuple[str, int, int]:
        resource = self.resources[cell.table]
        if cell.table not in self.lines:
            self.lines[cell.table] = resource.content.decode("utf-8-sig", "replace").splitlines()
        line = resource.lines[cell.row]
        text = self.lines[cell.table][line - 1]
        return (
            resource.path,
            line,
            field_start(text, list(resource.frame.columns).index(cell.field), resource.delimiter),
        )

    def line(self, cell: Cell) -> int:
        return self.resources[cell.table].lines[cell.row]

    def rows(self, cells: Sequence[Cell]) -> str:
        """ "row 4", "rows 3, 4 and 6", "14 rows from row 3 to row 40"."""
        lines = sorted({self.line(cell) for cell in cells})
        if len(lines) > LONGEST:
            return f"{len(lines)} rows between row {lines[0]} and row {lines[-1]}"
        return f"row{'s' * (len(lines) > 1)} {listed([str(line) for line in lines])}"

    def named(self, cell: Cell, beside: Cell) -> str:
        """A cell as seen from another one: its row, its column, its file, as far as they differ."""
        path = f" of {self.resources[cell.table].path}" if cell.table != beside.table else ""
        if cell.row == beside.row and not path:
            return f'column "{cell.field}"'
        column = f', column "{cell.field}",' if cell.field != beside.field else ""
        return f"row {self.line(cell)}{column}{path}"


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def are_shown(cells: Sequence[object]) -> str:
    return "which is shown" if len(cells) == 1 else "which are all shown"


def describe_way(places: Places, cell: Cell, way: Sequence[Equation], alone: Collection[Cell]) -> tuple[str, str]:
    """`alone`: the cells that a single equation gives away, which have a message of their own."""
    if len(way) == 1:
        how, fix = WAYS[way[0].form](places, cell, way[0])
        return f"this hidden number can be worked out: {how}", f"{fix} {AT_SOURCE}"
    own = [equation for equation in way if cell in equation.terms] or list(way)
    others = sorted({c for e in way for c in (e.result, *e.parts) if c != cell and c in e.terms})
    steps = listed([f"{name_equation(places, cell, equation)}" for equation in list(way)[:4]])
    more = " and others" if len(way) > 4 else ""
    hidden = name_cells(places, cell, others)
    message = f"this hidden number can be worked out in steps, by way of other hidden cells ({hidden}): {steps}{more}"
    fix = WAYS[own[0].form](places, cell, own[0])[1]
    if first := [other for other in others if other in alone]:
        later = f"{fix[0].lower()}{fix[1:]}"
        fix = f"First mend {name_cells(places, cell, first)}, and check again; if this is told again: {later}"
    return message, f"{fix} {AT_SOURCE}"


def name_cells(places: Places, cell: Cell, others: Sequence[Cell]) -> str:
    shown = [places.named(other, cell) for other in others[:LONGEST]]
    return listed(shown) if shown else "of the same totals"


def name_equation(places: Places, cell: Cell, equation: Equation) -> str:
    result = places.named(equation.result, cell)
    if equation.form == "columns":
        return f'the total in row {places.line(equation.result)}, column "{equation.result.field}"'
    if equation.form == "rows":
        return f'the total in row {places.line(equation.result)}, column "{equation.result.field}"'
    if equation.form in ("across", "same"):
        return f"{places.rows(equation.parts)} of {places.resources[equation.parts[0].table].path}"
    words = {"share": "the percentage or rate in"}
    return f"{words.get(equation.form, f'the check {chr(34)}{equation.group}{chr(34)} in page.yaml with')} {result}"


def tell_rows(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    others = [part for part in equation.parts if part != cell]
    lone = [part for part in equation.parts if part != cell and part in equation.terms]
    group = f" ({equation.group})" if equation.group else ""
    if cell == equation.result:
        return (
            f"it is the total of {places.rows(others)}{group}, {are_shown(others)}",
            f"Show the total, or hide two or more of these rows: for example {near(places, cell, others)}.",
        )
    total = places.named(equation.result, cell)
    if lone:
        how = f"the total in {total}{group} and the shown rows leave one possibility for it and {places.rows(lone)}"
        shown = [part for part in others if part not in lone]
    else:
        how = (
            f"it is the total in {total}{group} less {places.rows(others)}, {are_shown(others)}"
            if others
            else f"it is the only row of the total in {total}{group}"
        )
        shown = others
    if not shown:
        return how, f"Hide the total in {total} as well."
    return (
        how,
        f"Hide another row of the same total as well, for example {near(places, cell, shown)}, "
        f"or the total in {total}.",
    )


def near(places: Places, cell: Cell, others: Sequence[Cell]) -> str:
    """By its place alone, never by what stands in it."""
    return places.named(
        min(others, key=lambda other: (other.table != cell.table, abs(other.row - cell.row), other)), cell
    )


def tell_columns(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    others = [f'"{part.field}"' for part in equation.parts if part != cell]
    lone = [f'"{part.field}"' for part in equation.parts if part != cell and part in equation.terms]
    columns = f"column{'s' * (len(others) > 1)} {listed(others)}" if others else "the other column"
    if cell == equation.result:
        return (
            f"it is the total of {columns} of the same row, {are_shown(others)}",
            f"Show it, or hide two or more of {columns}.",
        )
    total = f'column "{equation.result.field}"'
    if lone:
        how = f"{total} of the same row and the shown columns leave one possibility for it and {listed(lone)}"
    else:
        how = f"it is {total} less {columns} of the same row, {are_shown(others)}"
    return how, f"Hide another cell of the same row as well, for example in {others[0]}, or in {total}."


def tell_share(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    share = places.named(equation.result, cell)
    base = listed([places.named(part, cell) for part in equation.parts if part != cell] or ["the base"])
    how = f"{share} is a percentage or rate, and together with {base} it gives the number"
    of_row = " of this row" if equation.result[:2] == cell[:2] else ""
    return how, f"Hide {share}{of_row} as well."


def tell_same(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    other = next(c for c in (equation.result, *equation.parts) if c != cell)
    return f"the same figure is shown in {places.named(other, cell)}", f"Hide {places.named(other, cell)} as well."


def tell_across(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    others = [part for part in equation.parts if part != cell]
    if cell == equation.result:
        path = places.resources[others[0].table].path
        return (
            f"{places.rows(others)} of {path} are shown and add up to it",
            f"Hide two or more of these rows in {path}.",
        )
    total = places.named(equation.result, cell)
    how = (
        f"it is the total in {total} less {places.rows(others)}, {are_shown(others)}"
        if others
        else f"it is all of {total}"
    )
    return (
        how,
        f"Hide another row of the same total as well, for example {near(places, cell, others)}, or {total}."
        if others
        else f"Hide {total} as well.",
    )


def tell_check(places: Places, cell: Cell, equation: Equation) -> tuple[str, str]:
    others = [c for c in (equation.result, *equation.parts) if c != cell]
    seen = listed([places.named(c, cell) for c in others[:LONGEST]])
    how = f'the check "{equation.group}" in page.yaml says how it is made together with {seen}'
    return how, f"Hide another figure of that check as well, for example {near(places, cell, others)}."


WAYS = {
    "rows": tell_rows,
    "columns": tell_columns,
    "share": tell_share,
    "same": tell_same,
    "across": tell_across,
    "check": tell_check,
}


def describe_share(places: Places, share: Cell, count: Cell) -> tuple[str, str]:
    counted = places.named(count, share)
    return (
        f"this percentage or rate is shown, but the number that it is made of ({counted}) is hidden: "
        "whoever knows the base works it out",
        f"Hide this cell as well: write the same mark as in {counted}. {AT_SOURCE}",
    )
