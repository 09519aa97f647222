"""What a phone asks for when somebody keeps the site among their apps: icons and a manifest.

In:  the favicon and what the portal says of itself.
Out: files. There is no service worker: nothing is stored unless the reader asks their phone to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from portal.charts.preview import BAND, draw_icon
from portal.made import OutputFile

FOLDER = "assets/portal"
ICONS = (("icon-180.png", 180, 1.0), ("icon-192.png", 192, 1.0), ("icon-512.png", 512, 1.0))
MASKABLE = ("icon-maskable-512.png", 512, 0.72)  # four fifths across are sure to be seen, whatever the shape


def make_app_files(templates: Path, site_name: str, facts: Mapping[str, Any]) -> Iterator[OutputFile]:
    mark = (templates / "assets" / "portal" / "favicon.svg").read_text(encoding="utf-8")
    for name, size, part in (*ICONS, MASKABLE):
        yield OutputFile(f"{FOLDER}/{name}", draw_icon(mark, size, part))
    manifest = {
        "name": site_name,
        "short_name": str(facts.get("brand") or site_name),
        "lang": "en-GB",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "background_color": BAND,
        "theme_color": BAND,
        "icons": [
            *(icon(name, size, "any") for name, size, _ in ICONS if size != 180),
            icon(MASKABLE[0], MASKABLE[1], "maskable"),
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1)
    yield OutputFile("manifest.webmanifest", f"{text}\n".encode())


def icon(name: str, size: int, purpose: str) -> dict[str, str]:
    return {"src": f"{FOLDER}/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
