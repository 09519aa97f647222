"""Which columns of a plain table may count people, when nobody has said?

In:  a column as its schema describes it, with its cells.
Out: whether a small number in it deserves a warning.

A column of whole numbers counts people unless it visibly is something else: a year or other time, a code, a key, a
category (`enum`), a share, a rate or a mean, an amount of money, a place on the map, or a measurement with decimals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from portal.model import Field
from portal.observations import read_number

# A column called so is never a count, whatever else its name says.
NEVER = set(
    "percent percentage percentages pct perc proportion ratio rate rates share shares per average averages avg mean "
    "median index score scores rank gbp pound pounds cost costs spend spending expenditure budget price fee fees "
    "income salary funding lat latitude lon lng longitude easting eastings northing northings uprn usrn urn lsoa "
    "msoa decile deciles quintile quintiles quartile quartiles percentile dp rating ratings judgement judgment "
    "effectiveness".split()
)
# Alone or after "number of": things, and no people. "homes_left" and "children_in_homes" are looked at.
THINGS = set(
    "places beds capacity vacancies posts rooms vehicles schools homes centres hubs libraries buildings sites sessions "
    "courses computers journeys".split()
)
COUNTING = {"number", "no", "num", "n", "count", "total", "of"}
WIDEST = 10  # the longest scale of marks
CODES = set("id ids code codes key ref reference identifier".split())  # at either end of a name
# Times and places in an order; "12_months" behind a count, or "year_7", is a group of people.
SPANS = set(
    "year years quarter month months week weeks day days date hour hours minute minutes time period age ages level "
    "stage grade band version order position row line km miles metres area hectares latest".split()
)
COUNTS = set(
    "count counts number num n total headcount children child pupils pupil people persons young families family cases "
    "referrals plans episodes incidents exclusions girls boys male female births deaths leavers starts starters "
    "adoptions placements looked".split()
)
ORDINAL = re.compile(
    r"(?:year|month|week|day|quarter|row|line)_?(?:number|num|no|nr)|(?:number|num|no|count)_of_"
    r"(?:years|months|weeks|days|hours|minutes)"
)
MOSTLY = 0.5


def may_count_people(field: Field, cells: Sequence[str], schema: Mapping[str, Any]) -> bool:
    if "enum" in field.constraints or field.name in find_keys(schema) or is_something_else(field):
        return False
    if is_scale(field):
        return False
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = [number for cell in filled if (number := read_number(cell)) is not None]
    if field.type in ("integer", "number"):
        return not is_measured(field, numbers)
    # Text in which most cells are numbers: nobody said what the column holds.
    return (
        field.type in ("string", "any", "") and len(numbers) > MOSTLY * len(filled) and not is_measured(field, numbers)
    )


def is_scale(field: Field) -> bool:
    """Marks from 1 to 4, as declared: what is counted may be nought, and knows no end."""
    limits = [field.constraints.get(limit) for limit in ("minimum", "maximum")]
    marks = all(isinstance(limit, int) and 1 <= limit <= WIDEST for limit in limits)
    return marks and not COUNTS & set(split_name(field.name))


def is_measured(field: Field, numbers: Sequence[float]) -> bool:
    """People are whole; a column that says it counts them is looked at all the same."""
    broken = sum(not number.is_integer() for number in numbers)
    return broken > MOSTLY * sum(number != 0 for number in numbers) and not COUNTS & set(split_name(field.name))


def is_something_else(field: Field) -> bool:
    name, title = split_name(field.name), split_name(field.title)
    if NEVER & {*name, *title} or "%" in field.name + field.title or "£" in field.name + field.title:
        return True
    if len(things := set(name) - COUNTING) == 1 and things <= THINGS:
        return True
    if not name or {name[0], name[-1]} & CODES or (len(name) > 1 and name[-1] == "no"):
        return True
    return bool(ORDINAL.search("_".join(name))) or is_span(name)


def is_span(name: Sequence[str]) -> bool:
    """ "year", "period_start", "days_missing"; not "adopted_within_12_months", which counts who was."""
    grouped = any(part.isdigit() for part in name) or {"one", "two", "within", "under", "over"} & set(name)
    return bool({name[0], name[-1]} & SPANS) and not grouped and not COUNTS & set(name)


def split_name(name: str) -> list[str]:
    """ "childrenAged5To10" and "children_aged_5_to_10" alike, in small letters."""
    return [part.lower() for part in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)]


def find_keys(schema: Mapping[str, Any]) -> set[str]:
    keys = as_names(schema.get("primaryKey"))
    foreign = schema.get("foreignKeys")
    for entry in foreign if isinstance(foreign, list) else ():
        keys |= as_names(entry.get("fields")) if isinstance(entry, dict) else set()
    return keys


def find_key(schema: Mapping[str, Any]) -> str:
    """The one column that names a row; empty when there is none."""
    keys = as_names(schema.get("primaryKey"))
    return keys.pop() if len(keys) == 1 else ""


def as_names(names: object) -> set[str]:
    return {names} if isinstance(names, str) else {str(name) for name in names} if isinstance(names, list) else set()
