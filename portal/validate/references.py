"""Does every name lead somewhere?

In:  a Dataset and the portal's reference tables.
Out: Problems for unknown areas, sources, flags and series in the rows, and for unknown rows and figures in page.yaml.
     Frictionless cannot follow a foreign key into another package, so this is done here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from portal.model import Dataset, Observation, Portal, Problem, Reference
from portal.spec import PageSpec, SeriesSpec
from portal.validate.places import cell_column, did_you_mean

CALL = re.compile(r"""(?:number|period|text|figures)\s*[\[(]\s*["']([^"']+)["']""")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Digits that are no statistic: years and dates, the base of a rate, the names of the two adoption measures, paragraphs.
ALLOWED = re.compile(
    rf"\b(?:19|20)\d\d(?:/\d\d)?\b|\b\d{{1,2}}(?= (?:{MONTHS}))|\b10,000\b|\bA[12]\b|\bv?\d\.\d\b|§[\d.]+"
)
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", re.DOTALL)


def check_references(dataset: Dataset, portal: Portal) -> Iterator[Problem]:
    yield from check_codes(dataset, portal)
    if dataset.page.usable:
        yield from check_page(dataset)
        yield from check_words(dataset)


def check_codes(dataset: Dataset, portal: Portal) -> Iterator[Problem]:
    """The package's own measures are among them: without a foreign key only this sees to it."""
    by_path = {resource.path: resource for resource in dataset.resources}
    table = next((r for r in dataset.resources if r.name == "measures"), None)
    measures = {record.get("id", "") for record in table.records()} if table else set()
    for row in dataset.observations:
        for field, code, known, where in codes_of(row, portal.reference, measures):
            if code not in known:
                column = cell_column(by_path[row.path], row.line, field)
                message = f'row {row.line}, column "{field}": "{code}" is not in {where}{did_you_mean(code, known)}'
                fix = f"Correct it, or add it to {where.replace('/', '/data/')}.csv."
                yield Problem("unknown-code", message, row.path, row.line, column, field, fix)


def codes_of(
    row: Observation, reference: Reference, measures: Collection[str]
) -> Iterator[tuple[str, str, Collection[str], str]]:
    """(column, code, the codes there are, the table they stand in)"""
    yield "measure", row.measure.id, measures, "measures"
    yield "area", row.area, reference.areas, "reference/areas"
    yield "source", row.source, reference.sources, "reference/sources"
    yield "series", row.series, reference.series, "reference/series"
    yield from (("flags", flag, reference.quality_flags, "reference/quality_flags") for flag in row.flags)


def check_page(dataset: Dataset) -> Iterator[Problem]:
    page, ids = dataset.page, {row.id for row in dataset.observations}
    for place, row_id in named_rows(page):
        if row_id not in ids:
            yield unknown(page, place, f'no row called "{row_id}"{did_you_mean(row_id, ids)}')
    for n, chart in enumerate(page.charts):
        for part in (*chart.series, *(s for _, lane in chart.lanes for s in lane)):
            yield from check_series(part, dataset, page, f"charts.{n}")
    for n, table in enumerate(page.tables):
        for part in table.series:
            yield from check_series(part, dataset, page, f"tables.{n}")
    figures = {figure.id for figure in page.figures}
    if page.headline and page.headline not in figures:
        yield unknown(page, "headline", f'no figure called "{page.headline}"{did_you_mean(page.headline, figures)}')


def named_rows(page: PageSpec) -> Iterator[tuple[str, str]]:
    for n, figure in enumerate(page.figures):
        yield from ((f"figures.{n}.rows", row) for row in figure.rows)
    for n, chart in enumerate(page.charts):
        yield from ((f"charts.{n}.beside", row) for row, _ in chart.beside)
        for part in (*chart.series, *(s for _, lane in chart.lanes for s in lane)):
            yield from ((f"charts.{n}", row) for row in part.rows)
    for n, table in enumerate(page.tables):
        yield from ((f"tables.{n}", row) for part in table.series for row in part.rows)
    yield from (("disclosure", row) for row in page.disclosure)


def check_series(part: SeriesSpec, dataset: Dataset, page: PageSpec, place: str) -> Iterator[Problem]:
    if not part.where:
        return
    known = {name for row in dataset.observations[:1] for name in row.cells}
    for name in part.where:
        if name not in known:
            yield unknown(page, place, f'no column called "{name}" to choose rows by{did_you_mean(name, known)}')
            return
    if not any(part.chooses(row) for row in dataset.observations):
        yield unknown(page, place, f"no row has {', '.join(f'{k} {v}' for k, v in part.where.items())}")


def unknown(page: PageSpec, place: str, message: str) -> Problem:
    parts = place.split(".")
    line = next((page.lines[p] for n in range(len(parts), 0, -1) if (p := ".".join(parts[:n])) in page.lines), None)
    return Problem(
        "unknown-name",
        f"{spoken(page, place)}: {message}",
        page.path,
        line,
        field=place,
        fix="Correct the name in page.yaml.",
    )


def spoken(page: PageSpec, place: str) -> str:
    """`figures.0.rows` -> "figures, in-care, rows": nobody should have to count from nought."""
    words = place.split(".")
    if len(words) > 1:
        entry = getattr(page, words[0])[int(words[1])]
        words[1] = getattr(entry, "id", f"entry {int(words[1]) + 1}")
    return ", ".join(words)


def check_words(dataset: Dataset) -> Iterator[Problem]:
    """No statistic is typed into a sentence: it comes from a figure, or it is not there."""
    for path, place, line, text in sentences(dataset):
        figures = {figure.id for figure in dataset.page.figures}
        for name in CALL.findall(text):
            if name not in figures:
                yield Problem(
                    "unknown-figure",
                    f'{place}no figure called "{name}"{did_you_mean(name, figures)}',
                    path,
                    line,
                    fix="Add it under `figures` in page.yaml, or correct the name.",
                )
        typed = re.search(r"\d[\d,.]*%?", ALLOWED.sub("", TAG.sub("", text)))
        if typed:
            yield Problem(
                "typed-number",
                f'{place}the number "{typed[0]}" is typed into the text',
                path,
                line,
                fix='Write {{ number("figure-id") }}, with the figure listed in page.yaml.',
            )


def sentences(dataset: Dataset) -> Iterator[tuple[str, str, int | None, str]]:
    page = dataset.page
    for name in ("question", "lede", "comparison"):
        yield page.path, f"{name}: ", page.lines.get(name), getattr(page, name)
    for part in ("charts", "tables", "know", "do_not_compare"):
        for n, entry in enumerate(getattr(page, part)):
            for field in ("title", "subtitle", "caption", "text"):
                place = f"{part}.{n}.{field}"
                yield page.path, f"{spoken(page, place)}: ", page.lines.get(place), getattr(entry, field, "")
    if dataset.narrative_path.endswith(".j2"):
        # A comment may run over lines: it goes first, its line breaks stay.
        text = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), dataset.narrative, flags=re.DOTALL)
        for n, line in enumerate(text.splitlines(), 1):
            yield dataset.narrative_path, "", n, line
