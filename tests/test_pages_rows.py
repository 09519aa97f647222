"""The page of rows: each number with its file, line and version, and what we worked out with its sum."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
from make import make_dataset, make_htmls, make_plain, make_register

CHANGE = "figures:\n  - {id: gap, show: change, rows: [old, new]}\n  - {id: way, show: direction, rows: [old, new]}\n"
YEARS = (
    "id,period_start,period_end,value,note\n"
    'old,2023-03-31,2023-03-31,1270,"two\nlines"\n'
    "new,2024-03-31,2024-03-31,1248,\n"
)
MEAN = "checks:\n  - {id: mean-of-two, mean: [first, second], equals: ours}\n"


def rows_page(folder, dataset) -> str:
    return make_htmls(folder, dataset)[f"datasets/{dataset.slug}/rows/"]


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="mc-row[^"]*" id="{name}">.*?</section>', html, re.S)
    assert found, f"no section {name}"
    return found[0]


def words(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split()).replace(" .", ".").replace(" ,", ",")


def test_a_row_names_the_physical_line_of_its_file(tmp_path):
    html = rows_page(tmp_path, make_dataset(YEARS))
    assert "Line 2 of children.csv" in words(section(html, "old"))
    assert "Line 4 of children.csv" in words(section(html, "new"))  # the row before it takes two lines
    assert 'href="../../../data/children/children.csv"' in section(html, "new")


def test_a_row_names_the_version_of_its_file_and_the_sum_that_tells_two_files_apart(tmp_path):
    dataset = make_dataset(YEARS)
    dataset = replace(dataset, descriptor={**dataset.descriptor, "version": "2026.1"})
    digest = hashlib.sha256(dataset.resources[0].content).hexdigest()
    said = words(section(rows_page(tmp_path, dataset), "new"))
    assert f"version 2026.1, fingerprint {digest[:8]}." in said


def test_a_package_without_a_version_still_names_its_file(tmp_path):
    dataset = make_dataset(YEARS)
    dataset = replace(dataset, descriptor={k: v for k, v in dataset.descriptor.items() if k != "version"})
    assert re.search(
        r"Line 4 of children\.csv, fingerprint [0-9a-f]{8}\.", words(section(rows_page(tmp_path, dataset), "new"))
    )


def test_the_row_in_full_holds_every_cell_and_names_the_empty_ones(tmp_path):
    dataset = make_dataset(YEARS)
    (record,) = [r for r in dataset.resources[0].records() if r["id"] == "new"]
    html = section(rows_page(tmp_path, dataset), "new")
    cells = re.findall(r"<dt>([^<]*)<dd>([^<]*)", html)
    assert [cell for _, cell in cells] == [cell for cell in record.values() if cell]
    empty = re.search(r"Empty in this row: ([^<]*)\.</p>", html)
    assert empty
    assert len(cells) + len(empty[1].split(", ")) == len(record)


def test_a_cell_stays_text(tmp_path):
    html = rows_page(tmp_path, make_dataset('id,note\na,"<b>Bold</b> & <script>x</script>"\n'))
    assert "&lt;script&gt;" in section(html, "a")
    assert "<script>" not in section(html, "a")


def test_a_row_tells_the_address_to_cite_it_by(tmp_path):
    assert 'Cite as <a href="#new">#new</a>' in section(rows_page(tmp_path, make_dataset(YEARS)), "new")


def test_an_entry_of_a_register_stands_in_a_file_too(tmp_path):
    html = rows_page(tmp_path, make_register("id,title,text\nrisk-1,Late plans,Plans may be late.\n"))
    assert "Line 2 of risks.csv" in words(section(html, "risk-1"))
    assert "<dt>title<dd>Late plans" in section(html, "risk-1")


def test_a_change_has_one_place_with_the_sum_in_words_and_both_rows(tmp_path):
    html = rows_page(tmp_path, make_dataset(YEARS, page=CHANGE))
    place = section(html, "change-old-to-new")
    assert "1,248 − 1,270 = −22: 22 fewer" in words(place)
    assert 'rows/#old" data-rows="old">1,270</a>' in place
    assert 'rows/#new" data-rows="new">1,248</a>' in place
    assert html.count('id="change-old-to-new"') == 1  # the change and its direction are made of the same rows


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [("1270", "1270", "1,270 − 1,270 = 0: the same"), ("8.5", "10", "10 − 8.5 = 1.5: 1.5 more")],
)
def test_the_sum_of_a_change_keeps_sign_and_decimals(tmp_path, old, new, said):
    table = f"id,period_end,value\nold,2023-03-31,{old}\nnew,2024-03-31,{new}\n"
    assert said in words(section(rows_page(tmp_path, make_dataset(table, page=CHANGE)), "change-old-to-new"))


def test_a_portal_that_works_nothing_out_has_no_such_places(tmp_path):
    assert "change-" not in rows_page(tmp_path, make_dataset(YEARS))


def test_a_mean_of_ours_names_the_rows_it_is_made_of_and_was_printed_nowhere(tmp_path):
    table = (
        "id,series,value,printed,flags,note\nfirst,a,10,10,,\nsecond,a,20,20,,\nours,a,15,,derived,The mean of two.\n"
    )
    table = table.replace(",a,", ",council-reports,")
    place = section(rows_page(tmp_path, make_dataset(table, page=MEAN)), "ours")
    assert "The mean of 2 rows: ( 10 + 20 ) ÷ 2 = 15" in words(place)
    assert "Nowhere: we worked it out of other rows." in place
    assert "leaves this place empty" not in place


def test_a_plain_package_has_no_page_of_rows(tmp_path):
    dataset = make_plain("year,visits\n2020,1\n")
    assert "datasets/visits/rows/" not in make_htmls(tmp_path, dataset)
