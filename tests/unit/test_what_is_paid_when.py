"""On which day the fund pays: in the wait, at a visit, today, around the turn of the year and at retirement."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator import Case, words
from calculator.conditions import holds
from calculator.exemption import terms_met
from calculator.further import money_words as say
from calculator.further.back_payment import may_be_paid
from calculator.lapse import lapse_of
from calculator.model import Group, Wait
from calculator.ranges import Range, exact
from calculator.resume import resume_range
from calculator.schedule import Payment, Stretch, agreed
from calculator.values import Length
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, months, rule

Json = dict[str, Any]
PAID = {**EMPLOYEE, "paid_on": "2026-01-10", "back_paid": True}
SWITCH = {"scheme": "resident", "place": "330100", "as_of": "2026-01-20", "situation": "scheme_switch", "coverage_year": 2026,
          "last_paid_month": "2025-09", "previous_scheme": "employee"}


def visit(day: str) -> Json:
    return {"date": day, "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.8"}


def covered(case: Json, *rules: Json) -> Json:
    return ask(case, *rules)["treatments"][0]["covered"]


# ---- a visit


def test_a_newborn_is_covered_from_the_day_of_birth_on() -> None:
    by = rule("CN", "resident", "newborn", {"within": {"n": 90, "unit": "day"}})
    born = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-01-10", "paid_on": "2026-02-10"}
    for day, pays in (("2026-01-09", False), ("2026-01-10", True), ("2026-01-11", True), ("2026-03-01", True)):
        assert covered({**born, "treatments": [visit(day)]}, by)["value"] is pays


def test_who_names_an_employer_in_arrears_but_no_missing_month_is_covered() -> None:
    case = {**EMPLOYEE, "situation": "employer_arrears", "last_paid_month": "2026-02", "treatments": [visit("2026-03-01")]}
    found = covered(case)
    assert (found["value"], found["note"]) == (True, words.NO_LAPSE)


@pytest.mark.parametrize(("day", "pays"), [("2026-03-04", True), ("2026-03-05", None), ("2026-03-10", None)])
def test_from_the_day_on_which_benefits_stopped_without_a_lapse_nothing_is_sure(day: str, pays: bool | None) -> None:
    stopped = {**EMPLOYEE, "last_paid_month": "2026-02", "benefits_stopped_on": "2026-03-05"}
    assert covered({**stopped, "treatments": [visit(day)]})["value"] is pays


@pytest.mark.parametrize(("day", "line"), [("2026-03-20", words.HEADLINE_STOPPED), ("2026-03-21", words.HEADLINE_NO_LAPSE)])
def test_what_stopped_today_has_stopped(day: str, line: str) -> None:
    assert ask({**EMPLOYEE, "last_paid_month": "2026-02", "benefits_stopped_on": day})["headline"] == line


def test_another_reading_is_asked_about_a_visit_also_where_both_agree_on_all_but_when_the_worlds_part() -> None:
    def half(known: bool, length: int) -> Json:
        paid = {"schedule": [{"length": months(length), "ratio": "0.5"}, {"ratio": "0.8"}]}
        return {"when": {"back_paid": known}, "wait": months(12), "resume": "wait_from_payment_month", "effect": paid}

    longer = {"tiers": [half(True, 7), half(False, 8)]}
    reading = {"id": "longer", "title": "多一个月", "standing": "unclear", "differs": longer, "sources": []}
    text = rule("330100", "employee", "restoration", {"tiers": [half(True, 6), half(False, 7)]}, readings=[reading])
    case = {**EMPLOYEE, "as_of": "2026-09-01", "paid_on": "2026-01-10", "treatments": [visit("2026-07-20")]}
    found = ask(case, text)
    assert found["payment_effect"]["alternatives"] == []
    assert covered(case, text)["value"] is None
    assert [(one["value"], one["rules"]) for one in found["treatments"][0]["covered"]["alternatives"]] == [
        (True, ["330100.employee.restoration#longer"])
    ]


# ---- today


@pytest.mark.parametrize(("as_of", "value", "note"), [
    ("2026-03-20", True, "最多付"), ("2026-05-20", None, say.WAIT_UNKNOWN), ("2026-07-20", True, say.RESTORED_NOW),
])
def test_after_a_most_that_is_paid_for_some_months_the_rest_is_open(as_of: str, value: bool | None, note: str) -> None:
    most = {"schedule": [{"length": months(3), "cap": "1000"}]}
    tier = {"wait": months(6), "resume": "wait_from_payment_day", "effect": most}
    fund = ask({**PAID, "as_of": as_of}, rule("330100", "employee", "restoration", {"tiers": [tier]}))["use_now"]["fund"]
    assert fund["value"] is value and note in fund["note"]


def test_who_has_paid_for_the_year_to_come_is_not_yet_without_cover() -> None:
    fund = ask({**RESIDENT, "as_of": "2025-12-20", "last_covered_year": 2026, "coverage_year": 2027})["use_now"]["fund"]
    assert (fund["value"], fund["note"]) == (True, say.YEAR_COVERED)


# ---- the turn of the year


def test_a_year_skipped_stops_benefits_on_its_first_day_also_when_that_lies_ahead() -> None:
    stop = rule("CN", "resident", "suspension", {"stop": "year_start"})
    skipped = {**RESIDENT, "as_of": "2025-12-20", "coverage_year": 2027}
    assert ask(skipped, stop)["benefits_stop_on"]["value"] == "2026-01-01"
    assert ask({**skipped, "coverage_year": 2026}, stop)["benefits_stop_on"]["value"] is None


def switched(paid_on: str) -> Json:
    back = {"wait": months(0), "resume": "payment_day", "retroactive": True}
    text = rule("330100", "resident", "restoration", {"tiers": [back]}, situations=["scheme_switch"])
    return ask({**SWITCH, "paid_on": paid_on}, text)


def test_what_is_paid_on_the_first_day_of_the_year_is_this_years_premium() -> None:
    ahead, first = switched("2025-12-31")["retroactive"], switched("2026-01-01")["retroactive"]
    assert (ahead["value"], ahead["note"]) == (None, words.NEXT_YEARS_PREMIUM)
    assert first["value"] is True


def test_after_its_last_day_a_year_is_of_no_use_to_who_switches_either() -> None:
    assert switched("2026-12-31")["benefits_resume_on"]["value"] == "2026-12-31"
    late = switched("2027-01-01")["benefits_resume_on"]
    assert (late["value"], late["low"], late["note"]) == (None, None, words.PAID_AFTER_YEAR)


# ---- the wait and what it asks


def test_a_wait_in_days_ends_between_the_day_and_the_day_after() -> None:
    wait = Wait.load(json.loads('{"n": 90, "unit": "day"}'))
    assert wait is not None
    assert resume_range(None, exact(wait.length), date(2026, 3, 10)) == Range(date(2026, 6, 8), date(2026, 6, 9))


def test_the_month_of_payment_is_counted_with_the_lapse_alone() -> None:
    world = {"lapse": 3, "continuous_months": 12, "earlier_lapses": 1, "missed_this_year": 3}
    for key, most in world.items():
        assert holds({key: {"max": most}}, world, counts_payment_month=False)
        assert holds({key: {"max": most}}, world, counts_payment_month=True) is (key != "lapse")


@pytest.mark.parametrize(("event", "kept"), [("2026-03-11", False), ("2026-03-10", True), ("2026-02-10", True),
                                             ("2025-12-10", True), ("2025-12-09", False)])
def test_within_a_time_after_an_event_is_every_day_of_it(event: str, kept: bool) -> None:
    case = Case("resident", "CN", date(2026, 3, 20), paid_on=date(2026, 3, 10), event_on=date.fromisoformat(event))
    assert terms_met(case, Group(within=Length(3, "month"))) is kept


def stretch(first: str, last: str, ratio: str) -> Stretch:
    return Stretch(date.fromisoformat(first), date.fromisoformat(last), Decimal(ratio))


def test_what_worlds_have_in_common_ends_where_they_part() -> None:
    later = stretch("2026-07-01", "2026-09-30", "0.8")

    def ratio(first: Stretch) -> Payment:
        return Payment("ratio", (first, later))

    half, tenth = stretch("2026-04-01", "2026-06-30", "0.5"), stretch("2026-04-01", "2026-06-30", "0.1")
    assert agreed([ratio(half), ratio(tenth)]) == Payment("ratio")
    sooner = half._replace(last=date(2026, 5, 31))
    assert agreed([ratio(half), ratio(sooner)]) == Payment("ratio", (half._replace(last=None),))
    assert agreed([ratio(half)]) == agreed([ratio(half), ratio(half)]) == ratio(half)


# ---- years, caps and what may be paid back


def test_who_retires_today_may_still_pay_for_this_month() -> None:
    years = rule("330100", "employee", "retirement", {"years": {"n": 25, "unit": "year"}})
    case = {**EMPLOYEE, "insured_months": 299, "back_paid": False}
    gaps = {}
    for day in ("2026-03-19", "2026-03-20", "2026-04-01"):
        gap = ask({**case, "retires_on": day}, years)["retirement"]["gap_on_retiring"]
        gaps[day] = gap["low"], gap["high"]
    assert gaps == {"2026-03-19": (1, 1), "2026-03-20": (0, 1), "2026-04-01": (0, 0)}


def test_a_penalty_by_the_year_is_not_taken_for_months() -> None:
    text = rule("CN", "resident", "incentive", {"penalty_per_year": "1000"})
    by_month = {key: value for key, value in RESIDENT.items() if key != "last_covered_year"} | {"last_paid_month": "2025-10"}
    assert ask(by_month, text)["incentive"]["penalty"]["value"] is None
    assert ask({**RESIDENT, "last_covered_year": 2023}, text)["incentive"]["penalty"]["value"] == "2000.00"


@pytest.mark.parametrize(("paid", "times"), [(6, "1"), (7, "2"), (8, "2"), (9, "2")])
def test_the_highest_cap_holds_for_every_count_of_months_from_its_own_on(paid: int, times: str) -> None:
    tiers = [{"from_months": 0, "below_months": 7, "multiple": "1"}, {"from_months": 7, "multiple": "2"}]
    found = ask({**EMPLOYEE, "continuous_months": paid}, rule("330100", "employee", "scope", {"limit": tiers}))
    assert found["cap"]["before"]["value"] == times


def test_a_limit_on_the_months_that_may_be_paid_back_needs_months() -> None:
    made = book(rule("330100", "employee", "procedure_rule", {"back_payment": {"person": True, "lapse_max": 3}}))
    for last_paid, may in (("2026-02", True), ("2025-11", True), ("2025-10", False)):
        case = Case.parse({**EMPLOYEE, "last_paid_month": last_paid}, made)
        assert may_be_paid(case, made, lapse_of(case)) is may
