"""`verify` holds each step of a row's thread against the cells of the row."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.verify.told import check_told, is_place

RECORD = {
    "id": "in-care",
    "measure": "lac-number",
    "basis": "point-in-time",
    "period": "15 January 2016",
    "printed": "1,280",
    "source": "care-paper",
    "locator": "§3.1/table/row:Total: all/col:FTE",
}
SECTION = (
    '<section class="mc-row" id="in-care"><h2>1,280 <span class="mc-row__date">15 January 2016</span></h2>'
    '<p class="mc-row__label"><a href="../../../measures/lac-number/">children in care</a>, Manchester</p>'
    '<ol><li><p>The document</p><p><a href="../../../sources/#care-paper">Care paper</a></p></li>'
    "<li><p>The place in it</p><p>section 3.1, table, row “Total: all”, column “FTE”</p></li>"
    '<li><p>As printed</p><p><mark class="mc-printed">1,280</mark></p></li></ol></section>'
)


def faults(folder: Path, section: str) -> list[str]:
    page, measures = folder / "datasets/care/rows/index.html", folder / "data/care/measures.csv"
    for path in (page, measures):
        path.parent.mkdir(parents=True, exist_ok=True)
    measures.write_text("id,label,plain_label\nlac-number,Looked after,children in care\n", encoding="utf-8")
    page.write_text(section, encoding="utf-8")
    return [problem.message for problem in check_told(page, folder, {"in-care": RECORD})]


def test_a_thread_that_says_what_the_cells_say_is_right(tmp_path):
    assert faults(tmp_path, SECTION) == []


@pytest.mark.parametrize(
    ("truth", "lie", "what"),
    [
        ("15 January 2016", "16 January 2016", "period"),
        ("measures/lac-number/", "measures/lac-rate/", "measure"),
        ("children in care", "children who left care", "measure"),
        ("sources/#care-paper", "sources/#other-paper", "document"),
        ("section 3.1", "section 3.2", "place"),
        ("row “Total: all”, column “FTE”", "column “FTE”, row “Total: all”", "place"),
        ("“FTE”", "“FTE”, slide 4", "place"),
        ("The place in it", "Where", "place"),
        ('printed">1,280', 'printed">1,208', "printed token"),
        ('<mark class="mc-printed">1,280</mark>', "", "printed token"),
    ],
)
def test_a_step_that_says_otherwise_is_named(tmp_path, truth, lie, what):
    assert truth in SECTION
    assert all(f"another {what}" in message for message in faults(tmp_path, SECTION.replace(truth, lie)))
    assert faults(tmp_path, SECTION.replace(truth, lie))


@pytest.mark.parametrize(
    ("words", "locator", "same"),
    [
        ("section 3, bullet 15", "§3/bullet:15", True),
        ("section 3, bullet 5", "§3/bullet:15", False),
        ("section 13, bullet 15", "§3/bullet:15", False),
        ("scorecard “Permanence”, row 3", "scorecard:Permanence/row:3", True),
    ],
)
def test_the_place_is_read_from_the_locator(words, locator, same):
    assert is_place(words, locator) is same
