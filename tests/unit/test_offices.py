"""By when an employer or an office has to act, and the list of every date that matters."""

import pytest

from calculator import Case, Rulebook, assess
from calculator.findings import Findings
from calculator.further.deadlines import deadlines

PAID = {"scheme": "employee", "last_paid_month": "2025-10", "as_of": "2026-03-20"}


def days(assessment):
    return {one["key"]: one for one in assessment["deadlines"]}


@pytest.mark.parametrize(("as_of", "overdue"), [("2026-03-31", False), ("2026-04-01", True)])
def test_the_employer_has_thirty_days_from_the_first_day_of_work(as_of, overdue, ask):
    found = ask(**{**PAID, "as_of": as_of}, hired_on="2026-03-01")["registration"]
    assert (found["employer_by"]["value"], found["overdue"]["value"]) == ("2026-03-31", overdue)
    assert found["employer_by"]["rules"] == ["CN.employee.registration"]


@pytest.mark.parametrize(("applied_on", "overdue"), [("2026-03-31", False), ("2026-04-01", True), ("2026-03-10", False)])
def test_who_has_applied_was_late_or_not_by_that_day(applied_on, overdue, ask):
    found = ask(**{**PAID, "as_of": "2026-06-01"}, hired_on="2026-03-01", applied_on=applied_on)
    assert found["registration"]["overdue"]["value"] is overdue
    assert "按还没办来算" not in (found["registration"]["overdue"]["note"] or "")
    assert "employer_registration" not in days(found)


def test_until_the_day_of_applying_the_last_day_to_register_is_kept(ask):
    asked = {**PAID, "hired_on": "2026-03-01", "applied_on": "2026-03-25"}
    assert "employer_registration" in days(ask(**{**asked, "as_of": "2026-03-24"}))
    assert "employer_registration" not in days(ask(**{**asked, "as_of": "2026-03-25"}))


def test_without_the_day_of_applying_nothing_is_taken_to_be_done(ask):
    found = ask(**{**PAID, "as_of": "2026-06-01"}, hired_on="2026-03-01")["registration"]["overdue"]
    assert found["value"] is True and found["note"].startswith("没填申请登记的日期，按还没办来算")


@pytest.mark.parametrize(("keys", "overdue"), [
    ({"last_paid_month": "2026-02"}, True), ({"last_paid_month": "2026-03"}, None), ({"last_paid_month": "2026-05"}, None),
    ({"paid_on": "2026-02-28"}, True), ({"paid_on": "2026-03-01"}, None), ({"paid_on": "2026-06-01"}, None),
    ({"paid_on": "2026-06-02"}, True), ({"last_paid_month": "2026-05", "as_of": "2026-03-31"}, False),
    ({"last_paid_month": "2026-05", "applied_on": "2026-04-01"}, True),
    ({"situation": "first_enrolment", "last_paid_month": None}, True),
])  # fmt: skip
def test_who_is_insured_since_was_registered_some_day(keys, overdue, ask):
    found = ask(**{**PAID, "as_of": "2026-06-01", "hired_on": "2026-03-01", **keys})["registration"]["overdue"]
    assert found["value"] is overdue
    assert (overdue is None) == (found["note"] or "").startswith("入职以后缴过费")


@pytest.mark.parametrize(("hired_on", "last"), [("2026-02-15", "2026-02-28"), ("2026-03-31", "2026-03-31")])
def test_the_month_of_hiring_that_an_article_names_ends_on_a_day(hired_on, last, ask):
    found = ask(**{**PAID, "place": "440300"}, hired_on=hired_on)
    said = [(one["id"], one["value"], one["verdict"]) for one in found["claims"] if one["key"] == "registration.employer_by"]
    assert ("S0R-012", last, "unverifiable") in said


def test_before_the_law_no_day_is_named(ask):
    found = ask(**{**PAID, "last_paid_month": "2010-10", "as_of": "2011-06-01"}, hired_on="2011-05-01")["registration"]
    assert found["employer_by"]["value"] is found["overdue"]["value"] is None


def test_registration_transfer_and_manual_claims_take_working_days(ask):
    found = ask(**PAID, applied_on="2026-09-24", transfer_on="2026-09-24", claim_on="2026-09-24")
    assert found["registration"]["done_by"]["value"] == "2026-10-15"
    assert found["transfer"]["done_by"]["value"] == "2026-10-22"
    assert found["manual_claim"]["decided_by"]["value"] == "2026-11-12"
    assert "没有看到原文" in found["transfer"]["done_by"]["note"]


def test_beyond_the_holidays_that_are_known_only_the_earliest_day_is(ask):
    found = ask(**PAID, transfer_on="2026-12-20")
    answer = found["transfer"]["done_by"]
    assert (answer["value"], answer["low"], answer["high"]) == (None, "2027-01-06", None)
    assert "2027年的放假安排还没有数据，先把每天都当工作日数；碰上双休日和节假日要往后推" in answer["note"]
    assert (days(found)["transfer"]["date"], days(found)["transfer"]["exact"]) == ("2027-01-06", False)


def test_before_the_regulation_there_is_no_day(ask):
    found = ask(**{**PAID, "last_paid_month": "2020-01", "as_of": "2020-06-01"}, transfer_on="2020-05-01", claim_on="2020-05-01")
    assert found["transfer"]["done_by"]["value"] is found["manual_claim"]["decided_by"]["value"] is None
    assert "transfer" not in days(found)


def test_a_person_cannot_defer_and_an_employer_a_year_at_most(ask):
    found = ask(**PAID, deferral_on="2026-03-01")["deferral"]
    assert (found["person"]["value"], found["employer"]["value"]) == (False, True)
    assert (found["until"]["value"], found["until"]["high"], found["until"]["text"]) == (None, "2027-03-01", "最晚2027年3月1日")


def test_for_those_who_pay_alone_no_text_speaks_of_deferral(ask):
    found = ask(**{**PAID, "scheme": "flexible"}, deferral_on="2026-03-01")["deferral"]
    assert all(found[name]["value"] is None and found[name]["note"] for name in ("person", "employer", "until"))


def test_when_a_payment_shows_is_written_nowhere(ask):
    found = ask(**PAID, payment_method="online")["record"]["visible_by"]
    assert found["value"] is None and "12366" in found["note"]


def test_dates_come_in_order_with_the_days_left(ask):
    found = ask(**PAID, hired_on="2026-03-01", claim_on="2026-03-02", situation="employer_arrears", order_deadline="2026-04-30",
                retires_on="2030-05-20", deferral_on="2026-03-01")["deadlines"]  # fmt: skip
    assert [one["date"] for one in found] == sorted(one["date"] for one in found)
    assert {one["key"] for one in found} == {
        "employer_registration", "manual_claim", "order_deadline", "review", "deferral", "retirement"
    }  # fmt: skip
    by_key = {one["key"]: one for one in found}
    assert by_key["employer_registration"]["days_left"] == 11
    assert by_key["employer_registration"]["text"] == "单位给您办参保登记的最后一天：2026年3月31日，还剩 11 天。"


@pytest.mark.parametrize(
    ("as_of", "text"),
    [("2026-03-31", "就是今天。"), ("2026-04-02", "已经过了 2 天。"), ("2026-03-30", "还剩 1 天。")],
)
def test_a_date_is_ahead_today_or_past(as_of, text, ask):
    assert days(ask(**{**PAID, "as_of": as_of}, hired_on="2026-03-01"))["employer_registration"]["text"].endswith(text)


def test_a_resident_sees_the_windows_that_are_still_ahead(ask):
    keys = {"place": "410000", "coverage_year": 2026, "last_covered_year": 2025}
    early = days(ask(**keys, as_of="2025-09-01"))
    assert (early["window_opens"]["date"], early["window_closes"]["date"]) == ("2025-09-29", "2025-12-31")
    assert "window_opens" not in days(ask(**keys, as_of="2025-10-01"))
    assert "window_closes" not in days(ask(**keys, as_of="2026-01-01"))


def test_a_newborns_days_end_on_the_ninetieth_after_birth(ask):
    found = days(ask(coverage_year=2026, exempt_group="newborn", born_on="2026-01-01", as_of="2026-03-20"))["newborn"]
    assert (found["date"], found["days_left"], found["rules"]) == ("2026-04-01", 12, ["CN.resident.newborn"])


def test_the_rules_used_are_looked_at_again_by_the_earliest_of_their_days(ask):
    found = days(ask(coverage_year=2026, last_covered_year=2023))["review"]
    assert found["rules"] and found["date"] >= "2026-11-21"


BACK = {"scheme": "flexible", "place": "210200", "last_paid_month": "2026-01"}


def test_back_payment_is_asked_about_only_while_it_is_open(ask):
    assert ask(**BACK)["back_payment"]["allowed"]["value"] is True
    assert "back_payment" not in ask(**BACK, back_paid=False)
    assert "back_payment" not in ask(**BACK, paid_on="2026-03-10")
    assert "back_payment" not in ask(**{**BACK, "last_paid_month": "2026-02"})


@pytest.mark.parametrize(("as_of", "allowed"), [("2026-05-31", True), ("2026-06-01", False)])
def test_three_months_may_be_paid_until_the_end_of_the_fourth(as_of, allowed, ask):
    found = ask(**{**BACK, "as_of": as_of})
    assert found["back_payment"]["allowed"]["value"] is allowed
    assert days(found)["back_payment"]["date"] == found["back_payment"]["until"]["value"] == "2026-05-31"


def test_where_nobody_may_pay_back_there_is_no_last_day(ask):
    found = ask(**{**BACK, "place": "440100"})["back_payment"]
    assert (found["allowed"]["value"], found["until"]["value"]) == (False, None)


def test_a_limit_for_transfers_is_none_for_the_same_place(ask):
    moved = {"scheme": "employee", "place": "440300", "last_paid_month": "2026-01", "situation": "transfer"}
    assert ask(**moved)["back_payment"]["until"]["value"] == "2026-05-31"
    assert ask(**{**moved, "situation": "same_place"})["back_payment"]["until"]["value"] is None


def test_an_employer_has_to_pay_what_it_owes(ask):
    found = ask(**{**BACK, "scheme": "employee", "place": "CN"}, situation="employer_arrears")["back_payment"]
    assert found["allowed"]["value"] is True and found["allowed"]["rules"] == ["CN.all.procedure_rule.back_payment"]


def test_a_newborns_last_day_and_the_reading_a_day_shorter(ask):
    found = ask(coverage_year=2026, exempt_group="newborn", born_on="2026-01-01")["registration"]["newborn_by"]
    assert (found["value"], [one["value"] for one in found["alternatives"]]) == ("2026-04-01", ["2026-03-31"])


def test_whether_a_child_from_elsewhere_may_enrol_is_not_known(ask):
    keys = {"coverage_year": 2026, "exempt_group": "newborn"}
    assert ask(**keys, local_household=False)["registration"]["allowed"]["value"] is None
    assert "registration" not in ask(**keys, local_household=True)


def test_without_a_rule_for_newborns_no_day_is_named(compiled):
    book = Rulebook.load({**compiled, "rules": [rule for rule in compiled["rules"] if rule["topic"] != "newborn"]})
    asked = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "exempt_group": "newborn",
             "born_on": "2026-01-01"}  # fmt: skip
    assert "registration" not in assess(Case.parse(asked, book), book).to_json()


def test_an_answer_that_rests_on_no_rule_has_nothing_to_look_at_again(rulebook):
    case = Case.parse({**PAID, "place": "CN"}, rulebook)
    assert deadlines(case, rulebook, Findings(silent=False), []) == ()


def test_having_applied_ends_no_other_last_day(ask):
    found = ask(**PAID, hired_on="2026-03-01", applied_on="2026-03-10", deferral_on="2026-03-01")
    keys = {one["key"] for one in found["deadlines"]}
    assert "deferral" in keys and "employer_registration" not in keys
