"""Values and folders for tests. Each helper fills in everything that a test does not say.

The folder `broken/_common` is the smallest portal that is right; what is filled in comes from there.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from portal.arithmetic import run_checks
from portal.downloads import make_downloads
from portal.figures import derive_figures
from portal.load import load_portal
from portal.made import Chart
from portal.model import OBSERVATION_COLUMNS, Dataset, Observation, Portal, Reference, Resource
from portal.observations import make_measures, make_observations
from portal.pages import Drawings, make_pages
from portal.pagespec import read_page_file
from portal.resources import make_fields, read_table
from portal.settings import Settings
from portal.spec import PageSpec

BUILT = date(2026, 1, 31)
COMMON = Path(__file__).resolve().parent / "broken" / "_common"
DESCRIPTOR = yaml.safe_load((COMMON / "datasets/children/datapackage.yaml").read_text(encoding="utf-8"))
MEASURES = (COMMON / "datasets/children/data/measures.csv").read_text(encoding="utf-8")

ROW = dict.fromkeys(OBSERVATION_COLUMNS, "") | {
    "measure": "in-care",
    "area": "otherton",
    "series": "council-reports",
    "kind": "actual",
    "basis": "point-in-time",
    "period_start": "2024-03-31",
    "period_end": "2024-03-31",
    "date_status": "stated",
    "period": "31 March 2024",
    "value": "1248",
    "qualifier": "exact",
    "source": "annual-report-2024",
    "locator": "§1",
}


def make_dataset(
    csv_text: str, *, slug: str = "children", page: str = "", narrative: str = "", measures_csv: str = MEASURES
) -> Dataset:
    """A dataset of observations: columns that `csv_text` leaves out are filled in, `printed` as the value."""
    folder = f"datasets/{slug}"
    data = replace(make_resource(fill_rows(csv_text), "children"), path=f"{folder}/data/children.csv")
    measures = replace(make_resource(measures_csv, "measures"), path=f"{folder}/data/measures.csv")
    return Dataset(
        slug=slug,
        folder=folder,
        descriptor=DESCRIPTOR,
        descriptor_path=f"{folder}/datapackage.yaml",
        resources=(data, measures),
        page=make_page(page, f"{folder}/page.yaml"),
        narrative=narrative,
        narrative_path=f"{folder}/narrative.md.j2" if narrative else "",
        observations=make_observations(data, make_measures((measures,)), slug),
    )


def make_plain(csv_text: str, *, types: Mapping[str, str] | None = None, **descriptor: object) -> Dataset:
    """A plain package of one table, called visits; `types` says which columns are not text."""
    schema = {"fields": [{"name": n, "type": (types or {}).get(n, "string")} for n in header_of(csv_text)]}
    entry = {"name": "visits", "path": "data/visits.csv", "schema": schema}
    whole = {
        "name": "visits",
        "title": "Visits",
        "description": "Made-up data.",
        "licenses": [{"name": "CC-BY-4.0"}],
        "resources": [entry],
        **descriptor,
    }
    resource = make_resource(csv_text, "visits", schema)
    return Dataset("visits", "datasets/visits", whole, "datasets/visits/datapackage.yaml", (resource,), PageSpec())


def make_register(csv_text: str, *, page: str = "", **types: str) -> Dataset:
    """A package of one register, called risks: source and locator are filled in; `types` says what is not text."""
    place = {"source": "annual-report-2024", "locator": "§2"}
    given = list(csv.DictReader(io.StringIO(csv_text)))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys([*header_of(csv_text), *place])), lineterminator="\n")
    writer.writeheader()
    writer.writerows(place | row for row in given)
    schema = {"fields": [{"name": n, "type": types.get(n, "string")} for n in header_of(text.getvalue())]}
    resource = make_resource(text.getvalue(), "risks", schema)
    spec = make_page(page or "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]")
    descriptor = {"name": "risks", "title": "Risks", "description": "Made up.", "licenses": [{"name": "CC-BY-4.0"}]}
    descriptor |= {"resources": [{"name": "risks", "path": "data/risks.csv", "schema": schema}]}
    spec = replace(spec, path="datasets/risks/page.yaml")
    return Dataset("risks", "datasets/risks", descriptor, "datasets/risks/datapackage.yaml", (resource,), spec)


def make_row(**columns: str) -> Observation:
    """One observation: make_row(value="17", measure="adopted-share")."""
    columns = {"id": "row-1", **columns}
    text = io.StringIO()
    csv.writer(text).writerows([columns.keys(), columns.values()])
    return make_dataset(text.getvalue()).observations[0]


def make_reference() -> Reference:
    return load_portal(COMMON / "datasets")[0].reference


def make_portal(*datasets: Dataset) -> Portal:
    return Portal(datasets, make_reference())


def make_settings(folder: Path, **facts: object) -> Settings:
    return Settings(
        datasets_dir=folder / "datasets",
        site_dir=folder / "site",
        config_file=folder / "mkdocs.yml",
        templates_dir=COMMON.parents[2] / "site_templates",
        site_name="Open data on children in Otherton",
        facts={"place": "Otherton", "council_note": "Otherton is a made-up town.", "contact": "Write.", **facts},
    )


def make_htmls(folder: Path, *datasets: Dataset, charts: tuple[Chart, ...] = (), **facts: object) -> dict[str, str]:
    """Address -> HTML of every page of a portal of these datasets; the drawn `charts` belong to the first."""
    portal = make_portal(*datasets)
    figures = {dataset.slug: derive_figures(dataset, portal.reference) for dataset in datasets}
    files, drawn = make_downloads(portal, {}, BUILT), {datasets[0].slug: charts}
    settings = make_settings(folder, **facts)
    made = make_pages(portal, figures, drawn, Drawings(), files, (), settings, BUILT, run_checks(portal))
    return {page.url: page.html for page in made}


def write_portal(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The common portal on disk with `files` (path below datasets/ -> text) laid over it; gives its datasets folder."""
    shutil.copytree(COMMON, folder, dirs_exist_ok=True)
    for name, content in (files or {}).items():
        path = folder / "datasets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "datasets"


def make_resource(csv_text: str, name: str, schema: Mapping[str, object] | None = None) -> Resource:
    content = csv_text.encode()
    frame, lines = read_table(content)
    fields, path = make_fields(schema or {}, frame), f"datasets/{name}/data/{name}.csv"
    return Resource(name, "", "", path, fields, frame, lines, content, schema=schema or {})


def make_page(text: str, path: str = "datasets/children/page.yaml") -> PageSpec:
    page, problems = read_page_file(text, path)
    assert not problems, problems
    return page


def fill_rows(csv_text: str) -> str:
    """The convention's columns in their order, then breakdown columns; what is not given comes from ROW."""
    given = list(csv.DictReader(io.StringIO(csv_text)))
    breakdowns = [name for name in header_of(csv_text) if name not in OBSERVATION_COLUMNS]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*OBSERVATION_COLUMNS, *breakdowns], lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(given):
        day = dict.fromkeys(("period_start", "period_end"), f"{2024 + number}-03-31")  # a year apart, in order
        whole = ROW | day | row
        writer.writerow({"printed": whole["value"]} | {k: v for k, v in whole.items() if k != "printed" or k in row})
    return text.getvalue()


def header_of(csv_text: str) -> list[str]:
    return next(csv.reader(io.StringIO(csv_text)))
