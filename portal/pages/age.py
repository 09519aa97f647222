"""Say how old figures are on the day the site was built.

In:  rows or entries, and the rule by which their series is renewed.
Out: short sentences. A page never calls a figure new: it names the date and how long ago that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from portal.formats import format_date, plural
from portal.freshness import Rule, add_months, judge, rule_of_series
from portal.model import Dataset, Observation
from portal.observations import read_date
from portal.pages.render import Renderer
from portal.pages.wording import event_date, series_kind, when
from portal.registers import read_entries

NEVER = "This record will not be renewed."
OVERDUE = "and we do not hold it"
UNFIT = re.compile(r"^(?:from|during|since|by|before|after|about|around|until|in|at|no|not)\b|so far|[,(]")
WORDS = "no one two three four five six seven eight nine ten eleven twelve".split()


def newest_words(dataset: Dataset, renderer: Renderer) -> list[str]:
    """How far the record of a dataset's page goes: a line for each series, so that none hides another."""
    kinds: dict[str, list[Observation]] = {}
    for row in happened(dataset.observations):
        if renderer.portal.reference.series.get(row.series, {}).get("type") != "comparison":
            kinds.setdefault(row.series, []).append(row)
    newest_first = sorted(kinds, key=lambda name: max(row.date or date.min for row in kinds[name]), reverse=True)
    lines = {name: age_of(kinds[name], renderer) for name in newest_first}
    if len(lines) < 2:
        return [*lines.values(), *([] if lines and not entries_are_newer(dataset) else entry_age(dataset, renderer))]
    known = renderer.portal.reference.series
    return [f"{series_kind(known.get(name, {}))}: {line[0].lower()}{line[1:]}" for name, line in lines.items()]


def entries_are_newer(dataset: Dataset) -> bool:
    """A list may go on where the figures beside it end: its readers must not take the whole page for old."""
    ends = [read_date(e.cells.get("date_end", "")) for e in read_entries(dataset) if e.cells.get("role") != "planned"]
    last = max((row.date for row in happened(dataset.observations) if row.date), default=None)
    return last is not None and any(end and end > last for end in ends)


def age_of(rows: Sequence[Observation], renderer: Renderer) -> str:
    """How far rows of one series go, and whether newer ones are to be expected."""
    counted = happened(rows)
    rule = rule_of_series(renderer.portal, rows[0].dataset, rows[0].series)
    dated = [row for row in counted if row.date]
    if dated:
        row = max(dated, key=lambda row: row.date or date.min)
        assert row.date is not None  # these are the dated ones
        named = "figure" if len(dated) == len(counted) else "figure with a date"
        words = f"The newest {named} is of {spoken_period(row)}{since(row.date, is_day(row), renderer)}."
        return join_words(words, renewal(rule, row.date, renderer))
    told = undated((row.source for row in counted), "figures", renderer)
    return join_words(told, NEVER if rule and rule.renewed == "never" else "")


def happened(rows: Iterable[Observation]) -> list[Observation]:
    """A target or a plan says nothing of how far a record goes, and neither does a cell without a number."""
    return [row for row in rows if row.kind == "actual" and not row.symbol]


def spoken_period(row: Observation) -> str:
    """As the page dates it, where that fits a sentence ("from May" does not); else its last day."""
    assert row.date is not None  # asked of dated rows only
    return f"a time that ended on {when(row.date.isoformat())}" if UNFIT.search(row.period) else row.period


def is_day(row: Observation) -> bool:
    """Whether the age follows the date without a word between."""
    return row.period_start in (None, row.period_end) or bool(UNFIT.search(row.period))


def undated(sources: Iterable[str], what: str, renderer: Renderer) -> str:
    """Of what carries no date, the newest paper it stands in; nothing of nothing."""
    known, used = renderer.portal.reference.sources, set(sources)
    printed = max((known.get(source, {}).get("date", "") for source in used), default="")
    day = read_date(printed)
    if day is None:
        return f"The {what} carry no date." if used else ""
    paper = f"{when(printed)}{since(day, True, renderer)}"
    return f"The {what} carry no date; the newest paper they stand in is of {paper}."


def entry_age(dataset: Dataset, renderer: Renderer) -> list[str]:
    """How far a list goes that stands on a page without figures of its own."""
    entries = list(read_entries(dataset))
    ends: dict[date, str] = {}
    for entry in entries:
        end = read_date(entry.cells.get("date_end", ""))
        if end and entry.cells.get("role") != "planned":
            ends.setdefault(end, event_date(entry.cells))
    if ends:
        last = max(ends)
        said = when(last.isoformat()) if " to " in ends[last] else ends[last]  # of a span, the day on which it ended
        return [f"The newest entry is of {said}{since(last, True, renderer)}."]
    words = undated((entry.cells["source"] for entry in entries), "entries", renderer)
    return [words] if words else []


def card_age(row: Observation, rows: Iterable[Observation], renderer: Renderer, short: bool = False) -> str:
    """The age of a figure whose date stands beside it. `rows`: those that might hold a newer one."""
    if row.date is None:
        return ""
    age = age_words(row.date, renderer)
    newest = max((other.date for other in rows if other.date and other.like == row.like), default=row.date)
    rule = rule_of_series(renderer.portal, row.dataset, row.series)
    told = f"{'' if short else 'The figure was '}{age} old when this site was built." if age else ""
    return join_words(told, renewal(rule, newest, renderer, ahead=False))


def renewal(rule: Rule | None, end: date, renderer: Renderer, ahead: bool = True) -> str:
    """What the rule says of the newest figure; nothing where nobody has made one. `ahead`: also when it is not late."""
    standing = judge(end, rule, renderer.today)
    if standing.state == "ended":
        return NEVER
    if standing.due is None or not (ahead or standing.state == "late"):
        return ""
    day = format_date(standing.due)
    return f"A newer one was due by {day}, {OVERDUE}." if standing.state == "late" else f"A newer one is due by {day}."


def since(end: date, on_one_day: bool, renderer: Renderer) -> str:
    age = age_words(end, renderer)
    return f", {'' if on_one_day else 'which ended '}{age} before this site was built" if age else ""


def age_words(end: date, renderer: Renderer) -> str:
    """Whole years and months up to the build date: "one year and seven months"; nothing below a month."""
    if not renderer.built:  # a portal whose data names no date
        return ""
    today = renderer.today
    months = (today.year - end.year) * 12 + today.month - end.month
    years, rest = divmod(max(months - (add_months(end, months) > today), 0), 12)
    return " and ".join(count_words(count, unit) for count, unit in ((years, "year"), (rest, "month")) if count)


def count_words(count: int, unit: str) -> str:
    number, words = plural(count, unit).split()
    return f"{WORDS[count] if count < len(WORDS) else number} {words}"


def join_words(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
