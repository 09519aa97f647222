"""The site shown on this computer: a real server, a real file that changes."""

from __future__ import annotations

import http.client
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from make import write_portal

from portal import serve
from portal.errors import PortalError
from portal.serve import look_at, name_changes, open_server, rebuild_on_change, serve_site

ROOT = Path(__file__).resolve().parent.parent
AT = "https://otherton.test/open/data/"


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    (folder / "about").mkdir(parents=True)
    (folder / "index.html").write_text("<h1>Home</h1>", encoding="utf-8")
    (folder / "about/index.html").write_text("<h1>About</h1>", encoding="utf-8")
    (folder / "404.html").write_text("<h1>Not here</h1>", encoding="utf-8")
    return folder


def fetch(address):
    """(status, text), redirects followed."""
    try:
        with urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def ask(address, path):
    """(status, headers) of that path alone."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers


def test_the_site_stands_under_the_path_of_its_address_and_the_root_leads_there(site):
    with serve_site(site, AT, 0) as address:
        assert address.endswith("/open/data/")
        assert fetch(address) == (200, "<h1>Home</h1>")
        assert fetch(address.removesuffix("open/data/")) == (200, "<h1>Home</h1>")
        assert fetch(f"{address}about?h=word") == (200, "<h1>About</h1>")


def test_without_an_address_of_its_own_the_site_stands_at_the_root(site):
    with serve_site(site, "", 0) as address:
        assert fetch(f"{address}about/") == (200, "<h1>About</h1>")


@pytest.mark.parametrize(
    "path", ["open/data/nowhere/", "open/data/no.csv", "elsewhere/", "open/data/empty/", "favicon.ico", "about/"]
)
def test_an_unknown_address_gets_the_sites_own_page_with_its_status(site, path):
    (site / "empty").mkdir()  # a host lists no folders
    with serve_site(site, AT, 0) as address:
        assert fetch(address.removesuffix("open/data/") + path) == (404, "<h1>Not here</h1>")


@pytest.mark.parametrize(
    "path", ["/open/data/../secret", "/open/data/%2e%2e/secret", "/open/data/..%2fsecret", "//secret"]
)
def test_nothing_outside_of_the_site_is_served(site, path):
    (site.parent / "secret").write_text("secret", encoding="utf-8")
    with serve_site(site, AT, 0) as address:
        assert ask(address, path)[0] == 404


def test_a_folder_that_is_exchanged_is_seen_at_once_and_nothing_is_kept_by_the_browser(site):
    with serve_site(site, AT, 0) as address:
        fetch(address)
        site.rename(site.parent / "old")
        site.mkdir()
        assert fetch(address)[0] == 503
        (site / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
        assert fetch(address) == (200, "<h1>New</h1>")
        assert ask(address, "/open/data/")[1]["Cache-Control"] == "no-store"


def test_a_port_that_is_taken_is_passed_over(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serve_site(site, "", port) as address:
            assert urlsplit(address).port > port
            assert fetch(address)[0] == 200


def test_only_this_computer_can_reach_it():
    with open_server(serve.SiteHandler, 0) as server:  # type: ignore[arg-type]
        assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize(
    ("host", "status"), [("localhost:1", 200), ("evil.test", 404), ("evil.test:80", 404), ("", 404)]
)
def test_a_page_elsewhere_cannot_read_a_draft_through_a_name_of_its_own(site, host, status):
    with serve_site(site, AT, 8000) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request("GET", "/open/data/", headers={"Host": host})
        answer = connection.getresponse()
        assert (answer.status, b"Home" in answer.read()) == (status, status == 200)


def test_when_no_port_is_free_it_says_so(monkeypatch):
    monkeypatch.setattr(serve, "SiteServer", lambda *_: (_ for _ in ()).throw(OSError()))
    with pytest.raises(PortalError, match="no port from 8000"):
        open_server(serve.SiteHandler, 8000)


def test_hidden_files_and_backups_are_not_watched(tmp_path):
    for name in ("a.csv", ".a.csv.swp", "a.csv~", ".git/x", "__pycache__/y.pyc", "deep/b.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", encoding="utf-8")
    assert sorted(Path(path).name for path in look_at([tmp_path, tmp_path / "gone"])) == ["a.csv", "b.csv"]


def test_changes_are_named_and_many_are_counted():
    before = {f"/x/{n}.csv": (1, 1) for n in "abcde"}
    assert name_changes(before, before | {"/x/a.csv": (2, 1)}) == "a.csv"
    assert name_changes(before, {}) == "a.csv, b.csv, c.csv and 2 more"


class Enough(Exception):
    """Ends the loop of a test."""


def rounds(count, act=lambda: None):
    """In the place of sleep: acts in each pause, and ends it all after so many."""
    left = iter(range(count))

    def pause(_):
        if next(left, None) is None:
            raise Enough
        act()

    return pause


def test_a_change_during_a_build_is_built_when_that_is_done(tmp_path, monkeypatch):
    watched, built, said = tmp_path / "a.csv", [], []
    watched.write_text("1", encoding="utf-8")

    def build():
        built.append(watched.read_text(encoding="utf-8"))
        if len(built) < 3:
            watched.write_text(f"{built[-1]}+", encoding="utf-8")  # after it was read

    monkeypatch.setattr(serve.time, "sleep", rounds(20))
    with pytest.raises(Enough):
        rebuild_on_change(build, [watched], tmp_path / "program", said.append)
    assert built == ["1", "1+", "1++"]
    assert said == ["Changed: a.csv. Building the whole site again."] * 2


def test_half_a_change_is_not_built(tmp_path, monkeypatch):
    watched, steps, built = tmp_path / "a.csv", iter(["1", "12", "123"]), []
    watched.write_text("", encoding="utf-8")

    def write_on():  # an editor that writes between two looks
        if step := next(steps, ""):
            watched.write_text(step, encoding="utf-8")

    monkeypatch.setattr(serve.time, "sleep", rounds(20, write_on))
    with pytest.raises(Enough):
        rebuild_on_change(lambda: built.append(watched.read_text("utf-8")), [watched], tmp_path / "p", lambda _: None)
    assert built == ["", "123"]


def test_a_change_of_the_program_asks_once_for_a_new_start_and_builds_nothing(tmp_path, monkeypatch):
    program, built, said = tmp_path / "portal", [], []
    program.mkdir()

    def build():
        built.append(1)
        (program / "site.py").write_text("x = 1", encoding="utf-8")

    monkeypatch.setattr(serve.time, "sleep", rounds(5))
    with pytest.raises(Enough):
        rebuild_on_change(build, [tmp_path / "datasets"], program, said.append)
    assert (built, len(said)) == ([1], 1)
    assert "site.py" in said[0]
    assert "start it again" in said[0]


@pytest.fixture
def running(tmp_path):
    """`python build.py serve` on the common portal: its datasets, a wait for words it says, an end to it."""
    datasets = write_portal(tmp_path)
    place = ["--datasets", str(datasets), "--site", str(tmp_path / "site"), "--port", "0"]
    command = [sys.executable, "-u", str(ROOT / "build.py"), "serve", *place]
    plain = os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1"}
    # A session of its own, so that the signal reaches all of it, mkdocs too, as Ctrl-C does.
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=plain,
        start_new_session=True,
        # Tests that run in the background of a shell are deaf to Ctrl-C, and would hand that on.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout
    lines: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout or ()], daemon=True)
    reader.start()

    def wait_for(words):
        said, until = "", time.monotonic() + 120
        while words not in said:
            said += lines.get(timeout=max(0.1, until - time.monotonic()))
        return said

    def interrupt():
        """Ctrl-C; the exit code, and all that is said after it."""
        os.killpg(process.pid, signal.SIGINT)
        code = process.wait(timeout=30)
        reader.join(timeout=30)
        return code, "".join(lines.queue)

    yield datasets, wait_for, interrupt
    process.kill()
    process.wait()


def test_a_changed_cell_is_shown_a_broken_one_leaves_the_old_page_and_ctrl_c_ends_quietly(running):
    datasets, wait_for, interrupt = running
    address = wait_for("Ctrl-C").partition("The site is at ")[2].split()[0]
    page, table = f"{address}datasets/children/", datasets / "children/data/children.csv"
    text = table.read_text(encoding="utf-8")
    assert "1,248" in fetch(page)[1]

    table.write_text(
        text.replace(",1248,", ",1259,").replace("1248", "1259").replace("1,248", "1,259"), encoding="utf-8"
    )
    assert "Changed: children.csv" in wait_for("Ctrl-C")
    assert "1,259" in fetch(page)[1]
    assert "1,248" not in fetch(page)[1]

    table.write_text(text.replace(",1248,", ",12x8,"), encoding="utf-8")
    said = wait_for("Ctrl-C")
    assert "type-error" in said
    assert "the site stands as it was" in said
    assert "1,259" in fetch(page)[1]
    status, missing = fetch(f"{address}nowhere/")
    assert (status, "This page is not here" in missing) == (404, True)

    code, said = interrupt()
    assert (code, said.strip()) == (0, "")


@pytest.mark.parametrize("stage", ["load", "site"])
def test_ctrl_c_in_the_middle_of_a_build_ends_quietly_too(running, stage):
    _, wait_for, interrupt = running
    wait_for(f"s  {stage}\n")
    code, said = interrupt()
    assert (code, "Traceback" in said) == (0, False)


@pytest.mark.parametrize("name", ["a" * 5000, "%00", "%2e%2e/secret.txt", "..%2fsecret.txt", "%2f%2fetc/passwd"])
def test_a_name_that_no_file_of_the_site_can_have_gets_its_page_and_no_fault(site, name, capfd):
    (site.parent / "secret.txt").write_text("secret", encoding="utf-8")
    with serve_site(site, AT, 0) as address:
        assert fetch(f"{address}{name}") == (404, "<h1>Not here</h1>")
    assert "Traceback" not in capfd.readouterr().err
