"""What was promised, and what can be said of it: one published rule for every promise.

In:  the Portal, and the day the site is built.
Out: `Promise`s in the order of their files, each with its `Status`. A figure that is not held never counts against one.

A register is one of promises when it has a column `made_by`. The rule goes through `STATUSES` in their order, and the
first that fits is the answer. Only a dated figure of the same measure, series, place, group and kind of time decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from portal.comparability import is_never, read_rules
from portal.makers import Maker, find_makers
from portal.model import Entry, Measure, Observation, Portal
from portal.observations import read_date
from portal.papers import papers_end
from portal.registers import read_entries, split_names

COLUMNS = (
    "id group made_by title text measure series spans rule shown_by cannot made_on date_start date_end precision role "
    "date_printed flags figures source locator note"
).split()
DECIDING = ("at-least", "at-most", "within-range")  # a figure decides
RULES = (*DECIDING, "event", "none")
DOUBTFUL = {"implausible", "conflict"}
FITTING = {"at-least": ("exact", "at-least", "more-than"), "at-most": ("exact", "at-most", "less-than")}  # qualifiers


@dataclass(frozen=True, slots=True)
class Status:
    """An answer, the words on its pill and the rule that leads to it. `mark` is the shape beside the words."""

    id: str
    words: str
    rule: str
    mark: str


STATUSES = (
    Status("done", "A paper shows it done", "A later paper that we hold says that it was done.", "tick"),
    Status(
        "cannot",
        "Cannot be measured from public data",
        "No figure can be held against it: the paper names nothing to count, or what is published counts something "
        "else. The reason stands beside it.",
        "dashes",
    ),
    Status("not-due", "Not due yet", "Its date is after the day on which this page was built.", "clock"),
    Status(
        "reached",
        "Reached in the last figure we hold",
        "The newest figure of the same measure, from after the promise and not before its date, meets the target.",
        "tick",
    ),
    Status(
        "not-reached",
        "Not reached in the last figure we hold",
        "That figure misses the target. It may have been met since.",
        "bar",
    ),
    Status(
        "papers-end",
        "Our papers end before the due date",
        "Its date is after our newest council paper, or after the last figure that could tell. We cannot say what "
        "came of it.",
        "clock",
    ),
    Status(
        "no-figure",
        "No later figure or paper",
        "We hold no figure and no paper from after the promise that says what came of it. It may have been met.",
        "ring",
    ),
)
BY_ID = {status.id: status for status in STATUSES}


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise with everything that may be said of it."""

    entry: Entry
    maker: Maker
    title: str
    text: str
    made: date | None
    due: date | None
    measures: tuple[Measure, ...]
    figures: tuple[Observation, ...]  # those that its rule allows beside the target, oldest first
    status: Status
    decided: Observation | None = None
    shown: Maker | None = None

    @property
    def id(self) -> str:
        return self.entry.id


def read_promises(portal: Portal) -> Iterator[Entry]:
    for dataset in portal.datasets:
        yield from (entry for entry in read_entries(dataset) if "made_by" in entry.cells)


def derive_promises(portal: Portal, built: date) -> tuple[Promise, ...]:
    makers, end = find_makers(portal), papers_end(portal)
    return tuple(derive_promise(entry, makers, portal, built, end) for entry in read_promises(portal))


def derive_promise(entry: Entry, makers: Mapping[str, Maker], portal: Portal, built: date, end: date | None) -> Promise:
    cells, maker = entry.cells, makers[entry.cells["made_by"]]
    shown = makers.get(cells["shown_by"])
    made = read_date(portal.reference.sources.get(cells["source"], {}).get("date", "") or cells["made_on"])
    due = read_date(cells["date_end"])
    figures = comparable(entry, maker.row, portal) if maker.row else ()
    decided = deciding(figures, maker.row, cells["rule"], made, due) if cells["rule"] in DECIDING else None
    meets = maker.row is not None and decided is not None and is_met(decided, maker.row, cells["rule"])
    status = judge(
        shown=shown is not None,
        cannot=bool(cells["cannot"]),
        due=due,
        built=built,
        end=end,
        met=meets if decided else None,
        figures=cells["rule"] in DECIDING and any(made and row.date and row.date > made for row in figures),
    )
    return Promise(
        entry,
        maker,
        cells["title"] or maker.title,
        cells["text"] or maker.text,
        made,
        due,
        find_measures(split_names(cells["measure"]), portal),
        figures,
        BY_ID[status],
        decided if status in ("reached", "not-reached") else None,
        shown,
    )


def judge(
    *, shown: bool, cannot: bool, due: date | None, built: date, end: date | None, met: bool | None, figures: bool
) -> str:
    """The published rule. `met`: what the deciding figure says, None without one; `figures`: there are later ones."""
    if shown:
        return "done"
    if cannot:
        return "cannot"
    if due and due > built:
        return "not-due"
    if met is not None:
        return "reached" if met else "not-reached"
    if due and (figures or (end and due > end)):
        return "papers-end"
    return "no-figure"


def comparable(entry: Entry, target: Observation, portal: Portal) -> tuple[Observation, ...]:
    """The figures that may stand beside the target. One without a date never does: it may be older than the promise."""
    bases, rules = split_names(entry.cells["spans"]) or (target.basis,), read_rules(portal.reference)
    rows = [row for d in portal.datasets for row in d.observations if row.kind == "actual" and row.date]
    alike = [
        row
        for row in rows
        if row.number is not None
        and row.measure.id == target.measure.id
        and row.area == target.area
        and row.series == entry.cells["series"]
        and row.basis in bases
        and group_of(row) == group_of(target)
        and not row.repeats
        and not DOUBTFUL & {*row.flags, *target.flags}
        and not is_never(target, row, rules)
    ]
    return tuple(sorted(alike, key=lambda row: row.date or date.min))


def deciding(
    figures: tuple[Observation, ...], target: Observation | None, rule: str, made: date | None, due: date | None
) -> Observation | None:
    """The newest exact figure from after the promise and, when it has a date, not from before that date. None when
    figures of one day do not agree, or when they are counted in another way than when the promise was made."""
    later = [row for row in figures if row.date and made and row.date > made]
    exact = [row for row in later if row.qualifier == "exact" and (due is None or (row.date and row.date >= due))]
    newest = [row for row in exact if row.date == exact[-1].date]
    if target is None or any("b" in row.flags for row in later):
        return None
    return newest[-1] if len({is_met(row, target, rule) for row in newest}) == 1 else None


def is_met(figure: Observation, target: Observation, rule: str) -> bool:
    assert figure.number is not None  # `comparable` lets no other through
    if rule == "within-range":
        return target.low is not None and target.high is not None and target.low <= figure.number <= target.high
    assert target.number is not None  # validate.promises has seen to it
    if figure.number == target.number:
        return target.qualifier not in ("more-than", "less-than")
    return (figure.number > target.number) == (rule == "at-least")


def find_measures(names: Collection[str], portal: Portal) -> tuple[Measure, ...]:
    """Those of these that have a figure, in the order in which they are named."""
    known = {row.measure.id: row.measure for d in portal.datasets for row in d.observations}
    return tuple(known[name] for name in names if name in known)


def group_of(row: Observation) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in row.breakdown if value)
