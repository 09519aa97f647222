"""Set the scorecard's page beside the printed scorecard, cell by cell.

In:  the documents as text files (`--sources`), the datasets, and, if given, a built site (`--site`).
Out: for each panel the printed lines and cells, those on the page, the blanks and the lines off their headings; each
     difference; exit 1 when there is one.

    python tests/transcription/compare_scorecard.py --sources DIR [--datasets DIR] [--site DIR]

The printed side is read here from the document alone: its headings, its arrows, the place of each cell counted from the
arrow. A line without any cell that the page has no row for is a heading of the lines below it, and is named.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[2])]

from find_tokens import ARROWS, PANELS, cells_of, load_documents, panel_lines  # noqa: E402

from portal.load import load_portal  # noqa: E402
from portal.scorecard import Edition, Panel, Row, read_editions  # noqa: E402

WORDS = {"▲": "up", "▼": "down", "▶◀": "same", "▷◀": "same", "n/a": "n/a", "": ""}


@dataclass
class Printed:
    """One line of a panel as the document has it."""

    number: int
    label: str
    arrow: str
    cells: dict[str, str]  # heading -> what stands under it, "" for an empty place
    slipped: bool


@dataclass
class Count:
    rows: int = 0
    printed: int = 0
    shown: int = 0
    blanks: int = 0
    slipped: int = 0
    headings: list[str] = field(default_factory=list)


def read_printed(lines: list[str]) -> Iterator[Printed]:
    """The numbered lines of a panel. Headings may stand over two lines, and a table may bring new ones."""
    header: list[str] = []
    number, heading_before = 0, False
    for line in lines:
        cells = cells_of(line)
        if len(cells) < 2:
            continue
        if "DOT" in cells or not header:
            header, heading_before = cells, True
        elif heading_before and not cells[0] and not set("".join(cells)) & ARROWS:
            header = [low or high for high, low in zip(header, cells, strict=False)]
        elif "DOT" in header:
            number, heading_before = number + 1, False
            yield read_line(number, header, cells)


def read_line(number: int, header: list[str], cells: list[str]) -> Printed:
    dot = header.index("DOT")
    arrow = next((i for i, cell in enumerate(cells) if cell and set(cell) <= ARROWS), None)
    shift = arrow - dot if arrow is not None else 0
    found = {
        head: cells[i + shift] if i + shift < len(cells) else "" for i, head in enumerate(header) if i > dot and head
    }
    label = " ".join(cell for cell in cells[: dot + shift] if cell)
    return Printed(number, label, cells[dot + shift] if dot + shift < len(cells) else "", found, shift != 0)


def compare_panel(panel: Panel, lines: list[str], count: Count) -> Iterator[str]:
    rows = {int(row.place): row for row in panel.rows if row.place.isdigit()}
    for line in read_printed(lines):
        row = rows.pop(line.number, None)
        if row is None and not any(line.cells.values()) and not line.arrow:
            count.headings.append(line.label)
            continue
        count.rows += 1
        count.printed += sum(bool(text) for text in line.cells.values())
        count.blanks += sum(not text for text in line.cells.values())
        count.slipped += line.slipped
        if row is None:
            yield f"line {line.number}, {line.label}: is not on the page"
        else:
            yield from compare_line(line, row)
    yield from (f"line {number}: is on the page, and not in the document" for number in rows)
    yield from compare_loose(panel, lines, count)
    count.shown = sum(bool(cell.row.printed) for row in panel.rows for cell in row.cells)


def compare_line(line: Printed, row: Row) -> Iterator[str]:
    place = f"line {line.number}, {line.label}"
    shown = {cell.head: cell.row.printed for cell in row.cells}
    for head in dict.fromkeys((*line.cells, *shown)):
        if shown.get(head) != line.cells.get(head):
            yield f'{place}, "{head}": printed {line.cells.get(head)!r}, on the page {shown.get(head)!r}'
    if WORDS.get(line.arrow, line.arrow) != row.direction:
        yield f"{place}: the arrow is {line.arrow!r}, on the page {row.direction!r}"
    if line.slipped != any("off-header" in cell.row.flags for cell in row.cells):
        yield f"{place}: off its headings: {line.slipped}, and the page says otherwise"


def compare_loose(panel: Panel, lines: list[str], count: Count) -> Iterator[str]:
    """Figures that stand in no line: over the table, or beside an arrow in one cell with it."""
    text = "\n".join(lines)
    for row in panel.rows:
        for cell in row.cells if not row.place else ():
            found = re.search(rf"(?:([▲▼▶▷◀]+) )?(?<![\d.,]){re.escape(cell.row.printed)}(?![\d.,%])", text)
            if not found:
                yield f"{cell.row.id}: {cell.row.printed!r} is not in the panel"
            elif WORDS.get(found[1] or "", "") != row.direction:
                yield f"{cell.row.id}: the arrow is {found[1]!r}, on the page {row.direction!r}"
            count.printed += bool(found)
    held = {cell.row.printed for row in panel.rows if not row.place for cell in row.cells}
    for token in re.findall(r"[▲▼▶▷◀]+ (\S+)", text):
        if token not in held:
            yield f"{token!r} stands beside an arrow, and is not on the page"
    head = next((line for line in lines if "timescale or" in line), "") if not held else ""
    yield from (f"{token!r} stands over the panel, and is not on the page" for token in re.findall(r"\b\d+\b", head))


def check_page(edition: Edition, site: Path) -> Iterator[str]:
    """Every cell of the edition is on the built page."""
    html = (site / "scorecard/index.html").read_text(encoding="utf-8")
    named = {name for ids in re.findall(r'data-(?:rows|blank)="([^"]*)"', html) for name in ids.split()}
    cells = [cell.row for row in edition.rows for cell in row.cells]
    yield from (f"{row.id} is not on the built page" for row in cells if row.id not in named)
    yield from (f"{row.id} is on the built page twice" for row in cells if html.count(f'#{row.id}"') != 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder of the documents as text")
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    parser.add_argument("--site", type=Path, help="a built site, to look for each cell on its page")
    options = parser.parse_args()
    documents = load_documents(options.sources)
    editions = [e for e in read_editions(load_portal(options.datasets)[0], {}) if e.source in documents]
    differences = [] if editions else ["no scorecard of these documents is in the datasets"]
    for edition in editions:
        total = Count()
        known = {panel.name for panel in edition.panels}
        differences += [f"{name}: is not on the page" for name in PANELS[:-1] if name not in known]
        for panel in edition.panels:
            count = Count()
            found = list(compare_panel(panel, panel_lines(documents[edition.source], panel.name), count))
            differences += [f"{panel.name}: {difference}" for difference in found]
            print(describe(panel.name, count))
            for name in ("rows", "printed", "shown", "blanks", "slipped"):
                setattr(total, name, getattr(total, name) + getattr(count, name))
            total.headings += count.headings
        print(describe(f"{edition.source}, {edition.month_words}", total))
        if options.site and edition == editions[0]:
            differences += check_page(edition, options.site)
    for difference in differences:
        print(difference)
    print(f"{len(differences)} differences")
    return 1 if differences else 0


def describe(name: str, count: Count) -> str:
    headings = f"; headings: {', '.join(count.headings)}" if count.headings else ""
    return (
        f"{name}: {count.rows} lines, {count.printed} cells printed, {count.shown} on the page, {count.blanks} blanks, "
        f"{count.slipped} lines off their headings{headings}"
    )


if __name__ == "__main__":
    sys.exit(main())
