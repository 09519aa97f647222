from __future__ import annotations

import pytest
import yaml
from make import write_portal

from portal.load import load_portal
from portal.validate import check_portal

VISITS = "visits/data/visits.csv"


def load(folder, files=None):
    portal, problems = load_portal(write_portal(folder, files))
    return {d.slug: d for d in portal.datasets}, [p.code for p in problems], portal


def test_reference_is_read_and_is_no_dataset(tmp_path):
    datasets, problems, portal = load(tmp_path)
    assert (list(datasets), problems) == (["children", "visits"], [])
    assert portal.reference.areas["otherton"]["name"] == "Otherton"


def test_a_cell_stays_the_text_it_is(tmp_path):
    datasets, _, _ = load(tmp_path, {VISITS: "quarter,visits\nNA,007\nnull,\n"})
    assert datasets["visits"].resources[0].frame.to_numpy().tolist() == [["NA", "007"], ["null", ""]]


def test_a_quoted_line_break_makes_a_record_longer_than_a_line(tmp_path):
    datasets, _, _ = load(tmp_path, {VISITS: 'quarter,visits\n"2024\nQ1",310\n2024-Q2,295\n'})
    assert datasets["visits"].resources[0].lines == (2, 4)


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    datasets, _, _ = load(tmp_path, {VISITS: b"\xef\xbb\xbfquarter,visits\n2024-Q1,310\n"})
    resource = datasets["visits"].resources[0]
    assert list(resource.frame.columns) == ["quarter", "visits"]
    assert resource.content.startswith(b"\xef\xbb\xbf")


def test_a_descriptor_may_be_json(tmp_path):
    json = '{"name": "clubs", "resources": [{"name": "clubs", "path": "clubs.csv"}]}'
    datasets, problems, _ = load(tmp_path, {"clubs/datapackage.json": json, "clubs/clubs.csv": "club\nA\n"})
    assert (datasets["clubs"].resources[0].field_names, problems) == (("club",), [])


def test_each_thing_that_cannot_be_read_is_told_in_one_run(tmp_path):
    _, problems, _ = load(
        tmp_path, {"empty/notes.txt": "", "torn/datapackage.json": "{", "list/datapackage.yaml": "- a"}
    )
    assert problems == ["no-descriptor", "descriptor-unreadable", "descriptor-unreadable"]


def test_a_resource_without_a_local_file_is_told(tmp_path):
    remote = "name: far\nresources: [{name: far}]\n"
    datasets, problems, _ = load(tmp_path, {"far/datapackage.yaml": remote})
    assert (datasets["far"].resources, problems) == ((), ["resource-path"])


@pytest.mark.parametrize(
    "schema",
    ["[1]", "5", "{fields: 3}", "{fields: [1]}", "nowhere.json", "https://example.org/s.json", "{fields: [{name: 5}]}"],
)
def test_a_schema_that_is_none_is_a_problem_and_no_fault_of_the_builder(tmp_path, schema):
    text = f"name: v\nlicenses: [{{name: CC0-1.0}}]\nresources: [{{name: v, path: v.csv, schema: {schema}}}]\n"
    folder = write_portal(tmp_path, {"v/datapackage.yaml": text, "v/v.csv": "x\n1\n"})
    portal, problems = load_portal(folder, (folder / "v",))
    assert [*problems, *check_portal(portal, folder)]


def test_only_the_folders_asked_for_are_read_and_the_reference(tmp_path):
    folder = write_portal(tmp_path)
    portal, _ = load_portal(folder, (folder / "visits",))
    assert [d.slug for d in portal.datasets] == ["visits"]
    assert portal.reference.areas


def test_an_observation_table_gives_observations(tmp_path):
    datasets, _, _ = load(tmp_path)
    assert [row.id for row in datasets["children"].observations] == ["in-care-2023", "in-care-2024"]
    assert datasets["visits"].observations == ()


def test_a_package_may_hold_several_observation_tables(tmp_path):
    folder = write_portal(tmp_path)
    package, first = folder / "children/datapackage.yaml", folder / "children/data/children.csv"
    descriptor = yaml.safe_load(package.read_text(encoding="utf-8"))
    descriptor["resources"].append(descriptor["resources"][0] | {"name": "more", "path": "data/more.csv"})
    package.write_text(yaml.safe_dump(descriptor), encoding="utf-8")
    text = first.read_text(encoding="utf-8").replace("\nin-care-", "\nmore-in-care-").replace(",actual,", ",plan,")
    (folder / "children/data/more.csv").write_text(text, encoding="utf-8")
    portal, problems = load_portal(folder)
    rows = next(d for d in portal.datasets if d.slug == "children").observations
    assert [row.id for row in rows] == ["in-care-2023", "in-care-2024", "more-in-care-2023", "more-in-care-2024"]
    assert [*problems, *check_portal(portal, folder)] == []


def test_a_folder_without_datasets_is_told(tmp_path):
    (tmp_path / "datasets").mkdir()
    _, problems = load_portal(tmp_path / "datasets")
    assert [p.code for p in problems] == ["no-datasets"]


def test_hidden_folders_are_passed_over(tmp_path):
    _, problems, _ = load(tmp_path, {".git/config": "", "_drafts/a.csv": ""})
    assert problems == []
