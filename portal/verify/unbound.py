"""Does every quantity that the finished site says come from a row, a date or a declared phrase?

In:  the pages as they were read, and the published files.
Out: a Problem for each quantity that comes from nowhere, with the words around it and the row it may have meant; how
     many came from where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from portal.model import Problem
from portal.privacy import quote
from portal.verify.around import Surroundings
from portal.verify.known import Known
from portal.verify.numbers import problem
from portal.verify.reader import Reader
from portal.verify.resolve import NO_DAY, UNBOUND, Resolved, Resolver
from portal.verify.spoken import Passage

WORDS = 30  # characters on each side that a message repeats
TOLD = 20  # of one page: a template that is wrong is wrong everywhere


def check_quantities(name: str, reader: Reader, resolver: Resolver) -> Iterator[Problem]:
    told = set()
    for passage, found in find_ways(name, reader, resolver):
        place = (found.quantity.text, passage.text)
        if found.way in (UNBOUND, NO_DAY) and place not in told and len(told) < TOLD:
            told.add(place)
            yield tell(name, passage, found, nearest_row(found, reader, resolver.known))


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


def tell(name: str, passage: Passage, found: Resolved, nearest: str) -> Problem:
    quantity = found.quantity
    words = passage.text[max(0, quantity.start - WORDS) : quantity.end + WORDS].strip()
    what = "the date" if found.way == NO_DAY else "the number"
    says = "no published file names that day" if found.way == NO_DAY else "no row, date or declared phrase stands behind it"
    meant = f"If it is the figure of the row {nearest}, let it come from there. " if nearest else ""
    return problem(
        "unbound-number",
        f"{what} {quote(quantity.text)} in {quote(words)}: {says}",
        name,
        f"{meant}Write {{{{ number(\"…\") }}}} in page.yaml or the narrative, say it without a number, or declare the phrase in reference/constants.csv.",
    )


def nearest_row(found: Resolved, reader: Reader, known: Known) -> str:
    """A row of this page that holds the number; else the first of the portal that does."""
    value = found.quantity.value
    if value is None or found.way == NO_DAY:
        return ""
    own = (name for ids, _ in reader.numbers for name in ids.split())
    return next((name for name in (*own, *known.records) if value in known.values_of(name)), "")
