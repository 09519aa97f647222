"""A number that is typed into a text stops the build, whatever kind of text it is; the message names the nearest cell.

`PYTHONPATH=. python tests/test_typed.py` prints the table of what is told for each kind of place.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from make import make_dataset, make_portal, make_reference, make_resource

from portal.model import Problem, Reference
from portal.pipeline import build
from portal.quantities import find_quantities
from portal.settings import load_settings
from portal.validate.constants import check_constants, read_constants
from portal.validate.nearest import Known, find_nearest, suggest
from portal.validate.typed import check_typed, find_typed
from portal.validate.words import check_words

HERE = Path(__file__).resolve().parent
PORTAL = HERE / "portals" / "observations"
CHILD = "datasets/children"
# (kind of place, file, what stands there, what is typed instead); a % stands for the number.
PLACES = [
    ("narrative", f"{CHILD}/narrative.md.j2", None, "\n\nThere were % of them.\n"),
    ("question", f"{CHILD}/page.yaml", "question:", "question: Were there % of"),
    ("lede", f"{CHILD}/page.yaml", "lede:", "lede: Of % we know"),
    ("card on a topic", f"{CHILD}/page.yaml", "teaser:", "teaser: Of % we know"),
    ("chart title", f"{CHILD}/page.yaml", "    title:", "    title: Of % "),
    ("chart subtitle", f"{CHILD}/page.yaml", "    subtitle:", "    subtitle: Of % "),
    ("label in a chart", f"{CHILD}/page.yaml", "{label: ", "{label: Of % "),
    ("table caption", f"{CHILD}/page.yaml", "caption: ", "caption: Of % "),
    ("what to know", f"{CHILD}/page.yaml", "know:\n", "know:\n  - title: A\n    text: Of % we know.\n"),
    ("mkdocs.yml, note", "mkdocs.yml", "council_note:", "council_note: Of % papers, "),
    ("mkdocs.yml, topic", "mkdocs.yml", None, "    topics:\n      - {id: a, title: A, text: Of % children.}\n"),
    (
        "mkdocs.yml, card",
        "mkdocs.yml",
        None,
        "    home:\n      cards: [{figure: children/in-care, label: Of % children}]\n",
    ),
    ("descriptor, package", f"{CHILD}/datapackage.yaml", "\ndescription:", "\ndescription: Of % "),
    (
        "descriptor, column",
        f"{CHILD}/datapackage.yaml",
        "{name: id, type: string,",
        "{name: id, description: Of % things, type: string,",
    ),
    ("page template", "site_templates/pages/dataset.html.j2", None, "\n<p>Of % children.</p>\n"),
    ("label for the ear", "site_templates/pages/dataset.html.j2", None, '\n<p aria-label="Of % children">A</p>\n'),
    ("hand-written page", "site_templates/pages/about.md", None, "\n\nOf % children.\n"),
]
TYPED = ("1234", "fifteen")


def type_into(folder: Path, place: tuple[str, str, str | None, str], number: str) -> tuple[Path, int]:
    """A copy of a small portal with the number in that place; gives the file and the line it stands in."""
    shutil.copytree(PORTAL, folder, ignore=shutil.ignore_patterns("expected"))
    shutil.copytree(HERE.parent / "site_templates", folder / "site_templates")
    _, name, old, new = place
    path, new = folder / name, new.replace("%", number)
    text = path.read_text("utf-8")
    assert old is None or old in text, f"{name} has no {old!r}"
    text = text + new if old is None else text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path, text.count("\n", 0, text.index(number)) + 1


def stop(folder: Path) -> tuple[Problem, ...]:
    settings = load_settings(folder / "datasets", folder / "site")
    result = build(replace(settings, templates_dir=folder / "site_templates"))
    assert not result.published
    assert not (folder / "site").exists()
    return result.problems


@pytest.mark.parametrize("number", TYPED)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place[0])
def test_a_number_typed_into_any_kind_of_place_stops_the_build_at_its_line(tmp_path, place, number):
    path, line = type_into(tmp_path / "portal", place, number)
    (problem,) = (p for p in stop(tmp_path / "portal") if p.severity == "error")
    assert (problem.code, Path(problem.path).name, problem.line) == ("typed-number", path.name, line)
    assert f'the number "{number}"' in problem.message
    assert problem.column


ROWS = "id,value,measure\ncare-2024,1248,in-care\ncare-2025,1280,in-care\nfew,4,in-care\n"
PAGE = "figures: [{id: in-care, rows: [care-2025]}]\n"


def near(text: str, slug: str = "children", calls: str = "figure", page: str = PAGE) -> str:
    dataset = make_dataset(ROWS, page=page)
    (found,) = find_quantities(text)
    return suggest(found, text, Known(datasets=(dataset,), slug=slug, calls=calls))


def test_the_cell_that_holds_the_number_is_named_with_the_call_to_write():
    assert near("There were 1,280 children.") == (
        'It may be {{ number("in-care") }} (row care-2025, datasets/children/data/children.csv:3, printed "1280").'
    )


def test_a_number_gone_stale_is_told_the_nearest_cell():
    assert near("There were 1,300 children.").startswith('The nearest cell is {{ number("in-care") }}')
    assert near("There were 2,000 children.") == ""


def test_a_row_that_is_no_figure_yet_is_told_with_the_line_to_add():
    assert "list it under `figures` in datasets/children/page.yaml, {id: a-name, rows: [care-2024]}" in near("1,248")


def test_where_no_call_may_stand_the_page_that_states_the_number_is_named():
    said = near("There were 1,280 children looked after.", slug="", calls="")
    assert "{{" not in said
    assert "the page of children can state" in said
    home = near("There were 1,280 children looked after.", slug="", calls="dataset/figure")
    assert '{{ number("children/in-care") }}' in home


def test_a_small_number_is_neither_repeated_nor_looked_for():
    dataset = make_dataset(ROWS, page="lede: There were 4 children.\n")
    (problem,) = check_words(dataset, Known(datasets=(dataset,)))
    assert "4" not in problem.message
    assert "few" not in problem.fix


def test_no_row_of_a_dataset_that_is_refused_as_identifying_is_named():
    dataset = make_dataset(ROWS)
    (found,) = find_quantities("1,280")
    known = Known(datasets=(dataset,), slug="children", is_safe=lambda slug: False)
    assert find_nearest(found, "1,280", known) is None


def test_a_number_in_a_folded_text_is_told_at_its_own_line_and_character():
    page = "lede: >-\n  First we say something.\n  Then we say that there\n  were two thirds of them.\n"
    (problem,) = check_words(make_dataset(ROWS, page=page))
    assert (problem.line, problem.column) == (4, 8)


def test_of_entries_on_one_line_the_right_number_is_pointed_at():
    page = "figures:\n  - {id: a15, rows: [care-2025]}\nknow:\n  - {title: 'a-15', text: Of 15 we know.}\n"
    found = list(check_words(make_dataset(ROWS, page=page)))
    assert [(p.line, p.column) for p in found] == [(4, 16), (4, 30)]


def test_many_numbers_of_one_text_are_counted():
    found = list(check_typed("11 22 33 44 55 66", ("a.md", "", None)))
    assert len(found) == 4
    assert found[-1].message.endswith("and 2 more after it")


@pytest.mark.parametrize(
    "text", ["See [the list](https://a.test/15) of it.", "1. First\n2. Second", '{{ number("a15") }}']
)
def test_addresses_numbered_lists_and_calls_hold_no_typed_number(text):
    assert find_typed(text) == []


def constants(rows: str, whole: bool = True) -> list[tuple[str, str]]:
    reference = replace(make_dataset("id\na\n"), slug="reference")
    reference = replace(reference, resources=(make_resource(f"id,text,kind,reason\n{rows}", "constants"),))
    portal = replace(make_portal(make_dataset("id\na\n")), reference_dataset=reference)
    return [(p.code, p.field) for p in check_constants(portal, ("Children under sixteen and A1.",), whole)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,under sixteen,age,The law says so.", []),
        ("a,A1,name,The name of a measure.", []),
        ("a,under twelve,age,The law says so.", [("unused-constant", "text")]),
        ("a,sixteen,age,The law says so.", [("constant", "text")]),
        ("a,15%,age,The law says so.", [("constant", "text")]),
        ("a,two thirds,age,The law says so.", [("constant", "text")]),
        ("a,ten children,name,The law says so.", [("constant", "text")]),
        ("a,17% of those,name,The law says so.", [("constant", "text")]),
        ("a,children,age,The law says so.", [("constant", "text")]),
        ("a,the first,age,The law says so.", [("constant", "text")]),
        ("a,under sixteen,agee,The law says so.", [("unknown-word", "kind")]),
        ("a,under sixteen,age,", [("constant", "reason")]),
    ],
)
def test_a_constant_is_a_phrase_in_use_of_a_known_kind_with_a_reason(row, told):
    assert constants(f"{row}\n") == told


def test_what_is_read_in_part_misses_no_constant():
    assert constants("a,under twelve,age,The law says so.\n", whole=False) == []


def test_the_number_of_a_help_line_counts_nothing():
    lines = {"line": {"id": "line", "name": "A line to call", "phone": "0161 496 0000", "hours": "9 to 5"}}
    known = read_constants(Reference(help_contacts=lines))
    assert known == ("0161 496 0000",)
    assert find_typed("Call 0161 496 0000.", known) == []
    assert [q.text for q in find_typed("Call 0161 496 0001, 9 to 5.", known)][-2:] == ["9", "5"]
    assert read_constants(make_reference()) == ()


def print_table() -> None:
    print(f"{'place':22} {'typed':8} told")
    for place in PLACES:
        for number in TYPED:
            with TemporaryDirectory() as folder:
                type_into(Path(folder) / "portal", place, number)
                for p in (p for p in stop(Path(folder) / "portal") if p.severity == "error"):
                    path = p.path.partition("/portal/")[2] or p.path
                    print(f"{place[0]:22} {number:8} {path}:{p.line}:{p.column} {p.message}\n{'':32}{p.fix}")


if __name__ == "__main__":
    sys.exit(print_table())
