"""A server that can be taken off the net, say something else than its files do, and be given another build."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

from scripts.runtime.hashed import hashed_name
from scripts.serve import HOST, Handler
from scripts.site.service import write_worker
from tests.browser.homes import ROOT

Said = tuple[int, str, bytes]


class Host:
    """As a context manager: serves `folder` under `prefix`.

    down: every connection ends without an answer. says: path from the root → status, type and body instead of the file's.
    headers: sent with everything. heard: the paths that were asked for.
    """

    def __init__(self, folder: Path, prefix: str = "/", headers: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.prefix = prefix
        self.down = False
        self.says: dict[str, Callable[[], Said]] = {}
        self.headers = headers or {}
        self.heard: list[str] = []

    def __enter__(self) -> Host:
        self.server = ThreadingHTTPServer((HOST, 0), partial(_Handler, host=self))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.server.server_port}"

    def at(self, path: str = "") -> str:
        return f"{self.origin}{self.prefix}{path}"


class _Handler(Handler):
    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.folder), prefix=host.prefix)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0].removeprefix(self.host.prefix)
        self.host.heard.append(path)
        self.directory = str(self.host.folder)
        if self.host.down:
            self.close_connection = True
            return
        # Two builds of one second are alike by their files' times: a 304 would pass the old one off as the new one.
        del self.headers["If-Modified-Since"]
        if path not in self.host.says:
            super().do_GET()
            return
        status, kind, body = self.host.says[path]()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in self.host.headers.items():
            self.send_header(name, value)
        super().end_headers()


def stamp(folder: Path, version: str) -> None:
    """Make a build of its own of a copied site: each page, and the style that every page loads, say `version`."""
    (style,) = (folder / "assets").glob("site.*.css")
    text = style.read_text("utf-8") + f":root {{ --stamp: {version}; }}\n"
    named = style.with_name(hashed_name("site.css", text.encode()))
    style.unlink()
    named.write_text(text, "utf-8")
    for page in folder.rglob("*.html"):
        html = page.read_text("utf-8").replace(style.name, named.name)
        html = html.replace("<title>", f'<meta name="stamp" content="{version}">\n<title>', 1)
        page.unlink()
        page.write_text(html, "utf-8")
    (folder / "sw.js").unlink()
    write_worker(ROOT, folder)


def build_in(worker: Path) -> dict[str, Any]:
    """What a written sw.js says of its build."""
    (text,) = re.findall(r"JSON\.parse\((\".*\")\)", worker.read_text("utf-8"))
    found: dict[str, Any] = json.loads(json.loads(text))
    return found
