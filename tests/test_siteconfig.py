"""What mkdocs.yml may say, and that nothing else of it reaches mkdocs."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from portal.shell import make_config
from portal.siteconfig import THEME, find_misfits

ROOT = Path(__file__).resolve().parent.parent


def places(text: str) -> list[str]:
    return [place for place, _, _ in find_misfits(yaml.safe_load(text))]


def test_the_programs_own_settings_pass_and_so_does_a_copy_of_them():
    assert not places((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def test_a_portal_chooses_its_name_its_address_its_colours_and_its_facts():
    text = """
site_name: Children & families in Otherton
site_url: https://otherton.test/portal/
site_description: Open data
copyright: '&copy; Otherton Council'
nav: [{Home: index.md}, {About us: about.md}]
theme: {name: material, language: en, palette: {scheme: default, primary: deep purple, accent: teal}}
extra: {portal: {place: Otherton}}
"""
    assert not places(text)
    made = yaml.safe_load(make_config_of(text))
    assert made["theme"]["palette"] == {"scheme": "default", "primary": "deep purple", "accent": "teal"}
    assert (made["site_url"], made["nav"][1]) == ("https://otherton.test/portal/", {"About us": "about.md"})


@pytest.mark.parametrize(
    "text",
    [
        "hooks: [hook.py]",
        "plugins: [search, macros]",
        "plugins: {search: {lang: en}}",
        "markdown_extensions: [pymdownx.snippets]",
        "INHERIT: ../other.yml",
        "docs_dir: /etc",
        "watch: [/etc]",
        "extra_css: [https://zz.test/x.css]",
        "extra_javascript: [x.js]",
        "extra_templates: [x.html]",
        "repo_url: https://zz.test/x",
        "theme: readthedocs",
        "theme: {custom_dir: datasets/theme}",
        "theme: {custom_dir: /etc}",
        "theme: {font: {text: Roboto}}",
        "theme: {favicon: https://zz.test/x.png}",
        "theme: {logo: ../x.png}",
        "theme: {icon: {logo: ../../x}}",
        "theme: {language: ../../x}",
        "theme: {features: [navigation.instant]}",
        "theme: {palette: {scheme: 'x\" onload=\"zz'}}",
        "theme: {palette: {media: 'zz'}}",
        "theme: {palette: [{toggle: {icon: ../x, name: x}}]}",
        "theme: {palette: [{toggle: {icon: material/x, name: '<b>'}}]}",
        "theme: [material]",
        "extra: {analytics: {provider: google}}",
        "site_name: [x]",
        "site_name: '<b>x</b>'",
        "site_name: '&lt;script&gt;'",
        "site_url: javascript:zz()",
        "site_url: mailto:a@otherton.test",
        "nav: [{x: https://zz.test/}]",
        "nav: [{x: ../x.md}]",
        "nav: [{'&lt;b&gt;': about.md}]",
    ],
)
def test_what_could_run_read_or_fetch_is_refused_and_never_reaches_mkdocs(text):
    assert len(places(text)) == 1
    made = yaml.safe_load(make_config_of(text))
    assert {**made, "site_name": ""} == {**yaml.safe_load(make_config_of("{}")), "site_name": ""}
    assert made["theme"]["custom_dir"] == str(THEME)


def make_config_of(text: str) -> str:
    folder = Path(__file__).resolve().parent
    return make_config(yaml.safe_load(text), folder / "docs", folder / "site", "x", {})
