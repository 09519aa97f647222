"""Which small numbers may stand, and why: what the page about data quality says of disclosure.

In:  the Portal, whose page.yaml files name the exemptions, and the publisher's settings.
Out: values for the template. Every exemption is told with its reason, the harm considered, its day and its reviewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from markupsafe import Markup

from portal.formats import format_date
from portal.model import Dataset
from portal.pages.render import Renderer, link_measure, link_row, row_href
from portal.policy import LIKE_CHILDREN, SMALLEST, read_policy
from portal.registers import read_entries
from portal.spec import Exemption, Release

SUBJECTS = {
    "children": "children",
    "families": "families",
    "event-about-a-person": "what happened to a person",
    "staff": "staff",
    "other": "not people",
}


def small_numbers(renderer: Renderer, root: str) -> dict[str, Any]:
    datasets = renderer.portal.datasets
    return {
        **rules_of(renderer),
        "exempt": [(d, entries) for d in datasets if (entries := list(exempted_rows(d, root)))],
        "releases": [(told_release(r, d, root), facts_of(r)) for d in datasets for r in d.page.releases],
        "columns": [
            (dataset_link(d, root), list(c.fields), SUBJECTS[c.subject]) for d in datasets for c in d.page.columns
        ],
    }


def rules_of(renderer: Renderer) -> dict[str, Any]:
    """The rules as they are set, never typed: how small is small, and whether staff are hidden too."""
    policy = read_policy(renderer.facts)
    return {
        "small": policy.small,
        "smallest": SMALLEST,
        "staff_too": policy.staff == LIKE_CHILDREN,
    }


def exempted_rows(dataset: Dataset, root: str) -> Iterator[tuple[Markup, list[tuple[str, str]]]]:
    entries = {entry.id for entry in read_entries(dataset)}
    for name, exemption in dataset.page.disclosure.items():
        row = dataset.row(name)
        if row is not None:
            parts = [f"{name}: {value}".replace("-", " ").replace("_", " ") for name, value in row.breakdown if value]
            label = Markup(", ").join([link_measure(row.measure, root), *parts, row.period])
            what = Markup("{} {}").format(link_row(row, root), label)
        elif name in entries:
            what = Markup('<a href="{}">{}</a>, {}').format(row_href(dataset.slug, name, root), name, dataset.title)
        else:
            what = Markup("{}, {}").format(name.partition("/")[2], dataset_link(dataset, root))
        yield what, facts_of(exemption)


def facts_of(entry: Exemption | Release) -> list[tuple[str, str]]:
    """(name, text), as a list of facts shows them."""
    facts = [("Why it may stand", entry.reason)]
    facts += [("Harm considered", entry.harm)] if isinstance(entry, Exemption) else []
    return [*facts, ("Considered", f"{format_date(date.fromisoformat(entry.date))}, by {entry.reviewed_by}")]


def told_release(release: Release, dataset: Dataset, root: str) -> Markup:
    return Markup('{}: {}, by its publisher’s policy <a href="{}">{}</a>').format(
        dataset_link(dataset, root), release.series or release.resource, release.policy_url, release.policy
    )


def dataset_link(dataset: Dataset, root: str) -> Markup:
    return Markup('<a href="{}datasets/{}/">{}</a>').format(root, dataset.slug, dataset.title)
