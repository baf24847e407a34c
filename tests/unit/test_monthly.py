"""职工 and 灵活就业: lapses counted in months."""

import pytest

PLAIN = {"scheme": "employee", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}


def values(got, *keys):
    return [got[key]["value"] for key in keys]


def test_four_months_between_october_and_march(ask):
    assert ask(**PLAIN)["lapse"] | {"text": ""} == {
        "length": 4, "unit": "month", "from": "2025-11", "to": "2026-02", "text": ""
    }


def test_without_a_payment_the_lapse_runs_to_the_day_of_the_question(ask):
    assert ask(scheme="employee", last_paid_month="2025-10")["lapse"]["to"] == "2026-02"


def test_an_employee_in_any_place_without_a_rule_gets_no_number(ask, rulebook):
    spoken_for = {rule.place for rule in rulebook.rules if rule.topic == "restoration" and "employee" in rule.schemes}
    asked = 0
    for code, place in rulebook.places.items():
        if place.outside or any(level.code in spoken_for - {"CN"} for level in rulebook.chain(code)):
            continue
        got = ask(**PLAIN, place=code, back_paid=True)
        for key in ("waiting", "benefits_resume_on", "retroactive", "payment_effect"):
            answer = got[key]
            assert (answer["value"], answer["low"], answer["high"], answer["basis"]) == (None, None, None, "none"), code
            assert answer["alternatives"] == [] or {a["standing"] for a in answer["alternatives"]} == {"unclear"}
        assert "12393" in got["headline"]
        assert got["verify_with"]
        asked += 1
    assert asked > 100


@pytest.mark.parametrize("lapse_end, back_paid, expected", [
    ("2026-02-10", True, [0, "2026-02-01", True]),
    ("2026-02-10", False, [None, None, False]),
    ("2026-03-10", True, [None, None, None]),
])
def test_transfer_by_the_national_text(ask, lapse_end, back_paid, expected):
    keys = {**PLAIN, "paid_on": lapse_end, "situation": "transfer", "back_paid": back_paid}
    got = ask(**keys)
    assert values(got, "waiting", "benefits_resume_on", "retroactive") == expected


def test_more_than_three_months_on_transfer_is_bounded_by_the_ceiling(ask):
    waiting = ask(**PLAIN, situation="transfer", back_paid=True)["waiting"]
    assert (waiting["low"], waiting["high"], waiting["unit"]) == (0, 6, "month")


def test_not_knowing_whether_back_paid_gives_both_ways(ask):
    got = ask(scheme="employee", place="350000", last_paid_month="2024-12", paid_on="2025-05-15")
    assert (got["waiting"]["value"], got["waiting"]["low"], got["waiting"]["high"]) == (None, 3, 6)


def test_half_benefits_in_fujian(ask):
    visit = {"date": "2025-06-05", "kind": "inpatient", "amount": "1000.01", "normal_ratio": "0.85"}
    got = ask(scheme="employee", place="350000", last_paid_month="2024-12", paid_on="2025-05-15", back_paid=False,
              treatments=[visit])
    assert values(got, "waiting", "benefits_resume_on") == [6, "2025-11-01"]
    assert got["payment_effect"]["value"] == {
        "kind": "ratio", "schedule": [{"from": "2025-05-15", "to": "2025-10-31", "ratio": "0.50"}]
    }
    assert got["treatments"][0]["fund_pays"]["value"] == "425.00"
    assert got["treatments"][0]["self_pay"]["value"] == "575.01"


def test_unemployment_months_are_no_lapse(ask):
    got = ask(**PLAIN, unemployment_months=4)
    assert got["lapse"]["length"] == 0
    assert got["headline"].startswith("没有断缴")
    assert ask(**PLAIN, unemployment_months=1)["lapse"]["length"] == 3


def test_paying_the_next_month_is_no_lapse_anywhere(ask):
    got = ask(scheme="flexible", place="310000", last_paid_month="2025-10", paid_on="2025-11-30")
    assert got["lapse"]["length"] == 0
    assert got["waiting"]["value"] == 0


def test_nothing_paid_yet_has_an_earliest_day_only(ask):
    got = ask(scheme="flexible", place="310000", last_paid_month="2025-09", in_waiting=False)
    resume = got["benefits_resume_on"]
    assert (resume["value"], resume["low"], resume["high"]) == (None, "2026-09-01", None)
    assert "还没缴费" in got["headline"]


def test_the_wait_starts_anew_in_shanghai(ask):
    got = ask(scheme="flexible", place="310000", last_paid_month="2025-12", paid_on="2026-02-10", in_waiting=True)
    assert values(got, "waiting", "benefits_resume_on") == [6, "2026-08-01"]


def test_the_day_of_the_law_decides(ask):
    old = ask(scheme="employee", place="310000", last_paid_month="2025-04", paid_on="2025-06-10", back_paid=True)
    new = ask(scheme="employee", place="310000", last_paid_month="2025-10", paid_on="2025-12-10", back_paid=True)
    assert old["benefits_resume_on"]["value"] is None
    assert new["benefits_resume_on"]["value"] == "2026-01-01"


def test_unclear_texts_never_set_a_value(ask):
    got = ask(**PLAIN, place="420100", back_paid=True)
    assert got["waiting"]["value"] is None
    assert {a["standing"] for a in got["waiting"]["alternatives"]} == {"unclear"}


def test_the_day_benefits_really_stopped_is_taken_where_known(ask):
    got = ask(**PLAIN, benefits_stopped_on="2025-11-15")
    assert got["benefits_stop_on"]["value"] == "2025-11-15"
