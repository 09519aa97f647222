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

# What a reader has from knowing it. A test holds that every kind which is ever told stands here.
SHORTENED = "A spreadsheet has shortened it before it was published, and the last digits may be wrong."
COUNTED_TWICE = "Whoever adds up the column may count something twice."
MEANINGS = {
    "code-decimals": "To match this code with other data, leave out the dot and what comes after it.",
    "edge-space": "The file holds the space: a program that groups or matches cells takes this one for another word.",
    "formula": "The file holds the cell as it stands. A spreadsheet may show something else, or run it: when you open "
    "the file in one, bring this column in as text.",
    "future-period": "The year is probably mistyped, or the figure is a forecast and does not say so.",
    "gap": "Nothing is known of these periods here, and a chart draws no line across them.",
    "garbled-text": "A letter was damaged before the file came here. Read it as the one that was meant.",
    "leading-nought": "The file holds the nought. A spreadsheet drops it unless you bring this column in as text.",
    "no-sources": "Nobody can tell from this page where the numbers come from, or look them up there.",
    "not-described": "What the table holds has to be read from its title and its columns.",
    "odd-number": "The number is meant as it reads, but some programs will take it for a word.",
    "odd-period": "This row may stand in the wrong order, or be missing from the chart.",
    "personal-name": "A text may name a person who need not be named here. Tell us if it should be taken out.",
    "placeholder-contact": "Nobody can be asked yet when a number is wrong.",
    "placeholder-site-url": "The addresses of these pages are not settled yet.",
    "profile-not-read": "The data was checked by the general rules, not by the ones that its publisher names.",
    "record-level-shape": "The table may hold a row for each person, which none should. Tell us if it does.",
    "same-point": "Two rows speak of one thing: read one of them, and do not add them up.",
    "same-row": COUNTED_TWICE,
    "short-code": "The code may lack its first nought, and then matches nothing in other data.",
    "shortened-code": SHORTENED,
    "shortened-number": SHORTENED,
    "small-number-undeclared": "Nothing says whether these small numbers count children. Tell us if they point at one.",
    "total-row": COUNTED_TWICE,
    "two-spellings": "They are probably one group: a program that counts by group makes two of them.",
    "unlisted-file": "The file lies beside the data and is not part of it: it is not published on this site.",
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
