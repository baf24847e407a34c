"""HTML files as text and links, without a browser."""

from __future__ import annotations

import os.path
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.browser.homes import Home

NOT_SHOWN = frozenset({"script", "style", "template", "noscript", "head"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: set[str] = set()
        self.anchors: set[str] = set()
        self.hiding: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NOT_SHOWN:
            self.hiding.append(tag)
        self.links.update(value for name, value in attrs if name in ("href", "src") and value)
        self.anchors.update(value for name, value in attrs if name in ("id", "name") and value)

    def handle_endtag(self, tag: str) -> None:
        if self.hiding and tag == self.hiding[-1]:
            self.hiding.pop()

    def handle_data(self, data: str) -> None:
        if not self.hiding:
            self.text.append(data)


@cache
def _read(page: Path) -> _Reader:
    reader = _Reader()
    reader.feed(page.read_text("utf-8"))
    return reader


def text_of(page: Path) -> str:
    """All text that may be seen, in the order of the file."""
    return "".join(_read(page).text)


def anchors_of(page: Path) -> set[str]:
    """What a fragment may name."""
    return _read(page).anchors


def links_of(page: Path, home: Home) -> set[tuple[Path, str]]:
    """Where a page's links, scripts, styles and pictures lead: file, fragment. Links out of the site are left out."""
    found = set()
    for link in _read(page).links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        assert not parts.path.startswith("/"), (page, link)
        target = Path(os.path.normpath(page.parent / unquote(parts.path))) if parts.path else page
        if not target.suffix and not home.offline:
            target = target / "index.html"
        found.add((target, unquote(parts.fragment)))
    return found
