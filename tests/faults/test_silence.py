"""A server that falls silent, a line that drips, a net that is lost midway."""

from __future__ import annotations

import pytest

from tests.browser.asking import BUSY
from tests.faults import server
from tests.faults.outcome import ask, check_answered, check_kept, check_told, type_in
from tests.faults.server import PYTHON, RULEBOOK, WORKER, Gate
from tests.faults.tables import rows

pytestmark = pytest.mark.browser

SAVE_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
AGES = 8  # minutes of the page's clock after which every rung has lost its patience

SILENT = [
    # id, which file, at which byte
    ("python-never-begins", PYTHON, 0),
    ("python-stops-at-the-first-byte", PYTHON, 1),
    ("python-stops-midway", PYTHON, 3_000_000),
    ("python-stops-at-the-last-byte", PYTHON, -1),
    ("rulebook-never-begins", RULEBOOK, 0),
    ("rulebook-stops-midway", RULEBOOK, 200_000),
    ("rulebook-stops-at-the-last-byte", RULEBOOK, -1),
    ("worker-never-begins", WORKER, 0),
    ("worker-stops-midway", WORKER, 100_000),
]
DAY = ("python-never-begins", "python-stops-midway", "rulebook-stops-at-the-last-byte", "worker-stops-midway")


@pytest.fixture
def gate():
    """Opened at the end, so that no thread of the server waits for ever."""
    kept = Gate()
    yield kept
    kept.open()


def let_time_pass(calculator, minutes=AGES):
    """Minutes of the page's clock, until it gives up."""
    for _ in range(minutes * 2):
        calculator.page.clock.run_for(30_000)
        if calculator.state == "error":
            return


@rows("files, at", SILENT, at_night=[row[0] for row in SILENT if row[0] not in DAY])
def test_silence_is_given_up_in_the_end(files, at, site, gate, visit):
    site.put(files, server.held(gate, at))
    calculator = visit(site.root + "calculator/", clock=True)
    ask(calculator)
    calculator.wait("loading")
    let_time_pass(calculator)
    check_told(calculator)


def test_worker_empty(site, visit):
    site.put(WORKER, server.empty)
    calculator = visit(site.root + "calculator/", clock=True)
    ask(calculator)
    let_time_pass(calculator)
    check_told(calculator)


def test_a_line_that_drips_is_waited_for(site, gate, visit):
    site.put(PYTHON, server.held(gate, *range(500_000, 7_000_000, 1_000_000)))
    calculator = visit(site.root + "calculator/", clock=True)
    ask(calculator)
    bar = calculator.part("progress")
    for _ in range(6):  # 25 s between two drops: two minutes and a half for the whole
        before = bar.evaluate("bar => bar.value")
        gate.pass_one()
        calculator.page.wait_for_function("([bar, before]) => bar.value > before", arg=[bar.element_handle(), before])
        calculator.page.clock.run_for(25_000)
        assert calculator.state in BUSY
    gate.open()
    check_answered(calculator)


def test_a_page_that_never_ends_loading_can_be_used(site, gate, visit):
    site.faults["*/assets/site.*.js"] = server.held(gate, 10)
    calculator = visit(site.root + "calculator/", wait_until="commit")
    calculator.page.locator(".yb-unofficial").first.wait_for()
    gate.open()
    ask(calculator)
    check_answered(calculator)


def test_net_lost_before_python_came(site, gate, visit):
    site.put(PYTHON, server.held(gate, 2_000_000))
    calculator = visit(site.root + "calculator/")
    type_in(calculator)
    calculator.page.context.set_offline(True)
    gate.cut()
    calculator.submit()
    check_told(calculator)
    calculator.page.context.set_offline(False)
    site.faults.clear()
    calculator.part("trouble").get_by_role("button", name="再试一次").click()
    check_answered(calculator)


def test_net_lost_before_anything_came(site, visit):
    calculator = visit(site.root + "calculator/", init=SAVE_DATA)
    calculator.page.context.set_offline(True)
    ask(calculator)
    check_told(calculator)


def test_net_lost_after_python_came(site, visit):
    calculator = visit(site.root + "calculator/")
    calculator.page.evaluate("document.querySelector('yibao-calculator').python.up()")
    calculator.page.context.set_offline(True)
    ask(calculator)
    check_answered(calculator)
    calculator.answer("last_covered_year", 2020)
    calculator.wait("ready")
    calculator.answer("last_covered_year", 2022)
    check_answered(calculator)


def test_net_lost_and_refreshed_keeps_what_was_typed(site, visit):
    site.put(PYTHON, server.line_cut)
    calculator = visit(site.root + "calculator/")
    ask(calculator)
    check_told(calculator)
    site.faults.clear()
    calculator.page.reload()
    check_answered(calculator)
    check_kept(calculator)
