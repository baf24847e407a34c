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
SAMPLE = 9


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
    """(place, scheme) wherever something is unclear."""
    return sorted(
        {
            (rule["place"], scheme)
            for rule in compiled["rules"]
            if not rule["sets_value"] or any(not one["sets_value"] or one["standing"] != "in_force" for one in rule["readings"])
            for scheme in rule["schemes"]
        }
    )


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
def test_no_unclear_text_anywhere_moves_any_answer(compiled: Json, books: tuple[Rulebook, Rulebook]) -> None:
    assert list(computed_from(unclear_pairs(compiled), compiled, books))[:3] == []
