"""Each folder of tests/broken is one mistake, with what the data officer is told, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from make import write_portal

from portal.cli import run

BROKEN = Path(__file__).resolve().parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir() and path.name != "_common")


def lay_over_common(case: Path, folder: Path) -> None:
    files = {
        p.relative_to(case / "datasets").as_posix(): p.read_bytes() for p in case.rglob("datasets/**/*") if p.is_file()
    }
    write_portal(folder, files)
    if (case / "mkdocs.yml").is_file():
        shutil.copy(case / "mkdocs.yml", folder)


def command_of(case: Path) -> list[str]:
    named = case / "command.txt"
    return named.read_text(encoding="utf-8").split() if named.exists() else ["check", "--datasets", "datasets"]


@pytest.mark.parametrize("name", CASES)
def test_the_mistake_is_told_word_for_word(name, tmp_path, monkeypatch, update_golden):
    lay_over_common(BROKEN / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(run, command_of(BROKEN / name))
    expected = BROKEN / name / "expected.txt"
    if update_golden:
        expected.write_text(told.stdout, encoding="utf-8")
    assert told.stdout == expected.read_text(encoding="utf-8")
    warned_only = told.stdout.splitlines()[-1].startswith("0 errors") and "--strict" not in command_of(BROKEN / name)
    assert told.exit_code == (0 if warned_only else 1), told.stderr


def test_what_all_cases_share_is_right(tmp_path, monkeypatch):
    write_portal(tmp_path)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(run, ["check", "--datasets", "datasets"])
    assert (told.exit_code, told.stdout) == (0, "0 errors, 0 warnings\n")
