"""Print every pair of unlike series that the site shows together, where, and the sentence said of it.

python tests/pairs_shown.py [datasets]     a Markdown table; the same views and rules as the page /data-quality/
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.across import across_views  # noqa: E402
from portal.comparability import Pair, Side, View, pairs_in, read_rules, views_of  # noqa: E402
from portal.load import load_portal  # noqa: E402
from portal.model import Observation, Portal  # noqa: E402

UNLIKE = "(a list of unlike figures; no comparison is made)"


def find_pairs(portal: Portal) -> dict[tuple[str, str, str], list[str]]:
    """(one, other, the sentence) -> the charts and tables; each pair of measures and series once."""
    rules = read_rules(portal.reference)
    found: dict[tuple[str, str, str], list[str]] = {}
    own = (view for dataset in portal.datasets for view in views_of(dataset))
    for view in (*own, *across_views(portal)):
        for pair in pairs_in(view.rows, rules):
            key = (*words(pair), pair.rule.difference if pair.rule else UNLIKE)
            places = found.setdefault(key, [])
            if (place := place_of(view)) not in places:
                places.append(place)
    return found


def place_of(view: View) -> str:
    return view.kind if view.kind in ("scorecard", "promises") else f"{view.dataset}: {view.kind} {view.id}"


def words(pair: Pair) -> tuple[str, str]:
    sides = (pair.rule.one, pair.rule.other) if pair.rule else (None, None)
    return words_of(pair.one, sides[0]), words_of(pair.other, sides[1])


def words_of(row: Observation, side: Side | None) -> str:
    name = row.id if side and side.row else row.measure.id
    return f"{name} ({row.series})"


def main(folder: str = "datasets") -> None:
    portal, _ = load_portal(ROOT / folder)
    pairs = find_pairs(portal)
    print("| first | second | where | how they differ |\n|---|---|---|---|")
    for (one, other, difference), places in sorted(pairs.items(), key=lambda pair: pair[1]):
        print(f"| {one} | {other} | {'; '.join(places)} | {difference} |")
    bare = sum(difference == UNLIKE for *_, difference in pairs)
    print(f"\n{len(pairs)} pairs: {len(pairs) - bare} with a sentence, {bare} only in lists of unlike figures")


if __name__ == "__main__":
    main(*sys.argv[1:])
