"""Is each word that a page must explain explained in the glossary?

In:  the reference dataset, with its tables `jargon` and `glossary`.
Out: a Problem for each word whose term the glossary does not hold, or that neither has a term nor a reason for none.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.validate.places import did_you_mean


def check_jargon(reference: Dataset) -> Iterator[Problem]:
    tables = {table.name: table for table in reference.resources}
    glossary = {record.get("term", "") for record in tables["glossary"].records()} if "glossary" in tables else set()
    if table := tables.get("jargon"):
        for record, line in zip(table.records(), table.lines, strict=True):
            word, term, note = (record.get(name, "") for name in ("word", "term", "note"))
            if term and term not in glossary:
                message = (
                    f'row {line}, column "term": {quote(term)} is not in the glossary{did_you_mean(term, glossary)}'
                )
                fix = "Correct it, or add a line with the term and its meaning to reference/data/glossary.csv."
                yield Problem("unknown-code", message, table.path, line, field="term", fix=fix)
            elif not term and not note:
                message = f"row {line}: {quote(word)} has no term that explains it, and no reason why it needs none"
                fix = "Write the term of the glossary in the column term, or a reason in the column note."
                yield Problem("unexplained-word", message, table.path, line, field="term", fix=fix)
