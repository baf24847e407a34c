"""The search index: plain words, without the parts that every page repeats, and fetched only when it is wanted."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import BuildError
from scripts.site import search
from scripts.site.book import Book
from scripts.site.lean import drop_unused


@pytest.fixture(scope="module")
def index(homes: dict[str, Path]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((homes["hosted"] / "search" / "search_index.json").read_text("utf-8"))
    return found


def test_what_every_page_repeats_is_not_indexed(index: dict[str, Any]) -> None:
    assert not [doc["location"] for doc in index["docs"] if doc["location"].endswith("#basis")]


def test_a_page_stands_in_the_index_once(index: dict[str, Any]) -> None:
    pages = [(doc["location"].partition("#")[0], doc["title"]) for doc in index["docs"] if "#" not in doc["location"]]
    sections = [(doc["location"].partition("#")[0], doc["title"]) for doc in index["docs"] if "#" in doc["location"]]
    assert len(pages) == len(set(pages))
    assert not set(pages) & set(sections)


def test_every_text_is_plain(index: dict[str, Any]) -> None:
    assert not [doc["location"] for doc in index["docs"] if "<p>" in doc["text"] or "\u200b" in doc["title"] + doc["text"]]


def test_the_offline_site_carries_its_index_as_a_script(homes: dict[str, Path]) -> None:
    assert (homes["offline"] / "search" / "search_index.js").read_text("utf-8").startswith("var __index = {")


def test_the_search_waits_until_it_is_wanted(hosted: dict[str, Any], homes: dict[str, Path]) -> None:
    for page in hosted.values():
        assert not [address for address in page.loads if "search" in address], page.path
    named = re.search(r'<script id="__config" type="application/json">(.*?)</script>', hosted["index.html"].html)
    assert named
    files = json.loads(named[1])
    assert (homes["hosted"] / files["box"]).is_file()
    assert (homes["hosted"] / files["worker"]).is_file()


def test_a_page_that_is_not_there_stops_the_build(rulebook: dict[str, Any]) -> None:
    words = {"same": [], "words": [], "leave": [], "old": "", "pages": {"gone.md": ["断缴"]}}
    with pytest.raises(BuildError, match=r"gone\.md"):
        search.index({"config": {}, "docs": []}, words, Book(rulebook), offline=False)


def test_a_page_that_asks_for_a_script_of_the_theme_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<script src="assets/javascripts/bundle.1.min.js"></script>', "utf-8")
    with pytest.raises(LookupError, match=r"index\.html asks for"):
        drop_unused(tmp_path, offline=False)
