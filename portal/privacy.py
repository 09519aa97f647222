"""What in a text could point at a person, and how data is quoted in a message without repeating it.

In:  a cell, a sentence, a message.
Out: what was found, by kind and never by value; a text that is safe to print.
"""

from __future__ import annotations

LONGEST = 60


def quote(text: object) -> str:
    """A cell as a message may repeat it: in quotation marks, cut short, on one line."""
    plain = " ".join(str(text).split())
    return f'"{plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"}"'
