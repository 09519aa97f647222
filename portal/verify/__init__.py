"""Open the finished site as a visitor would, before anybody else can.

In:  the folder of the finished site, and the data as it was read.
Out: a Problem for each broken link, untraceable number, foreign request or changed file. Shares no code with what
     made the pages, so that one mistake cannot hide another.
"""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from portal.arithmetic import run_checks
from portal.model import Portal, Problem
from portal.verify.ages import find_due_days
from portal.verify.alts import check_alts
from portal.verify.claims import check_said
from portal.verify.files import check_files
from portal.verify.known import read_known
from portal.verify.numbers import cell_reader, check_numbers, problem, read_rows
from portal.verify.reader import Reader, read_page
from portal.verify.reading import Grades, check_reading
from portal.verify.resolve import Resolver
from portal.verify.search import check_meanings
from portal.verify.shared import check_shared
from portal.verify.shortforms import check_short_forms
from portal.verify.standing import check_standing
from portal.verify.unbound import check_quantities
from portal.verify.verdicts import check_verdicts
from portal.verify.weight import check_weight
from portal.verify.words import check_answers, check_words_for_numbers
from portal.verify.young import check_young

SHARES = ("in-ten", "in-hundred")  # said as so many in every ten: what it is a share of is asked again
SAFE_SCHEMES = {"", "http", "https", "mailto", "tel"}


def check_site(
    site: Path,
    portal: Portal,
    built: date | None = None,
    rules: Collection[str] = (),
    warnings: Collection[Problem] = (),
    grades: Grades | None = None,
) -> Iterator[Problem]:
    """Every page and every file to download.

    `rules`: phrases with a number that the settings say, such as "up to 5". `warnings`: those that the pages tell.
    `grades`: how hard a page may be to read, when the settings say so.
    """
    pages = read_pages(site)
    rows = read_rows(site / "data" / "observations.csv")
    units, cell_of = whole_units(rows, portal), cell_reader(site, count_sums(portal))
    labels = {symbol: entry.get("label", "") for symbol, entry in portal.reference.symbols.items()}
    for name, reader in pages.items():
        yield from check_page(name, reader, site)
        yield from check_links(name, reader, site, pages)
        yield from check_leads(name, reader)
        yield from check_numbers(name, reader, units, cell_of)
        yield from check_verdicts(name, reader, units, portal)
        yield from check_said(name, reader, units, portal)
        yield from check_reading(name, reader.spoken.passages, grades) if grades else ()
        yield from check_short_forms(name, reader, portal.reference)
        text = (site / name).read_text(encoding="utf-8")
        yield from check_alts(name, text, units, portal)
        yield from check_young(name, text, reader, site, portal)
        yield from check_words_for_numbers(name, text, rows, labels)
        if name == "promises/index.html":
            yield from check_answers(name, text, read_rows(site / "data" / "promises.csv"))
    yield from check_standing(site)
    known = read_known(site, built, warnings)
    known.due = find_due_days(portal)
    yield from check_quantities(pages, Resolver(known, rules))
    yield from check_shared(pages, site, units, portal)
    yield from check_files(site, portal)
    yield from check_meanings(site, portal)
    yield from check_weight(site)


def read_pages(site: Path) -> dict[str, Reader]:
    """What is read is kept until the end, so nothing is looked for meanwhile that could be thrown away."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return {path.relative_to(site).as_posix(): read_page(path) for path in sorted(site.rglob("*.html"))}
    finally:
        if collects:
            gc.enable()


def whole_units(rows: Mapping[str, Mapping[str, str]], portal: Portal) -> dict[str, Mapping[str, str]]:
    """The published rows with their numbers times the multiplier: a page says £5,000, the file 5 thousands."""
    times = {o.id: int(o.measure.multiplier or 1) for d in portal.datasets for o in d.observations}

    def scale(name: str, text: str) -> str:
        return str(float(Decimal(text) * times.get(name, 1))) if re.fullmatch(r"-?[\d.]+", text) else text

    said = {symbol: entry.get("label", "") for symbol, entry in portal.reference.symbols.items()}
    rows = {name: {**row, "said": said[row["value"]]} if row["value"] in said else row for name, row in rows.items()}
    shares = [(d, name) for d in portal.datasets for f in d.page.figures if f.show in SHARES for name in f.rows]
    rows |= {name: {**rows[name], "unit": o.measure.unit} for d, name in shares if (o := d.row(name)) and name in rows}
    columns = ("value", "value_low", "value_high")
    return {
        name: {**row, **{column: scale(name, row[column]) for column in columns}} if times.get(name, 1) != 1 else row
        for name, row in rows.items()
    }


def count_sums(portal: Portal) -> dict[str, int]:
    """Dataset -> how many of its declared sums come out; "" -> of all."""
    sums = Counter(check.dataset for check in run_checks(portal) if check.holds)
    return {**{dataset.slug: 0 for dataset in portal.datasets}, **sums, "": sums.total()}


def check_page(name: str, reader: Reader, site: Path) -> Iterator[Problem]:
    yield from (problem(code, message, name) for code, message in reader.faults)
    if reader.count["h1"] != 1:
        yield problem("headings", f"the page has {reader.count['h1']} main headings, not one", name)
    if reader.count["title"] != 1:
        yield problem("title", f"the page has {reader.count['title']} titles, not one", name)
    if "default-src 'none'" not in reader.policy or "unsafe" in reader.policy:
        yield problem("policy", "the page has no strict content security policy", name)
    twice = (
        sorted({i for i in reader.ids if reader.ids.count(i) > 1}) if len(set(reader.ids)) != len(reader.ids) else []
    )
    if twice:
        yield problem("duplicate-id", f"the id {twice[0]} stands more than once", name)


def check_links(name: str, reader: Reader, site: Path, pages: Mapping[str, Reader]) -> Iterator[Problem]:
    for link in dict.fromkeys(reader.links):
        parts = urlsplit(link)
        if parts.scheme not in SAFE_SCHEMES:
            yield problem("unsafe-link", f"the link {link} runs something", name, "Use a web address.")
        elif not parts.netloc and not parts.scheme and not (name == "404.html" and parts.path.startswith("/")):
            target = find_target(name, unquote(parts.path))
            if not (site / target).is_file():
                yield problem("broken-link", f"the link {link} leads nowhere", name, "Correct the address.")
            elif (
                parts.fragment
                and target in pages
                and unquote(parts.fragment) not in set(pages[target].ids) | {"__search", "__drawer"}
            ):
                yield problem(
                    "broken-link",
                    f"the link {link} leads to a place that is not on the page",
                    name,
                    "Correct what follows the #.",
                )


def check_leads(name: str, reader: Reader) -> Iterator[Problem]:
    """The link of a number leads to the row that the number names, not to another of equal value."""
    for row, link in dict.fromkeys(reader.leads):
        if unquote(urlsplit(link).fragment) != row:
            yield problem("wrong-link", f"the number of the row {row} leads to {link}", name)


def find_target(name: str, path: str) -> str:
    """The file a relative address leads to; a folder stands for its index.html."""
    if not path:
        return name
    folder = name.rpartition("/")[0]
    target = normpath(f"{folder}/{path}" if folder else path).lstrip("/")
    return "index.html" if target == "." else f"{target}/index.html" if path.endswith(("/", "..", ".")) else target
