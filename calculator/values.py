"""Value types: calendar months, lengths of time, money and ratios.

`YearMonth` has no day, so that "four months" is never a number of days. `Length` keeps its unit: 3 months and 90 days
are different things (evidence K-011) and only meet a date through `after`.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

FIRST_YEAR, LAST_YEAR = 1949, 2199
CENT = Decimal("0.01")
SHORTEST = 28
"""Days that every month has."""

MONTH_FORM = re.compile(r"[0-9]{4}-[0-9]{2}")
DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONEY_FORM = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
RATIO_FORM = re.compile(r"[01](\.[0-9]{1,6})?")

Unit = Literal["day", "month", "year"]
UNIT_WORDS: dict[str, str] = {"day": "天", "month": "个月", "year": "年"}


class YearMonth(NamedTuple):
    """A calendar month, `2025-11`."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> YearMonth:
        """`YYYY-MM` to a month; ValueError for anything else."""
        if not MONTH_FORM.fullmatch(text):
            raise ValueError(text)
        year, month = int(text[:4]), int(text[5:])
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise ValueError(text)
        return cls(year, month)

    @classmethod
    def of(cls, day: date) -> YearMonth:
        return cls(day.year, day.month)

    def plus(self, months: int) -> YearMonth:
        index = self.year * 12 + self.month - 1 + months
        return YearMonth(index // 12, index % 12 + 1)

    def until(self, later: YearMonth) -> int:
        """Months from this one to `later`; 0 for itself, negative when `later` is earlier."""
        return (later.year - self.year) * 12 + later.month - self.month

    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


class Length(NamedTuple):
    """A whole number of days, months or years."""

    n: int
    unit: Unit

    def after(self, day: date) -> date:
        """The day this long after `day`; a month that is too short gives its last day (30 November + 3 months)."""
        if self.unit == "day":
            return day + timedelta(days=self.n)
        index = day.year * 12 + day.month - 1 + self.n * (12 if self.unit == "year" else 1)
        year, month = index // 12, index % 12 + 1
        return date(year, month, day.day if day.day <= SHORTEST else min(day.day, days_of(year, month)))

    def __str__(self) -> str:
        return f"{self.n}{UNIT_WORDS[self.unit]}"


class Shortfall(Length):
    """What is missing of a length that is asked for; none of it is no wait, but enough."""

    __slots__ = ()


NO_WAIT = Length(0, "month")


class Multiple(Decimal):
    """So many times a reference amount that is not given here: never an amount of money."""

    __slots__ = ()


class Ratio(Decimal):
    """A share of the whole, from 0 to 1: never an amount of money."""

    __slots__ = ()


def times(length: Length, count: int) -> Length:
    return Length(length.n * count, length.unit)


def parse_day(text: str) -> date:
    """`YYYY-MM-DD` to a date; ValueError for a day that does not exist or lies outside the years we know."""
    if not DAY_FORM.fullmatch(text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def parse_money(text: str) -> Decimal:
    """A non-negative amount in CNY with at most two decimals; ValueError otherwise."""
    if not MONEY_FORM.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def parse_ratio(text: str) -> Decimal:
    """A ratio from 0 to 1 with at most six decimals; ValueError otherwise."""
    if not RATIO_FORM.fullmatch(text) or Decimal(text) > 1:
        raise ValueError(text)
    return Decimal(text)


def to_cents(amount: Decimal) -> Decimal:
    """Rounded half up to 0.01."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def days_of(year: int, month: int) -> int:
    """How many days a month has."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def first_of(year: int) -> date:
    return date(year, 1, 1)
