"""A dataset's page: headline, charts with their tables, what to know, downloads.

In:  a checked Dataset with its figures and charts.
Out: a `Page`. A plain package gets the same page from its schema alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from portal.formats import ATTRIBUTIONS, format_size, plural
from portal.made import Chart, Figure, OutputFile, Page
from portal.model import Dataset, Problem
from portal.pages.age import newest_words
from portal.pages.compared import notes_under, with_notes
from portal.pages.figuretables import chart_tables, other_rows, own_tables
from portal.pages.finds import find_entries
from portal.pages.frametables import columns_table
from portal.pages.promises import promise_links
from portal.pages.quality import declared_by
from portal.pages.registers import make_registers
from portal.pages.render import Renderer, link_figure, link_measure, paragraphs, root_of, source_links
from portal.pages.saying import mark_standing
from portal.pages.topics import beside_pages, related_pages, topic_crumb
from portal.pages.warnings import place_on_page
from portal.pages.wording import kinds_words, lower_first, source_link, when
from portal.registers import read_entries

TYPES = {
    "string": "text",
    "integer": "whole number",
    "boolean": "true or false",
    "list": "codes, ; between them",
    "datetime": "date and time",
    "yearmonth": "year and month",
}  # a type that is not here is a plain word already


@dataclass(frozen=True, slots=True)
class Headline:
    number: Markup
    date: str
    label: Markup
    sentence: Markup
    source: Markup


def make_dataset_page(
    dataset: Dataset,
    charts: tuple[Chart, ...],
    renderer: Renderer,
    files: Mapping[str, OutputFile],
    problems: tuple[Problem, ...],
) -> Page:
    url = f"datasets/{dataset.slug}/"
    root = root_of(url)
    where = dataset.page.path
    tables = chart_tables(dataset, renderer, root)
    notes = notes_under(dataset, renderer, root)
    title = renderer.question(dataset, root)
    lede = (
        renderer.sentence(dataset.page.lede, root, dataset.slug, where)
        if dataset.page.lede
        else paragraphs(str(dataset.descriptor.get("description", "")))
    )
    values = {
        "dataset_slug": dataset.slug,
        "dataset": dataset,
        "title": title,
        "lede": lede,
        "headline": make_headline(dataset, renderer, root),
        "newest": newest_words(dataset, renderer),
        "charts": [
            (
                told_better(chart, dataset, renderer, root),
                tables.get(chart.id),
                chart_actions(chart, root),
                told_under(chart, dataset, notes, renderer),
            )
            for chart in charts
        ],
        "tables": [
            with_notes(table, notes.get(("table", table.id.removeprefix("table-")), []))
            for table in own_tables(dataset, renderer, root)
        ],
        "topic": topic_crumb(dataset, renderer, root),
        "related": [*promise_links(dataset, renderer, root), *related_pages(dataset, renderer, root)],
        "beside": beside_pages(dataset, renderer, root),
        "registers": make_registers(dataset, renderer, root),
        "rows_page": bool(dataset.observations) or any(read_entries(dataset)),
        "mismatches": declared_by(dataset, renderer, root),
        "others": other_rows(dataset, renderer, root),
        "blanks": other_rows(dataset, renderer, root, blank=True),
        "narrative": renderer.prose(dataset.narrative, root, dataset.slug, dataset.narrative_path)
        if dataset.narrative
        else "",
        "know": [
            (
                renderer.sentence(n.title, root, dataset.slug, where),
                renderer.sentence(n.text, root, dataset.slug, where),
            )
            for n in dataset.page.know
        ],
        "do_not_compare": [
            (
                renderer.sentence(n.title, root, dataset.slug, where),
                renderer.sentence(n.text, root, dataset.slug, where),
            )
            for n in dataset.page.do_not_compare
        ],
        "warnings": place_on_page(problems, dataset, root),
        "downloads": list_downloads(dataset, root, files),
        "columns": [columns_table(resource, TYPES) for resource in dataset.resources],
        "sources": list_sources(dataset, renderer, root),
        "attributions": attributions(dataset, renderer),
        "licences": [
            (str(x.get("title") or x.get("name") or ""), str(x.get("path", "")))
            for x in dataset.descriptor.get("licenses", [])
        ],
        "address": f"{url}",
    }
    toc = make_toc(values)
    html = renderer.page("dataset.html.j2", root, toc=toc, **values)
    description = lede.striptags()[:300]
    return Page(url, title, description, html, toc, finds=find_entries(dataset))


def make_headline(dataset: Dataset, renderer: Renderer, root: str) -> Headline | None:
    figure = renderer.figures.get(f"{dataset.slug}/{dataset.page.headline}")
    if figure is None:
        return None
    row = dataset.row(figure.rows[-1])
    assert row is not None  # validate.references has seen to it
    sentence = (
        renderer.sentence(dataset.page.comparison, root, dataset.slug, dataset.page.path)
        if dataset.page.comparison
        else Markup("")
    )
    sentence = mark_standing(sentence, [row])
    kind = kinds_words([row], renderer.portal.reference)
    label = row.measure.plain_label or row.measure.label
    sentence = Markup(" ").join(part for part in (figure.missing, sentence) if part)  # why there is no number
    parts = [words for _, value in row.breakdown if (words := value.replace("-", " ")) and words not in label]
    return Headline(
        link_figure(figure, root),
        figure.period,
        Markup(", ").join([link_measure(row.measure, root), *parts]),
        sentence,
        Markup("{}{}").format(f"{kind}: " if kind else "", source_link(row, renderer.portal.reference, root)),
    )


def told_better(chart: Chart, dataset: Dataset, renderer: Renderer, root: str) -> Chart:
    """What its subtitle says is better, bound to its rows, and what it shows: the drawing has no room for that."""
    rows = [row for row_id in chart.rows if (row := dataset.row(row_id))]
    said = next((spec.finding for spec in dataset.page.charts if spec.id == chart.id), "")
    finding = renderer.sentence(said, root, dataset.slug, dataset.page.path)
    return replace(chart, subtitle=mark_standing(chart.subtitle, rows), finding=finding)


def told_under(
    chart: Chart, dataset: Dataset, notes: Mapping[tuple[str, str], list[Markup]], renderer: Renderer
) -> list[Markup]:
    """The kind of figure, unless the words around the drawing name it; then what its rows ask to be told."""
    rows = [row for row_id in chart.rows if (row := dataset.row(row_id))]
    around = " ".join((chart.title, chart.subtitle, chart.source))
    kinds = kinds_words(rows, renderer.portal.reference)
    named = all(words.lower() in around.lower() for words in kinds.split(", "))
    own = [] if named else [escape(f"Kind of figure: {lower_first(kinds)}.")]
    return [*own, *notes.get(("chart", chart.id), [])]


def chart_actions(chart: Chart, root: str) -> list[tuple[str, str]]:
    base = f"{root}data/{chart.dataset}/charts/{chart.id}"
    return [(f"{base}.svg", "SVG"), (f"{base}.png", "PNG")]


def list_downloads(dataset: Dataset, root: str, files: Mapping[str, OutputFile]) -> list[tuple[str, str, str]]:
    """(address, file name, format, rows and size)."""
    base = f"data/{dataset.slug}"
    listed = [(f"{base}/{r.name}.csv", f"CSV, {plural(len(r.frame), 'row')}") for r in dataset.resources]
    listed += [
        (f"{base}/datapackage.json", "Data package: what each column means"),
        (f"{base}.zip", "Everything above with a read-me"),
    ]
    return [
        (f"{root}{path}", path.rpartition("/")[2], f"{what}, {format_size(len(files[path].content))}")
        for path, what in listed
    ]


def list_sources(dataset: Dataset, renderer: Renderer, root: str) -> list[Markup]:
    used = dict.fromkeys(row.source for row in dataset.observations)
    used |= dict.fromkeys(entry.cells["source"] for entry in read_entries(dataset))
    known = renderer.portal.reference.sources
    if used:
        return [
            Markup('<a href="{}sources/#{}">{}</a>{}').format(
                root, s, known[s]["title"], f", {when(known[s]['date'])}" if known[s].get("date") else ""
            )
            for s in sorted(used, key=lambda s: known[s].get("date", ""))
        ]
    return [escape(link) for link in source_links(dataset)]


def attributions(dataset: Dataset, renderer: Renderer) -> list[str]:
    """What a licence asks to be said wherever its figures are shown."""
    used = {row.source for row in dataset.observations} | {e.cells["source"] for e in read_entries(dataset)}
    licences = {renderer.portal.reference.sources[source].get("licence", "") for source in used}
    return [text for name, text in ATTRIBUTIONS.items() if name in licences]


def make_toc(values: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The sections in the order of the template: the first chart before the story."""
    parts = [
        ("know", "know", "What to know"),
        ("do_not_compare", "do-not-compare", "Do not compare"),
        ("mismatches", "mismatches", "What does not fit"),
    ]
    toc = [(f"chart-{chart.id}", chart.title) for chart, *_ in values["charts"]]
    toc[1:1] = [("story", "The story")] if values["narrative"] else []
    toc += [(view.id, view.caption) for view in values["registers"]]
    toc += [(anchor, heading) for name, anchor, heading in parts if values[name]]
    toc += [("figures", "All the figures")] if values["tables"] or values["others"] or values["blanks"] else []
    toc += [("warnings", "Warnings")] if values["warnings"] else []
    return (
        *toc,
        ("download", "Download"),
        ("columns", "Columns"),
        ("sources", "Sources and licence"),
        ("cite", "Cite"),
    )


def figures_by_name(datasets: tuple[Dataset, ...], figures: Mapping[str, tuple[Figure, ...]]) -> dict[str, Figure]:
    return {f"{d.slug}/{figure.id}": figure for d in datasets for figure in figures.get(d.slug, ())}
