"""The policy pages say what is true of the portal they stand in, and lead only to pages that it has."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from make import COMMON, make_dataset, make_htmls, make_plain, make_portal, make_settings
from markupsafe import Markup

from portal.pages import make_markdown
from portal.pages.policies import make_licence, make_methods
from portal.pages.render import make_renderer
from portal.validate.publisher import check_publisher

TEMPLATES = COMMON.parents[2] / "site_templates" / "pages"
BY_HAND = ("about.md", "privacy.md", "accessibility.md", "corrections.md")
PLAIN = make_plain("year,visits\n2023,5\n", types={"visits": "integer"})


def methods(*datasets, made=()):
    renderer = make_renderer(TEMPLATES, make_portal(*datasets), {}, {}, "Otherton", "31 January 2026")
    return make_methods(renderer, made)


def words_of(html):
    return " ".join(Markup(html).striptags().split())


def test_methods_names_the_series_of_the_figures_with_rounding_and_revisions_and_no_other():
    dataset = make_dataset("id,series\na,council-reports\n")
    series = make_portal(dataset).reference.series
    html = methods(dataset).html
    assert all(
        series["council-reports"][name] in words_of(html) for name in ("label", "definition", "rounding", "revisions")
    )
    assert [entry["label"] for entry in series.values() if f"<summary>{entry['label']}<" in html] == [
        series["council-reports"]["label"]
    ]


def test_methods_tells_official_statistics_from_management_information():
    dataset = make_dataset("id,series\na,council-reports\nb,national-statistics\n")
    headings = re.findall(r"<h3>(.*?)</h3>", methods(dataset).html)
    assert headings == ["The ministry official statistics", "Council management information"]


def with_series(portal, **changes):
    """The series of reports, or the other, with some cells changed."""
    names = {"reports": "council-reports", "statistics": "national-statistics"}
    known = portal.reference.series
    series = {**known, **{names[name]: {**known[names[name]], **cells} for name, cells in changes.items()}}
    return replace(portal, reference=replace(portal.reference, series=series))


TWO = "id,series\na,council-reports\nb,national-statistics\n"


def headings_of(**changes):
    portal = with_series(make_portal(make_dataset(TWO)), **changes)
    html = make_methods(make_renderer(TEMPLATES, portal, {}, {}, "Otherton", "31 January 2026"), ()).html
    return re.findall(r"<h3>(.*?)</h3>", html)


def test_official_statistics_of_two_publishers_bear_the_name_of_neither():
    both = {"type": "official-statistics", "publisher": "Another office"}
    assert headings_of(reports=both) == ["Official statistics"]
    assert headings_of(reports={**both, "publisher": "The ministry"}) == ["The ministry official statistics"]


def test_a_series_of_a_type_that_the_page_has_no_words_for_is_named_all_the_same():
    assert headings_of(reports={"type": "survey"}) == ["The ministry official statistics", "Other figures"]


def test_methods_tells_of_rows_that_we_worked_out_only_where_there_are_some():
    ours, printed = (methods(make_dataset(f"id,flags,note\na,{flag},N.\n")).html for flag in ("derived", ""))
    assert "is one that no document prints" in ours
    assert "is one that no document prints" not in printed


def test_methods_of_a_portal_of_plain_tables_says_nothing_of_rows_and_printed_numbers():
    page = methods(PLAIN)
    assert [anchor for anchor, _ in page.toc] == ["plain", "small", "checks"]
    assert "printed" not in page.html
    assert 'href="../datasets/visits/"' in page.html


@pytest.mark.parametrize("place", ["scorecard/", "promises/"])
def test_methods_leads_only_to_pages_that_were_made(place):
    dataset = make_dataset("id,value\na,5\n")
    assert f'href="../{place}"' not in methods(dataset).html
    assert f'href="../{place}"' in methods(dataset, made=[place]).html


def test_every_part_of_methods_has_its_place_on_the_page():
    page = methods(make_dataset("id,value\na,5\n"), PLAIN)
    assert len(page.toc) > 5
    assert all(f'id="{anchor}"' in page.html for anchor, _ in page.toc)


def test_the_licence_page_takes_titles_and_addresses_from_the_packages(tmp_path):
    licence = {
        "name": "ODbL-1.0",
        "title": "Open Database License",
        "path": "https://opendatacommons.org/licenses/odbl/",
    }
    html = make_htmls(tmp_path, make_plain("year\n2023\n", licenses=[licence]))["licence/"]
    assert re.search(
        r'<a href="https://opendatacommons.org/licenses/odbl/" rel="[^"]*">Open Database License</a>', html
    )
    assert 'href="../datasets/visits/"' in html


def test_the_licence_page_says_what_the_licence_of_a_document_asks_to_be_said():
    portal = make_portal(make_dataset("id,value\na,5\n"))
    release = {"id": "release", "title": "The release", "licence": "OGL-UK-3.0"}
    portal = replace(portal, reference=replace(portal.reference, sources={"release": release}))
    html = make_licence(make_renderer(TEMPLATES, portal, {}, {}, "Otherton", "31 January 2026")).html
    assert '<a href="../sources/#release">The release</a>' in html
    assert "Contains public sector information licensed under the Open Government Licence v3.0." in html


def test_a_document_that_names_no_licence_is_under_none_that_we_know_of():
    portal = make_portal(make_dataset("id,value\na,5\n"))
    paper = {"id": "paper", "title": "The paper", "licence": ""}
    portal = replace(portal, reference=replace(portal.reference, sources={"paper": paper}))
    html = make_licence(make_renderer(TEMPLATES, portal, {}, {}, "Otherton", "31 January 2026")).html
    assert "<h3>No licence named</h3>" in html
    assert "Open Government Licence" not in html


def test_the_licence_of_words_and_charts_is_the_portals_own_or_none(tmp_path):
    own = {"title": "CC0", "credit": "Otherton."}
    assert "names no licence for the words" in make_htmls(tmp_path, PLAIN)["licence/"]
    assert "are under CC0. Say: “Otherton.”" in words_of(make_htmls(tmp_path, PLAIN, licence=own)["licence/"])


def test_a_page_says_that_there_is_no_address_while_it_only_holds_the_place(tmp_path):
    pages = make_markdown(make_settings(tmp_path, contact="The address for corrections is not set yet."))
    assert "There is no address for corrections yet" in pages["corrections.md"]
    assert "not set yet" not in "".join(pages.values())


def test_an_address_is_a_link_on_every_page_that_names_it(tmp_path):
    pages = make_markdown(make_settings(tmp_path, contact="Write to <us> at data@otherton.test."))
    link = 'Write to &lt;us&gt; at <a href="mailto:data@otherton.test">data@otherton.test</a>.'
    assert link in pages["corrections.md"]
    assert link in pages["accessibility.md"]
    assert "no address" not in "".join(pages.values())


def test_only_a_portal_that_says_so_is_no_council_service(tmp_path):
    said = "not a council service"
    assert said not in "".join(make_markdown(make_settings(tmp_path)).values())
    independent = make_markdown(make_settings(tmp_path, independent=True))
    assert [name for name in BY_HAND if said in independent[name]] == ["about.md", "accessibility.md", "corrections.md"]
    assert said not in make_htmls(tmp_path, make_dataset("id,value\na,5\n"))[""]


@pytest.mark.parametrize("name", BY_HAND)
def test_a_page_of_another_council_says_nothing_of_ours(tmp_path, name):
    text = make_markdown(make_settings(tmp_path))[name]
    assert not re.search(r"Manchester|Department for Education|DfE|Ofsted|\d{3,}(?! pixels)", text)


def test_a_placeholder_is_a_warning_with_its_line():
    lines = {"site_url": 2, "extra.portal.contact": 9}
    told = list(check_publisher({"contact": "later"}, "https://example.org/", lines, "mkdocs.yml"))
    assert [(p.code, p.line, p.severity) for p in told] == [
        ("placeholder-contact", 9, "warning"),
        ("placeholder-site-url", 2, "warning"),
    ]


def test_what_is_missing_is_a_warning_too_and_what_is_there_is_none():
    assert len(list(check_publisher({}, "", {}, "mkdocs.yml"))) == 2
    assert not list(check_publisher({"contact": "data@otherton.test"}, "https://otherton.test/", {}, "mkdocs.yml"))
