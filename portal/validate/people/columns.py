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

from portal.folding import fold
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


# A column called so and no more counts people, whatever page.yaml or an `enum` says of it.
PEOPLE = set(
    "children child pupils pupil young people person persons families family girls boys babies siblings mothers "
    "fathers adopters victims".split()
)
BESIDE = set("number num n no count counts total of all in care the with".split())
PLACES = set("ward wards area region county town month quarter year week".split())  # per home or worker is a mean
WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
AROUND = re.compile(
    r"^[+~≈*†‡\s]+|[*†‡\s]+$|\s*[(\[](?:[a-z]|\d{1,3}(?:\.\d+)? ?%)[)\]]$|\s*(?:children|child|people|pupils)$"
)


def names_people(field: Field) -> bool:
    name = set(split_name(field.name))
    return bool(name & PEOPLE) and name <= PEOPLE | BESIDE


def read_count(cell: str, declared: Mapping[str, Any] | None = None) -> float | None:
    """The number that a reader sees: "３", "+3", "3*", "3 (p)", "3 children" and "three" alike.

    In a column of numbers such a cell is an error of its own, unless the descriptor says how its numbers are written.
    """
    said = declared or {}
    if said.get("type") in ("integer", "number") and not {"groupChar", "decimalChar", "bareNumber"} & set(said):
        return read_number(cell.strip())
    text, last = fold(cell).text.strip().lower(), ""
    while text != last:
        text, last = AROUND.sub("", text), text
    for mark, plain in ((declared or {}).get("groupChar"), ""), ((declared or {}).get("decimalChar"), "."):
        text = text.replace(str(mark), plain) if mark and not (mark == "." and plain == ".") else text
    return float(WORDS[text]) if text in WORDS else read_number(text)


def declared_of(field: Field, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    fields = schema.get("fields")
    return (
        next((f for f in fields if isinstance(f, dict) and f.get("name") == field.name), {})
        if isinstance(fields, list)
        else {}
    )


def may_count_people(field: Field, cells: Sequence[str], schema: Mapping[str, Any]) -> bool:
    if not names_people(field) and (
        "enum" in field.constraints or field.name in find_keys(schema) or is_something_else(field)
    ):
        return False
    if is_scale(field):
        return False
    declared, filled = declared_of(field, schema), [cell.strip() for cell in cells if cell.strip()]
    read = {cell: read_count(cell, declared) for cell in set(filled)}
    numbers = [number for cell in filled if (number := read[cell]) is not None]
    if field.type in ("integer", "number"):
        return not is_measured(field, numbers)
    # Text in which most cells are numbers: nobody said what the column holds.
    return (
        field.type in ("string", "any", "list", "")
        and len(numbers) > MOSTLY * len(filled)
        and not is_measured(field, numbers)
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
    if "per" in name[1:] and COUNTS & set(name) and name[-1] in PLACES:
        name = name[: name.index("per")]  # children per ward: as many as the ward has
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
