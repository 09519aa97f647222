"""The data as it was read, in frozen values that travel along the pipeline. Nothing in here reads, writes or decides.

One `Observation` is one printed number; one `Resource` is one CSV file; one `Dataset` is one folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.spec import PageSpec
from portal.young import YoungSection

if TYPE_CHECKING:
    import pandas as pd

OBSERVATION_COLUMNS = (
    "id measure area series kind basis period_start period_end date_status period value qualifier value_low value_high "
    "printed direction flags repeats source locator note"
).split()  # a table with all of these, and breakdown columns of its own, is an observation table


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data, the pages or the finished site, told to the person who can mend it.

    `path` is as the user would type it; `line` and `column` count from 1 (a CSV's header is line 1).
    """

    code: str
    message: str
    path: str
    line: int | None = None
    column: int | None = None
    field: str = ""
    fix: str = ""
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a resource, as its schema declares it."""

    name: str
    type: str
    title: str = ""
    description: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resource:
    """One CSV file: the bytes, its cells as text, and the physical line each record starts on."""

    name: str
    title: str
    description: str
    path: str  # as the user would type it
    fields: tuple[Field, ...]
    frame: pd.DataFrame  # every cell text, exactly as in the file
    lines: tuple[int, ...]
    content: bytes
    delimiter: str = ","
    schema: Mapping[str, Any] = field(default_factory=dict)  # as it is declared, keys and missing values with it
    encoding: str = "utf-8"  # as declared; `validate` refuses every other

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(f.name for f in self.fields)

    def records(self) -> list[dict[str, str]]:
        """The rows, column -> text."""
        names = [str(name) for name in self.frame.columns]
        return [dict(zip(names, row, strict=True)) for row in self.frame.to_numpy().tolist()]


@dataclass(frozen=True, slots=True)
class Measure:
    """What a number counts: one row of a package's `measures` resource."""

    id: str
    label: str
    plain_label: str = ""
    unit: str = ""
    multiplier: str = "1"
    statistic: str = "count"
    stock_or_flow: str = ""
    who_is_counted: str = ""
    denominator: str = ""
    subject: str = ""  # whose privacy a small number could touch; what is not said is treated like children
    definition: str = ""
    why_it_matters: str = ""
    what_it_does_not_tell: str = ""
    polarity: str = "neither"
    rate_of: str = ""  # of a rate: the measure whose count it sets against a population


@dataclass(frozen=True, slots=True)
class Observation:
    """One printed number, as DESIGN section 3 sets it out, with the place of its row."""

    id: str
    measure: Measure
    area: str
    series: str
    kind: str
    basis: str
    period_start: date | None
    period_end: date | None
    date_status: str
    period: str
    number: float | None  # in whole units; None when `symbol` says why, or when `low` and `high` hold a range
    text: str  # the value cell as it stands in the file
    symbol: str
    qualifier: str
    low: float | None
    high: float | None
    printed: str
    direction: str
    flags: tuple[str, ...]
    repeats: str
    source: str
    locator: str
    note: str
    breakdown: tuple[tuple[str, str], ...]
    dataset: str
    path: str
    line: int

    @property
    def like(self) -> tuple[object, ...]:
        """Only rows that are alike in all of these may be joined, subtracted or ranked."""
        return (self.measure.id, self.area, self.series, self.kind, self.basis, self.breakdown)

    @property
    def cells(self) -> dict[str, str]:
        """The columns that rows may be chosen by."""
        own = {"measure": self.measure.id, "area": self.area, "series": self.series, "kind": self.kind}
        when = {"period": self.period, "date_status": self.date_status}
        return {**dict(self.breakdown), **own, "basis": self.basis, **when}

    @property
    def date(self) -> date | None:
        """Where the figure stands on a time axis; None when the document gives no date."""
        return None if self.date_status == "not-stated" else self.period_end


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a register: a judgement, a risk, a promise, an event."""

    id: str
    dataset: str
    resource: str
    cells: dict[str, str]
    numbers: tuple[str, ...]  # the columns of quoted numbers
    figures: tuple[str, ...]  # ids of observations that stand beside it
    flags: tuple[str, ...]
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """One folder of `datasets/`, read and not yet judged."""

    slug: str
    folder: str  # as the user would type it
    descriptor: Mapping[str, Any]
    descriptor_path: str
    resources: tuple[Resource, ...]
    page: PageSpec
    narrative: str = ""  # Jinja2 or Markdown source; empty when there is none
    narrative_path: str = ""
    observations: tuple[Observation, ...] = ()
    # Of the descriptor: dotted place, such as resources.0.name -> path of the file, line and column.
    descriptor_places: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    descriptor_refused: tuple[str, ...] = ()  # dotted places of what was left out since it is in the wrong shape
    descriptor_source: str = ""  # the file as it is written

    @property
    def title(self) -> str:
        return str(self.descriptor.get("title") or self.slug.replace("-", " ").capitalize())

    def row(self, row_id: str) -> Observation | None:
        return next((o for o in self.observations if o.id == row_id), None)


@dataclass(frozen=True, slots=True)
class Reference:
    """`datasets/reference/`: what codes mean. Each mapping goes from a code to its row, column -> text."""

    sources: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    areas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    series: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    events: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    glossary: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    jargon: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # words that pages must explain
    search_words: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # what people type, and what it means here
    search_examples: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # questions that the search offers
    quality_flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    symbols: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    not_published: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # numbers in texts that are no figures
    documents_not_held: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    help_contacts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # lines to call, which count nothing
    comparability: Mapping[str, Mapping[str, str]] | None = None  # None: the portal sets no such rules


@dataclass(frozen=True, slots=True)
class Portal:
    """Everything that was read: the datasets, in order of slug, and the reference tables."""

    datasets: tuple[Dataset, ...]
    reference: Reference
    reference_dataset: Dataset | None = None
    young: YoungSection | None = None  # the pages for young people; None: the portal has none

    def row(self, row_id: str) -> Observation | None:
        return next((row for d in self.datasets if (row := d.row(row_id))), None)
