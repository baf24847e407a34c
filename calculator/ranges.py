"""Ranges: what is known of a quantity. Several possible worlds make one range, their hull."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from calculator.schedule import Payment, agreed
from calculator.values import Length, Unit

SHORTEST, LONGEST = (28, 365), (31, 366)
"""Days of a month and of a year: at least, and at most."""


class Range(NamedTuple):
    """low and high bound the quantity, either may be None (no bound known). Equal and known: `value`."""

    low: Any
    high: Any

    @property
    def value(self) -> Any:
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def known(self) -> bool:
        return self.low is not None and bool(self.low == self.high)


UNKNOWN = Range(None, None)


def exact(value: Any) -> Range:
    return tuple.__new__(Range, (value, value))  # Range(value, value) in half the time: most ranges are made here


def hull(ranges: Sequence[Range]) -> Range:
    """The smallest range that holds all; UNKNOWN if one of them is, or if different things have no order."""
    if len(ranges) == 1:
        return ranges[0]
    found = list(dict.fromkeys(ranges))
    if len(found) == 1:
        return found[0]
    if not found or UNKNOWN in found:
        return UNKNOWN
    sample = next(v for r in found for v in (r.low, r.high) if v is not None)
    if isinstance(sample, Length):
        return _hull_of_lengths(found)
    if isinstance(sample, (date, Decimal)):
        return Range(_least([r.low for r in found]), _greatest([r.high for r in found]))
    if isinstance(sample, Payment):
        payment = agreed([r.value for r in found])
        return UNKNOWN if payment is None else exact(payment)
    return UNKNOWN


def _least(values: Sequence[Any]) -> Any:
    return None if None in values else min(values)


def _greatest(values: Sequence[Any]) -> Any:
    return None if None in values else max(values)


def _hull_of_lengths(ranges: list[Range]) -> Range:
    units: set[Unit] = {v.unit for r in ranges for v in (r.low, r.high) if v is not None and v.n}
    if len(units) > 1:  # months beside days: only days can hold both
        ranges = [Range(_days(r.low, SHORTEST), _days(r.high, LONGEST)) for r in ranges]
        units = {"day"}
    unit: Unit = units.pop() if units else "month"
    low = _least([None if r.low is None else r.low.n for r in ranges])
    high = _greatest([None if r.high is None else r.high.n for r in ranges])
    return Range(None if low is None else Length(low, unit), None if high is None else Length(high, unit))


def in_days(length: Length) -> tuple[int, int]:
    """The fewest and the most days a length can be."""
    return _days_of(length, SHORTEST), _days_of(length, LONGEST)


def _days(length: Length | None, bound: tuple[int, int]) -> Length | None:
    return None if length is None else Length(_days_of(length, bound), "day")


def _days_of(length: Length, bound: tuple[int, int]) -> int:
    if length.unit == "day":
        return length.n
    years, months = (length.n, 0) if length.unit == "year" else divmod(length.n, 12)
    return months * bound[0] + years * bound[1]
