"""Personal data is found in every text of a folder, with its place and without its words."""

from __future__ import annotations

import pytest
from make import make_dataset, write_portal

from portal.identifiers import find_personal
from portal.load import load_portal
from portal.policy import Policy
from portal.validate import check_strays
from portal.validate.people.personal import check_personal, find_strings

NOTED = "id,note\na,ring 07700 900123\n"


def test_an_address_of_the_publishers_own_may_stand():
    assert [p.code for p in check_personal(make_dataset(NOTED))] == ["personal-phone"]
    for own in ("07700 900123", "+44 7700 900 123", "Ring us: (07700) 900123."):
        assert list(check_personal(make_dataset(NOTED), Policy(addresses=(own,)))) == []


def test_the_place_is_that_of_the_words_and_the_column_is_named():
    (problem,) = check_personal(make_dataset(NOTED))
    line = make_dataset(NOTED).resources[0].content.decode().splitlines()[1]
    assert (problem.line, problem.field) == (2, "note")
    assert line[problem.column - 1 :].startswith("07700")


def test_many_of_one_kind_in_a_column_are_one_problem():
    rows = "".join(f"r{n},ring 07700 9001{n}\n" for n in range(20, 40))
    (problem,) = check_personal(make_dataset("id,note\n" + rows))
    assert "20 such texts stand in this column" in problem.message


def test_a_folder_that_cannot_be_read_as_a_package_is_searched_all_the_same(tmp_path):
    root = write_portal(tmp_path, {"lost/export.csv": "a\npat.quill@example.org\n", "loose.csv": "UPN\nx\n"})
    portal, _ = load_portal(root)
    found = [(p.code, p.path.rpartition("/")[2]) for p in check_strays(root, portal, ())]
    assert found == [("personal-email", "export.csv"), ("unlisted-file", "loose.csv"), ("record-level", "loose.csv")]


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    root = write_portal(tmp_path)
    (tmp_path / "secret.txt").write_text("pat.quill@example.org", encoding="utf-8")
    (root / "visits" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (dataset,) = (d for d in load_portal(root)[0].datasets if d.slug == "visits")
    assert list(check_personal(dataset)) == []


def test_texts_that_hold_themselves_are_read_once():
    value: dict[str, object] = {"a": "x"}
    value["b"] = [value, value]
    assert list(find_strings(value)) == [("a", "x")]


@pytest.mark.parametrize("name", ["Mr Smith Taxis Ltd", "Mrs Miggins Pie Shop Limited", "Dr Hall Special School"])
def test_a_firm_or_a_school_called_after_somebody_is_no_person(name):
    assert find_personal(f"paid to {name} in June") == ()


@pytest.mark.parametrize(
    "name", ["Mr Smith", "Mrs Jones, School governor", "Dr Hall and the School", "Mr Smith,Oak School"]
)
def test_a_person_beside_a_school_is_a_person(name):
    assert [kind for kind, _, _ in find_personal(name)] == ["name"]
