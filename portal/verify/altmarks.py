"""What a text about a chart says of marks side by side: figure and target, many places, bars, what is listed.

In:  a Text and the plotted rows.
Out: each phrase that the rows do not bear out, with what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from portal.verify.altrows import NUMBER, Plotted, Text, read_number, says_number

MONTHS = "January February March April May June July August September October November December".split()
Fault = tuple[str, str]
COUNTS = "none one two three four five six seven eight nine ten".split()
SIDE = {"over": 1, "under": -1, "on": 0}
SPAN = rf"{NUMBER}(?: to {NUMBER})?"  # of a row that holds a range


def check_marks(text: Text) -> Iterator[Fault]:
    yield from check_foot(text)
    yield from check_sides(text)
    yield from check_others(text)
    yield from check_unsaid(text)
    yield from check_distance(text)
    yield from check_target(text)
    yield from check_bars(text)
    yield from check_field(text)
    yield from check_named(text)
    yield from check_all_told(text)
    yield from text.strike(r"The scale starts at 0|Bars start at 0|Two like-for-like figures", lambda m: "")


def check_foot(text: Text) -> Iterator[Fault]:
    """Events at the foot: each month that is named is the month of some event of the table."""
    months = {f"{MONTHS[int(day[5:7]) - 1]} {day[:4]}" for day in text.held.foot if re.match(r"\d{4}-\d\d", day)}
    months |= {day[:4] for day in text.held.foot}
    month = "|".join(MONTHS)

    def check(found: re.Match[str]) -> str:
        for start, end, year in re.findall(rf"(?:({month}) (?:to ({month}) )?)?(\d{{4}})", found[0]):
            if not {f"{name} {year}".strip() for name in (start, end) if name or not start} & months:
                return f"no event of the table is for {start} {year}"
        return ""

    yield from text.strike(r"Marked at the foot: [^.]+\.", check)


def check_all_told(text: Text) -> Iterator[Fault]:
    """In the long text of a strip each figure, each target and each of the others has its number."""
    if text.held.spec.form == "strip" and text.exact:
        for p in text.own:
            if p.row["id"] not in text.said and sum(p.label == other.label for other in text.own) == 1:
                yield "nothing", f"the words leave out the {p.role} {p.row['value']}"


def lane_side(rows: Sequence[Plotted]) -> int | None:
    value, target = [p for p in rows if p.role == "value"], [p for p in rows if p.role == "target"]
    if len(value) != 1 or len(target) != 1 or value[0].number is None or target[0].number is None:
        return None
    if any(value[0].row[column] != target[0].row[column] for column in ("measure", "area")):
        return None
    gap = value[0].number - target[0].number
    return (gap > 0) - (gap < 0)


def check_sides(text: Text) -> Iterator[Fault]:
    plotted, names = text.held.plotted, text.held.names
    sides = {part: lane_side([p for p in plotted if p.part == part]) for part in dict.fromkeys(p.part for p in plotted)}

    def check_all(found: re.Match[str]) -> str:
        count = 2 if found[1] == "Both" else counted(found[1].removeprefix("All "))
        right = count == len(sides) and set(sides.values()) == {SIDE[found[2]]}
        return "" if right else "the rows say otherwise of at least one of them"

    def check_list(found: re.Match[str]) -> str:
        want = {part for part, side in sides.items() if side == SIDE[found[1].lower()]}
        said = {part for token in re.findall(r"«[a-z]+»", found[2]) for part in names.owners.get(token, ())}
        return "" if said == want else "the rows say otherwise of at least one of them"

    yield from text.strike(r"(Both|All \w+) are (over|under|on) the target", check_all)
    yield from text.strike(r"(Over|Under|On) the target: ([^.]+)", check_list)


def counted(word: str) -> int:
    return COUNTS.index(word) if word in COUNTS else int(word) if word.isdigit() else -1


def check_distance(text: Text) -> Iterator[Fault]:
    """ "91 days over the target": worked out again from the two cells."""
    number = r"(?:about )?£?\d[\d,]*(?:\.\d+)?(?: million)?|less than one"

    def check(found: re.Match[str]) -> str:
        side, rows = lane_side(text.own), text.own
        if side is None:
            return "figure and target may not be set against each other"
        value, target = (next(p for p in rows if p.role == role) for role in ("value", "target"))
        gap = abs((value.number or 0.0) - (target.number or 0.0))
        if side != SIDE[found["side"] or "on"]:
            return f"the rows say {value.row['value']} and target {target.row['value']}"
        if found["n"] is None or (found["n"] == "less than one" and 0 < gap < 1 and not text.exact):
            return ""
        said = read_number(found["n"])
        percent = "point" in found[0]
        loose = 0.0 if text.exact or not found["n"].startswith("about") else 0.5 if gap >= 1 and percent else 0.05 * gap
        return "" if abs(said - gap) <= loose + 1e-6 else f"the rows are {gap:g} apart"

    yield from text.strike(
        rf"(?P<n>{number})(?: percentage points?| days?)? (?P<side>over|under) the target|: on the target", check
    )


def check_target(text: Text) -> Iterator[Fault]:
    targets = [p for p in text.own if p.role == "target"]
    yield from text.strike(rf"target (?P<a>{SPAN})", lambda m: wrong(m["a"], targets, text))


def check_field(text: Text) -> Iterator[Fault]:
    """The ends of a field of many places; who shares them; who is level with the focus."""
    field = [p for p in text.own if p.role == "field" and p.number is not None]
    others = field or [p for p in text.own if p.number is not None]
    low, high = (pick((p.number or 0.0 for p in others), default=0.0) for pick in (min, max))

    def check(found: re.Match[str]) -> str:
        ends = [p for p in others if p.number == low], [p for p in others if p.number == high]
        for said, rows in zip((found["a"], found["b"]), ends, strict=True):
            if not rows or not says_number(said, rows[0], text.exact):
                return f"the rows run from {low:g} to {high:g}"
        return ""

    if not field and not any(p.role == "comparator" for p in text.own):
        return
    named = r"(?: \([^)]*\))?"
    yield from text.strike(
        rf"from (?P<a>{NUMBER}){named} to (?P<b>{NUMBER}){named}(?:, «[a-z]+»[^.]*? the same)?", check
    )
    yield from text.strike(
        rf" all (?P<a>{NUMBER})", lambda m: wrong(m["a"], others, text) if low == high else "they are not all the same"
    )


def check_bars(text: Text) -> Iterator[Fault]:
    """Panels in the short text: "Good from 35 to 45"; the first and the last bar of the panel."""

    def check(found: re.Match[str]) -> str:
        rows = text.held.of(found["name"])
        ends = [p for p in rows if p.number is not None]
        if (
            not ends
            or not says_number(found["a"], ends[0], text.exact)
            or not says_number(found["b"], ends[-1], text.exact)
        ):
            return "the first and the last bar say otherwise"
        return ""

    if text.held.spec.form != "panels":
        return
    yield from text.strike(rf"(?P<name>«[a-z]+») from (?P<a>{NUMBER}) to (?P<b>{NUMBER})", check)


def check_named(text: Text) -> Iterator[Fault]:
    """ "England 593": a name and the number of that name; in a lane of several the figure stands alone."""
    names = text.held.names

    def check(found: re.Match[str]) -> str:
        token = found["name"]
        rows = [p for p in text.own if token == names.token(p.label)]
        rows = rows or [p for p in text.own if token == names.areas.get(p.row["area"]) and p.role != "target"]
        return wrong(found["a"], rows, text) if rows else "the name stands for no plotted row"

    yield from text.strike(rf"(?P<name>«[a-z]+») (?P<a>{SPAN})", check)
    values = [p for p in text.own if p.role == "value"]
    yield from text.strike(rf"(?<=: )(?P<a>{SPAN})", lambda m: wrong(m["a"], values, text))


def says_span(said: str, p: Plotted) -> bool:
    """ "£300 to £400": both ends of a row that holds a range."""
    low, between, high = said.partition(" to ")
    if not between or not p.row["value_low"]:
        return False
    return (read_number(low), read_number(high)) == (float(p.row["value_low"]), float(p.row["value_high"]))


def wrong(said: str, rows: Sequence[Plotted], text: Text) -> str:
    right = {p.row["id"] for p in rows if says_span(said, p) or says_number(said, p, text.exact)}
    text.said |= right
    if right:
        return ""
    return f"the row says {rows[0].row['value']}" if rows else "no plotted row bears that number out"


def check_others(text: Text) -> Iterator[Fault]:
    """ "Among the ten others it rose in four and fell in six": every place that is drawn in one piece."""
    plotted = text.held.plotted
    ways: dict[str, int] = {"rose": 0, "fell": 0, "stayed the same": 0}
    parts = list(dict.fromkeys(p.part for p in plotted))
    for part in parts[1:]:
        rows = [p for p in plotted if p.part == part]
        numbers = [p.number for p in rows if p.number is not None]
        if len(numbers) > 1 and len(numbers) == len(rows) and not any({"b", "implausible"} & p.flags for p in rows[1:]):
            gap = numbers[-1] - numbers[0]
            ways["rose" if gap > 0 else "fell" if gap < 0 else "stayed the same"] += 1

    def check(found: re.Match[str]) -> str:
        said: Mapping[str, int] = {
            way: counted(n) for way, n in re.findall(r"(rose|fell|stayed the same) in (\w+)", found[2])
        }
        if counted(found[1]) != len(parts) - 1:
            return f"{len(parts) - 1} others are drawn"
        right = all(said.get(way, 0) == number for way, number in ways.items())
        return "" if right else f"the rows say {ways['rose']} rose and {ways['fell']} fell"

    yield from text.strike(r"Among the (\w+) others it ([^.]+)", check)


def check_unsaid(text: Text) -> Iterator[Fault]:
    def status(role: str) -> set[str]:
        return {p.row["date_status"] for p in text.held.plotted if p.role == role}

    tails = (
        (r"We worked out the date of the figures?", "inferred" in status("value")),
        (r"The targets? (?:is|are) printed without a date", status("target") == {"not-stated"}),
        (r"The papers give no date for the figures of [^.]+", status("comparator") == {"not-stated"}),
    )
    for pattern, true in tails:
        yield from text.strike(pattern, lambda m, true=true: "" if true else "the rows say otherwise")  # type: ignore[misc]


def check_listed(text: Text) -> Iterator[Fault]:
    """Figures that are listed beside a drawing: each is a row that page.yaml lists."""

    def check(found: re.Match[str]) -> str:
        right = any(says_number(found["a"], p, True) or found["a"] == f"[{p.row['value']}]" for p in text.held.beside)
        return "" if right else "no row that is listed bears it out"

    def check_all(found: re.Match[str]) -> str:
        words = found[1]
        for p in text.held.beside:  # "printed as a range, 31 March 2021"
            words = words.replace(f", {p.row['period']}", "")
        said = re.findall(NUMBER, words)
        ranges = [
            {float(p.row["value_low"]), float(p.row["value_high"])} for p in text.held.beside if p.row["value_low"]
        ]
        right = all(
            any(says_number(n, p, True) for p in text.held.beside) or any(read_number(n) in ends for ends in ranges)
            for n in said
        )
        return "" if right else "no row without a place in the drawing bears it out"

    yield from text.strike(r"(?:^|(?<= ))Not drawn: (.+)$", check_all)
    if text.held.spec.beside:
        yield from text.strike(rf"(?P<a>{NUMBER}|\[\w+\]) \(«[a-z]+»\)", check)
    bare = any(p.number is None and not p.row["value_low"] for p in text.held.beside)
    yield from text.strike(r"No mark for [^.]+\.", lambda m: "" if bare else "every row has a number")
