"""Say on the site what a check found and did not stop: what, where, and what it means for a reader.

In:  the warnings that will be published, and the Portal.
Out: lines for the page of a dataset and for /data-quality/. What a check withheld is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portal.formats import plural
from portal.model import Dataset, Portal, Problem
from portal.privacy import NOT_REPEATED

MOST = 50  # lines about one dataset; what comes after them is counted
SHOWN = 5  # lines of one kind; more are folded behind their number

CHANGED = ("A spreadsheet may have changed a number or a code.", "Digits may be lost. The file holds what was left.")
SPELT = ("The same word is written in more than one way.", "What is one group may be shown as two.")
# What was found, and what a reader has from knowing it. A kind that is not listed says only that nothing was changed.
MEANINGS = {
    "code-decimals": CHANGED,
    "edge-space": SPELT,
    "field-name": (
        "Two columns have names that differ only in capital letters.",
        "Some programs take them for one.",
    ),
    "formula": (
        "Some cells begin like a formula.",
        "The file holds them as they stand. A spreadsheet may show something else, or run them: when you open the file "
        "in one, bring this column in as text.",
    ),
    "future-period": (
        "A time had not come yet when the data were made.",
        "It may be a slip of the pen, or a forecast that is not called one.",
    ),
    "gap": ("A series has a gap.", "There may be no figure, or somebody left it out. Nothing is filled in."),
    "garbled-text": ("Some letters came out wrong.", "The words are shown as they stand in the file."),
    "hard-by-letters": ("A page has many long words.", "It may be hard to read, though its sentences are short."),
    "help-old": (
        "A help line was checked a long time ago.",
        "The number or the hours may have changed. In danger, ring the emergency number.",
    ),
    "leading-nought": CHANGED,
    "no-sources": ("Nobody has written down where the data come from.", "So nobody can check them."),
    "not-described": ("Not everything is described.", "What it means has to be read from its title or its name."),
    "odd-number": ("A number is written unlike the others.", "Who adds up the column may miss it."),
    "odd-period": ("A time is written unlike the others.", "It may stand out of order."),
    "personal-email": (
        "A mail address stands among the data.",
        "It is an office's, or somebody should have left it out.",
    ),
    "personal-name": (
        "A text may name a person.",
        "A program thinks so; it may be wrong. If somebody is named, tell us, without repeating the name.",
    ),
    "personal-pseudonym": (
        "A text may speak of one child.",
        "A program thinks so; it may be wrong. If you can see who is meant, tell us, without saying who.",
    ),
    "unused-constant": (
        "A phrase may hold a number without data behind it, and no text holds it.",
        "It should be taken from the list, where it could hide a figure.",
    ),
    "placeholder-contact": (
        "The portal has no address for corrections and questions yet.",
        "Nobody can be asked yet when a number is wrong.",
    ),
    "placeholder-site-url": (
        "The portal has no web address of its own yet.",
        "The addresses of these pages are not settled yet.",
    ),
    "profile-not-read": (
        "The data follow rules that this portal does not know.",
        "They were not checked by those rules.",
    ),
    "record-level-shape": (
        "A table looks as if each row were a person.",
        "A program thinks so; it may be wrong. If you can see who is meant, tell us, without saying who.",
    ),
    "renewal-late": (
        "Newer figures should be out by now.",
        "What stands here is older than it need be. It was right when it was printed.",
    ),
    "renewal-soon": (
        "Newer figures should be out soon.",
        "What stands here is the newest we hold. Newer figures may be out when you read this.",
    ),
    "same-point": (
        "More than one row says the same thing, or speaks of the same time and group.",
        "One of them may be a copy or a mistake; nobody has said which.",
    ),
    "same-row": ("A row stands there twice.", "If it is a copy, it is counted twice."),
    "short-code": CHANGED,
    "shortened-code": CHANGED,
    "shortened-number": CHANGED,
    "small-number-undeclared": (
        "Small numbers may count children.",
        "Nobody has said what these columns count. If they count children, a small number could point at a child. "
        "Nothing was hidden here.",
    ),
    "small-in-words": (
        "A text may name a small number of children.",
        "A program thinks so; it may be wrong. If you can see who is meant, tell us, without saying who.",
    ),
    "total-row": ("A row may be the total of the others.", "Who adds up the column counts everything twice."),
    "too-heavy": ("A page is large.", "It takes longer to load, and uses up more of what a phone may load."),
    "two-spellings": SPELT,
    "unlisted-file": ("Something lies beside the data that is not part of it.", "It is not on this site."),
}
OTHER = ("Something else was found.", "The files are published as they stand.")
# Said without a place: it needs none, or it would lead strangers to what should perhaps not be there.
PLACELESS = {
    "no-sources",
    "personal-email",
    "personal-name",
    "personal-pseudonym",
    "small-in-words",
    "placeholder-contact",
    "placeholder-site-url",
    "profile-not-read",
    "record-level-shape",
    "unlisted-file",
}
SETTING = re.compile(r" \(`[^`]*`\)")  # what the message calls a setting by name is of use to an officer only
PACKAGE = re.compile(r"^the package\b|\bits package\b(?= was made)")
TEXTS = {"page.yaml", "narrative.md", "narrative.md.j2"}
ONLY_COLUMNS = {"small-number-undeclared"}  # not the rows: nobody needs to be led to them


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning as a reader meets it."""

    what: str
    where: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """Warnings of one kind."""

    title: str
    meaning: str
    found: tuple[Warned, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Place:
    """All warnings on one dataset, or on what belongs to none."""

    title: str
    href: str
    groups: tuple[Group, ...]
    count: int
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
    groups: dict[tuple[str, str], list[Warned]] = {}
    for problem in problems[:MOST]:
        found = groups.setdefault(MEANINGS.get(problem.code, OTHER), [])
        if problem.code not in PLACELESS:
            found.append(describe(problem, dataset, root))
    left = len(problems) - MOST
    more = f"And {plural(left, 'more warning')}." if left > 0 else ""
    told = (Group(*kind, tuple(found), len(found) > SHOWN) for kind, found in groups.items())
    return Place(title, href, tuple(told), len(problems), more)


def describe(problem: Problem, dataset: Dataset | None, root: str) -> Warned:
    if problem.code in ONLY_COLUMNS:
        return Warned(f'Column "{problem.field}"', file_words(problem, dataset, root))
    what = SETTING.sub("", problem.message).replace(NOT_REPEATED, "a cell")
    what = PACKAGE.sub("the dataset", what)
    return Warned((what[:1].upper() + what[1:]).rstrip("."), where_words(problem, dataset, root))


def where_words(problem: Problem, dataset: Dataset | None, root: str) -> Markup:
    """The file and the line, unless the message says the line already."""
    file = file_words(problem, dataset, root)
    said = re.search(rf"\b(?:row|line) {problem.line}\b", problem.message)
    return Markup("{}, line {}").format(file, problem.line) if file and problem.line and not said else file


def file_words(problem: Problem, dataset: Dataset | None, root: str) -> Markup:
    """A link to the file, where it is one to download; what is no table of the site is not named."""
    resource = next((r for r in dataset.resources if r.path == problem.path), None) if dataset else None
    if not resource or not dataset:
        return Markup("the text of the page") if problem.path.rpartition("/")[2] in TEXTS else Markup()
    link = Markup('<a href="{}data/{}/{}.csv">{}.csv<span class="mc-hidden"> of {}</span></a>')
    return link.format(root, dataset.slug, resource.name, resource.name, dataset.title)
