"""null in a Case says that a thing is not known; only of a resident's last insured year does it say more: there was none."""

from __future__ import annotations

from datetime import date

import pytest

from calculator import Case, Rulebook, assess
from calculator.fields import FIELDS

CASES = {
    "employee": {"scheme": "employee", "place": "330100", "as_of": "2026-03-20", "last_paid_month": "2025-10"},
    "flexible": {"scheme": "flexible", "place": "310000", "as_of": "2026-03-20", "last_paid_month": "2025-10"},
    "resident": {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "coverage_year": 2026},
}


LEFT_OUT = [
    (scheme, field.name)
    for scheme, case in CASES.items()
    for field in FIELDS
    if field.name not in case and (scheme, field.name) != ("resident", "last_covered_year")
]


@pytest.mark.parametrize(("scheme", "key"), LEFT_OUT)
def test_null_is_as_if_it_were_left_out(scheme: str, key: str, rulebook: Rulebook) -> None:
    case = CASES[scheme]
    left_out = Case.parse(case, rulebook)
    said = Case.parse({**case, key: None}, rulebook)
    assert said == left_out
    assert assess(said, rulebook).to_json() == assess(left_out, rulebook).to_json()


def test_a_resident_can_say_that_there_was_no_insured_year(rulebook: Rulebook) -> None:
    never = Case.parse({**CASES["resident"], "last_covered_year": None}, rulebook)
    assert never.new and not Case.parse(CASES["resident"], rulebook).new
    assert never.to_json()["last_covered_year"] is None


def test_nobody_is_new_unless_it_was_said() -> None:
    assert not Case("resident", "330100", date(2026, 3, 20), coverage_year=2026).new


BEFORE = [{"last_paid_month": "2025-10"}, {"previous_scheme": "employee"}, {"situation": "scheme_switch"}]


@pytest.mark.parametrize("before", BEFORE, ids=lambda before: next(iter(before)))
def test_who_was_insured_by_the_month_was_not_never_insured(before: dict[str, str], rulebook: Rulebook) -> None:
    """There was no year as a resident; what is not paid is counted from the last month, or is not known."""
    case = {**CASES["resident"], **before}
    said = Case.parse({**case, "last_covered_year": None}, rulebook)
    assert said == Case.parse(case, rulebook) and not said.new
    found = assess(said, rulebook).to_json()
    assert found == assess(Case.parse(case, rulebook), rulebook).to_json()
    assert found["lapse"]["length"] == (4 if "last_paid_month" in before else None)
    assert "last_covered_year" not in found["case"]


SAID = [{"benefits_stopped_on": "2026-01-01"}, {"continuous_months": 12}, {"exempt_group": "left_employee"}]


@pytest.mark.parametrize("before", SAID, ids=lambda before: next(iter(before)))
def test_nor_was_anybody_of_whom_something_else_says_so(before: dict[str, object], rulebook: Rulebook) -> None:
    case = {**CASES["resident"], "last_covered_year": None}
    assert not Case.parse({**case, **before}, rulebook).new
    assert Case.parse({**case, "continuous_months": 0, "exempt_group": "student"}, rulebook).new
