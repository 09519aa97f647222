"""Does each exemption under `disclosure` still exempt something, and does it say all that it must?

In:  a Dataset, the small numbers found in it, exempted or not and the reference table of series.
Out: Problems at the lines of page.yaml. An exemption that nothing needs is an error: the next number that comes to
     stand in its row would be let through unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from portal.model import Dataset, Observation, Problem
from portal.observations import is_observation_table, read_date
from portal.registers import read_entries
from portal.spec import Exemption, PageSpec, Release
from portal.validate.age import check_sentence_age
from portal.validate.people.hidden import says_number
from portal.validate.people.small import Small
from portal.validate.places import did_you_mean
from portal.validate.recovery.given_away import covers, find_recovered

OFFICIAL = "official-statistics"
ADDRESS = re.compile(r"https?://[^\s<>\"'/]+\.[^\s<>\"']+")
FEWEST = 2  # words of a reason: "x" and "n/a" are none
FIRST_YEAR = 2000  # a year before it is a slip of the pen


def is_exempt(small: Small, page: PageSpec) -> bool:
    by_row = bool(small.row) and small.row in page.disclosure
    return by_row or any(release.covers(small.resource, small.series) for release in page.releases)


def check_exemptions(
    dataset: Dataset, found: Sequence[Small], series: Mapping[str, Mapping[str, str]] | None
) -> Iterator[Problem]:
    page = dataset.page
    known = {row.id: row for row in dataset.observations}
    names = {*known, *(entry.id for entry in read_entries(dataset)), *(small.row for small in found if small.row)}
    small_rows = {small.row for small in found}
    for entry in page.disclosure.values():
        place = f"disclosure, rows, {entry.row}: "
        yield from check_row(entry, names, small_rows, place, page.path)
        yield from check_review(entry, known.get(entry.row), place, page.path)
    for release in page.releases:
        place = f"disclosure, releases, {release.resource}: "
        yield from check_release(release, dataset, found, series, place)
        yield from check_review(release, None, place, page.path)
    yield from check_columns(dataset)


def check_row(entry: Exemption, names: set[str], small_rows: set[str], place: str, path: str) -> Iterator[Problem]:
    if entry.row not in names:
        message = f"{place}there is no such row{did_you_mean(entry.row, names)}"
        fix = "Correct the name, or take the entry out of page.yaml."
        yield Problem("exemption-unknown-row", message, path, entry.line, fix=fix)
    elif entry.row not in small_rows:
        message = f"{place}the row holds no small number about people, so there is nothing to exempt"
        fix = "Take the entry out of page.yaml: left there, it would let the next number in this row through."
        yield Problem("exemption-of-nothing", message, path, entry.line, fix=fix)


def check_review(entry: Exemption | Release, row: Observation | None, place: str, path: str) -> Iterator[Problem]:
    """Reason, harm and day: what a reader of the site needs to judge the exemption."""
    day = read_date(entry.date)
    if wrong := find_wrong_day(day, row):
        fix = "Write the day on which somebody considered the harm, as YYYY-MM-DD."
        yield Problem("exemption-date", f"{place}the date {wrong}", path, entry.line, field="date", fix=fix)
    for name in ("reason", "harm"):
        text = str(getattr(entry, name, ""))
        if hasattr(entry, name) and len(re.findall(r"[^\W\d_]{2,}", text)) < FEWEST:
            message, fix = f"{place}{name}: it says too little", "Say it in a sentence: it stands on the site."
            yield Problem("exemption-reason", message, path, entry.line, field=name, fix=fix)
        yield from check_sentence_age(path, f"{place}{name}: ", entry.line, text)
        if says_number(text) or "{" in text or "<" in text:
            message = f"{place}{name}: it says a number, or holds {{ or <"
            fix = "Say it in plain words without a number: the text stands on the site beside the figure."
            yield Problem("exemption-number", message, path, entry.line, field=name, fix=fix)


def find_wrong_day(day: date | None, row: Observation | None) -> str:
    if day is None or day.year < FIRST_YEAR:
        return "cannot be read as a day"
    if row and row.period_end and day < row.period_end:
        return "lies before the end of the period that is counted"
    return ""


def check_release(
    release: Release,
    dataset: Dataset,
    found: Sequence[Small],
    series: Mapping[str, Mapping[str, str]] | None,
    place: str,
) -> Iterator[Problem]:
    path, tables = dataset.page.path, {resource.name: resource for resource in dataset.resources}
    if not ADDRESS.fullmatch(release.policy_url):
        fix = "Write the web address of the publisher's policy, from https:// on."
        yield Problem("exemption-address", f"{place}policy_url is no web address", path, release.line, fix=fix)
    if release.resource not in tables:
        message = f"{place}there is no such resource{did_you_mean(release.resource, tables)}"
        yield Problem("unknown-name", message, path, release.line, fix="Correct the name in page.yaml.")
        return
    official = series is None or series.get(release.series, {}).get("type") == OFFICIAL
    if is_observation_table(tables[release.resource]) and not official:
        message = f"{place}only official statistics are exempted as a whole"
        fix = (
            "Name as `series` one that is of type official-statistics in reference/data/series.csv; exempt figures of "
            "council papers row by row, under `rows`."
        )
        yield Problem("exemption-series", message, path, release.line, field="series", fix=fix)
        return
    given_away = (cell for cell, _ in find_recovered(dataset))
    if not (
        any(release.covers(small.resource, small.series) for small in found)
        or any(covers(release, dataset, cell) for cell in given_away)
    ):
        message = f"{place}it holds no small number about people, so there is nothing to exempt"
        fix = "Take the entry out of page.yaml: left there, it would let the next small number through."
        yield Problem("exemption-of-nothing", message, path, release.line, fix=fix)


def check_columns(dataset: Dataset) -> Iterator[Problem]:
    page, tables = dataset.page, {resource.name: resource for resource in dataset.resources}
    for entry in page.columns:
        place = f"disclosure, columns, {entry.resource}: "
        table = tables.get(entry.resource)
        if table is None:
            message = f"{place}there is no such resource{did_you_mean(entry.resource, tables)}"
            yield Problem("unknown-name", message, page.path, entry.line, fix="Correct the name in page.yaml.")
        elif is_observation_table(table) or any(spec.resource == entry.resource for spec in page.registers):
            message = f"{place}the columns of this table are not plain"
            fix = "Say it as `subject` in the measures table, or of the register in page.yaml."
            yield Problem("columns-not-plain", message, page.path, entry.line, fix=fix)
        for name in entry.fields if table else ():
            if table and name not in table.field_names:
                message = f'{place}no column called "{name}"{did_you_mean(name, table.field_names)}'
                yield Problem("unknown-name", message, page.path, entry.line, fix="Correct the name in page.yaml.")
