"""不记得 and 不清楚 are answers too: they widen the answer, they do not break it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Rulebook
from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import ROOT

pytestmark = pytest.mark.browser

Json = dict[str, Any]

MONTHLY = {"place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}
FULL: dict[str, Json] = {
    "employee": {**MONTHLY, "situation": "transfer", "previous_scheme": "employee", "back_paid": True},
    "flexible": {**MONTHLY, "situation": "scheme_switch", "previous_scheme": "resident", "back_paid": False},
    "resident": {
        "place": "360000", "as_of": "2026-03-20", "situation": "scheme_switch", "previous_scheme": "employee",
        "last_paid_month": "2025-10", "coverage_year": 2026, "last_covered_year": 2023, "paid_on": "2026-03-10",
        "exempt_group": "newborn", "born_on": "2026-02-10", "registered_on": "2026-03-10",
    },
}  # fmt: skip
CANNOT_BE_LEFT_OUT = {"scheme", "place", "as_of", "last_paid_month", "coverage_year"}
NO_CHOICE = {"missed", "treatments", "lapses"}  # lists: no row is "not known"


def bounds(answer: Json) -> tuple[Any, Any]:
    return answer["low"], answer["high"]


def check_bounds(assessment: Json) -> None:
    """What is not known is unknown or between bounds, never an empty promise."""
    for key in ("benefits_stop_on", "waiting", "benefits_resume_on", "retroactive"):
        answer = assessment[key]
        assert answer["text"]
        low, high = bounds(answer)
        if low is not None and high is not None:
            assert low <= high, key


@pytest.mark.parametrize("scheme", FULL)
def test_every_question_takes_not_known(scheme, calculator):
    case = {"scheme": scheme, **FULL[scheme]}
    calculator.answer_all(case)
    calculator.submit()
    calculator.wait("ready")
    for name in calculator.asked():
        if name in CANNOT_BE_LEFT_OUT | NO_CHOICE:
            continue
        calculator.do_not_know(name)
        calculator.submit()
        calculator.wait("ready")
        assessment = json.loads(calculator.assessment)
        assert name not in assessment["case"] or name in ("situation", "years_repaid"), name
        check_bounds(assessment)
        assert calculator.assessment == assess(as_asked(calculator, case | {name: None}, assessment))
        if name in case:
            calculator.answer_all({name: case[name]})
    calculator.submit()
    calculator.wait("ready")


def as_asked(calculator: Calculator, case: Json, assessment: Json) -> Json:
    """The Case without what is no longer asked once something is not known."""
    asked = calculator.asked()
    return {key: value for key, value in case.items() if value is not None and (key in asked or key in assessment["case"])}


@pytest.mark.parametrize("scheme", FULL)
def test_with_nothing_but_the_first_questions_answered_there_are_bounds(scheme, calculator):
    needed = {"scheme": scheme} | {key: value for key, value in FULL[scheme].items() if key in CANNOT_BE_LEFT_OUT}
    if scheme == "resident":
        del needed["last_paid_month"]
    calculator.answer_all(needed)
    for name in calculator.asked():
        if name not in CANNOT_BE_LEFT_OUT | NO_CHOICE:
            calculator.do_not_know(name)
    calculator.submit()
    calculator.wait("ready")
    assert calculator.assessment == assess(needed)
    check_bounds(json.loads(calculator.assessment))


@pytest.mark.parametrize(
    ("scheme", "name"),
    [("employee", "scheme"), ("employee", "last_paid_month"), ("flexible", "last_paid_month"), ("resident", "coverage_year")],
)
def test_what_no_answer_can_do_without_is_asked_for_with_the_way_to_find_out(scheme, name, calculator):
    calculator.answer_all({"scheme": scheme} | {key: value for key, value in FULL[scheme].items() if key != name})
    for act in (lambda: calculator.do_not_know(name), calculator.submit):
        act()
        calculator.wait("empty")
        calculator.part("state").filter(has_text="还差").wait_for()
        lookup = calculator.question(name).locator('[data-yb="lookup"]')
        assert lookup.is_visible()
        assert "国家医保服务平台" in lookup.inner_text()
        assert calculator.assessment == ""
        assert calculator.widget.locator("[aria-invalid]").count() == 0


def test_who_does_not_know_the_place_is_answered_from_the_national_text(calculator):
    case = {**FULL["resident"], "scheme": "resident", "place": "CN"}
    calculator.answer_all(case)
    assert calculator.question("place").locator('[data-yb="lookup"]').is_visible()
    calculator.submit()
    calculator.wait("ready")
    assert json.loads(calculator.assessment)["waiting"]["basis"] in ("national", "none")


def silent_place() -> Json:
    """A prefecture about whose employees neither it nor its province says anything on restoration."""
    compiled = json.loads((ROOT / "site" / "api" / "rulebook.json").read_text("utf-8"))
    spoken = {rule["place"] for rule in compiled["rules"] if "employee" in rule["schemes"]}
    Rulebook.load(compiled)
    return next(
        place
        for place in compiled["places"]
        if place["level"] == "prefecture" and not place.get("outside") and not {place["code"], place["parent"]} & spoken
    )


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
@pytest.mark.parametrize("back_paid", [True, False])
def test_an_employee_where_no_rule_speaks_is_sent_to_12393_without_a_number(back_paid, calculator):
    place = silent_place()
    case = {"scheme": "employee", **MONTHLY, "place": place["code"], "back_paid": back_paid}
    calculator.open_link(link(case))
    calculator.wait("ready")
    assert calculator.assessment == assess(case)
    for key in ("waiting", "benefits_resume_on", "payment_effect", "retroactive"):
        told = calculator.widget.locator(f'[data-yb-fact="{key}"] .yb-value').inner_text()
        assert "查不到" in told, (key, told)
        assert "12393" in told, (key, told)
        assert not any(letter.isdigit() for letter in told.replace("12393", "")), told
    assert "12393" in calculator.headline
    assert not any(letter.isdigit() for letter in calculator.headline.replace("12393", ""))
    assert "12393" in calculator.part("answer").inner_text()
