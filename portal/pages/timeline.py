"""The page /timeline/: what happened and what was planned, a band a year, and where our papers say nothing.

In:  the Portal's happenings, its gaps, and the dates of its papers.
Out: one `Page`; None for a portal without anything dated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from portal.formats import format_date
from portal.made import Page
from portal.model import Entry
from portal.pages.registers import DATE_FLAGS, beside, entry_link, source_of
from portal.pages.render import Renderer, root_of
from portal.pages.wording import event_date, make_flag, when
from portal.papers import is_paper, paper_dates
from portal.timeline import (
    KINDS,
    Gap,
    Happening,
    find_gaps,
    gather,
    next_inspection,
    undated,
)

URL = "timeline/"
TITLE = "What happened, and when"


@dataclass(frozen=True, slots=True)
class Line:
    """One happening as it stands on the page."""

    id: str
    mark: str  # diamond, disc, square, ring
    when: str
    kind: str
    title: Markup
    text: str
    said: tuple[Markup, ...]  # what we know of it from other entries
    figures: tuple[tuple[Markup, str], ...]
    told: tuple[Markup, ...]
    note: str
    small: tuple[Markup, ...]  # flags, source, page


@dataclass(frozen=True, slots=True)
class Band:
    """A year, or a gap; `ending` stands after so many of its lines."""

    id: str
    title: str
    lines: tuple[Line, ...]
    gap: tuple[str, ...] = ()
    after: int = 0
    ending: str = ""


def make_timeline(renderer: Renderer) -> Page | None:
    happenings = gather(renderer.portal)
    if not happenings:
        return None
    root = root_of(URL)
    years = sorted({h.start.year for h in happenings})
    span = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"in {years[0]}"
    lede = f"Inspections, decisions and plans, {span}. A date that a document gives as a month stays a month."
    lines = [make_line(h, happenings, renderer, root) for h in happenings]
    html = renderer.page(
        "timeline.html.j2",
        root,
        title=TITLE,
        lede=lede,
        marks=[(mark, words) for mark, words in KEY.items() if any(line.mark == mark for line in lines)],
        shown=[(mark, SHOWN[mark]) for mark in KEY if any(line.mark == mark for line in lines)],
        bands=list(make_bands(happenings, lines, renderer, root)),
        last=last_words(happenings),
        undated=undated_pages(renderer, root),
    )
    finds = tuple((f"{URL}#{h.id}", h.entry.cells["title"], h.entry.cells["text"]) for h in happenings if is_event(h))
    return Page(URL, TITLE, lede, html, (), TITLE, finds)


KEY = {
    "diamond": "Inspection or judgement",
    "disc": "Happened",
    "square": "Published",
    "ring": "Planned: our papers do not show if it happened, unless we say so",
}

SHOWN = {
    "diamond": "inspections and judgements",
    "disc": "what happened",
    "square": "what was published",
    "ring": "plans",
}


# Where kind and role side by side would say nothing, or too much.
ROLE_WORDS = {("plan", "planned"): "", ("meeting", "published"): "papers published"}


def is_event(happening: Happening) -> bool:
    return not happening.entry.dataset


def make_bands(happenings: Sequence[Happening], lines: Sequence[Line], renderer: Renderer, root: str) -> Iterator[Band]:
    """Years and gaps in order. A gap is longer than a year, so none has the same year on both sides."""
    gaps = find_gaps(renderer.portal, happenings)
    pairs = list(zip(happenings, lines, strict=True))
    free = [(h, line) for h, line in pairs if not any(gap.holds(h) for gap in gaps)]
    ending = ending_words(happenings, renderer, root)
    last = max(paper_dates(renderer.portal), default=date.max)
    final = max((h.start.year for h, _ in free if h.start <= last), default=0) if ending else 0
    bands: list[tuple[date, Band]] = []
    for year in sorted({h.start.year for h, _ in free}):
        own = [(h, line) for h, line in free if h.start.year == year]
        after, words = (sum(h.start <= last for h, _ in own), ending) if year == final else (0, "")
        shown = tuple(line for _, line in own)
        bands.append((own[0][0].start, Band(f"year-{year}", str(year), shown, (), after, words)))
    for gap in gaps:
        inside = tuple(line for h, line in pairs if gap.holds(h))
        bands.append((gap.end, Band(gap_id(gap), gap_title(gap), inside, gap_words(gap, bool(inside)))))
    # What ends a gap begins the next year; of the two the gap stands first.
    yield from (band for _, band in sorted(bands, key=lambda pair: (pair[0], not pair[1].gap)))


def gap_id(gap: Gap) -> str:
    return f"gap-{gap.start.isoformat()}"


def gap_title(gap: Gap) -> str:
    return f"{gap.start.year} to {gap.end.year}"


def gap_words(gap: Gap, planned: bool) -> tuple[str, ...]:
    first, second = (format_date(day) for day in gap.papers)
    words = f"We hold no council paper dated between {first} and {second}. Things happened. We cannot show them."
    return (words, "What stands here was planned before; we do not know what came of it.") if planned else (words,)


def ending_words(happenings: Sequence[Happening], renderer: Renderer, root: str) -> Markup:
    """Where the council's papers end, and where what stands after it comes from."""
    last = max(paper_dates(renderer.portal), default=None)
    later = [h for h in happenings if last and h.start > last]
    if not last or not later:
        return Markup("")
    sources = renderer.portal.reference.sources
    others = dict.fromkeys(h.entry.cells["source"] for h in later if not h.planned)
    named = [name for name in others if not is_paper(sources.get(name, {}))]
    links = [Markup('<a href="{}sources/#{}">{}</a>').format(root, n, sources[n]["title"]) for n in named]
    parts = [escape("was planned in them")] if any(h.planned for h in later) else []
    parts += [Markup("comes from another source ({})").format(Markup("; ").join(links))] if links else []
    more = Markup(" What follows {}.").format(Markup(", or ").join(parts)) if parts else ""
    return Markup("Our council papers end on {}.{}").format(format_date(last), more)


def last_words(happenings: Sequence[Happening]) -> str:
    """Where our knowledge ends: said at the end, for a timeline looks as if it went on to the day of reading."""
    known = [h for h in happenings if not h.planned]
    if not known:
        return "Everything here was planned. We hold nothing that says what happened."
    newest = max(known, key=lambda h: (h.start, h.end))
    planned = " What stands after it was planned." if any(h.start > newest.end for h in happenings) else ""
    return f"The last thing that our sources report as done is of {event_date(newest.entry.cells)}.{planned}"


def undated_pages(renderer: Renderer, root: str) -> list[Markup]:
    slugs = dict.fromkeys(entry.dataset for entry in undated(renderer.portal) if entry.dataset)
    return [page_link(slug, renderer, root) for slug in slugs]


def page_link(slug: str, renderer: Renderer, root: str) -> Markup:
    dataset = next(d for d in renderer.portal.datasets if d.slug == slug)
    return Markup('<a href="{}datasets/{}/">{}</a>').format(root, slug, renderer.question(dataset, root))


def short_link(slug: str, root: str) -> Markup:
    """A dataset's page in two words, for it is named beside each of its entries."""
    return Markup('<a href="{}datasets/{}/">{}</a>').format(root, slug, slug.replace("-", " ").capitalize())


def make_line(happening: Happening, happenings: Sequence[Happening], renderer: Renderer, root: str) -> Line:
    entry, reference = happening.entry, renderer.portal.reference
    title = escape(entry.cells["title"])
    slugs = dict.fromkeys(slug for slug in (entry.dataset, *(e.dataset for e in happening.told)) if slug)
    flags = [make_flag(flag, reference, root) for flag in entry.flags]
    return Line(
        entry.id,
        mark_of(happening),
        event_date(entry.cells),
        kind_words(happening),
        title if is_event(happening) else entry_link(entry, title, root),
        entry.cells["text"],
        tuple(said_of(happening, happenings, renderer)),
        tuple(beside(entry, renderer, root)),
        tuple(told_link(other, root) for other in happening.told),
        entry.cells.get("note", "") if set(entry.flags) - DATE_FLAGS else "",
        (source_of(entry, renderer, root), *(short_link(slug, root) for slug in slugs), *flags),
    )


def mark_of(happening: Happening) -> str:
    if happening.inspection:
        return "diamond"
    return {"planned": "ring", "published": "square"}.get(happening.role, "disc")


def kind_words(happening: Happening) -> str:
    """The mark in words: "Meeting, planned", "Judgement", "Plan"."""
    if happening.judgement:
        return "Judgement"
    pair = (happening.kind, happening.role)
    role = ROLE_WORDS.get(pair, happening.role if happening.role != "happened" else "")
    words = ", ".join(word for word in (KINDS.get(happening.kind, ""), role) if word) or "happened"
    return words[0].upper() + words[1:]


def told_link(entry: Entry, root: str) -> Markup:
    title = entry.cells.get("title") or entry.id
    planned = " (planned)" if entry.cells.get("role") == "planned" else ""
    return Markup("{}{}").format(entry_link(entry, escape(title), root), planned)


def said_of(happening: Happening, happenings: Sequence[Happening], renderer: Renderer) -> Iterator[Markup]:
    """What other entries say of this one: a judgement is never left to look like the one that holds."""
    cells = happening.entry.cells
    if happening.judgement:
        later = next_inspection(happening, happenings)
        after = Markup(" The next inspection that we hold: {}.").format(anchor(later)) if later else ""
        yield Markup("Judgement of {}.{}").format(
            event_date(cells), after or " We hold no later one, which does not mean that there is none."
        )
    became = next((h for h in happenings if h.id == cells.get("happened_as")), None)
    if became:
        yield Markup("It happened: {}.").format(anchor(became))
    elif happening.planned and renderer.built and happening.end > renderer.today:
        yield Markup("The date had not passed when this page was built, on {}.").format(when(str(renderer.today)))


def anchor(happening: Happening) -> Markup:
    cells = happening.entry.cells
    return Markup('<a href="#{}">{}, {}</a>').format(happening.id, cells["title"], event_date(cells))
