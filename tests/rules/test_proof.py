"""The walk: it asks what it says it asks, and a broken law does not pass unseen."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from scripts.proof.breach import LAWS
from scripts.proof.counting import checked
from scripts.proof.laws import of_one
from scripts.proof.laws_along import of_line
from scripts.proof.line import in_order
from scripts.proof.questions import Line, lines
from scripts.proof.speaking import Speaking
from scripts.proof.walk import places_to_walk, walk
from scripts.rulebook import build_rulebook

SMALL = Path(__file__).parent / "small" / "rules"
ASKED = {"place": "350000", "scheme": "employee", "as_of": "2025-05-15", "paid_on": "2025-05-15", "back_paid": True}
VISIT = {"date": "2025-06-01", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return build_rulebook(SMALL)


@pytest.fixture(scope="module")
def speaking(book: dict[str, Any]) -> Speaking:
    return Speaking(book, "350000")


def answers(book: dict[str, Any], *questions: dict[str, Any]) -> list[dict[str, Any]]:
    loaded = Rulebook.load(book)
    return [assess(Case.parse(question, loaded), loaded).to_json() for question in questions]


QUESTION = {**ASKED, "last_paid_month": "2024-10", "monthly_amount": "500.00", "treatments": [VISIT]}


def test_a_right_answer_breaks_no_law(book: dict[str, Any], speaking: Speaking) -> None:
    assert list(of_one(QUESTION, answers(book, QUESTION)[0], speaking)) == []


@pytest.mark.parametrize(
    ("key", "part", "value", "law"),
    [
        ("waiting", "low", 7, "bounds"),
        ("waiting", "high", 5, "bounds"),
        ("benefits_resume_on", "high", "2020-01-01", "bounds"),
        ("cost.principal", "low", "-1.00", "money"),
        ("treatments.0.fund_pays", "value", "1000.01", "money"),
        ("waiting", "rules", [], "sourced"),
        ("waiting", "rules", ["CN.no.rule"], "sourced"),
        ("cost.late_fee", "rules", ["CN.no.rule"], "sourced"),
    ],
)
def test_a_spoilt_answer_is_seen(
    book: dict[str, Any], speaking: Speaking, key: str, part: str, value: Any, law: str
) -> None:
    answer = deepcopy(answers(book, QUESTION)[0])
    found: Any = answer
    for step in key.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    found[part] = value
    assert law in {breach.law for breach in of_one(QUESTION, answer, speaking)}


def test_a_number_where_no_rule_speaks_is_seen(book: dict[str, Any]) -> None:
    question = {**QUESTION, "place": "CN"}
    answer = answers(book, question)[0]
    silent = Speaking(book, "CN")
    assert list(of_one(question, answer, silent)) == []
    answer["waiting"].update(value=6, low=6, high=6, basis="national", rules=["CN.all.ceiling"])
    assert "silent" in {breach.law for breach in of_one(question, answer, silent)}


@pytest.mark.parametrize(
    ("grows", "key", "law"),
    [
        ("lapse", "benefits_resume_on", "longer_never_earlier"),
        ("paid_on", "benefits_resume_on", "sooner_never_later"),
        ("repaid", "waiting", "repair_never_longer"),
    ],
)
def test_a_line_that_falls_is_seen(book: dict[str, Any], grows: str, key: str, law: str) -> None:
    questions = tuple({**ASKED, "last_paid_month": month} for month in ("2025-01", "2024-10"))
    made = answers(book, *questions)
    right, wrong = (made, made[::-1]) if grows != "repaid" else (made[::-1], made)
    assert list(of_line(Line(grows, questions), right)) == []
    assert [breach.law for breach in of_line(Line(grows, questions), wrong)] == [law]


def test_a_line_that_is_not_known_everywhere_is_compared_where_it_is(book: dict[str, Any]) -> None:
    questions = tuple({**ASKED, "last_paid_month": month} for month in ("2025-01", "2024-10"))
    early, late = answers(book, *questions)
    unknown = deepcopy(late)
    unknown["benefits_resume_on"].update(value=None)
    three = Line("lapse", (*questions, questions[0]))
    assert [breach.law for breach in of_line(three, [late, unknown, early])] == ["longer_never_earlier"]


def test_a_rule_that_fits_and_is_not_used_is_seen(book: dict[str, Any], speaking: Speaking) -> None:
    answer = deepcopy(answers(book, QUESTION)[0])
    for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
        answer[key].update(value=None, low=None, high=None, rules=[], note="请问 12393")
    found = [breach for breach in of_one(QUESTION, answer, speaking) if breach.law == "heard"]
    assert [breach.rules for breach in found] == [("350000.employee.restoration",)]


def test_a_wait_of_residents_that_is_not_used_is_seen(book: dict[str, Any]) -> None:
    question = {"place": "CN", "scheme": "resident", "as_of": "2026-03-01", "paid_on": "2026-03-01", "coverage_year": 2026,
                "last_covered_year": 2023}  # fmt: skip
    answer, speaking = deepcopy(answers(book, question)[0]), Speaking(book, "CN")
    assert not [breach for breach in of_one(question, answer, speaking) if breach.law == "heard"]
    for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
        answer[key].update(value=None, low=None, high=None, rules=[], note="请问 12393")
    found = [breach for breach in of_one(question, answer, speaking) if breach.law == "heard"]
    assert [breach.rules for breach in found] == [("CN.resident.waiting",)]


def test_an_answer_without_a_word_on_whom_to_ask_is_seen(book: dict[str, Any], speaking: Speaking) -> None:
    question = {**QUESTION, "last_paid_month": "2024-09"}
    answer = deepcopy(answers(book, question)[0])
    answer["retroactive"].update(value=None, low=None, high=None, text="不知道", note=None)
    assert "declared" in {breach.law for breach in of_one(question, answer, speaking)}
    answer["retroactive"]["note"] = "请问 12393"
    assert "declared" not in {breach.law for breach in of_one(question, answer, speaking)}
    answer["verify_with"] = []
    assert "declared" in {breach.law for breach in of_one(question, answer, speaking)}


def test_every_question_of_the_walk_is_a_case(book: dict[str, Any]) -> None:
    loaded = Rulebook.load(book)
    asked = [question for line in lines("CN", Speaking(book, "CN")) for question in line.questions]
    for question in asked:
        Case.parse(question, loaded)
    assert len(asked) > 1500
    assert {question["scheme"] for question in asked} == {"employee", "flexible", "resident"}
    assert {question.get("exempt_group") for question in asked} == {None, "newborn", "veteran"}


def test_a_place_is_asked_about_the_schemes_on_which_it_speaks_itself(book: dict[str, Any]) -> None:
    asked = [question for line in lines("350200", Speaking(book, "350200")) for question in line.questions]
    assert {question["scheme"] for question in asked} == {"resident"}


def test_the_days_around_each_change_are_asked(book: dict[str, Any]) -> None:
    days = {str(day) for day in Speaking(book, "CN").days("employee")}
    assert {"2025-06-30", "2025-07-01", "2026-11-21"} <= days


def test_the_walk_of_the_small_rulebook_breaks_no_law(book: dict[str, Any]) -> None:
    heard: list[str] = []
    walked = walk(book, places_to_walk(book), lambda one: heard.append(one.place), most=1_500)
    assert [one.place for one in walked] == ["350000", "350200", "CN"] == sorted(set(heard))
    assert [one.breaches for one in walked] == [[]] * 3
    assert all(count > 0 for count in checked(walked).values())
    assert set(checked(walked)) == set(LAWS)


@pytest.mark.parametrize("place", ["CN", "350000", "350200"])
def test_along_a_line_only_that_grows_which_is_said_to(book: dict[str, Any], place: str) -> None:
    growing = [line for line in lines(place, Speaking(book, place)) if line.grows]
    assert growing
    assert all(in_order(line.grows, line.questions) for line in growing)
