"""What is unclear or of low confidence is shown, never computed from: without it every answer has the same value and bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from scripts.curate.asked import questions
from scripts.proof.speaking import Speaking

Json = dict[str, Any]
PARTS = ("waiting", "benefits_resume_on", "benefits_stop_on", "retroactive", "payment_effect")
SAMPLE = 40


@pytest.fixture(scope="module")
def books(compiled: Json) -> tuple[Rulebook, Rulebook]:
    """The rulebook, and the same without its unclear rules and readings."""
    sure = [
        {**rule, "readings": [one for one in rule["readings"] if one["standing"] == "in_force" and one["sets_value"]]}
        for rule in compiled["rules"]
        if rule["sets_value"]
    ]
    return Rulebook.load(compiled), Rulebook.load({**compiled, "rules": sure})


def unclear_pairs(compiled: Json) -> list[tuple[str, str]]:
    """(place, scheme) wherever something is unclear, and below it wherever a rule speaks on that scheme."""
    own = {(rule["place"], scheme) for rule, _ in unclear_parts(compiled) for scheme in rule["schemes"]}
    parents = {place["code"]: place["parent"] for place in compiled["places"]}
    speaking = {(rule["place"], scheme) for rule in compiled["rules"] for scheme in rule["schemes"]}
    return sorted(own | {(place, scheme) for place, scheme in speaking if {("CN", scheme), (parents.get(place), scheme)} & own})


def unclear_parts(compiled: Json) -> Iterator[tuple[Json, Json]]:
    """(a rule of which something is unclear, the rulebook without that: the rule itself or one of its readings)."""
    for rule in compiled["rules"]:
        others = [one for one in compiled["rules"] if one is not rule]
        if not rule["sets_value"]:
            yield rule, {**compiled, "rules": others}
            continue
        for reading in rule["readings"]:
            if not reading["sets_value"] or reading["standing"] != "in_force":
                left = [one for one in rule["readings"] if one is not reading]
                yield rule, {**compiled, "rules": [*others, {**rule, "readings": left}]}


def told(case: Json, book: Rulebook) -> Json:
    answer = assess(Case.parse(case, book), book).to_json()
    values = {part: [answer[part][key] for key in ("value", "low", "high", "basis")] for part in PARTS}
    return {"headline": answer["headline"], **values}


def computed_from(pairs: list[tuple[str, str]], compiled: Json, books: tuple[Rulebook, Rulebook]) -> Iterator[str]:
    for place, scheme in pairs:
        for question in questions(place, scheme, [Speaking(compiled, place)]):
            before, after = (told(question.case, book) for book in books)
            if before != after:
                differing = [key for key in before if before[key] != after[key]]
                yield f"{question.case}: {[(key, before[key], after[key]) for key in differing]}"


def test_an_unclear_text_moves_no_answer(compiled: Json, books: tuple[Rulebook, Rulebook]) -> None:
    assert list(computed_from(unclear_pairs(compiled)[::SAMPLE], compiled, books))[:3] == []


@pytest.mark.slow
def test_switching_off_any_one_unclear_text_changes_no_headline(compiled: Json, books: tuple[Rulebook, Rulebook]) -> None:
    switched = 0
    for rule, without in unclear_parts(compiled):
        pairs = [(rule["place"], scheme) for scheme in rule["schemes"]]
        assert list(computed_from(pairs, compiled, (books[0], Rulebook.load(without))))[:3] == [], rule["id"]
        switched += 1
    assert switched > 80


@pytest.mark.slow
def test_no_unclear_text_anywhere_moves_any_answer(compiled: Json, books: tuple[Rulebook, Rulebook]) -> None:
    assert list(computed_from(unclear_pairs(compiled), compiled, books))[:3] == []
