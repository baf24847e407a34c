"""Colours on the screen, and the answer on paper."""

from __future__ import annotations

import re
import zlib

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.colours import PAPER, READABLE, colours, ratio, too_faint
from tests.browser.homes import DARK_WIDE, LIGHT_WIDE, LOOKS

pytestmark = pytest.mark.browser

CASE = {
    "scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
    "back_paid": True,
}  # fmt: skip
FORM = ["h1", ".yb-unofficial", ".yb-ask", ".yb-hint", ".yb-main", ".yb-error:not([hidden])", ".yb-problem p", ".md-copyright"]
ANSWER = [".yb-headline", ".yb-state", ".yb-value", ".yb-badge", ".yb-note", ".yb-warnings li", ".yb-source", ".yb-foot p"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_text_stands_out_from_its_ground(look, home, open_page):
    page = open_page(home)
    page.goto(home.address("calculator") + link({**CASE, "monthly_amount": "-1"}))
    calculator = Calculator(page)
    calculator.wait("error")
    assert too_faint(page, FORM) == {}
    calculator.open_link(link(CASE))
    assert too_faint(page, ANSWER) == {}


def pieces(pdf: bytes) -> int:
    """How many pieces of text the pages of a PDF show; Chromium writes each character by itself."""
    shown = 0
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            content = zlib.decompress(stream)
        except zlib.error:
            continue
        if b"BT" in content and b"ET" in content:
            shown += content.count(b" Tj")
    return shown


@pytest.mark.parametrize("look", [LIGHT_WIDE, DARK_WIDE], ids=str)
@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_an_answer_can_be_printed(home, look, open_page):
    page = open_page(home, "calculator", look)
    calculator = Calculator(page)
    calculator.open_link(link(CASE))
    page.emulate_media(media="print")
    assert calculator.part("headline").is_visible()
    assert calculator.part("answer").is_visible()
    assert page.locator(".yb-unofficial").first.is_visible() or "不是官方" in calculator.part("answer").inner_text()
    for selector in ANSWER:
        text, _ = colours(page, selector)
        assert ratio(text, PAPER) >= READABLE, selector
    assert not page.locator(".md-header").is_visible()
    answer = len(re.findall("[一-鿿]", calculator.part("answer").inner_text()))
    assert pieces(page.pdf()) > answer > 200
