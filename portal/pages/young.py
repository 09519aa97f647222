"""The section for young people: its own home page, and a page a question.

In:  the section as a council wrote it, the figures of every dataset, and the help lines that somebody has checked.
Out: `Page`s below young-people/; none when the portal has no such section.

Help stands directly under each title, before any number. A line that nobody has checked is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.made import Page
from portal.pages.render import Renderer, link_figure, root_of
from portal.pages.terms import term_id
from portal.young import FOLDER, YoungPage, YoungSection

URL = f"{FOLDER}/"
PEOPLE = ("children", "young-people")  # of a group that is drawn, a dot a person
HELP = "Need to talk? You can."
HELP_LINES = 3  # more would be a list to choose from, at a time when choosing is hard


@dataclass(frozen=True, slots=True)
class HelpLine:
    id: str
    service: str
    who: str
    telephone: str
    hours: str
    cost: str
    online: str = ""
    online_words: str = ""

    @property
    def digits(self) -> str:
        return self.telephone.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Door:
    href: str
    title: str
    text: Markup


def make_young_pages(renderer: Renderer) -> Iterator[Page]:
    section = renderer.portal.young
    if section is None:
        return
    helpers = find_helpers(renderer.portal.reference.help_contacts)
    yield make_start(section, helpers, renderer)
    for page in section.pages:
        yield make_page(page, section, helpers, renderer)


def find_helpers(table: Mapping[str, Mapping[str, str]]) -> tuple[HelpLine, ...]:
    """The lines with a day of checking, in the order of the table."""
    checked = [row for row in table.values() if row.get("checked_on", "").strip() and row.get("telephone", "").strip()]
    names = ("id", "service", "who_it_is_for", "telephone", "hours", "cost", "online", "online_words")
    return tuple(HelpLine(*(row.get(name, "").strip() for name in names)) for row in checked[:HELP_LINES])


def make_start(section: YoungSection, helpers: tuple[HelpLine, ...], renderer: Renderer) -> Page:
    root = root_of(URL)
    say = saying(renderer, root, section)
    doors = [make_door(page, "", renderer, root, section) for page in section.pages]
    html = renderer.page(
        "young.html.j2",
        root,
        **{name: say(getattr(section, name)) for name in ("title", "lede", "about_me", "wrong_with_me")},
        **{name: say(getattr(section, name)) for name in ("tracking", "foot")},
        helpers=helpers,
        help=HELP,
        doors=doors,
    )
    calls = " ".join(f"{line.service}: {line.telephone}." for line in helpers)
    finds = ((f"{URL}#help", HELP, calls),) if helpers else ()
    return Page(URL, say(section.title).striptags(), say(section.lede).striptags(), html, finds=finds)


def make_page(page: YoungPage, section: YoungSection, helpers: tuple[HelpLine, ...], renderer: Renderer) -> Page:
    url = f"{URL}{page.id}/"
    root = root_of(url)
    say = saying(renderer, root, section)
    figure = renderer.figures.get(page.figure)
    by_id = {other.id: other for other in section.pages}
    story = renderer.prose(lift(page.narrative), root, "", page.narrative_path)
    glossary = renderer.portal.reference.glossary
    html = renderer.page(
        "young-page.html.j2",
        root,
        **{name: say(getattr(page, name)) for name in ("lede", "about_me", "wrong_with_me")},
        **{name: say(getattr(page, name)) for name in ("figure_words", "figure_more")},
        **{name: say(getattr(section, name)) for name in ("tracking", "foot")},
        title=say(page.question),
        helpers=helpers,
        help=HELP,
        dots=int(figure.value or 0) if figure and figure.unit in PEOPLE else 0,
        figure=link_figure(figure, root) if figure else "",
        story=story,
        words=[(term, glossary[term].get("meaning", ""), f"{root}glossary/#{term_id(term)}") for term in page.words],
        doors=[make_door(by_id[name], "../", renderer, root, section) for name in page.next],
    )
    title, lede = say(page.question).striptags(), say(page.lede).striptags()
    text = " ".join(Markup(" ").join((say(page.lede), story)).striptags().split())
    return Page(url, title, lede, html, search_text=text)


def lift(text: str) -> str:
    """Its headings stand right below the page's own; and the first is no title that would be taken off."""
    return "\n" + re.sub(r"^#(?=#+ )", "", text, flags=re.MULTILINE)


def make_door(page: YoungPage, way: str, renderer: Renderer, root: str, section: YoungSection) -> Door:
    """Words only: a link cannot stand inside a link."""
    say = saying(renderer, root, section)
    return Door(f"{way}{page.id}/", say(page.title).striptags(), escape(say(page.card).striptags()))


def saying(renderer: Renderer, root: str, section: YoungSection) -> Callable[[str], Markup]:
    """Fills the figures into a text of pages.yaml."""
    return lambda text: renderer.sentence(text, root, "", section.path)
