"""What is said where unlike figures stand together, and where a count and its rate part.

In:  the Portal with the rules of reference/comparability.
Out: a line under a chart or table, and the two lists on the page about data quality.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from portal.across import across_views
from portal.comparability import NEVER, Rule, Side, View, pairs_in, read_rules, rules_told, views_of, words_told
from portal.formats import unit_words
from portal.model import Dataset, Observation
from portal.opposites import Move, opposite_moves
from portal.pages.render import Renderer, link_measure, link_row
from portal.pages.tables import Table

TOLD_IN_FULL = 2  # more would be longer than the table above it
UNLIKE = "These lists hold figures of different things. No comparison is made."


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair that the site shows: what it is, how the two differ, where it stands."""

    what: Markup
    difference: str
    places: tuple[Markup, ...]


def notes_under(dataset: Dataset, renderer: Renderer, root: str) -> dict[tuple[str, str], list[Markup]]:
    """(chart or table, its id) -> the lines that belong under it."""
    rules, moves = read_rules(renderer.portal.reference), opposite_moves(dataset.observations)
    found: dict[tuple[str, str], list[View]] = {}
    for view in views_of(dataset):
        found.setdefault((view.kind, view.id), []).append(view)
    return {key: notes_of_views(views, rules, moves, renderer, root) for key, views in found.items()}


def notes_of_views(
    views: Sequence[View], rules: Sequence[Rule], moves: Sequence[Move], renderer: Renderer, root: str
) -> list[Markup]:
    told = words_told(views, rules)
    notes = [escape(told)] if told else []
    return notes + opposite_notes([row for view in views for row in view.rows], moves, renderer, root)


def opposite_notes(rows: Iterable[Observation], moves: Sequence[Move], renderer: Renderer, root: str) -> list[Markup]:
    """One line for all counts and rates among the rows that parted; nothing when none did."""
    ids = {row.id for row in rows}
    subjects: dict[object, list[Move]] = {}
    for move in moves:
        if move.seen_in(ids):
            subjects.setdefault(move.subject, []).append(move)
    if not subjects:
        return []
    if len(subjects) > TOLD_IN_FULL:
        told = places_parted(list(subjects.values()), renderer, root)
    else:
        told = Markup(" ").join(opposite_sentence(times, renderer, root) for times in subjects.values())
    against = dict.fromkeys(base_of(times[-1]) for times in subjects.values())
    why = f"A rate sets the number against {' or '.join(against)}, and how many those are changes too."
    return [Markup("Number and rate went different ways. {} {}").format(told, why)]


def places_parted(subjects: Sequence[Sequence[Move]], renderer: Renderer, root: str) -> Markup:
    """Many of them in few words: for each measure, where and when."""
    measures: dict[Markup, list[str]] = {}
    for times in subjects:
        row = times[-1].count[1]
        area = renderer.portal.reference.areas.get(row.area, {}).get("name", row.area)
        measures.setdefault(link_measure(row.measure, root), []).append(f"{area} ({spans_of(times)})")
    return Markup(" ").join(Markup("{}: {}.").format(name, ", ".join(where)) for name, where in measures.items())


def spans_of(times: Iterable[Move]) -> str:
    return "; ".join(f"{move.count[0].period} to {move.count[1].period}" for move in times)


def base_of(move: Move) -> str:
    """What the rate divides by, in the words of its measure up to the first comma."""
    words = move.rate[1].measure.denominator.partition(",")[0]
    return words[:1].lower() + words[1:] if words else "the people it could count"


def opposite_sentence(times: Sequence[Move], renderer: Renderer, root: str) -> Markup:
    """About the newest time in full, with its four figures; of the others, when they were."""
    newest, earlier = times[-1], times[:-1]
    before, after = newest.count
    area = renderer.portal.reference.areas.get(after.area, {}).get("name", after.area)
    counted, rated = ("rose", "fell") if newest.rose else ("fell", "rose")
    sentence = Markup("{}, {}: from {} to {} the number {} from {} to {}, and the rate {} {} from {} to {}.").format(
        link_measure(after.measure, root),
        area,
        before.period,
        after.period,
        counted,
        link_row(before, root),
        link_row(after, root),
        unit_words(newest.rate[1].measure.unit),
        rated,
        *(link_row(row, root) for row in newest.rate),
    )
    return sentence + (f" So they did from {spans_of(earlier)}." if earlier else "")


def with_notes(table: Table, notes: Sequence[Markup]) -> Table:
    """The table with the lines under what it says already."""
    lines = Markup("").join(Markup('<span class="mc-told">{}</span>').format(note) for note in notes)
    return replace(table, note=escape(table.note) + lines) if notes else table


def told_across(views: Iterable[View], renderer: Renderer) -> dict[str, str]:
    """View -> "How they differ: ..." of a page across packages; those whose figures are alike are left out."""
    rules = read_rules(renderer.portal.reference)
    return {view.id: words for view in views if (words := words_told([view], rules))}


def pairs_shown(renderer: Renderer, root: str) -> list[Shown]:
    """Each sentence that is said somewhere on the site, with the pairs it is said of; then the lists in which unlike
    things merely stand together."""
    rules = read_rules(renderer.portal.reference)
    places: dict[str, list[Markup]] = {}
    spoken: dict[str, dict[str, Rule]] = {}
    own = (view for dataset in renderer.portal.datasets for view in views_of(dataset))
    for view in (*own, *across_views(renderer.portal)):
        told = rules_told(view, rules)
        lone = not told and any(pair.rule is None for pair in pairs_in(view.rows, rules))
        for difference in [*(rule.difference for rule in told), *([UNLIKE] if lone else [])]:
            places.setdefault(difference, []).append(place_link(view, root))
        for rule in told:
            spoken.setdefault(rule.difference, {})[rule.id] = rule
    words = {said: pairs_words(found.values(), "beside", renderer, root) for said, found in spoken.items()}
    words[UNLIKE] = Markup("Unlike figures in one list")
    order = [rule.difference for rule in rules] + [UNLIKE]
    return [
        Shown(words[said], said, tuple(dict.fromkeys(places[said]))) for said in dict.fromkeys(order) if said in places
    ]


PAGES = {"scorecard": "The scorecard", "promises": "What was promised"}  # one link, however many of their lines


def place_link(view: View, root: str) -> Markup:
    if view.kind in PAGES:
        return Markup('<a href="{}{}/">{}</a>').format(root, view.kind, PAGES[view.kind])
    return Markup('<a href="{}datasets/{}/#{}-{}">{}<span class="mc-hidden">, {}</span></a>').format(
        root, view.dataset, view.kind, view.id, view.title, view.kind
    )


def pairs_words(rules: Iterable[Rule], between: str, renderer: Renderer, root: str) -> Markup:
    return Markup("; ").join(pair_words(rule, between, renderer, root) for rule in rules)


def pair_words(rule: Rule, between: str, renderer: Renderer, root: str) -> Markup:
    """The two sides; what both have in common is said once."""
    one, other = (renderer.portal.row(side.row) if side.row else None for side in (rule.one, rule.other))
    if one and other and one.measure.id == other.measure.id:
        parts = (link_measure(one.measure, root), link_row(one, root), one.period, between)
        return Markup("{}: {} ({}) {} {} ({})").format(*parts, link_row(other, root), other.period)
    sides = [side_words(side, renderer, root) for side in (rule.one, rule.other)]
    return Markup("{} {} {}").format(sides[0], between, sides[1])


def side_words(side: Side, renderer: Renderer, root: str) -> Markup:
    """A figure with its thread, a measure, or whatever a series holds."""
    series = renderer.portal.reference.series.get(side.series, {}).get("label", side.series)
    row = next((o for d in renderer.portal.datasets for o in d.observations if side.matches(o)), None)
    if row is not None and side.row:
        return Markup("{} {}, {}").format(link_row(row, root), link_measure(row.measure, root), row.period)
    if row is not None and side.measure:
        return Markup("{}{}").format(link_measure(row.measure, root), f" ({series})" if series else "")
    return escape(series or "any other figure")


def never_compared(dataset: Dataset, renderer: Renderer, root: str) -> list[tuple[Markup, str]]:
    """(the two, why) of each rule that begins with a figure of this package, unless a note says the same."""
    said = {note.text for note in dataset.page.do_not_compare}
    rules = [rule for rule in read_rules(renderer.portal.reference) if rule.verdict == NEVER]
    return [
        (pair_words(rule, "and", renderer, root), rule.difference)
        for rule in rules
        if rule.difference not in said and owner_of(rule, renderer) == dataset.slug
    ]


def owner_of(rule: Rule, renderer: Renderer) -> str:
    """The first package that has a figure of the rule's first side: each rule is listed once."""
    found = (
        row.dataset for dataset in renderer.portal.datasets for row in dataset.observations if rule.one.matches(row)
    )
    return next(found, "")
