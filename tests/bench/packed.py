"""A finished site served as a host of static pages serves it: packed with gzip where the reader's browser takes it.

In:  a folder with a built site.
Out: its address on this computer, for as long as the block runs.
"""

from __future__ import annotations

import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from browser import UnderAPath

PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt", ".webmanifest")


class Packed(UnderAPath):
    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path.removeprefix(self.prefix.rstrip("/"))))
        path = path / "index.html" if path.is_dir() and self.path.partition("?")[0].endswith("/") else path
        takes = "gzip" in self.headers.get("Accept-Encoding", "")
        if not takes or path.suffix not in PACKED or not path.is_file() or not self.path.startswith(self.prefix):
            return super().send_head()
        content = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(content)


@contextmanager
def served_packed(site: Path, prefix: str = "/portal/") -> Iterator[str]:
    handler = partial(Packed, directory=str(site), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
