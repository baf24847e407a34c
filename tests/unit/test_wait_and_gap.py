"""The wait, the gap before it and who need not wait: where a day, a month or an unsettled word makes the difference."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from calculator import Case, words
from calculator.exemption import terms_met
from calculator.further import money_words as say
from calculator.model import Group
from tests.unit.small import EMPLOYEE, RESIDENT, ask, months, rule

Json = dict[str, Any]
PAID = {**EMPLOYEE, "paid_on": "2026-03-10"}
NEWBORN = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-01-10"}


def asked(case: Json, *rules: Json) -> Json:
    """Of a Case read from JSON, as programs send it."""
    found: Json = ask(json.loads(json.dumps(case)), *rules)
    return found


def restoration(*tiers: Json, scheme: str = "employee", **more: Any) -> Json:
    return rule("330100", scheme, "restoration", {"tiers": list(tiers)}, **more)


def visit(day: str) -> Json:
    return {"date": day, "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.8"}


@pytest.mark.parametrize("paid", [{"cap": "1000"}, {"ratio": "0.5"}])
def test_after_what_is_paid_for_some_months_the_rest_of_the_wait_is_open(paid: Json) -> None:
    some = {"wait": months(6), "resume": "wait_from_payment_day", "effect": {"schedule": [{"length": months(3), **paid}]}}
    case = {**EMPLOYEE, "paid_on": "2026-01-10", "back_paid": True}
    for as_of, value in (("2026-04-09", True), ("2026-04-10", None), ("2026-07-09", None), ("2026-07-10", True)):
        fund = asked({**case, "as_of": as_of}, restoration(some))["use_now"]["fund"]
        assert fund["value"] is value
        assert (say.WAIT_UNKNOWN in fund["note"]) is (value is None)


def test_a_visit_after_the_payment_lies_in_the_wait_and_not_in_the_gap() -> None:
    wait = rule("CN", "resident", "waiting", {"fixed": months(3), "start": {"late": "payment_day"}, "end": "same_day"})
    back = rule("CN", "resident", "effect", {"retroactive": False})
    stop = rule("CN", "resident", "suspension", {"stop": "year_start"})
    case = {**RESIDENT, "last_covered_year": 2024, "in_window": False, "paid_on": "2026-03-10"}
    for day, pays, note in (("2026-03-09", False, words.IN_GAP), ("2026-03-10", None, words.VISIT_UNKNOWN),
                            ("2026-04-01", None, words.VISIT_UNKNOWN), ("2026-06-10", True, words.RESTORED)):
        covered = asked({**case, "treatments": [visit(day)]}, wait, back, stop)["treatments"][0]["covered"]
        assert covered["value"] is pays and note in covered["note"]


def test_who_may_not_have_to_wait_may_be_paid_for_in_the_wait() -> None:
    wait = restoration({"wait": months(3), "resume": "wait_from_payment_month"}, scheme="resident", situations=["scheme_switch"])
    switch = {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "situation": "scheme_switch", "coverage_year": 2026,
              "last_paid_month": "2025-10", "previous_scheme": "employee", "paid_on": "2026-03-10"}
    switch |= {"treatments": [visit("2026-04-01")]}
    assert asked(switch, wait)["treatments"][0]["covered"]["value"] is False
    assert asked({**switch, "exempt_group": "veteran"}, wait)["treatments"][0]["covered"]["value"] is None


def test_before_the_day_on_which_a_group_would_begin_it_is_open_what_is_paid() -> None:
    wait = restoration({"wait": months(3), "resume": "wait_from_payment_month"}, scheme="resident", situations=["scheme_switch"])
    group = rule("CN", "resident", "exemption", {"groups": {"veteran": {"unsettled": True, "resume": "next_month"}}})
    switch = {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "situation": "scheme_switch", "coverage_year": 2026,
              "last_paid_month": "2025-10", "previous_scheme": "employee", "paid_on": "2026-03-10"}
    switch |= {"treatments": [visit("2026-03-20")]}
    assert asked(switch, wait, group)["treatments"][0]["covered"]["value"] is False
    assert asked({**switch, "exempt_group": "veteran"}, wait, group)["treatments"][0]["covered"]["value"] is None


def test_a_short_wait_is_explained_as_a_long_one_is() -> None:
    def steps(wait: Json) -> list[str]:
        tier = {"wait": wait, "resume": "wait_from_payment_month"}
        return [step["sentence"] for step in asked(PAID, restoration(tier))["steps"]]

    assert len(steps(months(1))) == len(steps(months(2))) > len(steps(months(0)))


def test_what_decides_who_bears_the_bills_is_asked_for_beside_what_decides_the_wait() -> None:
    lines = (
        {"when": {"back_paid": True, "paid_by_order_deadline": True}, "wait": months(0), "resume": "payment_day"},
        {"when": {"back_paid": True}, "wait": months(0), "resume": "payment_day", "liable": "employer"},
        {"wait": months(3), "resume": "wait_from_payment_month"},
    )
    note = asked(PAID, restoration(*lines))["waiting"]["note"]
    assert "中断的月份是否补缴" in note and "责令补缴的最后期限" in note


def test_whoever_comes_to_the_employees_by_a_switch_comes_from_the_residents() -> None:
    lines = {"when": {"previous_scheme": ["resident"]}, "wait": months(0), "resume": "payment_day"}, {"wait": months(3)}
    text = restoration(*lines, situations=["scheme_switch", "transfer"])
    assert asked({**PAID, "situation": "scheme_switch"}, text)["waiting"]["value"] == 0
    assert asked({**PAID, "situation": "transfer"}, text)["waiting"]["value"] == 3


def test_an_employer_in_arrears_of_no_month_leaves_no_lapse() -> None:
    found = asked({**EMPLOYEE, "situation": "employer_arrears", "last_paid_month": "2026-02"})
    assert (found["waiting"]["value"], found["waiting"]["note"]) == (0, words.NO_LAPSE)
    assert found["headline"] == words.HEADLINE_NO_LAPSE


@pytest.mark.parametrize(("months_on_benefit", "first"), [(0, "2025-09"), (1, "2025-10"), (2, "2025-11"), (3, "2025-12")])
def test_months_on_benefit_are_taken_off_the_beginning_of_the_lapse(months_on_benefit: int, first: str) -> None:
    case = {**EMPLOYEE, "last_paid_month": "2025-08", "unemployment_months": months_on_benefit}
    assert asked(case)["lapse"]["from"] == first


# ---- newborns and other groups


@pytest.mark.parametrize(("registered", "begins"), [("2026-07-10", "2026-07-10"), ("2026-07-11", None)])
def test_up_to_the_last_day_late_registration_has_its_own_day(registered: str, begins: str | None) -> None:
    later = {"within": months(3), "after_resume": "payment_day", "after_until": months(6)}
    case = {**NEWBORN, "as_of": "2026-07-20", "paid_on": registered}
    found = asked(case, rule("CN", "resident", "newborn", later))["benefits_resume_on"]
    assert (found["value"], words.NEWBORN_LATE in found["note"]) == (begins, begins is None)


def test_a_year_that_was_over_at_birth_is_over_and_no_wait_is_too_long() -> None:
    by = rule("CN", "resident", "newborn", {"within": months(3)})
    found = asked({**NEWBORN, "coverage_year": 2025, "paid_on": "2026-02-10"}, by)
    assert found["headline"] == words.HEADLINE_YEAR_OVER.format(year=2025, next=2026)


def test_only_of_a_newborn_is_it_said_by_when_to_register() -> None:
    by = rule("CN", "resident", "newborn", {"within": months(3)})
    assert asked(NEWBORN, by)["registration"]["newborn_by"]["value"] == "2026-04-10"
    assert ask(NEWBORN, by)["registration"]["newborn_by"]["value"] == "2026-04-10"
    child = {**RESIDENT, "born_on": "2026-01-10", "last_covered_year": None}
    assert "registration" not in asked({**child, "exempt_group": "medical_assistance"}, by)


@pytest.mark.parametrize(("event", "met"), [("2026-03-09", True), ("2026-03-10", True), ("2026-03-11", False)])
def test_an_event_of_the_day_of_payment_is_of_its_year(event: str, met: bool) -> None:
    case = Case("resident", "CN", date(2026, 3, 20), paid_on=date(2026, 3, 10), event_on=date.fromisoformat(event))
    assert terms_met(case, Group(same_year=True)) is met


def test_signing_with_a_clinic_is_asked_about_by_its_day_or_by_what_was_paid() -> None:
    for said in ({"signed_on": "2026-02-01"}, {"reimbursed_this_year": "100.00"}):
        assert asked({**RESIDENT, **said})["outpatient"]["starts_on"]["note"] == say.OUTPATIENT_ASK
    assert "outpatient" not in asked(RESIDENT)


@pytest.mark.parametrize(("day", "next_day"), [("2026-01-01", "2026-01-02"), ("2026-01-02", "2026-01-03")])
def test_within_the_year_who_may_not_wait_begins_on_the_day_of_payment_or_the_next(day: str, next_day: str) -> None:
    wait = rule("CN", "resident", "waiting", {"fixed": months(3), "start": {"in_window": "payment_day", "late": "payment_day"}})
    open_now = {"start": "09-01", "end": "12-31", "extension_end": "02-28", "within_year_resume": "payment_day"}
    case = {**RESIDENT, "paid_on": day, "exempt_group": "veteran"}
    found = asked(case, wait, rule("CN", "resident", "window", open_now))["benefits_resume_on"]
    assert (found["low"], found["high"]) == (day, next_day)
