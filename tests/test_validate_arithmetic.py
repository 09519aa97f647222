"""What is told of arithmetic that does not come out, and of mismatches that are declared; the words in tests/broken."""

from __future__ import annotations

import pytest
from make import make_dataset, make_portal, make_register

from portal.arithmetic import run_checks
from portal.validate.arithmetic import FLAGS, check_arithmetic
from portal.validate.unique import check_unique_rows
from portal.validate.words import check_topics, check_words

SUM = "sum: [girls, boys], equals: all"
WRONG = "id,value,flags\ngirls,600,\nboys,648,\nall,1258,{}\n"
RIGHT = WRONG.replace("1258", "1248")


def problems_of(*datasets, whole=True):
    portal = make_portal(*datasets)
    return list(check_arithmetic(portal, run_checks(portal), whole=whole))


def codes_of(rows, check=SUM, mismatch=""):
    declared = f", mismatch: {mismatch}, makes: '1,248, not 1258'" if mismatch else ""
    dataset = make_dataset(rows, page=f"checks:\n  - {{id: c, {check}{declared}}}\n")
    return [problem.code for problem in problems_of(dataset)]


def test_figures_that_agree_are_let_through():
    assert codes_of(RIGHT.format("")) == []


def test_a_mismatch_that_nobody_declared_names_every_cell_with_its_place():
    dataset = make_dataset(WRONG.format(""), page=f"checks: [{{id: c, {SUM}}}]")
    (problem,) = problems_of(dataset)
    path = "datasets/children/data/children.csv"
    assert (problem.code, problem.path, problem.line) == ("check-failed", path, 4)
    assert problem.message == (
        'check "c": the parts make 1,248, not 1258. '
        f"The cells: girls ({path}:2) 600; boys ({path}:3) 648; all ({path}:4) 1258"
    )


@pytest.mark.parametrize(
    ("rows", "check", "words"),
    [
        ("id,value\na,40\nb,50\n", "sum: [a, b], equals: 100", "the parts make 90, not 100"),
        ("id,value\na,1\nb,8\ns,20\n", "share: s, count: a, base: b", "works out as 12.5 per cent, not 20"),
        ("id,value\na,1\nb,2\n", "restates: [a, b]", "1 is printed in one place and 2 in the other"),
        ("id,value\na,9\nb,1\nc,1\nd,1\n", "same_base: [[a, b], [c, d]]", "one population: 6 to 18 and 0.67 to 2"),
    ],
)
def test_each_form_says_what_it_worked_out(rows, check, words):
    (problem,) = problems_of(make_dataset(rows, page=f"checks: [{{id: c, {check}}}]"))
    assert problem.code == "check-failed"
    assert words in problem.message


def test_a_wrong_product_is_told_at_the_row_of_its_register():
    page = "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]\n"
    page += "checks: [{id: c, resource: risks, product: [likelihood, impact], equals: score}]"
    (problem,) = problems_of(make_register("id,likelihood,impact,score\na,3,4,12\nb,2,5,11\n", page=page))
    assert (problem.code, problem.line, problem.field) == ("check-failed", 3, "score")
    assert 'check "c": the two make 10, not 11' in problem.message
    assert "b.impact (datasets/risks/data/risks.csv:3) 5" in problem.message


@pytest.mark.parametrize("flag", sorted(FLAGS))
def test_a_declared_mismatch_with_a_flag_is_let_through(flag):
    assert codes_of(WRONG.format(flag), mismatch="The paper says so.") == []


def test_a_declared_mismatch_needs_a_flag_that_speaks_of_it():
    assert codes_of(WRONG.format(""), mismatch="The paper says so.") == ["check-unflagged"]


def test_a_figure_of_ours_has_no_mismatch():
    assert codes_of(WRONG.format("derived"), mismatch="The paper says so.") == ["check-unflagged", "check-parts"]


def test_a_declared_mismatch_is_stopped_when_the_figures_agree():
    assert codes_of(RIGHT.format("conflict"), mismatch="The paper says so.") == ["check-agrees"]


def test_figures_flagged_as_not_adding_up_need_a_check_that_declares_it():
    assert codes_of(RIGHT.format("sum-mismatch")) == ["flag-unchecked"]
    assert [p.code for p in problems_of(make_dataset("id,flags\na,sum-mismatch\n"))] == ["flag-unchecked"]
    assert codes_of(WRONG.format("sum-mismatch"), mismatch="The paper says so.") == []


def test_a_row_without_a_number_is_told_with_the_line_of_the_check():
    dataset = make_dataset("id,value\na,1\nb,x\nall,1\n", page="checks:\n  - {id: c, sum: [a, b], equals: all}\n")
    (problem,) = problems_of(dataset)
    assert (problem.code, problem.path, problem.line) == ("check-empty", "datasets/children/page.yaml", 2)


def test_a_row_is_missing_only_when_every_package_was_read():
    dataset = make_dataset("id,value\na,1\nall,1\n", page="checks:\n  - {id: c, sum: [a, alll], equals: all}\n")
    (problem,) = problems_of(dataset)
    assert (problem.code, problem.line) == ("unknown-name", 2)
    assert 'no row called "alll"; did you mean "all"?' in problem.message
    assert problems_of(dataset, whole=False) == []


def test_a_flagged_row_whose_check_could_not_be_run_is_no_second_problem():
    page = "checks: [{id: c, sum: [a, elsewhere], equals: all}]"
    dataset = make_dataset("id,value,flags\na,1,\nall,1,sum-mismatch\n", page=page)
    assert [problem.code for problem in problems_of(dataset)] == ["unknown-name"]


# page.yaml


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("teaser", "teaser: 12 children"),
        ("no_chart", "tables: [{id: t, caption: C, no_chart: Only 12 rows, series: [{rows: [a]}]}]"),
        ("mismatch", "checks: [{id: c, restates: [a, a], mismatch: It prints 12., makes: N}]"),
        ("caption", "registers: [{resource: r, caption: The 12 risks, form: table, columns: [id]}]"),
    ],
)
def test_no_number_is_typed_into_the_new_sentences(part, sentence):
    (problem,) = check_words(make_dataset("id\na\n", page=sentence))
    assert problem.code == "typed-number"
    assert f"{part}: the number" in problem.message


def test_topics_must_be_listed_and_a_page_may_have_none():
    topics = [{"id": "care", "title": "Care"}]
    listed, none = make_dataset("id\na\n", page="topic: care"), make_dataset("id\nb\n", slug="other")
    assert list(check_topics(topics, [listed, none])) == []
    lost = make_dataset("id\nc\n", slug="lost", page="question: Where?\ntopic: cares\n")
    (problem,) = check_topics(topics, [listed, none, lost])
    assert (problem.code, problem.path, problem.line) == ("unknown-name", "datasets/lost/page.yaml", 2)
    assert 'mkdocs.yml lists no topic called "cares"; did you mean "care"?' in problem.message


# the addresses of entries


@pytest.mark.parametrize(("name", "stopped"), [("in-care", ["duplicate-id"]), ("risk-1", [])])
def test_an_entry_and_a_row_may_not_share_an_id(name, stopped):
    portal = make_portal(make_dataset("id\nin-care\n"), make_register(f"id\n{name}\n"))
    assert [problem.code for problem in check_unique_rows(portal)] == stopped


def test_a_mismatch_among_the_scores_of_a_register_is_declared_and_flagged_in_its_row():
    page = "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]\n"
    page += "checks: [{id: c, resource: risks, product: [likelihood, impact], equals: score, "
    page += "mismatch: Printed so., makes: '10, not 11'}]"
    rows = "id,likelihood,impact,score,flags\na,3,4,12,\nb,2,5,11,{}\n"
    assert problems_of(make_register(rows.format("conflict"), page=page)) == []
    assert [p.code for p in problems_of(make_register(rows.format(""), page=page))] == ["check-unflagged"]
    agreeing = rows.format("").replace("11,", "10,")
    assert [p.code for p in problems_of(make_register(agreeing, page=page))] == ["check-agrees"]


def test_a_flag_is_not_called_unchecked_when_only_some_packages_were_read():
    assert problems_of(make_dataset("id,flags\na,sum-mismatch\n"), whole=False) == []


def test_a_mistyped_column_of_a_register_is_named_and_called_a_column():
    page = "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]\n"
    page += "checks: [{id: c, resource: risks, product: [likelihood, impakt], equals: score}]"
    (problem,) = problems_of(make_register("id,likelihood,impact,score\na,3,4,12\n", page=page), whole=False)
    assert 'no column or resource called "impakt"' in problem.message


@pytest.mark.parametrize("page", ["registers: [{{resource: risks, caption: '{}', form: table, columns: [id]}}]"])
def test_the_name_of_a_register_holds_no_braces(page):
    text = page.format('All {{ number("a") }} risks')
    assert "worked-out" in [p.code for p in check_words(make_register("id\na\n", page=text))]


def test_a_declared_mismatch_that_comes_out_otherwise_is_a_new_one():
    rows = WRONG.format("conflict").replace("600", "605")
    assert codes_of(rows, mismatch="The paper says so.") == ["check-changed"]
    assert codes_of(WRONG.format("conflict").replace("1258", "1259"), mismatch="It says so.") == ["check-changed"]


DERIVED = "id,value,flags,printed,note\na,10,,10,\nb,20,,20,\nmade,15,derived,,The mean of a and b.\n"


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        ("", ["derived-unchecked"]),
        ("checks: [{id: m, mean: [a, b], equals: made}]", []),
        ("checks: [{id: m, mean: [made, b], equals: b}]", ["derived-unchecked"]),
        ("checks: [{id: m, restates: [a, made]}]", ["derived-unchecked"]),
    ],
)
def test_a_figure_that_we_worked_out_is_worked_out_again(page, codes):
    portal = make_portal(make_dataset(DERIVED, page=page))
    told = [p.code for p in check_arithmetic(portal, run_checks(portal))]
    assert [code for code in told if code == "derived-unchecked"] == codes


def test_a_figure_that_we_worked_out_is_looked_for_when_all_packages_were_read():
    portal = make_portal(make_dataset(DERIVED))
    assert list(check_arithmetic(portal, run_checks(portal), whole=False)) == []


def test_a_figure_that_could_not_be_worked_out_needs_no_check():
    portal = make_portal(make_dataset(DERIVED.replace("made,15", "made,x")))
    assert list(check_arithmetic(portal, run_checks(portal))) == []


def parts_told(check, **cells):
    """Of the mean of two places on one day; `cells` are of its second part, or of the figure that was worked out."""
    day = {"period_start": "2024-03-31", "period_end": "2024-03-31", "qualifier": "exact", "measure": "in-care"}
    rows = [{**day, "id": "a", "value": "10", "area": "otherton"}, {**day, "id": "b", "value": "20", "area": "england"}]
    rows += [{**day, "id": "made", "value": "15", "area": "otherton", "flags": "derived", "note": "The mean."}]
    for name, (column, cell) in cells.items():
        next(row for row in rows if row["id"] == name)[column] = cell
    names = "id measure value area period_start period_end qualifier value_low value_high flags note".split()
    text = "".join(",".join(row.get(name, "") for name in names) + "\n" for row in rows)
    dataset = make_dataset(f"{','.join(names)}\n{text}", page=f"checks: [{{id: m, {check}}}]")
    return [problem.code for problem in problems_of(dataset)]


MEAN = "mean: [a, b], equals: made"


def test_a_mean_of_like_printed_figures_is_let_through():
    assert parts_told(MEAN) == []


@pytest.mark.parametrize("check", ["mean: [a, b, b, a], equals: made", "sum: [made, made], equals: made"])
def test_no_figure_is_named_twice_in_a_check_or_is_its_own_part(check):
    assert "check-parts" in parts_told(check, made=("value", "15"))


@pytest.mark.parametrize(
    "cells",
    [
        {"b": ("qualifier", "at-least")},
        {"b": ("flags", "derived")},
        {"b": ("measure", "wait")},
        {"b": ("period_end", "2023-03-31")},
        {"made": ("qualifier", "about")},
        {"made": ("period_end", "2025-03-31")},
    ],
)
def test_a_figure_of_ours_is_made_of_like_exact_printed_figures(cells):
    assert "check-parts" in parts_told(MEAN, **cells)
