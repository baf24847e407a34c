"""The worked examples of the five articles, put to the calculator: what they come to stands beside what holds."""

from __future__ import annotations

from typing import Any

import pytest

Json = dict[str, Any]
OWED = {"paid_on": "2026-03-20", "missed": [{"month": "2026-02", "amount": "500.00", "due_on": "2026-02-18"}]}


def _said(assessment: Json, key: str) -> Json:
    """What each article says of one answer, by claim; those that say the same too."""
    return {
        claim: entry["value"] for entry in assessment["claims"] if entry["key"] == key for claim in (entry["id"], *entry["also"])
    }


def test_500_yuan_30_days_late_is_seven_and_a_half_by_one_article_and_thirty_by_another(ask) -> None:
    """V1, V2."""
    mine = ask(scheme="flexible", last_paid_month="2026-01", back_paid=True, **OWED)
    said = _said(mine, "cost.late_fee")
    assert (said["S3R-013"], said["S0-058"]) == ("7.50", "30.00")
    assert mine["cost"]["late_fee"]["value"] == "0.00" and mine["cost"]["late_fee"]["payer"] == "person"
    assert {entry["id"]: entry["verdict"] for entry in mine["claims"]}["S0-058"] == "outdated"


def test_by_law_the_employer_owes_seven_and_a_half_and_the_month_says_how_late(ask) -> None:
    """V1, V2: 社会保险法第八十六条."""
    theirs = ask(scheme="employee", situation="employer_arrears", last_paid_month="2026-01", **OWED)
    assert theirs["cost"]["late_fee"]["value"] == "7.50"
    assert theirs["arrears"] == [
        {"month": "2026-02", "amount": "500.00", "due_on": "2026-02-18", "days_late": 30, "late_fee": "7.50", "payer": "employer"}
    ]
    assert _said(theirs, "cost.late_fee")["S0-058"] == "30.00"


def test_a_resident_who_pays_in_march(ask) -> None:
    """V7."""
    case = ask(coverage_year=2026, last_covered_year=2025, paid_on="2026-03-10")
    assert _said(case, "benefits_resume_on")["S2R-013"] == "2026-04-01"


def test_a_resident_who_pays_in_december_for_the_next_year(ask) -> None:
    """V8."""
    case = ask(as_of="2024-12-10", coverage_year=2025, last_covered_year=2024, paid_on="2024-12-10")
    assert _said(case, "benefits_resume_on")["S2R-040"] == case["benefits_resume_on"]["low"] == "2025-01-01"


def test_december_missed_and_paid_in_january(ask) -> None:
    """V9."""
    case = ask(scheme="employee", last_paid_month="2025-11", paid_on="2026-01-12", back_paid=True)
    assert _said(case, "benefits_resume_on")["S2R-044"] == "2026-02-01"
    assert _said(case, "retroactive")["S2R-044"] is False


def test_an_employer_who_pays_up_the_first_and_the_fifteenth_of_the_next_month_stand_side_by_side(ask) -> None:
    """V12."""
    case = ask(scheme="employee", situation="employer_arrears", last_paid_month="2026-01", paid_on="2026-03-10")
    said = _said(case, "benefits_resume_on")
    assert (said["S2-010"], said["S0-021"]) == ("2026-04-01", "2026-04-15")


def test_a_resident_pays_400_yuan_and_three_articles_credit_three_amounts(ask) -> None:
    """V13."""
    case = ask(coverage_year=2026, last_covered_year=2025, paid_on="2025-12-10", as_of="2025-12-10")
    said = _said(case, "account.credited")
    assert (said["S0-015"], said["S4R-016"], said["S4R-006"]) == ("0.00", "280.00", "70.00")
    assert case["account"]["credited"]["value"] == "0.00"


@pytest.mark.parametrize(
    ("signed_on", "already", "pays"),
    [("2026-03-01", "0.00", "500.00"), ("2026-03-01", "200.00", "300.00"), ("2026-03-16", "0.00", "0.00")],
)
def test_1000_yuan_of_outpatient_cost_after_signing(ask, signed_on: str, already: str, pays: str) -> None:
    """V14; no document says so, and the answer is whom to ask."""
    visit = {"date": "2026-03-15", "kind": "outpatient", "amount": "1000.00", "normal_ratio": "0.50"}
    keys = {"signed_on": signed_on, "reimbursed_this_year": already, "treatments": [visit]}
    case = ask(coverage_year=2026, last_covered_year=2025, paid_on="2025-12-10", **keys)
    assert _said(case, "treatments.0.fund_pays")["S0R-010"] == pays
    assert case["outpatient"]["starts_on"]["value"] is None and "12393" in case["outpatient"]["starts_on"]["note"]
    assert _said(case, "outpatient.starts_on") == {"S0R-009": signed_on}
