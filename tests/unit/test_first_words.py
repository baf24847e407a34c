"""The headline: a window that is still shut is named; who had nothing before begins, and is not restored."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("paid_on", [None, "2025-10-12"])
def test_before_the_window_opens_nobody_is_told_to_pay_today(ask, paid_on):
    got = ask(place="330100", coverage_year=2026, last_covered_year=2023, as_of="2025-10-12", paid_on=paid_on)
    assert got["headline"].startswith("2026年度的医保费，2025年10月20日才开始缴。那天起缴的，最早")
    assert "今天" not in got["headline"]
    assert "集中参保期2025年10月20日才开始" in got["benefits_resume_on"]["note"]
    assert "当天缴费来算" not in got["benefits_resume_on"]["note"]


def test_once_it_is_open_today_is_spoken_of(ask):
    got = ask(place="330100", coverage_year=2026, last_covered_year=2023, as_of="2025-10-20")
    assert got["headline"].startswith("还没缴费。今天（2025年10月20日）缴的话，最早")


@pytest.mark.parametrize("asked", [
    {"scheme": "flexible", "situation": "first_enrolment", "place": "310000"},
    {"scheme": "employee", "situation": "first_enrolment", "place": "310000", "paid_on": "2026-03-10"},
    {"coverage_year": 2026, "last_covered_year": None, "paid_on": "2026-03-10"},
    {"coverage_year": 2026, "last_covered_year": None, "paid_on": "2026-03-10", "in_window": False},
    {"coverage_year": 2026, "exempt_group": "newborn"},
])
def test_who_had_nothing_before_begins(ask, asked):
    got = ask(**{"place": "CN", **asked})["headline"]
    assert "享受" in got and "恢复" not in got


@pytest.mark.parametrize("asked", [
    {"coverage_year": 2026, "last_covered_year": 2023, "paid_on": "2026-03-10"},
    {"coverage_year": 2026, "last_covered_year": None, "previous_scheme": "employee", "last_paid_month": "2025-11",
     "situation": "scheme_switch", "paid_on": "2026-02-10"},
])
def test_who_was_insured_before_is_restored(ask, asked):
    got = ask(**asked)["headline"]
    assert "恢复" in got and "享受" not in got
