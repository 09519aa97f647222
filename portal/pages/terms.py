"""Bind the words of the trade to the page that explains them, wherever a page uses one.

In:  the HTML of a page, and the reference tables `jargon` (a word, and the term it stands for) and `glossary`.
Out: the page with its first use of each term as a link. What stands only where no link can be (in a heading, a
     drawing, another link) is explained in a list at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from markupsafe import Markup

from portal.made import Page
from portal.model import Reference
from portal.pages.render import root_of

URL = "glossary/"
PIECE = re.compile(r"<[^>]*>|[^<]+")
TAG = re.compile(r"</?([a-zA-Z0-9]+)")
# A link in these would change what they are: another link, a heading, a drawing, a button, a list that opens.
CLOSED = {
    *("a", "button", "code", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("label", "mark", "nav", "option", "script", "select", "style", "summary", "svg", "th"),
}
OPEN = {"p", "li", "dd"}
QUIET = re.compile(r'^<p class="[^"]*\bmc-(?:card|chart)__source')  # who says it, under each card: no place to explain
HEARD = re.compile(r'\b(?:aria-label|alt|title)="([^"]*)"')


def bind_terms(page: Page, reference: Reference) -> tuple[Page, set[str]]:
    """The page with its terms bound, and which they are."""
    pattern, words = make_pattern(tuple((w, e.get("term", "")) for w, e in reference.jargon.items() if e.get("term")))
    if pattern is None or page.url == URL:
        return page, set()
    root, only_said = root_of(page.url), dict[str, str]()
    linked = {term for term in set(words.values()) if f'{URL}#{term_id(term)}"' in str(page.html)}  # by the page itself
    written = list(bind_pieces(str(page.html), pattern, words, root, linked, only_said))
    left = {term: word for term, word in only_said.items() if term not in linked and term in reference.glossary}
    html = "".join(written) + str(list_terms(left, reference.glossary, root))
    return replace(page, html=html), linked | set(left)


def list_said(text: str, reference: Reference) -> str:
    """For a hand-written page: what it says, explained at its end. Its Markdown is left as it was written."""
    pattern, words = make_pattern(tuple((w, e.get("term", "")) for w, e in reference.jargon.items() if e.get("term")))
    found = [word[0] for word in pattern.finditer(text.partition("\n---\n")[2])] if pattern else []
    left: dict[str, str] = {}
    for word in found:
        left.setdefault(term_called(word, words), word)
    return str(list_terms({t: w for t, w in left.items() if t in reference.glossary}, reference.glossary, "../"))


def term_called(word: str, words: Mapping[str, str]) -> str:
    return words.get(folded(word)) or words.get(folded(word.removesuffix("s")), "")


@lru_cache(maxsize=4)
def make_pattern(words: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str] | None, Mapping[str, str]]:
    """One pattern for all words, the longest first, in the plural too; a short form only in its capitals."""
    if not words:
        return None, {}
    told = {folded(word): term for word, term in words}
    spelled = (spelling(word) for word, _ in sorted(words, key=lambda entry: -len(entry[0])))
    return re.compile(rf"(?<![\w/#.-])(?:{'|'.join(spelled)})s?(?![\w-])"), told


def spelling(word: str) -> str:
    if is_short_form(word):
        return re.escape(word)
    first = f"[{word[0].lower()}{word[0].upper()}]" if word[0].isalpha() else re.escape(word[0])
    return first + re.escape(word[1:]).replace("’", "(?:’|&#8217;|&rsquo;)")


def is_short_form(word: str) -> bool:
    return any(c.isupper() or c.isdigit() for c in word[1:])


def folded(word: str) -> str:
    return word if is_short_form(word) else word[:1].lower() + word[1:]


def bind_pieces(
    html: str,
    pattern: re.Pattern[str],
    words: Mapping[str, str],
    root: str,
    linked: set[str],
    only_said: dict[str, str],
) -> Iterator[str]:
    closed, opened, quiet = (
        int(root.count("../") == 3),
        0,
        False,
    )  # a page of rows says what stands in the data, word for word

    def bind(found: re.Match[str]) -> str:
        word = found[0]
        term = term_called(word, words)
        if closed or quiet or not opened or not term or term in linked:
            only_said.setdefault(term, word) if term else None
            return word
        linked.add(term)
        return f'<a class="mc-term" href="{root}{URL}#{term_id(term)}">{word}</a>'

    for piece in PIECE.findall(html):
        if piece[0] != "<":
            yield pattern.sub(bind, piece)
            continue
        tag = TAG.match(piece)
        step = 0 if tag is None or piece.endswith("/>") else -1 if piece[1] == "/" else 1
        name = tag[1].lower() if tag else ""
        closed += step * (name in CLOSED)
        quiet = bool(QUIET.match(piece)) or (quiet and name != "p")
        opened += step * (name in OPEN)
        for heard in HEARD.findall(piece):
            for found in pattern.finditer(heard):
                only_said.setdefault(term_called(found[0], words), found[0])
        yield piece


def list_terms(left: Mapping[str, str], glossary: Mapping[str, Mapping[str, str]], root: str) -> Markup:
    if not left:
        return Markup("")
    entry = Markup('<dt><a href="{}{}#{}">{}</a></dt><dd>{}</dd>\n')
    entries = (
        entry.format(root, URL, term_id(term), word, glossary[term].get("meaning", ""))
        for term, word in sorted(left.items(), key=lambda item: item[1].casefold())
    )
    head = Markup(
        '\n<details class="mc-here"><summary>Words on this page, explained</summary>\n<dl class="mc-shortforms">\n'
    )
    return head + Markup("").join(entries) + Markup("</dl></details>\n")


def term_id(term: str) -> str:
    """ "children’s home" -> "childrens-home"."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"[’']", "", term.lower())).strip("-")
