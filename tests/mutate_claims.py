"""Make every claim of a portal false, one cell at a time, and see that the build refuses each.

    python tests/mutate_claims.py [DATASETS] [--on-disk N]

In the loaded portal a single number is changed (of a statement on what is better, the measure's polarity), and
the claim must be refused by name. Then a number is changed that the claim does not speak of: it must stand. N of the
changes are made again in a copy of the folder, in the CSV file itself, and `build.py check` must refuse the copy.
What makes a claim false is worked out here and not asked of the code that judges it.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portal.claims import Stated, derive_claims  # noqa: E402
from portal.load import load_portal  # noqa: E402
from portal.model import Dataset, Observation, Portal, Problem  # noqa: E402
from portal.validate import check_stated  # noqa: E402

REFUSED = {"false-claim", "claim-unsure"}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell: a row's number, or the polarity of its measure."""

    row: Observation
    number: float | None = None
    polarity: str = ""

    def apply(self, row: Observation) -> Observation:
        if self.polarity:
            same = row.measure.id == self.row.measure.id
            return replace(row, measure=replace(row.measure, polarity=self.polarity)) if same else row
        if row.id != self.row.id or self.number is None:
            return row
        return replace(row, number=self.number, text=self.text)

    @property
    def text(self) -> str:
        """The value cell, with as many decimals as it had."""
        assert self.number is not None
        own = self.number / float(self.row.measure.multiplier or 1)
        return f"{own:.{len(self.row.text.partition('.')[2])}f}"


def falsifying(claim: Stated) -> Iterator[Change]:
    """Single cells that make it false, at both ends of what it compares."""
    assert claim.phrase is not None
    test, sense = claim.phrase.test, claim.phrase.sense
    rows = claim.rows
    if test == "polarity":
        yield Change(rows[0], polarity="higher" if "lower" in sense or sense == "neither" else "lower")
    elif test == "time":
        before, after = min(rows, key=day), max(rows, key=day)
        yield from away(after, before, sense)
        yield from away(before, after, opposite(sense))
    elif test == "each":
        *_, before, last = sorted(claim.field, key=day)
        yield from away(last, before, sense)
    elif test in ("compare", "quality"):
        way = sense
        if sense in ("better", "worse"):
            way = "up" if (rows[0].measure.polarity == "higher") == (sense == "better") else "down"
        for other in rows[1:]:
            yield from away(rows[0], other, way)
            yield from away(other, rows[0], opposite(way))
    elif test == "extreme":
        (row,) = rows
        for other in [o for o in claim.field if o.id != row.id and inside(o, claim.phrase.since)][:3]:
            yield from away(other, row, "down" if sense == "highest" else "up")
    elif test == "target":
        for row in (r for r in rows if r.kind != "target"):
            goal = next(g for g in rows if g.kind == "target" and g.measure.id == row.measure.id)
            up = (row.measure.polarity == "higher") == (sense == "met")
            gap = step(row) * (-1 if up else 1) if sense == "met" else 0.0  # a target that is just reached is met
            yield Change(row, (goal.number or 0.0) + gap)
            yield Change(goal, (row.number or 0.0) + (step(goal) * (1 if up else -1) if sense == "met" else 0.0))
    elif test == "share":
        wrong = 0.95 if sense in ("less", "about", "nearly", "just-over") and claim.phrase.part < 0.9 else 0.05
        whole = 100.0 if len(rows) == 1 else rows[1].number or 0.0
        yield Change(rows[0], whole * wrong * (-1 if (rows[0].number or 0) < 0 else 1))
    elif test == "times":
        before, after = (rows[1], rows[0]) if sense.startswith("pair") else (min(rows, key=day), max(rows, key=day))
        yield Change(after, before.number)
    elif test == "sum":
        parts = sum(row.number or 0.0 for row in rows[:-1])
        yield Change(rows[-1], parts)
        yield Change(rows[0], (rows[-1].number or 0.0) - (parts - (rows[0].number or 0.0)))


def away(row: Observation, other: Observation, way: str) -> Iterator[Change]:
    """`row` is said to be `way` of `other`: the same, and a step to the wrong side."""
    other_number = other.number or 0.0
    if way in ("same",):
        yield Change(row, other_number + 5 * step(row))
        yield Change(row, other_number - 5 * step(row))
    else:
        yield Change(row, other_number)
        yield Change(row, other_number + (-1 if way in ("up", "higher") else 1) * 2 * max(step(row), step(other)))


def opposite(way: str) -> str:
    return {"up": "down", "down": "up", "higher": "lower", "lower": "higher"}.get(way, way)


def step(row: Observation) -> float:
    """One in the last place that the row prints."""
    return float(row.measure.multiplier or 1) / 10 ** len(row.text.partition(".")[2])


def day(row: Observation) -> str:
    return row.date.isoformat() if row.date else ""


def inside(row: Observation, since: int | None) -> bool:
    return since is None or bool(row.date and row.date.year >= since)


def neutral(claim: Stated, dataset: Dataset) -> Change | None:
    """A number of the same dataset that the claim does not speak of, most of all one of its own measure."""
    spoken = {row.id for row in claim.rows}
    if claim.phrase and claim.phrase.test in ("extreme", "each"):
        spoken |= {row.id for row in claim.field}
    measures = {row.measure.id for row in claim.rows}
    others = [row for row in dataset.observations if row.id not in spoken and row.number is not None]
    chosen = next((row for row in others if row.measure.id in measures), next(iter(others), None))
    return Change(chosen, (chosen.number or 0.0) + 7 * step(chosen)) if chosen else None


def changed(portal: Portal, dataset: Dataset, change: Change) -> Portal:
    """Only the dataset of the claim is kept: what others say is not asked."""
    new = replace(dataset, observations=tuple(change.apply(row) for row in dataset.observations))
    return replace(portal, datasets=(new,))


def problems_of(portal: Portal, claim: Stated, home: dict[str, object]) -> list[Problem]:
    found = [p for p in check_stated(portal, home) if p.field == f"claims.{claim.spec.id}"]
    return [p for p in found if not claim.place or p.message.startswith(claim.place)]


@dataclass(slots=True)
class Tally:
    claims: int = 0
    mutations: int = 0
    caught: int = 0
    neutral: int = 0
    passed: int = 0

    def __str__(self) -> str:
        made = f"claims {self.claims}, mutations {self.mutations}, caught {self.caught}"
        return f"{made}, neutral {self.neutral} passed {self.passed}"


Made = list[tuple[Stated, Change]]


def mutate_all(portal: Portal, home: dict[str, object] | None = None) -> tuple[Tally, list[str], Made]:
    tally, missed, made = Tally(), list[str](), list[tuple[Stated, Change]]()
    for dataset in portal.datasets:
        for claim in derive_claims(dataset):
            tally.claims += 1
            for change in falsifying(claim):
                tally.mutations += 1
                told = problems_of(changed(portal, dataset, change), claim, home or {})
                if {p.code for p in told} & REFUSED:
                    tally.caught += 1
                    made.append((claim, change))
                else:
                    missed.append(f"{dataset.slug}/{claim.spec.id}: {change.row.id} = {change.number}{change.polarity}")
            if plain := neutral(claim, dataset):
                tally.neutral += 1
                told = problems_of(changed(portal, dataset, plain), claim, home or {})
                tally.passed += not told
                missed += [f"{dataset.slug}/{claim.spec.id}: neutral {plain.row.id}: {p.message}" for p in told]
    return tally, missed, made


def try_on_disk(made: Made, count: int) -> Iterator[str]:
    """Every so many-th of the changes in a copy of the whole project's data, told by the command itself."""
    plain = [pair for pair in made if not pair[1].polarity]
    for claim, change in plain[:: max(1, len(plain) // count)][:count]:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            shutil.copytree(ROOT / "datasets", copy / "datasets")
            shutil.copy(ROOT / "mkdocs.yml", copy)
            write_cell(copy / change.row.path, change)
            command = [sys.executable, str(ROOT / "build.py"), "check", "--datasets", str(copy / "datasets")]
            run = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
            told = [line.strip() for line in (run.stdout + run.stderr).splitlines() if f'"{claim.spec.id}"' in line]
            yield f"{change.row.id} = {change.text}: exit {run.returncode}; {told[0] if told else 'NOT NAMED'}"


def write_cell(path: Path, change: Change) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for row in rows:
        if row["id"] == change.row.id:
            row |= {"value": change.text, "printed": reprint(row, change.text)}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def reprint(row: dict[str, str], value: str) -> str:
    """The printed token with the new number in it, so that nothing else is wrong."""
    return f"{value}%" if row["printed"].endswith("%") else value


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="?", type=Path, default=ROOT / "datasets")
    parser.add_argument("--on-disk", type=int, default=0, metavar="N")
    given = parser.parse_args()
    portal, _ = load_portal(given.datasets)
    tally, missed, made = mutate_all(portal)
    print(tally)
    print(*missed, sep="\n", end="\n" if missed else "")
    for told in try_on_disk(made, given.on_disk) if given.on_disk else ():
        print(told)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
