"""What a text about a chart says of time: courses, highest and lowest, gaps, breaks, and where one series ends.

In:  a Text.
Out: each phrase that the rows do not bear out, with what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from portal.verify.altbreaks import check_break, check_odd
from portal.verify.altrows import NUMBER, Held, Plotted, Text, at, says_number, times_of

Fault = tuple[str, str]
TWO_YEARS = 731
ALIKE = ("measure", "series", "kind", "basis", "period_start", "period_end")


def check_times(text: Text) -> Iterator[Fault]:
    time = times_of(text.held.plotted)
    when = rf"(?: (?:in the|in|on) {time}| \({time}\))(?: \(date worked out by us\))?"
    names = rf"{time}(?:(?:, | and ){time})*"
    yield from text.strike(
        rf"No figure is held (between {time} and {time}[^.]*)", lambda m: wrong_gaps(m[1], time, text.held)
    )
    yield from check_missing(text, time, names)
    yield from check_odd(text, names)
    yield from check_rhythm(text, time)
    yield from check_break(text, when)
    yield from check_courses(text, when)
    yield from text.strike(rf"(?P<a>{NUMBER})(?P<wa>{when})", lambda m: wrong_mark(m, text))
    yield from check_level(text)
    yield from check_spans(text, time)
    yield from text.strike(when, lambda m: "" if at(m[0], text.held.plotted) else "no plotted row is for that time")
    yield from check_ends(text)


def check_courses(text: Text, when: str) -> Iterator[Fault]:
    """In the order of the text: "highest" is said of the course that was told just before."""
    pair = rf"(?P<a>{NUMBER})(?P<wa>{when})? to (?P<b>{NUMBER})(?P<wb>{when})?"
    same = rf"was the same at both ends, (?P<sa>{NUMBER})(?:,(?P<swa>{when}) and(?P<swb>{when}))?"
    most = rf"The (?P<word>highest|lowest) was (?P<h>{NUMBER}),(?: first)?(?P<wh>{when})"
    lone = rf"eparate marks from (?P<la>{NUMBER})(?P<lwa>{when}) to (?P<lb>{NUMBER})(?P<lwb>{when})"

    def check(found: re.Match[str]) -> str:
        if found["word"]:
            return wrong_extreme(found, text)
        if found["sa"]:
            return wrong_ends(text, "same", (found["sa"], found["swa"]), (found["sa"], found["swb"]))
        if found["la"]:
            return wrong_ends(text, "", (found["la"], found["lwa"]), (found["lb"], found["lwb"]))
        return wrong_ends(text, found["verb"], (found["a"], found["wa"]), (found["b"], found["wb"]))

    yield from text.strike(rf"(?P<verb>rose|fell) from {pair}|{same}|{most}|{lone}", check)


def wrong_ends(text: Text, verb: str, start: tuple[str, str | None], end: tuple[str, str | None]) -> str:
    """From one row to a later one, in the direction that is said, and across no break."""
    rows = [p for p in text.own if p.number is not None]
    if not rows:
        return "no row of the series has a number"
    first = [p for p in (at(start[1], rows) if start[1] else rows[:1]) if says_number(start[0], p, text.exact)]
    last = [p for p in (at(end[1], rows) if end[1] else rows[-1:]) if says_number(end[0], p, text.exact)]
    if not first or not last:
        return f"the rows say {told(rows[0])} and {told(rows[-1])} at the ends"
    one, two = first[0], last[-1]
    text.said |= {one.row["id"], two.row["id"]}
    text.scope = [p for p in rows if one.day <= p.day <= two.day]
    way = (two.number or 0.0) - (one.number or 0.0)
    if {"rose": way <= 0, "fell": way >= 0, "same": way != 0}.get(verb):
        return f"the rows say {told(one)} and then {told(two)}"
    if verb and any("b" in p.flags for p in text.scope[1:]):
        return "the publisher marks a break between the two"
    return (
        "a figure between the two cannot be right" if verb and any("implausible" in p.flags for p in text.scope) else ""
    )


def wrong_extreme(found: re.Match[str], text: Text) -> str:
    rows = text.scope
    if not rows:
        return "no row of the series has a number"
    value = (max if found["word"] == "highest" else min)(p.number or 0.0 for p in rows)
    right = [p for p in rows if p.number == value]
    if any(p in right and says_number(found["h"], p, text.exact) for p in at(found["wh"], rows)):
        return ""
    return f"the rows say that the {found['word']} is {told(right[0])}"


def wrong_mark(found: re.Match[str], text: Text) -> str:
    meant = at(found["wa"], text.own)
    right = [p for p in meant if says_number(found["a"], p, text.exact)]
    text.said |= {p.row["id"] for p in right}
    if right:
        return ""
    return f"the row says {told(meant[0])}" if meant else "no row of the series is for that time"


def check_spans(text: Text, time: str) -> Iterator[Fault]:
    """ "January to October 2021 (10 months)": how long the spans of the bars are."""

    def check(found: re.Match[str]) -> str:
        row = next((p.row for p in at(found[1], text.held.plotted)), None)
        if row is None or not found[2]:
            return "" if row else "no plotted row is for that time"
        start, end = date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]) + timedelta(days=1)
        length = (
            (end - start).days if found[3].startswith("day") else 12 * (end.year - start.year) + end.month - start.month
        )
        return "" if int(found[2]) == length else f"the span is of {length} {found[3]}"

    if text.held.spec.form == "panels":
        yield from text.strike(rf"({time})(?: \((\d+) (months?|days?)[^)]*\))?", check)


def check_ends(text: Text) -> Iterator[Fault]:
    """A part of the long text tells the first and the last figure of its series, and its highest and lowest."""
    rows = [p for p in text.own if p.number is not None]
    if not text.exact or text.held.spec.form not in ("dates", "multiples", "panels") or not rows:
        return
    if left := [p for p in (rows[0], rows[-1]) if p.row["id"] not in text.said]:
        yield "nothing", f"the words leave out an end of the series, {told(left[0])}"
    whole = (
        "eparate marks" not in text.whole
        and not any({"b", "implausible"} & p.flags for p in rows)
        and len(text.scope) == len(rows) > 1
    )
    ends, values = (rows[0].number or 0.0, rows[-1].number or 0.0), [p.number or 0.0 for p in rows]
    for word, beyond in (("highest", max(values) > max(ends)), ("lowest", min(values) < min(ends))):
        if whole and beyond and word not in text.whole and text.held.spec.form != "panels":
            yield "nothing", f"the words leave out the {word} figure of the series"


def told(p: Plotted) -> str:
    return f"{p.row['value']} for {p.row['period']}"


def long_gaps(held: Held) -> list[tuple[str, str]]:
    days = sorted({p.day for p in held.plotted if p.number is not None and p.day})
    spans = [(date.fromisoformat(later) - date.fromisoformat(earlier)).days for earlier, later in pairwise(days)]
    limit = max(2 * median(spans), TWO_YEARS) if spans else TWO_YEARS
    return [pair for pair, span in zip(pairwise(days), spans, strict=True) if span > limit]


def gaps_of(held: Held) -> int:
    return len(long_gaps(held)) if held.spec.form == "dates" else 0


def wrong_gaps(said: str, time: str, held: Held) -> str:
    pairs = [
        tuple(at(name, held.plotted) for name in pair) for pair in re.findall(rf"between ({time}) and ({time})", said)
    ]
    found = [(one[-1].day, two[0].day) for one, two in pairs if one and two]
    return (
        ""
        if found == long_gaps(held)
        else f"the rows leave {len(long_gaps(held))} long spans without a figure, or others"
    )


def check_missing(text: Text, time: str, names: str) -> Iterator[Fault]:
    """Each row that holds a symbol is said to hold no figure, and no other is."""
    empty = {p.row["id"] for p in text.own if p.number is None and not p.row["value_low"]}
    said: set[str] = set()

    def check(found: re.Match[str]) -> str:
        for name in re.findall(time, found[1]):
            meant = {p.row["id"] for p in at(name, text.own if text.exact else text.held.plotted) if p.number is None}
            if not meant:
                return f"there is a figure for {name}"
            said.update(meant)
        return ""

    yield from text.strike(rf"There is no figure for ({names}): [^.]+\.", check)
    areas = {text.held.names.areas.get(p.row["area"], "?"): p for p in text.own if p.row["id"] in empty}
    for token, p in areas.items():  # of many places: "no figure for Ayton (kept confidential)"
        said |= {p.row["id"]} if re.search(rf"(?i:no figure)[^.]*{token}|{token} no figure", text.whole) else set()
    if text.exact and empty - said:
        yield "nothing", "a row has a symbol in place of a number, and the words do not say so"


def check_rhythm(text: Text, time: str) -> Iterator[Fault]:
    """ "on 31 March each year from 2013 to 2025": the first and the last of all the times."""
    rows = sorted((p for p in text.held.plotted if p.day), key=lambda p: p.day)
    periods = [p.row["period"] for p in rows] or [""]
    day = r"\d{1,2} [A-Z][a-z]+"
    lead = rf"on (?P<day>{day}) (?:each year )?|in (?:each year|years) to (?P<yearto>{day}),? "
    lead += r"|in (?:each year|years) "

    def check(found: re.Match[str]) -> str:
        fixed = found["day"] or found["yearto"] or ""
        if not all(fixed in period for period in periods):
            return f"not every row is for {fixed}"
        years = len({period[:4] if "/" in period else period[-4:] for period in periods})
        if (
            "each year" in found[0]
            and years != int(periods[-1].split("/")[0][-4:]) - int(periods[0].split("/")[0][-4:]) + 1
        ):
            return "a year between is without a row"
        right = periods[0].endswith(found["start"]) and periods[-1].endswith(found["end"])
        return "" if right else f"the rows run from {periods[0]} to {periods[-1]}"

    yield from text.strike(rf"(?:{lead})?from (?P<start>{time}) to (?P<end>{time})", check)


def check_level(text: Text) -> Iterator[Fault]:
    """On which side of the others the first series ends; each pair is looked at again."""

    def check(found: re.Match[str]) -> str:
        sides = re.findall(r"(above|below|level with) (.+?)(?= and (?:above|below|level with)|$)", found[1])
        pairs = [(word, token) for word, names in sides for token in re.findall(r"«[a-z]+»", names)]
        return next((says for word, token in pairs if (says := wrong_side(word, token, text.held))), "")

    yield from text.strike(r"(?:It ended|At the end «[a-z]+» stood) ((?:above|below|level with) [^.]+)", check)


def wrong_side(word: str, token: str, held: Held) -> str:
    numbers = [p for p in held.plotted if p.number is not None]
    one = [p for p in numbers if p.part == numbers[0].part][-1]
    others = [p for p in held.of(token) if p.number is not None]
    if not others:
        return "that series is not plotted"
    if any(one.row[column] != others[-1].row[column] for column in ALIKE):
        return "the two may not be compared"
    gap = (one.number or 0.0) - (others[-1].number or 0.0)
    right = {"above": gap > 0, "below": gap < 0, "level with": gap == 0}[word]
    return "" if right else f"the rows say {told(one)} and {told(others[-1])}"
