"""The ways that are open: pay today, at the month's end, next month, in the enrolment window; with or without the gap.

Every option is a whole Case that anyone may put to `assess`. One that is no Case on its day is not listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from calculator.advice import words
from calculator.case import Case
from calculator.case_error import CaseError
from calculator.dues import dues_of, unlisted
from calculator.further.back_payment import may_be_paid
from calculator.lapse import lapse_of
from calculator.resume import ONE_DAY, month_start
from calculator.rulebook import Rulebook
from calculator.values import first_of
from calculator.window import dates_of


class Option(NamedTuple):
    """One way. id: stable name (`today`, `month_end.back_paid`, `repair.2`). notes: what to know before taking it."""

    id: str
    title: str
    case: Case
    notes: tuple[str, ...] = ()


def options(case: Case, rulebook: Rulebook) -> Iterator[Option]:
    """All ways, in the order of their days, none twice; none once the payment lies in the past, or for someone who has died."""
    if case.account_status == "deceased" or case.settled:
        return
    ways = _resident if case.scheme == "resident" else _monthly
    seen: list[Case] = []
    for option in ways(case, rulebook):
        if option.case in seen or not _holds(option.case, rulebook):
            continue
        seen.append(option.case)
        yield option


def _holds(case: Case, rulebook: Rulebook) -> bool:
    try:
        Case.parse(case.to_json(), rulebook)
    except CaseError:
        return False
    return True


def _days(case: Case) -> dict[str, tuple[str, date]]:
    """Option id → how it is called and the day of payment."""
    end = month_start(case.as_of, 1) - ONE_DAY
    days = {"today": (words.TODAY, case.as_of)}
    if end > case.as_of:
        days["month_end"] = (words.MONTH_END, end)
    days["next_month"] = (words.NEXT_MONTH, end + ONE_DAY)
    if case.paid_on is not None and case.paid_on not in [day for _, day in days.values()]:
        days["planned"] = (words.PLANNED, case.paid_on)
    return dict(sorted(days.items(), key=lambda one: one[1][1]))


def _monthly(case: Case, rulebook: Rulebook) -> Iterator[Option]:
    free = pays_gap_oneself(case)
    for name, (pattern, day) in _days(case).items():
        paid = _paid(case, day)
        if not (free and lapse_of(paid).length):
            title = words.paying_title(pattern, day, case, back_paid=None, years_repaid=None)
            yield Option(name, title, paid, _unlisted(paid, rulebook))
            continue
        for back_paid in (True, False) if may_pay_the_gap(paid, rulebook) else (False,):
            asked = paid._replace(back_paid=back_paid)
            title = words.paying_title(pattern, day, case, back_paid=back_paid, years_repaid=None)
            notes = (*_who_pays(paid, rulebook), *_unlisted(asked, rulebook)) if back_paid else ()
            yield Option(f"{name}.{'back_paid' if back_paid else 'not_back_paid'}", title, asked, notes)


def pays_gap_oneself(case: Case) -> bool:
    """Whether paying the missing months is a choice: an employer has to, and who was never insured has none."""
    return case.situation not in ("employer_arrears", "first_enrolment")


def _who_pays(case: Case, rulebook: Rulebook) -> tuple[str, ...]:
    """What to know before paying the missing months."""
    if case.scheme == "employee":
        return (words.BY_EMPLOYER,)
    return () if may_be_paid(case, rulebook, lapse_of(case)) else (words.BACK_PAY_BY_PLACE,)


def may_pay_the_gap(case: Case, rulebook: Rulebook) -> bool:
    """Unless a rule in force says that on the day of payment the missing months cannot be paid any more."""
    return may_be_paid(case, rulebook, lapse_of(case)) is not False


def _unlisted(case: Case, rulebook: Rulebook) -> tuple[str, ...]:
    """Whoever lists what is owed has not listed the months still to come; no rule may price them either."""
    lapse = lapse_of(case)
    return (words.MONTHS_NOT_LISTED,) if case.missed and unlisted(dues_of(case, rulebook, lapse), lapse) else ()


def _resident(case: Case, rulebook: Rulebook) -> Iterator[Option]:
    assert case.coverage_year is not None
    first, _ = dates_of(case.place, case.coverage_year, rulebook) or (None, None)
    for name, (pattern, day) in _days(case).items():
        if (case.year_over(day) and not _reaches_back(case)) or (first is not None and day < first):
            continue
        title = words.paying_title(pattern, day, case, back_paid=None, years_repaid=case.years_repaid or None)
        yield Option(name, title, _paid(case, day), _perhaps_closed(case, day, first))
    yield from _windows(case, rulebook)
    yield from _repairs(case, first)


def _perhaps_closed(case: Case, day: date, first: date | None) -> tuple[str, ...]:
    """Before the insured year one can pay only once its window is open; where that is not known, it is said."""
    assert case.coverage_year is not None
    known = first is not None or case.in_window is not None
    return () if known or day.year >= case.coverage_year else (words.PERHAPS_CLOSED.format(year=case.coverage_year),)


def _windows(case: Case, rulebook: Rulebook) -> Iterator[Option]:
    """Wait for a window that has not opened: this insured year's or the next one's."""
    assert case.coverage_year is not None
    for year in (case.coverage_year, case.coverage_year + 1):
        first, _ = dates_of(case.place, year, rulebook) or (None, None)
        if first is None or first <= case.as_of:
            continue
        asked = _paid(case._replace(coverage_year=year), first)
        skipped = year > case.coverage_year
        notes = (words.OTHER_YEAR.format(year=year, skipped=case.coverage_year),) if skipped else ()
        title = words.paying_title(words.IN_WINDOW, first, asked, back_paid=None, years_repaid=case.years_repaid or None)
        yield Option(f"window.{year}", title, asked, notes)


def _repairs(case: Case, first: date | None) -> Iterator[Option]:
    """Repay 0 … n of the lapsed years, on the planned day or today; on the window's first day if it is not open by then."""
    lapse = lapse_of(case)
    day = case.day if first is None else max(case.day, first)
    if case.exempt_group is not None or lapse.unit != "year" or not lapse.length or case.year_over(day):
        return
    pattern = words.TODAY if day == case.as_of else words.PLANNED if day == case.day else words.IN_WINDOW
    notes = _perhaps_closed(case, day, first)
    for years in range(lapse.length + 1):
        if years != case.years_repaid:
            title = words.paying_title(pattern, day, case, back_paid=None, years_repaid=years)
            yield Option(f"repair.{years}", title, _paid(case, day)._replace(years_repaid=years), notes)


def _paid(case: Case, day: date) -> Case:
    """The Case as it would be with the payment on `day`.

    Whether a day lies in the enrolment window was said of one day only; a newborn not yet registered is registered then.
    """
    told = day == case.day
    birth = case.exempt_group == "newborn" and case.registered_on is None
    return case._replace(
        paid_on=day,
        in_window=case.in_window if told else None,
        registered_on=day if birth else case.registered_on,
    )


def _reaches_back(case: Case) -> bool:
    """A newborn's cover begins at birth, whenever within the time it is registered: also when the year is over."""
    return case.exempt_group == "newborn" and case.born_on is not None


def last_day_to_pay(case: Case) -> date:
    """No payment for a resident's insured year after it is over; otherwise a year from the day of the question."""
    horizon = month_start(case.as_of, 12)
    if case.coverage_year is None or _reaches_back(case):
        return horizon
    return min(horizon, first_of(case.coverage_year + 1) - ONE_DAY)
