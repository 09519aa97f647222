"""The whole story on a small portal: what is published, and what never is."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from make import write_portal

from portal import pipeline
from portal.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent


def sums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def build(datasets: Path, site: Path):
    return pipeline.build(load_settings(datasets, site, date(2026, 1, 31)))


def test_good_data_is_published(tmp_path):
    result = build(write_portal(tmp_path), tmp_path / "site")
    assert result.published, result.problems
    assert (tmp_path / "site" / "data" / "observations.csv").is_file()


def test_bad_data_leaves_the_published_site_as_it_was(tmp_path):
    datasets, site = write_portal(tmp_path), tmp_path / "site"
    build(datasets, site)
    before = sums(site)
    table = datasets / "children" / "data" / "children.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",1248,", ",12x8,"), encoding="utf-8")
    result = build(datasets, site)
    assert not result.published
    assert [problem.code for problem in result.problems] == ["type-error"]
    assert sums(site) == before


def test_a_site_that_fails_its_verification_is_not_published(tmp_path):
    datasets, site = write_portal(tmp_path), tmp_path / "site"
    build(datasets, site)
    before = sums(site)
    (datasets / "visits" / "narrative.md").write_text("[gone](gone/)\n", encoding="utf-8")
    result = build(datasets, site)
    assert [problem.code for problem in result.problems] == ["broken-link"]
    assert sums(site) == before


def test_strict_lets_no_warning_through(tmp_path):
    datasets = write_portal(tmp_path)
    descriptor = datasets / "visits" / "datapackage.yaml"
    lines = descriptor.read_text(encoding="utf-8").splitlines()
    descriptor.write_text("\n".join(x for x in lines if not x.startswith("description:")), encoding="utf-8")
    settings = load_settings(datasets, tmp_path / "site", date(2026, 1, 31))
    assert pipeline.build(settings).published
    assert not pipeline.build(settings, strict=True).published


@pytest.mark.parametrize("stage", ["pages", "site", "verify"])
def test_a_build_that_is_killed_leaves_the_published_site_as_it_was(tmp_path, stage):
    datasets, site = write_portal(tmp_path), tmp_path / "site"
    build(datasets, site)
    before = sums(site)
    # The same date, so that a build which is done before it is killed leaves the same bytes.
    place = ["--datasets", str(datasets), "--site", str(site), "--date", "2026-01-31"]
    command = [sys.executable, str(ROOT / "build.py"), *place]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert running.stderr is not None
    for line in running.stderr:
        if stage in line:
            break
    time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    assert sums(site) == before
    assert build(datasets, site).published


def test_a_number_typed_into_the_home_page_is_not_published(tmp_path):
    datasets = write_portal(tmp_path)
    home = "{headline_words: 'There were 1,399 of them'}"
    (tmp_path / "mkdocs.yml").write_text(f"site_name: x\nextra: {{portal: {{home: {home}}}}}\n", encoding="utf-8")
    result = build(datasets, tmp_path / "site")
    assert [p.code for p in result.problems if p.severity == "error"] == ["typed-number"]
    assert not (tmp_path / "site").exists()
