"""Is the descriptor complete and safe enough to publish under?

In:  a Dataset's descriptor, whose shape `load` has seen to.
Out: Problems with the descriptor itself, each where it stands; the tables it describes are checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from portal.model import Dataset, Problem
from portal.privacy import quote
from portal.validate.package.columns import check_columns
from portal.validate.package.keys import check_keys
from portal.validate.package.links import check_links
from portal.validate.package.patterns import check_pattern_rules
from portal.validate.package.profile import check_profile
from portal.validate.package.where import described_fields, entries, name_of, problem_at, schema_of

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
USUAL = {
    *("header=True", 'quoteChar="', "doubleQuote=True", "skipInitialSpace=False"),
    *("headerRows=[1]", "headerJoin= ", "commentRows=[]", "caseSensitiveHeader=False", "caseSensitiveHeader=True"),
}
HARMLESS = {"delimiter", "lineTerminator", "$schema", "csvddfVersion"}  # what exports add and no reading depends on
OLD = {"type": "name", "url": "path"}
RESERVED = {"all", "catalog", "observations"}  # their files stand beside those of the datasets


def check_descriptor(dataset: Dataset) -> Iterator[Problem]:
    yield from check_folder(dataset)
    if not dataset.descriptor.get("resources") and not was_refused(dataset, "resources"):
        fix = "List at least one CSV file under `resources`."
        yield problem_at(dataset, "resources", "no-resources", "the package lists no resources", fix)
    yield from check_licence(dataset)
    yield from check_dialects(dataset)
    yield from check_names(dataset)
    yield from check_fields(dataset)
    yield from check_links(dataset)
    found = [*check_columns(dataset), *check_keys(dataset), *check_pattern_rules(dataset)]
    yield from found
    yield from unless_told(check_profile(dataset), found)


def unless_told(problems: Iterable[Problem], told: Iterable[Problem]) -> Iterator[Problem]:
    """The published profile sees some of what we have said in plainer words."""
    places = {(problem.path, problem.line, problem.column) for problem in told}
    seen: set[tuple[str, int | None, int | None]] = set()
    for problem in problems:
        place = (problem.path, problem.line, problem.column)
        if place not in places | seen or problem.line is None:
            yield problem
        seen.add(place)


def was_refused(dataset: Dataset, name: str) -> bool:
    """What stands there in the wrong shape is not missing."""
    return any(place == name or place.startswith(f"{name}.") for place in dataset.descriptor_refused)


def check_folder(dataset: Dataset) -> Iterator[Problem]:
    if not NAME.fullmatch(dataset.slug):
        yield Problem(
            "folder-name",
            f'the folder name "{dataset.slug}" becomes a web address: only a-z, 0-9 and single hyphens',
            dataset.folder,
            fix=f'Rename the folder, for example to "{re.sub("[^a-z0-9]+", "-", dataset.slug.lower()).strip("-")}".',
        )
    if dataset.slug in RESERVED:
        yield Problem(
            "folder-name",
            f'the address of "{dataset.slug}" belongs to the portal itself',
            dataset.folder,
            fix="Rename the folder.",
        )
    name = dataset.descriptor.get("name")
    if name is not None and not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", name):
        message = f"the package's name {quote(name)} cannot be part of an address"
        yield problem_at(
            dataset, "name", "package-name", message, f"Use small letters a-z, 0-9, - and _, such as `{dataset.slug}`."
        )
    created = dataset.descriptor.get("created")
    if created is not None and not is_moment(created):
        message = f"{quote(created)} is no day on which the package was made"
        yield problem_at(dataset, "created", "not-a-date", message, "Write it as 2026-01-31, or 2026-01-31T09:00:00Z.")


def is_moment(text: str) -> bool:
    try:
        return len(text) >= 10 and text[4] == text[7] == "-" and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def check_clashes(datasets: Iterable[Dataset]) -> Iterator[Problem]:
    """A package that was copied and kept its name: whoever cites one of the two may mean the other."""
    names: dict[str, str] = {}
    for dataset in (dataset for dataset in datasets if NAME.fullmatch(dataset.slug)):  # others are told of already
        name = str(dataset.descriptor.get("name") or dataset.slug).casefold()
        other = names.setdefault(name, dataset.folder)
        if other != dataset.folder:
            message = f"the package is called {quote(name)}, as is the one in {other}"
            yield problem_at(dataset, "name", "same-name", message, f"Call it `{dataset.slug}`, as its folder.")


def check_licence(dataset: Dataset) -> Iterator[Problem]:
    licences = dataset.descriptor.get("licenses") or ()
    named = [x for x in licences if isinstance(x, dict) and (x.get("name") or x.get("path"))]
    if not named and not was_refused(dataset, "licenses"):
        message = "the package names no licence, so nobody may use it"
        fix = "Add `licenses: [{name: CC-BY-4.0}]` or the licence that holds."
        if old := [x for x in licences if isinstance(x, dict) and (x.get("type") or x.get("url"))]:
            message = "the licence is written as in a draft of the standard, so that nobody reads it"
            names = " and ".join(f"`{a}` to `{b}`" for a, b in OLD.items() if a in old[0])
            fix = f"Rename {names} in the entry of `licenses`."
        yield problem_at(dataset, "licenses", "no-licence", message, fix)


def check_dialects(dataset: Dataset) -> Iterator[Problem]:
    """A file is read as plain CSV with a header; what would be read otherwise is refused, not read wrongly."""
    for place, entry in entries(dataset):
        dialect = flatten_dialect(entry.get("dialect") or {})
        odd = {k for k, v in dialect.items() if k not in HARMLESS and v is not None and f"{k}={v}" not in USUAL}
        if "commentChar" in odd and not has_comments(dataset, entry, dialect["commentChar"]):
            odd.remove("commentChar")
        if odd or len(str(dialect.get("delimiter", ","))) != 1:
            named = ", ".join(sorted(odd)) or "delimiter"
            message = f"{name_of(entry)}: a file that is written so is not read here (`dialect`: {named})"
            fix = "Save the file as plain CSV with one header row, and take `dialect` out."
            yield problem_at(dataset, f"{place}.dialect", "unsupported-dialect", message, fix)
        forms = ("csv", "tsv") if dialect.get("delimiter") == "\t" else ("csv",)
        if entry.get("type", "table") != "table" or str(entry.get("format", "csv")).lower() not in forms:
            what = entry["type"] if entry.get("type", "table") != "table" else entry["format"]
            message = f"{name_of(entry)}: {quote(what)} is not published here, only tables in CSV files"
            part = "type" if entry.get("type", "table") != "table" else "format"
            yield problem_at(dataset, f"{place}.{part}", "unsupported-dialect", message, "Export the data as CSV.")


def flatten_dialect(dialect: Mapping[str, Any]) -> dict[str, Any]:
    """Some tools write what concerns CSV one level further down."""
    inner = dialect.get("csv")
    return {**{k: v for k, v in dialect.items() if k != "csv"}, **inner} if isinstance(inner, dict) else dict(dialect)


def has_comments(dataset: Dataset, entry: Mapping[str, Any], mark: object) -> bool:
    """Whether a line of the file would be passed over; most exports name a mark, and few files have one."""
    content = next((r.content for r in dataset.resources if r.name == name_of(entry)), b"")
    lines = content.decode("utf-8-sig", "replace").splitlines()
    return not isinstance(mark, str) or not mark or any(line.lstrip(' "').startswith(mark) for line in lines)


def check_names(dataset: Dataset) -> Iterator[Problem]:
    """A resource's name is its file's address: unique whatever the capital letters, and safe in one."""
    seen: dict[str, str] = {}
    for place, entry in entries(dataset):
        name = name_of(entry)
        other = seen.get(name.casefold())
        if other is not None:
            message = f"two resources are called {quote(name)}"
            message = (
                message
                if other == name
                else f"the names {quote(other)} and {quote(name)} differ by capital letters alone"
            )
            fix = "Give each a name of its own in `name`, in small letters."
            yield problem_at(dataset, f"{place}.name", "resource-name", message, fix)
        elif not NAME.fullmatch(re.sub("[_.]", "-", name)):
            message, fix = (
                f"{quote(name)} cannot be part of an address",
                "Use small letters a-z, 0-9, - and _ in `name`.",
            )
            yield problem_at(dataset, f"{place}.name", "resource-name", message, fix)
        seen.setdefault(name.casefold(), name)


def check_fields(dataset: Dataset) -> Iterator[Problem]:
    """Columns that only capital letters tell apart are one in most databases and spreadsheets."""
    for place, entry in entries(dataset):
        seen: dict[str, str] = {}
        for at, field in described_fields(place, entry):
            name = field["name"]
            if name.casefold() in seen:
                other = seen[name.casefold()]
                message = f"the columns {quote(other)} and {quote(name)} differ by capital letters alone"
                message += ", and are one to most databases"
                message = f"the column {quote(name)} is described twice" if other == name else message
                fix = "Give each column a name of its own, here and in the file."
                severity = "error" if other == name else "warning"
                yield problem_at(dataset, f"{at}.name", "field-name", message, fix, severity)
            seen.setdefault(name.casefold(), name)
        if schema_of(entry) and not schema_of(entry).get("fields") and not was_refused(dataset, f"{place}.schema"):
            message = f"{name_of(entry)}: the schema describes no columns"
            fix = "List them under `fields`, in the order of the file, or take `schema` out."
            yield problem_at(dataset, f"{place}.schema", "no-fields", message, fix)
