"""The last day of better terms, in rulebooks of a few rules: where there is one, where there is none, and what is said of it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from calculator import Case, advise
from calculator.advice.last_days import last_days
from calculator.advice.options import last_day_to_pay
from tests.unit.small import EMPLOYEE, RESIDENT, book, days, months, rule

Json = dict[str, Any]
GAP_PAID = {**EMPLOYEE, "back_paid": True}
NEWBORN = {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "coverage_year": 2026, "exempt_group": "newborn",
           "last_covered_year": None}  # fmt: skip
FIRST_TIME = {"fixed": months(3), "in_window_first_enrolment": months(0), "start": {"in_window": "year_start"}}
WINDOW = rule("CN", "resident", "window", {"start": "09-01", "end": "12-31", "extension_end": "03-31"})


def told(case: Json, *rules: Json) -> list[tuple[str, str]]:
    made = book(*rules)
    return [(str(last.day), last.text) for last in last_days(Case.parse(case, made), made)]


def restoration(*tiers: Json) -> Json:
    return rule("CN", "employee", "restoration", {"tiers": list(tiers)})


def test_a_longer_wait_has_a_last_day_before_it_and_one_as_long_has_none() -> None:
    short = {"when": {"lapse": {"max": 5}}, "wait": months(12), "resume": "next_month", "retroactive": False}
    as_long, longer = ({"wait": months(n), "resume": "next_month"} for n in (12, 13))
    assert told(GAP_PAID, restoration(short, as_long)) == []
    (last,) = told(GAP_PAID, restoration(short, longer))
    assert last[0] == "2026-04-30" and last[1].startswith("最晚4月30日缴，等12个月")


def test_where_the_missing_months_cannot_be_paid_nobody_is_told_by_when_to_pay_them() -> None:
    tiers = [{"when": {"back_paid": True, "lapse": {"max": 5}}, "wait": months(0)}, {"wait": months(6)}]
    shut = rule("CN", "employee", "procedure_rule", {"back_payment": {"person": False}})
    assert told(EMPLOYEE, restoration(*tiers), shut) == []
    (last,) = told(EMPLOYEE, restoration(*tiers))
    assert last[0] == "2026-04-30" and last[1].startswith("补上断缴月份的，")


def test_a_newborn_of_whom_no_rule_speaks_is_told_of_the_wait() -> None:
    waits, gap = rule("CN", "resident", "waiting", FIRST_TIME), rule("CN", "resident", "effect", {"retroactive": False})
    for rules in ((waits, WINDOW), (waits, WINDOW, gap)):
        (window, text), (year, _) = told({**NEWBORN, "born_on": "2026-03-01"}, *rules)
        assert (window, year) == ("2026-03-31", "2026-12-31")
        assert text.startswith("最晚3月31日缴，没有等待期；再晚，等0到3个月")


def test_nobody_can_be_registered_before_birth() -> None:
    waits = rule("CN", "resident", "waiting", FIRST_TIME)
    unborn = {**NEWBORN, "born_on": "2026-05-10"}
    for case in (unborn, json.loads(json.dumps(unborn))):
        assert [day for day, _ in told(case, waits, WINDOW)] == ["2026-12-31"]


@pytest.mark.parametrize(("sooner", "last"), [
    ([1], ["01-31", "04-30", "07-31", "10-31"]), ([1, 3], ["01-31", "04-30", "07-31", "10-31"]),
    ([1, 2], ["02-28", "05-31", "08-31", "11-30"]),
])  # fmt: skip
def test_where_the_month_of_the_quarter_counts_each_quarter_has_its_last_day(sooner: list[int], last: list[str]) -> None:
    tiers = {"when": {"quarter_month": sooner}, "wait": months(1)}, {"wait": months(2)}
    found = told({**GAP_PAID, "as_of": "2026-01-20"}, restoration(*tiers))
    assert [day for day, _ in found] == [f"2026-{day}" for day in last]


def test_three_months_are_longer_than_eighty_eight_days() -> None:
    short, longer = {"when": {"lapse": {"max": 5}}, "wait": days(88)}, {"wait": months(3)}
    assert [day for day, _ in told(GAP_PAID, restoration(short, longer))] == ["2026-04-30"]


@pytest.mark.parametrize(("registered_on", "last"), [(None, ["2026-04-01"]), ("2026-03-31", ["2026-04-01"]), ("2026-04-20", [])])
def test_who_is_to_be_registered_too_late_has_no_day_to_pay_in_time(registered_on: str | None, last: list[str]) -> None:
    case = {**NEWBORN, "born_on": "2026-01-01", "registered_on": registered_on}
    assert [day for day, _ in told(case, rule("CN", "resident", "newborn", {"within": days(90)}))] == last


def test_for_a_year_that_is_over_there_is_no_last_day_also_where_the_next_can_still_be_paid() -> None:
    late = rule("330100", "resident", "window", [["2026-01-01", {"start": "2026-02-01", "end": "2026-03-31"}]])
    waits = rule("CN", "resident", "waiting", {**FIRST_TIME, "end": "same_day"})
    made = book(late, waits)
    case = {**RESIDENT, "as_of": "2026-01-05", "coverage_year": 2025, "last_covered_year": 2024}
    found = advise(Case.parse(case, made), made)
    assert [row.option.id for row in found.rows] == ["window.2026"] and found.last_days == ()


@pytest.mark.parametrize(("case", "last"), [
    ({**EMPLOYEE, "as_of": "2026-03-01"}, date(2027, 3, 1)), ({**EMPLOYEE, "as_of": "2026-03-31"}, date(2027, 3, 1)),
    (RESIDENT, date(2026, 12, 31)), ({**RESIDENT, "as_of": "2027-03-20", "coverage_year": 2027}, date(2027, 12, 31)),
    ({**RESIDENT, "as_of": "2026-11-20", "coverage_year": 2027}, date(2027, 11, 1)),
    (NEWBORN, date(2026, 12, 31)), ({**NEWBORN, "born_on": "2026-03-01"}, date(2027, 3, 1)),
])  # fmt: skip
def test_nobody_looks_farther_ahead_than_a_year_nor_beyond_the_insured_year(case: Json, last: date) -> None:
    assert last_day_to_pay(Case.parse(case, book())) == last
