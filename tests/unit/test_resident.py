"""居民医保: 国办发〔2024〕38号, number by number."""

import pytest

N_AND_R = [(n, r) for n in range(1, 31) for r in range(n + 1)]


def months_of_the_text(lapsed: int, repaid: int, beyond: int = 1) -> int:
    """固定3个月;每多断保1年加1个月;每补缴1年减1个月;断缴4年及以上,修复后不少于6个月。"""
    total = 3 + max(0, lapsed - beyond - repaid)
    return max(total, 6) if lapsed >= 4 else total


def test_every_lapse_to_thirty_years_with_every_repair(ask):
    for lapsed, repaid in N_AND_R:
        got = ask(coverage_year=2026, last_covered_year=2025 - lapsed, years_repaid=repaid, in_window=True)
        waiting = got["waiting"]
        assert (waiting["value"], waiting["unit"]) == (months_of_the_text(lapsed, repaid), "month"), (lapsed, repaid)
        others = {a["rules"][0].rpartition("#")[2]: a["value"] for a in waiting["alternatives"]}
        assert others["every-year-counts"] == months_of_the_text(lapsed, repaid, beyond=0), (lapsed, repaid)
        assert got["lapse"]["length"] == lapsed


def test_paid_in_the_window_without_a_lapse_begins_on_new_years_day(ask):
    got = ask(coverage_year=2026, last_covered_year=2025, paid_on="2025-11-05", in_window=True)
    assert got["waiting"]["value"] == 0
    assert got["benefits_resume_on"]["value"] == "2026-01-01"
    assert got["retroactive"]["value"] is None


def test_a_lapse_paid_in_the_window_waits_from_new_years_day(ask):
    got = ask(coverage_year=2026, last_covered_year=2023, paid_on="2025-11-05", in_window=True)
    assert got["waiting"]["value"] == 4
    assert got["benefits_resume_on"]["value"] == "2026-05-01"
    assert got["benefits_stop_on"]["value"] == "2024-01-01"


def test_paid_late_is_bounded_by_a_day_since_the_text_does_not_say_which(ask):
    resume = ask(coverage_year=2026, last_covered_year=2025, paid_on="2026-03-10", in_window=False)["benefits_resume_on"]
    assert (resume["value"], resume["low"], resume["high"]) == (None, "2026-06-10", "2026-06-11")


def test_not_knowing_the_window_gives_bounds_not_a_guess(ask):
    waiting = ask(coverage_year=2026, last_covered_year=2025, paid_on="2026-02-10")["waiting"]
    assert (waiting["value"], waiting["low"], waiting["high"]) == (None, 0, 3)


def test_not_knowing_the_last_year_has_no_upper_bound(ask):
    waiting = ask(coverage_year=2026, paid_on="2026-05-10", in_window=False)["waiting"]
    assert (waiting["value"], waiting["low"], waiting["high"]) == (None, 3, None)


def test_bills_of_the_gap_and_of_the_wait_are_not_paid(ask):
    visits = [{"date": day, "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.70"} for day in
              ("2023-12-31", "2025-06-01", "2026-02-01", "2026-05-01")]
    got = ask(coverage_year=2026, last_covered_year=2023, paid_on="2025-11-05", in_window=True, treatments=visits)
    assert [t["covered"]["value"] for t in got["treatments"]] == [True, False, False, True]
    assert [t["fund_pays"]["value"] for t in got["treatments"]] == ["700.00", "0.00", "0.00", "700.00"]
    assert [t["self_pay"]["value"] for t in got["treatments"]] == ["300.00", "1000.00", "1000.00", "300.00"]


def test_a_wait_that_outlasts_the_year_is_pointed_out(ask):
    got = ask(place="210900", coverage_year=2025, last_covered_year=2024, paid_on="2025-11-06", in_window=False)
    assert got["benefits_resume_on"]["value"] == "2026-02-06"
    assert any("下一年度" in warning for warning in got["warnings"])


def test_repair_costs_the_years_premium_for_each_year(ask):
    cost = ask(coverage_year=2026, last_covered_year=2020, years_repaid=2, in_window=True)["cost"]
    assert cost["repair"]["value"] == "800.00"
    assert (cost["principal"]["value"], cost["total"]["value"]) == ("400.00", "1200.00")
    assert {cost[key]["payer"] for key in cost} == {"person"}


def test_a_city_does_not_borrow_the_national_minimum_as_its_price(ask):
    cost = ask(place="650100", coverage_year=2026, last_covered_year=2025)["cost"]
    assert (cost["principal"]["value"], cost["principal"]["low"], cost["principal"]["high"]) == (None, "400.00", None)


def test_a_newborn_registered_within_ninety_days_is_covered_from_birth(ask):
    keys = {"coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-01-01", "last_covered_year": None}
    within = ask(**keys, registered_on="2026-04-01")
    assert within["benefits_resume_on"]["value"] == "2026-01-01"
    assert within["retroactive"]["value"] is True
    late = ask(**keys, registered_on="2026-04-02")
    assert late["benefits_resume_on"]["value"] is None


@pytest.mark.parametrize("group", ["medical_assistance", "veteran"])
def test_groups_the_nation_names_do_not_wait(ask, group):
    got = ask(coverage_year=2026, last_covered_year=2023, paid_on="2026-03-10", in_window=False, exempt_group=group)
    assert got["waiting"]["low"] == 0


def test_a_city_that_rests_on_the_national_text_says_so(ask, rulebook):
    silent = next(code for code, place in rulebook.places.items() if place.level == "prefecture" and not any(
        rulebook.by_place.get(level.code) for level in rulebook.chain(code) if level.code != "CN"))
    got = ask(place=silent, coverage_year=2026, last_covered_year=2023, in_window=True)
    assert got["waiting"]["basis"] == "national"
    assert "国家" in got["waiting"]["note"]


def test_a_newborn_paid_for_after_the_year_of_birth_is_not_told_that_it_is_too_late(ask):
    keys = {"coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-12-20", "as_of": "2027-01-10"}
    got = ask(**keys, registered_on="2027-01-10", paid_on="2027-01-10")
    assert got["headline"] == "已从2026年12月20日起享受医保待遇。"
    assert got["benefits_resume_on"]["value"] == "2026-12-20"


def test_for_a_newborn_not_yet_registered_the_last_day_is_named_or_the_day_of_birth_asked_for(ask):
    keys = {"coverage_year": 2026, "exempt_group": "newborn"}
    assert ask(**keys, born_on="2026-03-01")["headline"] == "还没办参保登记。最晚2026年5月30日登记并缴费，从出生那天起就能报销。"
    assert "请补填：新生儿出生日期、新生儿参保登记日期。" in ask(**keys)["headline"]


def test_the_least_subsidy_is_said_to_be_that_of_the_place_that_set_it(ask):
    keys = {"coverage_year": 2026, "last_covered_year": 2025}
    assert "这是成都市的最低标准" in ask(place="510100", **keys)["premium"]["subsidy"]["note"]
    assert "这是全国的最低标准" in ask(place="CN", **keys)["premium"]["subsidy"]["note"]


def test_a_visit_before_the_year_that_is_paid_for_lies_in_the_gap_whatever_the_day_of_payment(ask):
    visit = {"date": "2026-12-05", "kind": "outpatient", "amount": "1000.00", "normal_ratio": "0.65"}
    keys = {"place": "CN", "as_of": "2026-11-22", "coverage_year": 2027, "last_covered_year": 2023, "treatments": [visit]}
    for paid_on in (None, "2026-11-22", "2026-12-30"):
        got = ask(**keys, paid_on=paid_on, in_window=True)["treatments"][0]
        assert (got["covered"]["value"], got["self_pay"]["value"]) == (False, "1000.00")
    meanwhile = {**visit, "date": "2027-02-01"}
    got = ask(**keys | {"treatments": [meanwhile]}, paid_on="2026-11-22", in_window=True)["treatments"][0]
    assert (got["covered"]["value"], got["covered"]["note"]) == (False, "就医那天在等待期。")


def test_nobody_is_treated_before_birth(ask):
    keys = {"coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-02-10", "registered_on": "2026-03-01"}
    visit = {"kind": "inpatient", "amount": "100.00", "normal_ratio": "0.70"}
    visits = [{"date": day, **visit} for day in ("2026-02-09", "2026-02-10")]
    before, after = (visit["covered"] for visit in ask(**keys, treatments=visits)["treatments"])
    assert (before["value"], before["note"]) == (False, "您填了出生日期：就医那天孩子还没有出生，请核对。")
    assert after["value"] is True
