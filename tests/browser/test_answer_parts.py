"""What stands in an answer: like answers said once, claims folded by topic with those we contradict first, pictures apart."""

from __future__ import annotations

import pytest

from tests.browser.asking import link

pytestmark = pytest.mark.browser

LAPSED = {"scheme": "employee", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "back_paid": False}
STOPPED = {"scheme": "resident", "place": "310000", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2023}
OWED = {**LAPSED, "paid_on": "2026-03-10", "monthly_amount": "500.00", "account_balance": "300.00", "continuous_months": 60}
VERDICTS = """topics => topics.map(topic =>
  [...topic.querySelectorAll('.yb-badge')].map(badge => badge.className.split('yb-verdict-')[1]))"""
RANKS = ["wrong", "outdated", "local_only", "unverifiable", "holds"]


def test_like_answers_of_today_are_said_once(calculator):
    calculator.open_link(link(STOPPED))
    facts = calculator.widget.locator("[data-yb-fact^=use_now]")
    keys = facts.evaluate_all("facts => facts.flatMap(fact => fact.dataset.ybFact.split(' '))")
    assert sorted(keys) == sorted(f"use_now.{key}" for key in ("fund", "account", "inpatient", "outpatient", "pharmacy"))
    told = facts.evaluate_all("facts => facts.map(fact => fact.querySelector('dd').textContent)")
    assert len(told) == len(set(told)) == 2
    fund = calculator.widget.locator('[data-yb-fact~="use_now.fund"]')
    assert fund.locator("dt").inner_text() == "统筹基金（报销）、住院、门诊、药店买药"
    assert fund.locator(".yb-value").inner_text().startswith("都不能用")


def test_claims_are_folded_by_topic_and_those_we_contradict_come_first(calculator):
    calculator.open_link(link(OWED))
    claims = calculator.widget.locator("details.yb-aside", has=calculator.page.locator("> summary", has_text="网上文章怎么说"))
    claims.locator("> summary").click()
    topics = claims.locator("> details")
    assert topics.count() > 3
    assert claims.locator("> details[open]").count() == 0
    assert claims.locator("li:visible").count() == 0
    verdicts = topics.evaluate_all(VERDICTS)
    ranks = [[RANKS.index(verdict) for verdict in some] for some in verdicts]
    assert all(some == sorted(some) for some in ranks)
    assert [some[0] for some in ranks] == sorted(some[0] for some in ranks)
    assert sum(map(len, ranks)) > 20
    first = topics.first.locator("summary")
    assert "要当心" in first.inner_text()
    first.click()
    assert topics.first.locator("li").first.is_visible()


def test_a_long_warning_is_broken_after_its_first_sentence(calculator):
    calculator.open_link(link(STOPPED))
    warnings = calculator.widget.locator(".yb-warnings li")
    told = warnings.evaluate_all("items => items.map(item => [item.textContent, item.firstChild.textContent])")
    assert any(whole != first for whole, first in told)
    assert all(first.count("。") <= 1 for _, first in told)


def test_no_picture_shares_an_id_with_another(calculator):
    seen = []
    for place in ("350000", "310000"):
        calculator.open_link(link({**LAPSED, "place": place}))
        seen += calculator.widget.locator("svg [id]").evaluate_all("all => all.map(one => one.id)")
        ids = calculator.page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))
        picture = calculator.widget.locator("svg.yb-timeline")
        named = picture.get_attribute("aria-labelledby").split()
        assert all(calculator.page.locator(f"#{name}").count() == 1 for name in named)
    assert len(seen) == len(set(seen)) > 6
