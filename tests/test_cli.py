from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from make import make_dataset, write_portal

from portal import pipeline
from portal.cli import run

DOOR = str(Path(__file__).resolve().parent.parent / "build.py")
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
    (tmp_path / "site/checksums.txt").write_text("", encoding="utf-8")
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
    assert (done.exit_code, "elsewhere/clubs/datapackage.yaml:1:1  error" in done.stdout) == (1, True)


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


def test_a_fault_is_json_when_json_is_asked_for(told, monkeypatch):
    monkeypatch.setattr(pipeline, "check", lambda *_: 1 / 0)
    done = told("check", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)[0]["code"]) == (3, "fault")


def test_a_fault_that_repeats_data_commands_no_runner(told, monkeypatch):
    def fail(*_):
        raise ValueError("x\n::stop-commands::y")

    monkeypatch.setattr(pipeline, "check", fail)
    assert "\n::" not in told("check").stderr


def test_json_of_a_build_is_json_and_nothing_else(told):
    done = told("build", "--format", "json")
    assert (done.exit_code, json.loads(done.stdout)) == (0, [])
    assert "Published in" in done.stderr


def start(folder, *arguments, **options):
    """The command in a process of its own, where a portal stands."""
    command = [sys.executable, DOOR, *arguments, "--datasets", "datasets", "--site", "site"]
    # What a shell starts in the background is told to ignore Ctrl-C, and would hand that on.
    listening = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=folder, preexec_fn=listening, **pipes, **options)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_a_terminal_that_lacks_a_letter_ends_no_run(tmp_path, style, encoding):
    write_portal(tmp_path, {"children/data/children.csv": BAD.replace(b"12x8", "12–8".encode())})
    plain = os.environ | {"PYTHONIOENCODING": encoding, "LANG": "C", "PYTHONUTF8": "0"}
    running = start(tmp_path, "check", "--format", style, env=plain)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, b"Traceback" in err, b"fault" in err) == (1, False, False)
    assert b"type-error" in out
    if style == "json":
        assert "–" in json.loads(out)[0]["message"]


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_reader_who_leaves_sees_no_traceback(tmp_path, stream):
    write_portal(tmp_path, {"children/data/children.csv": BAD})
    running = start(tmp_path, "check")
    getattr(running, stream).close()
    other = running.stderr if stream == "stdout" else running.stdout
    said = other.read()
    running.wait(timeout=60)
    assert b"Traceback" not in said
    assert b"Exception" not in said
    assert running.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_build_that_is_cancelled_leaves_nothing_half_made(tmp_path, number):
    write_portal(tmp_path)
    running = start(tmp_path, "build")
    for line in running.stderr:
        if line.endswith(b"  site\n"):
            break
    time.sleep(0.3)  # mkdocs is at work
    running.send_signal(number)
    said = running.communicate(timeout=60)[1]
    assert running.returncode == (143 if number == signal.SIGTERM else 1)
    assert b"Traceback" not in said
    assert sorted(p.name for p in tmp_path.rglob("_build/*")) == ["site", "site.lock"]
    assert list((tmp_path / "_build/site").iterdir()) == []
    assert not (tmp_path / "site").exists()


def test_a_second_build_says_so_and_leaves_the_site_alone(tmp_path):
    write_portal(tmp_path)
    first = start(tmp_path, "build")
    for line in first.stderr:
        if line.endswith(b"  figures\n"):
            break
    first.send_signal(signal.SIGSTOP)  # or it would be done before the second has started
    second = start(tmp_path, "build")
    out, _ = second.communicate(timeout=60)
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 1)
    assert b"another build of this site is running" in out
    assert (tmp_path / "site/checksums.txt").is_file()
