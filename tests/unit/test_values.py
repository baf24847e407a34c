from datetime import date
from decimal import Decimal

import pytest

from calculator.ranges import UNKNOWN, Range, exact, hull
from calculator.values import Length, YearMonth, parse_day, parse_money, parse_ratio, to_cents


def test_three_months_and_ninety_days_end_on_different_days():
    start = date(2025, 7, 3)
    assert Length(3, "month").after(start) == date(2025, 10, 3)
    assert Length(90, "day").after(start) == date(2025, 10, 1)


def test_a_month_that_is_too_short_gives_its_last_day():
    assert Length(3, "month").after(date(2025, 11, 30)) == date(2026, 2, 28)
    assert Length(3, "month").after(date(2027, 11, 30)) == date(2028, 2, 29)


def test_months_are_counted_across_years():
    assert YearMonth(2025, 11).until(YearMonth(2026, 2)) == 3
    assert YearMonth(2025, 11).plus(2) == YearMonth(2026, 1)
    assert YearMonth(2025, 1).plus(-1) == YearMonth(2024, 12)
    assert str(YearMonth(2025, 3)) == "2025-03"


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-1", "202501", "1900-01", "2025-01-01", " 2025-01", "٢٠٢٥-01"])
def test_a_month_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError):
        YearMonth.parse(text)


@pytest.mark.parametrize("text", ["2025-02-29", "2025-2-3", "0001-01-01", "2500-01-01", "20250301", "2025-03-01T00:00", ""])
def test_a_day_that_does_not_exist_is_refused(text):
    with pytest.raises(ValueError):
        parse_day(text)


@pytest.mark.parametrize("text", ["-1", "NaN", "Infinity", "1e3", "1.234", "", "1,000", "+5", "１２", "9999999999999"])
def test_money_is_a_plain_amount(text):
    with pytest.raises(ValueError):
        parse_money(text)


def test_money_and_ratios_are_exact():
    assert parse_money("500") == Decimal("500")
    assert parse_ratio("0.85") == Decimal("0.85")
    assert to_cents(Decimal("0.005")) == Decimal("0.01")
    for text in ("1.1", "-0.1", "2", "nan"):
        with pytest.raises(ValueError):
            parse_ratio(text)


def test_several_worlds_make_one_range():
    months = [exact(Length(0, "month")), exact(Length(6, "month"))]
    assert hull(months) == Range(Length(0, "month"), Length(6, "month"))
    assert hull([exact(True), exact(False)]) == UNKNOWN
    assert hull([exact(date(2026, 1, 1)), UNKNOWN]) == UNKNOWN
    assert hull([exact(date(2026, 1, 1)), Range(date(2026, 2, 1), None)]) == Range(date(2026, 1, 1), None)


def test_days_and_months_together_are_bounded_in_days():
    both = hull([exact(Length(30, "day")), exact(Length(3, "month"))])
    assert (both.low, both.high) == (Length(30, "day"), Length(93, "day"))
    assert hull([exact(Length(0, "month")), exact(Length(30, "day"))]) == Range(Length(0, "day"), Length(30, "day"))
