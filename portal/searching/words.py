"""What counts as a word, and as a printed number, where somebody searches. `search.js` reads in the same way.

In:  any text.
Out: words in small letters without accents and marks; the digits of a number as they are typed.
"""

from __future__ import annotations

import re
import unicodedata

# Is looked for as a number and not as words.
PRINTED = re.compile(r"(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)(?:\s*(?:thousand|million|billion)\b)?")
WORD = re.compile(r"[a-z0-9]+")
OWNER = re.compile(r"['’]s\b")  # "council’s" is found as "council"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
LONGEST_NUMBER = 4  # digits of a number that is a word of a name, such as a year or section 47

# Said in every question, and in every text.
STOP = frozenset(
    "a about am an and any are as at be been by can could did do does for from get gets getting had has have how i if "
    "in into is it its many me much my of on or our per show so some tell than that the their them then there these "
    "they this to us was we were what when where which who why will with would you your".split()
)


def split_words(text: str) -> list[str]:
    """ "Children’s homes, 2017" -> children, homes, 2017"""
    bare = unicodedata.normalize("NFKD", OWNER.sub("", PRINTED.sub(" ", text.lower())))
    words = WORD.findall("".join(c for c in bare if not unicodedata.combining(c)).replace("'", "").replace("’", ""))
    return [word for word in words if not word.isdigit() or len(word) <= LONGEST_NUMBER]


def telling_words(text: str) -> list[str]:
    return [word for word in split_words(text) if word not in STOP]


def bare_number(text: str) -> str:
    """ "1,248" -> 1248, "£5.8m" -> 5.8, "97.40%" -> 97.4; nothing for a text without a number."""
    found = NUMBER.search(text)
    if not found:
        return ""
    whole, dot, part = found[0].replace(",", "").partition(".")
    part = part.rstrip("0")
    return (whole.lstrip("0") or "0") + (dot + part if part else "")
