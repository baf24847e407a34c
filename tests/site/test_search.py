"""The search index: plain words, without the parts that every page repeats, and fetched only when it is wanted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.errors import BuildError
from scripts.site import search
from scripts.site.book import Book


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


def test_the_index_waits_until_it_is_wanted(hosted: dict[str, Any]) -> None:
    page = hosted["index.html"]
    assert page.html.index("assets/lazy-search.") < page.html.index("assets/javascripts/bundle.")


def test_a_page_that_is_not_there_stops_the_build(rulebook: dict[str, Any]) -> None:
    words = {"same": [], "words": [], "leave": [], "old": "", "pages": {"gone.md": ["断缴"]}}
    with pytest.raises(BuildError, match=r"gone\.md"):
        search.index({"config": {}, "docs": []}, words, Book(rulebook), offline=False)


def test_a_theme_with_another_search_stops_the_build(tmp_path: Path, rulebook: dict[str, Any]) -> None:
    with pytest.raises(LookupError, match="found 0 files"):
        search.put_search(tmp_path, tmp_path, rulebook, offline=False)
