"""Words that hang on a number: each as it is said, up to the number at which it is said otherwise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from calculator import words
from calculator.model import Effect, Restoration, Span, Tier
from calculator.schedule import Payment, Stretch
from calculator.tier_words import condition_words, effect_words, tier_sentence
from calculator.values import Length, YearMonth
from tests.unit.small import RESIDENT, ask, rule

Json = dict[str, Any]
SOURCES = [{"document": "d", "clause": None, "grade": "official_text", "confidence": "high", "seen": "2026-01-01"}]


def tiers(*conditions: Json, **more: Any) -> list[Tier]:
    return list(Restoration.load({"tiers": [{"when": when, **more} for when in conditions]}).tiers)


@pytest.mark.parametrize(
    ("length", "unit", "first", "last", "said"),
    [
        (None, "month", None, None, "断缴多久还不清楚"),
        (0, "month", None, None, "没有断缴"),
        (0, "year", None, None, "没有整年断保"),
        (1, "month", YearMonth(2025, 11), YearMonth(2025, 11), "断缴1个月（2025年11月）"),
        (2, "month", YearMonth(2025, 11), YearMonth(2025, 12), "断缴2个月（2025年11月至12月）"),
        (3, "month", YearMonth(2025, 12), YearMonth(2026, 2), "断缴3个月（2025年12月至2026年2月）"),
        (1, "year", 2024, 2024, "断保1年（2024年度）"),
        (3, "year", 2022, 2024, "断保3年（2022至2024年度）"),
    ],
)
def test_a_lapse_has_its_words(length: int | None, unit: str, first: Any, last: Any, said: str) -> None:
    assert words.lapse_words(length, unit, first, last) == said


def test_what_is_paid_meanwhile_has_its_words() -> None:
    first, last = date(2026, 1, 1), date(2026, 2, 28)
    said = {
        Payment("none"): "能用以后照常报，不打折",
        Payment("zero", (Stretch(first, last, Decimal(0)),)): "能用以前，统筹基金不付",
        Payment("ratio", (Stretch(first, last, Decimal("0.5")),)): "2026年1月1日到2026年2月28日按正常的50%付",
        Payment("ratio", (Stretch(first, None, Decimal(0)),)): "2026年1月1日到恢复前不付",
        Payment("cap", (Stretch(first, last, cap=Decimal(5000)), Stretch(last, None, cap=Decimal(0)))): (
            "2026年1月1日到2026年2月28日最多付5000元；2026年2月28日到恢复前最多付0元"
        ),
        Payment("ratio"): "等待期里打折付，从哪天起、打几折还不能确定",
    }
    assert {payment: words.payment_words(payment) for payment in said} == said


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        ("0", "0%"),
        ("1", "100%"),
        ("1.0", "100%"),
        ("0.10", "10%"),
        ("0.00", "0%"),
        ("0.5", "50%"),
        ("0.125", "12.5%"),
        ("1.00", "100%"),
        ("0.001", "0.1%"),
    ],
)
def test_a_share_in_words(ratio: str, said: str) -> None:
    assert words.percent(Decimal(ratio)) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({"lapse": {"min": 4}}, "断缴满4个月"),
        ({"lapse": {"max": 3}}, "断缴不超过3个月"),
        ({"lapse": {"min": 0, "max": 3}}, "断缴不超过3个月"),
        ({"lapse": {"min": 1, "max": 3}}, "断缴1至3个月"),
        ({"lapse": {"min": 2, "max": 2}}, "断缴2个月"),
        ({"lapse": {"max": 0}}, "断缴0个月"),
        ({"earlier_lapses": {"max": 0}}, "第一次断缴"),
        ({"earlier_lapses": {"min": 1}}, "以前断缴过满1次"),
        ({"missed_this_year": {"min": 4}}, "本年累计断缴满4个月"),
        ({"continuous_months": {"min": 24}}, "断缴前连续参保满24个月"),
        ({"previous_scheme": ["employee", "flexible"]}, "原来参加职工医保或灵活就业医保"),
        ({"quarter_month": [1, 2]}, "季度第1、2个月缴费"),
        ({"since_stop": {"within": {"n": 3, "unit": "month"}}}, "停待遇后3个月内缴费"),
        ({"earlier_quarter": True}, "以前的季度就断缴"),
        ({"earlier_quarter": False}, "本季度才断缴"),
        ({"back_paid": False, "in_waiting": True}, "没有补缴、断缴时还在等待期"),
        ({"paid_by_order_deadline": True}, "在责令期限内补缴"),
        ({"paid_by_order_deadline": False}, "过了责令期限才补缴"),
        ({}, ""),
    ],
)
def test_a_condition_has_its_words(when: Json, said: str) -> None:
    found = condition_words(when)
    assert found == said.replace("灵活就业医保", words.SCHEMES["flexible"]).replace("职工医保", words.SCHEMES["employee"])


def test_a_threshold_that_counts_the_month_of_payment_says_so() -> None:
    assert condition_words({"lapse": {"max": 3}}, counts_payment_month=True) == "断缴（含缴费当月）不超过3个月"
    assert condition_words({"missed_this_year": {"max": 3}}, counts_payment_month=True) == "本年累计断缴不超过3个月"


def test_a_tier_is_said_with_its_condition_in_one_sentence_or_two() -> None:
    (short,) = tiers({"back_paid": True}, wait={"n": 3, "unit": "month"})
    assert tier_sentence("waiting", short, counts_payment_month=False, conditional=True) == "补缴了中断月份的：等待期3个月。"
    assert tier_sentence("waiting", short, counts_payment_month=False, conditional=False) == "等待期3个月。"
    (long,) = tiers(
        {"back_paid": False, "in_waiting": False, "lapse": {"min": 4, "max": 6}, "continuous_months": {"min": 24}},
        wait={"n": 3, "unit": "month"},
    )
    said = tier_sentence("waiting", long, counts_payment_month=False, conditional=True)
    assert said == "条件：没有补缴、断缴时不在等待期、断缴4至6个月、断缴前连续参保满24个月。都符合的：等待期3个月。"


def test_a_sentence_of_forty_letters_is_one_and_of_forty_one_two() -> None:
    for months, two in ((10, False), (100, True)):
        conditions = {"back_paid": False, "in_waiting": False, "lapse": {"min": 4, "max": 6}, "earlier_lapses": {"min": 1}}
        (tier,) = tiers(conditions, wait={"n": months, "unit": "month"})
        said = tier_sentence("waiting", tier, counts_payment_month=False, conditional=True)
        whole = f"{condition_words(conditions)}的：等待期{months}个月。"
        assert (len(whole), said == whole, said.startswith("条件：")) == (41 if two else 40, not two, two)


def test_what_a_tier_pays_has_its_words() -> None:
    half, most = Span(Length(6, "month"), Decimal("0.5")), Span(Length(6, "month"), Decimal("0.7"))
    assert effect_words(Effect("ratio", (half,)), None) == "这段时间按正常待遇的50%付"
    assert effect_words(Effect("ratio", (half, most)), None) == "这段时间按正常待遇的50%付起，逐段提高"
    assert effect_words(Effect("ratio", (Span(None),)), None) == "这段时间按正常待遇的0%付"


def test_of_other_readings_the_one_that_disagrees_most_comes_first() -> None:
    def reading(name: str, price: str) -> Json:
        return {"id": name, "title": name, "standing": "unclear", "differs": {"individual": price}, "sources": SOURCES}

    def order(price: str, *others: str) -> list[str]:
        made = rule("330100", "resident", "contribution", {"individual": price}, readings=[reading(o, o) for o in others])
        return [one["value"] for one in ask({**RESIDENT, "paid_on": "2026-03-10"}, made)["cost"]["principal"]["alternatives"]]

    assert order("400", "390", "100", "900", "420") == ["900.00", "100.00", "420.00", "390.00"]
    assert order("400", "200", "401") == ["200.00", "401.00"] and order("400", "400") == []
