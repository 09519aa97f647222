"""Does each register keep its convention?

In:  a Dataset and the portal's reference tables.
Out: Problems with columns, names, dates, numbers against what was printed, and quantities typed into its text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from portal.model import Dataset, Entry, Portal, Problem, Resource
from portal.observations import read_date, read_number
from portal.printed import parse_printed
from portal.privacy import NOT_REPEATED, quote
from portal.quantities import find_loose
from portal.registers import DATE_COLUMNS, REGISTER_COLUMNS, find_register, read_entries
from portal.spec import RegisterSpec
from portal.validate.places import cell_column, did_you_mean

NEEDED = {"table": (), "cards": ("title", "text"), "timeline": (*DATE_COLUMNS, "title", "text")}
PRECISIONS = ("day", "month", "quarter", "year", "none")
ROLES = ("planned", "happened", "published")
TYPED_ELSEWHERE = {"date", "datetime", "year", "yearmonth", "boolean", "integer", "number"}  # the schema sees to them
NO_PROSE = {
    *("id", "source", "locator", "figures", "flags", "event", "happened_as"),
    *("made_by", "shown_by", "measure", "series", "spans"),
}

Finding = tuple[str, str, str, str]


def check_registers(dataset: Dataset, portal: Portal, constants: Collection[str] = ()) -> Iterator[Problem]:
    page = dataset.page
    for spec in page.registers:
        table = find_register(dataset, spec)
        if table is None:
            known = [r.name for r in dataset.resources]
            message = f"registers: no resource called {quote(spec.resource)}{did_you_mean(spec.resource, known)}"
            yield Problem("unknown-name", message, page.path, spec.line, fix="Correct the name in page.yaml.")
        else:
            yield from check_columns(spec, table, page.path)
    seen: dict[str, Entry] = {}
    for entry in read_entries(dataset):
        if seen.setdefault(entry.id, entry).path == entry.path and seen[entry.id] is not entry:
            message = f'row {entry.line}, column "id": {quote(entry.id)} stands in row {seen[entry.id].line} already'
            yield Problem("duplicate-id", message, entry.path, entry.line, field="id", fix="Give it an id of its own.")
        resource = next(r for r in dataset.resources if r.path == entry.path)
        for code, field, message, fix in check_entry(entry, resource, portal, constants):
            column = cell_column(resource, entry.line, field)
            what = f'row {entry.line}, column "{field}": {message}'
            yield Problem(code, what, entry.path, entry.line, column, field, fix)


def check_columns(spec: RegisterSpec, table: Resource, path: str) -> Iterator[Problem]:
    names = set(table.frame.columns)
    missing = [name for name in (*REGISTER_COLUMNS, *needed_by(spec)) if name not in names]
    if missing:
        form = "timeline" if spec.timeline else spec.form
        message = f"a register shown as {form} without: {', '.join(missing)}"
        yield Problem("register-columns", message, table.path, 1, fix="Add the columns.")
    described = {field.name for field in table.fields}
    for name in spec.columns:
        if name not in names or name not in described:
            message = f"registers, {spec.resource}: no column called {quote(name)}{did_you_mean(name, described)}"
            yield Problem("unknown-name", message, path, spec.line, fix="Correct the name in page.yaml.")
    for field in table.fields:
        if field.type in ("integer", "number") and f"{field.name}_printed" not in names:
            message = f'the numbers in "{field.name}" have no column "{field.name}_printed"'
            fix = "Add it with the exact characters of the document, or make the column text."
            yield Problem("register-columns", message, table.path, 1, field=field.name, fix=fix)


def needed_by(spec: RegisterSpec) -> tuple[str, ...]:
    """A list may be shown as cards, and stand on the timeline as well."""
    on_timeline = spec.timeline and spec.timeline != "leave-out"
    return tuple(dict.fromkeys((*NEEDED[spec.form], *(NEEDED["timeline"] if on_timeline else ()))))


def check_entry(entry: Entry, resource: Resource, portal: Portal, constants: Collection[str]) -> Iterator[Finding]:
    cells, reference = entry.cells, portal.reference
    if cells["source"] not in reference.sources:
        close = did_you_mean(cells["source"], reference.sources)
        fix = "Correct it, or add it to reference/data/sources.csv."
        yield "unknown-code", "source", f"{quote(cells['source'])} is not in reference/sources{close}", fix
    if not cells["locator"]:
        yield "locator-missing", "locator", "the row names no place in its document", "Say where it stands."
    for flag in entry.flags:
        if flag not in reference.quality_flags:
            close = did_you_mean(flag, reference.quality_flags)
            fix = "Correct it, or add it to reference/data/quality_flags.csv."
            yield "unknown-code", "flags", f"{quote(flag)} is not in reference/quality_flags{close}", fix
    yield from check_numbers(entry)
    yield from check_dates(cells)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", entry.id):
        fix = "Use small letters, digits and hyphens: it is an address."
        yield "bad-id", "id", f"{quote(entry.id)} is no id", fix
    plain = {*NO_PROSE, *entry.numbers, *(f"{name}{end}" for name in entry.numbers for end in ("_printed", "_locator"))}
    plain |= {*DATE_COLUMNS, "date_printed"} if set(DATE_COLUMNS) <= set(cells) else set()
    for field in resource.fields:
        if (
            field.type not in TYPED_ELSEWHERE
            and field.name not in plain
            and (found := find_loose(cells.get(field.name, ""), constants))
        ):
            typed = found[0].text
            fix = "Put it into a row of observations and name that row in `figures`, or into a column of numbers."
            what = "a number" if quote(typed) == NOT_REPEATED else f"the number {quote(typed)}"
            yield "typed-number", field.name, f"{what} is typed into the text", fix


def check_numbers(entry: Entry) -> Iterator[Finding]:
    for name in entry.numbers:
        value, printed = entry.cells[name], entry.cells[f"{name}_printed"]
        if not value and not printed:
            if "blank" not in entry.flags:
                fix = "Fill it, or flag the row blank when the document leaves the place empty."
                yield "register-number", name, "the cell is empty", fix
        elif read_number(value) is None or parse_printed(printed) != read_number(value):
            fix = "Correct whichever was mistyped; the document decides."
            yield "printed-value", name, f"{value or 'nothing'} is not what was printed: {quote(printed)}", fix


def check_dates(cells: dict[str, str]) -> Iterator[Finding]:
    if not set(DATE_COLUMNS) <= set(cells):
        return
    for field, known in (("precision", PRECISIONS), ("role", ROLES)):
        if cells[field] not in known:
            yield "unknown-word", field, f"{quote(cells[field])} is none of: {', '.join(known)}", "Write one of them."
    start, end = read_date(cells["date_start"]), read_date(cells["date_end"])
    if cells["precision"] != "none" and not (start and end):
        fix = "Give both as YYYY-MM-DD, or precision none."
        yield "date-missing", "date_start" if not start else "date_end", "the date is not given", fix
    for field, day in (("date_start", start), ("date_end", end)):
        if day and not 1800 <= day.year <= 2100:
            yield "date-range", field, f"{day.year} is no year of these papers", "Correct the year."
    if start and end and start > end:
        yield "date-order", "date_start", "it starts after it ends", "Exchange or correct the dates."


def check_entry_figures(portal: Portal, whole: bool) -> Iterator[Problem]:
    """`figures` of a register may name rows of any package, `dataset` its folder."""
    ids = {row.id for dataset in portal.datasets for row in dataset.observations}
    slugs = {dataset.slug for dataset in portal.datasets}
    for entry in (entry for dataset in portal.datasets for entry in read_entries(dataset)):
        slug = entry.cells.get("dataset", "")
        if whole and slug and slug not in slugs:
            message = f'row {entry.line}, column "dataset": no dataset called {quote(slug)}{did_you_mean(slug, slugs)}'
            yield Problem("unknown-name", message, entry.path, entry.line, field="dataset", fix="Name its folder.")
        for name in entry.figures if whole else ():
            if name not in ids:
                message = f'row {entry.line}, column "figures": no row called {quote(name)}{did_you_mean(name, ids)}'
                fix = "Name a row of observations."
                yield Problem("unknown-row", message, entry.path, entry.line, field="figures", fix=fix)
