"""The claims of a dataset with their rows and the places where they are said.

In:  a Dataset: page.yaml and the narrative.
Out: `Stated` claims: those of `claims`, and the statements on what is better that stand in charts by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.claims.phrases import EACH, EXTREME, Phrase, read_phrase
from portal.claims.standing import find_standing
from portal.comparability import chosen, named_rows
from portal.model import Dataset, Observation
from portal.spec import ClaimSpec


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with what its words say, its rows, and those among which a highest is looked for."""

    spec: ClaimSpec
    phrase: Phrase | None
    rows: tuple[Observation, ...]
    field: tuple[Observation, ...]
    place: str = ""  # of a statement that stands in a chart, where it stands


def derive_claims(dataset: Dataset) -> tuple[Stated, ...]:
    return (*(state(dataset, spec) for spec in dataset.page.claims), *standing_claims(dataset))


def find_claim(dataset: Dataset, name: str) -> Stated | None:
    return next((state(dataset, spec) for spec in dataset.page.claims if spec.id == name), None)


def state(dataset: Dataset, spec: ClaimSpec) -> Stated:
    rows, phrase = chosen_rows(dataset, spec), read_phrase(spec.words)
    return Stated(spec, phrase, rows, field_of(dataset, spec, rows, phrase))


def chosen_rows(dataset: Dataset, spec: ClaimSpec) -> tuple[Observation, ...]:
    """Those of the figures it names, then those it names itself."""
    figures = {figure.id: figure.rows for figure in dataset.page.figures}
    return named_rows(dataset, (*(row for name in spec.figures for row in figures.get(name, ())), *spec.rows))


def field_of(
    dataset: Dataset, spec: ClaimSpec, rows: tuple[Observation, ...], phrase: Phrase | None
) -> tuple[Observation, ...]:
    """The rows a highest is looked for among: those named, and all that are alike and no second printing."""
    named = named_rows(dataset, (*(row.id for row in rows), *spec.among)) if spec.among else ()
    if phrase is None or phrase.test not in (EXTREME, EACH):
        return named or dataset.observations
    like = {row.like for row in rows}
    alike = tuple(row for row in dataset.observations if row.like in like and not row.repeats)
    # Who names one other row of the same kind names all of them: else a highest could be had by leaving one out.
    picked = any(row.like in like for row in named[len(rows) :]) or phrase.since or "hold" in spec.words
    return named if named and not picked else tuple(dict.fromkeys((*named, *alike)))


def standing_claims(dataset: Dataset) -> Iterator[Stated]:
    """ "Fewer days is better." under a chart speaks of the rows that the chart draws; no data officer need say so."""
    page = dataset.page
    for chart in page.charts:
        rows = chosen(dataset, (*chart.series, *(part for _, lane in chart.lanes for part in lane)))
        yield from standing(chart.id, chart.subtitle, rows, chart.line, f"charts, {chart.id}, subtitle")
    headline = next((figure.rows for figure in page.figures if figure.id == page.headline), ())
    line = page.lines.get("comparison")
    yield from standing("comparison", page.comparison, named_rows(dataset, headline), line, "comparison")


def standing(name: str, text: str, rows: tuple[Observation, ...], line: int | None, place: str) -> Iterator[Stated]:
    for number, (words, _) in enumerate(find_standing(text) if rows else (), 1):
        spec = ClaimSpec(f"{name}-{number}", words, rows=tuple(row.id for row in rows), line=line)
        yield Stated(spec, read_phrase(words), rows, (), place)
