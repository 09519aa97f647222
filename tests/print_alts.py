"""Print the words of every chart of a finished site, the short text and the long one, to be read aloud.

python tests/print_alts.py SITE
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from portal.verify.alts import AltReader

SAID = 265  # a short text longer than this is a long one


def print_alts(site: Path) -> int:
    charts = 0
    for page in sorted(site.rglob("*.html")):
        reader = AltReader()
        reader.feed(page.read_text(encoding="utf-8"))
        for chart, texts in reader.short.items():
            charts += 1
            long = "  LONG" if len(texts[0]) > SAID else ""
            print(f"== {page.parent.relative_to(site)}  {chart}  ({len(texts[0])} characters{long})")
            print(f"short: {texts[0]}")
            for _, text in reader.long.get(chart, []):
                print(f"  {text}")
            print()
    return charts


if __name__ == "__main__":
    print(f"{print_alts(Path(sys.argv[1]))} charts")
