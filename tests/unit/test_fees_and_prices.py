"""Fees, fines and premiums of rules that no place has today: what is open stays open, and what is free is said to be free."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case, Rulebook, assess, words
from calculator.show import summary
from calculator.text import whole
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, rule

Json = dict[str, Any]
RATE = {"daily_rate": "0.001", "cap": "principal", "payer": "employer"}
PAID = {**EMPLOYEE, "paid_on": "2026-03-10", "back_paid": True}
ARREARS = {**EMPLOYEE, "situation": "employer_arrears"}


def read(made: Json) -> Json:
    """As it is read from JSON: every word a string of its own."""
    found: Json = json.loads(json.dumps(made))
    return found


@pytest.mark.parametrize("case", [
    {**PAID, "scheme": "flexible", "monthly_amount": "500.00"}, {**PAID, "scheme": "flexible"}, PAID,
])  # fmt: skip
def test_another_rule_on_the_late_fee_is_told_wherever_the_fee_is_not_open_anyhow(case: Json) -> None:
    free = rule("330100", case["scheme"], "late_fee", {"daily_rate": None}, sets_value=False, standing="unclear")
    fee = ask(read(case), free)["cost"]["late_fee"]
    assert fee["value"] is None and [other["value"] for other in fee["alternatives"]] == ["0.00"]


def test_another_rate_is_told_also_of_an_employer_who_says_what_each_month_costs() -> None:
    double = rule("330100", "employee", "late_fee", {**RATE, "daily_rate": "0.002"}, sets_value=False, standing="unclear")
    case = {**ARREARS, "last_paid_month": "2026-01", "paid_on": "2026-03-10", "monthly_amount": "1000.00",
            "missed": [{"month": "2026-02", "amount": "1000.00", "due_on": "2026-02-28"}]}  # fmt: skip
    fee = ask(read(case), rule("CN", "employee", "late_fee", RATE), double)["cost"]["late_fee"]
    assert (fee["value"], [other["value"] for other in fee["alternatives"]]) == ("10.00", ["20.00"])


@pytest.mark.parametrize("situation", ["same_place", "transfer"])
def test_what_a_rule_says_of_the_late_fee_of_residents_holds_in_any_situation(situation: str) -> None:
    free = rule("CN", "resident", "late_fee", {"daily_rate": None}, situations=["same_place"])
    fee = ask(read({**RESIDENT, "last_covered_year": 2023, "situation": situation}), free)["cost"]["late_fee"]
    assert (fee["value"], fee["rules"]) == ("0.00", ["CN.resident.late_fee"])


def test_where_the_law_sets_no_rate_the_fee_of_an_employer_is_not_known() -> None:
    missed = [{"month": "2025-11", "amount": "1000.00", "due_on": "2025-11-30"}]
    fee = ask({**ARREARS, "missed": missed}, rule("CN", "employee", "late_fee", {"daily_rate": None}))["cost"]["late_fee"]
    assert (fee["low"], fee["high"]) == (None, None)


def test_a_month_without_a_last_day_hides_none_of_the_fee_on_those_after_it() -> None:
    missed = [{"month": "2025-11", "amount": "1000.00"}, {"month": "2025-12", "amount": "1000.00", "due_on": "2025-12-31"}]
    case = {**ARREARS, "paid_on": "2026-01-10", "missed": missed}
    fee = ask(case, rule("CN", "employee", "late_fee", RATE))["cost"]["late_fee"]
    assert (fee["low"], fee["high"]) == ("10.00", None)


def test_a_fine_is_so_many_times_what_is_owed_to_the_cent() -> None:
    fine = rule("CN", "employee", "fine", {"min_multiple": "2", "max_multiple": "5"})
    case = {**ARREARS, "order_deadline": "2026-03-01", "missed": [{"month": "2026-02", "amount": "1000.45"}],
            "last_paid_month": "2026-01"}  # fmt: skip
    found = ask(case, fine)["cost"]["fine"]
    assert (found["low"], found["high"]) == ("2000.90", "5002.25")


def test_a_rule_that_names_the_subsidy_alone_names_no_price() -> None:
    price = ask(RESIDENT, rule("CN", "resident", "contribution", {"subsidy": "700.00"}))["cost"]["principal"]
    assert (price["value"], price["low"], price["note"]) == (None, None, words.PRICE_UNKNOWN)


def test_a_resident_who_pays_nothing_is_told_so() -> None:
    made = book(rule("CN", "resident", "contribution", {"individual": "400.00", "groups": {"medical_assistance": "0.00"}}))
    case = Case.parse(read({**RESIDENT, "exempt_group": "medical_assistance"}), made)
    assert "要交：0.00元（本人出）" in summary(whole(case, made)).splitlines()


def test_the_nations_least_price_is_the_price_of_the_nation_alone() -> None:
    places = [{"code": "CN", "name": "全国", "parent": None, "level": "nation"},
              {"code": "XPCC", "name": "新疆生产建设兵团", "parent": "CN", "level": "province"}]  # fmt: skip
    least = rule("CN", "resident", "contribution", {"individual": "400.00", "at_least": True})
    made = Rulebook.load({
        "version": "1", "hash": "sha256:0", "places": places, "groups": [], "documents": {"d": {"title": "文件"}},
        "channels": [], "claims": [], "rules": [least],
    })  # fmt: skip
    prices = {place: assess(Case.parse({**RESIDENT, "place": place}, made), made).to_json()["cost"]["principal"]["high"]
              for place in ("CN", "XPCC")}  # fmt: skip
    assert prices == {"CN": "400.00", "XPCC": None}
