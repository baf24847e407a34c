"""At the very edge, and with every word: what a slightly different calculator would get wrong."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from calculator import Case, CaseError, Rulebook, assess
from calculator.model import Effect, Wait
from calculator.show import summary, timeline
from calculator.text import whole
from calculator.tier_words import effect_words, wait_words
from calculator.values import Length, Multiple, Ratio, parse_money, parse_ratio

Json = dict[str, Any]
SVG = "{http://www.w3.org/2000/svg}"
PAID = {"scheme": "employee", "place": "CN", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}


def missed(month: str, due_on: str | None, amount: str = "1000.00") -> Json:
    return {"month": month, "amount": amount, **({"due_on": due_on} if due_on else {})}


@pytest.mark.parametrize(("due_on", "fee"), [("2026-03-12", "0.00"), ("2026-03-10", "0.00"), ("2026-03-09", "0.50"),
                                             ("2026-02-28", "5.00")])
def test_the_late_fee_counts_days_from_the_last_day_to_the_payment(ask: Any, due_on: str, fee: str) -> None:
    got = ask(**PAID, missed=[missed("2026-02", due_on)])
    assert got["cost"]["late_fee"]["value"] == fee
    (owed,) = got["arrears"]
    assert owed["late_fee"] == fee and owed["days_late"] == {"0.00": 0, "0.50": 1, "5.00": 10}[fee]


def test_nothing_is_due_where_nothing_was_missed(ask: Any) -> None:
    got = ask(**{**PAID, "last_paid_month": "2026-02"}, monthly_amount="500.00")
    assert (got["cost"]["principal"]["value"], got["cost"]["total"]["value"]) == ("0.00", "0.00")
    assert ask(**PAID, monthly_amount="500.00")["cost"]["principal"]["value"] == "2000.00"


@pytest.mark.parametrize("months", [4, 5])
def test_months_on_benefit_are_at_most_those_of_the_gap(rulebook: Rulebook, months: int) -> None:
    case = {**PAID, "unemployment_months": months}
    if months == 4:
        assert assess(Case.parse(case, rulebook), rulebook).to_json()["lapse"]["length"] == 0
    else:
        with pytest.raises(CaseError, match="4 个月") as wrong:
            Case.parse(case, rulebook)
        assert wrong.value.field == "unemployment_months"


def test_who_insures_for_the_first_time_has_no_lapse_and_who_switches_without_a_month_an_unknown_one(ask: Any) -> None:
    first = ask(scheme="employee", situation="first_enrolment", paid_on="2026-03-10")
    switched = ask(scheme="resident", situation="scheme_switch", coverage_year=2026, previous_scheme="employee")
    assert (first["lapse"]["length"], switched["lapse"]["length"]) == (0, None)


def test_the_use_now_of_someone_new_is_not_that_of_someone_lapsed(ask: Any) -> None:
    first = ask(scheme="employee", situation="first_enrolment")["use_now"]["fund"]
    lapsed = ask(**{**PAID, "place": "310000", "paid_on": None})["use_now"]["fund"]
    assert first != lapsed


def test_a_rule_past_its_review_is_warned_of_from_the_day_after_on(ask: Any, rulebook: Rulebook) -> None:
    used = ask(**{**PAID, "place": "310000"})["waiting"]["rules"]
    rule = next(rule for rule in rulebook.rules if rule.id in used)
    assert rule.review_by is not None
    for later, warned in ((0, False), (1, True), (400, True)):
        got = ask(**{**PAID, "place": "310000", "as_of": str(rule.review_by + timedelta(days=later))})
        assert any(rule.title in warning for warning in got["warnings"]) is warned, later


def test_a_step_names_the_document_that_it_was_read_in(rulebook: Rulebook) -> None:
    rule = next(rule for rule in rulebook.rules if len({source.document for source in rule.sources}) > 1)
    second = rule.sources[1].document
    assert rule.source(second).document == second
    assert rule.source() == rule.sources[0] == rule.source("nowhere")


def test_what_is_due_is_in_the_text_only_where_something_is_known(rulebook: Rulebook) -> None:
    known, unknown = ({**PAID, "monthly_amount": "500.00", "back_paid": True}, PAID)
    told = [summary(whole(Case.parse(case, rulebook), rulebook)) for case in (known, unknown)]
    assert "2000.00元" in told[0]
    total = whole(Case.parse(unknown, rulebook), rulebook)["cost"]["total"]
    assert total["low"] is None and total["high"] is None and total["text"] not in told[1].replace("没查到", "")


@pytest.mark.parametrize("place", ["310000", "370200", "430000", "CN"])
def test_the_bars_of_the_picture_stand_one_upon_the_other_and_signs_inside_them(rulebook: Rulebook, place: str) -> None:
    root = ET.fromstring(timeline(whole(Case.parse({**PAID, "place": place}, rulebook), rulebook)))
    bars = [rect for rect in root.iter(f"{SVG}rect") if rect.get("stroke-width") == "1.5"]
    ends = [(int(bar.get("y", "0")), int(bar.get("y", "0")) + int(bar.get("height", "0"))) for bar in bars]
    assert bars and all(first < last for first, last in ends)
    assert all(above[1] == below[0] for above, below in pairwise(ends))
    assert {bar.get("x") for bar in bars} == {bars[0].get("x")}
    height = int(root.get("height", "0"))
    assert ends[-1][1] <= height
    texts = [int(text.get("y", "0")) for text in root.iter(f"{SVG}text")]
    assert texts == sorted(texts) and texts[-1] <= height


def test_waits_and_shares_have_their_words() -> None:
    assert wait_words(None) == "有没有等待期，文件没写"
    assert wait_words(Wait(Length(3, "month"), None)) == "等待期3个月"
    assert wait_words(Wait(Length(0, "month"), None)) == "不用等待"
    assert wait_words(Wait(None, Length(6, "month"))).endswith("6个月")
    assert effect_words(None, Wait(Length(3, "month"), None)) == "等待期里统筹基金不付"
    assert effect_words(None, Wait(Length(0, "month"), None)) == effect_words(None, None) == "缴费后待遇不打折"
    assert effect_words(Effect("zero", ()), None) == "等待期里统筹基金不付"
    assert effect_words(Effect("none", ()), None) == "缴费后待遇不打折"


@pytest.mark.parametrize("text", ["0", "1.5", "999999999999.99", "0.01"])
def test_money_is_read_to_the_cent(text: str) -> None:
    assert format(parse_money(text), "f") == text


@pytest.mark.parametrize(("parse", "text"), [(parse_money, "1000000000000"), (parse_money, "1.001"), (parse_money, ".5"),
                                             (parse_ratio, "1.1"), (parse_ratio, "2"), (parse_ratio, "0.1234567")])
def test_what_is_no_amount_and_no_share_is_refused(parse: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text.replace(".", r"\.")):
        parse(text)


def test_a_share_and_a_multiple_are_numbers_of_their_kind() -> None:
    assert Ratio("0.5") + Ratio("0.5") == 1 and Multiple("2") * 3 == 6
