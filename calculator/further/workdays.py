"""Working days (工作日): weekdays that are no public holiday, and the weekend days worked in exchange.

Which days these are is announced year by year (rules/calendar.yaml); of a year that is not known nothing is assumed.
"""

from __future__ import annotations

from datetime import date

from calculator.model import Json
from calculator.ranges import Range, exact
from calculator.resume import ONE_DAY

SATURDAY = 5


def working_day_after(day: date, count: int, calendar: Json | None) -> Range:
    """The `count`-th working day after `day`, which itself is not counted (民法典 第二百零一条). count >= 1.

    Where the count runs into a year whose holidays are not known, only the earliest day is: as if every day were worked.
    """
    years = calendar["years"] if calendar is not None else {}
    certain = True
    while count:
        day += ONE_DAY
        year = years.get(str(day.year))
        certain = certain and year is not None
        if year is None or is_working_day(day, year):
            count -= 1
    return exact(day) if certain else Range(day, None)


def is_working_day(day: date, year: Json) -> bool:
    """year: the exceptions of the day's year, `{"off": ["10-01"], "work": ["10-10"]}`."""
    month_day = f"{day:%m-%d}"
    return month_day in year["work"] if day.weekday() >= SATURDAY else month_day not in year["off"]
