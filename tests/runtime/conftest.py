"""Ladders of a page's own making: with what rungs, and with what they are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import chromium, home, homes, open_page

__all__ = ["chromium", "home", "homes", "open_page"]

CASE = {
    "scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
    "paid_on": "2026-03-12",
}  # fmt: skip
ALL_BUT_OTHER_HOSTS = r"^(console|exception|failed|HTTP)\b"

# Stops the page's own Python, and starts another whose config CHANGE (a function) has had its way with.
START = """async (text) => {
  const { python } = document.querySelector('yibao-calculator')
  const { runtime, constructor: Ladder } = python
  python.start = () => {}
  python.end()
  const ladder = new Ladder((CHANGE)(structuredClone(runtime)))
  const reply = await ladder.ask(text).catch((reason) => ({ text: '', reason: String(reason) }))
  return { rung: ladder.rung, falls: ladder.falls, text: reply.text, reason: reply.reason, report: ladder.report }
}"""


@pytest.fixture
def climb(open_page: Callable[..., Page], homes: dict[str, Any]) -> Callable[..., dict[str, Any]]:
    """`climb("runtime => runtime", case)`: which rung answers, what, and why those above it did not."""

    def _climb(change: str, text: str) -> dict[str, Any]:
        page = open_page(homes["hosted"], "calculator", forgive=ALL_BUT_OTHER_HOSTS)
        told: dict[str, Any] = page.evaluate(START.replace("CHANGE", change.replace("ZEROS", "0" * 64)), text)
        return told

    return _climb
