"""Which figures stand together, and what is said when they do.

In:  page.yaml's charts, tables, figures and headline, a register's `figures`, and the rules of reference/comparability.
Out: the views of a dataset, the pairs of rows in each, and the rule that speaks for a pair. Nothing is judged here.

Rows of one measure and series that no rule names are alike for every rule: a pair of such groups is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from portal.model import Dataset, Observation, Portal, Reference
from portal.registers import read_entries, split_names
from portal.sentences import CALL
from portal.spec import ChartSpec, SeriesSpec

BESIDE, NEVER = "beside", "never"


@dataclass(frozen=True, slots=True)
class Side:
    """One half of a rule; what is empty says nothing."""

    measure: str
    series: str
    row: str

    def matches(self, row: Observation) -> bool:
        return self.measure in ("", row.measure.id) and self.series in ("", row.series) and self.row in ("", row.id)

    def meets(self, other: Side) -> bool:
        """Whether some row could be of both sides, as far as the names go."""
        pairs = ((self.measure, other.measure), (self.series, other.series), (self.row, other.row))
        return all(one == two or not (one and two) for one, two in pairs)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of reference/comparability: two kinds of figure, and whether they may stand side by side."""

    id: str
    one: Side
    other: Side
    verdict: str
    difference: str

    def matches(self, row: Observation, beside: Observation) -> bool:
        """In whichever order the two are given."""
        there = self.one.matches(row) and self.other.matches(beside)
        return there or (self.one.matches(beside) and self.other.matches(row))

    @property
    def narrow(self) -> tuple[int, int, int]:
        """How closely the rule is drawn: a named row counts for more than a measure, a measure more than a series."""
        sides = (self.one, self.other)
        return sum(bool(s.row) for s in sides), sum(bool(s.measure) for s in sides), sum(bool(s.series) for s in sides)


@dataclass(frozen=True, slots=True)
class View:
    """Rows that a reader sees as belonging together. `claims`: it stands there as a comparison."""

    dataset: str
    kind: str  # chart, table, figure, headline, entry
    id: str
    title: str
    rows: tuple[Observation, ...]
    path: str
    line: int | None
    claims: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    one: Observation
    other: Observation
    rule: Rule | None


def read_rules(reference: Reference) -> tuple[Rule, ...]:
    """The rules, none for a portal without the table."""
    return tuple(make_rule(name, cells) for name, cells in (reference.comparability or {}).items())


def make_rule(name: str, cells: object) -> Rule:
    assert isinstance(cells, dict)
    one, other = (Side(*(cells.get(f"{side}_{part}", "") for part in ("measure", "series", "row"))) for side in "ab")
    return Rule(name, one, other, cells.get("verdict", ""), cells.get("difference", ""))


def rule_for(one: Observation, other: Observation, rules: Iterable[Rule]) -> Rule | None:
    """The most closely drawn rule for two rows; of two that are drawn alike, the one that refuses."""
    found = [rule for rule in rules if rule.matches(one, other)]
    return max(found, key=lambda rule: (rule.narrow, rule.verdict == NEVER), default=None)


def pairs_in(rows: Iterable[Observation], rules: Sequence[Rule]) -> Iterator[Pair]:
    """Each two unlike groups of rows once, and two of one group where a rule speaks; a row without a number says
    nothing that could be compared."""
    named = {side.row for rule in rules for side in (rule.one, rule.other) if side.row}
    groups: dict[tuple[str, str, str], list[Observation]] = {}
    for row in rows:
        if row.number is not None or row.low is not None:
            key = (row.measure.id, row.series, row.id if row.id in named else "")
            groups.setdefault(key, []).append(row)
    sides = [sides_matched(group[0], rules) for group in groups.values()]
    for (one, mine), (other, its) in combinations(zip(groups.values(), sides, strict=True), 2):
        speaking = (mine[0] & its[1]) | (mine[1] & its[0])  # few of many rules: asked one by one, a table took minutes
        rule = rule_for(one[0], other[0], (rules[n] for n in sorted(speaking))) if speaking else None
        if rule and not (rule.one.matches(one[0]) and rule.other.matches(other[0])):
            one, other = other, one  # "the first" of a rule's sentence is its first side
        if rule or one[0].series != other[0].series:
            yield Pair(one[0], other[0], rule)
    for group in groups.values():
        if len({row.id for row in group}) > 1 and (rule := rule_for(group[0], group[-1], rules)):
            yield Pair(group[0], group[-1], rule)


def sides_matched(row: Observation, rules: Sequence[Rule]) -> tuple[set[int], set[int]]:
    """The rules whose first side the row is of, and those whose other side."""
    numbered = list(enumerate(rules))
    return {n for n, rule in numbered if rule.one.matches(row)}, {n for n, rule in numbered if rule.other.matches(row)}


def chosen(dataset: Dataset, parts: Iterable[SeriesSpec]) -> tuple[Observation, ...]:
    parts = list(parts)
    return tuple(row for row in dataset.observations if any(part.chooses(row) for part in parts))


def named_rows(dataset: Dataset, names: Iterable[str]) -> tuple[Observation, ...]:
    return tuple(row for name in dict.fromkeys(names) if (row := dataset.row(name)))


def views_of(dataset: Dataset) -> Iterator[View]:
    """What stands on a dataset's page in charts and tables; a table of a chart holds the rows of that chart."""
    page = dataset.page
    for chart in page.charts:
        yield from chart_views(dataset, chart)
    for table in page.tables:
        rows = chosen(dataset, table.series)
        alike = len({row.measure.id for row in rows}) == 1
        if not table.chart:
            yield View(dataset.slug, "table", table.id, table.caption, rows, page.path, table.line, alike)


def chart_views(dataset: Dataset, chart: ChartSpec) -> Iterator[View]:
    """A chart is one view with what is listed beside it; each lane of a strip or panels is one of its own."""
    views = [chosen(dataset, part) for _, part in chart.lanes]
    if chart.series:
        beside = named_rows(dataset, (name for name, _ in chart.beside))
        views.append((*chosen(dataset, chart.series), *beside))
    for found in views:
        yield View(dataset.slug, "chart", chart.id, chart.title, found, dataset.page.path, chart.line, claims=True)


def whole_charts(dataset: Dataset) -> Iterator[View]:
    """All lanes of a chart at once: they stand one above the other, mostly on one scale."""
    for chart in dataset.page.charts:
        rows = chosen(dataset, (part for _, lane in chart.lanes for part in lane))
        if len(chart.lanes) > 1:
            yield View(dataset.slug, "chart", chart.id, chart.title, rows, dataset.page.path, chart.line)


def sentences_of(dataset: Dataset) -> Iterator[View]:
    """The figures that a heading, or a sentence under it, names in one breath. Notes and the story may name what is
    never compared, for it is there that a reader is told why."""
    page = dataset.page
    figures = {figure.id: figure for figure in page.figures}
    texts = [(name, getattr(page, name), page.lines.get(name)) for name in ("question", "lede", "teaser")]
    texts += [
        (f"charts, {chart.id}", f"{chart.title} {chart.subtitle} {chart.finding}", chart.line) for chart in page.charts
    ]
    texts += [(f"tables, {table.id}", table.caption, table.line) for table in page.tables]
    for name, text, line in texts:
        rows = named_rows(dataset, (row for n in CALL.findall(text) if n in figures for row in figures[n].rows))
        yield View(dataset.slug, "sentence", name, name, rows, page.path, line)


def claims_of(dataset: Dataset) -> Iterator[View]:
    """What sentences set side by side: the two rows of a change, the headline with its comparison, a heading."""
    page = dataset.page
    yield from sentences_of(dataset)
    figures = {figure.id: figure for figure in page.figures}
    for figure in page.figures:
        if figure.show in ("change", "direction"):
            rows = named_rows(dataset, figure.rows)
            yield View(dataset.slug, "figure", figure.id, figure.id, rows, page.path, figure.line)
    named = [page.headline, *CALL.findall(page.comparison)]
    rows = named_rows(dataset, (row for name in named if name in figures for row in figures[name].rows))
    line = page.lines.get("comparison", page.lines.get("headline"))
    yield View(dataset.slug, "headline", page.headline, "the headline and its comparison", rows, page.path, line)


def entry_views(portal: Portal) -> Iterator[View]:
    """The figures that stand beside an entry of a register or an event, from whichever package they come; beside a
    promise, its target too."""
    rows = {row.id: row for dataset in portal.datasets for row in dataset.observations}
    for entry in (entry for dataset in portal.datasets for entry in read_entries(dataset)):
        named = (*entry.figures, entry.cells.get("made_by", ""))
        found = tuple(rows[name] for name in dict.fromkeys(named) if name in rows)
        yield View(entry.dataset, "entry", entry.id, entry.id, found, entry.path, entry.line)
    for name, cells in portal.reference.events.items():
        named = split_names(cells.get("figures", ""))
        found = tuple(rows[part] for part in dict.fromkeys(named) if part in rows)
        yield View("", "entry", name, name, found, "reference/events", None)


def rules_told(view: View, rules: Sequence[Rule]) -> list[Rule]:
    """The rules whose sentence belongs under a view, each once, in order of the table."""
    spoken = {pair.rule.id for pair in pairs_in(view.rows, rules) if pair.rule}
    return [rule for rule in rules if rule.id in spoken and rule.verdict == BESIDE]


def words_told(views: Iterable[View], rules: Sequence[Rule]) -> str:
    """ "How they differ: ...", each sentence once; nothing when all are alike."""
    told = dict.fromkeys(rule.difference for view in views for rule in rules_told(view, rules))
    return f"How they differ: {' '.join(told)}" if told else ""


def is_never(one: Observation, other: Observation, rules: Sequence[Rule]) -> bool:
    rule = rule_for(one, other, rules)
    return rule is not None and rule.verdict == NEVER
