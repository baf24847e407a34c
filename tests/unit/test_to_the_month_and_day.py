"""Counts at their edges: months of caps and years, claims by month and day, and the numbers that a refusal names."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case, CaseError
from calculator.claim import load_claims
from calculator.claims import claims_of
from calculator.lapse import lapse_of
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, rule

Json = dict[str, Any]
SAID = {"key": "waiting", "value": 3, "text": "3个月"}
EARLIER = {"from": "2024-01", "to": "2024-02"}


def claimed(case: Json, when: Json, said: Json = SAID) -> list[Any]:
    """The values of an article's claim that is meant for a case like this."""
    raw = {"id": "a", "verdict": "correct", "says": "…", "when": when, "value": [said]}
    made = book()._replace(claims=load_claims([raw]))
    asked = Case.parse(case, made)
    return [one["value"] for one in claims_of(asked, lapse_of(asked), made)]


@pytest.mark.parametrize(("paid_on", "month"), [
    ("2025-09-30", -3), ("2025-12-31", 0), ("2026-01-01", 1), ("2026-12-31", 12), ("2027-04-01", 16), ("2027-12-01", 24),
])
def test_the_month_of_payment_is_counted_on_and_back_from_the_insured_year(paid_on: str, month: int) -> None:
    case = {**RESIDENT, "paid_on": paid_on}
    assert claimed(case, {"month_of_year": {"min": month, "max": month}}) == [3]
    assert claimed(case, {"month_of_year": {"min": month + 1}}) == claimed(case, {"month_of_year": {"max": month - 1}}) == []


@pytest.mark.parametrize(("spent", "pays"), [("99.99", "0.00"), ("100.00", "50.00"), ("150.00", "50.00")])
def test_what_is_paid_after_the_account_has_been_spent_so_far_is_paid_after_more(spent: str, pays: str) -> None:
    visits = [{"date": "2026-03-01", "kind": "outpatient", "amount": "100.00"}]
    half = {"key": "treatments.N.fund_pays", "visit": {"ratio": "0.5", "after_spending": "100"}}
    assert claimed({**EMPLOYEE, "account_spent": spent, "treatments": visits}, {}, half) == [pays]


def test_a_cap_of_one_tier_is_the_same_before_and_after() -> None:
    one = rule("330100", "employee", "scope", {"limit": [{"from_months": 0, "multiple": "6"}]})
    for months in (0, 1, 30):
        cap = ask({**EMPLOYEE, "continuous_months": months}, one)["cap"]
        assert (cap["before"]["value"], cap["after"]["value"]) == ("6", "6")


def test_where_no_tier_is_for_less_than_a_month_the_least_cap_is_open() -> None:
    tiers = [{"from_months": 1, "below_months": 7, "multiple": "1"}, {"from_months": 7, "multiple": "2"}]
    after = ask({**EMPLOYEE, "continuous_months": 12}, rule("330100", "employee", "scope", {"limit": tiers}))["cap"]["after"]
    assert (after["low"], after["high"]) == (None, "2")


@pytest.mark.parametrize(("case", "key", "number"), [
    ({**EMPLOYEE, "last_paid_month": "2026-03", "unemployment_months": 1}, "unemployment_months", "只有 0 个月"),
    ({**EMPLOYEE, "last_paid_month": "2025-12", "unemployment_months": 3}, "unemployment_months", "只有 2 个月"),
    ({**RESIDENT, "last_covered_year": 2022, "years_repaid": 4}, "years_repaid", "断保 3 年"),
    ({**RESIDENT, "last_covered_year": 2023, "years_repaid": 3}, "years_repaid", "断保 2 年"),
    ({**EMPLOYEE, "treatments": ["门诊"]}, "treatments.0", "第 1 条"),
    ({**EMPLOYEE, "treatments": [{"date": "2026-03-01", "kind": "pharmacy"}]}, "treatments.0.amount", "第 1 条"),
    ({**EMPLOYEE, "lapses": [EARLIER], "continuous_months": 21}, "continuous_months", "只有 20 个月"),
    ({**EMPLOYEE, "situation": "employer_arrears", "last_paid_month": None}, "last_paid_month", "请填写"),
])
def test_what_is_refused_is_named_with_its_number(case: Json, key: str, number: str) -> None:
    with pytest.raises(CaseError) as wrong:
        Case.parse(json.loads(json.dumps(case)), book())
    assert wrong.value.field == key and number in wrong.value.message
