"""Words about a chart, computed from its rows: alternative text, source line, what is not drawn.

In:  Observations and the reference tables.
Out: plain text, as a person would say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from portal.formats import format_date, format_row
from portal.model import Observation, Reference

_MONTHS = "January February March April May June July August September October November December".split()


def at_time(period: str) -> str:
    """ "on 15 January 2016", "in July 2014", "in 2014/15": the period with the preposition it takes."""
    if " to " in period:  # "from 599 in 2012/13 to 2014/15 to 517" cannot be followed by ear
        return f"({period})"
    if period[:1].islower():  # in the autumn term 2016, in the year to 31 March 2025
        return f"in the {period}"
    return f"on {period}" if re.match(r"\d{1,2} [A-Z]", period) else f"in {period}"


def when_of(row: Observation) -> str:
    """The row's period, said aloud; a date we worked out is said to be one."""
    said = at_time(row.period)
    return f"{said} (date worked out by us)" if row.date_status == "inferred" else said


def listed(items: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def within(label: str) -> str:
    """A label in the middle of a sentence: "the target", "similar councils", England."""
    if label == "Target":
        return "the target"
    if re.match("(Mean|Median|Average) of ", label):
        return f"the {label[:1].lower()}{label[1:]}"
    return label[:1].lower() + label[1:] if re.match("[A-Z][a-z]+ [a-z]", label) else label


def area_name(row: Observation, reference: Reference, place: str) -> str:
    """The area's name from the reference table, or the portal's own place."""
    entry = reference.areas.get(row.area, {})
    return first_of(entry, "short_name", "name", "label", "title") or place


def first_of(entry: Mapping[str, str], *names: str) -> str:
    """The first of these columns that holds something."""
    return next((text for name in names if (text := str(entry.get(name) or "").strip())), "")


def what_is_counted(row: Observation) -> str:
    """The measure in plain words, as it stands in the middle of a sentence."""
    label = row.measure.plain_label or row.measure.label
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def gap_sentence(gaps: Iterable[tuple[str, str]]) -> str:
    """Where no figure is held, from period to period."""
    spans = [f"between {start} and {end}" for start, end in gaps]
    return f"No figure is held {listed(spans)}." if spans else ""


def not_drawn(rows: Iterable[Observation]) -> tuple[str, ...]:
    """Rows that the chart was asked for and cannot place, each with the reason."""
    return tuple(f"{format_row(row)}, {reason}" for row in rows if (reason := why_not_drawn(row)))


def why_not_drawn(row: Observation) -> str:
    if row.repeats:
        return ""  # the same figure is drawn from the row it repeats
    if row.date is None:
        return "printed without a date"
    if row.number is None and row.low is not None:
        return f"printed as a range, {row.period}"
    return ""


def not_drawn_sentence(items: Sequence[str]) -> str:
    """The same, as one sentence: those with one reason named together."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        figure, _, reason = item.partition(", ")
        by_reason.setdefault(reason, []).append(figure)
    said = [f"{listed(figures)}, {reason.rstrip('.')}" for reason, figures in by_reason.items()]
    return f"Not drawn: {'; '.join(said)}." if said else ""


def symbol_words(symbol: str, reference: Reference) -> str:
    entry = reference.symbols.get(symbol, {})
    return first_of(entry, "label", "meaning", "title", "description").rstrip(".") or f"[{symbol}]"


def source_line(rows: Iterable[Observation], reference: Reference) -> str:
    """Publisher, title and date of each document, with the places the figures stand at when these are few."""
    places: dict[str, list[str]] = {}
    for row in rows:
        known = places.setdefault(row.source, [])
        if row.locator and row.locator not in known:
            known.append(row.locator)
    return "; ".join(_document(source, found, reference) for source, found in places.items() if source)


def _document(source: str, locators: Sequence[str], reference: Reference) -> str:
    entry = reference.sources.get(source, {})
    title = first_of(entry, "short_title", "title", "label", "name") or source.replace("-", " ")
    parts = [first_of(entry, "publisher", "organisation"), title, day_words(first_of(entry, "date", "published"))]
    text = ", ".join(part for part in parts if part and part not in title[len(part) :]) if entry else title
    heads = dict.fromkeys(place.partition("/")[0] for place in locators)
    readable = [place for place in heads if place.startswith("§")]  # what follows is for the row's own page
    return f"{text} ({', '.join(readable)})" if readable and len(readable) <= 3 else text


def day_words(text: str) -> str:
    """2016-02-02 -> 2 February 2016; 2022-03 -> March 2022; anything else as it stands."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return format_date(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return f"{_MONTHS[int(text[5:]) - 1]} {text[:4]}"
    return text
