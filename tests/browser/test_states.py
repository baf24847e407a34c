"""What a page can be brought into: the menu open, something found, an answer, an error. axe-core finds nothing in any of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.asking import Calculator, link
from tests.browser.homes import Home
from tests.browser.test_for_every_reader import AXE, CASE, RULES, dressed

pytestmark = pytest.mark.browser

__all__ = ["dressed"]

TWICE = 640
"""What is left of 1280 px for a reader who has enlarged everything to 200 %."""
DRESSED = [
    # width, scheme, what the reader has switched on
    pytest.param(360, "light", ("size",)),
    pytest.param(TWICE, "dark", ("contrast",)),
    pytest.param(360, "dark", (), marks=pytest.mark.slow),
    pytest.param(360, "light", ("size", "contrast"), marks=pytest.mark.slow),
    pytest.param(TWICE, "light", (), marks=pytest.mark.slow),
    pytest.param(1280, "light", ("size",), marks=pytest.mark.slow),
    pytest.param(1280, "dark", (), marks=pytest.mark.slow),
]


def menu(page: Page, home: Home) -> None:
    """The menu lies over the page; where there is room it always stands beside it."""
    page.goto(home.address("account"))
    button = page.locator('button[data-yb-toggle="__drawer"]')
    if button.is_visible():
        button.click()
        page.locator(".md-sidebar--primary a:visible").first.wait_for()


def found(page: Page, home: Home) -> None:
    page.goto(home.address("account"))
    button = page.locator('button[data-yb-toggle="__search"]')
    button.click() if button.is_visible() else page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill("断缴三个月")
    page.locator(".md-search-result__item").first.wait_for()


def answer(page: Page, home: Home) -> None:
    page.goto(home.address("calculator") + link(CASE))
    Calculator(page).wait("ready")


def error(page: Page, home: Home) -> None:
    page.goto(home.address("calculator") + link({**CASE, "monthly_amount": "-1"}))
    Calculator(page).wait("error")


def taken_along(page: Page, home: Home) -> None:
    """The link is copied, everything that is folded is open."""
    answer(page, home)
    Calculator(page).part("copy").click()
    Calculator(page).part("share").locator("input").wait_for()
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true }")


@pytest.mark.parametrize(("width", "scheme", "switched"), DRESSED)
def test_axe_finds_nothing_in_any_state(width, scheme, switched, home, dressed):
    page = dressed(width, scheme, switched)
    told = {}
    for state in (menu, found, answer, error, taken_along):
        page.goto("about:blank")
        state(page, home)
        page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
        page.evaluate(AXE)
        faults = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in page.evaluate(RULES)["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        told[state.__name__] = faults + ([f"{wide} px too wide"] if wide > 0 else [])
    assert {state: faults for state, faults in told.items() if faults} == {}
