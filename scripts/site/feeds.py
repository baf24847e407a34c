"""Changes as files that a feed reader understands: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.site.book import NATION, Book, Json
from scripts.site.changes import URN, Changes, Entry

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "zh-CN"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LATEST = 100
"""How many entries a feed holds."""


@dataclass(frozen=True)
class Feed:
    """path: its file below the site's root. page: the address of what it tells about. day: ISO, for a feed without entries."""

    id: str
    title: str
    path: str
    page: str
    day: str
    entries: Sequence[Entry]

    @property
    def updated(self) -> str:
        return stamp(max((entry.day for entry in self.entries), default=self.day))


def write_feeds(book: Book, changes: Changes, words: Json, site_url: str, out: Path) -> int:
    """feed.xml and feed.json for everybody, places/<code>/feed.xml for each place with a page. Returns how many files."""
    whole = Feed(f"{URN}:feed", words["title"], "feed.xml", "updates/", book.data_date, changes.all()[:LATEST])
    _write(out / whole.path, atom(whole, words["author"], site_url))
    _write(out / "feed.json", json_feed(whole, words["author"], site_url))
    places = [book.place(NATION), *book.provinces, *book.local]
    for place in places:
        code, title = place["code"], words["place_title"].format(name=place["name"])
        entries = changes.of_place(code)[:LATEST]
        feed = Feed(f"{URN}:feed:{code}", title, f"places/{code}/feed.xml", f"places/{code}/", book.data_date, entries)
        _write(out / feed.path, atom(feed, words["author"], site_url))
    return 2 + len(places)


def atom(feed: Feed, author: str, site_url: str) -> str:
    """An Atom document. Without a site address its links are relative to the feed itself."""
    base = site_url or "../" * feed.path.count("/")
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": LANGUAGE})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", feed.updated)
    _text(ET.SubElement(root, "author"), "name", author)
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": base + feed.path})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": base + feed.page})
    for entry in feed.entries:
        node = ET.SubElement(root, "entry")
        _text(node, "id", entry.id)
        _text(node, "title", entry.title)
        _text(node, "updated", stamp(entry.day))
        _text(node, "published", stamp(entry.day))
        ET.SubElement(node, "link", {"rel": "alternate", "type": "text/html", "href": base + entry.address})
        _text(node, "content", entry.text)
    ET.indent(root, "")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def json_feed(feed: Feed, author: str, site_url: str) -> str:
    """A JSON Feed. It has no relative addresses: without a site address it has none at all."""
    items = [
        {
            "id": entry.id,
            **({"url": site_url + entry.address} if site_url else {}),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": stamp(entry.day),
        }
        for entry in feed.entries
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title}
    if site_url:
        head |= {"home_page_url": site_url + feed.page, "feed_url": site_url + "feed.json"}
    found = {**head, "language": LANGUAGE, "authors": [{"name": author}], "items": items}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def stamp(day: str) -> str:
    """An ISO day as the instant when it begins where the rules hold (RFC 3339)."""
    return f"{day}T00:00:00+08:00"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = NOT_XML.sub("", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
