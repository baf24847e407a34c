"""What is owed and who is free of the wait, in rulebooks of a few rules: the day and the situation on which it turns."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.small import EMPLOYEE, RESIDENT, ask, months, rule

Json = dict[str, Any]
MISSED = [{"month": "2025-11", "amount": "1000.00", "due_on": "2025-11-30"}]


def test_a_late_fee_for_one_situation_is_not_asked_of_another() -> None:
    fee = rule("330100", "employee", "late_fee", {"daily_rate": "0.001", "payer": "employer"}, situations=["employer_arrears"])
    paid = {**EMPLOYEE, "paid_on": "2025-12-10", "missed": MISSED}
    assert ask({**paid, "situation": "employer_arrears"}, fee)["cost"]["late_fee"]["value"] == "10.00"
    assert ask(paid, fee)["cost"]["late_fee"]["value"] is None


@pytest.mark.parametrize(("paid_on", "low", "high"), [
    ("2025-12-31", "2026-01-01", "2026-01-01"), ("2026-01-01", "2026-01-01", "2026-01-02"),
    ("2026-01-02", "2026-01-02", "2026-01-03"),
])  # fmt: skip
def test_who_may_be_free_begins_that_day_or_the_next_but_not_before_the_year(paid_on: str, low: str, high: str) -> None:
    free = rule("CN", "resident", "exemption", {"groups": {"veteran": {}}})
    found = ask({**RESIDENT, "paid_on": paid_on, "as_of": paid_on, "exempt_group": "veteran"}, free)["benefits_resume_on"]
    assert (found["low"], found["high"]) == (low, high)


def test_a_group_that_no_text_lists_may_be_free_or_wait() -> None:
    waits = rule(
        "CN",
        "resident",
        "waiting",
        {"fixed": months(3), "start": {"in_window": "year_start", "late": "payment_day"}, "end": "same_day"},
    )
    found = {}
    for paid_on in ("2025-12-31", "2026-01-01", "2026-03-10"):
        case = {**RESIDENT, "paid_on": paid_on, "as_of": paid_on, "in_window": False, "exempt_group": "veteran"}
        answer = ask(case, waits)
        found[paid_on] = [answer["waiting"]["low"], answer["waiting"]["high"]]
        found[paid_on] += [answer["benefits_resume_on"]["low"], answer["benefits_resume_on"]["high"]]
    assert found == {
        "2025-12-31": [0, 3, "2026-01-01", "2026-04-01"], "2026-01-01": [0, 3, "2026-01-01", "2026-04-01"],
        "2026-03-10": [0, 3, "2026-03-10", "2026-06-10"],
    }  # fmt: skip
