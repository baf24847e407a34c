"""The search index: cut into words that readers look for, and without the parts that every page repeats."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def index(homes: dict[str, Path]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((homes["hosted"] / "search" / "search_index.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def tokens(index: dict[str, Any]) -> set[str]:
    separator = re.compile(index["config"]["separator"])
    texts = (re.sub(r"<[^>]+>", " ", doc["title"] + " " + doc["text"]) for doc in index["docs"])
    return {token for text in texts for token in separator.split(text)}


@pytest.mark.parametrize(
    "word", ["等待期", "灵活就业", "断缴", "补缴", "职工医保", "居民医保", "个人账户", "余额", "滞纳金", "新生儿", "缴费记录"]
)
def test_words_that_readers_look_for_stay_whole(tokens: set[str], word: str) -> None:
    assert word in tokens


def test_full_width_punctuation_separates(tokens: set[str]) -> None:
    assert not [token for token in tokens if re.search(r"[，。；：？！（）《》〔〕、“”\s]", token)]


def test_what_every_page_repeats_is_not_indexed(index: dict[str, Any]) -> None:
    assert not [doc["location"] for doc in index["docs"] if doc["location"].endswith("#basis")]


def test_the_offline_site_carries_its_index_as_a_script(homes: dict[str, Path]) -> None:
    assert (homes["offline"] / "search" / "search_index.js").read_text("utf-8").startswith("var __index = {")


def test_the_index_waits_until_it_is_wanted(hosted: dict[str, Any]) -> None:
    page = hosted["index.html"]
    assert page.html.index("assets/lazy-search.") < page.html.index("assets/javascripts/bundle.")


def test_the_dictionary_has_each_word_once() -> None:
    words = [line.split()[0] for line in (ROOT / "docs" / "search" / "words.txt").read_text("utf-8").splitlines()]
    assert len(words) == len(set(words))
