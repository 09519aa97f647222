"""Folders, the portal's own facts from mkdocs.yml, and the build date: handed in once, read by everybody.

In:  the folders a user names on the command line.
Out: one frozen `Settings`. Another council brings `datasets/` with its own `mkdocs.yml` beside it; what that leaves
     out of theme and navigation is the program's, facts about a place never are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from portal.documents import Document, Unreadable, read_document
from portal.errors import PortalError
from portal.inside import Refused, read_inside

PROGRAM_ROOT = Path(__file__).resolve().parent.parent
FACTS = {
    "arrow_note": "",
    "place": "this area",
    "brand": "Open data",
    "council_note": "Built from published datasets.",
    "contact": "The address for corrections is not set yet.",
    "independent": False,  # whether the pages say that this is not a council service
    "licence": {},  # of the pages' own words and charts: title, path, credit
}  # what a portal says of itself until its mkdocs.yml says better


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to read and write, and what the portal says of itself."""

    datasets_dir: Path
    site_dir: Path
    config_file: (
        Path | None
    )  # None: the datasets bring no mkdocs.yml, so nothing is said that only holds for another place
    templates_dir: Path
    build_date: date | None = None  # None: the newest date in the data
    site_name: str = "Open data"
    site_url: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)  # extra.portal
    config: Mapping[str, Any] = field(default_factory=dict)  # mkdocs.yml as it was read
    lines: Mapping[str, int] = field(default_factory=dict)  # "extra.portal.contact" -> its line in mkdocs.yml
    source: str = ""  # mkdocs.yml as it is written, to find the line of a word in it

    @property
    def work_dir(self) -> Path:
        """Beside the site, so that the finished folder can be exchanged with the published one in one step."""
        return self.site_dir.parent / "_build" / self.site_dir.name


def shown_path(path: Path) -> str:
    """A path as the user would type it: relative to where they stand, when it is below."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def load_settings(datasets_dir: Path, site_dir: Path, build_date: date | None = None) -> Settings:
    """Read mkdocs.yml. Raises PortalError when a folder is missing or the file is no YAML mapping."""
    datasets_dir, site_dir = datasets_dir.resolve(), site_dir.resolve()
    if not datasets_dir.is_dir():
        raise PortalError(
            "there is no such folder",
            "Name the folder that holds your datasets with --datasets.",
            shown_path(datasets_dir),
        )
    if site_dir == datasets_dir or site_dir in datasets_dir.parents or datasets_dir in site_dir.parents:
        raise PortalError(
            "the site would be written over or into the datasets",
            "Choose another folder with --site.",
            shown_path(site_dir),
        )
    beside = datasets_dir.parent / "mkdocs.yml"
    document = read_config(beside) if beside.is_file() else Document({})
    config = document.data
    check_facts(config, shown_path(beside))
    return Settings(
        datasets_dir=datasets_dir,
        site_dir=site_dir,
        config_file=beside if beside.is_file() else None,
        templates_dir=PROGRAM_ROOT / "site_templates",
        build_date=build_date,
        site_name=str(config.get("site_name", "Open data")),
        site_url=str(config.get("site_url", "") or ""),
        facts={**FACTS, **((config.get("extra") or {}).get("portal") or {})},
        config=config,
        lines={place: line for place, (line, _) in document.places.items()},
        source=document.source,
    )


def check_facts(config: Mapping[str, Any], path: str) -> None:
    """extra.portal and its parts are mappings; cards are a list of mappings that name a figure."""
    extra = config.get("extra") or {}
    facts = (extra.get("portal") or {}) if isinstance(extra, dict) else None
    home = (facts.get("home") or {}) if isinstance(facts, dict) else None
    cards = (home.get("cards") or []) if isinstance(home, dict) else None
    topics = (facts.get("topics") or []) if isinstance(facts, dict) else None
    if not isinstance(topics, list) or not all(is_topic(topic) for topic in topics):
        raise PortalError(
            "extra.portal.topics is not written as it should be: a list, each with id, title, and if you like text and "
            "first, a list of folders",
            "Compare it with the program's own mkdocs.yml; a number or a date needs quotation marks.",
            path,
        )
    if isinstance(facts, dict) and not is_scorecard(facts.get("scorecard") or {}):
        raise PortalError(
            "extra.portal.scorecard is not written as it should be: title, text and rule if you like, panels, a list, "
            "each with name (as printed), and if you like title and text",
            "Compare it with the program's own mkdocs.yml; a number or a date needs quotation marks.",
            path,
        )
    licence = facts.get("licence") or {} if isinstance(facts, dict) else {}
    if not isinstance(licence, dict) or not all(isinstance(text, str) for text in licence.values()):
        message = "extra.portal.licence is not written as it should be: title, path and credit, each a text"
        raise PortalError(message, "Compare it with the program's own mkdocs.yml.", path)
    ids = [topic["id"] for topic in topics]
    if len(ids) != len(set(ids)):
        raise PortalError("two topics in extra.portal.topics have one id", "Give each an id of its own.", path)
    if not isinstance(cards, list) or not all(isinstance(card, dict) and "figure" in card for card in cards):
        raise PortalError(
            "extra.portal is not written as it should be: names and values, home.cards a list with a figure each",
            "Compare it with the program's own mkdocs.yml.",
            path,
        )


def is_topic(topic: object) -> bool:
    """Text where text belongs: YAML reads 2022, no and an empty entry as something else."""
    if not isinstance(topic, dict) or not {"id", "title"} <= set(topic) <= {"id", "title", "text", "first"}:
        return False
    first = topic.get("first", [])
    texts = [topic["title"], topic.get("text", ""), *(first if isinstance(first, list) else [None])]
    named = re.fullmatch(r"[a-z][a-z0-9-]*", str(topic["id"])) and topic["id"] not in ("top", "everything", "other")
    return bool(named) and all(isinstance(text, str) for text in texts)


def is_scorecard(words: object) -> bool:
    if not isinstance(words, dict) or not set(words) <= {"title", "text", "rule", "panels"}:
        return False
    panels = words.get("panels") or []
    if not isinstance(panels, list) or not all(isinstance(panel, dict) and "name" in panel for panel in panels):
        return False
    texts = [
        *(words.get(key, "") for key in ("title", "text", "rule")),
        *(text for panel in panels for text in panel.values()),
    ]
    return all(set(panel) <= {"name", "title", "text"} for panel in panels) and all(isinstance(t, str) for t in texts)


def read_config(path: Path) -> Document:
    """mkdocs.yml as a plain mapping. Tags that would run Python are refused."""
    try:
        document = read_document(read_inside(path.parent, path.name))
    except Refused as error:  # a link would bring in, and quote, what lies elsewhere
        raise PortalError(error.what, error.fix, shown_path(path)) from error
    except Unreadable as error:
        message = f"the file cannot be read: {error.what}"
        raise PortalError(message, error.fix, shown_path(path), error.line) from error
    if not isinstance(document.data, dict):
        raise PortalError("the file holds no settings", "Start from the program's own mkdocs.yml.", shown_path(path))
    if document.twice:
        name, line, _ = document.twice[0]
        raise PortalError(f'"{name}" stands twice', "Keep one of the two and delete the other.", shown_path(path), line)
    return document
