"""The styles are kept as tidy as the program: no rule outlives the last page that used it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STYLES = sorted((ROOT / "site_templates" / "assets" / "portal" / "css").glob("*.css"))
SOURCES = ("site_templates/**/*.j2", "site_templates/**/*.html", "site_templates/**/*.md", "site_templates/**/*.js")
CLASS = r"mc-[a-z0-9]+(?:(?:__|--|-|_)[a-z0-9]+)*"


def read_sources() -> str:
    paths = [path for pattern in (*SOURCES, "portal/**/*.py") for path in sorted(ROOT.glob(pattern))]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@pytest.fixture(scope="module")
def sources() -> str:
    return read_sources()


def classes_of(css: str) -> list[str]:
    return sorted(set(re.findall(rf"\.({CLASS})", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))))


def is_named(name: str, text: str) -> bool:
    """In full, or as far as a template or the program fills the rest in: mc-verdict--{{ verdict }}."""
    whole = set(re.findall(rf"{CLASS}(?![a-z0-9_-])", text))
    started = set(re.findall(r"(mc-[a-z0-9_-]*(?:--|__))\{", text))
    return name in whole or any(name.startswith(start) for start in started)


def test_a_class_is_named_in_full_or_by_its_start():
    text = '<p class="mc-one mc-two--{{ kind }}">'
    assert [is_named(name, text) for name in ("mc-one", "mc-two--big", "mc-two", "mc-on")] == [True, True, False, False]


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_every_class_that_is_styled_stands_in_a_page(style, sources):
    assert [name for name in classes_of(style.read_text(encoding="utf-8")) if not is_named(name, sources)] == []
