"""How hard a page is to read is measured on the finished page, and stops the build where the settings say so."""

from __future__ import annotations

import pytest

from portal.reading import Limits, read_limits
from portal.validate.reading import check_reading_limits
from portal.verify.reader import Reader
from portal.verify.reading import EXEMPT, Grades, check_reading, exempt, find_sentences, measure
from portal.verify.syllables import count_syllables

GRADES = Grades(elsewhere=9, young_people=6)
PAGE = '<main><article class="md-content__inner">{}</article></main>'
EASY = "<p>Some children live with a new family. We say how many did so in a year.</p>"
HARD = (
    "<p>Institutional accountability necessitates comprehensive organisational documentation regarding individual "
    "circumstances, multidisciplinary professional participation and administrative responsibilities.</p>"
)
MIDDLING = "<p>The council counted all the families who received regular visits from a social worker in winter.</p>"

# Said aloud, with a hand under the chin.
WORDS = {
    1: "a the I child school home house year help plan court moved lived asked called placed looked cared fed wait "
    "waits age aged rate rates case time times face voice those these which through thought month worse safe judge "
    "judged priced changed charged real young worked trade eye use used reached nurse’s",
    2: "children council people carer foster before after leaving living parent worker number figure order under cases "
    "over above again added started ended wanted needed social justice service table places houses judges "
    "changes being doing going trying reading reason caseload scorecard timeline safety homeless careful hopeful "
    "lately percent something nothing someone language rhythm secure hundred thousand written given little able quiet "
    "raises hospice",
    3: "adopted adoption area family family’s another decided together important wherever department assessment’s "
    "committee official referral suitable register hospital exercise attendance supervise everything whoever radio "
    "inspected protection exclusion custody idea familiar reuses safeguarding complaining authorise",
    4: "information january january’s responsible inadequate statistical independent unsuitable education population "
    "variety society",
    5: "university disability organisation",
    6: "accountability organisational comparability",
}


def page(*parts: str) -> list:
    reader = Reader()
    reader.feed(PAGE.format("".join(parts)))
    return reader.spoken.passages


def codes(name: str, *parts: str) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in check_reading(name, page(*parts), GRADES)]


@pytest.mark.parametrize(("word", "count"), [(w, n) for n, ws in WORDS.items() for w in ws.split()])
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert count_syllables(word) == count


def test_a_page_in_plain_words_passes():
    assert codes("datasets/adoption/index.html", EASY * 10) == []


def test_a_hard_page_stops_the_build_and_shows_its_hardest_sentence():
    (problem,) = check_reading(
        "datasets/adoption/index.html",
        page(HARD, *[MIDDLING + f"<p>Word {n} {HARD[3:-4]}</p>" for n in range(9)]),
        GRADES,
    )
    assert (problem.code, problem.severity) == ("hard-to-read", "error")
    assert "Institutional accountability" in problem.message
    assert "page.yaml or the narrative of datasets/adoption" in problem.fix


def test_the_young_peoples_section_must_be_easier_than_the_rest():
    kinds = "north south east west upper lower inner outer older newer".split()
    text = [f"<p>We asked every {kind} family we saw what they wanted to happen next.</p>" for kind in kinds]
    assert codes("young-people/health/index.html", *text) == [("hard-to-read", "error")]
    assert codes("datasets/adoption/index.html", *text) == []


def test_letters_alone_only_warn():
    """Long words of few syllables: one formula does not see them, the other does."""
    words = "Through strength straight thoughts stretched branches, schools brought scratched launched friends."
    text = [f"<p>{start} {words}</p>" for start in "We You They She He It Who Some Most All Few Each".split()]
    assert codes("datasets/adoption/index.html", *text) == [("hard-by-letters", "warning")]


def test_a_sentence_of_more_than_forty_words_stops_the_build_however_easy_the_page():
    assert codes("about/index.html", EASY * 3, f"<p>{'We go on ' * 14}and on.</p>") == [("hard-to-read", "error")]


def test_a_page_of_few_words_has_no_grade():
    assert codes("topics/money/index.html", HARD) == []


@pytest.mark.parametrize("name", ["methods/index.html", "datasets/adoption/rows/index.html", "measures/a1/index.html"])
def test_pages_on_the_list_are_not_measured(name):
    assert codes(name, HARD * 9, *[f"<p>{n} {HARD[3:]}" for n in range(9)]) == []
    assert exempt(name) in EXEMPT.values()


@pytest.mark.parametrize(
    "part",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<svg><text>{}</text></svg>",
        '<p class="mc-chart__source">{}</p>',
        "<dl><dd>{}</dd></dl>",
        "<nav><ul><li>{}</li></ul></nav>",
    ],
)
def test_tables_drawings_sources_and_lists_of_names_are_no_prose(part):
    read = measure(page(part.format("Organisational accountability necessitates documentation today.")))
    assert read.words == (5 if "nav" in part else 0)


def test_numbers_dates_and_names_weigh_as_much_as_a_short_word():
    (counted,) = find_sentences("On 31 March 2024 there were 1,204 children in Wolverhampton.")
    assert (counted.words, counted.syllables) == (8, 9)


def test_a_bound_number_and_a_claim_are_read_with_their_sentence():
    claim, number = '<a data-claim="x" data-rows="y">missed the target</a>', '<a class="mc-number" data-rows="z">17</a>'
    assert measure(page(f"<p>It {claim} of {number} days.</p>")).words == 7


def test_points_of_a_list_that_runs_on_are_not_one_sentence():
    told = "What is counted: Children in care for a year; Children who left care early; Children who came back home."
    assert [s.words for s in find_sentences(told)] == [6, 5, 5]


@pytest.mark.parametrize(
    ("facts", "limits"),
    [
        ({}, None),
        ({"reading": {"elsewhere": 8}}, Limits(8, 6)),
        ({"reading": {"young-people": 5, "elsewhere": 8.5}}, Limits(8.5, 5)),
        ({"reading": "easy"}, None),
    ],
)
def test_a_portal_that_sets_no_grade_is_not_measured(facts, limits):
    assert read_limits(facts) == limits


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (9, "extra.portal.reading"),
        ({"elsewere": 9}, "extra.portal.reading.elsewere"),
        ({"elsewhere": "9"}, "extra.portal.reading.elsewhere"),
        ({"elsewhere": 40}, "extra.portal.reading.elsewhere"),
        ({"elsewhere": True}, "extra.portal.reading.elsewhere"),
    ],
)
def test_a_grade_that_cannot_be_is_refused(words, place):
    (problem,) = check_reading_limits({"reading": words}, {"extra.portal.reading": 7}, "mkdocs.yml")
    assert (problem.code, problem.field, problem.line) == ("reading-setting", place, 7)


def test_the_usual_setting_is_understood():
    assert not list(check_reading_limits({"reading": {"young-people": 6, "elsewhere": 9}}, {}, "mkdocs.yml"))
