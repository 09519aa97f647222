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
from html import escape

import vl_convert as vlc

from portal.charts.house import FONT, LIGHT, text_width, wrap
from portal.made import Card

SIZE = 1200, 630
EDGE, RIGHT = 60, 1140
COLUMN = 510  # of the words, where a chart stands beside them
BOX = 610, 152, 530, 392  # of the chart: left, top, width, height
LEAST = 1.0  # a chart is not drawn smaller than on a page
BAND, LIT, NOTE, THREAD = "#0F2C48", "#FFC44D", "#FFF5DF", LIGHT["thread"]
KEYWORD = b"Description"
LEVEL = 9
_PAINT = re.compile(r"var\(--mc-[a-z0-9-]+,\s*(#[0-9A-Fa-f]{3,6})\)")
_DRAWN = re.compile(r'<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>(.*?)</svg>', re.DOTALL)


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


def draw_icon(svg: str, size: int, maskable: bool = False) -> bytes:
    """The mark as a square picture; a maskable one keeps clear of the edge, which a phone may cut off in any shape."""
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    square = inside.replace('rx="6"', "")  # a phone rounds the corners itself
    body = f'<rect width="34" height="34" fill="{BAND}"/><g transform="translate(3.4 3.4) scale(.8)">{square}</g>'
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 34 34" width="{size}" height="{size}">'
        f"{body if maskable else inside}</svg>"
    )
    return _pack(bytes(vlc.svg_to_png(whole, scale=1)), "")


def _head(site: str, room: float) -> str:
    """The mark and the name, over a seam."""
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3"/>' for x, y in ((9, 10), (17, 10), (17, 17), (25, 17), (25, 24)))
    mark = (
        f'<g transform="translate({EDGE} 40) scale(1.53)"><rect width="34" height="34" rx="6" fill="{BAND}"/>'
        f'<path d="M9 10h8v7h8v7" fill="none" stroke="{LIT}" stroke-width="2"/><g fill="{LIT}">{dots}</g></g>'
    )
    name = _lines([_cut(site, 30, room - 80, bold=True)], EDGE + 70, 76, 30, bold=True)
    seam = f'<path d="M{EDGE},116h{room:g}" fill="none" stroke="{THREAD}" stroke-width="5" stroke-dasharray="17 11"/>'
    return mark + name + seam


def _words(card: Card, room: float) -> str:
    """From the top: the question, the number, its date as large as its label, what was counted; last, who says so."""
    size = 72 if not card.number else 50 if room > COLUMN else 40
    size = size if len(wrap(card.title, size, room, bold=True)) <= 3 else size - 8
    title = _short(wrap(card.title, size, room, bold=True), 4)
    y = 264.0 if not card.number else 176.0 if size > 36 else 168.0  # a title alone stands in the middle
    drawn = _lines(title, EDGE, y, size, bold=True)
    y += (len(title) - 1) * size * 1.16
    if card.number:
        big = next(
            size for size in (150, 128, 104, 84, 64, 48) if text_width(card.number, size, True) <= room or size == 48
        )
        big = min(big, 104) if len(title) > 2 else big
        y += big * 0.72 + (38 if card.title else 60)
        long = min(text_width(card.number, big, True), room)
        drawn += _lines([card.number], EDGE, y, big, bold=True)
        drawn += (
            f'<path d="M{EDGE + 4},{y + 20:g}h{long:g}" stroke="{THREAD}" stroke-width="6" stroke-dasharray="18 10"/>'
        )
        y += 72
        drawn += _lines([card.date], EDGE, y, 36, bold=True)
        y -= 0 if card.date else 36
        left = int((548 - y) // 38)
        drawn += _lines(_short(wrap(card.label, 30, room), left), EDGE, y + 42, 30) if left > 0 else ""
    elif card.text:
        left = int((548 - y) // 46)
        drawn += _lines(_short(wrap(card.text, 38, room), left), EDGE, y + 76, 38, colour="ink-2")
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


def _chart(drawings: tuple[str, ...]) -> str:
    """The first of the drawings that is read in the room there is; the colours of the light page."""
    left, top, width, height = BOX
    for drawing in drawings:
        found = _DRAWN.search(drawing)
        if not found:
            continue
        wide, high = float(found[1]), float(found[2])
        scale = min(width / wide, height / high)
        if scale >= LEAST:
            inside = _PAINT.sub(r"\1", found[3])
            return f'<g transform="translate({left + width - wide * scale:.1f} {top}) scale({scale:.3f})">{inside}</g>'
    return ""


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
    """The same pixels in fewer bytes, with the words in the file."""
    header, pixels, at = b"", b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        header = body if kind == b"IHDR" else header
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    said = KEYWORD + b"\0\0\0\0\0" + words.encode()
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(zlib.decompress(pixels), LEVEL)), (b"IEND", b"")]
    parts[1:1] = [(b"iTXt", said)] if words else []
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
