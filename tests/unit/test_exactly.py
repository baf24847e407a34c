"""At the very edge, and with every word: what a slightly different calculator would get wrong."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from calculator import Case, CaseError, Rulebook, assess
from calculator.assess import some_answers
from calculator.assessment import range_words
from calculator.exemption import terms_met
from calculator.model import Effect, Group, LateFee, Span, Wait
from calculator.ranges import UNKNOWN
from calculator.show import summary, timeline
from calculator.show.story import story_of
from calculator.text import whole
from calculator.tier_words import effect_words, wait_words
from calculator.values import Length, Multiple, Ratio, parse_money, parse_ratio
from calculator.words import UNKNOWN_TEXT

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
    assert wait_words(Wait(Length(0, "month"), None)) == "没有等待期"
    assert wait_words(Wait(None, Length(6, "month"))).endswith("6个月")
    assert effect_words(None, Wait(Length(3, "month"), None)) == "能用以前，统筹基金不付"
    assert effect_words(None, Wait(Length(0, "month"), None)) == effect_words(None, None) == "能用以后照常报，不打折"
    assert effect_words(Effect("zero", ()), None) == "能用以前，统筹基金不付"
    assert effect_words(Effect("none", ()), None) == "能用以后照常报，不打折"


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


# ---- what is drawn of answers that no place gives today


def drawn(rulebook: Rulebook, case: Json, **changed: Json) -> list[tuple[str | None, str]]:
    told = whole(Case.parse(case, rulebook), rulebook)
    for key, parts in changed.items():
        told[key] = {**told[key], **parts}
    assert timeline(told).startswith("<svg ")
    return [(None if one.first is None else str(one.first), one.kind) for one in story_of(told).stretches]


def test_a_stop_between_two_days_is_drawn_as_open_between_them(rulebook: Rulebook) -> None:
    sure, unsure = {"low": "2025-12-01", "high": "2025-12-01"}, {"value": None, "low": "2025-11-01", "high": "2025-12-01"}
    case = {**PAID, "place": "310000"}
    assert drawn(rulebook, case, benefits_stop_on=sure)[:2] == [(None, "covered"), ("2025-12-01", "gap")]
    between = drawn(rulebook, case, benefits_stop_on=unsure)
    assert between[:3] == [(None, "covered"), ("2025-11-01", "maybe"), ("2025-12-01", "gap")]
    endless = drawn(rulebook, case, benefits_stop_on={**unsure, "high": None})
    assert ("2025-11-01", "maybe") in endless and "gap" not in [kind for _, kind in endless]


def test_a_most_that_is_paid_is_drawn_as_a_part(rulebook: Rulebook) -> None:
    case = {**PAID, "scheme": "flexible", "place": "370200", "back_paid": True}
    part = {"from": "2026-03-10", "to": None, "cap": "5000.00"}
    effect = {"value": {"kind": "cap", "schedule": [part]}, "low": None, "high": None}
    assert "part" in [kind for _, kind in drawn(rulebook, case, payment_effect=effect)]


def test_a_year_paid_for_when_it_is_over_is_drawn_without_cover(rulebook: Rulebook) -> None:
    over = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2025, "last_covered_year": 2022,
            "paid_on": "2026-03-12", "in_window": False}
    assert "covered" not in [kind for first, kind in drawn(rulebook, over) if first is not None]
    free = assess(Case.parse({**over, "exempt_group": "medical_assistance"}, rulebook), rulebook).to_json()
    plain = assess(Case.parse(over, rulebook), rulebook).to_json()
    assert free["benefits_resume_on"]["value"] == plain["benefits_resume_on"]["value"] is None


def test_the_answers_that_advice_reads_are_those_of_the_assessment(rulebook: Rulebook) -> None:
    keys = ("waiting", "benefits_resume_on", "cost.total")
    for case in (PAID, {**PAID, "paid_on": None, "place": "370200", "monthly_amount": "500.00", "back_paid": True}):
        parsed = Case.parse(case, rulebook)
        full = assess(parsed, rulebook).answers
        assert some_answers(parsed, rulebook, keys) == {key: full[key] for key in keys}


def test_what_nobody_knows_has_its_word() -> None:
    assert range_words(UNKNOWN) == UNKNOWN_TEXT


def test_a_most_and_its_rise_have_their_words() -> None:
    first, then = (Span(Length(1, "month"), None, Decimal(cap)) for cap in ("5000", "20000"))
    assert effect_words(Effect("cap", (first,)), None) == "这段时间最多付5000元"
    assert effect_words(Effect("cap", (first, then)), None) == "这段时间最多付5000元起，逐段提高"


@pytest.mark.parametrize(("terms", "known", "met"), [
    (Group(), {}, True),
    (Group(unsettled=True), {}, None),
    (Group(lapse_max=3), {}, None),
    (Group(lapse_max=3), {"last_paid_month": "2025-11"}, True),
    (Group(lapse_max=3), {"last_paid_month": "2025-10"}, False),
    (Group(within=Length(90, "day")), {}, None),
    (Group(within=Length(90, "day")), {"event_on": "2025-12-12"}, True),
    (Group(within=Length(90, "day")), {"event_on": "2025-12-11"}, False),
    (Group(within=Length(90, "day")), {"event_on": "2026-03-13"}, False),
    (Group(same_year=True), {}, None),
    (Group(same_year=True), {"event_on": "2026-01-01"}, True),
    (Group(same_year=True), {"event_on": "2025-12-31"}, False),
    (Group(same_year=True), {"event_on": "2026-03-13"}, False),
])
def test_the_terms_of_a_group_are_kept_to_the_day(rulebook: Rulebook, terms: Group, known: Json, met: bool | None) -> None:
    case = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "paid_on": "2026-03-12", **known}
    assert terms_met(Case.parse(case, rulebook), terms) is met


def test_a_group_of_which_nothing_is_said_has_no_terms() -> None:
    assert Group() == Group.load({}) == (None, None, None, False, False)


def test_a_fee_is_capped_where_the_text_says_so() -> None:
    read = [json.loads(text) for text in ('{"cap": "principal"}', '{"cap": "none"}', "{}")]
    assert [LateFee.load(raw).capped for raw in read] == [True, False, False]
