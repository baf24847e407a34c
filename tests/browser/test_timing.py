"""What the widget marks in time, and that it never shows an answer to a question that has changed."""

from __future__ import annotations

import json

import pytest

from tests.browser.asking import BUSY, Calculator, link
from tests.browser.command import assess

pytestmark = pytest.mark.browser

CASE = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022}
MARKS = ("yb:interactive", "yb:instant-answer", "yb:python-ready", "yb:python-answer")

# Notes at every change of the state, and at every change of the Assessment, what is on show and what stands in the form.
KEEP_A_DIARY = """() => {
  const widget = document.querySelector('yibao-calculator')
  const part = (name) => widget.querySelector(`[data-yb="${name}"]`)
  const field = widget.querySelector('[name="last_covered_year"]')
  window.diary = []
  window.keeper?.disconnect()
  const write = () => window.diary.push([part('state').dataset.state, part('assessment').textContent, field.value])
  window.keeper = new MutationObserver(write)
  window.keeper.observe(part('state'), { attributes: true })
  window.keeper.observe(part('assessment'), { childList: true, characterData: true, subtree: true })
}"""

# Types into a field and says what is on show in the same breath. after: how many milliseconds to leave before.
TYPE_FAST = """async (entries) => {
  const widget = document.querySelector('yibao-calculator')
  const part = (name) => widget.querySelector(`[data-yb="${name}"]`)
  const seen = []
  for (const [name, value, how, after] of entries) {
    if (after !== null) await new Promise((done) => setTimeout(done, after))
    const field = widget.querySelector(`[name="${name}"]`)
    field.value = value
    field.dispatchEvent(new Event(how, { bubbles: true }))
    seen.push([part('state').dataset.state, part('assessment').textContent])
  }
  return seen
}"""


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_marks_are_set_in_order(home, open_page):
    page = open_page(home, "calculator")
    calculator = Calculator(page)
    calculator.open_link(link(CASE))
    marks = page.evaluate("performance.getEntriesByType('mark').map(mark => mark.name)")
    assert [name for name in marks if name in MARKS] == list(MARKS)


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
@pytest.mark.parametrize("pause", [None, 0, 1, 5, 20, 60, 450])
def test_an_answer_is_never_shown_to_another_question(pause, calculator):
    page = calculator.page
    calculator.open_link(link(CASE))
    calculator.wait("ready")
    page.evaluate(KEEP_A_DIARY)
    how = "input" if pause == 450 else "change"
    seen = page.evaluate(TYPE_FAST, [["last_covered_year", "2021", how, None], ["last_covered_year", "2020", how, pause]])
    assert [state for state, _ in seen] == ["loading", "loading"]
    assert [assessment for _, assessment in seen] == ["", ""]
    wanted = assess({**CASE, "last_covered_year": 2020})
    page.wait_for_function("wanted => document.querySelector('[data-yb=assessment]').textContent === wanted", arg=wanted)
    calculator.wait("ready")
    for state, assessment, year in page.evaluate("diary"):
        if state == "ready":
            assert json.loads(assessment)["case"]["last_covered_year"] == int(year)
        elif state == "loading":
            assert assessment == "" or json.loads(assessment)["case"]["last_covered_year"] == int(year)


def test_an_answer_that_became_impossible_is_taken_back(calculator):
    page = calculator.page
    calculator.open_link(link(CASE))
    calculator.wait("ready")
    seen = page.evaluate(TYPE_FAST, [["last_covered_year", "2027", "change", None]])
    assert seen == [["loading", ""]]
    calculator.wait("error")
    assert calculator.assessment == ""
    assert calculator.headline == ""
    calculator.part("clear").click()
    calculator.wait("empty")
    assert calculator.values()["coverage_year"] == ""


def test_the_page_can_be_used_while_python_loads(home, open_page):
    page = open_page(home)
    page.route("**/*.wasm", lambda route: None)  # never answered
    page.goto(home.address("calculator"))
    calculator = Calculator(page)
    calculator.answer_all(CASE)
    calculator.wait("loading")
    assert "可以先接着填" in calculator.part("state").inner_text()
    assert calculator.part("progress").is_visible()
    calculator.answer("last_covered_year", 2020)
    assert calculator.state in BUSY
    assert calculator.assessment == ""
    page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_the_script_in_the_page_and_the_one_after_it_start_one_python(home, open_page):
    page = open_page(home, "calculator")
    address = page.url
    page.goto("about:blank")  # a fragment alone would open no page anew; this one may have started a Python of its own
    started = []
    page.on("worker", lambda worker: started.append(worker.url))
    page.goto(address + link(CASE))
    Calculator(page).wait("ready")
    assert len(started) == 1, started
    assert page.evaluate("""() => {
      const { python } = document.querySelector('yibao-calculator')
      const [formed] = performance.getEntriesByName('yb:interactive')
      return python === globalThis.__yibaoStarted.python && python.passed[0].at < formed.startTime
    }""")
