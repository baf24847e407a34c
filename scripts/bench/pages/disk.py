"""The offline bundle by a double click beside the site from a server, in three engines: milliseconds to the full answer.

The engines are driven as the tests drive them (tests/engines); one that is not installed is left out, and said to be.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Playwright

from scripts.bench.pages.contenders import CONTENDERS, OURS
from scripts.bench.pages.server import Server
from scripts.bench.pages.visits import ANSWER, SAID, SETTLE, Question
from scripts.browser import find_chromium, find_firefox, find_webkit
from tests.engines.chromium import Chromium
from tests.engines.engine import Engine
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit

WAITED = f"""async (mark) => {{
  while (performance.getEntriesByName(mark).length === 0) {{
    if (document.querySelector('[data-state=error]')) throw new Error(document.body.innerText.slice(0, 500))
    await new Promise((done) => setTimeout(done, 50))
  }}
  return ({SAID})()
}}"""

Times = dict[str, list[float]]
"""`disk` and `hosted`: milliseconds, one a round."""


def unpacked(bundle: Path, folder: Path) -> Path:
    """The calculator's page of a bundle, which is unpacked into a folder."""
    with zipfile.ZipFile(bundle) as packed:
        packed.extractall(folder)
    return next(page for name in ("calculator/index.html", "calculator.html") for page in folder.glob(f"*/{name}"))


def engines(playwright: Playwright) -> Iterator[Engine]:
    """A fresh browser of each engine that is installed, ended before the next one begins."""
    yield from _used(Chromium(playwright, find_chromium()))
    if program := find_firefox():
        yield from _used(Firefox(program))
    if found := find_webkit():
        yield from _used(WebKit(found.driver, found.browser, found.screen))


def _used(engine: Engine) -> Iterator[Engine]:
    try:
        time.sleep(SETTLE / 1000)
        yield engine
    finally:
        engine.close()


def round_of(playwright: Playwright, server: Server, page: Path, asked: Question, found: dict[str, Times]) -> None:
    """Both homes once in each engine, each time by a browser that sees the page the first time. Raises WrongAnswer."""
    server.begin(None)
    hosted = server.address(f"{OURS}/{CONTENDERS[OURS].path}")
    for home, address in (("disk", page.as_uri()), ("hosted", hosted)):
        for engine in engines(playwright):
            engine.open(address + asked.fragment)
            said = engine.run(WAITED, ANSWER)
            asked.check(CONTENDERS[OURS], said)
            found.setdefault(engine.name, {}).setdefault(home, []).append(said["marks"][ANSWER])
