"""Do the cells fit the patterns of their fields, in bounded time?

In:  a Dataset.
Out: a Problem for each cell that a pattern does not cover from its first character to its last, and one for a pattern
     that is no pattern or that never comes to an end.

A pattern such as (a+)+ can keep a computer busy for years over thirty letters; whoever sends one must not be able to
stop the build. So each column has a second of the processor's time, the first that needs more ends the trials of its
package, and the standard library, which knows no such limit, is not asked.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from portal.model import Dataset, Problem, Resource
from portal.privacy import quote
from portal.validate.package.where import described_fields, entries, missing_values, problem_at, schema_of, tables
from portal.validate.places import cell_column

SECONDS = 1.0  # of the processor, for all cells of a column
PER_CELL = 0.00002  # more for each cell: a plain pattern takes a tenth of it
LONGEST = 1000  # characters of a pattern
FIX = "Correct the cell, or the pattern in the descriptor."


def check_patterns(dataset: Dataset) -> Iterator[Problem]:
    for place, entry, resource in tables(dataset):
        for at, field in described_fields(place, entry):
            pattern = pattern_of(field)
            if pattern is not None and field["name"] in resource.frame.columns:
                where, nothing = f"{at}.constraints.pattern", missing_values(field, schema_of(entry))
                found = list(check_cells_fit(dataset, resource, where, field["name"], pattern, nothing))
                yield from found
                if any(problem.code == "slow-pattern" for problem in found):
                    return


def pattern_of(field: Mapping[str, Any]) -> str | None:
    return (field.get("constraints") or {}).get("pattern") if field.get("type", "string") == "string" else None


def check_pattern_rules(dataset: Dataset) -> Iterator[Problem]:
    """Is each pattern one at all?"""
    for place, entry in entries(dataset):
        for at, field in described_fields(place, entry):
            pattern = pattern_of(field)
            if pattern is not None and (reason := why_no_pattern(pattern)):
                message = f"column {quote(field['name'])}: the pattern {quote(pattern)} cannot be used: {reason}"
                fix = "Check its brackets; \\( stands for a bracket in the cell. Or take `pattern` out."
                yield problem_at(dataset, f"{at}.constraints.pattern", "broken-pattern", message, fix)


def why_no_pattern(pattern: str) -> str:
    if len(pattern) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    try:
        compile_pattern(pattern)
    except (regex.error, ValueError, OverflowError, RecursionError, MemoryError, KeyError, IndexError) as error:
        said = getattr(error, "msg", "") or "it cannot be read"
        position = getattr(error, "pos", None)
        return f"{said}{f', at its character {position + 1}' if isinstance(position, int) else ''}"
    return ""


def compile_pattern(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.VERSION0, cache_pattern=False)


def check_cells_fit(
    dataset: Dataset, resource: Resource, place: str, name: str, pattern: str, nothing: list[str]
) -> Iterator[Problem]:
    rule = compile_pattern(pattern)
    until = time.process_time() + SECONDS + PER_CELL * len(resource.lines)
    known: dict[str, bool] = dict.fromkeys(nothing, True)
    for cell, line in zip(map(str, resource.frame[name]), resource.lines, strict=True):
        if cell not in known:
            try:
                known[cell] = rule.fullmatch(cell, timeout=max(until - time.process_time(), 0.001)) is not None
            except TimeoutError:
                yield too_slow(dataset, place, name, pattern, line)
                return
        if not known[cell]:
            at = cell_column(resource, line, name)
            message = f'row {line}, column "{name}": {quote(cell)} does not fit the pattern {quote(pattern)}'
            yield Problem("constraint-error", message, resource.path, line, at, name, FIX)


def too_slow(dataset: Dataset, place: str, name: str, pattern: str, line: int) -> Problem:
    message = f"column {quote(name)}: the pattern {quote(pattern)} takes too long, at row {line} of the file"
    fix = "Write it without a repeat inside a repeat: (a+)+ says no more than a+."
    return problem_at(dataset, place, "slow-pattern", message, fix)
