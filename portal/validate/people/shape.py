"""Does a table look like one row a person, whatever its columns are called?

In:  a Resource that is read, and its package's descriptor.
Out: a warning. Only the shape speaks: an id that names nothing, days, a few categories, and nothing that is counted.

Tables of the portal's own conventions are left alone: each of their rows says in which document it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from portal.model import Problem, Resource
from portal.validate.people.headers import normal

FEWEST = 20  # rows; a shorter table has no shape
FIX = (
    "If each row is a child or a family, take the file out and publish counts instead. If it is not, give the table a "
    "column of names, such as the place or the paper that a row is about. Of persons, the commit itself may have to be "
    'removed: see "When something identifying was committed" in CONTRIBUTING.md.'
)
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)[/.](\d\d?)[/.](\d{4})")
NUMBER = re.compile(r"-?[\d,]+(\.\d+)?%?")


def check_shape(resource: Resource, descriptor: Mapping[str, Any]) -> Iterator[Problem]:
    if len(resource.lines) < FEWEST or {"source", "locator"} <= set(resource.frame.columns):
        return
    if not any(DAY.fullmatch(str(cell).strip()) for cell in resource.frame.head(50).to_numpy().ravel()):
        return  # most tables hold no days, and some hold a million cells
    columns = {str(name): [str(cell) for cell in resource.frame.iloc[:, n]] for n, name in enumerate(resource.frame)}
    days = {name: found for name, cells in columns.items() if (found := read_days(cells))}
    births = [name for name, found in days.items() if is_births(found)]
    if births:
        message = f'the days in column "{births[0]}" are spread like dates of birth, each its own, over many years'
        yield Problem("record-level-shape", message, resource.path, 1, None, births[0], FIX, "warning")
    elif days and is_persons({name: cells for name, cells in columns.items() if name not in days}):
        message = "it looks like a table with a row for each person: an id, days and categories, and nothing counted"
        yield Problem("record-level-shape", message, resource.path, 1, None, "", FIX, "warning")


def is_persons(columns: Mapping[str, Sequence[str]]) -> bool:
    ids = [name for name, cells in columns.items() if is_id(cells)]
    rest = {name: cells for name, cells in columns.items() if name not in ids}
    counted = [name for name, cells in rest.items() if is_counted(name, cells)]
    named = [name for name, cells in rest.items() if is_naming(cells)]
    categories = [name for name, cells in rest.items() if 1 < len(set(cells)) <= max(2, len(cells) // 4)]
    return bool(ids) and len(categories) >= 2 and not counted and not named


def is_id(cells: Sequence[str]) -> bool:
    """Each its own, and mostly digits: a name that can be read tells of a paper or a place."""
    return len(set(cells)) == len(cells) and all(
        re.fullmatch(r"[A-Za-z-]{0,8}\d[\dA-Za-z-]{2,}", cell) for cell in cells
    )


def is_counted(name: str, cells: Sequence[str]) -> bool:
    """A column of numbers, unless they are somebody's age."""
    age = normal(name).startswith("age") and all(re.fullmatch(r"\d{0,2}", cell) for cell in cells)
    filled = [cell for cell in cells if cell.strip()]
    digits = bool(filled) and sum(bool(NUMBER.fullmatch(cell)) for cell in filled) > len(filled) / 2
    return digits and not age and len(set(filled)) > len(filled) // 10


def is_naming(cells: Sequence[str]) -> bool:
    """Names or sentences, nearly each its own."""
    return sum(" " in cell.strip() for cell in cells) > len(cells) / 2 and len(set(cells)) > len(cells) / 2


def read_days(cells: Sequence[str]) -> list[date]:
    """The days of a column of days; none when it holds anything else."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) < max(FEWEST, len(cells) // 2) or not DAY.fullmatch(filled[0].strip()):
        return []
    found = [DAY.fullmatch(cell.strip()) for cell in filled]
    days = [day for match in found if match and (day := make_day(match))]
    return days if len(days) == len(filled) else []


def make_day(match: re.Match[str]) -> date | None:
    year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_births(days: Sequence[date]) -> bool:
    """Over eight to thirty years, on any day of the month, nearly each its own, and in no order as a series is."""
    if list(days) in (sorted(days), sorted(days, reverse=True)):
        return False
    span = (max(days) - min(days)).days / 365
    return 8 <= span <= 30 and len({day.day for day in days}) >= 10 and len(set(days)) >= 0.9 * len(days)
