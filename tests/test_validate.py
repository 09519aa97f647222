"""What each check lets through and what it stops; the words it uses are in tests/broken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import make_dataset, make_plain, make_portal, write_portal

from portal.load import load_portal
from portal.resources import read_table
from portal.validate import check_config, check_portal, check_readable
from portal.validate.arithmetic import check_repeats
from portal.validate.file.bytes import check_file
from portal.validate.observations import check_observations
from portal.validate.package.descriptor import check_descriptor
from portal.validate.places import field_start
from portal.validate.references import check_references
from portal.validate.unique import check_unique_rows
from portal.validate.words import check_home, check_words


def codes(problems):
    return [(p.code, p.line) for p in problems]


def check_folder(folder, files):
    portal, problems = load_portal(write_portal(folder, files))
    return [*problems, *check_portal(portal, folder / "datasets")]


# file


def check_bytes(content):
    (resource,) = make_plain("a,b\n1,2\n").resources
    frame, lines = read_table(content)
    return codes(check_readable(replace(resource, content=content, frame=frame, lines=lines)))


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1,2\n", b"\xef\xbb\xbfa,b\r\n1,2\r\n", b'a,b\n"1,\n""x""",2\n', b"a,b\n1,2", b"a,b\n1,2\n\n"],
)
def test_a_csv_file_in_utf8_is_let_through(content):
    assert check_bytes(content) == []


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b" \n", "empty-file", 1),
        (b"a,b\n1,\0\n", "nul-byte", 2),
        (b"a,b\n1,2\n\xe9,3\n", "not-utf8", 3),
        (b"a;b\n1;2\n", "wrong-separator", 1),
        (b"a\tb\n1\t2\n", "wrong-separator", 1),
        (b'a,b\n"1,2\n', "open-quote", 2),
        (b'a,b\n"1\n",2\n3\n', "row-width", 4),
        (b"a,b\n\n1,2\n", "blank-row", 2),
        (b"a,\n1,2\n", "blank-label", 1),
        (b"a,a\n1,2\n", "duplicate-label", 1),
    ],
)
def test_a_file_that_is_no_table_is_told_at_its_line(content, code, line):
    assert check_bytes(content) == [(code, line)]


# descriptor


def test_a_complete_descriptor_is_let_through():
    assert codes(check_descriptor(make_plain("a\n1\n"))) == []


@pytest.mark.parametrize("licences", [None, [], "CC0", [{"title": "Mine"}]])
def test_a_package_nobody_may_use_is_stopped(licences):
    assert ("no-licence", None) in codes(check_descriptor(make_plain("a\n1\n", licenses=licences)))


@pytest.mark.parametrize("slug", ["Visits", "visits--2024", "visits_2024", "-visits", "visités"])
def test_a_folder_name_that_is_no_address_is_stopped(slug):
    assert ("folder-name", None) in codes(check_descriptor(replace(make_plain("a\n1\n"), slug=slug)))


def test_two_resources_of_one_name_are_stopped():
    twice = make_plain("a\n1\n").descriptor["resources"] * 2
    assert ("resource-name", None) in codes(check_descriptor(make_plain("a\n1\n", resources=twice)))


def test_a_package_that_was_made_on_no_day_is_stopped():
    assert ("not-a-date", None) in codes(check_descriptor(make_plain("a\n1\n", created="yesterday")))


# table


@pytest.mark.parametrize(
    ("schema", "rows", "problem"),
    [
        ("{name: visits, type: integer}", "a,30\nb,many\n", ("type-error", 3, 3)),
        ("{name: visits, type: integer, constraints: {minimum: 0}}", "a,-30\n", ("constraint-error", 2, 3)),
        ("{name: visits, type: integer, constraints: {required: true}}", "a,\n", ("constraint-error", 2, 3)),
        ("{name: visits, type: integer}", '"a\nb",10\n"c, d",many\n', ("type-error", 4, 8)),
        ("{name: visit, type: integer}", "a,1\n", ("incorrect-label", 1, 9)),
    ],
)
def test_a_cell_that_breaks_the_schema_is_told_at_its_line_and_character(tmp_path, schema, rows, problem):
    descriptor = (
        "name: visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\n"
        "resources: [{name: visits, path: data/visits.csv, "
        f"schema: {{fields: [{{name: quarter, type: string}}, {schema}]}}}}]\n"
    )
    files = {"visits/datapackage.yaml": descriptor, "visits/data/visits.csv": f"quarter,visits\n{rows}"}
    found = [(p.code, p.line, p.column) for p in check_folder(tmp_path, files)]
    assert found == [problem]


def test_a_measure_that_is_not_described_is_stopped_without_a_foreign_key():
    dataset = make_dataset("id,measure\na,fostered\n")
    assert [p.code for p in check_references(dataset, make_portal(dataset))] == ["unknown-code"]


@pytest.mark.parametrize("column", ["kind", "basis", "date_status", "qualifier", "direction"])
def test_a_word_that_the_convention_does_not_have_is_stopped_without_an_enum(column):
    assert [p.code for p in check_observations(make_dataset(f"id,{column}\na,abut\n"))] != []


@pytest.mark.parametrize("slug", ["all", "catalog", "observations"])
def test_a_folder_name_that_another_file_has_is_stopped(slug):
    assert codes(check_descriptor(replace(make_plain("a\n1\n"), slug=slug))) != []


def test_a_measure_that_is_not_described_is_stopped(tmp_path):
    rows = make_dataset("id,measure\na,fostered\n").resources[0].content
    found = check_folder(tmp_path, {"children/data/children.csv": rows, "children/page.yaml": ""})
    assert codes(found) == [("foreign-key", 2)]


def test_an_empty_table_is_told_and_is_no_fault_of_the_builder(tmp_path):
    assert codes(check_folder(tmp_path, {"visits/data/visits.csv": "quarter,visits\n"})) == [("no-rows", 1)]


# observations


def check_row(**columns):
    header, row = ",".join(["id", *columns]), ",".join(["a", *(f'"{v}"' for v in columns.values())])
    return [p.code for p in check_observations(make_dataset(f"{header}\n{row}\n"))]


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"value": "1248", "printed": "1,248"},
        {"value": "5800000", "printed": "£5.8m"},
        {"value": "5", "printed": "five"},
        {"value": "1", "printed": "4(1%)"},
        {"value": "x", "printed": "", "flags": "blank"},
        {"value": "", "qualifier": "range", "value_low": "300", "value_high": "400", "printed": "300-400"},
        {"value": "12", "printed": "", "flags": "derived", "note": "a minus b"},
        {"date_status": "not-stated", "period_start": "", "period_end": ""},
        {"date_status": "not-stated", "kind": "target"},
        {"date_status": "inferred", "note": "The paper was printed in May."},
    ],
)
def test_a_row_that_keeps_the_convention_is_let_through(columns):
    assert check_row(**columns) == []


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"value": "1284", "printed": "1,248"}, "printed-value"),
        ({"printed": "many"}, "printed-value"),
        ({"value": "x", "flags": "derived"}, "note-missing"),
        ({"value": "n/a"}, "value"),
        ({"value": ""}, "value"),
        ({"value_low": "3"}, "range"),
        ({"value": "", "qualifier": "range", "value_low": "4", "value_high": "3", "printed": "4-3"}, "range"),
        (
            {"value": "", "qualifier": "range", "value_low": "3", "value_high": "5", "printed": "3-4"},
            "printed-value",
        ),
        ({"date_status": "not-stated"}, "date-status"),
        ({"period_end": ""}, "date-missing"),
        ({"date_status": "inferred"}, "note-missing"),
        ({"period_start": "2024-04-01"}, "date-order"),
        ({"value": "x", "printed": ""}, "printed-missing"),
        ({"value": "x", "printed": "3 girls"}, "confidential-printed"),
        ({"value": "x", "flags": "blank", "printed": "3"}, "confidential-printed"),
        ({"value": "99", "printed": "26", "flags": "derived", "note": "a minus b"}, "printed-derived"),
        ({"value": "9", "printed": "26 or 9"}, "printed-value"),
        ({"value": "2016", "printed": "2016-17"}, "printed-value"),
        ({"value": "5", "printed": "", "flags": "blank"}, "printed-missing"),
    ],
)
def test_a_row_that_breaks_the_convention_is_stopped(columns, code):
    assert code in check_row(**columns)


def test_a_repeat_of_a_repeat_is_stopped():
    rows = make_dataset("id,repeats\na,\nb,a\nc,b\n")
    assert codes(check_repeats(make_portal(rows), rows, whole=True)) == [("repeats-chain", 4)]


def test_a_row_repeats_one_that_is_there_in_whichever_package():
    first, other = make_dataset("id\na\n"), replace(make_dataset("id,repeats\nb,a\nc,nowhere\n"), slug="other")
    portal = replace(make_portal(first), datasets=(first, other))
    assert codes(check_repeats(portal, other, whole=True)) == [("unknown-row", 3)]
    assert not list(check_repeats(portal, other, whole=False))  # a few folders were read: it may stand in another


def test_a_table_with_part_of_the_convention_is_stopped_and_one_with_its_common_names_is_not():
    assert codes(check_observations(make_plain("id,value,printed,locator\na,1,1,p. 1\n"))) == [
        ("observation-columns", 1)
    ]
    assert codes(check_observations(make_plain("id,area,value,note\na,b,1,\n"))) == []


def test_two_datasets_may_not_share_a_rows_id_nor_a_measure():
    one, other = make_dataset("id\na\n"), make_dataset("id\na\n", slug="other")
    assert [p.code for p in check_unique_rows(make_portal(one, other))] == ["duplicate-id", "duplicate-measure"]
    assert list(check_unique_rows(make_portal(one))) == []


# references


def check_page(page, narrative=""):
    dataset = make_dataset("id,value\nold,1270\nnew,1248\n", page=page, narrative=narrative)
    return [p.code for p in (*check_references(dataset, make_portal(dataset)), *check_words(dataset))]


@pytest.mark.parametrize("column", ["area", "source", "series", "flags"])
def test_a_code_that_reference_does_not_hold_is_stopped(column):
    dataset = make_dataset(f"id,{column}\na,nowhere\n")
    (problem,) = (*check_references(dataset, make_portal(dataset)), *check_words(dataset))
    assert (problem.code, problem.line, problem.field) == ("unknown-code", 2, column)


def test_each_of_several_flags_is_looked_up():
    dataset = make_dataset("id,flags\na,conflict;nonsense\n")
    (problem,) = (*check_references(dataset, make_portal(dataset)), *check_words(dataset))
    assert '"nonsense"' in problem.message


@pytest.mark.parametrize(
    "page",
    [
        "figures: [{id: f, rows: [newer]}]",
        "headline: f",
        "tables: [{id: t, caption: C, series: [{where: {measure: wait}}]}]",
        "tables: [{id: t, caption: C, series: [{where: {colour: red}}]}]",
        "charts: [{id: c, form: dates, title: T, subtitle: S, series: [{rows: [newer]}]}]",
        "charts: [{id: c, form: steps, title: T, subtitle: S, beside: [{row: newer, why: W}]}]",
    ],
)
def test_a_name_in_the_page_that_leads_nowhere_is_stopped(page):
    assert check_page(page) == ["unknown-name"]


def test_names_that_lead_somewhere_are_let_through():
    page = "figures: [{id: f, rows: [new]}]\nheadline: f\nlede: 'We hold {{ number(\"f\") }}.'"
    assert check_page(page, narrative='In {{ period("f") }} there were {{ number("f") }}.') == []


@pytest.mark.parametrize("lede", ["In 2014/15 and on 31 March 2024.", "For every 10,000 children.", "See §3.1."])
def test_a_date_in_a_sentence_is_no_statistic(lede):
    assert check_page(f"lede: {lede}") == []


@pytest.mark.parametrize("narrative", ["1,248 children.", "Line one.\n\nThen 17% of them."])
def test_a_number_typed_into_the_narrative_is_stopped(narrative):
    assert check_page("", narrative) == ["typed-number"]


def test_a_page_that_could_not_be_read_is_not_judged_further(tmp_path):
    found = check_folder(tmp_path, {"children/page.yaml": "headlines: none\n"})
    assert [p.code for p in found] == ["page-shape"]


# places


@pytest.mark.parametrize(("line", "index", "column"), [("a,b,c", 2, 5), ('"a, b",c', 1, 8), ("a", 3, 2)])
def test_a_cell_is_found_by_its_character(line, index, column):
    assert field_start(line, index) == column


# the whole


def test_a_cell_that_is_no_number_is_told_once(tmp_path):
    rows = make_dataset("id,value,printed\nin-care-2024,12x8,1248\n").resources[0].content
    found = check_folder(tmp_path, {"children/data/children.csv": rows})
    assert codes(found) == [("type-error", 2)]


def test_a_portal_without_reference_tables_is_checked_too(tmp_path):
    files = {
        "visits/datapackage.yaml": "name: visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\n"
        "resources: [{name: v, path: v.csv}]\n"
    }
    for name, text in (files | {"visits/v.csv": "quarter\n2024-Q1\n"}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    portal, problems = load_portal(tmp_path)
    assert [*problems, *check_portal(portal, tmp_path)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "{{ 1200 + 99 }} children",
        '{{ figures["new"].value * 3 }}',
        '{{ text("new")|int }}',
        '{{ printed("99%") }}',
        "{% for n in range(9) %}{{ n }}{% endfor %}",
    ],
)
def test_a_number_worked_out_in_a_sentence_is_stopped(sentence):
    page = f"figures: [{{id: new, rows: [new]}}]\nlede: '{sentence}'\n"
    dataset = make_dataset("id,value\nnew,1248\n", page=page)
    assert "worked-out" in [problem.code for problem in check_words(dataset)]


@pytest.mark.parametrize("sentence", ["There are < 1399 children >", "There are 1950 children", "10,000 more"])
def test_a_number_that_only_looks_like_a_tag_or_a_year_is_stopped(sentence):
    dataset = make_dataset("id,value\nnew,1248\n", page=f"lede: '{sentence}'\n")
    assert [problem.code for problem in check_words(dataset)] == ["typed-number"]


def test_a_value_that_is_not_available_does_not_stand_in_printed():
    dataset = make_dataset("id,value,printed\nnew,x,3\n")
    assert "confidential-printed" in [problem.code for problem in check_observations(dataset)]


@pytest.mark.parametrize("value", ["1_248", "1e3", "NaN", "INF", " 1248"])
def test_only_a_plain_decimal_is_a_number(value):
    dataset = make_dataset(f"id,value,printed\nnew,{value},1248\n")
    assert "value" in [problem.code for problem in check_observations(dataset)]


def test_a_character_that_cannot_be_drawn_is_told_with_its_line():
    (problem,) = check_file(make_plain("name\na\x01b\n").resources[0])
    assert (problem.code, problem.line) == ("control-character", 2)


def test_a_narrative_outside_the_folder_is_not_read(tmp_path):
    datasets = write_portal(tmp_path)
    secret = tmp_path / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    (datasets / "visits" / "narrative.md").symlink_to(secret)
    portal, problems = load_portal(datasets)
    assert [problem.code for problem in problems] == ["unsafe-path"]
    assert not any("secret" in dataset.narrative for dataset in portal.datasets)


@pytest.mark.parametrize("dialect", [{"header": False}, {"commentChar": "a"}, {"delimiter": "||"}])
def test_a_dialect_that_would_be_read_wrongly_is_refused(dialect):
    entry = {"name": "visits", "path": "data/visits.csv", "dialect": dialect}
    found = check_descriptor(make_plain("a\n1\n", resources=[entry]))
    assert "unsupported-dialect" in [problem.code for problem in found]


def test_a_reference_table_without_a_column_that_pages_speak_from_is_stopped(tmp_path):
    found = check_folder(tmp_path, {"reference/data/areas.csv": "code\notherton\n"})
    assert "reference-columns" in [problem.code for problem in found]


def test_a_constraint_that_is_no_rule_is_told(tmp_path):
    fields = "[{name: quarter, type: string, constraints: {pattern: '('}}, {name: visits, type: integer}]"
    descriptor = (
        "name: visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\n"
        f"resources: [{{name: visits, path: data/visits.csv, schema: {{fields: {fields}}}}}]\n"
    )
    found = check_folder(tmp_path, {"visits/datapackage.yaml": descriptor})
    assert "broken-pattern" in [problem.code for problem in found]


@pytest.mark.parametrize("cell", ["NaN", "-INF"])
def test_a_number_that_is_none_is_stopped(tmp_path, cell):
    descriptor = (
        "name: visits\ndescription: Made up.\nlicenses: [{name: CC0-1.0}]\n"
        "resources: [{name: visits, path: data/visits.csv, schema: {fields: [{name: a, type: number}]}}]\n"
    )
    found = check_folder(tmp_path, {"visits/datapackage.yaml": descriptor, "visits/data/visits.csv": f"a\n{cell}\n"})
    assert codes(found) == [("not-finite", 2)]


@pytest.mark.parametrize(("old", "new"), [("count", "Count"), ("children", "youngsters")])
def test_a_measure_with_a_word_of_its_own_is_stopped(old, new):
    dataset = make_dataset("id\na\n")
    measures = dataset.resources[1]
    frame = measures.frame.replace(old, new)
    odd = replace(dataset, resources=(dataset.resources[0], replace(measures, frame=frame)))
    assert "unknown-word" in [problem.code for problem in check_observations(odd)]


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("There were 1,399.", "typed-number"),
        ('{{ number("children/old") }}', "unknown-figure"),
        ("{{ 1 + 1 }}", "worked-out"),
    ],
)
def test_the_sentences_of_the_home_page_keep_the_same_rule(sentence, code):
    dataset = make_dataset("id\nnew\n", page="figures: [{id: new, rows: [new]}]")
    good = {"figure": "children/new", "sentence": '{{ number("children/new") }} on one day'}
    home = {"cards": [good, {"figure": "children/new", "sentence": sentence}]}
    assert [problem.code for problem in check_home(home, [dataset], "mkdocs.yml")] == [code]


@pytest.mark.parametrize("text", ["A <b>bold</b> word", "<!-- the rest is gone", "<textarea>"])
def test_a_sentence_of_page_yaml_holds_no_markup(text):
    assert [p.code for p in check_words(make_dataset("id\na\n", page=f"lede: '{text}'"))] == ["markup"]


# the reference tables


def test_of_two_reference_rows_with_one_key_neither_is_lost_in_silence(tmp_path):
    twice = "code,name,type\notherton,Otherton,local-authority\nengland,England,country\nengland,Wales,country\n"
    told = check_folder(tmp_path, {"reference/data/areas.csv": twice})
    assert ("duplicate-id", 4) in codes(told)


def test_a_reference_table_under_another_name_is_told(tmp_path):
    descriptor = write_portal(tmp_path) / "reference/datapackage.yaml"
    text = descriptor.read_text(encoding="utf-8").replace("name: symbols", "name: symbol")
    told = check_folder(tmp_path, {"reference/datapackage.yaml": text})
    assert ("unknown-name", 1) in codes(told)


IMPLAUSIBLE = "id,value,flags\nleap,9,implausible\n"


@pytest.mark.parametrize(
    ("facts", "site_url", "code"),
    [
        ({"home": {"headline_words": "12 children"}}, "https://otherton.test/", "typed-number"),
        ({"home": {"headline": "children/f"}}, "https://otherton.test/", "implausible-headline"),
        ({"topics": [{"id": "a", "title": "A", "text": "It is 12."}]}, "https://otherton.test/", "typed-number"),
        ({"scorecard": {"text": "There are 106 lines."}}, "https://otherton.test/", "typed-number"),
        ({"contact": "later"}, "https://otherton.test/", "placeholder-contact"),
        ({}, "https://example.org/", "placeholder-site-url"),
    ],
)
def test_what_mkdocs_yml_says_of_the_portal_is_checked_in_all_its_parts(facts, site_url, code):
    portal = make_portal(make_dataset(IMPLAUSIBLE, page="topic: a\nfigures: [{id: f, rows: [leap]}]"))
    right = {"topics": [{"id": "a", "title": "A", "text": "T."}], "contact": "data@otherton.test"}
    assert [p.code for p in check_config(portal, right | facts, site_url, {})] == [code]
    assert list(check_config(portal, right, "https://otherton.test/", {})) == []
