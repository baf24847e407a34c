"""Wrong input: the message stands beside the field, what was typed stays, and nothing from a link is run."""

from __future__ import annotations

import re

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.command import assess, refusal
from tests.browser.homes import DARK_PHONE

pytestmark = pytest.mark.browser

MONTHLY = {"scheme": "flexible", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10"}
YEARLY = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2024}
NEWBORN = {**YEARLY, "exempt_group": "newborn", "born_on": "2026-03-01"}
VISIT = {"date": "2026-03-12", "kind": "inpatient", "amount": "800", "normal_ratio": "0.85"}

WRONG = [
    # a Case; the question that is answered wrongly; how; what would be right
    (MONTHLY, "monthly_amount", "-500", "500"),
    (MONTHLY, "account_balance", "很多", "1,200.50元"),
    (MONTHLY, "continuous_months", "三个月", "３"),
    (MONTHLY, "earlier_lapses", "1.5", "1次"),
    (MONTHLY, "unemployment_months", "9", "2"),
    (MONTHLY, "paid_on", "2025-09-30", "2026-03-10"),
    (YEARLY, "coverage_year", "26", "2026年"),
    (YEARLY, "last_covered_year", "2026", "2023"),
    (YEARLY, "years_repaid", "7", "1"),
    (NEWBORN, "registered_on", "2026-02-01", "2026-03-05"),
]
IN_A_ROW = [("amount", "-1", "1"), ("normal_ratio", "85", "0.85")]

REMARK_ON_A_DATE = "does not conform to the required format"  # Chromium's own, on a day that does not exist
CHINESE = re.compile("[一-鿿]")


def check_problem(calculator: Calculator, name: str, message: str) -> None:
    """The message is beside the field and belongs to it, for eyes and for screen readers."""
    field = calculator.fields(name).first
    assert calculator.problem(name.split(".")[0]) or calculator.widget.get_by_text(message).first.is_visible()
    assert field.get_attribute("aria-invalid") == "true"
    described = (field.get_attribute("aria-describedby") or "").split()
    said = [calculator.page.locator(f"[id='{one}']").inner_text() for one in described]
    assert message in said
    assert CHINESE.search(message)
    assert calculator.assessment == ""
    assert calculator.headline == ""


@pytest.mark.parametrize(("case", "name", "wrong", "right"), WRONG, ids=lambda value: value if isinstance(value, str) else "")
def test_the_message_stands_beside_the_field(case, name, wrong, right, calculator):
    calculator.answer_all(case)
    calculator.answer(name, wrong)
    before = calculator.values()
    calculator.submit()
    calculator.wait("error")
    as_number = int(wrong) if wrong.isdigit() else wrong
    told = refusal({**case, name: as_number})
    assert told["field"] == name
    check_problem(calculator, name, told["message"])
    assert calculator.problem(name) == told["message"]
    assert calculator.fields(name).first.evaluate("field => field === document.activeElement || field.type === 'radio'")
    assert calculator.values() == before

    calculator.answer(name, right)
    calculator.submit()
    calculator.wait("ready")
    assert calculator.problem(name) == ""
    assert calculator.widget.locator("[aria-invalid]").count() == 0


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_in_a_list_the_message_stands_beside_the_very_field_of_the_row(home, open_page):
    calculator = Calculator(open_page(home, "calculator", DARK_PHONE))
    calculator.answer_all({**MONTHLY, "treatments": [VISIT, VISIT]})
    for key, wrong, right in IN_A_ROW:
        name = f"treatments.1.{key}"
        calculator.answer(name, wrong)
        calculator.submit()
        calculator.wait("error")
        check_problem(calculator, name, refusal({**MONTHLY, "treatments": [VISIT, {**VISIT, key: wrong}]})["message"])
        assert calculator.fields(f"treatments.0.{key}").get_attribute("aria-invalid") is None
        calculator.answer(name, right)
    calculator.submit()
    calculator.wait("ready")


def test_a_form_sent_off_empty_says_what_is_missing(calculator):
    calculator.submit()
    calculator.wait("error")
    check_problem(calculator, "scheme", calculator.problem("scheme"))


SCRIPT = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"
ASKED = {**YEARLY, "coverage_year": 2026}

BROKEN_LINKS = {
    "not json": "#case=hello",
    "half a link": link(YEARLY)[:60],
    "broken percent": "#case=%E0%A4%A",
    "nothing": "#case=",
    "null": "#case=null",
    "a list": link([YEARLY]),
    "a number": "#case=1e999",
    "deep": "#case=" + "%5B" * 20_000,
    "huge": "#case=" + "A" * 1_500_000,
    "script": "#case=" + SCRIPT,
}
BAD_CASES = {
    "script as a value": {**ASKED, "place": SCRIPT},
    "script as a key": {**ASKED, SCRIPT: SCRIPT},
    "script in a row": {**ASKED, "treatments": [{"date": SCRIPT, "kind": SCRIPT, "amount": SCRIPT}]},
    "wrong types": {"scheme": 1, "place": {}, "as_of": [], "coverage_year": "2026", "treatments": "x", "situation": True},
    "numbers beyond all bounds": {**ASKED, "coverage_year": 10**30, "years_repaid": -1},
    "prototype": {**ASKED, "__proto__": {"hacked": 1}, "constructor": {"prototype": {"hacked": 1}}, "toString": 1},
    "rows of nothing": {**ASKED, "treatments": [None, 1, [], {}]},
    "too many rows": {**ASKED, "treatments": [{}] * 5_000},
    "no such place": {**ASKED, "place": "999999"},
    "hong kong": {**ASKED, "place": "810000"},
    "no such day": {**ASKED, "as_of": "2026-02-30"},
    "a key too much": {**ASKED, "back_paid": True},
}


def check_readable(calculator: Calculator) -> None:
    page = calculator.page
    trouble = calculator.part("trouble")
    assert trouble.is_visible()
    assert CHINESE.search(trouble.inner_text())
    assert calculator.assessment == ""
    assert page.evaluate("[window.hacked, ({}).hacked]") == [None, None]
    assert calculator.widget.locator("img, script:not([type='application/json'])").count() == 0
    assert page.locator("h1").is_visible()
    assert page.locator(".yb-unofficial").first.is_visible()


@pytest.mark.parametrize("home", ["hosted", "offline"], indirect=True)
def test_broken_and_hostile_links_leave_a_readable_page_that_still_answers(home, open_page):
    page = open_page(home, "calculator", forgive=REMARK_ON_A_DATE)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    calculator = Calculator(page)
    for name, fragment in {**BROKEN_LINKS, **{name: link(case) for name, case in BAD_CASES.items()}}.items():
        state, _, trouble = calculator.open_link(fragment)
        assert state == "error", (name, trouble)
        check_readable(calculator)
    assert calculator.open_link(link(YEARLY))[:2] == ("ready", assess(YEARLY))


@pytest.mark.parametrize("fragment", [BROKEN_LINKS["half a link"], link(BAD_CASES["script as a key"])])
def test_a_first_visit_by_a_bad_link_is_told_so(fragment, home, open_page):
    page = open_page(home)
    page.goto(home.address("calculator") + fragment)
    calculator = Calculator(page)
    calculator.wait("error")
    check_readable(calculator)


def test_what_a_link_says_wrong_is_said_in_the_command_lines_words(calculator):
    for case in (BAD_CASES["no such place"], BAD_CASES["hong kong"], BAD_CASES["a key too much"]):
        _, _, trouble = calculator.open_link(link(case))
        assert refusal(case)["message"] in trouble
