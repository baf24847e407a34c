"""What holds of every answer, whatever is asked: asked of the whole space of Cases, not of examples."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from calculator import Case, CaseError, Rulebook, advise, answer, assess
from calculator.fields import BY_NAME, SCHEMES
from calculator.schema import assessment_schema, case_schema
from calculator.show import asked_for, calendar, summary, timeline
from calculator.text import whole
from tests import prepared
from tests.property.questions import likely, nearly

Json = dict[str, Any]
RAW = prepared.rulebook()
BOOK = Rulebook.load(RAW)
PLACES = [place["code"] for place in RAW["places"] if not place.get("outside")] + ["CN"]
SPOKEN = sorted({rule["place"] for rule in RAW["rules"]} & set(PLACES))
GROUPS = [group["id"] for group in RAW["groups"]]
WHERE = SPOKEN * 3 + PLACES
LIKELY = likely(WHERE, GROUPS)
NEARLY = nearly(WHERE, GROUPS)
ASSESSMENT = jsonschema.Draft202012Validator(assessment_schema())
CASE = jsonschema.Draft202012Validator(case_schema())
BOUNDED_BY_LEAVING_OUT = ("back_paid", "in_waiting", "in_window", "previous_scheme", "continuous_months", "earlier_lapses",
                          "missed_this_year")


def parsed(question: Json) -> Case:
    """The Case, or this question does not count."""
    try:
        return Case.parse(question, BOOK)
    except CaseError:
        assume(False)
        raise


def answers_in(found: Any, path: str = "") -> list[tuple[str, Json]]:
    """Every answer anywhere in an Assessment, with where it stands."""
    if isinstance(found, dict):
        here = [(path, found)] if "basis" in found else []
        return here + [one for key, value in found.items() if key != "case" for one in answers_in(value, f"{path}.{key}")]
    if isinstance(found, list):
        return [one for index, value in enumerate(found) for one in answers_in(value, f"{path}.{index}")]
    return []


def number(value: Any) -> Any:
    """A bound that has an order: money and shares as numbers, days as they are; None for what has none."""
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return None
    return Decimal(value) if isinstance(value, int) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value


@given(NEARLY)
def test_whatever_is_asked_is_answered_or_refused_by_the_name_of_a_key(question: Json) -> None:
    try:
        case = Case.parse(question, BOOK)
    except CaseError as error:
        key = error.field.split(".")[0]
        assert key in BY_NAME or key in question
        assert re.search(r"[\u4e00-\u9fff]", error.message)
        return
    CASE.validate(json.loads(json.dumps(question)))
    ASSESSMENT.validate(whole(case, BOOK))


@given(LIKELY)
def test_every_answer_has_bounds_in_order_and_a_source(question: Json) -> None:
    for path, found in answers_in(whole(parsed(question), BOOK)):
        known = [one for one in (number(found[key]) for key in ("low", "value", "high")) if one is not None]
        assert len({type(one) for one in known}) <= 1 and known == sorted(known), (path, found)
        assert found["text"], path
        assert bool(found["rules"]) or found["basis"] == "none", (path, found)
        assert (found["basis"] == "none") or any(found[key] is not None for key in ("low", "value", "high")), (path, found)
        for other in found["alternatives"]:
            assert other["rules"] and other["note"] and other["text"], (path, other)
            assert {rule.split("#")[0] for rule in other["rules"]} <= RULES, path
        assert set(found["rules"]) <= RULES, path


RULES = {rule["id"] for rule in RAW["rules"]}


@given(LIKELY)
def test_the_case_as_understood_is_the_same_case_and_the_same_answer(question: Json) -> None:
    case = parsed(question)
    again = Case.parse(json.loads(json.dumps(case.to_json())), BOOK)
    assert again == case
    assert again.to_json() == case.to_json()
    assert assess(again, BOOK).to_json() == assess(case, BOOK).to_json()


@given(LIKELY, st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_matter(question: Json, chance: Any) -> None:
    parsed(question)
    keys = list(question)
    chance.shuffle(keys)
    assert answer(json.dumps({key: question[key] for key in keys}), BOOK) == answer(json.dumps(question), BOOK)


@given(LIKELY, st.sampled_from(BOUNDED_BY_LEAVING_OUT))
def test_what_is_left_out_is_bounded_not_guessed(question: Json, key: str) -> None:
    """The wait and the day with the key lie within what is said without it."""
    assume(question.get(key) is not None)
    known = assess(parsed(question), BOOK).to_json()
    open_ = assess(parsed({name: value for name, value in question.items() if name != key}), BOOK).to_json()
    for name in ("waiting", "benefits_resume_on"):
        narrow, wide = known[name], open_[name]
        if narrow["unit"] != wide["unit"] or (narrow["low"] is None and narrow["high"] is None):
            continue
        if wide["low"] is None and wide["high"] is None:
            continue
        assert wide["low"] is None or (narrow["low"] is not None and wide["low"] <= narrow["low"]), (name, narrow, wide)
        assert wide["high"] is None or (narrow["high"] is not None and narrow["high"] <= wide["high"]), (name, narrow, wide)


@given(LIKELY)
def test_each_way_of_the_advice_is_what_assess_says_of_its_case(question: Json) -> None:
    case = parsed(question)
    for row in advise(case, BOOK).to_json()["rows"]:
        alone = assess(Case.parse(row["case"], BOOK), BOOK).to_json()
        assert row["restored"] == alone["benefits_resume_on"] and row["cost"] == alone["cost"]["total"]
        assert row["case"]["paid_on"] >= str(case.as_of)


def silent_and_parent() -> list[tuple[str, str]]:
    speaking = {rule["place"] for rule in RAW["rules"]}
    return [
        (place["code"], place["parent"]) for place in RAW["places"]
        if place["parent"] and place["code"] not in speaking and not place.get("outside") and place["level"] != "nation"
    ]  # fmt: skip


SILENT = silent_and_parent()
PRICED = (".cost.principal", ".cost.repair", ".cost.total", ".premium.whole")
"""Of the nation itself the least price is asked; anywhere below it is the least, and may be more."""


@given(LIKELY, st.sampled_from(SILENT))
@example({"scheme": "resident", "as_of": "2023-01-01", "coverage_year": 2024, "years_repaid": 0}, ("370000", "CN"))
def test_a_place_without_rules_is_answered_as_the_place_above_it(question: Json, places: tuple[str, str]) -> None:
    below, above = (assess(parsed({**question, "place": place}), BOOK).to_json() for place in places)
    for (path, one), (other_path, other) in zip(answers_in(below), answers_in(above), strict=True):
        assert path == other_path
        if path in PRICED and places[1] == "CN":
            assert one["low"] == other["low"] and one["high"] in (None, other["high"]), path
            continue
        kept = ("value", "low", "high", "unit", "rules", "basis")
        assert {key: one[key] for key in kept} == {key: other[key] for key in kept}, path
    assert below["lapse"] == above["lapse"] and below["arrears"] == above["arrears"]


@given(LIKELY, st.integers(1, 10**6))
def test_twice_the_amount_is_twice_the_principal(question: Json, cents: int) -> None:
    assume(question["scheme"] != "resident")
    bare = {key: value for key, value in question.items() if key not in ("missed", "contribution_base")}
    one, two = (
        assess(parsed({**bare, "monthly_amount": f"{n // 100}.{n % 100:02d}"}), BOOK).to_json()["cost"]["principal"]
        for n in (cents, 2 * cents)
    )
    for key in ("value", "low", "high"):
        assert (one[key] is None) == (two[key] is None)
        assert one[key] is None or 2 * Decimal(one[key]) == Decimal(two[key])


@given(LIKELY)
def test_the_picture_the_calendar_and_the_text_are_drawn_of_every_answer(question: Json) -> None:
    told = whole(parsed(question), BOOK)
    assert timeline(told).startswith("<svg ") and timeline(told).rstrip().endswith("</svg>")
    assert summary(told).startswith(told["headline"]) and asked_for(told) in summary(told)
    made = calendar(told)
    assert made is None or made.count("BEGIN:VEVENT") == made.count("END:VEVENT") > 0


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_questions_are_nearly_always_cases(scheme: str) -> None:
    """Else the rest of this file would say little."""
    seen: list[bool] = []
    keys: set[str] = set()

    @given(LIKELY)
    def ask(question: Json) -> None:
        try:
            Case.parse(question, BOOK)
        except CaseError:
            seen.append(False)
        else:
            seen.append(True)
            keys.update(key for key, value in question.items() if value is not None)

    ask()
    assert sum(seen) > 0.6 * len(seen)
    assert len(keys) > 0.8 * len(BY_NAME)
