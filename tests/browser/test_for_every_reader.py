"""Large type, high contrast, words explained, doors that fill in the form, errors reported: by axe-core and by what one sees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.asking import Calculator, link
from tests.browser.homes import LIGHT_PHONE, LIGHT_WIDE, ROOT, Home, Look

pytestmark = pytest.mark.browser

HOMES = pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
CASE = {
    "scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
}  # fmt: skip
KINDS = ("", "calculator", "rules/employee", "restoration", "places", "places/440300", "about/privacy", "data")
MORE = (
    "records", "steps", "cost", "conflicts", "documents", "worklist", "claims", "glossary", "embedding", "updates",
    "about/accessibility", "places/CN",
)  # fmt: skip
SAVED = {"size": "large", "contrast": "high"}
DRESSED = [
    # width, scheme, what the reader has switched on, everything folded opened
    pytest.param(360, "light", ("size",), True),
    pytest.param(1280, "dark", ("contrast",), True),
    pytest.param(360, "light", ("contrast",), False, marks=pytest.mark.slow),
    pytest.param(360, "dark", (), False, marks=pytest.mark.slow),
]
RULES = "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
OPEN = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true
  for (const term of [...document.querySelectorAll('a.yb-term')].slice(0, 3)) term.click()
}"""
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
STORED = """async () => ({
  local: Object.keys(localStorage).sort(), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: indexedDB.databases ? (await indexedDB.databases()).map((one) => one.name) : [],
})"""


@pytest.fixture
def dressed(chromium: Browser) -> Iterator[Any]:
    """A page as a reader meets it who has switched these on before. Width, scheme, switches → page."""
    contexts: list[BrowserContext] = []

    def _dressed(width: int, scheme: Any, switched: tuple[str, ...]) -> Page:
        context = Look(width, scheme).context(chromium)
        contexts.append(context)
        saved = json.dumps({f"yb:{name}": SAVED[name] for name in switched})
        context.add_init_script(f"for (const [key, value] of Object.entries({saved})) localStorage.setItem(key, value)")
        return context.new_page()

    yield _dressed
    for context in contexts:
        context.close()


def faults(page: Page, address: str, opened: bool) -> list[str]:
    page.goto(address)
    if opened:
        page.evaluate(OPEN)
    page.evaluate(AXE)
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in page.evaluate(RULES)["violations"]]
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return found + ([f"{width[0]} px wide in {width[1]}"] if width[0] > width[1] else [])


@pytest.mark.parametrize(("width", "scheme", "switched", "opened"), DRESSED)
def test_axe_finds_nothing_on_any_kind_of_page(width, scheme, switched, opened, home, dressed):
    page = dressed(width, scheme, switched)
    found = {path: faults(page, home.address(path), opened) for path in KINDS}
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme", "switched", "opened"), DRESSED)
def test_axe_finds_nothing_on_all_the_others(width, scheme, switched, opened, home, dressed):
    page = dressed(width, scheme, switched)
    found = {path: faults(page, home.address(path), opened) for path in MORE}
    assert {path: said for path, said in found.items() if said} == {}


@HOMES
def test_large_type_and_high_contrast_are_there_before_anything_is_drawn(home: Home, open_page):
    page = open_page(home, "account", LIGHT_PHONE, forgive=r"/assets/site\.[0-9a-f]+\.js")
    size = "parseFloat(getComputedStyle(document.querySelector('article > p')).fontSize)"
    plain = page.evaluate(size)
    for name in SAVED:
        page.locator(f"[data-yb-switch={name}]").click()
        assert page.locator(f"[data-yb-switch={name}]").get_attribute("aria-pressed") == "true"
    assert plain >= 17 and page.evaluate(size) >= 1.15 * plain
    page.route("**/assets/site.*.js", lambda route: route.abort()) if not home.offline else None
    page.goto(home.address("cost"), wait_until="commit")
    page.locator("body").wait_for()
    root = page.locator("html")
    assert (root.get_attribute("data-yb-size"), root.get_attribute("data-yb-contrast")) == ("large", "high")


def test_without_scripts_no_switch_is_shown_that_would_do_nothing(home, open_page):
    page = open_page(home, "account", LIGHT_PHONE, scripts=False)
    assert page.locator("[data-yb-switch]:visible").count() == 0
    assert page.locator("a.yb-term").first.get_attribute("href").startswith("../glossary/#")


@HOMES
def test_a_word_tells_what_it_means_by_keyboard_and_goes_again(home, open_page):
    page = open_page(home, "restoration", LIGHT_PHONE)
    term = page.locator("a.yb-term").first
    term.focus()
    page.keyboard.press("Enter")
    told = page.locator(".yb-said")
    assert told.inner_text() == f"{term.inner_text()}：{term.get_attribute('data-yb-says')}"
    assert term.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert told.count() == 0 and page.evaluate("document.activeElement.matches('.yb-term')")


@HOMES
def test_a_door_opens_the_form_filled_in_so_far_and_blames_nobody_for_the_rest(home, open_page):
    page = open_page(home, "", LIGHT_PHONE)
    page.locator(".yb-doors").first.get_by_role("link", name="换了工作").click()
    page.get_by_role("link", name="填上日期").first.click()
    page.wait_for_url("**/calculator**")
    calculator = Calculator(page)
    calculator.wait("empty")
    assert page.locator('[name="scheme"][value="employee"]').is_checked()
    assert calculator.values()["situation"] == "transfer"
    assert "还差一项" in calculator.part("state").inner_text()
    assert not calculator.part("trouble").is_visible()


def test_a_link_into_a_folded_part_opens_it(home, open_page):
    page = open_page(home, "places/440300", LIGHT_PHONE)
    old = page.locator("details.yb-more details.yb-more").first.locator("xpath=preceding::h3[1]").get_attribute("id")
    page.evaluate("id => { location.hash = id }", old)
    page.locator(f"[id='{old}']").wait_for()
    assert page.locator(f"[id='{old}']").is_visible()


def test_a_report_is_written_down_with_page_rulebook_and_case_and_nothing_is_sent(home, open_page):
    page = open_page(home, "calculator", LIGHT_WIDE)
    calculator = Calculator(page)
    calculator.open_link(link(CASE))
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator(".yb-report > summary").click()
    page.wait_for_function("() => document.getElementById('yb-report-text').value.includes('网址：')")
    text = page.locator("#yb-report-text").input_value()
    rulebook = json.loads((ROOT / "calculator" / "rulebook.json").read_text("utf-8"))
    assert f"规则书：{rulebook['version']}" in text and "页面：断缴计算器" in text
    assert '"place":"370200"' in text and home.address("calculator") in text
    assert sent == []


def test_answering_asks_nothing_of_the_net_and_keeps_only_what_the_privacy_page_states(home, open_page):
    page = open_page(home, "about/privacy")
    stated = page.locator("table code").all_inner_texts()
    for name in SAVED:
        page.locator(f"[data-yb-switch={name}]").click()
    page.locator("label[for^=__palette]:visible").click()
    page.goto(home.address("calculator"))
    calculator = Calculator(page)
    calculator.open_link(link(CASE))
    calculator.wait("ready")
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    # Chromium looks at the page's icon again when the part of the address behind # changes
    page.context.on("request", lambda request: "/favicon." in request.url or sent.append(request.url))
    calculator.open_link(link({**CASE, "paid_on": "2026-04-10"}))
    calculator.answer("monthly_amount", "500")
    calculator.wait("ready")
    assert sent == []
    calculator.open_link(link({**CASE, "place": "350200"}))
    calculator.wait("ready")
    assert [address.rpartition("/")[2].partition(".")[0] for address in sent] == ["350200"], "the table that the page tells of"
    kept = page.evaluate(STORED)
    assert (kept["session"], kept["cookie"], kept["databases"]) == ([], "", [])
    assert kept["local"]
    for key in kept["local"]:
        assert any(key == one or (one.startswith("…") and key.endswith(one.removeprefix("…"))) for one in stated), key
