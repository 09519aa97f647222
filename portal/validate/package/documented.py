"""Does a package say what its data is, and where it comes from?

In:  a Portal without errors: what is still being mended need not be described yet.
Out: at most three warnings a package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.model import OBSERVATION_COLUMNS, Dataset, Portal, Problem
from portal.validate.package.where import described_fields, entries, name_of, problem_at


def check_documented(portal: Portal) -> Iterator[Problem]:
    """Without descriptions and sources the data is published all the same, with a warning on its page."""
    reference = (portal.reference_dataset,) if portal.reference_dataset else ()
    for dataset in (*portal.datasets, *reference):
        yield from check_one(dataset)


def check_one(dataset: Dataset) -> Iterator[Problem]:
    if not dataset.descriptor.get("description"):
        message, fix = "the package has no description", "Say in a sentence what the data is, under `description`."
        yield problem_at(dataset, "description", "not-described", message, fix, "warning")
    if bare := list(find_bare(dataset)):
        message = f"no description of: {'; '.join(bare)}"
        fix = "Give each a `description`: one sentence on what it counts, for somebody who has never seen it."
        yield problem_at(dataset, "resources", "not-described", message, fix, "warning")
    cited = any("source" in resource.field_names for resource in dataset.resources)
    if not dataset.descriptor.get("sources") and not cited:
        message = "the package does not say where its data comes from"
        fix = "Add `sources: [{title: the document or system, path: its web address}]`."
        yield problem_at(dataset, "sources", "no-sources", message, fix, "warning")


def find_bare(dataset: Dataset) -> Iterator[str]:
    """Tables and columns without a description; of a package's only table the package's own will do."""
    several = len(dataset.descriptor.get("resources") or ()) > 1
    for place, entry in entries(dataset):
        if several and not entry.get("description"):
            yield f"the table {name_of(entry)}"
        known = columns_of_ours(entry, dataset)
        fields = [field for _, field in described_fields(place, entry) if field["name"] not in known]
        columns = [field["name"] for field in fields if not field.get("description")]
        if columns:
            shown = ", ".join(columns[:12]) + (f" and {len(columns) - 12} more" if len(columns) > 12 else "")
            yield f"{name_of(entry)}, column{'s' if len(columns) > 1 else ''} {shown}"


def columns_of_ours(entry: Mapping[str, Any], dataset: Dataset) -> set[str]:
    """The portal itself explains the columns of its own conventions."""
    names = {field["name"] for _, field in described_fields("", entry)}
    if dataset.slug == "reference" or name_of(entry) == "measures":
        return names
    return set(OBSERVATION_COLUMNS) if names >= set(OBSERVATION_COLUMNS) else set()
