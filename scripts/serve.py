"""A static server of a built site on 127.0.0.1, with the types that browsers ask for and the headers of the site's `_headers`.

    python -m scripts.serve site --port 8000 --prefix /some/path/

Tests use `serving(folder, prefix)`.
"""

from __future__ import annotations

import argparse
import fnmatch
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from scripts.progress import complain, say

HOST = "127.0.0.1"
UTF8 = "; charset=utf-8"
TYPES = {
    "": "application/octet-stream",
    ".css": "text/css" + UTF8,
    ".gz": "application/gzip",
    ".html": "text/html" + UTF8,
    ".ico": "image/x-icon",
    ".js": "text/javascript" + UTF8,
    ".json": "application/json" + UTF8,
    ".map": "application/json" + UTF8,
    ".mjs": "text/javascript" + UTF8,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain" + UTF8,
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".whl": "application/zip",
    ".woff2": "font/woff2",
    ".xml": "application/xml" + UTF8,
    ".zip": "application/zip",
}


KEPT_NOTHING = "no-cache"
"""Instead of what `_headers` says of keeping: a look at a site must show what was just built."""


def headers_for(path: str, folder: Path) -> dict[str, str]:
    """What the site's own `_headers` (scripts/site/policy.py) sends with `/…`; of two rules with one header, both values."""
    file = folder / "_headers"
    found: dict[str, str] = {}
    matches = False
    for line in file.read_text("utf-8").splitlines() if file.is_file() else []:
        if not line.startswith(" "):
            matches = fnmatch.fnmatchcase(path, line)
        elif matches:
            name, _, value = line.strip().partition(": ")
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder under one prefix; anything else is that folder's 404.html."""

    protocol_version = "HTTP/1.1"
    extensions_map = TYPES

    def __init__(self, *args: object, prefix: str, **kwargs: object) -> None:
        self.prefix = prefix
        self.missing = False
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """The file of a request's path; a path outside the prefix is a file that is not there."""
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "outside-the-prefix")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Not found: the site's own page says so."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.missing = True
        self.send_response(code)
        self.send_header("Content-Type", self.extensions_map[".html"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """The site's own headers, but nothing is kept from one build to the next."""
        path = "/404.html" if self.missing else "/" + unquote(self.path.partition("?")[0]).removeprefix(self.prefix)
        found = headers_for(path, Path(self.directory)) | {"Cache-Control": KEPT_NOTHING}
        for name, value in found.items():
            self.send_header(name, value)
        self.missing = False
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: the pages are looked at, not the log."""


@contextmanager
def serving(folder: Path, prefix: str = "/", port: int = 0) -> Iterator[str]:
    """Serve `folder` for the time of the block; gives the address of its root, ending in `/`. Port 0: any free one."""
    handler = partial(Handler, directory=str(folder), prefix=prefix)
    server = ThreadingHTTPServer((HOST, port), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m scripts.serve", description="在本机打开一个建好的网站。")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--prefix", default="/")
    chosen = parser.parse_args(arguments)
    try:
        with serving(chosen.folder, chosen.prefix, chosen.port) as address:
            say(f"网站在 {address} (按 Ctrl+C 停止)")
            threading.Event().wait()
    except KeyboardInterrupt:
        say("已停止。")
    except OSError as error:
        complain(f"端口 {chosen.port} 用不了({error.strerror});换一个:make serve PORT=8001")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
