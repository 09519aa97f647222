"""Is each row below the header a row of the table?

In:  the rows of a Resource as they stand in its file, the header first.
Out: Problems; the same mistake in many rows is told once, with its lines.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from portal.csvfile import Record, read_records
from portal.formats import plural
from portal.model import Problem, Resource
from portal.privacy import quote
from portal.validate.file.shapes import count_filled, is_blank, is_number, plain_name
from portal.validate.places import name_lines

NOTE = re.compile(
    r"(sources?|notes?|footnotes?)\s*\d*\s*[:.].*|(copyright|extracted|last updated|produced by|prepared by)\b.*|"
    r"[*†‡©]+\s*\w.*",
    re.IGNORECASE | re.DOTALL,
)
TOTAL = re.compile(r"\W*(grand |sub-?)?totals?\W*", re.IGNORECASE)
UNITS = set(
    "% £ £m £k £000 £000s £'000 no no. number numbers count rate percent percentage days weeks months years children "
    "people persons families pounds gbp thousands millions".split()
) | {"per cent", "per 10,000", "rate per 10,000", "£ million", "£ thousand", "£ 000"}
LONGEST_NOTE = 30  # lines below a table
SPAN = 5  # lines; a row over more of them has probably lost a quotation mark
OF_ROWS = {"row-width", "blank-row", "empty-row"}  # the other rows can be judged all the same
SINGLE = 3  # rows of a wrong width that are each told
NUMERIC_SHARE = 0.8
SAMPLE = 500  # rows that show whether a column holds numbers


def check_rows(records: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    header, *rows = records
    below = find_below(header, rows)
    table, notes = (rows[:-below], rows[-below:]) if below else (rows, [])
    odd = list(check_second_header(header, table, resource))
    yield from odd
    table = table[1:] if odd else table
    yield from check_repeated(header, table, resource)
    yield from check_blank_rows(header, table, resource)
    yield from check_widths(header, table, resource)
    if notes:
        yield tell_notes(notes, resource)
    yield from check_total(table, resource)


def find_spoilt(resource: Resource) -> Iterator[int]:
    """The lines of rows that are too long, too short or blank: nobody knows what stands in which column."""
    try:
        header, *rows = read_records(resource.content, resource.delimiter)
    except (csv.Error, ValueError):  # no rows at all, which is told elsewhere
        return
    yield from (row.line for row in rows if len(row.cells) != len(header.cells) or is_empty(row, header))


def is_empty(record: Record, header: Record) -> bool:
    """A quoted nothing is a cell in a table of one column; a blank line is none."""
    return is_blank(record.cells) and (len(header.cells) > 1 or record.cells != ("",))


# lines below the table


def find_below(header: Record, rows: Sequence[Record]) -> int:
    """How many rows at the end are notes, totals after a gap, and the blank rows that part them from the table."""
    if len(header.cells) < 2:
        return 0
    count = 0
    for number, row in enumerate(reversed(rows[-LONGEST_NOTE:]), 1):
        after_gap = number < len(rows) and is_empty(rows[-number - 1], header)
        if is_note(row, header) or (after_gap and is_apart(row, header)):
            count = number
        elif not is_empty(row, header):
            break
    while 0 < count < len(rows) and is_empty(rows[-count - 1], header):
        count += 1
    return count


def is_note(row: Record, header: Record) -> bool:
    """One cell that speaks, and no commas after it or words that no row begins with."""
    if count_filled(row.cells) != 1 or not row.cells[0].strip():
        return False
    text = row.cells[0].strip()
    short = len(row.cells) == 1 and " " in text
    return short or NOTE.fullmatch(text) is not None


def is_apart(row: Record, header: Record) -> bool:
    """After a blank row: a lone cell, or a total."""
    return count_filled(row.cells) == 1 or any(TOTAL.fullmatch(cell) for cell in row.cells[:2])


def tell_notes(notes: Sequence[Record], resource: Resource) -> Problem:
    filled = [row for row in notes if not is_blank(row.cells)]
    first = next(cell for cell in filled[0].cells if cell.strip())
    where = name_lines([row.line for row in filled])
    verb = "stands" if len(filled) == 1 else "stand"
    message = f"{where} {verb} below the table and {'is no row' if len(filled) == 1 else 'are no rows'} of it: "
    lines = name_lines(range(notes[0].line, notes[-1].end + 1), "row")
    fix = f"Delete {lines} (in the spreadsheet: select, right-click, Delete); "
    total = any(TOTAL.fullmatch(cell) for row in filled for cell in row.cells[:2])
    fix += "the site works totals out." if total else "a source or a note belongs in the descriptor."
    return Problem("lines-below", message + quote(first), resource.path, filled[0].line, fix=fix)


def check_total(table: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    """A last row that sums up the others would be added to them again by the next reader."""
    last = table[-1] if len(table) > 2 else None
    width = min(2, len(resource.frame.columns))
    for index, cell in enumerate(last.cells[:width] if last else ()):
        others = [row.cells[index] for row in table[:-1] if index < len(row.cells)]
        field = next((f for f in resource.fields if f.name == str(resource.frame.columns[index])), None)
        listed = cell in (field.constraints.get("enum") or ()) if field else False
        if last and TOTAL.fullmatch(cell) and cell not in others and not listed:
            message = f'the last row looks like a total: "{cell}"; whoever adds up the column counts everything twice'
            fix = "Delete the row. If it is to stay, list in the descriptor all names that this column holds, this one "
            fix += "too: constraints: {enum: [first name, second name]}."
            name = field.name if field else ""
            yield Problem("total-row", message, resource.path, last.line, None, name, fix, "warning")
            return


# a second header


def check_second_header(header: Record, table: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    """Units, or a second line of names, where the first row of data should be."""
    if len(table) < 3 or len(header.cells) != len(table[0].cells) or table[0].cells == header.cells:
        return
    first, rest = table[0], table[1:]
    words = {i: first.cells[i].strip() for i in numeric_columns(header, rest[:SAMPLE])}
    if not words or any(is_number(word) for word in words.values()) or not any(words.values()):
        return
    told = [word for word in words.values() if word]
    if any(word in (row.cells[i].strip() for row in rest if i < len(row.cells)) for i, word in words.items() if word):
        return
    if all(word.strip("()").casefold() in UNITS for word in told):
        fix = f"Delete line {first.line}; say the unit in the column's name or in its description in the descriptor."
        message = f"line {first.line} holds units ({quote(', '.join(told))}), not data"
        yield Problem("units-row", message, resource.path, first.line, fix=fix)
    elif names_columns(words, header, first):
        message = f"line {first.line} names the columns a second time ({quote(', '.join(told))}); only line 1 may"
        fix = f"Delete line {first.line}; put what it says into the `title` of each field in the descriptor."
        yield Problem("two-header-rows", message, resource.path, first.line, fix=fix)


def numeric_columns(header: Record, rows: Sequence[Record]) -> list[int]:
    """The columns whose cells are numbers, but for a few."""
    return [index for index in range(len(header.cells)) if is_numeric([r.cells[index : index + 1] for r in rows])]


def is_numeric(cells: Sequence[tuple[str, ...]]) -> bool:
    filled = [cell[0] for cell in cells if cell and cell[0].strip()]
    return len(filled) > 1 and sum(map(is_number, filled)) >= NUMERIC_SHARE * len(filled)


def names_columns(words: dict[int, str], header: Record, first: Record) -> bool:
    """Each speaks of its column, or each is different: a mark for a missing number would do neither."""
    told = {index: word for index, word in words.items() if re.search(r"[^\W\d]{3}", word)}
    related = [w for i, w in told.items() if set(plain_words(w)) & set(plain_words(header.cells[i]))]
    others = [cell for index, cell in enumerate(first.cells) if index not in words]
    alone = bool(others) and is_blank(others)
    return len(told) == len(words) and (bool(related) or alone or len(set(told.values())) == len(told) > 1)


def plain_words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{3,}", text)]


def check_repeated(header: Record, table: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    names = [plain_name(cell) for cell in header.cells]
    likely = (row for row in table if row.cells and plain_name(row.cells[0]) == names[0])
    again = [row.line for row in likely if [plain_name(cell) for cell in row.cells] == names]
    if again and len(names) > 1:
        message = f"the header stands again in {name_lines(again)}, as where two files were put together"
        fix = f"Delete {name_lines(again)}."
        yield Problem("repeated-header", message, resource.path, again[0], fix=fix)


# blank rows, and rows with too many or too few cells


def check_blank_rows(header: Record, table: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    empty = [row for row in table if is_empty(row, header)]
    blank = [row.line for row in empty if len(row.cells) < 2]
    commas = [row.line for row in empty if len(row.cells) >= 2]
    if blank:
        message = f"{name_lines(blank)} {'is' if len(blank) == 1 else 'are'} blank"
        fix = "Delete the line." if len(blank) == 1 else "Delete these lines."
        yield Problem("blank-row", message, resource.path, blank[0], fix=fix)
    if commas:
        message = f"{name_lines(commas)} {'has' if len(commas) == 1 else 'have'} only empty cells"
        fix = (
            f"In the spreadsheet select {name_lines(commas, 'row')}, right-click, Delete (the Delete key only empties "
        )
        fix += "cells), and save again."
        yield Problem("empty-row", message, resource.path, commas[0], fix=fix)


def check_widths(header: Record, table: Sequence[Record], resource: Resource) -> Iterator[Problem]:
    """As many cells in each row as in the header."""
    wrong = [row for row in table if len(row.cells) != len(header.cells) and not is_empty(row, header)]
    counts = Counter(len(row.cells) for row in wrong)
    told: set[int] = set()
    for row in wrong:
        width = len(row.cells)
        if counts[width] <= SINGLE:
            yield tell_width([row], header, resource)
        elif width not in told:
            yield tell_width([other for other in wrong if len(other.cells) == width], header, resource)
            told.add(width)


def tell_width(rows: Sequence[Record], header: Record, resource: Resource) -> Problem:
    first, wide = rows[0], len(rows[0].cells) - len(header.cells)
    where, verb = name_lines([row.line for row in rows], "row"), "has" if len(rows) == 1 else "have"
    message = f"{where} {verb} {plural(len(first.cells), 'cell')}, the header has {len(header.cells)}"
    return Problem("row-width", message, resource.path, first.line, fix=mend_width(first, wide, resource))


def mend_width(row: Record, wide: int, resource: Resource) -> str:
    mark = {",": "comma", ";": "semicolon", "\t": "tab"}.get(resource.delimiter, f'"{resource.delimiter}"')
    if row.end - row.line > SPAN:
        return f"The row runs on to line {row.end}: look for a quotation mark missing or too many in line {row.line}."
    if wide < 0:
        return f"Add the missing cells; an empty cell still needs its {mark}."
    if is_blank(row.cells[-wide:]):
        return f"In the spreadsheet delete the empty columns on the right and save again; or delete the {mark}s here."
    if any(cell.startswith(' "') for cell in row.cells):
        return f"Take out the space between a {mark} and the quotation mark after it."
    quoted = f"Put quotation marks round a cell that holds a {mark}"
    digits = [cell.strip().lstrip("-").isdigit() for cell in row.cells]
    if resource.delimiter == "," and any(one and two for one, two in pairwise(digits)):
        return "A number takes no comma: write 1248, and 12.5 with a point. A text with a comma takes quotation marks."
    return f"{quoted}."
