"""What the keys of a Case must say together, beyond what the contract names; and ways that would be the same way twice."""

from __future__ import annotations

import pytest

from calculator import Case, CaseError, Rulebook, advise

OWED = {
    "scheme": "employee", "place": "CN", "as_of": "2026-11-22", "situation": "employer_arrears", "paid_on": "2026-11-20",
    "last_paid_month": "2026-08",
}  # fmt: skip


@pytest.mark.parametrize(
    ("missed", "field"),
    [
        ({"month": "2026-08", "amount": "500.00"}, "missed.0.month"),
        ({"month": "2026-09", "amount": "500.00", "due_on": "2026-07-31"}, "missed.0.due_on"),
        ({"month": "2026-09", "amount": "500.00", "due_on": "2020-01-01"}, "missed.0.due_on"),
    ],
)
def test_a_month_that_was_paid_or_fell_due_long_before_is_no_debt(rulebook: Rulebook, missed: dict, field: str) -> None:
    with pytest.raises(CaseError) as refused:
        Case.parse({**OWED, "missed": [missed]}, rulebook)
    assert refused.value.field == field


@pytest.mark.parametrize("due_on", ["2026-08-01", "2026-08-25", "2026-09-30", "2026-10-15"])
def test_a_month_may_fall_due_from_the_month_before_on(rulebook: Rulebook, due_on: str) -> None:
    Case.parse({**OWED, "missed": [{"month": "2026-09", "amount": "500.00", "due_on": due_on}]}, rulebook)


def test_no_way_is_listed_twice(rulebook: Rulebook) -> None:
    case = {"scheme": "resident", "place": "350100", "as_of": "2026-08-01", "coverage_year": 2027, "last_covered_year": 2024}
    rows = advise(Case.parse(case, rulebook), rulebook).rows
    assert rows and len({repr(row.option.case) for row in rows}) == len(rows)


def test_by_the_month_the_money_is_said_to_be_that_of_the_gap_alone(rulebook: Rulebook) -> None:
    case = {"scheme": "flexible", "place": "310000", "as_of": "2026-11-22", "last_paid_month": "2026-08"}
    assert "以后每个月照常要缴的没有算" in (advise(Case.parse(case, rulebook), rulebook).note or "")


def test_a_year_that_is_over_is_said_to_be_over(ask) -> None:
    said = ask(place="330100", as_of="2027-02-01", coverage_year=2026, last_covered_year=2024)["headline"]
    assert said.startswith("2026年度已经过完")
