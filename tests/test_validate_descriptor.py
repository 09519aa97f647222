"""Which descriptors are published under, and which are told where they go wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from frictionless import fields

from portal.descriptorshape import find_misfits
from portal.load import load_portal
from portal.validate import check_portal
from portal.validate.package.clean import clean_descriptor
from portal.validate.package.columns import CONSTRAINTS
from portal.validate.package.links import is_web
from portal.validate.package.profile import validators

VERSION_2 = "$schema: https://datapackage.org/profiles/2.0/datapackage.json\n"
HEAD = "name: v\ntitle: Visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\n"


def check(tmp_path: Path, descriptor: str, table: str = "a,b\n8,x\n", name: str = "datapackage.yaml") -> list[str]:
    folder = tmp_path / "v"
    folder.mkdir()
    (folder / name).write_text(descriptor, encoding="utf-8")
    (folder / "v.csv").write_text(table, encoding="utf-8")
    portal, problems = load_portal(tmp_path)
    return [problem.code for problem in (*problems, *check_portal(portal, tmp_path))]


def resource(schema: str) -> str:
    return f"{HEAD}resources: [{{name: v, path: v.csv, schema: {schema}}}]\n"


@pytest.mark.parametrize(
    "descriptor",
    [
        f"{VERSION_2}{HEAD}resources: [{{name: v, path: [v.csv]}}]\n",
        f"profile: tabular-data-package\n{HEAD}resources: [{{path: v.csv, profile: tabular-data-resource}}]\n",
        resource("{fields: [{name: a, type: integer}, {name: b}], primaryKey: a, missingValues: ['', x]}"),
        resource(
            "{fields: [{name: a, constraints: &c {required: true}}, {name: b, constraints: *c}], fieldsMatch: exact}"
        ),
        resource(
            "{fields: [{name: a, type: integer, constraints: {maximum: 9}}, {name: b, type: any}], "
            "uniqueKeys: [[a, b]]}"
        ),
        resource("{fields: [{name: a, type: list}, {name: b, categories: [{value: x, label: ex}]}], ours: {x: [1]}}"),
        f"{HEAD}resources: [{{name: v, path: v.csv, contributors: 1}}]\n",
        HEAD.replace("v\n", "another-name\n", 1) + "created: 2024-01-31\nresources: [{name: v, path: v.csv}]\n",
    ],
)
def test_what_the_standard_allows_passes_without_a_word(tmp_path, descriptor):
    assert check(tmp_path, descriptor) == []


def test_nothing_a_stranger_wrote_reaches_the_checking_library(tmp_path):
    (tmp_path / "v").mkdir()
    (tmp_path / "v/v.csv").write_text("a\n1\n", encoding="utf-8")
    (tmp_path / "v/datapackage.yaml").write_text(
        f"profile: SECRET\n{HEAD}resources:\n  - {{name: v, path: v.csv, profile: SECRET, scheme: SECRET, "
        "$schema: SECRET, extrapaths: [SECRET], innerpath: SECRET, control: {x: SECRET}, "
        "hash: SECRET, encoding: SECRET, schema: "
        "{$schema: SECRET, fields: [{name: a, title: SECRET, constraints: {pattern: SECRET}, rdfType: SECRET}]}}\n",
        encoding="utf-8",
    )
    (dataset,) = load_portal(tmp_path)[0].datasets
    assert "SECRET" not in repr(clean_descriptor(dataset))


def test_a_misfit_hides_nothing_that_stands_beside_it(tmp_path):
    descriptor = f"{HEAD}resources: [text, {{name: v, path: v.csv}}, {{name: w, path: w.csv}}]\n"
    assert check(tmp_path, descriptor) == ["descriptor-shape", "missing-file"]


def test_constraints_are_those_that_the_checking_library_keeps():
    classes = {c.type: c for c in vars(fields).values() if hasattr(c, "supported_constraints")}
    for kind, names in CONSTRAINTS.items():
        assert names - {"unique"} <= set(classes[kind].supported_constraints), kind


def test_the_published_profile_is_at_hand_and_names_the_types():
    package, kinds = validators()
    assert {"string", "integer", "number", "date"} <= set(kinds)
    assert [e.validator for e in package.iter_errors({"resources": []})] == ["minItems"]


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org", "mailto:data@example.org"])
def test_an_address_of_the_web_may_be_linked(address):
    assert is_web(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            "JaVaScript:alert(1)",
            " javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
        ),
        *("file:///etc/passwd", "vbscript:x", "//example.org", "ftp://example.org", "https://", "https:example.org"),
        *(
            "https://user:word@example.org",
            "https://example.org/<script>",
            "https://[::1",
            "mailto:x",
            "mailto:?bcc=a@b.c",
        ),
    ],
)
def test_any_other_address_is_not(address):
    assert not is_web(address)


def test_a_limit_that_is_no_day_of_the_calendar_is_refused(tmp_path):
    day = "{fields: [{name: a, type: date, constraints: {minimum: '2024-02-30'}}, {name: b}]}"
    assert "constraint-value" in check(tmp_path, resource(day), "a,b\n2024-03-01,x\n")


PLACES = (
    *(f"/{name}" for name in "name id title description homepage version created image profile $schema".split()),
    *(f"/licenses/0/{name}" for name in ("name", "path", "title")),
    *(f"/sources/0/{name}" for name in ("title", "path", "email", "version")),
    *(f"/contributors/0/{name}" for name in "title path email role organization givenName familyName".split()),
    *(f"/resources/0/{name}" for name in "name title description type format mediatype encoding hash".split()),
    *(f"/resources/0/{name}" for name in ("profile", "$schema", "homepage", "dialect/delimiter", "path")),
    *(f"/resources/0/schema/fields/0/{name}" for name in "name type format title description rdfType".split()),
    *(f"/resources/0/schema/fields/0/{name}" for name in "delimiter itemType groupChar decimalChar".split()),
    "/resources/0/schema/fields/0/constraints/pattern",
)


@pytest.mark.parametrize("place", PLACES)
def test_a_number_where_text_belongs_is_told_once_at_its_place(place):
    field = {"name": "a", "constraints": {}}
    table = {"name": "v", "path": "v.csv", "dialect": {}, "schema": {"fields": [field]}}
    data = {"licenses": [{"name": "x"}], "sources": [{}], "contributors": [{}], "resources": [table]}
    assert list(find_misfits(data)) == []
    *above, last = [int(part) if part.isdigit() else part for part in place[1:].split("/")]
    at = data
    for part in above:
        at = at[part]
    at[last] = 7
    assert [(found, "not a number" in what) for found, what, _ in find_misfits(data)] == [((*above, last), True)]


def test_a_list_whose_items_nothing_separates_is_refused(tmp_path):
    schema = "{fields: [{name: a, type: list, delimiter: ''}, {name: b}]}"
    assert check(tmp_path, resource(schema)) == ["number-marks"]


def test_of_a_dialect_only_what_is_not_read_is_named(tmp_path):
    (tmp_path / "v").mkdir()
    (tmp_path / "v/v.csv").write_text("a;b\n1;x\n", encoding="utf-8")
    dialect = "{delimiter: ';', doubleQuote: true, header: false}"
    whole = f"{HEAD}resources: [{{name: v, path: v.csv, dialect: {dialect}}}]\n"
    (tmp_path / "v/datapackage.yaml").write_text(whole, encoding="utf-8")
    portal, _ = load_portal(tmp_path)
    (told,) = [p.message for p in check_portal(portal, tmp_path) if p.code == "unsupported-dialect"]
    assert told.endswith("(the setting of `dialect`: header)") or ("header" in told and "doubleQuote" not in told)
