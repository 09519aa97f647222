"""`verify` holds the words that stand in place of a number, and the answers to promises, against the files."""

from __future__ import annotations

import pytest

from portal.verify.words import check_answers, check_words_for_numbers

LABELS = {"x": "not available", "c": "confidential"}
CELL = '<td><a class="mc-number" href="rows/#gap" data-rows="gap">[x]</a> <span class="mc-kind">{}</span></td>'
PROMISE = (
    '<article class="mc-promise" id="one"><p><span class="mc-pill"><svg></svg>No later figure</span></p></article>'
    '<article class="mc-promise" id="two"><p><span class="mc-pill"><svg></svg>{}</span></p></article>'
)
ANSWERS = {"one": {"status_words": "No later figure"}, "two": {"status_words": "A paper shows it done"}}


@pytest.mark.parametrize(("words", "codes"), [("not available", []), ("confidential", ["wrong-number"])])
def test_the_reason_beside_a_sign_is_that_of_its_row(words, codes):
    found = check_words_for_numbers("index.html", CELL.format(words), {"gap": {"value": "x"}}, LABELS)
    assert [problem.code for problem in found] == codes


@pytest.mark.parametrize(("words", "codes"), [("A paper shows it done", []), ("No later figure", ["wrong-verdict"])])
def test_the_answer_to_a_promise_is_that_of_the_published_file(words, codes):
    assert [problem.code for problem in check_answers("index.html", PROMISE.format(words), ANSWERS)] == codes
