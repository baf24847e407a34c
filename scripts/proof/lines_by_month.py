"""Lines of questions about a lapse counted in months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scripts.proof.line import Line, Question, month, paid
from scripts.proof.speaking import Speaking

ALL_LAPSES = tuple(range(241))
LAPSES = tuple(range(25))
EDGES = (0, 1, 2, 3, 4, 6, 7, 12, 24, 60, 240)
FEW = (0, 1, 3, 4, 7, 24)
SHORT = (1, 3)
DAILY = 45
"""Payments are put off day by day for so many days, over the end of a month at least."""
BACK_PAID: tuple[dict[str, bool], ...] = ({"back_paid": True}, {"back_paid": False}, {})
MONEY = {"monthly_amount": "500.00", "account_balance": "1000.00"}


def lines_by_month(place: str, scheme: str, speaking: Speaking) -> Iterator[Line]:
    """Every line of one place and one scheme that is paid by the month."""
    base = {"place": place, "scheme": scheme}
    first = {**base, "situation": "first_enrolment"}
    days = speaking.days(scheme)
    yield Line("", tuple({**first, **back, **paid(day)} for day in days for back in BACK_PAID))
    yield Line("", tuple({**first, **extra, **paid(speaking.data_date)} for extra in speaking.extras(scheme)))
    for situation in ("same_place", "transfer", "scheme_switch"):
        for back in BACK_PAID:
            yield from _situation({**base, "situation": situation, **back}, days, speaking)
        yield from _not_paid({**base, "situation": situation}, speaking.data_date)
    if scheme == "employee":  # arrears end by being paid, unless it is said that they did not
        for back in BACK_PAID[:2]:
            yield from _situation({**base, "situation": "employer_arrears", **back}, days, speaking)
        yield from _ordered({**base, "situation": "employer_arrears"}, speaking.data_date)
        yield from _not_paid({**base, "situation": "employer_arrears"}, speaking.data_date)


def _situation(asked: Question, days: list[date], speaking: Speaking) -> Iterator[Line]:
    """One situation, paid back or not: every lapse today, short and long ones on the other days and in every circumstance.

    In a situation of which the place does not speak itself it answers as the place above, which is asked every lapse.
    """
    main, scheme = speaking.data_date, asked["scheme"]
    own = speaking.speaks_itself(scheme, asked["situation"])
    yield _lapses(asked, main, ALL_LAPSES if own else EDGES)
    yield _lapses({**asked, **MONEY, "treatments": _treatments(main, 0, 9)}, main, LAPSES if own else SHORT)
    for day in days:
        yield _lapses(asked, day, EDGES if own else FEW)
    for extra in speaking.extras(scheme):
        yield _lapses({**asked, **extra}, main, EDGES)
    for lapse in SHORT if own else SHORT[:1]:
        yield _put_off({**asked, "last_paid_month": month(main, -1 - lapse)}, main)


def _lapses(asked: Question, day: date, lapses: tuple[int, ...]) -> Line:
    """The same payment after ever longer lapses, in months."""
    return Line("lapse", tuple({**asked, **paid(day), "last_paid_month": month(day, -1 - lapse)} for lapse in lapses))


def _put_off(asked: Question, day: date) -> Line:
    """The same lapse ended ever later, from `day` on, where no rule changes any more."""
    daily = [day + timedelta(days=later) for later in range(DAILY)]
    monthly = [date.fromisoformat(f"{month(day, later)}-{1 + 14 * (later % 2):02d}") for later in range(2, 26)]
    return Line("paid_on", tuple({**asked, **paid(one)} for one in sorted({*daily, *monthly})))


def _not_paid(asked: Question, day: date) -> Iterator[Line]:
    """Nothing paid yet; and months of the lapse for which the unemployment fund paid."""
    asked = {**asked, "as_of": str(day)}
    yield Line("lapse", tuple({**asked, "last_paid_month": month(day, -1 - lapse)} for lapse in EDGES))
    for lapse in (3, 7, 12):
        last = {"last_paid_month": month(day, -1 - lapse)}
        yield Line("", tuple({**asked, **last, "unemployment_months": months} for months in range(1, lapse + 1)))


def _ordered(asked: Question, day: date) -> Iterator[Line]:
    """Paid by the last day of an order, or after it."""
    for late in (-1, 0, 1, 30):
        yield _lapses({**asked, "order_deadline": str(day - timedelta(days=late)), **MONEY}, day, EDGES)


def _treatments(day: date, *months: int) -> list[dict[str, str]]:
    """One stay in hospital so many months after the payment."""
    return [
        {"date": f"{month(day, later)}-28", "kind": "inpatient", "amount": "10000.00", "normal_ratio": "0.80"}
        for later in months
    ]
