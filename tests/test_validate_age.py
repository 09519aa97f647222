"""Words that are true on one day only, and the addresses of measures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import MEASURES, make_dataset, make_plain

from portal.validate.age import check_measures, find_ageing
from portal.validate.words import check_home, check_topics, check_words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The latest figure.", "latest"),
        ("It is Currently lower.", "Currently"),
        ("Nowadays fewer wait.", "Nowadays"),
        ("At\n present there are none.", "At present"),
        ("Fewer so far this year.", "this year"),
        ("The column “Latest” holds it.", ""),
        ("The paper says currently; we date it by the paper.", ""),
        ("The paper says currently, and it is currently so.", "currently"),
        ("Alternating currents, a translatest, this yearling.", ""),
        ("In this year of 2019.", "this year"),
        ("", ""),
    ],
)
def test_a_word_that_is_true_on_one_day_is_found_outside_of_quotations(text, word):
    assert find_ageing(text) == word


def codes(problems):
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "page",
    [
        "question: How many are there at present?",
        "know: [{title: Old., text: The current plan.}]",
        "do_not_compare: [{title: Right now, text: T.}]",
        "tables: [{id: t, caption: The latest, series: [{rows: [a]}]}]",
    ],
)
def test_no_sentence_of_a_page_may_hold_one(page):
    assert codes(check_words(make_dataset("id\na\n", page=page))) == ["ages-badly"]


def test_no_narrative_may_hold_one_and_its_line_is_told():
    (problem,) = check_words(make_dataset("id\na\n", narrative="One.\n\nIt is currently so.\n"))
    assert (problem.code, problem.line) == ("ages-badly", 3)


def test_nor_may_the_home_page_and_the_topics():
    home = {"headline_words": "children are currently in care", "cards": [{"figure": "a/b", "sentence": "This year."}]}
    assert codes(check_home(home, (), "mkdocs.yml")) == ["ages-badly", "ages-badly"]
    assert codes(check_topics([{"id": "a", "title": "A", "text": "How it stands at present."}], ())) == ["ages-badly"]


@pytest.mark.parametrize("column", "who_is_counted denominator definition why_it_matters what_it_does_not_tell".split())
def test_nor_may_what_is_said_of_a_measure(column):
    first, row, *rest = MEASURES.splitlines()
    measures = "\n".join([f"{first},{column}", f"{row},Children currently in care", *(f"{line}," for line in rest)])
    (problem,) = check_measures(make_dataset("id\na\n", measures_csv=measures))
    assert (problem.code, problem.line, problem.field) == ("ages-badly", 2, column)


@pytest.mark.parametrize(
    ("name", "column"), [(",Children looked after", "label"), (",Children in care", "plain_label")]
)
def test_nor_may_the_name_of_a_measure(name, column):
    measures = MEASURES.replace(name, ",The latest count", 1)
    (problem,) = check_measures(make_dataset("id\na\n", measures_csv=measures))
    assert (problem.code, problem.line, problem.field) == ("ages-badly", 2, column)


@pytest.mark.parametrize("name", ["in care", "in_care", "In-care", "in/care", "-care", "care-", "a--b", "", ".."])
def test_a_measure_whose_id_is_no_address_is_refused(name):
    measures = MEASURES.replace("in-care,", f"{name},", 1)
    assert codes(check_measures(make_dataset("id,measure\na,wait\n", measures_csv=measures))) == ["measure-address"]


def test_a_plain_package_may_call_its_columns_what_it_likes():
    plain = make_plain("id,label\nIn care,The latest\n")
    named = replace(plain, resources=(replace(plain.resources[0], name="measures"),))
    assert codes(check_measures(named)) == []
