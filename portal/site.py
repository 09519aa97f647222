"""Write the site: with `publish`, the only module that changes the disk in a build.

In:  pages, hand-written Markdown, files to download.
Out: a finished folder beside the published one; `publish` puts it in its place.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

from portal.addresses import is_own_address
from portal.errors import PortalError
from portal.formats import format_date
from portal.lean import find_named, make_lean
from portal.made import OutputFile, Page
from portal.settings import Settings
from portal.sharing import SITE_PICTURE, find_offers, make_head, name_window
from portal.shell import Shell, read_shells, remove_leftovers, run_mkdocs, shell_markdown, take_styles

Entries = Sequence[Mapping[str, Any]]

FOLDERS = {"topics": "datasets"}  # a folder that the menu names by another


def write_site(
    settings: Settings,
    pages: Iterable[Page],
    markdown: Mapping[str, str],
    files: Iterable[OutputFile],
    built: date,
    make_search: Callable[[Entries], Iterable[OutputFile]],
) -> Path:
    """The whole site in a new folder. Raises PortalError when two things want one address.

    `make_search`: the files of the search, from the entries of the pages that are written by hand.
    """
    # A folder of this run's own: the mkdocs of a run that was killed may still be writing into its own.
    settings.work_dir.mkdir(parents=True, exist_ok=True)
    room = Path(tempfile.mkdtemp(dir=settings.work_dir))
    pages, docs, new = tuple(pages), room / "docs", room / "new"
    addresses = list_addresses(pages, markdown)
    copy_assets(settings, docs)
    write_texts(docs, {**markdown, **shell_markdown({page.url.count("/") for page in pages})})
    facts = {**settings.facts, "pages": [url for url in addresses if url.count("/") == 1]}  # what the menu may name
    facts |= {"shared": share_facts(settings), "offers": find_offers(pages, settings.facts)}
    run_mkdocs(settings.config, docs, new, build_date=built, site_name=settings.site_name, facts=facts)
    shells = read_shells(new)
    entries = remove_leftovers(new)
    write_files(new, [*pour_pages(pages, shells, settings, built), *files, *make_search(entries)])
    write_styles(new)
    (new / "sitemap.xml").write_text(make_sitemap(addresses, settings.site_url, built), encoding="utf-8")
    return new


def list_addresses(pages: Iterable[Page], markdown: Mapping[str, str]) -> list[str]:
    """Of all pages: those that are poured and those that mkdocs makes."""
    by_hand = {name.removesuffix(".md") + "/" for name in markdown if name != "index.md"}
    return sorted({page.url for page in pages} | by_hand)


def copy_assets(settings: Settings, docs: Path) -> None:
    """The styles are one file a subject, joined in the order of their names: a reader fetches one."""
    shutil.copytree(settings.templates_dir / "assets", docs / "assets", ignore=shutil.ignore_patterns("css"))
    styles = sorted((settings.templates_dir / "assets" / "portal" / "css").glob("*.css"))
    whole = "\n".join(path.read_text(encoding="utf-8") for path in styles)
    (docs / "assets" / "portal" / "portal.css").write_text(whole, encoding="utf-8", newline="\n")


def write_styles(site: Path) -> None:
    """The theme's styles and ours as one file, cut to what the finished pages and our scripts name."""
    ours = site / "assets" / "portal"
    pages = (path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html")))
    scripts = (path.read_text(encoding="utf-8") for path in sorted(ours.rglob("*.js")))
    styles = [*take_styles(site), (ours / "portal.css").read_text(encoding="utf-8")]
    lean = make_lean(styles, find_named(pages, scripts))
    (ours / "portal.css").write_text(lean, encoding="utf-8", newline="\n")


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def pour_pages(
    pages: Iterable[Page], shells: Mapping[int, Shell], settings: Settings, built: date
) -> Iterator[OutputFile]:
    for page in pages:
        name = name_window(page, settings.site_name, str(settings.facts.get("brand", "")))
        html = shells[page.url.count("/")].pour(
            title=name,
            description=page.summary or page.description,
            head="\n".join(
                part
                for part in (
                    canonical(settings.site_url, page.url),
                    make_head(page, settings.site_name, settings.site_url),
                )
                if part
            ),
            content=page.html + make_foot(page.url, settings, built),
            toc=make_toc(page),
            part_of=part_of(page.url),
            current="page" if page.url.count("/") == 1 else "true",
        )
        yield OutputFile(f"{page.url}index.html", html.encode())


def make_foot(url: str, settings: Settings, built: date) -> str:
    """Seen on paper only: where the page is found again, and how old it may be by now."""
    own = settings.site_url.rstrip("/") if is_own_address(settings.site_url) else ""
    day = f", built {format_date(built)}" if built.year > 1980 else ""
    where = f"<code>{escape(own)}/{escape(url)}</code>"
    return f'<p class="mc-paper">Printed from {escape(settings.site_name)}, {where}{day}.</p>'


def part_of(url: str) -> str:
    """The way from a page to the first folder of its address, as the menu writes it."""
    first = url.partition("/")[0]
    return f"{'../' * url.count('/')}{FOLDERS.get(first, first)}/" if first else ""


def canonical(site_url: str, url: str) -> str:
    address = f"{site_url.rstrip('/')}/{url}"
    return f'<link rel="canonical" href="{escape(address)}">' if site_url else ""


def share_facts(settings: Settings) -> dict[str, str]:
    """What a hand-written page says of its picture; the address of the site only where there is a true one."""
    about = str(settings.config.get("site_description") or "")
    own = settings.site_url.rstrip("/") + "/" if is_own_address(settings.site_url) else ""
    return {"base": own, "picture": SITE_PICTURE, "words": f"{settings.site_name}. {about}".strip()}


def make_toc(page: Page) -> str:
    return "".join(
        f'<li class="md-nav__item"><a class="md-nav__link" href="#{escape(anchor)}">{escape(text)}</a></li>'
        for anchor, text in page.toc
    )


def write_files(folder: Path, files: Iterable[OutputFile]) -> None:
    written: set[str] = set()
    for file in files:
        if file.path in written:
            raise PortalError(f"{file.path}: two things want this address", "Rename one of the datasets or resources.")
        written.add(file.path)
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)


def make_sitemap(addresses: Iterable[str], site_url: str, built: date) -> str:
    base = site_url.rstrip("/")
    urls = (
        "".join(
            f"<url><loc>{escape(f'{base}/{url}')}</loc><lastmod>{built.isoformat()}</lastmod></url>\n"
            for url in addresses
        )
        if base
        else ""
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
