"""The last day on which something is still possible: after it the same payment waits longer or is made good no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from calculator.advice import words
from calculator.advice.options import last_day_to_pay, may_pay_the_gap, pays_gap_oneself
from calculator.assessment import range_words
from calculator.case import Case
from calculator.case_error import CaseError
from calculator.evaluate import terms_of
from calculator.ranges import UNKNOWN, Range, in_days
from calculator.resume import ONE_DAY, month_start
from calculator.rulebook import Rulebook
from calculator.values import Length
from calculator.words import NO_COVER_OUTSIDE, PAID_AFTER_YEAR

Json = dict[str, Any]
MONTHS_AHEAD = 12


class Terms(NamedTuple):
    """What a payment on some day comes to, as far as it can get worse.

    lapsed: the lapse has begun. payable: the missing months, if they are to be paid too, still can be.
    """

    wait: Range
    retroactive: Range
    covered: bool
    lapsed: bool
    payable: bool
    rules: tuple[str, ...]

    @property
    def key(self) -> tuple[Range, Range, bool, bool, bool]:
        return self.wait, self.retroactive, self.covered, self.lapsed, self.payable


class LastDay(NamedTuple):
    """day: the last day of the better terms. days_left: from `as_of`, 0 = today. rules: what the worse terms rest on."""

    day: date
    days_left: int
    text: str
    rules: tuple[str, ...]

    def to_json(self) -> Json:
        return {"date": str(self.day), "days_left": self.days_left, "text": self.text, "rules": list(self.rules)}


def last_days(case: Case, rulebook: Rulebook) -> tuple[LastDay, ...]:
    """Every last day within a year, the nearest first.

    Whoever has not said whether the missing months are paid too is told of both.
    """
    undecided = case.scheme != "resident" and case.back_paid is None
    ways = [case._replace(back_paid=paid) for paid in (True, False)] if undecided else [case]
    each = [list(_of_one_way(way, rulebook)) for way in ways]
    if _sayings(each[0]) == _sayings(each[-1]):  # whatever they rest on, the reader is told the same
        each = each[:1]
    else:
        each = [[_prefixed(day, way) for day in days] for days, way in zip(each, ways, strict=True)]
    found = dict.fromkeys(day for days in each for day in days)
    return tuple(sorted(found, key=lambda last: last.day))


def _sayings(days: list[LastDay]) -> list[tuple[date, str]]:
    return [(last.day, last.text) for last in days]


def _prefixed(last: LastDay, case: Case) -> LastDay:
    return last._replace(text=words.WITH_GAP[case.back_paid] + last.text)


def _of_one_way(case: Case, rulebook: Rulebook) -> Iterator[LastDay]:
    """Terms are looked at on the first day of each month; where two differ, the day between is searched by halving."""
    day, here = case.as_of, _terms(case, case.as_of, rulebook)
    for probe in _probes(case):
        there = _terms(case, probe, rulebook)
        while here is not None and there is not None and there.key != here.key:
            turn, after = _turn(case, day, here, probe, rulebook)
            if _worse(here, after):
                yield _said(case, turn - ONE_DAY, here, after)
            day, here = turn, after
        day, here = probe, there


def _probes(case: Case) -> Iterator[date]:
    """The first of each month to come, and the last day that payment makes sense."""
    end = last_day_to_pay(case)
    yield from (first for later in range(1, MONTHS_AHEAD) if (first := month_start(case.as_of, later)) < end)
    yield end


def _terms(case: Case, day: date, rulebook: Rulebook) -> Terms | None:
    """None where the Case does not hold on that day."""
    asked = case._replace(paid_on=day, in_window=None, registered_on=_registered(case, day))
    try:
        asked = Case.parse(asked.to_json(), rulebook)
    except CaseError:
        return None
    lapse, found = terms_of(asked, rulebook)
    resume = found.answers["benefits_resume_on"]
    covered = not any(reason in (resume.note or "") for reason in (NO_COVER_OUTSIDE, PAID_AFTER_YEAR))
    rules = tuple(rule.id for rule in (found.answers["waiting"].rules or resume.rules))
    payable = not (asked.back_paid and pays_gap_oneself(asked)) or may_pay_the_gap(asked, rulebook)
    return Terms(found.range("waiting"), found.range("retroactive"), covered, bool(lapse.length), payable, rules)


def _registered(case: Case, day: date) -> date | None:
    return day if case.exempt_group == "newborn" and case.registered_on is None else case.registered_on


def _turn(case: Case, before: date, here: Terms, after: date, rulebook: Rulebook) -> tuple[date, Terms]:
    """The first day after `before` on which the terms are no longer those of `here`, and these."""
    low, high, found = before, after, here
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        terms = _terms(case, middle, rulebook)
        if terms is not None and terms.key == here.key:
            low = middle
        else:
            high = middle
    found = _terms(case, high, rulebook) or here
    return high, found


def _worse(here: Terms, there: Terms) -> bool:
    """The months cannot be paid any more, cover is lost, the lapse begins, the wait grows, or the gap is not made good."""
    if not (here.payable and there.payable):
        return here.payable
    if here.covered and not there.covered:
        return True
    if there.lapsed and not here.lapsed:
        return True
    if here.retroactive.low is True and there.retroactive.low is not True:
        return True
    return _grew(here.wait, there.wait)


def _grew(here: Range, there: Range) -> bool:
    if UNKNOWN in (here, there):
        return False
    lows, highs = _days(here.low) < _days(there.low), _days(here.high) < _days(there.high)
    return (lows or highs) and _days(here.low) <= _days(there.low) and _days(here.high) <= _days(there.high)


def _days(length: Length | None) -> float:
    """For comparing only; no bound is more than any."""
    return float("inf") if length is None else in_days(length)[1]


def _said(case: Case, day: date, here: Terms, there: Terms) -> LastDay:
    left = (day - case.as_of).days
    pattern = words.LAST_DAY if left else words.LAST_DAY_TODAY
    from_birth = case.exempt_group == "newborn" and here.retroactive.value is True
    said = _newborn_words if from_birth and there.covered else _terms_words
    before, after = said(here, there), said(there, here)
    text = pattern.format(day=words.short_day(day, case.as_of), before=before, after=after, left=left)
    return LastDay(day, left, text, there.rules)


def _newborn_words(terms: Terms, _: Terms) -> str:
    """A newborn has no gap and waits for nothing: from when bills are paid is all there is to say."""
    if terms.retroactive.value is True:
        return words.FROM_BIRTH
    return words.FROM_PAYMENT if terms.retroactive.value is False else words.FROM_UNKNOWN


def _terms_words(terms: Terms, other: Terms) -> str:
    """What changes, in words."""
    if not terms.payable:
        return words.NOT_PAYABLE
    if not terms.covered:
        return words.NO_COVER
    if not terms.lapsed and other.lapsed:
        return words.NO_LAPSE
    said = [words.LAPSED] if terms.lapsed and not other.lapsed else []
    if terms.wait != other.wait or not (other.covered and other.payable):
        said.append(_wait_words(terms.wait))
    if said and terms.wait == UNKNOWN and terms.lapsed:
        said = said[:1]
    gap_alone = terms.retroactive != other.retroactive and terms.lapsed == other.lapsed
    if gap_alone and (terms.retroactive != UNKNOWN or not said):
        said.append(words.RETROACTIVE[terms.retroactive.value])
    return "，".join(said) or _wait_words(terms.wait)


def _wait_words(wait: Range) -> str:
    if wait == UNKNOWN:
        return words.WAIT_UNKNOWN
    said = range_words(wait)
    return said if wait.known and not wait.value.n else words.WAITS.format(wait=said)
