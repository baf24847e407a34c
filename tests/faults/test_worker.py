"""The worker dies, starves, or never comes back; the browser has no workers or no WebAssembly."""

from __future__ import annotations

import pytest

from scripts.browser import find_chromium
from tests.browser.asking import Calculator
from tests.browser.conftest import WAIT_MS
from tests.faults import server
from tests.faults.outcome import CASE, ask, check_answered, check_told, check_told_at_once, type_in
from tests.faults.tables import named
from tests.faults.test_silence import let_time_pass

pytestmark = pytest.mark.browser

ON = "addEventListener('message', (event) => { if (event.data.type === '%s') { event.stopImmediatePropagation(); %s } })"
CRASH = "setTimeout(() => { throw new Error('crash') })"
NO_MEMORY = "async () => { throw new RangeError('Out of memory: Cannot allocate Wasm memory') }"

BREAKS = {
    # in the worker, before anything of ours runs
    "crash-on-starting": "throw new Error('crash')",
    # at once: told by its name the worker may be up by then, and would answer before anything that comes later
    "crash-instead-of-booting": ON % ("boot", "throw new Error('crash')"),
    "crash-on-the-question": ON % ("ask", CRASH),
    "python-out-of-memory-on-the-question": ON % ("ask", "postMessage({type: 'failed', step: 'answer', reason: 'MemoryError'})"),
    "no-memory-for-python": "WebAssembly.Memory = function () { throw new RangeError('could not allocate memory') }\n"
    f"WebAssembly.instantiate = WebAssembly.instantiateStreaming = {NO_MEMORY}",
    "memory-cannot-grow": "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('failed to grow memory') }\n"
    "Object.defineProperty(WebAssembly.Memory.prototype, 'buffer', { get() { throw new RangeError('detached') } })",
    "no-webassembly-in-the-worker": "delete self.WebAssembly",
    "webassembly-forbidden-by-policy": "WebAssembly.Module = function () { throw new WebAssembly.CompileError('by policy') }",
    "no-fetch": "self.fetch = () => Promise.reject(new TypeError('Failed to fetch'))",
}
SILENT = {
    "endless-loop-on-the-question": ON % ("ask", "for (;;);"),
    "endless-loop-on-starting": ON % ("boot", "for (;;);"),
    "worker-ends-itself": ON % ("ask", "self.close()"),
    "answer-never-comes": ON % ("ask", ""),
    "messages-are-lost": "self.postMessage = () => {}",
}
IN_THE_PAGE = {
    "no-workers": "delete window.Worker",
    "workers-forbidden": "window.Worker = function () { throw new DOMException('The operation is insecure.', 'SecurityError') }",
    "workers-fail-without-a-word": """window.Worker = class {
      postMessage() { setTimeout(() => this.onerror(new Event('error'))) }
      terminate() {}
    }""",
}


@named("code", BREAKS, at_night=("python-out-of-memory-on-the-question", "memory-cannot-grow", "no-webassembly-in-the-worker"))
def test_a_worker_that_breaks_is_told(code, site, visit):
    site.put(server.WORKER, server.before(code))
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_told(calculator)
    check_told_at_once(calculator)


@named("code", SILENT, at_night=("endless-loop-on-starting", "answer-never-comes"))
def test_a_worker_that_does_not_come_back_is_given_up(code, site, visit):
    site.put(server.WORKER, server.before(code))
    calculator = visit(site.root + "calculator/", clock=True)
    ask(calculator)
    let_time_pass(calculator)
    check_told(calculator)


@named("code", IN_THE_PAGE, at_night=("workers-forbidden",))
def test_a_browser_without_workers_is_told(code, site, visit):
    calculator = visit(site.root + "calculator/", init=code)
    ask(calculator)
    check_told(calculator)


def test_a_worker_that_dies_between_two_questions_is_replaced(site, visit):
    """As phones do with pages in the background."""
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_answered(calculator)
    calculator.page.workers[0].evaluate("setTimeout(() => { throw new Error('killed') })")
    calculator.page.wait_for_timeout(50)
    type_in(calculator, {"last_covered_year": 2020})
    calculator.wait("ready")
    type_in(calculator, {"last_covered_year": CASE["last_covered_year"]})
    check_answered(calculator)


def test_webassembly_switched_off(site, chromium):
    """By the browser itself, as in Safari's lockdown mode."""
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=["--js-flags=--jitless"])
    page = browser.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(site.root + "calculator/")
    assert page.evaluate("typeof WebAssembly") == "undefined"
    calculator = Calculator(page)
    ask(calculator)
    check_told(calculator)
    browser.close()
