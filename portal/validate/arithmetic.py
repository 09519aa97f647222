"""Do the printed figures add up, and is it said where they do not?

In:  a Portal, and the results of the checks that its page.yaml files declare.
Out: a Problem for each check that fails undeclared, for each declared mismatch that is none, and for names and flags
     that lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.made import Cell, CheckResult
from portal.model import Dataset, Observation, Portal, Problem
from portal.privacy import quote
from portal.registers import read_entries
from portal.spec import CheckSpec
from portal.validate.places import did_you_mean

# A mismatch is seen beside its figure: one of its cells wears one of these flags.
MAKING = ("sum", "mean", "share")  # the forms whose result can be a figure that we worked out
FLAGS = {"sum-mismatch", "conflict", "ambiguous", "unlike-compared"}
WORDS = {
    "sum": "the parts make {made}, not {printed}",
    "mean": "the mean of the parts is {made}, not {printed}",
    "product": "the two make {made}, not {printed}",
    "share": "the share works out as {made}, not {printed}",
    "restates": "{made} is printed in one place and {printed} in the other",
    "same_base": "the counts and rates do not speak of one population: {made}",
}


def check_arithmetic(portal: Portal, results: Iterable[CheckResult], whole: bool = True) -> Iterator[Problem]:
    """`whole`: all datasets were read, so that a row which is not there is missing."""
    datasets = {dataset.slug: dataset for dataset in portal.datasets}
    rows = {row.id: row for dataset in portal.datasets for row in dataset.observations}
    flags = {row.id: row.flags for row in rows.values()}
    flags |= {entry.id: entry.flags for dataset in portal.datasets for entry in read_entries(dataset)}
    results = list(results)
    agreeing = {id(r.spec) for r in results if r.holds} - {id(r.spec) for r in results if not r.holds}
    for result in results:
        page = datasets[result.dataset].page
        yield from judge(result, page.path, flags, whole)
        yield from check_parts(result, rows, page.path)
        if id(result.spec) in agreeing and result.spec.mismatch:
            agreeing.discard(id(result.spec))  # a check of a register has a result for each row: told once
            message = f"check {quote(result.spec.id)}: a mismatch is declared, but the figures agree"
            fix = "Take `mismatch` out, and the flag off the figure."
            yield Problem("check-agrees", message, page.path, result.spec.line, fix=fix)
    if whole:
        yield from check_flags(list(rows.values()), results)


def judge(result: CheckResult, path: str, flags: Mapping[str, Sequence[str]], whole: bool) -> Iterator[Problem]:
    spec = result.spec
    start = f"check {quote(spec.id)}: "
    if result.missing:
        if whole or spec.form == "product":
            what = "column or resource" if spec.form == "product" else "row"
            message = f"{start}no {what} called {quote(result.missing[0])}{did_you_mean(result.missing[0], flags)}"
            yield Problem("unknown-name", message, path, spec.line, fix="Correct the name in page.yaml.")
    elif result.empty:
        message = f"{start}{result.empty[0]} holds no number to calculate with"
        yield Problem("check-empty", message, path, spec.line, fix="Take the row out of the check.")
    elif not result.holds and not spec.mismatch:
        yield failure(result)
    elif not result.holds and spec.mismatch and outcome(result) != spec.makes:
        message = f'{start}another mismatch than the declared one: "{outcome(result)}", declared "{spec.makes}". '
        message += f"The cells: {cells_of(result)}"
        fix = f'Correct the cell that was mistyped; if the document prints it so, write makes: "{outcome(result)}"'
        yield Problem("check-changed", message, path, spec.line, fix=fix)
    elif not result.holds and not any(FLAGS & set(flags.get(cell.row, ())) for cell in result.cells):
        message = f"{start}the mismatch is declared, but no cell of it is flagged"
        fix = f"Flag {result.cells[-1].row} with one of: {', '.join(sorted(FLAGS))}."
        yield Problem("check-unflagged", message, path, spec.line, fix=fix)


def outcome(result: CheckResult) -> str:
    """What the parts make and what is printed, as `makes` holds it."""
    if result.spec.form == "same_base":
        return result.made
    return f"{result.made}, not {printed_result(result)}"


def printed_result(result: CheckResult) -> str:
    return "100" if result.spec.equals == "100" else result.cells[-1].printed


def failure(result: CheckResult) -> Problem:
    """The message names every cell: whoever reads it has to find the one that was mistyped."""
    spec, last = result.spec, result.cells[-1]
    what = WORDS[spec.form].format(made=result.made, printed=printed_result(result))
    return Problem(
        "check-failed",
        f"check {quote(spec.id)}: {what}. The cells: {cells_of(result)}",
        last.path,
        last.line,
        field=last.column,
        fix="Correct the cell that was mistyped. If the document prints it so, write the reason as `mismatch` beside "
        "the check in page.yaml, and flag the figure.",
    )


def cells_of(result: CheckResult) -> str:
    return "; ".join(f"{place(cell)} {cell.printed}" for cell in result.cells)


def place(cell: Cell) -> str:
    return f"{cell.row}{'' if cell.column == 'value' else '.' + cell.column} ({cell.path}:{cell.line})"


def check_parts(result: CheckResult, rows: Mapping[str, Observation], path: str) -> Iterator[Problem]:
    """A check must be able to fail: nothing is its own part, and a figure of ours is made of printed, exact ones."""
    spec, made = result.spec, rows.get(result.spec.equals)
    names = [name for part in spec.parts for name in part]
    parts = [rows[name] for name in names if name in rows]
    why = ""
    if spec.form in MAKING and (len(set(names)) < len(names) or spec.equals in names):
        why = "a figure is named twice"
    elif spec.form in MAKING and made and "derived" in made.flags:
        why = next((reason for reason in reasons_against(spec, made, parts)), "")
    if why:
        fix = "Name each printed figure of the formula once; leave the figure out if it cannot be worked out exactly."
        yield Problem("check-parts", f"check {quote(spec.id)}: {why}", path, spec.line, fix=fix)


def reasons_against(spec: CheckSpec, made: Observation, parts: Sequence[Observation]) -> Iterator[str]:
    if spec.mismatch:
        yield f"{made.id} was worked out by us, and has no mismatch that anybody printed"
    for row in (made, *parts):
        if row.qualifier != "exact":
            yield f"{row.id} is not exact ({row.qualifier}), so anything near it would do"
        if row is not made and "derived" in row.flags:
            yield f"{row.id} was itself worked out by us"
        if spec.form == "mean" and alike(row) != alike(made):
            yield f"{row.id} and {made.id} differ in measure, series, kind or breakdown"
    one_time = all(when_of(row) == when_of(made) for row in parts)
    if spec.form == "mean" and not one_time and not all(row.area == made.area for row in parts):
        yield f"the parts are of other places and other times than {made.id}"


def alike(row: Observation) -> tuple[object, ...]:
    return (row.measure.id, row.series, row.kind, row.breakdown)


def when_of(row: Observation) -> tuple[object, ...]:
    return (row.basis, row.period_start, row.period_end)


def check_flags(rows: Sequence[Observation], results: list[CheckResult]) -> Iterator[Problem]:
    """A figure is flagged as not adding up only where a declared check shows it; one that we worked out is worked out
    again by each build."""
    declared = {cell.row for result in results if result.spec.mismatch for cell in result.cells}
    unread = {name for result in results if result.missing for name in names_of(result.spec)}
    for row in rows:
        if "sum-mismatch" in row.flags and row.id not in declared | unread:
            message = f'row {row.line}, column "flags": no declared check shows that {row.id} does not add up'
            fix = "Write the check with its `mismatch` in page.yaml, or take the flag off."
            yield Problem("flag-unchecked", message, row.path, row.line, field="flags", fix=fix)
    made = {result.spec.equals for result in results if result.spec.form in MAKING}
    for row in rows:
        if "derived" in row.flags and interval_known(row) and row.id not in made:
            message = f'row {row.line}, column "flags": no declared check works {row.id} out again'
            fix = f"Write a check in page.yaml (one of: {', '.join(MAKING)}) that names it as its result."
            yield Problem("derived-unchecked", message, row.path, row.line, field="flags", fix=fix)


def interval_known(row: Observation) -> bool:
    return row.number is not None or row.low is not None


def names_of(spec: CheckSpec) -> set[str]:
    return {name for part in spec.parts for name in part} | {spec.equals}


def check_repeats(portal: Portal, dataset: Dataset, whole: bool) -> Iterator[Problem]:
    """A row that restates another names the first statement, in whichever package it stands."""
    for row in dataset.observations:
        target = portal.row(row.repeats) if row.repeats else None
        if row.repeats and target is None and whole:
            ids = [o.id for d in portal.datasets for o in d.observations]
            message = (
                f'row {row.line}, column "repeats": no row called {quote(row.repeats)}{did_you_mean(row.repeats, ids)}'
            )
            fix = "Name the row that this one restates."
            yield Problem("unknown-row", message, row.path, row.line, field="repeats", fix=fix)
        elif target is not None and target.repeats:
            message = f'row {row.line}, column "repeats": {quote(row.repeats)} is itself a repeat'
            fix = "Name the first statement."
            yield Problem("repeats-chain", message, row.path, row.line, field="repeats", fix=fix)
