"""The server of all contenders: the same headers, the same packing, the same slow line; it knows what it sent when.

Folders lie side by side (`Shelf`); `x.br` beside `x` goes out as brotli. HTML is asked for again at each visit, all else is kept.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.bench.pages.link import CHUNK, Line, Speed
from scripts.serve import HOST, TYPES

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
ALWAYS_NEW = (".html", ".webmanifest", "sw.js", "service-worker.js")

Shelf = Mapping[str, Sequence[Path]]
"""First part of the address → folders; the first that has a file gives it. "": what stands at the root itself."""


class Wire:
    """What went out, byte by byte: (seconds since 1970, bytes) of each piece, headers included."""

    def __init__(self) -> None:
        self.pieces: list[tuple[float, int]] = []
        self.paths: list[str] = []

    def sent(self, size: int) -> None:
        self.pieces.append((time.time(), size))

    def until(self, moment: float) -> int:
        """Bytes that had gone out by then."""
        return sum(size for at, size in self.pieces if at <= moment)


class Server:
    """Serves a shelf from a thread of its own; `begin` says how fast, and starts counting anew."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.port = 0
        self._files: dict[Path, tuple[bytes, str]] = {}
        self._now: tuple[Wire, Line | None] = (Wire(), None)

    def begin(self, speed: Speed | None) -> Wire:
        """From now on the line is this fast (None: as fast as it goes), and the bytes go into the Wire that this returns."""
        wire = Wire()
        self._now = (wire, Line(speed) if speed else None)
        return wire

    def address(self, path: str) -> str:
        return f"http://{HOST}:{self.port}/{path}"

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: a request after another."""
        try:
            while request := await _request(reader):
                await self._answer(*request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser has gone: pages are closed while something is still under way
        finally:
            writer.close()

    async def _answer(self, method: str, path: str, asked: Mapping[str, str], writer: asyncio.StreamWriter) -> None:
        wire, line = self._now
        wire.paths.append(path)
        status, headers, body = self.reply(path, asked)
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        data = f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + (b"" if method == "HEAD" else body)
        if line:
            await asyncio.sleep(line.speed.rtt)
        for start in range(0, len(data), CHUNK if line else len(data)):
            piece = data[start : start + CHUNK] if line else data
            if line:
                await asyncio.sleep(line.send(len(piece), time.monotonic()) - time.monotonic())
            wire.sent(len(piece))
            writer.write(piece)
            await writer.drain()

    def reply(self, path: str, asked: Mapping[str, str]) -> tuple[str, dict[str, str], bytes]:
        """Status, headers and body for a path and the headers of the request (lower case)."""
        file = self.file(path)
        if file is None:
            return "404 Not Found", {"Content-Length": "0"}, b""
        packed = file.with_name(file.name + ".br")
        brotli = packed.is_file() and "br" in asked.get("accept-encoding", "")
        body, tag = self._read(packed if brotli else file)
        keep = ASK_AGAIN if file.name.endswith(ALWAYS_NEW) else FOREVER
        kept = {"ETag": tag, "Vary": "Accept-Encoding", "Cache-Control": keep}
        if asked.get("if-none-match") == kept["ETag"]:
            return "304 Not Modified", kept, b""
        kind = {"Content-Type": TYPES.get(file.suffix, TYPES[""]), "Content-Length": str(len(body))}
        return "200 OK", {**kept, **kind, **({"Content-Encoding": "br"} if brotli else {})}, body

    def _read(self, file: Path) -> tuple[bytes, str]:
        """Contents and tag, kept in memory: the disk is nobody's to wait for."""
        if file not in self._files:
            body = file.read_bytes()
            self._files[file] = body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        return self._files[file]

    def file(self, path: str) -> Path | None:
        """The file of an address, None if there is none."""
        whole = unquote(urlsplit(path).path).removeprefix("/")
        first, _, rest = whole.partition("/")
        folders = self.shelf.get(first)
        if folders is None:
            folders, rest = self.shelf.get("", ()), whole
        if rest == "" or rest.endswith("/"):
            rest += "index.html"
        for folder in folders:
            found = (folder / rest).resolve()
            if found.is_relative_to(folder.resolve()) and found.is_file():
                return found
        return None


async def _request(reader: asyncio.StreamReader) -> tuple[str, str, dict[str, str]] | None:
    """Method, path and headers; None when the connection has ended."""
    head = await reader.readuntil(b"\r\n\r\n") if not reader.at_eof() else b""
    if not head:
        return None
    first, *rest = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in rest if ":" in line)
    return method, path, {name.strip().lower(): value.strip() for name, _, value in pairs}


@contextmanager
def serving(shelf: Shelf) -> Iterator[Server]:
    """A server for the time of the block, on any free port."""
    server, loop = Server(shelf), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()  # first, since who asks may run a loop of their own, and a thread has only one
    listening = asyncio.run_coroutine_threadsafe(asyncio.start_server(server.handle, HOST, 0), loop).result()
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listening.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
