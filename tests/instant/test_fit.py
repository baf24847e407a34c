"""Recipes and spans: found from a few days, right on all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calculator import words
from calculator.values import Length
from scripts.instant.fit import fit, holds_on
from scripts.instant.recipes import Fixed, Recipe, explanations, plainest
from scripts.instant.saying import SILENT, Said, Sentences, day_pattern

ONE = Sentences("not paid: {low}", "from {low}", "since {low}")
OTHER = Sentences("never", "never", "never")
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)
ALL = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]

RECIPES = [
    *(Recipe("day", *length) for length in ((0, 0), (0, 1), (0, 90), (3, 0), (6, 1))),
    *(Recipe("month", *length) for length in ((0, 0), (6, 0), (0, 60), (3, 1))),
    *(Recipe("next", *length) for length in ((0, 0), (0, 90))),
    Fixed(date(2027, 1, 1)),
]


def saying(day: date, low: date, high: date | None = None) -> Said:
    return Said(ONE, low, low if high is None else high)


@pytest.mark.parametrize("recipe", RECIPES, ids=str)
def test_one_recipe_for_all_days_is_found_from_the_two_ends(recipe):
    spans = fit(lambda day: saying(day, recipe.on(day)), [FIRST, LAST])
    assert len(spans) == 1
    assert all(holds_on(spans, day) == saying(day, recipe.on(day)) for day in ALL)


@pytest.mark.parametrize("change", [FIRST + timedelta(days=1), date(2026, 2, 28), date(2026, 3, 1), LAST])
def test_a_change_is_found_to_the_day(change):
    def ask(day: date) -> Said:
        return saying(day, Length(3, "month").after(day)) if day < change else Said(OTHER, None, None)

    spans = fit(ask, [FIRST, LAST])
    assert [first for first, _ in spans] == [FIRST, change]
    assert all(holds_on(spans, day) == ask(day) for day in ALL)


def test_ninety_days_are_not_taken_for_three_months():
    ninety = fit(lambda day: saying(day, day + timedelta(days=90)), [FIRST, LAST])
    months = fit(lambda day: saying(day, Length(3, "month").after(day)), [FIRST, LAST])
    assert ninety[0][1].low == Recipe("day", 0, 90)
    assert months[0][1].low == Recipe("day", 3, 0)


def test_two_bounds_have_a_recipe_each():
    spans = fit(lambda day: saying(day, Recipe("month", 1, 0).on(day), Recipe("day", 6, 1).on(day)), [FIRST, LAST])
    assert [(rule.low, rule.high) for _, rule in spans] == [(Recipe("month", 1, 0), Recipe("day", 6, 1))]


def test_what_no_recipe_can_say_is_left_silent():
    spans = fit(lambda day: saying(day, day) if day.year == 2026 else SILENT, [FIRST, date(2026, 5, 1), LAST])
    assert [rule.sentences for _, rule in spans] == [None, ONE, None]


def test_every_explanation_of_a_day_leads_to_it():
    for paid, resumed in [(date(2026, 11, 30), date(2027, 2, 28)), (date(2026, 1, 31), date(2026, 3, 1)), (ALL[5], ALL[5])]:
        found = explanations(paid, resumed)
        assert all(one.on(paid) == resumed for one in found)
        assert plainest(found) == Fixed(resumed)


def test_the_pattern_of_a_day_writes_days_as_the_calculator_does():
    for day in (date(2026, 1, 2), date(2027, 12, 31)):
        assert day_pattern().format(year=day.year, month=day.month, day=day.day) == words.day_words(day)
