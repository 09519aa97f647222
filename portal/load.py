"""Read the datasets folder.

In:  the folder, one folder a dataset inside it.
Out: a `Portal`, every cell still text, and a Problem for each thing that could not be read. Nothing is judged here.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from portal.descriptors import load_descriptor
from portal.inside import Refused, absent, read_inside
from portal.model import Dataset, Portal, Problem, Reference, Resource
from portal.observations import is_observation_table, make_measures, make_observations
from portal.pagespec import read_page_file
from portal.resources import load_resources
from portal.settings import shown_path
from portal.spec import PageSpec
from portal.youngfiles import is_young, load_young

DESCRIPTORS = ("datapackage.yaml", "datapackage.json")
NARRATIVES = ("narrative.md.j2", "narrative.md")
REFERENCE = "reference"
REFERENCE_KEYS = {"areas": "code", "symbols": "symbol", "glossary": "term", "jargon": "word", "search_words": "word"}
Problems = list[Problem]


def load_portal(datasets_dir: Path, only: tuple[Path, ...] = ()) -> tuple[Portal, tuple[Problem, ...]]:
    """Every dataset folder below `datasets_dir`, or those in `only`, wherever they are; `reference` always."""
    problems: Problems = []
    wanted = {path.resolve() for path in only}
    folders = [path for path in find_folders(datasets_dir, problems) if not is_young(path)]
    chosen = [path for path in folders if not wanted or path.resolve() in wanted or path.name == REFERENCE]
    chosen += sorted(wanted - {path.resolve() for path in folders})  # a folder that is kept elsewhere
    datasets = [dataset for path in chosen if (dataset := load_dataset(path, problems))]
    if not folders:
        problems.append(
            Problem(
                "no-datasets",
                "there is no dataset folder in here",
                shown_path(datasets_dir),
                fix="Add a folder with datapackage.yaml and its CSV files.",
            )
        )
    reference = next((d for d in datasets if d.slug == REFERENCE), None)
    pages = tuple(d for d in datasets if d.slug != REFERENCE)
    young = None if only else load_young(datasets_dir, problems)  # it speaks of all datasets
    return Portal(pages, make_reference(reference), reference, young), tuple(problems)


def find_folders(datasets_dir: Path, problems: Problems) -> list[Path]:
    """Every folder in `datasets_dir` but hidden ones and those that lie elsewhere."""
    found = sorted(path for path in datasets_dir.iterdir() if not path.name.startswith((".", "_")))
    folders = [path for path in found if path.is_dir() and datasets_dir.resolve() in path.resolve().parents]
    for path in found:
        if path.is_symlink() and path not in folders:
            message = "this is a link that leads out of the folder of datasets, or nowhere"
            shown = f"{shown_path(datasets_dir)}/{path.name}"
            problems.append(Problem("unsafe-path", message, shown, fix="Replace the link by a copy of the folder."))
    return folders


def load_dataset(folder: Path, problems: Problems) -> Dataset | None:
    """One folder; None, with a problem, when it has no descriptor that can be read."""
    name = find_descriptor(folder, problems)
    described = load_descriptor(folder, name, f"{shown_path(folder)}/{name}", problems) if name else None
    if described is None:
        return None
    resources = load_resources(folder, described, problems)
    page, narrative, narrative_path = load_page_files(folder, problems)
    measures = make_measures(resources)
    observations = tuple(
        row
        for r in resources
        if is_observation_table(r) and set(r.field_names) == set(r.frame.columns)
        for row in make_observations(r, measures, folder.name)
    )
    return Dataset(
        folder.name,
        shown_path(folder),
        described.data,
        described.path,
        resources,
        page,
        narrative,
        narrative_path,
        observations,
        described.places,
        described.refused,
        described.source,
    )


def find_descriptor(folder: Path, problems: Problems) -> str:
    """The name of the folder's one descriptor; empty, with a problem, when there is none or when there are two."""
    there = list_folder(folder)
    found = [name for name in DESCRIPTORS if name in there]
    if len(found) == 1:
        return found[0]
    if found:
        message = f"{' and '.join(found)} both describe this folder"
        problems.append(Problem("two-descriptors", message, shown_path(folder), fix="Keep one of the two."))
        return ""
    message, fix = (
        "this folder has no datapackage.yaml",
        "Describe its files in one, or move the folder out.",
    )
    alike = [name for name in there if name.lower() in (*DESCRIPTORS, "datapackage.yml")]
    if alike:
        message, fix = f"{alike[0]} is not read under this name", f"Rename it to {renamed(alike[0])}."
    problems.append(Problem("no-descriptor", message, shown_path(folder), fix=fix))
    return ""


def renamed(name: str) -> str:
    return name.lower() if name.lower() in DESCRIPTORS else DESCRIPTORS[0]


def list_folder(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def load_page_files(folder: Path, problems: Problems) -> tuple[PageSpec, str, str]:
    """page.yaml and the narrative, each optional."""
    page, there = PageSpec(), list_folder(folder)
    story = next((name for name in NARRATIVES if name in there), "")
    content = read_own(folder, "page.yaml", there, problems)
    if content is not None:
        page, found = read_page_file(content, f"{shown_path(folder)}/page.yaml")
        problems.extend(found)
    told = read_own(folder, story, there, problems) if story else None
    narrative = decode_narrative(told, f"{shown_path(folder)}/{story}", problems) if told is not None else ""
    return page, narrative, f"{shown_path(folder)}/{story}" if narrative else ""


def read_own(folder: Path, name: str, there: Iterable[str], problems: Problems) -> bytes | None:
    """A file of ours in the folder; None when it is not there, or is not read for a reason that is told."""
    alike = [other for other in there if other.lower() == name]
    if not alike:
        return None
    try:
        if name not in alike:
            raise absent(name, name, alike)
        return read_inside(folder, name)
    except Refused as error:
        problems.append(Problem(error.code, error.what, f"{shown_path(folder)}/{name}", fix=error.fix))
        return None


def decode_narrative(content: bytes, path: str, problems: Problems) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.append(
            Problem(
                "not-utf8",
                "the text is not UTF-8",
                path,
                line,
                fix="In Notepad choose File > Save As and, under Encoding, UTF-8.",
            )
        )
        return ""


def make_reference(dataset: Dataset | None) -> Reference:
    """The reference tables by code. A portal without `reference` has empty ones."""
    tables = {r.name: r for r in dataset.resources} if dataset else {}
    return Reference(
        **{
            name: rows_by_key(tables[name], REFERENCE_KEYS.get(name, "id"))
            for name in Reference.__dataclass_fields__
            if name in tables
        }
    )


def rows_by_key(resource: Resource, key: str) -> dict[str, dict[str, str]]:
    if key not in resource.frame.columns:
        return {}
    return {row[key]: row for row in resource.records()}
