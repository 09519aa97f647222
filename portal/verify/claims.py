"""Are the judging words on a page true of the published cells?

In:  the claims of a page (the name of the test, the rows, the words that stand there), and the published rows.
Out: a Problem for each that the published file does not bear out. The tests are worked out again here, and what the
     words say is read again from the page: only the names of the tests are those of page.yaml's evaluator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from portal.model import Portal, Problem
from portal.privacy import quote
from portal.verify.numbers import problem
from portal.verify.reader import Reader

Cells = Mapping[str, str]
ALIKE = ("dataset", "measure", "area", "series", "kind", "basis", "breakdown")
# The words that each test may stand in: a page that says "rose" under a test of falling is caught by them.
WORDS = {
    "time-up": r"ros|ris|gr[eo]w|increas|up\b|climb",
    "time-down": r"f[ae]ll|decreas|drop|down\b|shr[aiu]nk",
    "time-same": r"unchanged|same|not change|still",
    "time-better": r"improv|better",
    "time-worse": r"worse",
    "each-up": r"(ros|gr[eo]w|increas|up\b).*year",
    "each-down": r"(f[ae]ll|decreas|down\b|drop).*year",
    "compare-higher": r"higher|more|greater|larger|bigger|longer|above|over",
    "compare-lower": r"lower|fewer|less|smaller|shorter|quicker|below|under",
    "compare-same": r"same|as (many|high|low)",
    "quality-better": r"better",
    "quality-worse": r"worse",
    "extreme-highest": r"highest|most|largest|biggest|longest|greatest",
    "extreme-lowest": r"lowest|fewest|least|smallest|shortest",
    "target-met": r"^(?!.*not )(.*\b)?(met|reached|hit)\b",
    "target-missed": r"miss|not (meet|reach)|fell short",
    "sum-more": r"more",
    "sum-less": r"less|fewer",
    "polarity-higher": r"(higher|more).* better",
    "polarity-lower": r"(lower|fewer).* better",
    "polarity-neither": r"neither|not",
    "polarity-aim-lower": r"(lower|fewer).* aim",
    "polarity-aim-higher": r"(higher|more).* aim",
}
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10, "most": 1 / 2}
PARTS |= {"majority": 1 / 2, "doubled": 2, "twice": 2, "tripled": 3, "trebled": 3, "halved": 1 / 2}
COUNTED = {"two": 2, "three": 3, "four": 4, "nine": 9}


def check_said(name: str, reader: Reader, rows: Mapping[str, Cells], portal: Portal) -> Iterator[Problem]:
    polarity = (
        {row.id: row.measure.polarity for d in portal.datasets for row in d.observations} if reader.claims else {}
    )
    for test, ids, among, words in reader.claims:
        cells = [rows.get(row_id, {}) for row_id in ids.split()]
        field = [rows.get(row_id, {}) for row_id in among.split()]
        if not cells or not all(cells) or not all(field):
            yield problem("untraceable", f"the words {quote(words)} name no row of the published data ({ids})", name)
        elif not is_said(test, words) or not stands(test, words, cells, field or alike(cells[0], rows), polarity):
            yield problem("wrong-claim", f"the page says {quote(words)}, the rows {ids} say otherwise", name)


def is_said(test: str, words: str) -> bool:
    """Whether the words are those of the test."""
    if test.startswith(("share-", "times-")):
        return part_in(words) is not None
    return test in WORDS and re.search(WORDS[test], words, re.IGNORECASE) is not None


def stands(test: str, words: str, cells: list[Cells], field: list[Cells], polarity: Mapping[str, str]) -> bool:
    kind, _, sense = test.partition("-")
    if kind == "polarity":
        return polarity_test(sense, {polarity.get(cell["id"], "") for cell in cells})
    way = {"higher": 1, "lower": -1}.get(polarity.get(cells[0].get("id", ""), ""), 0)
    try:
        return TESTS[kind](sense, words, cells, field, way)
    except (KeyError, ValueError, IndexError, ZeroDivisionError):
        return False


def number(cell: Cells) -> float:
    """Of a bound its printed number, of a range the middle: the build has asked before whether it is certain."""
    return float(cell["value"]) if cell["value"] else (float(cell["value_low"]) + float(cell["value_high"])) / 2


def signs(cells: Sequence[Cells]) -> list[int]:
    """How the first stands to each other: 1 above, -1 below, 0 the same."""
    first = number(cells[0])
    return [(first > number(other)) - (first < number(other)) for other in cells[1:]]


def time_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    before, after = (pick(cells, key=lambda cell: cell["period_end"]) for pick in (min, max))
    (sign,) = signs((after, before))
    wanted = {"up": 1, "down": -1, "same": 0, "better": way or 2, "worse": -way or 2}[sense]
    return before["period_end"] < after["period_end"] and sign == wanted


def each_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    since = year_in(words)
    run = sorted((c for c in field if c["period_end"] >= since), key=lambda cell: cell["period_end"])
    wanted = 1 if sense == "up" else -1
    return len(run) > 2 and all(signs((b, a)) == [wanted] for a, b in pairwise(run))


def compare_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    wanted = {"higher": 1, "lower": -1, "same": 0, "better": way or 2, "worse": -way or 2}[sense]
    return bool(cells[1:]) and set(signs(cells)) == {wanted}


def extreme_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    (own,) = cells
    others = [c for c in field if c["id"] != own["id"] and c["period_end"] >= year_in(words)]
    return bool(others) and set(signs([own, *others])) == {1 if sense == "highest" else -1}


def target_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    goals = {(c["measure"], c["area"], c["breakdown"]): c for c in cells if c["kind"] == "target"}
    figures = [c for c in cells if c["kind"] != "target"]
    for cell in figures:
        (sign,) = signs((cell, goals[cell["measure"], cell["area"], cell["breakdown"]]))
        if not way or (sign in (0, way)) != (sense == "met"):
            return False
    return bool(figures)


def share_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    part = abs(number(cells[0])) / (100 if len(cells) == 1 else abs(number(cells[1])))
    named = part_in(words)
    return named is not None and near(sense, part, named)


def times_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    first, second = cells
    if not sense.startswith("pair-") and first["period_end"] > second["period_end"]:
        first, second = second, first
    ratio = number(first) / number(second) if sense.startswith("pair-") else number(second) / number(first)
    named = part_in(words)
    return named is not None and near(sense.removeprefix("pair-"), ratio, named)


def sum_test(sense: str, words: str, cells: list[Cells], field: list[Cells], way: int) -> bool:
    gap = round(sum(map(number, cells[:-1])) - number(cells[-1]), 6)
    return gap > 0 if sense == "more" else gap < 0


def polarity_test(sense: str, ways: set[str]) -> bool:
    """What `measures` says is better, of all the rows alike; an aim is not against it."""
    if sense.startswith("aim-"):
        return ways <= {sense.removeprefix("aim-"), "neither"}
    return ways == {sense}


Test = Callable[[str, str, list[Cells], list[Cells], int], bool]
TESTS: dict[str, Test] = {
    "time": time_test,
    "each": each_test,
    "compare": compare_test,
    "quality": compare_test,
    "extreme": extreme_test,
    "target": target_test,
    "share": share_test,
    "times": times_test,
    "sum": sum_test,
}


def near(sense: str, value: float, named: float) -> bool:
    """A tenth of what is named is the room of words that round."""
    gap = value / named - 1
    rules = {"exact": abs(gap) < 1e-9, "about": abs(gap) <= 0.1, "nearly": -0.1 <= gap < 0, "just-over": 0 < gap <= 0.1}
    return (rules | {"more": gap > 0, "less": gap < 0})[sense]


def part_in(words: str) -> float | None:
    """ "about two thirds of" -> 0.667"""
    found = re.search(rf"(?:({'|'.join(COUNTED)}) )?({'|'.join(PARTS)})", words.lower())
    return COUNTED.get(found[1], 1) * PARTS[found[2]] if found else None


def year_in(words: str) -> str:
    found = re.search(r"since (\d{4})", words)
    return found[1] if found else ""


def alike(own: Cells, rows: Mapping[str, Cells]) -> list[Cells]:
    """The rows of one measure, place, publisher, kind, basis and group that are no second printing."""
    return [c for c in rows.values() if not c["repeats"] and all(c.get(name) == own.get(name) for name in ALIKE)]
