"""Edges that no place's rules show today, asked of rulebooks of a few rules."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from calculator import Case, advise
from calculator.findings import Findings
from calculator.ranges import Range, exact
from calculator.resident import Terms, full_wait
from calculator.values import Length
from calculator.window import Window, dates_of, window_of
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, days, months, rule, spoken

Json = dict[str, Any]


def wait(fixed: Length, years: int, repaid: int = 0, **said: Any) -> Range:
    return full_wait(fixed, years, repaid, Terms([spoken("waiting", said)] if said else []))


# ---- how long a resident waits

GROWS = {"variable": {"per_year": months(1), "beyond_year": 1}}
REPAID = {"repair": {"per_year": months(1)}}
FLOOR = {"floor": {"lapsed_years": 4, "total": months(6)}}
THREE = Length(3, "month")


@pytest.mark.parametrize(("years", "repaid", "said", "months_waited"), [
    (1, 0, GROWS, 3), (2, 0, GROWS, 4), (5, 0, GROWS, 7), (2, 1, {**GROWS, **REPAID}, 3), (2, 2, {**GROWS, **REPAID}, 3),
    (5, 1, {**GROWS, **REPAID}, 6), (5, 1, GROWS, 7), (1, 1, {**GROWS, **REPAID}, 3),
    (3, 2, {**GROWS, **REPAID, **FLOOR}, 3), (4, 3, {**GROWS, **REPAID, **FLOOR}, 6), (5, 0, {**GROWS, **REPAID, **FLOOR}, 7),
    (4, 0, FLOOR, 6), (3, 0, FLOOR, 3), (4, 4, {**REPAID}, 3), (7, 0, {}, 3),
    (3, 0, {"variable": {"per_year": months(2), "beyond_year": 0}}, 9),
    (3, 0, {"variable": {"per_year": months(2), "beyond_year": 3}}, 3),
    (4, 1, {"variable": {"per_year": months(2), "beyond_year": 1}, **REPAID}, 8),
])  # fmt: skip
def test_the_wait_grows_with_the_years_and_shrinks_with_those_repaid(
    years: int, repaid: int, said: Json, months_waited: int
) -> None:
    assert wait(THREE, years, repaid, **said) == exact(Length(months_waited, "month"))


def test_days_beside_months_give_the_fewest_and_the_most_days() -> None:
    by_day = {"variable": {"per_year": days(30), "beyond_year": 1}}
    assert wait(Length(90, "day"), 3, **by_day) == exact(Length(150, "day"))
    assert wait(THREE, 1, **by_day) == exact(THREE)
    assert wait(THREE, 3, **by_day) == Range(Length(84 + 60, "day"), Length(93 + 60, "day"))
    assert wait(Length(90, "day"), 5, **GROWS) == Range(Length(90 + 112, "day"), Length(90 + 124, "day"))
    assert wait(Length(90, "day"), 4, **FLOOR) == Range(Length(168, "day"), Length(186, "day"))
    mixed = {**by_day, **REPAID}
    assert wait(Length(90, "day"), 5, 1, **mixed) == Range(Length(90 + 120 - 31, "day"), Length(90 + 120 - 28, "day"))
    assert (
        wait(Length(90, "day"), 2, 3, **mixed) == exact(Length(90, "day")) or wait(Length(90, "day"), 2, 3, **mixed).low.n == 90
    )


def test_only_what_was_used_is_named() -> None:
    terms = Terms([spoken("waiting", {**GROWS, **REPAID, **FLOOR})])
    full_wait(THREE, 3, 0, terms)
    assert set(terms.asked) == {"variable"}
    full_wait(THREE, 4, 1, terms)
    assert set(terms.asked) == {"variable", "repair_per_year", "floor"}
    nothing_added = Terms([spoken("waiting", REPAID)])
    assert full_wait(THREE, 4, 4, nothing_added) == exact(THREE) and not nothing_added.asked


# ---- windows


@pytest.mark.parametrize(("says", "year", "first", "last"), [
    ({"start": "09-01", "end": "12-31"}, 2026, "2025-09-01", "2025-12-31"),
    ({"start": "09-01", "end": "12-31", "extension_end": "02-end"}, 2026, "2025-09-01", "2026-02-28"),
    ({"start": "09-01", "end": "12-31", "extension_end": "02-end"}, 2028, "2027-09-01", "2028-02-29"),
    ({"end": "12-31"}, 2026, None, "2025-12-31"), ({"end": "11-end"}, 2026, None, "2025-11-30"),
    ({"start": "2025-10-15", "end": "2026-01-31"}, 2026, "2025-10-15", "2026-01-31"),
    ({"end": "02-30"}, 2026, None, "2025-02-28"),
])  # fmt: skip
def test_a_window_opens_the_year_before_and_may_be_extended_into_the_year(
    says: Json, year: int, first: str | None, last: str
) -> None:
    found = dates_of("330100", year, book(rule("330000", "resident", "window", says)))
    assert found is not None and (found[0] and str(found[0]), str(found[1])) == (first, last)


def test_a_window_of_which_only_the_closing_is_known_has_no_dates() -> None:
    closed = rule("330100", "resident", "window", {"closed_after": "07-02"})
    assert dates_of("330100", 2026, book(closed)) is None
    above = rule("330000", "resident", "window", {"end": "12-31"})
    assert dates_of("330100", 2026, book(closed, above)) == (None, date(2025, 12, 31))


def paid(day: str, *rules: Json, **more: Any) -> Window:
    made = book(*rules)
    return window_of(Case.parse({**RESIDENT, "paid_on": day, **more}, made), made, None, Findings(silent=True))


def test_the_last_day_of_a_window_is_inside_and_the_next_one_is_not() -> None:
    yearly = rule("330100", "resident", "window", {"start": "09-01", "end": "12-31", "extension_end": "02-end"})
    assert [paid(day, yearly).inside for day in ("2025-09-01", "2026-02-28", "2026-03-01")] == [True, True, False]
    before = paid("2025-08-31", yearly)
    assert before.inside is True and before.note and "9月1日" in before.note
    assert paid("2025-09-01", yearly).note is None


def test_outside_a_window_there_may_be_no_cover_at_once_or_from_a_day_on() -> None:
    at_once = rule("330100", "resident", "window", {"end": "12-31", "no_cover_outside": True})
    assert [paid(day, at_once).shut for day in ("2025-12-31", "2026-01-01")] == [False, True]
    later = rule("330100", "resident", "window", {"end": "12-31", "no_cover_after": "02-28"})
    assert [paid(day, later).shut for day in ("2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01")] == [
        False,
        False,
        False,
        True,
    ]
    never = rule("330100", "resident", "window", {"end": "12-31", "no_cover_outside": False})
    assert not paid("2026-05-01", never).shut


def test_after_its_closing_day_a_window_is_over_and_before_it_another_level_speaks() -> None:
    closed = rule("330100", "resident", "window", {"closed_after": "07-02"})
    assert [paid(day, closed).inside for day in ("2026-07-02", "2026-07-03")] == [None, False]
    above = rule("330000", "resident", "window", {"end": "12-31", "extension_end": "09-30"})
    assert [paid(day, closed, above).inside for day in ("2026-07-02", "2026-07-03")] == [True, False]


def test_who_says_otherwise_than_the_window_is_told() -> None:
    yearly = rule("330100", "resident", "window", {"end": "12-31"})
    said = {
        day: [paid(day, yearly, in_window=told).note is not None for told in (True, False, None)]
        for day in ("2025-12-31", "2026-01-01")
    }
    assert said == {"2025-12-31": [False, True, False], "2026-01-01": [True, False, False]}
    assert [paid("2026-01-01", in_window=told).inside for told in (True, False, None)] == [True, False, None]


# ---- when benefits stop


def test_where_the_nearest_rule_names_no_day_the_next_level_does() -> None:
    near = rule("330100", "employee", "suspension", {"stop": "local"})
    far = rule("330000", "employee", "suspension", {"stop": "next_month"})
    for rules in ((near, far), (far, near)):
        assert ask(EMPLOYEE, *rules)["benefits_stop_on"]["value"] == "2025-12-01"
    this = rule("330100", "employee", "suspension", {"stop": "this_month"})
    assert ask(EMPLOYEE, this, far)["benefits_stop_on"]["value"] == "2025-11-01"


def test_the_year_of_a_resident_stops_only_where_a_rule_says_so() -> None:
    far = rule("CN", "resident", "suspension", {"stop": "year_start"})
    near = rule("330100", "resident", "suspension", {"stop": "local"})
    lapsed = {**RESIDENT, "last_covered_year": 2023}
    assert ask(lapsed, near, far)["benefits_stop_on"]["value"] == "2024-01-01"
    assert ask(lapsed, near)["benefits_stop_on"]["value"] is None
    assert ask({**RESIDENT, "as_of": "2025-12-31"}, far)["benefits_stop_on"]["value"] is None
    assert ask({**RESIDENT, "as_of": "2026-01-01"}, far)["benefits_stop_on"]["value"] == "2026-01-01"
    assert ask({**RESIDENT, "last_covered_year": None}, far)["benefits_stop_on"]["value"] is None


# ---- restoration: the nearest level that speaks, field by field


def restored(case: Json, *tiers_by_place: tuple[str, list[Json]]) -> Json:
    return ask(case, *(rule(place, "employee", "restoration", {"tiers": tiers}) for place, tiers in tiers_by_place))


PAID = {**EMPLOYEE, "paid_on": "2026-03-10", "back_paid": True}


def test_the_first_line_that_holds_speaks_and_none_that_holds_is_silence() -> None:
    lines = [
        {"when": {"lapse": {"max": 3}}, "wait": months(1)},
        {"when": {"lapse": {"max": 4}}, "wait": months(2)},
        {"wait": months(5)},
    ]
    assert restored(PAID, ("330100", lines))["waiting"]["value"] == 2
    assert restored(PAID, ("330100", lines[:1]))["waiting"]["value"] is None
    assert restored(PAID, ("330100", lines[:1]), ("CN", lines[2:]))["waiting"] | {"text": ""} == restored(
        PAID, ("CN", lines[2:])
    )["waiting"] | {"text": ""}


def test_a_day_from_another_level_holds_only_for_the_same_wait() -> None:
    near, far = {"wait": months(2)}, {"wait": months(3), "resume": "wait_from_payment_month"}
    assert restored(PAID, ("330100", [near]), ("CN", [far]))["benefits_resume_on"]["value"] is None
    same = {**far, "wait": months(2)}
    assert restored(PAID, ("330100", [near]), ("CN", [same]))["benefits_resume_on"]["value"] == "2026-05-01"
    silent = {"resume": "wait_from_next_month"}
    assert restored(PAID, ("330100", [near]), ("CN", [silent]))["benefits_resume_on"]["value"] == "2026-06-01"


def test_what_is_paid_in_the_wait_is_nothing_unless_a_text_says_otherwise() -> None:
    kinds = {}
    for name, tier in {
        "waits": {"wait": months(3), "resume": "wait_from_payment_month"},
        "waits not": {"wait": months(0), "resume": "next_month"},
        "unstated": {"wait": "unstated"}, "ceiling": {"wait": {"at_most": months(6)}},
        "half": {"wait": months(3), "effect": {"ratio": "0.50"}},
        "none": {"wait": months(3), "effect": "none"}, "zero": {"wait": "unstated", "effect": "zero"},
    }.items():  # fmt: skip
        value = restored(PAID, ("CN", [tier]))["payment_effect"]["value"]
        kinds[name] = value and (value["kind"], [(part["from"], part["to"]) for part in value["schedule"]])
    assert kinds == {
        "waits": ("zero", [("2026-03-10", "2026-05-31")]), "waits not": ("none", []), "unstated": None, "ceiling": None,
        "half": ("ratio", [("2026-03-10", None)]), "none": ("none", []), "zero": ("zero", [("2026-03-10", None)]),
    }  # fmt: skip


def test_who_bears_the_bills_is_said_only_where_all_that_may_be_agree() -> None:
    lines = [{"when": {"back_paid": True}, "wait": months(0), "liable": "employer"}, {"wait": months(3)}]
    warned = [
        any("由单位承担" in one for one in restored({**PAID, "back_paid": told}, ("CN", lines))["warnings"])
        for told in (True, False, None)
    ]
    assert warned == [True, False, False]
    both = [lines[0], {"wait": months(3), "liable": "employer"}]
    assert any("由单位承担" in one for one in restored({**PAID, "back_paid": None}, ("CN", both))["warnings"])


def test_only_what_the_answer_turns_on_is_asked_for() -> None:
    lines = [
        {"when": {"back_paid": True, "in_waiting": True}, "wait": months(0)},
        {"when": {"back_paid": True}, "wait": months(0)},
        {"wait": months(3)},
    ]
    found = restored({**PAID, "back_paid": None}, ("CN", lines))
    assert found["waiting"]["note"].startswith("还要看：中断的月份是否补缴。")
    assert (found["waiting"]["low"], found["waiting"]["high"]) == (0, 3)


# ---- the ways still open


def advised(case: Json, *rules: Json) -> Json:
    made = book(*rules)
    return advise(Case.parse(case, made), made).to_json()


def test_a_window_that_lies_ahead_in_this_year_or_the_next_is_known() -> None:
    def known(*years: int) -> bool:
        values: list[Any] = [[f"{year}-01-01", {"start": f"{year - 1}-09-01", "end": f"{year - 1}-12-31"}] for year in years]
        note = advised(RESIDENT, rule("330100", "resident", "window", [*values, [f"{years[-1] + 1}-01-01", None]]))["note"]
        return "还没查到当地下一次集中参保期" not in (note or "")

    assert known(2026, 2027) and known(2027) and not known(2026) and not known(2028)
    open_today = [[None, {"end": "2026-03-20"}]], [[None, {"end": "2026-03-19"}]]
    notes = [advised(RESIDENT, rule("330100", "resident", "window", values))["note"] for values in open_today]
    assert notes[0] is None and notes[1] is not None


def test_what_is_lost_is_counted_from_today_to_the_day_before_the_first_day() -> None:
    tiers = [{"wait": months(0), "resume": "payment_day", "retroactive": False, "when": {"back_paid": True}}]
    tiers += [{"wait": months(1), "resume": "wait_from_payment_day", "retroactive": False}]
    rules = (
        rule("CN", "employee", "restoration", {"tiers": tiers}),
        rule("CN", "employee", "suspension", {"stop": "next_month"}),
    )
    rows = {row["id"]: row["loses"] for row in advised(EMPLOYEE, *rules)["rows"]}
    assert rows["today.back_paid"] == []
    assert rows["today.not_back_paid"][0] == "从2026年3月20日到2026年4月19日，有31天不能报销。"
    assert rows["month_end.back_paid"][0] == "从2026年3月20日到2026年3月30日，有11天不能报销。"
    assert rows["next_month.back_paid"][0] == "从2026年3月20日到2026年3月31日，有12天不能报销。"


def test_a_gap_made_good_leaves_the_wait_alone_from_the_second_day_on() -> None:
    def loses(resume: str, wait: Json) -> list[str]:
        tiers = [{"wait": wait, "resume": resume, "retroactive": True, "effect": "none"}]
        rules = (
            rule("CN", "employee", "restoration", {"tiers": tiers}),
            rule("CN", "employee", "suspension", {"stop": "next_month"}),
        )
        rows = {row["id"]: row["loses"] for row in advised(EMPLOYEE, *rules)["rows"]}
        found: list[str] = rows["today.back_paid"]
        return found

    assert loses("payment_day", months(0)) == []
    assert loses("next_day", months(0)) == ["缴清后，断缴期间的费用可以补报。"]
    waits = loses("day_after_wait_from_payment_day", days(1))
    assert waits == ["缴清后，断缴期间的费用可以补报。", "缴费后到2026年3月21日还在等待期。"]


def test_the_ways_stand_in_the_order_of_their_days_and_none_is_listed_twice() -> None:
    lines = rule("CN", "employee", "restoration", {"tiers": [{"wait": months(0), "resume": "payment_day"}]})
    ids = {
        day: [row["id"] for row in advised({**EMPLOYEE, "as_of": day, "back_paid": True}, lines)["rows"]][::2]
        for day in ("2026-03-20", "2026-03-31")
    }
    assert ids["2026-03-20"] == ["today.back_paid", "month_end.back_paid", "next_month.back_paid"]
    assert ids["2026-03-31"] == ["today.back_paid", "next_month.back_paid"]
    planned = advised({**EMPLOYEE, "paid_on": "2026-04-05"}, lines)["rows"]
    assert [row["id"].split(".")[0] for row in planned][::2] == ["today", "month_end", "next_month", "planned"]
    assert [row["id"].split(".")[0] for row in advised({**EMPLOYEE, "paid_on": "2026-03-20"}, lines)["rows"]][::2] == [
        "today", "month_end", "next_month",
    ]  # fmt: skip
    assert advised({**EMPLOYEE, "paid_on": "2026-03-19"}, lines)["rows"] == []
