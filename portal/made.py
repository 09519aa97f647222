"""What the portal makes of the data, in frozen values that travel along the pipeline: from checks to files."""

from __future__ import annotations

from dataclasses import dataclass

from portal.model import Problem
from portal.spec import CheckSpec


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed cell that a check spoke of."""

    row: str
    column: str
    printed: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of one arithmetic check. `made` is what the parts make, in words."""

    spec: CheckSpec
    dataset: str
    cells: tuple[Cell, ...]
    holds: bool = False
    made: str = ""
    missing: tuple[str, ...] = ()  # rows that are not there
    empty: tuple[str, ...] = ()  # rows without a number


@dataclass(frozen=True, slots=True)
class Figure:
    """One number the portal states, ready to print, and the rows it was read or worked out from."""

    id: str
    dataset: str
    text: str  # as a reader sees it: "1,280", "down 22"
    value: float | None
    unit: str
    label: str
    period: str
    rows: tuple[str, ...]
    missing: str = ""  # why there is no value; empty when there is one


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a chart in words, and the rows it speaks of."""

    text: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart. `wide` and `narrow` are inline SVG with CSS variables; `svg` and `png` are files to download."""

    id: str
    dataset: str
    title: str
    subtitle: str
    alt: str
    source: str
    wide: str
    narrow: str
    svg: str
    png: bytes
    rows: tuple[str, ...]
    not_drawn: tuple[str, ...] = ()
    words: tuple[Told, ...] = ()  # the long description; `alt` is the short one
    points: str = ""  # JSON: what a reader goes through by keyboard, each with its row
    view: bool = False  # whether the points can be seen in an interactive view
    finding: str = ""  # HTML: what it shows, in a sentence with its numbers bound


@dataclass(frozen=True, slots=True)
class Share:
    """The picture that a page is shown with elsewhere. `words` say all that it says, `number` is bound to `rows`."""

    path: str
    words: str
    rows: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site. `url` is relative to the root and ends in `/`; "" is the home page."""

    url: str
    title: str
    description: str
    html: str
    toc: tuple[tuple[str, str], ...] = ()  # (id, heading)
    search_text: str = ""  # what the search reads of it, where that is not its description
    finds: tuple[tuple[str, str, str], ...] = ()  # (address from the root, title, text) of numbers to be found
    name: str = ""  # in a list of pages: its title, or the title and what tells it from another of that title
    summary: str = ""  # the description in one line, which no other page has
    share: Share | None = None
    data: str = ""  # JSON for search engines; `@base/` stands for the address of the site


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file to publish. `path` is relative to the site's root."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Result:
    """What a run of the pipeline tells its caller."""

    problems: tuple[Problem, ...] = ()
    published: bool = False
    summary: tuple[str, ...] = ()
