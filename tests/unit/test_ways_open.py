"""The ways still open, side by side: which are listed, and what each of them loses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case, Rulebook, advise
from calculator.advice import words
from tests.unit.small import EMPLOYEE, RESIDENT, book, days, months, rule

Json = dict[str, Any]
WAITS = {"fixed": months(3), "start": {"in_window": "year_start", "late": "payment_day"}, "end": "same_day"}


def ways(case: Json, made: Rulebook) -> dict[str, list[str]]:
    """What each way loses, by its id."""
    return {row.option.id: list(row.loses) for row in advise(Case.parse(case, made), made).rows}


def test_a_way_that_is_no_case_on_its_day_is_not_listed() -> None:
    planned = {**RESIDENT, "last_paid_month": "2026-03", "paid_on": "2026-04-05"}
    assert [name for name in ways(planned, book()) if "." not in name] == ["next_month", "planned"]
    assert [name for name in ways({**planned, "last_paid_month": "2026-02"}, book()) if "." not in name] == [
        "today", "month_end", "next_month", "planned",
    ]  # fmt: skip


def test_the_window_of_the_year_after_an_odd_one_is_looked_for_too() -> None:
    dated = [["2028-01-01", {"start": "2027-09-01", "end": "2027-12-31"}]]
    case = {**RESIDENT, "as_of": "2027-03-20", "coverage_year": 2027, "last_covered_year": 2026}
    made = book(rule("330100", "resident", "window", dated))
    assert words.NO_WINDOW not in (advise(Case.parse(case, made), made).note or "")
    assert "window.2028" in ways(case, made)


@pytest.mark.parametrize(("effect", "said"), [
    ({"ratio": "0.50"}, "按正常的50%付"), ({"schedule": [{"length": months(1), "cap": "5000"}]}, "最多付5000元"),
    ("zero", "能用以前，统筹基金不付"), ("none", None),
])  # fmt: skip
def test_what_is_paid_in_a_wait_of_one_month_is_said_unless_nothing_is_cut(effect: Any, said: str | None) -> None:
    tier = {"wait": months(1), "resume": "wait_from_payment_day", "retroactive": False, "effect": effect}
    told = [one for one in ways(EMPLOYEE, book(rule("CN", "employee", "restoration", {"tiers": [tier]})))["today.back_paid"]
            if one.startswith("缴费后：")]  # fmt: skip
    assert told == [] if said is None else len(told) == 1 and said in told[0]


def test_a_resident_of_whose_wait_nothing_is_cut_loses_nothing_in_it() -> None:
    rules = [
        rule("CN", "resident", "waiting", WAITS),
        rule("CN", "resident", "effect", {"retroactive": False, "in_wait": "none"}),
    ]
    made = book(*json.loads(json.dumps(rules)))
    assert not [one for one in ways({**RESIDENT, "in_window": False}, made)["today"] if one.startswith("缴费后：")]


def test_whether_repaying_is_of_use_is_asked_of_each_day_by_itself() -> None:
    case = {**RESIDENT, "last_covered_year": 2024, "years_repaid": 1, "paid_on": "2026-05-10", "in_window": False}
    found = ways(case, book(rule("CN", "resident", "waiting", WAITS)))
    assert {name for name, loses in found.items() if words.REPAIR_NO_USE in loses} == {"planned"}


def test_a_single_way_is_neither_the_earliest_nor_the_cheapest() -> None:
    made = book(rule("CN", "resident", "contribution", {"individual": "400.00"}), rule("CN", "resident", "waiting", WAITS))
    found = advise(Case.parse({**RESIDENT, "as_of": "2025-12-31", "in_window": True}, made), made)
    assert len(found.rows) > 1 and found.earliest
    asked = {**RESIDENT, "as_of": "2026-12-31", "in_window": True, "last_covered_year": 2025}
    alone = advise(Case.parse(asked, made), made)
    assert [row.option.id for row in alone.rows] == ["today"] and (alone.earliest, alone.cheapest) == ((), ())


def test_nobody_doubts_that_a_child_can_be_paid_for_when_its_year_is_over() -> None:
    asked = {"scheme": "resident", "place": "330100", "as_of": "2027-01-10", "coverage_year": 2026, "exempt_group": "newborn"}
    made = book(rule("CN", "resident", "newborn", {"within": days(90)}))
    rows = advise(Case.parse({**asked, "born_on": "2026-12-20"}, made), made).rows
    assert rows and all(row.option.notes == () for row in rows)


def test_whether_the_window_is_open_was_said_of_the_planned_day_alone() -> None:
    made = book(rule("CN", "resident", "waiting", WAITS))
    rows = advise(Case.parse({**RESIDENT, "paid_on": "2026-05-10", "in_window": False}, made), made).rows
    told = {row.option.id: row.option.case.in_window for row in rows}
    assert told == {"today": None, "month_end": None, "next_month": None, "planned": False}


def test_a_window_that_opens_today_need_not_be_waited_for() -> None:
    dated = rule("330100", "resident", "window", {"start": "09-01", "end": "12-31"})
    named = {day: set(ways({**RESIDENT, "as_of": day}, book(dated))) for day in ("2026-08-31", "2026-09-01")}
    assert "window.2027" in named["2026-08-31"] and "window.2027" not in named["2026-09-01"]


@pytest.mark.parametrize(("planned", "title"), [
    (None, "今天（3月20日）缴，补缴2年"), ("2026-05-10", "按计划在5月10日缴，补缴2年"),
])  # fmt: skip
def test_years_are_repaid_today_or_on_the_planned_day(planned: str | None, title: str) -> None:
    made = book(rule("CN", "resident", "waiting", WAITS))
    rows = advise(Case.parse({**RESIDENT, "last_covered_year": 2023, "paid_on": planned}, made), made).rows
    assert {row.option.id: row.option.title for row in rows}["repair.2"] == title
