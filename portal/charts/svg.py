"""Render a specification and clean the drawing.

In:  a Vega-Lite specification.
Out: an SVG of a third of the size, with a root that speaks; PNG bytes.

vl-convert leaves out role, title and description at the root, puts jargon labels on every mark, and repeats the font on
every text. What a reader neither sees nor hears goes.
"""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET  # nosec B405 # reads only what our own renderer drew
import zlib
from collections.abc import Sequence
from html import escape
from typing import Any

import vl_convert as vlc

from portal.charts.house import FONTS

REACH = 13  # pixels around a mark: a thumb wants 24 across, and marks of one line stand close
LEVEL = 6  # 9 takes three times as long for one byte in seventy
_DROP = {"class", "role", "stroke-miterlimit", "pointer-events", "font-family", "style", "clip-path"}
_DEFAULTS = {
    ("text-anchor", "start"),
    ("font-weight", "normal"),
    ("stroke-width", "0"),
    ("opacity", "1"),
    ("fill", "transparent"),
    ("stroke", "transparent"),
}
_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_NUMERIC = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy", "r"}


def render(spec: dict[str, Any]) -> str:
    """The cleaned inside of the SVG, without its root."""
    raw = vlc.vegalite_to_svg(vl_spec=spec)
    root = ET.fromstring(raw)  # nosec B314 # drawn just now by our own renderer, which escapes every text
    for element in root.iter():
        _drop_namespaces(element)
        _clean(element)
    _prune(root)
    return "".join(ET.tostring(child, encoding="unicode") for child in root)


def inline(inside: str, width: float, height: float, chart: str, alt: str, kind: str) -> str:
    """A drawing for the page. Its name is the short text: the heading beside it has said the title already, and a
    <title> would hang over the drawing as a tooltip. `data-alt` says which chart the text speaks of. What is written in
    the drawing is kept from being read out: dozens of years and numbers that do not say what they belong to.
    """
    return (
        f'<svg class="mc-svg mc-svg--{kind}" role="img" aria-label="{escape(alt)}" data-alt="{escape(chart)}" '
        f'viewBox="0 0 {_size(width, height)}" width="{width:g}" height="{height:g}" font-family="{FONTS}">'
        f'<g aria-hidden="true">{inside}</g></svg>'
    )


def hits(places: Sequence[tuple[float, float, str]], width: float, height: float, kind: str) -> str:
    """A clear drawing to lie over the other, so that a mark leads to its row by mouse and by thumb.

    It is neither read aloud nor a stop of the Tab key: there the table under the chart is the way, with a name to each
    number, and dozens of points without one would only stand in it.
    """
    spots = "".join(
        f'<a tabindex="-1" href="{escape(href)}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{REACH}"/></a>'
        for x, y, href in places
    )
    return (
        f'<svg class="mc-svg mc-svg--{kind} mc-hits" aria-hidden="true" viewBox="0 0 {_size(width, height)}" '
        f'width="{width:g}" height="{height:g}">{spots}</svg>'
        if spots
        else ""
    )


def standalone(inside: str, width: float, height: float, title: str, alt: str) -> str:
    """A drawing to download: its own namespace and ground."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" '
        f'viewBox="0 0 {_size(width, height)}" width="{width:g}" height="{height:g}" font-family="{FONTS}">'
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(alt)}</desc>'
        f'<path fill="#FFFFFF" d="M0,0h{width:g}v{height:g}h-{width:g}z"/>{inside}</svg>\n'
    )


def rasterize(svg: str) -> bytes:
    """The drawing to download as a PNG, two dots to the pixel; the same picture because it is drawn from the file."""
    return _deflate(bytes(vlc.svg_to_png(svg, scale=2)))


def _size(width: float, height: float) -> str:
    return f"{width:g} {height:g}"


def _drop_namespaces(element: ET.Element) -> None:
    """In the tree, where a cell that holds ` xmlns="…"` is only a text."""
    element.tag = element.tag.rpartition("}")[2]
    for name in [name for name in element.attrib if name.startswith("{")]:
        element.set(name.rpartition("}")[2], element.attrib.pop(name))


def _clean(element: ET.Element) -> None:
    for name, value in list(element.attrib.items()):
        if name in _DROP or name.startswith("aria-") or (name, value) in _DEFAULTS:
            del element.attrib[name]
        elif name in _NUMERIC:
            element.set(name, _NUMBER.sub(_rounded, value))
    if element.get("transform") in {"translate(0,0)", "translate(0, 0)"}:
        del element.attrib["transform"]
    if size := element.get("font-size"):
        element.set("font-size", size.removesuffix("px"))


def _rounded(match: re.Match[str]) -> str:
    number = f"{float(match.group()):.1f}".removesuffix(".0")
    return "0" if number == "-0" else number


def _prune(parent: ET.Element) -> None:
    """Drop what paints nothing, and lift children out of groups that say nothing."""
    kept: list[ET.Element] = []
    for child in list(parent):
        _prune(child)
        if child.tag == "g" and not child.attrib:
            kept += list(child)
        elif not _is_empty(child):
            kept.append(child)
    parent[:] = kept


def _is_empty(element: ET.Element) -> bool:
    if element.tag in {"g", "defs"}:
        return len(element) == 0
    if element.tag == "text":
        return not (element.text or "").strip()
    if element.get("display") == "none":
        return True
    painted = any(element.get(name) not in (None, "none") for name in ("fill", "stroke"))
    return not painted or (element.get("d") in ("", None) and element.tag == "path")


def _deflate(png: bytes) -> bytes:
    """The same pixels in fewer bytes: vl-convert barely compresses."""
    out, pixels, at, header = [png[:8]], b"", 8, b""
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        header = body if kind == b"IHDR" else header
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    for kind, body in ((b"IHDR", header), (b"IDAT", zlib.compress(zlib.decompress(pixels), LEVEL)), (b"IEND", b"")):
        out.append(struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)))
    return b"".join(out)
