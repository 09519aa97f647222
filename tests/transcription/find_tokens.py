"""Find every printed figure at its place in the documents.

In:  the documents as text files (`--sources`), the datasets, and, if given, official statistics as CSV (`--official`).
Out: per document the rows, found and failed; each failure with file and line; exit 1 when anything failed.

    python tests/transcription/find_tokens.py --sources DIR [--datasets DIR] [--official FILE]

A locator is a path of steps; each step narrows the lines, until a whole token is looked for in what is left:

    §3.1  §3  slide:TITLE  heading:TITLE  bullet:N  table/row:R/col:C  scorecard:PANEL/row:R/col:C

A cell that stands blank is looked for as well. A register's columns `x_printed` are found at `x_locator`, or `locator`.

The second slide of one title is `slide:TITLE (#2)`. `row` is a number (data rows only, no headings) or the text
of the row's first filled cell; `col` is a heading. Where an arrow shows that a row sits beside its headings, the cells
are counted from the arrow.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

# Document: start of the file's name, first and last line (0: to the end).
DOCUMENTS = {
    "executive-member-report-2018-01-02": ("000_", 1, 0),
    "post-ofsted-plan-2018-01-30": ("001_", 1, 0),
    "scrutiny-agenda-2022-01-12": ("002_", 1, 54),
    "our-year-2022-01-12": ("002_", 55, 248),
    "quality-of-practice-2022-01-12": ("002_", 249, 0),
    "looked-after-children-2016-02-02": ("003_", 1, 169),
    "early-help-2016-02-02": ("003_", 170, 247),
    "social-worker-numbers-2016-02-02": ("003_", 248, 299),
    "improvement-notices-2016-02-02": ("003_", 300, 0),
    "delivery-plans-2017-2020": ("004_", 1, 0),
}
# Publication: how the `publication` column of the official file begins.
OFFICIAL = {
    "dfe-children-looked-after-2025": "Children looked after in England",
    "dfe-children-in-need-2025": "Children in need",
    "dfe-social-work-workforce-2025": "Children's social work workforce",
}
ELSEWHERE = {"ofsted-judgements"}  # held as facts, not as a document of ours
PANELS = (
    "Staffing and Management Oversight", "Partnerships", "System Measures", "Practice Measures", "Finance",
    "Complaints", "LAC Education", "Permanence", "Children Missing Education", "Attendance", "Assurance",
    "Delivery Plan 3",
)  # fmt: skip
ARROWS = set("▲▼▶◀▷◁")
PARAGRAPH = re.compile(r"(?:- )?(\d+\.[1-9]\d*)\.?\s")
SECTION = re.compile(r"(\d+)\.0?\s+[A-Z]")
NEXT_STEP = re.compile(r"/(?=table/|(?:bullet|heading|row|col):)")  # a title may hold a slash of its own


class NotFound(Exception):
    """The locator leads nowhere in the document."""


def load_documents(folder: Path) -> dict[str, list[str]]:
    documents = {}
    for name, (prefix, first, last) in DOCUMENTS.items():
        file = next(iter(sorted(folder.glob(f"{prefix}*.txt"))), None)
        if file is not None:
            documents[name] = file.read_text(encoding="utf-8").split("\n")[first - 1 : last or None]
    return documents


def lines_at(lines: list[str], locator: str) -> list[str]:
    """What a locator leaves of a document: whole lines, or a single cell."""
    scope, header, row = lines, [], []
    for step in NEXT_STEP.split(locator):
        kind, _, wanted = step.partition(":")
        if step.startswith("§"):
            scope = section_lines(scope, step[1:])
        elif kind in ("slide", "heading"):
            scope = titled_lines(scope, wanted)
        elif kind == "bullet":
            bullets = [line for line in scope if line.lstrip().startswith("- ") and not PARAGRAPH.match(line)]
            scope = [pick(bullets, int(wanted), step)]
        elif kind == "scorecard":
            scope = panel_lines(scope, wanted)
        elif kind == "row":
            header, row = find_row(scope, wanted)
            scope = ["\t".join(row)]
        elif kind == "col":
            scope = [cell_under(header, row, wanted)]
        elif kind != "table":
            raise NotFound(f'step "{step}" is not understood')
    return scope


def pick(found: list[str], number: int, step: str) -> str:
    if not 1 <= number <= len(found):
        raise NotFound(f'"{step}": there are {len(found)}')
    return found[number - 1]


def section_lines(lines: list[str], number: str) -> list[str]:
    """The paragraph 3.1 up to the next number, or the section 3 up to the next section."""
    pattern = PARAGRAPH if "." in number else SECTION
    starts = [i for i, line in enumerate(lines) if (m := pattern.match(line)) and m[1] == number]
    if not starts:
        raise NotFound(f"there is no §{number}")
    start = starts[0]
    ends = (PARAGRAPH, SECTION) if "." in number else (SECTION,)
    end = next((i for i in range(start + 1, len(lines)) if any(p.match(lines[i]) for p in ends)), len(lines))
    return lines[start:end]


def titled_lines(lines: list[str], title: str) -> list[str]:
    """From a title up to the three empty lines that divide slides."""
    title, _, number = title.removesuffix(")").partition(" (#")
    starts = [i for i, line in enumerate(lines) if line.strip() == title]
    if len(starts) < int(number or 1):
        raise NotFound(f'"{title}" is the title of {len(starts)} places')
    start = starts[int(number or 1) - 1]
    end = next((i for i in range(start, len(lines)) if not any(map(str.strip, lines[i : i + 3]))), len(lines))
    return lines[start:end]


def panel_lines(lines: list[str], panel: str) -> list[str]:
    """The lines of a scorecard panel, from its title up to the next panel."""
    begin = next((i for i, line in enumerate(lines) if "Balanced Scorecard" in line), None)
    if begin is None or panel not in PANELS:
        raise NotFound(f'there is no scorecard panel "{panel}"')
    titles = [(i, p) for i in range(begin, len(lines)) for p in PANELS if is_title(lines[i], p)]
    at = next(n for n, (_, p) in enumerate(titles) if p == panel)
    return lines[titles[at][0] : titles[at + 1][0] if at + 1 < len(titles) else None]


def is_title(line: str, panel: str) -> bool:
    return cells_of(line)[0] == panel or (panel == "Delivery Plan 3" and line.startswith(panel))


def cells_of(line: str) -> list[str]:
    if "|" in line:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell.strip() for cell in line.split("\t")]


def find_row(lines: list[str], wanted: str) -> tuple[list[str], list[str]]:
    """The headings above a table row, and its cells. A heading may go on over a second line."""
    header: list[str] = []
    count, after_header = 0, False
    for line in lines:
        cells = cells_of(line)
        if len(cells) < 2 or set(line) <= set("|-: "):
            continue
        if cells == header:  # a table goes on over the page, its headings printed again
            continue
        if not header or "DOT" in cells:
            header, after_header = cells, True
        elif after_header and not cells[0] and not set("".join(cells)) & ARROWS:
            header = ["\n".join(filter(None, pair)) for pair in zip(header, cells, strict=False)]
        else:
            count, after_header = count + 1, False
            if wanted == str(count) or wanted == next((c for c in cells if c and not set(c) <= ARROWS), None):
                return header, cells
    raise NotFound(f'there is no row "{wanted}"')


def cell_under(header: list[str], row: list[str], wanted: str) -> str:
    names = [heading.split("\n") for heading in header]  # a heading of two lines answers to either
    if not any(wanted in name for name in names):
        raise NotFound(f'there is no column "{wanted}" among {[h for h in header if h]}')
    arrow = next((i for i, cell in enumerate(row) if cell and set(cell) <= ARROWS), None)
    shift = arrow - header.index("DOT") if arrow is not None and "DOT" in header else 0
    position = next(i for i, name in enumerate(names) if wanted in name) + shift
    return row[position] if position < len(row) else ""


def has_token(lines: list[str], token: str) -> bool:
    """The token stands there whole: 55 is neither in 55% nor in 2,155, 55.1 or 1955."""
    before, after = r"(?<![\w£])(?<!\d[.,/–-])", r"(?![\w%]|[.,/–-]\d)"
    if lines == [token]:
        return True
    return re.search(before + re.escape(token) + after, "\n".join(lines)) is not None


def failure_in_document(row: dict[str, str], documents: dict[str, list[str]]) -> str:
    """Why the row's token is not at its place; empty when it is."""
    if not row["locator"]:
        return "has no locator"
    if row["source"] not in documents:
        return "no such document among the sources"
    try:
        lines = lines_at(documents[row["source"]], row["locator"])
    except NotFound as missing:
        return str(missing)
    if "blank" in row["flags"].split(";") and not row["printed"]:
        return "" if lines == [""] else f'{row["locator"]} is not blank, it reads "{lines[0]}"'
    date = row["id"].endswith(".date_printed")  # it may stand in a sentence, where a number has a cell of its own
    if "/col:" in row["locator"] and not date:
        return "" if lines == [row["printed"]] else f'the cell at {row["locator"]} reads "{lines[0]}"'
    return "" if has_token(lines, row["printed"]) else f"not at {row['locator']}"


def load_official(file: Path) -> dict[tuple[str, ...], str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        (name, row["measure"], row["time_period"], row["area_code"]): row["value"]
        for row in rows
        for name, begin in OFFICIAL.items()
        if row["publication"].startswith(begin)
    }


def failure_in_official(row: dict[str, str], official: dict[tuple[str, ...], str]) -> str:
    key = (row["source"], *row["locator"].split("/"))
    if key not in official:
        return f"the official file has no {row['locator']}"
    if row["area"] != key[-1]:
        return f"the area is {row['area']}, the locator says {key[-1]}"
    return "" if official[key] == row["printed"] else f'the official file reads "{official[key]}" at {row["locator"]}'


def tokens_of(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    """Each printed token of a table: one a row of observations, one for each `x_printed` of a register's row."""
    names = set(reader.fieldnames or ())
    if not {"id", "source", "locator"} <= names:
        return
    columns = [name for name in reader.fieldnames or () if name == "printed" or name.endswith("_printed")]
    for row in reader:
        for column in columns:
            own_place = row.get(column.removesuffix("printed") + "locator")
            token = {"printed": row[column], "locator": own_place or row["locator"], "flags": row.get("flags", "")}
            if column == "printed" or row[column]:
                name = row["id"] if column == "printed" else f"{row['id']}.{column}"
                yield {**row, **token, "id": name}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder of the documents as text")
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    parser.add_argument("--official", type=Path, help="official statistics; without it those rows are left out")
    options = parser.parse_args()
    documents = load_documents(options.sources)
    official = load_official(options.official) if options.official else None
    found, failed = Counter(), Counter()
    for path in sorted(options.datasets.glob("*/data/*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            for row in tokens_of(reader):
                if row["source"] in ELSEWHERE or (row["source"] in OFFICIAL and official is None):
                    continue
                if "derived" in row["flags"].split(";"):  # we worked it out: nobody printed it
                    continue
                if row["source"] in OFFICIAL:
                    failure = failure_in_official(row, official)
                else:
                    failure = failure_in_document(row, documents)
                (failed if failure else found)[row["source"]] += 1
                if failure:
                    print(f'{path}:{reader.line_num}: {row["id"]}: "{row["printed"]}" {failure}')
    for name in sorted(found | failed):
        print(f"{name}: {found[name] + failed[name]} rows, {found[name]} found, {failed[name]} failed")
    print(f"{found.total()} of {found.total() + failed.total()} printed figures found")
    return 1 if failed or not found else 0


if __name__ == "__main__":
    sys.exit(main())
