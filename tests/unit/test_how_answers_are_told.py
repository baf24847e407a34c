"""The JSON of an answer and of what is said beside it: other readings, and the claims of articles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator import Case, assess
from calculator.alternatives import alternatives_of
from calculator.assess import answers
from calculator.assessment import Alternative, Answer
from calculator.claim import load_claims
from calculator.claims import claims_of
from calculator.findings import Finding, Other
from calculator.lapse import lapse_of
from calculator.ranges import exact
from calculator.schedule import Payment, Stretch
from calculator.values import NO_WAIT, Length
from tests.unit.small import EMPLOYEE, RESIDENT, book, months, rule

Json = dict[str, Any]


def told(value: Any, *others: Alternative) -> Json:
    return Answer(exact(value), "month", "city", ("r",), others, None, "").to_json()


def other(value: Any, standing: str = "in_force") -> Alternative:
    return Alternative(exact(value), ("o",), standing, "")


def test_another_reading_names_its_unit_where_that_is_not_the_answers() -> None:
    for here, there in ((Length(90, "day"), Length(3, "month")), (Length(3, "month"), Length(90, "day"))):
        assert told(here, other(there))["alternatives"][0]["unit"] == there.unit
    assert "unit" not in told(Length(3, "month"), other(Length(2, "month")))["alternatives"][0]


def test_readings_in_force_widen_the_bounds_and_leave_the_value() -> None:
    found = told(Length(3, "month"), other(Length(9, "month"), "unclear"), other(Length(1, "month")), other(Length(6, "month")))
    assert (found["value"], found["low"], found["high"]) == (3, 1, 6)
    assert [told(Length(3, "month"), other(Length(1, "month")))[name] for name in ("value", "low", "high")] == [3, 1, 3]


def test_no_part_of_an_answer_changes_with_another() -> None:
    found = told(Payment("ratio", (Stretch(date(2026, 3, 1), None, Decimal("0.5")),)))
    before = dict(found["value"])
    for name in ("low", "high"):
        assert found[name] == before
        found[name].clear()
    assert found["value"] == before


def test_a_year_is_farther_off_than_364_days() -> None:
    others = tuple(Other(exact(length), length.unit, "in_force", "") for length in (Length(364, "day"), Length(1, "year")))
    found = alternatives_of(Finding(exact(NO_WAIT), others=others), ())
    assert [one.rules for one in found] == [("year",), ("day",)]


def test_the_answers_alone_are_those_of_the_whole() -> None:
    made = book(rule("330100", "employee", "restoration", {"tiers": [{"wait": months(2), "resume": "wait_from_payment_month"}]}))
    case = Case.parse({**EMPLOYEE, "paid_on": "2026-03-10"}, made)
    whole, alone = assess(case, made).answers, answers(case, made)
    assert {key: (one.range, one.unit, one.basis) for key, one in alone.items()} == {
        key: (one.range, one.unit, one.basis) for key, one in whole.items()
    }
    assert alone["waiting"].range == exact(Length(2, "month"))


# ---- what articles say of the case


def claimed(case: Json, when: Json | None, *said: Json) -> list[Any]:
    raw = {"id": "a", "verdict": "correct", "says": "…", "when": when, "value": list(said) or None}
    made = book()._replace(claims=load_claims([raw]))
    asked = Case.parse(case, made)
    return [one["value"] for one in claims_of(asked, lapse_of(asked), made)]


SAID = {"key": "waiting", "value": 3, "text": "3个月"}


def test_a_claim_that_names_no_case_or_nothing_to_work_out_is_meant_for_nobody() -> None:
    assert claimed(RESIDENT, {}, SAID) == [3]
    assert claimed(RESIDENT, {}) == claimed(RESIDENT, None, SAID) == claimed(RESIDENT, None) == []


@pytest.mark.parametrize(("born_on", "meant"), [("2025-08-31", False), ("2025-09-01", True), ("2025-09-04", True),
                                                ("2025-12-31", True)])
def test_born_from_a_day_of_the_year_on_is_every_later_day(born_on: str, meant: bool) -> None:
    newborn = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": born_on}
    assert bool(claimed(newborn, {"birthday": {"min": 901}}, SAID)) is meant


def test_who_has_signed_is_paid_for_from_that_day_on() -> None:
    days = ("2026-03-01", "2026-03-02", "2026-03-03")
    visits = [{"date": day, "kind": "outpatient", "amount": "100.00"} for day in days]
    half = {"key": "treatments.N.fund_pays", "visit": {"kinds": ["outpatient"], "ratio": "0.5", "signed": True}}
    assert claimed({**RESIDENT, "signed_on": days[1], "treatments": visits}, {}, half) == ["0.00", "50.00", "50.00"]
