"""The verdicts, counts and blanks of a page, worked out again from the published rows."""

from __future__ import annotations

import pytest
from make import make_dataset, make_portal

from portal.verify.reader import Reader
from portal.verify.verdicts import check_verdicts

MEASURES = """id,label,unit,polarity
late,Late visits,visits,lower
in-time,Checks in time,percent,higher
in-care,Children in care,children,neither
"""
PORTAL = make_portal(
    make_dataset(
        "id,measure,kind,value,printed,flags\n"
        "late,late,actual,6,6,\nlate-aim,late,target,5,5,\n"
        "fast,in-time,actual,90,90,\nfast-aim,in-time,target,90,90,\nfast-before,in-time,actual,80,80,\n"
        "many,in-care,actual,10,10,\nmany-aim,in-care,target,20,20,\n"
        "empty,late,actual,x,,blank\nhidden,late,actual,c,[c],\nunsaid,late,actual,x,,\n",
        measures_csv=MEASURES,
    )
)
ROWS = {
    row.id: {"value": row.text, "printed": row.printed, "kind": row.kind, "flags": ";".join(row.flags)}
    for row in PORTAL.datasets[0].observations
}


def told(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    return [problem.code for problem in check_verdicts("index.html", reader, ROWS, PORTAL)]


def verdict(word: str, rows: str) -> str:
    return f'<span data-verdict="{word}" data-figures="{rows}">{word}</span>'


def count(word: str, rows: str, text: str) -> str:
    return f'<span data-count="{word}" data-rows="{rows}">{text}</span>'


RIGHT = verdict("misses", "late late-aim") + verdict("meets", "fast fast-aim") + verdict("neither", "many many-aim")


@pytest.mark.parametrize(
    "html",
    [
        RIGHT,
        RIGHT + count("misses", "late", "1") + count("meets", "fast", "1") + count("neither", "many", "1"),
        '<a data-blank="empty">Target</a>',
    ],
)
def test_what_the_rows_say_is_let_through(html):
    assert told(html) == []


@pytest.mark.parametrize(
    ("word", "rows"),
    [
        ("meets", "late late-aim"),
        ("misses", "fast fast-aim"),  # it is at the target
        ("meets", "many many-aim"),  # nobody says which way is better
        ("misses", "many many-aim"),
        ("meets", "fast fast-before"),  # a figure of before is no target
        ("meets", "fast"),
        ("misses", "empty late-aim"),
        ("misses", "nowhere late-aim"),
    ],
)
def test_a_verdict_that_the_rows_do_not_bear_out_is_found(word, rows):
    assert told(verdict(word, rows)) == ["wrong-verdict"]


@pytest.mark.parametrize(
    "counted",
    [
        count("misses", "late", "2"),
        count("misses", "fast", "1"),
        count("meets", "late fast", "2"),
        count("meets", "", "1"),
    ],
)
def test_a_count_of_rows_that_have_another_verdict_or_are_not_so_many_is_found(counted):
    assert "wrong-number" in told(RIGHT + counted)


@pytest.mark.parametrize("row", ["late", "hidden", "unsaid", "nowhere"])
def test_a_cell_that_is_not_blank_may_not_be_called_so(row):
    assert told(f'<a data-blank="{row}">Target</a>') == ["wrong-number"]
