"""Give each measure a page: what it means, every figure of every series, and where it stands on the site.

In:  a checked Portal. A measure is one that some row counts; a plain package has none.
Out: `/measures/` and a `Page` for each measure. No table joins two series.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.comparability import Rule, pairs_in, read_rules
from portal.formats import plural, unit_words
from portal.made import Page
from portal.model import Dataset, Entry, Measure, Observation
from portal.pages.age import age_of
from portal.pages.counted import tally
from portal.pages.render import Renderer, root_of, row_href
from portal.pages.tables import Table, observation_table, select_rows
from portal.pages.topics import find_topics, topic_crumb
from portal.pages.wording import lower_first, series_kind
from portal.registers import read_entries

FOLD_FROM = 16  # rows: more would push the next series off the screen
STATISTICS = {
    "count": "a count",
    "share": "a share",
    "mean": "a mean (what is usually called an average)",
    "median": "a median (as many are below it as above)",
    "rate": "a rate",
    "maximum": "a maximum (the highest there was, or may be)",
    "change": "a change from one date to another",
}
STOCK_OR_FLOW = {
    "stock": "how things stood at one moment",
    "flow": "what happened over a stretch of time",
}
BETTER = {"higher": "higher is better", "lower": "lower is better", "neither": "neither way is better"}
TIMES = {"1000": "thousands", "1000000": "millions"}
SCORECARD = "scorecard/"


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The figures of one series, in a table of their own."""

    id: str
    kind: str
    counts: str
    rounding: str
    revisions: str
    age: str
    between: str  # what to know before reading it beside the series above
    table: Table
    folded: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Where a dataset's page shows rows: (anchor, words, ids of the rows); and who names them in registers."""

    dataset: Dataset
    question: str
    topic: tuple[str, str]
    places: tuple[tuple[str, str, frozenset[str]], ...]
    measures: Mapping[str, list[Observation]] = field(default_factory=dict)


Named = Mapping[str, list[tuple[Entry, str]]]


def make_measure_pages(renderer: Renderer, scorecard: bool = False) -> Iterator[Page]:
    """`scorecard`: there is a page /scorecard/ to lead to."""
    shown = [show_dataset(d, renderer) for d in renderer.portal.datasets if d.observations]
    if not shown:
        return
    yield make_index(shown, renderer)
    named = named_by_registers(renderer)
    for view in shown:
        for rows in view.measures.values():
            yield make_measure_page(rows, view, named, renderer, scorecard)


def show_dataset(dataset: Dataset, renderer: Renderer) -> Shown:
    root = root_of("measures/x/")
    measures: dict[str, list[Observation]] = {}
    for row in dataset.observations:
        measures.setdefault(row.measure.id, []).append(row)
    places = tuple(find_places(dataset, renderer))
    return Shown(dataset, renderer.question(dataset, root), topic_crumb(dataset, renderer, root), places, measures)


def find_places(dataset: Dataset, renderer: Renderer) -> Iterator[tuple[str, str, frozenset[str]]]:
    """The charts and tables of a dataset's page, each with the rows it shows."""

    def say(text: str) -> str:
        return renderer.sentence(text, "", dataset.slug, dataset.page.path).striptags()

    for chart in dataset.page.charts:
        parts = (*chart.series, *(part for _, lane in chart.lanes for part in lane))
        rows = {row.id for row in select_rows(dataset, parts)} | {name for name, _ in chart.beside}
        yield f"chart-{chart.id}", f"Chart: {say(chart.title)}", frozenset(rows)
    for table in dataset.page.tables:
        if not table.chart:
            rows = {row.id for row in select_rows(dataset, table.series)}
            yield f"table-{table.id}", f"Table: {say(table.caption)}", frozenset(rows)


def named_by_registers(renderer: Renderer) -> Named:
    """Row or measure -> the entries of lists that name it, with the caption of the list."""
    named: dict[str, list[tuple[Entry, str]]] = {}
    for dataset in renderer.portal.datasets:
        captions = {spec.resource: spec.caption for spec in dataset.page.registers}
        for entry in read_entries(dataset):
            for name in dict.fromkeys((*entry.figures, entry.cells.get("measure", ""))):
                named.setdefault(name, []).append((entry, captions[entry.resource]))
    return named


def make_measure_page(rows: list[Observation], view: Shown, named: Named, renderer: Renderer, scorecard: bool) -> Page:
    measure = rows[0].measure
    url = f"measures/{measure.id}/"
    root = root_of(url)
    label = measure.plain_label or measure.label
    views = list(make_series(rows, renderer, root))
    toc = (
        ("means", "What it means"),
        ("figures", "Every figure"),
        *((view.id, view.kind) for view in views if len(views) > 1),
        ("where", "Where it stands on this site"),
    )
    html = renderer.page(
        "measure.html.j2",
        root,
        measure=measure,
        label=label,
        view=view,
        facts_of=list(measure_facts(measure)),
        views=views,
        count=tally(f"?measure={measure.id}", len(rows), "figure"),
        where=list(find_where(rows, view, named, root, scorecard)),
        files=sorted({row.path.rpartition("/")[2] for row in rows}),
        toc=toc,
    )
    return Page(url, label, measure.definition or label, html, toc)


def measure_facts(measure: Measure) -> Iterator[tuple[str, str]]:
    """(name, words) of what the field wants to know, as far as the package says it."""
    times = TIMES.get(measure.multiplier, "")
    yield "Who or what is counted", measure.who_is_counted
    yield "Out of", measure.denominator
    yield "Unit", unit_words(measure.unit) + (f", printed in {times}" if times else "")
    yield "Kind of number", STATISTICS.get(measure.statistic, measure.statistic)
    yield "It tells", STOCK_OR_FLOW.get(measure.stock_or_flow, measure.stock_or_flow)
    yield "Our rule for what is better", BETTER.get(measure.polarity, "")


def make_series(rows: Sequence[Observation], renderer: Renderer, root: str) -> Iterator[SeriesView]:
    known = renderer.portal.reference.series
    order = [name for name in known if any(row.series == name for row in rows)]
    kinds = [series_kind(known[name]) for name in order]
    rules = read_rules(renderer.portal.reference)
    before, above = "", list[Observation]()
    for name, kind in zip(order, kinds, strict=True):
        own = in_order(row for row in rows if row.series == name)
        series = known[name]
        if kinds.count(kind) > 1:  # told apart by the publication
            kind = f"{kind}: {renderer.portal.reference.sources.get(own[0].source, {}).get('title', name)}"
        table = make_table(f"series-{name}-table", own, kind, renderer, root)
        yield SeriesView(
            f"series-{name}",
            kind,
            series.get("definition", ""),
            series.get("rounding", ""),
            series.get("revisions", ""),
            age_of(own, renderer),
            between(before, kind, differences(above, own, rules)),
            table,
            len(table.rows) >= FOLD_FROM,
        )
        before, above = kind, own


def between(before: str, kind: str, told: Sequence[str]) -> str:
    """Whose the two tables are, and how they differ."""
    if not before:
        return ""
    whose = f"Above: {lower_first(before)}. Below: {lower_first(kind)}."
    return " ".join([whose, *told, "We never join them, or work out a difference."])


def differences(above: Sequence[Observation], below: Sequence[Observation], rules: Sequence[Rule]) -> list[str]:
    """What the rules say of two series, each sentence once; between figures that are never compared as well."""
    pairs = pairs_in((*above, *below), rules)
    return list(dict.fromkeys(p.rule.difference for p in pairs if p.rule and p.one.series != p.other.series))


def in_order(rows: Iterable[Observation]) -> list[Observation]:
    """By date; what has none comes last, as it stands in the file."""
    return sorted(rows, key=lambda row: (row.date is None, row.date or date.max))


def make_table(name: str, rows: Sequence[Observation], kind: str, renderer: Renderer, root: str) -> Table:
    measure, reference = rows[0].measure, renderer.portal.reference
    caption = f"{measure.plain_label or measure.label}: {lower_first(kind)}"
    return observation_table(name, caption, rows, reference, root)


def find_where(
    rows: Sequence[Observation], view: Shown, named: Named, root: str, scorecard: bool
) -> Iterator[tuple[str, str]]:
    """(address, words) of each place on the site that shows a row of this measure."""
    ids = {row.id for row in rows}
    base = f"{root}datasets/{view.dataset.slug}/"
    yield base, f"Page: {view.question}"
    yield from ((f"{base}#{anchor}", words) for anchor, words, shown in view.places if shown & ids)
    if scorecard and any(row.locator.startswith("scorecard:") for row in rows):
        yield f"{root}{SCORECARD}", "The scorecard"
    found = [pair for name in (rows[0].measure.id, *(row.id for row in rows)) for pair in named.get(name, ())]
    for entry, caption in {pair[0].id: pair for pair in found}.values():
        yield row_href(entry.dataset, entry.id, root), f"{caption}: {entry.cells.get('title') or entry.id}"
    yield row_href(view.dataset.slug, rows[0].id, root), "Each number with its document"


def make_index(shown: Sequence[Shown], renderer: Renderer) -> Page:
    """Every measure by its plain name, below the page it belongs to."""
    url = "measures/"
    by_slug = {view.dataset.slug: view for view in shown}
    topics = [(t, [by_slug[d.slug] for d in t.datasets if d.slug in by_slug]) for t in find_topics(renderer)]
    groups = [(topic, views) for topic, views in topics if views]
    toc = tuple((topic.id, topic.title) for topic, _ in groups if topic.id)
    count = plural(sum(len(view.measures) for view in shown), "measure")
    html = renderer.page("measures.html.j2", root_of(url), groups=groups, count=count, toc=toc)
    return Page(url, "All measures", "What each number counts, and every figure of it.", html, toc)
