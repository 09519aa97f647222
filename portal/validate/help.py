"""Has somebody checked each help line, and not too long ago?

In:  the reference table `help_contacts`, and the day of the build when one is given.
Out: a Problem for each line whose cells cannot be shown, and a warning for each that was checked too long ago.

A line without a day of checking is never shown: a young person must not ring a number that nobody has looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from portal.formats import format_date
from portal.model import Portal, Problem, Resource
from portal.validate.places import cell_column

MONTHS = 6  # after which a line should be looked up again
WEB = re.compile(r"https://[^\s\"<>]+")
NUMBER = re.compile(r"\d[\d ]{1,13}\d")
SHOWN = ("service", "who_it_is_for", "telephone", "hours", "checked_against")


def find_table(portal: Portal) -> Resource | None:
    tables = portal.reference_dataset.resources if portal.reference_dataset else ()
    return next((r for r in tables if r.name == "help_contacts"), None)


def check_help(portal: Portal) -> Iterator[Problem]:
    """Each line that is to be shown can be shown whole; and a section for young people has one to show."""
    table = find_table(portal)
    lines = list(zip(table.records(), table.lines, strict=True)) if table else []
    for record, line in lines:
        assert table is not None
        if day := record.get("checked_on", "").strip():
            yield from check_line(record, day, table, line)
    if portal.young and not any(record.get("checked_on", "").strip() for record, _ in lines):
        message = "no help line has been checked, so these pages would show nobody to call"
        fix = "Look the numbers up with those who answer them, and write the day under checked_on in help_contacts.csv."
        yield Problem("no-help", message, portal.young.path, fix=fix)


def check_line(record: Mapping[str, str], day: str, table: Resource, line: int) -> Iterator[Problem]:
    for field in (name for name in SHOWN if not record.get(name, "").strip()):
        yield tell("help-line", table, line, field, "the cell is empty", "Fill it in, or empty checked_on.")
    number = record.get("telephone", "")
    if number and not NUMBER.fullmatch(number):
        fix = "Write digits with single spaces between them."
        yield tell("help-line", table, line, "telephone", "this is no telephone number", fix)
    address, words = (record.get(name, "").strip() for name in ("online", "online_words"))
    if (address and not WEB.fullmatch(address)) or bool(address) != bool(words):
        fix = "Write the whole address, https:// first, and under online_words what happens there; or empty both cells."
        yield tell("help-line", table, line, "online", "this leads to no page that a reader could choose", fix)
    if read_day(day) is None:
        fix = "Write the day as 2026-11-22, or leave the cell empty."
        yield tell("help-line", table, line, "checked_on", "this is no day", fix)


def check_help_age(portal: Portal, today: date) -> Iterator[Problem]:
    """Asked only when the build is given a day."""
    table = find_table(portal)
    for record, line in zip(table.records(), table.lines, strict=True) if table else ():
        day = read_day(record.get("checked_on", ""))
        if day is None:
            continue
        if day > today:
            yield tell("help-line", table, line, "checked_on", "this day has not come yet", "Correct the day.")
        elif (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day) >= MONTHS:
            message = f"{record.get('service')} was last checked on {format_date(day)}, {MONTHS} months ago or more"
            fix = "Look the number and the hours up again, then write today under checked_on."
            yield tell("help-old", table, line, "checked_on", message, fix, "warning")


def read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        return None


def tell(
    code: str, table: Resource | None, line: int, field: str, message: str, fix: str, severity: str = "error"
) -> Problem:
    assert table is not None
    where = f'row {line}, column "{field}": {message}'
    return Problem(code, where, table.path, line, cell_column(table, line, field), field, fix, severity)
