"""Each visit: was the person covered on that day, and who pays what (Assessment: `treatments`)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from calculator import words
from calculator.case import Case, Treatment
from calculator.findings import Finding, Findings
from calculator.lapse import Lapse
from calculator.ranges import UNKNOWN, Range, exact
from calculator.resume import no_wait
from calculator.rulebook import Rule
from calculator.schedule import Payment, Stretch
from calculator.values import Ratio, first_of, to_cents

ZERO, WHOLE = Decimal(0), Decimal(1)


class Verdict(NamedTuple):
    """covered: a range of true and false. share: the reduced benefit of that day, None = the normal one."""

    covered: Range
    note: str | None
    rules: tuple[Rule, ...] = ()
    share: Stretch | None = None


def treat(case: Case, lapse: Lapse, found: Findings) -> None:
    """Fill `treatments.N.covered`, `.fund_pays`, `.self_pay`, `.ratio`; everything else must be in `found` already."""
    found.verdicts = tuple([_covered(case, lapse, visit, found) for visit in case.treatments])
    for index, verdict in enumerate(found.verdicts):
        found.answers |= _findings(index, case.treatments[index], verdict)


def treat_otherwise(case: Case, lapse: Lapse, found: Findings, main: Findings) -> dict[str, Finding]:
    """What `treat` would fill in under another reading: of those visits alone on which it says something else than `main`."""
    made: dict[str, Finding] = {}
    for index, (visit, before) in enumerate(zip(case.treatments, main.verdicts, strict=True)):
        verdict = _covered(case, lapse, visit, found)
        if (verdict.covered, verdict.share) != (before.covered, before.share):
            made |= _findings(index, visit, verdict)
    return made


def _findings(index: int, visit: Treatment, verdict: Verdict) -> dict[str, Finding]:
    fund, why = _fund_pays(visit, verdict.covered, verdict.share)
    own = Range(to_cents(visit.amount - fund.high), to_cents(visit.amount - fund.low))
    note, key = why or verdict.note, f"treatments.{index}"
    return {
        f"{key}.covered": Finding(verdict.covered, verdict.rules, verdict.note),
        f"{key}.fund_pays": Finding(fund, verdict.rules, note),
        f"{key}.self_pay": Finding(own, verdict.rules, note),
        f"{key}.ratio": Finding(_ratio(visit, verdict), verdict.rules, note),
    }


def _covered(case: Case, lapse: Lapse, visit: Treatment, found: Findings) -> Verdict:
    """Where the visit's day lies: covered – stopped – paid (and waiting) – restored."""
    if case.born_on is not None and visit.date < case.born_on:
        return Verdict(exact(False), words.BEFORE_BIRTH)
    if lapse.length == 0 and lapse.unit == "month" and case.situation != "first_enrolment":
        if case.stopped_unpaid and case.benefits_stopped_on is not None and visit.date >= case.benefits_stopped_on:
            return Verdict(UNKNOWN, words.STOPPED_WITHOUT_LAPSE)
        return Verdict(exact(True), words.NO_LAPSE)
    resume, stop = found.answers["benefits_resume_on"], found.answers["benefits_stop_on"]
    first = stop.range.low or lapse.first_day
    if first is not None and visit.date < first:
        return Verdict(exact(True), words.WHILE_COVERED, stop.rules)
    if not case.open_ended and resume.range.high is not None and visit.date >= resume.range.high:
        return Verdict(exact(True), words.RESTORED, resume.rules)
    if resume.range.low is not None and visit.date >= resume.range.low:
        return Verdict(UNKNOWN, words.VISIT_BETWEEN, resume.rules)
    return _in_wait(visit, found) or _in_gap(case, visit, found)


def _in_wait(visit: Treatment, found: Findings) -> Verdict | None:
    """In every possible world the same stretch of reduced benefits, or None."""
    effect = found.answers["payment_effect"]
    shares = {_share(payment.value, visit) for payment in found.payments or (effect.range,)}
    if len(shares) != 1 or None in shares:
        return None
    ratio, cap = next(share for share in shares if share)
    pays = ratio != ZERO
    note = words.BEFORE_RESUMING if no_wait(found.range("waiting")) else words.IN_WAIT
    return Verdict(exact(pays), note, effect.rules, Stretch(visit.date, visit.date, ratio, cap))


def _share(payment: object, visit: Treatment) -> tuple[Decimal | None, Decimal | None] | None:
    """What the fund pays on the day of a visit, None outside the stretches or where it is not known."""
    stretch = payment.on(visit.date) if isinstance(payment, Payment) else None
    return (stretch.ratio, stretch.cap) if stretch else None


def _in_gap(case: Case, visit: Treatment, found: Findings) -> Verdict:
    """Reimbursed afterwards or not. Where the stop is not known, a bill that is reimbursed either way is covered."""
    back, stop = found.answers["retroactive"], found.answers["benefits_stop_on"].range
    waits = found.range("waiting")
    if visit.date >= case.day and not no_wait(waits) and not _before_the_year(case, visit):
        return Verdict(UNKNOWN, words.VISIT_UNKNOWN)
    if back.range.value is None:
        return Verdict(UNKNOWN, words.IN_GAP + back.note if back.note else words.IN_GAP_UNKNOWN, back.rules)
    if back.range.value is True or case.new or stop.known:
        return Verdict(back.range, words.IN_GAP, back.rules)
    return Verdict(UNKNOWN, words.IN_GAP_UNKNOWN, back.rules)


def _before_the_year(case: Case, visit: Treatment) -> bool:
    """Paid for or not, the insured year has not begun: its wait neither, so this is the gap still."""
    return case.coverage_year is not None and visit.date < first_of(case.coverage_year)


def _ratio(visit: Treatment, verdict: Verdict) -> Range:
    """The share that the fund pays of the eligible expense: the normal one, cut by the effect; a cap leaves it as it is."""
    if verdict.covered.value is False:
        return exact(Ratio(ZERO))
    cut = verdict.share.ratio if verdict.share is not None and verdict.share.ratio is not None else WHOLE
    most = Ratio(((visit.normal_ratio if visit.normal_ratio is not None else WHOLE) * cut).normalize())
    sure = verdict.covered.value is True and visit.normal_ratio is not None
    return exact(most) if sure else Range(Ratio(ZERO), most)


def _fund_pays(visit: Treatment, covered: Range, share: Stretch | None) -> tuple[Range, str | None]:
    """CNY the fund pays: amount × normal ratio × the effect's ratio, half up to 0.01; at most the effect's cap."""
    if covered.value is False:
        return exact(to_cents(ZERO)), None
    most = visit.amount * (visit.normal_ratio if visit.normal_ratio is not None else WHOLE)
    if share is not None and share.ratio is not None:
        most *= share.ratio
    if share is not None and share.cap is not None:
        most = min(most, share.cap)
    if covered.value is None or visit.normal_ratio is None:
        return Range(to_cents(ZERO), to_cents(most)), words.NO_RATIO if visit.normal_ratio is None else None
    return exact(to_cents(most)), None
