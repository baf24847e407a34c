"""What readers come for, from the first page, on a small phone, in four taps at most, until the answer is before their eyes.

A tap is one touch of a link, button or choice; typing into a field, the touch that opens it and the key that sends it included,
is one more. Scrolling is not counted, but after the last tap nobody scrolls: the answer must lie on the screen by itself.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.homes import SMALL_PHONE

pytestmark = pytest.mark.browser

HOMES = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
MOST_TAPS = 4
SETTLES_S = 10

# true, or what hides the element: the edge of the screen, or what lies over it
BEFORE_THE_EYES = """(element) => {
  const box = element.getBoundingClientRect()
  if (!box.width || !box.height) return 'not shown'
  const off = box.top < 0 || box.bottom > innerHeight || box.left < 0 || box.right > innerWidth
  if (off) return `at ${box.top} to ${box.bottom} of ${innerHeight}`
  for (const y of [box.top + 3, box.bottom - 3]) {
    const over = document.elementFromPoint((box.left + box.right) / 2, y)
    if (!element.contains(over) && !over?.contains(element)) return `under ${over?.outerHTML.slice(0, 80)}`
  }
  return true
}"""


class Finger:
    """Counts what it does on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def type(self, into: Locator, text: str) -> None:
        self.taps += 1
        into.tap()
        self.page.keyboard.insert_text(text)

    def sees(self, what: Locator, *said: str | re.Pattern[str]) -> None:
        """The answer is on the screen, all of it, and says this; and it did not take too many taps."""
        for words in said:
            expect(what).to_contain_text(words)
        until = time.monotonic() + SETTLES_S
        while (shown := what.evaluate(BEFORE_THE_EYES)) is not True and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        assert shown is True
        assert self.taps <= MOST_TAPS


@pytest.fixture
def finger(home, open_page) -> Iterator[Finger]:
    return Finger(open_page(home, "", SMALL_PHONE))


def door(finger: Finger, name: str) -> None:
    finger.tap(finger.page.locator("article").get_by_role("link", name=name).first)


def part(finger: Finger, name: str) -> None:
    finger.tap(finger.page.get_by_role("navigation", name="这一页里").get_by_role("link", name=name))


@HOMES
def test_when_restored(finger):
    page = finger.page
    finger.type(page.locator("#yb-find"), "qingdao")
    finger.tap(page.get_by_role("option", name="青岛市"))
    page.wait_for_url("**/370200**")
    finger.sees(page.locator(".answer"), "灵活就业断4个月", "等待期：3个月")
    part(finger, "灵活就业")
    row = page.locator("h2#flexible ~ * tbody tr", has_text=re.compile(r"^\s*4个月")).first
    finger.sees(row, "等待：3个月", re.compile(r"恢复：\s*\d{4}年\d+月1日"))


@HOMES
def test_how_much(finger):
    page = finger.page
    door(finger, "要交多少钱")
    page.wait_for_url("**/cost**")
    finger.sees(page.locator(".answer"), "滞纳金都由单位出", re.compile(r"滞纳金是\s*[\d.]+\s*元"))
    part(finger, "居民医保")
    row = page.locator("h2#resident ~ * tbody tr", has_text=re.compile(r"^\s*1年")).first
    finger.sees(row, re.compile(r"\d+\.\d\d"))


@HOMES
def test_is_my_balance_safe(finger):
    door(finger, "卡里的钱还在不在")
    finger.page.wait_for_url("**/account**")
    finger.sees(finger.page.locator(".answer"), "断缴不会让个人账户清零")
    finger.sees(finger.page.locator("tbody tr", has_text="断缴后余额还归自己吗"), "是")


@HOMES
def test_check_my_balance_by_phone(finger):
    page = finger.page
    door(finger, "只想查余额")
    page.wait_for_url("**/records**")
    finger.sees(page.locator(".answer"), "国家医保服务平台能查余额", "12393")
    part(finger, "查余额")
    finger.sees(page.locator("h2#balance ~ ol").first, "下载", "看“账户余额”")


@HOMES
def test_is_this_article_right(finger):
    page = finger.page
    door(finger, "网上的说法对不对")
    page.wait_for_url("**/claims/**")
    finger.tap(page.get_by_role("link", name="医保断交后如何补缴"))
    page.wait_for_url("**/claims/001**")
    finger.sees(page.locator(".answer"), "成立", "已过时", "无法核实")
    finger.tap(page.locator("h2#doubtful ~ * li a").first)
    finger.sees(page.locator("li", has_text="结论：不成立").first)
    finger.sees(page.locator("h2:target"))


@HOMES
def test_is_this_sentence_of_an_article_right(finger):
    page = finger.page
    finger.tap(page.get_by_role("button", name="打开搜索"))
    finger.type(page.locator(".md-search__input"), "现场补缴去社保经办机构的窗口")
    finger.tap(page.locator(".md-search-result__link", has_text="社保经办机构的窗口").first)
    page.wait_for_url("**/claims/001**")
    finger.sees(page.locator("li", has_text="编号 S1-007"), "已过时")
