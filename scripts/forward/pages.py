"""What a reader gets of a built page, line by line, so that the pages of two generators can be compared.

Parts: `head` (title, descriptions, what is told to those who pass the page on), `ways` (menus and every other link around the
article), `headings` (with their ids), `links`, `tables`, `text`, and `article`: all of it, markup and words. Addresses are
resolved from the site's root, white space is one space, and of a listing of code the characters count, not their colours.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Collection, Mapping
from html.parser import HTMLParser
from pathlib import Path

PARTS = ("head", "ways", "headings", "links", "tables", "text", "article")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
GATHERED = frozenset(("title", "script", "a", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements whose words make a line of their own in a part."""
ADDRESSES = ("action", "href", "poster", "src")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//")

Parts = Mapping[str, list[str]]


def read_all(site: Path, without: Collection[str]) -> dict[str, Parts]:
    """Every page of a built site by its address, but files of those names: no Markdown became them."""
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")) if path.name not in without]
    return {name: read((site / name).read_text("utf-8"), name) for name in names}


def read(html: str, address: str) -> Parts:
    """The parts of one page. address: of its file, from the site's root."""
    reader = Reader(address)
    reader.feed(html)
    reader.close()
    article = [line.rstrip() for line in reader.parts["article"]]
    return reader.parts | {"article": article, "text": [line for line in article if not line.startswith(("<", "script: "))]}


class Reader(HTMLParser):
    """One page from top to bottom."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.parts: dict[str, list[str]] = {part: [] for part in PARTS}
        self._around: list[tuple[str, dict[str, str]]] = []
        self._words: list[list[str]] = []  # of each gathered element around

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {key: self._resolved(key, value or "") for key, value in attrs}
        self._mark(tag, had)
        if tag in ("meta", "link"):
            self._about(tag, had)
        if tag == "tr":
            self.parts["tables"].append("")
        if tag not in VOID:
            self._around.append((tag, had))
            if tag in GATHERED:
                self._words.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._in(tag):
            name, had = self._around.pop()
            self._mark(f"/{name}", had)
            if name in GATHERED:
                self._tell(name, had, " ".join(self._words.pop()))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        listing = self._in("pre")
        words = " ".join(data.split())
        for gathered in self._words if words else ():
            gathered.append(words)
        if not self._in("article") or (not words and not listing):
            return
        article = self.parts["article"]
        if not listing:
            article.append(f"script: {words}" if self._around[-1][0] == "script" else words)
        elif article[-1].startswith("code: "):
            article[-1] += data
        else:
            article.append(f"code: {data}")

    def _in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._around)

    def _mark(self, tag: str, had: Mapping[str, str]) -> None:
        if self._in("article") and not self._in("pre"):
            told = "".join(f' {key}="{had[key]}"' for key in sorted(had))
            self.parts["article"].append(f"<{tag}{told}>")

    def _resolved(self, key: str, value: str) -> str:
        if key not in ADDRESSES or ELSEWHERE.match(value):
            return value
        path, mark, rest = value.partition("#")
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(self.address), path)) if path else f"/{self.address}"
        return (whole.removesuffix("index.html").rstrip("/") or "/") + mark + rest

    def _about(self, tag: str, had: Mapping[str, str]) -> None:
        name = had.get("name") or had.get("property") or had.get("rel", "")
        if name and name != "stylesheet":
            self.parts["head"].append(f"{tag} {name}: {had.get('content') or had.get('href', '')}")

    def _tell(self, tag: str, had: Mapping[str, str], words: str) -> None:
        """One line for the part that an element, now closed, belongs to."""
        inside = self._in("article")
        if tag == "title" and not self._in("svg"):
            self.parts["head"].append(f"title: {words}")
        elif had.get("type") == "application/ld+json":
            self.parts["head"].append(f"json: {json.dumps(json.loads(words), ensure_ascii=False, sort_keys=True)}")
        elif tag == "a" and "href" in had:
            self.parts["links" if inside else "ways"].append(f"{had['href']} {words}")
        elif inside and tag in ("th", "td"):
            self.parts["tables"][-1] += f"| {words} "
        elif inside and tag[0] == "h":
            self.parts["headings"].append(f"{tag}#{had.get('id', '')} {words}")
