"""What the articles say of this very case, each with our verdict (Assessment: `claims`).

Each is worked out by the article's own numbers, right or wrong, so that a reader can hold it beside our answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import compress
from typing import Any

from calculator import words
from calculator.assessment import plain, range_words, value_words
from calculator.case import Case, Treatment
from calculator.claim import ANYWHERE, Asked, Json, Said, money
from calculator.cost import days_late
from calculator.further.workdays import working_day_after
from calculator.lapse import Lapse
from calculator.ranges import Range, exact
from calculator.resume import resume_range
from calculator.rulebook import Rulebook
from calculator.values import NO_WAIT, Length, Ratio, days_of, first_of, times, to_cents

Entry = dict[str, Any]
NO_NEWBORN = {"newborn_days": None, "birthday": None}
ZERO = Decimal(0)


def claims_of(case: Case, lapse: Lapse, rulebook: Rulebook) -> tuple[Entry, ...]:
    """Claims whose conditions all hold for what the Case says; a condition on something not known does not hold."""
    known = dict(zip(Case._fields, case, strict=True))
    known.update(known_of(case, lapse))
    found: list[Entry] = []
    made: dict[int, tuple[Entry, ...]] = {}
    for place in (ANYWHERE, *rulebook.lookup.chains[case.place]):
        if (meant := rulebook.claims.get((place, case.scheme))) is None:
            continue
        true = [_holds(asked, known) for asked in meant.asked]
        for entry, said in compress(meant.parts, map(true.__getitem__, meant.numbers)):
            if said is None:
                found.append(entry.copy())
                continue
            if (worked := made.get(id(said))) is None:
                worked = made[id(said)] = tuple(_entries(said, case, lapse, rulebook.calendar))
            found += [entry | value for value in worked]
    return tuple(found)


def _holds(asked: Asked, known: Mapping[str, Any]) -> bool:
    for key, accepted in asked:
        value = known[key]
        if value is None or value not in accepted:
            return False
    return True


def known_of(case: Case, lapse: Lapse) -> dict[str, Any]:
    """What a claim may ask beyond the keys of a Case. Residents' lapse is in years, everyone else's in months.

    paid: on the day of the question something was paid. year: the insured year, or that of the payment.
    month_of_year: the month of the payment counted from the insured year's January (1); before it 0 and less.
    """
    year = case.coverage_year
    return {
        "lapse": lapse.length,
        "paid": case.paid_on is not None and case.paid_on <= case.as_of,
        "year": year or case.day.year,
        "month_of_year": None if year is None else (case.day.year - year) * 12 + case.day.month,
        **(_newborn(case, case.born_on) if case.born_on is not None else NO_NEWBORN),
    }


def _newborn(case: Case, born_on: date) -> dict[str, Any]:
    """Days from birth to registration, and the day of birth in its year: 901 is 1 September."""
    registered = case.registered_on or case.day
    return {"newborn_days": (registered - born_on).days, "birthday": born_on.month * 100 + born_on.day}


def _entries(said: Said, case: Case, lapse: Lapse, calendar: Json | None) -> Iterable[Entry]:
    work = _WORK.get(said.how)
    if work is None:
        return _visits(said, case) if said.how == "visit" else _span(said, case, lapse, calendar)
    value = work(said.terms, case, lapse)
    if value is None and said.how != "daily_rate":  # a rate is news also to who has not said how much is owed
        return ()
    return (_entry(said.key, value),)


def _entry(key: str, value: Any) -> Entry:
    entry = {"key": key, "value": plain(value), "text": words.CANNOT_TELL_TEXT if value is None else value_words(value)}
    if isinstance(value, Length):
        entry["unit"] = value.unit
    return entry


def _fee(terms: Json, case: Case, lapse: Lapse) -> Decimal | None:
    """The article's daily rate on each month in arrears, from the last day to pay it to the payment."""
    rate = Decimal(terms["daily_rate"])
    days = [(item.amount, days_late(item.due_on, case.day)) for item in case.missed if item.due_on is not None]
    return to_cents(sum((amount * rate * late for amount, late in days), ZERO)) if days else None


def _day(terms: Json, case: Case, lapse: Lapse) -> date | None:
    """From a day of the Case: so much later, then where the article lets it land."""
    start = _start(terms["from"], case, lapse)
    if start is None:
        return None
    if "plus" in terms:
        start = terms["plus"].after(start)
    if "next" in terms:  # the next such day of a calendar year
        month, day = terms["next"]
        this_year = date(start.year, month, day)
        start = this_year if start <= this_year else date(start.year + 1, month, day)
    if "land" in terms:
        landed: date = resume_range(terms["land"], exact(NO_WAIT), start).value
        start = landed
    if terms.get("month_end"):
        return start.replace(day=days_of(start.year, start.month))
    return start.replace(day=terms["date"]) if "date" in terms else start


def _span(said: Said, case: Case, lapse: Lapse, calendar: Json | None) -> Iterator[Entry]:
    """From a day of the Case: not before `least` later, and not after `most`; in working days where the article says so."""
    terms = said.terms
    start = _start(terms["from"], case, lapse)
    if start is not None:
        low, high = (
            working_day_after(start, terms[bound].n, calendar) if terms.get("working")
            else exact(terms[bound].after(start))
            for bound in ("least", "most")
        )
        found = Range(low.low, high.high)
        yield {"key": said.key, "value": None, "low": plain(found.low), "high": plain(found.high), "text": range_words(found)}


def _start(name: str, case: Case, lapse: Lapse) -> date | None:
    """A key of the Case that is a date, or: payment, first_unpaid, year_start, next_year (after the payment)."""
    if name == "payment":
        return case.day
    if name == "first_unpaid":
        return lapse.first_day
    if name == "year_start":
        return None if case.coverage_year is None else first_of(case.coverage_year)
    if name == "next_year":
        return first_of(case.day.year + 1)
    day: date | None = getattr(case, name)
    return day


def _amount(terms: Json, case: Case, lapse: Lapse) -> Decimal | None:
    """So many times an amount (or a count) of the Case, not below `least` and not above `most`."""
    base = lapse.length if terms["of"] == "lapse" else getattr(case, terms["of"])
    if base is None:
        return None
    amount = Decimal(base) * Decimal(terms.get("times", "1"))
    least, most = money(terms.get("least")), money(terms.get("most"))
    amount = amount if least is None else max(amount, least)
    return to_cents(amount if most is None else min(amount, most))


def _length(terms: Json, case: Case, lapse: Lapse) -> Length | None:
    """So long for each lapsed month or year."""
    return None if lapse.length is None else times(terms["each"], lapse.length)


_WORK: dict[str, Callable[[Json, Case, Lapse], Any]] = {
    "daily_rate": _fee,
    "day": _day,
    "amount": _amount,
    "length": _length,
}


def _visits(said: Said, case: Case) -> Iterator[Entry]:
    """One entry a visit: what the article lets the fund pay, or at which ratio. `most` is for a year in all."""
    terms, spent = said.terms, case.reimbursed_this_year or ZERO
    for index, visit in enumerate(case.treatments):
        if visit.kind not in terms.get("kinds", (visit.kind,)):
            continue
        key = said.key.replace(".N.", f".{index}.")
        ratio = _ratio(terms, visit)
        if ratio is None or not _can_tell(terms, case):
            continue
        if key.endswith(".ratio"):
            yield _entry(key, ratio)
            continue
        fund = to_cents(max(ZERO, visit.amount - (money(terms.get("above")) or ZERO)) * ratio)
        if "most" in terms:
            fund = min(fund, max(ZERO, Decimal(terms["most"]) - spent))
        if not _open(terms, case, visit):
            fund = ZERO
        spent += fund
        yield _entry(key, to_cents(fund))


def _ratio(terms: Json, visit: Treatment) -> Ratio | None:
    if "ratio" in terms:
        return Ratio(terms["ratio"])
    share = Decimal(terms.get("share", "1"))
    return None if visit.normal_ratio is None else Ratio((visit.normal_ratio * share).normalize())


def _can_tell(terms: Json, case: Case) -> bool:
    """Whether the Case says what the article asks: the day of signing, what the account has paid."""
    signing = not terms.get("signed") or case.signed_on is not None
    return signing and ("after_spending" not in terms or case.account_spent is not None)


def _open(terms: Json, case: Case, visit: Treatment) -> bool:
    """Whether the visit is after the signing, and the account has been spent so far, where the article asks that."""
    signed = not terms.get("signed") or (case.signed_on is not None and visit.date >= case.signed_on)
    threshold = money(terms.get("after_spending"))
    return signed and (threshold is None or (case.account_spent or ZERO) >= threshold)
