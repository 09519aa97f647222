"""Compare every row of official statistics with the file it was taken from, in both directions.

In:  the official statistics as CSV (`--official`), the datasets.
Out: a table with a line for each publication and measure: rows in the file and in the datasets, cells that are equal,
     symbols (a cell that is no number); each row that is missing, extra or different; exit 1 when there is one.

    python tests/transcription/compare_official.py --official FILE [--datasets DIR]

`find_tokens.py --official` asks whether each of our rows is in the file; this asks as well whether each cell of the
file is among our rows, once. Figures that we worked out (flag `derived`) are in no file and are counted apart.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from find_tokens import OFFICIAL, load_official

Key = tuple[str, ...]  # source, measure, time period, code of the area
Row = dict[str, str]


@dataclass
class Carried:
    """Our rows of official statistics: each with its place in the file, and those that we worked out."""

    rows: list[tuple[Key, Row]] = field(default_factory=list)
    derived: list[Row] = field(default_factory=list)


def load_carried(datasets: Path) -> Carried:
    carried = Carried()
    for path in sorted(datasets.glob("*/data/*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if not {"printed", "value", "source", "locator"} <= set(reader.fieldnames or ()):
                continue
            for row in reader:
                row["place"] = f"{path}:{reader.line_num}"
                if row["source"] in OFFICIAL and "derived" in row["flags"].split(";"):
                    carried.derived.append(row)
                elif row["source"] in OFFICIAL:
                    carried.rows.append(((row["source"], *row["locator"].split("/")), row))
    return carried


def differences(official: dict[Key, str], carried: Carried) -> list[str]:
    """A sentence for each cell of the file that we lack, and each row of ours that is not such a cell."""
    found = []
    times = Counter(key for key, _ in carried.rows)
    measures = {row["measure"]: key[1] for key, row in reversed(carried.rows)}  # ours -> theirs, as first met
    for key, row in carried.rows:
        name = f"{row['place']}: {row['id']}"
        if key not in official:
            found.append(f"{name}: extra, the file has no {'/'.join(key[1:])}")
        elif times[key] > 1:
            found.append(f"{name}: extra, {'/'.join(key[1:])} is carried {times[key]} times")
        elif wrong := [column for column in ("value", "printed") if row[column] != official[key]]:
            found.append(f'{name}: {wrong[0]} is "{row[wrong[0]]}", the file reads "{official[key]}"')
        elif row["area"] != key[-1]:
            found.append(f"{name}: the area is {row['area']}, the file says {key[-1]}")
        elif not row["period_end"].startswith(key[2]):
            found.append(f"{name}: the period ends {row['period_end']}, the file says {key[2]}")
        elif measures[row["measure"]] != key[1]:
            found.append(f"{name}: {row['measure']} stands for {measures[row['measure']]} elsewhere, here for {key[1]}")
    return found + [f"missing: {'/'.join(key)} {official[key]}" for key in official if key not in times]


def is_symbol(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return True
    return False


def table_of(official: dict[Key, str], carried: Carried) -> list[tuple[str, ...]]:
    """publication, measure, rows in the file, rows carried, equal, symbols in the file, symbols kept"""
    columns = [Counter[Key]() for _ in range(5)]
    for key, cell in official.items():
        columns[0][key[:2]] += 1
        columns[3][key[:2]] += is_symbol(cell)
    for key, row in carried.rows:
        equal = row["value"] == row["printed"] == official.get(key)
        columns[1][key[:2]] += 1
        columns[2][key[:2]] += equal
        columns[4][key[:2]] += equal and is_symbol(row["value"])
    names = sorted(set(columns[0]) | set(columns[1]))
    lines = [(*name[:2], *(str(column[name]) for column in columns)) for name in names]
    return [*lines, ("together", "", *(str(column.total()) for column in columns))]


HEADS = ("publication", "measure", "in file", "carried", "equal", "symbols", "kept")


def print_table(lines: list[tuple[str, ...]]) -> None:
    widths = [max(len(line[n]) for line in lines) for n in range(len(HEADS))]
    for line in lines:
        cells = [
            f"{cell:{'<' if n < 2 else '>'}{width}}" for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--official", type=Path, required=True, help="official statistics as CSV")
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    options = parser.parse_args()
    with options.official.open(encoding="utf-8-sig", newline="") as lines:
        written = sum(1 for _ in csv.DictReader(lines))
    official, carried = load_official(options.official), load_carried(options.datasets)
    found = differences(official, carried)
    if written != len(official):
        found.append(f"{options.official}: {written} rows, but only {len(official)} of a known publication, each once")
    print_table([HEADS, *table_of(official, carried)])
    print(f"worked out by us, in no file: {len(carried.derived)} rows")
    print("\n".join(found) or f"{len(official)} of {written} rows of the file are carried, cell by cell")
    return 1 if found or not official else 0


if __name__ == "__main__":
    raise SystemExit(main())
