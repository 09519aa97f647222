"""Read a text as the eye reads it: without what cannot be seen, and with look-alikes as the letters they look like.

In:  any text.
Out: the plain text, and for each of its characters the place where it stands in the text given.

"fif<soft hyphen>teen", "f<wide i>fteen" and "fift<Cyrillic ie>en" all are fifteen to whoever reads the page.
"""

from __future__ import annotations

import re
import unicodedata

HIDDEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
STYLED = (range(0xFF01, 0xFF5F), range(0x1D400, 0x1D800))  # wide letters, and those of formulas
CYRILLIC = dict(zip("аеорсухіѕјһԁ", "aeopcyxisjhd", strict=True)) | dict(
    zip("АЕОРСУХІТНВМК", "AEOPCYXITHBMK", strict=True)
)
GREEK = dict(zip("οινυ", "oivu", strict=True))
BESIDE_LATIN = re.compile(
    f"(?<=[a-zA-Z])[{''.join({**CYRILLIC, **GREEK})}]|[{''.join({**CYRILLIC, **GREEK})}](?=[a-zA-Z])"
)
LETTERS = {
    code: made
    for codes in STYLED
    for code in codes
    if len(made := unicodedata.normalize("NFKC", chr(code))) == 1 and made.isascii()
} | {0x2011: "-", 0x2010: "-"}
SUSPICIOUS = re.compile(f"{HIDDEN.pattern}|[\u2010\u2011\uff01-\uff5e\U0001d400-\U0001d7ff]|{BESIDE_LATIN.pattern}")


def unmask(text: str) -> tuple[str, list[int] | None]:
    """None for the places when every character stands where it stood."""
    if text.isascii() or not SUSPICIOUS.search(text):
        return text, None
    plain = text.translate(LETTERS)
    for _ in range(2):  # two look-alikes side by side: the second has a letter beside it only then
        plain = BESIDE_LATIN.sub(lambda found: (CYRILLIC | GREEK)[found[0]], plain)
    if not HIDDEN.search(plain):
        return plain, None
    places = [n for n, character in enumerate(plain) if not HIDDEN.match(character)]
    return "".join(plain[n] for n in places), places
