"""The files of the search.

In:  records and printed numbers, in the order in which they are stored.
Out: `search/words.json`, and numbered shelves beside it: `w` from words to records, `d` the records, `n` the numbers.

How much a word says of a record is worked out here once (BM25F: the title counts most, then other names, then the text;
a rare word more than a common one), so that a browser only adds up.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from portal.made import OutputFile
from portal.searching.figures import Printed
from portal.searching.records import KINDS, Record
from portal.searching.words import STOP, split_words, telling_words

FOLDER = "search"
SHELF = 12_000  # characters of a shelf, some four thousand bytes on their way
RECORDS = 50  # on a shelf of records
MOST = 160  # records that a word is kept for: those it says most of
TITLE, NAMES, TEXT = (5.0, 0.6), (3.0, 0.35), (1.0, 0.6)  # weight, and how far a long one counts less
SATURATION = 1.3
SCALE = 8  # a weight is a whole number

T = TypeVar("T")
P = TypeVar("P")


def make_index(
    records: Sequence[Record],
    printed: Sequence[Printed],
    meanings: Iterable[tuple[str, str]],
    examples: Iterable[Mapping[str, str]],
    places: Sequence[str],
) -> tuple[OutputFile, ...]:
    """`meanings`: what people say and what that means here. `examples`: questions and where they lead. `places`: the
    names of all places that figures are of."""
    weighed = weigh_words(records)
    word_shelves = list(fill_shelves(sorted(weighed.items()), pack_hits))
    number_shelves = list(fill_shelves(sorted(group_numbers(printed).items()), list))
    record_shelves = [
        [pack_record(r, places) for r in records[n : n + RECORDS]] for n in range(0, len(records), RECORDS)
    ]
    words = {
        "words": sorted(weighed),
        "stop": sorted(STOP),
        "shelves": [next(iter(shelf)) for shelf in word_shelves],
        "numbers": [next(iter(shelf)) for shelf in number_shelves],
        "records": len(records),
        "shelf": RECORDS,
        "young": find_young(records),
        "help": next((number for number, record in enumerate(records) if record.kind == "help"), -1),
        "places": places,
        "means": [[" ".join(split_words(said)), " ".join(telling_words(meant))] for said, meant in meanings],
        "examples": [[e["question"], e["leads_to"]] for e in examples],
    }
    files: dict[str, object] = {"words.json": words}
    kinds: tuple[tuple[str, Sequence[object]], ...]
    kinds = (("w", word_shelves), ("n", number_shelves), ("d", record_shelves))
    for letter, shelves in kinds:
        files |= {f"{letter}{number}.json": shelf for number, shelf in enumerate(shelves)}
    return tuple(OutputFile(f"{FOLDER}/{name}", compact(held).encode()) for name, held in files.items())


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack_record(record: Record, places: Sequence[str]) -> list[object]:
    """What is shown of it; what is empty at the end is left out."""
    held: list[object] = [
        record.url,
        record.title,
        record.kind,
        record.text[:220],
        record.figure,
        record.when,
        record.row,
        record.unit,
        [[places.index(place), *shown] for place, *shown in record.elsewhere],
    ]
    while not held[-1]:
        held.pop()
    return held


def pack_hits(hits: list[tuple[int, int]]) -> list[int]:
    """Record and weight by turns, the heaviest first."""
    best = sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:MOST]
    return [number for hit in best for number in hit]


def find_young(records: Sequence[Record]) -> list[int]:
    """The first record of the section for young people, and how many there are: they stand side by side."""
    own = [n for n, record in enumerate(records) if record.url.startswith("young-people/")]
    return [own[0], len(own)] if own else [0, 0]


def weigh_words(records: Sequence[Record]) -> dict[str, list[tuple[int, int]]]:
    """Word -> (record, weight)."""
    fields = [
        [Counter(telling_words(text)) for text in (record.title, record.words, record.text)] for record in records
    ]
    usual = [max(1.0, sum(f[i].total() for f in fields) / max(1, len(fields))) for i in range(3)]
    counts: dict[str, dict[int, float]] = defaultdict(dict)
    for number, counted in enumerate(fields):
        for (weight, slope), words, mean in zip((TITLE, NAMES, TEXT), counted, usual, strict=True):
            longer = 1 - slope + slope * words.total() / mean
            for word, times in words.items():
                counts[word][number] = counts[word].get(number, 0.0) + weight * times / longer
    weighed: dict[str, list[tuple[int, int]]] = {}
    for word, held in counts.items():
        rare = math.log(1 + (len(records) - len(held) + 0.5) / (len(held) + 0.5))
        hits = []
        for number, count in held.items():
            record = records[number]
            strength = rare * count * (SATURATION + 1) / (count + SATURATION) * KINDS[record.kind] * record.weight
            title = fields[number][0]
            strength *= 1 + title[word] / max(1, title.total())  # a title that says this and little else
            hits.append((number, max(1, round(strength * SCALE))))
        weighed[word] = hits
    return weighed


def group_numbers(printed: Iterable[Printed]) -> dict[str, list[list[str]]]:
    held: dict[str, list[list[str]]] = {}
    for number in printed:
        held.setdefault(number.key, []).append([number.shown, number.title, number.when, number.url, number.unit])
    return held


def fill_shelves(items: Iterable[tuple[str, T]], pack: Callable[[T], P]) -> Iterator[dict[str, P]]:
    """Shelf after shelf, in the order of the words, each as long as a shelf may be."""
    shelf: dict[str, P] = {}
    size = 0
    for word, held in items:
        packed = pack(held)
        length = len(word) + len(compact(packed))
        if shelf and size + length > SHELF:
            yield shelf
            shelf, size = {}, 0
        shelf[word] = packed
        size += length
    if shelf:
        yield shelf


def shelf_of(shelves: Sequence[str], word: str) -> int:
    """Which shelf a word stands on: the last that begins at it or before."""
    return bisect_right(shelves, word) - 1
