"""Does anything stand together that may not, or without a word on how it differs?

In:  a Portal with reference/comparability; a portal without that table is held to no such rule.
Out: a Problem for each pair that is never compared and stands in one view, for each pair of series that nothing
     explains, and for rules that lead nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations

from portal.across import promise_views
from portal.comparability import (
    BESIDE,
    NEVER,
    Pair,
    Rule,
    Side,
    View,
    claims_of,
    entry_views,
    pairs_in,
    read_rules,
    views_of,
    whole_charts,
)
from portal.model import Observation, Portal, Problem
from portal.privacy import quote
from portal.validate.constants import read_constants
from portal.validate.nearest import Known
from portal.validate.places import did_you_mean
from portal.validate.words import check_sentence

APART = "Show them in separate charts and tables, and link."
TABLE = "reference/comparability"
PLACES = {"chart": "charts", "table": "tables", "figure": "figures"}


def check_comparability(portal: Portal, whole: bool = True, promises: bool = True) -> Iterator[Problem]:
    """`whole`: every dataset was read, so that a name of another package is known or unknown. `promises`: they were
    found to be in order, so that what stands beside them can be worked out."""
    if portal.reference.comparability is None:
        return
    rules = read_rules(portal.reference)
    yield from check_rules(rules, portal, whole)
    for dataset in (d for d in portal.datasets if d.page.usable):
        told: dict[Problem, None] = {}
        for view in (*views_of(dataset), *claims_of(dataset), *whole_charts(dataset)):
            told.update(dict.fromkeys(check_view(view, rules)))  # a pair in a lane stands in the whole chart as well
        yield from told
    for view in entry_views(portal) if whole else ():
        yield from check_view(view, rules)
    for view in promise_views(portal) if whole and promises else ():
        yield from check_view(view, rules)


def check_view(view: View, rules: Sequence[Rule]) -> Iterator[Problem]:
    for pair in pairs_in(view.rows, rules):
        if pair.rule and pair.rule.verdict == NEVER:
            message = f"{place_of(view)}: {words_of(pair)} are never compared. {pair.rule.difference}"
            yield Problem("never-compared", message, view.path, view.line, field=view.kind, fix=APART)
        elif view.claims and pair.rule is None:
            message = f"{place_of(view)}: nothing says how {words_of(pair)} differ"
            fix = f"Add the sentence to {TABLE} as `{BESIDE}`, or show them apart."
            yield Problem("unexplained-pair", message, view.path, view.line, field=view.kind, fix=fix)


def place_of(view: View) -> str:
    """As `spoken` names a place in page.yaml."""
    plain = {"entry": f'entry "{view.id}"', "headline": "headline", "home": view.id, "sentence": view.id}
    plain["promises"] = f'promise "{view.id}"'
    return plain.get(view.kind) or f"{PLACES[view.kind]}, {view.id}"


def words_of(pair: Pair) -> str:
    return " and ".join(f'"{row.id}" ({row.measure.id}, {row.series})' for row in (pair.one, pair.other))


def check_rules(rules: Sequence[Rule], portal: Portal, whole: bool) -> Iterator[Problem]:
    tell, words = teller(portal), Known(read_constants(portal.reference))
    known = known_names(portal)
    for rule in rules:
        if rule.verdict not in (BESIDE, NEVER):
            yield tell(
                rule, "unknown-word", "verdict", f"{quote(rule.verdict)} is no verdict", f"Write {BESIDE} or {NEVER}."
            )
        if not rule.difference:
            fix = "Say in one plain sentence how the two differ."
            yield tell(rule, "difference-missing", "difference", "it does not say how the two differ", fix)
        yield from (
            tell(rule, found.code, "difference", found.message, found.fix)
            for found in check_sentence(("", "", None, rule.difference), {}, words)
        )
        if rule.one == rule.other == Side("", "", ""):
            fix = "Name a measure, a series or a row on one side at least."
            yield tell(rule, "rule-of-everything", "a_measure", "it speaks of any two figures there are", fix)
        for letter, side in (("a", rule.one), ("b", rule.other)):
            yield from check_side(rule, letter, side, known, whole, tell)
    yield from check_clashes(rules, portal, tell)


Teller = Callable[[Rule, str, str, str, str], Problem]


def teller(portal: Portal) -> Teller:
    """A Problem at the line of a rule."""
    resources = portal.reference_dataset.resources if portal.reference_dataset else ()
    table = next((r for r in resources if r.name == "comparability"), None)
    ids = [record.get("id", "") for record in table.records()] if table else []
    lines = dict(zip(ids, table.lines if table else (), strict=True))

    def tell(rule: Rule, code: str, field: str, message: str, fix: str) -> Problem:
        line = lines.get(rule.id)
        start = f'row {line}, column "{field}": ' if line else f"{rule.id}, {field}: "
        return Problem(code, start + message, table.path if table else TABLE, line, field=field, fix=fix)

    return tell


def known_names(portal: Portal) -> dict[str, Collection[str]]:
    tables = [r for d in portal.datasets for r in d.resources if r.name == "measures"]
    return {
        "measure": {record.get("id", "") for table in tables for record in table.records()},
        "series": set(portal.reference.series),
        "row": {row.id for dataset in portal.datasets for row in dataset.observations},
    }


def check_side(
    rule: Rule, letter: str, side: Side, known: Mapping[str, Collection[str]], whole: bool, tell: Teller
) -> Iterator[Problem]:
    for part, names in known.items():
        name = getattr(side, part)
        if name and name not in names and (whole or part == "series"):
            message = f"no {part} called {quote(name)}{did_you_mean(name, names)}"
            yield tell(rule, "unknown-name", f"{letter}_{part}", message, "Correct the name.")


def check_clashes(rules: Sequence[Rule], portal: Portal, tell: Teller) -> Iterator[Problem]:
    """Two rows that one rule lets stand together and another, drawn as closely, refuses."""
    rows = [row for dataset in portal.datasets for row in dataset.observations]
    for first, second in combinations(rules, 2):
        if first.verdict != second.verdict and first.narrow == second.narrow and (pair := both(first, second, rows)):
            message = (
                f'"{first.id}" says otherwise of "{pair[0].id}" and "{pair[1].id}", and names them no less exactly'
            )
            fix = "Take one of the two out, or name rows or measures in the one that is to speak."
            yield tell(second, "comparability-clash", "verdict", message, fix)


def both(first: Rule, second: Rule, rows: Sequence[Observation]) -> tuple[Observation, Observation] | None:
    """Two rows that both rules speak of."""
    for sides in ((second.one, second.other), (second.other, second.one)):
        if not (first.one.meets(sides[0]) and first.other.meets(sides[1])):
            continue
        ones = [row for row in rows if first.one.matches(row) and sides[0].matches(row)]
        others = [row for row in rows if first.other.matches(row) and sides[1].matches(row)]
        found = next(((a, b) for a in ones[:2] for b in others[:2] if a is not b), None)
        if found:
            return found
    return None
