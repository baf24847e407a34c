"""The instant answer in a real browser: before Python, without Python, and the same as Python's."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import Home

pytestmark = pytest.mark.browser

CASES = [
    {
        "scheme": "resident", "place": "350100", "as_of": "2026-11-22", "coverage_year": 2027, "last_covered_year": 2024,
        "paid_on": "2027-03-12",
    },
    {"scheme": "employee", "place": "320100", "as_of": "2026-11-22", "last_paid_month": "2026-03", "back_paid": True},
    {"scheme": "flexible", "place": "310000", "as_of": "2026-11-22", "last_paid_month": "2026-08", "paid_on": "2026-11-25"},
]  # fmt: skip
BROKEN = r"^(console|exception|failed|HTTP)\b"  # what a browser has to say of files it cannot have
PYTHON = re.compile(r"\.(wasm|zip|bin)$|/(worker|stock)\.[0-9a-f]+\.js$|/rulebook\.")
TABLE = re.compile(r"/assets/widget/instant/[^/]+\.json$")

# Notes each headline that stands there with the state that it stands in.
KEEP_A_DIARY = """
  window.diary = []
  const keep = () => {
    const part = (name) => document.querySelector(`yibao-calculator [data-yb="${name}"]`)
    if (!part('state') || !part('headline')) return
    watch.disconnect()
    const write = () => window.diary.push([part('state').dataset.state, part('headline').textContent])
    const all = { attributes: true, childList: true, characterData: true, subtree: true }
    for (const name of ['state', 'headline']) new MutationObserver(write).observe(part(name), all)
  }
  const watch = new MutationObserver(keep) // the form is at work before the page has been read to its end
  watch.observe(document, { childList: true, subtree: true })
"""


def headline(case: object) -> str:
    return str(json.loads(assess(case))["headline"])


def without_python(open_page, home: Home, case: object) -> Calculator:
    page = open_page(home, forgive=BROKEN)
    page.route(PYTHON, lambda route: route.abort())
    page.goto(home.address("calculator") + link(case))
    return Calculator(page)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["place"])
def test_the_headline_stands_there_without_any_python(case, home, open_page):
    calculator = without_python(open_page, home, case)
    calculator.wait("error")
    assert calculator.headline == headline(case)
    assert calculator.assessment == ""
    assert calculator.part("trouble").is_visible()
    assert calculator.page.evaluate("performance.getEntriesByName('yb:instant-answer').length") == 1
    assert calculator.page.evaluate("performance.getEntriesByName('yb:python-answer').length") == 0


def test_the_headline_stands_there_while_python_is_awaited(home, open_page):
    page = open_page(home)
    page.route(PYTHON, lambda route: None)  # never answered
    page.goto(home.address("calculator") + link(CASES[0]))
    calculator = Calculator(page)
    calculator.wait("instant")
    assert calculator.headline == headline(CASES[0])
    assert calculator.assessment == ""
    changed = {**CASES[0], "last_covered_year": 2026}
    calculator.answer("last_covered_year", 2026)
    page.wait_for_function("text => document.querySelector('[data-yb=headline]').textContent === text", arg=headline(changed))
    assert calculator.state == "instant"
    calculator.answer("last_covered_year", 2028)  # no case at all: what stood there is withdrawn
    assert calculator.state == "loading"
    assert "yb-stale" in (calculator.part("headline").get_attribute("class") or "")
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("home", ["hosted", "below", "offline"], indirect=True)
def test_the_full_answer_says_the_same_and_comes_after(home, open_page):
    page = open_page(home)
    page.add_init_script(KEEP_A_DIARY)
    for case in CASES:
        page.goto("about:blank")
        page.goto(home.address("calculator") + link(case))
        calculator = Calculator(page)
        calculator.wait("ready")
        diary = page.evaluate("diary")
        assert {text for state, text in diary if state in ("instant", "ready")} == {headline(case)}
        assert {"instant", "ready"} <= {state for state, _ in diary}
        marks = page.evaluate("performance.getEntriesByType('mark').map(mark => mark.name)")
        assert marks.index("yb:instant-answer") < marks.index("yb:python-answer")


def test_the_table_is_fetched_as_soon_as_the_place_is_chosen(home, open_page):
    page = open_page(home, "calculator")
    with page.expect_request(TABLE) as asked:
        Calculator(page).answer("place", "350100")
    assert "/350" in asked.value.url


def test_a_question_the_tables_do_not_hold_waits_for_python(home, open_page):
    page = open_page(home)
    page.add_init_script(KEEP_A_DIARY)
    case = {**CASES[1], "continuous_months": 24}
    page.goto(home.address("calculator") + link(case))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.headline == headline(case)
    assert "instant" not in {state for state, _ in page.evaluate("diary")}


@pytest.mark.parametrize("body", [None, "", "<!doctype html>", '{"places":{"350100":"x"}}'], ids=str)
def test_a_table_that_is_broken_only_leaves_the_answer_to_python(body, home, open_page):
    page = open_page(home, forgive=BROKEN)
    page.route(TABLE, lambda route: route.fulfill(status=404) if body is None else route.fulfill(body=body))
    page.goto(home.address("calculator") + link(CASES[0]))
    calculator = Calculator(page)
    calculator.wait("ready")
    assert calculator.headline == headline(CASES[0])


def test_the_bundle_has_its_headline_without_any_python(homes, tmp_path: Path, open_page):
    folder = tmp_path / "offline"
    shutil.copytree(homes["offline"].folder, folder)
    for file in (folder / "assets" / "widget").iterdir():
        if file.is_file() and not re.match(r"(element|widget)\.", file.name):
            file.unlink()
    broken = Home("broken", folder.as_uri() + "/", folder)
    page = open_page(broken, forgive=BROKEN)
    page.goto(broken.address("calculator") + link(CASES[0]))
    calculator = Calculator(page)
    calculator.wait("error")
    assert calculator.headline == headline(CASES[0])
