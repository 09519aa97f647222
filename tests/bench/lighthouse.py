"""Lighthouse's marks for some pages of a finished site: its mobile profile, five times a page, the median of each.

    python tests/bench/lighthouse.py site
    python tests/bench/lighthouse.py site scorecard/ glossary/ --times 3
    LIGHTHOUSE=some/folder/node_modules/.bin/lighthouse python tests/bench/lighthouse.py site

The site is served from this computer, packed as a host packs it. By hand only: performance depends on what else runs,
so nothing is asserted of it here; the bytes of each page are what `verify` checks. What a page lost marks for follows.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from browser import NoBrowser, ensure_chromium  # noqa: E402
from packed import served_packed  # noqa: E402

PAGES = ("", "datasets/adoption/", "scorecard/", "young-people/who-is-in-care/")
KINDS = ("performance", "accessibility", "best-practices", "seo")
ADVICE = (
    "Lighthouse was not found. It needs Node 18 or newer. In a folder outside the portal: npm install lighthouse; "
    "then set LIGHTHOUSE to node_modules/.bin/lighthouse in it, or put that on the PATH."
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("site", type=Path)
    asked.add_argument("pages", nargs="*", default=PAGES, help="addresses from the site's root (default: four pages)")
    asked.add_argument("--times", type=int, default=5)
    given = asked.parse_args()
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not shutil.which("node") or not program or not Path(program).exists():
        print(ADVICE, file=sys.stderr)
        return 2
    try:
        chromium = ensure_chromium()
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{'page':34}" + "".join(f"{kind:>16}" for kind in KINDS) + f"{'kB':>8}{'requests':>10}")
    with served_packed(given.site) as base:
        for page in given.pages:
            reports = [report_on(program, chromium, base + page) for _ in range(given.times)]
            marks = [statistics.median(mark_of(report, kind) for report in reports) for kind in KINDS]
            moved = reports[-1]["audits"]["network-requests"]["details"]["items"]
            size = sum(one.get("transferSize", 0) for one in moved) / 1000
            told = "".join(f"{mark:>16.0f}" for mark in marks)
            print(f"/{page:33}{told}{size:>8.0f}{len(moved):>10}", flush=True)
            for line in find_lost(reports[-1]):
                print(f"    {line}", flush=True)
    return 0


def report_on(program: str, chromium: str, address: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        command = [
            program, address, "--quiet", "--output=json", f"--output-path={path}",
            f"--only-categories={','.join(KINDS)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage",
        ]  # fmt: skip
        environ = os.environ | {"CHROME_PATH": chromium}
        done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=240, check=False)
        if not path.exists():
            raise SystemExit(f"lighthouse: exit {done.returncode}\n{done.stderr.strip()}")
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return report


def mark_of(report: dict[str, Any], kind: str) -> float:
    return float(report["categories"][kind]["score"] or 0) * 100


def find_lost(report: dict[str, Any]) -> Iterator[str]:
    """What took marks off, with the first place; of performance only what weighs."""
    for kind in KINDS:
        for asked in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][asked["id"]]
            if asked["weight"] and audit["score"] is not None and audit["score"] < (0.9 if kind == KINDS[0] else 1):
                places = (audit.get("details") or {}).get("items") or [{}]
                where = (places[0].get("node") or {}).get("snippet") or places[0].get("description") or ""
                yield f"{kind}: {audit['title']} {audit.get('displayValue', '')} {where}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
