"""What the page of a missing address offers, besides the menu.

In:  the pages there are, and what the portal says of itself.
Out: topics, the questions of the home page, and the help lines of the young people's pages: only what leads somewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from portal.made import Page
from portal.young import FOLDER as YOUNG

HELP = re.compile(r'<section class="mc-help".*?</section>', re.DOTALL)
Offer = dict[str, Any]


def find_offers(pages: Iterable[Page], facts: Mapping[str, Any]) -> Offer:
    """Who comes by an old link wanted something: most often one of these."""
    html = {page.url: page.html for page in pages}
    topics = [[f"topics/{topic['id']}/", topic["title"]] for topic in facts.get("topics") or []]
    cards = (facts.get("home") or {}).get("cards") or []
    wanted = [[f"datasets/{str(card['figure']).partition('/')[0]}/", str(card.get("label", ""))] for card in cards]
    found = HELP.search(html.get(f"{YOUNG}/", ""))
    return {
        "topics": [[url, title] for url, title in topics if url in html],
        "wanted": [[url, label] for url, label in wanted if label and url in html],
        "help": found[0] if found else "",
    }
