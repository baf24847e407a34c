"""How long the person was not insured (contract: "Lapse length")."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from calculator.case import Case
from calculator.values import YearMonth, first_of


class Lapse(NamedTuple):
    """length: whole months or insured years, None = not known. first, last: of these, None if there are none."""

    length: int | None
    unit: str
    first: YearMonth | int | None = None
    last: YearMonth | int | None = None

    @property
    def months(self) -> int | None:
        return self.length if self.unit == "month" else None

    @property
    def first_day(self) -> date | None:
        """The first day without a paid month or year."""
        if isinstance(self.first, YearMonth):
            return self.first.first_day()
        return None if self.first is None else first_of(self.first)

    def to_json(self) -> dict[str, Any]:
        return {
            "length": self.length,
            "unit": self.unit,
            "from": None if self.first is None else str(self.first),
            "to": None if self.last is None else str(self.last),
        }


def lapse_of(case: Case) -> Lapse:
    """Months for whoever was insured by the month, insured years for residents.

    Months on unemployment benefit are no lapse (社会保险法 第四十八条): they are taken off the beginning of the gap.
    """
    by_year = case.scheme == "resident" and case.situation != "scheme_switch"
    if case.last_paid_month is not None and not (by_year and case.last_covered_year):
        return _months(case, case.last_paid_month)
    if not by_year:
        return Lapse(0 if case.situation == "first_enrolment" else None, "month")
    assert case.coverage_year is not None
    if case.last_covered_year is None:
        return Lapse(0 if case.never_insured else None, "year")
    first, last = case.last_covered_year + 1, case.coverage_year - 1
    return Lapse(last - first + 1, "year", first, last) if first <= last else Lapse(0, "year")


def _months(case: Case, last_paid: YearMonth) -> Lapse:
    first = last_paid.plus(1 + (case.unemployment_months or 0))
    last = YearMonth.of(case.day).plus(-1)
    length = first.until(last) + 1
    return Lapse(length, "month", first, last) if length > 0 else Lapse(0, "month")
