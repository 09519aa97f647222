"""What page.yaml says, as frozen values: figures, charts, tables and notes of one dataset's page.

A chosen row is named by its id or by what stands in its columns; nothing in here reads or decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Choosable(Protocol):
    """A row as far as choosing needs to know it: `model.Observation` is one."""

    @property
    def id(self) -> str: ...

    @property
    def cells(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """One entry of `figures` in page.yaml: `show` is a kind from `figures.KINDS`, `rows` the ids it is made of."""

    id: str
    show: str
    rows: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """A group of rows in a chart: those whose columns equal `where`, or the ids in `rows`."""

    label: str
    where: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    mark: str = "circle"  # circle, diamond, square, triangle
    join: bool = True  # False: marks only, whatever the rows would allow
    style: str = "series-1"  # series-1..4 or ref
    role: str = "value"  # in a strip: value, target, comparator; in compare and multiples also field, the many others

    def chooses(self, row: Choosable) -> bool:
        """Whether a row is one of these; `where` may name a breakdown column as well."""
        if self.rows:
            return row.id in self.rows
        return bool(self.where) and all(row.cells.get(name) == value for name, value in self.where.items())


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """One entry of `charts` in page.yaml.

    `form`: `dates` (marks and lines on a time axis), `strip` (a value beside target and comparators, one lane a group;
    a range is a band), `panels` (shares or counts in spans of unequal length: a panel a lane, a bar a row),
    `steps` (two like-for-like figures, others listed beside), `compare` (one place among many: a lane a measure, a dot
    a place), `multiples` (one place among many over the years: a small panel each), `auto` (chosen from the schema of a
    plain package).
    """

    id: str
    form: str
    title: str
    subtitle: str
    series: tuple[SeriesSpec, ...] = ()
    lanes: tuple[tuple[str, tuple[SeriesSpec, ...]], ...] = ()  # strip, panels, compare: (label, series)
    beside: tuple[tuple[str, str], ...] = ()  # steps: (row id, why it is not drawn)
    events: bool = False
    zero: bool = True
    resource: str = ""
    line: int | None = None
    finding: str = ""  # what the drawing shows, in a bound sentence above it


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A captioned table of rows: the same selection as a chart's, or one of its own."""

    id: str
    caption: str
    series: tuple[SeriesSpec, ...]
    chart: str = ""
    no_chart: str = ""  # why these rows are not drawn
    line: int | None = None


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """How a register (a list that is not of observations) stands on the page."""

    resource: str
    caption: str
    form: str  # table, cards, timeline
    columns: tuple[str, ...]
    subject: str = "children"  # whose privacy a small number in it could touch
    timeline: str = ""  # the kind of its entries on the timeline, or leave-out; a form timeline is always there
    line: int | None = None


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """One entry of `checks`: arithmetic among printed cells that every build repeats.

    `sum`: the parts make `equals`. `mean`: their mean does, rounded to its last place. `product`: two columns of a
    register make a third, in each row. `share`: `equals` is the first part as a percentage of the second. `restates`:
    one number printed twice. `same_base`: pairs of a count and its rate that speak of one population.
    """

    id: str
    form: str
    parts: tuple[tuple[str, ...], ...]  # names of rows, or of columns when a register is checked
    equals: str
    resource: str = ""
    mismatch: str = ""  # why it is known not to hold; empty: it holds
    makes: str = ""  # what came of a known mismatch when it was declared: another outcome is a new one
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimSpec:
    """One entry of `claims`: words that judge data, and the rows they speak of. Every build tests them.

    `among`: the rows that a highest or a lowest is looked for in; empty: all that are alike. `across`: the words by
    which the text tells that the rows are of different kinds; without them such rows are not said together.
    """

    id: str
    words: str
    figures: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    across: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why one small number that a paper printed may stand: one entry of `disclosure`, `rows`."""

    row: str  # the id of an observation or of a register's entry, or resource/key in a plain table
    reason: str
    harm: str  # what harm was considered
    date: str
    reviewed_by: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """Why the small numbers of an official release may stand: one entry of `disclosure`, `releases`."""

    resource: str
    policy: str  # the name of its publisher's policy
    policy_url: str
    reason: str
    date: str
    reviewed_by: str
    series: str = ""  # of observations: the one series that it speaks of
    line: int | None = None

    def covers(self, resource: str, series: str) -> bool:
        return self.resource == resource and self.series == series


@dataclass(frozen=True, slots=True)
class ColumnsSpec:
    """What columns of a plain table count: one entry of `disclosure`, `columns`."""

    resource: str
    fields: tuple[str, ...]
    subject: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FreshnessSpec:
    """How often a series or a list is renewed: one entry of `freshness`; of neither, it is of all the rest."""

    renewed: str
    why: str
    series: str = ""
    resource: str = ""
    column: str = ""  # of a list: where its dates stand
    due_after_months: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PageSpec:
    """page.yaml, complete: defaults stand where the file is silent or missing."""

    path: str = ""
    question: str = ""
    lede: str = ""
    headline: str = ""
    comparison: str = ""
    topic: str = ""  # an id of `topics` in mkdocs.yml
    teaser: str = ""
    figures: tuple[FigureSpec, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    tables: tuple[TableSpec, ...] = ()
    registers: tuple[RegisterSpec, ...] = ()
    checks: tuple[CheckSpec, ...] = ()
    claims: tuple[ClaimSpec, ...] = ()
    know: tuple[Note, ...] = ()
    do_not_compare: tuple[Note, ...] = ()
    disclosure: Mapping[str, Exemption] = field(default_factory=dict)  # row id -> why the small number may stand
    releases: tuple[Release, ...] = ()
    columns: tuple[ColumnsSpec, ...] = ()
    freshness: tuple[FreshnessSpec, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)  # dotted place in the file -> its line
    source: str = ""  # the file as it is written, to find the line of a word in it
    usable: bool = True  # False: the file was there and could not be understood
