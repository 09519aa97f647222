"""Are the pages for young people bound to data, kind in their words, and whole?

In:  the section as it was read, and every dataset.
Out: a Problem, with its place and the way to mend it, for each name that leads nowhere, each typed or judging word,
     each word to keep away from, each figure of few people, and each rounded share without the figure beside it.

The texts go through the very checks that a dataset's texts go through, so that nothing slips in by this door.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from portal.formats import unit_words
from portal.model import Dataset, Observation, Portal, Problem
from portal.privacy import quote
from portal.rounding import IN_HUNDRED, Unsayable, say_share
from portal.sentences import CALLS, line_of, read_pieces, words_only
from portal.spec import FigureSpec, PageSpec
from portal.validate.claims import tell_implausible
from portal.validate.judgements import check_text
from portal.validate.narrative import check_narrative
from portal.validate.nearest import Known
from portal.validate.places import did_you_mean
from portal.validate.words import check_sentence, check_story
from portal.young import Avoided, YoungPage, YoungSection

FEW = 100  # people: a smaller group could be told apart, and no number on these pages is of one
PEOPLE = ("children", "young-people")
FIT = (*PEOPLE, *IN_HUNDRED)  # people, and shares of them: no money, no rank, no load of work
BESIDE = 'Write beside it: Rounded from {{ number("dataset/figure") }}, with a figure of the same row.'
BASES = {"in-ten": 10, "in-hundred": 100}
Named = Mapping[str, tuple[FigureSpec, Observation | None]]
Saying = tuple[str, int | None, str, str]  # path, line, place in words, paragraph


def check_young(portal: Portal, known: Known) -> Iterator[Problem]:
    section = portal.young
    if section is None:
        return
    shows = {f"{d.slug}/{f.id}": f.show for d in portal.datasets for f in d.page.figures}
    known = replace(known, calls="dataset/figure", sources=((section.path, section.source),))
    for sentence in section.sentences:
        yield from (place_figure(problem, section.source) for problem in check_sentence(sentence, shows, known))
        yield from check_text(sentence[3], sentence[0], sentence[2], sentence[1])
    for page in section.pages:
        yield from check_page(page, shows, known)
    yield from check_names(section, portal)
    yield from check_figures(section, portal)
    yield from check_avoided(section)


def check_page(page: YoungPage, shows: Mapping[str, str], known: Known) -> Iterator[Problem]:
    if not page.narrative.strip():
        return  # a file that is missing is told already, or holds nothing yet
    own = Dataset("", "", {}, "", (), PageSpec(), page.narrative, page.narrative_path)
    marked = list(check_narrative(own))
    lines = {problem.line for problem in marked}
    story = [p for p in check_story(own, shows, replace(known, slug="")) if p.line not in lines]
    for number, words in enumerate(words_only(page.narrative).split("\n"), 1):
        story += check_text(words, page.narrative_path, number, "")
    yield from (place_figure(problem, page.narrative) for problem in sorted([*marked, *story], key=by_line))


def by_line(problem: Problem) -> int:
    return problem.line or 0


def place_figure(problem: Problem, source: str) -> Problem:
    """A name that leads nowhere is told with its column: an editor jumps to it."""
    named = re.search(r'called "([^"]+)"', problem.message)
    if problem.code != "unknown-figure" or not named or not problem.line:
        return problem
    column = source.split("\n")[problem.line - 1].find(named[1])
    fix = (
        f"List it in the dataset's page.yaml under `figures`, correct the name, or take the sentence out. {problem.fix}"
    )
    return replace(problem, column=column + 1 if column >= 0 else None, fix=fix.partition(" Add it")[0])


def check_names(section: YoungSection, portal: Portal) -> Iterator[Problem]:
    """What pages.yaml names: other pages, terms of the glossary, the figure that is drawn."""
    pages = [page.id for page in section.pages]
    figures = name_figures(portal)
    for number, page in enumerate(section.pages):
        place = f"pages.{number}"
        known = (("next", page.next, pages), ("words", page.words, list(portal.reference.glossary)))
        for entry, names, there in known:
            for name in names:
                if name not in there:
                    what = "page" if entry == "next" else "term of the glossary"
                    message = f"pages, {page.id}, {entry}: no {what} is called {quote(name)}{did_you_mean(name, there)}"
                    yield unknown(section, f"{place}.{entry}", message)
        if page.figure and page.figure not in figures:
            message = (
                f"pages, {page.id}, figure: no figure called {quote(page.figure)}{did_you_mean(page.figure, figures)}"
            )
            yield unknown(section, f"{place}.figure", message)
        elif page.figure:
            yield from check_picture(page, figures, section, section.lines.get(f"{place}.figure"))
        if pages.index(page.id) != number:
            message = f'two pages are called "{page.id}"'
            yield Problem("duplicate-id", message, section.path, section.lines.get(place), fix="Rename one of them.")


def check_picture(page: YoungPage, figures: Named, section: YoungSection, line: int | None) -> Iterator[Problem]:
    """What stands large: a whole crowd, a dot a person; or a share in words that says what it was rounded from."""
    spec, row = figures[page.figure]
    said = {figures[p.text][0].rows for p in read_pieces(page.figure_more) if p.kind == "number" and p.text in figures}
    if spec.show in BASES and spec.rows not in said:
        message = f"pages, {page.id}, figure: {page.figure} is rounded, and figure_more does not say from what"
        yield Problem("rounded-alone", message, section.path, line, fix=BESIDE)
    elif spec.show not in BASES and not is_crowd(spec, row):
        message = f"pages, {page.id}, figure: {page.figure} is no group of at least {FEW} people in one exact number"
        fix = "Take it out, or show it in-ten: a smaller group is not drawn, for a child could be picked out of it."
        yield Problem("young-few", message, section.path, line, fix=fix)


def unknown(section: YoungSection, place: str, message: str) -> Problem:
    line = section.lines.get(place)
    return Problem("unknown-name", message, section.path, line, field=place, fix="Correct the name in pages.yaml.")


def is_crowd(spec: FigureSpec, row: Observation | None) -> bool:
    right = row and spec.show == "value" and row.measure.unit in PEOPLE and row.qualifier == "exact"
    return bool(right and row and row.number and row.number >= FEW)


def name_figures(portal: Portal) -> Named:
    """dataset/figure -> what it shows, and its last row."""
    return {f"{d.slug}/{f.id}": (f, d.row(f.rows[-1])) for d in portal.datasets for f in d.page.figures}


def sayings(section: YoungSection) -> Iterator[Saying]:
    yield from ((path, line, place, text) for path, place, line, text in section.sentences)
    for page in section.pages:
        start = 1
        for paragraph in page.narrative.split("\n\n"):
            yield page.narrative_path, start, "", paragraph
            start += paragraph.count("\n") + 2


def check_figures(section: YoungSection, portal: Portal) -> Iterator[Problem]:
    figures = name_figures(portal)
    for path, line, place, text in sayings(section):
        said = [piece.text for piece in read_pieces(text) if piece.kind in CALLS and piece.text in figures]
        numbers = {
            figures[p.text][0].rows for p in read_pieces(text) if p.kind == "number" and is_value(p.text, figures)
        }
        for name in dict.fromkeys(said):
            spec, row = figures[name]
            if row is None:
                continue
            yield from tell_implausible(row, f"{place}{name}", path, line)
            if row.measure.unit not in FIT:
                told = unit_words(row.measure.unit)
                message = f"{place}{name} is told in {told}, and these pages tell only of people and shares of them"
                fix = "Take it out: neither what care is paid nor a place in a list is for a child to carry."
                yield Problem("young-unfit", message, path, line, fix=fix)
            if row.measure.unit in PEOPLE and is_few(row):
                message = f"{place}{name} counts fewer than {FEW} people, and these pages say nothing of so few"
                yield Problem("young-few", message, path, line, fix="Take it out, or say it in words without a number.")
            if spec.show in BASES and spec.rows not in numbers:
                message = f"{place}{name} is rounded, and the paragraph does not say from what"
                fix = 'Write beside it: Rounded from {{ number("…") }}., with a figure of the same row.'
                yield Problem("rounded-alone", message, path, line, fix=fix)


def is_few(row: Observation) -> bool:
    """A range counts few when its lower end does."""
    least = row.number if row.number is not None else row.low
    return least is not None and least < FEW


def is_value(name: str, figures: Named) -> bool:
    return name in figures and figures[name][0].show == "value"


def check_rounded(dataset: Dataset) -> Iterator[Problem]:
    """So many in every ten is said only where that is true."""
    for spec in (f for f in dataset.page.figures if f.show in BASES):
        row = dataset.row(spec.rows[0])
        if row is None:
            continue
        try:
            if row.number is None or row.qualifier != "exact":
                raise Unsayable("its row holds no single number")
            say_share(row.text, row.measure.unit, BASES[spec.show])
        except Unsayable as error:
            message = f"figures, {spec.id}: {error}"
            fix = "Say the figure as it is printed, or show it in-hundred."
            yield Problem("rounding", message, dataset.page.path, spec.line, fix=fix)


def check_avoided(section: YoungSection) -> Iterator[Problem]:
    """The words as they are written; the finished pages are searched by `verify`."""
    for path, place, line, text in section.sentences:
        found = find_avoided(words_only(text), section.avoided)
        yield from (avoided(word, path, line, None, place) for word, _ in found)
    for page in section.pages:
        text = words_only(page.narrative)
        for word, start in find_avoided(text, section.avoided):
            column = start - text.rfind("\n", 0, start)
            yield avoided(word, page.narrative_path, line_of(text, start), column, "")


def find_avoided(text: str, words: tuple[Avoided, ...]) -> Iterator[tuple[Avoided, int]]:
    """Whole words, in small or large letters; "placement" finds "placements" too."""
    for word in words:
        pattern = r"\s+".join(re.escape(part) for part in word.word.split())
        for found in re.finditer(rf"(?<!\w){pattern}s?(?!\w)", text, re.IGNORECASE):
            yield word, found.start()


def avoided(word: Avoided, path: str, line: int | None, column: int | None, place: str) -> Problem:
    message = f'{place}"{word.word}" is a word that these pages keep away from: {word.reason}'
    fix = f"Say instead: {word.say_instead}. The list is words_to_avoid.csv, line {word.line}."
    return Problem("avoided-word", message, path, line, column, fix=fix)
