"""Which entry of a calendar a file given again moves: the same matter, on whatever day it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import icalendar
import pytest

from calculator import Case, Rulebook
from calculator.show import calendar
from calculator.show.story import story_of
from calculator.text import whole

Json = dict[str, Any]
HOST = "@yibao-lapse-guide.invalid"
HIRED = {"scheme": "employee", "place": "CN", "last_paid_month": "2026-05", "hired_on": "2026-11-01",
         "transfer_on": "2026-11-25", "applied_on": "2026-11-24"}  # fmt: skip
NEWBORN = {"scheme": "resident", "place": "CN", "as_of": "2026-11-22", "coverage_year": 2026, "exempt_group": "newborn"}
FLEXIBLE = {"scheme": "flexible", "place": "370200", "last_paid_month": "2026-01"}


@pytest.fixture(scope="module")
def told(rulebook: Rulebook) -> Callable[..., Json]:
    return lambda **case: whole(Case.parse(case, rulebook), rulebook)


def entries(assessment: Json) -> dict[str, str]:
    """The day of each entry by its UID, without what is asked and the host."""
    events = icalendar.Calendar.from_ical(calendar(assessment)).walk("VEVENT")
    found = {str(event["UID"]): str(event["DTSTART"].dt) for event in events}
    assert len(found) == len(events) and all(uid.endswith(HOST) for uid in found)
    return {uid.partition(f"-{assessment['case']['scheme']}-")[0]: day for uid, day in found.items()}


def test_an_entry_is_the_same_after_others_are_over(told: Callable[..., Json]) -> None:
    early, late = (entries(told(**HIRED, as_of=day)) for day in ("2026-11-22", "2026-12-05"))
    assert early == {
        "deadline-employer_registration": "2026-12-01", "deadline-registration": "2026-12-08", "deadline-transfer": "2026-12-16",
    }  # fmt: skip
    assert late == {"deadline-registration": "2026-12-08", "deadline-transfer": "2026-12-16"}


def test_a_last_day_is_the_same_entry_with_fewer_days_left_and_on_the_day_itself(told: Callable[..., Json]) -> None:
    days = ("2026-03-20", "2026-05-30", "2026-05-31")
    found = [entries(told(**FLEXIBLE, as_of=day)) for day in days]
    named = [{uid for uid, on in one.items() if on == "2026-05-31" and uid.startswith("deadline-terms")} for one in found]
    assert named[0] == named[1] == named[2] and len(named[0]) == 1


def test_two_children_have_each_their_own_last_day_and_only_one(told: Callable[..., Json]) -> None:
    uids = []
    for born, last in (("2026-10-01", "2026-12-30"), ("2026-10-20", "2027-01-18")):
        assessment = told(**NEWBORN, born_on=born)
        assert entries(assessment) == {"deadline-newborn": last}
        (event,) = icalendar.Calendar.from_ical(calendar(assessment)).walk("VEVENT")
        assert "从出生那天起的医疗费都能报" in event["DESCRIPTION"]
        uids.append(str(event["UID"]))
    assert uids[0] != uids[1] and "-20261001@" in uids[0]


def test_a_childs_last_day_stands_where_no_way_is_compared(told: Callable[..., Json]) -> None:
    assessment = told(**NEWBORN, born_on="2026-10-01")
    alone = {**assessment, "advice": {**assessment["advice"], "last_days": []}}
    assert entries(alone) == entries(assessment)
    (told_of,) = [event.text for event in story_of(alone).events if event.key == "newborn"]
    assert told_of == "新生儿参保能从出生那天起报销的最后一天"


def test_the_windows_of_two_years_are_two_entries_by_their_year(told: Callable[..., Json]) -> None:
    asked = {"scheme": "resident", "place": "410000", "coverage_year": 2026, "last_covered_year": 2025}
    both = told(**asked, as_of="2025-09-01")
    again = {**both["deadlines"][0], "key": "window_closes", "date": "2026-12-31", "text": "2027年度集中参保期最后一天：…"}
    both["deadlines"] = [*both["deadlines"], again]
    found = entries(both)
    assert found["window-window_opens2026"] == "2025-09-29"
    assert (found["deadline-window_closes2026"], found["deadline-window_closes2027"]) == ("2025-12-31", "2026-12-31")


def test_the_earliest_day_becomes_the_day_and_the_latest_is_another_entry(told: Callable[..., Json]) -> None:
    assessment = told(**FLEXIBLE, as_of="2026-03-20", paid_on="2026-03-10", back_paid=True)
    resume = {**assessment["benefits_resume_on"], "value": None, "low": "2026-05-01", "high": "2026-08-01"}
    assert {uid: day for uid, day in entries({**assessment, "benefits_resume_on": resume}).items() if "resume" in uid} == {
        "resume": "2026-05-01", "resume-latest": "2026-08-01",
    }  # fmt: skip
    known = {**resume, "value": "2026-06-01"}
    assert entries({**assessment, "benefits_resume_on": known})["resume"] == "2026-06-01"


def test_the_same_terms_that_end_each_quarter_are_told_apart_by_their_days(told: Callable[..., Json]) -> None:
    assessment = told(**FLEXIBLE, as_of="2026-03-20")
    text = "最晚{}月{}日缴，等1个月；再晚，等2个月。还剩9天。"
    ends = [{"date": f"2026-0{month}-{day}", "days_left": 9, "text": text.format(month, day), "rules": []}
            for month, day in ((4, 30), (7, 31))]  # fmt: skip
    found = entries({**assessment, "advice": {**assessment["advice"], "last_days": ends}})
    uids = sorted(uid for uid in found if uid.startswith("deadline-terms"))
    assert [uid.rpartition("-")[2] for uid in uids] == ["20260430", "20260731"]
    assert len({uid.rpartition("-")[0] for uid in uids}) == 1


def test_terms_said_in_other_words_have_a_name_too(told: Callable[..., Json]) -> None:
    assessment = told(**FLEXIBLE, as_of="2026-03-20")
    names = set()
    for text in ("先问清楚", "再问清楚"):
        end = {"date": "2026-04-01", "days_left": 12, "text": text, "rules": []}
        names |= {uid for uid, day in entries({**assessment, "advice": {**assessment["advice"], "last_days": [end]}}).items()
                  if day == "2026-04-01" and uid.startswith("deadline-")}  # fmt: skip
    assert len(names) == 2
