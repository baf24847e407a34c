"""For each kind of claim the calculator has the question, the answer and the reading that it needs (needs.yaml)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from calculator import Case, CaseError, Rulebook, assess
from calculator.fields import BY_NAME
from calculator.meanings import ASSESSMENT
from tests.unit.slot_tables import INDEX, TABLES, plain

Json = dict[str, Any]
NEEDS: Json = plain(yaml.safe_load(Path(__file__).with_name("needs.yaml").read_text("utf-8")))


@cache
def cases(slot: str) -> list[Json]:
    """Every Case that is asked for a kind of claim."""
    rows = [row["case"] for table in TABLES.values() for claim, row in table.items() if claim in INDEX[slot]]
    asked = [*rows, *NEEDS[slot].get("more", [])]
    return [{"place": "CN", "as_of": "2026-03-20", **case} for case in asked]


def at(assessment: Json, path: str) -> Any:
    """What stands there; None where nothing does."""
    answer: Any = assessment
    for step in path.split("."):
        try:
            answer = answer[int(step) if step.isdigit() else step]
        except (KeyError, IndexError):
            return None
    return answer


def told(assessment: Json, path: str) -> bool:
    """Something is said there: a value, a bound, another reading, what an article comes to, or why there is no value."""
    said = [entry for entry in assessment["claims"] if entry["key"] == path]
    answer = at(assessment, path)
    if not isinstance(answer, dict) or "basis" not in answer:
        return bool(answer)
    known = any(answer[key] is not None for key in ("value", "low", "high"))
    return known or bool(answer["alternatives"]) or bool(said and answer["note"])


def test_no_kind_of_claim_is_left_out() -> None:
    assert set(NEEDS) == set(INDEX)


@pytest.mark.parametrize("slot", NEEDS)
def test_each_question_that_it_needs_is_asked_in_a_case_that_is_run(slot: str) -> None:
    for key in NEEDS[slot]["asks"]:
        assert key in BY_NAME
        assert any(key in case for case in cases(slot)), key


def bears(key: str, case: Json, paths: list[str], rulebook: Rulebook) -> bool:
    """Without the key the question cannot be asked, or it is answered otherwise, by us or by the articles."""
    without = {name: value for name, value in case.items() if name != key}
    try:
        found = [assess(Case.parse(asked, rulebook), rulebook).to_json() for asked in (case, without)]
    except CaseError:
        return True
    said = [[entry for entry in one["claims"] if entry["key"] in (*paths, f"case.{key}")] for one in found]
    return said[0] != said[1] or any(at(found[0], path) != at(found[1], path) for path in paths)


@pytest.mark.parametrize("slot", NEEDS)
def test_each_question_that_it_needs_bears_on_one_of_its_answers(slot: str, rulebook: Rulebook) -> None:
    for key in NEEDS[slot]["asks"]:
        assert any(bears(key, case, NEEDS[slot]["answers"], rulebook) for case in cases(slot) if key in case), key


@pytest.mark.parametrize("slot", NEEDS)
def test_each_answer_that_it_needs_is_given_to_one_of_its_cases(slot: str, rulebook: Rulebook) -> None:
    assessments = [assess(Case.parse(case, rulebook), rulebook).to_json() for case in cases(slot)]
    for path in NEEDS[slot]["answers"]:
        assert ".".join(step for step in path.split(".") if not step.isdigit()) in ASSESSMENT
        assert any(told(assessment, path) for assessment in assessments), path


@pytest.mark.parametrize("slot", NEEDS)
def test_each_of_its_claims_stands_beside_the_answer_of_one_of_its_cases(slot: str, rulebook: Rulebook) -> None:
    said = {
        claim for case in cases(slot)
        for entry in assess(Case.parse(case, rulebook), rulebook).to_json()["claims"]
        for claim in (entry["id"], *entry["also"])
    }  # fmt: skip
    assert set(INDEX[slot]) - said == set()


@pytest.mark.parametrize(("slot", "key"), [(slot, key) for slot in NEEDS for key in NEEDS[slot].get("turns", ())])
def test_each_answer_that_is_to_turn_on_a_question_is_given_only_with_it(slot: str, key: str, rulebook: Rulebook) -> None:
    asked = [case for case in cases(slot) if key in case]
    without = [{name: value for name, value in case.items() if name != key} for case in asked]
    given, left_out = ([assess(Case.parse(case, rulebook), rulebook).to_json() for case in some] for some in (asked, without))
    for path in NEEDS[slot]["turns"][key]:
        assert any(told(one, path) and not told(other, path) for one, other in zip(given, left_out, strict=True)), path
