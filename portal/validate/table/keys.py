"""Is each row there once, and does each key of another table stand in it?

In:  a Dataset.
Out: a Problem a row that is there twice, and a cell that leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import pandas as pd

from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.places import cell_column, did_you_mean, find_rows
from portal.validate.table.constraints import find_plain, plain_word
from portal.validate.table.schemas import foreign_keys, missing_values, primary_key

GLUE = "\x1f"  # no cell holds it: `file` refuses control characters


def check_keys(dataset: Dataset) -> Iterator[Problem]:
    for resource in dataset.resources:
        key = primary_key(resource)
        if key and set(key) <= set(resource.frame.columns):
            yield from check_primary(resource, key)
        elif not key:
            yield from check_same_rows(resource)
        yield from check_foreign(resource, dataset)


def check_primary(resource: Resource, key: Sequence[str]) -> Iterator[Problem]:
    keys, empty = key_texts(resource, key)
    first_of: dict[str, int] = {}
    doubtful = keys.duplicated(keep=False) | empty
    for index in find_rows(doubtful):
        if empty.iat[index]:
            yield no_key(resource, key, resource.lines[index])
        elif (first := first_of.setdefault(str(keys.iat[index]), index)) != index:
            yield same_key(resource, key, first, index)


def no_key(resource: Resource, key: Sequence[str], line: int) -> Problem:
    message = f"row {line}, {columns_of(key)}: empty, and this is what each row is known by"
    column, field = cell_column(resource, line, key[0]), key[0]
    return Problem("primary-key", message, resource.path, line, column, field, "Fill it in.")


def same_key(resource: Resource, key: Sequence[str], first: int, index: int) -> Problem:
    """Which of two numbers is right nobody but the officer can say, so neither is repeated."""
    line, other = resource.lines[index], resource.lines[first]
    here, there = resource.frame.iloc[index], resource.frame.iloc[first]
    differ = [str(name) for name in resource.frame.columns if here[name] != there[name] and name not in key]
    place = resource.path, line, cell_column(resource, line, key[0]), key[0]
    if not differ:
        message = f"row {line}, {columns_of(key)}: the same row stands in row {other} already, cell for cell"
        return Problem("primary-key", message, *place, "Delete one of the two.")
    named = " and ".join(f'"{name}"' for name in key)
    message = f"row {line}, {columns_of(key)}: row {other} has the same key, and differs in {columns_of(differ)}"
    fix = f"Find out which row is right and delete the other; if both are, they need a different {named}."
    return Problem("primary-key", message, *place, fix)


def check_same_rows(resource: Resource) -> Iterator[Problem]:
    """Without a key nothing else would notice a block that was pasted twice."""
    frame = resource.frame
    if frame.empty:
        return
    first_of: dict[str, int] = {}
    twice = frame.duplicated(keep=False)
    for index in find_rows(twice):
        first = first_of.setdefault(GLUE.join(frame.iloc[index]), index)
        if first != index:
            line, other = resource.lines[index], resource.lines[first]
            message = f"row {line}: the same row stands in row {other} already, cell for cell"
            fix = "Delete one of the two; if both are right, add a column that tells them apart."
            yield Problem("same-row", message, resource.path, line, fix=fix, severity="warning")


def check_foreign(resource: Resource, dataset: Dataset) -> Iterator[Problem]:
    tables = {other.name: other for other in dataset.resources}
    for columns, name, theirs in foreign_keys(resource):
        problem = check_leads(resource, columns, name, theirs, tables, dataset)
        if problem:
            yield problem
        elif name in tables and set(columns) <= set(resource.frame.columns):
            yield from check_found(resource, columns, tables[name], theirs)


def check_leads(
    resource: Resource,
    columns: Sequence[str],
    name: str,
    theirs: Sequence[str],
    tables: dict[str, Resource],
    dataset: Dataset,
) -> Problem | None:
    """A rule that names what is not there would be no rule."""
    start = f"the foreign key of {resource.name} on {columns_of(columns)} names"
    path = dataset.descriptor_path
    if name not in tables:
        message = f'{start} a table "{name}" that is not in the package{did_you_mean(name, tables)}'
        return Problem("foreign-key", message, path, field="foreignKeys", fix="Correct the name of the resource.")
    for names, table in ((columns, resource), (theirs, tables[name])):
        for column in names:
            if column not in table.field_names and column not in table.frame.columns:
                message = (
                    f'{start} a column "{column}" that {table.name} has not{did_you_mean(column, table.field_names)}'
                )
                return Problem("foreign-key", message, path, field="foreignKeys", fix="Correct the name of the column.")
    return None


def check_found(
    resource: Resource, columns: Sequence[str], other: Resource, theirs: Sequence[str]
) -> Iterator[Problem]:
    if not set(theirs) <= set(other.frame.columns) or len(columns) != len(theirs):
        return
    keys, empty = key_texts(resource, columns)
    known, _ = key_texts(other, theirs)
    wrong = ~(keys.isin(set(known)) | empty)
    listed = tuple(dict.fromkeys(known))
    for index in find_rows(wrong):
        yield not_found(resource, columns, other, theirs, index, listed)


def not_found(
    resource: Resource,
    columns: Sequence[str],
    other: Resource,
    theirs: Sequence[str],
    index: int,
    known: tuple[str, ...],
) -> Problem:
    line, file = resource.lines[index], other.path.rpartition("/")[2]
    cells = [str(resource.frame[name].iat[index]) for name in columns]
    values = ", ".join(quote(cell) for cell in cells)
    message = f"row {line}, {columns_of(columns)}: {values} is not in {columns_of(theirs)} of {file}"
    close = closest(cells[0], known) if len(cells) == 1 else ""
    column = cell_column(resource, line, columns[0])
    fix = f"Correct it, or add a row for it to {file}."
    return Problem("foreign-key", message + close, resource.path, line, column, columns[0], fix)


@lru_cache(maxsize=256)
def closest(cell: str, known: tuple[str, ...]) -> str:
    if same := find_plain(known).get(plain_word(cell)):
        return f'; it differs from "{same}" only in capital letters or spaces'
    return did_you_mean(cell, known)


def key_texts(resource: Resource, columns: Sequence[str]) -> tuple[pd.Series, pd.Series]:
    """The key of each row as one text, and whether nothing of it is there. 7, 07 and 7.0 are one number."""
    kinds = {field.name: field.type for field in resource.fields}
    empty = pd.Series(True, index=resource.frame.index)
    parts = []
    for name in columns:
        texts = resource.frame[name].astype(str)
        missing = texts.isin(missing_values(resource, name))
        if kinds.get(name) in ("integer", "number"):
            texts = texts.str.strip().str.replace(r"^\+?0+(?=\d)", "", regex=True)
            texts = texts.str.replace(r"(\.\d*?)0+$", r"\1", regex=True).str.removesuffix(".")
        parts.append(texts.mask(missing, ""))
        empty &= missing
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + GLUE + part
    return whole, empty


def columns_of(names: Sequence[str]) -> str:
    quoted = [f'"{name}"' for name in names]
    if len(quoted) == 1:
        return f"column {quoted[0]}"
    return f"columns {', '.join(quoted[:-1])} and {quoted[-1]}"
