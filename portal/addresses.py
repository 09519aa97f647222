"""Tell an address that somebody answers at from one that only holds the place, and one to follow from one that runs.

In:  the contact and the web address that mkdocs.yml names; the addresses that data, descriptors and narratives name.
Out: whether they are real, a contact cut into words and links, and an address that may stand behind a link.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlsplit

WEB = r"https?://[^\s<>\"']*[\w/]"
MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
ADDRESS = re.compile(f"(?P<web>{WEB})|(?P<mail>{MAIL})")
# Names that the internet keeps for examples (RFC 2606), and this computer: nobody can be reached there.
HELD = re.compile(r"(?:^|\.)(?:example\.(?:org|com|net)|example|invalid|localhost)$|^127\.|^\[?::1\]?$")

# What a browser drops from an address before it reads it, and what turns the direction of writing round.
HIDDEN = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
FOLLOWED = re.compile(r"https?://[^/?#]+(?:[/?#].*)?|mailto:[^/?#]+@[^/?#]+(?:\?.*)?", re.IGNORECASE)
NEAR = re.compile(r"(?!//)[^:/?#]*(?:[/?#].*)?")  # no scheme: a place on this site


def web_address(text: object) -> str:
    """The address when it leads to the web or to a mail, so that a link may carry it; nothing for any other."""
    address = str(text or "").strip()
    if HIDDEN.search(address) or not FOLLOWED.fullmatch(address):
        return ""
    try:
        parts = urlsplit(address)
        return "" if "@" in parts.netloc else address  # https://gov.uk@elsewhere leads elsewhere
    except ValueError:
        return ""


def link_target(text: str) -> str:
    """As `web_address`, for Markdown: places on this site may be meant too, and &colon; is a colon."""
    address = unescape(text).strip()
    near = address and not HIDDEN.search(address) and NEAR.fullmatch(address)
    return address if near else web_address(address)


def split_contact(text: str) -> list[tuple[str, str]]:
    """(words, where they lead): "Write to a@b.uk." -> ("Write to ", ""), ("a@b.uk", "mailto:a@b.uk"), (".", "")."""
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        href = found[0] if found["web"] else f"mailto:{found[0]}"
        parts += [(text[end : found.start()], ""), (found[0], href)]
        end = found.end()
    return [part for part in (*parts, (text[end:], "")) if part[0]]


def can_be_reached(contact: object) -> bool:
    """Whether the contact holds a mail address or a web address that is no example."""
    if not isinstance(contact, str):
        return False
    return any(not HELD.search(host_of(href)) for _, href in split_contact(contact) if href)


def is_own_address(site_url: str) -> bool:
    host = host_of(site_url)
    return bool(host) and not HELD.search(host)


def host_of(address: str) -> str:
    """The host of a web address or of a mailto: link; nothing when there is none."""
    try:
        parts = urlsplit(address)
        return (parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname or "").lower()
    except ValueError:
        return ""
