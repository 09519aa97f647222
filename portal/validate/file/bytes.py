"""Is the file text that can be read cell by cell?

In:  a Resource: its bytes as they are on disk.
Out: the reason why it cannot. The checking library takes several of these for valid.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from portal.csvfile import LARGEST, QuoteFault, can_separate, find_quote_fault, read_records, split_lines
from portal.formats import plural
from portal.model import Problem, Resource
from portal.validate.file.encoding import check_encoding
from portal.validate.file.kinds import check_kind
from portal.validate.places import column_letter, field_start, name_lines

LONGEST = 32_767  # characters in a cell; a spreadsheet cuts off what is longer
MOST_ROWS = 1_048_576  # with the header; a spreadsheet leaves out what is below
MOST_COLUMNS = 1_000


def check_file(resource: Resource) -> Iterator[Problem]:
    """Each check reads what the one before has found fit to be read."""
    for check in (check_size, check_kind, check_encoding, check_separable, check_quotes, check_line_ends, check_cells):
        problems = list(check(resource))
        yield from problems
        if problems:
            return


def check_size(resource: Resource) -> Iterator[Problem]:
    if len(resource.content) > LARGEST:
        message = (
            f"the file has {len(resource.content) / 1e6:,.0f} MB; at most {LARGEST / 1e6:,.0f} MB can be published"
        )
        fix = "Split it into several files, for example one for each year."
        yield Problem("file-too-large", message, resource.path, fix=fix)
    elif not resource.content.removeprefix(b"\xef\xbb\xbf").strip():
        yield Problem(
            "empty-file",
            "the file is empty",
            resource.path,
            1,
            fix="Save the table into it again, with the names of the columns in the first row.",
        )


def check_separable(resource: Resource) -> Iterator[Problem]:
    if not can_separate(resource.delimiter):
        message = f"the descriptor separates cells by {resource.delimiter!r}, which cannot separate them"
        fix = "Take `delimiter` out of the descriptor and save the file with commas."
        yield Problem("wrong-separator", message, resource.path, field="dialect", fix=fix)


def check_quotes(resource: Resource) -> Iterator[Problem]:
    """The place is looked for only when there is one: going from character to character is slow."""
    try:
        read_records(resource.content, resource.delimiter)
    except csv.Error:
        yield tell_quotes(find_quote_fault(resource.content, resource.delimiter) or QuoteFault(1, 1), resource)


def tell_quotes(fault: QuoteFault, resource: Resource) -> Problem:
    if fault.text_line == fault.line:
        message = f"at character {fault.text_column} there is text after the quotation mark that closes the cell"
        fix = 'A quotation mark inside a quoted cell is doubled: write "". Or delete the marks round the cell.'
        return Problem("text-after-quote", message, resource.path, fault.line, fault.text_column, fix=fix)
    never = "is never closed" if fault.text_line is None else f"closes only in the middle of line {fault.text_line}"
    message = f"a quotation mark opens a cell at character {fault.column} and {never}"
    fix = 'Put the mark that is missing at the end of the cell; a mark that belongs to the text is doubled ("").'
    return Problem("open-quote", message, resource.path, fault.line, fault.column, fix=fix)


def check_line_ends(resource: Resource) -> Iterator[Problem]:
    """A lone carriage return ends a line for some programs and none for others; one inside a quoted cell is text."""
    lines = split_lines(resource.content)
    old = [r.end for r in read_records(resource.content, resource.delimiter) if lines[r.end - 1].endswith("\r")]
    if old:
        message = (
            f"{name_lines(old)}: ended by a lone carriage return, as old Mac programs do; others see one long line"
        )
        fix = 'In Excel choose File > Save As > "CSV UTF-8", not "CSV (Macintosh)"; in an editor, line ends LF or CRLF.'
        if b"\r\r\n" in resource.content:
            message = f"{name_lines(old)}: the line end stands twice, and many programs show a blank line after each"
            fix = 'Open it in the spreadsheet, delete the blank rows, and choose File > Save As > "CSV UTF-8".'
        yield Problem("line-ends", message, resource.path, old[0], fix=fix)


def check_cells(resource: Resource) -> Iterator[Problem]:
    """No cell, row or column more than a spreadsheet, or a page, can hold."""
    records = read_records(resource.content, resource.delimiter)
    for record in records:
        if max(map(len, record.cells), default=0) > LONGEST:
            index = next(i for i, cell in enumerate(record.cells) if len(cell) > LONGEST)
            yield too_long(resource, record.line, index, len(record.cells[index]))
    widest = max((len(record.cells) for record in records), default=0)
    if len(records) > MOST_ROWS:
        message = f"the table has {len(records):,} rows; a spreadsheet shows {MOST_ROWS:,} and drops the rest"
        fix = "Split it into several files, for example one for each year."
        yield Problem("too-many-rows", message, resource.path, records[MOST_ROWS].line, fix=fix)
    if widest > MOST_COLUMNS:
        message = f"the table has {plural(widest, 'column')}; a page can show {MOST_COLUMNS:,}"
        fix = "Put each figure in a row of its own, or split the table."
        yield Problem("too-many-columns", message, resource.path, 1, fix=fix)


def too_long(resource: Resource, line: int, index: int, length: int) -> Problem:
    text = split_lines(resource.content)[line - 1].rstrip("\r\n")
    message = f"line {line}, column {column_letter(index)}: the cell has {length:,} characters; at most {LONGEST:,} fit"
    fix = "Shorten it (spreadsheets cut it off without a word), or look for a quotation mark that is missing before it."
    return Problem("long-cell", message, resource.path, line, field_start(text, index, resource.delimiter), fix=fix)
