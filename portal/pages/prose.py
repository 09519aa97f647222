"""Turn the Markdown of a narrative into HTML that holds words and links, and nothing that runs or fetches.

In:  Markdown from whoever sent the dataset, and a function that writes a figure.
Out: HTML: headings, paragraphs, lists, quotations, emphasis, code and links to pages.

Raw HTML is not read as HTML but printed as it stands, and the finished tree is cut down to the elements and attributes
listed here. So a new feature of the Markdown library brings nothing onto a page unasked. A sanitiser that parses the
HTML again would do the same with one more dependency: the tree is at hand before any HTML is written.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET  # nosec B405 # reads only what `fill` wrote
from collections.abc import Callable
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markupsafe import Markup

from portal.addresses import link_target
from portal.sentences import SPOKEN, Piece, read_braces

NO_HTML = ("html", "entity", "automail", "image_link", "image_reference", "short_image_ref")
KEPT: dict[str, tuple[str, ...]] = {
    "a": ("href", "title", "class", "data-rows", "data-claim", "data-among"),
    "span": ("class", "data-rows", "data-claim", "data-among"),
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), ("id",)),
    "ol": ("start",),
    **dict.fromkeys(("p", "ul", "li", "blockquote", "strong", "em", "code", "pre", "hr", "br"), ()),
}
Fill = Callable[[Piece], Markup | str]  # an element, or words


def render_prose(text: str, fill: Fill | None) -> Markup:
    """`fill` writes the figures of a template; None for plain Markdown, in which braces are only braces."""
    html = make_reader(fill).convert(text)
    return Markup(html)  # nosec B704 # what the tree holds is listed in KEPT, and the library escapes its texts


def make_reader(fill: Fill | None) -> Markdown:
    anchors = {"baselevel": 2, "marker": "", "slugify": lambda words, dash: f"story-{slugify(words, dash)}"}
    reader = Markdown(extensions=["toc"], extension_configs={"toc": anchors}, output_format="html")
    numbered: Any = reader.parser.blockprocessors["olist"]
    numbered.LAZY_OL = False  # a list that begins with 3 is counted from 3
    reader.preprocessors.deregister("html_block")
    for name in NO_HTML:
        reader.inlinePatterns.deregister(name, strict=False)
    if fill:
        reader.parser.blockprocessors.deregister("code")  # an indented figure is a figure all the same
        reader.inlinePatterns.register(Figures(fill, reader), "figures", 250)
    reader.treeprocessors.register(KeepKnown(reader), "keep-known", -10)
    return reader


class Figures(InlineProcessor):
    """{{ number("id") }} as the element that the page writes for it, before anything else is read."""

    def __init__(self, fill: Fill, reader: Markdown) -> None:
        super().__init__(SPOKEN.pattern, reader)
        self.fill = fill

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, int, int]:  # type: ignore[override]
        written: Any = self.fill(read_braces(m[0], 0))
        if isinstance(written, Markup):
            written = ET.fromstring(written)  # nosec B314 # an element of ours, every value in it escaped
            written.text = AtomicString(written.text or "")
        return written, m.start(0), m.end(0)


class KeepKnown(Treeprocessor):
    """The last word on the tree: elements and attributes that are not listed become their own text."""

    def run(self, root: ET.Element) -> None:
        for element in list(root.iter()):
            kept = KEPT.get(element.tag, ())
            for name in set(element.attrib) - set(kept):
                del element.attrib[name]
            if "href" in element.attrib:
                set_target(element)
            if element is not root and element.tag not in KEPT:
                element.tag = "span"


def set_target(element: ET.Element) -> None:
    """The address as it was checked; a link that leads to no page keeps its words."""
    target = link_target(element.attrib["href"])
    if target:
        element.set("href", target)
    else:
        del element.attrib["href"]
        element.attrib.pop("title", None)
