"""One visit of one contender's page by a real Chromium: when the answer stood there, and what had come over the line by then."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, Page, Playwright
from playwright.sync_api import TimeoutError as TookTooLong

from scripts.bench.measure import spent
from scripts.bench.pages.contenders import Condition, Contender
from scripts.bench.pages.server import Server, Wire
from scripts.bench.pages.slow import Duty, browser_with, held_back
from scripts.browser import find_chromium

Json = dict[str, Any]
PATIENCE = 240_000
SETTLE = 1000
"""Milliseconds that a browser may look about itself after its start, and a page after its answer, before the next is opened."""
INSTANT, ANSWER = "yb:instant-answer", "yb:python-answer"
ARGUMENTS = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
MARKED = "(mark) => performance.getEntriesByName(mark).length > 0 || document.querySelector('[data-state=error]')"
SAID = """() => {
  const said = (name) => document.querySelector(`[data-yb="${name}"]`)
  const marks = Object.fromEntries(performance.getEntriesByType('mark').map((mark) => [mark.name, mark.startTime]))
  const { headline, assessment } = { headline: said('headline'), assessment: said('assessment') }
  return { marks, began: performance.timeOrigin, months: headline?.dataset.months, assessment: assessment?.textContent }
}"""
LIKE_THE_LINE = """(line) => {
  const told = Object.assign(new EventTarget(), { saveData: false, effectiveType: '4g', ...line })
  Object.defineProperty(Navigator.prototype, 'connection', { configurable: true, get: () => told })
}"""


@dataclass(frozen=True)
class Visit:
    """headline, answer: milliseconds from the navigation to the first answer and to the full one.

    size: bytes until then. processor: milliseconds of it that the browser used until then, all its processes together.
    share: of the time that the browser ran.
    """

    headline: float
    answer: float
    size: int
    processor: float
    share: float


class WrongAnswer(RuntimeError):
    """A page that is fast and wrong must not win."""


@dataclass(frozen=True)
class Question:
    """case: the Case. assessment: what the command line answers. months: of these, to wait."""

    case: Json
    assessment: str
    months: int

    @property
    def fragment(self) -> str:
        return "#case=" + quote(json.dumps(self.case, ensure_ascii=False, separators=(",", ":")), safe="")

    def check(self, contender: Contender, said: Mapping[str, Any]) -> None:
        """Raises WrongAnswer."""
        right = said["assessment"] == self.assessment if contender.whole else said["months"] == str(self.months)
        if not right:
            raise WrongAnswer(f"{contender.name}: {said['months']} {said['assessment']}"[:500])


@contextmanager
def fresh_browser(playwright: Playwright, condition: Condition | None = None) -> Iterator[tuple[BrowserContext, Path]]:
    """A browser that has never been anywhere, as an installed one is started: with a profile on the disk."""
    profile = Path(tempfile.mkdtemp(prefix="yibao-bench-"))
    try:
        found = find_chromium()
        context = playwright.chromium.launch_persistent_context(profile, executable_path=found, args=ARGUMENTS, locale="zh-CN")
        if condition and condition.speed:
            context.add_init_script(f"({LIKE_THE_LINE})({json.dumps(connection(condition))})")
        context.pages[0].wait_for_timeout(SETTLE)
        yield context, profile
        context.close()
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def connection(condition: Condition) -> dict[str, float]:
    """What `navigator.connection` says on such a line. Chromium's own estimate leaves out what comes from this machine."""
    assert condition.speed is not None
    return {"downlink": condition.speed.bits / 1e6, "rtt": round(condition.speed.rtt * 1000)}


def visits(playwright: Playwright, server: Server, contender: Contender, condition: Condition, question: Question) -> list[Visit]:
    """As many visits as the condition wants, the first by a fresh browser. Raises WrongAnswer, or RuntimeError if none comes."""
    made = []
    with fresh_browser(playwright, condition) as (context, profile):
        for _ in range(condition.visits):
            wire = server.begin(condition.speed)
            browser = browser_with(profile)
            with ExitStack() as stack:
                duty = stack.enter_context(held_back(browser, condition.share)) if condition.share < 1 else None
                page, before = context.new_page(), spent(browser)
                said = opened(page, server.address(f"{contender.name}/{contender.path}") + question.fragment)
                used = spent(browser) - before
            question.check(contender, said)
            made.append(_visit(said, wire, used, duty))
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(SETTLE)
            page.close()
    return made


def opened(page: Page, address: str, mark: str = ANSWER) -> Json:
    """Open a page and wait for its full answer, or another of its marks; what it said, and its marks."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.goto(address, wait_until="commit", timeout=PATIENCE)
        page.wait_for_function(MARKED, arg=mark, timeout=PATIENCE, polling=100)
    except TookTooLong:
        complaints.append(f"no {mark} in {PATIENCE / 1000:.0f} seconds")
    said: Json = page.evaluate(SAID)
    if mark not in said["marks"]:
        raise RuntimeError(f"{address}: {'; '.join(complaints)}")
    return said


def _visit(said: Json, wire: Wire, used: float, duty: Duty | None) -> Visit:
    answer = said["marks"][ANSWER]
    headline = min(said["marks"].get(INSTANT, answer), answer)
    size = wire.until((said["began"] + answer) / 1000)
    return Visit(headline, answer, size, 1000 * used, duty.reached if duty else 1.0)
