"""The place of a claim on the page of rows: its words, its rows, and how it is tested."""

from __future__ import annotations

import re

import pytest

from portal.pages.counted import tally
from portal.pages.saying import mark_standing
from portal.verify.claims import check_said
from portal.verify.reader import Reader
from tests.make import MEASURES, make_dataset, make_htmls, make_portal, make_row

TWO = "id,period_start,period_end,value\na,2023-03-31,2023-03-31,108\nb,2024-03-31,2024-03-31,97\n"
PAGE = (
    "headline: now\nfigures: [{{id: now, rows: [b]}}, {{id: before, rows: [a]}}]\n"
    'lede: \'There were {{{{ number("now") }}}} children. The number {{{{ claim("said") }}}} by then.\'\n'
    "claims: [{{id: said, words: {words}, rows: [{rows}]}}]\n"
)


def polar(polarity):
    """The measures of the common portal, each with this polarity."""
    head, *lines = MEASURES.splitlines()
    return "\n".join([f"{head},polarity", *(f"{line},{polarity}" for line in lines), ""])


def places_of(folder, words, rows):
    dataset = make_dataset(TWO, page=PAGE.format(words=words, rows=rows))
    htmls = make_htmls(folder, dataset)
    name = next(name for name in htmls if name.endswith("/rows/"))
    (place,) = re.findall(r'<section [^>]*id="claim-said">.*?</section>', htmls[name], re.DOTALL)
    return htmls[name.removesuffix("rows/")], re.sub(r"<[^>]+>", "", place)


@pytest.mark.parametrize(
    ("words", "rows", "told"),
    [
        ("fell", "a, b", "The later number, 97, is lower than the earlier one, 108."),
        ("lower than", "b, a", "97 is lower than 108."),
        ("the lowest", "b", "97 is lower than each of the others below."),
    ],
)
def test_a_claim_has_a_place_that_tells_how_it_is_tested(tmp_path, words, rows, told):
    page, place = places_of(tmp_path, words, rows)
    assert told in place
    assert re.search(rf'<a class="mc-claim" href="[./]+datasets/\S+/rows/#claim-said" [^>]*>{words}</a>', page)


def test_the_place_says_the_sentence_and_the_one_that_it_points_back_to(tmp_path):
    _, place = places_of(tmp_path, "fell", "a, b")
    assert "There were 97 children. The number fell by then." in place


def test_the_place_of_a_highest_or_lowest_lists_the_rows_it_was_looked_for_among(tmp_path):
    _, place = places_of(tmp_path, "the lowest", "b")
    assert re.search(r"Among which rows\s*108 \([^)]+\); 97 \([^)]+\)", place)


def test_what_is_better_is_bound_to_a_row_of_each_measure():
    rows = [make_row(id="a"), make_row(id="b")]
    html = mark_standing("Days, a < b. Fewer days is better.", rows)
    span = '<span class="mc-standing" data-claim="polarity-lower" data-rows="b">Fewer days is better</span>.'
    assert html == f"Days, a &lt; b. {span}"
    assert mark_standing("Fewer days is better.", []) == "Fewer days is better."


@pytest.mark.parametrize(
    ("polarity", "test", "words", "found"),
    [
        ("lower", "polarity-lower", "Fewer days is better", []),
        ("higher", "polarity-lower", "Fewer days is better", ["wrong-claim"]),
        ("neither", "polarity-lower", "Fewer days is better", ["wrong-claim"]),
        ("neither", "polarity-aim-lower", "Fewer cases is the council’s aim", []),
        ("higher", "polarity-aim-lower", "Fewer cases is the council’s aim", ["wrong-claim"]),
        ("lower", "polarity-lower", "Higher is better", ["wrong-claim"]),  # the words are of another test
    ],
)
def test_the_finished_page_is_asked_again_what_is_better(polarity, test, words, found):
    portal = make_portal(make_dataset(TWO, measures_csv=polar(polarity)))
    reader = Reader()
    reader.feed(f'<p><span class="mc-standing" data-claim="{test}" data-rows="a">{words}</span></p>')
    assert [p.code for p in check_said("x.html", reader, {"a": {"id": "a", "repeats": ""}}, portal)] == found


def test_a_count_leads_to_what_it_counts_and_stays_bound():
    html = tally("data/x.csv", 2, "figure", href="#list")
    assert (
        html
        == '<a class="mc-counted" href="#list"><span class="mc-worked" data-tally="data/x.csv">2</span> figures</a>'
    )
