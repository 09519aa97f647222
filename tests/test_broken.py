"""Each folder of tests/broken is one mistake, with what the data officer is told, word for word.

Where the mistake only warns, `on-the-site.txt` is what the site then says of it: on the dataset's page and on the page
about data quality, as a reader sees it.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from make import BUILT, write_portal
from markupsafe import Markup

from portal.arithmetic import run_checks
from portal.cli import run
from portal.downloads import make_downloads
from portal.figures import derive_figures
from portal.pages import Drawings, make_pages
from portal.pages.warnings import MEANINGS
from portal.pipeline import check
from portal.settings import load_settings

BROKEN = Path(__file__).resolve().parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and path.name != "_common")
UPDATE = "pytest tests/test_broken.py -k {} --update-golden"
WARNING = re.compile(r"^\S+  warning  (\S+)$", re.MULTILINE)
WARNED = re.compile(r'<section class="mc-warnings".*?</section>', re.DOTALL)


def lay_over_common(case: Path, folder: Path) -> None:
    files = {
        p.relative_to(case / "datasets").as_posix(): p.read_bytes() for p in case.rglob("datasets/**/*") if p.is_file()
    }
    write_portal(folder, files)
    if (case / "mkdocs.yml").is_file():
        shutil.copy(case / "mkdocs.yml", folder)
    links = case / "links.txt"  # a link in the folder itself would lead out of it wherever the project is unpacked
    for name, target in (
        line.split() for line in (links.read_text(encoding="utf-8") if links.exists() else "").splitlines()
    ):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)


def command_of(case: Path) -> list[str]:
    named = case / "command.txt"
    return named.read_text(encoding="utf-8").split() if named.exists() else ["check", "--datasets", "datasets"]


def compare(told: str, expected: Path, update: bool) -> None:
    if update:
        expected.write_text(told, encoding="utf-8")
    assert expected.is_file(), f"{expected} is missing: {UPDATE.format(expected.parent.name)}, then read it"
    assert told == expected.read_text(encoding="utf-8")


def warnings_on_the_site(folder: Path, command: list[str]) -> str:
    """What a visitor reads of the warnings, page by page: tags taken out, spaces folded."""
    built = date.fromisoformat(command[command.index("--date") + 1]) if "--date" in command else BUILT
    settings = load_settings(folder / "datasets", folder / "site", built)
    portal, problems = check(settings)
    figures = {dataset.slug: derive_figures(dataset, portal.reference) for dataset in portal.datasets}
    files, results = make_downloads(portal, {}, built), run_checks(portal)
    pages = make_pages(portal, figures, {}, Drawings(), files, problems, settings, built, results)
    found = [(page.url, WARNED.search(page.html)) for page in pages]
    return "\n\n".join(f"/{url}\n{lines_of(section[0])}" for url, section in found if section) + "\n"


def lines_of(html: str) -> str:
    """One line for each heading, paragraph and item."""
    parts = re.split(r"</(?:h2|h3|p|li)>", html)
    lines = (" ".join(str(Markup(part).striptags()).split()) for part in parts)
    return "\n".join(line for line in lines if line)


@pytest.mark.parametrize("name", CASES)
def test_the_mistake_is_told_word_for_word(name, tmp_path, monkeypatch, update_golden):
    lay_over_common(BROKEN / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(run, command_of(BROKEN / name))
    compare(told.stdout, BROKEN / name / "expected.txt", update_golden)
    warned_only = told.stdout.splitlines()[-1].startswith("0 errors") and "--strict" not in command_of(BROKEN / name)
    assert told.exit_code == (0 if warned_only else 1), told.stderr
    if warned_only:
        compare(
            warnings_on_the_site(tmp_path, command_of(BROKEN / name)), BROKEN / name / "on-the-site.txt", update_golden
        )


def test_each_kind_of_warning_says_what_it_means_for_a_reader():
    told = {code for case in CASES for code in WARNING.findall((BROKEN / case / "expected.txt").read_text("utf-8"))}
    assert told - set(MEANINGS) == set()


def test_what_all_cases_share_is_right(tmp_path, monkeypatch):
    write_portal(tmp_path)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(run, ["check", "--datasets", "datasets"])
    assert (told.exit_code, told.stdout) == (0, "0 errors, 0 warnings\n")
