"""The browser tests run or fail: a missing Chromium is installed, or named with what to do about it."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from pathlib import Path

import browser
import pytest


def make_program(folder: Path, name: str, exit_code: int = 0) -> str:
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    program.chmod(0o755)
    return str(program)


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """An environment without any browser, on which every installer fails."""
    monkeypatch.setattr(browser, "playwrights_own", lambda: None)
    unlucky = ["sh", "-c", "echo Reading; echo 'E: no such package' >&2; exit 100"]
    monkeypatch.setattr(browser, "installers", lambda: iter([(unlucky, 5), (["no-such-installer"], 5)]))
    return {"PATH": str(tmp_path)}


def test_a_chromium_on_the_path_is_found(bare_machine, tmp_path):
    program = make_program(tmp_path, "chromium-browser")
    assert browser.find_chromium(bare_machine) == program


def test_a_chromium_that_does_not_start_is_passed_over(bare_machine, tmp_path):
    make_program(tmp_path, "chromium", exit_code=1)
    works = make_program(tmp_path, "google-chrome-stable")
    assert browser.find_chromium(bare_machine) == works


def test_chrome_path_comes_first(bare_machine, tmp_path):
    make_program(tmp_path, "chromium")
    chosen = make_program(tmp_path / "elsewhere", "my-chrome")
    assert browser.find_chromium({**bare_machine, "CHROME_PATH": chosen}) == chosen


def test_a_wrong_chrome_path_is_named_and_not_replaced(bare_machine, tmp_path):
    make_program(tmp_path, "chromium")
    with pytest.raises(browser.NoBrowser, match="CHROME_PATH is /nowhere/chrome"):
        browser.find_chromium({**bare_machine, "CHROME_PATH": "/nowhere/chrome"})


def test_playwrights_own_comes_last(bare_machine, monkeypatch):
    monkeypatch.setattr(browser, "playwrights_own", lambda: "/its/own/chrome")
    assert browser.find_chromium(bare_machine) == "/its/own/chrome"


def test_without_any_browser_the_message_says_what_to_install_and_what_was_tried(bare_machine):
    with pytest.raises(browser.NoBrowser) as caught:
        browser.ensure_chromium(bare_machine)
    first, *tried = str(caught.value).splitlines()
    assert first == f"No Chromium was found. {browser.ADVICE}"
    assert tried[1].endswith("exit 100 E: no such package")
    assert tried[2] == "  no-such-installer: FileNotFoundError"


def test_installing_stops_at_the_first_installer_that_brings_one(bare_machine, monkeypatch, tmp_path):
    program = make_program(tmp_path / "unseen", "chromium")
    move = ["mv", program, str(tmp_path / "chromium")]
    monkeypatch.setattr(browser, "installers", lambda: iter([(move, 5), (["rm", str(tmp_path / "chromium")], 5)]))
    assert browser.ensure_chromium(bare_machine) == str(tmp_path / "chromium")


def test_an_installer_that_hangs_is_given_up(bare_machine, monkeypatch):
    monkeypatch.setattr(browser, "installers", lambda: iter([(["sleep", "60"], 0.1)]))
    with pytest.raises(browser.NoBrowser, match="sleep 60: TimeoutExpired"):
        browser.ensure_chromium(bare_machine)


@pytest.mark.parametrize(("user", "has_apt"), [(1000, True), (0, False)])
def test_apt_is_asked_only_as_root_and_where_it_exists(monkeypatch, user, has_apt):
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(browser.shutil, "which", lambda name: "/usr/bin/apt-get" if has_apt else None)
    assert [command[-3:] for command, _ in browser.installers()] == [["playwright", "install", "chromium"]]


def test_pages_are_listed_with_the_404_page_last(tmp_path):
    for name in ["index.html", "datasets/adoption/index.html", "datasets/index.html", "404.html"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert browser.find_pages(tmp_path) == ["", "datasets/", "datasets/adoption/", "404.html"]
    assert browser.find_dataset_pages(tmp_path) == ["datasets/adoption/"]


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("http://127.0.0.1:81/portal/a.css", False),
        ("data:image/png;base64,", False),
        ("http://127.0.0.1:82/a.css", True),
        ("https://fonts.example/a.css", True),
        ("wss://live.example/", True),
    ],
)
def test_a_request_to_another_host_or_port_is_elsewhere(address, elsewhere):
    assert browser.is_elsewhere(address, "http://127.0.0.1:81/portal/") is elsewhere


def test_the_site_is_served_under_its_path_only(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/index.html").write_text("here")
    with browser.served(tmp_path) as base:
        assert urllib.request.urlopen(base + "a/").read() == b"here"
        assert urllib.request.urlopen(base + "a").url == base + "a/"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(base.removesuffix("portal/") + "a/")


def test_of_the_many_pages_of_measures_a_spread_is_looked_at_and_of_all_others_each(tmp_path):
    for number in range(45):
        page = tmp_path / f"measures/m{number:02}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text("x" * (100 + number * 7 % 45))  # m00 is the shortest, m32 the longest
    for name in ("index.html", "measures/index.html", "datasets/a/index.html", "404.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    picked = ["measures/m00/", "measures/m20/", "measures/m32/", "measures/m40/"]
    assert browser.pick_pages(tmp_path) == ["", "datasets/a/", "measures/", *picked, "404.html"]
