"""Every date that matters to the person, in order (Assessment: `deadlines`).

Days up to which something can be done, or should be done by others: as answered elsewhere, or straight from the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from calculator.case import Case
from calculator.findings import Findings
from calculator.further import year_words as say
from calculator.rulebook import Rule, Rulebook
from calculator.window import window_rule

Json = dict[str, Any]
ANSWERED = {
    "employer_registration": "registration.employer_by",
    "registration": "registration.done_by",
    "newborn": "registration.newborn_by",
    "transfer": "transfer.done_by",
    "manual_claim": "manual_claim.decided_by",
    "back_payment": "back_payment.until",
    "deferral": "deferral.until",
    "years_reached": "retirement.reached_on",
}
"""Deadlines that are answers, by the key of the answer."""


class Deadline(NamedTuple):
    """day: the day itself, or, unless exact, the earliest it can be. days_left: from the day of the question."""

    key: str
    day: date
    days_left: int
    text: str
    rules: tuple[str, ...]
    exact: bool = True

    def to_json(self) -> Json:
        return {
            "key": self.key,
            "date": str(self.day),
            "exact": self.exact,
            "days_left": self.days_left,
            "text": self.text,
            "rules": list(self.rules),
        }


def deadlines(case: Case, rulebook: Rulebook, found: Findings, used: Iterable[Rule]) -> tuple[Deadline, ...]:
    """In the order of their dates. used: the rules that the answers rest on."""
    made = [*_answered(case, found), *_own(case), *_resident(case, rulebook), *_review(case, used)]
    return tuple(sorted(made, key=lambda one: (one.day, one.key)))


def _deadline(
    case: Case, key: str, day: date, rules: tuple[str, ...], *, exact: bool = True, year: int | None = None
) -> Deadline:
    left = (day - case.as_of).days
    what = say.DEADLINES[key].format(year=year)
    return Deadline(key, day, left, say.deadline_words(what, day, left, exact), rules, exact)


def _answered(case: Case, found: Findings) -> Iterator[Deadline]:
    for key, answer in ANSWERED.items():
        if (finding := found.answers.get(answer)) is not None and not _done(case, key):
            day = finding.range.low if finding.range.low is not None else finding.range.high
            if day is not None:
                exact = finding.range.known or finding.range.low is None
                yield _deadline(case, key, day, tuple(rule.id for rule in finding.rules), exact=exact)


def _done(case: Case, key: str) -> bool:
    """What the day is the last for has been done."""
    applied = case.applied_on is not None and case.applied_on <= case.as_of
    return (key == "newborn" and case.paid_by(case.as_of)) or (key == "employer_registration" and applied)


def _own(case: Case) -> Iterator[Deadline]:
    """Days that the person named: what a letter or a plan says."""
    if case.order_deadline is not None:
        yield _deadline(case, "order_deadline", case.order_deadline, ())
    if case.retires_on is not None:
        yield _deadline(case, "retirement", case.retires_on, ())


def _resident(case: Case, rulebook: Rulebook) -> Iterator[Deadline]:
    """The windows of this and the next insured year, as far as they lie ahead."""
    if case.coverage_year is None:
        return
    for year in (case.coverage_year, case.coverage_year + 1):
        if (window := window_rule(case.place, year, rulebook)) is None:
            continue
        first, last, rule = window
        if first is not None and first >= case.as_of:
            yield _deadline(case, "window_opens", first, (rule.id,), year=year)
        if last >= case.as_of:
            yield _deadline(case, "window_closes", last, (rule.id,), year=year)


def _review(case: Case, used: Iterable[Rule]) -> Iterator[Deadline]:
    """When the first of the rules that were used has to be looked at again."""
    dated = [(rule.review_by, rule.id) for rule in used if rule.review_by is not None]
    if dated:
        day = min(day for day, _ in dated)
        yield _deadline(case, "review", day, tuple(rule for due, rule in dated if due == day))
