"""The day, the month and the number at which an answer turns: one before, the point itself, one after."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from calculator.case import Case
from calculator.conditions import LONG_AGO, deciding, holds, known_world, worlds
from calculator.model import Effect, Restoration, Span, Tier
from calculator.ranges import UNKNOWN, Range, exact, hull, in_days
from calculator.resume import no_wait, resume_range, wait_starts
from calculator.schedule import Stretch, payment_between
from calculator.values import Length, YearMonth

Json = dict[str, Any]
CASE = Case("employee", "CN", date(2026, 3, 20), last_paid_month=YearMonth(2025, 10))
MONTHS_3, DAYS_90, NONE = Length(3, "month"), Length(90, "day"), Length(0, "month")


def tiers(*conditions: Json, **more: Any) -> list[Tier]:
    raw = {"tiers": [{"when": when, **more} for when in conditions]}
    return list(Restoration.load(raw).tiers)


# ---- what tiers ask


@pytest.mark.parametrize("month", range(1, 13))
def test_the_month_within_its_quarter(month: int) -> None:
    known = known_world(CASE._replace(paid_on=date(2026, month, 15)), 1, None)
    assert known["quarter_month"] == {1: 1, 2: 2, 3: 3, 4: 1, 5: 2, 6: 3, 7: 1, 8: 2, 9: 3, 10: 1, 11: 2, 12: 3}[month]


@pytest.mark.parametrize(
    ("day", "lapse", "earlier"),
    [
        ("2026-03-31", 1, False),
        ("2026-03-31", 2, False),
        ("2026-03-31", 3, True),
        ("2026-03-31", 0, False),
        ("2026-04-01", 0, False),
        ("2026-04-01", 1, True),
        ("2026-01-31", 1, True),
        ("2026-12-01", 2, False),
        ("2026-12-01", 3, True),
        ("2026-12-01", 12, True),
        ("2026-12-01", 14, True),
        ("2026-06-30", 2, False),
        ("2026-02-01", 1, False),
        ("2026-02-01", 2, True),
        ("2026-05-01", 13, True),
    ],
)
def test_whether_the_first_unpaid_month_lies_in_an_earlier_quarter(day: str, lapse: int, earlier: bool) -> None:
    known = known_world(CASE._replace(paid_on=date.fromisoformat(day)), lapse, None)
    assert known["earlier_quarter"] is earlier


def test_paid_by_the_day_of_the_order_or_after() -> None:
    ordered = CASE._replace(order_deadline=date(2026, 3, 20))
    by = [known_world(ordered._replace(paid_on=date(2026, 3, day)), 1, None)["paid_by_order_deadline"] for day in (19, 20, 21)]
    assert by == [True, True, False]
    assert known_world(CASE, 1, None)["paid_by_order_deadline"] is None
    assert known_world(ordered, 1, None)["day"] == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ({"min": 4}, [4, 5, 99]),
        ({"max": 3}, [0, 1, 2, 3]),
        ({"min": 2, "max": 3}, [2, 3]),
        ({"max": 0}, [0]),
        ({"min": 3, "max": 3}, [3]),
    ],
)
def test_a_count_is_kept_from_its_least_to_its_most(asked: Json, held: list[int]) -> None:
    for key in ("lapse", "missed_this_year", "continuous_months", "earlier_lapses"):
        assert [n for n in (0, 1, 2, 3, 4, 5, 99) if holds({key: asked}, {key: n}, False)] == held, key


def test_a_threshold_may_count_the_month_of_payment_too() -> None:
    assert [holds({"lapse": {"max": 3}}, {"lapse": n}, True) for n in (1, 2, 3)] == [True, True, False]
    assert [holds({"lapse": {"min": 4}}, {"lapse": n}, True) for n in (2, 3, 4)] == [False, True, True]
    assert holds({"missed_this_year": {"max": 3}}, {"missed_this_year": 3}, True)


def test_paid_within_a_time_from_the_stop_counts_its_corresponding_day() -> None:
    asked = {"since_stop": {"within": {"n": 3, "unit": "month"}}}
    stopped = date(2025, 12, 1)
    for day, within in ((date(2026, 2, 28), True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)):
        assert holds(asked, {"since_stop": stopped, "day": day}, False) is within


def test_all_conditions_must_hold_and_flags_be_as_asked() -> None:
    when = {"back_paid": True, "lapse": {"max": 3}, "previous_scheme": ["employee"], "quarter_month": [1, 3]}
    world = {"back_paid": True, "lapse": 3, "previous_scheme": "employee", "quarter_month": 3}
    assert holds(when, world, False)
    for change in ({"back_paid": False}, {"lapse": 4}, {"previous_scheme": "flexible"}, {"quarter_month": 2}):
        assert not holds(when, {**world, **change}, False), change
    assert holds({"in_waiting": False}, {"in_waiting": False}, False) and not holds(
        {"in_waiting": False}, {"in_waiting": True}, False
    )
    assert holds({}, {}, False)


def candidates(key: str, *conditions: Json, **known: Any) -> list[Any]:
    whole = {**known_world(CASE, 4, None), **known}
    return [world[key] for world in worlds(whole, tiers(*conditions))]


def test_an_unknown_number_is_tried_on_both_sides_of_each_edge() -> None:
    assert candidates("continuous_months", {"continuous_months": {"min": 24}}) == [0, 23, 24]
    assert candidates("continuous_months", {"continuous_months": {"max": 5}}) == [0, 5, 6]
    assert candidates("earlier_lapses", {"earlier_lapses": {"max": 0}}, {"earlier_lapses": {"min": 1, "max": 1}}) == [0, 1, 2]
    assert candidates("lapse", {"lapse": {"min": 2, "max": 3}}, lapse=None) == [0, 1, 2, 3, 4]
    assert candidates("continuous_months", {}, {"continuous_months": {"min": 12}}) == [0, 11, 12]


def test_the_total_missed_in_a_year_is_tried_from_what_this_lapse_alone_makes() -> None:
    asked = {"missed_this_year": {"max": 3}}
    paid = {month: date(2026, month, 20) for month in (1, 2, 3, 6, 12)}
    assert candidates("missed_this_year", asked, lapse=4, day=paid[1]) == [0, 3, 4]
    assert candidates("missed_this_year", asked, lapse=4, day=paid[2]) == [1, 3, 4]
    assert candidates("missed_this_year", asked, lapse=4, day=paid[3]) == [2, 3, 4]
    assert candidates("missed_this_year", asked, lapse=4, day=paid[6]) == [4]
    assert candidates("missed_this_year", asked, lapse=2, day=paid[6]) == [2, 3, 4]
    assert candidates("missed_this_year", asked, lapse=20, day=paid[12]) == [11]
    assert candidates("missed_this_year", asked, lapse=None, day=paid[12]) == [0, 3, 4]


def test_an_unknown_flag_day_or_scheme_is_tried_every_way() -> None:
    assert candidates("back_paid", {"back_paid": True}) == [True, False]
    assert candidates("since_stop", {"since_stop": {"within": {"n": 3, "unit": "month"}}}) == [date(2026, 3, 20), LONG_AGO]
    assert candidates("previous_scheme", {"previous_scheme": ["employee"]}) == ["employee", "flexible"]
    switched = {"situation": "scheme_switch", "scheme": "employee"}
    assert candidates("previous_scheme", {"previous_scheme": ["employee"]}, **switched) == ["resident"]
    assert candidates("previous_scheme", {"previous_scheme": ["employee"]}, **{**switched, "scheme": "resident"}) == [
        "employee",
        "flexible",
    ]
    assert candidates("previous_scheme", {"previous_scheme": ["employee"]}, situation="transfer") == ["employee", "flexible"]


def test_what_is_known_or_not_asked_makes_one_world() -> None:
    known = known_world(CASE._replace(back_paid=True), 4, None)
    (world,) = worlds(known, tiers({"back_paid": True, "lapse": {"max": 3}}))
    assert world == known


def test_only_inputs_on_which_the_outcome_turns_are_asked_for() -> None:
    possible = [{"a": a, "b": b, "c": 1} for a in (1, 2) for b in (1, 2)]
    assert deciding(possible, [0, 0, 1, 1]) == ["a"]
    assert deciding(possible, [0, 1, 0, 1]) == ["b"]
    assert deciding(possible, [0, 1, 1, 0]) == ["a", "b"]
    assert deciding(possible, [0, 0, 0, 1]) == ["a", "b"]
    assert deciding(possible, [5, 5, 5, 5]) == []
    assert deciding(possible, [1, 1, 0, 0]) == ["a"] and deciding(possible, [1, 0, 1, 0]) == ["b"]


# ---- the first day with benefits

PAID = date(2025, 11, 30)


@pytest.mark.parametrize(
    ("resume", "wait", "low", "high"),
    [
        ("payment_day", MONTHS_3, "2025-11-30", None),
        ("next_day", NONE, "2025-12-01", None),
        ("payment_month", NONE, "2025-11-01", None),
        ("next_month", NONE, "2025-12-01", None),
        ("wait_from_payment_day", MONTHS_3, "2026-02-28", None),
        ("wait_from_payment_day", DAYS_90, "2026-02-28", None),
        ("day_after_wait_from_payment_day", MONTHS_3, "2026-03-01", None),
        ("wait_from_payment_day_or_next", MONTHS_3, "2026-02-28", "2026-03-01"),
        ("wait_from_payment_month", MONTHS_3, "2026-02-01", None),
        ("wait_from_next_month", MONTHS_3, "2026-03-01", None),
        (None, MONTHS_3, "2026-02-01", "2026-03-01"),
        (None, NONE, "2025-11-01", "2025-12-01"),
        (None, DAYS_90, "2026-02-28", "2026-03-01"),
        (None, Length(0, "day"), "2025-11-01", "2025-12-01"),
        (None, Length(1, "year"), "2026-11-01", "2026-12-01"),
    ],
)
def test_from_the_payment_to_the_first_day(resume: str | None, wait: Length, low: str, high: str | None) -> None:
    found = resume_range(resume, exact(wait), PAID)
    assert (str(found.low), str(found.high)) == (low, high or low)


def test_a_wait_with_one_bound_gives_a_day_with_one_bound() -> None:
    for resume in (None, "wait_from_payment_month", "day_after_wait_from_payment_day"):
        assert resume_range(resume, Range(MONTHS_3, None), PAID).high is None
        assert resume_range(resume, Range(MONTHS_3, None), PAID).low == resume_range(resume, exact(MONTHS_3), PAID).low
        assert resume_range(resume, Range(None, MONTHS_3), PAID).low is None
        assert resume_range(resume, Range(None, MONTHS_3), PAID).high == resume_range(resume, exact(MONTHS_3), PAID).high
        assert resume_range(resume, UNKNOWN, PAID) == UNKNOWN
    assert resume_range("next_day", UNKNOWN, PAID) == exact(date(2025, 12, 1))


def test_a_wait_is_counted_from_the_month_the_next_one_or_the_day() -> None:
    starts = {
        resume: str(wait_starts(resume, PAID)) for resume in ("wait_from_payment_month", "wait_from_next_month", "next_day", None)
    }
    assert list(starts.values()) == ["2025-11-01", "2025-12-01", "2025-11-30", "2025-11-30"]


def test_no_wait_is_a_known_wait_of_nothing() -> None:
    assert no_wait(exact(NONE)) and no_wait(exact(Length(0, "day")))
    assert not no_wait(exact(Length(1, "day"))) and not no_wait(UNKNOWN) and not no_wait(Range(NONE, MONTHS_3))


# ---- ranges


def test_lengths_of_one_unit_keep_it_and_of_two_are_days() -> None:
    assert hull([exact(MONTHS_3), exact(Length(5, "month")), exact(NONE)]) == Range(NONE, Length(5, "month"))
    assert hull([exact(DAYS_90), exact(MONTHS_3)]) == Range(Length(84, "day"), Length(93, "day"))
    assert hull([exact(Length(1, "year")), exact(DAYS_90)]) == Range(Length(90, "day"), Length(366, "day"))
    assert hull([exact(Length(0, "day")), exact(MONTHS_3)]) == Range(NONE, MONTHS_3)
    assert hull([Range(MONTHS_3, None), exact(NONE)]) == Range(NONE, None)
    assert hull([Range(None, MONTHS_3), exact(NONE)]) == Range(None, MONTHS_3)
    assert hull([Range(DAYS_90, None), exact(MONTHS_3)]) == Range(Length(84, "day"), None)
    assert hull([exact(NONE), exact(Length(0, "day"))]) == exact(NONE)


def test_the_fewest_and_the_most_days_of_a_length() -> None:
    assert in_days(MONTHS_3) == (84, 93) and in_days(DAYS_90) == (90, 90) and in_days(Length(2, "year")) == (730, 732)
    assert in_days(Length(12, "month")) == (365, 366) and in_days(Length(14, "month")) == (421, 428)


def test_amounts_and_days_span_from_the_least_to_the_most() -> None:
    assert hull([exact(Decimal(5)), Range(Decimal(2), None)]) == Range(Decimal(2), None)
    assert hull([Range(None, Decimal(5)), exact(Decimal(7))]) == Range(None, Decimal(7))
    assert hull([exact(date(2026, 1, 2)), exact(date(2026, 1, 1))]) == Range(date(2026, 1, 1), date(2026, 1, 2))
    assert hull([]) == UNKNOWN and hull([exact(True), exact(True)]) == exact(True)
    assert Range(None, None).value is None and not UNKNOWN.known and Range(1, 2).value is None


# ---- what the fund pays until full benefits


def test_stretches_follow_each_other_without_a_day_between() -> None:
    effect = Effect(
        "ratio",
        (Span(Length(2, "month"), Decimal("0.50")), Span(Length(30, "day"), Decimal("0.70")), Span(None, Decimal("0.90"))),
    )
    paid = payment_between(effect, date(2026, 1, 31), date(2026, 6, 1))
    found = [(str(one.first), str(one.last), str(one.ratio)) for one in paid.stretches]
    assert found == [
        ("2026-01-31", "2026-03-30", "0.50"),
        ("2026-03-31", "2026-04-29", "0.70"),
        ("2026-04-30", "2026-05-31", "0.90"),
    ]
    assert payment_between(effect, date(2026, 1, 31), None).stretches[-1].last is None
    assert [paid.on(date.fromisoformat(day)) is not None for day in ("2026-01-30", "2026-01-31", "2026-05-31", "2026-06-01")] == [
        False,
        True,
        True,
        False,
    ]
    day = paid.on(date(2026, 3, 30))
    assert day is not None and day.ratio == Decimal("0.50")


def test_a_stretch_without_an_end_is_the_last() -> None:
    open_first = Effect("cap", (Span(None, cap=Decimal(5000)), Span(Length(1, "month"), cap=Decimal(9000))))
    assert len(payment_between(open_first, PAID, None).stretches) == 1
    assert payment_between(open_first, PAID, None).on(date(2199, 1, 1)) is not None


def test_nothing_is_paid_from_the_payment_to_the_day_before_the_first_day() -> None:
    zero = Effect("zero")
    day = date(2026, 1, 1)
    assert payment_between(zero, day, day).stretches == ()
    assert payment_between(zero, day, day + timedelta(days=1)).stretches == (Stretch(day, day, Decimal(0)),)
    assert payment_between(zero, day, None).stretches == (Stretch(day, None, Decimal(0)),)
    assert Stretch(day, None, Decimal(0)).to_json() == {"from": "2026-01-01", "to": None, "ratio": "0"}
    assert Stretch(day, day, cap=Decimal("5000.00")).to_json() == {"from": "2026-01-01", "to": "2026-01-01", "cap": "5000.00"}
    assert Stretch(day, day).to_json()["ratio"] == "0"
