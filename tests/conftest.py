"""What all tests share: the accepted output, one build of the real site, and one browser to look at it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from browser import OPTIONS, NoBrowser, ensure_chromium, served
from hypothesis import HealthCheck
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent


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
        max_examples=many or 60,
        derandomize=not many,
        deadline=None,
        suppress_health_check=healthy,
        database=None,
    )
    hypothesis.settings.load_profile("portal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The marks follow from what a test asks for."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "built_site" in fixtures:
            item.add_marker("site")
        if "browser" in fixtures:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def built_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the real datasets, built once by the command itself."""
    if ready := request.config.getoption("--built-site"):
        return Path(ready).resolve()
    site = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "build.py", "--site", str(site)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode or not (site / "index.html").is_file():
        pytest.fail(f"build.py: exit {done.returncode}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return site


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
