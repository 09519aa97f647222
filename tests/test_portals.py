"""Each folder of tests/portals is a whole portal: `datasets` goes in, `expected` comes out.

`expected/files.txt` lists what is made below the folders of `PARTS`; then the contents are compared. Of a page that is
its article, since the rest belongs to the theme, without the drawings, which stand below data/ as svg. Of png and zip
it is nothing: their bytes belong to the libraries that pack them.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.cli import run

PORTALS = Path(__file__).resolve().parent / "portals"
CASES = sorted(path.name for path in PORTALS.iterdir())
PARTS = ("data", "data-quality", "datasets", "topics")
NAME_ONLY = (".png", ".zip")


def build(case: Path, site: Path) -> None:
    arguments = ["--datasets", str(case / "datasets"), "--site", str(site), "--date", "2026-01-31"]
    done = CliRunner().invoke(run, arguments)
    assert done.exit_code == 0, done.output


def read_site(site: Path) -> dict[str, str]:
    """files.txt and every file whose contents are compared."""
    files = sorted(path for part in PARTS for path in (site / part).rglob("*") if path.is_file())
    names = "".join(f"{path.relative_to(site).as_posix()}\n" for path in files)
    texts = {path.relative_to(site).as_posix(): read_text(path) for path in files if path.suffix not in NAME_ONLY}
    return {"files.txt": names, **texts}


def read_text(path: Path) -> str:
    text = path.read_bytes().decode()
    if path.suffix != ".html":
        return text
    article = re.search(r"<article.*</article>", text, re.DOTALL)
    assert article, f"{path} has no <article>"
    return re.sub(r"<svg.*?</svg>", "<svg/>", article[0], flags=re.DOTALL) + "\n"


def write_golden(expected: Path, made: dict[str, str]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    for name, text in made.items():
        path = expected / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


@pytest.mark.parametrize("name", CASES)
def test_the_portal_is_built_as_expected(name, tmp_path, update_golden):
    build(PORTALS / name, tmp_path / "site")
    made = read_site(tmp_path / "site")
    if update_golden:
        write_golden(PORTALS / name / "expected", made)
    expected = PORTALS / name / "expected"
    assert made["files.txt"] == (expected / "files.txt").read_text(encoding="utf-8")
    for path, text in made.items():
        assert text == (expected / path).read_bytes().decode(), path


def test_the_same_data_gives_the_same_bytes_from_another_folder(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(PORTALS / "observations", elsewhere, ignore=shutil.ignore_patterns("expected"))
    build(PORTALS / "observations", tmp_path / "site")
    build(elsewhere, tmp_path / "other" / "site")
    here, there = (tmp_path / "site", tmp_path / "other" / "site")
    files = sorted(p.relative_to(here) for p in here.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(there) for p in there.rglob("*") if p.is_file())
    assert [f for f in files if (here / f).read_bytes() != (there / f).read_bytes()] == []
