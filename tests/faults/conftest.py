"""A site that can be broken, a browser, and pages that are allowed to complain of what is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.asking import Calculator
from tests.browser.conftest import WAIT_MS, chromium, homes
from tests.browser.homes import ROOT
from tests.faults.server import Site, faulty

__all__ = ["chromium", "homes"]

Until = Literal["commit", "domcontentloaded", "load"]
Visit = Callable[..., Calculator]
PHONE = {
    "viewport": {"width": 360, "height": 800}, "color_scheme": "dark", "locale": "zh-CN", "reduced_motion": "reduce",
    "timezone_id": "America/Los_Angeles",
}  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    """The hosted site, without a fault until the test puts one in."""
    with faulty(ROOT / "site") as served:
        yield served


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """`visit(address)`: the calculator as a first visitor on a phone sees it; `init`: a script that runs before all others."""
    contexts = []

    def _visit(address: str, *, init: str = "", clock: bool = False, wait_until: Until = "load", **options: Any) -> Calculator:
        context = chromium.new_context(**{**PHONE, **options})
        contexts.append(context)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        if init:
            page.add_init_script(init)
        if clock:
            page.clock.install()
        page.goto(address, wait_until=wait_until)
        return Calculator(page)

    yield _visit
    for context in contexts:
        context.close()
