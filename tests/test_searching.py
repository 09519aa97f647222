"""The files of the search: what is a word, what is found, how it is weighed, and that no file grows with the portal."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace

import pytest
from make import make_dataset, make_portal, make_reference

from portal.made import Page
from portal.searching import make_search, read_meanings
from portal.searching.figures import make_printed
from portal.searching.index import FOLDER, MOST, RECORDS, SHELF, fill_shelves, shelf_of
from portal.searching.records import make_records
from portal.searching.words import bare_number, split_words, telling_words
from portal.spec import FigureSpec

ROWS = 'id,value,printed,kind\nold,1270,,actual\nnew,1248,"1,248",actual\naim,1000,,target\n'


def read(files) -> dict[str, object]:
    return {file.path.removeprefix(f"{FOLDER}/"): json.loads(file.content) for file in files}


def search_of(*datasets, pages=(), reference=None, entries=()):
    portal = make_portal(*datasets)
    portal = replace(portal, reference=reference) if reference else portal
    own = [Page("measures/in-care/", "Children in care", "What is counted.", ""), *pages]
    return read(make_search(portal, own, "Otherton", entries))


def record_of(files, url):
    return next(r for name, shelf in files.items() if name.startswith("d") for r in shelf if r[0] == url)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Children’s homes, 2017", ["children", "homes", "2017"]),
        ("the council's café", ["the", "council", "cafe"]),
        ("re-referral (A1)", ["re", "referral", "a1"]),
        ("about £5.8 million a year", ["about", "a", "year"]),
        ("section 47 and 12345", ["section", "47", "and"]),
        ("", []),
    ],
)
def test_what_is_a_word(text, words):
    assert split_words(text) == words


def test_words_that_stand_in_every_question_tell_nothing():
    assert telling_words("How many children are in care?") == ["children", "care"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,248", "1248"), ("£5.8m", "5.8"), ("97.40%", "97.4"), ("284.61", "284.61"), ("007", "7"), ("none", "")],
)
def test_the_digits_of_a_number(text, number):
    assert bare_number(text) == number


def test_a_measure_is_shown_with_its_newest_figure_its_time_and_its_place():
    _, title, kind, _, *told = record_of(search_of(make_dataset(ROWS)), "measures/in-care/")
    assert (title, kind) == ("Children in care", "measure")
    assert told == ["1,248", "31 March 2024, Otherton", "new", "children"]


def test_a_measure_holds_the_newest_figure_of_each_other_place_for_those_who_ask_for_it():
    rows = "id,value,area,kind,period_end,period\n"
    rows += "own,1248,otherton,actual,2024-03-31,31 March 2024\n"
    rows += "there-old,90,town,actual,2023-03-31,31 March 2023\n"
    rows += "there,91,town,actual,2024-03-31,31 March 2024\n"
    rows += "aim,95,county,target,2024-03-31,31 March 2024\n"
    areas = {name: {"code": name, "name": name.title()} for name in ("otherton", "town", "county")}
    files = search_of(make_dataset(rows), reference=replace(make_reference(), areas=areas))
    record, places = record_of(files, "measures/in-care/"), files["words.json"]["places"]
    assert record[4:7] == ["1,248", "31 March 2024, Otherton", "own"]
    assert places == ["Otherton", "Town", "County"]
    assert record[8] == [[places.index("Town"), "91", "31 March 2024", "there", "children"]]


def test_a_figure_that_is_hard_to_believe_is_not_shown():
    files = search_of(make_dataset("id,value,flags\nold,1270,\nnew,0,implausible\n"))
    assert record_of(files, "measures/in-care/")[4] == "1,270"


@pytest.mark.parametrize(
    ("headline", "told"),
    [("newest", ["1,248", "Children in care, 31 March 2024, Otherton", "new", "children"]), ("aimed", []), ("", [])],
)
def test_a_dataset_is_shown_with_the_number_that_stands_first_on_its_page_when_somebody_counted_it(headline, told):
    figures = (FigureSpec("newest", "value", ("new",)), FigureSpec("aimed", "value", ("aim",)))
    dataset = make_dataset(ROWS)
    dataset = replace(dataset, page=replace(dataset.page, headline=headline, figures=figures))
    page = Page("datasets/children/", "How many children?", "In care.", "")
    assert record_of(search_of(dataset, pages=[page]), page.url)[4:] == told


def test_help_is_found_by_its_own_number_and_no_portal_without_it_names_one():
    help_page = Page("young-people/", "Growing up", "", "", finds=(("young-people/#help", "Need to talk?", "Call."),))
    files = search_of(make_dataset(ROWS), pages=[help_page])
    held = [record for name in sorted(files) if name.startswith("d") for record in files[name]]
    assert held[files["words.json"]["help"]][:3] == ["young-people/#help", "Need to talk?", "help"]
    assert search_of(make_dataset(ROWS))["words.json"]["help"] == -1


def test_a_measure_is_found_by_the_places_it_counts():
    hits = search_of(make_dataset(ROWS))["w0.json"]["otherton"]
    assert hits


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("id,value,kind\naim,1000,target\n", "No figure that was counted"),
        ("id,value\ngap,x\n", "No figure: "),
        ("id,value\nold,1270\ngap,x\n", "31 March 2024, Otherton"),
    ],
)
def test_a_measure_without_a_figure_says_so_in_words(rows, said):
    record = record_of(search_of(make_dataset(rows)), "measures/in-care/")
    assert record[5].startswith(said)
    assert bool(record[4]) is not said.startswith("No figure")


def test_a_printed_number_leads_to_the_row_that_shows_it():
    one = make_dataset('id,value,printed\na,1248,"1,248"\nb,97.4,97.40%\n')
    files = search_of(one)
    numbers = {key: rows for name, shelf in files.items() if name.startswith("n") for key, rows in shelf.items()}
    assert [row[3] for row in numbers["1248"]] == ["datasets/children/rows/#a"]
    assert [row[3] for row in numbers["97.4"]] == ["datasets/children/rows/#b"]
    assert numbers["1248"][0][:3] == ["1,248", "Children in care", "31 March 2024, Otherton"]


def test_the_word_of_a_title_weighs_more_than_that_of_a_text():
    pages = [Page("topics/a/", "Harbours", "Of ships.", ""), Page("topics/b/", "Ships", "Of harbours.", "")]
    files = search_of(make_dataset(ROWS), pages=pages)
    order = [record[0] for name in sorted(files) if name.startswith("d") for record in files[name]]
    hits = next(shelf["harbours"] for name, shelf in files.items() if name.startswith("w0"))
    assert [order[number] for number in hits[::2]] == ["topics/a/", "topics/b/"]
    assert hits[1] > hits[3]


def test_pages_written_by_hand_and_their_parts_are_found():
    entries = [{"location": "about/#why", "title": "Why &amp; how", "text": "<p>A quince.</p>"}]
    assert record_of(search_of(make_dataset(ROWS), entries=entries), "about/#why")[1:4] == [
        "Why & how",
        "part",
        "A quince.",
    ]


def test_words_explained_are_found_where_the_portal_has_the_page():
    reference = replace(
        make_reference(),
        glossary={"placement": {"term": "placement", "meaning": "A home."}},
        jargon={"placed": {"word": "placed", "term": "placement"}},
    )
    files = search_of(
        make_dataset(ROWS), reference=reference, pages=[Page("glossary/", "Words", "What they mean.", "")]
    )
    assert record_of(files, "glossary/#placement")[2:4] == ["word", "A home."]
    assert "placed" in files["words.json"]["words"]


def test_a_cell_may_hold_several_meanings():
    reference = replace(make_reference(), search_words={"kids": {"means": "children; young people"}})
    assert list(read_meanings(reference)) == [("kids", "children"), ("kids", "young people")]


def test_a_question_without_a_page_is_not_offered():
    examples = {n: {"question": f"{n}?", "leads_to": url} for n, url in (("a", "measures/in-care/"), ("b", "gone/"))}
    files = search_of(make_dataset(ROWS), reference=replace(make_reference(), search_examples=examples))
    assert files["words.json"]["examples"] == [["a?", "measures/in-care/"]]


def test_every_word_stands_on_the_shelf_where_it_is_looked_for():
    words = {f"word{number:04}": [1] * 300 for number in range(200)}
    shelves = list(fill_shelves(sorted(words.items()), list))
    firsts = [next(iter(shelf)) for shelf in shelves]
    assert len(shelves) > 5
    assert all(word in shelves[shelf_of(firsts, word)] for word in words)
    assert shelf_of(firsts, "aaa") == -1


def test_no_file_but_the_list_of_words_grows_with_the_portal():
    pages = [Page(f"topics/t{n}/", f"Ships and harbours {n}", "Of a town.", "") for n in range(2000)]
    portal = make_portal(make_dataset(ROWS))
    files = make_search(portal, pages, "Otherton", ())
    shelves = [file for file in files if not file.path.endswith("words.json")]
    assert max(len(file.content) for file in shelves) < max(SHELF, RECORDS * 500) + 12 * MOST
    (words,) = (file for file in files if file.path.endswith("words.json"))
    assert len(gzip.compress(words.content)) < 10_000


def test_the_same_portal_gives_the_same_bytes():
    portal, pages = make_portal(make_dataset(ROWS)), [Page("topics/a/", "Harbours", "Of ships.", "")]
    records = make_records(portal, pages, (), "Otherton")
    assert records == make_records(portal, pages[::-1], (), "Otherton")
    assert make_printed(portal) == make_printed(portal)
    assert make_search(portal, pages, "Otherton", ()) == make_search(portal, pages, "Otherton", ())
