"""May the Markdown of a narrative come onto a page as it stands?

In:  a Dataset's narrative.
Out: a Problem with its line for HTML tags, for links that run something, for pictures, and for a text that is too long
     or too deeply nested to be read in good time.

The page is safe without these checks, since `prose` writes only what it knows: they say at once and with a line what
a reader would otherwise miss from the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from portal.addresses import link_target
from portal.model import Dataset, Problem
from portal.privacy import quote

LONGEST, LONGEST_PARAGRAPH = 50_000, 5_000  # characters; a page of print holds about 3,000
DEEPEST = 6  # quotations or lists inside each other, brackets inside brackets
NESTED = re.compile(r"^(?:\s*(?:>|[-*+] |\d+[.)] )){%d}|^(?: {4}|\t){%d}" % (DEEPEST + 1, DEEPEST + 1))  # noqa: UP031
CODE = re.compile(r"`[^`\n]*`")
HTML = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>]|$)|!--|!\[CDATA\[|!doctype|\?)", re.IGNORECASE)
ADDRESS = r"((?:[^\s()<>]|\([^\s()]*\))*)"
LINK = re.compile(rf"\]\(\s*<?{ADDRESS}|^\s{{0,3}}\[[^\]]*\]:\s*<?([^\s>]+)|<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*)>")
PICTURE = re.compile(r"!\[")


def check_narrative(dataset: Dataset) -> Iterator[Problem]:
    path, text = dataset.narrative_path, dataset.narrative
    if len(text) > LONGEST:
        message = f"the narrative is {len(text):,} characters long; at most {LONGEST:,} are read"
        yield Problem("text-too-long", message, path, fix="Keep the story short, and leave the details to the tables.")
        return
    for start, lines in paragraphs(text):
        size = sum(map(len, lines))
        if size > LONGEST_PARAGRAPH:
            message = f"the paragraph is {size:,} characters long; at most {LONGEST_PARAGRAPH:,} are read"
            fix = "Break it into shorter ones, with an empty line between."
            yield Problem("text-too-long", message, path, start, fix=fix)
        elif deep := find_deep(lines):
            message = f"quotations, lists or brackets stand more than {DEEPEST} deep"
            fix = "Write it as plain paragraphs, and close each bracket that opens."
            yield Problem("text-too-deep", message, path, start + deep - 1, fix=fix)
        else:
            yield from (problem for n, line in enumerate(lines, start) for problem in check_line(line, path, n))


def paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, its lines) of each run of lines without an empty one."""
    lines: list[str] = []
    for number, line in enumerate((*text.split("\n"), ""), 1):
        if line.strip():
            lines.append(line)
        elif lines:
            yield number - len(lines), lines
            lines = []


def find_deep(lines: Iterable[str]) -> int:
    """Which line goes too deep, counted from 1; 0 when none does. A reader of Markdown slows down with the depth."""
    depth = {"[": 0, "(": 0}
    for number, line in enumerate(lines, 1):
        if NESTED.search(line):
            return number
        for character in line:
            if character in depth:
                depth[character] += 1
            elif (opening := {"]": "[", ")": "("}.get(character)) and depth[opening]:
                depth[opening] -= 1
            if max(depth.values()) > DEEPEST:
                return number
    return 0


def check_line(line: str, path: str, number: int) -> Iterator[Problem]:
    plain = CODE.sub(lambda code: " " * len(code[0]), line)
    yield from check_markup(plain, path, number)
    yield from check_links(plain, path, number)


def check_markup(line: str, path: str, number: int) -> Iterator[Problem]:
    if found := HTML.search(line):
        message = f"line {number} holds the HTML {quote(line[found.start() :].partition('>')[0] + '>')}"
        fix = "Take it out. Markdown does without: ## for a heading, **words** for weight, [words](address) for a link."
        yield Problem("markup", message, path, number, found.start() + 1, fix=fix)
    if found := PICTURE.search(line):
        message = f"line {number} holds a picture, and a narrative is words only"
        fix = "Take it out. A drawing of the figures belongs under `charts` in page.yaml."
        yield Problem("picture", message, path, number, found.start() + 1, fix=fix)


def check_links(line: str, path: str, number: int) -> Iterator[Problem]:
    for found in LINK.finditer(line):
        address = found[1] or found[2] or found[3]
        if address and not link_target(address) and not line[: found.start()].endswith("!"):
            message = f"line {number}: the link {quote(address)} does not lead to a page"
            fix = "Write an address that begins with https://, or with mailto: for a mail."
            yield Problem("unsafe-link", message, path, number, found.start() + 1, fix=fix)
