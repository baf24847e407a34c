"""Broken and hostile links: told in Chinese, nothing of them is run, and the page answers on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.browser.asking import Calculator, link
from tests.browser.command import assess
from tests.browser.homes import DARK_PHONE, ROOT
from tests.faults.outcome import CASE, CHINESE, check_readable
from tests.faults.server import faulty
from tests.faults.tables import named

pytestmark = pytest.mark.browser

SCRIPT = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>"
DEEP = 5_000


def raw(text: str) -> str:
    """A fragment with a text as it stands where JSON should be."""
    return "#case=" + quote(text, safe="")


UNREADABLE = {
    "no-json": raw("hello"),
    "half-a-link": link(CASE)[:60],
    "half-a-letter": "#case=%E0%A4%A",
    "nothing": "#case=",
    "null": raw("null"),
    "list": link([CASE]),
    "text": raw('"resident"'),
    "number": raw("1e999"),
    "not-a-number": raw('{"scheme": NaN}'),
    "one-megabyte-of-letters": "#case=" + "A" * 1_000_000,
    "one-megabyte-of-case": link({**CASE, "place": "9" * 1_000_000}),
    "deep-lists": raw("[" * DEEP + "]" * DEEP),
    "deep-objects": raw('{"a":' * DEEP + "1" + "}" * DEEP),
    "script-for-json": "#case=" + SCRIPT,
    "encoded-twice": "#case=" + quote(quote(json.dumps(CASE))),
    "byte-order-mark": raw("\ufeff" + json.dumps(CASE)),
    "single-quotes": raw("{'scheme': 'resident'}"),
    "comments": raw('{"scheme": "resident" /* 居民 */}'),
}
WRONG = {
    "empty-case": {},
    "script-as-a-value": {**CASE, "place": SCRIPT},
    "script-as-a-key": {**CASE, SCRIPT: SCRIPT},
    "script-in-a-row": {**CASE, "treatments": [{"date": SCRIPT, "kind": SCRIPT, "amount": SCRIPT}]},
    "address-of-a-script": {**CASE, "place": "javascript:window.hacked=1"},
    "wrong-types": {"scheme": 1, "place": {}, "as_of": [], "coverage_year": "2026", "treatments": "x", "situation": True},
    "list-for-a-text": {**CASE, "place": ["350000"]},
    "number-beyond-all-bounds": {**CASE, "coverage_year": 10**30},
    "less-than-nothing": {**CASE, "years_repaid": -1},
    "prototype": {**CASE, "__proto__": {"hacked": 1}},
    "constructor": {**CASE, "constructor": {"prototype": {"hacked": 1}}},
    "names-of-methods": {**CASE, "toString": 1, "hasOwnProperty": 1, "length": 1},
    "names-of-the-form": {**CASE, "submit": 1, "reset": 1, "elements": 1},
    "deep-in-a-known-key": {**CASE, "treatments": json.loads("[" * 200 + "]" * 200)},
    "rows-of-nothing": {**CASE, "treatments": [None, 1, [], {}]},
    "too-many-rows": {**CASE, "treatments": [{}] * 5_000},
    "too-many-keys": {**CASE, **{f"k{number}": number for number in range(2_000)}},
    "no-such-place": {**CASE, "place": "999999"},
    "no-such-day": {**CASE, "as_of": "2026-02-30"},
    "year-nought": {**CASE, "as_of": "0000-00-00"},
    "half-of-a-letter-pair": {**CASE, "place": "\ud83d"},
    "zero-byte": {**CASE, "place": "350000\0"},
    "written-from-right-to-left": {**CASE, "place": "\u202e000053"},
    "key-of-another-scheme": {**CASE, "back_paid": True},
    "key-of-tomorrow": {**CASE, "invented_in_2030": True},
}


@pytest.fixture(scope="module")
def open_calculator(chromium) -> Iterator[Calculator]:
    """One page for all links, as a reader has it who follows one after the other."""
    with faulty(ROOT / "site") as served:
        context = DARK_PHONE.context(chromium)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(served.root + "calculator/")
        yield Calculator(page)
        context.close()


@pytest.fixture(scope="module")
def right():
    return assess(CASE)


def check_refused(calculator, fragment):
    state, assessment, trouble = calculator.open_link(fragment)
    assert (state, assessment) == ("error", "")
    assert CHINESE.search(trouble)
    assert calculator.part("trouble").is_visible()
    assert calculator.page.evaluate("[window.hacked, ({}).hacked]") == [None, None]
    assert calculator.widget.locator("img, script:not([type='application/json'])").count() == 0
    check_readable(calculator)


@named("fragment", UNREADABLE)
def test_a_link_that_cannot_be_read(fragment, open_calculator, right):
    check_refused(open_calculator, fragment)
    assert "读" in open_calculator.part("trouble").inner_text()
    assert open_calculator.open_link(link(CASE))[:2] == ("ready", right)


@named("case", WRONG)
def test_a_link_that_says_something_wrong(case, open_calculator, right):
    check_refused(open_calculator, raw(json.dumps(case)))
    assert open_calculator.open_link(link(CASE))[:2] == ("ready", right)
