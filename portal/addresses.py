"""Tell an address that somebody answers at from one that only holds the place.

In:  the contact and the web address that mkdocs.yml names.
Out: whether they are real, and a contact cut into words and links.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

WEB = r"https?://[^\s<>\"']*[\w/]"
MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
ADDRESS = re.compile(f"(?P<web>{WEB})|(?P<mail>{MAIL})")
# Names that the internet keeps for examples (RFC 2606), and this computer: nobody can be reached there.
HELD = re.compile(r"(?:^|\.)(?:example\.(?:org|com|net)|example|invalid|localhost)$|^127\.|^\[?::1\]?$")


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
