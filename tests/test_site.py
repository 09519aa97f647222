"""What is written to the disk: addresses, search entries."""

from __future__ import annotations

import pytest

from portal.errors import PortalError
from portal.made import OutputFile, Page


@pytest.fixture
def site():
    """The module; late, so that the rest of the tests run where mkdocs is missing."""
    from portal import site

    return site


def test_two_things_that_want_one_address_stop_the_build(site, tmp_path):
    with pytest.raises(PortalError, match="two things want this address"):
        site.write_files(tmp_path, [OutputFile("a.csv", b"1"), OutputFile("a.csv", b"2")])


def test_search_entries_are_escaped_and_a_page_comes_before_its_parts(site):
    part = ("datasets/a/rows/#x", "5 < 6", "<i>one day</i>")
    page = Page("datasets/a/", "A & <b>", "", "", search_text="<script>", finds=(part,))
    pages = [page, Page("datasets/a/rows/", "Rows", "", "")]
    entries = site.search_entries(pages)
    assert [entry["location"] for entry in entries] == ["datasets/a/", "datasets/a/rows/", "datasets/a/rows/#x"]
    assert [entry["title"] for entry in entries] == ["A &amp; &lt;b&gt;", "Rows", "5 &lt; 6"]
    assert not any("<" in entry["text"] for entry in entries)
