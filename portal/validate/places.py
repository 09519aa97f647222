"""Find the place of a cell in its file, for a message that an editor can jump to."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

import pandas as pd

from portal.csvfile import split_lines
from portal.model import Resource

NAMED = 4  # lines; more are counted
FEW = 50  # known words that are all compared, letter by letter, with one that is not known
NEAR = 8  # of more, those that are: comparing all would take seconds a cell
COMMON = 500  # words that share a piece which tells nothing
LONGEST = 100  # what is longer is no mistyped word


def cell_column(resource: Resource, line: int, field: str) -> int | None:
    """The character a cell starts at in its physical line, counted from 1.

    None when the field is not in the header, or the cell stands on a later line than its row starts on.
    """
    names, lines = list(resource.frame.columns), split_lines(resource.content)
    if field not in names or line > len(lines):
        return None
    return cell_start(lines[line - 1].rstrip("\r\n"), names.index(field), resource.delimiter)


def cell_start(text: str, index: int, delimiter: str) -> int | None:
    """Where this cell of a row starts; None when a line break inside quotation marks comes before it."""
    position = field_start(text, index, delimiter)
    return None if position > len(text) and count_separators(text, delimiter) < index else position


def field_at(resource: Resource, line: int, column: int) -> str:
    """The field whose cell holds this character; nothing in the header and in the later lines of a row."""
    before = bisect_left(resource.lines, line)
    if resource.lines[before : before + 1] != (line,):
        return ""
    index = count_separators(split_lines(resource.content)[line - 1][: column - 1], resource.delimiter)
    names = list(resource.frame.columns)
    return str(names[index]) if index < len(names) else ""


def count_separators(text: str, delimiter: str) -> int:
    return sum(1 for _ in separators(text, delimiter)) if '"' in text else text.count(delimiter)


def field_start(text: str, index: int, delimiter: str = ",") -> int:
    """Where the cell with this index starts; separators inside quotes do not count."""
    if index == 0:
        return 1
    if '"' not in text:
        before = text.split(delimiter, index)
        return sum(map(len, before[:index])) + index + 1 if len(before) > index else len(text) + 1
    for seen, position in enumerate(separators(text, delimiter), 1):
        if seen == index:
            return position + 1
    return len(text) + 1


def count_texts(resource: Resource, column: str, missing: Collection[str]) -> Counter[str]:
    """Each text of a column that is no mark for nothing, and how often it stands there, in order of appearance."""
    counts = Counter(resource.frame[column].tolist())
    for mark in missing:
        counts.pop(mark, None)
    return counts


def find_rows(chosen: pd.Series) -> list[int]:
    """The places, counted from nought, of the rows that are chosen."""
    return [int(index) for index in chosen.to_numpy().nonzero()[0]]


def separators(text: str, delimiter: str) -> Iterator[int]:
    """The characters that separate cells. A quotation mark in the middle of a cell is a character like any other."""
    opened, quoted, at_start = False, False, True  # opened: the cell began with a mark, so each mark in it counts
    for position, character in enumerate(text, 1):
        if character == delimiter and not quoted:
            opened, at_start = False, True
            yield position
            continue
        if character == '"' and (opened or at_start):
            opened, quoted = True, not quoted
        at_start = False


def column_letter(index: int) -> str:
    """What a spreadsheet calls the column: 0 is A, 26 is AA."""
    letters, number = "", index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def join_words(words: Iterable[str]) -> str:
    """a, b and c"""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def name_lines(lines: Iterable[int], what: str = "line") -> str:
    """line 3; lines 3 to 5; lines 2, 4, 6, 8 and 90 more"""
    numbers = list(lines)
    if len(numbers) == 1:
        return f"{what} {numbers[0]}"
    if numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{what}s {numbers[0]} {'and' if len(numbers) == 2 else 'to'} {numbers[-1]}"
    named = [str(number) for number in numbers[:NAMED]]
    more = len(numbers) - NAMED
    return f"{what}s {join_words([*named, f'{more:,} more'] if more > 0 else named)}"


def did_you_mean(word: str, known: object) -> str:
    """'; did you mean "value"?' or nothing."""
    close = find_close(word, [str(name) for name in known])  # type: ignore[attr-defined]
    return f'; did you mean "{close}"?' if close else ""


def find_close(word: str, known: Sequence[str]) -> str:
    """The known word that is most alike; empty when none is alike enough."""
    if len(word) > LONGEST:
        return ""
    near = known if len(known) <= FEW else find_near(word, tuple(known))
    return next(iter(get_close_matches(word, near, 1, 0.6)), "")


def find_near(word: str, known: tuple[str, ...]) -> list[str]:
    """Those that share most pieces of two and three letters with it."""
    shared, index = Counter[int](), find_pieces(known)
    for piece in pieces_of(word):
        if len(numbers := index.get(piece, ())) <= COMMON:
            shared.update(numbers)
    return [known[number] for number, _ in shared.most_common(NEAR)]


@lru_cache(maxsize=4)
def find_pieces(known: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """Piece -> the words that hold it, by their numbers."""
    index = defaultdict[str, list[int]](list)
    for number, word in enumerate(known):
        for piece in pieces_of(word[:LONGEST]):
            index[piece].append(number)
    return index


def pieces_of(word: str) -> list[str]:
    """In a stable order, so that the same word is found in each run."""
    marked = f"^{word.casefold()}$"
    return list(dict.fromkeys(marked[at : at + size] for size in (2, 3) for at in range(len(marked) - size + 1)))
