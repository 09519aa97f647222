"""Print how hard each page of a finished site is to read: python tests/print_reading.py SITE

Both formulas, words, the longest sentence; names also as they are spoken, to see what
leaving them out does;
then the pages that are not measured and why, and the short forms and words of the trade without a way to their meaning.
"""

from __future__ import annotations

import sys
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.load import load_portal
from portal.verify import read_pages, reading
from portal.verify.reading import EXEMPT, exempt, measure, print_grades
from portal.verify.shortforms import check_short_forms


def main(site: Path) -> None:
    pages = read_pages(site)
    passages = {name: reader.spoken.passages for name, reader in pages.items()}
    graded = list(print_grades(passages))
    spoken = as_spoken({name: passages[name] for name, _ in graded})
    print(f"{'page':48} words sentences  F-K  C-L  F-K with names  longest")
    for name, read in graded:
        longest = read.longest.words if read.longest else 0
        few = "  too few words for a grade" if read.words < reading.FEW_WORDS else ""
        print(
            f"{name:48} {read.words:5} {len(read.sentences):9} {read.flesch_kincaid:4.1f} {read.coleman_liau:4.1f}"
            f" {spoken[name]:15.1f} {longest:8}{few}"
        )
    longest = max((read.longest for _, read in graded if read.longest), key=lambda s: s.words)
    print(f"\nlongest sentence: {longest.words} words: {longest.text}")
    held = Counter(next(p for p in EXEMPT if fnmatchcase(name, p)) for name in pages if exempt(name))
    print(f"\nmeasured: {len(graded)} pages; not measured: {held.total()}")
    for pattern, why in EXEMPT.items():
        print(f"  {pattern:22} {held[pattern]:4}  {why}")
    reference = load_portal(Path(__file__).resolve().parent.parent / "datasets")[0].reference
    hits = [p for name, reader in pages.items() for p in check_short_forms(name, reader, reference)]
    print(f"\nshort forms and words of the trade that are not explained where they stand: {len(hits)}")
    for problem in hits:
        print(f"  {problem.path}: {problem.message}")


def as_spoken(passages: dict) -> dict[str, float]:
    """Flesch-Kincaid with the syllables of names as well: what the usual tools would say."""
    is_name, reading.is_name = reading.is_name, lambda word, place: word == "#"
    try:
        return {name: measure(found).flesch_kincaid for name, found in passages.items()}
    finally:
        reading.is_name = is_name


if __name__ == "__main__":
    main(Path(sys.argv[1]))
