"""What the calculator does with rules that no place has today: their words are allowed, so an answer must be ready."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator import Case, CaseError, Rulebook, assess
from calculator.assess import answers
from calculator.schedule import Payment, Stretch, agreed
from calculator.show import timeline
from calculator.show.story import story_of
from calculator.show.wrap import lines
from calculator.text import whole
from tests import prepared

Json = dict[str, Any]
EMPLOYEE = {"scheme": "employee", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}
RESIDENT = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023,
            "paid_on": "2026-03-12", "in_window": False}


def asked(raw: Json, case: Json) -> Json:
    book = Rulebook.load(raw)
    return assess(Case.parse(case, book), book).to_json()


def without(topic: str) -> Json:
    raw = prepared.rulebook()
    return {**raw, "rules": [rule for rule in raw["rules"] if rule["topic"] != topic]}


STOPPED = ({**EMPLOYEE, "place": "310000"}, RESIDENT)


def test_where_no_rule_says_when_benefits_stop_nobody_knows() -> None:
    raw = without("suspension")
    for case in STOPPED:
        found = asked(raw, case)["benefits_stop_on"]
        assert (found["value"], found["basis"], found["rules"]) == (None, "none", [])
        assert asked(prepared.rulebook(), case)["benefits_stop_on"]["value"] is not None


def test_a_stop_that_is_no_date_is_passed_over() -> None:
    raw = prepared.rulebook()
    for rule in raw["rules"]:
        if rule["topic"] == "suspension":
            rule["values"] = [[day, {**value, "stop": "local"}] for day, value in rule["values"]]
    for case in STOPPED:
        assert asked(raw, case)["benefits_stop_on"]["value"] is None


def test_months_on_unemployment_benefit_are_no_lapse_even_where_no_rule_says_so() -> None:
    case = {**EMPLOYEE, "unemployment_months": 4}
    said, silent = asked(prepared.rulebook(), case), asked(without("unemployment"), case)
    assert said["waiting"]["rules"] == ["CN.all.unemployment"] and silent["waiting"]["rules"] == []
    assert silent["lapse"]["length"] == said["lapse"]["length"] == 0


def test_rules_without_a_review_day_have_no_deadline_for_it() -> None:
    raw = prepared.rulebook()
    reviewed = [one for one in asked(raw, EMPLOYEE)["deadlines"] if one["key"] == "review"]
    for rule in raw["rules"]:
        rule["review_by"] = None
    assert len(reviewed) == 1
    assert not [one for one in asked(raw, EMPLOYEE)["deadlines"] if one["key"] == "review"]


NEWBORN = {"scheme": "resident", "place": "CN", "as_of": "2026-06-20", "coverage_year": 2026, "last_covered_year": None,
           "exempt_group": "newborn", "born_on": "2026-01-10", "paid_on": "2026-06-15", "registered_on": "2026-06-15"}


def newborn(**terms: Any) -> Json:
    """A nation that has these terms for newborns besides its own, and no other place has any."""
    raw = without("newborn")
    rule = next(rule for rule in prepared.rulebook()["rules"] if rule["topic"] == "newborn" and rule["place"] == "CN")
    day, value = rule["values"][-1]
    rule["values"] = [[day, {**value, **terms}]]
    return {**raw, "rules": [*raw["rules"], rule]}


def test_a_newborn_registered_too_late_even_for_the_late_rule_is_not_settled() -> None:
    late = {"after_resume": "payment_day", "after_until": {"n": 120, "unit": "day"}}
    in_time = {**NEWBORN, "registered_on": "2026-05-05", "paid_on": "2026-05-05"}
    assert asked(newborn(**late), in_time)["benefits_resume_on"]["value"] == "2026-05-05"
    too_late = asked(newborn(**late), NEWBORN)
    assert too_late["benefits_resume_on"]["value"] is None and too_late["waiting"]["note"]


def test_without_a_rule_for_newborns_the_group_decides_nothing() -> None:
    found = asked(without("newborn"), NEWBORN)
    assert found["benefits_resume_on"]["rules"] == [] or "newborn" not in "".join(found["benefits_resume_on"]["rules"])
    assert all(one["key"] != "newborn" for one in found["deadlines"])


@pytest.mark.parametrize("case", [EMPLOYEE, RESIDENT, NEWBORN, {**EMPLOYEE, "monthly_amount": "500.00"}])
def test_the_answers_alone_are_those_of_the_assessment(case: Json, rulebook: Rulebook) -> None:
    parsed = Case.parse(case, rulebook)
    alone, full = answers(parsed, rulebook), assess(parsed, rulebook).answers
    for key, found in alone.items():
        assert (found.range, found.unit, found.basis, found.rules, found.payer) == (
            full[key].range, full[key].unit, full[key].basis, full[key].rules, full[key].payer
        ), key
        assert [(one.range, one.standing) for one in found.alternatives] == [
            (one.range, one.standing) for one in full[key].alternatives
        ]
        assert found.text == "" and found.note is None


def test_who_was_never_insured_and_pays_late_waits_as_the_rule_fixes_it() -> None:
    raw = prepared.rulebook()
    never = {**RESIDENT, "last_covered_year": None}
    assert asked(raw, never)["waiting"]["rules"]
    for rule in raw["rules"]:
        if rule["topic"] == "waiting" and rule["place"] == "CN":
            rule["values"] = [[day, {**value, "in_window_first_enrolment": None}] for day, value in rule["values"]]
    assert asked(raw, {**never, "in_window": True})["waiting"]["value"] is None


def stretch(first: int, last: int | None, ratio: str = "0.5") -> Stretch:
    return Stretch(date(2026, first, 1), None if last is None else date(2026, last, 28), ratio=Decimal(ratio))


def test_worlds_agree_up_to_where_they_part() -> None:
    one, other = Payment("ratio", (stretch(1, 3), stretch(4, 6))), Payment("ratio", (stretch(1, 3), stretch(4, 8)))
    assert agreed((one, one)) == one
    assert agreed((one, other)) == Payment("ratio", (stretch(1, 3), stretch(4, None)))
    assert agreed((one, Payment("ratio", (stretch(1, 3), stretch(4, 6, "0.7"))))) == Payment("ratio", (stretch(1, 3),))
    assert agreed((one, Payment("zero"))) is None
    short = Payment("ratio", (stretch(1, 3),))
    assert agreed((one, short)) == agreed((short, one)) == short


def test_a_word_as_wide_as_the_line_is_cut_and_nothing_is_lost() -> None:
    for text in ("一" * 30, "（" * 9 + "一" * 20, "a" * 61 + "，" * 5, "一 ", " "):
        told = list(lines(text, 12))
        assert "".join(told).replace(" ", "") == text.replace(" ", "")


def test_covered_to_the_very_end_is_drawn_without_a_gap(rulebook: Rulebook) -> None:
    case = {**RESIDENT, "paid_on": "2026-12-31", "as_of": "2026-12-31", "benefits_stopped_on": "2026-12-31"}
    told = whole(Case.parse(case, rulebook), rulebook)
    assert story_of(told).stretches[0].kind == "covered"
    assert timeline(told).startswith("<svg ")


def test_dates_of_a_newborn_must_be_in_order_and_a_month_paid_cannot_be_paid_again(rulebook: Rulebook) -> None:
    paid_again = {**RESIDENT, "previous_scheme": "employee", "last_paid_month": "2026-03"}
    for case, field in (({**NEWBORN, "registered_on": "2026-01-01"}, "registered_on"), (paid_again, "paid_on")):
        with pytest.raises(CaseError) as wrong:
            Case.parse(case, rulebook)
        assert wrong.value.field == field
