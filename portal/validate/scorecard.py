"""Is each scorecard one that a page can show?

In:  a Portal, and `scorecard` of extra.portal in mkdocs.yml.
Out: a Problem for each locator that names no place, each cell that two rows stand for, two documents of one month, and
     each panel that mkdocs.yml lists and no row has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from portal.comparability import View, read_rules
from portal.formats import slugify
from portal.model import Observation, Portal, Problem
from portal.privacy import quote
from portal.scorecard import LOCATOR, Edition, read_editions
from portal.validate.comparability import check_view
from portal.validate.nearest import Known
from portal.validate.places import did_you_mean
from portal.validate.typed import NOTHING
from portal.validate.words import check_sentence


def check_scorecard(portal: Portal, words: Mapping[str, Any], known: Known = NOTHING) -> Iterator[Problem]:
    rows = [o for d in portal.datasets for o in d.observations if o.locator.startswith("scorecard:")]
    editions = read_editions(portal, words)
    yield from check_locators(rows)
    yield from check_cells(rows)
    yield from check_months(editions)
    yield from check_panels(editions, words)
    yield from (problem for edition in editions for problem in check_addresses(edition))
    yield from check_lines(editions, portal) if portal.reference.comparability is not None else ()
    for place, text in [(name, words.get(name, "")) for name in ("title", "text", "rule")] + panel_texts(words):
        where = ("mkdocs.yml", f"extra.portal.scorecard, {place}: ", known.line(f"extra.portal.scorecard.{place}"))
        yield from check_sentence((*where, str(text)), {}, replace(known, calls=""))


def panel_texts(words: Mapping[str, Any]) -> list[tuple[str, str]]:
    panels = words.get("panels") or []
    return [(f"{panel['name']}, {key}", panel.get(key, "")) for panel in panels for key in ("title", "text")]


def check_locators(rows: Sequence[Observation]) -> Iterator[Problem]:
    for row in rows:
        if not LOCATOR.fullmatch(row.locator):
            message = f'row {row.line}, column "locator": {quote(row.locator)} names no place in a scorecard'
            fix = "Write it as scorecard:PANEL/row:NUMBER/col:HEADING."
            yield Problem("scorecard-place", message, row.path, row.line, field="locator", fix=fix)


def check_cells(rows: Sequence[Observation]) -> Iterator[Problem]:
    """One printed cell, one row, unless the cell itself prints two figures: 4(1%)."""
    seen: dict[tuple[str, str], Observation] = {}
    for row in rows:
        first = seen.setdefault((row.source, row.locator), row)
        if first is not row and "/col:" in row.locator and not (first.printed == row.printed and "(" in row.printed):
            message = f"row {row.id} stands at the place of {first.id}: {row.locator} of {row.source}"
            fix = "Correct the source or the locator; a new month of the scorecard is a document of its own."
            yield Problem("scorecard-cell-twice", message, row.path, row.line, field="locator", fix=fix)


def check_months(editions: Sequence[Edition]) -> Iterator[Problem]:
    for later, earlier in pairwise(editions):
        if later.month and later.month == earlier.month:
            row = later.rows[0].cells[0].row
            message = f"{later.source} and {earlier.source} both hold the scorecard of {later.month_words}"
            fix = "Give the rows of the newer document their own period_end, or remove what was copied."
            yield Problem("scorecard-month-twice", message, row.path, row.line, field="source", fix=fix)


def check_addresses(edition: Edition) -> Iterator[Problem]:
    """A panel and a line are addresses on the page: "1 a" and "1-a" would be one, and a raised 2 none."""
    seen: dict[str, str] = {}
    places = [(panel.id, panel.name, panel.rows[0]) for panel in edition.panels]
    places += [
        (row.id if slugify(row.place) or not row.place else "", f"{panel.name}/row:{row.place}", row)
        for panel in edition.panels
        for row in panel.rows
    ]
    for anchor, name, line in places:
        if not anchor or seen.setdefault(anchor, name) != name:
            row, other = line.cells[0].row, f" beside {quote(seen[anchor])}" if anchor else ""
            message = f'row {row.id}, column "locator": {quote(name)}{other} makes no address of its own on the page'
            fix = "Name panels and lines of one scorecard so that they differ in their letters or digits (a-z, 0-9)."
            yield Problem("scorecard-place", message, row.path, row.line, field="locator", fix=fix)


def check_lines(editions: Sequence[Edition], portal: Portal) -> Iterator[Problem]:
    """A line sets a figure beside its target and comparisons, and a new month beside the one before."""
    rules = read_rules(portal.reference)
    for edition in editions:
        for line in (line for line in edition.rows if line.figure):
            rows, where = line.compared, line.cells[0].row
            place = f"scorecard, {line.id}"
            view = View(where.dataset, "sentence", place, place, rows, where.path, where.line, claims=True)
            yield from check_view(view, rules)


def check_panels(editions: Sequence[Edition], words: Mapping[str, Any]) -> Iterator[Problem]:
    known = list(dict.fromkeys(panel.name for edition in editions for panel in edition.panels))
    for name in [panel["name"] for panel in words.get("panels") or []]:
        if known and name not in known:
            close = did_you_mean(name, known)
            message = f"extra.portal.scorecard lists a panel called {quote(name)}, which no row has{close}"
            fix = "Write the name as the locators do, or take it out."
            yield Problem("unknown-name", message, "mkdocs.yml", fix=fix)
