"""The house style of every drawing: colours, type, sizes, and how wide a text is.

In:  names of tokens ("series-1"), texts.
Out: paints, pixel widths, wrapped lines.

Two paints draw one specification: variables for the page, which follow light and dark, and literal light colours for
the files to download, because the PNG writer does not know `var()` and says nothing about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

FONT = "Liberation Sans"  # travels with vl-convert, so every machine measures alike
FONTS = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDE, NARROW, EDGE = 704, 288, 24
SIZE_WIDE, SIZE_NARROW = 14, 13

LIGHT = {
    "page": "#FFFFFF",
    "ink": "#15212E",
    "ink-2": "#475566",
    "line": "#D4DCE4",
    "edge": "#74828F",
    "thread": "#9A5B00",
    "series-1": "#12436D",
    "series-2": "#28A197",
    "series-2-text": "#11736B",
    "series-3": "#801650",
    "series-4": "#F46A25",
    "ref": "#66737F",
}
# Orange and turquoise may colour a mark on white, never a word.
TEXT_TONES = {"series-2": "series-2-text", "series-4": "ink", "ref": "ink-2"}
SHAPES = {"circle": "circle", "diamond": "diamond", "square": "square", "triangle": "triangle-up"}

Paint = Callable[[str], str]


def variable(token: str) -> str:
    """The colour on the page: a variable, with its light value for whoever has no stylesheet."""
    return f"var(--mc-{token},{LIGHT[token]})"


def literal(token: str) -> str:
    """The colour in a file to download."""
    return LIGHT[token]


def text_tone(style: str) -> str:
    """The token in which words about a series are written."""
    return TEXT_TONES.get(style, style)


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a form draws on: the outer width, whether it is the narrow drawing, and the paint."""

    width: int
    narrow: bool
    paint: Paint

    @property
    def size(self) -> int:
        """The size of ordinary type, in pixels as drawn."""
        return SIZE_NARROW if self.narrow else SIZE_WIDE


# Thousandths of the type size, from the metrics Liberation Sans shares with Helvetica.
_WIDTHS = {
    191: "'",
    222: "ijl’‘",
    278: " !,./:;I[]\\ft·",
    333: "()-r`“”",
    355: '"',
    500: "Jcksvxyz",
    556: "0123456789#$?L_abdeghnopqu£–",
    584: "+<=>−×",
    611: "FTZ",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…@",
}
_WIDTH_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_BOLD = 1.075  # a little over the widest difference met, so that nothing touches


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How many pixels a line of text takes; generous by a pixel or two for bold."""
    width = sum(_WIDTH_OF.get(char, 600) for char in text) * size / 1000
    return width * _BOLD if bold else width


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `room`; a single long word keeps its line."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
