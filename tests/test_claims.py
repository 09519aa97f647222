"""Words that judge data: what they say, whether the rows bear it out, and which of them no claim answers for."""

from __future__ import annotations

import pytest
from make import make_dataset, make_portal, make_register, write_portal
from mutate_claims import mutate_all

from portal.claims import find_judgements, find_standing, read_phrase
from portal.load import load_portal
from portal.validate import check_stated
from portal.validate.judgements import check_judgements, check_template_judgements
from portal.verify.claims import check_said
from portal.verify.reader import Reader

TWO = "id,value\na,1204\nb,1248\n"
MEASURES = (
    "id,label,unit,statistic,stock_or_flow,subject,polarity\n"
    "in-care,In care,children,count,stock,other,neither\n"
    "share,Share,percent,share,stock,other,higher\n"
    "wait,Days,days,mean,flow,other,lower\n"
)


def claimed(csv_text: str, claim: str, sentence: str = '{{ claim("x") }}.'):
    page = f"lede: '{sentence}'\nclaims:\n  - {{id: x, {claim}}}\n"
    return make_dataset(csv_text, page=page, measures_csv=MEASURES)


def told(csv_text: str, claim: str, sentence: str = '{{ claim("x") }}.') -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in check_stated(make_portal(claimed(csv_text, claim, sentence)))]


def codes(csv_text: str, claim: str, sentence: str = '{{ claim("x") }}.') -> list[str]:
    return [code for code, _ in told(csv_text, claim, sentence)]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("rose", "time-up"),
        ("has fallen", "time-down"),
        ("rose every year since 2021", "each-up"),
        ("lower than", "compare-lower"),
        ("Fewer children than in England", "compare-lower"),
        ("the same as", "compare-same"),
        ("the highest since 2018", "extreme-highest"),
        ("missed the target", "target-missed"),
        ("did not meet its target", "target-missed"),
        ("better than England", "quality-better"),
        ("about a third of", "share-about"),
        ("most of", "share-more"),
        ("more than doubled", "times-more"),
        ("more than halved", "times-less"),
        ("twice as many as", "times-pair-exact"),
        ("together are more than", "sum-more"),
        ("Fewer days is better", "polarity-lower"),
        ("Neither more nor fewer is better", "polarity-neither"),
    ],
)
def test_the_words_decide_the_test(words, name):
    phrase = read_phrase(words)
    assert phrase is not None
    assert phrase.name == name


@pytest.mark.parametrize("words", ["soared", "a huge success", "lower than every other city we know", ""])
def test_words_that_nobody_can_test_are_unknown(words):
    assert read_phrase(words) is None


@pytest.mark.parametrize(
    ("csv_text", "claim"),
    [
        (TWO, "words: rose, rows: [a, b]"),
        (TWO, "words: rose, rows: [b, a]"),
        (TWO, "words: more than a year before, rows: [b, a]"),
        (TWO, "words: the highest since 2024, rows: [b]"),
        ("id,value\na,100\nb,205\n", "words: more than doubled, rows: [a, b]"),
        ("id,value\na,100\nb,200\n", "words: doubled, rows: [a, b]"),
        (TWO, "words: the lowest, rows: [a]"),
        ("id,measure,value\na,share,34\n", "words: about a third of, rows: [a]"),
        ("id,measure,value,kind\nb,wait,80,target\na,wait,90,actual\n", "words: missed the target, rows: [a, b]"),
        ("id,measure,value,kind\na,share,80,actual\nb,share,80,target\n", "words: met the target, rows: [a, b]"),
        ("id,measure,value\na,wait,90\nb,wait,80\n", "words: improved, rows: [a, b]"),
    ],
)
def test_a_true_claim_stands(csv_text, claim):
    assert told(csv_text, claim) == []


@pytest.mark.parametrize(
    ("csv_text", "claim"),
    [
        (TWO, "words: fell, rows: [a, b]"),
        (TWO, "words: the highest, rows: [a]"),
        ("id,value\na,1248\nb,1248\n", "words: the highest, rows: [b]"),
        ("id,measure,value\na,share,37\n", "words: about a third of, rows: [a]"),
        ("id,measure,value,kind\na,wait,90,actual\nb,wait,80,target\n", "words: met the target, rows: [a, b]"),
        ("id,measure,value\na,wait,90\nb,wait,80\n", "words: worsened, rows: [a, b]"),
        ("id,value\na,100\nb,200\n", "words: more than doubled, rows: [a, b]"),
    ],
)
def test_a_false_claim_stops_the_build(csv_text, claim):
    assert codes(csv_text, claim) == ["false-claim"]


def test_the_message_names_the_rows_and_says_what_is_true_now():
    ((_, message),) = told(TWO, "words: fell, rows: [a, b]")
    assert "1,248 (31 March 2024) is higher than 1,204 (31 March 2024): it rose" in message


def test_a_message_does_not_repeat_a_small_count():
    ((_, message),) = told("id,value\na,3\nb,4\n", "words: fell, rows: [a, b]")
    assert '"b" is higher than "a"' in message


@pytest.mark.parametrize(
    ("csv_text", "claim"),
    [
        ("id,value,qualifier\na,1204,about\nb,1248,exact\n", "words: rose, rows: [a, b]"),
        ("id,measure,value\na,share,17\nb,share,17.4\n", "words: rose, rows: [a, b]"),  # the first may be 17.4 as well
        ("id,value\na,[c]\nb,1248\n", "words: the highest, rows: [b]"),
        ("id,value,kind\na,1300,actual\nb,1248,target\n", "words: missed the target, rows: [a, b]"),  # neither
        (TWO, "words: improved, rows: [a, b]"),
    ],
)
def test_what_the_rows_cannot_decide_is_not_claimed(csv_text, claim):
    assert codes(csv_text.replace("[c]", "c"), claim) == ["claim-unsure"]


@pytest.mark.parametrize(
    ("column", "values"),
    [("basis", "point-in-time year-to-date"), ("series", "council-reports national-statistics")],
)
def test_rows_that_differ_are_claimed_together_only_in_so_many_words(column, values):
    one, other = values.split()
    csv_text = f"id,value,{column}\na,1204,{one}\nb,1248,{other}\n"
    assert codes(csv_text, "words: rose, rows: [a, b]") == ["claim-unlike"]
    across = "words: rose, rows: [a, b], across: counted in another way"
    assert codes(csv_text, across) == ["claim-across"]  # the sentence does not say so
    assert codes(csv_text, across, '{{ claim("x") }}, though counted in another way.') == []


def test_words_on_a_difference_that_is_not_there_are_refused():
    assert codes(TWO, "words: rose, rows: [a, b], across: counted apart", '{{ claim("x") }}, counted apart.') == [
        "claim-across"
    ]


def test_two_places_are_compared_at_one_time_only():
    csv_text = "id,value,area,period_start,period_end\na,9,otherton,{0},{0}\nb,12,england,{1},{1}\n"
    claim = "words: lower than in England, rows: [a, b]"
    same = csv_text.format("2024-03-31", "2024-03-31")
    assert codes(same, claim) == []
    assert codes(csv_text.format("2023-03-31", "2024-03-31"), claim) == ["claim-unlike"]


def test_the_place_that_the_words_name_is_the_place_of_the_row():
    csv_text = (
        "id,value,area,period_start,period_end\n"
        "a,9,england,2024-03-31,2024-03-31\nb,12,otherton,2024-03-31,2024-03-31\n"
    )
    assert codes(csv_text, "words: lower than in England, rows: [a, b]") == ["false-claim"]


def test_a_break_in_the_counting_must_be_told():
    assert codes("id,value,flags\na,1204,\nb,1248,b\n", "words: rose, rows: [a, b]") == ["claim-unlike"]


def test_unknown_names_and_words_and_a_claim_that_nobody_says_are_told():
    assert codes(TWO, "words: soared, rows: [a, b]") == ["claim-words"]
    assert codes(TWO, "words: rose, rows: [a, z]") == ["unknown-name"]
    assert codes(TWO, "words: rose, figures: [none]") == ["unknown-name"]
    assert codes(TWO, "words: rose, rows: [a, b]", "Nothing.") == ["claim-unsaid"]
    assert codes(TWO, "words: rose, rows: [a, b]", '{{ claim("y") }} {{ claim("x") }}') == ["unknown-claim"]


def test_a_statement_on_what_is_better_is_tested_under_the_chart_that_makes_it():
    page = (
        "charts:\n  - {id: days, form: dates, title: Days, subtitle: Fewer days is better., "
        "series: [{where: {measure: MEASURE}}]}\n"
    )
    csv_text = "id,measure,value\na,wait,9\nb,share,9\n"

    def of(measure: str) -> list[str]:
        dataset = make_dataset(csv_text, page=page.replace("MEASURE", measure), measures_csv=MEASURES)
        return [p.code for p in check_stated(make_portal(dataset))]

    assert of("wait") == []
    assert of("share") == ["false-claim"]


@pytest.mark.parametrize(
    "text",
    [
        "The number fell.",
        "It is lower in England.",
        "Most of them waited.",
        "It missed the target.",
        "Things improved.",
    ],
)
def test_a_judging_word_outside_a_claim_is_found(text):
    assert find_judgements(text)


@pytest.mark.parametrize(
    "text",
    [
        "More or fewer plans are not in themselves better.",
        "The grade was requires improvement to be good.",
        "Three or more homes in two years.",
        "One child can be told of more than once.",
        "The council wanted more children to live with families.",
        "Fewer days is better.",
        "It was at least a year.",
    ],
)
def test_words_that_judge_no_data_are_left_alone(text):
    assert not find_judgements(text)


def test_neither_is_not_read_as_its_opposite():
    assert [words for words, _ in find_standing("Neither more nor fewer is better.")] == [
        "Neither more nor fewer is better"
    ]


def test_an_unclaimed_judgement_stands_where_it_is_told():
    dataset = make_dataset(TWO, narrative="One.\n\nThe number fell.")
    ((code, line),) = [(p.code, p.line) for p in check_judgements(make_portal(dataset))]
    assert (code, line) == ("unclaimed-judgement", 3)


def test_the_words_of_a_claim_are_no_loose_judgement():
    assert not list(check_judgements(make_portal(claimed(TWO, "words: rose, rows: [a, b]"))))


def test_a_plain_package_keeps_its_publishers_prose():
    dataset = make_register("id,risk\nr1,Cuts\n")
    assert not list(check_judgements(make_portal(dataset)))


def test_a_template_may_not_judge_data_either(tmp_path):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/a.html.j2").write_text("<p>\n{{ higher }} {% if lower %}The rate fell.{% endif %}\n", "utf-8")
    ((path, line),) = [(p.path.partition("/")[2], p.line) for p in check_template_judgements(tmp_path)]
    assert (path, line) == ("pages/a.html.j2", 2)


ROWS = {
    name: {
        **dict.fromkeys(("repeats", "breakdown", "area", "series", "kind", "basis", "dataset"), ""),
        "id": name,
        "measure": "in-care",
        "value": value,
        "period_end": f"{year}-03-31",
        "value_low": "",
        "value_high": "",
    }
    for name, value, year in (("a", "1204", 2023), ("b", "1248", 2024))
}


@pytest.mark.parametrize(
    ("test", "rows", "words", "found"),
    [
        ("time-up", "a b", "rose", []),
        ("time-down", "a b", "fell", ["wrong-claim"]),
        ("time-up", "a b", "fell", ["wrong-claim"]),  # the words are of another test
        ("extreme-highest", "b", "the highest", []),
        ("extreme-highest", "a", "the highest", ["wrong-claim"]),
        ("compare-lower", "a b", "lower than", []),
        ("time-up", "a z", "rose", ["untraceable"]),
        ("times-more", "a b", "more than doubled", ["wrong-claim"]),
        ("share-more", "a b", "more than half of", []),
    ],
)
def test_the_finished_page_is_tested_again_from_the_published_rows(test, rows, words, found):
    reader = Reader()
    reader.feed(f'<p>It <span class="mc-claim" data-claim="{test}" data-rows="{rows}">{words}</span>.</p>')
    portal = make_portal(make_dataset(TWO))
    assert [p.code for p in check_said("index.html", reader, ROWS, portal)] == found
    assert not reader.numbers  # words are no number


def test_every_claim_of_a_portal_is_caught_when_one_cell_makes_it_false(tmp_path):
    page = (
        "headline: in-care\nfigures: [{id: in-care, rows: [in-care-2024]}]\n"
        'lede: \'{{ claim("rose") }} {{ claim("peak") }} {{ claim("year") }}\'\n'
        "claims:\n  - {id: rose, words: rose, rows: [in-care-2023, in-care-2024]}\n"
        "  - {id: peak, words: the highest, figures: [in-care]}\n"
        "  - {id: year, words: more than a year before, rows: [in-care-2024, in-care-2023]}\n"
    )
    portal, problems = load_portal(write_portal(tmp_path, {"children/page.yaml": page}))
    assert not problems
    tally, missed, _ = mutate_all(portal)
    assert (missed, tally.claims) == ([], 3)
    assert tally.mutations == tally.caught > 6
