"""Newborns: the ninetieth day read both ways, the turn of the year, the last day in words of birth and not of a gap."""

from __future__ import annotations

import pytest

from calculator import Case, advise

EDGE = "出生当天算第1天的话，登记那天已经过了期限，请先问当地医保窗口。"


def child(born_on, **more):
    return {"scheme": "resident", "place": "CN", "coverage_year": int(born_on[:4]), "exempt_group": "newborn",
            "born_on": born_on, **more}


def ways(rulebook, **asked):
    return advise(Case.parse(child(**asked), rulebook), rulebook).to_json()


def test_on_the_ninetieth_day_it_is_said_that_the_day_of_birth_may_count(ask):
    last = ask(**child("2026-01-01", as_of="2026-04-10", registered_on="2026-04-01"))
    for key in ("benefits_resume_on", "retroactive"):
        assert last[key]["note"] == EDGE
    assert last["benefits_resume_on"]["value"] == "2026-01-01"
    before = ask(**child("2026-01-01", as_of="2026-04-10", registered_on="2026-03-31"))
    assert before["benefits_resume_on"]["note"] is None


def test_where_the_place_says_what_holds_later_the_ninetieth_day_has_both_answers(ask):
    got = ask(**child("2026-01-01", place="360000", as_of="2026-04-10", registered_on="2026-04-01"))
    resume = got["benefits_resume_on"]
    assert resume["value"] == "2026-01-01" and resume["note"] == EDGE
    assert [(one["value"], one["standing"]) for one in resume["alternatives"]] == [("2026-04-02", "unclear")]
    assert [one["value"] for one in got["registration"]["newborn_by"]["alternatives"]] == ["2026-03-31"]


@pytest.mark.parametrize("as_of", ["2026-12-31", "2027-01-05"])
def test_a_child_of_december_can_be_registered_over_the_turn_of_the_year(rulebook, as_of):
    found = ways(rulebook, born_on="2026-12-20", as_of=as_of)
    assert len(found["rows"]) >= 2
    assert {row["restored"]["value"] for row in found["rows"]} == {"2026-12-20"}
    assert found["rows"][-1]["case"]["paid_on"].startswith("2027-")


def test_the_last_day_speaks_of_birth_and_not_of_a_gap(rulebook):
    told = [last["text"] for last in ways(rulebook, born_on="2026-01-01", as_of="2026-03-10")["last_days"]]
    assert told == ["最晚4月1日缴，从出生那天起的医疗费都能报；再晚，从哪天起能报要问当地。还剩22天。"]
    jiangxi = [last["text"] for last in ways(rulebook, born_on="2026-01-01", as_of="2026-03-10", place="360000")["last_days"]]
    assert jiangxi == ["最晚4月1日缴，从出生那天起的医疗费都能报；再晚，缴费以后的医疗费才能报。还剩22天。"]


def test_after_the_ninety_days_and_the_year_nothing_is_offered_for_that_year(rulebook, ask):
    asked = {"born_on": "2026-03-01", "as_of": "2027-02-01"}
    assert ways(rulebook, **asked)["rows"] == []
    assert ask(**child(**asked))["headline"].startswith("能从出生那天起报销的期限（2026年5月30日）已经过了。")
