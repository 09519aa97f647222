"""Is a number typed into the words of a table: the note of a figure, the definition of a measure, a word explained?

In:  a Dataset of observations, or the reference tables.
Out: a Problem for each quantity in such a cell that neither its own row holds, nor a row that it names, nor a date, a
     declared class or a constant explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from portal.model import Dataset, Portal, Problem, Resource
from portal.privacy import SMALL
from portal.quantities import Quantity, find_loose, find_quantities
from portal.validate.age import MEASURE_TEXTS
from portal.validate.nearest import Known
from portal.validate.places import cell_column
from portal.validate.typed import NOTHING

OF_REFERENCE = {
    "areas": ("note",),
    "glossary": ("term", "meaning"),
    "jargon": ("note",),
    "quality_flags": ("label", "meaning"),
    "series": ("label", "rounding", "revisions"),
    "sources": ("note",),
    "symbols": ("label", "meaning"),
    "not_published": ("reason",),
}
NUMBERS = ("printed", "value", "value_low", "value_high", "period")
NAME = re.compile(r"\b[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+\b")
FIX = (
    "Say it without the number, name the row that holds it, or declare the phrase in reference/data/constants.csv with "
    "the reason why it is no figure."
)


def check_cell_texts(dataset: Dataset, portal: Portal, known: Known = NOTHING) -> Iterator[Problem]:
    names = known_names(portal) if dataset.observations or dataset is portal.reference_dataset else {}
    for table in dataset.resources if names else ():
        for column in text_columns(table, dataset, portal):
            yield from check_column(table, column, names, known)


def text_columns(table: Resource, dataset: Dataset, portal: Portal) -> tuple[str, ...]:
    columns: tuple[str, ...] = ()
    if dataset is portal.reference_dataset:
        columns = OF_REFERENCE.get(table.name, ())
    elif table.name == "measures":
        columns = tuple(MEASURE_TEXTS)
    elif any(row.path == table.path for row in dataset.observations):
        columns = ("note",)
    return tuple(name for name in columns if name in table.frame.columns)


def known_names(portal: Portal) -> Mapping[str, str]:
    """What a text may call by its name -> the numbers that may then be said: those of the row of that name."""
    reference = portal.reference
    names = dict.fromkeys((*reference.sources, *reference.series, *reference.areas), "")
    for dataset in portal.datasets:
        names |= {row.measure.id: "" for row in dataset.observations}
        names |= {row.id: f"{row.printed} {row.text} {row.period}" for row in dataset.observations}
    return names


def check_column(table: Resource, column: str, names: Mapping[str, str], known: Known) -> Iterator[Problem]:
    for record, line in zip(table.records(), table.lines, strict=True):
        for quantity in find_unsaid(record, column, names, known)[:1]:
            # Without it when it is small: it may be a count of children.
            what = "a number" if SMALL.fullmatch(quantity.text) else f'the number "{quantity.text}"'
            message = f'row {line}, column "{column}": {what} is typed into the text'
            yield Problem("typed-number", message, table.path, line, cell_column(table, line, column), column, FIX)


def find_unsaid(record: Mapping[str, str], column: str, names: Mapping[str, str], known: Known) -> list[Quantity]:
    """The quantities of a cell that no cell of its row, or of a row that it names, holds."""
    text = record.get(column, "")
    if not any(find_quantities(text)):
        return []
    said = [record.get(name, "") for name in NUMBERS]
    for found in NAME.finditer(text):
        said.append(names.get(found[0], ""))
    plain = NAME.sub(lambda found: "\ufffc" * len(found[0]) if found[0] in names else found[0], text)
    values = {quantity.value for cell in said for quantity in find_quantities(cell)}
    return [quantity for quantity in find_loose(plain, known.constants) if quantity.value not in values]
