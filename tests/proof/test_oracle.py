"""The oracle on cases worked out by hand from the texts, and its counting on days that are easily got wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calculator import Case, Rulebook, assess
from scripts.proof.oracle import Oracle
from scripts.proof.oracle_days import later, minus, months_between, plus, widest
from scripts.proof.oracle_questions import questions
from scripts.proof.speaking import Speaking
from scripts.rulebook import build_rulebook

ROOT = Path(__file__).resolve().parents[2]
NEVER: dict[str, Any] = {"last_covered_year": None}


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return build_rulebook(ROOT / "rules")


@pytest.fixture(scope="module")
def oracle(book: dict[str, Any]) -> Oracle:
    return Oracle(book)


def short(answer: dict[str, Any]) -> tuple[Any, ...]:
    """The wait and the day as bounds, then whether it reaches back and what is paid in between."""
    wait, resume = answer["waiting"], answer["benefits_resume_on"]
    return wait["low"], wait["high"], wait["unit"], resume["low"], resume["high"], answer["retroactive"], answer["payment_effect"]


def by_month(place: str, scheme: str, last: str, paid: str, **known: Any) -> dict[str, Any]:
    return {"place": place, "scheme": scheme, "last_paid_month": last, "as_of": paid, "paid_on": paid, **known}


def by_year(place: str, year: int, paid: str, **known: Any) -> dict[str, Any]:
    return {"place": place, "scheme": "resident", "coverage_year": year, "as_of": paid, "paid_on": paid, **known}


def silent(*known: Any) -> tuple[Any, ...]:
    return None, None, "month", None, None, *known


MONTHS = {
    "nation, transfer, 3 months, back-paid: the payment month, reaching back": (
        by_month("CN", "employee", "2026-01", "2026-05-20", situation="transfer", back_paid=True),
        (0, 0, "month", "2026-05-01", "2026-05-01", True, "none"),
    ),
    "nation, transfer, 4 months: at most 6, so at the latest 1 June + 6": (
        by_month("CN", "employee", "2026-01", "2026-06-20", situation="transfer", back_paid=True),
        (0, 6, "month", "2026-06-01", "2027-01-01", None, None),
    ),
    "nation, same place: no text": (by_month("CN", "employee", "2026-01", "2026-06-20"), silent(None, None)),
    "nothing missed": (
        by_month("CN", "employee", "2026-05", "2026-06-20"),
        (0, 0, "month", None, None, None, "none"),
    ),
    "福建, 4 months, not back-paid: 6 months at half": (
        by_month("350000", "employee", "2024-12", "2025-05-15", back_paid=False),
        (6, 6, "month", "2025-11-01", "2025-11-01", None, "ratio"),
    ),
    "福建, 4 months, back-paid or not: 3 to 6 months, half in any case": (
        by_month("350000", "employee", "2024-12", "2025-05-15"),
        (3, 6, "month", "2025-08-01", "2025-11-01", None, "ratio"),
    ),
    "湖南, 4 months, back-paid: 30 days from the payment, that day or the next": (
        by_month("430000", "employee", "2026-01", "2026-06-15", back_paid=True),
        (30, 30, "day", "2026-07-15", "2026-07-16", False, "zero"),
    ),
    "泰州, 6 months after 60 without a break, back-paid": (
        by_month("321200", "flexible", "2025-12", "2026-07-10", back_paid=True, continuous_months=60, earlier_lapses=0),
        (0, 0, "month", "2026-07-01", "2026-08-01", True, "none"),
    ),
    "泰州, 6 months after 59: 3 months, to the last of February or a day more": (
        by_month("321200", "flexible", "2026-04", "2026-11-30", back_paid=True, continuous_months=59, earlier_lapses=0),
        (3, 3, "month", "2027-02-28", "2027-03-01", False, "zero"),
    ),
    "武汉, left a job, lapse and payment month make 6: next month": (
        by_month("420100", "flexible", "2025-12", "2026-06-10", previous_scheme="employee", back_paid=False, missed_this_year=5),
        (0, 0, "month", "2026-07-01", "2026-07-01", False, "zero"),
    ),
    "武汉, left a job, 7 with the payment month: 6 months": (
        by_month("420100", "flexible", "2025-12", "2026-07-10", previous_scheme="employee", back_paid=False, missed_this_year=6),
        (6, 6, "month", "2027-01-01", "2027-01-01", None, "zero"),
    ),
    "上海, exactly 3 months after benefits stopped (1 March): still no wait": (
        by_month("310000", "flexible", "2026-01", "2026-06-01", in_waiting=False, previous_scheme="employee"),
        (0, 0, "month", "2026-06-01", "2026-07-01", None, "none"),
    ),
    "上海, a day later: 6 months": (
        by_month("310000", "flexible", "2026-01", "2026-06-02", in_waiting=False, previous_scheme="employee"),
        (6, 6, "month", "2026-12-01", "2026-12-01", None, "zero"),
    ),
    "苏州, 3 months from the month after": (
        by_month("320500", "flexible", "2026-01", "2026-06-30", back_paid=False),
        (3, 3, "month", "2026-10-01", "2026-10-01", False, "zero"),
    ),
}

YEARS = {
    "no year missed, in the window": (
        by_year("CN", 2026, "2025-12-01", last_covered_year=2025, in_window=True),
        (0, 0, "month", "2026-01-01", "2026-01-01", None, "none"),
    ),
    "no year missed, late: 3 months, ending that day or the next": (
        by_year("CN", 2026, "2026-07-03", last_covered_year=2025, in_window=False),
        (3, 3, "month", "2026-10-03", "2026-10-04", False, "zero"),
    ),
    "three years, two repaid: back to 3 months": (
        by_year("CN", 2028, "2027-12-01", last_covered_year=2024, in_window=True, years_repaid=2),
        (3, 3, "month", "2028-04-01", "2028-04-01", False, "zero"),
    ),
    "four years, all repaid: no less than 6 months": (
        by_year("CN", 2030, "2029-12-01", last_covered_year=2025, in_window=True, years_repaid=4),
        (6, 6, "month", "2030-07-01", "2030-07-01", False, "zero"),
    ),
    "never insured, in the window: up to 3 months": (
        by_year("CN", 2026, "2025-12-01", in_window=True, **NEVER),
        (0, 3, "month", "2026-01-01", "2026-04-01", False, None),
    ),
    "window not known, nothing missed: from 1 January, or late and 3 months": (
        by_year("CN", 2026, "2026-02-10", last_covered_year=2025),
        (0, 3, "month", "2026-01-01", "2026-05-11", None, None),
    ),
    "呼和浩特, late: 3 months from the payment month, so on the 1st": (
        by_year("150100", 2026, "2026-03-10", last_covered_year=2025, in_window=False),
        (3, 3, "month", "2026-06-01", "2026-06-01", False, "zero"),
    ),
    "the insured year is over": (
        by_year("CN", 2026, "2027-02-10", last_covered_year=2025, in_window=False),
        silent(None, None),
    ),
    "a switch for an insured year that is over": (
        by_year("CN", 2026, "2027-02-10", situation="scheme_switch", last_paid_month="2026-10", continuous_months=24),
        silent(None, None),
    ),
    "恩施 counts 90 days, the nation adds a month": (
        by_year("422800", 2026, "2026-07-03", last_covered_year=2023, in_window=False),
        (118, 121, "day", "2026-10-29", "2026-11-02", False, "zero"),
    ),
    "恩施, the added month repaid: 90 days": (
        by_year("422800", 2026, "2026-07-03", last_covered_year=2023, years_repaid=1, in_window=False),
        (90, 90, "day", "2026-10-01", "2026-10-02", False, "zero"),
    ),
    "阜新, late: ends on the same day": (
        by_year("210900", 2026, "2026-07-03", last_covered_year=2025, in_window=False),
        (3, 3, "month", "2026-10-03", "2026-10-03", False, "zero"),
    ),
    "江西, a place speaks of one field, the nation of the rest": (
        by_year("360000", 2026, "2026-03-01", last_covered_year=2023),
        (4, 4, "month", "2026-07-01", "2026-07-02", False, "zero"),
    ),
}

GROUPS = {
    "newborn on the 90th day": (
        by_year("CN", 2026, "2026-04-01", exempt_group="newborn", born_on="2026-01-01", **NEVER),
        (0, 0, "month", "2026-01-01", "2026-01-01", True, "none"),
    ),
    "newborn on the 91st day, no text": (
        by_year("CN", 2026, "2026-04-02", exempt_group="newborn", born_on="2026-01-01", **NEVER),
        silent(None, None),
    ),
    "newborn in 江西 on the 91st day: the next day": (
        by_year("360000", 2026, "2026-04-02", exempt_group="newborn", born_on="2026-01-01", **NEVER),
        (0, 0, "month", "2026-04-03", "2026-04-03", False, "none"),
    ),
    "newborn in 江西 after a year: no text": (
        by_year("360000", 2026, "2026-07-03", exempt_group="newborn", born_on="2025-07-02", **NEVER),
        silent(None, None),
    ),
    "江西, veteran within 3 months": (
        by_year("360000", 2026, "2026-07-03", exempt_group="veteran", event_on="2026-04-03", last_covered_year=2024),
        (0, 0, "month", "2026-07-04", "2026-07-04", False, "none"),
    ),
    "保山, 4 months after leaving a job: one county has a limit of 3, of the others none is known": (
        by_year("530500", 2026, "2026-06-10", exempt_group="left_employee", last_paid_month="2026-01", last_covered_year=2025,
                in_window=False),
        (0, 3, "month", "2026-06-10", "2026-09-11", False, None),
    ),
    "江西, veteran a day late": (
        by_year("360000", 2026, "2026-07-03", exempt_group="veteran", event_on="2026-04-02", last_covered_year=2024),
        (3, 3, "month", "2026-10-03", "2026-10-04", False, "zero"),
    ),
    "a group that no text lists": (
        by_year("CN", 2026, "2026-07-03", exempt_group="student", last_covered_year=2023, in_window=False),
        (0, 4, "month", "2026-07-03", "2026-11-04", False, None),
    ),
    "switch to residents' insurance, left a job 3 months ago in 江西: the group has no wait": (
        by_year("360000", 2026, "2026-07-03", situation="scheme_switch", last_paid_month="2026-03", exempt_group="left_employee"),
        (0, 0, "month", "2026-07-04", "2026-07-04", None, "none"),
    ),
    "switch for the year to come: not before 1 January": (
        by_year("CN", 2027, "2026-12-10", situation="scheme_switch", last_paid_month="2026-10", continuous_months=24),
        (0, 0, "month", "2027-01-01", "2027-01-01", None, "none"),
    ),
}


@pytest.mark.parametrize("name", [*MONTHS, *YEARS, *GROUPS])
def test_worked_by_hand(name: str, oracle: Oracle) -> None:
    case, expected = {**MONTHS, **YEARS, **GROUPS}[name]
    assert short(oracle.expect(case)) == expected


def test_nothing_paid_yet_leaves_the_latest_day_open(oracle: Oracle) -> None:
    case = by_month("430000", "employee", "2026-01", "2026-06-15", back_paid=True)
    del case["paid_on"]
    assert oracle.expect(case)["benefits_resume_on"] == {"low": "2026-07-15", "high": None}


def test_unemployment_months_come_off_the_start_of_the_gap(oracle: Oracle) -> None:
    case = by_month("350000", "employee", "2024-12", "2025-07-15", back_paid=True, unemployment_months=3)
    assert oracle.expect(case)["lapse"] == {"length": 3, "unit": "month"}
    assert oracle.expect(case)["waiting"]["high"] == 0


def test_days_at_the_ends_of_months() -> None:
    assert later(date(2026, 1, 31), (1, "month")) == date(2026, 2, 28)
    assert later(date(2027, 11, 30), (3, "month")) == date(2028, 2, 29)
    assert later(date(2026, 12, 31), (60, "day")) == date(2027, 3, 1)
    assert len(months_between((2025, 10), (2026, 3))) == 4
    assert months_between((2026, 3), (2026, 3)) == []


def test_months_and_days_meet_in_bounds() -> None:
    assert plus(((90, "day"),) * 2, ((1, "month"),) * 2) == ((118, "day"), (121, "day"))
    assert minus(((1, "month"),) * 2, ((2, "month"),) * 2) == ((0, "month"), (0, "month"))
    assert widest([((0, "month"), (3, "month")), ((90, "day"), (90, "day"))]) == ((0, "day"), (93, "day"))


def test_the_fund_pays_half_however_long_the_wait_may_be(book: dict[str, Any], oracle: Oracle) -> None:
    asked = by_month("350000", "employee", "2026-01", "2026-06-10")
    loaded = Rulebook.load(book)
    effect = assess(Case.parse(asked, loaded), loaded).to_json()["payment_effect"]
    assert effect["value"]["kind"] == "ratio"
    assert effect["value"]["schedule"] == [{"from": "2026-06-10", "to": None, "ratio": "0.50"}]
    assert oracle.expect(asked)["payment_effect"] == "ratio"


@pytest.mark.parametrize(
    ("question", "key", "value"),
    [
        # paid before the year, perhaps outside the window: whether there is a gap at all is open
        (by_year("120000", 2025, "2024-12-15", last_covered_year=2024), "retroactive", None),
        (by_year("CN", 2026, "2027-02-10", situation="scheme_switch", last_paid_month="2026-10"), "benefits_resume_on", None),
        (by_year("CN", 2026, "2027-02-10", exempt_group="veteran", last_covered_year=2023), "benefits_resume_on", None),
        # born in the year before the one paid for: from birth, as the text says
        (
            by_year("CN", 2026, "2025-12-20", exempt_group="newborn", born_on="2025-12-01", **NEVER),
            "benefits_resume_on",
            "2025-12-01",
        ),
    ],
)
def test_decided_and_the_same_on_both_sides(
    book: dict[str, Any], oracle: Oracle, question: dict[str, Any], key: str, value: Any
) -> None:
    loaded = Rulebook.load(book)
    assert assess(Case.parse(question, loaded), loaded).to_json()[key]["value"] == value
    expected = oracle.expect(question)[key]
    assert (expected["low"] if isinstance(expected, dict) else expected) == value


def test_who_enrols_first_and_leaves_the_last_year_out_has_not_said_never(oracle: Oracle) -> None:
    asked = by_year("CN", 2026, "2025-12-01", situation="first_enrolment", in_window=True)
    assert oracle.expect(asked)["waiting"] == {"low": 0, "high": None, "unit": "month"}
    assert oracle.expect({**asked, **NEVER})["waiting"] == {"low": 0, "high": 3, "unit": "month"}


def test_a_year_is_any_year_so_missed_months_have_no_upper_bound(oracle: Oracle) -> None:
    asked = by_month("420100", "flexible", "2025-12", "2026-03-10", previous_scheme="flexible", back_paid=True)
    assert oracle.expect(asked)["waiting"] == {"low": 0, "high": 6, "unit": "month"}


def test_every_place_is_asked_about_each_edge(book: dict[str, Any]) -> None:
    asked = list(questions("321200", Speaking(book, "321200")))
    assert {59, 60, 119, 120} <= {question.get("continuous_months") for question in asked}
    assert {"2022-02-20", "2022-02-21", "2022-02-22"} <= {question["as_of"] for question in asked}
    assert len(asked) > 5_000
