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
from portal.promises import derive_promises

SYMBOLS = (
    "In the value column c is confidential, x not available, z not applicable, low rounds to zero, "
    "u unreliable, due not yet due."
)
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def make_downloads(portal: Portal, charts: Mapping[str, tuple[Chart, ...]], built: date) -> tuple[OutputFile, ...]:
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
    files += make_promises_csv(portal, built)
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


PROMISE_COLUMNS = "id group made_by measure series spans rule shown_by cannot made_on source locator".split()


def make_promises_csv(portal: Portal, built: date) -> list[OutputFile]:
    """Every promise with its status as of the build date; no file for a portal without promises."""
    promises = derive_promises(portal, built)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*PROMISE_COLUMNS, "title", "text", "due", "status", "status_words", "status_rule", "decided_by"])
    for promise in promises:
        status, due = promise.status, promise.due.isoformat() if promise.due else ""
        own = [promise.entry.cells[name] for name in PROMISE_COLUMNS]
        decided = promise.decided.id if promise.decided else ""
        writer.writerow([*own, promise.title, promise.text, due, status.id, status.words, status.rule, decided])
    return [OutputFile("data/promises.csv", text.getvalue().encode())] if promises else []


def make_checksums(files: Iterable[OutputFile]) -> OutputFile:
    lines = [f"{hashlib.sha256(f.content).hexdigest()}  {f.path}\n" for f in sorted(files, key=lambda f: f.path)]
    return OutputFile("checksums.txt", "".join(lines).encode())
