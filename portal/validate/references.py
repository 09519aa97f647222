"""Does every name lead somewhere?

In:  a Dataset and the portal's reference tables.
Out: Problems for unknown areas, sources, flags and series in the rows, and for unknown rows and figures in page.yaml.
     Frictionless cannot follow a foreign key into another package, so this is done here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from portal.model import Dataset, Observation, Portal, Problem, Reference, Resource
from portal.privacy import quote
from portal.spec import PageSpec, SeriesSpec
from portal.validate.age import check_renewal
from portal.validate.jargon import check_jargon
from portal.validate.places import cell_column, did_you_mean


def check_references(dataset: Dataset, portal: Portal) -> Iterator[Problem]:
    yield from check_codes(dataset, portal)
    if dataset.page.usable:
        yield from check_page(dataset)


def check_codes(dataset: Dataset, portal: Portal) -> Iterator[Problem]:
    """The package's own measures are among them: without a foreign key only this sees to it."""
    by_path = {resource.path: resource for resource in dataset.resources}
    table = next((r for r in dataset.resources if r.name == "measures"), None)
    measures = {record.get("id", "") for record in table.records()} if table else set()
    for row in dataset.observations:
        for field, code, known, where in codes_of(row, portal.reference, measures):
            if code not in known:
                column = cell_column(by_path[row.path], row.line, field)
                message = (
                    f'row {row.line}, column "{field}": {quote(code)} is not in {where}{did_you_mean(code, known)}'
                )
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


REFERENCE_COLUMNS = {
    "sources": "id title publisher type date licence url note",
    "areas": "code name",
    "series": "id label",
    "quality_flags": "id label meaning",
    "symbols": "symbol label meaning",
    "constants": "id text kind reason",
    "not_published": "id source reason times",
    "jargon": "word term note",
    "search_words": "word means note",
    "search_examples": "id question leads_to",
    "comparability": "id a_measure a_series a_row b_measure b_series b_row verdict difference",
    "documents_not_held": "id title source locator why",
    "help_contacts": "id service who_it_is_for telephone hours cost checked_on checked_against",
    "events": "id kind date_start date_end precision role title text source locator",
}


def check_reference(dataset: Dataset) -> Iterator[Problem]:
    """The reference tables have the columns that pages speak from."""
    for resource in dataset.resources:
        yield from check_table_name(resource)
        yield from check_keys(resource)
        missing = set(REFERENCE_COLUMNS.get(resource.name, "").split()) - set(resource.frame.columns)
        if missing:
            message = f"the table {resource.name} has no column {', '.join(sorted(missing))}"
            yield Problem("reference-columns", message, resource.path, 1, fix="Add it; its cells may be empty.")
        if resource.name == "series":
            yield from check_renewal(resource)
    yield from check_jargon(dataset)


def check_table_name(resource: Resource) -> Iterator[Problem]:
    """A table that is called otherwise is not read: a slip would switch off every rule in it."""
    known = [*REFERENCE_COLUMNS, "areas", "glossary"]
    close = did_you_mean(resource.name, known) if resource.name not in known else ""
    if close:
        message = f"no reference table is called {quote(resource.name)}{close}"
        yield Problem("unknown-name", message, resource.path, 1, fix="Correct its name in datapackage.yaml.")


def check_keys(resource: Resource) -> Iterator[Problem]:
    """Of two rows with one key only the last would be read, whether the schema names a primary key or not."""
    key = next((n for n in ("id", "code", "symbol", "word", "term") if n in resource.frame.columns), "")
    seen: dict[str, int] = {}
    for record, line in zip(resource.records(), resource.lines, strict=True) if key else ():
        if (first := seen.setdefault(record[key], line)) != line:
            message = f'row {line}, column "{key}": {quote(record[key])} stands in row {first} already'
            yield Problem("duplicate-id", message, resource.path, line, field=key, fix="Give it a key of its own.")


def check_page(dataset: Dataset) -> Iterator[Problem]:
    page, ids = dataset.page, {row.id for row in dataset.observations}
    for place, row_id in named_rows(page):
        if row_id not in ids:
            yield unknown(page, place, f"no row called {quote(row_id)}{did_you_mean(row_id, ids)}")
    for n, chart in enumerate(page.charts):
        if chart.form == "auto" and dataset.observations:
            yield unknown(page, f"charts.{n}.form", "observations of several measures cannot be drawn as auto")
        for part in (*chart.series, *(s for _, lane in chart.lanes for s in lane)):
            yield from check_series(part, dataset, page, f"charts.{n}")
    charts = {chart.id for chart in page.charts}
    for n, table in enumerate(page.tables):
        if table.chart and table.chart not in charts:
            yield unknown(
                page, f"tables.{n}", f"no chart called {quote(table.chart)}{did_you_mean(table.chart, charts)}"
            )
        for part in table.series:
            yield from check_series(part, dataset, page, f"tables.{n}")
    figures = {figure.id for figure in page.figures}
    if page.headline and page.headline not in figures:
        yield unknown(
            page, "headline", f"no figure called {quote(page.headline)}{did_you_mean(page.headline, figures)}"
        )


def named_rows(page: PageSpec) -> Iterator[tuple[str, str]]:
    for n, figure in enumerate(page.figures):
        yield from ((f"figures.{n}.rows", row) for row in figure.rows)
    for n, chart in enumerate(page.charts):
        yield from ((f"charts.{n}.beside", row) for row, _ in chart.beside)
        for part in (*chart.series, *(s for _, lane in chart.lanes for s in lane)):
            yield from ((f"charts.{n}", row) for row in part.rows)
    for n, table in enumerate(page.tables):
        yield from ((f"tables.{n}", row) for part in table.series for row in part.rows)


def check_series(part: SeriesSpec, dataset: Dataset, page: PageSpec, place: str) -> Iterator[Problem]:
    if not part.where:
        return
    known = {name for row in dataset.observations[:1] for name in row.cells}
    for name in part.where:
        if name not in known:
            yield unknown(page, place, f"no column called {quote(name)} to choose rows by{did_you_mean(name, known)}")
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
    return ", ".join(f"entry {int(word) + 1}" if n > 1 and word.isdecimal() else word for n, word in enumerate(words))
