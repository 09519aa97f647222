"""Lay out one line of the scorecard: the figure as printed, what stands beside it, and what our rule says.

In:  a `Row` of a scorecard.
Out: a `Line`, safe to print; each number and each empty cell in it leads to its row.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from portal.formats import format_direction, unit_words
from portal.model import Observation, Reference
from portal.pages.render import link_measure, link_row, link_worked, row_href
from portal.pages.wording import qualifying_words
from portal.scorecard import Cell, Edition, Panel, Row

BETTER = {"higher": "Higher is better", "lower": "Lower is better"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a panel, ready to print."""

    id: str
    label: Markup
    details: str
    figure: Markup | str
    also: tuple[Markup, ...]
    arrow: str
    direction: Markup | str
    strip: Markup
    beside: tuple[tuple[str, Markup], ...]
    blanks: tuple[Markup, ...]  # targets and comparisons that the paper has a place for and leaves empty
    verdict: str
    judged: str  # ids of the rows that the verdict was worked out from
    polarity: str
    flags: tuple[Markup, ...]


def describe_line(
    row: Row,
    panel: Panel,
    edition: Edition,
    chips: tuple[Markup, ...],
    strip: Markup,
    reference: Reference,
    root: str,
) -> Line:
    lead = (row.figure or row.target or row.cells[0]).row
    judged = [cell.row.id for cell in (row.figure, row.target) if cell and cell.row.number is not None]
    return Line(
        row.id,
        Markup("{}{}").format(link_measure(lead.measure, root), breakdown_words(lead, panel)),
        details_of(lead, edition),
        link_printed(row.figure.row, reference, root) if row.figure else "",
        tuple(also_printed(cell, reference, root) for cell in row.beside if cell.role in ("figure", "other")),
        row.direction,
        own_direction(row, root),
        strip,
        tuple(
            (role_words(c, reference), link_printed(c.row, reference, root))
            for c in side_by_side(row)
            if not is_blank(c)
        ),
        tuple(link_blank(c, role_words(c, reference), root) for c in side_by_side(row) if is_blank(c)),
        row.verdict,
        " ".join(judged),
        polarity_words(row),
        chips,
    )


def breakdown_words(row: Observation, panel: Panel) -> str:
    """The service, the stage: where the panel has several lines of one measure."""
    same = [line for line in panel.rows if line.figure and line.figure.row.measure == row.measure]
    parts = [value.replace("-", " ") for _, value in row.breakdown if value]
    return f": {', '.join(parts)}" if parts and len(same) > 1 else ""


def details_of(row: Observation, edition: Edition) -> str:
    """The unit, and what keeps the figure from being taken for one of the scorecard's month."""
    unit = "" if row.measure.unit in ("percent", "GBP") else unit_words(row.measure.unit)
    unit = "" if unit in (row.measure.plain_label or row.measure.label) else unit
    basis = [word for word in qualifying_words(row) if word != "target"]
    dated = row.period if row.kind == "actual" and row.period != edition.month_words else ""
    return " · ".join(part for part in (unit, *basis, dated) if part)


def also_printed(cell: Cell, reference: Reference, root: str) -> Markup:
    unit = cell.row.measure.unit
    words = "" if unit in ("percent", "GBP") or cell.row.number is None else f" {unit_words(unit)}"
    kind = "" if cell.role == "figure" else f" ({cell.row.kind})"
    head = "Number" if cell.head == "No" else cell.head or "Also"  # read aloud, "No: 28 posts" denies the posts
    return Markup("{}{}: {}{}").format(head, kind, link_printed(cell.row, reference, root), words)


def side_by_side(row: Row) -> list[Cell]:
    """The target first, then the comparisons in the order of their columns."""
    others = [cell for cell in row.beside if cell.role not in ("figure", "other")]
    return [*([row.target] if row.target else []), *others]


def is_blank(cell: Cell) -> bool:
    return "blank" in cell.row.flags and not cell.row.printed


def link_blank(cell: Cell, words: str, root: str) -> Markup:
    """An empty cell by the name of its column, to be listed with the others that are."""
    words = words if cell.role in ("country", "region") else words[:1].lower() + words[1:]
    href = row_href(cell.row.dataset, cell.row.id, root)
    link = Markup('<a class="mc-number mc-number--none" href="{}" data-blank="{}">{}</a>')
    return link.format(href, cell.row.id, words)


def role_words(cell: Cell, reference: Reference) -> str:
    if cell.role == "target":
        return "Target"
    return reference.areas.get(cell.row.area, {}).get("name", cell.row.area).partition(",")[0]


def link_printed(row: Observation, reference: Reference, root: str) -> Markup:
    """A number as everywhere; a cell without one says what the paper shows in its place, and what that means."""
    if not row.symbol:
        return link_row(row, root)
    label = reference.symbols.get(row.symbol, {}).get("label", "")
    blank = "left blank" if "blank" in row.flags else f"[{row.symbol}]"
    words = blank if not row.printed or any(c.isdigit() for c in row.printed) else row.printed
    href = row_href(row.dataset, row.id, root)
    link = Markup('<a class="mc-number mc-number--none" href="{}" data-rows="{}">{}</a>').format(href, row.id, words)
    return Markup('{} <span class="mc-kind">{}</span>').format(link, label) if label and words != "left blank" else link


def own_direction(row: Row, root: str) -> Markup | str:
    """ "Up from 103 (December 2016)": worked out by us, from the like figure of the edition before."""
    if not row.before or not row.figure or row.before.number is None or row.figure.row.number is None:
        return ""
    before, after = row.before.number, row.figure.row.number
    rows = (row.before.id, row.figure.row.id)
    word = link_worked(row.figure.row.dataset, rows, format_direction(before, after), root)
    better = row.figure.row.measure.polarity
    said = (
        ""
        if before == after or better not in BETTER
        else "better"
        if (after > before) == (better == "higher")
        else "worse"
    )
    tail = f", {said} by our rule" if said else ""
    return Markup("{} from {} ({}){}").format(word, link_row(row.before, root), row.before.period, tail)


def polarity_words(row: Row) -> str:
    if not row.figure:
        return ""
    if row.verdict == "neither":
        return "A target is printed; we judge nothing by it" if has_number(row.target) else ""
    return BETTER.get(row.figure.row.measure.polarity, "Neither way is better")


def has_number(cell: Cell | None) -> bool:
    return bool(cell and cell.row.number is not None)
