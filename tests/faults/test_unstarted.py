"""The program itself does not begin: the page says so without it, sends nothing anywhere, and keeps what was typed."""

from __future__ import annotations

import pytest

from tests.browser.homes import DARK_PHONE
from tests.faults import server
from tests.faults.outcome import CHINESE, check_readable
from tests.faults.tables import named, rows

pytestmark = pytest.mark.browser

ELEMENT = "*/element.*.js"
PATIENCE_MS = 10_000

FILES = [
    ("element-missing", server.missing),
    ("element-server-error", server.server_error),
    ("element-empty", server.empty),
    ("element-cut-short", server.cut_short(0.5)),
    ("element-broken-off", server.broken_off(0.5)),
    ("element-garbled", server.garbled),
    ("element-is-a-login-page", server.login_page),
    ("element-sent-to-log-in", server.sent_to_log_in),
    ("element-as-plain-text", server.plain_text),
    ("element-line-cut", server.line_cut),
    ("element-too-new-to-be-read", server.before("const { a ??= } = 1")),
    ("element-fails-on-starting", server.before("customElements.define = () => { throw new Error() }")),
]
NIGHT = (
    "element-server-error", "element-broken-off", "element-garbled", "element-sent-to-log-in", "element-as-plain-text",
    "element-fails-on-starting",
)  # fmt: skip
FEATURES = {
    "no-custom-elements": "delete window.customElements",
    "no-element-closest": "delete Element.prototype.closest",
    "no-replace-children": "delete Element.prototype.replaceChildren",
}
TYPED = {"as_of": "2026-03-20", "place": "CN"}


def check_unstarted(calculator):
    """Told by the style sheet alone, after a while; pressing the button does nothing that loses anything."""
    told = calculator.part("unstarted")
    told.wait_for(state="visible", timeout=3 * PATIENCE_MS)
    assert CHINESE.search(told.inner_text())
    assert "刷新" in told.inner_text()
    assert "12393" in told.inner_text()
    assert told.bounding_box()["height"] > 40
    before = calculator.page.url
    calculator.submit()
    calculator.page.wait_for_timeout(100)
    assert calculator.page.url == before
    for name, value in TYPED.items():
        assert calculator.fields(name).first.input_value() == value
    check_readable(calculator)


@pytest.fixture
def hurried(site):
    """The same style sheet, with less patience."""
    site.faults["*/widget.*.css"] = server.replaced(b"1ms 10s", b"1ms .1s")
    return site


def type_some(calculator):
    calculator.fields("place").select_option(TYPED["place"])
    calculator.fields("as_of").fill(TYPED["as_of"])


@rows("fault", FILES, at_night=NIGHT)
def test_a_broken_program_is_told(fault, hurried, visit):
    hurried.faults[ELEMENT] = fault
    calculator = visit(hurried.root + "calculator/")
    type_some(calculator)
    check_unstarted(calculator)


@named("code", FEATURES)
def test_a_browser_that_cannot_run_it_is_told(code, hurried, visit):
    calculator = visit(hurried.root + "calculator/", init=code)
    type_some(calculator)
    check_unstarted(calculator)


def test_a_program_that_is_silent_for_long_is_told_and_begins_when_it_comes(hurried, visit):
    gate = server.Gate()
    hurried.faults[ELEMENT] = server.held(gate, 100)
    calculator = visit(hurried.root + "calculator/", wait_until="commit")
    type_some(calculator)
    check_unstarted(calculator)
    gate.open()
    calculator.part("unstarted").wait_for(state="hidden")
    assert calculator.values()["place"] == TYPED["place"]


def test_javascript_switched_off(site, chromium):
    context = DARK_PHONE.context(chromium, scripts=False)
    page = context.new_page()
    page.goto(site.root + "calculator/")
    page.locator('[name="place"]').select_option("CN")
    before = page.url
    page.locator('yibao-calculator button[type="submit"]').click()
    assert page.url == before
    assert "12393" in page.locator("yibao-calculator noscript p").inner_text()
    assert page.locator('[name="place"]').input_value() == "CN"
    context.close()


def test_it_is_not_seen_where_the_program_runs(hurried, visit):
    calculator = visit(hurried.root + "calculator/")
    calculator.page.wait_for_timeout(500)
    assert not calculator.part("unstarted").is_visible()
