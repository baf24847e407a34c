"""The months that are due and what each costs: as the Case says, else as the rule of that month says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from calculator.case import Case
from calculator.lapse import Lapse
from calculator.model import Contribution
from calculator.ranges import UNKNOWN, Range, exact
from calculator.rulebook import Rulebook, Spoken, Variant
from calculator.values import YearMonth, to_cents

BY_RULE = "flexible"
"""Whoever pays all of it alone. Of an employee's month no rule says which part is the employer's, so the Case must say it."""


class Due(NamedTuple):
    """One unpaid month. amount: CNY due, with bounds where only they are known. due_on: the last day to pay it in time,
    None = not known. spoken: the rule that the amount comes from, None = the Case says it."""

    month: YearMonth
    amount: Range
    due_on: date | None = None
    spoken: Spoken | None = None


def dues_of(case: Case, rulebook: Rulebook, lapse: Lapse, variant: Variant | None = None) -> list[Due]:
    """The listed months; then the lapse's other months, at the monthly amount, else as far as a rule prices them."""
    dues = [Due(item.month, exact(item.amount), item.due_on) for item in case.missed]
    if case.monthly_amount is None and case.scheme != BY_RULE:
        return dues
    listed = {item.month for item in case.missed}
    others = [month for month in months_of(lapse) if month not in listed]
    if case.monthly_amount is not None:
        price = exact(case.monthly_amount)
        return [*dues, *(Due(month, price) for month in others)]
    return [*dues, *_by_rule(case, rulebook, others, variant)]


def months_of(lapse: Lapse) -> list[YearMonth]:
    """The months of a lapse; none where it is counted in years or not known."""
    first, last = lapse.first, lapse.last
    if not isinstance(first, YearMonth) or not isinstance(last, YearMonth):
        return []
    return [first.plus(index) for index in range(first.until(last) + 1)]


def unlisted(dues: Iterable[Due], lapse: Lapse) -> bool:
    """Of some month of the lapse nobody says just what it costs: what is known is then the least that is due."""
    priced = {due.month for due in dues if due.amount.known}
    return any(month not in priced for month in months_of(lapse))


def _by_rule(case: Case, rulebook: Rulebook, months: Iterable[YearMonth], variant: Variant | None) -> Iterator[Due]:
    """Each month by what is in force on its first day: a price that begins later is not known to hold for all of it."""
    for month in months:
        spoken = rulebook.first("contribution", case.place, case.scheme, None, month.first_day(), variant)
        if spoken is not None:
            assert isinstance(spoken.value, Contribution)
            price = _month_price(spoken.value, case.contribution_base)
            if price is not None:
                yield Due(month, price, None, spoken)


def _month_price(terms: Contribution, base: Decimal | None) -> Range | None:
    """CNY a month. UNKNOWN: it is a share of a base that the Case does not say. None: the rule prices no month."""
    price = terms.monthly
    if price is None and terms.rate is not None:
        if base is None:
            return UNKNOWN
        price = base * terms.rate
    if price is None:
        return None
    price = to_cents(price)
    return Range(price, None if terms.at_least else price)
