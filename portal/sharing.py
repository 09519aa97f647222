"""What a page is shown with where its address is shared or kept: a picture, its words, and the icons.

In:  the finished pages with their cards; the site's name, address and mark.
Out: PNG files and a manifest to publish, and for each page the lines of its head that name them.

A picture is asked for by another computer, so it is named by the whole address: without one, only the words are told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from portal.charts import draw_icon, draw_preview
from portal.made import Card, OutputFile, Page

FOLDER = "assets/previews"
MARK = "assets/portal/favicon.svg"
ICONS = (("apple-touch-icon.png", 180, True), ("icon-192.png", 192, False), ("icon-512.png", 512, False))
MASKABLE = ("icon-maskable.png", 512, True)
WIDTH, HEIGHT = 1200, 630
YOUNG = "young-people/"
NOBODY = "No one can find you here."
LONGEST = 200  # characters of a description that anybody shows


def cards_of(pages: Iterable[Page], site_name: str) -> dict[str, Card]:
    """address -> card, for every page that has a picture of its own."""
    return {page.url: page.card or plain_card(page, site_name) for page in pages if not page.picture}


def plain_card(page: Page, site_name: str) -> Card:
    """A title and nothing that could be taken for a figure. In the young people's part: who can see it."""
    warm = page.url.startswith(YOUNG)
    text = NOBODY if warm else "" if re.search(r"\d", page.description) else first_sentence(page.description)
    title = page.title if page.url else site_name
    return Card(f"{title} {text}".strip(), site_name, title, text=text, warm=warm)


def first_sentence(text: str) -> str:
    return f"{text.partition('. ')[0].rstrip('.')}." if text else ""


def make_previews(cards: Mapping[str, Card]) -> list[OutputFile]:
    return [OutputFile(picture_path(url), draw_preview(card)) for url, card in cards.items()]


def make_icons(templates: Path, site_name: str, short: str) -> list[OutputFile]:
    """The mark in the sizes that phones ask for, and the manifest that lists them. There is no worker behind it."""
    mark = (templates / MARK).read_text(encoding="utf-8")
    drawn = [OutputFile(f"assets/portal/{name}", draw_icon(mark, size, whole)) for name, size, whole in ICONS]
    name, size, whole = MASKABLE
    drawn.append(OutputFile(f"assets/portal/{name}", draw_icon(mark, size, whole)))
    listed = [
        {"src": f"assets/portal/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for (name, size, _), purpose in ((ICONS[1], "any"), (ICONS[2], "any"), (MASKABLE, "maskable"))
    ]
    manifest = {
        "name": site_name,
        "short_name": short,
        "lang": "en-GB",
        "start_url": ".",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#0f2c48",
        "icons": listed,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    return [*drawn, OutputFile("manifest.webmanifest", text.encode())]


def picture_path(url: str) -> str:
    return f"{FOLDER}/{url.strip('/').replace('/', '-') or 'home'}.png"


def make_head(page: Page, cards: Mapping[str, Card], site_name: str, site_url: str) -> str:
    """The lines of a page's head that another site reads."""
    base = site_url.rstrip("/")
    source = page.picture or page.url
    card = cards.get(source)
    told = {
        "og:type": "website" if not page.url else "article",
        "og:site_name": site_name,
        "og:locale": "en_GB",
        "og:title": page.title if page.url else site_name,
        "og:description": shorten(page.description),
    }
    lines = [f'<meta property="{name}" content="{escape(value)}">' for name, value in told.items() if value]
    if base:
        address = escape(f"{base}/{page.url}")
        lines += [f'<link rel="canonical" href="{address}">', f'<meta property="og:url" content="{address}">']
    if base and card:
        lines += [
            f'<meta property="og:image" content="{escape(f"{base}/{picture_path(source)}")}">',
            f'<meta property="og:image:width" content="{WIDTH}"><meta property="og:image:height" content="{HEIGHT}">',
            f'<meta property="og:image:alt" content="{escape(card.words)}"{bound(card)}>',
            '<meta name="twitter:card" content="summary_large_image">',
        ]
    return "\n".join(lines)


def bound(card: Card) -> str:
    """`verify` holds the number of a picture against these rows."""
    return f' data-rows="{escape(" ".join(card.rows))}"' if card.rows else ""


def shorten(text: str) -> str:
    """Up to the last sentence that fits, or the last word."""
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    return cut[: cut.rindex(". ") + 1] if ". " in cut[60:] else cut.rpartition(" ")[0] + " …"
