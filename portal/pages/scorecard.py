"""The page of the scorecard: every printed line and cell of the newest edition, panel by panel.

In:  the Portal's scorecards, the strips that `charts` draws of their rows, the file to download.
Out: one `Page`; None for a portal without a scorecard.

The verdicts are ours, by the polarity of each measure; the printed arrows have no key, so nothing is read into them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from markupsafe import Markup

from portal.across import scorecard_views
from portal.formats import format_size, plural
from portal.made import OutputFile, Page
from portal.model import Observation, Reference
from portal.pages.compared import told_across
from portal.pages.counted import tally
from portal.pages.render import Renderer, root_of, row_href
from portal.pages.scoreline import breakdown_words, describe_line
from portal.pages.wording import event_date, kinds_words, make_flag
from portal.registers import read_entries
from portal.scorecard import Edition, Panel, Row, is_same, read_editions

URL, FILE = "scorecard/", "data/scorecard.csv"
EXCEPTIONS = 2  # lines of a panel that a flag may leave out and still be said once, with their names
VERDICTS = {
    "meets": "Meets target",
    "misses": "Misses target",
    "neither": "Neither way is better",
    "no-target": "No target printed",
    "no-figure": "No figure printed",
    "unclear": "Not judged: what is printed is unclear",
    "unlike": "Not judged: the target is not for this figure",
}
LISTED = {"meets": "met", "misses": "missed"}  # verdicts with a list of their own, and its place
COUNTED = {
    "meets": "meet their target",
    "misses": "miss their target",
    "neither": "neither way is better",
    "no-target": "have no target printed",
    "no-figure": "have no figure printed",
    "unclear": "are not judged: what is printed is unclear",
    "unlike": "are not judged: the target is not for the figure",
}


def make_scorecard_page(
    renderer: Renderer, by_path: Mapping[str, OutputFile], strip: Callable[[Row], str]
) -> Page | None:
    words = renderer.facts.get("scorecard") or {}
    editions = read_editions(renderer.portal, words)
    if not editions:
        return None
    edition, root = editions[0], root_of(URL)
    title = title_of(edition, renderer)
    shared = shared_by_role(edition)
    html = renderer.page(
        "scorecard.html.j2",
        root,
        title=title,
        intro=str(words.get("text") or ""),
        rule=str(words.get("rule") or ""),
        edition=edition,
        source=renderer.portal.reference.sources.get(edition.source, {}),
        editions=len(editions),
        kind=kinds_words(
            [cell.row for row in edition.rows for cell in row.cells if cell.role == "figure"], renderer.portal.reference
        ),
        dates=printed_dates(edition, renderer, root),
        key=key_marks(edition, renderer.portal.reference),
        counts=[(v, count, COUNTED[v]) for v in VERDICTS if (count := count_rows(edition.rows, v))],
        anchors=LISTED,
        rest=[(v, COUNTED[v], found) for v in VERDICTS if v not in LISTED and (found := list_rows(edition, v))],
        met=list_rows(edition, "meets"),
        missed=list_rows(edition, "misses"),
        shared=[
            (role, [make_flag(flag, renderer.portal.reference, root) for flag in sorted(flags)])
            for role, flags in shared.items()
            if flags
        ],
        panels=[describe_panel(panel, edition, shared, renderer, root, strip) for panel in edition.panels],
        verdicts=VERDICTS,
        told=list(dict.fromkeys(told_across(scorecard_views(renderer.portal), renderer).values())),
        file=(
            f"{root}{FILE}",
            f"CSV, {plural(count_cells(editions), 'row')}, {format_size(len(by_path[FILE].content))}",
        )
        if FILE in by_path
        else None,
    )
    about = f"{plural(len(edition.rows), 'printed line')} of the scorecard, with targets and comparisons as printed."
    search = f"{title}. {' '.join(panel.title for panel in edition.panels)}. balanced scorecard targets"
    return Page(URL, title, about, html, search_text=search)


def title_of(edition: Edition, renderer: Renderer) -> str:
    words = renderer.facts.get("scorecard") or {}
    return ", ".join(part for part in (str(words.get("title") or "The scorecard"), edition.month_words) if part)


def scorecard_title(renderer: Renderer) -> str:
    """The name of the page, for links to it; "" for a portal without one."""
    editions = read_editions(renderer.portal, renderer.facts.get("scorecard") or {})
    return title_of(editions[0], renderer) if editions else ""


def scorecard_counts(renderer: Renderer) -> Markup:
    """How many lines meet and miss, for links to the page: counted in the published file."""
    edition = read_editions(renderer.portal, renderer.facts.get("scorecard") or {})[0]
    counts = []
    for verdict in ("meets", "misses"):
        question = f"{FILE}?source={edition.source}&role=figure&verdict={verdict}"
        counts.append(tally(question, sum(row.verdict == verdict for row in edition.rows)))
    return Markup("{} printed lines meet their target, {} miss it. By our rule.").format(*counts)


def describe_panel(
    panel: Panel,
    edition: Edition,
    shared: Mapping[str, set[str]],
    renderer: Renderer,
    root: str,
    strip: Callable[[Row], str],
) -> dict[str, object]:
    reference = renderer.portal.reference
    flags = [flags_of(row, shared) for row in panel.rows]
    said = dict(said_once(panel, flags))
    lines = []
    for row, own in zip(panel.rows, flags, strict=True):
        chips = tuple(make_flag(flag, reference, root) for flag in own if flag not in said)
        drawing = Markup(strip(row))  # nosec B704 # a drawing of ours
        lines.append(describe_line(row, panel, edition, chips, drawing, reference, root))
    return {
        "panel": panel,
        "lines": lines,
        "flags": [(make_flag(flag, reference, root), without) for flag, without in said.items()],
        "counts": [count_rows(panel.rows, verdict) for verdict in ("meets", "misses", "neither")],
    }


def said_once(panel: Panel, flags: list[list[str]]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(flag, the lines without it) of each flag that nearly every line of the panel has: on each it would be noise."""
    for flag in dict.fromkeys(flag for own in flags for flag in own):
        without = [row for row, own in zip(panel.rows, flags, strict=True) if flag not in own]
        if len(without) <= EXCEPTIONS and len(panel.rows) - len(without) > max(len(without), 1):
            yield flag, [(row.id, name_of(row, panel)) for row in without]


def shared_by_role(edition: Edition) -> dict[str, set[str]]:
    """What holds for every target, or for every comparison, is said once at the head of the page."""
    groups: dict[str, list[Observation]] = {"target": [], "comparison": []}
    for row in edition.rows:
        for cell in row.cells:
            if cell.row.number is not None and cell.role not in ("figure", "other"):
                groups["target" if cell.role == "target" else "comparison"].append(cell.row)
    return {
        name: set.intersection(*(set(row.flags) for row in rows)) if rows else set() for name, rows in groups.items()
    }


def flags_of(row: Row, shared: Mapping[str, set[str]]) -> list[str]:
    """Each flag of the row's cells once; `blank` is said where the cell stands."""
    flags: dict[str, None] = {}
    for cell in row.cells:
        said = shared.get("target" if cell.role == "target" else "comparison" if cell.role != "figure" else "", set())
        flags.update(dict.fromkeys(flag for flag in cell.row.flags if flag != "blank" and flag not in said))
    return list(flags)


def count_rows(rows: Iterable[Row], verdict: str) -> Markup:
    """How many rows have this verdict, worked out from the rows it names; "" for none."""
    found = [(row.figure or row.cells[0]).row.id for row in rows if row.verdict == verdict]
    count = Markup('<span class="mc-worked" data-count="{}" data-rows="{}">{}</span>')
    return count.format(verdict, " ".join(found), len(found)) if found else Markup("")


def count_cells(editions: Iterable[Edition]) -> int:
    return sum(len(row.cells) for edition in editions for row in edition.rows)


def list_rows(edition: Edition, verdict: str) -> list[tuple[str, str, str]]:
    """(anchor, name, row of the data) of the lines with this verdict, in the order of the page."""
    return [
        (row.id, name_of(row, panel), lead_of(row).id)
        for panel in edition.panels
        for row in panel.rows
        if row.verdict == verdict
    ]


def lead_of(row: Row) -> Observation:
    return (row.figure or row.target or row.cells[0]).row


def name_of(row: Row, panel: Panel) -> str:
    lead = lead_of(row)
    return f"{lead.measure.plain_label or lead.measure.label}{breakdown_words(lead, panel)}"


def key_marks(edition: Edition, reference: Reference) -> list[tuple[str, str]]:
    """(shape, words) of what the strips of this edition can show."""
    used: dict[str, str] = {}
    for row in edition.rows:
        for cell in row.cells:
            if row.figure and cell.row.number is not None and is_same(cell.row, row.figure.row):
                name = reference.areas.get(cell.row.area, {}).get("name", "").partition(",")[0]
                used.setdefault(cell.role, "Target" if cell.role == "target" else name)
    return [(role, used[role]) for role in ("figure", "target", "group", "country", "region") if role in used]


def printed_dates(edition: Edition, renderer: Renderer, root: str) -> list[tuple[str, str, str]]:
    """(what, address, date) of what a register says of the scorecard itself: when it was last updated."""
    found = [e for d in renderer.portal.datasets for e in read_entries(d) if e.cells.get("source") == edition.source]
    own = [e for e in found if e.cells.get("locator", "").startswith("scorecard:") and e.cells.get("date_start")]
    return [(e.cells.get("title", ""), row_href(e.dataset, e.id, root), event_date(e.cells)) for e in own]
