"""The bytes of a page to a fingerprint of what a reader would see, so that a new banner script is no change of the text."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from html.parser import HTMLParser

LEAST = 40
"""A page with fewer characters to read is an error page or a riddle for browsers, whatever its status says."""

META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
UNSEEN = frozenset({"script", "style", "noscript", "template"})
CHINESE = frozenset({"gb2312", "gbk", "gb_2312-80", "x-gbk"})
MOVING = re.compile(
    r"(?:浏览|阅读|点击|访问)(?:次数|数|量)?[:：]?\s*\d+\s*次?"
    r"|(?:今天是|当前时间|现在是)[:：]?\s*[\d年月日时分秒:：\s-]+(?:星期[一二三四五六日天])?"
)
"""What differs on each visit: counters and clocks."""


class Unreadable(Exception):
    """What came back cannot be what the address promises; the message says why, in Chinese."""


def fingerprint(data: bytes, kind: str, charset: str) -> tuple[str, str]:
    """(`text:` or `file:` and a SHA-256, a note). kind: the media type it was sent as. Raises Unreadable.

    Web pages count by their visible text; other files (PDF, Word …) byte for byte.
    """
    if not data:
        raise Unreadable("什么也没有传")
    if data.startswith(b"%PDF"):
        if b"%%EOF" not in data[-2048:]:
            raise Unreadable("PDF 没有结尾")
        return _hash("file", data), ""
    if not (kind.startswith("text/") or "html" in kind or "xml" in kind or data.lstrip()[:1] == b"<"):
        return _hash("file", data), ""
    text, note = decoded(data, charset)
    words = visible(text)
    if len(words) < LEAST:
        raise Unreadable(f"只有 {len(words)} 个字可看")
    return _hash("text", words.encode("utf-8")), note


def decoded(data: bytes, charset: str) -> tuple[str, str]:
    """The text and a note if the charset that was named is not the one that fits. Raises Unreadable."""
    inside = META.search(data[:4096])
    named = charset or (inside[1].decode("ascii") if inside else "")
    for name in ("utf-8-sig", named, "gb18030"):
        known = _codec(name)
        if not known:
            continue
        try:
            text = data.decode(known)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        wrong = named and _codec(named) != known and not (known == "utf-8-sig" and _codec(named) in ("utf-8", "ascii"))
        return text, f"编码写的是 {named}，其实是 {known.removesuffix('-sig')}" if wrong else ""
    raise Unreadable("是乱码")


def visible(html: str) -> str:
    """What a reader would see, on one line, without what differs on each visit. Raises Unreadable."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except AssertionError:  # html.parser on a malformed <![…[
        raise Unreadable("网页的写法读不懂") from None
    words = " ".join(unicodedata.normalize("NFC", "".join(parser.found)).split())
    return MOVING.sub("", words)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._unseen += tag in UNSEEN
        self.found.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN and self._unseen:
            self._unseen -= 1
        self.found.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(data)


def _codec(name: str) -> str:
    """Python's name of a text encoding; empty if it has none."""
    if name.lower() in CHINESE:
        return "gb18030"
    try:
        found = codecs.lookup(name).name if name else ""
        "".encode(found or "utf-8")
    except LookupError:
        return ""
    return found


def _hash(kind: str, data: bytes) -> str:
    return f"{kind}:{hashlib.sha256(data).hexdigest()}"
