"""How long `check` takes: on the real datasets, and for a small package beside frictionless alone, in one run.

    python tests/bench/check_times.py                 # 20 packages of 120 rows, and datasets/
    python tests/bench/check_times.py --profile       # and where the time goes
    python tests/bench/check_times.py --rows 250000   # a long table too: seconds of each check

A small package is a plain one: 40 quarters of three measures, 120 rows. The same invented numbers each time.
Frictionless validates each package by itself in a warm process; so does `check`, all of them in one call. The two take
turns, and the best turn of each counts. All times are of the processor: other programs make them no longer, or little.
Frictionless looks at the types alone; `check` also at people, keys, series, hidden cells, words and layout.
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
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from frictionless import system, validate  # noqa: E402

import portal.validate as validating  # noqa: E402
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


def best_of(times: int, *actions: Callable[[], None]) -> list[float]:
    """Side by side: a machine that slows down meanwhile slows down both."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(times):
        for action, seconds in zip(actions, taken, strict=True):
            started = time.process_time()
            action()
            seconds.append(time.process_time() - started)
    return [min(seconds) for seconds in taken]


def write_long(folder: Path, rows: int) -> None:
    """Years of made-up areas, in 14 columns."""
    write_package(folder, 1)
    names = ["year", "area", *(f"group_{n}" for n in range(4)), *(f"children_{n}" for n in range(8))]
    dice = random.Random(1)
    with (folder / "data/rates.csv").open("w", encoding="utf-8") as file:
        file.write(",".join(names) + "\n")
        for number in range(rows):
            texts = [
                str(2001 + number % 20),
                f"Area {number // 20}",
                *(f"Group {dice.randint(1, 5)}" for _ in range(4)),
            ]
            file.write(",".join([*texts, *(str(dice.randint(10, 9000)) for _ in range(8))]) + "\n")
    fields = [{"name": name, "type": "integer" if name.startswith("children") else "string"} for name in names]
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"] = fields
    path.write_text(json.dumps(descriptor), encoding="utf-8")


def show_checks(action: Callable[[], None]) -> None:
    """Seconds of each check that the door of `validate` calls."""
    spent: Counter[str] = Counter()
    names = [n for n in dir(validating) if n.startswith("check_") and n not in ("check_portal", "check_dataset")]
    kept = {name: getattr(validating, name) for name in names}
    for name, run in kept.items():
        setattr(validating, name, timed(name, run, spent))
    action()
    for name, run in kept.items():
        setattr(validating, name, run)
    for name, seconds in spent.most_common(12):
        print(f"  {seconds:6.2f} s  {name}")


def timed(name: str, run: Callable[..., Iterable[Any]], spent: Counter[str]) -> Callable[..., list[Any]]:
    def listed(*given: Any, **named: Any) -> list[Any]:
        started = time.process_time()
        found = list(run(*given, **named))
        spent[name] += time.process_time() - started  # type: ignore[assignment]
        return found

    return listed


def show_profile(action: Callable[[], None]) -> None:
    with cProfile.Profile() as profile:
        action()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(r"portal|frictionless/(validator|resource)", 40)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=int, default=20)
    parser.add_argument("--times", type=int, default=3, help="the best of so many runs counts")
    parser.add_argument("--datasets", type=Path, default=ROOT / "datasets")
    parser.add_argument("--rows", type=int, default=0, help="of a long table whose checks are timed one by one")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "datasets"
        for number in range(options.packages):
            write_package(small / f"rates-{number:03}", number)
        with system.use_context(trusted=True):  # the paths are absolute
            alone, ours = best_of(options.times, lambda: validate_alone(small), lambda: check(small))
        print(
            f"a package of 120 rows: check {ours / options.packages * 1000:.1f} ms,"
            f" frictionless alone {alone / options.packages * 1000:.1f} ms, {ours / alone:.2f} times as long"
        )
        (whole,) = best_of(1, lambda: check(options.datasets))
        print(f"the real datasets: check {whole:.1f} s")
        if options.rows:
            write_long(Path(folder) / "long/table", options.rows)
            print(f"a table of {options.rows:,} rows and 14 columns:")
            show_checks(lambda: check(Path(folder) / "long"))
        if options.profile:
            show_profile(lambda: check(small))
            show_profile(lambda: check(options.datasets))


if __name__ == "__main__":
    main()
