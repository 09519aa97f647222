"""Make the files to download.

In:  a checked Portal and its drawn charts.
Out: `OutputFile`s. A CSV is the checked file byte for byte; archives carry the build date, so the same input gives the
     same bytes on any day.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from portal.formats import plural
from portal.made import Chart, OutputFile
from portal.model import Dataset, Portal
from portal.views import make_views

NO_NUMBER = (
    "Where there is no number, the value column says why; 0 is a true zero. An empty value is a range: its two ends "
    "stand in value_low and value_high. What the qualifier says (about, at least) belongs to the number."
)
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


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
    files += make_views(portal, built, scorecard or {})
    return (*files, make_checksums(files))


def package_files(dataset: Dataset) -> dict[str, bytes]:
    tables = {f"{resource.name}.csv": resource.content for resource in dataset.resources}
    return {**tables, "datapackage.json": make_descriptor(dataset)}


def chart_files(dataset: Dataset, charts: Iterable[Chart]) -> dict[str, bytes]:
    drawn = {f"charts/{chart.id}.svg": chart.svg.encode() for chart in charts}
    points = {f"charts/{chart.id}.json": chart.points.encode() for chart in charts if chart.points}
    return drawn | {f"charts/{chart.id}.png": chart.png for chart in charts} | points


def without_mail(listed: Any) -> Any:
    """An export names whoever made it; a reader writes to the portal, whose contact stands on its pages."""
    if not isinstance(listed, list):
        return listed
    return [{k: v for k, v in x.items() if k != "email"} if isinstance(x, dict) else x for x in listed]


def make_descriptor(dataset: Dataset) -> bytes:
    """The descriptor as Data Package v2, its paths those of the published files, with their sizes and hashes."""
    by_name = {resource.name: resource for resource in dataset.resources}
    left_out = ("profile", "resources", "$schema")
    descriptor = {k: without_mail(v) for k, v in dataset.descriptor.items() if k not in left_out and "email" not in k}
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
    marks = [f"  - {symbol}: {words}" for symbol, words in marks_of(dataset)]
    text += [NO_NUMBER, *marks] if dataset.observations else []
    return ("\n".join(text).rstrip() + "\n").encode()


def marks_of(dataset: Dataset) -> list[tuple[str, str]]:
    """The marks for no number and what they mean, as the package itself declares them of its value columns."""
    fields = [f for r in dataset.resources for f in r.schema.get("fields") or [] if f.get("name") == "value"]
    marks = [mark for f in fields for mark in f.get("missingValues") or [] if isinstance(mark, Mapping)]
    return list({str(m["value"]): str(m.get("label", "")) for m in marks if m.get("value")}.items())


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


def make_checksums(files: Iterable[OutputFile]) -> OutputFile:
    lines = [f"{hashlib.sha256(f.content).hexdigest()}  {f.path}\n" for f in sorted(files, key=lambda f: f.path)]
    return OutputFile("checksums.txt", "".join(lines).encode())
