"""Draw the picture that a page is shown with where its address is shared, and the icons.

In:  a Card: the words, and perhaps a chart or a group of people.
Out: PNG bytes, 1200 by 630, with the words written into the file as well: `verify` holds them against the page.

A chat shows the picture 300 wide, a quarter of its size: so the number is large, the title is read, and the rest is
there for whoever opens it.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from html import escape

import numpy as np
import vl_convert as vlc
from numpy.typing import NDArray

from portal.charts.house import FONT, LIGHT, text_width, wrap

SIZE = 1200, 630
EDGE, RIGHT = 60, 1140
COLUMN = 510  # of the words, where a chart stands beside them
BOX = 600, 140, 540, 424  # of the chart: left, top, width, height
LEAST = 1.0  # a chart is not drawn smaller than on a page
BAND, LIT, NOTE, THREAD = "#0F2C48", "#FFC44D", "#FFF5DF", LIGHT["thread"]
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"Description"
LEVEL = 7
Pixels = NDArray[np.uint8]
Numbers = NDArray[np.uint32]
_PAINT = re.compile(r"var\(--mc-[a-z0-9-]+,\s*(#[0-9A-Fa-f]{3,6})\)")
_DRAWN = re.compile(r'<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*?)</svg>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Card:
    """`words`: all that the picture says, for whoever does not see it."""

    words: str
    site: str
    title: str
    number: str = ""
    date: str = ""
    label: str = ""
    text: str = ""  # where there is no number
    source: str = ""
    chart: tuple[str, ...] = ()  # drawings of one chart, as they stand on a page: the first that fits is taken
    people: int = 0  # a dot for each
    warm: bool = False


def draw_preview(card: Card) -> bytes:
    width, height = SIZE
    ground = NOTE if card.warm else LIGHT["page"]
    beside = _people(card.people) if card.people else _chart(card.chart)
    room = COLUMN if beside else RIGHT - EDGE
    inside = _head(card.site, COLUMN if card.people else RIGHT - EDGE) + _words(card, room) + beside
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FONT}" fill="{LIGHT["ink"]}"><path fill="{ground}" d="M0,0h{width}v{height}h-{width}z"/>'
        f"{inside}</svg>"
    )
    return _pack(bytes(vlc.svg_to_png(drawing, scale=1)), card.words)


def draw_icon(svg: str, size: int, part: float = 1) -> bytes:
    """The mark, on its ground to the very edge: a phone cuts it off in its own shape. `part`: how much is mark."""
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    edge = 17 * (1 - part)
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34" width="{size}" height="{size}">'
        f'<path fill="{BAND}" d="M0,0h34v34h-34z"/><g transform="translate({edge:g} {edge:g}) scale({part:g})">'
        f"{inside}</g>"
        "</svg>"
    )
    return _pack(bytes(vlc.svg_to_png(whole, scale=1)), "")


def _head(site: str, room: float) -> str:
    """The mark and the name, over a seam."""
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3"/>' for x, y in ((9, 10), (17, 10), (17, 17), (25, 17), (25, 24)))
    mark = (
        f'<g transform="translate({EDGE} 40) scale(1.53)"><rect width="34" height="34" rx="6" fill="{BAND}"/>'
        f'<path d="M9 10h8v7h8v7" fill="none" stroke="{LIT}" stroke-width="2"/><g fill="{LIT}">{dots}</g></g>'
    )
    size = next((size for size in (30, 27, 24) if text_width(site, size, bold=True) <= room - 70), 22)
    name = _lines([_cut(site, size, room - 70, bold=True)], EDGE + 70, 76, size, bold=True)
    seam = f'<path d="M{EDGE},116h{room:g}" fill="none" stroke="{THREAD}" stroke-width="5" stroke-dasharray="17 11"/>'
    return mark + name + seam


def _words(card: Card, room: float) -> str:
    """From the top: what is asked, the number, its date as large as its label, what was counted. Last, who says so."""
    wide = room > COLUMN
    size = (56 if card.number else 70) if wide else 42
    size = size if len(wrap(card.title, size, room, bold=True)) <= 3 else size - 8
    title = _short(wrap(card.title, size, room, bold=True), 4)
    y = (190.0 if card.number else 212.0) if wide else 178.0
    drawn = _lines(title, EDGE, y, size, bold=True)
    y += (len(title) - 1) * size * 1.16  # without a title the number stands where the second line would end
    if card.number:
        sizes = (190, 150, 128, 104, 84, 64) if wide else (150, 128, 104, 84, 64)
        big = next((size for size in sizes if text_width(card.number, size, bold=True) <= room), 48)
        big = min(big, 104) if len(title) > 2 else big
        y += big * 0.72 + 38
        long = min(text_width(card.number, big), room) - 8
        drawn += _lines([card.number], EDGE, y, big, bold=True)
        drawn += (
            f'<path d="M{EDGE + 4},{y + 20:g}h{long:g}" stroke="{THREAD}" stroke-width="6" stroke-dasharray="18 10"/>'
        )
        y += 72
        drawn += _lines([card.date], EDGE, y, 36, bold=True)
        left = int((548 - y) // 38)
        drawn += _lines(_short(wrap(card.label, 30, room), left), EDGE, y + 42, 30) if left > 0 else ""
    elif card.text:
        left = int((548 - y) // 52)
        drawn += _lines(
            _short(wrap(card.text, 40, room), left), EDGE, y + 78, 40, colour="ink" if card.warm else "ink-2"
        )
    source = _cut(card.source, 26, room if card.people else RIGHT - EDGE)
    return drawn + _lines([source], EDGE, 596, 26, colour="ink-2")


def _lines(lines: list[str], x: float, y: float, size: float, bold: bool = False, colour: str = "ink") -> str:
    weight = ' font-weight="700"' if bold else ""
    return "".join(
        f'<text x="{x:g}" y="{y + number * size * 1.16:g}" font-size="{size:g}"{weight} fill="{LIGHT[colour]}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(lines)
        if line
    )


def _short(lines: list[str], most: int) -> list[str]:
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,.;:')} …"]


def _cut(text: str, size: float, room: float, bold: bool = False) -> str:
    return _short(wrap(text, size, room, bold), 1)[0] if text else ""


def find_drawing(drawings: tuple[str, ...]) -> str:
    """The first of the drawings that is read in the room there is."""
    return next((drawing for drawing in drawings if _scale(drawing) >= LEAST), "")


def _scale(drawing: str) -> float:
    found = _DRAWN.search(drawing)
    return min(BOX[2] / float(found[1]), BOX[3] / float(found[2])) if found else 0


def _chart(drawings: tuple[str, ...]) -> str:
    """In the colours of the light page."""
    drawing = find_drawing(drawings)
    found = _DRAWN.search(drawing)
    if not found:
        return ""
    scale, inside = _scale(drawing), _PAINT.sub(r"\1", found[3])
    left = BOX[0] + BOX[2] - float(found[1]) * scale
    return f'<g transform="translate({left:.1f} {BOX[1]}) scale({scale:.3f})">{inside}</g>'


def _people(count: int) -> str:
    """One dot, one person: always the whole group, on the evening blue of the home page."""
    left, top, width, height = 630, 0, 570, 630
    across, step = next(
        (n, (width - 60) / n) for n in range(10, 500) if -(-count // n) * (width - 60) / n <= height - 60
    )
    x0, y0 = left + 30 + step / 2, (height - -(-count // across) * step) / 2 + step / 2
    dots = "".join(
        f'<circle cx="{x0 + n % across * step:.2f}" cy="{y0 + n // across * step:.2f}" r="{step * 0.27:.2f}"/>'
        for n in range(count)
    )
    return f'<path fill="{BAND}" d="M{left},{top}h{width}v{height}h-{width}z"/><g fill="{LIT}">{dots}</g>'


def _pack(png: bytes, words: str) -> bytes:
    """The picture in a fifth of the bytes, with the words in the file: colours that no eye tells apart become one."""
    parts = dict[bytes, bytes]()
    at = len(SIGNATURE)
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        parts[kind] = parts.get(kind, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height = struct.unpack(">II", parts[b"IHDR"][:8])
    indexes, palette = _few_colours(_pixels(zlib.decompress(parts[b"IDAT"]), width, height))
    lines = np.zeros((height, width + 1), np.uint8)  # each line begins with the number of its filter: none
    lines[:, 1:] = indexes
    out = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)), (b"PLTE", palette)]
    out += [(b"iTXt", KEYWORD + b"\0\0\0\0\0" + words.encode())] if words else []
    out += [(b"IDAT", zlib.compress(lines.tobytes(), LEVEL)), (b"IEND", b"")]
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in out
    )


def _pixels(data: bytes, width: int, height: int) -> Pixels:
    """Red, green and blue of what vl-convert draws: four bytes to the pixel, each line told as its differences."""
    lines = np.frombuffer(data, np.uint8).reshape(height, 1 + 4 * width)
    if set(lines[:, 0].tolist()) - {0, 1}:
        raise ValueError("the picture is written in a way that is not known here")
    told = lines[:, 1:].reshape(height, width, 4)
    summed = np.cumsum(told, axis=1, dtype=np.uint8)
    plain = (lines[:, 0] == 0)[:, None, None]
    return np.where(plain, told, summed)[:, :, :3]


def _few_colours(pixels: Pixels) -> tuple[Pixels, bytes]:
    """At most 256: of those near each other one stands for all, a colour of the house before any other."""
    red, green, blue = (pixels[:, :, n].ravel().astype(np.uint32) for n in range(3))
    house = [int(paint[1:], 16) for paint in (*LIGHT.values(), BAND, LIT, NOTE)]
    for bits in (5, 4, 3, 2):
        near = _bucket(red, green, blue, bits)
        chosen = np.full(2 ** (3 * bits), -1, np.int64)
        chosen[near] = red << 16 | green << 8 | blue
        used = np.flatnonzero(chosen >= 0)
        if len(used) <= 256:
            break
    for paint in house:
        parts = (np.array([paint >> shift & 255], np.uint32) for shift in (16, 8, 0))
        place = int(_bucket(next(parts), next(parts), next(parts), bits)[0])
        chosen[place] = paint if chosen[place] >= 0 else -1
    index = np.zeros(len(chosen), np.uint8)
    index[used] = np.arange(len(used))
    palette = b"".join(int(colour).to_bytes(3, "big") for colour in chosen[used])
    return index[near].reshape(pixels.shape[:2]), palette


def _bucket(red: Numbers, green: Numbers, blue: Numbers, bits: int) -> Numbers:
    """The colour in steps so coarse that there are few."""
    cut = 8 - bits
    return (((red >> cut) << bits | green >> cut) << bits | blue >> cut).astype(np.uint32)
