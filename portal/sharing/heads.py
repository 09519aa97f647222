"""What the head of a page says to whoever shows it elsewhere.

In:  a page with its name, summary and picture, and the address of the site.
Out: HTML of the head. Without an address of its own a site says nothing that needs one: pictures and data files are
     then named from the page, which is true wherever the site is put.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape, unescape

from portal.addresses import is_own_address
from portal.made import Page
from portal.quantities import find_quantities

LONGEST_NAME, LONGEST_SUMMARY = 70, 160
SHORTEST_PART, OF_NUMBER = 60, 45  # characters; behind a number stands what it is of
WIDTH, HEIGHT = 1200, 630


def make_head(page: Page, site_name: str, site_url: str) -> str:
    base = site_url.rstrip("/") + "/" if is_own_address(site_url) else ""
    said = [
        ("property", "og:site_name", site_name),
        ("property", "og:locale", "en_GB"),
        ("property", "og:type", "article" if page.url else "website"),
        ("property", "og:title", page.name or page.title),
        ("property", "og:description", page.summary or page.description),
        ("property", "og:url", f"{base}{page.url}" if base else ""),
    ]
    tags = [f'<meta {kind}="{name}" content="{escape(text)}">' for kind, name, text in said if text]
    return "\n".join([*tags, *picture_tags(page, base), page.data and data_block(page, base)]).strip()


def picture_tags(page: Page, base: str) -> list[str]:
    if page.share is None:
        return ['<meta name="twitter:card" content="summary">']
    share = page.share
    address = f"{base or '../' * page.url.count('/')}{share.path}"
    bound = f' data-rows="{escape(" ".join(share.rows))}" data-number="{escape(share.number)}"' if share.number else ""
    return [
        f'<meta property="og:image" content="{escape(address)}">',
        '<meta property="og:image:type" content="image/png">',
        f'<meta property="og:image:width" content="{WIDTH}">',
        f'<meta property="og:image:height" content="{HEIGHT}">',
        f'<meta property="og:image:alt" content="{escape(share.words)}"{bound}>',
        '<meta name="twitter:card" content="summary_large_image">',
    ]


def data_block(page: Page, base: str) -> str:
    """JSON for search engines. It is data and never run; a "<" in it could end the block, and "@@" marks a place of
    the shell."""
    text = page.data.replace("@base/", base or "../" * page.url.count("/"))
    text = text.replace("<", "\\u003c").replace("@@", "\\u0040@")
    return f'<script type="application/ld+json">{text}</script>'


def name_window(page: Page, site_name: str, brand: str) -> str:
    """The page before the site; the longer the page's name, the shorter that of the site."""
    if not page.url:
        return site_name
    names = [f"{page.name or page.title} - {site}" for site in (site_name, brand) if site]
    return next((name for name in names if len(name) <= LONGEST_NAME), page.name or page.title)


def tell_apart(pages: Iterable[Page], labels: Mapping[str, str]) -> tuple[Page, ...]:
    """No two pages with one name or one summary: in a list of results they could not be told apart.

    `labels`: what the measures are called in their table, by the address of their page.
    """
    pages = tuple(pages)
    named = tuple(replace(page, name=name) for page, name in zip(pages, find_names(pages, labels), strict=True))
    summaries = [shorten(page.description) for page in named]
    for first in ("name", "url"):  # a name can be so long that nothing of what tells it apart is left
        told = Counter(summaries)
        summaries = [
            summary if told[summary] == 1 else shorten(f"{getattr(page, first).strip('/')}. {page.description}")
            for page, summary in zip(named, summaries, strict=True)
        ]
    return tuple(replace(page, summary=summary) for page, summary in zip(named, summaries, strict=True))


def find_names(pages: tuple[Page, ...], labels: Mapping[str, str]) -> list[str]:
    """A title that stands twice is followed by what the measure is called, or by the part of the site it is in."""
    count = Counter(page.title for page in pages)
    parts = {page.url: page.title for page in pages}
    names = []
    for page in pages:
        part = parts.get(f"{page.url.partition('/')[0]}/", "")
        more = labels.get(page.url, "") or (part if part != page.title else "")
        twice = count[page.title] > 1 and more and more.lower() != page.title.lower()
        names.append(f"{page.title} ({more})" if twice else page.title)
    again = Counter(names)
    return [
        name if again[name] == 1 else f"{name}: {page.url.strip('/')}" for name, page in zip(names, pages, strict=True)
    ]


def shorten(text: str) -> str:
    """Whole sentences where they fit, or else a part of one, or words; never cut off within what a number is of."""
    text = " ".join(unescape(text).split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[: LONGEST_SUMMARY - 1]
    sentence = cut.rpartition(". ")[0]
    if len(sentence) >= LONGEST_SUMMARY // 2:
        return f"{sentence}."
    parts = [cut.rpartition(mark)[0].rstrip(",;:–-") for mark in ("; ", ", ", " ")]
    whole = (part for part in parts if len(part) >= SHORTEST_PART and not any(find_quantities(part[-OF_NUMBER:])))
    found = next(whole, "")
    return f"{found} …" if found else text
