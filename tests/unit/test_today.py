"""Can I use it today, and what can the account pay: answers beside restoration and cost."""

from __future__ import annotations

from typing import Any

import pytest

FUJIAN = {"scheme": "employee", "place": "350000", "last_paid_month": "2025-10", "back_paid": False}
"""省级办法: a lapse of four months, not repaid, is cut to a half for six months."""
BEIJING = {"scheme": "employee", "place": "110000", "last_paid_month": "2025-10"}


def _now(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: answer["value"] for name, answer in answers["use_now"].items()}


def test_without_a_lapse_everything_can_be_used(ask) -> None:
    assert _now(ask(scheme="employee", last_paid_month="2026-02", account_balance="10.00")) == {
        "fund": True, "account": True, "inpatient": True, "outpatient": True, "pharmacy": True,
    }


def test_the_first_day_without_benefits_is_the_first_no(ask) -> None:
    chongqing = {"scheme": "employee", "place": "500000", "last_paid_month": "2025-12"}
    assert ask(as_of="2026-02-01", **chongqing)["benefits_stop_on"]["value"] == "2026-02-01"
    assert ask(as_of="2026-01-31", **chongqing)["use_now"]["fund"]["value"] is True
    stopped = ask(as_of="2026-02-01", **chongqing)["use_now"]
    assert (stopped["fund"]["value"], stopped["inpatient"]["value"]) == (False, False)
    assert "先补缴" in stopped["fund"]["note"] and stopped["fund"]["rules"]


def test_where_no_rule_says_when_benefits_stop_it_is_not_known_and_what_most_do_stands_beside(ask) -> None:
    fund = ask(scheme="employee", last_paid_month="2025-10")["use_now"]["fund"]
    assert fund["value"] is None and "12393" in fund["note"]
    assert [(other["value"], other["rules"], other["standing"]) for other in fund["alternatives"]] == [
        (False, ["CN.all.suspension"], "unclear")
    ]


def test_in_a_wait_at_half_the_note_says_half_and_until_when(ask) -> None:
    fund = ask(as_of="2026-03-20", paid_on="2026-03-10", **FUJIAN)["use_now"]["fund"]
    assert fund["value"] is True and fund["basis"] == "province"
    assert "50%" in fund["note"] and "2026年8月31日" in fund["note"]


def test_the_first_day_of_full_benefits_has_no_such_note(ask) -> None:
    case = ask(as_of="2026-09-01", paid_on="2026-03-10", **FUJIAN)
    assert case["benefits_resume_on"]["high"] <= "2026-09-01"
    assert case["use_now"]["fund"] | {"rules": []} == {
        "value": True, "low": True, "high": True, "unit": "bool", "basis": "province", "rules": [], "alternatives": [],
        "note": "今天已经能享受待遇。", "text": "是",
    }


def test_a_payment_still_to_come_counts_as_none(ask) -> None:
    chongqing = {"scheme": "employee", "place": "500000", "last_paid_month": "2025-12", "as_of": "2026-03-05"}
    assert ask(paid_on="2026-04-10", **chongqing)["use_now"] == ask(**chongqing)["use_now"]


def test_a_resident_in_the_wait_has_no_fund_and_no_account(ask) -> None:
    now = ask(coverage_year=2026, last_covered_year=2024, paid_on="2026-03-10")["use_now"]
    assert {name: answer["value"] for name, answer in now.items()} == dict.fromkeys(now, False)
    assert "等待期" in now["fund"]["note"] and now["account"]["note"].startswith("居民医保不设个人账户")


def test_a_resident_still_in_the_year_that_was_paid(ask) -> None:
    now = ask(as_of="2025-11-10", coverage_year=2026, last_covered_year=2025)["use_now"]
    assert (now["fund"]["value"], now["account"]["value"], now["pharmacy"]["value"]) == (True, False, None)


def test_who_was_never_insured_and_has_not_paid_cannot_use_it(ask) -> None:
    assert ask(coverage_year=2026, last_covered_year=None)["use_now"]["fund"]["value"] is False


def test_a_newborn_registered_in_time_can_use_it(ask) -> None:
    baby = {"coverage_year": 2026, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-02-01"}
    assert ask(registered_on="2026-03-01", **baby)["use_now"]["fund"]["value"] is True


@pytest.mark.parametrize(
    ("keys", "account", "most"),
    [
        ({"account_status": "frozen"}, False, "0.00"),
        ({"account_status": "deceased"}, False, "0.00"),
        ({"account_status": "cancelled"}, None, "1200.00"),
        ({"account_status": "retired"}, None, "1200.00"),
        ({"account_balance": "0.00"}, False, "0.00"),
    ],
)
def test_the_state_of_the_account_decides_what_it_can_pay(ask, keys: dict[str, str], account: bool | None, most: str) -> None:
    case = ask(**{"scheme": "employee", "last_paid_month": "2025-10", "account_balance": "1200.00", **keys})
    assert case["use_now"]["account"]["value"] is account
    assert (case["account"]["spendable_up_to"]["low"], case["account"]["spendable_up_to"]["high"]) == ("0.00", most)
    assert case["account"]["kept"]["value"] is True and case["account"]["inheritance"]["value"] is True


def test_the_account_pays_no_more_than_what_the_person_bears(ask) -> None:
    visit = {"date": "2026-03-20", "kind": "outpatient", "amount": "1000.00", "normal_ratio": "0.80"}
    case = ask(scheme="employee", last_paid_month="2026-02", account_balance="1200.00", treatments=[visit])
    assert case["account"]["spendable_up_to"]["value"] == "200.00"


def test_shenzhens_rule_opens_the_account_in_the_lapse(ask) -> None:
    case = ask(scheme="employee", place="440300", last_paid_month="2025-10", account_balance="300.00")
    assert case["use_now"]["account"] | {"note": None} == case["account"]["usable"] | {"note": None}
    assert case["account"]["spendable_up_to"]["value"] == "300.00"
    assert case["use_now"]["pharmacy"]["value"] is True


def test_the_wallet_moves_what_one_day_allows(ask) -> None:
    rich = ask(scheme="employee", last_paid_month="2025-10", account_balance="9000.00")["account"]["wallet"]
    assert (rich["low"], rich["high"]) == ("0.00", "6000.00") and "3笔" in rich["note"] and "2000.00元" in rich["note"]
    poor = ask(scheme="employee", last_paid_month="2025-10", account_balance="900.00")["account"]["wallet"]
    assert poor["high"] == "900.00"


def test_what_comes_in_is_a_share_of_the_base_for_employees_and_the_places_word_for_others(ask) -> None:
    keys = {"last_paid_month": "2025-10", "contribution_base": "8000.00"}
    assert ask(scheme="employee", **keys)["account"]["credited"]["value"] == "160.00"
    assert ask(scheme="employee", account_status="retired", **keys)["account"]["credited"]["value"] is None
    flexible = ask(scheme="flexible", **keys)["account"]["credited"]
    assert flexible["value"] is None and "12393" in flexible["note"]
    assert ask(coverage_year=2026)["account"]["credited"]["value"] == "0.00"


def test_a_place_without_accounts_has_nothing_to_inherit_or_to_spend(ask) -> None:
    account = ask(scheme="flexible", place="340302", last_paid_month="2025-10", account_balance="0.00")["account"]
    for name in ("inheritance", "transferable", "spendable_up_to", "wallet"):
        assert (account[name]["value"], account[name]["text"]) == (None, "没有个人账户")
    assert account["credited"]["value"] == "0.00"


def test_beijing_names_the_last_day_to_claim(ask) -> None:
    visit = {"date": "2025-12-20", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}
    [treated] = ask(treatments=[visit], **BEIJING)["treatments"]
    assert treated["claim"]["value"] == "2026-01-20" and treated["claim"]["rules"][0] == "110000.employee.procedure_rule"
    assert "诊断证明" in treated["claim"]["note"]


def test_elsewhere_the_last_day_is_asked_for_and_a_visit_that_is_not_covered_has_none(ask) -> None:
    visit = {"date": "2026-02-20", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}
    [open_one] = ask(scheme="employee", last_paid_month="2025-10", treatments=[visit])["treatments"]
    assert open_one["claim"]["value"] is None and "12393" in open_one["claim"]["note"]
    assert (open_one["ratio"]["low"], open_one["ratio"]["high"]) == ("0", "0.8")
    [shut] = ask(coverage_year=2026, last_covered_year=2024, paid_on="2026-03-10", treatments=[visit])["treatments"]
    assert (shut["covered"]["value"], shut["ratio"]["value"], shut["claim"]["text"]) == (False, "0", "不用申报")


def test_half_of_the_usual_ratio_in_fujians_wait(ask) -> None:
    visit = {"date": "2026-03-20", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}
    [treated] = ask(paid_on="2026-03-10", treatments=[visit], **FUJIAN)["treatments"]
    assert (treated["ratio"]["value"], treated["ratio"]["text"], treated["fund_pays"]["value"]) == ("0.4", "40%", "400.00")


def test_months_are_listed_in_their_order_with_what_is_not_known_left_open(ask) -> None:
    listed = [{"month": "2026-01", "amount": "600.00", "due_on": "2026-01-31"}]
    months = ask(scheme="employee", last_paid_month="2025-11", monthly_amount="500.00", missed=listed)["arrears"]
    assert [(one["month"], one["amount"], one["days_late"], one["late_fee"]) for one in months] == [
        ("2025-12", "500.00", None, None), ("2026-01", "600.00", 48, "14.40"), ("2026-02", "500.00", None, None),
    ]
    own = ask(scheme="flexible", last_paid_month="2025-12", missed=listed)["arrears"]
    assert [(one["late_fee"], one["payer"]) for one in own] == [("0.00", "person")]


def test_the_states_share_of_the_premium_is_said_and_goes_to_no_card(ask) -> None:
    premium = ask(as_of="2024-12-01", coverage_year=2025)["premium"]
    assert (premium["subsidy"]["low"], premium["whole"]["low"]) == ("670.00", "1070.00")
    assert "不会打到卡里" in premium["subsidy"]["note"]
    assert "premium" not in ask(coverage_year=2027)


def test_before_any_text_on_late_fees_none_is_worked_out(ask) -> None:
    old = {"last_paid_month": "1998-04", "as_of": "1998-09-01", "paid_on": "1998-09-01"}
    owed = [{"month": "1998-05", "amount": "100.00", "due_on": "1998-05-31"}]
    case = ask(scheme="employee", missed=owed, **old)
    assert (case["arrears"][0]["days_late"], case["arrears"][0]["late_fee"]) == (93, None)
    assert case["cost"]["late_fee"]["value"] is None


def test_an_unclear_rule_with_a_cap_stands_beside_what_the_fund_may_pay(ask) -> None:
    visit = {"date": "2025-08-15", "kind": "inpatient", "amount": "20000.00", "normal_ratio": "0.80"}
    foshan = {"scheme": "employee", "place": "440600", "last_paid_month": "2025-05", "paid_on": "2025-08-10"}
    case = ask(as_of="2025-08-20", back_paid=True, treatments=[visit], **foshan)
    [treated] = case["treatments"]
    assert "5000.00" in [other["value"] for other in treated["fund_pays"]["alternatives"]]
    assert (True, ["440600.employee.restoration"]) in [
        (other["value"], other["rules"]) for other in case["use_now"]["fund"]["alternatives"]
    ]


def test_a_stretch_that_pays_nothing_is_a_no_until_the_next_one(ask) -> None:
    urumqi = {"scheme": "flexible", "place": "650100", "last_paid_month": "2024-06", "paid_on": "2025-01-10", "back_paid": False}
    said = {}
    for today in ("2025-03-01", "2025-10-01"):
        visit = {"date": today, "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}
        case = ask(as_of=today, treatments=[visit], **urumqi)
        fund, covered = case["use_now"]["fund"], case["treatments"][0]["covered"]
        said[today] = [[found["value"], *(other["value"] for other in found["alternatives"])] for found in (fund, covered)]
    assert said == {"2025-03-01": [[None, False]] * 2, "2025-10-01": [[None, True]] * 2}  # 2006年细则: 0, then 30 %


@pytest.mark.parametrize("status", ["frozen", "deceased"])
def test_nothing_is_transferred_out_of_an_account_that_is_shut(ask, status: str) -> None:
    case = ask(scheme="employee", last_paid_month="2025-10", account_balance="1200.00", account_status=status)
    assert case["account"]["wallet"]["value"] == "0.00"
    assert case["account"]["wallet"]["note"].startswith("您填了")


def test_a_resident_is_not_sent_to_an_account_that_residents_do_not_have(ask) -> None:
    now = ask(coverage_year=2026, last_covered_year=2025, paid_on="2026-03-10")["use_now"]
    assert now["outpatient"] == now["fund"] and "可能已经恢复" in now["fund"]["note"]


def test_where_the_day_of_restoration_is_not_known_it_is_not_said_to_lie_ahead(ask) -> None:
    keys = {"scheme": "employee", "situation": "employer_arrears", "place": "CN", "last_paid_month": "2025-12"}
    fund = ask(as_of="2026-03-20", paid_on="2026-03-10", **keys)["use_now"]["fund"]
    assert fund["value"] is None and "哪天恢复没有查到" in fund["note"]


def test_benefits_that_stopped_without_a_lapse_are_not_said_to_be_as_usual(ask) -> None:
    visit = {"kind": "inpatient", "amount": "100.00", "normal_ratio": "0.80"}
    visits = [{"date": day, **visit} for day in ("2026-03-01", "2026-03-05")]
    asked = {"scheme": "employee", "last_paid_month": "2026-02", "treatments": visits}
    case = ask(**asked, benefits_stopped_on="2026-03-05")
    assert case["headline"] == "没有断缴的月份，您填的却是待遇已经停了。请打 12393 问为什么停。"
    assert (case["use_now"]["fund"]["value"], case["use_now"]["fund"]["low"]) == (None, None)
    assert [visit["covered"]["value"] for visit in case["treatments"]] == [True, None]
    for fine in (ask(**asked), ask(**asked, benefits_stopped_on="2026-04-01")):
        assert fine["headline"].startswith("没有断缴，") and fine["use_now"]["fund"]["value"] is True


def test_residents_have_no_account_in_the_wait_either(ask) -> None:
    account = ask(coverage_year=2026, last_covered_year=2024, paid_on="2026-03-10")["account"]
    assert {account[name]["text"] for name in ("usable", "kept", "in_wait")} == {"没有个人账户"}


def test_whether_one_may_pay_the_gap_is_for_the_place_to_say(ask) -> None:
    asked = ask(scheme="flexible", last_paid_month="2025-10")["back_payment"]
    assert asked["allowed"]["value"] is None and asked["allowed"]["note"].startswith("断缴的月份能不能补、补到哪天，由当地定")
