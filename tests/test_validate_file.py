"""What the gate says of a file's bytes and layout; the words it uses are in tests/broken."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import replace

import pytest
from make import make_plain

from portal.csvfile import find_quote_fault, read_records
from portal.model import Field
from portal.resources import read_table
from portal.validate import check_readable
from portal.validate.file.characters import check_characters
from portal.validate.file.kinds import find_kind
from portal.validate.file.layout import check_filled
from portal.validate.file.shapes import plain_name
from portal.validate.places import cell_column, column_letter, name_lines


def make_file(content: bytes, names: str = "", delimiter: str = ","):
    """A resource of these bytes; `names`: the columns that its schema declares."""
    (resource,) = make_plain("a,b\n1,2\n").resources
    frame, lines = read_table(content, delimiter)
    fields = tuple(Field(name, "string") for name in names.split()) or tuple(
        Field(str(name), "string") for name in frame.columns
    )
    return replace(resource, content=content, frame=frame, lines=lines, delimiter=delimiter, fields=fields)


def told(content: bytes, names: str = "", delimiter: str = ","):
    return [(p.code, p.line) for p in check_readable(make_file(content, names, delimiter))]


def seen(text: str):
    """What is said of the characters of a table with this text in its first cell."""
    dataset = make_plain(f'a,b\n"{text}",2\n')
    return [p.code for p in check_characters(dataset)]


# every byte counts


def read_by_csv(content: bytes) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    while rows and not rows[-1]:
        rows.pop()
    return rows


SEEDS = [
    b"quarter,visits\n2024-Q1,310\n2024-Q2,295\n",
    b'\xef\xbb\xbfa,b\r\n"x\r\ny",1\r\n"q""q",2\r\n',
    "name,note\nŁódź,“a”\n日本,\u00a0\n".encode(),
    b"a\n1\n2\n",
]
PIECES = [
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b" ",
    b"\xc3",
    b"Total",
    b";",
    b"\x85",
    b"",
]


def mangle(rng: random.Random) -> bytes:
    content = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(0, 4)):
        start = rng.randrange(len(content) + 1)
        content[start : start + rng.randint(0, 3)] = rng.choice(PIECES)
    return bytes(content)


def test_a_file_is_refused_or_its_frame_is_what_the_csv_module_reads():
    rng = random.Random(5)
    for _ in range(1000):
        content = mangle(rng)
        resource = make_file(content)
        if any(p.severity == "error" for p in check_readable(resource)):
            continue
        header, *rows = read_by_csv(content)
        assert (list(resource.frame.columns), resource.frame.to_numpy().tolist()) == (header, rows), content
        assert len(resource.lines) == len(rows), content


def test_quotes_that_the_reader_refuses_have_a_place():
    rng = random.Random(7)
    for _ in range(3000):
        content = mangle(rng)
        try:
            read_records(content, ",")
        except csv.Error:
            assert find_quote_fault(content, ","), content
        else:
            assert find_quote_fault(content, ",") is None, content


def test_a_ragged_row_keeps_its_text_and_the_rows_around_it():
    frame, lines = read_table(b"a,b\n1\n2,3,four\n5,6\n")
    assert frame.to_numpy().tolist() == [["1", ""], ["2", "3,four"], ["5", "6"]]
    assert lines == (2, 3, 4)


# lines and characters


def test_a_row_is_at_its_physical_line_after_quoted_line_breaks_and_odd_characters():
    _, lines = read_table('a,b\n"x\ny",1\nu\u2028v\x85w,2\n"\r\n\n",3\nlast,4\n'.encode())
    assert lines == (2, 4, 5, 8)


@pytest.mark.parametrize(
    ("row", "field", "column"),
    [('a"b,2', "b", 5), ('"a""b",2', "b", 8), ('"a,""b"",",2', "b", 12), ('"a\nb",2', "b", None), ("1,2", "c", None)],
)
def test_a_cell_is_at_its_character_of_the_line_its_row_starts_on(row, field, column):
    assert cell_column(make_file(f"a,b\n{row}\n".encode()), 2, field) == column


def test_a_character_that_is_no_line_break_shifts_no_line():
    assert cell_column(make_file("a,b\nu\u2028v,1\nw,22\n".encode()), 3, "b") == 3


def test_lines_are_named_as_a_person_would():
    assert [name_lines(n) for n in ([3], [3, 4], [3, 4, 5], [2, 4])] == [
        "line 3",
        "lines 3 and 4",
        "lines 3 to 5",
        "lines 2 and 4",
    ]
    assert name_lines(range(2, 200, 2)) == "lines 2, 4, 6, 8 and 95 more"


def test_columns_are_named_as_in_a_spreadsheet():
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


# what is let through


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n2,\n",  # the last cell may be empty
        b"a,b\n1,2\nx,\nTotal hours,\n",
        b"a,b\n1,2\nx,\nSources of referral,\n",
        b"a,b\nx,suppressed\ny,2\nz,3\n",  # a mark in the first row is no second header
        b"a;b\n1\n2\n",  # one column with a semicolon in its name
        b"month,2023,2024\nMay,1,2\nJune,3,4\n",  # numbers name columns
        b'a,b\n1,"x\ry"\n',  # a carriage return inside quotation marks is text
        b"[a],b\n1,2\n",
        b"{a,b\n1,2\n",
        b"PK,b\n1,2\n",
        b"code\nTotal\n",
    ],
)
def test_what_only_looks_odd_is_let_through(content):
    assert told(content) == []


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "क्\u200dष", "שלום\u200f!", "👩\u200d👧", "❤\ufe0f", "£5 – “ok”", "ÀÂÃ"]
)
def test_the_writing_of_other_languages_keeps_its_joiners(text):
    assert seen(text) == []


# what is told, once each


@pytest.mark.parametrize(
    "text", ["\u202eabc", "ab\u200bc", "\u2066x\u2069", "a\u200d1", "x\u2028y", "a\U000e0041", "a\ufeffb"]
)
def test_what_nobody_sees_is_told(text):
    assert set(seen(text)) == {"hidden-character"}


@pytest.mark.parametrize("text", ["Â£5", "â€™s", "CafÃ©", "Â\u00a05"])
def test_garbled_text_is_a_warning(text):
    assert seen(text) == ["garbled-text"]


@pytest.mark.parametrize(
    ("content", "names", "problems"),
    [
        (b"A title\nmore\na,b\n1,2\n3,4\n", "a b", [("title-lines", 1)]),
        (b"A title\na,b\nx,2\ny,4\n", "", [("title-lines", 1)]),
        (b"Boys,,Girls,\nq,n,q2,n2\nx,1,y,2\n", "", [("two-header-rows", 1)]),
        (b"1,2\n3,4\n", "a b", [("no-header", 1)]),
        (b"b,a\n1,2\n", "a b", [("column-order", 1)]),
        (b"B,a\n1,2\n", "a b", [("label-spelling", 1), ("column-order", 1)]),
        (b"a,a\n1,2\n", "a b", [("duplicate-label", 1)]),
        (b"a,b,\n1,2,\n", "a b", [("empty-column", 1)]),
        (b"a,c\n1,2\n", "a b", [("incorrect-label", 1)]),
        (b"a,b,c,d\n1,2,3,4\n", "a", [("extra-label", 1)] * 3),
        (b"a,b,c,d,e\n1,2,3,4,5\n", "a", [("extra-label", 1)]),
        (b"a\n1\n", "a b c d e", [("missing-label", 1)]),
        (b"a,b\n1,2\n\n\nSource: x\n", "a b", [("lines-below", 5)]),
        (b"a,b\n1,2\n,\nTotal,2\n", "a b", [("lines-below", 4)]),
        (b"a,b\nx,2\ny,3\nTotal,5\n", "a b", [("total-row", 4)]),
        (b"a,b\n" + b"1,2,3\n" * 9, "a b", [("row-width", 2)]),
        (b"a,b\n1,2\r3,4\n", "a b", [("line-ends", 2)]),
        (b'a,b\n"1,2\n3,"x"\n', "a b", [("open-quote", 2)]),
        (b'a,b\n"1"x,2\n', "a b", [("text-after-quote", 2)]),
        (b"a,b\n1," + b"x" * 32_768 + b"\n", "a b", [("long-cell", 2)]),
        (b"\xef\xbb\xbf \n", "a b", [("empty-file", 1)]),
        (b"\n\n,\n", "a b", [("no-header", 1)]),
    ],
)
def test_one_cause_is_told_once(content, names, problems):
    assert told(content, names) == problems


def test_a_hidden_character_in_a_number_is_told_once_and_not_as_a_number_as_well():
    dataset = make_plain("a,visits\nx,\u200e12\n", types={"visits": "integer"})
    (problem,) = check_characters(dataset)
    assert (problem.line, problem.column, problem.field) == (2, 3, "visits")


def test_a_row_too_many_is_told(monkeypatch):
    monkeypatch.setattr("portal.validate.file.bytes.MOST_ROWS", 3)
    assert told(b"a,b\n1,2\n3,4\n") == []
    assert told(b"a,b\n1,2\n3,4\n5,6\n") == [("too-many-rows", 4)]


def test_a_file_that_is_too_large_is_told(monkeypatch):
    monkeypatch.setattr("portal.validate.file.bytes.LARGEST", 5)
    assert told(b"a,b\n1,2\n") == [("file-too-large", None)]


def test_a_header_alone_is_told():
    assert [p.code for p in check_filled(make_plain("a,b\n"))] == ["no-rows"]


def test_a_total_that_the_schema_knows_is_a_group():
    resource = make_file(b"a,b\nx,2\ny,3\nTotal,5\n")
    known = Field("a", "string", constraints={"enum": ["x", "y", "Total"]})
    assert list(check_readable(replace(resource, fields=(known, resource.fields[1])))) == []


def test_a_table_that_is_as_wide_and_as_long_as_may_be_passes():
    names = [f"c{number}" for number in range(1000)]
    assert told(f"{','.join(names)}\n{'1,' * 999}1\n".encode()) == []
    assert told(f"{','.join([*names, 'd'])}\n{'1,' * 1000}1\n".encode()) == [("too-many-columns", 1)]
    assert told(b"a,b\n" + b"x" * 32_767 + b",1\n") == []
    assert told(b"a,b\n" + b"x" * 32_768 + b",1\n") == [("long-cell", 2)]


def test_a_header_alone_whose_names_semicolons_separate_is_told():
    assert told(b"area;year;children\n") == [("wrong-separator", 1)]


def test_names_of_signs_alone_are_not_alike():
    assert plain_name("%") != plain_name("£")
    assert plain_name("% ") != plain_name("")


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xd0\xcf\x11\xe0", ".xls"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", ".rtf"),
        (b"\x89PNG\r\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"\x1f\x8b\x08", ".gz"),
        (b"BZh9", ".bz2"),
        (b"7z\xbc\xaf'\x1c", ".7z"),
        (b"PAR1", "Parquet"),
        (b"SQLite format 3\0", "SQLite"),
        (b"PK\x03\x04 xl/workbook.xml", ".xlsx"),
        (b"PK\x03\x04 word/document.xml", ".docx"),
        (b"PK\x03\x04 application/vnd.oasis.opendocument.spreadsheet", ".ods"),
        (b"PK\x03\x04 table.csv", ".zip"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>", "HTML"),
        (b"<html lang=en>", "HTML"),
        (b'<?xml version="1.0"?><a>', "XML"),
        (b'<?xml version="1.0"?><ss:Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "Excel"),
        (b'[{"a": 1}]', "JSON"),
    ],
)
def test_what_is_called_csv_and_is_something_else_is_named(start, kind):
    found = find_kind(start)
    assert found is not None
    assert kind in found[0]


@pytest.mark.parametrize("text", [b"<5,a\n", b"{name},a\n1,2\n", b"[c],a\n1,2\n", b"PK,a\n", b"a,b\n"])
def test_a_table_that_begins_like_something_else_is_a_table(text):
    assert find_kind(text) is None


def test_each_record_knows_the_lines_it_stands_on():
    records = read_records(b'a,b\n"x\ny",1\nu,2\n', ",")
    assert [(record.line, record.end) for record in records] == [(1, 1), (2, 3), (4, 4)]
