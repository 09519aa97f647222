"""Read the datasets folder.

In:  the folder, one folder a dataset inside it.
Out: a `Portal`, every cell still text, and a Problem for each thing that could not be read. Nothing is judged here.
"""

from __future__ import annotations

from pathlib import Path

from portal.model import Dataset, Portal, Problem, Reference, Resource
from portal.observations import is_observation_table, make_measures, make_observations
from portal.pagespec import read_page_file
from portal.resources import load_descriptor, load_resources
from portal.settings import shown_path
from portal.spec import PageSpec

DESCRIPTORS = ("datapackage.yaml", "datapackage.json")
REFERENCE = "reference"
REFERENCE_KEYS = {"areas": "code", "symbols": "symbol", "glossary": "term"}
Problems = list[Problem]


def load_portal(datasets_dir: Path, only: tuple[Path, ...] = ()) -> tuple[Portal, tuple[Problem, ...]]:
    """Every dataset folder below `datasets_dir`, or those in `only`, wherever they are; `reference` always."""
    problems: Problems = []
    wanted = {path.resolve() for path in only}
    folders = sorted(path for path in datasets_dir.iterdir() if path.is_dir() and not path.name.startswith((".", "_")))
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
    return Portal(pages, make_reference(reference), reference), tuple(problems)


def load_dataset(folder: Path, problems: Problems) -> Dataset | None:
    """One folder; None, with a problem, when it has no descriptor that can be read."""
    path = next((folder / name for name in DESCRIPTORS if (folder / name).is_file()), None)
    if path is None:
        problems.append(
            Problem(
                "no-descriptor",
                "this folder has no datapackage.yaml",
                shown_path(folder),
                fix="Describe its files in a datapackage.yaml, or move the folder out.",
            )
        )
        return None
    descriptor = load_descriptor(path, problems)
    if descriptor is None:
        return None
    resources = load_resources(folder, descriptor, shown_path(path), problems)
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
        descriptor,
        shown_path(path),
        resources,
        page,
        narrative,
        narrative_path,
        observations,
    )


def load_page_files(folder: Path, problems: Problems) -> tuple[PageSpec, str, str]:
    """page.yaml and the narrative, each optional."""
    page, page_file = PageSpec(), folder / "page.yaml"
    narrative_file = next((folder / n for n in ("narrative.md.j2", "narrative.md") if (folder / n).is_file()), None)
    for file in (page_file, narrative_file):
        if file and file.is_file() and folder.resolve() not in file.resolve().parents:
            problems.append(
                Problem(
                    "unsafe-path",
                    "the file lies outside the dataset's folder",
                    f"{shown_path(folder)}/{file.name}",
                    fix="Copy it in.",
                )
            )
            return page, "", ""
    try:
        if page_file.is_file():
            page, found = read_page_file(page_file.read_text(encoding="utf-8-sig"), shown_path(page_file))
            problems.extend(found)
        narrative = narrative_file.read_text(encoding="utf-8-sig") if narrative_file else ""
    except UnicodeDecodeError:
        problems.append(
            Problem(
                "not-utf8",
                "page.yaml or the narrative is not UTF-8 text",
                shown_path(folder),
                fix="Save the file as UTF-8.",
            )
        )
        return page, "", ""
    return page, narrative, shown_path(narrative_file) if narrative_file else ""


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
