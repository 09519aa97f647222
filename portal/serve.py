"""Show the site on this computer, and build it again when something it is made from changes.

In:  where the site stands and under which path, what to watch, and a function that builds.
Out: nothing; it ends with Ctrl-C. It prints nothing itself: `say` is handed in.

The files are looked at twice a second instead of through a library that is told of changes: it needs no dependency,
works on any disk, and a change during a build is seen without a thread of its own. A rebuild is a whole build.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from portal.errors import PortalError

PAUSE = 0.5  # seconds between two looks; a change is built once two looks in a row are alike
PORTS_TRIED = 50
Stamps = dict[str, tuple[int, int]]  # path -> when it was written, and its size


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the site as a plain host does. Each answer looks the file up anew: the folder is exchanged meanwhile."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the last acknowledgement

    def __init__(self, *args: Any, prefix: str, **kwargs: Any) -> None:
        self.prefix = prefix
        super().__init__(*args, **kwargs)

    def send_head(self) -> BytesIO | BinaryIO | None:
        try:
            return self.find_file()
        except (OSError, ValueError):  # no disk has a name like that
            return self.send_missing()

    def is_asked_here(self) -> bool:
        """Whether the reader asked for this computer: a page elsewhere could call it by a name of its own."""
        return urlsplit(f"//{self.headers.get('Host', '')}").hostname in ("127.0.0.1", "localhost")

    def find_file(self) -> BytesIO | BinaryIO | None:
        if not self.is_asked_here():
            return self.send_missing()
        if urlsplit(self.path).path == "/" != self.prefix:
            self.send_on(self.prefix)
            return None
        path = Path(self.translate_path(self.path))
        if self.is_inside() and path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            self.send_on(f"{urlsplit(self.path).path}/")
            return None
        if not self.is_inside() or not (path / "index.html" if path.is_dir() else path).is_file():
            return self.send_missing()
        return super().send_head()

    def is_inside(self) -> bool:
        return self.path.startswith(self.prefix)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_on(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_missing(self) -> BytesIO:
        """The site's own page for an address it does not have; without a site, one sentence."""
        page = Path(self.directory) / "404.html"
        built = page.is_file()
        text = page.read_bytes() if built else b"There is no site yet. What stands in its way is in the terminal.\n"
        self.send_response(HTTPStatus.NOT_FOUND if built else HTTPStatus.SERVICE_UNAVAILABLE)
        self.send_header("Content-Type", f"text/{'html' if built else 'plain'}; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        return BytesIO(text)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # the next look must show the next build
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """A line for each file would hide the problems of a build."""


class SiteServer(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = sys.platform != "win32"  # there it would share a port that is taken
    allow_reuse_port = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a reader who closes the page is no fault
            super().handle_error(request, client_address)


@contextmanager
def serve_site(site: Path, site_url: str, port: int) -> Iterator[str]:
    """The address of the home page, as long as the block runs. The path is that of `site_url`: so the 404 page fits."""
    prefix = f"{urlsplit(site_url).path.rstrip('/')}/"
    server = open_server(partial(SiteHandler, directory=str(site), prefix=prefix), port)
    with server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()


def open_server(handler: Callable[..., SiteHandler], port: int) -> SiteServer:
    """On the port asked for, or the next free one; this computer alone can reach it."""
    for number in range(port, min(port + PORTS_TRIED, 65536)):
        try:
            return SiteServer(("127.0.0.1", number), handler)
        except OSError:
            continue
    raise PortalError(f"no port from {port} on is free", "Name another with --port.")


def rebuild_on_change(
    build: Callable[[], object], watched: Iterable[Path], program: Path, say: Callable[[str], object]
) -> None:
    """Build, then again after each change, for ever. A change during a build is built when that one is done."""
    watched = tuple(watched)
    code, built = look_at([program], ".py"), look_at(watched)
    build()
    while True:
        time.sleep(PAUSE)
        if (seen := look_at(watched)) != built:
            seen = wait_until_quiet(watched, seen)
            say(f"Changed: {name_changes(built, seen)}. Building the whole site again.")
            built = seen
            build()
        if (newer := look_at([program], ".py")) != code:
            say(f"Changed: {name_changes(code, newer)}. The program reads itself only once: end it and start it again.")
            code = newer


def wait_until_quiet(watched: Iterable[Path], seen: Stamps) -> Stamps:
    """An editor writes in steps, and a copy takes time: nothing is built from a half of it."""
    while True:
        time.sleep(PAUSE)
        before, seen = seen, look_at(watched)
        if before == seen:
            return seen


def look_at(places: Iterable[Path], ending: str = "") -> Stamps:
    """What stands there; hidden files and an editor's backups are nobody's data."""
    found: Stamps = {}
    for place in places:
        for folder, folders, names in os.walk(place) if place.is_dir() else [(str(place.parent), [], [place.name])]:
            folders[:] = [name for name in folders if not name.startswith((".", "__pycache__"))]
            for name in names:
                if name.endswith(ending or name) and not name.startswith(".") and not name.endswith("~"):
                    found |= stamp(os.path.join(folder, name))
    return found


def stamp(path: str) -> Stamps:
    try:
        status = os.stat(path)
    except OSError:  # gone since it was listed
        return {}
    return {path: (status.st_mtime_ns, status.st_size)}


def name_changes(before: Stamps, after: Stamps) -> str:
    changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    names = [Path(path).name for path in changed]
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:3])} and {len(names) - 3} more"
