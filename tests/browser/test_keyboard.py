"""By keyboard alone."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

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


# true, or what is wrong with the element that has the focus: it does not show it, or lies off the screen or under something
BEFORE_THE_EYES = """() => {
  const one = document.activeElement
  const box = (one.closest('label') ?? one).getBoundingClientRect()
  const [x, y] = [(box.left + box.right) / 2, Math.min((box.top + box.bottom) / 2, box.top + 24)]
  if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) return `off the screen: ${one.outerHTML.slice(0, 120)}`
  const over = document.elementFromPoint(x, y)
  return one.contains(over) || over.contains(one) || one.closest('label')?.contains(over)
    || `${one.outerHTML.slice(0, 120)} under ${over.outerHTML.slice(0, 120)}`
}"""


class Keys:
    """A reader without mouse or finger: only keys are pressed, and after each Tab the focus is seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def tab_to(self, wanted: str, most: int = MOST_TABS) -> None:
        """Tab until what has the focus matches a selector."""
        for _ in range(most):
            self.press("Tab")
            at = self.page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
            for fault in (SHOWS_FOCUS, BEFORE_THE_EYES):
                assert self.page.evaluate(fault) is True, (at, self.page.evaluate(fault))
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        pytest.fail(f"no way to {wanted}")

    def type_date(self, field: Locator, date: str) -> None:
        """Its parts one after the other. Which comes first differs by country; from a month one goes on only by the arrow."""
        parts = date.split("-")
        for order, onward in product(((1, 2, 0), (0, 1, 2), (2, 1, 0)), ([], ["ArrowRight"])):
            for key in ["ArrowLeft"] * len(parts):
                self.press(key)
            for place in [place for place in order if place < len(parts)]:
                for key in [*parts[place], *onward]:
                    self.press(key)
            if field.input_value() == date:
                return
        pytest.fail(f"no way to type {date}")


@pytest.mark.parametrize("look", [LIGHT_PHONE, LIGHT_WIDE], ids=str)
def test_from_the_first_page_to_the_answer_and_its_calendar_by_keys_alone(look, home, open_page):
    page = open_page(home, "", look)
    keys = Keys(page)
    keys.tab_to(".md-skip")
    keys.press("Enter")
    keys.tab_to(".yb-go a[href*=calculator]")
    keys.press("Enter")
    page.wait_for_url("**/calculator/**")
    calculator = Calculator(page)
    keys.tab_to("[name=scheme]")
    keys.press("ArrowDown")  # from the first choice to the second
    keys.press("Space")
    keys.tab_to("[role=combobox]")
    page.keyboard.type("qingdao")
    page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    assert calculator.values()["place"] == "370200"
    for name in ("last_paid_month", "paid_on", "as_of"):
        keys.tab_to(f"[name={name}]")
        keys.type_date(calculator.fields(name), CASE[name])
    keys.press("Enter")
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)
    assert page.evaluate(FOCUSED) == "result"
    assert calculator.part("headline").evaluate("e => e.getBoundingClientRect().bottom <= innerHeight")
    keys.tab_to("[data-yb=calendar]", 3 * MOST_TABS)
    with page.expect_download() as saved:
        keys.press("Enter")
    assert saved.value.suggested_filename == "yibao-2026-03-20.ics"
    assert "20260601" in Path(saved.value.path()).read_text("utf-8")


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
