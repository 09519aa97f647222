"""A register on its page: as a table, as cards, as a timeline, and each entry with its thread."""

from __future__ import annotations

import re

import pytest
from make import make_dataset, make_htmls, make_register, make_row
from markupsafe import Markup

from portal.pages.finds import find_entries
from portal.pages.registers import figure_words
from portal.pages.wording import event_date

RISKS = (
    "id,title,text,score,score_printed,figures,flags,note\n"
    "fire,Fire <hot>,It burns.,1200,twelve hundred,in-care,,\n"
    "flood,Flood,It is wet.,,,,blank,Nobody scored it.\n"
)
DATES = (
    "id,title,text,date_start,date_end,precision,role,note\n"
    "never,Never,No day.,,,none,planned,\n"
    "late,Late,A day.,2024-05-02,2024-05-02,day,happened,\n"
    "early,Early,A year.,2023-01-01,2023-12-31,year,published,\n"
)


def page_of(folder, csv_text, form, columns, **types):
    page = f"registers: [{{resource: risks, caption: The list, form: {form}, columns: [{columns}]}}]"
    return make_htmls(folder, make_dataset("id\nin-care\n"), make_register(csv_text, page=page, **types))


@pytest.mark.parametrize("form", ["table", "cards"])
def test_a_number_leads_to_its_row_and_names_its_cell(tmp_path, form):
    html = page_of(tmp_path, RISKS, form, "title, score", score="integer")["datasets/risks/"]
    assert 'href="../../datasets/risks/rows/#fire" data-cell="risks/risks/fire/score">1,200</a>' in html
    assert html.count("data-cell") == 1


@pytest.mark.parametrize("form", ["table", "cards"])
def test_a_blank_cell_says_so_and_is_no_zero(tmp_path, form):
    html = page_of(tmp_path, RISKS, form, "title, score", score="integer")["datasets/risks/"]
    assert '<span class="mc-missing">left blank</span>' in html
    assert "data-quality/#flag-blank" in html


@pytest.mark.parametrize("form", ["table", "cards"])
def test_what_an_entry_says_is_escaped(tmp_path, form):
    pages = page_of(tmp_path, RISKS, form, "title", score="integer")
    for url in ("datasets/risks/", "datasets/risks/rows/"):
        assert "Fire &lt;hot&gt;" in pages[url]
        assert "<hot>" not in pages[url]


@pytest.mark.parametrize(("form", "columns"), [("table", "title, figures"), ("cards", "title")])
def test_figures_of_another_package_stand_beside_an_entry(tmp_path, form, columns):
    html = page_of(tmp_path, RISKS, form, columns, score="integer")["datasets/risks/"]
    (beside,) = re.findall(r'children/rows/#in-care" data-rows="in-care">.*?2024', html)
    assert Markup(f"<a {beside}").striptags() == "1,248 Children in care, 31 March 2024"
    assert '"../../measures/in-care/"' in beside


def test_every_entry_has_a_section_with_the_token_as_printed(tmp_path):
    html = page_of(tmp_path, RISKS, "table", "title", score="integer")["datasets/risks/rows/"]
    assert re.findall(r'<section class="mc-row" id="([^"]+)"', html) == ["fire", "flood"]
    assert 'score: <mark class="mc-printed">twelve hundred</mark>' in html
    assert "section 2" in html
    assert "Nobody scored it." in html


def test_a_timeline_is_in_order_of_date_and_what_has_none_stands_last(tmp_path):
    html = page_of(tmp_path, DATES, "timeline", "title", date_start="date", date_end="date")["datasets/risks/"]
    assert re.findall(r'mc-date">([^<]+)</p><h3 [^>]+><a [^>]+>(\w+)<', html) == [
        ("2023", "Early"),
        ("2 May 2024", "Late"),
        ("no date given, planned", "Never"),
    ]


def test_a_register_shown_in_two_ways_has_two_addresses(tmp_path):
    line = "{{resource: risks, caption: C {0}, form: {0}, columns: [title]}}"
    page = f"registers: [{line.format('table')}, {line.format('cards')}]"
    html = make_htmls(tmp_path, make_dataset("id\nin-care\n"), make_register(RISKS, page=page, score="integer"))
    page = html["datasets/risks/"]
    assert 'id="register-risks"' in page
    assert 'id="register-risks-2"' in page


def test_a_figure_beside_an_entry_says_when_it_is_a_target():
    row = make_row(kind="target", period="March 2026")
    assert figure_words(row, "").endswith(", target, March 2026")


def test_the_documents_of_a_register_are_listed_as_sources(tmp_path):
    html = page_of(tmp_path, RISKS, "table", "title", score="integer")["datasets/risks/"]
    assert "Annual report on children in care</a>, 2 May 2024" in html


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2024-05-02", "2024-05-02", "day", "2 May 2024"),
        ("2024-05-02", "", "day", "2 May 2024"),
        ("2017-10-09", "2017-11-02", "day", "9 October to 2 November 2017"),
        ("2021-10-18", "2021-10-22", "day", "18 to 22 October 2021"),
        ("2020-12-31", "2021-01-04", "day", "31 December 2020 to 4 January 2021"),
        ("2021-06-01", "2021-11-30", "month", "June to November 2021"),
        ("2016-04-01", "2017-03-31", "year", "2016/17"),
        ("2017-04-01", "2020-03-31", "year", "2017 to 2020"),
        ("2014-07-01", "2014-07-31", "month", "July 2014"),
        ("2025-01-01", "2025-03-31", "quarter", "January to March 2025"),
        ("2026-01-01", "2026-12-31", "year", "2026"),
        ("", "", "none", "no date given"),
    ],
)
def test_a_date_is_said_no_finer_than_it_is_known(start, end, precision, words):
    assert event_date({"date_start": start, "date_end": end, "precision": precision}) == words


def test_the_search_finds_what_a_register_holds():
    (found,) = find_entries(make_register("id,title,text\na,Too few places,Schools are full.\n"))
    assert found == ("datasets/risks/rows/#a", "Too few places", "Schools are full.")
