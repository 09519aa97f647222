"""Add an invented month to a copy of the real scorecard, by rows alone, and build it.

In:  the real datasets and mkdocs.yml; a folder to work in.
Out: the built site in FOLDER/site, and on the screen what the page then says of each direction; exit 1 when the build
     stops or no direction is shown. Nothing outside FOLDER is touched. Every number added is made up.

    python tests/new_month.py FOLDER
"""

from __future__ import annotations

import argparse
import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW = "delivery-plans-2017-2020", "scorecard-2017-01"
MONTH = {"2016-12-31": "2017-01-31", "2016-12-01": "2017-01-01", "December 2016": "January 2017"}
SMALL = 10  # an invented small number would rightly be stopped by the disclosure check


def add_month(datasets: Path) -> Counter[str]:
    """Append January 2017 to each package that holds cells of the scorecard; gives the rows added per package."""
    added: Counter[str] = Counter()
    for path in sorted(datasets.glob("*/data/*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        if not {"measure", "locator", "printed"} <= set(columns):
            continue
        cells = [row for row in rows if row["source"] == OLD and row["locator"].startswith("scorecard:")]
        months = [next_month(row, number) for number, row in enumerate(cells) if is_safe(row)]
        append(path, columns, months)
        added[path.parts[-3]] += len(months)
    append_source(datasets / "reference/data/sources.csv")
    return +added


def next_month(row: dict[str, str], number: int) -> dict[str, str]:
    """The same cell a month later: in turn a little higher, a little lower, the same."""
    dates = () if row["basis"] == "term" else ("period", "period_start", "period_end")  # a term is over, or goes on
    moved = {name: shift(row[name]) for name in ("id", "note", *dates)}
    new = {**row, **moved, "source": NEW, "flags": keep_flags(row["flags"])}
    if row["kind"] == "actual" and re.fullmatch(r"[\d.]+", row["value"]) and row["area"].startswith("E08"):
        step = (10 ** -len(row["value"].partition(".")[2])) * (3, -3, 0)[number % 3]
        value = f"{max(float(row['value']) + step, 0):.{len(row['value'].partition('.')[2])}f}"
        new |= {"value": value, "printed": row["printed"].replace(row["value"], value)}
    return new


def shift(text: str) -> str:
    for old, new in MONTH.items():
        text = text.replace(old, new)
    return text.replace("2016-12", "2017-01") if "2016-12" in text else text


def keep_flags(flags: str) -> str:
    return ";".join(flag for flag in flags.split(";") if flag not in ("sum-mismatch", "conflict"))


def is_safe(row: dict[str, str]) -> bool:
    """A cell that names its month in its id, and is no small number."""
    number = re.fullmatch(r"[\d.]+", row["value"]) and "%" not in row["printed"]
    return "2016-12" in row["id"] and not (number and float(row["value"]) < SMALL)


def append(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("a", encoding="utf-8", newline="") as lines:
        csv.DictWriter(lines, columns, lineterminator="\n").writerows(rows)


def append_source(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        columns, old = list(reader.fieldnames or ()), next(row for row in reader if row["id"] == OLD)
    append(
        path, columns, [{**old, "id": NEW, "title": "An invented scorecard for January 2017", "short": "Invented 2017"}]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder.resolve()
    shutil.copytree(ROOT / "datasets", folder / "datasets")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for package, count in add_month(folder / "datasets").items():
        print(f"{package}: {count} rows added")
    build = [sys.executable, ROOT / "build.py", "--datasets", folder / "datasets", "--site", folder / "site"]
    if subprocess.run(build, cwd=ROOT, check=False).returncode:
        return 1
    html = (folder / "site/scorecard/index.html").read_text(encoding="utf-8")
    print(re.search(r"<h1[^>]*>(.*?)</h1>", html)[1])
    said = [
        " ".join(re.sub(r"<[^>]+>", "", own).split()) for own in re.findall(r'mc-score__own">(.*?)</span></td>', html)
    ]
    print("\n".join(said))
    print(f"{len(said)} directions worked out: {dict(Counter(text.split(' from ')[0] for text in said))}")
    return 0 if said else 1


if __name__ == "__main__":
    sys.exit(main())
