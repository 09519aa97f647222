"""Can each promise be followed to its paragraph, and can its rule be applied?

In:  the whole Portal: a promise names rows, entries, measures and series of any package.
Out: Problems. What a promise says of its place and its dates is what its maker says, so that neither can drift.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from portal.makers import Maker, find_makers
from portal.model import Entry, Observation, Portal, Problem
from portal.privacy import quote
from portal.promises import COLUMNS, DECIDING, FITTING, RULES, read_promises
from portal.registers import find_register, split_names
from portal.validate.observations import WORDS
from portal.validate.places import cell_column, did_you_mean

Finding = tuple[str, str, str, str]
NAME_ONE = "Name a row of a register, an event, or a row of observations."


def check_promises(portal: Portal) -> Iterator[Problem]:
    """Only for a portal that was read whole: what a promise names stands in other packages."""
    yield from check_columns(portal)
    makers = find_makers(portal)
    made: dict[str, Entry] = {}
    measures = {row.measure.id for d in portal.datasets for row in d.observations}
    for entry in read_promises(portal):
        if set(COLUMNS) <= set(entry.cells):
            dataset = next(d for d in portal.datasets if d.slug == entry.dataset)
            resource = next(r for r in dataset.resources if r.path == entry.path)
            first = made.setdefault(entry.cells["made_by"], entry)
            found = [*check_promise(entry, makers, measures, portal), *check_once(entry, first)]
            for code, field, message, fix in found:
                what = f'row {entry.line}, column "{field}": {message}'
                column = cell_column(resource, entry.line, field)
                yield Problem(code, what, entry.path, entry.line, column, field, fix)


def check_once(entry: Entry, first: Entry) -> Iterator[Finding]:
    if first is not entry:
        message = (
            f"{quote(entry.cells['made_by'])} makes the promise {quote(first.id)} already, and would be counted twice"
        )
        yield "promise-twice", "made_by", message, "Take one of the two out."


def check_columns(portal: Portal) -> Iterator[Problem]:
    for dataset in portal.datasets:
        for spec in dataset.page.registers:
            table = find_register(dataset, spec)
            names = set(table.frame.columns) if table else set()
            missing = [name for name in COLUMNS if name not in names]
            if table and "made_by" in names and missing:
                message = f"a register of promises (it has a column made_by) without: {', '.join(missing)}"
                yield Problem("promise-columns", message, table.path, 1, fix="Add the columns; they may be empty.")


def check_promise(
    entry: Entry, makers: dict[str, Maker], measures: Collection[str], portal: Portal
) -> Iterator[Finding]:
    cells = entry.cells
    maker, shown = makers.get(cells["made_by"]), makers.get(cells["shown_by"])
    if maker is None:
        close = did_you_mean(cells["made_by"], makers)
        yield "unknown-row", "made_by", f"nothing is called {quote(cells['made_by'])}{close}", NAME_ONE
        return
    yield from check_place(entry, maker)
    yield from check_words(entry, maker)
    yield from check_names(entry, measures, portal)
    yield from check_rule(entry, maker.row)
    if cells["shown_by"] and shown is None:
        close = did_you_mean(cells["shown_by"], makers)
        yield "unknown-row", "shown_by", f"nothing is called {quote(cells['shown_by'])}{close}", NAME_ONE
    elif shown and (shown.role == "planned" or shown.id == maker.id):
        fix = "Name what tells that it was done, or leave the cell empty."
        yield "promise-not-shown", "shown_by", f"{shown.id} is a plan and shows nothing done", fix
    elif shown and (earlier := told_before(shown, maker, portal)):
        fix = "Name what tells of it afterwards, or leave the cell empty."
        yield "promise-not-shown", "shown_by", f"{shown.id} {earlier}, and shows nothing done since", fix
    yield from check_made_on(entry, portal)


def told_before(shown: Maker, maker: Maker, portal: Portal) -> str:
    """Why what is said to show a promise done cannot: it is no later than the promise."""
    made, told = (portal.reference.sources.get(name, {}).get("date", "") for name in (maker.source, shown.source))
    if shown.source == maker.source:
        return "stands in the paper that made the promise"
    if made and told and told <= made:
        return f"was printed on {told}, not after the promise ({made})"
    if made and shown.dates[1] and shown.dates[1] < made:
        return f"is of {shown.dates[1]}, before the promise was made ({made})"
    return ""


def check_place(entry: Entry, maker: Maker) -> Iterator[Finding]:
    """The paragraph and the dates are those of what made the promise."""
    said = {"source": maker.source, "locator": maker.locator, "date_start": maker.dates[0], "date_end": maker.dates[1]}
    said |= {"precision": maker.precision} if maker.precision else {}
    for field, value in said.items():
        if entry.cells[field] != value:
            message = f"{quote(entry.cells[field])} is not what {maker.id} says, which made it: {quote(value)}"
            yield "promise-drift", field, message, "Copy it from there, or correct it there."


def check_words(entry: Entry, maker: Maker) -> Iterator[Finding]:
    for field, own in (("title", maker.title), ("text", maker.text)):
        if own and entry.cells[field]:
            fix = "Leave the cell empty; the page takes the words from there."
            yield "promise-drift", field, f"{maker.id}, which made it, has words of its own", fix
        if not own and not entry.cells[field]:
            yield "promise-words", field, "a promise made by a figure has no words yet", "Say it in plain words."
    if not entry.cells["group"]:
        yield "promise-words", "group", "the cell is empty", "Write the heading under which it stands on the page."


def check_names(entry: Entry, measures: Collection[str], portal: Portal) -> Iterator[Finding]:
    for name in split_names(entry.cells["measure"]):
        if name not in measures:
            fix = "Name a measure that has a row of observations, or leave the cell empty."
            yield "unknown-name", "measure", f"no measure called {quote(name)}{did_you_mean(name, measures)}", fix
    for word in split_names(entry.cells["spans"]):
        if word not in WORDS["basis"].split():
            close = did_you_mean(word, WORDS["basis"].split())
            yield (
                "unknown-word",
                "spans",
                f"{quote(word)} is no basis of a figure{close}",
                "Write one that a figure has.",
            )
    series = entry.cells["series"]
    if series and series not in portal.reference.series:
        close = did_you_mean(series, portal.reference.series)
        fix = "Correct it, or add it to reference/data/series.csv."
        yield "unknown-code", "series", f"{quote(series)} is not in reference/series{close}", fix


def check_rule(entry: Entry, target: Observation | None) -> Iterator[Finding]:
    rule, measures, cannot = entry.cells["rule"], split_names(entry.cells["measure"]), entry.cells["cannot"]
    if rule not in RULES:
        yield "unknown-word", "rule", f"{quote(rule)} is none of: {', '.join(RULES)}", "Write one of them."
    elif rule in DECIDING:
        yield from check_target(entry, rule, measures, target)
    elif rule == "none" and not cannot:
        fix = "Say in `cannot` why no public figure can show it, or give it a rule."
        yield "promise-rule", "cannot", "no rule, and no reason why there is none", fix
    if rule not in ("event", "none") and not measures and not cannot:
        fix = "Name the measure that would show it kept, or say in `cannot` why none can."
        yield "promise-rule", "measure", "neither a measure nor a reason why none can show it", fix


def check_target(entry: Entry, rule: str, measures: tuple[str, ...], target: Observation | None) -> Iterator[Finding]:
    if target is None or target.kind not in ("target", "plan"):
        fix = "Name the row of observations that holds the target, or write event or none."
        what = "a figure of what was" if target else "no figure"
        yield "promise-rule", "made_by", f"the rule {rule} needs a target, and this is {what}", fix
        return
    if measures and measures != (target.measure.id,):
        message = f"the target is of {target.measure.id}; figures of another measure cannot decide"
        yield "promise-unlike", "measure", message, "Name that measure, or say in `cannot` why none can."
    given = target.low is not None if rule == "within-range" else target.number is not None
    if not given:
        shape = "a range" if rule == "within-range" else "a single number"
        yield "promise-rule", "rule", f"{rule} needs {shape}, and {target.id} holds none", "Choose another rule."
    if target.qualifier not in FITTING.get(rule, (target.qualifier,)):
        message = f"{target.id} is printed as {target.qualifier.replace('-', ' ')}, which {rule} would turn round"
        yield "promise-rule", "rule", message, "Choose the rule that says what is printed, or event."
    if (rule, target.measure.polarity) in (("at-least", "lower"), ("at-most", "higher")):
        message = f"{rule}, but of {target.measure.id} {target.measure.polarity} is better"
        yield "promise-rule", "rule", message, "Correct the rule, or the polarity of the measure."
    if not entry.cells["series"]:
        yield "promise-rule", "series", f"the rule {rule} needs to know whose figures may decide", "Name a series."


def check_made_on(entry: Entry, portal: Portal) -> Iterator[Finding]:
    dated = portal.reference.sources.get(entry.cells["source"], {}).get("date", "")
    made_on = entry.cells["made_on"]
    if dated and made_on:
        yield "promise-drift", "made_on", f"its document has a date, {dated}, and that is when it was made", "Empty it."
    if made_on and not ("inferred-date" in entry.flags and entry.cells["note"]):
        fix = "Flag the row inferred-date and give the reason in the note."
        yield "inferred-date", "made_on", "a date that no document prints, without flag and reason", fix
    if not dated and not made_on and entry.cells["rule"] in DECIDING:
        fix = (
            "Give the first day on which it can have been made, with the flag inferred-date and the reason in the note."
        )
        yield "date-missing", "made_on", "its document has no date, so no figure is known to be later", fix
