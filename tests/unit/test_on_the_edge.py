"""Where one step more or less is another answer: the last day, the exact width, the deepest nest, the reading beside."""

from __future__ import annotations

import json
from datetime import date

import pytest

from calculator import Case, CaseError, advise, words
from calculator.assessment import Alternative, Answer
from calculator.cost import days_late
from calculator.ranges import Range, exact
from calculator.show import timeline
from calculator.show.wrap import lines
from calculator.text import read_json, whole
from calculator.values import Length
from tests.unit.small import EMPLOYEE, months, rule
from tests.unit.small import ask as ask_small

NEWBORN = {"coverage_year": 2026, "exempt_group": "newborn", "born_on": "2026-01-01"}
ARREARS = {"scheme": "employee", "place": "420100", "situation": "employer_arrears"}
DOT, DIAMOND = "<circle", '<path d="M14 '


@pytest.fixture(scope="module")
def told(rulebook):
    return lambda **case: whole(Case.parse(json.loads(json.dumps(case)), rulebook), rulebook)


def test_the_unit_is_that_of_the_length_also_where_there_is_no_upper_bound() -> None:
    at_least = Answer(Range(Length(90, "day"), None), "month", "city", (), (), None, "")
    assert (at_least.to_json()["low"], at_least.to_json()["unit"]) == (90, "day")


def test_a_reading_in_days_does_not_widen_months() -> None:
    def span(*lengths: Length) -> tuple[int, int]:
        others = tuple(Alternative(exact(length), ("r",), "in_force", "") for length in lengths)
        found = Answer(exact(Length(3, "month")), "month", "city", (), others, None, "").span
        return found.low.n, found.high.n

    assert span(Length(10, "day"), Length(1, "year")) == (3, 3)
    assert span(Length(0, "day"), Length(6, "month")) == (0, 6)


@pytest.mark.parametrize("pair", ['[{"a":', '{"a":['])
def test_brackets_and_braces_are_counted_together(pair: str) -> None:
    closing = "}]" if pair[0] == "[" else "]}"
    assert read_json(pair * 10 + "1" + closing * 10)
    with pytest.raises(CaseError):
        read_json(pair * 11 + "1" + closing * 11)
    assert read_json("[" * 20 + "]" * 20)
    with pytest.raises(CaseError):
        read_json("[" * 21 + "]" * 21)


def test_text_between_the_brackets_makes_no_nest_less_deep() -> None:
    with pytest.raises(CaseError):
        read_json('["a",' * 21 + "1" + "]" * 21)
    assert read_json('["[[[[[{{{{{",' * 20 + "1" + "]" * 20)


def test_a_line_is_filled_to_its_last_place() -> None:
    assert list(lines("abcdefghij", 3.0)) == ["abcde", "fghij"]
    assert list(lines("abcdefghij", 0.1)) == list("abcdefghij")


def test_days_are_late_from_the_day_after_the_last_one() -> None:
    due = date(2026, 3, 31)
    assert [days_late(due, date(2026, *day)) for day in ((3, 1), (3, 31), (4, 1), (4, 30))] == [0, 0, 1, 30]


def test_the_end_of_a_wait_is_said_as_the_text_has_it() -> None:
    assert words.resident_sentence("end", "".join(["same", "_day"])) == "等满当天就能报销。"
    assert words.resident_sentence("end", "".join(["next", "_day"])) == "等满的第二天起能报销。"


def test_on_the_last_day_itself_a_newborn_can_still_be_registered(told) -> None:
    on_time = told(scheme="resident", place="CN", as_of="2026-04-01", **NEWBORN)
    assert on_time["headline"] == "还没办参保登记。最晚2026年4月1日登记并缴费，从出生那天起就能报销。"
    assert "已经过了" in told(scheme="resident", place="CN", as_of="2026-04-02", **NEWBORN)["headline"]


def test_a_resident_cannot_pay_before_the_last_paid_month_is_over(told) -> None:
    asked = {"scheme": "resident", "place": "CN", "as_of": "2026-05-20", "coverage_year": 2026, "last_paid_month": "2026-03"}
    for paid_on in ("2026-02-10", "2026-03-31"):
        with pytest.raises(CaseError) as wrong:
            told(**asked, paid_on=paid_on)
        assert wrong.value.field == "paid_on"
    assert told(**asked, paid_on="2026-04-01")


def test_an_employer_in_arrears_of_nothing_takes_nothing_away(told) -> None:
    fund = told(**ARREARS, as_of="2026-03-20", last_paid_month="2026-02")["use_now"]["fund"]
    assert (fund["value"], fund["note"]) == (True, "没有断缴。")


@pytest.mark.parametrize(("paid_on", "asks_why"), [(None, True), ("2026-03-21", True), ("2026-03-20", False)])
def test_stopped_without_a_lapse_is_asked_about_until_something_is_paid(told, paid_on, asks_why) -> None:
    asked = {"scheme": "employee", "place": "420100", "as_of": "2026-03-20", "last_paid_month": "2026-02"}
    got = told(**asked, benefits_stopped_on="2026-03-05", paid_on=paid_on)
    assert ("问为什么停" in got["headline"]) == asks_why
    assert (got["use_now"]["fund"]["value"] is None) == asks_why


def test_months_paid_and_months_paid_back_are_added() -> None:
    years = rule("330100", "employee", "retirement", {"years": {"n": 20, "unit": "year"}})
    gaps = [ask_small({**EMPLOYEE, "insured_months": 5, **more}, years)["retirement"]["gap"]
            for more in ({"back_paid": True}, {"back_paid": False}, {})]  # fmt: skip
    assert [(gap["low"], gap["high"]) for gap in gaps] == [(240 - 9, 240 - 9), (240 - 5, 240 - 5), (240 - 9, 240 - 5)]


def test_the_corps_has_windows_of_its_own_to_wait_for(rulebook) -> None:
    asked = {"scheme": "resident", "place": "XPCC", "as_of": "2029-11-20", "coverage_year": 2029, "last_covered_year": 2028}
    assert "集中参保期" in (advise(Case.parse(asked, rulebook), rulebook).note or "")
    nation = advise(Case.parse({**asked, "place": "CN"}, rulebook), rulebook)
    assert nation.note is None


def test_a_day_with_a_visit_and_a_deadline_has_the_sign_of_neither(told) -> None:
    asked = {**ARREARS, "as_of": "2026-03-20", "last_paid_month": "2025-10", "order_deadline": "2026-04-10"}
    visit = {"kind": "inpatient", "amount": "100.00", "normal_ratio": "0.5"}
    alone = timeline(told(**asked, treatments=[{**visit, "date": "2026-04-11"}]))
    together = timeline(told(**asked, treatments=[{**visit, "date": "2026-04-10"}]))
    assert together.count(DOT) - alone.count(DOT) == 1


def test_the_years_of_the_place_rest_on_the_rule_that_names_them() -> None:
    here = rule("330100", "employee", "retirement", {"local_years": {"n": 10, "unit": "year"}}, id="here")
    above = rule("330000", "employee", "retirement", {"years": {"n": 20, "unit": "year"}}, id="above")
    got = ask_small({**EMPLOYEE, "insured_months": 100, "local_insured_months": 50}, here, above)["retirement"]
    assert (got["required"]["rules"], got["local_required"]["rules"]) == (["above"], ["here"])
    assert (got["gap"]["rules"], got["local_gap"]["rules"]) == (["above"], ["here"])
    assert (got["gap"]["low"], got["local_gap"]["value"]) == (20 * 12 - 104, 70)


def test_another_reading_in_force_says_what_can_be_used_today() -> None:
    tiers = {"tiers": [{"when": {}, "wait": months(6), "resume": "wait_from_payment_month"}]}
    soon = {"tiers": [{"when": {}, "wait": months(0), "resume": "payment_day"}]}
    reading = {"id": "soon", "title": "当天恢复", "standing": "in_force", "differs": soon, "sources": [], "sets_value": False}
    stop = rule("330100", "employee", "suspension", {"stop": "this_month"})
    main = rule("330100", "employee", "restoration", tiers, readings=[reading])
    fund = ask_small({**EMPLOYEE, "paid_on": "2026-03-10", "back_paid": True}, stop, main)["use_now"]["fund"]
    assert fund["value"] is False
    assert [(one["value"], one["standing"], one["note"]) for one in fund["alternatives"]] == [(True, "in_force", "当天恢复")]


def test_of_a_visit_that_is_not_meant_an_article_goes_on_to_the_next(told) -> None:
    asked = {"scheme": "resident", "place": "CN", "as_of": "2026-11-22", "coverage_year": 2026, "last_covered_year": 2025}
    asked |= {"signed_on": "2026-02-01"}
    half = {"normal_ratio": "0.5"}
    kinds = (("inpatient", {}), ("inpatient", half), ("outpatient", half), ("outpatient", {}))
    visits = [{"date": "2026-04-05", "kind": kind, "amount": "100.00", **more} for kind, more in kinds]

    def meant(got, claim: str) -> list[str]:
        return [one["key"] for one in got["claims"] if one["id"] == claim and one["key"].startswith("treatments")]

    resident = told(**asked, treatments=visits)
    assert meant(resident, "S0R-010") == ["treatments.2.fund_pays", "treatments.3.fund_pays"]
    assert meant(resident, "S1R-015") == ["treatments.1.fund_pays", "treatments.2.fund_pays"]
    employee = told(scheme="employee", place="CN", as_of="2026-06-22", last_paid_month="2026-01", treatments=visits)
    assert meant(employee, "S1-060") == ["treatments.1.ratio", "treatments.2.ratio"]


def test_of_a_key_given_twice_it_is_that_key_that_is_named() -> None:
    with pytest.raises(CaseError) as wrong:
        read_json('{"scheme": "resident", "place": "CN", "place": "330000"}')
    assert wrong.value.field == "place"


def test_a_share_is_never_torn_from_its_number_nor_glued_to_what_is_before() -> None:
    assert list(lines("甲乙50%", 2.0)) == ["甲乙", "50%"]
    assert list(lines("甲乙，丙", 2.0)) == ["甲", "乙，", "丙"]


@pytest.mark.parametrize(("last_paid", "free"), [("2026-04", True), ("2026-02", True), ("2026-01", False)])
def test_who_left_an_employer_up_to_three_months_ago_does_not_wait(told, last_paid, free) -> None:
    asked = {"scheme": "resident", "place": "360000", "as_of": "2026-06-20", "coverage_year": 2026, "last_covered_year": 2024}
    got = told(**asked, paid_on="2026-06-10", exempt_group="left_employee", last_paid_month=last_paid)
    assert (got["waiting"]["value"] == 0) == free


@pytest.mark.parametrize(("day", "note"), [("2025-12-31", words.IN_GAP_UNKNOWN), ("2026-01-01", words.VISIT_UNKNOWN)])
def test_the_wait_for_an_insured_year_begins_on_its_first_day(day, note) -> None:
    start = {"in_window": "year_start", "late": "year_start"}
    waits = rule("330100", "resident", "waiting", {"fixed": months(3), "start": start})
    visit = {"date": day, "kind": "inpatient", "amount": "100.00", "normal_ratio": "0.5"}
    asked = {"scheme": "resident", "place": "330100", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023}
    got = ask_small({**asked, "paid_on": "2025-11-20", "in_window": False, "treatments": [visit]}, waits)["treatments"][0]
    assert (got["covered"]["value"], got["covered"]["note"]) == (None, note)


@pytest.mark.parametrize("situation", ["same_place", "transfer", "first_enrolment"])
def test_a_resident_who_moves_is_still_counted_in_years(told, situation) -> None:
    asked = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023}
    got = told(**asked, situation=situation, paid_on="2026-03-12", in_window=False)
    assert (got["lapse"]["length"], got["lapse"]["unit"], got["waiting"]["value"]) == (2, "year", 4)
    assert got["benefits_resume_on"]["low"] == "2026-07-12"


@pytest.mark.parametrize(("situation", "asks_which"), [("same_place", False), ("transfer", False), ("scheme_switch", True)])
def test_only_who_switches_may_have_the_price_of_those_who_left_an_employer(told, situation, asks_which) -> None:
    asked = {"scheme": "resident", "place": "520600", "as_of": "2026-03-20", "coverage_year": 2026, "last_paid_month": "2025-12"}
    principal = told(**asked, situation=situation, previous_scheme="employee", paid_on="2026-03-12")["cost"]["principal"]
    assert (principal["value"] is None and "价钱可能不同" in (principal["note"] or "")) == asks_which


def test_who_switches_to_the_residents_is_counted_in_months_whatever_year_was_the_last(told) -> None:
    asked = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "situation": "scheme_switch"}
    got = told(**asked, previous_scheme="employee", last_paid_month="2025-11", last_covered_year=2023)
    assert (got["lapse"]["length"], got["lapse"]["unit"]) == (3, "month")


def test_a_newborn_can_be_registered_over_the_turn_of_the_year(told) -> None:
    got = told(scheme="resident", place="CN", as_of="2027-01-10", **{**NEWBORN, "born_on": "2026-12-20"})
    assert [row["restored"]["value"] for row in got["advice"]["rows"][:1]] == ["2026-12-20"]
    assert [last["date"] for last in got["advice"]["last_days"]] == ["2027-03-20"]
