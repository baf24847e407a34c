"""Whole answers to hand-picked questions, byte for byte as somebody has read and accepted them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from itertools import islice

import pytest

from calculator import Rulebook
from calculator.fields import BY_NAME, SCHEMES, SITUATIONS
from tests.kept import take_away

HOW = "如果新的答案是对的：make kept 改写，再用 git diff 一条一条看"


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return take_away.rulebook()


@pytest.mark.parametrize("name", take_away.cases())
def test_the_answer_is_the_one_that_was_accepted(name: str, book: Rulebook) -> None:
    now, before = take_away.take_away(take_away.cases()[name], book), take_away.kept(name)
    assert now == before, "\n".join([f"{name}（{HOW}）", *islice(_changed(before, now), 40)])


def _changed(before: str, now: str) -> Iterator[str]:
    yield from difflib.unified_diff(before.split("\n"), now.split("\n"), "kept", "now", lineterm="", n=1)


def test_every_answer_that_is_kept_belongs_to_a_question() -> None:
    assert {path.stem for path in take_away.ANSWERS.iterdir()} == set(take_away.cases())


def test_the_questions_name_every_key_scheme_and_situation_and_many_places() -> None:
    asked = [one["case"] for one in take_away.cases().values() if isinstance(one.get("case"), dict)]
    keys = {key for case in asked for key in case}
    assert set(BY_NAME) <= keys
    assert set(SCHEMES) <= {case.get("scheme") for case in asked}
    assert {*SITUATIONS} <= {case.get("situation", "same_place") for case in asked}
    assert len({case.get("place") for case in asked}) > 50


def test_the_kept_answers_stay_small_enough_to_be_read() -> None:
    assert sum(path.stat().st_size for path in take_away.ANSWERS.iterdir()) < 3 << 20
