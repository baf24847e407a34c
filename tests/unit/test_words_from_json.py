"""Cases and rules as they come from JSON: a word is known by what it says."""

from __future__ import annotations

import json
from typing import Any

from calculator.batch import answer_line
from calculator.further import money_words as say
from calculator.model import Wait
from calculator.ranges import in_days
from tests.unit.small import EMPLOYEE, RESIDENT, ask, book, months, rule

Json = dict[str, Any]


def asked(case: Json, *rules: Json) -> Json:
    read = json.loads(json.dumps([case, *rules]))
    found: Json = ask(*read)
    return found


def test_whoever_switches_to_the_residents_was_insured_by_the_month() -> None:
    lines = [{"when": {"previous_scheme": ["employee", "flexible"]}, "wait": months(0)}, {"wait": months(3)}]
    text = rule("330100", "resident", "restoration", {"tiers": lines}, situations=["scheme_switch"])
    case = {key: value for key, value in RESIDENT.items() if key != "last_covered_year"}
    switch = {**case, "situation": "scheme_switch", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}
    assert asked(switch, text)["waiting"]["value"] == 0


def test_the_months_of_this_lapse_are_missed_months_of_their_year() -> None:
    lines = [{"when": {"missed_this_year": {"max": 1}}, "wait": months(0)}, {"wait": months(3)}]
    text = rule("330100", "employee", "restoration", {"tiers": lines})
    for paid_on, low, high in (("2026-03-10", 3, 3), ("2026-02-10", 0, 3)):
        waiting = asked({**EMPLOYEE, "paid_on": paid_on}, text)["waiting"]
        assert (waiting["low"], waiting["high"]) == (low, high)


def test_an_account_of_whoever_is_no_longer_insured_is_asked_about() -> None:
    account = asked({**EMPLOYEE, "account_status": "cancelled", "account_balance": "0"})["use_now"]["account"]
    assert (account["value"], account["note"]) == (None, say.CANCELLED)


def test_a_year_has_365_or_366_days() -> None:
    wait = Wait.load(json.loads('{"n": 1, "unit": "year"}'))
    assert wait is not None and wait.length is not None
    assert in_days(wait.length) == (365, 366)


def test_what_is_wrong_with_a_line_is_said_in_chinese_letters() -> None:
    assert "请填写“参保身份”" in answer_line(b"{}", book())
