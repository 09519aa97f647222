"""Show registers: judgements, risks, promises and events, as a table, as cards or as a timeline.

In:  a checked Dataset whose page.yaml names its registers, and how each is to be shown.
Out: `RegisterView`s for the dataset's page. Every number in them leads to the row it stands in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.formats import format_number, slugify
from portal.model import Dataset, Entry, Field, Observation, Resource
from portal.pages.render import Renderer, link_measure, row_href
from portal.pages.tables import Table, number_cell
from portal.pages.wording import KIND_WORDS, event_date, make_flag, source_words, when
from portal.promises import Promise
from portal.registers import find_register, read_entries
from portal.spec import RegisterSpec

LONG = 12
# The flag says it all; the reason stands on the page of rows.
DATE_FLAGS = {"inferred-date", "undated", "restated"}
# These have places of their own.
TOLD = {"title", "text", "note", "figures", "date_start", "date_end", "precision", "role", "date_printed"}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as a card or a step of a timeline."""

    title: Markup
    when: str
    role: str
    text: str
    facts: tuple[tuple[str, Markup], ...]
    figures: tuple[tuple[Markup, Markup], ...]  # (number, what it is and when)
    flags: tuple[Markup, ...]
    note: str
    source: Markup


@dataclass(frozen=True, slots=True)
class RegisterView:
    id: str
    caption: str
    form: str
    table: Table | None
    items: tuple[Item, ...]
    folded: bool = False  # a long list on a page that is about something else


def make_registers(dataset: Dataset, renderer: Renderer, root: str) -> list[RegisterView]:
    entries = list(read_entries(dataset))
    views: list[RegisterView] = []
    for spec in dataset.page.registers:
        resource = find_register(dataset, spec)
        assert resource is not None  # validate.registers has seen to it
        own = [entry for entry in entries if entry.resource == spec.resource]
        name = f"register-{slugify(spec.resource)}"
        name += f"-{len(views) + 1}" if any(view.id == name for view in views) else ""  # one table, shown in two ways
        if spec.form == "table":
            view = RegisterView(name, spec.caption, "table", make_table(name, spec, resource, own, renderer, root), ())
        else:
            if spec.form == "timeline":  # what has no date stands last, in the order of the file
                own.sort(key=lambda entry: entry.cells["date_start"] or "9999")
            items = tuple(make_item(entry, spec, resource, renderer, root) for entry in own)
            view = RegisterView(
                name, spec.caption, spec.form, None, items, len(items) > LONG and bool(dataset.page.charts)
            )
        views.append(view)
    return views


def make_table(
    name: str, spec: RegisterSpec, resource: Resource, entries: Iterable[Entry], renderer: Renderer, root: str
) -> Table:
    fields = {field.name: field for field in resource.fields}
    shown = [fields[column] for column in spec.columns]
    rows = []
    for entry in entries:
        cells = [make_cell(entry, field, renderer, root) for field in shown]
        flags = [make_flag(flag, renderer.portal.reference, root) for flag in entry.flags]
        cells[0] = Markup(" ").join([entry_link(entry, cells[0], root), *flags])
        rows.append((*cells, source_of(entry, renderer, root)))
    columns = [(field.title or field.name, field.type in ("integer", "number")) for field in shown]
    return Table(name, spec.caption, (*columns, ("Source", False)), tuple(rows))


def make_item(entry: Entry, spec: RegisterSpec, resource: Resource, renderer: Renderer, root: str) -> Item:
    fields = {field.name: field for field in resource.fields}
    facts = [
        (fields[column].title or column, make_cell(entry, fields[column], renderer, root))
        for column in spec.columns
        if column not in TOLD and (entry.cells[column] or column in entry.numbers)
    ]
    return Item(
        entry_link(entry, escape(entry.cells["title"]), root),
        event_date(entry.cells) if "precision" in entry.cells else "",
        entry.cells.get("role", ""),
        entry.cells["text"],
        tuple(facts),
        tuple(beside(entry, renderer, root)),
        tuple(make_flag(flag, renderer.portal.reference, root) for flag in entry.flags),
        entry.cells.get("note", "") if set(entry.flags) - DATE_FLAGS else "",
        source_of(entry, renderer, root),
    )


def make_cell(entry: Entry, field: Field, renderer: Renderer, root: str) -> Markup:
    """A number leads to its row; a date is spoken; figures are numbers of other tables."""
    text = entry.cells[field.name]
    if field.name == "figures":
        return Markup("<br>").join(
            Markup("{} {}").format(number, words) for number, words in beside(entry, renderer, root)
        )
    if field.name in entry.numbers:
        return link_cell(entry, field.name, root) if text else Markup('<span class="mc-missing">left blank</span>')
    if field.name == "date_start" and "precision" in entry.cells:
        return escape(event_date(entry.cells))
    if field.name == "made_by":  # in the first column of a table it is the link to the row itself
        return escape(promise.title if (promise := promise_of(entry, renderer)) else text)
    if field.name == "measure" and (promise := promise_of(entry, renderer)):
        return Markup("; ").join(link_measure(measure, root) for measure in promise.measures)
    if field.name == "dataset":
        named = next((d for d in renderer.portal.datasets if d.slug == text), None)
        href = f"{root}datasets/{text}/"
        return Markup('<a href="{}">{}</a>').format(href, renderer.question(named, root)) if named else escape(text)
    if field.name == "measure":
        counted = (row.measure for d in renderer.portal.datasets for row in d.observations if row.measure.id == text)
        measure = next(counted, None)
        return link_measure(measure, root) if measure else escape(text)
    if field.type == "date":
        return escape(when(text))
    return escape(text)


def link_cell(entry: Entry, column: str, root: str) -> Markup:
    value = entry.cells[column]
    number = format_number(float(value), "", len(value.partition(".")[2]))
    place = f"{entry.dataset}/{entry.resource}/{entry.id}/{column}"
    href = row_href(entry.dataset, entry.id, root)
    return Markup('<a class="mc-number" href="{}" data-cell="{}">{}</a>').format(href, place, number)


def beside(entry: Entry, renderer: Renderer, root: str) -> list[tuple[Markup, Markup]]:
    rows = [row for name in entry.figures if (row := renderer.portal.row(name))]
    return [(number_cell(row, renderer.portal.reference, root), figure_words(row, root)) for row in rows]


def figure_words(row: Observation, root: str) -> Markup:
    """What is counted and when; a target beside a figure of the time must not pass for one."""
    parts = [link_measure(row.measure, root), KIND_WORDS.get(row.kind, ""), row.period]
    return Markup(", ").join(part for part in parts if part)


def promise_of(entry: Entry, renderer: Renderer) -> Promise | None:
    return next((promise for promise in renderer.promises if promise.id == entry.id), None)


def link_maker(entry: Entry, column: str, renderer: Renderer, root: str) -> Markup:
    """On the page of rows: what made a promise, or shows it done, with the way there."""
    promise = promise_of(entry, renderer)
    maker = {"made_by": promise.maker, "shown_by": promise.shown}.get(column) if promise else None
    if maker is None or not maker.paged:
        return Markup("")
    words = maker.title or (f"the row {maker.id}")
    return Markup('<a href="{}">{}</a>').format(row_href(maker.dataset, maker.id, root), words)


def entry_link(entry: Entry, words: Markup, root: str) -> Markup:
    return Markup('<a class="mc-entry" href="{}">{}</a>').format(row_href(entry.dataset, entry.id, root), words)


def source_of(entry: Entry, renderer: Renderer, root: str) -> Markup:
    return source_words(entry.cells["source"], entry.cells["locator"], renderer.portal.reference, root)


def describe_entry(entry: Entry, resource: Resource, renderer: Renderer, root: str) -> dict[str, object]:
    """What the page of rows says of an entry: every column, each number with the token it was printed as."""
    reference = renderer.portal.reference
    source = reference.sources[entry.cells["source"]]
    fields = {field.name: field for field in resource.fields}
    hidden = {
        "id",
        "source",
        "locator",
        "flags",
        "note",
        "title",
        "date_end",
        "precision",
        "figures",
        "event",
        "happened_as",
    }
    shown = [
        f
        for f in resource.fields
        if f.name not in hidden and not f.name.endswith(("_printed", "_locator", "_precision"))
    ]
    title = entry.cells.get("title") or (entry.cells[shown[0].name] if shown else entry.id)
    title = promise.title if (promise := promise_of(entry, renderer)) else title
    tokens = [(f.title or f.name, entry.cells[f"{f.name}_printed"]) for f in shown if f.name in entry.numbers]
    if entry.cells.get("date_printed"):
        tokens.append(("the date", entry.cells["date_printed"]))
    return {
        "entry": entry,
        "title": title,
        "note": entry.cells.get("note", ""),
        "facts": [
            (
                fields[f.name].title or f.name,
                link_maker(entry, f.name, renderer, root) or make_cell(entry, f, renderer, root),
            )
            for f in shown
            if entry.cells[f.name] and entry.cells[f.name] != title
        ],
        "figures": beside(entry, renderer, root),
        "source": source,
        "source_date": when(source.get("date", "")),
        "tokens": [(name, token) for name, token in tokens if token],
        "flags": [
            (make_flag(flag, reference, root), reference.quality_flags[flag].get("meaning", "")) for flag in entry.flags
        ],
    }
