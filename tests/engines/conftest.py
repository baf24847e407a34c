"""The three engines, each started once a run, and the site in its homes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Playwright

from scripts.browser import find_chromium, find_firefox, find_webkit
from tests.browser.conftest import home, homes
from tests.engines.chromium import Chromium
from tests.engines.engine import Engine
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit

__all__ = ["home", "homes"]

ENGINES = ("chromium", "firefox", "webkit")


def start(name: str, playwright: Playwright) -> Engine:
    """An engine. One that is not installed fails the test: an engine left out proves nothing."""
    if name == "chromium":
        return Chromium(playwright, find_chromium())
    if name == "firefox":
        program = find_firefox() or pytest.fail("没有 Firefox:运行 make browser,或者用环境变量 FIREFOX 指出它在哪里")
        return Firefox(program)
    found = find_webkit() or pytest.fail("没有 WebKit:运行 make browser(Debian 的 webkit2gtk-driver 和 xvfb)")
    return WebKit(found.driver, found.browser, found.screen)


@pytest.fixture(scope="session")
def engines(playwright: Playwright) -> Iterator[Callable[[str], Engine]]:
    with ExitStack() as closing:

        @cache
        def started(name: str) -> Engine:
            engine = start(name, playwright)
            closing.callback(engine.close)
            return engine

        yield started


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, engines: Callable[[str], Engine]) -> Engine:
    """The engine that a test names by `indirect` parametrization; without that, each of them."""
    return engines(request.param)
