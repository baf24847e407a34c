"""How long a resident waits and what becomes of the gap, where a text says less, or another thing, than the nation's."""

from __future__ import annotations

import calendar
import json
from datetime import date
from typing import Any

import pytest

from calculator import words
from calculator.ranges import Range, exact
from calculator.resident import Terms, full_wait
from calculator.tier_words import condition_words
from calculator.values import Length, days_of, parse_day
from tests.unit.small import EMPLOYEE, RESIDENT, ask, days, months, rule, spoken

Json = dict[str, Any]
FIXED = {"fixed": months(3), "start": {"in_window": "year_start", "late": "payment_day"}, "end": "same_day"}
GAP = rule("CN", "resident", "effect", {"retroactive": False, "in_wait": "zero"})
LONG_WINDOW = {"start": "09-01", "end": "12-31", "extension_end": "02-end"}
INSIDE = {**RESIDENT, "as_of": "2026-02-10", "paid_on": "2026-02-05", "in_window": True}


def waiting(**said: Any) -> Json:
    return rule("CN", "resident", "waiting", {**FIXED, **said})


def window(**said: Any) -> Json:
    return rule("CN", "resident", "window", {**LONG_WINDOW, **said})


@pytest.mark.parametrize(("since", "months_waited"), [(2024, 5), (2025, 4), (2026, 0), (2027, 0)])
def test_years_before_those_that_count_make_nobody_wait(since: int, months_waited: int) -> None:
    grows = waiting(count_from_year=since, variable={"per_year": months(1), "beyond_year": 0})
    assert ask({**INSIDE, "last_covered_year": 2023}, grows)["waiting"]["value"] == months_waited


def test_a_wait_in_days_with_no_upper_bound_mixes_nothing() -> None:
    asked = {key: value for key, value in RESIDENT.items() if key != "last_covered_year"}
    found = ask({**asked, "in_window": False}, waiting(fixed=days(90)))["waiting"]
    assert (found["low"], found["high"], found["unit"]) == (90, None, "day")
    assert words.DAYS_AND_MONTHS not in (found["note"] or "")


@pytest.mark.parametrize(("paid_on", "gap", "note"), [("2025-12-31", None, words.NO_GAP), ("2026-01-01", False, None)])
def test_who_pays_on_new_years_day_for_the_next_day_has_a_gap_of_one_day(paid_on: str, gap: bool | None, note: str) -> None:
    found = ask({**RESIDENT, "paid_on": paid_on}, waiting(), window(within_year_resume="next_day"), GAP)
    assert found["benefits_resume_on"]["value"] == {"2025-12-31": "2026-01-01", "2026-01-01": "2026-01-02"}[paid_on]
    assert found["retroactive"]["value"] is gap
    assert note is None or found["retroactive"]["note"] == note


def test_cover_that_may_reach_back_to_new_year_may_make_good_what_was_not_paid_by_the_month() -> None:
    asked = {key: value for key, value in INSIDE.items() if key not in ("last_covered_year", "in_window")}
    asked |= {"last_paid_month": "2025-10", "previous_scheme": "employee"}
    found = ask(asked, waiting(), window(within_year_resume="year_start"), GAP)
    assert (found["lapse"]["unit"], found["benefits_resume_on"]["low"]) == ("month", "2026-01-01")
    assert (found["retroactive"]["value"], found["retroactive"]["note"]) == (None, words.REACH_UNKNOWN)


def test_cover_from_new_year_on_makes_no_skipped_year_good() -> None:
    case = {**INSIDE, "last_covered_year": 2023}
    found = ask(case, waiting(count_from_year=2026), window(within_year_resume="year_start"), GAP)
    assert found["benefits_resume_on"]["value"] == "2026-01-01" and found["retroactive"]["value"] is False
    assert ask(INSIDE, waiting(), window(within_year_resume="year_start"), GAP)["retroactive"]["value"] is True


def test_where_no_text_says_how_long_the_wait_is_the_gap_is_still_not_paid() -> None:
    found = ask({**RESIDENT, "paid_on": "2025-12-20", "in_window": False}, GAP)
    assert (found["waiting"]["value"], found["retroactive"]["value"]) == (None, False)


def test_years_that_are_free_add_nothing_and_days_beside_months_or_years_give_bounds() -> None:
    def wait(years: int, repaid: int = 0, **said: Any) -> Range:
        return full_wait(Length(3, "month"), years, repaid, Terms([spoken("waiting", said)]))

    by_day = {"variable": {"per_year": days(30), "beyond_year": 3}}
    assert [wait(years, **by_day) for years in (1, 2, 3)] == [exact(Length(3, "month"))] * 3
    repaid_by_day = {"variable": {"per_year": months(1), "beyond_year": 1}, "repair": {"per_year": days(30)}}
    assert wait(3, 1, **repaid_by_day) == Range(Length(84 + 56 - 30, "day"), Length(93 + 62 - 30, "day"))
    floor = {"floor": {"lapsed_years": 4, "total": {"n": 1, "unit": "year"}}}
    assert wait(4, **by_day, **floor) == Range(Length(365, "day"), Length(366, "day"))


def test_nothing_is_cut_where_the_text_says_so_of_the_wait() -> None:
    full = rule("CN", "resident", "effect", {"retroactive": False, "in_wait": "none"})
    found = ask({**RESIDENT, "in_window": False, "paid_on": "2026-03-10"}, *json.loads(json.dumps([waiting(), full])))
    assert (found["waiting"]["value"], found["payment_effect"]["text"]) == (3, words.NOTHING_CUT)


def test_who_is_registered_after_the_time_is_told_from_when_the_bills_are_paid() -> None:
    late = rule("CN", "resident", "newborn", {"within": days(90), "after_resume": "next_day"})
    case = {**RESIDENT, "last_covered_year": None, "exempt_group": "newborn", "born_on": "2026-01-01", "as_of": "2026-06-20"}
    found = ask({**case, "paid_on": "2026-06-10", "registered_on": "2026-06-10"}, late)
    assert found["benefits_resume_on"]["value"] == "2026-06-11"
    assert "超过90天才参保的，到账第二天恢复待遇。" in [step["sentence"] for step in found["steps"]]


# ---- days and months of the calendar


def test_every_month_has_its_days() -> None:
    for year in range(1949, 2200):
        assert [days_of(year, month) for month in range(1, 13)] == [calendar.monthrange(year, n)[1] for n in range(1, 13)]


@pytest.mark.parametrize(("day", "end"), [((2025, 1, 28), 28), ((2025, 1, 29), 28), ((2028, 1, 29), 29), ((2028, 1, 31), 29)])
def test_a_month_after_the_end_of_january_is_the_end_of_february(day: tuple[int, int, int], end: int) -> None:
    assert Length(1, "month").after(date(*day)) == date(day[0], 2, end)


@pytest.mark.parametrize("text", ["1949-01-01", "2199-12-31"])
def test_the_first_and_the_last_day_that_are_known(text: str) -> None:
    assert str(parse_day(text)) == text
    assert ask({**EMPLOYEE, "as_of": text, "last_paid_month": text[:7]})["lapse"]["length"] == 0


@pytest.mark.parametrize(("asked", "said"), [
    ({"min": 300, "max": 300}, "断缴前连续参保300个月"), ({"min": 300, "max": 301}, "断缴前连续参保300至301个月"),
    ({"min": 300}, "断缴前连续参保满300个月"), ({"max": 300}, "断缴前连续参保不超过300个月"),
])  # fmt: skip
def test_between_two_numbers_that_are_the_same_one_is_said(asked: Json, said: str) -> None:
    assert condition_words(json.loads(json.dumps({"continuous_months": asked}))) == said
