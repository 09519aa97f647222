"""Compare a list of inspections, row by row, with what the portal holds.

    python tests/transcription/compare_inspections.py --inspections FILE [--datasets DIR]

Each row of FILE (inspection, dates, report_published, area_of_judgement, judgement, held_in) must stand in the register
of judgements with the same grade, the same dates of inspection and publication; and each judgement that names the list
as its source must stand in FILE. The dates of both must stand in reference/events too. What is missing or differs is
said, and the exit is 1.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

MONTHS = "January February March April May June July August September October November December".split()
LIST = "ofsted-judgements"
# The register says in short what the list says in full.
AREAS = {
    "overall effectiveness": "Overall",
    "children who need help and protection": "Help and protection",
    "the experiences and progress of children who need help and protection": "Help and protection",
    "children looked after and achieving permanence": "Children in care",
    "the experiences and progress of children in care and care leavers": "Children in care and care leavers",
    "adoption performance": "Adoption",
    "experiences and progress of care leavers": "Care leavers",
    "leadership, management and governance": "Leadership",
    "the impact of leaders on social work practice": "Leadership",
}


def first_day(text: str) -> str:
    """ "2017-10-09 to 2017-11-02" -> 2017-10-09; "September 2014 (judgement)" -> 2014-09-01"""
    if found := re.match(r"\d{4}-\d\d-\d\d", text):
        return found[0]
    month, year = text.split()[:2]
    return f"{year}-{MONTHS.index(month) + 1:02d}-01"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def differences(listed: list[dict[str, str]], datasets: Path) -> Iterator[str]:
    judgements = read(datasets / "inspections/data/judgements.csv")
    held = {(row["inspection"], row["area_of_judgement"]): row for row in judgements}
    events = read(datasets / "reference/data/events.csv")
    dates = {(e["role"], e["date_start"]): e["id"] for e in events if e["kind"] == "inspection"}
    for row in listed:
        name = (row["inspection"], AREAS.get(row["area_of_judgement"], row["area_of_judgement"]))
        came, published = first_day(row["dates"]), first_day(row["report_published"])
        own = held.get(name)
        if own is None:
            yield f"{name}: no such judgement"
            continue
        pairs = {
            "judgement": (row["judgement"], own["judgement"]),
            "inspected": (came, own["inspected_start"]),
            "published": (published, own["date_start"]),
            "event that happened": (True, ("happened", came) in dates),
            "event it belongs to": (own["event"], dates.get(("published", published), "none")),
        }
        yield from (
            f"{name}, {what}: {wanted} in the list, {is_}" for what, (wanted, is_) in pairs.items() if wanted != is_
        )
    told = {(row["inspection"], AREAS.get(row["area_of_judgement"], "")) for row in listed}
    ours = {name for name, row in held.items() if row["source"] == LIST}  # the others name a paper of their own
    yield from (f"{name}: stands in the register only" for name in held if name in ours - told)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inspections", type=Path, required=True, help="the list, as CSV")
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    options = parser.parse_args()
    listed = read(options.inspections)
    found = list(differences(listed, options.datasets))
    print("\n".join([*found, f"{len(listed)} rows compared, {len(found)} differences"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
