"""What a change costs: check, verify, the whole build and the weight of pages, of two revisions side by side.

    python tests/bench/compare_revisions.py 9f06b3c HEAD
    python tests/bench/compare_revisions.py v1 HEAD --times 3 --page index.html --page datasets/x/rows/index.html

Each revision is laid out in a folder of its own and run there by a Python of its own, on its own datasets. They take
turns, and the best turn of each counts, in seconds of the processor: other programs make these no longer, or little.
Nothing is asserted of a time. Pages that only one of the two has are left out.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = "2026-11-22"
WEIGHED = ("index.html", "scorecard/index.html", "sources/index.html", "data-quality/index.html")
# Runs inside a revision: only names that every revision has. `verify` is timed where the build calls it.
RUN = """
import json, sys, time
from datetime import date
from pathlib import Path
sys.path.insert(0, ".")
from portal import pipeline
from portal.settings import load_settings
spent = {}
def timed(name):
    run = getattr(pipeline, name)
    def timing(*given, **named):
        started = time.process_time()
        found = run(*given, **named)
        found = found if isinstance(found, tuple) else list(found)
        spent[name] = time.process_time() - started
        return found
    setattr(pipeline, name, timing)
timed("check"); timed("check_site")
settings = load_settings(Path("datasets"), Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
started = time.process_time()
result = pipeline.build(settings)
spent["build"] = time.process_time() - started
assert result.published, [str(problem) for problem in result.problems][:5]
print(json.dumps(spent))
"""
NAMES = {"check": "check", "check_site": "verify", "build": "whole build"}


def lay_out(revision: str, folder: Path) -> None:
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")


def run_build(folder: Path) -> dict[str, float]:
    command = [sys.executable, "-c", RUN, str(folder.parent / f"{folder.name}-site"), DAY]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{folder.name} does not build:\n{done.stderr[-2000:]}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def weigh(site: Path, pages: list[str]) -> dict[str, tuple[int, int]]:
    """Page -> its bytes, and its bytes when packed; and all pages of rows together."""
    found = {}
    for page in pages:
        if (site / page).is_file():
            content = (site / page).read_bytes()
            found[page] = (len(content), len(gzip.compress(content, 9, mtime=0)))
    rows = [path.read_bytes() for path in sorted(site.glob("datasets/*/rows/index.html"))]
    packed = sum(len(gzip.compress(content, 9, mtime=0)) for content in rows)
    found["all pages of rows"] = (sum(map(len, rows)), packed)
    return found


def heaviest(site: Path, count: int = 3) -> list[str]:
    paths = sorted(site.rglob("*.html"), key=lambda path: (-path.stat().st_size, path.as_posix()))
    return [path.relative_to(site).as_posix() for path in paths[:count]]


def show(name: str, before: float, after: float, unit: str) -> None:
    print(f"{name:52} {before:10,.1f} {after:10,.1f} {unit:9} {after / before:5.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before")
    parser.add_argument("after", nargs="?", default="HEAD")
    parser.add_argument("--times", type=int, default=1, help="the best of so many runs counts")
    parser.add_argument("--page", action="append", default=[], help="a page to weigh, beside the usual ones")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folders = [Path(place) / "before", Path(place) / "after"]
        for folder, revision in zip(folders, (options.before, options.after), strict=True):
            lay_out(revision, folder)
        turns: list[list[dict[str, float]]] = [[], []]
        for _ in range(options.times):
            for folder, taken in zip(folders, turns, strict=True):
                taken.append(run_build(folder))
        print(f"{'':52} {options.before:>10.10} {options.after:>10.10} {'':9} ratio")
        for key, name in NAMES.items():
            first, second = (min(turn[key] for turn in taken) for taken in turns)
            show(name, first, second, "s")
        sites = [Path(place) / f"{folder.name}-site" for folder in folders]
        pages = list(dict.fromkeys([*WEIGHED, *options.page, *heaviest(sites[1])]))
        old, new = (weigh(site, pages) for site in sites)
        for page in (page for page in new if page in old and old[page][0]):
            show(page, old[page][0] / 1000, new[page][0] / 1000, "kB")
            show("", old[page][1] / 1000, new[page][1] / 1000, "kB packed")


if __name__ == "__main__":
    main()
