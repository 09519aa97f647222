"""What carries a claim: the headline, its comparison, a change, a card of the home page.

In:  a Portal, and what mkdocs.yml says of the home page.
Out: a Problem for each claim that rests on a figure nobody should build on, or on two that are never compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.comparability import View, claims_of, read_rules
from portal.model import Observation, Portal, Problem
from portal.sentences import CALL
from portal.validate.comparability import check_view, place_of


def check_claims(portal: Portal) -> Iterator[Problem]:
    """What the publisher itself can hardly have meant carries no headline, no comparison and no change."""
    for dataset in (d for d in portal.datasets if d.page.usable):
        page = dataset.page
        for view in claims_of(dataset):
            for row in view.rows:
                yield from tell_implausible(row, place_of(view), page.path, view.line)


def check_home_claims(home: Mapping[str, Any], portal: Portal, path: str) -> Iterator[Problem]:
    """The cards of the home page keep the rules of a headline; a figure is "dataset/id" there."""
    rules = read_rules(portal.reference)
    figures = {f"{d.slug}/{figure.id}": (d, figure) for d in portal.datasets for figure in d.page.figures}
    texts = [("headline", [str(home.get("headline", "")), *CALL.findall(str(home.get("headline_words", "")))])]
    for n, card in enumerate(home.get("cards") or [], 1):
        texts.append((f"cards, {n}", [str(card.get("figure", "")), *CALL.findall(str(card.get("sentence", "")))]))
    for place, names in texts:
        found = [figures[name] for name in names if name in figures]
        rows = tuple(row for dataset, figure in found for name in figure.rows if (row := dataset.row(name)))
        where = f"extra.portal.home, {place}"
        for row in rows:
            yield from tell_implausible(row, where, path, None)
        yield from check_view(View("", "home", where, where, rows, path, None), rules)


def tell_implausible(row: Observation, place: str, path: str, line: int | None) -> Iterator[Problem]:
    if "implausible" in row.flags:
        message = f'{place}: "{row.id}" is flagged as hard to believe and may carry no claim'
        fix = "Choose another row, or leave it to the tables."
        yield Problem("implausible-headline", message, path, line, fix=fix)
