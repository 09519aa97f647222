"""Find the small numbers of a dataset, exempted or not.

In:  a Dataset and the portal's policy.
Out: a `Small` for each number from 1 to `policy.small` that may be about people: in observations, in registers and in
     plain tables. What it says is where the number stands, never the number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from portal.model import Dataset, Observation, Resource
from portal.observations import is_observation_table, read_number
from portal.policy import Policy
from portal.registers import read_entries
from portal.validate.people.columns import declared_of, find_key, may_count_people, names_people, read_count
from portal.validate.people.subjects import NAME_SAYS, why_looked_at, why_subject

HIDDEN = "c"
REFERENCE = "reference"  # its tables explain codes and count nobody


@dataclass(frozen=True, slots=True)
class Small:
    """Where a small number stands."""

    row: str  # what an exemption calls it; empty when the table has no key
    resource: str
    series: str
    path: str
    line: int
    field: str
    why: str = ""  # ends the sentence "a count of 1 to 5 people"; empty when nothing says what the column counts


def find_small(dataset: Dataset, policy: Policy) -> Iterator[Small]:
    yield from find_in_observations(dataset, policy)
    yield from find_in_registers(dataset, policy)
    for table in plain_tables(dataset):
        yield from find_in_plain(dataset, table, policy)


def find_in_observations(dataset: Dataset, policy: Policy) -> Iterator[Small]:
    names = {resource.path: resource.name for resource in dataset.resources}
    for row in dataset.observations:
        why = why_looked_at(row, policy)
        if why and is_small(most_of(row), policy):
            field = "value" if row.text else "value_high"
            yield Small(row.id, names.get(row.path, ""), row.series, row.path, row.line, field, why)


def most_of(row: Observation) -> float | None:
    """The largest number that the row can stand for, whole people counted: "less than 6" is 5 at most."""
    if row.symbol == HIDDEN:  # what is hidden may still be told elsewhere, which `hidden` sees to
        return None
    if row.number is None:
        return row.low if row.high is None else row.high
    return math.ceil(row.number) - 1 if row.qualifier == "less-than" else row.number


def is_small(number: float | None, policy: Policy) -> bool:
    """A change by so many people is as telling as a count of them, up or down."""
    return number is not None and 0 < abs(number) <= policy.small


def find_in_registers(dataset: Dataset, policy: Policy) -> Iterator[Small]:
    subjects = {spec.resource: spec.subject for spec in reversed(dataset.page.registers)}
    for entry in read_entries(dataset):
        for name in entry.numbers:
            why = why_subject(subjects[entry.resource], "", name.replace("_", " "), policy)
            if why and is_small(read_number(entry.cells[name]), policy):
                yield Small(entry.id, entry.resource, "", entry.path, entry.line, name, why)


def plain_tables(dataset: Dataset) -> Iterator[Resource]:
    """Tables of no convention of ours."""
    registers = {spec.resource for spec in dataset.page.registers}
    for table in dataset.resources if dataset.slug != REFERENCE else ():
        of_ours = is_observation_table(table) or (table.name == "measures" and dataset.observations)
        if not of_ours and table.name not in registers:
            yield table


def find_in_plain(dataset: Dataset, table: Resource, policy: Policy) -> Iterator[Small]:
    counted = dict(find_counted(dataset, table, policy))
    key = find_key(table.schema)
    declared = {field.name: declared_of(field, table.schema) for field in table.fields}
    names = table.frame[key].tolist() if key in table.frame.columns else None
    columns = [(name, why, table.frame[name].tolist()) for name, why in counted.items()]
    for index, line in enumerate(table.lines if columns else ()):
        for name, why, cells in columns:
            number = read_count(cells[index], declared[name])
            if is_small(number, policy) and (why or number == int(number or 0)):
                row = f"{table.name}/{names[index]}" if names else ""
                yield Small(row, table.name, "", table.path, line, name, why)


def find_counted(dataset: Dataset, table: Resource, policy: Policy) -> Iterator[tuple[str, str]]:
    """(column, why), the reason empty where page.yaml is silent: columns in which a small number matters."""
    said = {name: c.subject for c in dataset.page.columns if c.resource == table.name for name in c.fields}
    for field in table.fields:
        if field.name not in table.frame.columns:
            continue
        if field.name in said:
            words = f"{field.name.replace('_', ' ')} {field.title}"
            why = why_subject(said[field.name], "", words, policy)
            if why or names_people(field):
                yield field.name, why or NAME_SAYS
        elif may_count_people(field, table.frame[field.name].tolist(), table.schema):
            yield field.name, ""
