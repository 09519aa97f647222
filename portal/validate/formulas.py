"""Would a spreadsheet work out a cell as a formula?

In:  a Dataset.
Out: a warning for each cell that begins like one. A file is published byte for byte as it was checked, so nothing is
     put in front of such a cell: who opens the file in a spreadsheet is told on the dataset's page.

A number with its sign (-5, +2.5%, -£5), a dash alone, a dash before words and a telephone number are no formulas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.formats import plural
from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.places import cell_column

MOST = 20  # cells of one column that are named one by one
WORDS = {"string", "any", "list"}  # what is no text cannot hold a formula: the type is checked
STARTS = tuple("=+-@＝＋－＠\t\r")
NARROW = str.maketrans("＝＋－＠", "=+-@")  # some spreadsheets read the wide signs as well
NUMBER = re.compile(r"[+-] *[£$€]? *(?:\d[\d,]*)?(?:\.\d+)?(?:[eE][+-]?\d+)? *%?")
TELEPHONE = re.compile(r"\+[\d (). -]{7,}")
WORKED_OUT = re.compile(r"""[=*/^&|!<>"]|\w\(|\d *[+-] *[\w(]|^[A-Za-z]{1,3}\$?\d+$""")


def check_formulas(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        types = {field.name: field.type for field in resource.fields}
        for name in resource.frame.columns:
            if is_formula(str(name)):
                yield formula(resource, 1, str(name), f"column {quote(name)}")
            if types.get(name, "string") in WORDS:
                yield from check_column(resource, str(name))


def check_column(resource: Resource, name: str) -> Iterator[Problem]:
    cells = zip(resource.frame[name].tolist(), resource.lines, strict=True)
    found = [(cell, line) for cell, line in cells if cell.startswith(STARTS) and is_formula(cell)]
    for cell, line in found[:MOST]:
        yield formula(resource, line, name, f'row {line}, column "{name}": {quote(cell)}')
    if more := found[MOST:]:
        _, line = more[0]
        yield formula(resource, line, name, f'from row {line}, column "{name}": {plural(len(more), "more cell")}')


def formula(resource: Resource, line: int, name: str, what: str) -> Problem:
    message = f"{what} begins like a formula, and a spreadsheet would work it out"
    fix = "Put a word before it, as in “that is =1+1”. Leave it if it must stand: the page then warns its readers."
    column = cell_column(resource, line, name)
    return Problem("formula", message, resource.path, line, column, name, fix, severity="warning")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet that opens the file would take the cell for something to work out."""
    if not cell.startswith(STARTS):
        return False
    text = cell.translate(NARROW).lstrip("\t\r\n ")
    sign, rest = text[:1], text[1:].strip()
    if sign == "=":
        return bool(rest)
    if sign == "@":
        return rest[:1].isalpha()
    if sign not in ("+", "-") or NUMBER.fullmatch(text) or TELEPHONE.fullmatch(text):
        return False
    return bool(WORKED_OUT.search(rest))
