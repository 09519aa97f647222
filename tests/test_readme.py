"""The README tells the truth: its commands, its help text, its example and its map."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

COMMANDS = {
    "build": "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python build.py",
    "test": ".venv/bin/pip install -r requirements-dev.txt && .venv/bin/python -m pytest",
}


def block_after(mark: str) -> str:
    """What stands in the fenced block on the lines after `<!-- mark -->`, without its indentation."""
    found = re.search(rf"^( *)<!-- {re.escape(mark)} -->\n\1```\w*\n(.*?)^\1```$", README, re.MULTILINE | re.DOTALL)
    assert found, f"README.md has no block after <!-- {mark} -->"
    return re.sub(rf"^{found[1]}", "", found[2], flags=re.MULTILINE)


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run build.py in a terminal 80 columns wide, without colours."""
    plain = os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    plain.pop("GITHUB_ACTIONS", None)
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, encoding="utf-8", timeout=120, check=False)


def map_of_the_folders() -> list[str]:
    section = README.split("## Map of the folders")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_stands_there_exactly(name):
    assert block_after(f"command: {name}") == COMMANDS[name] + "\n"


def test_continuous_integration_runs_what_the_readme_says():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    for name, command in COMMANDS.items():
        assert f"$(readme_command {name})" in script
        assert command not in script


def test_the_help_text_is_what_the_command_prints():
    done = build("--help")
    assert done.returncode == 0, done.stderr
    assert block_after("help") == done.stdout


def test_the_example_dataset_passes_the_check(tmp_path):
    folder = tmp_path / "datasets/youth-club-visits"
    for name in ("data/youth-club-visits.csv", "datapackage.yaml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(block_after(f"example: {name}"), encoding="utf-8")
    done = build("check", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_map_names_the_folders():
    assert {"build.py", "portal/", "datasets/", "tests/"} <= set(map_of_the_folders())


@pytest.mark.parametrize("path", map_of_the_folders())
def test_a_place_on_the_map_exists(path):
    place = ROOT / path
    assert place.is_dir() if path.endswith("/") else place.is_file()


def test_local_links_lead_somewhere():
    for name in ("README.md", "CONTRIBUTING.md", "LICENSE-DATA.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (ROOT / target).exists(), f"{name} links to {target}"
