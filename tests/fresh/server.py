"""A web server on 127.0.0.1 that behaves as badly as a test asks it to."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TEXT = "中断缴费的，补缴以后等待六个月。" * 4
GOOD = f"<html><head><meta charset=utf-8><title>办法</title></head><body><p>{TEXT}</p></body></html>"
OTHER = GOOD.replace("六个月", "三个月")

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path as the server's `pages` say."""

    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.agents.add(self.headers.get("User-Agent", ""))
        answer = self.server.pages.get(self.path)
        if answer is None:
            self.send(b"<h1>404</h1>", status=404)
        else:
            answer(self)

    def send(self, body: bytes, status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        self.wfile.write(data)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@dataclass(eq=False)
class Server(ThreadingHTTPServer):
    """asked: the paths, in order."""

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    daemon_threads = True

    def __post_init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"


@contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def page(text: str = GOOD, **headers: str) -> Answer:
    return lambda handler: handler.send(text.encode("utf-8"), **headers)


def status(code: int) -> Answer:
    return lambda handler: handler.send(b"<h1>sorry</h1>", status=code)


def redirect(to: str, code: int = 301) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        handler.send_header("Location", to)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def raw(data: bytes) -> Answer:
    return lambda handler: handler.raw(data)


def silent(seconds: float) -> Answer:
    return lambda handler: time.sleep(seconds)


def dripping(data: bytes, pause: float) -> Answer:
    """Sends the data byte by byte, each soon enough to keep the connection alive."""

    def answer(handler: Handler) -> None:
        for one in data:
            try:
                handler.wfile.write(bytes([one]))
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(pause)

    return answer


def head(length: int | str, kind: str = "text/html") -> bytes:
    return f"HTTP/1.0 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n".encode()
