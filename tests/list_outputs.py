"""What `verify` reads of a finished site, with what, and how much of it: python tests/list_outputs.py SITE [DATASETS]

In:  a finished site, and the datasets that it was built of.
Out: a line for each output: the tool that wrote it, the tool that reads it, the cells compared and how many differ.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.load import load_portal
from portal.verify.files import CHECKSUMS, OUTPUTS


def main(site: Path, datasets: Path) -> int:
    portal, _ = load_portal(datasets)
    cells = wrong = 0
    for output in (*OUTPUTS, CHECKSUMS):
        started = time.perf_counter()
        pairs = list(output.pairs(site, portal))
        differ = [pair for pair in pairs if pair.found != pair.expected]
        cells, wrong = cells + len(pairs), wrong + len(differ)
        taken = time.perf_counter() - started
        tools = f"{output.written} -> {output.read}"
        print(f"{output.name:28} {tools:36} {len(pairs):7,} cells {len(differ):5,} different {taken:5.2f} s")
        for pair in differ[:3]:
            print(f"    {pair.file}: {pair.place} {pair.found!r}, {pair.expected!r} expected")
    print(f"{cells:,} cells compared, {wrong:,} different")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    raise SystemExit(main(Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else "datasets")))
