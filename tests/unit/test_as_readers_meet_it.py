"""One answer does not contradict itself, and nothing that is over is told as something to do."""

from __future__ import annotations

import json

import pytest

from calculator import Case
from calculator.show import summary
from calculator.show.story import story_of
from calculator.text import whole

DALIAN = {"scheme": "employee", "place": "210200", "as_of": "2026-11-22", "last_paid_month": "2026-06"}
JINING = {"scheme": "flexible", "place": "370800", "as_of": "2026-11-22", "last_paid_month": "2026-08", "back_paid": True}
LEFT_JOB = {**DALIAN, "scheme": "flexible", "place": "420100", "previous_scheme": "employee"}
BABY = {"scheme": "resident", "place": "350200", "as_of": "2026-11-22", "coverage_year": 2026, "exempt_group": "newborn"}
RESIDENT = {"scheme": "resident", "place": "330100", "as_of": "2026-11-22"}
BILL = {"kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.80"}


@pytest.fixture(scope="module")
def told(rulebook):
    def _told(*given, **more):
        asked = {key: value for one in (*given, more) for key, value in one.items()}
        return json.loads(json.dumps(whole(Case.parse(json.loads(json.dumps(asked)), rulebook), rulebook)))

    return _told


@pytest.mark.parametrize("asked", [DALIAN, JINING, LEFT_JOB])
def test_where_no_wait_is_set_nothing_speaks_of_a_wait(told, asked):
    for got in (told(asked), told(asked, paid_on="2026-11-20")):
        said = [got["waiting"]["text"], got["payment_effect"]["text"], got["use_now"]["fund"]["note"]]
        said += [step["sentence"] for step in got["steps"]]
        assert said[:2] == ["没有等待期", "能用以前，统筹基金不付"]
        assert not [one for one in said[1:] if "等待期里" in one or "在等待期" in one or "不用等" in one]


def test_a_step_is_said_once_for_all_that_may_be(told):
    steps = [step["sentence"] for step in told(DALIAN)["steps"]]
    assert [one for one in steps if "没有等待期" in one] == ["断缴满4个月的：没有等待期。"]


def test_a_visit_between_payment_and_the_next_month_is_not_called_a_wait(told):
    got = told(DALIAN, paid_on="2026-11-10", treatments=[{"date": "2026-11-15", **BILL}])["treatments"][0]
    assert (got["covered"]["value"], got["covered"]["note"]) == (False, "就医那天已经缴费，还没到恢复的日子。")
    waited = told(LEFT_JOB, previous_scheme="flexible", paid_on="2026-11-10", treatments=[{"date": "2026-11-15", **BILL}])
    assert waited["waiting"]["value"] == 6 and waited["treatments"][0]["covered"]["note"] == "就医那天在等待期。"
    assert waited["use_now"]["fund"]["note"].startswith("已经缴了，还在等待期，基金不付。")


@pytest.mark.parametrize(("place", "scheme"), [("350000", "employee"), ("350100", "flexible"), ("460000", "employee")])
def test_half_is_paid_from_the_payment_on_and_of_the_days_before_nothing_is_known(told, place, scheme):
    visits = [{"date": day, **BILL} for day in ("2026-11-01", "2026-11-14", "2026-11-15")]
    asked = {"scheme": scheme, "place": place, "as_of": "2026-11-22", "last_paid_month": "2026-06", "paid_on": "2026-11-15"}
    got = told(asked, back_paid=True, treatments=visits)
    assert got["payment_effect"]["value"]["schedule"][0]["from"] == "2026-11-15"
    first, before, after = got["treatments"]
    assert after["covered"]["value"] is True and after["ratio"]["value"] == "0.4"
    for unsure in (first, before):
        assert unsure["covered"]["value"] is None
        assert (unsure["ratio"]["low"], unsure["ratio"]["high"]) == ("0", "0.8")


@pytest.mark.parametrize(("year", "last", "then"), [(2025, 2024, "现在能缴的"), (2024, 2020, "现在能缴的"), (2026, 2024, "2027")])
def test_a_year_of_no_more_use_is_not_to_be_paid(told, year, last, then):
    got = told(RESIDENT, coverage_year=year, last_covered_year=last)
    lines = summary(got).split("\n")
    assert f"{then}年度" in got["headline"] and f"怎么办：{year}年度用不上了，请看现在能缴的年度。" in lines
    assert not [line for line in lines if line.startswith(("要交", "哪天恢复", "也有别的说法"))]


def test_for_a_year_that_is_over_nothing_is_due(told):
    got = told(RESIDENT, coverage_year=2025, last_covered_year=2024)
    assert {answer["value"] for answer in got["cost"].values()} == {"0.00"}
    assert got["cost"]["total"]["note"] == "这个年度的费现在缴也用不上，不用再缴。"
    assert got["benefits_resume_on"]["text"] == "这个年度用不上了" and "premium" not in got
    paid = told(RESIDENT, coverage_year=2025, last_covered_year=2024, paid_on="2026-11-01")
    assert paid["cost"]["total"]["low"] == "400.00"  # what was paid is told


def test_beside_a_day_after_the_year_it_stands_that_the_year_is_over_by_then(told):
    got = told(RESIDENT, coverage_year=2026, last_covered_year=2024)
    assert got["benefits_resume_on"]["low"] > "2027" and "这个参保年度已经过完" in got["benefits_resume_on"]["note"]


@pytest.mark.parametrize("born", [{}, {"born_on": "2026-10-10"}, {"born_on": "2026-10-10", "registered_on": "2026-11-01"}])
def test_a_newborn_has_missed_nothing(told, born):
    got = told(BABY, born)
    assert got["lapse"]["text"] == "第一次参保" and "第一次参保" in summary(got)
    assert (got["benefits_stop_on"]["text"], got["benefits_stop_on"]["value"]) == ("没有中断", None)
    assert "断" not in "".join(stretch.text for stretch in story_of(got).stretches)
    assert "还不清楚" not in summary(got) and "哪天停的" not in summary(got)


def test_a_newborn_not_yet_registered_is_not_covered_today(told):
    got = told(BABY, born_on="2026-10-10")
    assert got["use_now"]["fund"]["value"] is False
    assert got["benefits_resume_on"]["text"] == "还算不出" and "没查到" not in summary(got)


def test_who_has_registered_a_newborn_is_told_of_no_last_day_for_it(told):
    keys = {one["key"] for one in told(BABY, born_on="2026-10-10")["deadlines"]}
    assert "newborn" in keys
    for done in ({"registered_on": "2026-11-22"}, {"paid_on": "2026-10-20"}):
        got = told(BABY, done, born_on="2026-10-10")
        assert "newborn" not in {one["key"] for one in got["deadlines"]}
        assert got["advice"]["rows"] == [] and got["advice"]["note"].startswith("已经缴了费")
    planned = told(BABY, born_on="2026-10-10", registered_on="2026-11-23")
    assert "newborn" in {one["key"] for one in planned["deadlines"]} and planned["advice"]["rows"]


def test_who_enrols_for_the_first_time_is_told_from_when_it_can_be_used(told):
    got = summary(told(scheme="flexible", place="370800", as_of="2026-11-22", situation="first_enrolment"))
    assert "哪天开始能用：最早2026年12月1日" in got
    assert not [word for word in ("恢复", "断缴", "停的", "要补") if word in got]
    lapsed = summary(told(DALIAN))
    assert "哪天恢复：最早2026年12月1日" in lapsed and "断缴期间看病能不能补报：不能" in lapsed


def test_nobody_is_advised_to_pay_months_that_cannot_be_paid_any_more(told):
    late = {**DALIAN, "scheme": "flexible"}
    titles = [row["title"] for row in told(late)["advice"]["rows"]]
    assert titles and not [title for title in titles if "补上断缴的月份" in title]
    in_time = [row["title"] for row in told(late, last_paid_month="2026-07")["advice"]["rows"]]
    assert [title for title in in_time if "补上断缴的月份" in title]


def test_what_to_know_before_taking_the_best_way_stands_beside_it(told):
    asked = {"scheme": "resident", "place": "310000", "as_of": "2026-03-18", "coverage_year": 2027, "last_covered_year": 2025}
    line = next(line for line in summary(told(asked)).split("\n") if line.startswith("最早能用的办法"))
    assert line.endswith("。2027年度从哪天起能缴，没有查到，这天不一定缴得了")


def test_cover_that_may_reach_back_to_the_first_of_january_is_not_denied(told):
    asked = {"scheme": "resident", "place": "320000", "as_of": "2027-01-10", "coverage_year": 2027}
    for last in (2026, None):
        got = told(asked, last_covered_year=last)
        assert (got["benefits_resume_on"]["low"], got["retroactive"]["value"]) == ("2027-01-01", None)
    outside = told(asked, last_covered_year=2026, in_window=False)
    assert outside["benefits_resume_on"]["low"] > "2027-04" and outside["retroactive"]["value"] is False


def test_a_bill_from_before_the_first_payment_is_not_paid_where_the_gap_is_not(told):
    asked = {"scheme": "resident", "place": "530400", "as_of": "2026-07-22", "coverage_year": 2026, "last_covered_year": None}
    got = told(asked, paid_on="2026-07-22", treatments=[{"date": "2026-06-11", **BILL}])
    assert got["retroactive"]["value"] is False and got["treatments"][0]["covered"]["value"] is False


def test_what_a_missing_entry_leaves_open_is_not_said_to_be_unknown_to_all(told):
    got = told(scheme="employee", place="310000", as_of="2026-11-22", last_paid_month="2026-08", paid_on="2026-11-01")
    assert got["benefits_resume_on"]["text"] == "还算不出" and got["benefits_resume_on"]["note"].startswith("还要看：")
    assert "还算不出：要等多久、哪天恢复" in summary(got)


def test_a_wait_of_perhaps_nothing_is_said_so(told):
    got = told(scheme="resident", place="340000", as_of="2026-11-22", coverage_year=2026)
    assert got["waiting"]["text"] == "可能没有等待期，最长多久还不知道"


@pytest.mark.parametrize("paid_on", [None, "2026-07-02"])
def test_where_all_hangs_on_the_window_it_is_said_beside_the_day(told, paid_on):
    asked = {"scheme": "resident", "place": "440300", "coverage_year": 2026, "last_covered_year": 2024, "as_of": "2026-07-02"}
    why = "不知道缴费日是否在集中参保期内，所以只能给范围。"
    open_ = told(asked, paid_on=paid_on)
    assert why in open_["benefits_resume_on"]["note"] and why in summary(open_).split("\n")
    for inside in (True, False):
        assert why not in summary(told(asked, paid_on=paid_on, in_window=inside))


def test_where_nobody_knows_when_benefits_stopped_a_bill_of_the_gap_is_left_open(told):
    visits = [{"date": day, **BILL} for day in ("2026-08-31", "2026-10-15")]
    before, after = told(JINING, paid_on="2026-11-20", treatments=visits)["treatments"]
    assert before["covered"]["value"] is True and after["covered"]["value"] is None
    assert "没有查到规定" in after["covered"]["note"]
