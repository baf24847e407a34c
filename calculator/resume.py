"""From a payment day and a wait to the first day with full benefits.

Places write it in five ways (evidence K-003, K-004): the payment month, the payment day, the day after, the next
month, or after a wait that itself starts on one of these.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from calculator.ranges import UNKNOWN, Range, exact
from calculator.values import NO_WAIT, Length

ONE_DAY = timedelta(days=1)
END_DAYS = {
    "day_after_wait_from_payment_day": (ONE_DAY, ONE_DAY),
    "wait_from_payment_day_or_next": (timedelta(0), ONE_DAY),
}


def month_start(day: date, months_later: int = 0) -> date:
    index = day.year * 12 + day.month - 1 + months_later
    return date(index // 12, index % 12 + 1, 1)


LANDINGS: dict[str | None, Callable[[date], date]] = {
    "payment_day": lambda day: day,
    "next_day": lambda day: day + ONE_DAY,
    "payment_month": month_start,
    "next_month": lambda day: month_start(day, 1),
}
"""Benefits from a day that no wait moves."""


def wait_starts(resume: str | None, day: date) -> date:
    """The day a wait is counted from. day: the payment."""
    if resume == "wait_from_payment_month":
        return month_start(day)
    if resume == "wait_from_next_month":
        return month_start(day, 1)
    return day


def resume_range(resume: str | None, wait: Range, day: date) -> Range:
    """The first day with full benefits. resume: how the text puts it, None = it does not say. day: the payment.

    Where the text gives a wait and no way of counting it, every way that some place writes lies inside the bounds.
    """
    if resume in LANDINGS:
        return exact(LANDINGS[resume](day))
    if wait == UNKNOWN:
        return UNKNOWN
    if resume is None:
        return Range(
            None if wait.low is None else _earliest(wait.low, day),
            None if wait.high is None else _latest(wait.high, day),
        )
    start = wait_starts(resume, day)
    sooner, later = END_DAYS.get(resume, (timedelta(0), timedelta(0)))
    return Range(
        None if wait.low is None else wait.low.after(start) + sooner,
        None if wait.high is None else wait.high.after(start) + later,
    )


def _earliest(wait: Length, day: date) -> date:
    return wait.after(day) if wait.unit == "day" and wait.n else wait.after(month_start(day))


def _latest(wait: Length, day: date) -> date:
    return wait.after(day) + ONE_DAY if wait.unit == "day" and wait.n else wait.after(month_start(day, 1))


def no_wait(wait: Range) -> bool:
    return wait.known and wait.value.n == NO_WAIT.n
