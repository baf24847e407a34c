"""A static server that goes wrong on purpose: for each path a fault, from the table below.

    with faulty(folder) as site:
        site.faults["*/rulebook.*.json"] = cut_short(0.5)

A fault takes what the file would have been and says what is sent instead.
"""

from __future__ import annotations

import fnmatch
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.serve import HOST, TYPES, Handler

# Patterns of the files that all rungs need, one or more. The memory snapshot holds a rulebook of its own.
PYTHON = ("*/python.*.wasm", "*/stock.*.wasm")
RULEBOOK = ("*/rulebook.*.json", "*/snapshot.*.bin")
WORKER = ("*/worker.*.js", "*/stock.*.js")

LOGIN_PAGE = "<!doctype html><meta charset=utf-8><title>登录</title><h1>请先登录无线网络</h1>".encode()
HTML = TYPES[".html"]


@dataclass(frozen=True)
class Reply:
    """What is sent. promised: the length in the header, None = none said. pieces: how the body is cut up.

    between: what happens before each piece (wait, or never come back). Status 0: nothing is sent, the line is cut.
    """

    body: bytes
    type: str
    status: int = HTTPStatus.OK
    promised: int | None = -1
    headers: tuple[tuple[str, str], ...] = ()
    pieces: tuple[int, ...] = ()
    between: Callable[[], None] = lambda: None


Fault = Callable[[Reply], Reply]


def missing(reply: Reply) -> Reply:
    return replace(reply, body=b"<!doctype html><title>404</title>", type=HTML, status=HTTPStatus.NOT_FOUND)


def server_error(reply: Reply) -> Reply:
    return replace(reply, body=b"", status=HTTPStatus.BAD_GATEWAY)


def forbidden(reply: Reply) -> Reply:
    return replace(reply, body=b"", status=HTTPStatus.FORBIDDEN)


def empty(reply: Reply) -> Reply:
    return replace(reply, body=b"")


def login_page(reply: Reply) -> Reply:
    """A captive portal answers for everyone."""
    return replace(reply, body=LOGIN_PAGE, type=HTML)


def sent_to_log_in(reply: Reply) -> Reply:
    """A captive portal sends everyone to its own page."""
    return replace(reply, body=b"", status=HTTPStatus.FOUND, headers=(("Location", "/log-in-here"),))


def sent_to_another_host(reply: Reply) -> Reply:
    return replace(reply, body=b"", status=HTTPStatus.FOUND, headers=(("Location", "http://portal.invalid/"),))


def plain_text(reply: Reply) -> Reply:
    """A server that knows no types, and says so with authority."""
    return replace(reply, type="text/plain", headers=(("X-Content-Type-Options", "nosniff"),))


def no_type(reply: Reply) -> Reply:
    return replace(reply, type="application/octet-stream")


def no_length(reply: Reply) -> Reply:
    return replace(reply, promised=None)


def garbled(reply: Reply) -> Reply:
    """As long as it should be, with zeros in the middle."""
    middle = len(reply.body) // 2
    return replace(reply, body=reply.body[:middle] + bytes(min(4096, len(reply.body) - middle)) + reply.body[middle + 4096 :])


def said_to_be_packed(reply: Reply) -> Reply:
    """A proxy has unpacked the file and left the header that says it is packed."""
    return replace(reply, headers=(("Content-Encoding", "gzip"),))


def line_cut(reply: Reply) -> Reply:
    return replace(reply, status=0)


def altered(old: bytes, new: bytes) -> Fault:
    """As long as it should be and readable, but not what was published."""
    assert len(old) == len(new)

    def fault(reply: Reply) -> Reply:
        assert old in reply.body
        return replace(reply, body=reply.body.replace(old, new, 1))

    return fault


def replaced(old: bytes, new: bytes) -> Fault:
    """A file with something in it changed; no fault, but what a test needs sooner."""

    def fault(reply: Reply) -> Reply:
        assert old in reply.body
        return replace(reply, body=reply.body.replace(old, new))

    return fault


def before(code: str) -> Fault:
    """A script to which something is put in front: takes away a feature in a worker, or makes it misbehave."""
    return lambda reply: replace(reply, body=code.encode() + b"\n" + reply.body)


def inserted(tag: str) -> Fault:
    """A provider puts a tag of its own into pages."""
    return lambda reply: replace(reply, body=reply.body.replace(b"</head>", tag.encode() + b"</head>"))


def cut_short(share: float) -> Fault:
    """Less of the file, and the header agrees: a broken upload."""
    return lambda reply: replace(reply, body=reply.body[: int(len(reply.body) * share)])


def broken_off(share: float) -> Fault:
    """The line is cut on the way: the header promised more."""
    return lambda reply: replace(reply, body=reply.body[: int(len(reply.body) * share)], promised=len(reply.body))


def held(gate: Gate, *at: int) -> Fault:
    """Falls silent at each of these bytes (negative: counted from the end) until the gate lets it go on."""
    return lambda reply: replace(reply, pieces=tuple(n % len(reply.body) if n < 0 else n for n in at), between=gate.wait)


class Gate:
    """Holds replies back. `pass_one()` lets one piece through, `open()` all; `cut()` ends them where they are."""

    def __init__(self) -> None:
        self.allowed = threading.Semaphore(0)
        self.is_open = threading.Event()
        self.is_cut = threading.Event()

    def wait(self) -> None:
        while not self.is_open.is_set() and not self.allowed.acquire(timeout=0.02):
            if self.is_cut.is_set():
                raise ConnectionAbortedError

    def pass_one(self) -> None:
        self.allowed.release()

    def open(self) -> None:
        self.is_open.set()

    def cut(self) -> None:
        self.is_cut.set()


@dataclass
class Site:
    """A site being served. faults: by pattern of the path; the last that fits counts. folder may be changed, too."""

    root: str
    folder: Path
    faults: dict[str, Fault] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, patterns: tuple[str, ...], fault: Fault) -> None:
        """One fault for several patterns."""
        self.faults |= dict.fromkeys(patterns, fault)

    def fault(self, path: str) -> Fault | None:
        fitting = [fault for pattern, fault in self.faults.items() if fnmatch.fnmatch(path, pattern)]
        return fitting[-1] if fitting else None


class FaultyHandler(Handler):
    """As scripts/serve.py, but for paths with a fault."""

    def __init__(self, *args: object, site: list[Site], **kwargs: object) -> None:
        self.site = site[0]
        super().__init__(*args, directory=str(self.site.folder), prefix="/", **kwargs)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.site.asked.append(path)
        self.directory = str(self.site.folder)  # which may be another than when the connection began
        fault = self.site.fault(path)
        if fault is None:
            super().do_GET()
            return
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        try:
            self._send(fault(Reply(file.read_bytes(), self.guess_type(str(file)))))
        except OSError:  # the browser no longer listens
            self.close_connection = True

    def _send(self, reply: Reply) -> None:
        if not reply.status:
            self.close_connection = True
            return
        pieces = list(reply.pieces)
        if pieces and pieces[0] == 0:
            reply.between()
            pieces.pop(0)
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        for name, value in reply.headers:
            self.send_header(name, value)
        promised = len(reply.body) if reply.promised == -1 else reply.promised
        if promised is None:
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(promised))
        self.end_headers()
        if promised != len(reply.body):
            self.close_connection = True
        for start, end in zip([0, *pieces], [*pieces, len(reply.body)], strict=True):
            if start:
                reply.between()
            self.wfile.write(reply.body[start:end])
            self.wfile.flush()


@contextmanager
def faulty(folder: Path) -> Iterator[Site]:
    """Serve `folder` for the time of the block, at first without a fault."""
    site: list[Site] = []
    server = ThreadingHTTPServer((HOST, 0), partial(FaultyHandler, site=site))
    site.append(Site(f"http://{HOST}:{server.server_port}/", folder))
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site[0]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
