"""A real Chromium, the site in its three homes, and pages under a watch that lets no complaint pass."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from scripts.browser import find_chromium
from scripts.serve import serving
from tests.browser.asking import Calculator
from tests.browser.homes import LIGHT_WIDE, ROOT, Home, Look
from tests.browser.watch import Watch

WAIT_MS = 90_000
NO_OTHER_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=find_chromium(), args=[NO_OTHER_HOST])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Home]]:
    """The site at a host's root, the site under a sub-path, and the unpacked offline bundle."""
    folder = tmp_path_factory.mktemp("bundle") / "下载 的 文件"
    with zipfile.ZipFile(ROOT / "dist" / "yibao-offline.zip") as bundle:
        bundle.extractall(folder)
    (unpacked,) = folder.iterdir()
    with ExitStack() as stack:
        yield {
            "hosted": Home("hosted", stack.enter_context(serving(ROOT / "site")), ROOT / "site"),
            "below": Home("below", stack.enter_context(serving(ROOT / "site", "/x/y/")), ROOT / "site"),
            "offline": Home("offline", unpacked.as_uri() + "/", unpacked),
        }


@pytest.fixture
def home(request: pytest.FixtureRequest, homes: dict[str, Home]) -> Home:
    """The home that a test names by `indirect` parametrization; without one, the hosted site."""
    return homes[getattr(request, "param", "hosted")]


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """`open_page(home, "calculator", look)`: a page as a first visitor sees it. Whatever it complains of fails the test."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def _open(home: Home, path: str = "", look: Look = LIGHT_WIDE, *, forgive: str = "", scripts: bool = True) -> Page:
        context = look.context(chromium, scripts=scripts)
        context.set_default_timeout(WAIT_MS)
        contexts.append(context)
        watches.append(Watch(context, home.root, forgive))
        page = context.new_page()
        page.goto(home.address(path))
        return page

    yield _open
    for context in contexts:
        context.close()
    assert [complaint for watch in watches for complaint in watch.take()] == []


@pytest.fixture(scope="session")
def running(chromium: Browser, homes: dict[str, Home]) -> Callable[[Home], tuple[Calculator, Watch]]:
    """The calculator's page of a home, opened once a run."""

    @cache
    def _running(home: Home) -> tuple[Calculator, Watch]:
        context = LIGHT_WIDE.context(chromium)
        context.set_default_timeout(WAIT_MS)
        watch = Watch(context, home.root)
        page = context.new_page()
        page.goto(home.address("calculator"))
        return Calculator(page), watch

    return _running


@pytest.fixture
def calculator(home: Home, running: Callable[[Home], tuple[Calculator, Watch]]) -> Iterator[Calculator]:
    """A cleared form on a page that other tests have used before: saves starting Python anew for each question."""
    shared, watch = running(home)
    shared.page.evaluate("history.replaceState(null, '', location.pathname)")
    shared.part("clear").click()
    shared.wait("empty")
    yield shared
    assert watch.take() == []
