from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from make import make_dataset, write_portal

from portal import pipeline
from portal.cli import run

BAD = make_dataset("id,value\nin-care-2024,12x8\n").resources[0].content


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Run a command where a portal stands: told("check", files={...})."""
    monkeypatch.chdir(tmp_path)

    def tell(*arguments, files=None):
        write_portal(tmp_path, files)
        return CliRunner().invoke(run, [*arguments, "--datasets", "datasets", "--site", "site"])

    return tell


def test_good_data_is_exit_0(told):
    assert told("check").exit_code == 0


def test_bad_data_is_exit_1_and_check_writes_nothing(told, tmp_path):
    done = told("check", files={"children/data/children.csv": BAD})
    assert done.exit_code == 1
    assert {p.name for p in tmp_path.iterdir()} == {"datasets", "mkdocs.yml"}


def test_a_build_of_bad_data_leaves_the_published_site_as_it_was(told, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("old", encoding="utf-8")
    done = told("build", files={"children/data/children.csv": BAD})
    assert (done.exit_code, (tmp_path / "site/index.html").read_text(encoding="utf-8")) == (1, "old")
    assert "Nothing was published" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish",),
        ("check", "--date", "31.1.2026"),
        ("check", "--format", "xml"),
        ("check", "nowhere"),
        ("--loud",),
        ("build", "--date", "1900-01-01"),
        ("build", "--date", "9999-12-31"),
    ],
)
def test_a_command_that_is_not_understood_is_exit_2(told, arguments):
    assert told(*arguments).exit_code == 2


def test_build_takes_no_paths(told):
    done = told("build", "datasets/visits")
    assert done.exit_code == 2
    assert "PATHS" in done.stderr


def test_a_fault_of_ours_is_exit_3_without_a_traceback(told, monkeypatch):
    monkeypatch.setattr(pipeline, "check", lambda *_: 1 / 0)
    done = told("check")
    assert done.exit_code == 3
    assert "--debug" in done.stderr
    assert "Traceback" not in done.output


def test_debug_shows_where_a_fault_arose(told, monkeypatch):
    monkeypatch.setattr(pipeline, "check", lambda *_: 1 / 0)
    done = told("check", "--debug")
    assert done.exit_code == 3
    assert "test_cli.py" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_a_fault_of_ours_repeats_no_words_of_the_data(told, monkeypatch):
    def stumble(*_: object) -> None:
        raise ValueError("a cell: ring 07700 900123")

    monkeypatch.setattr(pipeline, "check", stumble)
    assert "cell" not in told("check").output
    assert "900123" not in told("check", "--debug").output


def test_only_the_folders_named_are_checked(told):
    files = {"children/data/children.csv": BAD}
    assert told("check", "datasets/visits", files=files).exit_code == 0
    assert told("check", "datasets/children", files=files).exit_code == 1


def test_a_folder_that_is_kept_elsewhere_is_checked_too(told, tmp_path):
    elsewhere = tmp_path / "elsewhere" / "clubs"
    elsewhere.mkdir(parents=True)
    (elsewhere / "datapackage.yaml").write_text("name: clubs\n", encoding="utf-8")
    done = told("check", str(elsewhere))
    assert (done.exit_code, "elsewhere/clubs/datapackage.yaml  error" in done.stdout) == (1, True)


def test_json_on_standard_output_is_json_and_nothing_else(told):
    done = told("check", "--format", "json", files={"children/data/children.csv": BAD})
    assert json.loads(done.stdout)[0]["code"] == "type-error"


def test_a_missing_folder_is_exit_1_with_its_name():
    done = CliRunner().invoke(run, ["check", "--datasets", "/nowhere/datasets"])
    assert done.exit_code == 1
    assert done.stdout.startswith("/nowhere/datasets  error  stopped\n  there is no such folder\n")


def test_a_stop_is_json_when_json_is_asked_for():
    done = CliRunner().invoke(run, ["check", "--datasets", "/nowhere/datasets", "--format", "json"])
    assert "no such folder" in json.loads(done.stdout)[0]["message"]
