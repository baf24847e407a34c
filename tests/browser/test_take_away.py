"""What a reader takes along from an answer: the picture, the calendar, the text, the JSON, one printed page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import icalendar
import pytest

from calculator import Case, Rulebook
from calculator.show import calendar, summary, timeline
from calculator.text import whole
from tests.browser.asking import Calculator, link
from tests.browser.colours import READABLE, ratio
from tests.browser.command import assess
from tests.browser.homes import LIGHT_WIDE, LOOKS, ROOT

pytestmark = pytest.mark.browser

VISIT = {"date": "2026-04-05", "kind": "inpatient", "amount": "1000.00", "normal_ratio": "0.85"}
EMPLOYEE = {
    "scheme": "employee", "place": "350000", "as_of": "2026-03-20", "last_paid_month": "2025-10", "paid_on": "2026-03-10",
    "back_paid": False, "monthly_amount": "500.00", "treatments": [VISIT],
}  # fmt: skip
RESIDENT = {"scheme": "resident", "place": "CN", "as_of": "2026-03-20", "coverage_year": 2026, "last_covered_year": 2022,
            "in_window": False}  # fmt: skip
FLEXIBLE = {"scheme": "flexible", "place": "370200", "as_of": "2026-03-20", "last_paid_month": "2025-10"}
WINDOW = {"scheme": "resident", "place": "310000", "as_of": "2025-11-20", "coverage_year": 2026, "last_covered_year": 2025}
ALL = [EMPLOYEE, RESIDENT, FLEXIBLE, WINDOW]
FORMS = ["hosted", "below", "offline"]


def name_of(case: dict[str, object]) -> str:
    return f"{case['scheme']}-{case['place']}"


@pytest.fixture(scope="module")
def told():
    book = Rulebook.load(json.loads((ROOT / "calculator" / "rulebook.json").read_text("utf-8")))
    return lambda case: whole(Case.parse(case, book), book)


def answered(page, case) -> Calculator:
    calculator = Calculator(page)
    calculator.open_link(link(case))
    calculator.wait("ready")
    return calculator


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_picture_is_the_command_lines_and_can_be_read(look, home, open_page, told):
    page = open_page(home, "calculator", look)
    drawn = answered(page, RESIDENT).widget.get_by_role("img", name="断缴时间线")
    assert drawn.is_visible()
    shown = drawn.evaluate("svg => [...svg.querySelectorAll('text')].map(text => text.textContent)")
    assert shown == re.findall(r"<text[^>]*>([^<]*)</text>", timeline(told(RESIDENT)))
    faint = drawn.evaluate("""svg => [...svg.querySelectorAll('text')].map(text => {
      let ground = null
      for (const rect of svg.querySelectorAll('rect:not(pattern *)')) {
        const [box, mine] = [rect.getBoundingClientRect(), text.getBoundingClientRect()]
        if (box.left <= mine.left && box.right > mine.left && box.top <= mine.top && box.bottom >= mine.bottom - 4) ground = rect
      }
      return [getComputedStyle(text).fill, getComputedStyle(ground).fill]
    })""")
    for pair in faint:
        ink, ground = ([float(number) for number in re.findall(r"[\d.]+", colour)] for colour in pair)
        assert ratio(ink, ground) >= READABLE
    outside = drawn.evaluate("""svg => [...svg.querySelectorAll('text')].filter(
      text => text.getBoundingClientRect().right > svg.getBoundingClientRect().right).map(text => text.textContent)""")
    assert outside == []


@pytest.mark.parametrize("home", FORMS, indirect=True)
def test_calendar_and_json_are_saved(home, open_page, told):
    page = open_page(home, "calculator", LIGHT_WIDE)
    calculator = answered(page, EMPLOYEE)
    with page.expect_download() as saved:
        calculator.part("calendar").click()
    assert saved.value.suggested_filename == "yibao-2026-03-20.ics"
    text = Path(saved.value.path()).read_bytes().decode()
    assert text == calendar(told(EMPLOYEE))
    assert icalendar.Calendar.from_ical(text).walk("VEVENT")
    with page.expect_download() as saved:
        calculator.part("json").click()
    assert saved.value.suggested_filename == "yibao-2026-03-20.json"
    assert Path(saved.value.path()).read_text("utf-8") == assess(EMPLOYEE)
    assert "已保存" in calculator.part("share").inner_text()


@pytest.mark.parametrize("home", FORMS, indirect=True)
def test_the_text_to_send_is_there_to_copy(home, open_page, told):
    calculator = answered(open_page(home, "calculator", LIGHT_WIDE), RESIDENT)
    calculator.part("copy_text").click()
    field = calculator.part("share").locator("textarea")
    field.wait_for()
    assert field.input_value() == summary(told(RESIDENT))


def test_what_is_passed_on_carries_what_was_typed_and_that_is_said_beforehand(home, open_page):
    calculator = answered(open_page(home, "calculator", LIGHT_WIDE), RESIDENT)
    told = calculator.widget.locator(".yb-beware")
    assert told.is_visible() and "您填的内容" in told.inner_text()
    for name in ("copy", "copy_text", "json"):
        button = calculator.part(name)
        assert button.get_attribute("aria-describedby") == told.get_attribute("id")
        assert told.bounding_box()["y"] < button.bounding_box()["y"]


def test_in_a_frame_too(home, open_page):
    page = open_page(home, "embed.html", LIGHT_WIDE)
    calculator = answered(page, EMPLOYEE)
    with page.expect_download() as saved:
        calculator.part("calendar").click()
    assert saved.value.suggested_filename.endswith(".ics")


def test_without_a_day_to_keep_there_is_no_calendar(home, open_page):
    nothing = {**EMPLOYEE, "place": "130400", "treatments": []}
    calculator = answered(open_page(home, "calculator", LIGHT_WIDE), nothing)
    assert not calculator.part("calendar").is_visible()
    assert calculator.part("json").is_visible()


def test_a_changed_form_takes_its_answers_papers_away(home, open_page):
    calculator = answered(open_page(home, "calculator", LIGHT_WIDE), EMPLOYEE)
    calculator.part("copy_text").click()
    calculator.answer("monthly_amount", "600.00")
    assert not calculator.part("after").is_visible()
    calculator.wait("ready")
    assert not calculator.part("share").is_visible()


@pytest.mark.parametrize("case", ALL, ids=name_of)
def test_the_answer_fits_one_printed_page(case, home, open_page):
    page = open_page(home, "calculator", LIGHT_WIDE)
    calculator = answered(page, case)
    page.emulate_media(media="print")
    assert calculator.widget.get_by_role("img", name="断缴时间线").is_visible()
    assert calculator.part("headline").is_visible()
    assert page.locator(".yb-asked").is_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_the_ways_are_a_table_that_marks_the_best(home, open_page, told):
    calculator = answered(open_page(home, "calculator", LOOKS[0]), FLEXIBLE)
    advice = told(FLEXIBLE)["advice"]
    rows = calculator.widget.locator(".yb-ways tbody tr")
    assert rows.count() == len(advice["rows"])
    for row, way in zip(rows.all(), advice["rows"], strict=True):
        assert way["title"] in row.inner_text() and way["restored"]["text"] in row.inner_text()
        assert ("最早能用" in row.inner_text()) == (way["id"] in advice["earliest"])


def test_a_place_page_shows_the_picture_of_its_example(home, open_page):
    page = open_page(home, "places/330200", LOOKS[0])
    drawn = page.get_by_role("img", name="断缴时间线").first
    assert drawn.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
