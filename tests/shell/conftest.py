"""The browser of tests/browser, and servers that a test may take off the net, break, or give another build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.conftest import WAIT_MS, calculator, chromium, home, homes, open_page, running  # noqa: F401 - fixtures
from tests.browser.homes import LIGHT_WIDE, ROOT
from tests.shell.host import Host

MakeHost = Callable[..., Host]


@pytest.fixture
def host(tmp_path: Path) -> Iterator[MakeHost]:
    """`host("/x/y/")`: a server of a copy of the site. `host(folder=…)`: of that folder."""
    with ExitStack() as stack:
        count = iter(range(100))

        def _host(prefix: str = "/", folder: Path | None = None) -> Host:
            return stack.enter_context(Host(folder or copied(ROOT / "site", tmp_path / f"site-{next(count)}"), prefix))

        yield _host


def copied(site: Path, to: Path) -> Path:
    """A copy that shares its files' bytes until someone writes a new file in the place of one."""
    shutil.copytree(site, to, copy_function=os.link, ignore=shutil.ignore_patterns("downloads", "pyodide"))
    return to


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:  # noqa: F811 - the fixture above
    """A fresh profile, in which the service worker may live."""
    context = LIGHT_WIDE.context(chromium, worker=True)
    context.set_default_timeout(WAIT_MS)
    yield context
    context.close()
