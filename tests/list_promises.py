"""Print every promise of the portal with its status, its rule and its paragraph, and how many have which status.

python tests/list_promises.py [--datasets DIR] [--date YYYY-MM-DD]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.load import load_portal
from portal.promises import STATUSES, Promise, derive_promises


def describe(promise: Promise) -> str:
    cells = promise.entry.cells
    decided = f", decided by {promise.decided.id}" if promise.decided else ""
    due = promise.due.isoformat() if promise.due else "no date"
    place = f"{cells['source']} {cells['locator']}"
    return f"{promise.status.id:12} {due:10} {promise.id}: {promise.title} [{cells['rule']}{decided}] {place}"


def lines(datasets: Path, built: date) -> Iterator[str]:
    promises = derive_promises(load_portal(datasets)[0], built)
    group = ""
    for promise in promises:
        if promise.entry.cells["group"] != group:
            group = promise.entry.cells["group"]
            yield f"\n{group}"
        yield f"  {describe(promise)}"
    counted = Counter(promise.status.id for promise in promises)
    yield "\n" + ", ".join(f"{status.id} {counted[status.id]}" for status in STATUSES) + f", all {len(promises)}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date())
    given = parser.parse_args()
    print("\n".join(lines(given.datasets, given.date)))
