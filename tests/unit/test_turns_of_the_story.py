"""Where the story of an answer turns: the stop after the restoration, the year that ends in between, the child not registered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case
from calculator.case_error import CaseError
from calculator.show import summary, timeline
from calculator.show.asked import in_vain, new, unbroken
from calculator.show.story import story_of
from calculator.text import whole
from tests.unit.small import EMPLOYEE, RESIDENT, book, days, months, rule

Json = dict[str, Any]
PAID = {**EMPLOYEE, "paid_on": "2026-03-10", "back_paid": True}
WAITS = rule("CN", "resident", "waiting", {
    "fixed": months(3), "start": {"in_window": "year_start", "late": "payment_day"}, "end": "same_day",
})  # fmt: skip


def told(case: Json, *rules: Json) -> Json:
    """The whole answer as a page has it: read from its JSON."""
    made = book(*rules)
    found: Json = json.loads(json.dumps(whole(Case.parse(json.loads(json.dumps(case)), made), made)))
    return found


def stretches(answer: Json) -> list[tuple[str | None, str]]:
    return [(one.first and str(one.first), one.kind) for one in story_of(answer).stretches]


@pytest.mark.parametrize(("situation", "begins"), [
    ("same_place", True), ("transfer", True), ("scheme_switch", False), ("first_enrolment", True),
])  # fmt: skip
def test_who_was_never_insured_begins_unless_it_is_a_switch(situation: str, begins: bool) -> None:
    case = Case.parse(json.loads(json.dumps({**RESIDENT, "last_covered_year": None, "situation": situation})), book())
    assert new(json.loads(json.dumps(case.to_json()))) is case.new is begins


def test_nobody_else_than_an_employer_is_in_arrears() -> None:
    with pytest.raises(CaseError):
        Case.parse({**RESIDENT, "last_covered_year": None, "situation": "employer_arrears"}, book())


def test_an_employer_in_arrears_of_no_month_has_broken_nothing() -> None:
    answer = told({**EMPLOYEE, "situation": "employer_arrears", "last_paid_month": "2026-02"})
    assert unbroken(answer) and stretches(answer) == [(None, "covered")]
    first = told({**EMPLOYEE, "situation": "first_enrolment", "last_paid_month": None, "paid_on": "2026-03-10"})
    assert not unbroken(first)


def test_a_child_that_can_still_be_registered_when_its_year_is_over_pays_for_what_is_of_use() -> None:
    asked = {"scheme": "resident", "place": "330100", "as_of": "2027-01-10", "coverage_year": 2026, "exempt_group": "newborn"}
    said = {"newborn": {"within": days(90)}, "contribution": {"individual": "400"}, "late_fee": {"daily_rate": None}}
    answer = told({**asked, "born_on": "2026-12-20"}, *(rule("CN", "resident", topic, value) for topic, value in said.items()))
    assert not in_vain(answer)
    assert "要交：400.00元（本人出）" in summary(answer).splitlines()


def test_of_twenty_five_visits_most_are_only_counted() -> None:
    visits = [{"date": f"2025-12-{day:02d}", "kind": "outpatient", "amount": "10.00"} for day in range(1, 26)]
    answer = told({**EMPLOYEE, "treatments": visits})
    assert "还有13次就医没有画出来" in timeline(answer)
    assert "还有21次就医没有列出来" in summary(answer).splitlines()


def test_a_stop_that_was_to_come_after_the_restoration_is_no_gap() -> None:
    lines = rule("CN", "employee", "restoration", {"tiers": [{"wait": months(0), "resume": "payment_day"}]})
    answer = told({**EMPLOYEE, "paid_on": "2026-03-10", "back_paid": True, "benefits_stopped_on": "2026-04-01"}, lines)
    assert stretches(answer) == [(None, "covered"), ("2026-03-10", "covered")]


def test_after_the_insured_year_nothing_is_told_of_but_the_year_to_come() -> None:
    late = {**RESIDENT, "last_covered_year": 2023, "as_of": "2026-11-20", "paid_on": "2026-10-10", "in_window": False}
    answer = told({**late, "benefits_stopped_on": "2027-01-10"}, WAITS)
    assert answer["benefits_resume_on"]["value"] == "2027-01-10"
    assert stretches(answer)[-1] == ("2027-01-01", "maybe")
    unsure = told({**RESIDENT, "as_of": "2026-11-20", "paid_on": "2026-10-20"}, WAITS)
    assert unsure["benefits_resume_on"]["high"] == "2027-01-20"
    assert stretches(unsure)[-1] == ("2027-01-01", "maybe")


def test_skipped_years_of_which_the_stop_is_not_known_are_drawn_from_their_first_day() -> None:
    assert ("2024-01-01", "lapsed") in stretches(told({**RESIDENT, "last_covered_year": 2023}))
    assert ("2025-11-01", "lapsed") in stretches(told(EMPLOYEE))


def test_the_opening_of_a_window_is_no_last_day() -> None:
    answer = told(RESIDENT, rule("330100", "resident", "window", {"start": "09-01", "end": "12-31"}))
    kinds = {event.text: event.kind for event in story_of(answer).events}
    assert {text: kind for text, kind in kinds.items() if "集中参保" in text} == {
        "2027年度集中参保开始": "window", "2027年度集中参保期最后一天": "deadline",
    }  # fmt: skip


def test_a_wait_paid_in_steps_says_once_how_long_it_is() -> None:
    steps = {"schedule": [{"length": months(1), "ratio": "0.50"}, {"ratio": "0.70"}]}
    tier = {"wait": months(3), "resume": "wait_from_payment_day", "effect": steps}
    answer = told(PAID, rule("CN", "employee", "restoration", {"tiers": [tier]}))
    parts = [one.text for one in story_of(answer).stretches if one.kind == "part"]
    assert [("等待期3个月。" in text, "按正常的" in text) for text in parts] == [(True, True), (False, True)]
    answer["payment_effect"]["value"]["schedule"] = [{"from": answer["benefits_resume_on"]["value"], "to": None, "ratio": "0.50"}]
    assert "part" not in [kind for _, kind in stretches(answer)], "what begins with the restoration is no part of the wait"


def test_a_wait_of_which_the_length_is_not_known_is_told_as_such() -> None:
    tier = {"wait": "unstated", "resume": "next_month", "effect": "zero"}
    answer = told(PAID, rule("CN", "employee", "restoration", {"tiers": [tier]}))
    (text,) = [one.text for one in story_of(answer).stretches if one.kind == "wait"]
    assert text.startswith("要等多久，没有查到。医保基金不付。")


@pytest.mark.parametrize("paid_on", ["2026-01-01", "2026-01-02"])
def test_a_year_paid_for_on_the_first_day_after_it_is_told_like_one_paid_for_later(paid_on: str) -> None:
    case = {**RESIDENT, "coverage_year": 2025, "last_covered_year": 2024, "paid_on": paid_on}
    last = story_of(told(case, WAITS)).stretches[-1]
    assert (str(last.first), last.kind) == (paid_on, "maybe") and "这个年度已经过完" in last.text


def test_what_is_over_or_told_above_hides_none_of_the_days_behind_it() -> None:
    """In the order in which they stand: one that is past, one that belongs to no story, a child's told with what comes after."""
    def due(key: str, day: str, left: int, text: str = "某一天：说明") -> Json:
        return {"key": key, "date": day, "days_left": left, "text": text, "exact": True}

    dues = [due("registration", "2026-03-01", -19), due("review", "2026-04-01", 12), due("newborn", "2026-04-02", 13),
            due("transfer", "2026-04-03", 14), due("order_deadline", "2026-03-02", -18),
            due("window_opens", "2026-09-01", 165, "2027年度集中参保期开始：说明")]  # fmt: skip
    last = {"date": "2026-04-02", "days_left": 13, "text": "从出生那天起的医疗费都能报。", "rules": []}
    answer = told({**RESIDENT, "coverage_year": 2026, "last_covered_year": 2023})
    read = json.loads(json.dumps({**answer, "deadlines": dues, "advice": {**answer["advice"], "last_days": [last]}}))
    found = [(event.key, event.kind, str(event.day)) for event in story_of(read).events if event.kind in ("deadline", "window")]
    assert sorted(found) == [
        ("newborn", "deadline", "2026-04-02"), ("order_deadline", "deadline", "2026-03-02"),
        ("transfer", "deadline", "2026-04-03"), ("window_opens2027", "window", "2026-09-01"),
    ]  # fmt: skip
