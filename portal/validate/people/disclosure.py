"""Could a number point at a child?

In:  a Dataset, the portal's policy, and the reference table of series.
Out: an error for each small number about children, families or events about a person that nobody has looked at, and for
     each that is hidden in one cell and still stands in another; a warning for each in a plain table that says of no
     column what it counts; errors for exemptions that exempt nothing. No message repeats a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.model import Dataset, Problem
from portal.policy import STANDARD, Policy
from portal.validate.people.exemptions import check_exemptions, is_exempt
from portal.validate.people.hidden import COMMITTED, check_hidden
from portal.validate.people.running import find_running
from portal.validate.people.small import Small, find_small
from portal.validate.people.subjects import UNKNOWN
from portal.validate.places import cell_column
from portal.validate.table.listing import rows_of

REFUSED = {"small-number", "hidden-number", "running-difference"}  # nothing else is told of such a cell
SUBJECTS = "children, families, event-about-a-person, staff or other"
TELLING = ("value", "value_low", "value_high", "qualifier", "printed", "note")


def check_disclosure(
    dataset: Dataset, policy: Policy = STANDARD, series: Mapping[str, Mapping[str, str]] | None = None
) -> Iterator[Problem]:
    if not dataset.page.usable:
        return
    found = list(find_small(dataset, policy))
    left = [small for small in found if not is_exempt(small, dataset.page)]
    yield from (refuse(small, dataset, policy) for small in left if small.why)
    for column in by_column(small for small in left if not small.why):
        yield warn(column, dataset, policy)
    yield from check_hidden(dataset, policy)
    running = [small for _, small in find_running(dataset, policy)]
    yield from check_exemptions(dataset, [*found, *running], series)


def refuse(small: Small, dataset: Dataset, policy: Policy) -> Problem:
    message = f"a count of 1 to {policy.small} people{small.why}"
    return make_problem("small-number", message, f"{ways_out(small, dataset)} {COMMITTED}", small, dataset)


def ways_out(small: Small, dataset: Dataset) -> str:
    if any(row.path == small.path for row in dataset.observations):
        bounds = "" if small.field == "value" else ", exact in qualifier, and empty value_low and value_high"
        ask = f"Say as `subject` in the measures table whom it counts: {SUBJECTS}. If it counts people, hide it. "
        return (ask if small.why == UNKNOWN else "") + (
            f"Write c in value and in printed{bounds}. If a public paper printed it, and no harm can come of it, name "
            f"{small.row} in page.yaml under `disclosure`, `rows`."
        )
    if any(spec.resource == small.resource for spec in dataset.page.registers):
        return (
            "Empty the number and its printed characters and flag the row blank, or say in page.yaml as `subject` of "
            f"the register what is counted, or name {small.row} there under `disclosure`, `rows`."
        )
    return f"Write c in the cell, with c among the `missingValues` of {small.field} in the descriptor."


def by_column(found: Iterable[Small]) -> list[list[Small]]:
    columns: dict[tuple[str, str], list[Small]] = {}
    for small in found:
        columns.setdefault((small.path, small.field), []).append(small)
    return list(columns.values())


def warn(column: Sequence[Small], dataset: Dataset, policy: Policy) -> Problem:
    """One for a column, for one entry in page.yaml settles it; it names every row."""
    small, rows = column[0], rows_of([small.line for small in column], parts=None)
    what = "a number" if len(column) == 1 else "numbers"
    message = f"{what} from 1 to {policy.small} in {rows}, and nothing says whether the column counts children"
    fix = (
        "If it does not, say so in page.yaml: "
        f"disclosure: {{columns: [{{resource: {small.resource}, fields: [{small.field}], subject: other}}]}} "
        "(an official release: under `releases`). If it counts children or families, write c in the cell, with c among "
        f"the `missingValues` of {small.field} in the descriptor. {COMMITTED}"
    )
    table = next(resource for resource in dataset.resources if resource.path == small.path)
    at, what = cell_column(table, small.line, small.field), f'column "{small.field}": {message}'
    return Problem("small-number-undeclared", what, small.path, small.line, at, small.field, fix, "warning")


def make_problem(code: str, message: str, fix: str, small: Small, dataset: Dataset) -> Problem:
    table = next(resource for resource in dataset.resources if resource.path == small.path)
    column = cell_column(table, small.line, small.field)
    what = f'row {small.line}, column "{small.field}": {message}'
    return Problem(code, what, small.path, small.line, column, small.field, fix)


def refused_cells(problems: list[Problem]) -> set[tuple[str, int | None, str]]:
    """The cells that no other message may speak of: it would repeat what is to be hidden."""
    return {
        (problem.path, problem.line, name)
        for problem in problems
        if problem.code in REFUSED
        for name in (*TELLING, problem.field, f"{problem.field}_printed")
    }
