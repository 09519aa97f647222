"""Run mkdocs, and take from it the shell that the other pages are poured into. The only module that knows mkdocs.

In:  a folder of Markdown and a plain mkdocs.yml.
Out: the built hand-written pages, and a `Shell` for each depth of folders: links in the theme are relative, so a page
     two folders deep needs a shell that stood two folders deep, at an address no page in the navigation shares.
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess  # nosec B404 # one fixed command, below
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

import yaml

from portal.errors import PortalError
from portal.siteconfig import make_settings

MARK = re.compile(r"@@portal:(title|description)@@|<!--portal:(head|content|toc)-->")
FRONT = (
    "---\ntemplate: shell.html\nshell: true\ntitle: '@@portal:title@@'\ndescription: '@@portal:description@@'\n"
    "search: {exclude: true}\nhide: [@@hide@@]\n---\n\n# @@portal:title@@ {#top}\n"
)


ICON = 'viewBox="0 0 24 24"'  # of the theme's icons


class ShellError(PortalError):
    """mkdocs refused to build."""


@dataclass(frozen=True, slots=True)
class Shell:
    """A built page cut once at its marks: text, mark, text, mark, text."""

    parts: tuple[str, ...]

    def pour(
        self,
        *,
        title: str,
        description: str,
        head: str,
        content: str,
        toc: str,
        part_of: str = "",
        current: str = "true",
    ) -> str:
        """Fill the marks. Values are never searched for marks, whatever stands in them.

        `part_of`: the address that the menu's link to this page has, or to the part of the site that it is in.
        """
        values = {
            "title": escape(title),
            "description": escape(description),
            "head": head,
            "content": content,
            "toc": toc,
        }
        parts = [
            mark_place(part, part_of, current) if number % 2 == 0 else values[part].replace("@@", "&#64;@")
            for number, part in enumerate(self.parts)
        ]
        return "".join(parts)


def mark_place(html: str, href: str, current: str) -> str:
    """Light the tab, and name the drawer's line, that leads to the part of the site in which the page stands."""
    if not href:
        return html
    for name, lit in (("mc-tabs__link", " mc-tabs__link--active"), ("md-nav__link", "")):
        link = f'class="{name}" href="{escape(href)}"'
        html = html.replace(link, f'class="{name}{lit}" aria-current="{current}" href="{escape(href)}"')
    return html


def make_shell(html: str) -> Shell:
    html = re.sub(r"\n\s+", "\n", html)  # the theme's indents and blank lines, some hundred times over
    html = html.replace(
        ICON, f'{ICON} width="24" height="24"'
    )  # in a page saved without its styles they fill the screen
    parts, end = [], 0
    for found in MARK.finditer(html):
        parts += [html[end : found.start()], found[1] or found[2]]
        end = found.end()
    return Shell((*parts, html[end:]))


def shell_markdown(depths: Iterable[int]) -> dict[str, str]:
    """The Markdown file of each shell: depth 0 is the home page itself."""
    return {shell_path(d): FRONT.replace("@@hide@@", "navigation" if d else "navigation, toc") for d in depths}


def shell_path(depth: int) -> str:
    return "index.md" if depth == 0 else "/".join(["_shell", *(str(n) for n in range(2, depth + 1)), "index.md"])


def run_mkdocs(
    config: Mapping[str, Any],
    docs_dir: Path,
    site_dir: Path,
    *,
    build_date: date,
    site_name: str,
    facts: Mapping[str, Any],
) -> None:
    """Build `docs_dir` into `site_dir`; `facts` become extra.portal. Raises ShellError with mkdocs' own words.

    `config`: mkdocs.yml as it was read and checked.
    """
    made = docs_dir.parent / "mkdocs.yml"
    made.write_text(make_config(config, docs_dir, site_dir, site_name, facts), encoding="utf-8")
    stamp = datetime(build_date.year, build_date.month, build_date.day, tzinfo=UTC).timestamp()
    fixed = {"SOURCE_DATE_EPOCH": str(int(stamp)), "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0", "TZ": "UTC"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(made)]
    # From a folder of our own: `-m` imports what lies where it stands, and that may be a folder of datasets.
    done = subprocess.run(  # nosec B603
        command, capture_output=True, text=True, env={**os.environ, **fixed}, cwd=docs_dir.parent, check=False
    )
    if done.returncode:
        said = (done.stderr + done.stdout).splitlines()
        if any(os.strerror(errno.ENOSPC) in line for line in said):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(site_dir))
        lines = [line for line in said if line.startswith(("WARNING", "ERROR", "Error"))] or said
        raise ShellError(
            "mkdocs.yml: the page shell could not be built\n  " + "\n  ".join(lines),
            "Correct mkdocs.yml or the page it names.",
        )


def make_config(
    config: Mapping[str, Any], docs_dir: Path, site_dir: Path, site_name: str, facts: Mapping[str, Any]
) -> str:
    """What the user's mkdocs.yml may say, over the program's own; only the folders are ours to choose."""
    made = make_settings(config) | {
        "site_name": site_name,
        "extra": {"portal": dict(facts)},
        "docs_dir": str(docs_dir),
        "site_dir": str(site_dir),
    }
    return yaml.safe_dump(made, sort_keys=False, allow_unicode=True)


def read_shells(site_dir: Path) -> dict[int, Shell]:
    """The built shells by depth: the number of folders in a page's address."""
    found = {0: site_dir / "index.html"}
    found |= {len(path.relative_to(site_dir).parts) - 1: path for path in (site_dir / "_shell").rglob("index.html")}
    return {depth: make_shell(path.read_text(encoding="utf-8")) for depth, path in found.items()}


def remove_leftovers(site_dir: Path) -> list[dict[str, Any]]:
    """Drop what no visitor fetches, and hand over the search entries of the hand-written pages."""
    entries = take_search_entries(site_dir / "search" / "search_index.json")
    for folder in ("_shell", "search", "assets/javascripts", "assets/images"):  # of the theme no script is used
        shutil.rmtree(site_dir / folder, ignore_errors=True)
    for path in [*site_dir.rglob("*.map"), site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"]:
        path.unlink(missing_ok=True)
    for path in [*site_dir.rglob("*.js"), *site_dir.rglob("*.css")]:
        text = path.read_text(encoding="utf-8")
        cleaned = re.sub(r"\n?(//|/\*)# sourceMappingURL=[^\n*]*(\*/)?", "", text)
        if cleaned != text:
            path.write_text(cleaned, encoding="utf-8")
    return entries


def take_styles(site_dir: Path) -> list[str]:
    """The theme's stylesheets in the order in which they count; they leave the site, which has one of its own."""
    folder = site_dir / "assets" / "stylesheets"
    texts = [path.read_text(encoding="utf-8") for name in ("main.*.css", "palette.*.css") for path in folder.glob(name)]
    shutil.rmtree(folder, ignore_errors=True)
    return texts


def take_search_entries(path: Path) -> list[dict[str, Any]]:
    """What the theme's search has read of the pages that are written by hand: address, title and text of each part."""
    index = json.loads(path.read_text(encoding="utf-8"))
    return [entry for entry in index["docs"] if "_shell" not in entry["location"] and entry["location"]]
