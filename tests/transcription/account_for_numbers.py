"""Account for every number in the documents: the second pass, from the papers to the datasets.

In:  the documents as text files (`--sources`), the datasets.
Out: per document the numbers, and how many are published, dates, listed, unaccounted; each unaccounted one with its
     line; exit 1 when there is one, or when a row or a line of the list does not hold.

    python tests/transcription/account_for_numbers.py --sources DIR [--datasets DIR]

A number is digits or a number word. It is *published* when a row prints it at its locator, each row taking a number of
its own; a *date* when it belongs to a date a row or event states here, to a day or month of an event, or to the day
of the document; *listed* when `reference/data/not_published.csv` says why it is not published. There a locator may be
`document`, and a token `tel` (a telephone number) or `numbering` (the number of a section or point at the head of a
line). A line of the list stands for exactly as many numbers as it says.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from find_tokens import DOCUMENTS, NotFound, find_row, lines_at, load_documents, tokens_of

Row = dict[str, str]
LIST = "not_published"
WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|"
    "half|third|quarter|twice|doubled?|once"
)
TELEPHONE = r"\b0\d{3}(?:\d{7}| \d{3} \d{4})?\b"
NUMBER = re.compile(rf"{TELEPHONE}|[A-Za-z]*£?\d+(?:[.,/]\d+)*(?:%|[A-Za-z]+)?|\b(?:{WORDS})s?\b", re.I)
NUMBERING = re.compile(r"\s*(?:- )?(?:\d+\.\d+\.?|\d+\.|Delivery Plan \d)\s")
ANY_YEAR = 1904  # stands for the year that a date does not print; February has 29 days in it
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*"
DATES = (  # the longer forms first: what one has read, the next leaves alone
    r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>\d{4}|\d{2})(?!\d)",
    rf"\b(?P<day>\d{{1,2}}) ?(?:st|nd|rd|th)?(?: of)? {MONTH}\b(?: (?P<year>\d{{4}}))?",
    rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)(?: (?P<year>\d{{4}}))?",
    rf"\b{MONTH} ?(?P<year>\d{{4}}|\d{{2}})(?![\d%]|[.,]\d)",
    r"\b(?P<year>20\d\d)[/-](?P<last>\d{4}|\d{1,2})\b",
    r"\b(?P<year>1\d)/(?P<last>1\d)\b",
    r"\b(?P<year>20\d\d)(?![\d%]|[.,]\d)",
)


class Piece(str):
    """Text that knows its line and column in the document, also after the cuts that make it a table's cell."""

    def __new__(cls, text: str, line: int, column: int) -> Piece:
        piece = super().__new__(cls, text)
        piece.line, piece.column = line, column
        return piece

    def strip(self, characters: str | None = None) -> Piece:
        begin = len(self) - len(self.lstrip(characters))
        return Piece(str.strip(self, characters), self.line, self.column + begin)

    def split(self, divider: str) -> list[Piece]:
        texts = str.split(self, divider)
        columns = accumulate((len(text) + len(divider) for text in texts), initial=self.column)
        return [Piece(text, self.line, column) for text, column in zip(texts, columns, strict=False)]


@dataclass(eq=False)
class Number:
    line: int
    start: int
    end: int
    text: str  # as printed, or a mask
    in_date: bool = False
    fate: str = ""


@dataclass
class Mention:  # a date as the document prints it, and the first and last day it can mean
    numbers: list[Number]
    text: str
    first: date
    last: date


def place(lines: list[Piece], locator: str) -> list[Piece]:
    """What a locator leaves of the document, as `lines_at` does, but a row of a table stays cut into its cells."""
    locator = locator.removesuffix("/table")
    if locator in ("document", "table"):
        return lines
    above, _, row = locator.rpartition("/row:")
    try:
        if above and "/col:" not in row:
            return find_row(place(lines, above), row)[1]
        return [piece for piece in lines_at(lines, locator) if isinstance(piece, Piece)]
    except NotFound:  # find_tokens.py says why
        return []


def lines_covered(lines: list[Piece], locator: str) -> range:
    """The lines for which a row's period speaks: of a table, all from its title down to the row."""
    to_row = locator.partition("/col:")[0]
    top, bottom = place(lines, to_row.rpartition("/row:")[0] or locator), place(lines, to_row)
    return range(top[0].line, bottom[-1].line + 1) if top and bottom else range(0)


def inside(numbers: list[Number], pieces: list[Piece]) -> list[Number]:
    spans = {(piece.line, piece.column, piece.column + len(piece)) for piece in pieces}
    return [n for n in numbers if any(n.line == line and a <= n.start and n.end <= b for line, a, b in spans)]


def publish(token: Row, here: list[Number], lines: list[Piece]) -> bool:
    """A row takes the first free number that reads as its token; of a cell with two figures, the one it means."""
    parts = list(NUMBER.finditer(token["printed"]))
    texts = [(part[0], part.start()) for part in parts]
    for i, number in enumerate(here if parts else []):
        begin = number.start - parts[0].start()
        group = here[i : i + len(parts)]
        same_parts = texts == [(n.text, n.start - begin) for n in group if n.line == number.line]
        if same_parts and lines[number.line].startswith(token["printed"], max(begin, 0)):
            meant = [n for n in group if re.sub(r"[^\d.]", "", n.text) == token.get("value")] or group
            if not any(n.fate or n.in_date for n in meant):
                settle(meant, "published")
                return True
    return not parts


def numbers_of(lines: list[Piece]) -> list[Number]:
    numbers = []
    for n, line in enumerate(lines):
        head = NUMBERING.match(line)
        for m in NUMBER.finditer(line):
            mask = "numbering" if head and m.end() <= head.end() else "tel" if re.fullmatch(TELEPHONE, m[0]) else ""
            numbers.append(Number(n, m.start(), m.end(), mask or m[0]))
    return numbers


def mentions_of(lines: list[Piece], numbers: list[Number]) -> Iterator[Mention]:
    for line in lines:
        for m in (m for pattern in DATES for m in re.finditer(pattern, line)):
            parts = [n for n in numbers if n.line == line.line and n.start < m.end() and m.start() < n.end]
            if not any(n.in_date for n in parts) and (days := days_of(**m.groupdict())):
                for n in parts:
                    n.in_date = True
                yield Mention(parts, m[0], *days)


def days_of(year: str | None, month: str = "", day: str = "", last: str = "") -> tuple[date, date] | None:
    """The first and last day of a date; nothing when it is no date, as 2015-99."""
    begin = 2000 + int(year[-2:]) if year else ANY_YEAR
    number = int(month) if month.isdigit() else MONTHS.index(month) + 1 if month else 0
    if last:
        years = (int(last) - begin) % 10 ** len(last)
        return (date(begin, 4, 1), date(begin + years, 3, 31)) if 1 <= years <= 5 else None
    if day:
        return date(begin, number, int(day)), date(begin, number, int(day))
    after = date(begin + (number in (0, 12)), number % 12 + 1, 1)
    return date(begin, number or 1, 1), after - timedelta(days=1)


def tell_dates(row: Row, mentions: list[Mention], lines: list[Piece]) -> None:
    """Days and months are told when one end of what a row states lies in them; years when one end is theirs."""
    covered, event = lines_covered(lines, row["locator"]), row["table"] == "events"
    days = [date.fromisoformat(row[name]) for name in row if name.endswith(("_start", "_end")) and row[name]]
    days += [day.replace(year=ANY_YEAR) for day in days]
    for mention in mentions:
        first, last, short = mention.first, mention.last, mention.last - mention.first < timedelta(31)
        same = first in days or last in days or mention.text in re.findall("^[^ ,]+|[^ ]+$", row.get("period", ""))
        near = (short or event) and any(first <= day <= last for day in days)
        if (same or near) and (mention.numbers[0].line in covered or (event and short)):
            settle(mention.numbers, "date")


def settle(numbers: list[Number], fate: str) -> None:
    for number in numbers:
        number.fate = number.fate or fate


def apply_list(entries: list[Row], numbers: list[Number], lines: list[Piece]) -> Iterator[str]:
    """Tick off what the list names, the narrowest places first; yield what does not hold."""
    places = [(inside(numbers, place(lines, entry["locator"])), entry) for entry in entries]
    for here, entry in sorted(places, key=lambda found: len(found[0])):
        left = [n for n in here if not n.fate and n.text == entry["token"]]
        settle(left, "listed")
        if len(left) != int(entry["times"]):
            yield f"{entry['id']} says {entry['times']} times, but {len(left)} are left for it at {entry['locator']}"


def account(lines: list[Piece], day: str, rows: list[Row], tokens: list[Row]) -> tuple[list[Number], list[str]]:
    """The numbers of a document with their fate, and what does not hold. Narrow places have the first choice."""
    numbers, wrong = numbers_of(lines), []
    mentions = list(mentions_of(lines, numbers))
    places = [(inside(numbers, place(lines, token["locator"])), token) for token in tokens]
    for here, token in sorted(places, key=lambda found: len(found[0])):
        if token["id"].endswith(".date_printed"):
            spans = [(n, m) for n in here for m in re.finditer(re.escape(token["printed"]), lines[n.line])]
            settle([n for n, m in spans if m.start() <= n.start and n.end <= m.end()], "date")
        elif not publish(token, here, lines):
            wrong.append(f'{token["id"]} has no number of its own: "{token["printed"]}" at {token["locator"]}')
    for mention in (mention for mention in mentions if day == str(mention.first) == str(mention.last)):
        settle(mention.numbers, "date")
    for row in (row for row in rows if row["table"] != LIST):
        tell_dates(row, mentions, lines)
    return numbers, wrong + list(apply_list([row for row in rows if row["table"] == LIST], numbers, lines))


def read_tables(folder: Path) -> tuple[list[Row], list[Row], dict[str, str]]:
    """All rows that name a place in a document, all printed tokens, and the day of each document."""
    rows, tokens, days = [], [], {}
    for path in sorted(folder.glob("*/data/*.csv")):
        text = path.read_text(encoding="utf-8").splitlines(keepends=True)
        table = [{**row, "table": path.stem} for row in csv.DictReader(text)]
        rows += [row for row in table if row.get("source") and row.get("locator")]
        tokens += tokens_of(csv.DictReader(text))
        days |= {row["id"]: row["date"] for row in table if path.stem == "sources"}
    return rows, tokens, days


def report(name: str, numbers: list[Number], wrong: list[str], lines: list[Piece]) -> int:
    fates = Counter(number.fate or "unaccounted" for number in numbers)
    shown = (f"{fates[fate]} {fate}" for fate in ("published", "date", "listed", "unaccounted"))
    print(f"{name}: {len(numbers)} numbers: {', '.join(shown)}")
    texts = [(n, lines[n.line][max(0, n.start - 50) : n.end + 40]) for n in numbers if not n.fate]
    problems = [f"line {n.line + DOCUMENTS[name][1]}: {n.text}: {text}" for n, text in texts] + wrong
    print("".join(f"  {problem}\n" for problem in problems), end="")
    return len(problems)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=Path, required=True, help="folder of the documents as text")
    parser.add_argument("--datasets", type=Path, default=Path("datasets"))
    options = parser.parse_args()
    rows, tokens, days = read_tables(options.datasets)
    failures = 0
    for name, texts in load_documents(options.sources).items():
        lines = [Piece(text, n, 0) for n, text in enumerate(texts)]
        mine = [[row for row in table if row["source"] == name] for table in (rows, tokens)]
        failures += report(name, *account(lines, days[name], *mine), lines)
    print(f"{failures} not accounted for")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
