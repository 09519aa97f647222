"""When newer figures are due: every series and list of the portal, those that are late first.

In:  the Portal, with the rule of each series and list, and the day the site is built.
Out: the page /status/. Days are counted to that day, so that the same data gives the same page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from portal.formats import format_date
from portal.freshness import Holding, Rule, Standing, find_holdings, judge
from portal.made import Page
from portal.model import Dataset, Resource
from portal.pages.counted import tally
from portal.pages.render import Renderer, root_of, row_href
from portal.pages.wording import series_kind

URL = "status/"
ORDER = ("late", "soon", "due", "not-known", "ended")
MARKS = {"late": "bang", "soon": "clock", "due": "ring", "not-known": "dashes", "ended": "bar"}
STATES = {"soon": "Due soon", "due": "Due later", "not-known": "Not known", "ended": "Will not be renewed"}
OFTEN = {
    "monthly": "Each month",
    "quarterly": "Each quarter of a year",
    "termly": "Each school term",
    "half-yearly": "Twice a year",
    "yearly": "Each year",
    "never": "Never again",
    "not-known": "Not known",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table."""

    page: Markup
    what: str
    state: str
    mark: str
    words: Markup
    newest: Markup
    often: str
    due: str
    held: Markup
    why: Markup


def make_status_page(renderer: Renderer) -> Page:
    root = root_of(URL)
    judged = [(h, judge(h.newest, h.rule, renderer.today)) for h in find_holdings(renderer.portal)]
    judged.sort(key=by_lateness)
    lines = [make_line(holding, standing, renderer, root) for holding, standing in judged]
    renewed = [line for line in lines if line.state != "ended"]
    html = renderer.page(
        "status.html.j2",
        root,
        renewed=renewed,
        ended=[line for line in lines if line.state == "ended"],
        rules=reasons(lines),
        none_known=all(line.state == "not-known" for line in lines),
    )
    description = "How far each set of figures goes, and when the next should be out."
    return Page(URL, "When newer figures are due", description, html, (), description)


def by_lateness(judged: tuple[Holding, Standing]) -> tuple[int, int, str, str]:
    """The longest overdue first, then what is due next; records that have ended from the newest back."""
    holding, standing = judged
    place = ORDER.index(standing.state)
    near = -standing.days if standing.state == "late" else standing.days
    newest = holding.newest or date.min
    return place, -newest.toordinal() if standing.due is None else near, holding.dataset, holding.series


def make_line(holding: Holding, standing: Standing, renderer: Renderer, root: str) -> Line:
    dataset = next(d for d in renderer.portal.datasets if d.slug == holding.dataset)
    rule = holding.rule
    link = Markup('<a href="{}datasets/{}/">{}</a>').format(root, dataset.slug, dataset.title)
    return Line(
        link,
        name_of(holding, dataset, renderer),
        standing.state,
        MARKS[standing.state],
        state_words(standing, rule, renderer),
        newest_words(holding, root),
        OFTEN.get(rule.renewed, "Not known") if rule else "Nobody has said",
        format_date(standing.due) if standing.due else "None" if standing.state == "ended" else "Not known",
        held(holding, dataset, root),
        renderer.sentence(rule.why, root, dataset.slug, dataset.page.path) if rule else Markup(""),
    )


def name_of(holding: Holding, dataset: Dataset, renderer: Renderer) -> str:
    """Whose figures they are, or what the page calls the list."""
    if holding.series:
        return series_kind(renderer.portal.reference.series.get(holding.series, {})) or holding.series
    captions = [spec.caption for spec in dataset.page.registers if spec.resource == holding.resource]
    resource = resource_of(holding, dataset)
    return (captions or [resource.title or holding.resource])[0]


def resource_of(holding: Holding, dataset: Dataset) -> Resource:
    return next(r for r in dataset.resources if r.name == holding.resource)


def state_words(standing: Standing, rule: Rule | None, renderer: Renderer) -> Markup:
    if standing.state != "late":
        return escape(STATES[standing.state] if rule else "Nobody has said")
    assert standing.due  # else it is not late
    span = f"{standing.due.isoformat()}/{renderer.today.isoformat()}"
    days = Markup('<span class="mc-worked" data-days="{}">{}</span>').format(span, f"{standing.days:,}")
    return Markup("Late by {} {}").format(days, "day" if standing.days == 1 else "days")


def newest_words(holding: Holding, root: str) -> Markup:
    if holding.newest is None:
        return Markup("No date printed") if holding.series else Markup("No date")
    words = format_date(holding.newest)
    if not holding.row or not holding.series:
        return escape(words)
    href = row_href(holding.dataset, holding.row, root)
    return Markup('<a href="{}">{}</a>').format(href, words)


def held(holding: Holding, dataset: Dataset, root: str) -> Markup:
    """How many rows of the published file; of a table without ids nobody could count them again."""
    if holding.series:
        count = sum(row.series == holding.series for row in dataset.observations)
        rows = f"{root}datasets/{dataset.slug}/rows/"
        return tally(f"data/observations.csv?dataset={dataset.slug}&series={holding.series}", count, href=rows)
    frame = resource_of(holding, dataset).frame
    if "id" not in frame.columns or frame["id"].duplicated().any():
        return Markup("One table")
    file = f"data/{dataset.slug}/{holding.resource}.csv"
    return tally(file, len(frame), href=f"{root}{file}")


def reasons(lines: Iterable[Line]) -> list[tuple[str, Markup]]:
    """(what it is of, why): each rule once, in the order of the table."""
    found: dict[Markup, list[str]] = {}
    for line in lines:
        if line.why:
            found.setdefault(line.why, []).append(line.what)
    return [("; ".join(dict.fromkeys(names)), why) for why, names in found.items()]
