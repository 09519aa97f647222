"""What the pages across all packages set side by side: the lines of the scorecard, and the figures beside promises.

In:  a Portal.
Out: `View`s, held to the same rules as the charts and tables of a dataset's page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.comparability import View
from portal.model import Observation, Portal
from portal.promises import derive_promises
from portal.scorecard import read_editions


def across_views(portal: Portal) -> Iterator[View]:
    yield from scorecard_views(portal)
    yield from promise_views(portal)


def scorecard_views(portal: Portal) -> Iterator[View]:
    """A line of a scorecard stands there as a comparison: figure, target, other places."""
    for edition in read_editions(portal, {}):
        for line in edition.rows:
            if line.compared:
                yield make_view("scorecard", line.id, line.compared)


def promise_views(portal: Portal) -> Iterator[View]:
    """What a promise was to reach, and the figures that its rule lets stand beside it. The day changes neither."""
    for promise in derive_promises(portal, date.max):
        own = [promise.maker.row] if promise.maker.row else []
        if own and promise.figures:
            yield make_view("promises", promise.id, (*own, *promise.figures))


def make_view(kind: str, name: str, rows: tuple[Observation, ...]) -> View:
    return View(rows[0].dataset, kind, name, name, rows, rows[0].path, rows[0].line, claims=True)
