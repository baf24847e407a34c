"""Months, days and lengths for the oracle, counted one at a time.

A month is `(year, number)`; a length is `(n, unit)` with unit `month` or `day`; a span is the `(low, high)` of something,
each None where it is not known.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

Month = tuple[int, int]
Length = tuple[int, str]
Span = tuple[Any, Any]
NOTHING: Length = (0, "month")
UNKNOWN: Span = (None, None)


def month_of(text: str) -> Month:
    """The month of `YYYY-MM` or `YYYY-MM-DD`."""
    return int(text[:4]), int(text[5:7])


def following(month: Month) -> Month:
    """The month after."""
    return (month[0] + 1, 1) if month[1] == 12 else (month[0], month[1] + 1)


def months_between(after: Month, before: Month) -> list[Month]:
    """The months after one and before another."""
    found = []
    month = following(after)
    while month < before:
        found.append(month)
        month = following(month)
    return found


def first_day(month: Month) -> date:
    """The 1st of a month."""
    return date(month[0], month[1], 1)


def last_day(month: Month) -> date:
    """The last day of a month."""
    return first_day(following(month)) - timedelta(days=1)


def later(day: date, length: Length) -> date:
    """So many days on; or so many months on, on the same day of the month, or on its last where there is none."""
    if length[1] == "day":
        for _ in range(length[0]):
            day += timedelta(days=1)
        return day
    month = (day.year, day.month)
    for _ in range(length[0]):
        month = following(month)
    return min(first_day(month) + timedelta(days=day.day - 1), last_day(month))


def landing(resume: str, paid: date) -> date:
    """The day on which benefits begin again when there is nothing to wait for."""
    if resume == "payment_day":
        return paid
    if resume == "next_day":
        return paid + timedelta(days=1)
    if resume == "payment_month":
        return first_day((paid.year, paid.month))
    if resume == "next_month":
        return first_day(following((paid.year, paid.month)))
    raise ValueError(resume)


def length_of(raw: dict[str, Any]) -> Length:
    """A compiled length."""
    return (12 * raw["n"], "month") if raw["unit"] == "year" else (raw["n"], raw["unit"])


def in_days(span: Span) -> Span:
    """A span of known lengths as one in days: twelve months have 365 or 366 of them, one more month has 28 to 31."""
    (low, low_unit), (high, high_unit) = span
    return (
        (low if low_unit == "day" else low // 12 * 365 + low % 12 * 28, "day"),
        (high if high_unit == "day" else high // 12 * 366 + high % 12 * 31, "day"),
    )


def alike(one: Span, other: Span) -> tuple[Span, Span]:
    """Both in one unit: as they are if they share it, with zero in any unit; else in days."""
    units = {unit for n, unit in (*one, *other) if n}
    if len(units) > 1:
        return in_days(one), in_days(other)
    unit = units.pop() if units else "month"
    return ((one[0][0], unit), (one[1][0], unit)), ((other[0][0], unit), (other[1][0], unit))


def plus(one: Span, other: Span) -> Span:
    """Two known lengths, one after the other."""
    (a, b), (c, d) = alike(one, other)
    return (a[0] + c[0], a[1]), (b[0] + d[0], b[1])


def minus(one: Span, other: Span) -> Span:
    """One known length less another, at least nothing."""
    (a, b), (c, d) = alike(one, other)
    return (max(0, a[0] - d[0]), a[1]), (max(0, b[0] - c[0]), b[1])


def at_least(one: Span, other: Span) -> Span:
    """The longer of two known lengths."""
    (a, b), (c, d) = alike(one, other)
    return (max(a[0], c[0]), a[1]), (max(b[0], d[0]), b[1])


def widest(spans: list[Span]) -> Span:
    """The span that holds all of some: from the shortest length to the longest; a bound that one does not know is not known."""
    units = {length[1] for span in spans for length in span if length and length[0]}
    if len(units) > 1:
        spans = [(low and in_days((low, low))[0], high and in_days((high, high))[1]) for low, high in spans]
    lows, highs = [low for low, _ in spans], [high for _, high in spans]
    unit = "month" if not units else units.pop() if len(units) == 1 else "day"
    return (
        None if None in lows else (min(low[0] for low in lows), unit),
        None if None in highs else (max(high[0] for high in highs), unit),
    )
