"""Ways to get a wrong number or a false judgement past the build, each of which once worked. None does now."""

from __future__ import annotations

import pytest
from make import make_dataset, make_portal

from portal.claims import find_judgements
from portal.quantities import find_quantities
from portal.validate.claimed import check_stated
from portal.validate.typed import find_typed
from portal.validate.words import check_words

CONSTANTS = ("two years or more", "stage 2")


@pytest.mark.parametrize(
    "text",
    [
        "There were ⁴⁵ children.",
        "There were ₄₅ of them.",
        "There were Ⅻ of them.",
        "There were ④ of them.",
        "There were XVII children.",
        "A couple of children waited.",
        "Scores of children waited.",
        "A handful of them waited.",
        "An eighth of them waited.",
        "A sixth of them waited.",
        "A sixth were late.",
        "A twentieth of them waited.",
        "It quintupled.",
        "It was tenfold.",
        "It was a three-fold change.",
        "Nought of them waited.",
        "fif*teen* children waited.",
        "fif\\teen children waited.",
        "fif\u00adteen children waited.",
        "fif\u200bteen children waited.",
        "fifte\u0435n children waited.",
        "ｆｉｆｔｅｅｎ children waited.",
        "twenty\u2011five children waited.",
        '[The list](https://a.test/ "517 children") is long.',
        "There are\n\n9. children who waited",
        "1. One thing\n2. Another\n\n8. children who waited",
        "Of [children][517] we know.",
        "There were 2024 of them.",
        "There were about 2000.",
        "It has 2000 homes.",
        "It has 2000+.",
        "Under section 12 children waited.",
        "See § 517 children.",
        "It is of version 51 children.",
        "She was the 517th.",
        "In time Year 17 children waited.",
        "After some years 11 children waited.",
        "There were 45+ children.",
        "Only one was seen.",
        "One of the children waited.",
    ],
)
def test_a_number_is_found_however_it_is_dressed(text: str) -> None:
    assert find_typed(text, CONSTANTS)


@pytest.mark.parametrize(
    "text",
    [
        "the fourth paper, a sixth report, the twentieth century, on the 3rd",
        "Year 11, Key Stage 4, KS2, 16-plus, 65+",
        "in 2024 they were made, the figures of 2024, from 2019 to 2024",
        "section 17, paragraphs 3.12, § 4, version 1.2, CC BY 4.0",
        "1. One thing\n2. Another\n3. And so on",
        "A nought is a true zero.",
        "exam scores, a couple who adopt, the one of them",
        "Café Роза, naïve, Ålesund, stage 2",
        "MIX of things, the CD, a DVD",
    ],
)
def test_words_that_only_look_like_numbers_are_left_alone(text: str) -> None:
    assert find_typed(text, CONSTANTS) == []


def test_a_number_in_disguise_keeps_its_place_in_the_text() -> None:
    (found,) = find_quantities("So fif\u00adteen of them.")
    assert (found.text, found.start, found.end, found.value) == ("fif\u00adteen", 3, 11, 15)


@pytest.mark.parametrize(
    "text",
    [
        "It plummeted.",
        "There was a surge.",
        "It lags.",
        "It is behind England.",
        "It was a record year.",
        "It is unprecedented.",
        "It climbs.",
        "It is down.",
        "It is up on last year.",
        "It tops the list.",
        "It beats England.",
        "It is ahead of England.",
        "It is steady.",
        "It levelled off.",
        "It remains the same.",
        "It has not changed.",
        "It is halving.",
        "The gap narrowed.",
        "It is too high.",
        "The target was met.",
        "It failed to meet its target.",
        "Nearly all were seen.",
        "Hardly any were seen.",
        "It is similar to England.",
        "It ranks last.",
        "It is a success.",
        "The paper says that the number rose.",
        "It adds that more came, the highest ever.",
    ],
)
def test_a_judging_word_needs_a_claim_in_whatever_words(text: str) -> None:
    assert find_judgements(text)


ROWS = """id,value,period,period_start,period_end,kind
old,1310,31 March 2023,2023-03-31,2023-03-31,actual
mid,1200,31 March 2024,2024-03-31,2024-03-31,actual
new,1280,31 March 2025,2025-03-31,2025-03-31,actual
late,1300,31 March 2027,2027-03-31,2027-03-31,actual
goal,1000,31 March 2030,2030-03-31,2030-03-31,target
part,400,31 March 2025,2025-03-31,2025-03-31,actual
"""


def told(words: str, rows: str, more: str = "", lede: str = 'It is {{ claim("c") }} in truth.') -> list[str]:
    page = f"lede: '{lede}'\nclaims:\n  - {{id: c, words: {words}, rows: [{rows}]{more}}}\n"
    return [p.code for p in check_stated(make_portal(make_dataset(ROWS, page=page)))]


def test_rows_the_wrong_way_round_bear_nothing_out() -> None:
    assert told("higher than before", "old, new") == ["false-claim"]
    assert told("higher than before", "new, mid") == []
    assert told("below the target", "goal, new") == ["claim-unsure"]
    assert told("above the target", "new, goal") == []


@pytest.mark.parametrize("words", ["more or less than", "more or fewer than", "higher but not than"])
def test_words_that_say_two_things_say_nothing_that_can_be_tested(words: str) -> None:
    assert told(words, "old, new") == ["claim-words"]


def test_every_year_needs_every_year() -> None:
    assert told("rose every year since 2024", "mid, new, late") == ["claim-unsure"]


@pytest.mark.parametrize("words", ["the highest", "the highest since 2023", "the highest of those we hold"])
def test_a_highest_cannot_be_had_by_leaving_out_a_row(words: str) -> None:
    assert told(words, "new", ", among: [mid]") == ["false-claim"]


def test_the_words_of_across_must_tell_something() -> None:
    assert told("higher than", "new, goal", ", across: in") == ["claim-across"]


def test_a_part_is_not_larger_than_its_whole() -> None:
    assert told("most of", "new, part") == ["claim-unsure"]


def test_a_number_said_as_text_has_no_thread_and_is_refused() -> None:
    page = "lede: 'Of {{ text(\"n\") }} we know.'\nfigures: [{id: n, rows: [new]}]\n"
    (problem,) = check_words(make_dataset(ROWS, page=page))
    assert (problem.code, problem.fix) == ("number-as-text", 'Write {{ number("n") }} instead.')
    assert not list(check_words(make_dataset(ROWS, page=page.replace("text", "number"))))
