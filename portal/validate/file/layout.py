"""Is it one table, with one header row on top and nothing but data below?

In:  a Resource whose bytes can be read cell by cell.
Out: Problems: one a cause, though it may spoil many rows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from portal.csvfile import Record, read_records
from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.file.header import check_header, is_declared
from portal.validate.file.rows import check_rows
from portal.validate.file.shapes import count_filled, is_blank, is_number, plain_name
from portal.validate.places import name_lines

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "vertical bars (|)", ",": "commas"}
LOOKED_AT = 20  # rows in which a header is looked for
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")


def check_layout(resource: Resource, described: bool = True) -> Iterator[Problem]:
    records = read_records(resource.content, resource.delimiter)
    whole = list(check_separator(records, resource)) or list(check_top(records, resource))
    yield from whole
    if not whole:
        yield from check_header(records, resource, described)
        yield from check_rows(records, resource)


def check_filled(dataset: Dataset) -> Iterator[Problem]:
    """A page about no row would be a mistake; a reference table may be empty."""
    fix = "Put the rows of the table below the header, or take the resource out of the descriptor."
    for resource in dataset.resources:
        if len(resource.frame.columns) and not resource.lines:
            yield Problem("no-rows", "the file has a header and no row", resource.path, 1, fix=fix)


def check_separator(records: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    """The header is one cell, and would be several if something else separated them."""
    found = find_separator(records, resource)
    if not found:
        return
    declared, used = (SEPARATORS.get(mark, f'"{mark}"') for mark in (resource.delimiter, found))
    message = f"the cells are separated by {used}; the descriptor says {declared}"
    shown = "\\t" if found == "\t" else found
    change = f'add `dialect: {{delimiter: "{shown}"}}` to the resource'
    change = change if resource.delimiter == "," else f'change its `delimiter` to "{shown}" in the descriptor'
    fix = f"Export the file with {declared} as separators, or {change}."
    if found == ";" and any(DECIMAL_COMMA.fullmatch(cell) for cell in all_cells(records)):
        message += ", and decimals have a comma (12,5), which is written 12.5 here"
        fix = 'In Excel: File, Options, Advanced, take the tick off "Use system separators", type . for decimals and , '
        fix += "for thousands, and save again as CSV UTF-8."
    yield Problem("wrong-separator", message, resource.path, 1, fix=fix)


def all_cells(records: Sequence[Record]) -> list[str]:
    """Of the first rows, as if semicolons had separated them."""
    return [cell.strip() for record in records[:LOOKED_AT] for cell in ",".join(record.cells).split(";")]


def find_separator(records: Sequence[Record], resource: Resource) -> str:
    header = records[0].cells
    if len(header) != 1 or (is_declared(resource) and plain_name(header[0]) == plain_name(resource.field_names[0])):
        return ""
    for mark in (m for m in SEPARATORS if m != resource.delimiter):
        names = split_cells(header[0], mark)
        declared = {plain_name(name) for name in resource.field_names} & {plain_name(name) for name in names}
        sample = [split_cells(resource.delimiter.join(r.cells), mark) for r in records[1:LOOKED_AT] if r.cells]
        alike = sum(len(cells) == len(names) for cells in sample) * 2 > len(sample) or not sample
        if len(names) > 1 and (declared or alike) and all(name.strip() for name in names):
            return mark
    return ""


def split_cells(text: str, mark: str) -> list[str]:
    return next(csv.reader([re.sub("[\r\n]", " ", text)], delimiter=mark), [])


def check_top(records: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    """Titles, blank lines or a second header above the names of the columns."""
    place = find_header(records, resource)
    if place:
        above, line = records[:place], records[place].line
        groups = any(count_filled(record.cells) > 1 for record in above)
        first = next((cell for record in above for cell in record.cells if cell.strip()), "")
        where = name_lines([record.line for record in above])
        verb = "stands" if len(above) == 1 else "stand"
        said = f" ({quote(first)})" if first else " and blank" if verb == "stand" else ", which is blank,"
        message = f"{where}{said} {verb} above the header, which is line {line}"
        fix = f"Delete {where}, so that the names of the columns are the first line"
        fix += "; a title belongs in the descriptor." if first else "."
        if groups:
            message = f"the header takes up {name_lines(range(1, line + 1))}; only its last line names the columns"
            fix = f"Make it one row: put the names of {where} into those of line {line}, and delete {where}."
        yield Problem("two-header-rows" if groups else "title-lines", message, resource.path, 1, fix=fix)
    elif is_blank(records[0].cells) or (is_declared(resource) and is_data(records[0].cells, resource)):
        what = "is blank" if is_blank(records[0].cells) else "holds data"
        fix = f"Put this line above all others: {resource.delimiter.join(resource.field_names)}"
        fix = fix if any(map(str.strip, resource.field_names)) else "Put the names of the columns into the first line."
        yield Problem("no-header", f"the first line {what}; the header is missing", resource.path, 1, fix=fix)


def find_header(records: Sequence[Record], resource: Resource) -> int:
    """The index of the row that names the columns, when that is not the first."""
    near = [record.cells for record in records[:LOOKED_AT]]
    if is_declared(resource):
        known = {plain_name(name) for name in resource.field_names}
        found = [len({plain_name(cell) for cell in cells} & known) for cells in near]
        best = max(range(len(near)), key=lambda index: found[index])
        return best if found[best] * 2 >= len(known) and found[best] > 2 * found[0] else 0
    return find_wide(near) or find_below_groups(near)


def find_wide(near: Sequence[Sequence[str]]) -> int:
    """The first row with several names, when all that is above has one cell or none."""
    wide = next((index for index, cells in enumerate(near) if count_filled(cells) > 1), 0)
    return 0 if any(is_number(cell) for cell in near[wide]) or wide + 1 == len(near) else wide


def find_below_groups(near: Sequence[Sequence[str]]) -> int:
    """The second row, when the first leaves gaps as merged cells do, and numbers begin in the third."""
    if len(near) < 3 or not any(not cell.strip() for cell in near[0][:-1]):
        return 0
    second, third = near[1], near[2]
    full = count_filled(second) > count_filled(near[0]) and not any(is_number(cell) for cell in second)
    return 1 if full and any(is_number(cell) for cell in third) else 0


def is_data(cells: Sequence[str], resource: Resource) -> bool:
    """No name of a column, and at least one number as wide as the table."""
    known = {plain_name(name) for name in resource.field_names}
    foreign = not known & {plain_name(cell) for cell in cells}
    return foreign and len(cells) == len(resource.field_names) and any(is_number(cell) for cell in cells)
