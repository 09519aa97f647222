"""The page of a dataset's rows: each number has its address there, and the thread back to the document.

In:  a checked Dataset.
Out: one `Page`, a section a row, a number worked out of two, and a claim; None for a plain package.

`thread.js` shows such a section where the number stands: each says all there is to say, without the page around it.
"""

from __future__ import annotations

from portal.formats import BASES, format_row, plural, unit_words
from portal.made import Page
from portal.model import Dataset, Observation
from portal.pages.claimplaces import make_claim_places
from portal.pages.quality import mismatches_of
from portal.pages.registers import describe_entry
from portal.pages.render import Renderer, link_measure, link_row, root_of
from portal.pages.rowfile import find_standings
from portal.pages.topics import topic_crumb
from portal.pages.wording import make_flag, when
from portal.pages.worked import make_places, sum_of
from portal.registers import read_entries


def make_rows_page(dataset: Dataset, renderer: Renderer) -> Page | None:
    """One section a row: the number, and the thread from this site to the words in the document."""
    entries = list(read_entries(dataset))
    if not dataset.observations and not entries:
        return None
    url = f"datasets/{dataset.slug}/rows/"
    root = root_of(url)
    by_path = {resource.path: resource for resource in dataset.resources}
    standings = find_standings(dataset, root)
    rows = [
        {**describe_row(row, renderer, root), "standing": standings[row.path, row.line]} for row in dataset.observations
    ]
    title = f"{dataset.title}: every number and where it was printed"
    html = renderer.page(
        "rows.html.j2",
        root,
        dataset_slug=dataset.slug,
        dataset=dataset,
        title=title,
        rows=rows,
        places=[*make_places(dataset, renderer, root), *make_claim_places(dataset, renderer, root)],
        topic=topic_crumb(dataset, renderer, root),
        entries=[
            {
                **describe_entry(entry, by_path[entry.path], renderer, root),
                "place": place_words(entry.cells["locator"]),
                "mismatches": mismatches_of(entry.id, renderer),
                "standing": standings[entry.path, entry.line],
            }
            for entry in entries
        ],
    )
    short = f"{dataset.title}: every number"  # of the window, where a long name is cut off
    return Page(url, short, f"{plural(len(rows) + len(entries), 'row')}, each with its document and paragraph.", html)


def describe_row(row: Observation, renderer: Renderer, root: str) -> dict[str, object]:
    reference = renderer.portal.reference
    source = reference.sources[row.source]
    repeated = renderer.portal.row(row.repeats) if row.repeats else None
    return {
        "row": row,
        "text": format_row(row),
        "words": row_words(row, reference.series[row.series]["label"]),
        "measure": link_measure(row.measure, root),
        "area": reference.areas[row.area]["name"],
        "series": reference.series[row.series],
        "source": source,
        "source_date": when(source.get("date", "")),
        "place": place_words(row.locator),
        "mismatches": mismatches_of(row.id, renderer),
        "flags": [
            (make_flag(flag, reference, root), reference.quality_flags[flag].get("meaning", "")) for flag in row.flags
        ],
        "symbol": reference.symbols.get(row.symbol, {}).get("meaning", ""),
        "repeats": link_row(repeated, root) if repeated else "",
        "sum": sum_of(row, renderer, root),
    }


KINDS = {
    "actual": "A figure",
    "target": "A target",
    "forecast": "A forecast",
    "plan": "A plan",
    "estimate": "An estimate",
}
TIMES = {"1000": "thousands", "1000000": "millions"}
DATES = {
    "stated": "The document states the date or period.",
    "inferred": "The date was worked out by us.",
    "not-stated": "The document gives no date.",
}


PLACES = {
    "bullet": "bullet",
    "heading": "under the heading",
    "row": "row",
    "col": "column",
    "scorecard": "scorecard",
    "slide": "slide",
    "table": "table",
}


def place_words(locator: str) -> str:
    """`§3/bullet:15` -> "section 3, bullet 15"; an address in a data file -> its parts."""
    words = []
    for part in locator.split("/"):
        name, _, value = part.partition(":")
        printed = (
            value if value.isdecimal() or not value else f"“{value}”"
        )  # the document's own words, whatever they say
        text = f"{PLACES[name]} {printed}".strip() if name in PLACES else part
        words.append(f"section {part[1:]}" if part.startswith("§") else text)
    return ", ".join(words)


def row_words(row: Observation, series: str) -> str:
    """What kind of figure a row is, in two or three plain sentences."""
    kind, basis = KINDS.get(row.kind, row.kind), BASES.get(row.basis, row.basis)
    unit = unit_words(row.measure.unit)
    counted = f", {unit}" if unit.startswith("for every") else ""
    named = "" if counted else f" Unit: {unit}."
    times = f", printed in {TIMES[row.measure.multiplier]}" if row.measure.multiplier in TIMES else ""
    return f"{kind} {basis}{counted}{times}.{named} {DATES.get(row.date_status, '')} Series: {series}."
