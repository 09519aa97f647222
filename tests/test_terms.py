"""Words of the trade lead to their meaning, and a short form that nobody explains stops the build."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import make_reference

from portal.made import Page
from portal.model import Dataset, Reference, Resource
from portal.pages.terms import bind_terms, list_said, term_id
from portal.spec import PageSpec
from portal.validate.jargon import check_jargon
from portal.verify.reader import Reader
from portal.verify.shortforms import anchor, check_short_forms, find_short_forms

GLOSSARY = {"referral": {"meaning": "A worry, passed on."}, "LAC": {"meaning": "Short for looked after children."}}
JARGON = {
    "referral": {"term": "referral"},
    "LAC": {"term": "LAC"},
    "JavaScript": {"term": "", "note": "The name of a language."},
}
REFERENCE = Reference(glossary=GLOSSARY, jargon=JARGON)
LINK = '<a class="mc-term" href="../../glossary/#referral">'


def bound(html: str, url: str = "datasets/children/") -> str:
    return bind_terms(Page(url, "Children", "", html), REFERENCE)[0].html


def told(html: str, reference: Reference = REFERENCE) -> list[tuple[str, str]]:
    reader = Reader()
    reader.feed(f'<article class="md-content__inner">{html}</article>')
    return [(p.code, p.message) for p in check_short_forms("datasets/children/index.html", reader, reference)]


def test_the_first_use_of_a_word_on_a_page_leads_to_its_meaning_and_no_other():
    html = bound("<p>Each referral counts.</p><p>Referrals are many, and a referral is one.</p>")
    assert html == f"<p>Each {LINK}referral</a> counts.</p><p>Referrals are many, and a referral is one.</p>"


@pytest.mark.parametrize("word", ["Referrals", "referral", "Referral"])
def test_plurals_and_capitals_are_the_same_word(word):
    assert f"{LINK}{word}</a>" in bound(f"<p>{word} came.</p>")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Referrals</h2>",
        '<p><a href="x">Referrals</a></p>',
        "<table><caption>Referrals</caption></table>",
        '<svg role="img" aria-label="Referrals by year"></svg>',
    ],
)
def test_what_cannot_be_a_link_where_it_stands_is_explained_at_the_end_of_the_page(html):
    made = bound(html)
    assert made.startswith(html)
    assert '<dt><a href="../../glossary/#referral">Referrals</a></dt><dd>A worry, passed on.</dd>' in made


def test_a_page_of_rows_keeps_its_words_and_explains_them_at_the_end():
    made = bound("<p>A referral.</p>", "datasets/children/rows/")
    assert made.startswith("<p>A referral.</p>")
    assert "../../../glossary/#referral" in made


def test_longer_words_and_addresses_are_left_alone():
    html = '<p>Self-referral, LACK, and <code>referral</code>: <a href="/referral">here</a></p>'
    assert bound(html).startswith(html)


def test_a_portal_without_such_words_keeps_its_pages_byte_for_byte():
    page = Page("datasets/visits/", "Visits", "", "<p>A referral of LAC.</p>")
    assert bind_terms(page, make_reference()) == (page, set())


def test_a_hand_written_page_explains_its_words_at_its_end():
    assert "Short for looked after children." in list_said("---\ntitle: x\n---\nWe say LAC.", REFERENCE)
    assert list_said("---\ntitle: x\n---\nNothing to explain.", REFERENCE) == ""


def test_an_unknown_short_form_stops_the_build():
    assert told("<p>Seen by the XYZ.</p>") == [("unexplained-abbreviation", "the short form XYZ is not explained")]


def test_a_known_short_form_needs_its_link_on_the_very_page():
    assert told("<p>All LAC.</p>") == [("unexplained-abbreviation", "the short form LAC is not explained")]
    assert told('<p>All <a href="../../glossary/#lac">LAC</a>.</p>') == []


@pytest.mark.parametrize(
    "words", ["looked after children (LAC)", "LAC (children in care)", "“LAC” means children in care"]
)
def test_a_short_form_may_be_spelt_out_instead(words):
    assert told(f"<p>We say {words} here.</p>") == []


def test_a_short_form_in_a_table_or_a_drawing_counts_as_well():
    assert told("<table><tr><td>LAC</td></tr></table>")
    assert told('<svg aria-label="LAC by year"></svg>')


def test_a_word_of_the_trade_needs_its_link_too():
    assert [code for code, _ in told("<p>A referral came.</p>")] == ["unexplained-word"]
    assert told('<p>A <a href="../../glossary/#referral">referral</a> came.</p>') == []


def test_what_the_list_declares_to_need_no_words_passes():
    assert told("<p>Without JavaScript.</p>") == []


def test_a_portal_without_the_list_is_not_stopped_for_a_word():
    assert told("<p>A referral of XYZ.</p>", make_reference()) == []


def test_short_forms_are_found_by_their_look():
    text = "LAC, A1 and IROs of the DfE; E08000003, Ofsted, A child, ManchesterCouncil, CC at data@XY.test, OGL-UK"
    assert find_short_forms(text) == {"LAC", "A1", "IROs", "DfE", "CC"}


@pytest.mark.parametrize("term", ["children’s home", "rate per 10,000", "LAC", "section 47 enquiry"])
def test_pages_and_their_check_give_a_term_one_address(term):
    assert term_id(term) == anchor(term)


def test_a_word_whose_term_is_in_no_glossary_is_refused(tmp_path):
    table = make_table("jargon", "word,term,note\nreferral,referal,\nXYZ,,\nJavaScript,,a name\n")
    glossary = make_table("glossary", "term,meaning\nreferral,A worry.\n")
    found = list(check_jargon(replace(EMPTY, resources=(table, glossary))))
    assert [(p.code, p.line) for p in found] == [("unknown-code", 2), ("unexplained-word", 3)]
    assert "did you mean" in found[0].message.lower()


EMPTY = Dataset("reference", "datasets/reference", {}, "datasets/reference/datapackage.yaml", (), PageSpec())


def make_table(name: str, text: str) -> Resource:
    from tests.make import make_resource

    return make_resource(text, name)
