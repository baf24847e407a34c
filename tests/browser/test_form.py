"""Someone fills in the form and reads the answer."""

from __future__ import annotations

import json

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import LIGHT_WIDE, LOOKS

pytestmark = pytest.mark.browser

EMPLOYEE = {
    "scheme": "employee", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
    "back_paid": False, "monthly_amount": "500.00",
    "treatments": [{"date": "2026-04-05", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.85"}],
}  # fmt: skip
RESIDENT = {
    "scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
    "years_repaid": 1, "paid_on": "2026-03-12", "in_window": False,
}  # fmt: skip
FLEXIBLE = {
    "scheme": "flexible", "place": "321200", "as_of": "2026-11-21", "situation": "same_place", "last_paid_month": "2026-03",
    "back_paid": True, "paid_on": "2026-11-05", "continuous_months": 60, "earlier_lapses": 0,
    "missed": [{"month": "2026-04", "amount": "450.00", "due_on": "2026-04-25"}, {"month": "2026-05", "amount": "450.00"}],
}  # fmt: skip
NEVER_INSURED = {
    "scheme": "resident", "place": "XPCC", "as_of": "2026-11-21", "coverage_year": 2027, "last_covered_year": None,
    "situation": "first_enrolment",
}  # fmt: skip


def check_answer(calculator: Calculator, case: dict[str, object]) -> None:
    calculator.answer_all(case)
    calculator.submit()
    calculator.wait("ready")
    expected = assess(case)
    assert calculator.assessment == expected
    assert calculator.headline == json.loads(expected)["headline"]
    assert calculator.part("state").inner_text() == "算好了"


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_answer_to_a_filled_form_is_the_command_lines(home, look, open_page):
    check_answer(Calculator(open_page(home, "calculator", look)), EMPLOYEE)


@pytest.mark.parametrize("case", [RESIDENT, FLEXIBLE, NEVER_INSURED], ids=lambda case: f"{case['scheme']}-{case['place']}")
def test_every_scheme_can_be_filled_in(case, homes, open_page):
    check_answer(Calculator(open_page(homes["below"], "calculator")), case)


@pytest.mark.parametrize("home", ["hosted", "below", "offline"], indirect=True)
def test_a_link_opens_filled_in_and_answered(home, open_page):
    page = open_page(home)
    page.goto(home.address("calculator") + link(FLEXIBLE))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.assessment == assess(FLEXIBLE)
    assert calculator.values()["missed.1.month"] == "2026-05"


def test_the_copied_link_holds_the_case_in_its_fragment(home, open_page):
    page = open_page(home, "calculator", LIGHT_WIDE)
    calculator = Calculator(page)
    calculator.open_link(link(RESIDENT))
    calculator.part("copy").click()
    copied = calculator.part("share").locator("input").input_value()
    assert copied.startswith(home.address("calculator") + "#case=")
    other = open_page(home)
    other.goto(copied)
    Calculator(other).wait("ready")
    assert Calculator(other).assessment == assess(RESIDENT)


def test_a_link_without_a_day_is_answered_for_today_in_china(home, open_page):
    page = open_page(home)
    page.clock.set_fixed_time("2026-11-20T17:30:00Z")  # still the 20th for the reader, the 21st in China
    without = {key: value for key, value in EMPLOYEE.items() if key != "as_of"}
    page.goto(home.address("calculator") + link(without))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.fields("as_of").input_value() == "2026-11-21"
    assert calculator.assessment == assess({**without, "as_of": "2026-11-21"})


def test_the_calculator_in_a_frame_answers_too(home, open_page):
    calculator = Calculator(open_page(home, "embed.html"))
    calculator.open_link(link(RESIDENT))
    assert calculator.assessment == assess(RESIDENT)
