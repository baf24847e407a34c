"""What readers type finds the page that answers it: the kept questions, all of them, through the search as shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.search.engine import ROOT, SITES, find

KEPT = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text("utf-8"))
ASKED: list[dict[str, Any]] = [ask for task in KEPT for ask in task["asks"]]
QUESTIONS = tuple(ask["q"] for ask in ASKED)
FIRST, SHARE = 3, 0.95
KILOBYTE = 1024
INDEX_BYTES = 1200 * KILOBYTE
WORDS = yaml.safe_load((ROOT / "docs" / "search" / "words.yml").read_text("utf-8"))


@pytest.mark.parametrize("site", list(SITES))
def test_the_page_that_answers_is_among_the_first_three(site: str) -> None:
    found = find(site, *QUESTIONS).pages
    missed = [
        f"{ask['q']}: {pages[:FIRST]}"
        for ask, pages in zip(ASKED, found, strict=True)
        if not set(ask["pages"]) & set(pages[:FIRST])
    ]
    assert len(missed) <= (1 - SHARE) * len(ASKED), "\n".join(missed)


def test_there_are_questions_enough_and_none_twice() -> None:
    assert len(QUESTIONS) >= 120
    assert len(set(QUESTIONS)) == len(QUESTIONS)
    assert all(set(ask) == {"q", "pages"} for ask in ASKED)  # a comma that is not quoted makes a key


def test_each_page_that_a_question_wants_is_there() -> None:
    pages = {path.parent.relative_to(SITES["hosted"]).as_posix() for path in SITES["hosted"].rglob("index.html")}
    wanted = {page.rstrip("/") or "." for ask in ASKED for page in ask["pages"]}
    assert not wanted - pages


@pytest.mark.parametrize(("one", "other"), [("断保", "断缴"), ("停保", "断缴"), ("新农合", "居民医保"), ("卡里的钱", "个人账户")])
def test_what_means_the_same_finds_the_same_first(one: str, other: str) -> None:
    (first, *_), (second, *_) = find("hosted", one, other).pages
    assert first == second


def test_hosted_and_offline_find_the_same() -> None:
    assert find("hosted", *QUESTIONS).pages == find("offline", *QUESTIONS).pages


@pytest.mark.parametrize("typed", ["", " ", "qwertyuiop", "<b>\"'&*^~+-", "断" * 500, "🙂", "医保", "的", "a" * 300])
def test_odd_input_breaks_nothing(typed: str) -> None:
    assert isinstance(find("hosted", typed).pages[0], list)


def test_what_is_everywhere_still_finds_something() -> None:
    assert all(find("hosted", "医保", "怎么办").pages)


def test_every_word_is_written_once_in_its_row() -> None:
    assert [row for row in WORDS["same"] if len(row) != len(set(row))] == []
    assert len(WORDS["old"]) % 2 == 0


def test_the_index_stays_small() -> None:
    size = (SITES["hosted"] / "search" / "search_index.json").stat().st_size
    assert size < INDEX_BYTES, f"{size} bytes"
