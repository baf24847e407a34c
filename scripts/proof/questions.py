"""The questions of the walk, in lines: along a line one thing grows and the rest stays as it is.

A question is a Case as JSON. Days are those around which the rules of a place change, and a few ordinary ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from scripts.proof.speaking import Speaking

Question = dict[str, Any]

LAPSES = tuple(range(25))
EDGES = (0, 1, 2, 3, 4, 6, 7, 12, 24)
YEARS = tuple(range(13))
BACK_PAID: tuple[dict[str, bool], ...] = ({"back_paid": True}, {"back_paid": False}, {})
MONEY = {"monthly_amount": "500.00", "account_balance": "1000.00"}


@dataclass(frozen=True)
class Line:
    """Questions in the order of what grows: `lapse`, `repaid`, `paid_on`, or nothing in particular."""

    grows: str
    questions: tuple[Question, ...]


def lines(place: str, speaking: Speaking) -> Iterator[Line]:
    """Every line of one place, on the schemes on which it speaks itself; on all for a place that is silent."""
    for scheme in ("employee", "flexible"):
        if scheme in speaking.schemes:
            yield from _by_month(place, scheme, speaking)
    if "resident" in speaking.schemes:
        yield from _resident(place, speaking)


def _by_month(place: str, scheme: str, speaking: Speaking) -> Iterator[Line]:
    main = speaking.data_date
    base = {"place": place, "scheme": scheme}
    yield Line("", tuple({**base, "situation": "first_enrolment", **_paid(day)} for day in speaking.days(scheme)))
    for situation in (
        "same_place",
        "transfer",
        "scheme_switch",
        *(["employer_arrears"] if scheme == "employee" else []),
    ):
        asked = {**base, "situation": situation}
        for back in BACK_PAID:
            yield _lapses({**asked, **back, **MONEY, "treatments": _treatments(main, 0, 9)}, main, LAPSES)
            yield _payments({**asked, **back}, main)
            for day in speaking.days(scheme) if back else [main]:
                yield _lapses({**asked, **back}, day, EDGES)
            for extra in speaking.extras(scheme):
                yield _lapses({**asked, **back, **extra}, main, EDGES)
        yield _lapses(asked, main, EDGES, paid=False)


def _lapses(asked: Question, day: date, lapses: tuple[int, ...], *, paid: bool = True) -> Line:
    """The same payment after ever longer lapses, in months."""
    asked = {**asked, **(_paid(day) if paid else {"as_of": str(day)})}
    return Line("lapse", tuple({**asked, "last_paid_month": _month(day, -1 - lapse)} for lapse in lapses))


def _payments(asked: Question, day: date) -> Line:
    """The same lapse ended ever later, from `day` on, where no rule changes any more."""
    asked = {**asked, "last_paid_month": _month(day, -1)}
    days = [date.fromisoformat(f"{_month(day, later)}-{1 + 14 * (later % 2):02d}") for later in range(1, 25)]
    return Line("paid_on", tuple({**asked, **_paid(one)} for one in days))


def _resident(place: str, speaking: Speaking) -> Iterator[Line]:
    main = speaking.data_date.year
    base = {"place": place, "scheme": "resident"}
    for year in sorted({*speaking.years, main, main + 1}):
        asked = {**base, "coverage_year": year}
        days = _days_of_year(year)
        for day in days if year >= main else days[1::5]:
            for window in ({"in_window": True}, {"in_window": False}, {}) if year >= main else ({},):
                yield _insured_years({**asked, **window, **_paid(day)}, year)
        yield Line(
            "", tuple({**asked, **known, **_paid(day)} for day in days for known in ({"last_covered_year": None}, {}))
        )
    yield from _repairs({**base, "coverage_year": main}, main)
    yield from _groups({**base, "coverage_year": main}, main, speaking)
    for situation in ("transfer", "first_enrolment"):
        yield _insured_years({**base, "situation": situation, "coverage_year": main, **_paid(date(main, 7, 3))}, main)
    for months in ({"continuous_months": 12}, {"continuous_months": 36}, {}):
        switch = {**base, "situation": "scheme_switch", "previous_scheme": "employee", "coverage_year": main, **months}
        yield _lapses(switch, date(main, 7, 3), EDGES)


def _insured_years(asked: Question, year: int) -> Line:
    """The same payment after ever more insured years missed."""
    return Line("lapse", tuple({**asked, "last_covered_year": year - 1 - lapsed} for lapsed in YEARS))


def _repairs(asked: Question, year: int) -> Iterator[Line]:
    for lapsed in (1, 2, 3, 4, 5, 8, 12):
        for day in (date(year - 1, 11, 15), date(year, 7, 3)):
            base = {**asked, **_paid(day), "last_covered_year": year - 1 - lapsed}
            yield Line("repaid", tuple({**base, "years_repaid": repaid} for repaid in range(lapsed + 1)))


def _groups(asked: Question, year: int, speaking: Speaking) -> Iterator[Line]:
    """Every exempt group, with its event near and far from the payment, and newborns registered soon and late."""
    day = date(year, 7, 3)
    events = ({}, *({"event_on": str(day - timedelta(days=days))} for days in (10, 90, 91, 400)))
    questions = [
        {**asked, **_paid(day), "exempt_group": group, "last_covered_year": year - 3, **event}
        for group in speaking.groups
        for event in events
    ]
    births = [
        {**asked, **_paid(day), "exempt_group": "newborn", "last_covered_year": None, **born}
        for days in (0, 89, 90, 91, 365)
        for born in ({"born_on": str(day - timedelta(days=days)), "registered_on": str(day)},)
        if "newborn" in speaking.groups
    ]
    yield Line("", tuple(questions + births))


def _days_of_year(year: int) -> list[date]:
    """Payment days before and in an insured year, on both sides of the usual windows' edges."""
    before = [date(year - 1, 8, 15), date(year - 1, 11, 15), date(year - 1, 12, 31)]
    return [*before, date(year, 1, 1), date(year, 2, 28), date(year, 3, 1), date(year, 7, 3), date(year, 12, 31)]


def _treatments(day: date, *months: int) -> list[dict[str, str]]:
    """One stay in hospital in the gap or so many months after the payment."""
    return [
        {"date": f"{_month(day, later)}-28", "kind": "inpatient", "amount": "10000.00", "normal_ratio": "0.80"}
        for later in months
    ]


def _paid(day: date) -> dict[str, str]:
    return {"as_of": str(day), "paid_on": str(day)}


def _month(day: date, later: int) -> str:
    """The month `later` months after that of `day`, as YYYY-MM."""
    index = day.year * 12 + day.month - 1 + later
    return f"{index // 12:04d}-{index % 12 + 1:02d}"
