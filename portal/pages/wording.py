"""Say in a few words what a row is, where it was printed, and when.

In:  observations, locators, events.
Out: short text, or links to the page that explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from markupsafe import Markup

from portal.formats import format_date
from portal.model import Observation, Reference
from portal.papers import is_paper

SHORT = {"Department for Education": "DfE"}
KIND_WORDS = {"target": "target", "forecast": "forecast", "plan": "plan", "estimate": "estimate"}
BASIS_WORDS = {
    "three-year-average": "three-year average",
    "part-year": "part of a year",
    "year-to-date": "year to date",
    "rolling-12-months": "rolling twelve months",
}


def qualifying_words(row: Observation) -> list[str]:
    """What keeps this figure from being taken for another: target, forecast, another basis, a second printing."""
    words = [KIND_WORDS.get(row.kind, ""), BASIS_WORDS.get(row.basis, ""), "printed again" if row.repeats else ""]
    flagged = "printed again" if "restated" in row.flags else ""
    return [word for word in words if word and word != flagged and word not in row.period]


def series_kind(series: Mapping[str, str]) -> str:
    """The kind of a series in words, with whose it is where the kind alone does not say."""
    publisher = series.get("publisher", "")
    words = {
        "official-statistics": f"{SHORT.get(publisher, publisher)} official statistics",
        "management-information": "Council management information",
        "comparison": "Comparators printed in council papers",
    }
    return words.get(series.get("type", ""), series.get("label", ""))


def kinds_words(rows: Iterable[Observation], reference: Reference) -> str:
    """The kinds of figure among these rows: "DfE official statistics"; of several, each once with commas between."""
    names = dict.fromkeys(row.series for row in rows)
    kinds = dict.fromkeys(series_kind(reference.series.get(name, {})) for name in names)
    first, *others = [words for words in kinds if words] or [""]
    return ", ".join([first, *(lower_first(words) for words in others)])


def kinds_note(said: str, rows: Iterable[Observation], reference: Reference) -> str:
    """The kinds of figure among these rows, for the line below them; "" when the words above them name each."""
    rows = list(rows)
    kinds = kinds_words(rows, reference)
    if all(words.lower() in said.lower() for words in kinds.split(", ")):
        return ""
    return f"{kinds}: the source of each figure tells which" if ", " in kinds else kinds


def lower_first(words: str) -> str:
    """A kind of figure in the middle of a line; a publisher's name stays as it is."""
    return words[:1].lower() + words[1:] if words.startswith(("Council ", "Comparators ")) else words


def make_flag(flag: str, reference: Reference, root: str) -> Markup:
    entry = reference.quality_flags.get(flag, {})
    return Markup('<a class="mc-flag" href="{}data-quality/#flag-{}">{}</a>').format(
        root, flag, entry.get("label", flag)
    )


def source_link(row: Observation, reference: Reference, root: str) -> Markup:
    return source_words(row.source, row.locator, reference, root)


def source_words(source: str, locator: str, reference: Reference, root: str) -> Markup:
    place, short = locator_words(locator), source_short(source, reference)
    if place.startswith("scorecard"):  # it is of another time than the plans it stands in
        words = f"{publisher_short(reference.sources.get(source, {}), source)} {place}"
    else:
        words = ", ".join(word for word in (short, place) if word)
    return Markup('<a href="{}sources/#{}">{}</a>').format(root, source, words)


def source_short(source: str, reference: Reference) -> str:
    """Who says so and when: "Council 2016", "DfE 2025"; or the short name that `sources` gives it."""
    entry = reference.sources.get(source, {})
    if entry.get("short"):
        return entry["short"]
    title = entry.get("title", "")
    named = re.search(r"reporting year (\d{4})", title) or re.search(r"\b(20\d\d/\d\d)", title)
    year = entry.get("date", "")[:4] or (named[1] if named else "")
    return f"{publisher_short(entry, source)} {year}".strip()


def publisher_short(entry: Mapping[str, str], source: str) -> str:
    publisher = entry.get("publisher", source)
    return "Council" if is_paper(entry) else SHORT.get(publisher, publisher)


def locator_words(locator: str) -> str:
    """`scorecard:Permanence/row:3/col:Latest` -> "scorecard, Permanence"; `§3.1` stays; addresses in a data file go."""
    head = locator.partition("/")[0]
    if head.startswith("scorecard:"):
        return f"scorecard, {head.removeprefix('scorecard:')}"
    if head.startswith("slide:"):
        name = head.removeprefix("slide:")
        return f"slide “{name}”" if len(name) < 24 else "slides"  # a whole heading breaks a narrow column
    if head.startswith("heading:"):
        name = head.removeprefix("heading:")
        return f"“{name}”" if len(name) < 30 else ""
    return head if head.startswith("§") else ""


def when(text: str) -> str:
    """An ISO date in words; anything else as it stands."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


def event_date(event: Mapping[str, str]) -> str:
    """An event's date no finer than it is known: "July 2014", "9 October to 2 November 2017", "2016/17"."""
    start, end = event.get("date_start", ""), event.get("date_end", "")
    if event.get("precision") == "none":
        return "no date given"
    if event.get("precision") == "year":
        return year_words(start[:4], end[:4] or start[:4])
    day = event.get("precision") == "day"
    words = [when(text) if day else when(text).partition(" ")[2] for text in (start, end or start)]
    return words[0] if words[0] == words[1] else f"{first_words(*words)} to {words[1]}"


def year_words(start: str, end: str) -> str:
    """ "2019", "2016/17" for a financial or school year, "2017 to 2020"."""
    return start if start == end else f"{start}/{end[2:]}" if int(end) - int(start) == 1 else f"{start} to {end}"


def first_words(start: str, end: str) -> str:
    """What the start of a span need not say, for its end says it: "18", "9 October", "31 December 2020"."""
    first, last = start.split(), end.split()
    if first[-1] != last[-1] or len(first) < 2:
        return start
    return " ".join(first[:-2] if len(first) == 3 and first[-2] == last[-2] else first[:-1])
