"""Is the descriptor complete enough to publish under?

In:  a Dataset's descriptor.
Out: Problems with the descriptor itself; the tables it describes are checked elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from frictionless import Package
from frictionless.exception import FrictionlessException

from portal.model import Dataset, Problem

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
USUAL = {("header", True), ("quoteChar", '"'), ("doubleQuote", True), ("skipInitialSpace", False)}
RESERVED = {"all", "catalog", "observations"}  # their files stand beside those of the datasets


def check_descriptor(dataset: Dataset) -> Iterator[Problem]:
    path = dataset.descriptor_path
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
    if not dataset.resources and not dataset.descriptor.get("resources"):
        yield Problem(
            "no-resources",
            "the package lists no resources",
            path,
            field="resources",
            fix="List at least one CSV file under `resources`.",
        )
    yield from check_licence(dataset)
    yield from check_described(dataset)
    yield from check_dialects(dataset)
    yield from check_names(dataset)
    yield from check_profile(dataset)


def check_licence(dataset: Dataset) -> Iterator[Problem]:
    licences = dataset.descriptor.get("licenses")
    named = (
        [x for x in licences if isinstance(x, dict) and (x.get("name") or x.get("path"))]
        if isinstance(licences, list)
        else []
    )
    if not named:
        yield Problem(
            "no-licence",
            "the package names no licence, so nobody may use it",
            dataset.descriptor_path,
            field="licenses",
            fix="Add `licenses: [{name: CC-BY-4.0}]` or the licence that holds.",
        )


def check_described(dataset: Dataset) -> Iterator[Problem]:
    """Without a description the data is published all the same, with a warning on its page."""
    if not dataset.descriptor.get("description"):
        yield Problem(
            "not-described",
            "the package has no description",
            dataset.descriptor_path,
            field="description",
            fix="Say in a sentence what the data is.",
            severity="warning",
        )


def check_dialects(dataset: Dataset) -> Iterator[Problem]:
    """A file is read as plain CSV with a header; what would be read otherwise is refused, not read wrongly."""
    plain = {"delimiter", "lineTerminator", "$schema"}
    for entry in dataset.descriptor.get("resources") or []:
        dialect = entry.get("dialect") if isinstance(entry, dict) else None
        if not isinstance(dialect, dict):
            continue
        odd = {k for k, v in dialect.items() if k not in plain and (k, v) not in USUAL}
        if odd or len(str(dialect.get("delimiter", ","))) != 1:
            yield Problem(
                "unsupported-dialect",
                f"{entry.get('name')}: this dialect is not read here ({', '.join(sorted(odd)) or 'delimiter'})",
                dataset.descriptor_path,
                field="dialect",
                fix="Save the file as plain CSV with one header row, and take the entry out.",
            )


def check_names(dataset: Dataset) -> Iterator[Problem]:
    """A resource's name is its file's address: unique, and safe in one."""
    seen: set[str] = set()
    for resource in dataset.resources:
        if not NAME.fullmatch(resource.name.replace("_", "-").replace(".", "-").lower()):
            yield Problem(
                "resource-name",
                f'"{resource.name}" cannot be part of an address',
                dataset.descriptor_path,
                field="name",
                fix="Use a-z, 0-9, - and _.",
            )
        if resource.name in seen:
            yield Problem(
                "resource-name",
                f'two resources are called "{resource.name}"',
                dataset.descriptor_path,
                field="name",
                fix="Give each a name of its own.",
            )
        seen.add(resource.name)


def check_profile(dataset: Dataset) -> Iterator[Problem]:
    """The Data Package standard's own rules, by its own checker."""
    try:
        Package.from_descriptor(dict(dataset.descriptor), basepath=dataset.folder)
    except FrictionlessException as error:
        for reason in error.reasons or [error.error]:
            if reason.note.endswith("is not safe"):  # `load` has named the path that leads out of the folder
                continue
            yield Problem(
                "descriptor-invalid",
                first_sentence(reason.note),
                dataset.descriptor_path,
                fix="Correct the entry; the Data Package standard describes each.",
            )
    except (AttributeError, TypeError):  # the checker itself stumbles over text where names with values belong
        message = "an entry is of the wrong kind, such as text where names with values belong"
        yield Problem(
            "descriptor-invalid", message, dataset.descriptor_path, fix="Compare it with a dataset that passes."
        )


def first_sentence(note: str) -> str:
    return " ".join(note.split())
