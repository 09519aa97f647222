"""Small numbers about people are refused, by whom they are about; what may stand says why; no message repeats one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from make import MEASURES, make_dataset, make_page, make_plain, make_portal, make_register, write_portal

from portal.load import load_portal
from portal.pages.exempted import SUBJECTS as WORDS_ON_THE_SITE
from portal.pageschema import SUBJECTS
from portal.policy import STANDARD, Policy, read_policy
from portal.validate import check_portal
from portal.validate.people.disclosure import check_disclosure
from portal.validate.people.hidden import says_number
from portal.validate.people.running import check_running
from portal.validate.people.settings import check_policy

OFFICIAL = {"council-reports": {"type": "official-statistics"}}


def codes(problems):
    return [problem.code for problem in problems]


def refused(csv_text, policy=STANDARD, **given):
    return codes(check_disclosure(make_dataset(csv_text, **given), policy))


def with_measure(**cells):
    """The table of measures with one more, called m."""
    names = MEASURES.splitlines()[0].split(",")
    whole = {"id": "m", "label": "M", "unit": "people", "statistic": "count", "subject": "children", **cells}
    return f"{MEASURES}{','.join(whole.get(name, '') for name in names)}\n"


def exempting(row="a", **cells):
    entry = {
        "row": row,
        "reason": "Printed in a public paper.",
        "harm": "Nobody can tell who is meant.",
        "date": "2026-01-31",
        "reviewed_by": "the officer",
        **cells,
    }
    return "disclosure: {rows: [{" + ", ".join(f'{name}: "{text}"' for name, text in entry.items()) + "}]}"


def releasing(**cells):
    entry = {
        "resource": "children",
        "policy": "Policy of the ministry",
        "policy_url": "https://ministry.test/policy",
        "reason": "Official statistics.",
        "date": "2026-01-31",
        "reviewed_by": "the officer",
        **cells,
    }
    return "disclosure: {releases: [{" + ", ".join(f'{name}: "{text}"' for name, text in entry.items()) + "}]}"


# how small is small


@pytest.mark.parametrize(
    ("columns", "stopped"),
    [
        ("value\na,5", True),
        ("value\na,1", True),
        ("value\na,0", False),
        ("value\na,6", False),
        ("value\na,-3", True),
        ("value,measure\na,3,wait", False),
        ("value,measure\na,3,spend", False),
        ("value,measure\na,3,adopted-share", False),
        ("value\na,c", False),
        ("value,qualifier\na,4,about", True),
        ("value,qualifier\na,6,less-than", True),
        ("value,qualifier\na,7,less-than", False),
        ("value,qualifier\na,5,at-most", True),
        ("value,kind\na,3,target", False),
        ("value,kind\na,3,plan", False),
        ("value,kind\na,3,forecast", False),
        ("value,kind\na,3,estimate", True),
        ("value,kind\na,3,targett", True),
        ("value,qualifier,value_low,value_high\na,,range,2,4", True),
        ("value,qualifier,value_low,value_high\na,,range,2,20", False),
    ],
)
def test_an_actual_count_of_one_to_five_children_is_stopped(columns, stopped):
    assert refused(f"id,{columns}\n") == (["small-number"] if stopped else [])


def test_a_number_in_thousands_is_judged_in_whole_people():
    measures = with_measure().replace("statistic,", "statistic,multiplier,", 1)
    lines = [
        line if n == 0 else line.replace(",count,", ",count,1000,") for n, line in enumerate(measures.splitlines())
    ]
    table = "\n".join(lines).replace(",share,", ",share,1,").replace(",mean,", ",mean,1,") + "\n"
    assert refused("id,measure,value\na,m,3\nb,m,0.003\n", measures_csv=table) == ["small-number"]


@pytest.mark.parametrize(("unit", "stopped"), [("children", True), ("percent", False), ("days", False)])
def test_a_change_by_so_few_children_is_stopped_and_one_of_a_share_is_not(unit, stopped):
    measures = with_measure(statistic="change", unit=unit)
    assert bool(refused("id,measure,basis,value\na,m,change,-3\n", measures_csv=measures)) is stopped


def test_a_portal_may_be_stricter():
    assert refused("id,value\na,9\n", Policy(small=10)) == ["small-number"]


# whom it is about


@pytest.mark.parametrize(
    ("cells", "stopped"),
    [
        ({"subject": "families"}, True),
        ({"subject": "event-about-a-person"}, True),
        ({"subject": ""}, True),
        ({"subject": "childern"}, True),
        ({"subject": "staff"}, False),
        ({"subject": "other", "unit": "homes"}, False),
        ({"subject": "other", "unit": "children"}, True),
        ({"subject": "other", "unit": "young-people"}, True),
        ({"subject": "staff", "unit": "children"}, True),
        ({"subject": "staff", "label": "Staff suspended"}, True),
        ({"subject": "staff", "label": "Long-term sickness"}, True),
        ({"subject": "staff", "label": "Grievances"}, True),
        ({"subject": "staff", "label": "Vacancies"}, False),
        ({"statistic": "Count"}, True),
    ],
)
def test_the_subject_decides_and_what_is_not_known_counts_as_children(cells, stopped):
    assert bool(refused("id,measure,value\na,m,3\n", measures_csv=with_measure(**cells))) is stopped


def test_staff_are_looked_after_like_children_where_the_publisher_says_so():
    measures = with_measure(subject="staff")
    assert refused("id,measure,value\na,m,3\n", Policy(staff="like-children"), measures_csv=measures) == [
        "small-number"
    ]


def test_a_breakdown_by_sickness_makes_a_count_of_staff_a_matter_of_theirs():
    measures = with_measure(subject="staff")
    assert refused("id,measure,value,reason\na,m,3,sickness\n", measures_csv=measures) == ["small-number"]


def test_a_measures_table_without_subjects_opens_no_door():
    without = "\n".join(line.rpartition(",")[0] for line in MEASURES.splitlines()) + "\n"
    assert refused("id,value\na,3\n", measures_csv=without) == ["small-number"]


# what is hidden stays hidden


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ("value,printed\na,c,3", "printed"),
        ("value,printed\na,c,three", "printed"),
        ("value,printed,value_low\na,c,c,2", "value_low"),
        ("value,printed,value_high\na,c,c,4", "value_high"),
        ("value,printed,note\na,c,c,Of whom 2 are brothers.", "note"),
        ("value,printed,note\na,c,c,The paper speaks of one boy.", "note"),
    ],
)
def test_what_a_confidential_row_still_says_is_refused(columns, field):
    (problem,) = check_disclosure(make_dataset(f"id,{columns}\n"))
    assert (problem.code, problem.field) == ("hidden-number", field)


@pytest.mark.parametrize("note", ["No one else is counted.", "Held back on 31 March 2024.", "Counted in 2014/15."])
def test_a_note_may_say_why_and_when(note):
    assert refused(f"id,value,printed,note\na,c,c,{note}\n") == []


def test_a_hidden_count_is_not_told_beside_the_share_it_was_printed_with():
    rows = "id,measure,value,printed\na,in-care,c,c\nb,adopted-share,17,4(17%)\n"
    (problem,) = check_disclosure(make_dataset(rows))
    assert (problem.code, problem.line, problem.field) == ("hidden-number", 3, "printed")
    assert refused("id,measure,value,printed\na,in-care,30,30(17%)\nb,adopted-share,17,30(17%)\n") == []


SECRET = "id,value,printed\na,{},{}\n"


@pytest.mark.parametrize(("value", "printed"), [("4", "3"), ("c", "3"), ("3", "three"), ("5", "4(3%)")])
def test_no_message_about_a_refused_cell_repeats_it(tmp_path, value, printed):
    content = make_dataset(SECRET.format(value, printed)).resources[0].content
    found = tell(tmp_path, {"children/data/children.csv": content, "children/page.yaml": ""})
    assert {p.code for p in found} <= {"small-number", "hidden-number"}
    texts = " ".join(f"{p.message} {p.fix}".replace("1 to 5", "").replace("row 2", "") for p in found)
    assert not {"3", "4", "5", "three"} & set(texts.replace(",", " ").replace('"', " ").split())


def tell(folder, files):
    datasets = write_portal(folder, files)
    portal, problems = load_portal(datasets)
    return [*problems, *check_portal(portal, datasets)]


def test_a_message_says_what_to_do_about_the_commit():
    (problem,) = check_disclosure(make_dataset("id,value\na,3\n"))
    assert "the commit itself may have to be removed" in problem.fix
    assert (problem.line, problem.column is not None) == (2, True)


# exemptions


def test_a_small_number_may_stand_when_the_page_says_why_and_what_harm_was_considered():
    assert refused("id,value\na,3\n", page=exempting()) == []


@pytest.mark.parametrize(
    ("row", "cells", "code"),
    [
        ("a", {"row": "b"}, "exemption-unknown-row"),
        ("a", {"date": "soon"}, "exemption-date"),
        ("a", {"date": "1026-01-31"}, "exemption-date"),
        ("a", {"date": "2024-03-30"}, "exemption-date"),
        ("a", {"reason": "It prints 3."}, "exemption-number"),
        ("a", {"reason": "x"}, "exemption-reason"),
        ("a", {"harm": "n/a"}, "exemption-reason"),
        ("a", {"harm": "The three could be found."}, "exemption-number"),
        ("a", {"harm": "<b>None</b>."}, "exemption-number"),
        ("a", {"reason": "This year it is printed."}, "ages-badly"),
    ],
)
def test_an_exemption_that_does_not_say_what_it_must_is_an_error(row, cells, code):
    assert code in refused(f"id,value\n{row},3\n", page=exempting(**cells))


@pytest.mark.parametrize("value", ["0", "6", "c"])
def test_an_exemption_of_nothing_is_an_error(value):
    assert refused(f"id,value\na,{value}\n", page=exempting()) == ["exemption-of-nothing"]


def test_a_release_of_official_statistics_is_exempted_as_a_whole_and_nothing_else_is():
    page = make_page(releasing(series="council-reports"))
    dataset = replace(make_dataset("id,value\na,3\nb,4\n"), page=page)
    assert codes(check_disclosure(dataset, Policy(), OFFICIAL)) == []
    assert codes(check_disclosure(dataset, Policy(), make_portal(dataset).reference.series)) == ["exemption-series"]


def test_a_release_covers_its_own_series_only():
    page = make_page(releasing(series="council-reports"))
    dataset = replace(make_dataset("id,value,series\na,3,council-reports\nb,4,other\n"), page=page)
    assert [p.line for p in check_disclosure(dataset, Policy(), OFFICIAL)] == [3]


@pytest.mark.parametrize(
    ("cells", "code"),
    [({"resource": "childrn"}, "unknown-name"), ({"policy_url": "javascript:alert(1)"}, "exemption-address")],
)
def test_a_release_names_its_resource_and_a_web_address(cells, code):
    page = make_page(releasing(**{"series": "council-reports", **cells}))
    dataset = replace(make_dataset("id,value\na,3\n"), page=page)
    assert code in codes(check_disclosure(dataset, Policy(), OFFICIAL))


# registers

TABLE = "registers: [{resource: risks, caption: Risks, form: table, columns: [id]}]"


def test_a_small_number_of_people_is_stopped_in_a_register_and_a_score_is_not():
    rows = "id,children,children_printed\na,5,5\n"

    def found(page):
        return codes(check_disclosure(make_register(rows, page=page, children="integer")))

    assert found(TABLE) == ["small-number"]
    assert found(TABLE.replace("]}]", "], subject: other}]")) == []
    assert found(f"{TABLE}\n{exempting()}") == []


# plain tables


def undeclared(csv_text, page="", **types):
    dataset = replace(make_plain(csv_text, types=types), page=make_page(page))
    return [(p.line, p.field, p.severity) for p in check_disclosure(dataset)]


def test_a_plain_table_that_says_nothing_is_warned_of_line_by_line():
    found = undeclared("quarter,visits,calls\nQ1,4,12\nQ2,30,5\nQ3,0,6\n", visits="integer", calls="number")
    assert found == [(2, "visits", "warning"), (3, "calls", "warning")]


@pytest.mark.parametrize(
    "name",
    [
        *("year", "age", "month_number", "days_missing", "ward_code", "id", "school_ref", "case_no", "latitude"),
        *("percent_adopted", "adoption_rate", "cases_per_home", "average_stay", "cost_gbp", "rating_score"),
    ],
)
def test_a_column_that_visibly_counts_nobody_gives_no_warning(name):
    assert undeclared(f"place,{name}\nA,3\n", **{name: "integer"}) == []


@pytest.mark.parametrize(
    "name", ["children", "adopted_within_12_months", "year_7_pupils", "number_of_cases", "aged_5_to_10", "y", "year_7"]
)
def test_a_column_that_may_count_somebody_does(name):
    assert undeclared(f"place,{name}\nA,3\n", **{name: "integer"}) == [(2, name, "warning")]


def test_text_that_holds_numbers_is_looked_at_too():
    assert undeclared("place,visits\nA,3\nB,40\nC,c\n") == [(2, "visits", "warning")]
    assert undeclared("place,room\nA,3\nB,hall\nC,garden\n") == []


def test_a_measurement_with_decimals_counts_nobody():
    assert undeclared("place,workload\nA,3\nB,14.9\nC,15.2\n", workload="number") == []
    assert undeclared("place,children\nA,3\nB,14.9\nC,15.2\n", children="number") == [(2, "children", "warning")]


def say(subject):
    return f"disclosure: {{columns: [{{resource: visits, fields: [visits], subject: {subject}}}]}}"


@pytest.mark.parametrize(("subject", "found"), [("children", [(2, "visits", "error")]), ("other", []), ("staff", [])])
def test_what_page_yaml_says_of_a_column_decides(subject, found):
    assert undeclared("quarter,visits\nQ1,4\n", say(subject), visits="integer") == found


def test_a_cell_of_a_plain_table_is_exempted_by_its_key():
    dataset = make_plain("quarter,visits\nQ1,4\nQ2,3\n", types={"visits": "integer"})
    (table,) = dataset.resources
    keyed = replace(table, schema={**table.schema, "primaryKey": ["quarter"]})
    dataset = replace(dataset, resources=(keyed,), page=make_page(exempting("visits/Q1")))
    assert [p.line for p in check_disclosure(dataset)] == [3]


# running totals

LEFT = with_measure(unit="children")


def totals(*rows, page=""):
    head = "id,measure,basis,period_start,period_end,value\n"
    text = "".join(f"{name},m,{basis},2024-04-01,{end},{value}\n" for name, basis, end, value in rows)
    return [(p.code, p.line) for p in check_running(make_dataset(head + text, measures_csv=LEFT, page=page))]


NOVEMBER = ("november", "year-to-date", "2024-11-30", "52")


@pytest.mark.parametrize(("value", "stopped"), [("52", False), ("53", True), ("57", True), ("58", False), ("50", True)])
def test_a_running_total_that_grew_by_so_few_is_stopped(value, stopped):
    found = totals(NOVEMBER, ("december", "year-to-date", "2024-12-31", value))
    assert found == ([("running-difference", 3)] if stopped else [])


def test_the_year_itself_ends_a_running_total():
    assert totals(NOVEMBER, ("year", "financial-year", "2025-03-31", "55")) == [("running-difference", 3)]


def test_a_hidden_total_between_two_others_hides_nothing():
    december = ("december", "year-to-date", "2024-12-31", "c")
    assert totals(NOVEMBER, december, ("january", "year-to-date", "2025-01-31", "54")) == [("running-difference", 4)]


def test_two_years_are_no_running_total():
    assert totals(("one", "financial-year", "2024-12-31", "52"), ("two", "financial-year", "2025-03-31", "55")) == []
    rows = "id,measure,basis,period_start,period_end,value\n"
    rows += "a,m,year-to-date,2023-04-01,2023-12-31,52\nb,m,year-to-date,2024-04-01,2024-12-31,55\n"
    assert list(check_running(make_dataset(rows, measures_csv=LEFT))) == []


def test_an_exemption_of_the_later_figure_lets_the_difference_stand_and_is_one_of_something():
    rows = (NOVEMBER, ("december", "year-to-date", "2024-12-31", "55"))
    assert totals(*rows, page=exempting("december")) == []
    head = "id,measure,basis,period_start,period_end,value\n"
    text = "".join(f"{n},m,{b},2024-04-01,{e},{v}\n" for n, b, e, v in rows)
    assert refused(head + text, measures_csv=LEFT, page=exempting("december")) == []


# settings


@pytest.mark.parametrize(
    ("words", "small"),
    [({}, 5), ({"small": 10}, 10), ({"small": 3}, 5), ({"small": True}, 5), ({"small": "10"}, 5), ([], 5), (None, 5)],
)
def test_a_threshold_is_never_looser_than_the_standard(words, small):
    assert read_policy({"disclosure": words}).small == small


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ({"small": 4}, ["small"]),
        ({"small": True}, ["small"]),
        ({"small": 5.5}, ["small"]),
        ({"smal": 10}, ["smal"]),
        ({"staff": "hide"}, ["staff"]),
        ({"addresses": "a@b.example"}, ["addresses"]),
        ({"small": 10, "staff": "like-children", "addresses": ["a@b.example"]}, []),
    ],
)
def test_a_setting_that_cannot_be_followed_is_told_with_its_line(words, places):
    found = list(check_policy({"disclosure": words}, {"extra.portal.disclosure": 7}, "mkdocs.yml"))
    assert [p.field.rpartition(".")[2] for p in found] == places
    assert all((p.severity, p.path, p.line) == ("error", "mkdocs.yml", 7) for p in found)


@pytest.mark.parametrize("words", [[], "strict", 5])
def test_settings_that_are_no_names_with_values_are_refused(words):
    assert codes(check_policy({"disclosure": words}, {}, "mkdocs.yml")) == ["disclosure-setting"]


NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety once twice single sole"
).split()


@pytest.mark.parametrize("word", NUMBERS)
def test_a_number_in_words_is_a_number(word):
    assert says_number(f"It happened to {word} of them.")


@pytest.mark.parametrize("word", "no any some every each this that which the another".split())
def test_one_that_counts_nobody_is_no_number(word):
    assert not says_number(f"It happened to {word} one.")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_whatever_a_column_counts_the_site_has_words_for_it(subject):
    assert WORDS_ON_THE_SITE[subject]


@pytest.mark.parametrize(("day", "told"), [("1999-12-31", ["exemption-date"]), ("2000-01-01", [])])
def test_a_year_before_this_century_is_a_slip(day, told):
    dataset = make_dataset("id,value,period_start,period_end\na,3,1998-03-31,1998-03-31\n", page=exempting(date=day))
    assert codes(check_disclosure(dataset)) == told


@pytest.mark.parametrize("addresses", ["data@council.example", [1614960000], [""], [None]])
def test_addresses_that_are_no_list_of_texts_are_refused(addresses):
    assert codes(check_policy({"disclosure": {"addresses": addresses}}, {}, "mkdocs.yml")) == ["disclosure-setting"]


@pytest.mark.parametrize(
    ("statistic", "unit"), [("maximum", "children"), ("share", "young people"), ("rate", "families")]
)
def test_a_largest_number_or_a_share_in_people_is_a_count_of_them(statistic, unit):
    measures = f"id,label,unit,statistic,subject\nm,Most at once,{unit},{statistic},children\n"
    assert refused("id,measure,value\na,m,3\n", measures_csv=measures) == ["small-number"]


@pytest.mark.parametrize(
    ("label", "found"), [("Children looked after", 1), ("Children's homes", 0), ("Family hubs", 0)]
)
def test_a_label_tells_people_from_what_is_theirs_where_the_unit_does_not(label, found):
    measures = f"id,label,unit,statistic,subject\nm,{label},number,count,other\n"
    assert refused("id,measure,value\na,m,3\n", measures_csv=measures) == ["small-number"] * found


def test_two_parts_of_a_year_from_one_day_on_give_away_what_lies_between():
    rows = "id,value,basis,period_start,period_end\n"
    rows += "a,100,part-year,2023-04-01,2023-11-30\nb,103,part-year,2023-04-01,2023-12-31\n"
    assert [p.code for p in check_running(make_dataset(rows))] == ["running-difference"]
