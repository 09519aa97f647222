"""`verify` holds each row that a page shows in full against the line of the published file that the page names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from portal.verify import check_leads
from portal.verify.reader import read_page
from portal.verify.standing import check_standing

FILE = 'id,value,note\nold,1270,"two\nlines"\nnew,1248,\n'
DIGEST = hashlib.sha256(FILE.encode()).hexdigest()[:8]
PAGE = (
    '<section class="mc-row" id="old">'
    f'<p>Line 2 of <a href="x.csv">figures.csv</a>, version 1, fingerprint <code>{DIGEST}</code>.</p>'
    '<dl data-table="children/figures"><dt>Id<dd>old<dt>Value<dd>1270<dt>Note<dd>two\nlines</dl></section>'
    '<section class="mc-row" id="new"><p>Line 4 of <a href="x.csv">figures.csv</a>, '
    f"fingerprint <code>{DIGEST}</code>.</p>"
    '<dl data-table="children/figures"><dt>Id<dd>new<dt>Value<dd>1248</dl></section>'
)


def faults(folder: Path, page: str) -> list[str]:
    for name, text in {"datasets/children/rows/index.html": page, "data/children/figures.csv": FILE}.items():
        path = folder / name
        path.parent.mkdir(parents=True)
        path.write_bytes(text.encode())
    return [problem.code for problem in check_standing(folder)]


def test_a_page_that_says_what_the_file_holds_is_right(tmp_path):
    assert faults(tmp_path, PAGE) == []


@pytest.mark.parametrize(
    ("truth", "lie"),
    [
        ("<dd>1248", "<dd>1249"),
        ("Line 4", "Line 3"),
        (f"fingerprint <code>{DIGEST}", "fingerprint <code>00000000"),
        ('id="new"', 'id="newer"'),
        ("<dt>Value<dd>1248", ""),
        ("children/figures", "children/no-such-file"),
    ],
)
def test_what_the_file_does_not_hold_is_found(tmp_path, truth, lie):
    assert truth in PAGE
    assert set(faults(tmp_path, PAGE.replace(truth, lie))) == {"wrong-row"}


def test_the_link_of_a_number_leads_to_the_row_that_it_names(tmp_path):
    page = tmp_path / "index.html"
    page.write_text(
        '<a class="mc-number" href="rows/#one" data-rows="one">5</a>'
        '<a class="mc-number" href="rows/#two" data-rows="one">5</a>',
        encoding="utf-8",
    )
    assert [p.message for p in check_leads("index.html", read_page(page))] == [
        "the number of the row one leads to rows/#two"
    ]
