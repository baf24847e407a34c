"""Can I use it today (Assessment: `use_now`): the pooled fund, the personal account, and each kind of visit.

All of it is read off what restoration found; the day is the day of the question, and a payment still to come counts
as none.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from calculator import words
from calculator.alternatives import said_by
from calculator.case import Case
from calculator.findings import Finding, Findings, Other
from calculator.further import money_words as say
from calculator.lapse import Lapse
from calculator.ranges import UNKNOWN, exact
from calculator.resume import no_wait
from calculator.rulebook import Rulebook
from calculator.schedule import Payment

READ_UNPAID = frozenset({"benefits_stop_on"})
READ_OF_FUND = READ_UNPAID | {"benefits_resume_on", "payment_effect"}
READ_OF_ACCOUNT = frozenset({"account.usable", "account.in_wait"})
"""What was found before and is read here: of the fund, of an unpaid gap only the first, and of the account."""


class Today(NamedTuple):
    """What the fund does today, and whether that is the usual (`covered`), the wait (`waiting`) or neither."""

    fund: Finding
    stage: str = ""


def fill(case: Case, rulebook: Rulebook, lapse: Lapse, found: Findings) -> None:
    """`use_now.fund`, `.account`, `.inpatient`, `.outpatient`, `.pharmacy`: true, false or not known.

    What other readings come to is read off their own findings in the same way.
    """
    today, paid = _today(case, lapse, found), case.paid_by(case.as_of)
    main, read = _five(case, found, today), READ_OF_FUND if paid else READ_UNPAID
    others: dict[str, list[Other]] = {}
    for variant, theirs in found.variants:
        changed = theirs.changed.keys()
        then = today if changed.isdisjoint(read) else _today(case, lapse, theirs)
        if changed.isdisjoint(READ_OF_ACCOUNT) and (then.fund.range, then.stage) == (today.fund.range, today.stage):
            continue
        for name, finding in _five(case, theirs, then).items():
            if finding.range.known and finding.range != main[name].range:
                others.setdefault(name, []).append(said_by(variant, finding.range))
    for name, finding in main.items():
        found.answers[f"use_now.{name}"] = finding._replace(others=tuple(others[name])) if name in others else finding


def _five(case: Case, found: Findings, today: Today) -> dict[str, Finding]:
    fund, account = today.fund, _account(case, found, today)
    by_either = _either(fund, account)
    return {
        "fund": fund,
        "account": account,
        "inpatient": fund,
        "outpatient": by_either,
        "pharmacy": account if account.range.value is True else _pharmacy(fund, account),
    }


def _today(case: Case, lapse: Lapse, found: Findings) -> Today:
    """Where today lies: covered – stopped – paid (and waiting) – restored."""
    today = case.as_of
    stop, resume = found.answers["benefits_stop_on"], found.answers["benefits_resume_on"]
    if lapse.length == 0 and lapse.unit == "month" and case.situation != "first_enrolment":
        if case.stopped_unpaid:
            return Today(Finding(UNKNOWN, note=words.STOPPED_WITHOUT_LAPSE))
        return Today(Finding(exact(True), note=words.NO_LAPSE), "covered")
    if case.last_covered_year is not None and today.year <= case.last_covered_year:
        return Today(Finding(exact(True), note=say.YEAR_COVERED), "covered")
    first = stop.range.low or lapse.first_day
    if first is not None and today < first:
        return Today(Finding(exact(True), stop.rules, say.NOT_STOPPED), "covered")
    if case.paid_by(case.as_of):
        if resume.range.high is not None and today >= resume.range.high:
            return Today(Finding(exact(True), resume.rules, say.RESTORED_NOW), "covered")
        return _after_payment(today, found)
    if stop.range.high is not None and today >= stop.range.high:
        return Today(Finding(exact(False), stop.rules, say.STOPPED_NOW))
    if case.new:
        return Today(Finding(exact(False), note=say.NOT_YET_INSURED))
    return Today(Finding(UNKNOWN, stop.rules, say.STOP_UNKNOWN))


def _after_payment(today: date, found: Findings) -> Today:
    """Paid, but not surely restored: what the fund pays today."""
    resume, effect = found.answers["benefits_resume_on"], found.answers["payment_effect"]
    payment, sure = effect.range.value, resume.range.low
    if sure is not None and today >= sure:
        return Today(Finding(UNKNOWN, resume.rules, say.MAYBE_RESTORED))
    stretch = payment.on(today) if isinstance(payment, Payment) else None
    if isinstance(payment, Payment) and (payment.kind == "zero" or (stretch is not None and stretch.ratio == 0)):
        note = say.PAID_NOT_YET if no_wait(found.range("waiting")) else say.IN_WAIT_NOW
        return Today(Finding(exact(False), effect.rules, note), "waiting")
    if stretch is not None:
        return Today(Finding(exact(True), effect.rules, say.reduced(stretch)), "waiting")
    if isinstance(payment, Payment) and payment.kind == "none" and sure is not None:
        return Today(Finding(exact(False), resume.rules, say.PAID_NOT_YET))
    return Today(Finding(UNKNOWN, effect.rules or resume.rules, say.RESTORED_UNKNOWN if sure is None else say.WAIT_UNKNOWN))


def _account(case: Case, found: Findings, today: Today) -> Finding:
    """The balance: what the Case says of it, then the rule for the time that today is in."""
    usable = found.answers["account.usable"]
    if usable.note == words.NO_ACCOUNT:
        return Finding(exact(False), usable.rules, words.NO_ACCOUNT)
    if case.account_status in say.BLOCKED:
        return Finding(exact(False), note=say.BLOCKED[case.account_status])
    if case.account_status == "cancelled":
        return Finding(UNKNOWN, note=say.CANCELLED)
    if case.account_balance == 0:
        return Finding(exact(False), note=say.NO_BALANCE)
    if today.stage == "covered":
        return Finding(exact(True), today.fund.rules, f"{today.fund.note}{say.ACCOUNT_AS_USUAL}")
    in_wait = found.answers.get("account.in_wait")
    return in_wait if today.stage == "waiting" and in_wait is not None and in_wait.range.known else usable


def _either(fund: Finding, account: Finding) -> Finding:
    """One of two ways to pay is enough; both must be shut for a no."""
    for way in (fund, account):
        if way.range.value is True:
            return way
    if account.range.value is False:
        return fund
    return Finding(UNKNOWN, tuple(dict.fromkeys((*fund.rules, *account.rules))), say.OUTPATIENT_UNKNOWN)


def _pharmacy(fund: Finding, account: Finding) -> Finding:
    """Without the account, whether the fund pays at a pharmacy is for the place to say."""
    if fund.range.value is False and account.range.value is False:
        return fund
    return Finding(UNKNOWN, tuple(dict.fromkeys((*account.rules, *fund.rules))), say.PHARMACY_UNKNOWN)
