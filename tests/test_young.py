"""The section for young people: bound, kind, help first, and no noise where there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from make import make_dataset, make_row, write_portal

from portal.figures import derive_figures
from portal.formats import unit_words
from portal.load import load_portal
from portal.model import Reference
from portal.pages.young import find_helpers
from portal.pipeline import build, check
from portal.rounding import Unsayable, say_share
from portal.settings import load_settings
from portal.verify.numbers import says
from portal.verify.reader import Reader
from portal.verify.young import check_young

PAGES = """\
title: Being in care
lede: Facts in plain words.
about_me: Not by name.
wrong_with_me: No.
tracking: No one watches.
foot: Adults wrote this.
pages:
  - id: who
    title: Who is in care
    question: Who is in care?
    lede: You are not alone.
    card: You are not alone.
    about_me: Not by name.
    wrong_with_me: No.
    figure: children/in-care
    figure_words: 'were in care on {{ period("children/in-care") }}'
    next: [who]
"""
STORY = '## Why?\n\nIn all, {{ number("children/in-care") }} were in care.\n'
AVOID = "word,say_instead,reason\nplacement,home,nobody lives in one\n"
HELP = (
    "id,service,who_it_is_for,telephone,hours,cost,checked_on,checked_against,online,online_words\n"
    "line,A line,For anyone,0800 1111,Day and night,Free,2026-01-10,Its own page,"
    "https://line.example/a?b&c,Write to it\n"
    "other,Another,For anyone,0800 2222,Day and night,Free,,,,\n"
)
TABLE = "  - {name: help_contacts, description: Help lines., path: data/help_contacts.csv}\n"
OTHER = "disclosure: {columns: [{resource: help_contacts, fields: [telephone], subject: other}]}\n"
DAY = date(2026, 1, 31)
ROOT = Path(__file__).resolve().parent.parent


def write_young(folder, *, pages=PAGES, story=STORY, avoid=AVOID, helpers=HELP, **files):
    """The common portal with a section of one page, and what a test says otherwise; gives its settings."""
    texts = {"young-people/pages.yaml": pages, "young-people/who.md.j2": story, "reference/page.yaml": OTHER}
    texts |= {"young-people/words_to_avoid.csv": avoid, "reference/data/help_contacts.csv": helpers, **files}
    datasets = write_portal(folder, texts)
    descriptor = datasets / "reference" / "datapackage.yaml"
    descriptor.write_text(descriptor.read_text(encoding="utf-8") + TABLE, encoding="utf-8")
    return load_settings(datasets, folder / "site", DAY)


def told(settings):
    """code -> the problem, of what speaks of the section, its helpers or its figures."""
    _, problems = check(settings)
    return {p.code: p for p in problems if not p.code.startswith("placeholder")}


def test_a_section_that_is_right_says_nothing(tmp_path):
    assert told(write_young(tmp_path)) == {}


def test_a_portal_without_the_folder_has_no_section_and_no_noise(tmp_path):
    portal, problems = load_portal(write_portal(tmp_path))
    assert portal.young is None
    assert not [p for p in problems if "young" in p.path]


def test_a_dataset_may_be_called_young_people(tmp_path):
    copied = {"young-people/datapackage.yaml": "name: young-people\n"}
    portal, _ = load_portal(write_portal(tmp_path, copied))
    assert portal.young is None
    assert "young-people" in [dataset.slug for dataset in portal.datasets]


def test_a_figure_that_no_dataset_has_stops_with_file_line_column_and_fix(tmp_path):
    problem = told(write_young(tmp_path, story='## Why?\n\nSo {{ number("children/in-caer") }}.\n'))["unknown-figure"]
    assert problem.path.endswith("young-people/who.md.j2")
    assert (problem.line, problem.column, problem.severity) == (3, 15, "error")
    assert 'did you mean "children/in-care"' in problem.message
    assert "take the sentence out" in problem.fix


@pytest.mark.parametrize(
    ("story", "code"),
    [
        ("There are 12 of us.\n", "typed-number"),
        ("There are fifteen children.\n", "typed-number"),
        ("Things rose.\n", "unclaimed-judgement"),
        ('It {{ claim("children/fell") }}.\n', "unknown-claim"),
        ("<b>Hello</b>\n", "markup"),
        ("Write to anna.smith@example.org\n", "personal-email"),
        ("Live in your placements.\n", "avoided-word"),
        ("It is so at the moment.\n", "ages-badly"),
    ],
)
def test_a_story_passes_the_checks_of_every_text(tmp_path, story, code):
    problem = told(write_young(tmp_path, story=story))[code]
    assert problem.severity == "error"
    assert problem.path.endswith("who.md.j2")


def test_a_word_to_avoid_is_told_with_what_to_say_instead(tmp_path):
    problem = told(write_young(tmp_path, story="## Why?\n\nYour Placement is here.\n"))["avoided-word"]
    assert (problem.line, problem.column) == (3, 6)
    assert "Say instead: home." in problem.fix


def test_the_name_of_a_figure_is_no_word_that_is_said(tmp_path):
    avoid = "word,say_instead,reason\nin-care,away,made up\n"
    assert "avoided-word" not in told(write_young(tmp_path, avoid=avoid))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("next: [who]", "next: [whom]"), "unknown-name"),
        (("next: [who]", "words: [care]\n    next: [who]"), "unknown-name"),
        (("figure: children/in-care", "figure: children/nothing"), "unknown-name"),
        (("    card: You are not alone.\n", ""), "page-shape"),
        (("title: Being in care", "titel: Being in care"), "page-shape"),
        (("card: You are not alone.", "card: We are 12."), "typed-number"),
        (("about_me: Not by name.\ntrack", "about_me: Not in your placement.\ntrack"), "avoided-word"),
    ],
)
def test_pages_yaml_is_checked_like_page_yaml(tmp_path, change, code):
    assert change[0] in PAGES or code == "avoided-word"
    pages = PAGES.replace(*change) if change[0] in PAGES else PAGES.replace("lede: Facts", "lede: Placement facts")
    problem = told(write_young(tmp_path, pages=pages))[code]
    assert problem.path.endswith("pages.yaml")
    assert problem.line


def test_a_stray_story_and_a_missing_one_are_told(tmp_path):
    settings = write_young(tmp_path, **{"young-people/whom.md.j2": "Hello.\n"})
    assert told(settings)["young-stray"].path.endswith("whom.md.j2")
    (settings.datasets_dir / "young-people" / "who.md.j2").unlink()
    assert "missing-file" in told(settings)


def test_a_group_of_fewer_than_a_hundred_is_neither_drawn_nor_said(tmp_path):
    settings = write_young(tmp_path)
    table = settings.datasets_dir / "children" / "data" / "children.csv"
    small = table.read_text(encoding="utf-8").replace('1248,exact,,,"1,248"', "48,exact,,,48")
    table.write_text(small, encoding="utf-8")
    assert told(settings)["young-few"].severity == "error"


@pytest.mark.parametrize(
    ("value", "unit", "base", "words"),
    [
        ("41.9", "percent", 10, "about 4 in every 10"),
        ("45.1", "percent", 10, "about 5 in every 10"),
        ("44.9", "percent", 10, "about 4 in every 10"),
        ("40.0", "percent", 10, "4 in every 10"),
        ("97.4", "percent", 100, "about 97 in every 100"),
        ("97", "per-10000-children", 100, "about 1 in every 100"),
        ("94.9", "percent", 10, "about 9 in every 10"),
        ("5.1", "percent", 10, "about 1 in every 10"),
    ],
)
def test_a_share_is_said_in_people_and_verify_works_it_out_again(value, unit, base, words):
    assert say_share(value, unit, base) == words
    cell = {"value": value, "value_low": "", "qualifier": "exact", "printed": value, "unit": unit}
    assert says(words, [cell])
    many = int(words.removeprefix("about ").split()[0])
    for wrong in (many - 1, many + 1):
        assert not says(words.replace(str(many), str(wrong), 1), [cell])
    assert not says(words.removeprefix("about ") if "about" in words else f"about {words}", [cell])


@pytest.mark.parametrize("value", ["4.9", "0", "95.1", "100", "45", "45.0", "5", "95"])
def test_nobody_everybody_and_a_tie_are_never_said(value):
    with pytest.raises(Unsayable):
        say_share(value, "percent", 10)
    cell = {"value": value, "value_low": "", "qualifier": "exact", "printed": value, "unit": "percent"}
    assert not any(says(f"{about}{n} in every 10", [cell]) for n in range(11) for about in ("", "about "))


def test_a_count_is_no_share():
    with pytest.raises(Unsayable):
        say_share("1280", "children", 10)


SHARES = "id,measure,value\nadopted,adopted-share,41.9\n"


def test_a_figure_in_ten_leads_to_the_row_it_was_rounded_from():
    page = "figures: [{id: share, show: in-ten, rows: [adopted]}]"
    (figure,) = derive_figures(make_dataset(SHARES, page=page), Reference())
    assert (figure.text, figure.rows) == ("about 4 in every 10", ("adopted",))


@pytest.mark.parametrize(
    ("unit", "value"), [("GBP", "500"), ("cases", "15"), ("rank", "3"), ("local-authorities", "152"), ("risks", "120")]
)
def test_money_a_rank_a_load_and_a_risk_are_never_said(tmp_path, unit, value):
    settings = write_young(tmp_path)
    folder = settings.datasets_dir / "children"
    for path in (*folder.rglob("*.csv"), *(settings.datasets_dir / "reference" / "data").rglob("*.csv")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(",children,", f",{unit},"), encoding="utf-8")
    problem = told(settings)["young-unfit"]
    assert problem.severity == "error"
    assert unit_words(unit) in problem.message


def test_a_rounded_share_stands_beside_what_it_was_rounded_from(tmp_path):
    figures = "figures:\n  - {id: in-care, rows: [in-care-2024]}\n  - {id: share, rows: [adopted]}\n"
    figures += "  - {id: in-ten, show: in-ten, rows: [adopted]}\n"
    row = make_row(id="adopted", measure="adopted-share", value="41.9")
    line = "adopted,adopted-share,otherton,council-reports,actual,point-in-time,2024-03-31,2024-03-31,stated,"
    line += f"31 March 2024,{row.text},exact,,,41.9,,,,annual-report-2024,§1,\n"
    alone = 'That is {{ number("children/in-ten") }}.\n\nRounded from {{ number("children/share") }}.\n'
    settings = write_young(tmp_path, story=alone, **{"children/page.yaml": figures})
    table = settings.datasets_dir / "children" / "data" / "children.csv"
    table.write_text(table.read_text(encoding="utf-8") + line, encoding="utf-8")
    assert told(settings)["rounded-alone"].line == 1
    story = settings.datasets_dir / "young-people" / "who.md.j2"
    story.write_text(alone.replace("\n\n", " "), encoding="utf-8")
    assert told(settings) == {}


def test_a_line_that_nobody_has_checked_is_never_shown():
    rows = {name: {"id": name, "service": "S", "telephone": "0800 1111", "checked_on": day} for name, day in DAYS}
    assert [line.id for line in find_helpers(rows)] == ["a", "c", "d"]


DAYS = (("a", "2026-01-01"), ("b", ""), ("c", "2026-01-01"), ("d", "2026-01-01"), ("e", "2026-01-01"))


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        (("2026-01-10", "2025-07-31"), "help-old", "warning"),
        (("2026-01-10", "2026-02-01"), "help-line", "error"),
        (("0800 1111", "ring us"), "help-line", "error"),
        (("Day and night,Free,2026-01-10", ",Free,2026-01-10"), "help-line", "error"),
        (("2026-01-10,Its own page", ","), "no-help", "error"),
        (("https://line.example/a?b&c", "line.example"), "help-line", "error"),
        (("https://line.example/a?b&c", "javascript:go()"), "help-line", "error"),
        (("https://line.example/a?b&c", ""), "help-line", "error"),
        (("Write to it", ""), "help-line", "error"),
    ],
)
def test_a_help_line_is_whole_and_checked_not_too_long_ago(tmp_path, change, code, severity):
    problem = told(write_young(tmp_path, helpers=HELP.replace(*change)))[code]
    assert problem.severity == severity


def test_a_line_checked_within_six_months_is_not_warned_about(tmp_path):
    assert "help-old" not in told(write_young(tmp_path, helpers=HELP.replace("2026-01-10", "2025-08-01")))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("young")
    result = build(write_young(folder))
    assert result.published, result.problems
    return folder / "site"


def test_help_stands_under_the_title_of_every_page_before_any_number(site):
    for page in ("young-people", "young-people/who"):
        text = (site / page / "index.html").read_text(encoding="utf-8")
        title, help_, number = text.find("</h1>"), text.find('class="mc-help"'), text.find("data-rows=")
        assert 0 < title < help_ < (number if number > 0 else len(text))
        assert 'href="tel:08001111"' in text
        assert 'data-cell="reference/help_contacts/line/telephone">0800 1111<' in text
        assert "0800 2222" not in text


def test_who_cannot_speak_aloud_is_offered_a_page_to_write_to_which_learns_nothing_of_ours(site):
    text = read(site)
    assert 'class="mc-help__online" href="https://line.example/a?b&amp;c" rel="external noopener noreferrer"' in text
    assert ">Write to it</a>" in text


def test_every_page_leads_to_somebody_to_talk_to(site):
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if "<footer" in text and "_shell" not in page.parts:
            assert 'young-people/#help"' in text[text.find("<footer") :], page


def test_a_portal_without_the_section_offers_no_help_that_is_not_there(tmp_path):
    datasets = write_portal(tmp_path)
    result = build(load_settings(datasets, tmp_path / "site", DAY))
    assert result.published, result.problems
    assert "#help" not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("contact", "said"), [("", "no way to write to us yet"), ("a@b.example", "Tell us what to")])
def test_a_reader_is_invited_to_write_only_where_somebody_reads(contact, said):
    environment = Environment(loader=FileSystemLoader(ROOT / "site_templates" / "pages"), autoescape=True)
    parts = environment.get_template("young-parts.html.j2").module
    text = parts.closing("../", "Nobody.", "Adults.", contact)
    assert said in text
    assert ("corrections/" in text) == bool(contact)


def test_the_number_is_read_before_the_dots_that_speak_of_it(site):
    text = read(site)
    assert 0 < text.find("mc-young__number") < text.find('class="mc-dots')


def test_the_menu_and_the_home_page_name_the_section(site):
    home = (site / "index.html").read_text(encoding="utf-8")
    assert home.count('href="young-people/"') >= 2
    assert "I’m in care, or was" in home


def test_each_page_answers_both_questions(site):
    text = (site / "young-people" / "who" / "index.html").read_text(encoding="utf-8")
    assert "Is this about me?" in text
    assert "Is something wrong with me?" in text
    assert "<h2" in text[text.find("Why?") - 40 : text.find("Why?")]  # the story's headings follow the title's


def look(site, text, **row):
    """What `verify` says of a page of the section whose HTML is `text`."""
    settings = load_settings(site.parent / "datasets", site, DAY)
    portal, _ = load_portal(settings.datasets_dir)
    portal = replace(portal, datasets=tuple(change_rows(dataset, **row) for dataset in portal.datasets))
    reader = Reader()
    reader.feed(text)
    reader.close()
    return [p.code for p in check_young("young-people/who/index.html", text, reader, site, portal)]


def change_rows(dataset, unit="", **cells):
    """The dataset as if each of its rows held something else."""
    rows = [replace(r, **cells, measure=replace(r.measure, unit=unit or r.measure.unit)) for r in dataset.observations]
    return replace(dataset, observations=tuple(rows))


def read(site):
    return (site / "young-people" / "who" / "index.html").read_text(encoding="utf-8")


def test_verify_finds_nothing_wrong_with_what_was_built(site):
    assert look(site, read(site)) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("tel:08001111", "tel:08001112"), "help-line"),
        (('telephone">0800 1111<', 'telephone">0800 1112<'), "help-line"),
        (("help_contacts/line/", "help_contacts/other/"), "help-line"),
        (('class="mc-help"', 'class="mc-hulp"'), "help-line"),
        (("</h1>", '</h1><p><a class="mc-number" data-rows="in-care-2024">1,248</a></p>'), "help-line"),
        (("In all,", "In every placement,"), "avoided-word"),
        (("<h2", '<p><a href="tel:123">Ring</a></p><h2'), "help-line"),
        (("https://line.example/a", "https://other.example/a"), "help-line"),
        (("Write to it", "Write to us"), "help-line"),
    ],
)
def test_verify_finds_a_page_that_would_fail_a_reader(site, change, code):
    assert change[0] in read(site)
    assert code in look(site, read(site).replace(*change))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"number": 99.0}, "young-few"),
        ({"number": None, "low": 20.0, "high": 200.0}, "young-few"),
        ({"unit": "GBP"}, "young-unfit"),
        ({"unit": "rank"}, "young-unfit"),
    ],
)
def test_verify_finds_a_number_of_few_people_or_of_no_people(site, row, code):
    assert code in look(site, read(site), **row)


def test_a_word_may_stand_where_it_is_explained(site):
    explained = '<section class="mc-young__words"><p>placement</p></section></article>'
    assert look(site, read(site).replace("</article>", explained)) == []


MONEY = re.compile(r"£|\b(?:pounds?|costs?|rank\w*|league|worst|risks?)\b", re.IGNORECASE)


def test_no_page_of_ours_tells_of_few_people_of_money_of_a_rank_or_of_risks(built_site):
    portal, _ = load_portal(ROOT / "datasets")
    assert portal.young is not None
    names = [f"young-people/{page.id}/index.html" for page in portal.young.pages]
    for name in ("young-people/index.html", *names):
        text = (built_site / name).read_text(encoding="utf-8")
        reader = Reader()
        reader.feed(text)
        reader.close()
        assert list(check_young(name, text, reader, built_site, portal)) == []
        body = re.sub(r"<[^>]+>", " ", text[text.find("<h1") : text.find("<footer")])
        assert not MONEY.search(body), name
        assert "data-rows" in text or name == "young-people/index.html"
