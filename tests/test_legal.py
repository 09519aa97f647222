"""Each folder of tests/legal is a package that is legal and awkward: the gate is silent, and every cell stays as it is.

Where a warning is right, `expected.txt` holds it word for word.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from make import BUILT, make_htmls, write_portal

from portal.cli import run
from portal.downloads import make_downloads
from portal.load import load_portal
from portal.pages.frametables import SHOWN

LEGAL = Path(__file__).resolve().parent / "legal"
UNDESCRIBED = {"not-described", "no-sources"}  # true of these packages, and not what they are about
CASES = sorted(path.name for path in LEGAL.iterdir() if path.is_dir())


def lay_out(name: str, folder: Path) -> Path:
    files = (path for path in (LEGAL / name / "datasets").rglob("*") if path.is_file())
    return write_portal(folder, {p.relative_to(LEGAL / name / "datasets").as_posix(): p.read_bytes() for p in files})


def load_case(name: str, folder: Path):
    portal, problems = load_portal(lay_out(name, folder), (folder / "datasets" / name,))
    assert problems == ()
    return portal


def read_csv(content: bytes, delimiter: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter, strict=True))
    while not rows[-1]:  # a blank line at the end
        rows.pop()
    return rows


def messages_in(told: str) -> list[str]:
    """What is said of a package, but for the warning that nobody describes it: these are bare on purpose."""
    *messages, _ = told.split("\n\n")
    return [text for text in messages if not text.partition("\n")[0].endswith(("  no-sources", "  not-described"))]


@pytest.mark.parametrize("name", CASES)
def test_the_gate_says_nothing_but_what_is_expected(name, tmp_path, monkeypatch):
    lay_out(name, tmp_path)
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(run, ["check", "--datasets", "datasets", "--format", "json"])
    found = [problem for problem in json.loads(told.stdout) if problem["code"] not in UNDESCRIBED]
    said = "".join(f"{p['path']}:{p['line']} {p['severity']} {p['code']}: {p['message']}\n" for p in found)
    expected = LEGAL / name / "expected.txt"
    assert said == (expected.read_text(encoding="utf-8") if expected.exists() else "")
    assert told.exit_code == 0


@pytest.mark.parametrize("name", CASES)
def test_the_frame_holds_every_cell_of_the_file(name, tmp_path):
    (dataset,) = load_case(name, tmp_path).datasets
    for resource in dataset.resources:
        header, *rows = read_csv(resource.content, resource.delimiter)
        assert list(resource.frame.columns) == header
        assert resource.frame.to_numpy().tolist() == rows
        assert len(resource.lines) == len(rows)


@pytest.mark.parametrize("name", CASES)
def test_the_published_file_has_the_same_bytes(name, tmp_path):
    portal = load_case(name, tmp_path)
    files = {file.path: file.content for file in make_downloads(portal, {}, BUILT)}
    for source in (LEGAL / name / "datasets" / name).rglob("*.csv"):
        assert files[f"data/{name}/{source.name}"] == source.read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_the_page_shows_every_cell_and_runs_none(name, tmp_path):
    (dataset,) = load_case(name, tmp_path).datasets
    page = make_htmls(tmp_path, dataset)[f"datasets/{name}/"]
    shown = {
        html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)
    }
    shown |= {html.unescape(re.sub(r"<[^>]*>", "", c)) for c in re.findall(r"<th[^>]*>(.*?)</th>", page, re.DOTALL)}
    for resource in dataset.resources:
        header, *rows = read_csv(resource.content, resource.delimiter)
        assert {*header} <= shown
        # HTML has no carriage return of its own: a page has line feeds
        assert {cell for row in rows[:SHOWN] for cell in row if cell.strip()} <= shown
