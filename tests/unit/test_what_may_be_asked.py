"""A Case at its edges: the most that may be given, what cannot be true together, and what is read from JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from calculator import Case, CaseError, Rulebook
from calculator.lapse import lapse_of
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book

Json = dict[str, Any]


def parsed(case: Json) -> Case:
    return Case.parse(json.loads(json.dumps(case)), book())


def refused(case: Json) -> str:
    """The key that is named."""
    with pytest.raises(CaseError) as wrong:
        parsed(case)
    return wrong.value.field


def test_the_most_that_may_be_given_is_still_taken() -> None:
    assert parsed({**EMPLOYEE, "continuous_months": 1200}).continuous_months == 1200
    assert refused({**EMPLOYEE, "continuous_months": 1201}) == "continuous_months"
    assert parsed({**RESIDENT, "coverage_year": 2199}).coverage_year == 2199
    visit = {"date": "2026-03-01", "kind": "pharmacy", "amount": "1.00"}
    assert len(parsed({**EMPLOYEE, "treatments": [visit] * 600}).treatments) == 600
    assert refused({**EMPLOYEE, "treatments": [visit] * 601}) == "treatments"


def test_earlier_lapses_lie_a_paid_month_apart() -> None:
    lapses = [{"from": "2024-01", "to": "2024-02"}, {"from": "2024-04", "to": "2024-05"}]
    assert len(parsed({**EMPLOYEE, "lapses": lapses}).lapses) == 2
    assert refused({**EMPLOYEE, "lapses": [lapses[0], {"from": "2024-03", "to": "2024-05"}]}) == "lapses.0.to"


def test_no_lapse_before_is_not_said_beside_one_that_is_listed() -> None:
    listed = {**EMPLOYEE, "lapses": [{"from": "2024-01", "to": "2024-02"}]}
    assert refused({**listed, "earlier_lapses": 0}) == "earlier_lapses"
    assert parsed({**listed, "earlier_lapses": 1}).earlier_lapses == 1


@pytest.mark.parametrize(("last_paid", "gap"), [("2026-02", 0), ("2026-01", 1), ("2025-12", 2), ("2025-11", 3)])
def test_months_on_benefit_are_no_more_than_those_without_payment(last_paid: str, gap: int) -> None:
    case = {**EMPLOYEE, "last_paid_month": last_paid}
    assert parsed({**case, "unemployment_months": gap}).unemployment_months == gap
    assert refused({**case, "unemployment_months": gap + 1}) == "unemployment_months"


@pytest.mark.parametrize("scheme", ["flexible", "resident"])
def test_only_an_employee_has_an_employer_in_arrears(scheme: str) -> None:
    more = {"scheme": scheme, "situation": "employer_arrears"}
    assert refused({**(RESIDENT if scheme == "resident" else EMPLOYEE), **more}) == "situation"


NEVER = {"last_covered_year": None}


@pytest.mark.parametrize("case", [EMPLOYEE, RESIDENT, {**RESIDENT, **NEVER}, {**EMPLOYEE, **NEVER}])
def test_a_case_as_understood_is_the_same_case_again(case: Json) -> None:
    understood = parsed(case)
    assert parsed(understood.to_json()) == understood


def test_whoever_was_never_insured_is_new_also_when_moving() -> None:
    never = {**RESIDENT, **NEVER}
    assert parsed({**never, "situation": "transfer"}).new
    assert not parsed({**never, "situation": "scheme_switch"}).new


def test_the_nation_can_be_asked_of_a_rulebook_that_lists_no_place() -> None:
    nowhere = {"version": "1", "hash": "sha256:0", "documents": {}}
    bare = Rulebook.load({**nowhere, **{name: [] for name in ("places", "groups", "channels", "claims", "rules")}})
    assert Case.parse({**EMPLOYEE, "place": "CN"}, bare).place == "CN"


@pytest.mark.parametrize("last_paid", ["2026-02", "2026-03", "2026-06"])
def test_whoever_paid_for_this_month_or_later_ones_has_no_lapse(last_paid: str) -> None:
    case = {**EMPLOYEE, "last_paid_month": last_paid}
    assert lapse_of(parsed(case)).to_json() == {"length": 0, "unit": "month", "from": None, "to": None}
    assert ask(case)["lapse"]["length"] == 0
