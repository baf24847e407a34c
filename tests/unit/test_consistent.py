"""One Assessment says nothing twice in two ways: what a wait does, what stops when, what may still be paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from calculator import Case, Rulebook
from calculator.advice import advise
from calculator.advice.last_days import Terms, _worse
from calculator.ranges import UNKNOWN, exact
from calculator.show.story import story_of
from calculator.values import NO_WAIT
from tests.unit.conftest import Ask

Json = dict[str, Any]
TODAY = "2026-11-22"
DALIAN = {"scheme": "flexible", "place": "210200", "as_of": TODAY, "last_paid_month": "2026-07", "monthly_amount": "400.00"}
UNPAID = {"scheme": "resident", "place": "330000", "as_of": TODAY, "coverage_year": 2027}


@pytest.mark.parametrize("known", [{"last_covered_year": 2026}, {}], ids=["no year missed", "year not known"])
def test_what_a_wait_does_is_said_also_where_there_may_be_none(ask: Ask, known: Json) -> None:
    effect = ask(**UNPAID, **known)["payment_effect"]
    assert (effect["value"], effect["text"], effect["basis"]) == (None, "还算不出", "none")
    assert effect["note"] == "要等的话，能用以前，统筹基金不付；不用等的，没有影响。要不要等，请问当地。"
    assert effect["rules"] == ["CN.resident.effect"]


def test_a_wait_that_is_certain_is_said_without_if(ask: Ask) -> None:
    effect = ask(**{**UNPAID, "coverage_year": 2026, "last_covered_year": 2023, "in_window": False})["payment_effect"]
    assert effect["value"]["kind"] == "zero" and not (effect["note"] or "").startswith("要等的话")


def test_when_benefits_stopped_needs_what_was_paid_last(ask: Ask) -> None:
    by_year = ask(**UNPAID)["benefits_stop_on"]
    by_month = ask(**{**UNPAID, "situation": "scheme_switch"})["benefits_stop_on"]
    assert (by_year["text"], by_year["note"]) == ("还算不出", "没填最后参保是哪一年，算不出从哪天起停。")
    assert (by_month["text"], by_month["note"]) == ("还算不出", "没填最后缴到哪个月，算不出从哪天起停。")


def rows(case: Json, rulebook: Rulebook) -> dict[str, Json]:
    return {row["id"]: row for row in advise(Case.parse(case, rulebook), rulebook).to_json()["rows"]}


def test_nobody_waits_where_there_is_no_wait(rulebook: Rulebook) -> None:
    row = rows(DALIAN, rulebook)["today.back_paid"]
    assert row["waiting"]["value"] == 0
    assert row["loses"] == ["缴清后，断缴期间的费用可以补报。", "缴费后到2026年11月30日还没有恢复。"]


def test_who_may_pay_the_missing_months_by_rule_is_not_sent_to_ask(rulebook: Rulebook) -> None:
    assert rows(DALIAN, rulebook)["today.back_paid"]["notes"] == []
    by_place = rows({**DALIAN, "place": "CN"}, rulebook)["today.back_paid"]["notes"]
    assert by_place == ["断缴的月份能不能补，由当地定，先问参保地医保经办机构。"]
    employee = rows({**DALIAN, "scheme": "employee"}, rulebook)["today.back_paid"]["notes"]
    assert employee == ["单位职工由单位来补，要单位去办。"]


def told(case: Json, rulebook: Rulebook) -> list[tuple[str, str]]:
    return [(str(last.day), last.text) for last in advise(Case.parse(case, rulebook), rulebook).last_days]


def test_the_last_day_to_pay_the_missing_months_is_the_last_day_they_can_be_paid(rulebook: Rulebook) -> None:
    said = "补上断缴月份的，最晚11月30日缴，没有等待期，断缴期间的费用可以补报；再晚，断缴的月份不能再补。还剩8天。"
    assert told(DALIAN, rulebook) == [("2026-11-30", said)]
    decided = told({**DALIAN, "back_paid": True}, rulebook)
    assert decided == [("2026-11-30", said.removeprefix("补上断缴月份的，"))]
    assert told({**DALIAN, "back_paid": False}, rulebook) == []


def test_who_cannot_pay_them_any_more_is_not_told_of_a_last_day(rulebook: Rulebook) -> None:
    assert told({**DALIAN, "last_paid_month": "2026-05", "back_paid": True}, rulebook) == []


def test_what_is_the_same_either_way_is_said_once(rulebook: Rulebook) -> None:
    paid_up = {"scheme": "employee", "place": "330100", "as_of": TODAY, "last_paid_month": "2026-11"}
    assert told(paid_up, rulebook) == [("2026-12-31", "最晚12月31日缴，不算断缴；再晚，就算断缴。还剩39天。")]


@pytest.mark.parametrize(
    ("paid_on", "said"),
    [(None, "缴了费，也还不能报销。"), ("2026-11-25", "缴了费，也还不能报销。"), (TODAY, "已缴费，还不能报销。")],
)
def test_nobody_has_paid_who_has_not(ask: Ask, paid_on: str | None, said: str) -> None:
    case = {"scheme": "employee", "place": "310000", "situation": "employer_arrears", "last_paid_month": "2026-05"}
    story = "".join(story_of(ask(**case, as_of=TODAY, paid_on=paid_on)).sentences())
    assert said in story
    assert ("已缴费，还不能报销" in story) == (paid_on == TODAY)


def test_a_newborn_has_a_best_day_although_later_ones_are_open(rulebook: Rulebook) -> None:
    case = {"scheme": "resident", "place": "510100", "as_of": TODAY, "coverage_year": 2026, "exempt_group": "newborn"}
    found = advise(Case.parse({**case, "born_on": "2026-09-01"}, rulebook), rulebook)
    assert found.earliest == ("today", "month_end")
    assert [row.option.id for row in found.rows] == ["today", "month_end", "next_month"]


def test_another_reading_of_one_topic_says_nothing_of_another(rulebook: Rulebook) -> None:
    day, place, scheme = date(2026, 3, 20), "330100", "resident"
    topics = {rule.topic for rule in rulebook.rules}
    readings = list(rulebook.variants(place, scheme, "same_place"))
    assert len({reading.rule.topic for reading in readings}) > 1
    for reading in readings:
        for topic in topics - {reading.rule.topic}:
            said = rulebook.speaking(topic, place, scheme, None, day, reading)
            assert [one.rule.id for one in said] == [one.rule.id for one in rulebook.speaking(topic, place, scheme, None, day)]


def test_terms_are_worse_once_the_months_cannot_be_paid_and_then_no_more() -> None:
    here = Terms(exact(NO_WAIT), exact(True), covered=True, lapsed=True, payable=True, rules=())
    never = here._replace(payable=False)
    assert _worse(here, never)
    worse = never._replace(retroactive=UNKNOWN)
    assert not _worse(never, worse) and not _worse(never, here) and not _worse(here, here)


def test_a_wait_whose_text_says_the_day_after_ends_on_the_day_after(ask: Ask) -> None:
    """广州: benefits begin on the day after three full months."""
    found = ask(scheme="resident", place="440100", as_of=TODAY, coverage_year=2026, last_covered_year=2024, paid_on="2026-06-10")
    assert found["benefits_resume_on"]["value"] == "2026-09-11"
