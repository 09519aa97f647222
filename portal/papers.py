"""The council papers among the sources, and the days they are of.

In:  reference/sources.
Out: dates. What the council did after the newest paper the portal cannot know.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from portal.model import Portal
from portal.observations import read_date

PAPER = "council-paper"


def is_paper(source: Mapping[str, str]) -> bool:
    return source.get("type") == PAPER


def paper_dates(portal: Portal) -> list[date]:
    """In order; a paper without a date is left out."""
    sources = portal.reference.sources.values()
    return sorted({day for s in sources if is_paper(s) and (day := read_date(s.get("date", "")))})


def papers_end(portal: Portal) -> date | None:
    """The day of the newest council paper."""
    return max(paper_dates(portal), default=None)
