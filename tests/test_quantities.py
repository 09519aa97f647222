from __future__ import annotations

import sys
from collections import Counter

import pytest

from portal.claims.judging import find_judgements
from portal.quantities import find_loose, find_quantities, outside


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "1,280 of fifteen, two thirds and a third",
            [("1,280", 1280), ("fifteen", 15), ("two thirds", 2 / 3), ("a third", 1 / 3)],
        ),
        ("it doubled, twice", [("doubled", 2), ("twice", 2)]),
        ("£5.8m, 17% and −22", [("£5.8m", 5_800_000), ("17%", 17), ("−22", -22)]),
        ("twenty-five, a hundred and five", [("twenty-five", 25), ("a hundred and five", 105)]),
        ("half a million", [("half", 0.5), ("a million", 1_000_000)]),
        ("²", [("²", None)]),
    ],
)
def test_digits_and_number_words_are_quantities_with_their_values(text: str, found: list[tuple[str, float]]) -> None:
    assert [(q.text, q.value) for q in find_quantities(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "on 31 March 2021, in July 2014, in 2014/15, from 2017/18 – 2019/20, 2016-02-02, Feb 2016",
        "the first of them, the third report, the 2nd",
        "one of them, no one, one can have more than one",
        "Year 11, Key Stage 4, 16-plus, half term, §3.1, section 3",
        "for every 10,000 children (A1)",
    ],
)
def test_dates_declared_classes_and_constants_are_no_figures(text: str) -> None:
    assert find_loose(text, ["every 10,000", "A1"]) == []


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("one in four", ["one", "four"]),
        ("2016 children", ["2016"]),
        ("10,000 children", ["10,000"]),
        ("every 10,000,000", ["10,000,000"]),
        ("A12 of them", ["12"]),
        ("a third of them", ["a third"]),
        ("Year 110", ["110"]),
    ],
)
def test_what_only_looks_like_a_date_a_class_or_a_constant_is_a_figure(text: str, loose: list[str]) -> None:
    assert [q.text for q in find_loose(text, ["every 10,000", "A1"])] == loose


@pytest.mark.parametrize("words", ["one ", "§ 1.", "2024-", "more or ", "wanted ", "1 in January 2020, ", "<a "])
def test_a_long_text_of_one_thing_is_read_once_and_not_once_for_each_word(words):
    """Told in steps of the reader and not in seconds: twice the text, about twice the steps."""
    steps = []
    for times in (500, 1000):
        counted = Counter()
        sys.setprofile(lambda frame, event, given, counted=counted: counted.update([event]))
        find_loose(words * times, ["every 10,000"])
        find_judgements(words * times)
        sys.setprofile(None)
        steps.append(counted.total())
    assert steps[1] < 3 * steps[0]


def test_what_two_known_places_cover_only_together_is_covered_by_neither():
    assert outside(["a", "b"], [(2, 8), (3, 5)], [(0, 5), (4, 9), (1, 3)]) == ["a"]
