"""What a stranger may write in YAML or JSON, and what is said of the rest."""

from __future__ import annotations

import json

import pytest

from portal.documents import LARGEST, Unreadable, find_place, read_document


def refused(text: str | bytes, name: str = ".yaml") -> tuple[str, int, int]:
    with pytest.raises(Unreadable) as told:
        read_document(text if isinstance(text, bytes) else text.encode(), name)
    assert told.value.fix
    return told.value.what, told.value.line, told.value.column


def read(text: str, name: str = ".yaml") -> object:
    return read_document(text.encode(), name).data


def test_every_entry_of_yaml_has_its_line_and_column():
    places = read_document(b"name: a\nresources:\n  - {name: b, path: c}\n  - name: d\n").places
    assert places["name"] == (1, 1)
    assert places["resources.0.path"] == (3, 15)
    assert places["resources.1"] == (4, 5)


def test_every_entry_of_json_has_its_line_and_column_whatever_stands_in_its_texts():
    text = '{"a": "}{,:[\\"\\\\",\n "b": [1, {"c": null}],\n\n\t"d": {}}'
    places = read_document(text.encode(), "x.json").places
    assert (places["a"], places["b.1"], places["b.1.c"], places["d"]) == ((1, 2), (2, 11), (2, 12), (4, 2))


def test_json_reads_as_the_library_reads_it():
    text = '{"a": [1, -2.5e3, true, null, "\\ud83d\\ude00", {}], "": {"x.y": []}}'
    assert read(text, ".json") == json.loads(text)


def test_of_what_is_not_written_out_the_nearest_thing_above_is_named():
    places = read_document(b"a: &x {b: 1}\nc:\n  - *x\n").places
    assert find_place(places, "c.0.b") == (3, 5)
    assert find_place(places, "nowhere") == (1, 1)


def test_an_alias_stands_for_the_same_and_a_merge_adds_what_is_missing():
    assert read("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\ne: [*x]\n")["e"] == [{"b": 1, "c": 2}]
    assert read("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n")["d"] == {"b": 1, "c": 3}
    assert read("a: &x {b: 1}\nd: &y {b: 2, c: 2}\ne: {<<: [*x, *y]}\n")["e"] == {"b": 1, "c": 2}


def test_a_date_stays_the_text_that_was_written():
    assert read("a: 2024-02-30\nb: 2024-01-01 09:00:00\n") == {"a": "2024-02-30", "b": "2024-01-01 09:00:00"}


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert read("\ufeffa: 1\n") == {"a": 1}
    assert read('\ufeff{"a": 1}', ".json") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[" * 100_000, ".json"),
        ('{"a":' * 100_000, ".json"),
        ("[" * 100_000, ".yaml"),
        ("{a: " * 100_000, ".yaml"),
        ("- " * 100_000, ".yaml"),
        ("\n".join(f"{' ' * n}a:" for n in range(900)), ".yaml"),
    ],
)
def test_what_is_nested_too_deeply_is_refused_at_once(text, name):
    assert "levels deep" in refused(text, name)[0]


def test_depth_that_hides_in_aliases_is_counted():
    text = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 60))
    assert "levels deep" in refused(text)[0]


@pytest.mark.parametrize("inner", ["[{}]", "{{<<: [{}]}}"])
def test_aliases_of_aliases_are_counted_and_not_built(inner):
    text = "a0: &a0 {x: 1}\n" + "".join(
        f"a{n}: &a{n} {inner.format(', '.join([f'*a{n - 1}'] * 9))}\n" for n in range(1, 40)
    )
    assert "aliases" in refused(text)[0]


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ("a: &x [*x]\n", "*x", (1, 8)),
        ("a: *x\n", "*x", (1, 4)),
        ("a: !!python/name:os.system x\n", "!!python/name:os.system", (1, 4)),
        ("a: !ENV HOME\n", "!ENV", (1, 4)),
        ("a: !!binary aGk=\n", "!!binary", (1, 4)),
        ("a: !!python/tuple [1]\n", "!!python/tuple", (1, 4)),
        ("a: .nan\n", "no number", (1, 4)),
        (f"a: {'9' * 5000}\n", "too large", (1, 4)),
        ("on: x\n", '"on"', (1, 1)),
        ("[a]: x\n", "name", (1, 1)),
        ("a: 1\n--- \nb: 2\n", "second document", (2, 1)),
        ('a: "\\ud800"\n', "printed", (1, 4)),
        ("a: \x1b[31m\n", "printed", (1, 4)),
        ("a:\n\t- b\n", "tab", (2, 1)),
    ],
)
def test_yaml_that_is_more_than_plain_values_is_refused_where_it_stands(text, word, place):
    what, *where = refused(text)
    assert word in what
    assert tuple(where) == place


@pytest.mark.parametrize(
    ("text", "word", "place"),
    [
        ('{"a": NaN}', "NaN", (1, 7)),
        ('{"a": -Infinity}', "Infinity", (1, 7)),
        ('{"a": 1e999}', "too large", (1, 7)),
        ('{"a": "\\udc00"}', "printed", (1, 7)),
        ('{"a": 1,\n}', "comma", (2, 1)),
        ("{a: 1}", '"a"', (1, 2)),
        ('{"a": "x\n"}', "line break", (1, 9)),
        ('{"a": 1}\n{}', "last bracket", (2, 1)),
        ("", "missing", (1, 1)),
    ],
)
def test_json_that_is_none_is_refused_where_it_breaks_off(text, word, place):
    what, *where = refused(text, ".json")
    assert word in what
    assert tuple(where) == place


def test_a_name_that_stands_twice_is_told_with_its_place():
    assert read_document(b"a: 1\nb: {c: 1, c: 2}\n").twice == (("c", 2, 11),)
    assert read_document(b'{"a": 1,\n "a": 2}', ".json").twice == (("a", 2, 2),)


def test_a_file_that_is_too_large_is_not_read_through():
    assert "larger" in refused(b"x" * (LARGEST + 1))[0]


@pytest.mark.parametrize("text", ["a: é".encode("latin-1"), "a: 1".encode("utf-16")])
def test_what_is_not_utf_8_is_refused(text):
    assert "UTF-8" in refused(text)[0]


@pytest.mark.parametrize(
    ("most", "larger", "name"),
    [
        ("#" * LARGEST, "#" * (LARGEST + 1), ".yaml"),
        ("[" * 50 + "]" * 50, "[" * 51 + "]" * 51, ".json"),
        ("[" * 50 + "]" * 50, "[" * 51 + "]" * 51, ".yaml"),
        ("9" * 100, "9" * 101, ".json"),
        ("a: " + "9" * 100, "a: " + "9" * 101, ".yaml"),
    ],
)
def test_what_is_as_large_as_may_be_is_read_and_one_more_is_not(most, larger, name):
    read_document(most.encode(), name)
    assert refused(larger, name)


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_a_line_break_that_editors_do_not_show_is_refused_at_its_place(character):
    with pytest.raises(Unreadable) as told:
        read_document(f"name: a\ntitle: x{character}y\n".encode())
    assert (told.value.line, told.value.column) == (2, 9)
