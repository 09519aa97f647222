"""A real Chromium for the tests, and the finished site served to it.

In:  the environment, and a folder with a built site.
Out: the path of a Chromium that starts (one is installed where there is none), its options, and addresses of pages.

Nobody's tests are skipped because a browser is missing: they fail, and say what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this computer can be reached.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]

ASK_PLAYWRIGHT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

ADVICE = (
    "Install Chromium (Debian, Ubuntu: apt-get install chromium), or set CHROME_PATH to a Chromium or Chrome, "
    "or run: python -m playwright install --with-deps chromium"
)


class NoBrowser(Exception):
    """There is no Chromium that starts, and none could be installed."""


# --- finding one ---------------------------------------------------------------------------------------------------


def find_chromium(environ: Mapping[str, str] = os.environ) -> str | None:
    """The first Chromium that starts: CHROME_PATH, then PATH, then Playwright's own."""
    named = environ.get("CHROME_PATH")
    if named and not starts(named):
        raise NoBrowser(f"CHROME_PATH is {named}, and that does not start. {ADVICE}")
    candidates = [named, *(shutil.which(name, path=environ.get("PATH", "")) for name in NAMES)]
    return next((path for path in candidates if path and starts(path)), None) or playwrights_own()


def starts(path: str) -> bool:
    """Whether it tells its version: a Chromium without its system libraries, or a snap's placeholder, does not."""
    try:
        return run([path, "--version"], seconds=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwrights_own() -> str | None:
    # Asked in a process of its own: Playwright's sync interface can run only once in this one.
    path = run([sys.executable, "-c", ASK_PLAYWRIGHT], seconds=60).stdout.strip()
    return path if path and starts(path) else None


def ensure_chromium(environ: Mapping[str, str] = os.environ) -> str:
    """A Chromium that starts, installed now if need be."""
    if found := find_chromium(environ):
        return found
    tried = []
    for command, seconds in installers():
        tried.append(f"{' '.join(command)}: {outcome(command, seconds)}")
        if found := find_chromium(environ):
            return found
    raise NoBrowser("\n  ".join([f"No Chromium was found. {ADVICE}", "Tried:", *tried]))


def installers() -> Iterator[tuple[list[str], int]]:
    yield [sys.executable, "-m", "playwright", "install", "chromium"], 240
    if os.geteuid() == 0 and shutil.which("apt-get"):
        yield ["apt-get", "-qq", "update"], 240
        yield ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium"], 600


def outcome(command: list[str], seconds: int) -> str:
    try:
        done = run(command, seconds)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    lines = (done.stdout + done.stderr).strip().splitlines()
    errors = [line.strip() for line in lines if line.startswith(("E:", "Error"))]
    return " ".join([f"exit {done.returncode}", *errors[:1]])


def run(command: list[str], seconds: int) -> subprocess.CompletedProcess[str]:
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=seconds, env=quiet, stdin=subprocess.DEVNULL, check=False
    )


# --- serving the site ----------------------------------------------------------------------------------------------


class UnderAPath(SimpleHTTPRequestHandler):
    """Serves a folder under a path, as a project's pages are."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the last acknowledgement

    def __init__(self, *args: object, prefix: str, **kwargs: object) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def send_head(self):  # type: ignore[no-untyped-def]
        if not self.path.startswith(self.prefix):
            self.send_error(404)
            return None
        self.path = "/" + self.path.removeprefix(self.prefix)
        if self.is_folder_without_slash():
            self.send_response(301)
            self.send_header("Location", self.prefix + self.path.lstrip("/") + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        return super().send_head()

    def is_folder_without_slash(self) -> bool:
        return not urlsplit(self.path).path.endswith("/") and Path(self.translate_path(self.path)).is_dir()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def served(site: Path, prefix: str = "/portal/") -> Iterator[str]:
    """The address of the site's home page, for as long as the block runs."""
    handler = partial(UnderAPath, directory=str(site), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()


# --- what is in it -------------------------------------------------------------------------------------------------


def find_pages(site: Path) -> list[str]:
    """The addresses of all pages, relative to the home page: "", "datasets/adoption/", …, "404.html"."""
    folders = sorted(page.parent.relative_to(site).as_posix() for page in site.rglob("index.html"))
    pages = ["" if folder == "." else f"{folder}/" for folder in folders]
    return pages + (["404.html"] if (site / "404.html").exists() else [])


def pick_pages(site: Path, every: int = 20) -> list[str]:
    """All pages, but of those of the measures, which are many and alike: the longest, the shortest and every 20th."""
    pages = find_pages(site)
    alike = [page for page in pages if page.startswith("measures/") and page != "measures/"]
    by_size = sorted(alike, key=lambda page: (site / page / "index.html").stat().st_size)
    kept = {*by_size[:1], *by_size[-1:], *alike[::every]}
    return [page for page in pages if page not in alike or page in kept]


def find_dataset_pages(site: Path) -> list[str]:
    return [page for page in find_pages(site) if page.count("/") == 2 and page.startswith("datasets/")]


def is_elsewhere(address: str, base: str) -> bool:
    """Whether a request leaves the site's own host; data: and blob: stay inside the page."""
    parts = urlsplit(address)
    return parts.scheme not in ("data", "blob", "about") and parts.netloc != urlsplit(base).netloc
