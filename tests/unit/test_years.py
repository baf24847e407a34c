"""Years, rewards, limits: what a lapse takes of them, and what is still missing."""

import pytest

from calculator import Case, Rulebook, assess

ZHEJIANG = {"scheme": "employee", "place": "330100", "last_paid_month": "2025-10", "as_of": "2026-03-20"}
SHENZHEN = {"scheme": "employee", "place": "440300", "last_paid_month": "2022-10", "as_of": "2023-01-05"}
RESIDENT = {"coverage_year": 2026, "last_covered_year": 2023}


def span(answer):
    return answer["value"], answer["low"], answer["high"]


def test_nobody_is_told_of_years_who_does_not_ask(ask):
    plain = ask(**ZHEJIANG)
    assert not {"retirement", "cap", "registration", "transfer", "manual_claim", "deferral", "record"} & plain.keys()
    assert "incentive" not in ask(coverage_year=2026, last_covered_year=None)


def test_what_a_lapse_takes_of_the_reward_has_bounds_while_the_months_before_are_not_said(ask):
    got = ask(**RESIDENT)
    lost = got["incentive"]["lost"]
    assert (lost["value"], lost["low"], lost["high"]) == (None, "0.00", None)
    assert lost["note"].startswith("没填断缴前连续参保几个月") and lost["text"] == "最少0.00元，最多多少还不知道"
    assert got["incentive"]["years_reset"]["value"] is True
    assert not any("大病保险" in step["sentence"] for step in got["steps"])
    capped = ask(**RESIDENT | {"place": "540000"})["incentive"]["lost"]
    known = ask(**RESIDENT | {"place": "540000"}, continuous_months=120)["incentive"]["lost"]
    assert capped["low"] <= known["low"] and (capped["high"] is None or known["high"] <= capped["high"])
    assert ask(coverage_year=2026, last_covered_year=2025)["incentive"]["lost"]["value"] == "0.00"


def test_the_gap_is_what_is_missing_of_the_places_years(ask):
    found = ask(**ZHEJIANG, insured_months=200, back_paid=False)["retirement"]
    assert span(found["required"]) == (20, 20, 20) and found["required"]["basis"] == "province"
    assert span(found["gap"]) == (40, 40, 40) and found["gap"]["text"] == "40个月"
    assert found["pay_on"]["value"] is found["lump_sum"]["value"] is found["kept"]["value"] is True


def test_months_of_the_lapse_count_where_they_are_paid_too(ask):
    paid = ask(**ZHEJIANG, insured_months=200, back_paid=True)["retirement"]
    open_ = ask(**ZHEJIANG, insured_months=200)["retirement"]
    assert span(paid["gap"]) == (36, 36, 36)
    assert span(open_["gap"]) == (None, 36, 40) and "补上了才计入" in open_["gap"]["note"]


def test_whoever_has_enough_months_misses_none(ask):
    found = ask(**ZHEJIANG, insured_months=240, back_paid=False)["retirement"]
    assert span(found["gap"]) == (0, 0, 0) and found["gap"]["text"] == "不差了" and "reached_on" not in found


def test_paying_every_month_from_now_reaches_the_years_in_the_fortieth(ask):
    found = ask(**ZHEJIANG, insured_months=200, back_paid=False)
    assert found["retirement"]["reached_on"]["value"] == "2029-06-01"  # 2026-03 is the first, 2029-06 the fortieth
    assert "years_reached" in [one["key"] for one in found["deadlines"]]


def test_what_is_missing_on_retiring_leaves_the_month_of_retirement_open(ask):
    found = ask(**ZHEJIANG, insured_months=200, back_paid=False, retires_on="2026-12-10")["retirement"]
    assert span(found["gap_on_retiring"]) == (None, 30, 31)  # 2026-03 to 2026-11 are nine, December the tenth
    past = ask(**ZHEJIANG, insured_months=200, back_paid=False, retires_on="2026-01-10")["retirement"]
    assert span(past["gap_on_retiring"]) == (40, 40, 40)


def months_to_go(ask, **keys):
    found = ask(**{**ZHEJIANG, "as_of": "2026-11-22", "insured_months": 238, **keys})["retirement"]
    return span(found["gap"]), found.get("reached_on", {}).get("value"), span(found["gap_on_retiring"])


@pytest.mark.parametrize(("last_paid", "reached", "on_retiring"), [
    ("2026-11", "2027-01-01", (None, 0, 1)), ("2026-10", "2026-12-01", (0, 0, 0)),
])  # fmt: skip
def test_a_month_that_is_paid_is_not_paid_again(last_paid, reached, on_retiring, ask):
    asked = {"last_paid_month": last_paid, "retires_on": "2027-01-15"}
    assert months_to_go(ask, **asked) == ((2, 2, 2), reached, on_retiring)


@pytest.mark.parametrize(("last_paid", "retires", "on_retiring"), [
    ("2026-11", "2026-11-25", (2, 2, 2)), ("2026-11", "2026-12-01", (None, 1, 2)), ("2026-10", "2026-11-25", (None, 1, 2)),
    ("2026-10", "2026-11-21", (2, 2, 2)), ("2026-12", "2026-12-31", (2, 2, 2)),
])  # fmt: skip
def test_who_retires_in_a_month_that_is_paid_pays_no_more(last_paid, retires, on_retiring, ask):
    assert months_to_go(ask, last_paid_month=last_paid, retires_on=retires)[2] == on_retiring


def test_which_months_are_taken_to_be_paid_is_said(ask):
    asked = {**ZHEJIANG, "as_of": "2026-11-22", "insured_months": 200, "back_paid": False}
    notes = [ask(**{**asked, **more})["retirement"]["reached_on"]["note"].partition("没有查到")[0] for more in (
        {"last_paid_month": "2026-11"}, {"last_paid_month": "2026-10"}, {"paid_on": "2026-12-10"},
    )]  # fmt: skip
    assert notes == ["按从还没缴的第一个月起每月都缴来算。", "按从现在起每月都缴来算。", "按从缴费那个月起每月都缴来算。"]


PAID_LONG_AGO = {**ZHEJIANG, "as_of": "2026-11-22", "last_paid_month": "2024-10", "paid_on": "2025-01-10", "insured_months": 200}


def test_months_since_a_payment_may_have_been_paid_or_not(ask):
    found = ask(**PAID_LONG_AGO, back_paid=True, retires_on="2028-01-01")["retirement"]
    assert span(found["gap"]) == (None, 15, 38)  # 2025-01 to 2026-11 are 23
    assert found["gap"]["note"].startswith("缴费以后每个月接着缴没缴还不清楚，所以只能给范围。")
    assert found["reached_on"]["value"] == "2028-02-01"
    assert span(found["gap_on_retiring"]) == (None, 1, 2)
    both = ask(**PAID_LONG_AGO)["retirement"]
    assert span(both["gap"]) == (None, 15, 40) and "reached_on" not in both
    assert both["gap"]["note"].startswith("断掉的月份补上了才计入年限，补没补还不清楚，所以只能给范围。缴费以后每个月接着缴没缴")


@pytest.mark.parametrize(("paid_on", "gap"), [
    ("2026-11-22", (None, 39, 40)), ("2026-11-23", (40, 40, 40)), ("2026-10-31", (None, 38, 40)),
])  # fmt: skip
def test_the_month_of_the_payment_may_be_one_of_them_once_it_is_there(paid_on, gap, ask):
    found = ask(**{**PAID_LONG_AGO, "paid_on": paid_on}, back_paid=False)["retirement"]["gap"]
    assert span(found) == gap and ("接着缴没缴" in (found["note"] or "")) == (gap[0] is None)


def test_months_paid_in_the_place_may_have_grown_too(ask):
    rules = {**PAID_LONG_AGO, "place": "440100", "as_of": "2031-01-10", "paid_on": "2030-12-10", "last_paid_month": "2030-11"}
    found = ask(**rules, back_paid=False, local_insured_months=100)["retirement"]["local_gap"]
    assert (found["value"], found["note"] is not None) == (None, True)
    assert [(one["low"], one["high"]) for one in found["alternatives"]] == [(18, 20)]


def test_what_makes_the_months_missing_on_retiring_uncertain_is_said_and_nothing_else(ask):
    asked = {**ZHEJIANG, "insured_months": 200}
    past = ask(**asked, retires_on="2026-03-10")["retirement"]["gap_on_retiring"]
    assert span(past) == (None, 36, 40) and "退休那个月" not in past["note"] and "补没补还不清楚" in past["note"]
    ahead = ask(**asked, back_paid=False, retires_on="2026-03-20")["retirement"]["gap_on_retiring"]
    assert span(ahead) == (None, 39, 40) and "补没补还不清楚" not in ahead["note"]
    assert ahead["note"].startswith("按从现在起每月都缴来算。退休那个月缴不缴，各地不同，所以可能差一个月。")
    enough = ask(**{**asked, "insured_months": 240}, retires_on="2026-03-20")["retirement"]
    assert enough["gap"]["value"] == 0 and not enough["gap"]["note"].startswith("断掉")
    assert enough["gap_on_retiring"]["note"].startswith("按从现在起每月都缴来算。没有查到")


def test_without_the_months_paid_only_the_years_asked_for_are_known(ask):
    found = ask(**ZHEJIANG, retires_on="2030-05-20")["retirement"]
    assert span(found["gap"]) == (None, None, None) and "没填累计缴了几个月" in found["gap"]["note"]
    assert found["gap"]["text"] == "还算不出" and found["required"]["value"] == 20


@pytest.mark.parametrize("place", ["310000", "110000", "CN"])
def test_where_no_text_gives_the_years_nothing_is_guessed(place, ask):
    found = ask(**{**ZHEJIANG, "place": place}, insured_months=200)["retirement"]
    assert span(found["required"]) == span(found["gap"]) == (None, None, None)
    assert found["required"]["note"] and found["required"]["alternatives"] == []


def test_guangdongs_unclear_years_stand_beside_and_differ_by_sex(ask):
    asked = {**ZHEJIANG, "place": "440100", "as_of": "2031-01-01"}
    found = ask(**asked, insured_months=200, local_insured_months=100, back_paid=False)["retirement"]
    assert found["required"]["value"] is None
    (other,) = found["gap"]["alternatives"]
    assert (other["low"], other["high"], other["standing"]) == (100, 160, "unclear")
    assert found["local_gap"]["alternatives"][0]["value"] == 20


def test_guangdongs_years_are_not_those_of_before_2030(ask):
    asked = {**ZHEJIANG, "place": "440100", "insured_months": 200}
    assert ask(**asked)["retirement"]["required"]["alternatives"] == []
    assert ask(**asked, retires_on="2030-01-01")["retirement"]["required"]["alternatives"][0]["high"] == 30


def test_continuous_years_are_for_the_place_to_say(ask):
    found = ask(**ZHEJIANG, insured_months=200)["retirement"]["continuous_kept"]
    assert span(found) == (None, None, None) and "由当地定" in found["note"]


def test_shenzhens_old_tiers_by_months_without_a_break(ask):
    edges = {0: "1", 5: "1", 6: "2", 12: "3", 24: "4", 35: "4", 36: "5", 71: "5", 72: "6", 200: "6"}
    for months, times in edges.items():
        assert ask(**SHENZHEN, continuous_months=months)["cap"]["before"]["value"] == times
    cap = ask(**SHENZHEN, continuous_months=80)["cap"]
    assert span(cap["after"]) == (None, "1", "6") and cap["before"]["text"] == "平均工资的6倍"


def test_a_lapse_of_no_month_leaves_the_tier(ask):
    cap = ask(**{**SHENZHEN, "last_paid_month": "2022-12"}, continuous_months=80)["cap"]
    assert cap["after"]["value"] == cap["before"]["value"] == "6"


def test_shenzhens_tiers_of_today_are_only_what_is_said(ask):
    today = {**SHENZHEN, "last_paid_month": "2025-10", "as_of": "2026-01-05"}
    cap = ask(**today, continuous_months=80)["cap"]
    assert span(cap["before"]) == (None, None, None)
    assert [(one["value"], one["standing"]) for one in cap["before"]["alternatives"]] == [("6", "unclear")]
    assert ask(**today, continuous_months=60)["cap"]["before"]["alternatives"] == []


def test_elsewhere_the_cap_by_months_is_not_known(ask):
    cap = ask(**ZHEJIANG, continuous_months=80)["cap"]
    assert span(cap["before"]) == span(cap["after"]) == (None, None, None) and "要问当地" in cap["before"]["note"]


def test_a_resident_is_told_what_the_lapse_takes_of_the_reward(ask):
    found = ask(**RESIDENT, place="220200", continuous_months=84)["incentive"]
    assert found["per_year"]["value"] == found["zero_claim"]["value"] == "4000.00"
    assert span(found["lost"]) == (None, "0.00", "12000.00")  # seven years, three beyond the fourth
    assert found["penalty"]["value"] == "8000.00"  # 2024 and 2025
    assert found["years_reset"]["value"] is True and found["most"]["value"] == "80000.00"


def test_the_penalty_and_the_reward_have_an_end(ask):
    found = ask(coverage_year=2050, last_covered_year=2020, place="220200", continuous_months=600)["incentive"]
    assert found["penalty"]["value"] == found["lost"]["high"] == "80000.00"


def test_where_the_reward_is_kept_nothing_is_lost(ask):
    found = ask(**RESIDENT, place="411000", continuous_months=84)["incentive"]
    assert found["lost"]["value"] == "0.00" and "以前攒下的还在" in found["lost"]["note"]


def test_the_nation_names_the_least_and_leaves_the_rest_to_the_provinces(ask):
    found = ask(**RESIDENT, continuous_months=84)["incentive"]
    assert span(found["per_year"]) == (None, "1000.00", None)
    assert span(found["lost"]) == span(found["penalty"]) == (None, None, None)


def test_years_that_earn_nothing_yet_cannot_be_lost(ask):
    found = ask(**RESIDENT, continuous_months=59)["incentive"]
    assert found["lost"]["value"] == "0.00" and "还没有开始攒" in found["lost"]["note"]


def test_without_a_lapse_nothing_is_lost(ask):
    found = ask(coverage_year=2026, last_covered_year=2025, place="220200", continuous_months=84)["incentive"]
    assert found["lost"]["value"] == found["penalty"]["value"] == "0.00"


def test_a_lapse_of_unknown_length_bounds_the_penalty(ask):
    found = ask(coverage_year=2026, place="220200", continuous_months=84)["incentive"]
    assert span(found["penalty"]) == (None, "0.00", "80000.00")


def test_an_unclear_reward_stands_beside(ask):
    found = ask(**RESIDENT, place="440500", continuous_months=84)["incentive"]["per_year"]
    assert (found["low"], [one["value"] for one in found["alternatives"]]) == ("1000.00", ["3800.00"])


def changed(compiled, rule, **keys):
    """The rulebook with one rule otherwise."""
    return Rulebook.load({**compiled, "rules": [{**one, **(keys if one["id"] == rule else {})} for one in compiled["rules"]]})


def test_were_guangdongs_years_in_force_the_local_ones_would_be_asked_for_too(compiled):
    book = changed(compiled, "440000.employee.retirement", standing="in_force", sets_value=True)
    asked = {**ZHEJIANG, "place": "440100", "as_of": "2031-01-01", "insured_months": 200, "back_paid": False}
    found = assess(Case.parse(asked, book), book).to_json()["retirement"]
    assert span(found["required"]) == (None, 25, 30) and span(found["gap"]) == (None, 100, 160)
    assert found["local_required"]["value"] == 10 and "没填在参保地缴了几个月" in found["local_gap"]["note"]
    assert "reached_on" not in found


def test_where_no_month_is_missing_either_way_none_is_said_to_be_in_doubt(ask):
    asked = {"scheme": "employee", "place": "330100", "as_of": "2026-02-20"}
    keys = {**asked, "last_paid_month": "2025-12", "retires_on": "2026-05-01"}
    enough = ask(**keys, insured_months=300)["retirement"]["gap_on_retiring"]
    assert enough["value"] == 0 and "差一个月" not in enough["note"]
    assert "差一个月" in ask(**keys, insured_months=200)["retirement"]["gap_on_retiring"]["note"]


def test_what_may_have_been_paid_since_is_told_only_where_it_matters(ask):
    said = "接着缴没缴"
    enough = ask(**{**PAID_LONG_AGO, "insured_months": 300}, back_paid=True)["retirement"]["gap"]
    assert enough["value"] == 0 and said not in (enough["note"] or "")
    unpaid = ask(**ZHEJIANG, insured_months=200)["retirement"]["gap"]
    assert unpaid["value"] is None and said not in unpaid["note"]
