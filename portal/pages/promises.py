"""The page of promises: each with its paragraph, what would show it kept, and a status by the published rule.

In:  the renderer, which holds every `Promise`; a function that draws the small strip; the addresses of the other pages.
Out: a `Page`; None for a portal without promises. What it counts it counts in published files, so `verify` can too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup, escape

from portal.across import promise_views
from portal.formats import format_date, slugify
from portal.made import Page
from portal.makers import Maker
from portal.model import Dataset, Entry, Observation
from portal.pages.compared import told_across
from portal.pages.counted import tally
from portal.pages.render import Renderer, link_measure, link_row, root_of, row_href
from portal.pages.wording import make_flag, source_words
from portal.papers import papers_end
from portal.promises import DECIDING, STATUSES, Promise, Status, find_measures
from portal.registers import read_entries

URL = "promises/"
FILE = "data/promises.csv"
TARGETS = "data/observations.csv?kind=target&locator=scorecard:*&printed=?*"
SAID_ELSEWHERE = {"undated", "restated"}  # the line about the date, and the other printing

Strip = Callable[[Observation, Sequence[Observation]], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One promise, ready to be shown."""

    id: str
    title: str
    due: str
    text: str
    note: str
    figures: tuple[tuple[Markup, Markup], ...]  # (number, what it is and when)
    strip: Markup
    would_show: Markup
    status: Status
    reason: Markup
    paragraph: Markup
    row: str
    flags: tuple[Markup, ...]


def make_promises_page(renderer: Renderer, strip: Strip, others: Collection[str]) -> Page | None:
    promises = renderer.promises
    if not promises:
        return None
    root = root_of(URL)
    groups: dict[str, list[Item]] = {}
    for promise in promises:
        groups.setdefault(promise.entry.cells["group"], []).append(make_item(promise, renderer, strip, root))
    lists = [(slugify(name), name, items) for name, items in groups.items()]
    signs = list(find_indicators(renderer, root))
    html = renderer.page(
        "promises.html.j2",
        root,
        told=told_across(promise_views(renderer.portal), renderer),
        key=[(status, tally(f"{FILE}?status={status.id}", found)) for status, found in count_statuses(promises)],
        shown=[(status.id, status.words.lower()) for status, found in count_statuses(promises) if found],
        total=tally(FILE, len(promises), href="#download"),
        groups=lists,
        signs=signs,
        scorecard=tally(TARGETS, count_targets(renderer), href=f"{root}scorecard/") if "scorecard/" in others else "",
        papers_end=format_date(end) if (end := papers_end(renderer.portal)) else "",
        file=FILE,
    )
    description = "What the council’s papers said would be done, and what can be said of each since."
    finds = tuple((f"{URL}#{p.id}", p.title, f"{p.text} {p.status.words}.") for p in promises)
    return Page(URL, "What was promised", description, html, (), description, finds)


def count_statuses(promises: Sequence[Promise]) -> list[tuple[Status, int]]:
    counted = Counter(promise.status.id for promise in promises)
    return [(status, counted[status.id]) for status in STATUSES]


def count_targets(renderer: Renderer) -> int:
    rows = [row for d in renderer.portal.datasets for row in d.observations]
    return sum(row.kind == "target" and row.locator.startswith("scorecard:") and bool(row.printed) for row in rows)


def make_item(promise: Promise, renderer: Renderer, strip: Strip, root: str) -> Item:
    cells, reference = promise.entry.cells, renderer.portal.reference
    drawn = promise.maker.row and promise.figures and promise.status.id != "cannot"
    return Item(
        promise.id,
        promise.title,
        due_words(promise),
        promise.text,
        cells["note"],
        tuple(figures_of(promise, renderer, root)),
        Markup(strip(promise.maker.row, promise.figures)) if drawn and promise.maker.row else Markup(""),  # nosec B704
        would_show(promise, renderer, root),
        promise.status,
        reason_of(promise, renderer, root),
        source_words(cells["source"], cells["locator"], reference, root),
        maker_href(promise.maker, root) or row_href(promise.entry.dataset, promise.id, root),
        tuple(make_flag(flag, reference, root) for flag in promise.maker.flags if flag not in SAID_ELSEWHERE),
    )


def due_words(promise: Promise) -> str:
    """When it was due, no finer than the paper says: "Due in March 2018", "Due by the end of 2023"."""
    start, end = promise.entry.cells["date_start"], promise.due
    if end is None:
        return "No date printed"
    words = format_date(end)
    if start == end.isoformat():
        return f"Due on {words}"
    if (end.month, end.day) == (12, 31) and promise.entry.cells["precision"] == "year":
        return f"Due by the end of {end.year}"
    if promise.entry.cells["precision"] in ("month", "quarter") and is_last_day(end):
        month = words.partition(" ")[2]
        return f"Due in {month}" if start[:7] == end.isoformat()[:7] else f"Due by the end of {month}"
    return f"Due by {words}"


def is_last_day(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def figures_of(promise: Promise, renderer: Renderer, root: str) -> Iterator[tuple[Markup, Markup]]:
    """The target, then the figures beside it, oldest first; then what the data officer put beside the promise."""
    target = promise.maker.row
    if target:
        words = figure_words(target, named=promise.entry.cells["rule"] not in DECIDING)
        yield link_row(target, root), escape(words)
    for row in promise.figures:
        yield link_row(row, root), dated_words(row, row.period, renderer, root)
    told = {row.id for row in promise.figures} | ({target.id} if target else set())
    for name in dict.fromkeys((*promise.maker.figures, *promise.entry.figures)):
        if name not in told and (other := renderer.portal.row(name)):
            words = figure_words(other, named=not target or other.measure != target.measure)
            yield link_row(other, root), dated_words(other, words, renderer, root)


def dated_words(row: Observation, words: str, renderer: Renderer, root: str) -> Markup:
    """The words, and a flag when it was us who worked out the date."""
    flag = make_flag("inferred-date", renderer.portal.reference, root) if "inferred-date" in row.flags else ""
    return Markup("{} {}").format(words, flag) if flag else escape(words)


def figure_words(row: Observation, named: bool) -> str:
    """What a figure beside a promise is, unless the promise says it already, and when."""
    kind = {"target": "target", "plan": "planned", "forecast": "forecast"}.get(row.kind, "")
    words = [row.measure.plain_label or row.measure.label] if named else []
    return ", ".join([*words, *([kind] if kind else []), row.period])


def would_show(promise: Promise, renderer: Renderer, root: str) -> Markup:
    """The measure that would show it kept; nothing where only a later paper could, for the page says that once."""
    if promise.measures:
        words = Markup("; ").join(link_measure(measure, root) for measure in promise.measures)
        return words + ("." if promise.entry.cells["rule"] != "event" else ". A later paper would as well.")
    return Markup("") if promise.entry.cells["rule"] == "event" else escape("No measure that we know of.")


def reason_of(promise: Promise, renderer: Renderer, root: str) -> Markup:
    """The sentence under the pill: what led to this answer."""
    name, end = promise.status.id, papers_end(renderer.portal)
    if name == "done" and promise.shown:
        cells = source_words(promise.shown.source, promise.shown.locator, renderer.portal.reference, root)
        href = maker_href(promise.shown, root)
        words = promise.shown.title or "A figure"
        link = Markup('<a href="{}">{}</a>').format(href, words) if href else escape(words)
        return Markup("{} ({}).").format(link, cells)
    if name == "cannot":
        return escape(promise.entry.cells["cannot"])
    if promise.decided:
        meets = "meets the target" if name == "reached" else "misses the target. It may have been met since"
        return escape(f"The last figure we hold is for {promise.decided.period}; it {meets}.")
    if name == "papers-end" and promise.figures:
        return escape(f"Our figures end with {promise.figures[-1].period}. We cannot say what came after.")
    if name == "papers-end" and end:
        return escape(f"Our newest council paper is of {format_date(end)}. We cannot say whether it happened.")
    return escape("" if name == "no-figure" else promise.status.rule)  # its words say it already


def maker_href(maker: Maker, root: str) -> str:
    return row_href(maker.dataset, maker.id, root) if maker.paged else ""


def find_indicators(renderer: Renderer, root: str) -> Iterator[tuple[str, list[tuple[Markup, Markup]], Markup, Markup]]:
    """(caption, signs, how many, how many with data) of each register that says where a sign has its data."""
    for dataset in renderer.portal.datasets:
        for spec in dataset.page.registers:
            entries = [entry for entry in read_entries(dataset) if entry.resource == spec.resource]
            if entries and {"dataset", "measure", "title"} <= set(entries[0].cells):
                file = f"data/{dataset.slug}/{spec.resource}.csv"
                held = sum(bool(entry.cells["measure"]) for entry in entries)
                signs = [make_indicator(entry, renderer, root) for entry in entries]
                all_signs = tally(file, len(entries), href=f"{root}datasets/{dataset.slug}/rows/#{entries[0].id}")
                yield spec.caption, signs, all_signs, tally(f"{file}?measure=?*", held)


def make_indicator(entry: Entry, renderer: Renderer, root: str) -> tuple[Markup, Markup]:
    """A row of the table: the sign, and what we hold of it."""
    cells = entry.cells
    named = find_measures([cells["measure"]], renderer.portal)
    place = next((d for d in renderer.portal.datasets if d.slug == cells["dataset"]), None)
    href = row_href(entry.dataset, entry.id, root)
    sign = Markup('<a href="{}">{}<span class="mc-hidden">, as it was written</span></a>').format(href, cells["title"])
    held = link_measure(named[0], root) if named else Markup('<span class="mc-missing">No figure.</span>')
    if place:
        page = Markup('<a href="{}datasets/{}/">{}</a>').format(root, place.slug, renderer.question(place, root))
        held = Markup('{} <span class="mc-when">{}</span>').format(held, page)
    note = Markup('<span class="mc-when">{}</span>').format(cells["note"]) if cells.get("note") else Markup("")
    return sign, Markup("{} {}").format(held, note)


def promise_links(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[str, str]]:
    """The way from a dataset that promises were made in, or that holds them, to the page of promises."""
    own = any(dataset.slug in (promise.maker.dataset, promise.entry.dataset) for promise in renderer.promises)
    return [(f"{root}{URL}", "What was promised, and what can be said of it")] if own else []
