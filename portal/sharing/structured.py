"""A dataset as search engines for data read it: schema.org/Dataset.

In:  a dataset, and what the portal says of itself.
Out: JSON in which `@base/` stands for the address of the site. Every value is one of the data, or is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from portal.addresses import web_address
from portal.made import Page
from portal.model import Dataset, Portal
from portal.registers import read_entries

SHORTEST, LONGEST = 50, 5000  # what the readers of it ask of a description


def describe_dataset(page: Page, portal: Portal, facts: Mapping[str, Any]) -> str:
    dataset = next((d for d in portal.datasets if page.url == f"datasets/{d.slug}/"), None)
    if dataset is None:
        return ""
    text = " ".join(page.description.split())
    about = text if len(text) >= SHORTEST else f"{page.title} {text}"
    licences = [str(entry.get("path", "")) for entry in dataset.descriptor.get("licenses") or []]
    said: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title,
        "description": about[:LONGEST],
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": next((path for path in licences if path.startswith("https://")), ""),
        "temporalCoverage": spans(dataset),
        "spatialCoverage": str(facts.get("place", "")) if dataset.observations else "",
        "isBasedOn": [name_work(portal.reference.sources[source]) for source in find_sources(dataset)],
        "creator": {"@type": "Organization", "name": str(facts["publisher"])} if facts.get("publisher") else "",
        "distribution": [
            *(download(f"{dataset.slug}/{r.name}.csv", "text/csv") for r in dataset.resources),
            download(f"{dataset.slug}.zip", "application/zip"),
        ],
    }
    return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False, separators=(",", ":"))


def find_sources(dataset: Dataset) -> list[str]:
    used = {row.source for row in dataset.observations} | {entry.cells["source"] for entry in read_entries(dataset)}
    return sorted(used - {""})


def name_work(source: Mapping[str, str]) -> dict[str, str]:
    """The document; its day and its address where the table of sources has them."""
    date, url = source.get("date", ""), web_address(source.get("url", ""))
    said = {"@type": "CreativeWork", "name": source["title"], "datePublished": date, "url": url}
    return {name: value for name, value in said.items() if value}


def spans(dataset: Dataset) -> str:
    """From the first day to the last that a figure tells of; what was planned or aimed at is no coverage."""
    rows = [row for row in dataset.observations if row.kind == "actual" and row.period_start and row.period_end]
    first = min((row.period_start for row in rows if row.period_start), default=None)
    last = max((row.period_end for row in rows if row.period_end), default=None)
    return f"{first.isoformat()}/{last.isoformat()}" if first and last else ""


def download(path: str, kind: str) -> dict[str, str]:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"@base/data/{path}"}
