"""Is each verdict on a page what its published cells and the rule make of it? Are its counts and its blanks right?

In:  the verdicts, counts and blanks of a page, with the rows they name, and the published rows.
Out: a Problem for each that says otherwise. The rule is worked out again here, from the published file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portal.model import Portal, Problem
from portal.privacy import quote
from portal.verify.numbers import problem
from portal.verify.reader import Reader


def check_verdicts(
    name: str, reader: Reader, rows: Mapping[str, Mapping[str, str]], portal: Portal
) -> Iterator[Problem]:
    for row_id in reader.blanks:
        if rows.get(row_id, {}).get("printed", "?") or "blank" not in rows[row_id]["flags"].split(";"):
            yield problem("wrong-number", f"the page says that {row_id} is left blank, the row says otherwise", name)
    if not reader.verdicts and not reader.counts:
        return
    polarity = {row.id: row.measure.polarity for d in portal.datasets for row in d.observations}
    given: dict[str, set[str]] = {}
    for verdict, ids in reader.verdicts:
        cells = [rows.get(row_id, {}) for row_id in ids.split()]
        given.setdefault(verdict, set()).update(ids.split()[:1])
        if verdict in ("meets", "misses") and not stands(verdict, cells, polarity.get(ids.partition(" ")[0], "")):
            yield problem("wrong-verdict", f'the page says "{verdict}" of {ids}, the rows say otherwise', name)
    for verdict in ("meets", "misses"):  # one count on the page is of all that have the verdict
        counts = [set(ids.split()) for found, ids, _ in reader.counts if found == verdict]
        if counts and given.get(verdict, set()) not in counts:
            yield problem("wrong-count", f'no count of "{verdict}" is of all the lines that the page calls so', name)
    for verdict, ids, text in reader.counts:
        counted = set(ids.split())
        if text != str(len(counted)) or (verdict in ("meets", "misses") and not counted <= given.get(verdict, set())):
            yield problem("wrong-number", f'the page counts {quote(text)} of "{verdict}", its rows say otherwise', name)


def stands(verdict: str, cells: list[Mapping[str, str]], polarity: str) -> bool:
    if len(cells) != 2 or cells[1].get("kind") != "target" or polarity not in ("higher", "lower"):
        return False
    if any(cells[0].get(column) != cells[1].get(column) for column in ("measure", "area", "breakdown")):
        return False
    try:
        figure, target = (float(cell["value"]) for cell in cells)
    except (KeyError, ValueError):
        return False
    reached = figure >= target if polarity == "higher" else figure <= target
    return reached == (verdict == "meets")
