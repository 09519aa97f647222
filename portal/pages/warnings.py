"""Say on the site what a check found and did not stop: what, where, and what it means for a reader.

In:  the warnings that will be published, and the Portal.
Out: lines for the page of a dataset and for /data-quality/. What a check withheld is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.formats import plural
from portal.model import Dataset, Portal, Problem

MOST = 50  # lines about one dataset; what comes after them is counted

# What a reader has from knowing it. A kind that is not listed says only that the files stand as they are.
MEANINGS = {
    "formula": "The file holds the cell as it stands. A spreadsheet may show something else, or run it: when you open "
    "the file in one, bring this column in as text.",
    "not-described": "What the table holds has to be read from its title and its columns.",
    "placeholder-contact": "Nobody can be asked yet when a number is wrong.",
    "placeholder-site-url": "The addresses of these pages are not settled yet.",
}


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning as a reader meets it."""

    what: str
    where: Markup


@dataclass(frozen=True, slots=True)
class Place:
    """All warnings on one dataset, or on what belongs to none."""

    title: str
    href: str
    groups: tuple[tuple[str, tuple[Warned, ...]], ...]  # what the warnings of one kind mean, and the warnings
    more: str


def places_of(problems: Sequence[Problem], portal: Portal, root: str) -> Iterator[Place]:
    """What was found, dataset by dataset, then in the reference tables and in the portal's own settings."""
    left = list(problems)
    for dataset in portal.datasets:
        own = belonging(problems, dataset)
        left = [problem for problem in left if problem not in own]
        if own:
            yield make_place(dataset.title, f"{root}datasets/{dataset.slug}/#warnings", own, dataset, root)
    if reference := portal.reference_dataset:
        own = belonging(left, reference)
        left = [problem for problem in left if problem not in own]
        if own:
            yield make_place("What the codes mean", "", own, reference, root)
    if left:
        yield make_place("The portal itself", "", left, None, root)


def belonging(problems: Sequence[Problem], dataset: Dataset) -> list[Problem]:
    return [p for p in problems if p.path == dataset.folder or p.path.startswith(f"{dataset.folder}/")]


def place_on_page(problems: Sequence[Problem], dataset: Dataset, root: str) -> Place | None:
    """The warnings that stand on a dataset's own page."""
    own = belonging(problems, dataset)
    return make_place(dataset.title, "", own, dataset, root) if own else None


def make_place(title: str, href: str, problems: Sequence[Problem], dataset: Dataset | None, root: str) -> Place:
    groups: dict[str, list[Warned]] = {}
    for problem in problems[:MOST]:
        meaning = MEANINGS.get(problem.code, "The files are published as they stand.")
        groups.setdefault(meaning, []).append(describe(problem, dataset, root))
    left = len(problems) - MOST
    more = f"And {plural(left, 'more warning')}." if left > 0 else ""
    return Place(title, href, tuple((meaning, tuple(lines)) for meaning, lines in groups.items()), more)


def describe(problem: Problem, dataset: Dataset | None, root: str) -> Warned:
    what = problem.message[:1].upper() + problem.message[1:]
    return Warned(what.rstrip("."), where_words(problem, dataset, root))


def where_words(problem: Problem, dataset: Dataset | None, root: str) -> Markup:
    """The file, as a link where it can be downloaded, and the line."""
    name = problem.path.rpartition("/")[2]
    resource = next((r for r in dataset.resources if r.path == problem.path), None) if dataset else None
    file: Markup = escape(name)
    if resource and dataset:
        link = Markup('<a href="{}data/{}/{}.csv">{}.csv</a>')
        file = link.format(root, dataset.slug, resource.name, resource.name)
    said = re.search(rf"\b(?:row|line) {problem.line}\b", problem.message)
    return Markup("{}, line {}").format(file, problem.line) if problem.line and not said else file
