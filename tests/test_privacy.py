"""What is found to be personal, and that nothing of it is repeated."""

from __future__ import annotations

import pytest

from portal.identifiers import find_personal
from portal.model import Problem
from portal.privacy import NOT_REPEATED, quote, withhold, withhold_all


def kinds(text: str) -> list[str]:
    return [kind for kind, _, _ in find_personal(text)]


FOUND = [
    ("write to jo.bloggs+help@example.org today", "email"),
    ("https://example.org/form?reply=jo%40example.org", "email"),
    ("jo&#64;example.org", "email"),
    ("ring 07700 900123", "phone"),
    ("ring 07700900123.", "phone"),
    ("0161 496 0000", "phone"),
    ("(0161) 496 0000", "phone"),
    ("0161-496-0000", "phone"),
    ("020 7946 0000", "phone"),
    ("01632 960001", "phone"),
    ("0808 157 0000", "phone"),
    ("+44 7700 900123", "phone"),
    ("+44 (0)161 496 0000", "phone"),
    ("00441614960000", "phone"),
    ("3,07700 900123,x", "phone"),
    ("https://example.org,07700900123", "phone"),
    ("999 000 0018", "nhs-number"),
    ("her number 9990000018 was sent", "nhs-number"),
    ("NHS: 9990000018", "nhs-number"),
    ("QQ123456C is not given out, but AB 12 34 56 C is", "ni-number"),
    ("M1 1AA", "postcode"),
    ("lives at M11AA now", "postcode"),
    ("near sw1a 1aa", "postcode"),
    ("EC1A 1BB", "postcode"),
    ("born 12/03/2009", "birth-date"),
    ("born on 12th March 2009", "birth-date"),
    ("DOB 12.3.09", "birth-date"),
    ("d.o.b.: 2009-03-12", "birth-date"),
    ("Date of birth was 12 March 2009", "birth-date"),
    ("H801200001001", "upn"),
    ("as Cllr Bloggs said", "name"),
    ("Dr. Bloggs", "name"),
    ("Mrs J Bloggs", "name"),
    ("MR BLOGGS", "name"),
    ("Professor O’Bloggs", "name"),
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_what_could_reach_a_person_is_found(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "2016-02-02",
        "looked-after-children-2016-02-02",
        "E08000003",
        "E01005065,E12000002,E92000001",
        "1,248,000,000",
        "£5.8m of £01234567890.50",
        "0.01612345678",
        "00000012345",
        "12183016,34450,28",
        "1 April 2016 - 31 March 2017",
        "01/04/2016-31/03/2017",
        "01-04-2016 31-03-2017",
        "ISBN 978-1-4028-9462-6",
        "ISBN 0-306-40615-2",
        "ISBN 0306406152 of a book",
        "9990000018",  # a cell of its own may hold any id
        "999 000 0019",  # the last digit is wrong
        "3f2a01614960000bc",
        "sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "https://example.org/news/01614960000/07700900123",
        "https://doi.org/10.1000/0161-496-0000",
        "M1",  # outward only
        "M14 and M15",
        "in Q1 2nd place",
        "in s1 2nd term",
        "A1 1AA",  # no such area
        "children born between 1 April 2016 and 31 March 2017",
        "children born 1 April 2016 to 31 March 2017",
        "stubborn 12/03/2009",
        "A801200001001",  # the first letter is wrong
        "uses actions/checkout@v4.1.2",
        "@example",
        "the Lord Mayor",
        "Miss school, and Dr in the street's name",
        "missing Children",
        "a councillor said",
        "row:3/col:Latest §2.1",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert kinds(text) == []


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_a_quotation_repeats_nothing_personal_whole_or_cut(text, kind):
    assert quote(text) == NOT_REPEATED
    assert quote("x " * 27 + text) == NOT_REPEATED


@pytest.mark.parametrize(
    "text", ["3", " 3 ", "3*", "<5", "03", "3.0", "three", "Three children", "4 (1%)", "5 people", "9990000018"]
)
def test_a_quotation_repeats_no_small_count(text):
    assert quote(text) == NOT_REPEATED


@pytest.mark.parametrize("text", ["12", "3.5", "2024-Q1", "q1", "otherton3", "in-care-3", "", "c", "1,204"])
def test_a_quotation_repeats_what_tells_of_nobody(text):
    assert quote(text) == f'"{text}"'


def test_a_quotation_is_one_short_line():
    assert quote("a\nb") == '"a b"'
    assert quote("x" * 100) == f'"{"x" * 60}…"'


def test_whatever_a_check_forgot_is_withheld_in_words_fix_field_and_path():
    secret = "jo@example.org"
    problem = Problem("extra-label", f'"{secret}" is new', f"data/{secret}.csv", 1, field=secret, fix=f"Ask {secret}.")
    told = withhold(problem)
    assert secret not in repr(told)
    assert (told.message, told.fix, told.line) == ('"[withheld]" is new', "Ask [withheld].", 1)


def test_a_problem_without_anything_personal_stays_as_it_is():
    problem = Problem("bad-id", 'row 3, column "id": "A B" is no id', "data/a.csv", 3, 1, "id", "Use small letters.")
    assert withhold_all([problem]) == (problem,)


def test_what_one_problem_refuses_no_other_on_its_line_repeats():
    refused = Problem("small-number", 'row 3, column "value": a small count', "data/a.csv", 3)
    beside = Problem(
        "printed-value", 'row 3, column "value": 4 is not what was printed: "four"', "data/a.csv", 3, 9, "value"
    )
    elsewhere = Problem("printed-value", 'row 4, column "value": 14 is not "15"', "data/a.csv", 4)
    told = withhold_all([beside, refused, elsewhere])
    assert told[0].message == 'row 3, column "value": [withheld] is not what was printed: [withheld]'
    assert told[1:] == (refused, elsewhere)


def test_of_a_table_of_persons_no_message_repeats_any_cell():
    refused = Problem("record-level", 'the column "UPN" can only be of a table of persons', "data/a.csv", 1)
    beside = Problem("type-error", 'row 9, column "seen": "12/03/2009" is not a date', "data/a.csv", 9)
    assert withhold_all([refused, beside])[1].message == 'row 9, column "seen": [withheld] is not a date'


def test_a_problem_beside_a_refused_cell_still_says_where_the_other_row_is():
    refused = Problem("hidden-total", "it can be worked out", "data/a.csv", 3)
    beside = Problem("duplicate-id", 'the id "x" is already used in data/b.csv:12, row 12', "data/a.csv", 3)
    assert withhold_all([refused, beside])[1].message == ("the id [withheld] is already used in data/b.csv:12, row 12")
