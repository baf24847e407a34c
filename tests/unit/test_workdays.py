"""Working days: weekends, public holidays and the weekends worked in exchange; the file of holidays is the library's."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest

from calculator.further.workdays import is_working_day, working_day_after
from calculator.ranges import Range, exact
from scripts import holidays

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def calendar(compiled):
    return compiled["calendar"]


def test_the_file_of_holidays_is_what_the_library_says():
    assert (ROOT / "rules" / "calendar.yaml").read_text(encoding="utf-8") == holidays.rendered()


def test_every_day_of_every_known_year_is_as_the_library_has_it(calendar):
    years = calendar["years"]
    first, last = date(int(min(years)), 1, 1), date(int(max(years)), 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len(days) > 8000
    assert [day for day in days if is_working_day(day, years[str(day.year)]) != chinese_calendar.is_workday(day)] == []


def test_the_national_holidays_are_not_counted_and_the_saturday_worked_for_them_is(calendar):
    assert working_day_after(date(2026, 9, 30), 1, calendar) == exact(date(2026, 10, 8))
    assert working_day_after(date(2026, 9, 30), 3, calendar) == exact(date(2026, 10, 10))  # a Saturday
    assert working_day_after(date(2026, 9, 24), 15, calendar) == exact(date(2026, 10, 22))


def test_a_friday_is_not_counted_itself(calendar):
    assert working_day_after(date(2026, 3, 6), 1, calendar) == exact(date(2026, 3, 9))


def test_of_a_year_without_holidays_announced_only_the_earliest_day_is_known(calendar):
    assert max(calendar["years"]) == "2026"
    assert working_day_after(date(2026, 12, 31), 3, calendar) == Range(date(2027, 1, 3), None)
    assert working_day_after(date(2026, 12, 29), 2, calendar) == exact(date(2026, 12, 31))


def test_a_rulebook_without_holidays_gives_only_the_earliest_day():
    assert working_day_after(date(2026, 3, 6), 10, None) == Range(date(2026, 3, 16), None)


def test_the_library_is_named_in_the_compiled_rulebook(calendar):
    assert (calendar["library"], calendar["version"]) == (holidays.LIBRARY, "1.11.0")
