"""Distinct questions: each counts once, however it is put, and a place without rules counts with the one above."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scripts.proof.asking import Asking
from scripts.proof.counting import IN_FULL, Counting, Walked, checked, counted_as, distinct
from scripts.proof.line import Line, in_order
from scripts.proof.oracle_walk import Both
from scripts.proof.speaking import Speaking
from scripts.proof.walk import places_to_walk, walk
from scripts.rulebook import build_rulebook

RULES = Path(__file__).resolve().parents[2] / "rules"
ASKED = {"scheme": "employee", "as_of": "2026-06-15", "paid_on": "2026-06-15", "last_paid_month": "2026-01"}
SOME = ["110000", "310000", "350200", "420100", "460000", "CN"]


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return build_rulebook(RULES)


def counting(book: dict[str, Any], place: str) -> tuple[Counting, Walked]:
    walked = Walked(place, counted_as(book, place))
    return Counting(walked, Asking(Both(book), Speaking(book, place))), walked


def test_a_question_put_twice_counts_once(book: dict[str, Any]) -> None:
    notes, walked = counting(book, "350000")
    asked = {**ASKED, "place": "350000"}
    same = [asked, {**asked, "situation": "same_place"}, {**asked, "back_paid": None}, {**asked, "unemployment_months": None}]
    notes.note_line(Line("", tuple(same)))
    notes.note_line(Line("lapse", (asked, {**asked, "last_paid_month": "2025-12"})))
    assert distinct([walked]) == 2
    assert not notes.is_new(asked)
    assert notes.is_new({**asked, "back_paid": True})
    assert not notes.is_new({**asked, "back_paid": True, "situation": "same_place"})
    assert (distinct([walked]), distinct([walked], IN_FULL), distinct([walked], "lapse")) == (3, 2, 2)
    counts = checked([walked])
    assert (counts["oracle"], counts["bounds"], counts["longer_never_earlier"], counts["sooner_never_later"]) == (3, 2, 2, 0)


def test_what_is_not_known_is_another_question_than_never(book: dict[str, Any]) -> None:
    notes, walked = counting(book, "CN")
    asked = {"place": "CN", "scheme": "resident", "as_of": "2026-06-15", "coverage_year": 2026}
    notes.note_line(Line("", (asked, {**asked, "last_covered_year": None})))
    assert distinct([walked]) == 2


def test_a_place_without_rules_counts_with_the_one_above(book: dict[str, Any]) -> None:
    silent = next(place for place in places_to_walk(book) if counted_as(book, place) != place)
    assert counted_as(book, silent) == "CN"
    notes = {place: counting(book, place) for place in (silent, "CN")}
    for place, (one, _) in notes.items():
        one.note_line(Line("", ({**ASKED, "place": place},)))
    assert distinct([walked for _, walked in notes.values()]) == 1


def test_pieces_of_a_place_are_put_together_without_counting_twice() -> None:
    one, other = Walked("CN", "CN", {IN_FULL: {1, 2}, "lapse": {1}}), Walked("CN", "CN", {IN_FULL: {2, 3}})
    one.add(other)
    assert (distinct([one]), distinct([one], "lapse")) == (3, 1)


def test_only_what_grows_may_differ_along_a_line() -> None:
    shorter, longer = {**ASKED, "last_paid_month": "2026-02"}, ASKED
    assert in_order("lapse", (shorter, longer))
    assert not in_order("lapse", (longer, shorter))
    assert not in_order("lapse", (shorter, {**longer, "back_paid": True}))
    assert not in_order("lapse", (ASKED, ASKED))
    assert in_order("paid_on", (ASKED, {**ASKED, "as_of": "2026-07-01", "paid_on": "2026-07-01"}))
    assert in_order("repaid", ({"years_repaid": 0}, {"years_repaid": 2}))


def test_some_real_places_break_no_law_and_the_oracle_agrees(book: dict[str, Any]) -> None:
    walked = walk(book, SOME, lambda _: None, most=1_800)
    assert [one.breaches for one in walked] == [[]] * len(SOME)
    assert distinct(walked) > 4_000
    assert all(count > 30 for count in checked(walked).values())
