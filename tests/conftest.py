"""What all tests share: the accepted output, one build of the real site, a browser to look at it, and the workers.

In:  pytest's options.
Out: fixtures of the whole run. Each worker has a browser of its own; the real site is built once for all of them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from browser import OPTIONS, NoBrowser, ensure_chromium, served
from hypothesis import HealthCheck
from playwright.sync_api import Browser, sync_playwright

from portal.publish import take_lock

ROOT = Path(__file__).resolve().parent.parent

OnceForAll = Callable[[str, Callable[[Path], None]], Path]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="accept what the program now gives as right")
    parser.addoption("--examples", type=int, metavar="N", help="tries of each property test (default: a few)")
    parser.addoption("--built-site", metavar="DIR", help="look at this finished site and do not build one")


def pytest_configure(config: pytest.Config) -> None:
    """Examples of the property tests: a few in each run, the same ones every time; many when they are asked for."""
    many = config.getoption("--examples")
    healthy = list(HealthCheck)  # writing a portal is slow by the standards of that library, and is what is tested
    hypothesis.settings.register_profile(
        "portal",
        max_examples=many or 40,
        derandomize=not many,
        deadline=None,
        suppress_health_check=healthy,
        database=None,
    )
    hypothesis.settings.load_profile("portal")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No workers where a person asks for a few tests: starting them, and reading our data in each, takes longer."""
    typed = [str(word) for word in config.invocation_params.args]  # so without what pyproject.toml adds
    if any(word.startswith(("-n", "--numprocesses")) for word in typed):
        return None  # xdist counts the processors
    files = any("::" in word or word.endswith(".py") for word in typed)
    few = files or any(config.getoption(name, False) for name in ("keyword", "lf", "collectonly"))
    return 0 if few else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The marks follow from what a test asks for."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if {"built_site", "site_of_2027"} & {*fixtures}:
            item.add_marker("site")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def once_for_all(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OnceForAll:
    """`once_for_all("site", make)` gives a folder that the first worker to ask has filled with `make(folder)`."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        shared = shared.parent  # a worker's own folder stands in that of the whole run

    def folder_of(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        # Let go of by the system when a worker dies, so that another makes it anew and none waits for ever.
        descriptor = os.open(shared / f"{name}.lock", os.O_RDWR | os.O_CREAT)
        try:
            while not take_lock(descriptor):
                time.sleep(0.2)
            if not done.exists():
                make(folder)
                done.touch()
        finally:
            os.close(descriptor)
        return folder

    return folder_of


def build_site(site: Path, *options: str) -> None:
    """By the command itself, as a person builds it."""
    command = [sys.executable, "build.py", "--site", str(site), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode or not (site / "index.html").is_file():
        pytest.fail(f"build.py: exit {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def built_site(request: pytest.FixtureRequest, once_for_all: OnceForAll) -> Path:
    """The site of the real datasets."""
    if ready := request.config.getoption("--built-site"):
        return Path(ready).resolve()
    return once_for_all("built", build_site)


@pytest.fixture(scope="session")
def site_of_2027(once_for_all: OnceForAll) -> Path:
    """The same site as it would be built on a day in 2027."""
    return once_for_all("later", lambda site: build_site(site, "--date", "2027-06-01"))


@pytest.fixture(scope="session")
def served_site(built_site: Path) -> Iterator[str]:
    """The address of the built site's home page, under a path as on a project's pages host."""
    with served(built_site, prefix=path_of_site_url()) as base:
        yield base


def path_of_site_url() -> str:
    """The 404 page alone has absolute links, made from `site_url`: so the site is served under that very path."""
    config = ROOT / "mkdocs.yml"
    text = config.read_text(encoding="utf-8") if config.exists() else ""
    named = re.search(r"^site_url:\s*[\"']?https?://[^/\s\"']+(/[^\s\"'#]+?)/?[\"']?\s*(?:#.*)?$", text, re.MULTILINE)
    return f"{named[1]}/" if named else "/portal/"


@pytest.fixture(scope="session")
def chromium_path() -> str:
    try:
        return ensure_chromium()
    except NoBrowser as error:
        advice = str(error)
    pytest.fail(advice, pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=OPTIONS)
        yield browser
        browser.close()
