"""By keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.asking import Calculator
from tests.browser.command import assess
from tests.browser.homes import LIGHT_PHONE, LIGHT_WIDE

pytestmark = pytest.mark.browser

CASE = {
    "scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
}  # fmt: skip
MOST_TABS = 60
MOST_CHOICES = 60
FOCUSED = "document.activeElement.getAttribute('name') ?? document.activeElement.getAttribute('data-yb') ?? ''"

# true, or the element that has the focus and does not show it
SHOWS_FOCUS = """() => {
  const one = document.activeElement
  const ringed = (element) => {
    const style = getComputedStyle(element)
    return (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none'
  }
  const around = one.closest('label, .md-search') ?? one
  const inside = !one.matches(':focus') // a part of a date field that the browser draws
  return inside || one.matches('body, .md-skip') || ringed(one) || ringed(around) || one.outerHTML.slice(0, 200)
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field or part of that name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    pytest.fail(f"no way to {name}")


def choose(page: Page, label: str) -> None:
    """Go down the list that has the focus until it says `label`."""
    for _ in range(MOST_CHOICES):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].label.trim()") == label:
            return
    pytest.fail(f"{label} is not in the list")


@pytest.mark.parametrize("look", [LIGHT_PHONE, LIGHT_WIDE], ids=str)
def test_the_form_can_be_filled_and_sent_by_keyboard_alone(look, home, open_page):
    page = open_page(home, "calculator", look)
    calculator = Calculator(page)
    tab_to(page, "scheme")
    page.keyboard.press("ArrowDown")  # from the first choice to the second
    page.keyboard.press("Space")
    tab_to(page, "province")
    choose(page, "山东省")
    tab_to(page, "place")
    choose(page, "青岛市")
    for name, typed in (("last_paid_month", "2025-10"), ("paid_on", "2026-03-10"), ("as_of", "2026-03-20")):
        tab_to(page, name)
        calculator.fields(name).fill(typed)  # how a date is typed differs from country to country
    page.keyboard.press("Enter")
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)
    assert page.evaluate(FOCUSED) == "result"


def test_the_first_tab_offers_the_way_past_the_menu(home, open_page):
    page = open_page(home, "restoration")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.md-skip')")
    page.keyboard.press("Enter")
    assert "#" in page.url


def test_what_has_the_focus_can_be_seen(home, open_page):
    page = open_page(home, "calculator")
    for _ in range(25):
        page.keyboard.press("Tab")
        shown = page.evaluate(SHOWS_FOCUS)
        assert shown is True, shown
