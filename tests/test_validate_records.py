"""A table with a row for each person is known by its header, or by its shape; an aggregate is not taken for one."""

from __future__ import annotations

import pytest
from make import make_resource

from portal.policy import Policy
from portal.validate.people.folder import Text
from portal.validate.people.headers import find_headers, find_telling
from portal.validate.people.records import check_header
from portal.validate.people.shape import check_shape


@pytest.mark.parametrize(
    "header",
    [
        ["UPN"],
        ["LAchildID", "value"],
        ["Child Unique ID"],
        ["child_id"],
        ["person id"],
        ["PersonBirthDate"],
        ["Date of Birth"],
        ["MC_DOB"],
        ["HOME_POST"],
        ["NHS Number"],
        ["NI number"],
        ["first name"],
        ["Surname"],
        ["Address Line 1"],
        ["e-mail"],
        ["CHILD", "SEX", "REVIEW", "REVIEW_CODE"],
        ["CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE"],
        ["sex", "MISSTART", "MISEND"],
        ["sex", "ethnicity", "CINreferralDate"],
    ],
)
def test_a_header_tells_of_persons(header):
    assert find_telling(header)


@pytest.mark.parametrize(
    "header",
    [
        ["sex", "ethnic", "place", "children"],
        ["sex", "ethnicity", "placement", "number"],
        ["area", "convicted", "health_check", "immunisations", "teeth_check", "substance_misuse"],
        ["sex", "ethnicity", "sdq_score"],
        ["urn", "place", "postcode_district", "missing"],
        ["id", "name", "value"],
        ["jan", "oct", "nov", "dec", "place", "sex"],
        ["child_population", "children", "pupils", "pupil_count"],
        ["la_name", "old_la_code", "region_name"],
        ["school_name", "names", "birth_rate", "births"],
    ],
)
def test_a_header_of_an_aggregate_is_left_alone(header):
    assert find_telling(header) == ()


def test_a_header_below_title_lines_is_seen_and_a_word_in_a_cell_is_not():
    assert find_headers("Export,,\n,,\nUPN,Surname,Ward\n1,2,3\n", ",")[0] == 3
    assert find_headers("UPN;Ward\n1;2\n", ",") == (1, ("UPN",))
    assert find_headers("term,meaning,use\nUPN,Surname,Date of birth\n", ",") == (0, ())


def test_calls_counted_by_telephone_and_offices_of_the_publisher_are_no_persons():
    def codes(text: str, *own: str) -> list[str]:
        return [p.code for p in check_header(Text("a.csv", text), Policy(addresses=own))]

    assert codes("month,phone,email\nMay,310,1204\n") == []
    assert codes("hub,telephone\nNorth,0161 496 0000\n") == ["record-level"]
    assert codes("hub,telephone\nNorth,0161 496 0000\n", "0161 496 0000") == []


def rows(count: int, line: str) -> str:
    return "".join(
        line.format(i=91000 + n * 37, m=1 + n % 12, d=1 + n * 7 % 28, s="FM"[n % 2], k="ABC"[n % 3])
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("case,seen,sex,need\n" + rows(30, "{i},2024-{m:02}-{d:02},{s},{k}\n"), ["record-level-shape"]),
        ("case,seen,sex,need,age\n" + rows(30, "{i},2024-{m:02}-{d:02},{s},{k},{m}\n"), ["record-level-shape"]),
        ("case,seen,sex,need\n" + rows(19, "{i},2024-{m:02}-{d:02},{s},{k}\n"), []),
        ("case,seen,sex,children\n" + rows(30, "{i},2024-{m:02}-{d:02},{s},{i}\n"), []),
        ("urn,opened,phase,type,school\n" + rows(30, "{i},2024-{m:02}-{d:02},{s},{k},School no {i}\n"), []),
        ("case,sex,need\n" + rows(30, "{i},{s},{k}\n"), []),
    ],
)
def test_a_shape_is_warned_about_only_where_nothing_is_counted_or_named(text, codes):
    assert [p.code for p in check_shape(make_resource(text, "t"), {})] == codes


def test_days_in_order_are_a_series_and_no_births():
    days = [f"{2000 + n // 2}-{1 + n * 5 % 6 + 6 * (n % 2):02}-{1 + n * 11 % 28:02}" for n in range(40)]
    series = "day,stock\n" + "".join(f"{day},{100 + n}\n" for n, day in enumerate(sorted(days)))
    mixed = "day,stock\n" + "".join(f"{day},{100 + n}\n" for n, day in enumerate(sorted(days, key=lambda d: d[5:])))
    assert list(check_shape(make_resource(series, "t"), {})) == []
    assert [p.code for p in check_shape(make_resource(mixed, "t"), {})] == ["record-level-shape"]


PLACES = frozenset({"Postcode"})


def test_the_postcodes_of_places_are_left_alone_where_page_yaml_says_so():
    text = Text(
        "a.csv",
        "school,Postcode\nOak Lane,M14 5XX\n",
        resource=make_resource("school,Postcode\nOak Lane,M14 5XX\n", "a"),
    )
    assert list(check_header(text, said=PLACES)) == []
    (asked,) = check_header(text)
    assert asked.severity == "error"
    assert "subject: other" in asked.fix


def test_page_yaml_cannot_say_that_a_date_of_birth_is_no_persons():
    content = "Date of birth,Postcode\nx,M14 5XX\n"
    text = Text("a.csv", content, resource=make_resource(content, "a"))
    (refused,) = check_header(text, said=PLACES | {"Date of birth"})
    assert "Date of birth" in refused.message
