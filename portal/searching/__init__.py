"""The search: what can be found, under which words, and in which small files a reader's browser finds it.

In:  the checked Portal, the finished pages, and the tables `search_words` and `search_examples` of the reference.
Out: files below `search/`. A reader's first search fetches the list of words, the shelf of each word that was asked
     for, and the shelves that hold what was found; none of them grows with the portal but the list of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from portal.made import OutputFile, Page
from portal.model import Portal, Reference
from portal.searching.figures import make_printed, name_places
from portal.searching.index import make_index
from portal.searching.records import make_records


def make_search(
    portal: Portal, pages: Iterable[Page], site_name: str, entries: Sequence[Mapping[str, Any]]
) -> tuple[OutputFile, ...]:
    """`entries`: address ("location"), title and text of each part of the pages that are written by hand."""
    records = make_records(portal, pages, entries, site_name)
    known = {record.url for record in records}
    examples = [e for e in portal.reference.search_examples.values() if e["leads_to"] in known]
    meanings = list(read_meanings(portal.reference))
    return make_index(records, make_printed(portal), meanings, examples, name_places(portal))


def read_meanings(reference: Reference) -> Iterator[tuple[str, str]]:
    """What people say, and each thing that it means here; a cell may hold several, with ";" between them."""
    for word, entry in reference.search_words.items():
        for meaning in entry.get("means", "").split(";"):
            yield word, meaning.strip()
