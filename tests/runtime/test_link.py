"""The link decides the first rung; the diagnostics panel tells how it went."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.runtime.conftest import ALL_BUT_OTHER_HOSTS, CASE

# What the browser says of the link, and nothing measured: how busy this machine is must not decide.
NETWORK = """performance.getEntriesByType = () => []
Object.defineProperty(navigator, 'connection', { value: %s, configurable: true })"""


def test_the_choice_follows_what_is_known():
    """link.test.mjs, by Node."""
    run = subprocess.run(["node", "--test", str(Path(__file__).with_name("link.test.mjs"))], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.browser
@pytest.mark.parametrize(
    ("connection", "rung"),
    [
        ("{ effectiveType: '4g', downlink: 10 }", "snapshot"),
        ("{ effectiveType: '3g', downlink: 0.7 }", "bundle"),
        ("{ saveData: true }", "bundle"),
    ],
)
def test_a_page_on_such_a_link_starts_so(connection, rung, home, open_page):
    page = open_page(home)
    page.add_init_script(NETWORK % connection)
    page.goto(home.address("calculator") + link(CASE))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)
    panel = calculator.part("diagnostics")
    panel.locator("summary").click()
    told = panel.locator("pre")
    told.get_by_text(re.compile(f"启动方式 {rung}，\\d+ 毫秒后可以用")).wait_for()
    text = told.inner_text()
    assert f"{rung} · download" in text
    assert re.search(r"用到的文件共 \d+\.\d\d MB", text)
    assert page.evaluate("navigator.userAgent") in text
    assert "{" not in text  # every gap is filled
    assert "2022" not in text  # nothing of what was typed


@pytest.mark.browser
def test_the_panel_says_why_a_rung_was_left_and_can_be_copied(home, open_page):
    page = open_page(home, forgive=ALL_BUT_OTHER_HOSTS)
    page.add_init_script(NETWORK % "{ effectiveType: '4g', downlink: 50 }")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.route(re.compile(r"/snapshot\.[0-9a-f]+\.bin$"), lambda route: route.fulfill(status=404))
    page.goto(home.address("calculator") + link(CASE))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)
    panel = calculator.part("diagnostics")
    panel.locator("summary").click()
    panel.locator("pre").get_by_text(re.compile(r"放弃 snapshot（\w+）：.*HTTP 404")).wait_for()
    panel.get_by_role("button", name="复制这些内容").click()
    panel.get_by_text("已复制。").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == panel.locator("pre").inner_text()
