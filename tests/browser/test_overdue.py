"""A rule past its day of review says so by the reader's own clock, and a page without scripts claims nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.homes import Home

pytestmark = pytest.mark.browser

PLACE = "places/350000"
SHOWN = "[data-yb-review-by]:visible"
HOMES = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)


def days(page: Page) -> list[date]:
    """The days of review that the page names, shown or not."""
    found = page.locator("[data-yb-review-by]").evaluate_all("nodes => nodes.map((node) => node.dataset.ybReviewBy)")
    return sorted({date.fromisoformat(day) for day in found})


def on(page: Page, day: date) -> Page:
    page.clock.set_fixed_time(f"{day.isoformat()}T12:00:00")
    page.reload()
    return page


@HOMES
def test_a_page_names_its_overdue_rules_from_the_day_after_their_review(home: Home, open_page: OpenPage) -> None:
    page = open_page(home, PLACE)
    first, last = days(page)[0], days(page)[-1]
    assert on(page, first).locator(SHOWN).count() == 0
    on(page, first + timedelta(days=1))
    assert "过了复查的日子" in page.locator("div.yb-overdue").inner_text()
    assert 0 < page.locator(SHOWN).count() < page.locator("[data-yb-review-by]").count()
    on(page, last + timedelta(days=1))
    assert page.locator(SHOWN).count() == page.locator("[data-yb-review-by]").count()


def test_without_scripts_nothing_is_claimed(home: Home, open_page: OpenPage) -> None:
    assert open_page(home, PLACE, scripts=False).locator(SHOWN).count() == 0
