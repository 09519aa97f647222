"""Is each declared phrase few words with a reason, and is it still needed?

In:  the reference table `constants` (and the help lines of `help_contacts`), and every text that a page may be made of.
Out: the phrases, for those who look for typed numbers; a Problem for each that could hide a figure, and for each that
     no text holds any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from portal.model import Dataset, Portal, Problem, Reference, Resource
from portal.privacy import quote
from portal.quantities import CARDINALS, constant_pattern, find_loose, find_quantities, plain_words
from portal.validate.places import cell_column, did_you_mean

KINDS = {
    "age": "an age that a definition or a law sets",
    "count-by-definition": "how many there are because somebody has so decided",
    "duration": "a span of time that a definition sets",
    "idiom": "a turn of phrase that counts nothing",
    "law": "a section of a law",
    "name": "a name with a number in it",
    "rate-base": "so many, of which a rate counts some",
    "rounding": "how somebody rounds",
    "unit": "in what a number is printed",
}
PHONE = re.compile(r"\+?[\d() -]*\d[\d() -]{1,}")
TABLE = "constants"
PEOPLE = "children|young people|people|families|babies|boys|girls|pupils|adopters|carers|staff|workers"
COUNTING = re.compile(
    rf"(?:\d|{'|'.join(sorted(CARDINALS))}|dozen|hundred|thousand|half|third|quarter)s? (?:of )?(?:the )?"
    rf"(?:{PEOPLE})\b",
    re.IGNORECASE,
)


def read_constants(reference: Reference) -> tuple[str, ...]:
    """The declared phrases, and the numbers of help lines, which are to be called and count nothing."""
    said = [row.get("text", "") for row in reference.constants.values()]
    lines = [cell.strip() for row in reference.help_contacts.values() for cell in row.values()]
    return tuple(text for text in (*said, *(cell for cell in lines if PHONE.fullmatch(cell))) if text.strip())


def check_constants(portal: Portal, more: Iterable[str] = (), whole: bool = True) -> Iterator[Problem]:
    """`more`: texts of the portal beside its datasets. `whole`: all of them were read, so that none can be missed."""
    tables = portal.reference_dataset.resources if portal.reference_dataset else ()
    table = next(
        (r for r in tables if r.name == TABLE and {"id", "text", "kind", "reason"} <= {*r.frame.columns}), None
    )
    if table is None:
        return
    texts = plain_words("\n".join((*more, *portal_texts(portal)))) if whole else ""
    for record, line in zip(table.records(), table.lines, strict=True):
        found = next(find_fault(record), None)
        if found is None and whole and not is_used(record["text"], texts):
            message = f"no text of the portal says {quote(record['text'])}"
            found = ("unused-constant", "text", message, "Delete the row: what is not needed could hide a figure.")
        if found:
            yield tell(table, line, *found)


def is_used(constant: str, texts: str) -> bool:
    """`texts`: of the whole portal, in plain words. They are long, so the words are looked for before their edges."""
    words = plain_words(constant)
    pattern, start = constant_pattern(words), texts.find(words)
    while start >= 0 and not pattern.match(texts, start):
        start = texts.find(words, start + 1)
    return start >= 0


def tell(table: Resource, line: int, code: str, field: str, message: str, fix: str) -> Problem:
    column, severity = cell_column(table, line, field), "warning" if code == "unused-constant" else "error"
    return Problem(code, f'row {line}, column "{field}": {message}', table.path, line, column, field, fix, severity)


Fault = tuple[str, str, str, str]  # code, column, message, fix


def find_fault(record: Mapping[str, str]) -> Iterator[Fault]:
    text, kind = record["text"], record["kind"]
    quantities = list(find_quantities(text))
    if not quantities:
        yield "constant", "text", f"{quote(text)} holds no number", "Delete the row: such words need no leave."
    elif not find_loose(text):
        fix = "Delete the row: dates, ordinals, the bases of rates and the like need no leave."
        yield "constant", "text", f"{quote(text)} is no figure anyway", fix
    elif is_bare(text):
        fix = "Write the words around it too, as in two years or more: a number alone would hide every figure like it."
        yield "constant", "text", "a number alone is no phrase", fix
    elif COUNTING.search(text):
        fix = "Take the row out, and let the number come from a figure: what data counts is no fixed phrase."
        yield "constant", "text", f"{quote(text)} counts people", fix
    elif re.search(r"%|per ?cent|£", text):
        yield "constant", "text", f"{quote(text)} is a share or a sum of money", "Let it come from a figure."
    if kind not in KINDS:
        fix = f"Write one of: {', '.join(KINDS)}."
        yield "unknown-word", "kind", f"{quote(kind)} is no kind of constant{did_you_mean(kind, KINDS)}", fix
    if len(record["reason"].split()) < 3:
        fix = "Say in one plain sentence why it is no figure that data could change."
        yield "constant", "reason", "it does not say why the phrase is no figure", fix


def is_bare(text: str) -> bool:
    """Nothing but numbers and signs: "15", "£15", "15%", "fifteen", "two thirds"; a name such as A1 is none."""
    rest = text
    for quantity in reversed(list(find_quantities(text))):
        rest = rest[: quantity.start] + rest[quantity.end :]
    return not re.search(r"[^\W\d_]", rest)


def portal_texts(portal: Portal) -> Iterator[str]:
    """What pages are made of, as it is written: files of words, descriptors, the cells of tables."""
    for dataset in (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ())):
        yield from (" ".join(dataset.page.source.split()), dataset.narrative)
        yield from descriptor_strings(dataset)
        for resource in dataset.resources:
            if dataset is not portal.reference_dataset or resource.name != TABLE:
                yield from (cell for column in resource.frame.columns for cell in resource.frame[column].unique())
    if portal.young:
        yield from (" ".join(portal.young.source.split()), *(page.narrative for page in portal.young.pages))


def descriptor_strings(dataset: Dataset) -> Iterator[str]:
    waiting: list[object] = [dataset.descriptor]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, Mapping):
            waiting.extend(node.values())
        elif isinstance(node, list | tuple):
            waiting.extend(node)
