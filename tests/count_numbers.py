"""Where do the numbers of a finished site come from? `python tests/count_numbers.py SITE [YYYY-MM-DD] [DATASETS]`

The date is the one the site was built with (`--date`), the datasets are those that it was built of: they say when a
series is due, and which warnings the pages tell. Prints how many numbers are bound to a row or cell, how many are
explained by what, which declared phrases are used, and each that comes from nowhere.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.pipeline import check
from portal.policy import read_policy, rules_said
from portal.settings import load_settings
from portal.verify.ages import find_due_days
from portal.verify.known import read_known
from portal.verify.reader import read_page
from portal.verify.resolve import NO_DAY, UNBOUND, Resolver
from portal.verify.unbound import count_ways, find_ways

WORDS = {
    "bound": "name their row or cell",
    "date": "are of a date that a published file names",
    "class": "are no quantity: an ordinal, a school year, a place in a document, a name",
    "constant": "stand in a declared phrase",
    "cell": "stand in a cell that the page repeats word for word",
    "row": "are said by a row that the same line, entry or card names",
    "page": "repeat the first words of their page",
    "chart": "are a row of their chart's table",
    "scale": "lie on an even scale",
    "file": "are the rows or the size of the file that the line links to",
    "age": "are an age that comes out",
    "table": "stand so in the line of a publisher's own table",
    "count": "count the list below them",
    "warning": "stand in a warning of the build",
}


def main(site: Path, built: date | None, datasets: Path = Path("datasets")) -> int:
    pages = {path.relative_to(site).as_posix(): read_page(path) for path in sorted(site.rglob("*.html"))}
    settings = load_settings(datasets, site, built)
    portal, warnings = check(settings)
    known = read_known(site, built, warnings)
    known.due = find_due_days(portal)
    resolver = Resolver(known, rules_said(read_policy(settings.facts)))
    counts = count_ways(pages, resolver)
    print(f"{sum(counts.values()):,} numbers on {len(pages):,} pages")
    for way, words in WORDS.items():
        print(f"{counts[way]:8,} {words}")
    used: Counter[str] = Counter(phrase for page in pages.values() for p in page.spoken.passages
                                 for phrase in resolver.constants_in(p.text))  # fmt: skip
    print(f"{len(used):,} declared phrases used, {len(resolver.known.constants):,} declared by the portal")
    loose = [
        (name, passage.text, found.quantity.text)
        for name, page in pages.items()
        for passage, found in find_ways(name, page, resolver)
        if found.way in (UNBOUND, NO_DAY)
    ]
    print(f"{len(loose):,} unbound")
    for name, text, number in loose[:50]:
        print(f"  {name}: {number} in {text[:100]}")
    return 1 if loose else 0


if __name__ == "__main__":
    day = date.fromisoformat(sys.argv[2]) if len(sys.argv) > 2 else None
    sys.exit(main(Path(sys.argv[1]), day, *map(Path, sys.argv[3:4])))
