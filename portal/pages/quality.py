"""What to know about the data: flags, warnings, arithmetic that does not come out, what is not shown and why.

In:  the Portal, the results of the declared checks, and the warnings that will be published.
Out: the page /data-quality/, and the same facts for the pages of datasets and rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from portal.formats import format_row
from portal.made import CheckResult, Page
from portal.model import Dataset, Observation, Problem
from portal.pages.compared import never_compared, pairs_shown
from portal.pages.exempted import small_numbers
from portal.pages.render import Renderer, link_measure, link_row, root_of, row_href
from portal.pages.warnings import places_of
from portal.pages.wording import source_short


def make_data_quality(renderer: Renderer, problems: Sequence[Problem]) -> Page:
    """Every flag and every warning, in one place."""
    url = "data-quality/"
    root = root_of(url)
    reference = renderer.portal.reference
    rows = [row for d in renderer.portal.datasets for row in d.observations]
    flags = [
        (name, entry, [flagged(row, renderer, root) for row in rows if name in row.flags])
        for name, entry in reference.quality_flags.items()
    ]
    flags.sort(key=lambda flag: not flag[2])
    notes = [flagged(row, renderer, root) for row in rows if row.note and not row.flags]
    left_out, shown = unpublished(renderer), pairs_shown(renderer, root)
    counted = Counter(check.dataset for check in renderer.checks if check.holds)
    every = renderer.portal.datasets
    html = renderer.page(
        "data-quality.html.j2",
        root,
        holding=[(d, counted[d.slug]) for d in every if counted[d.slug]],
        mismatches=[(d, declared) for d in every if (declared := declared_by(d, renderer, root))],
        pairs=shown,
        unlike=[
            (d, notes, refused)
            for d in every
            for notes, refused in [(notes_of(d, renderer, root), never_compared(d, renderer, root))]
            if notes or refused
        ],
        undrawn=[(d, undrawn_of(d, renderer, root)) for d in every if any(t.no_chart for t in d.page.tables)],
        unpublished=left_out,
        flags=flags,
        notes=notes,
        **small_numbers(renderer, root),
        symbols=reference.symbols.values(),
        warnings=list(places_of(problems, renderer.portal, root)),
        located=sum(bool(r.locator) for r in rows),
        total=len(rows),
    )
    toc = (
        ("promise", "What is checked"),
        ("arithmetic", "Arithmetic"),
        *((("pairs", "Series shown together"),) if shown else ()),
        ("unlike", "Never compared"),
        ("flags", "Flags"),
        ("symbols", "Where there is no number"),
        ("small", "Small numbers"),
        ("undrawn", "Not drawn"),
        *((("unpublished", "Not published"),) if left_out else ()),
        ("warnings", "Warnings"),
    )
    return Page(url, "Data quality", "Every flag and warning on the figures of this portal, in one place.", html, toc)


def flagged(row: Observation, renderer: Renderer, root: str) -> dict[str, Any]:
    return {
        "row": row,
        "number": link_row(row, root),
        "text": format_row(row),
        "label": link_measure(row.measure, root),
        "source": source_short(row.source, renderer.portal.reference),
        "area": renderer.portal.reference.areas.get(row.area, {}).get("name", row.area),
    }


def notes_of(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[Markup, Markup]]:
    where = dataset.page.path
    return [
        (renderer.sentence(n.title, root, dataset.slug, where), renderer.sentence(n.text, root, dataset.slug, where))
        for n in dataset.page.do_not_compare
    ]


def undrawn_of(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[Markup, Markup]]:
    """(what the table holds, why it is no chart)"""

    def say(text: str) -> Markup:
        return renderer.sentence(text, root, dataset.slug, dataset.page.path)

    return [(say(table.caption), say(table.no_chart)) for table in dataset.page.tables if table.no_chart]


def unpublished(renderer: Renderer) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """(id, document, [(reason, how many numbers)]): numbers of the documents that are no figures of ours."""
    reference = renderer.portal.reference
    counts: dict[str, Counter[str]] = {}
    for entry in reference.not_published.values():
        counts.setdefault(entry["source"], Counter())[entry["reason"]] += int(entry.get("times") or 1)
    return [(s, reference.sources[s]["title"], reasons.most_common()) for s, reasons in counts.items()]


def known_mismatches(renderer: Renderer) -> list[CheckResult]:
    return [check for check in renderer.checks if not check.holds and check.spec.mismatch]


def mismatches_of(row_id: str, renderer: Renderer) -> list[str]:
    """Why this figure does not fit with others, where that is known."""
    found = [c.spec.mismatch for c in known_mismatches(renderer) if any(cell.row == row_id for cell in c.cells)]
    return list(dict.fromkeys(found))


def declared_by(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[list[Markup], str]]:
    """The mismatches that this package's page.yaml declares: each of the portal's once."""
    own = [check for check in known_mismatches(renderer) if check.dataset == dataset.slug]
    return [(cell_links(check, renderer, root), check.spec.mismatch) for check in own]


def cell_links(check: CheckResult, renderer: Renderer, root: str) -> list[Markup]:
    """The cells of a check, each with its thread and what it is; those of a register as they were printed."""
    links = []
    for cell in check.cells:
        row = renderer.portal.row(cell.row)
        if row is None:
            href = row_href(check.dataset, cell.row, root)
            links.append(Markup('<a href="{}">{}</a> {}').format(href, cell.printed, cell.column))
        else:
            parts = [value.replace("-", " ") for _, value in row.breakdown if value]
            label = Markup(", ").join([link_measure(row.measure, root), *parts])
            links.append(Markup("{} {}").format(link_row(row, root), label))
    return links
