"""Does the thread of a row say what its cells say: the measure, the period, the document, the place, the printed token?

In:  the finished pages of rows, and for each section the record of its row in the published file.
Out: a Problem for each section with a step that says otherwise. The place is read here from the locator itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

from portal.model import Problem
from portal.verify.numbers import problem, read_rows

SECTION = re.compile(r'<section class="mc-row" id="([^"]+)">(.*?)</section>', re.DOTALL)
MEASURE = re.compile(r'class="mc-row__label">.*?/measures/([^/"]+)/">(.*?)</a>', re.DOTALL)
PERIOD = re.compile(r'class="mc-row__date">(.*?)</span>', re.DOTALL)
DOCUMENT = re.compile(r'The document</p><p>.*?/sources/#([^"]+)"', re.DOTALL)
PLACE = re.compile(r"The place in it</p><p>(.*?)</p>", re.DOTALL)
PRINTED = re.compile(r'<mark class="mc-printed">(.*?)</mark>', re.DOTALL)


def check_told(page: Path, site: Path, records: Mapping[str, Mapping[str, str]]) -> Iterator[Problem]:
    """`records`: id -> column -> cell, for the rows of this page."""
    slug = page.relative_to(site).parts[1]
    measures = read_rows(site / "data" / slug / "measures.csv")
    for name, section in SECTION.findall(page.read_text(encoding="utf-8")):
        record = records.get(name, {})
        wrong = [what for what, holds in judge(section, record, measures) if not holds]
        if wrong:
            message = f"of the row {name} the page tells another {' and '.join(wrong)} than its cells do"
            yield problem("wrong-row", message, page.relative_to(site).as_posix(), "Build again.")


def judge(
    section: str, record: Mapping[str, str], measures: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[str, bool]]:
    if found := PERIOD.search(section):
        yield "period", words_of(found[1]) == record.get("period", "")
    figure = "basis" in record  # an entry of a list names no measure in its head
    if figure:
        found = MEASURE.search(section)
        own = measures.get(record["measure"], {})
        label = " ".join((own.get("plain_label") or own.get("label", "")).split())
        yield "measure", found is not None and (found[1], words_of(found[2])) == (record["measure"], label)
    if "source" in record:
        found = DOCUMENT.search(section)
        yield "document", found is not None and found[1] == record["source"]
    if "locator" in record:
        found = PLACE.search(section)
        yield "place", found is not None and is_place(words_of(found[1]), record["locator"])
    printed = [words_of(token) for token in PRINTED.findall(section)]
    yield "printed token", all(token in {" ".join(cell.split()) for cell in record.values()} for token in printed)
    if figure and record.get("printed"):
        yield "printed token", " ".join(record["printed"].split()) in printed


def is_place(words: str, locator: str) -> bool:
    """Each part of the locator in its order, and no number besides: "§3/bullet:15" is "section 3, bullet 15"."""
    parts = [" ".join(said_of(part).split()) for part in locator.split("/")]
    rest, before = words, ""
    for part in parts:
        start, found, rest = rest.partition(part)
        if not found:
            return False
        before += start
    return not re.search(r"\d", before + rest)


def said_of(part: str) -> str:
    """ "row:Total: all" -> "Total: all"; "§3.1" -> "3.1"."""
    name, mark, value = part.partition(":")
    return value if mark and not part.startswith("§") else name.removeprefix("§") + mark + value


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())
