"""Make the files to download.

In:  a checked Portal and its drawn charts.
Out: `OutputFile`s. A CSV is the checked file byte for byte; archives carry the build date, so the same input gives the
     same bytes on any day.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from portal.formats import plural
from portal.made import Chart, OutputFile
from portal.model import OBSERVATION_COLUMNS, Dataset, Portal
from portal.scorecard import Cell, Edition, Row, read_editions

SYMBOLS = (
    "In the value column c is confidential, x not available, z not applicable, low rounds to zero, "
    "u unreliable, due not yet due."
)
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


SCORECARD_COLUMNS = (
    "edition panel line column role measure_label breakdown printed value unit multiplier direction flags polarity "
    "verdict dataset measure area kind basis period id source locator"
).split()


def make_downloads(
    portal: Portal, charts: Mapping[str, tuple[Chart, ...]], built: date, scorecard: Mapping[str, Any] | None = None
) -> tuple[OutputFile, ...]:
    """`scorecard`: how mkdocs.yml orders the panels of the scorecard."""
    files: list[OutputFile] = []
    for dataset in (*portal.datasets, *((portal.reference_dataset,) if portal.reference_dataset else ())):
        data = package_files(dataset)
        drawn = chart_files(dataset, charts.get(dataset.slug, ()))
        files += [
            OutputFile(f"data/{dataset.slug}/{name}", content) for name, content in (*data.items(), *drawn.items())
        ]
        files.append(
            OutputFile(f"data/{dataset.slug}.zip", make_zip({"README.txt": make_readme(dataset, built), **data}, built))
        )
    files.append(OutputFile("data/observations.csv", make_observations_csv(portal)))
    if editions := read_editions(portal, scorecard or {}):
        files.append(OutputFile("data/scorecard.csv", make_scorecard_csv(editions)))
    return (*files, make_checksums(files))


def package_files(dataset: Dataset) -> dict[str, bytes]:
    tables = {f"{resource.name}.csv": resource.content for resource in dataset.resources}
    return {**tables, "datapackage.json": make_descriptor(dataset)}


def chart_files(dataset: Dataset, charts: Iterable[Chart]) -> dict[str, bytes]:
    drawn = {f"charts/{chart.id}.svg": chart.svg.encode() for chart in charts}
    return drawn | {f"charts/{chart.id}.png": chart.png for chart in charts}


def make_descriptor(dataset: Dataset) -> bytes:
    """The descriptor as Data Package v2, its paths those of the published files, with their sizes and hashes."""
    by_name = {resource.name: resource for resource in dataset.resources}
    descriptor = {k: v for k, v in dataset.descriptor.items() if k not in ("profile", "resources", "$schema")}
    resources = [publish_resource(entry, by_name) for entry in dataset.descriptor.get("resources", [])]
    made = {"$schema": PROFILE, "name": dataset.slug, **descriptor, "resources": resources}
    return (json.dumps(made, indent=2, ensure_ascii=False, default=str) + "\n").encode()


def publish_resource(entry: Mapping[str, Any], by_name: Mapping[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in entry.items() if k not in ("profile", "path", "bytes", "hash")}
    name = str(entry.get("name") or str(entry["path"]).rpartition("/")[2].rpartition(".")[0])
    content: bytes = by_name[name].content
    return {
        "name": name,
        "type": "table",
        "path": f"{name}.csv",
        **kept,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def make_readme(dataset: Dataset, built: date) -> bytes:
    """What is in the archive, for somebody who finds it in a folder years from now."""
    licences = [str(x.get("title") or x.get("name") or x.get("path")) for x in dataset.descriptor.get("licenses", [])]
    sources = [f"  - {s.get('title') or s.get('path')}" for s in dataset.descriptor.get("sources") or []]
    tables = [f"  - {r.name}.csv: {r.title or r.name}, {plural(len(r.frame), 'row')}" for r in dataset.resources]
    text = [dataset.title, "=" * len(dataset.title), "", str(dataset.descriptor.get("description", "")).strip(), ""]
    text += [f"Built {built.isoformat()}."] if built.year > 1980 else []
    text += [f"Licence: {'; '.join(licences)}.", "", "Files", *tables]
    text += ["  - datapackage.json: what each column means (Data Package v2)", ""]
    text += ["Sources", *sources, ""] if sources else []
    text += [SYMBOLS] if dataset.observations else []
    return ("\n".join(text).rstrip() + "\n").encode()


def make_zip(files: Mapping[str, bytes], built: date) -> bytes:
    stamp = (min(max(built.year, 1980), 2107), built.month, built.day, 0, 0, 0)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, stamp)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same bytes from any system
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def make_observations_csv(portal: Portal) -> bytes:
    """Every observation of every dataset: the common columns as in their files, `dataset` and `breakdown`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["dataset", *OBSERVATION_COLUMNS, "breakdown"])
    for dataset in portal.datasets:
        observed = {row.path for row in dataset.observations}
        for resource in (r for r in dataset.resources if r.path in observed):
            others = [name for name in resource.frame.columns if name not in OBSERVATION_COLUMNS]
            for record in resource.records():
                breakdown = "".join(f"{name}={record[name]};" for name in others if record[name])
                writer.writerow([dataset.slug, *(record[name] for name in OBSERVATION_COLUMNS), breakdown])
    return text.getvalue().encode()


def make_scorecard_csv(editions: Iterable[Edition]) -> bytes:
    """Every printed cell of every edition, in the order of the page; a line's verdict stands beside its figure."""
    text = io.StringIO()
    writer = csv.DictWriter(text, SCORECARD_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for edition in editions:
        for panel in edition.panels:
            for line in panel.rows:
                writer.writerows(describe_cell(edition, panel.name, line, cell) for cell in line.cells)
    return text.getvalue().encode()


def describe_cell(edition: Edition, panel: str, line: Row, cell: Cell) -> dict[str, str]:
    row, measure = cell.row, cell.row.measure
    return {
        "edition": edition.month.isoformat()[:7] if edition.month else "",
        "panel": panel,
        "line": line.place,
        "column": cell.head,
        "role": cell.role,
        "printed": row.printed,
        "measure_label": measure.label,
        "breakdown": "".join(f"{name}={value};" for name, value in row.breakdown if value),
        "value": row.text,
        "unit": measure.unit,
        "multiplier": measure.multiplier,
        "polarity": measure.polarity,
        "direction": row.direction,
        "flags": ";".join(row.flags),
        "verdict": line.verdict if cell == line.figure else "",
        "dataset": row.dataset,
        "measure": measure.id,
        "area": row.area,
        "kind": row.kind,
        "basis": row.basis,
        "period": row.period,
        "id": row.id,
        "source": row.source,
        "locator": row.locator,
    }


def make_checksums(files: Iterable[OutputFile]) -> OutputFile:
    lines = [f"{hashlib.sha256(f.content).hexdigest()}  {f.path}\n" for f in sorted(files, key=lambda f: f.path)]
    return OutputFile("checksums.txt", "".join(lines).encode())
