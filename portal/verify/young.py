"""Are the finished pages for young people safe to read: help first, numbers that were checked, no word that hurts?

In:  a finished page below young-people/, the published help lines, and the words to keep away from.
Out: a Problem for each page without help under its title, each call or chat that leads elsewhere than its line says,
     each line nobody has checked, each number of few people or of no people at all, and each word of the list; where
     words are explained they may stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from portal.model import Portal, Problem
from portal.verify.numbers import problem, read_rows
from portal.verify.reader import Reader

FOLDER, EXPLAINED = "young-people/", "mc-young__words"
CALL = re.compile(
    r'<a class="mc-help__call" href="tel:([^"]*)">(?:(?!</a>).)*?'
    r'data-cell="reference/help_contacts/([^/"]+)/telephone">([^<]*)<',
    re.DOTALL,
)
TELEPHONE = re.compile(r'href="tel:')
ONLINE = re.compile(r'<a class="mc-help__online" href="([^"]*)"[^>]*>([^<]*)<')
NUMBER = re.compile(r"data-(?:rows|cell|tally|claim)=|class=\"mc-dots")
MOST = 3
FEW = 100
PEOPLE = ("children", "young-people")
SHARES = ("percent", "per-10000-children", "per-1000-young-people")


def check_young(name: str, text: str, reader: Reader, site: Path, portal: Portal) -> Iterator[Problem]:
    calls = CALL.findall(text)
    if len(TELEPHONE.findall(text)) != len(calls):
        yield problem("help-line", "a telephone link names no line of help_contacts.csv", name)
    if portal.young is None or not name.startswith(FOLDER):
        return
    yield from check_calls(name, calls, site)
    yield from check_online(name, text, site)
    yield from check_first(name, text)
    yield from check_counted(name, reader, portal)
    yield from check_avoided(name, reader, portal)


def check_calls(name: str, calls: list[tuple[str, str, str]], site: Path) -> Iterator[Problem]:
    lines = read_rows(site / "data" / "reference" / "help_contacts.csv")
    if not 0 < len(calls) <= MOST:
        yield problem("help-line", f"the page shows {len(calls)} help lines; one to {MOST} belong there", name)
    for digits, line, words in calls:
        row = lines.get(line, {})
        if not row.get("checked_on", "").strip():
            yield problem("help-line", f"the help line {line} is shown, and nobody has checked it", name)
        if not digits or digits != re.sub(r"\D", "", row.get("telephone", "")) or words != row.get("telephone"):
            yield problem("help-line", f"the link of {line} calls another number than help_contacts.csv has", name)


def check_online(name: str, text: str, site: Path) -> Iterator[Problem]:
    """Who cannot speak aloud is sent where the line itself says, and nowhere else."""
    lines = read_rows(site / "data" / "reference" / "help_contacts.csv").values()
    known = {(row.get("online"), row.get("online_words")) for row in lines if row.get("checked_on", "").strip()}
    for address, words in ONLINE.findall(text):
        if (unescape(address), unescape(words)) not in known:
            yield problem("help-line", f"{words} leads elsewhere than help_contacts.csv says", name)


def check_counted(name: str, reader: Reader, portal: Portal) -> Iterator[Problem]:
    """People and shares of them, and no group so small that somebody could be looked for in it."""
    rows = {row.id: row for dataset in portal.datasets for row in dataset.observations}
    for ids, words in reader.numbers:
        for row in (rows[row_id] for row_id in ids.split() if row_id in rows):
            least = row.number if row.number is not None else row.low
            if row.measure.unit not in (*PEOPLE, *SHARES):
                yield problem(
                    "young-unfit", f"{words} is told in {row.measure.unit}, not in people or a share of them", name
                )
            elif row.measure.unit in PEOPLE and least is not None and least < FEW:
                yield problem("young-few", f"{words} counts fewer than {FEW} people", name)


def check_first(name: str, text: str) -> Iterator[Problem]:
    """Between the title and the help there is no number: who needs help finds it first."""
    title, help_ = text.find("</h1>"), text.find('class="mc-help"')
    if title < 0 or help_ < title or NUMBER.search(text, title, help_):
        yield problem("help-line", "help does not stand directly under the title, before any number", name)


def check_avoided(name: str, reader: Reader, portal: Portal) -> Iterator[Problem]:
    assert portal.young is not None  # asked before
    said = [p.text for p in reader.spoken.passages if not any(EXPLAINED in place.classes for place in p.place.around)]
    said += [words for *_, words in reader.claims]
    plain = " \n ".join(said)
    for word in portal.young.avoided:
        pattern = r"\s+".join(map(re.escape, word.word.split()))
        if re.search(rf"\b{pattern}s?\b", plain, re.IGNORECASE):
            fix = f"Say instead: {word.say_instead}. The list is words_to_avoid.csv, line {word.line}."
            yield problem("avoided-word", f'the page says "{word.word}", which it keeps away from', name, fix)
