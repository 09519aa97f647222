"""How we work, and what may be done with it: the two policy pages that need the data.

In:  the Portal: its series, flags, symbols, licences; and the addresses of the pages that were made.
Out: the pages /methods/ and /licence/. They hold no figures. The other policy pages are Markdown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from portal.formats import ATTRIBUTIONS
from portal.made import Page
from portal.model import Dataset
from portal.pages.exempted import rules_of
from portal.pages.render import Renderer, root_of
from portal.pages.wording import SHORT

# What each type of series is, whoever published it; in this order on the page.
KINDS = {
    "official-statistics": "Official statistics are made under set rules. Their publisher says how they are counted "
    "and rounded, and revises them openly.",
    "management-information": "Figures that a council printed in papers about its own work. They were made to run a "
    "service, and their dates and counting rules are sometimes not printed.",
    "inspection-findings": "Figures that inspectors reported.",
    "comparison": "Figures for other places that a paper prints beside its own.",
}
TITLES = {
    "official-statistics": "official statistics",
    "management-information": "Council management information",
    "inspection-findings": "Findings of inspectors",
    "comparison": "Comparisons",
}
LICENCES = {
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
}

ONS = "https://www.ons.gov.uk/methodology/methodologytopicsandstatisticalconcepts/disclosurecontrol"
DFE = "https://explore-education-statistics.service.gov.uk/methodology"
ICO = "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/anonymisation"
# (title, address, what it is to us): whose rules on small numbers ours follow.
GUIDANCE = (
    (
        "Office for National Statistics, Policy on protecting confidentiality in tables of birth and death statistics",
        f"{ONS}/policyonprotectingconfidentialityintablesofbirthanddeathstatistics",
        "when a count in a table can tell something about somebody, and what a producer does then.",
    ),
    (
        "Department for Education, Children looked after: a focus on placement location, methodology",
        f"{DFE}/children-looked-after-a-focus-on-placement-location",
        "the sign “c” for what is held back, and that a second number may have to be held back to protect the first.",
    ),
    (
        "Information Commissioner’s Office, How do we ensure anonymisation is effective?",
        f"{ICO}/how-do-we-ensure-anonymisation-is-effective/",
        "a person can be identified without a name; think of somebody who is determined to find out.",
    ),
)


def make_methods(renderer: Renderer, made: Collection[str]) -> Page:
    """`made`: the addresses of the other pages, since a portal links only to what it has."""
    url, portal = "methods/", renderer.portal
    rows = [row for d in portal.datasets for row in d.observations]
    plain = [d for d in portal.datasets if not d.observations and not d.page.registers]
    kinds = series_by_kind(renderer)
    toc = list_parts(bool(rows), bool(kinds), bool(plain))
    html = renderer.page(
        "methods.html.j2",
        root_of(url),
        toc=toc,
        kinds=kinds,
        rows=bool(rows),
        plain=plain,
        derived=any("derived" in row.flags for row in rows),
        flags=portal.reference.quality_flags,
        symbols=portal.reference.symbols.values(),
        unpublished=bool(portal.reference.not_published),
        made=set(made),
        guidance=GUIDANCE,
        **rules_of(renderer),
    )
    return Page(url, "How we work", "How a number gets here, what is checked, and what we never do with it.", html, toc)


def list_parts(rows: bool, kinds: bool, plain: bool) -> tuple[tuple[str, str], ...]:
    """(anchor, heading) of the parts that this portal's data gives a reason for."""
    of_rows = (
        ("thread", "How a number gets here"),
        ("printed", "As printed"),
        ("worked-out", "Worked out by us"),
        ("unlike", "Never compared"),
        ("better", "Better or worse"),
        ("dates", "Dates and old figures"),
    )
    return (
        *((("kinds", "Kinds of figure"),) if kinds else ()),
        *(of_rows if rows else ()),
        *((("plain", "Tables of other publishers"),) if plain else ()),
        ("small", "Small numbers"),
        ("checks", "How the site is checked"),
    )


def series_by_kind(renderer: Renderer) -> list[tuple[str, str, list[Mapping[str, str]]]]:
    """(title, what it is, its series): those that a figure of this portal belongs to."""
    sources = renderer.portal.reference.sources
    used = {row.series: row.source for d in renderer.portal.datasets for row in d.observations}
    series: list[Mapping[str, str]] = [
        {**entry, "publication": sources.get(used[name], {}).get("title", "") if is_official(entry) else ""}
        for name, entry in renderer.portal.reference.series.items()
        if name in used
    ]
    kinds = [(kind, text, [s for s in series if s.get("type") == kind]) for kind, text in KINDS.items()]
    others = [s for s in series if s.get("type") not in KINDS]
    found = [(kind_title(kind, members), text, members) for kind, text, members in kinds if members]
    return [*found, *([("Other figures", "", others)] if others else [])]


def is_official(entry: Mapping[str, str]) -> bool:
    """A series of official statistics is one publication; council papers are many."""
    return entry.get("type") == "official-statistics"


def kind_title(kind: str, series: list[Mapping[str, str]]) -> str:
    """Official statistics carry their publisher's name when there is only one: "DfE official statistics"."""
    publishers = {entry.get("publisher", "") for entry in series}
    if kind != "official-statistics":
        return TITLES[kind]
    name = publishers.pop() if len(publishers) == 1 else ""
    return f"{SHORT.get(name, name)} {TITLES[kind]}" if name else TITLES[kind].capitalize()


def make_licence(renderer: Renderer) -> Page:
    url = "licence/"
    toc = (
        ("figures", "Figures"),
        ("datasets", "Datasets"),
        ("pages", "Pages and charts"),
        ("program", "Program"),
    )
    values: dict[str, Any] = {
        "toc": toc,
        "sources": sources_by_licence(renderer),
        "packages": packages_by_licence(renderer),
        "own": renderer.facts.get("licence") or {},
    }
    html = renderer.page("licence.html.j2", root_of(url), **values)
    return Page(url, "Licence", "What may be done with the figures, the files and the words of this portal.", html, toc)


def sources_by_licence(renderer: Renderer) -> list[dict[str, Any]]:
    """Each licence of a document, what it asks to be said, and the documents."""
    groups: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for name, source in renderer.portal.reference.sources.items():
        groups.setdefault(source.get("licence") or "no licence named", []).append((name, source))
    return [
        {
            "title": LICENCES.get(name, (name[:1].upper() + name[1:], ""))[0],
            "path": LICENCES.get(name, ("", ""))[1],
            "say": ATTRIBUTIONS.get(name, ""),
            "documents": [(source, entry.get("title", source)) for source, entry in documents],
        }
        for name, documents in groups.items()
    ]


def packages_by_licence(renderer: Renderer) -> list[tuple[list[tuple[str, str]], list[Dataset]]]:
    """The licences that packages name, as (title, address), and the packages."""
    groups: dict[tuple[tuple[str, str], ...], list[Dataset]] = {}
    for dataset in renderer.portal.datasets:
        groups.setdefault(tuple(licences_of(dataset)), []).append(dataset)
    return [(list(licences), datasets) for licences, datasets in groups.items()]


def licences_of(dataset: Dataset) -> list[tuple[str, str]]:
    listed = dataset.descriptor.get("licenses", [])
    return [(str(x.get("title") or x.get("name") or x.get("path") or ""), str(x.get("path") or "")) for x in listed]
