"""A rule whose texts hold scripts, tags, Markdown or control characters: on pages and in files they are letters and no more."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
import yaml

from scripts.site.feeds import Feed, atom, json_feed
from scripts.site.inert import BREAKS, SIGNS, inert
from scripts.site.pages import Desk, all_pages, render
from scripts.site.single import PLACES, _with_places
from tests.hostile.texts import EVIL

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("claims/index.md", "conflicts.md", "documents.md", "places/350000.md", "places/index.md", "rules/newborn.md")
MAKING = {"script", "img", "iframe", "svg", "style", "base", "form", "meta", "object", "embed", "link"}
KEYS = {"title", "short", "description", "question", "kind", "card", "feed", "hide", "search", "rulebook", "template"}
EXTENSIONS = ("admonition", "attr_list", "def_list", "md_in_html", "tables", "pymdownx.details", "toc")


class Found(HTMLParser):
    """What of a page could act: elements and attributes that say `hack`, and whether the word is there to be read."""

    def __init__(self, html):
        super().__init__()
        self.acts, self.read, self._open = [], 0, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._open = tag
        for name, value in attrs:
            acting = name.startswith("on") or name in ("href", "src", "action", "srcdoc")
            if "hack" in name or (acting and "hack" in (value or "")):
                self.acts.append((tag, name, value))

    def handle_endtag(self, tag):
        self._open = ""

    def handle_data(self, data):
        if "hack()" in data:
            self.read += 1
            if self._open in MAKING:
                self.acts.append((self._open, data))


@pytest.fixture(scope="module")
def pages(rulebook):
    desk = Desk.open(ROOT / "docs", rulebook)
    every = all_pages(ROOT / "docs", desk)
    uris = frozenset(page.uri for page in every)
    found = {page.uri: render(page, desk, uris) for page in every if page.uri in PAGES}
    assert set(found) == set(PAGES)
    return found


@pytest.mark.parametrize("uri", PAGES)
def test_on_a_page_nothing_of_it_acts_and_all_of_it_can_be_read(uri, pages):
    _, front, text = pages[uri].split("---\n", 2)
    assert set(yaml.safe_load(front)) <= KEYS
    found = Found(markdown.markdown(text, extensions=list(EXTENSIONS)))
    assert found.acts == [] and found.read > 5


@pytest.mark.parametrize("evil", EVIL)
def test_each_alone_is_letters(evil):
    for around in ("{}", "# {}", "| {} |\n|---|\n| {} |", "[{}](x.md)", '<p title="{}">{}</p>', "<summary>{}</summary>", "- {}"):
        html = markdown.markdown(around.replace("{}", inert(evil)), extensions=list(EXTENSIONS))
        assert Found(html).acts == [], (around, html)
    assert not BREAKS.search(inert(evil)) and not SIGNS.search(inert(evil).replace("&#", ""))


def test_in_the_feed_each_is_text(rulebook):
    feed = Feed("urn:x", "".join(EVIL), "feed.xml", "updates/", "2026-11-22", [])
    root = ET.fromstring(atom(feed, EVIL[0], ""))
    assert {one.tag.split("}")[1] for one in root.iter()} == {"feed", "id", "title", "updated", "author", "name", "link"}
    assert "<script>hack()</script>" in "".join(root.itertext())
    assert json.loads(json_feed(feed, EVIL[0], ""))["title"] == "".join(EVIL)


@pytest.mark.parametrize("evil", EVIL)
def test_in_the_single_file_the_list_of_places_does_not_end_its_block(evil):
    block = _with_places(PLACES, evil)
    assert block.count("<") == 2 and json.loads(block[block.index(">") + 1 : block.rindex("<")]) == evil
