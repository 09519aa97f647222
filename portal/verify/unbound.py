"""Does every quantity that the finished site says come from a row, a date or a declared phrase?

In:  the pages as they were read, and the published files.
Out: a Problem for each quantity that comes from nowhere, with the words around it and the row it may have meant; how
     many came from where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portal.model import Problem
from portal.privacy import NOT_REPEATED, quote
from portal.verify.around import Surroundings
from portal.verify.known import Known
from portal.verify.numbers import problem
from portal.verify.reader import Reader
from portal.verify.resolve import NO_DAY, UNBOUND, Resolved, Resolver
from portal.verify.spoken import BOUND, END, Passage

WORDS = 30  # characters on each side that a message repeats


def check_quantities(pages: Mapping[str, Reader], resolver: Resolver) -> Iterator[Problem]:
    """A sentence that stands on many pages is one mistake."""
    found_on: dict[tuple[str, str], list[str]] = {}
    first: dict[tuple[str, str], tuple[Passage, Resolved]] = {}
    for name, reader in pages.items():
        for passage, found in find_ways(name, reader, resolver):
            if found.way in (UNBOUND, NO_DAY):
                key = (found.quantity.text, passage.text)
                first.setdefault(key, (passage, found))
                found_on.setdefault(key, []).append(name)
    for key, names in found_on.items():
        passage, found = first[key]
        others = len(set(names)) - 1
        yield tell(names[0], passage, found, nearest_row(found, pages[names[0]], resolver.known), others)


def find_ways(name: str, reader: Reader, resolver: Resolver) -> Iterator[tuple[Passage, Resolved]]:
    """Each quantity that is no bound number, with the way it is explained."""
    around = Surroundings(name, reader.spoken.passages, reader.spoken.places, resolver.known)
    for passage in reader.spoken.passages:
        for found in resolver.resolve(passage, around):
            yield passage, found


def count_ways(pages: Mapping[str, Reader], resolver: Resolver) -> Counter[str]:
    """Where the numbers of the site come from: way -> how many. "bound": those that name their row or cell."""
    counts: Counter[str] = Counter()
    for name, reader in pages.items():
        counts["bound"] += reader.spoken.bound
        counts.update(found.way for _, found in find_ways(name, reader, resolver))
    return counts


def tell(name: str, passage: Passage, found: Resolved, nearest: str, others: int) -> Problem:
    quantity = found.quantity
    small = quote(quantity.text) == NOT_REPEATED
    before, after = passage.text[: quantity.start][-WORDS:], passage.text[quantity.end :][:WORDS]
    words = quote(f"{before}{'…' if small else quantity.text}{after}".replace(BOUND, "…").replace(END, "").strip())
    what = "a date" if found.way == NO_DAY else "a number"
    where = f", and on {others} more page{'s' if others > 1 else ''}" if others else ""
    why = (
        "no published file names that day"
        if found.way == NO_DAY
        else "no row, date or declared phrase stands behind it"
    )
    meant = f"The row {nearest} has that number: let it come from there. " if nearest and not small else ""
    ways = "Say it with a figure of page.yaml, say it without a number, or declare the words in reference/constants."
    return problem("unbound-number", f"{what} is said in {words}{where}: {why}", name, meant + ways)


def nearest_row(found: Resolved, reader: Reader, known: Known) -> str:
    """A row of this page that holds the number; else the first of the portal that does."""
    value = found.quantity.value
    if value is None or found.way == NO_DAY:
        return ""
    own = (name for ids, _ in reader.numbers for name in ids.split())
    return next((name for name in (*own, *known.records) if value in known.values_of(name)), "")
