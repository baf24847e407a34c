"""The ways still open: each row is what `assess` says of its Case, none is impossible, and the last days are the last."""

from __future__ import annotations

import json
from datetime import date, timedelta

import jsonschema
import pytest

from calculator import Case, Rulebook, advise, assess
from calculator.advice.last_days import _terms, _worse
from calculator.lapse import lapse_of
from calculator.schema import assessment_schema
from calculator.text import whole
from calculator.window import dates_of
from tests import prepared

SHOWN = {"restored": "benefits_resume_on", "waiting": "waiting", "retroactive": "retroactive", "payment_effect": "payment_effect"}


def asked(step):
    """Every `step`-th Case that stands beside a rule, asked before anything is paid."""
    found = prepared.asked()[::step]
    assert len(found) > 20
    return [{key: value for key, value in case.items() if key not in ("paid_on", "registered_on")} for case in found]


@pytest.fixture(scope="module", params=[37, pytest.param(7, marks=pytest.mark.slow)])
def advised(request, rulebook):
    """Cases with their advice."""
    cases = [Case.parse(one, rulebook) for one in asked(request.param)]
    return [(case, advise(case, rulebook)) for case in cases]


def test_rows_are_what_assess_says_of_their_case(advised, rulebook: Rulebook) -> None:
    rows = [row for _, advice in advised for row in advice.to_json()["rows"]]
    assert len(rows) > 2 * len(advised)
    for row in rows:
        alone = assess(Case.parse(row["case"], rulebook), rulebook).to_json()
        assert {name: row[name] for name in SHOWN} == {name: alone[key] for name, key in SHOWN.items()}
        assert row["cost"] == alone["cost"]["total"]


def test_no_way_is_impossible_on_its_day(advised, rulebook: Rulebook) -> None:
    for case, advice in advised:
        for row in advice.rows:
            paid = row.option.case
            assert paid.paid_on is not None and paid.paid_on >= case.as_of
            if paid.coverage_year is None:
                assert not (paid.back_paid is not None and case.back_paid is None and not lapse_of(paid).length)
                continue
            assert paid.paid_on.year <= paid.coverage_year
            lapse = lapse_of(paid)
            assert paid.years_repaid <= (lapse.length or 0) if lapse.unit == "year" and lapse.length is not None else True
            dates = dates_of(paid.place, paid.coverage_year, rulebook)
            assert dates is None or dates[0] is None or paid.paid_on >= dates[0]


def test_earliest_and_cheapest_are_certain(advised) -> None:
    named = 0
    for case, advice in advised:
        rows = [row for row in advice.rows if not any("已经过完" in said for said in row.loses)]
        spans = {row.option.id: row.found["benefits_resume_on"].span for row in rows}
        costs = {row.option.id: row.found["cost.total"].span for row in rows}
        for ids, of in ((advice.earliest, spans), (advice.cheapest, costs)):
            for best in ids:
                named += 1
                from_birth = of is spans and of[best].high == case.born_on  # nobody is covered sooner than that
                assert from_birth or all(other.low is not None and other.low >= of[best].high for other in of.values())
    assert named > len(advised) / 4


def test_last_days_are_those_of_a_walk_day_by_day(rulebook: Rulebook) -> None:
    found = 0
    for given in asked(23):
        case = Case.parse({**given, **({} if given["scheme"] == "resident" else {"back_paid": True})}, rulebook)
        said = {last.day for last in advise(case, rulebook).last_days}
        end = date(case.coverage_year, 12, 31) if case.coverage_year else case.as_of + timedelta(days=330)
        walked, before = set(), _terms(case, case.as_of, rulebook)
        for later in range(1, min(330, (end - case.as_of).days + 1)):
            day = case.as_of + timedelta(days=later)
            terms = _terms(case, day, rulebook)
            if before is not None and terms is not None and _worse(before, terms):
                walked.add(day - timedelta(days=1))
            before = terms
        last_walked = case.as_of + timedelta(days=329)
        assert {day for day in said if day < last_walked} == {day for day in walked if day < last_walked}, given
        found += len(walked)
    assert found > 5


def test_grace_is_counted_in_days(rulebook: Rulebook) -> None:
    case = {"scheme": "employee", "place": "350000", "as_of": "2026-11-18", "last_paid_month": "2026-07", "back_paid": True}
    last = advise(Case.parse(case, rulebook), rulebook).last_days[0]
    assert (str(last.day), last.days_left) == ("2026-11-30", 12)
    assert "还剩12天" in last.text and last.rules == ("350000.employee.restoration",)


def test_whoever_has_paid_is_not_asked_to_choose(rulebook: Rulebook) -> None:
    case = {"scheme": "flexible", "place": "CN", "as_of": "2026-11-18", "last_paid_month": "2026-07", "paid_on": "2026-11-17"}
    advice = advise(Case.parse(case, rulebook), rulebook)
    assert not advice.rows and not advice.last_days and advice.note


def test_the_advice_stands_in_the_answer_and_fits_its_schema(rulebook: Rulebook) -> None:
    validator = jsonschema.Draft202012Validator(assessment_schema())
    for given in asked(41):
        made = whole(Case.parse(given, rulebook), rulebook)
        validator.validate(json.loads(json.dumps(made)))
        assert "advice" in made


def test_a_payment_too_late_for_its_year_is_said_to_be_and_wins_nothing(rulebook: Rulebook) -> None:
    case = {"scheme": "resident", "place": "330100", "as_of": "2026-11-22", "coverage_year": 2026, "last_covered_year": 2022}
    advice = advise(Case.parse(case, rulebook), rulebook)
    assert advice.rows and not advice.earliest and not advice.cheapest
    assert all(row.loses[0].startswith("等待期满时，这个参保年度已经过完") for row in advice.rows)


def test_repairs_wait_for_a_window_that_has_not_opened(rulebook: Rulebook) -> None:
    given = {"scheme": "resident", "place": "350100", "as_of": "2026-08-01", "coverage_year": 2027, "last_covered_year": 2024}
    opens = dates_of("350100", 2027, rulebook)
    assert opens is not None and opens[0] == date(2026, 9, 1)
    rows = advise(Case.parse(given, rulebook), rulebook).rows
    repairs = [row.option for row in rows if row.option.id.startswith("repair.")]
    assert len(repairs) == 2 and {option.case.paid_on for option in repairs} == {opens[0]}
    assert repairs[0].title == "等2027年度集中参保期开始（9月1日）再缴，补缴1年"


def test_a_day_on_which_the_window_may_not_be_open_is_said_to_be_so(rulebook: Rulebook) -> None:
    given = {"scheme": "resident", "place": "330100", "as_of": "2026-08-01", "coverage_year": 2027, "last_covered_year": 2025}
    assert dates_of("330100", 2027, rulebook) is None
    for extra, notes in (({}, 1), ({"coverage_year": 2026, "last_covered_year": 2024}, 0)):
        rows = advise(Case.parse({**given, **extra}, rulebook), rulebook).to_json()["rows"]
        assert rows and all(sum("不一定缴得了" in note for note in row["notes"]) == notes for row in rows)


def test_nobody_is_told_to_pay_for_someone_who_has_died(rulebook: Rulebook) -> None:
    given = {"scheme": "employee", "place": "320500", "as_of": "2026-03-01", "last_paid_month": "2025-12"}
    advice = advise(Case.parse({**given, "account_status": "deceased"}, rulebook), rulebook)
    assert (advice.rows, advice.last_days, advice.note) == ((), (), "没有可以比较的办法。")


def test_a_gap_without_a_known_end_is_said_to_be_at_least_so_long(rulebook: Rulebook) -> None:
    case = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026}
    case["benefits_stopped_on"] = "2026-01-01"
    first = advise(Case.parse(case, rulebook), rulebook).rows[0]
    assert any("从2026年3月20日起不能报销，至少" in said for said in first.loses), first.loses
