"""What mkdocs.yml may say, and what of it reaches mkdocs.

In:  mkdocs.yml as it was read; whoever may change the data may change this file too.
Out: what has no place in it, with the dotted place; and the settings that mkdocs is given.

mkdocs runs the Python that `hooks`, `plugins` and `markdown_extensions` name and the templates of a `custom_dir`,
copies whatever lies in that folder, and reads what `INHERIT` names. So mkdocs.yml is data: the names and the shapes
listed here, and else the program's own words or nothing. Who wants another theme or extension changes the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from portal.addresses import web_address

THEME = Path(__file__).resolve().parent.parent / "site_templates" / "theme"
# The program's own: a portal may repeat them, as a copy of the program's mkdocs.yml does, and not change them.
OWN: dict[str, Any] = {
    "docs_dir": "_build/docs",
    "site_dir": "_build/mkdocs",
    "use_directory_urls": True,
    "extra_css": ["assets/portal/portal.css"],
    "plugins": ["search"],
    "markdown_extensions": ["attr_list", "md_in_html", {"toc": {"permalink": False}}],
    "not_in_nav": "/_shell/\n",
}
OWN_THEME: dict[str, Any] = {
    "name": "material",
    "custom_dir": "site_templates/theme",
    "variant": "classic",
    "font": False,
    "favicon": "assets/portal/favicon.svg",
}
PALETTE = [
    {
        "scheme": scheme,
        "media": f"(prefers-color-scheme: {mode})",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/circle-half-full", "name": f"Switch to {other}"},
    }
    for scheme, mode, other in (("default", "light", "dark"), ("slate", "dark", "light"))
]
DEFAULTS = {"nav": [{"Home": "index.md"}, {"About": "about.md"}]}
DEFAULT_THEME = {"language": "en", "palette": PALETTE}

# The theme writes these words into its pages as they stand.
MARKUP = re.compile(r"[<>\"\x00-\x1f\x7f]|&[#\w]+;")
WORD = re.compile(r"[a-z0-9-]+(?: [a-z0-9-]+)*")
MEDIA = re.compile(r"\(prefers-color-scheme(?:: (?:light|dark))?\)")
ICON = re.compile(r"material/[a-z0-9-]+")
LONGEST = 1000
Misfit = tuple[str, str, str]  # dotted place, what is wrong, what to do


def is_words(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST and not MARKUP.search(value)


def is_copyright(value: Any) -> bool:
    return isinstance(value, str) and is_words(value.replace("&copy;", "©"))


def is_address(value: Any) -> bool:
    return value in (None, "") or (isinstance(value, str) and web_address(value).startswith(("http://", "https://")))


def is_nav(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(entry, dict)
        and len(entry) == 1
        and all(is_words(name) and re.fullmatch(r"[a-z0-9-]+\.md", str(page)) for name, page in entry.items())
        for entry in value
    )


def is_language(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z]{2,3}(?:-[A-Z][A-Za-z]+)?", value) is not None


def is_palette(value: Any) -> bool:
    colours = value if isinstance(value, list) else [value]
    return all(isinstance(colour, dict) and all(map(is_colour, colour, colour.values())) for colour in colours)


def is_colour(name: str, value: Any) -> bool:
    if name == "toggle":
        return isinstance(value, dict) and all(map(is_toggle, value, value.values()))
    rule = {"scheme": WORD, "primary": WORD, "accent": WORD, "media": MEDIA}.get(name)
    return rule is not None and isinstance(value, str) and rule.fullmatch(value) is not None


def is_toggle(name: str, value: Any) -> bool:
    return (name == "icon" and ICON.fullmatch(str(value)) is not None) or (name == "name" and is_words(value))


TEXT = "text of one line without < > and quotation marks"
SAID: dict[str, tuple[Callable[[Any], bool], str]] = {  # name -> what it may be, in code and in words
    "site_name": (is_words, TEXT),
    "site_url": (is_address, "an address that begins with https://"),
    "site_description": (is_words, TEXT),
    "site_author": (is_words, TEXT),
    "copyright": (is_copyright, TEXT),
    "nav": (is_nav, "a list of pages of the program, such as `- About: about.md`"),
}
SAID_THEME: dict[str, tuple[Callable[[Any], bool], str]] = {
    "language": (is_language, "the short name of a language, such as en"),
    "palette": (
        is_palette,
        "scheme, media, primary, accent and toggle (icon, name), as in our own mkdocs.yml",
    ),
}


def find_misfits(config: Mapping[str, Any]) -> Iterator[Misfit]:
    """What may not stand in mkdocs.yml, in its order; `extra.portal` has checks of its own."""
    for name, value in config.items():
        if name == "theme" and not isinstance(value, str):
            yield from find_theme_misfits(value)
        elif name == "extra":
            yield from find_extra_misfits(value)
        else:
            yield from find_misfit(name, name, value, SAID, {**OWN, "theme": OWN_THEME["name"]})


def find_theme_misfits(theme: Any) -> Iterator[Misfit]:
    if not isinstance(theme, dict):
        yield "theme", "`theme` should be names with values", "Write `palette:` below it, or delete the line."
        return
    for name, value in theme.items():
        yield from find_misfit(f"theme.{name}", name, value, SAID_THEME, OWN_THEME)


def find_extra_misfits(extra: Any) -> Iterator[Misfit]:
    """The theme would load what other entries name: counters of visitors, notices, links to elsewhere."""
    for name in extra if isinstance(extra, dict) else ():
        if name != "portal":
            yield f"extra.{name}", f"`extra.{name[:60]}` is no setting of a portal", "Keep only `portal` under `extra`."


def find_misfit(
    place: str, name: str, value: Any, said: Mapping[str, tuple[Callable[[Any], bool], str]], own: Mapping[str, Any]
) -> Iterator[Misfit]:
    if name in said:
        fits, words = said[name]
        if not fits(value):
            yield place, f"`{place}` is not written as it should be: {words}", "Correct it, or delete the line."
    elif name not in own:
        known = ", ".join([*said, "theme (language, palette) and extra.portal"]) if place == name else ", ".join(said)
        what = f"`{place[:60]}` cannot be set here: nothing in this file may run, read or fetch anything"
        yield place, what, f"Take it out. What may be set: {known}."
    elif not is_same(value, own[name]):
        what = f"`{place}` belongs to the program, and cannot be changed here"
        yield place, what, "Take it out."


def is_same(value: Any, own: Any) -> bool:
    """YAML may or may not end a text with a line break."""
    return bool(value.strip() == own.strip() if isinstance(value, str) and isinstance(own, str) else value == own)


def make_settings(config: Mapping[str, Any]) -> dict[str, Any]:
    """For mkdocs: what is allowed of mkdocs.yml over the program's own; what is not, never gets there."""
    theme = config.get("theme")
    chosen = choose(theme if isinstance(theme, dict) else {}, SAID_THEME)
    return {
        **DEFAULTS,
        **choose(config, SAID),
        **OWN,
        "theme": {**DEFAULT_THEME, **chosen, **OWN_THEME, "custom_dir": str(THEME)},
    }


def choose(config: Mapping[str, Any], said: Mapping[str, tuple[Callable[[Any], bool], str]]) -> dict[str, Any]:
    return {name: config[name] for name, (fits, _) in said.items() if name in config and fits(config[name])}
