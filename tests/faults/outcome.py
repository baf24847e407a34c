"""What may come of a fault: an answer all the same, or a readable page that says what to do and keeps what was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tests.browser.asking import Calculator
from tests.browser.command import assess

CASE = {
    "scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
    "paid_on": "2026-03-12",
}  # fmt: skip
CHINESE = re.compile("[一-鿿]")
TYPE = """(form, answers) => {
  for (const [name, value] of answers) {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)]
    const field = fields.find((one) => one.type === 'radio' && one.value === String(value)) ?? fields[0]
    if (field.type === 'radio') field.checked = true
    else field.value = String(value)
    for (const what of ['input', 'change']) field.dispatchEvent(new Event(what, { bubbles: true }))
  }
}"""


def type_in(calculator: Calculator, answers: Mapping[str, object] = CASE) -> None:
    """Answer questions by the events that a reader's fingers cause, all at once."""
    calculator.widget.locator("form").evaluate(TYPE, list(answers.items()))


def ask(calculator: Calculator) -> None:
    """Type the Case, and ask."""
    type_in(calculator)
    calculator.submit()


def check_answered(calculator: Calculator) -> None:
    calculator.wait("ready")
    assert calculator.assessment == assess(CASE)
    assert calculator.headline
    assert not calculator.part("trouble").is_visible()
    check_kept(calculator)


def check_told(calculator: Calculator) -> None:
    """No answer by Python: it is said, with what to do, and why for those who ask."""
    calculator.wait("error")
    trouble = calculator.part("trouble")
    assert trouble.is_visible()
    told = trouble.inner_text()
    assert "您填的内容还在" in told
    assert "12393" in told
    assert "再试一次" in told
    assert trouble.locator("li").count() >= 3
    assert trouble.locator("details pre").text_content()
    assert calculator.assessment == ""
    check_kept(calculator)
    check_readable(calculator)


def check_told_at_once(calculator: Calculator) -> None:
    """The headline that was looked up stands there all the same."""
    assert calculator.headline == json.loads(assess(CASE))["headline"]


def check_kept(calculator: Calculator) -> None:
    """What was typed still stands in the form."""
    held = calculator.values()
    assert {key: held.get(key) for key in CASE} == {key: str(value) for key, value in CASE.items()}


def check_readable(calculator: Calculator) -> None:
    page = calculator.page
    assert page.locator("h1").is_visible()
    assert CHINESE.search(page.locator("h1").inner_text())
    assert page.locator(".yb-unofficial").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
