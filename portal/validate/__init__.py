"""Judge a loaded portal.

In:  a `Portal`, everything as it was read.
Out: every Problem, in the order file, descriptor, table, observations, references, disclosure. Nothing is changed.

What cannot be read is not judged further: one cause, one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from portal.identifiers import find_personal
from portal.model import Dataset, Portal, Problem, Resource
from portal.policy import STANDARD, Policy
from portal.validate.age import check_measures
from portal.validate.arithmetic import check_arithmetic, check_repeats
from portal.validate.celltexts import check_cell_texts
from portal.validate.claimed import check_stated
from portal.validate.claims import check_claims, check_home_claims
from portal.validate.comparability import check_comparability
from portal.validate.constants import check_constants, read_constants
from portal.validate.file.bytes import check_file
from portal.validate.file.characters import check_characters
from portal.validate.file.layout import check_filled, check_layout
from portal.validate.file.rows import OF_ROWS, find_spoilt
from portal.validate.formulas import check_formulas
from portal.validate.freshness import check_freshness, check_renewals
from portal.validate.help import check_help, check_help_age
from portal.validate.judgements import check_home_judgements, check_judgements, check_template_judgements
from portal.validate.nearest import Known
from portal.validate.observations import check_observations
from portal.validate.package.descriptor import check_clashes, check_descriptor
from portal.validate.package.documented import check_documented
from portal.validate.package.keys import check_unique_keys
from portal.validate.package.patterns import check_patterns
from portal.validate.people.disclosure import check_disclosure, refused_cells
from portal.validate.people.personal import check_loose, check_personal
from portal.validate.people.records import check_records
from portal.validate.people.running import check_running
from portal.validate.people.said import check_said
from portal.validate.people.settings import check_policy
from portal.validate.people.strays import check_strays, check_unlisted
from portal.validate.places import cell_column
from portal.validate.promises import check_promises
from portal.validate.publisher import check_publisher, check_settings
from portal.validate.recovery.given_away import check_recovery
from portal.validate.references import check_reference, check_references
from portal.validate.registers import check_entry_figures, check_registers
from portal.validate.scorecard import check_scorecard
from portal.validate.table.cells import check_cells
from portal.validate.table.judged import check_tables
from portal.validate.table.listing import list_first
from portal.validate.table.points import check_points
from portal.validate.table.when import check_when
from portal.validate.texts import check_descriptor_words, check_facts, check_templates, find_templates
from portal.validate.timeline import check_future, check_ids, check_timeline
from portal.validate.typed import NOTHING
from portal.validate.unique import check_unique_rows
from portal.validate.words import check_home, check_topics, check_words
from portal.validate.young import check_rounded, check_young

__all__ = [
    "CONFIG",
    "check_arithmetic",
    "check_config",
    "check_documented",
    "check_future",
    "check_help_age",
    "check_loose",
    "check_own_words",
    "check_policy",
    "check_portal",
    "check_renewals",
    "check_settings",
    "check_stated",
    "check_strays",
    "check_template_judgements",
    "check_when",
    "place_cells",
]

CONFIG = "mkdocs.yml"
DESCRIPTOR = re.compile(r"\b[Tt]he descriptor\b")


def check_portal(portal: Portal, root: Path, whole: bool = True, policy: Policy = STANDARD) -> Iterator[Problem]:
    """`root` is the folder that holds the dataset folders; one that was named by its path may stand elsewhere.

    `whole`: every dataset was read, not a few that were named.
    """
    if portal.reference_dataset:
        yield from check_reference(portal.reference_dataset)
    everything = (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ()))
    known = make_known(portal, policy)
    for dataset in everything:
        found = check_dataset(dataset, portal, root / Path(dataset.folder).resolve(), policy, known)
        yield from (name_descriptor(problem, dataset) for problem in found)
        yield from check_repeats(portal, dataset, whole)
    yield from check_clashes(everything)
    yield from check_unique_rows(portal)
    yield from check_entry_figures(portal, whole)
    promised = list(check_promises(portal)) if whole else []
    yield from check_comparability(portal, whole, promises=not promised)
    yield from check_claims(portal)
    yield from check_judgements(portal)
    yield from check_ids(portal)
    yield from check_timeline(portal, whole)
    yield from check_freshness(portal)
    yield from (problem for dataset in portal.datasets for problem in check_rounded(dataset))
    yield from (*check_help(portal), *check_young(portal, known))
    yield from promised


def make_known(portal: Portal, policy: Policy) -> Known:
    """What every text may lean on. No row of a dataset that is refused as identifying is named as the nearest cell."""
    datasets = {dataset.slug: dataset for dataset in portal.datasets}

    @cache
    def is_safe(slug: str) -> bool:
        dataset = datasets[slug]
        found = [*check_personal(dataset, policy), *check_records(dataset, policy), *check_running(dataset, policy)]
        found += [*check_disclosure(dataset, policy, portal.reference.series), *check_recovery(dataset)]
        return not has_errors(found)

    return Known(read_constants(portal.reference), portal.datasets, is_safe=is_safe)


def check_config(
    portal: Portal,
    facts: Mapping[str, Any],
    site_url: str,
    lines: Mapping[str, int],
    config: Mapping[str, Any] | None = None,
    source: str = "",
    policy: Policy = STANDARD,
) -> Iterator[Problem]:
    """What mkdocs.yml says of the portal, in words, names and addresses. `lines`: dotted place in the file -> line."""
    home = facts.get("home") or {}
    known = replace(make_known(portal, policy), lines=lines, sources=((CONFIG, source),))
    yield from check_facts(config or {}, facts, CONFIG, known)
    yield from check_home(home, portal.datasets, CONFIG, known)
    yield from check_home_claims(home, portal, CONFIG)
    yield from check_home_judgements(facts, CONFIG)
    yield from check_topics(facts.get("topics") or [], portal.datasets, known)
    yield from check_scorecard(portal, facts.get("scorecard") or {}, known)
    yield from check_publisher(facts, site_url, lines, CONFIG)


def check_own_words(portal: Portal, templates: Path, source: str, policy: Policy = STANDARD) -> Iterator[Problem]:
    """The program's own words, in its templates; and the declared phrases, which no text may need any more."""
    yield from check_templates(templates, make_known(portal, policy))
    words = [path.read_text(encoding="utf-8") for path in find_templates(templates)]
    yield from check_constants(portal, (" ".join(source.split()), *words))


def check_dataset(
    dataset: Dataset, portal: Portal, folder: Path, policy: Policy, known: Known = NOTHING
) -> Iterator[Problem]:
    # First of all and whatever else is wrong: who committed this must know before it is shown to more people.
    personal, records = list(check_personal(dataset, policy)), list(check_records(dataset, policy))
    yield from (*personal, *records)
    persons = {p.path for p in records if p.severity == "error"}  # refused whole
    yield from (p for p in check_unlisted(dataset) if p.path not in persons)
    said = list(check_said(dataset))
    unreadable = [p for r in dataset.resources for p in check_readable(r, not dataset.descriptor_refused)]
    if dataset is not portal.reference_dataset and not has_errors(unreadable):
        unreadable += check_filled(dataset)
    yield from (p for p in unreadable if not is_told(p, personal))
    descriptor = list(check_descriptor(dataset))
    yield from descriptor
    spoilt = {(r.path, line) for r in dataset.resources for line in find_spoilt(r)}
    if has_errors(p for p in unreadable if p.code not in OF_ROWS) or is_incomplete(dataset) or has_errors(descriptor):
        yield from said
        return
    rows = list(check_observations(dataset))
    # A table without its columns has no rows, so that every name of a row would be unknown.
    names = () if any(p.code == "observation-columns" for p in rows) else check_references(dataset, portal)
    registers = check_registers(dataset, portal, known.constants) if dataset.page.usable else ()
    judges = (check_characters, check_tables, check_patterns, check_unique_keys, check_cells)
    tables = [problem for judge in judges for problem in judge(dataset)]
    texts = check_cell_texts(dataset, portal, known)
    disclosed = [*check_disclosure(dataset, policy, portal.reference.series), *check_running(dataset, policy)]
    hidden = refused_cells(disclosed)
    found = one_per_cell([*tables, *rows, *check_measures(dataset), *names, *registers, *texts])
    others = [
        *said,
        *list_first([*found, *check_points(dataset)]),
        *check_formulas(dataset),
        *check_words(dataset, known),
    ]
    others += check_descriptor_words(dataset, known, ours=dataset is portal.reference_dataset)
    hidden |= {(p.path, p.line, p.field) for p in personal if p.severity == "error" and p.field}
    told = [p for p in others if (p.path, p.line, p.field) not in hidden]
    told += [p for p in disclosed if p.path not in persons]
    told += check_recovery(dataset)
    yield from (problem for problem in told if (problem.path, problem.line) not in spoilt)


def name_descriptor(problem: Problem, dataset: Dataset) -> Problem:
    """Who knows a spreadsheet and no data packages looks for the name of the file."""
    name = dataset.descriptor_path.rpartition("/")[2]
    message, fix = (DESCRIPTOR.sub(name, text) for text in (problem.message, problem.fix))
    return replace(problem, message=message, fix=fix)


def place_cells(problems: Iterable[Problem], portal: Portal) -> Iterator[Problem]:
    """Who names a cell names its place, so that an editor can jump to it."""
    everything = (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ()))
    tables = {resource.path: resource for dataset in everything for resource in dataset.resources}
    for problem in problems:
        named = problem.message.startswith(f'row {problem.line}, column "{problem.field}"')
        if named and problem.line and problem.column is None and problem.path in tables:
            column = cell_column(tables[problem.path], problem.line, problem.field)
            yield replace(problem, column=column)
        else:
            yield problem


def is_told(problem: Problem, personal: Iterable[Problem]) -> bool:
    """A column's name that is refused as personal is of course not the name that was expected."""
    on_lines = {(p.path, p.line) for p in personal if p.severity == "error"}
    return (problem.path, problem.line) in on_lines and bool(find_personal(problem.field))


def check_readable(resource: Resource, described: bool = True) -> Iterator[Problem]:
    """The bytes first; what is no text has no layout."""
    file = list(check_file(resource))
    yield from file
    if not has_errors(file):
        yield from check_layout(resource, described)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def is_incomplete(dataset: Dataset) -> bool:
    """Whether `load` has already said that a file of the package is missing, or a part of it in the wrong shape."""
    entries = dataset.descriptor.get("resources") or ()
    return len(dataset.resources) < len(entries) or bool(dataset.descriptor_refused)


def one_per_cell(problems: list[Problem]) -> Iterator[Problem]:
    """A cell that is no number also differs from what was printed: the first reason is the one to mend.

    Nothing is only warned about that another check refuses.
    """
    seen: set[tuple[str, int | None, str]] = set()
    refused = {(p.path, p.line, p.field) for p in problems if p.severity == "error"}
    for problem in problems:
        cell = (problem.path, problem.line, problem.field)
        if not problem.field or (cell not in seen and (problem.severity == "error" or cell not in refused)):
            yield problem
            seen.add(cell)
