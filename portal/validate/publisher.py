"""Can somebody be reached, and does the portal know where it will stand? And does mkdocs.yml keep to what it may say?

In:  mkdocs.yml, the facts in it, its site_url, and the lines its entries stand on.
Out: a warning for each that still holds a placeholder: a draft may be looked at so, `--strict` does not publish it.
     An error for each setting that mkdocs would run, read or fetch something for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.addresses import can_be_reached, is_own_address
from portal.model import Problem
from portal.siteconfig import find_misfits, is_address


def check_publisher(facts: Mapping[str, Any], site_url: str, lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    if not can_be_reached(facts.get("contact")):
        yield Problem(
            "placeholder-contact",
            "the portal has no address for corrections and questions yet",
            path,
            lines.get("extra.portal.contact"),
            fix="Write a mail address or a web address that somebody reads under extra.portal.contact.",
            severity="warning",
        )
    if is_address(site_url) and not is_own_address(site_url):
        named = f"site_url is {site_url}" if site_url else "there is no site_url"
        yield Problem(
            "placeholder-site-url",
            f"the portal has no web address of its own yet ({named})",
            path,
            lines.get("site_url"),
            fix="Write the address where the site will stand as site_url: https://…/.",
            severity="warning",
        )


def check_settings(config: Mapping[str, Any], lines: Mapping[str, int], path: str) -> Iterator[Problem]:
    for place, what, fix in find_misfits(config):
        yield Problem("setting", what, path, lines.get(place), field=place.rpartition(".")[2], fix=fix)
