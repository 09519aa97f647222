"""Twenty questions a journalist would ask: each is answered within two clicks from the home page.

The first click leads to the page; a second may open a folded table on it, or come by way of the topic. The number
stands there as a link, and the row it leads to names the place it was printed at.
"""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

# Question, page, row, the number as the page says it, and the place in its document in words.
QUESTIONS = [
    ("How many children were in care at the end of March 2025?", "looked-after-children",
     "dfe-lac-number-manchester-2025", "1,280", "2025"),
    ("How many children were adopted in 2014/15?", "adoption", "children-adopted-2014-15", "67", "section 7.3"),
    ("How many new foster carers were approved in 2014/15?", "fostering", "foster-carers-approved-2014-15", "16",
     "section 6.3"),
    ("How many return interviews could be done a month before 2016?", "missing-from-care",
     "return-interviews-capacity-before", "60 to 70", "section 11.5"),
    ("How many children’s homes were there in 2012?", "residential-homes", "children-homes-all-2012", "16",
     "section 8.1"),
    ("How many children in care took part in their reviews?", "care-planning", "care-planning-participation-2016-12",
     "41.3%", "row 12"),
    ("How many children were on a protection plan in December 2016?", "child-protection", "cp-plans-number-2016-12",
     "953", "scorecard “System Measures”"),
    ("How often did the police come to protection meetings?", "child-protection",
     "cp-conference-attendance-police-2016-12", "14.8%", "scorecard “Partnerships”"),
    ("How many assessments ended with no further action?", "referrals-and-assessments",
     "assessments-no-further-action-2018-01", "40%", "Getting to Good Board Delivery Priorities"),
    ("How much was to be spent on early help each year?", "early-help", "early-help-investment-2015-19",
     "about £5.8 million", "section 2.1"),
    ("How many languages are spoken in the city’s schools?", "population", "population-languages-2022-01-12", "148",
     "Manchester's children and young people population"),
    ("How many pupils were shut out of secondary schools for good?", "school-attendance",
     "exclusions-permanent-secondary-2016-12", "39", "scorecard “Attendance”"),
    ("How many children were missing education and could not be found?", "children-missing-education",
     "missing-education-whereabouts-unknown-2016-12", "463", "scorecard “Children Missing Education”"),
    ("How many care leavers were neither learning nor working?", "care-leavers", "care-leavers-neet-2016-12", "34.2%",
     "scorecard “Practice Measures”"),
    ("How many cases did a social worker have in January 2018?", "caseloads", "caseload-social-workers-2018-01", "19",
     "section 3"),
    ("How many full-time posts did the council print in January 2016?", "workforce",
     "workforce-in-post-fte-total-2016-01", "284.61", "section 2.1"),
    ("How many audits found the work inadequate in 2020?", "quality-of-practice",
     "practice-audits-inadequate-2020", "82", "What we know currently"),
    ("What was the net budget for 2017/18?", "money", "money-plan-total-net-budget-2017-18", "£100,133,000",
     "Financial Plan"),
    ("How many young people were heard for Our Year?", "our-year", "our-year-young-people-heard-report", "1,198",
     "Summary"),
    ("How many priorities did the Getting to Good board set itself?", "getting-to-good",
     "getting-to-good-priorities-2018-01", "7", "2.0 Background"),
    ("How many referrals were there in 2024/25?", "referrals-and-assessments", "dfe-referrals-manchester-2025", "6,342",
     "referrals, 2025"),
    ("How many cases did a social worker have in September 2025?", "caseloads", "dfe-average-caseload-manchester-2025",
     "14.7", "average-caseload, 2025"),
    ("How many social worker posts were empty in September 2025?", "workforce", "dfe-vacancy-rate-manchester-2025",
     "11.7%", "vacancy-rate, 2025"),
    ("How many children in care has Salford for every 10,000?", "looked-after-children", "dfe-lac-rate-salford-2025",
     "88", "looked-after-children-31-march-rate, 2025"),
]  # fmt: skip


class Numbers(HTMLParser):
    """The links of a page, the numbers with the row each leads to, and the text of each row's section."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.numbers: set[tuple[str, str]] = set()
        self.sections: dict[str, str] = {}
        self._row, self._text, self._section = "", "", ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.links |= {values.get("href") or ""} if tag == "a" else set()
        if "data-rows" in values:
            self._row, self._text = values["data-rows"] or "", ""
        if tag == "section":
            self._section = values.get("id") or ""

    def handle_endtag(self, tag: str) -> None:
        if self._row and tag in ("a", "span"):
            self.numbers.add((self._row, self._text))
            self._row = ""

    def handle_data(self, data: str) -> None:
        self._text += data
        self.sections[self._section] = self.sections.get(self._section, "") + data


def test_no_two_questions_have_one_answer():
    assert len(QUESTIONS) == len({row for _, _, row, _, _ in QUESTIONS}) == 24


def is_reached(site: Path, page: str) -> bool:
    """From the home page itself, or from a topic that it leads to."""
    home = Numbers(site / "index.html").links
    topics = [link for link in home if link.startswith("topics/") and link.endswith("/")]
    return page in home or any(f"../../{page}" in Numbers(site / f"{topic}index.html").links for topic in topics)


@pytest.mark.parametrize(("question", "slug", "row", "text", "place"), QUESTIONS, ids=lambda value: str(value)[:40])
def test_a_question_is_answered_within_two_clicks(built_site: Path, question, slug, row, text, place):
    assert is_reached(built_site, f"datasets/{slug}/"), f"home does not lead to {slug}, nor does a topic of its"
    assert (row, text) in Numbers(built_site / f"datasets/{slug}/index.html").numbers
    section = Numbers(built_site / f"datasets/{slug}/rows/index.html").sections[row]
    assert place in section, section
