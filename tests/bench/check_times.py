"""How long `check` takes: on the real datasets, and for a small package beside frictionless alone, in one run.

    python tests/bench/check_times.py                 # 20 packages of 120 rows, and datasets/
    python tests/bench/check_times.py --profile       # and where the time goes

A small package is a plain one: 40 quarters of three measures, 120 rows. The same invented numbers each time.
Frictionless validates each package by itself in a warm process; so does `check`, all of them in one call.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from frictionless import system, validate  # noqa: E402

from portal import pipeline  # noqa: E402
from portal.settings import load_settings  # noqa: E402

FIELDS = [
    {"name": "period", "type": "string"},
    {"name": "measure", "type": "string"},
    {"name": "value", "type": "number"},
]


def write_package(folder: Path, number: int) -> None:
    dice = random.Random(number)
    rows = [
        f"{year}-Q{quarter},{measure},{dice.randint(2000, 8000) / 10}"
        for measure in ("rate", "target", "comparator")
        for year in range(2016, 2026)
        for quarter in (1, 2, 3, 4)
    ]
    (folder / "data").mkdir(parents=True)
    (folder / "data/rates.csv").write_text("\n".join(["period,measure,value", *rows, ""]), encoding="utf-8")
    resource = {"name": "rates", "path": "data/rates.csv", "schema": {"fields": FIELDS}}
    descriptor = {
        "name": folder.name,
        "title": f"Rates {number}",
        "description": "Made-up rates, each quarter.",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "sources": [{"title": "Made up"}],
        "resources": [resource],
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")


def check(datasets: Path) -> None:
    problems = pipeline.check(load_settings(datasets, datasets.parent / "site"))[1]
    errors = [problem for problem in problems if problem.severity == "error"]
    assert not errors, errors[:3]


def validate_alone(datasets: Path) -> None:
    for folder in sorted(datasets.iterdir()):
        report = validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["message"])


def best_of(times: int, action: Callable[[], None]) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append(time.perf_counter() - started)
    return min(taken)


def show_profile(action: Callable[[], None]) -> None:
    with cProfile.Profile() as profile:
        action()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(r"portal|frictionless/(validator|resource)", 40)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=int, default=20)
    parser.add_argument("--times", type=int, default=3, help="the best of so many runs counts")
    parser.add_argument("--datasets", type=Path, default=ROOT / "datasets")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "datasets"
        for number in range(options.packages):
            write_package(small / f"rates-{number:03}", number)
        with system.use_context(trusted=True):  # the paths are absolute
            alone = best_of(options.times, lambda: validate_alone(small)) / options.packages
        ours = best_of(options.times, lambda: check(small)) / options.packages
        print(
            f"a package of 120 rows: check {ours * 1000:.1f} ms, frictionless alone {alone * 1000:.1f} ms,"
            f" {ours / alone:.2f} times as long"
        )
        whole = best_of(1, lambda: check(options.datasets))
        print(f"the real datasets: check {whole:.1f} s")
        if options.profile:
            show_profile(lambda: check(small))
            show_profile(lambda: check(options.datasets))


if __name__ == "__main__":
    main()
