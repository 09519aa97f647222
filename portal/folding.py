"""A text as it reads, whatever letters it was typed with.

In:  a text of any length.
Out: the same in plain letters, digits, spaces and hyphens, and where each of its characters stands in the original.

Who pastes from Word, Outlook or a web page brings no-break spaces, long dashes and soft hyphens along; who wants to get
past a check brings full-width digits and letters of other alphabets. Both are read as what the eye sees.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

# Letters of other alphabets that look like ours.
TWINS = dict(zip("АВЕЅІЈКМНОРСТХаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTXaesijopcxyABEZHIKMNOPTYXo", strict=True))


@dataclass(frozen=True, slots=True)
class Folded:
    text: str
    left_out: tuple[int, ...] = field(default=())  # where in the original the unseen characters stand, in order

    def place(self, position: int) -> int:
        """Where a character of the folded text stands in the original."""
        if not self.left_out:
            return position
        shifted = [at - number for number, at in enumerate(self.left_out)]
        return position + bisect_right(shifted, position)


def fold(text: str) -> Folded:
    if text.isascii():
        return Folded(text)
    odd = {character: fold_character(character) for character in set(text) if not character.isascii()}
    unseen = {character for character, plain in odd.items() if not plain}
    left_out = tuple(n for n, character in enumerate(text) if character in unseen) if unseen else ()
    return Folded(text.translate({ord(character): plain for character, plain in odd.items()}), left_out)


def fold_character(character: str) -> str:
    """One character, or nothing for one that cannot be seen; a character stays itself when it is like no other."""
    if character in TWINS:
        return TWINS[character]
    kind = unicodedata.category(character)
    if kind == "Cf":
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(character))
    if kind == "Zs":
        return " "
    if kind == "Pd":
        return "-"
    plain = unicodedata.normalize("NFKC", character)
    return plain if len(plain) == 1 else character
