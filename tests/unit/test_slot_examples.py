"""The articles' worked examples on waits and newborns (V3 to V6, V10, V11): what each says stands beside our answer."""

EMPLOYEE = {"scheme": "employee", "as_of": "2026-03-20", "paid_on": "2026-03-10"}


def said(assessment, key):
    """claim → what it comes to: a value, or the bounds of a range."""
    return {
        claim: (one["low"], one["high"]) if one["value"] is None else one["value"]
        for one in assessment["claims"]
        if one["key"] == key
        for claim in (one["id"], *one["also"])
    }


def test_two_months_paid_back_are_the_next_month_by_most_and_sixty_days_by_one(ask):
    """V3: 61 days are two whole months or three."""
    two, three = ask(**EMPLOYEE, last_paid_month="2025-12"), ask(**EMPLOYEE, last_paid_month="2025-11")
    for found in (two, three):
        assert said(found, "benefits_resume_on")["S0-005"] == "2026-04-01"
    assert said(three, "waiting")["S0-050"] == 3


def test_exactly_three_months_are_short_by_some_and_long_by_others(ask):
    """V4."""
    found = ask(**EMPLOYEE, last_paid_month="2025-11", situation="transfer", back_paid=True)
    assert said(found, "waiting")["S1-034"] == 0 and found["waiting"]["value"] == 0
    assert said(found, "lapse") == {"S0R-004": "自动退保", "S3R-001": "中断参保", "S3R-006": "连着3个月没缴算中断"}
    flexible = ask(**{**EMPLOYEE, "scheme": "flexible"}, last_paid_month="2025-11")
    assert "S2-007" not in said(flexible, "benefits_resume_on")


def test_181_days_are_six_months_without_a_break_by_one_article(ask):
    """V5."""
    assert said(ask(**EMPLOYEE, last_paid_month="2025-08"), "waiting")["S0-051"] == 6
    assert "S0-051" not in said(ask(**EMPLOYEE, last_paid_month="2025-09"), "waiting")


def test_thirteen_months_have_four_answers_side_by_side(ask):
    """V6."""
    found = said(ask(**EMPLOYEE, last_paid_month="2025-01"), "waiting")
    assert (found["S0-008"], found["S1-057"], found["S1-014"], found["S1-053"]) == (6, 12, (1, 6), (3, 6))


def test_stopped_at_the_end_of_october_and_paid_within_three_months(ask):
    """V10."""
    found = ask(scheme="employee", last_paid_month="2025-10", as_of="2026-02-01", paid_on="2026-01-12", back_paid=True)
    assert found["lapse"]["length"] == 2
    assert said(found, "benefits_resume_on")["S2R-046"] == "2026-02-01"


def test_a_newborn_on_the_ninetieth_day_and_on_the_day_after(ask):
    """V11."""
    child = {"coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-01-01", "as_of": "2026-04-10", "place": "510100"}
    in_time = ask(**child, registered_on="2026-04-01", paid_on="2026-04-01")
    late = ask(**child, registered_on="2026-04-02", paid_on="2026-04-02")
    assert said(in_time, "benefits_resume_on")["S2R-037"] == in_time["benefits_resume_on"]["value"] == "2026-01-01"
    later = said(late, "benefits_resume_on")
    assert (later["S2R-038"], later["S4R-003"]) == ("2026-04-02", "2027-01-01") and "S2R-037" not in later
