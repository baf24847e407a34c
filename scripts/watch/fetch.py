"""One address to what came back: polite (one request, bounded in time and size), and never an exception."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.message import Message
from urllib.parse import quote, urljoin, urlsplit

from scripts.watch.reading import Unreadable, fingerprint

AGENT = "YibaoLapseGuide-SourceWatch/1.0 (sees whether cited pages have changed; one request at a time)"
CHUNK = 65_536
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)


@dataclass(frozen=True)
class Limits:
    """wait: seconds without a byte. total: seconds for one request. size: bytes. hops: redirects in a row."""

    wait: float = 20.0
    total: float = 60.0
    size: int = 10_000_000
    hops: int = 5


@dataclass(frozen=True)
class Seen:
    """What came back. result: `ok` or a key of seen.PROBLEMS. final: where it was at last. hash: of its text or its bytes."""

    result: str
    note: str = ""
    final: str = ""
    hash: str = ""


class _Stop(Exception):
    """The end of a request, with what was seen."""

    def __init__(self, result: str, note: str = "") -> None:
        super().__init__(result)
        self.seen = Seen(result, note)


def look(url: str, allowed: Callable[[str], bool], limits: Limits) -> Seen:
    """Fetch `url`, following redirects while `allowed` says yes to the host of the next address."""
    here, visited = url, {url}
    for _ in range(limits.hops + 1):
        seen, onward = _within(here, limits)
        if not onward:
            if seen.result == "ok" and _path(here) == "" != _path(url):
                return Seen("gone", "转到了首页", here)
            return replace(seen, final=here)
        parts = urlsplit(onward)
        if parts.scheme not in ("http", "https") or not allowed(parts.hostname or ""):
            return Seen("left", f"转到 {onward}", here)
        if onward in visited:
            return Seen("loop", f"转回 {onward}", here)
        visited.add(onward)
        here = onward
    return Seen("loop", f"转了 {limits.hops} 次还没有到", here)


def _path(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _within(url: str, limits: Limits) -> tuple[Seen, str]:
    """`_request`, given up after `limits.total` seconds: some servers send a byte now and then for ever."""
    found: list[tuple[Seen, str]] = []
    thread = threading.Thread(target=lambda: found.append(_request(url, limits)), daemon=True)
    thread.start()
    thread.join(limits.total)
    if found:
        return found[0]
    late = thread.is_alive()
    return (Seen("timeout", f"{limits.total:g} 秒里没有传完") if late else Seen("rubbish", "读不懂")), ""


def _request(url: str, limits: Limits) -> tuple[Seen, str]:
    """One request: what was seen, and where a redirect leads (empty if it is none)."""
    try:
        with _opener().open(urllib.request.Request(url, headers=_headers()), timeout=limits.wait) as answer:
            return Seen("ok", *_body(answer, limits)), ""
    except urllib.error.HTTPError as error:
        with error:
            return _refused(url, error)
    except _Stop as stop:
        return stop.seen, ""
    except Unreadable as error:
        return Seen("rubbish", str(error)), ""
    except urllib.error.URLError as error:
        return _unreached(error.reason), ""
    except http.client.HTTPException as error:
        return Seen("rubbish", f"回答不是 HTTP（{type(error).__name__}）"), ""
    except OSError as error:
        return _unreached(error), ""
    except ValueError as error:  # an address or a header that cannot be read
        return Seen("rubbish", f"读不懂（{type(error).__name__}）"), ""


def _opener() -> urllib.request.OpenerDirector:
    """http and https alone, through the proxy that the environment names, if any. Redirects are ours to follow."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _headers() -> dict[str, str]:
    return {"User-Agent": AGENT, "Accept": "text/html,application/pdf,*/*;q=0.5", "Accept-Encoding": "identity"}


def _body(answer: http.client.HTTPResponse, limits: Limits) -> tuple[str, str, str]:
    """note, final (not known here), hash. Raises _Stop for a body that is too big or cut, Unreadable for rubbish."""
    coding = (answer.headers.get("Content-Encoding") or "identity").lower()
    if coding != "identity":
        raise Unreadable(f"没有要求却压缩了（{coding}）")
    stated = answer.headers.get("Content-Length") or ""
    length = int(stated) if stated.isdecimal() else None
    if length is not None and length > limits.size:
        raise _Stop("huge", f"{length} 字节")
    data = _read(answer, limits)
    if length is not None and len(data) < length:
        raise _Stop("cut", f"说有 {length} 字节，只传了 {len(data)} 字节")
    digest, note = fingerprint(data, answer.headers.get_content_type(), answer.headers.get_content_charset() or "")
    return note, "", digest


def _read(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    data, ends = bytearray(), time.monotonic() + limits.total
    try:
        while chunk := answer.read1(CHUNK):
            data += chunk
            if len(data) > limits.size:
                raise _Stop("huge", f"超过 {limits.size} 字节")
            if time.monotonic() > ends:
                raise _Stop("timeout", f"{limits.total:g} 秒里没有传完")
    except TimeoutError:
        raise _Stop("timeout", f"{limits.wait:g} 秒里没有动静") from None
    except (http.client.HTTPException, OSError, ValueError):
        raise _Stop("cut", f"传了 {len(data)} 字节就断了") from None
    return bytes(data)


def _refused(url: str, error: urllib.error.HTTPError) -> tuple[Seen, str]:
    code, note = error.code, f"HTTP {error.code}"
    if code in REDIRECTS:
        target = _location(url, error.headers)
        return (Seen("ok", note), target) if target else (Seen("rubbish", f"{note}，没有说转到哪里"), "")
    if code in GONE:
        return Seen("gone", note), ""
    return Seen("broken" if code >= 500 else "refused", note), ""


def _location(url: str, headers: Message) -> str:
    """The address a redirect names, absolute, without a fragment; headers come as latin-1, addresses are sent as UTF-8."""
    given = headers.get("Location") or ""
    raw = given.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        target = urljoin(url, quote(raw, safe="%/:=&?~#+!$,;'@()*[]")).partition("#")[0] if raw else ""
        urlsplit(target).hostname  # noqa: B018  (an address that cannot be split is none)
    except ValueError:
        return ""
    return target


def _unreached(reason: object) -> Seen:
    if isinstance(reason, TimeoutError):
        return Seen("timeout", "没有回答")
    if isinstance(reason, ssl.SSLError):
        return Seen("unreachable", f"证书或加密不合（{reason.reason or type(reason).__name__}）")
    return Seen("unreachable", type(reason).__name__)
