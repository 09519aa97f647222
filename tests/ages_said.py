"""Print what each page says of the age of its figures, as if built on two days.

    python tests/ages_said.py [DAY DAY]      the days as YYYY-MM-DD

Pages are made, without charts and without writing a site, so that it takes seconds.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from html import unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.downloads import make_downloads  # noqa: E402
from portal.figures import derive_figures  # noqa: E402
from portal.load import load_portal  # noqa: E402
from portal.pages import Drawings, make_pages  # noqa: E402
from portal.settings import load_settings  # noqa: E402
from portal.validate.age import AGEING, QUOTED  # noqa: E402

SAID = re.compile(r'<(?:p|span) class="[^"]*\bmc-age\b[^"]*">(.*?)</(?:p|span)>', re.DOTALL)


def said_on(day: date) -> dict[str, list[str]]:
    """Address -> the sentences on age, in the order of the page, each once."""
    portal, _ = load_portal(ROOT / "datasets")
    settings = load_settings(ROOT / "datasets", ROOT / "site", day)
    figures = {d.slug: derive_figures(d, portal.reference) for d in portal.datasets}
    files = make_downloads(portal, {}, day)
    pages = make_pages(portal, figures, {}, Drawings(), files, (), settings, day)
    return {f"/{page.url}": [*dict.fromkeys(map(unescape, SAID.findall(page.html)))] for page in pages}


def ageing_words(text: str) -> list[str]:
    """Words that hold on one day only, outside of quotations."""
    return AGEING.findall(QUOTED.sub("", text))


def main(days: list[date]) -> None:
    first, second = (said_on(day) for day in days)
    for url in first:
        for day, said in zip(days, (first, second), strict=True):
            for line in said[url]:
                print(f"{url}  {day}  {line}")
    silent = [url for url, said in first.items() if not said]
    print(f"{len(first)} pages; {len(silent)} say nothing of age: {', '.join(silent)}")


if __name__ == "__main__":
    main([date.fromisoformat(day) for day in sys.argv[1:3]] or [date(2026, 11, 22), date(2027, 6, 1)])
