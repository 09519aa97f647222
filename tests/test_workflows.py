"""The workflows: pinned, with the least rights, and nothing in them that .ci cannot do by hand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / ".github/workflows").glob("*.yml"))
RIGHTS = {  # all that a job may have; what is not here it has not
    "publish.yml/deploy": {"pages": "write", "id-token": "write"},
}
SCRIPTS = {".ci/run", *(f".ci/data {step}" for step in ("install", "check", "build", "draft"))}


def read(path: Path) -> dict:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # the plain texts: else `on` is read as true


WORKFLOWS = {path.name: read(path) for path in FILES}
JOBS = {f"{name}/{job}": body for name, whole in WORKFLOWS.items() for job, body in whole["jobs"].items()}
STEPS = [(name, step) for name, body in JOBS.items() for step in body["steps"]]


def test_the_three_are_there():
    assert set(WORKFLOWS) == {"build.yml", "data.yml", "publish.yml"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_whole_hash_and_says_which_release_that_is(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+( |$)", line), line


def test_one_action_has_one_hash_everywhere():
    pins = {step["uses"] for _, step in STEPS if "uses" in step}
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_has_no_rights_of_its_own_and_no_secret(name):
    assert WORKFLOWS[name]["permissions"] == {}
    assert "concurrency" in WORKFLOWS[name]
    assert "secrets." not in (ROOT / ".github/workflows" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", JOBS)
def test_a_job_has_the_least_rights_and_an_end(name):
    assert JOBS[name]["permissions"] == RIGHTS.get(name, {"contents": "read"})
    assert int(JOBS[name]["timeout-minutes"]) <= 45


def test_a_stranger_s_pull_request_never_runs_with_the_rights_of_the_repository():
    starts = {start for whole in WORKFLOWS.values() for start in whole["on"]}
    assert starts == {"push", "pull_request", "schedule", "workflow_dispatch"}


def test_only_main_is_published_and_only_by_one_job():
    assert WORKFLOWS["publish.yml"]["on"]["push"] == {"branches": ["main"]}
    assert JOBS["publish.yml/build"]["if"] == "github.ref == 'refs/heads/main'"
    assert JOBS["publish.yml/deploy"]["needs"] == "build"
    assert [name for name, step in STEPS if "deploy-pages" in step.get("uses", "")] == ["publish.yml/deploy"]


def test_what_is_published_is_built_without_a_cache():
    assert not [step for name, step in STEPS if name.startswith("publish.yml") and "cache" in step.get("with", {})]


def test_no_checkout_leaves_its_key_behind():
    checkouts = [step for _, step in STEPS if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_each_command_is_one_that_runs_by_hand_and_takes_nothing_from_outside():
    assert {step["run"] for _, step in STEPS if "run" in step} == SCRIPTS


def test_the_steps_by_hand_are_those_of_the_workflow_that_publishes():
    script = (ROOT / ".ci/data").read_text(encoding="utf-8")
    steps = [step["run"].removeprefix(".ci/data ") for step in JOBS["publish.yml/build"]["steps"] if "run" in step]
    assert f"set -- {' '.join(steps)}; fi" in script
    assert 'build) portal build --strict --date "$today" ;;' in script


def test_once_a_week_the_day_is_looked_at_without_any_change_to_the_data():
    (when,) = WORKFLOWS["publish.yml"]["on"]["schedule"]
    assert re.fullmatch(r"\d+ \d+ \* \* [0-6]", when["cron"])
    assert ".ci/data check" in [step.get("run") for step in JOBS["publish.yml/build"]["steps"]]


def test_check_and_build_are_of_today_unless_another_day_is_named(tmp_path):
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci/data").write_bytes((ROOT / ".ci/data").read_bytes())
    (tmp_path / ".ci/data").chmod(0o755)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "PORTAL_"))}
    told = [
        subprocess.run(
            [tmp_path / ".ci/data", "check"], env=env | day, capture_output=True, text=True, check=True
        ).stdout
        for day in ({"PORTAL_DATE": "2027-02-28"}, {})
    ]
    assert told[0] == "build.py check --date 2027-02-28 --format text\n"
    assert re.fullmatch(r"build\.py check --date 20\d\d-\d\d-\d\d --format text\n", told[1])


def test_an_unknown_step_is_not_understood():
    done = subprocess.run([ROOT / ".ci/data", "deploy"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "usage: .ci/data [install|check|build|draft]\n")


def test_the_summary_of_a_job_is_a_block_that_no_cell_can_end(tmp_path):
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci/data").write_bytes((ROOT / ".ci/data").read_bytes())
    (tmp_path / ".ci/data").chmod(0o755)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(
        "#!/bin/sh\necho '::error file=a.csv::x'\necho '```'\necho '<img src=x>'\necho \"$@\"\nexit 1\n",
        encoding="utf-8",
    )
    python.chmod(0o755)
    env = os.environ | {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    env["PORTAL_DATE"] = "2026-11-30"
    done = subprocess.run([tmp_path / ".ci/data", "check"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, "::error file=a.csv::x" in done.stdout) == (1, True)
    lines = (tmp_path / "summary").read_text(encoding="utf-8").splitlines()
    assert lines == [
        *("", "### check --date 2026-11-30", "", "    ```", "    <img src=x>"),
        *("    build.py check --date 2026-11-30 --format github", ""),
    ]


def test_zizmor_finds_nothing():
    zizmor = Path(sys.executable).with_name("zizmor")
    command = [zizmor, "--offline", "--persona", "pedantic", "--no-progress", ".github/workflows"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
